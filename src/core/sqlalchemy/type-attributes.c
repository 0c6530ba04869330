/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

#include <string.h>

/* What scripts ask of a type, and set. */

static gboolean
is_enum (const StrataSaTypeInstance *self)
{
  return self->object.type.values.values != NULL;
}

static StrataPyValue *
text_or_none (StrataPyMachine *py,
              const char      *text)
{
  return text != NULL ? strata_py_str (py, text) : strata_py_none (py);
}

static StrataPyValue *
list_values (StrataPyMachine    *py,
             const char * const *values)
{
  StrataPyValue *list = strata_py_list (py, NULL, 0);

  for (; *values != NULL; values++)
    if (!strata_py_list_append (py, list, strata_py_str (py, *values)))
      return NULL;

  return list;
}

static StrataPyValue *
enum_option (StrataPyMachine      *py,
             StrataSaTypeInstance *self,
             const char           *name)
{
  const char *parameters = self->class->form->parameters;
  StrataPyValue *options = self->arguments[strlen (self->class->form->defaults) - 1];
  StrataPyValue *value = g_str_has_suffix (parameters, "**kw") ? strata_py_dict_get_name ((StrataPyDict *) options, name) : NULL;

  return value != NULL ? value : strata_py_none (py);
}

static StrataPyValue *
enum_attribute (StrataPyMachine      *py,
                StrataSaTypeInstance *self,
                const char           *name)
{
  const StrataType *type = &self->object.type;

  if (g_str_equal (name, "enums") && type->values.longest_list > 0)
    return strata_py_refuse (py, "“enums” that are lists themselves are not known here");
  if (g_str_equal (name, "enums"))
    return list_values (py, type->values.values);
  if (g_str_equal (name, "length"))
    return strata_py_int (py, type->length > 0 ? type->length : strata_enum_get_length (&type->values));
  if (g_str_equal (name, "native_enum"))
    return strata_py_bool (py, !type->is_not_native);
  if (g_str_equal (name, "create_constraint"))
    return strata_py_bool (py, type->creates_check);
  if (g_str_equal (name, "enum_class"))
    return self->object.python_enum != NULL ? self->object.python_enum : strata_py_none (py);
  if (g_str_equal (name, "create_type") && type->kind == STRATA_TYPE_ENUM)
    return strata_py_bool (py, !type->values.is_made_elsewhere);
  if (g_str_equal (name, "values_callable") || g_str_equal (name, "metadata"))
    return self->is_filled ? enum_option (py, self, name) : strata_py_none (py);
  if (g_str_equal (name, "inherit_schema"))
    return strata_py_bool (py, type->values.has_table_schema);

  return NULL;
}

/* Of a type that came from a database there are no arguments. */
static StrataPyValue *
read_back (StrataPyMachine      *py,
           StrataSaTypeInstance *self,
           const char           *name)
{
  const StrataType *type = &self->object.type;

  if (g_str_equal (name, "length"))
    return type->length > 0 ? strata_py_int (py, type->length) : strata_py_none (py);
  if (g_str_equal (name, "collation"))
    return text_or_none (py, type->collation);
  if (g_str_equal (name, "precision"))
    return type->has_precision ? strata_py_int (py, type->precision) : strata_py_none (py);
  if (g_str_equal (name, "scale"))
    return type->has_scale ? strata_py_int (py, type->scale) : strata_py_none (py);
  if (g_str_equal (name, "timezone"))
    return strata_py_bool (py, type->has_timezone);
  if (g_str_equal (name, "dimensions"))
    return type->n_dimensions > 0 ? strata_py_int (py, type->n_dimensions) : strata_py_none (py);
  if (g_str_equal (name, "item_type"))
    return type->item != NULL ? strata_sa_wrap_type (py, type->item) : NULL;
  if (g_str_equal (name, "fields"))
    return text_or_none (py, type->fields);

  if (g_str_equal (name, "as_uuid"))
    return strata_py_bool (py, !type->takes_text);

  return strata_sa_type_argument (py, self, name);
}

StrataPyValue *
strata_sa_type_get_attribute (StrataPyMachine *py,
                              StrataPyValue   *value,
                              const char      *name)
{
  StrataSaTypeInstance *self = (StrataSaTypeInstance *) value;
  const StrataType *type = &self->object.type;
  gboolean is_named = is_enum (self) || type->kind == STRATA_TYPE_DOMAIN;
  StrataPyValue *result = is_enum (self) ? enum_attribute (py, self, name) : NULL;

  if (result != NULL || strata_py_has_failed (py))
    return result;
  if (is_named && g_str_equal (name, "name"))
    return text_or_none (py, type->name);
  if (is_named && g_str_equal (name, "schema"))
    return text_or_none (py, type->values.schema);

  if (!self->is_filled && self->class->form != NULL && strata_sa_type_has_parameter (self->class->form, name))
    return read_back (py, self, name);
  result = strata_sa_type_argument (py, self, name);
  if (result != NULL || self->impl == NULL)
    return result;
  if (g_str_equal (name, "impl") || g_str_equal (name, "impl_instance"))
    return self->impl;

  /* A decorator has what its type has. */
  return g_str_has_prefix (name, "__") ? NULL : strata_py_find_attribute (py, self->impl, name);
}

gboolean
strata_sa_type_set_attribute (StrataPyMachine *py,
                              StrataPyValue   *value,
                              const char      *name,
                              StrataPyValue   *to)
{
  StrataSaTypeInstance *self = (StrataSaTypeInstance *) value;
  StrataType *type = &self->object.type;
  gboolean creates;

  if (to == NULL)
    return strata_py_refuse (py, "an attribute of a type is deleted") != NULL;

  self->resolved = NULL;
  if (is_enum (self) && g_str_equal (name, "create_type"))
    {
      if (!strata_sa_read_flag (py, to, TRUE, &creates))
        return FALSE;
      type->values.is_made_elsewhere = !creates;
      return TRUE;
    }
  if (is_enum (self) && g_str_equal (name, "name"))
    return strata_sa_read_text (py, to, &type->name);
  if (is_enum (self) && g_str_equal (name, "schema"))
    return strata_sa_read_text (py, to, &type->values.schema);

  /* What a class of a script keeps for itself. */
  if (value->attributes == NULL || (self->class->form != NULL && strata_sa_type_has_parameter (self->class->form, name)))
    return strata_py_refuse (py, "“%s” is set on a type", name) != NULL;
  if (g_str_equal (name, "impl"))
    self->impl = to;
  strata_py_dict_set_name (py, value->attributes, name, to);

  return TRUE;
}
