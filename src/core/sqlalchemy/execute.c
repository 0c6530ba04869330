/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* What is executed, with its parameters. */

static gboolean
set_parameters (Machine           *py,
                const Expression **text,
                Dict              *parameters)
{
  guint position = 0;
  Value *key, *value;

  while (strata_py_dict_next (parameters, &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (name == NULL)
        return strata_py_refuse (py, "the name of this parameter is not known here") != NULL;
      if (!strata_sa_text_has (*text, name))
        continue;
      *text = strata_sa_text_with (py, *text, name, value);
      if (*text == NULL)
        return FALSE;
    }

  return TRUE;
}

static const Expression *
get_text (Machine *py,
          Value   *value)
{
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    return strata_sa_coerce_text (py, value);

  return strata_sa_is (py, value, STRATA_SA_ELEMENT) ? strata_sa_get_expression (py, value) : NULL;
}

static gboolean
read_one (Machine       *py,
          Value         *value,
          Value         *parameters,
          StrataExecute *what)
{
  const Expression *expression = get_text (py, value);

  if (strata_py_has_failed (py))
    return FALSE;
  if (parameters != NULL && strata_py_value_get_kind (parameters) != STRATA_PY_VALUE_DICT)
    return strata_py_refuse (py, "parameters of the class “%s” are not known here",
                             strata_py_value_get_class_name (parameters)) != NULL;
  if (expression != NULL)
    {
      if (parameters != NULL && expression->kind == STRATA_EXPRESSION_TEXT
          && !set_parameters (py, &expression, (Dict *) parameters))
        return FALSE;
      what->expression = expression;
      return TRUE;
    }
  if (strata_py_value_get_opaque_name (value) != NULL)
    return strata_py_refuse (py, "“%s” is executed, and what it is is not known here",
                             strata_py_value_get_opaque_name (value)) != NULL;
  if (!strata_sa_is (py, value, STRATA_SA_STATEMENT))
    return strata_sa_raise (py, "ObjectNotExecutableError", "Not an executable object: %s",
                            strata_py_value_get_text (strata_py_to_repr (py, value), NULL)) != NULL;
  if (parameters != NULL)
    value = strata_sa_bind_statement (py, value, (Dict *) parameters);
  what->query = value != NULL ? strata_sa_complete (py, value) : NULL;

  return what->query != NULL;
}

const StrataExecute *
strata_sa_read_execute (Machine *py,
                        Value   *value,
                        Value   *parameters,
                        guint   *n_executes)
{
  StrataExecute *executes;
  guint length = 0;
  Value **list = parameters != NULL ? strata_py_value_get_items (parameters, &length) : NULL;
  gboolean is_many = list != NULL && length > 0;

  if (parameters != NULL && (strata_py_is_none (parameters) || (list != NULL && length == 0)))
    parameters = NULL;
  *n_executes = is_many ? length : 1;
  executes = strata_py_alloc (py, *n_executes * sizeof (StrataExecute));
  for (guint i = 0; i < *n_executes; i++)
    if (!read_one (py, value, is_many ? list[i] : parameters, &executes[i]))
      return NULL;

  return executes;
}
