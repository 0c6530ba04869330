/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

#include <string.h>

/* Classes: the builtin ones of a new machine, those of a host, and what "class" makes. */

static const StrataPySlots none_slots = { "NoneType" };
static const StrataPySlots ellipsis_slots = { "ellipsis" };
static const StrataPySlots not_implemented_slots = { "NotImplementedType" };
static const StrataPySlots function_slots = { "function" };
static const StrataPySlots native_slots = { "builtin_function_or_method" };
static const StrataPySlots method_slots = { "method" };
static const StrataPySlots module_slots = { "module" };
static const StrataPySlots iterator_slots = { "iterator" };
static const StrataPySlots opaque_slots = { "opaque" };
static const StrataPySlots host_slots = { "host" };

static const StrataPySlots *builtin_slots[STRATA_PY_N_VALUES] = {
  [STRATA_PY_VALUE_OBJECT] = &strata_py_object_slots,
  [STRATA_PY_VALUE_TYPE] = &strata_py_type_slots,
  [STRATA_PY_VALUE_NONE] = &none_slots,
  [STRATA_PY_VALUE_INT] = &strata_py_int_slots,
  [STRATA_PY_VALUE_BOOL] = &strata_py_bool_slots,
  [STRATA_PY_VALUE_FLOAT] = &strata_py_float_slots,
  [STRATA_PY_VALUE_STR] = &strata_py_str_slots,
  [STRATA_PY_VALUE_BYTES] = &strata_py_bytes_slots,
  [STRATA_PY_VALUE_LIST] = &strata_py_list_slots,
  [STRATA_PY_VALUE_TUPLE] = &strata_py_tuple_slots,
  [STRATA_PY_VALUE_DICT] = &strata_py_dict_slots,
  [STRATA_PY_VALUE_SET] = &strata_py_set_slots,
  [STRATA_PY_VALUE_FROZENSET] = &strata_py_frozenset_slots,
  [STRATA_PY_VALUE_RANGE] = &strata_py_range_slots,
  [STRATA_PY_VALUE_SLICE] = &strata_py_slice_slots,
  [STRATA_PY_VALUE_ELLIPSIS] = &ellipsis_slots,
  [STRATA_PY_VALUE_NOT_IMPLEMENTED] = &not_implemented_slots,
  [STRATA_PY_VALUE_FUNCTION] = &function_slots,
  [STRATA_PY_VALUE_NATIVE] = &native_slots,
  [STRATA_PY_VALUE_METHOD] = &method_slots,
  [STRATA_PY_VALUE_PROPERTY] = &strata_py_property_slots,
  [STRATA_PY_VALUE_STATIC_METHOD] = &strata_py_static_method_slots,
  [STRATA_PY_VALUE_CLASS_METHOD] = &strata_py_class_method_slots,
  [STRATA_PY_VALUE_SUPER] = &strata_py_super_slots,
  [STRATA_PY_VALUE_MODULE] = &module_slots,
  [STRATA_PY_VALUE_EXCEPTION] = &strata_py_exception_slots,
  [STRATA_PY_VALUE_ITERATOR] = &iterator_slots,
  [STRATA_PY_VALUE_GENERATOR] = &strata_py_generator_slots,
  [STRATA_PY_VALUE_DICT_VIEW] = &strata_py_view_slots,
  [STRATA_PY_VALUE_OPAQUE] = &opaque_slots,
  [STRATA_PY_VALUE_HOST] = &host_slots,
};

static Class *
make_class (Machine             *py,
            const StrataPySlots *slots,
            Class               *base)
{
  Class *self = strata_py_arena_alloc (py->arena, sizeof (Class));

  self->base.class = py->classes[STRATA_PY_VALUE_TYPE];
  self->base.kind = STRATA_PY_VALUE_TYPE;
  self->name = slots->name;
  self->module = "builtins";
  self->slots = slots;
  self->n_mro = base != NULL ? base->n_mro + 1 : 1;
  self->mro = strata_py_arena_alloc (py->arena, self->n_mro * sizeof (Class *));
  self->mro[0] = self;
  if (base != NULL)
    {
      memcpy (self->mro + 1, base->mro, base->n_mro * sizeof (Class *));
      self->kind = base->kind;
      self->is_enum = base->is_enum;
    }

  return self;
}

static Value *
singleton (Machine           *py,
           StrataPyValueKind  kind,
           Wide               number)
{
  Int *value = strata_py_new (py, kind, sizeof (Int));

  value->number = number;

  return &value->base;
}

