/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/ddl.h"
#include "core/sqlalchemy/from.h"

const StrataOperation *
strata_sa_get_operation (Machine *py,
                         Value   *value)
{
  return strata_sa_is (py, value, STRATA_SA_DDL) ? ((StrataSaDdl *) value)->operation : NULL;
}

/* The statement is formatted with "%" as Python does, and has no parameters. */
static Value *
construct_ddl (Machine *py,
               Value   *class,
               Value  **arguments)
{
  StrataSaDdl *self = strata_py_host_object (py, (Class *) class, sizeof (StrataSaDdl));
  StrataOperation *operation = strata_py_alloc (py, sizeof (StrataOperation));
  Expression *text = strata_sa_new_expression (py, STRATA_EXPRESSION_TEXT);
  const char *statement = strata_py_value_get_text (arguments[0], NULL);
  g_auto(GStrv) percents = NULL, colons = NULL;
  g_autofree char *joined = NULL, *escaped = NULL;

  if (strata_py_value_get_kind (arguments[0]) != STRATA_PY_VALUE_STR)
    return strata_sa_raise (py, "ArgumentError", "Expected a string or unicode SQL statement, got %s",
                            strata_py_value_get_text (strata_py_to_repr (py, arguments[0]), NULL));
  percents = g_strsplit (statement, "%%", -1);
  for (guint i = 0; percents[i] != NULL; i++)
    if (strchr (percents[i], '%') != NULL)
      return strata_py_refuse (py, "what DDL() fills in for “%%” is not known here");
  joined = g_strjoinv ("%", percents);
  colons = g_strsplit (joined, ":", -1);
  escaped = g_strjoinv ("\\:", colons);
  text->name = strata_sa_intern (py, escaped);
  operation->kind = STRATA_OPERATION_EXECUTE;
  operation->execute.expression = text;
  self->operation = operation;

  return &self->base;
}

static const StrataPySlots executable_slots = { .name = "ExecutableDDLElement" };

static const StrataPySlots ddl_slots = {
  .name = "DDL",
  .lacking = " execute_if against ",
  .parameters = "statement",
  .construct = construct_ddl,
};

void
strata_sa_add_ddl (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *base = strata_py_class (py, &executable_slots, NULL);

  sa->classes[STRATA_SA_DDL] = base;
  strata_sa_export (py, STRATA_SA_ROOT, "DDL", (Value *) strata_py_class (py, &ddl_slots, base));
}
