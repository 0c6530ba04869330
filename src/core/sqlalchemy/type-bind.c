/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/type-forms.h"

/* What becomes of a value that is bound to a type: members of an enum class are stored by their name, and a type of a
 * script's own may store what it likes. */

static gboolean
is_member (StrataPyMachine      *py,
           StrataSaTypeInstance *self,
           StrataPyValue        *value)
{
  return strata_py_is_instance (value, (StrataPyClass *) self->object.python_enum);
}

static StrataPyValue *
bind_enum (StrataPyMachine      *py,
           StrataSaTypeInstance *self,
           StrataPyValue        *value)
{
  StrataPyValue *members = strata_py_find_attribute (py, self->object.python_enum, "__members__");
  const char * const *values = self->object.type.values.values;
  StrataPyValue *key, *member;
  guint position = 0;

  if (members == NULL || !is_member (py, self, value))
    return members != NULL ? value : NULL;

  /* The texts are in the order of the members, without other names of the same one. */
  for (guint i = 0; strata_py_dict_next ((StrataPyDict *) members, &position, &key, &member);)
    {
      StrataPyValue *name = strata_py_find_attribute (py, member, "name");

      if (name == NULL)
        return NULL;
      if (strata_py_equal (py, name, key) <= 0)
        continue;
      if (values[i] == NULL)
        break;
      if (member == value)
        return strata_py_str (py, values[i]);
      i++;
    }

  return strata_py_refuse (py, "how a member of this enumeration is stored is not known here");
}

static StrataPyValue *
bind_own (StrataPyMachine      *py,
          StrataSaTypeInstance *self,
          StrataPyValue        *value)
{
  static const char * const refused[] = { "process_literal_param", "bind_processor", "literal_processor", "bind_expression" };
  StrataPyValue *method;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (strata_sa_type_own_method (py, self, refused[i]) != NULL)
      return strata_py_refuse (py, "a value goes through %s() of “%s”", refused[i],
                               strata_py_value_get_class_name (&self->object.base));

  method = strata_sa_type_own_method (py, self, "process_bind_param");
  if (method == NULL)
    return strata_py_has_failed (py) ? NULL : value;

  return strata_py_call_values (py, method, 2, value, strata_sa_get_dialect_object (py));
}

StrataPyValue *
strata_sa_bind_value (StrataPyMachine *py,
                      StrataPyValue   *type,
                      StrataPyValue   *value)
{
  StrataSaTypeInstance *self = type != NULL ? strata_sa_type_instance (py, type) : NULL;

  if (self == NULL)
    return value;
  if (self->class->row->changes_values && !strata_py_is_none (value))
    return strata_py_refuse (py, "what a value becomes in a column of “%s” is not known here",
                             strata_py_value_get_class_name (type));
  if (self->object.python_enum != NULL)
    return bind_enum (py, self, value);
  if (type->attributes == NULL)
    return value;

  value = bind_own (py, self, value);

  return value != NULL && self->impl != NULL ? strata_sa_bind_value (py, self->impl, value) : value;
}
