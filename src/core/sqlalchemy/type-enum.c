/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-forms.h"

/* Enum() and postgresql.ENUM(): their values are texts, or the members of a class of Python. */

/* Enum(("a", "b")) instead of Enum("a", "b"): one value, of two letters. */
static const char *
read_value (StrataPyMachine *py,
            StrataPyValue   *value,
            StrataEnum      *self)
{
  StrataPyValueKind kind = strata_py_value_get_kind (value);
  guint length;

  if (strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse_opaque (py, value, "is a value of an enumeration");
  if (kind == STRATA_PY_VALUE_STR)
    return strata_py_value_get_text (value, NULL);
  if (kind == STRATA_PY_VALUE_LIST)
    return strata_py_raise (py, "TypeError", "unhashable type: 'list'");
  if (kind != STRATA_PY_VALUE_TUPLE)
    return strata_py_raise (py, "TypeError", "object of type '%s' has no len()", strata_py_value_get_class_name (value));

  strata_py_value_get_items (value, &length);
  self->longest_list = MAX (self->longest_list, MAX (length, 1));

  return "";
}

static const char * const *
read_values (StrataPyMachine *py,
             StrataPyValue   *list,
             StrataEnum      *self)
{
  guint n;
  StrataPyValue **items = strata_py_value_get_items (list, &n);
  const char **values = strata_py_alloc (py, (n + 1) * sizeof (char *));

  for (guint i = 0; values != NULL && i < n; i++)
    if ((values[i] = read_value (py, items[i], self)) == NULL)
      return NULL;

  return values;
}

/* The names of the members of a class. Other names of the same member are none, unless they are asked for. */
static StrataPyValue *
member_names (StrataPyMachine *py,
              StrataPyValue   *members,
              gboolean         with_aliases)
{
  StrataPyValue *names = strata_py_list (py, NULL, 0);
  StrataPyValue *key, *member, *name;
  guint position = 0;

  while (strata_py_dict_next ((StrataPyDict *) members, &position, &key, &member))
    {
      name = strata_py_find_attribute (py, member, "name");
      if (name == NULL)
        return NULL;
      if ((with_aliases || strata_py_equal (py, name, key) > 0) && !strata_py_list_append (py, names, key))
        return NULL;
    }

  return names;
}

static StrataPyValue *
option (StrataPyValue *options,
        const char    *name)
{
  return strata_py_dict_get_name ((StrataPyDict *) options, name);
}

/* What an enumeration was given, as a list of texts. */
static StrataPyValue *
find_values (StrataPyMachine       *py,
             StrataSaTypeInstance  *self,
             StrataPyValue         *given,
             StrataPyValue         *options)
{
  StrataPyValue *callable = option (options, "values_callable");
  StrataPyValue *members;
  gboolean omits;
  guint n;
  StrataPyValue **items = strata_py_value_get_items (given, &n);

  if (n != 1)
    return given;
  if (strata_py_value_get_opaque_name (items[0]) != NULL)
    return strata_py_refuse_opaque (py, items[0], "is the class of an enumeration");
  members = strata_py_find_attribute (py, items[0], "__members__");
  if (members == NULL || strata_py_value_get_kind (items[0]) != STRATA_PY_VALUE_TYPE)
    return strata_py_has_failed (py) ? NULL : given;

  self->object.python_enum = items[0];
  self->object.type.values.has_members = TRUE;
  if (callable != NULL && !strata_py_is_none (callable))
    {
      callable = strata_py_call_values (py, callable, 1, items[0]);
      return callable != NULL ? strata_py_to_list (py, callable) : NULL;
    }
  if (!strata_sa_read_flag (py, option (options, "omit_aliases"), TRUE, &omits))
    return NULL;

  return member_names (py, members, !omits);
}

/* The class's name, unless there is another. */
static gboolean
read_enum_name (StrataPyMachine       *py,
                StrataSaTypeInstance  *self,
                StrataPyValue         *name)
{
  StrataType *type = &self->object.type;
  g_autofree char *lower = NULL;

  if (name != NULL || self->object.python_enum == NULL || type->values.values[0] == NULL)
    return strata_sa_read_text (py, name, &type->name);

  name = strata_py_find_attribute (py, self->object.python_enum, "__name__");
  if (name == NULL)
    return FALSE;
  lower = g_utf8_strdown (strata_py_value_get_text (name, NULL), -1);
  type->name = strata_sa_intern (py, lower);

  return type->name != NULL;
}

/* A type with metadata is made with that, not with the tables that use it. */
static gboolean
read_place (StrataPyMachine *py,
            StrataType      *type,
            StrataPyValue   *options)
{
  StrataPyValue *metadata = option (options, "metadata");
  StrataPyValue *schema = option (options, "schema");
  gboolean inherits;

  if (!strata_sa_read_flag (py, option (options, "inherit_schema"), FALSE, &inherits))
    return FALSE;
  type->values.has_table_schema = inherits;
  if (metadata != NULL && !strata_py_is_none (metadata))
    {
      type->values.is_made_elsewhere = TRUE;
      if (schema == NULL || strata_py_is_none (schema))
        schema = strata_py_find_attribute (py, metadata, "schema");
      if (schema == NULL && strata_py_has_failed (py))
        return FALSE;
    }

  return strata_sa_read_text (py, schema, &type->values.schema);
}

static gboolean
read_length (StrataPyMachine *py,
             StrataType      *type,
             StrataPyValue   *value)
{
  guint longest = strata_enum_get_length (&type->values);
  gboolean is_given;

  if (!strata_sa_read_count (py, value, &type->length, &is_given))
    return FALSE;
  if (is_given && type->length < longest)
    return strata_py_raise (py, "ValueError", "When provided, length must be larger or equal than the length of the longest "
                            "enum value. %u < %u", type->length, longest) != NULL;

  return TRUE;
}

static gboolean
fill_enum (StrataPyMachine       *py,
           StrataSaTypeInstance  *self,
           StrataPyValue         *given,
           StrataPyValue         *name,
           StrataPyValue         *options)
{
  StrataType *type = &self->object.type;
  StrataPyValue *values = find_values (py, self, given, options);
  gboolean is_native;

  if (values == NULL || (type->values.values = read_values (py, values, &type->values)) == NULL)
    return FALSE;
  if (!read_length (py, type, option (options, "length")) || !read_enum_name (py, self, name)
      || !read_place (py, type, options)
      || !strata_sa_read_flag (py, option (options, "create_constraint"), FALSE, &type->creates_check)
      || !strata_sa_read_flag (py, option (options, "native_enum"), TRUE, &is_native))
    return FALSE;
  type->is_not_native = !is_native && type->kind == STRATA_TYPE_ANY_ENUM;

  return TRUE;
}

static gboolean
fill_any_enum (StrataPyMachine       *py,
               StrataSaTypeInstance  *self,
               StrataPyValue        **arguments)
{
  return fill_enum (py, self, arguments[0], option (arguments[1], "name"), arguments[1]);
}

static gboolean
fill_postgresql_enum (StrataPyMachine       *py,
                      StrataSaTypeInstance  *self,
                      StrataPyValue        **arguments)
{
  gboolean creates;

  if (!strata_sa_read_flag (py, arguments[2], TRUE, &creates)
      || !fill_enum (py, self, arguments[0], arguments[1], arguments[3]))
    return FALSE;
  self->object.type.values.is_made_elsewhere |= !creates;

  return TRUE;
}

const StrataSaTypeForm strata_sa_form_enum = { "*enums, **kw", "--", fill_any_enum };
const StrataSaTypeForm strata_sa_form_postgresql_enum = { "*enums, name=, create_type=, **kw", "-NT-", fill_postgresql_enum };