void
strata_py_add_classes (Machine *py)
{
  for (guint kind = 0; kind < STRATA_PY_N_VALUES; kind++)
    {
      Class *base = kind == STRATA_PY_VALUE_OBJECT ? NULL : py->classes[kind == STRATA_PY_VALUE_BOOL ? STRATA_PY_VALUE_INT
                                                                        : STRATA_PY_VALUE_OBJECT];

      /* The class of True is derived from that of 1, which comes after it. */
      if (kind == STRATA_PY_VALUE_BOOL)
        {
          py->classes[STRATA_PY_VALUE_INT] = base = make_class (py, builtin_slots[STRATA_PY_VALUE_INT],
                                                                py->classes[STRATA_PY_VALUE_OBJECT]);
          base->kind = STRATA_PY_VALUE_INT;
        }
      if (kind != STRATA_PY_VALUE_INT)
        py->classes[kind] = make_class (py, builtin_slots[kind], base);
      py->classes[kind]->kind = kind;
    }
  for (guint kind = 0; kind < STRATA_PY_N_VALUES; kind++)
    py->classes[kind]->base.class = py->classes[STRATA_PY_VALUE_TYPE];

  py->none = singleton (py, STRATA_PY_VALUE_NONE, 0);
  py->yes = singleton (py, STRATA_PY_VALUE_BOOL, 1);
  py->no = singleton (py, STRATA_PY_VALUE_BOOL, 0);
  py->ellipsis = singleton (py, STRATA_PY_VALUE_ELLIPSIS, 0);
  py->not_implemented = singleton (py, STRATA_PY_VALUE_NOT_IMPLEMENTED, 0);
}

#define INHERIT(member) if (self->member == NULL) self->member = base->member

/* What a class in C does not say, the one of its base does. */
static const StrataPySlots *
inherit_slots (Machine             *py,
               const StrataPySlots *slots,
               const StrataPySlots *base)
{
  StrataPySlots *self = strata_py_arena_alloc (py->arena, sizeof (StrataPySlots));

  *self = *slots;
  if (self->construct == NULL)
    self->parameters = base->parameters;
  INHERIT (construct);
  INHERIT (call);
  INHERIT (get_attribute);
  INHERIT (set_attribute);
  INHERIT (get_item);
  INHERIT (set_item);
  INHERIT (binary);
  INHERIT (compare);
  INHERIT (unary);
  INHERIT (iterate);
  INHERIT (next);
  INHERIT (contains);
  INHERIT (length);
  INHERIT (truth);
  INHERIT (hash);
  INHERIT (repr);
  INHERIT (str);
  INHERIT (format);
  INHERIT (enter);
  INHERIT (leave);
  INHERIT (class_made);
  INHERIT (data);

  return self;
}

Class *
strata_py_class (Machine             *py,
                 const StrataPySlots *slots,
                 Class               *base)
{
  gboolean is_derived = base != NULL && base->kind == STRATA_PY_VALUE_HOST;
  Class *self = make_class (py, is_derived ? inherit_slots (py, slots, base->slots) : slots,
                            base != NULL ? base : py->classes[STRATA_PY_VALUE_OBJECT]);

  if (base == NULL)
    self->kind = STRATA_PY_VALUE_HOST;

  return self;
}

const StrataPySlots *
strata_py_class_get_slots (const Value *self)
{
  return IS_CLASS (self) ? ((const Class *) self)->slots : NULL;
}

const char *
strata_py_value_get_parameters (const Value *self)
{
  if (self->kind == STRATA_PY_VALUE_NATIVE)
    return ((const Native *) self)->native->parameters;

  return IS_CLASS (self) && ((const Class *) self)->slots != NULL ? ((const Class *) self)->slots->parameters : NULL;
}

gpointer
strata_py_host_object (Machine *py,
                       Class   *class,
                       gsize    size)
{
  return strata_py_new_of (py, class, size);
}

gboolean
strata_py_is_subclass (const Class *class,
                       const Class *of)
{
  for (guint i = 0; i < class->n_mro; i++)
    if (class->mro[i] == of)
      return TRUE;

  return FALSE;
}

gboolean
strata_py_is_instance (const Value *value,
                       const Class *class)
{
  return strata_py_is_subclass (value->class, class);
}

static gboolean
is_in_a_tail (Class  *class,
              Class ***lists,
              guint  *lengths,
              guint   n)
{
  for (guint i = 0; i < n; i++)
    for (guint j = 1; j < lengths[i]; j++)
      if (lists[i][j] == class)
        return TRUE;

  return FALSE;
}

