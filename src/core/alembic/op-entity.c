/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"

/* What alembic_utils adds to op: an entity tells its statements, and each is executed. */

static StrataPyValue *
get_method (StrataPyMachine *py,
            StrataPyValue   *target,
            const char      *name)
{
  StrataPyValue *method = strata_py_find_attribute (py, target, name);

  if (method != NULL || strata_py_has_failed (py))
    return method;

  return strata_py_raise (py, "AttributeError", "'%s' object has no attribute '%s'", strata_py_value_get_class_name (target),
                          name);
}

static StrataPyValue *
op_create_entity (StrataPyMachine  *py,
                  StrataPyValue    *self,
                  StrataPyValue   **arguments)
{
  StrataPyValue *method = get_method (py, arguments[0], "to_sql_statement_create");
  StrataPyValue *statement = method != NULL ? strata_py_call_values (py, method, 0) : NULL;

  return statement != NULL ? strata_directive_execute (py, statement) : NULL;
}

static StrataPyValue *
op_drop_entity (StrataPyMachine  *py,
                StrataPyValue    *self,
                StrataPyValue   **arguments)
{
  StrataPyValue *method = get_method (py, arguments[0], "to_sql_statement_drop");
  StrataPyArguments given = { .keywords = strata_py_dict (py) };
  StrataPyValue *statement;

  strata_py_dict_set_name (py, given.keywords, "cascade", arguments[1] != NULL ? arguments[1] : strata_py_bool (py, FALSE));
  statement = method != NULL ? strata_py_call (py, method, &given) : NULL;

  return statement != NULL ? strata_directive_execute (py, statement) : NULL;
}

static StrataPyValue *
op_replace_entity (StrataPyMachine  *py,
                   StrataPyValue    *self,
                   StrataPyValue   **arguments)
{
  StrataPyValue *method = get_method (py, arguments[0], "to_sql_statement_create_or_replace");
  StrataPyValue *statements = method != NULL ? strata_py_call_values (py, method, 0) : NULL;
  StrataPyValue *iterator = statements != NULL ? strata_py_iterate (py, statements) : NULL;
  StrataPyValue *statement;

  while (iterator != NULL && (statement = strata_py_next (py, iterator)) != NULL)
    if (strata_directive_execute (py, statement) == NULL)
      return NULL;

  return !strata_py_has_failed (py) ? strata_py_none (py) : NULL;
}

const StrataPyNative strata_op_entity_functions[] = {
  { "create_entity", "target", op_create_entity },
  { "drop_entity", "target, cascade=", op_drop_entity },
  { "replace_entity", "target", op_replace_entity },
  { NULL }
};
