/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

#include <string.h>

/* A class of Python for each line of the tables. Its objects are filled by __init__, so that classes of scripts can have
 * their own, and call this one. */

static StrataPyValue *construct (StrataPyMachine *py, StrataPyValue *class, StrataPyValue **arguments);

const StrataSaTypeClass *
strata_sa_type_class (const StrataPyValue *class)
{
  const StrataPySlots *slots = strata_py_class_get_slots (class);

  return slots != NULL && slots->construct == construct ? slots->data : NULL;
}

StrataSaTypeInstance *
strata_sa_type_instance (StrataPyMachine *py,
                         StrataPyValue   *value)
{
  return value != NULL && strata_sa_is (py, value, STRATA_SA_TYPE) ? (StrataSaTypeInstance *) value : NULL;
}

static StrataPyValue *
init (StrataPyMachine  *py,
      StrataPyValue    *value,
      StrataPyValue   **arguments)
{
  StrataSaTypeInstance *self = strata_sa_type_instance (py, value);
  const StrataSaTypeForm *form = self != NULL ? self->class->form : NULL;
  guint n = form != NULL ? strlen (form->defaults) : 0;

  if (form == NULL)
    return strata_py_raise (py, "TypeError", "__init__() requires a type");

  self->arguments = strata_py_alloc (py, (n + 1) * sizeof (StrataPyValue *));
  if (self->arguments == NULL)
    return NULL;
  memcpy (self->arguments, arguments, n * sizeof (StrataPyValue *));
  self->is_filled = TRUE;

  if (form->fill != NULL && !form->fill (py, self, arguments))
    return NULL;
  if (self->class->row->word != NULL)
    self->object.type.name = self->words != NULL ? self->words : self->class->row->word;

  return strata_py_none (py);
}

static StrataPyValue *
construct (StrataPyMachine  *py,
           StrataPyValue    *class,
           StrataPyValue   **arguments)
{
  StrataSaTypeInstance *self = strata_py_host_object (py, (StrataPyClass *) class, sizeof (StrataSaTypeInstance));
  StrataPyValue *function = strata_py_find_attribute (py, class, "__init__");
  StrataPyArguments call = { .keywords = (StrataPyDict *) arguments[1] };

  self->class = strata_sa_type_class (class);
  self->object.type.kind = self->class->row->kind;

  /* One that is written in Python runs next. */
  if (function == NULL || strata_py_value_get_kind (function) == STRATA_PY_VALUE_FUNCTION)
    return strata_py_has_failed (py) ? NULL : &self->object.base;

  function = strata_py_find_attribute (py, &self->object.base, "__init__");
  call.positional = strata_py_value_get_items (arguments[0], &call.n_positional);

  return strata_py_call (py, function, &call) != NULL ? &self->object.base : NULL;
}

/* The position of a parameter among those of a form, or -1. */
static int
find_parameter (const StrataSaTypeForm *form,
                const char             *name)
{
  g_auto(GStrv) parts = g_strsplit (form->parameters, ",", -1);
  int position = 0;

  for (guint i = 0; parts[i] != NULL; i++)
    {
      char *part = g_strstrip (parts[i]);

      if (g_str_equal (part, "*"))
        continue;
      if (g_str_has_suffix (part, "="))
        part[strlen (part) - 1] = '\0';
      if (g_str_equal (part, name))
        return position;
      position++;
    }

  return -1;
}

static StrataPyValue *
initial_value (StrataPyMachine        *py,
               const StrataSaTypeForm *form,
               int                     position)
{
  switch (form->defaults[position])
    {
    case '-':
      return NULL;
    case 'N':
      return strata_py_none (py);
    case 'X':
      return strata_sa_wrap_type (py, &(StrataType) { STRATA_TYPE_ANY_TEXT });
    default:
      return strata_py_bool (py, form->defaults[position] == 'T');
    }
}

StrataPyValue *
strata_sa_type_argument (StrataPyMachine      *py,
                         StrataSaTypeInstance *self,
                         const char           *name)
{
  const StrataSaTypeForm *form = self->class->form;
  int position = form != NULL ? find_parameter (form, name) : -1;

  if (position < 0)
    return NULL;
  if (self->is_filled && form->defaults[position] != '-' && self->arguments[position] != NULL)
    return self->arguments[position];

  return initial_value (py, form, position);
}

