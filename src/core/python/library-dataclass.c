/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

/* dataclasses: the class gets a constructor, a text and a comparison from its annotations. */

typedef struct { Value base; Value *initial, *factory; } Field;

static const StrataPySlots field_slots = { "Field", .lacking = " name default default_factory type " };

static gboolean
is_field (const Value *value)
{
  return value != NULL && value->class->slots == &field_slots;
}

static Value *
field (Machine *py,
       Value   *module,
       Value  **arguments)
{
  Field *self = strata_py_host_object (py, strata_py_class (py, &field_slots, NULL), sizeof (Field));

  if (((Dict *) arguments[2])->n_live > 0)
    return strata_py_refuse (py, "this form of field() is not known here");
  self->initial = arguments[0];
  self->factory = arguments[1];

  return &self->base;
}

static gboolean
set_fields (Machine *py,
            Value   *self,
            Dict    *fields,
            Value  **values)
{
  for (guint i = 0; i < fields->n_entries; i++)
    {
      Value *value = values[i];

      if (is_field (value))
        value = ((Field *) value)->factory != NULL ? strata_py_call_values (py, ((Field *) value)->factory, 0)
                                                   : ((Field *) value)->initial;
      if (value == NULL)
        return FALSE;
      strata_py_dict_set (py, self->attributes, fields->entries[i].key, value);
    }

  return TRUE;
}

static Value *
construct (Machine *py,
           Value   *class_value,
           Value  **arguments)
{
  Class *class = (Class *) class_value;
  List *given = (List *) arguments[0];
  StrataPyArguments all = { given->items, given->length, (Dict *) arguments[1] };
  Value *self = strata_py_new_of (py, class, sizeof (Value));
  Signature signature = { NULL };
  guint position = 0;
  Value **values;
  Value *key, *value;
  g_autofree char *name = g_strconcat (class->name, ".__init__", NULL);

  if (!strata_py_is (strata_py_class_lookup (py, class, "__init__"), STRATA_PY_VALUE_NATIVE))
    return self;

  signature.parameters = strata_py_arena_alloc (py->arena, (class->fields->n_live + 1) * sizeof (Parameter));
  values = strata_py_arena_alloc (py->arena, (class->fields->n_live + 1) * sizeof (Value *));
  while (strata_py_dict_next (class->fields, &position, &key, &value))
    signature.parameters[signature.n_parameters++] = (Parameter) {
      ((Str *) key)->text, value, 0, value != NULL && !(is_field (value) && ((Field *) value)->initial == NULL
                                                        && ((Field *) value)->factory == NULL)
    };
  if (!strata_py_bind (py, name, &signature, &all, NULL, values) || !set_fields (py, self, class->fields, values))
    return NULL;
  value = strata_py_special (py, self, "__post_init__");

  return value == NULL ? (strata_py_has_failed (py) ? NULL : self) : strata_py_call_values (py, value, 0) != NULL ? self : NULL;
}

static Value *
repr (Machine *py,
      Value   *self)
{
  g_autoptr(GString) out = g_string_new (self->class->name);
  Dict *fields = self->class->fields;

  g_string_append_c (out, '(');
  for (guint i = 0; i < fields->n_entries; i++)
    {
      Value *value = strata_py_dict_get (py, self->attributes, fields->entries[i].key);

      g_string_append_printf (out, "%s%s=", i > 0 ? ", " : "", ((Str *) fields->entries[i].key)->text);
      if (value == NULL || !strata_py_append_repr (py, out, value))
        return NULL;
    }
  g_string_append_c (out, ')');

  return strata_py_string (py, out);
}

static Value *
as_tuple (Machine *py,
          Value   *self)
{
  List *tuple = strata_py_new_list (py, STRATA_PY_VALUE_TUPLE, 0);
  Dict *fields = self->class->fields;

  for (guint i = 0; i < fields->n_entries; i++)
    {
      Value *value = strata_py_dict_get (py, self->attributes, fields->entries[i].key);

      if (value == NULL || !strata_py_list_append (py, &tuple->base, value))
        return NULL;
    }

  return &tuple->base;
}

static Value *
compare (Machine        *py,
         StrataPySymbol  op,
         Value          *a,
         Value          *b)
{
  Value *x, *y;

  if (a->class != b->class || (op != STRATA_PY_EQUAL && op != STRATA_PY_NOT_EQUAL))
    return NULL;
  x = as_tuple (py, a);
  y = x != NULL ? as_tuple (py, b) : NULL;

  return y != NULL ? strata_py_compare (py, op, x, y) : NULL;
}