/* Python's order of base classes (C3): the heads of the lists, as long as none is in another one's tail. */
static gboolean
linearize (Machine *py,
           Class   *self,
           Class  **bases,
           guint    n_bases)
{
  g_autofree Class ***lists = g_new (Class **, n_bases + 1);
  g_autofree guint *lengths = g_new (guint, n_bases + 1);
  g_autoptr(GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < n_bases; i++)
    {
      lists[i] = bases[i]->mro;
      lengths[i] = bases[i]->n_mro;
    }
  lists[n_bases] = bases;
  lengths[n_bases] = n_bases;
  g_ptr_array_add (order, self);

  for (;;)
    {
      Class *next = NULL;
      gboolean is_done = TRUE;

      for (guint i = 0; i <= n_bases && next == NULL; i++)
        if (lengths[i] > 0)
          {
            is_done = FALSE;
            if (!is_in_a_tail (lists[i][0], lists, lengths, n_bases + 1))
              next = lists[i][0];
          }
      if (is_done)
        break;
      if (next == NULL)
        return strata_py_raise (py, "TypeError", "Cannot create a consistent method resolution order (MRO) for bases %s",
                                bases[0]->name) != NULL;
      g_ptr_array_add (order, next);
      for (guint i = 0; i <= n_bases; i++)
        if (lengths[i] > 0 && lists[i][0] == next)
          {
            lists[i]++;
            lengths[i]--;
          }
    }

  self->n_mro = order->len;
  self->mro = strata_py_arena_alloc (py->arena, order->len * sizeof (Class *));
  memcpy (self->mro, order->pdata, order->len * sizeof (Class *));

  return TRUE;
}

/* The layout is that of the one base that has more than attributes; the abilities go with it. */
static gboolean
inherit_layout (Machine *py,
                Class   *self,
                Class  **bases,
                guint    n_bases)
{
  for (guint i = 0; i < n_bases; i++)
    {
      Class *base = bases[i];

      self->is_enum |= base->is_enum;
      if (self->fields == NULL)
        self->fields = base->fields;
      if (base->kind == STRATA_PY_VALUE_BOOL || base->kind == STRATA_PY_VALUE_NONE || base->kind == STRATA_PY_VALUE_FUNCTION)
        return strata_py_raise (py, "TypeError", "type '%s' is not an acceptable base type", base->name) != NULL;
      if (base->kind == STRATA_PY_VALUE_TYPE)
        return strata_py_refuse (py, "“%s” is a metaclass", self->name) != NULL;
      if (self->slots == &strata_py_object_slots || base->is_enum)
        self->slots = base->slots;
      if (base->kind == STRATA_PY_VALUE_OBJECT)
        continue;
      if (self->kind != STRATA_PY_VALUE_OBJECT && self->kind != base->kind)
        return strata_py_raise (py, "TypeError", "multiple bases have instance lay-out conflict") != NULL;
      self->kind = base->kind;
    }

  return TRUE;
}

/* Methods know their class, for super(). FALSE: it is one. */
static gboolean
adopt (Class *self,
       Value *value)
{
  Property *property = (Property *) value;

  switch (value->kind)
    {
    case STRATA_PY_VALUE_FUNCTION:
      if (((Function *) value)->owner == NULL)
        ((Function *) value)->owner = self;
      return FALSE;
    case STRATA_PY_VALUE_STATIC_METHOD:
    case STRATA_PY_VALUE_CLASS_METHOD:
      return adopt (self, ((Wrapper *) value)->function);
    case STRATA_PY_VALUE_PROPERTY:
      if (property->get != NULL)
        adopt (self, property->get);
      if (property->set != NULL)
        adopt (self, property->set);
      if (property->erase != NULL)
        adopt (self, property->erase);
      return FALSE;
    default:
      return TRUE;
    }
}

Class *
strata_py_new_class (Machine    *py,
                     const char *name,
                     Class     **bases,
                     guint       n_bases,
                     Dict       *names)
{
  Class *object = py->classes[STRATA_PY_VALUE_OBJECT];
  Class *self = strata_py_arena_alloc (py->arena, sizeof (Class));
  guint position = 0;
  Entry *entry;

  self->base.class = py->classes[STRATA_PY_VALUE_TYPE];
  self->base.kind = STRATA_PY_VALUE_TYPE;
  self->base.attributes = names;
  self->name = name;
  self->module = py->frame != NULL ? py->frame->module->name : "builtins";
  self->slots = object->slots;
  self->is_user = TRUE;

  if (n_bases == 0)
    {
      bases = &object;
      n_bases = 1;
    }
  if (!inherit_layout (py, self, bases, n_bases) || !linearize (py, self, bases, n_bases))
    return NULL;

  while ((entry = strata_py_dict_step (names, &position)) != NULL)
    if (!adopt (self, entry->value))
      continue;
    else if (entry->value->class->is_user && !IS_CLASS (entry->value)
             && strata_py_class_lookup (py, entry->value->class, "__set_name__") != NULL)
      return strata_py_refuse (py, "“%s” is told its name by a class", ((Str *) entry->key)->text);

  return self;
}