gboolean
strata_sa_type_has_parameter (const StrataSaTypeForm *form,
                              const char             *name)
{
  int position = find_parameter (form, name);

  return position >= 0 && form->defaults[position] != '-';
}

StrataSaTypeInstance *
strata_sa_to_type (StrataPyMachine *py,
                   StrataPyValue   *value)
{
  StrataSaTypeInstance *self;

  if (strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse_opaque (py, value, "is a type");
  if (strata_sa_type_class (value) != NULL)
    value = strata_py_call_values (py, value, 0);
  if (value == NULL)
    return NULL;

  self = strata_sa_type_instance (py, value);
  if (self == NULL)
    return strata_py_raise (py, "TypeError", "a type was expected, not '%s'", strata_py_value_get_class_name (value));

  return self;
}

StrataSaTypeInstance *
strata_sa_copy_type (StrataPyMachine      *py,
                     StrataSaTypeInstance *self)
{
  StrataSaTypeInstance *copy = strata_py_host_object (py, self->object.base.class, sizeof (StrataSaTypeInstance));
  StrataPyDict *attributes = copy->object.base.attributes;
  StrataPyValue *key, *value;
  guint position = 0;

  *copy = *self;
  copy->object.base.attributes = attributes;
  while (attributes != NULL && self->object.base.attributes != NULL
         && strata_py_dict_next (self->object.base.attributes, &position, &key, &value))
    if (!strata_py_dict_set (py, attributes, key, value))
      return NULL;

  return copy;
}

static const StrataSaTypeForm *
inherited_form (const StrataSaTypeRow *row,
                StrataPyClass         *base)
{
  if (row->form != NULL || base == NULL)
    return row->form;

  return strata_sa_type_class ((StrataPyValue *) base)->form;
}

/* A base of the same name is SQLAlchemy's own, whose place a server's takes. */
static StrataPyClass *
find_base (StrataPyMachine       *py,
           StrataSaNamespace      where,
           const StrataSaTypeRow *row)
{
  StrataPyValue *base = NULL;

  if (row->base == NULL)
    return NULL;
  if (!g_str_equal (row->base, row->name))
    base = strata_sa_find_type_class (py, where, row->base);

  return (StrataPyClass *) (base != NULL ? base : strata_sa_find_type_class (py, STRATA_SA_ROOT, row->base));
}

StrataPyClass *
strata_sa_add_type_row (StrataPyMachine       *py,
                        StrataSaNamespace      where,
                        const StrataSaTypeRow *row)
{
  StrataSaTypeClass *class = strata_py_alloc (py, sizeof (StrataSaTypeClass));
  StrataPySlots *slots = strata_py_alloc (py, sizeof (StrataPySlots));
  StrataPyClass *base = find_base (py, where, row);
  StrataPyClass *self;
  StrataPyNative *methods;
  guint n_methods = 0;

  while (row->methods != NULL && row->methods[n_methods].name != NULL)
    n_methods++;
  methods = strata_py_alloc (py, (n_methods + 2) * sizeof (StrataPyNative));
  if (n_methods > 0)
    memcpy (methods, row->methods, n_methods * sizeof (StrataPyNative));

  class->row = row;
  class->form = inherited_form (row, base);
  slots->name = row->name;
  if (base == NULL)
    slots->lacking = " python_type adapt as_generic compare_values sort_key_function comparator_factory hashable evaluates_none"
                     " type_engine render_bind_cast render_literal_cast _type_affinity _static_cache_key __visit_name__ ";
  /* The library's own code makes something of values there. */
  else if (row->changes_values)
    slots->lacking = " bind_processor coerce_compared_value engine impl impl_instance key literal_processor load_dialect_impl"
                     " padding process_bind_param process_literal_param process_result_value result_processor ";
  slots->methods = methods;
  slots->construct = construct;
  slots->get_attribute = strata_sa_type_get_attribute;
  slots->set_attribute = strata_sa_type_set_attribute;
  slots->repr = strata_sa_type_repr;
  slots->str = strata_sa_type_str;
  slots->data = class;
  if (class->form != NULL)
    methods[n_methods] = (StrataPyNative) { "__init__", class->form->parameters, init };

  self = strata_py_class (py, slots, base);
  strata_sa_export (py, where, row->name, (StrataPyValue *) self);

  return self;
}