static gboolean
hash (Machine *py,
      Value   *self,
      guint64 *result)
{
  Value *tuple;

  if (!self->class->is_frozen)
    return strata_py_raise (py, "TypeError", "unhashable type: '%s'", self->class->name) != NULL;
  tuple = as_tuple (py, self);

  return tuple != NULL && strata_py_hash (py, tuple, result);
}

static const StrataPySlots dataclass_slots = {
  .name = "dataclass",
  .construct = construct,
  .compare = compare,
  .hash = hash,
  .repr = repr,
};

static Value *
make_dataclass (Machine *py,
                Value   *options,
                Value  **arguments)
{
  Class *class = (Class *) arguments[0];
  Dict *fields = strata_py_dict (py);
  guint position = 0;
  Value *key, *value, *annotations;
  Value *frozen = IS_DICT (options) ? strata_py_dict_get_name ((Dict *) options, "frozen") : NULL;

  if (!IS_CLASS (arguments[0]) || !class->is_user || class->kind != STRATA_PY_VALUE_OBJECT)
    return strata_py_refuse (py, "this dataclass is not known here");
  if (class->fields != NULL && !strata_py_dict_merge (py, fields, class->fields))
    return NULL;
  annotations = strata_py_dict_get_name (class->base.attributes, "__annotations__");
  while (annotations != NULL && strata_py_dict_next ((Dict *) annotations, &position, &key, &value))
    {
      strata_py_dict_set (py, fields, key, value);
      if (is_field (value) && ((Field *) value)->initial != NULL)
        strata_py_dict_set (py, class->base.attributes, key, ((Field *) value)->initial);
      else if (is_field (value))
        strata_py_dict_remove (py, class->base.attributes, key, NULL);
    }
  class->fields = fields;
  class->slots = &dataclass_slots;
  class->is_frozen = frozen != NULL && strata_py_truth (py, frozen) > 0;

  return &class->base;
}

static const StrataPyNative make_native = { "dataclass", "cls, /", make_dataclass };

static Value *
dataclass (Machine *py,
           Value   *module,
           Value  **arguments)
{
  Dict *options = (Dict *) arguments[1];
  guint position = 0;
  Value *key, *value;

  while (strata_py_dict_next (options, &position, &key, &value))
    if (strstr (" frozen slots ", ((Str *) key)->text) == NULL
        && (strstr (" eq init match_args repr ", ((Str *) key)->text) == NULL || value != py->yes))
      return strata_py_refuse (py, "“%s” of a dataclass is not known here", ((Str *) key)->text);
  if (arguments[0] != NULL)
    return make_dataclass (py, &options->base, arguments);

  return strata_py_native (py, &make_native, &options->base);
}

static Value *as_dict (Machine *py,
                       Value   *value);

static Value *
parts_as_dict (Machine *py,
               Value   *value)
{
  Dict *dict = strata_py_dict (py);
  List *list = (List *) value;

  if (value->class->fields != NULL && value->attributes != NULL)
    {
      Dict *fields = value->class->fields;

      for (guint i = 0; i < fields->n_entries; i++)
        {
          Value *part = strata_py_dict_get (py, value->attributes, fields->entries[i].key);

          part = part != NULL ? as_dict (py, part) : NULL;
          if (part == NULL || !strata_py_dict_set (py, dict, fields->entries[i].key, part))
            return NULL;
        }
      return &dict->base;
    }
  if (IS_LIST (value) || IS_TUPLE (value))
    {
      List *copy = strata_py_new_list (py, value->kind, list->length);

      for (gsize i = 0; i < list->length; i++)
        if ((copy->items[copy->length++] = as_dict (py, list->items[i])) == NULL)
          return NULL;
      return &copy->base;
    }
  if (IS_DICT (value))
    return strata_py_dict_merge (py, dict, (Dict *) value) ? &dict->base : NULL;

  return value;
}

static Value *
as_dict (Machine *py,
         Value   *value)
{
  Value *result;

  if (!strata_py_enter (py))
    return NULL;
  result = parts_as_dict (py, value);
  strata_py_leave (py);

  return result;
}

static Value *
asdict (Machine *py,
        Value   *module,
        Value  **arguments)
{
  if (arguments[0]->class->fields == NULL)
    return strata_py_raise (py, "TypeError", "asdict() should be called on dataclass instances");

  return as_dict (py, arguments[0]);
}

const StrataPyNative strata_py_dataclass_functions[] = {
  { "asdict", "obj", asdict },
  { "dataclass", "cls=, /, **options", dataclass },
  { "field", "*, default=, default_factory=, **options", field },
  { NULL }
};
