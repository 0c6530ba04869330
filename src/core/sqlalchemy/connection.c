/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/connection.h"

#include <glib/gi18n-lib.h>

#include "core/sqlalchemy/ddl.h"
#include "core/sqlalchemy/dialect.h"
#include "core/sqlalchemy/inspector.h"
#include "core/sqlalchemy/session.h"
#include "core/sqlalchemy/statement.h"

/* The connection of a script. Offline it takes statements and gives nothing, as Alembic's stand-in does; whatever else is asked
 * of it there needs a database. */

typedef struct { StrataPyValue base; const char *name; } Savepoint;

gboolean
strata_sa_need_database (StrataPyMachine *py,
                         const char      *what)
{
  if (strata_sa_get (py)->has_database)
    return TRUE;

  strata_py_stop (py, "needs-database", _("%s needs a live database"), _(what));

  return FALSE;
}

/* What a statement gives without a database: in Alembic None. Whoever uses it wants rows. */
static StrataPyValue *
no_rows_attribute (StrataPyMachine *py,
                   StrataPyValue   *self,
                   const char      *name)
{
  strata_sa_need_database (py, "to read rows");

  return NULL;
}

static StrataPyValue *
no_rows_iterate (StrataPyMachine *py,
                 StrataPyValue   *self)
{
  return no_rows_attribute (py, self, NULL);
}

static StrataPyValue *
no_rows_item (StrataPyMachine *py,
              StrataPyValue   *self,
              StrataPyValue   *key)
{
  return no_rows_attribute (py, self, NULL);
}

static int
no_rows_truth (StrataPyMachine *py,
               StrataPyValue   *self)
{
  no_rows_attribute (py, self, NULL);

  return -1;
}

static const StrataPySlots no_rows_slots = {
  .name = "NoneType",
  .get_attribute = no_rows_attribute,
  .iterate = no_rows_iterate,
  .get_item = no_rows_item,
  .truth = no_rows_truth,
};

static StrataPyValue *
no_rows (StrataPyMachine *py)
{
  return strata_py_host_object (py, strata_py_class (py, &no_rows_slots, NULL), sizeof (StrataPyValue));
}

static StrataPyValue *
emit_all (StrataPyMachine     *py,
          const StrataExecute *list,
          guint                n)
{
  for (guint i = 0; i < n; i++)
    {
      StrataOperation *operation = strata_py_alloc (py, sizeof *operation);

      if (operation == NULL)
        return NULL;
      operation->kind = STRATA_OPERATION_EXECUTE;
      operation->execute = list[i];
      if (!strata_sa_get (py)->backend->emit (py, operation))
        return NULL;
    }

  return no_rows (py);
}

/* Offline parameters are dropped, as Alembic's stand-in does. */
static StrataPyValue *
emit (StrataPyMachine *py,
      StrataPyValue   *statement)
{
  const StrataOperation *ddl = strata_sa_get_operation (py, statement);
  const StrataExecute *list;
  guint n;

  if (ddl != NULL)
    return strata_sa_get (py)->backend->emit (py, ddl) ? no_rows (py) : NULL;
  list = strata_sa_read_execute (py, statement, NULL, &n);

  return list != NULL ? emit_all (py, list, n) : NULL;
}

static StrataPyValue *
connection_execute (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  StrataSa *sa = strata_sa_get (py);
  const StrataSaRows *rows = NULL;
  const StrataExecute *list;
  guint n = 0;

  if (strata_py_value_get_kind (arguments[0]) == STRATA_PY_VALUE_STR && !sa->is_offline)
    return strata_sa_raise (py, "ObjectNotExecutableError", "Not an executable object: %s",
                            strata_py_value_get_text (strata_py_to_repr (py, arguments[0]), NULL));
  if (strata_sa_get_operation (py, arguments[0]) != NULL || sa->is_offline)
    return emit (py, arguments[0]);
  list = strata_sa_read_execute (py, arguments[0], arguments[1], &n);
  if (list == NULL)
    return NULL;
  if (!sa->has_database)
    return emit_all (py, list, n);
  for (guint i = 0; i < n; i++)
    if ((rows = sa->backend->query (py, &list[i])) == NULL)
      return NULL;

  return rows != NULL ? strata_sa_new_result (py, rows) : no_rows (py);
}

/* A text that goes to the driver as it stands: its colons name no parameters. */
static const StrataSaRows *
query_text (StrataPyMachine *py,
            const char      *text)
{
  g_auto(GStrv) parts = g_strsplit (text, ":", -1);
  g_autofree char *escaped = g_strjoinv ("\\:", parts);
  StrataExpression *expression = strata_sa_new_expression (py, STRATA_EXPRESSION_TEXT);
  StrataExecute execute = { .expression = expression };

  expression->name = strata_sa_intern (py, escaped);

  return strata_sa_get (py)->backend->query (py, &execute);
}

static StrataPyValue *
connection_exec_driver_sql (StrataPyMachine *py,
                            StrataPyValue   *self,
                            StrataPyValue  **arguments)
{
  const char *text = strata_py_value_get_text (arguments[0], NULL);
  const StrataSaRows *rows;

  if (!strata_sa_need_database (py, "exec_driver_sql()"))
    return NULL;
  if ((arguments[1] != NULL && !strata_py_is_none (arguments[1])) || text == NULL)
    return strata_py_refuse (py, "exec_driver_sql() with parameters depends on the driver");
  rows = query_text (py, text);

  return rows != NULL ? strata_sa_new_result (py, rows) : NULL;
}

static StrataPyValue *
execute_for (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue  **arguments,
             const char      *then)
{
  StrataPyValue *result = strata_sa_need_database (py, then) ? connection_execute (py, self, arguments) : NULL;
  StrataPyValue *method = result != NULL ? strata_py_find_attribute (py, result, then) : NULL;

  return method != NULL ? strata_py_call_values (py, method, 0) : NULL;
}

static StrataPyValue *
connection_scalar (StrataPyMachine *py,
                   StrataPyValue   *self,
                   StrataPyValue  **arguments)
{
  return execute_for (py, self, arguments, "scalar");
}

static StrataPyValue *
connection_scalars (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  return execute_for (py, self, arguments, "scalars");
}

static StrataPyValue *
connection_same (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  return self;
}

static StrataPyValue *
connection_end (StrataPyMachine *py,
                StrataPyValue   *self,
                StrataPyValue  **arguments)
{
  if (!strata_sa_need_database (py, "a transaction of its own"))
    return NULL;

  return strata_py_refuse (py, "the script begins or ends the transaction that its migration runs in");
}

static gboolean
run_words (StrataPyMachine *py,
           const char      *verb,
           const char      *name)
{
  g_autofree char *text = g_strconcat (verb, name, NULL);

  return query_text (py, text) != NULL;
}

static StrataPyValue *
savepoint_enter (StrataPyMachine *py,
                 StrataPyValue   *self)
{
  return self;
}

static gboolean
savepoint_finish (StrataPyMachine *py,
                  StrataPyValue   *value,
                  gboolean         rolls_back)
{
  Savepoint *self = (Savepoint *) value;
  const char *name = self->name;

  if (name == NULL)
    return TRUE;
  self->name = NULL;

  return (!rolls_back || run_words (py, "ROLLBACK TO SAVEPOINT ", name)) && run_words (py, "RELEASE SAVEPOINT ", name);
}

static int
savepoint_leave (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue   *exception)
{
  return savepoint_finish (py, self, !strata_py_is_none (exception)) ? 0 : -1;
}

static StrataPyValue *
savepoint_commit (StrataPyMachine *py,
                  StrataPyValue   *self,
                  StrataPyValue  **arguments)
{
  return savepoint_finish (py, self, FALSE) ? strata_py_none (py) : NULL;
}

static StrataPyValue *
savepoint_rollback (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  return savepoint_finish (py, self, TRUE) ? strata_py_none (py) : NULL;
}

static const StrataPyNative savepoint_methods[] = {
  { "commit", "", savepoint_commit },
  { "rollback", "", savepoint_rollback },
  { NULL }
};

static const StrataPySlots savepoint_slots = {
  .name = "NestedTransaction",
  .methods = savepoint_methods,
  .lacking = " is_active is_valid connection close ",
  .enter = savepoint_enter,
  .leave = savepoint_leave,
};

static StrataPyValue *
connection_begin_nested (StrataPyMachine *py,
                         StrataPyValue   *self,
                         StrataPyValue  **arguments)
{
  StrataSa *sa = strata_sa_get (py);
  g_autofree char *name = g_strdup_printf ("sa_savepoint_%u", ++sa->n_savepoints);
  Savepoint *savepoint;

  if (!strata_sa_need_database (py, "a savepoint") || !run_words (py, "SAVEPOINT ", name))
    return NULL;
  savepoint = strata_py_host_object (py, strata_py_class (py, &savepoint_slots, NULL), sizeof *savepoint);
  savepoint->name = strata_sa_intern (py, name);

  return &savepoint->base;
}

static StrataPyValue *
connection_in_transaction (StrataPyMachine *py,
                           StrataPyValue   *self,
                           StrataPyValue  **arguments)
{
  return strata_sa_need_database (py, "in_transaction()") ? strata_py_bool (py, TRUE) : NULL;
}

static StrataPyValue *
connection_enter (StrataPyMachine *py,
                  StrataPyValue   *self)
{
  return strata_sa_need_database (py, "a connection of its own") ? self : NULL;
}

static int
connection_leave (StrataPyMachine *py,
                  StrataPyValue   *self,
                  StrataPyValue   *exception)
{
  return 0;
}

static StrataPyValue *
connection_attribute (StrataPyMachine *py,
                      StrataPyValue   *self,
                      const char      *name)
{
  if (g_str_equal (name, "dialect"))
    return strata_sa_get_dialect_object (py);
  /* An object of its own: who makes a session of it means another connection. */
  if (g_str_equal (name, "engine"))
    return strata_py_host_object (py, strata_sa_get (py)->classes[STRATA_SA_CONNECTION], sizeof (StrataPyValue));
  if (g_str_equal (name, "bind"))
    return self;
  if (g_str_equal (name, "name"))
    return strata_py_str (py, strata_dialect_get_name (strata_sa_get (py)->dialect));
  if (g_str_equal (name, "closed"))
    return strata_py_bool (py, FALSE);

  return NULL;
}

static const StrataPyNative connection_methods[] = {
  { "begin", "", connection_end },
  { "begin_nested", "", connection_begin_nested },
  { "close", "", connection_end },
  { "commit", "", connection_end },
  { "connect", "**options", connection_same },
  { "exec_driver_sql", "statement, parameters=, execution_options=", connection_exec_driver_sql },
  { "execute", "statement, parameters=, *, execution_options=", connection_execute },
  { "execution_options", "**options", connection_same },
  { "in_transaction", "", connection_in_transaction },
  { "rollback", "", connection_end },
  { "scalar", "statement, parameters=, *, execution_options=", connection_scalar },
  { "scalars", "statement, parameters=, *, execution_options=", connection_scalars },
  { NULL }
};

static const StrataPySlots connection_slots = {
  .name = "Connection",
  .methods = connection_methods,
  .lacking = " connection detach get_isolation_level get_execution_options info invalidate url run_callable transaction"
             " default_isolation_level run_sync schema_for_object dispose raw_connection has_table table_names driver pool ",
  .get_attribute = connection_attribute,
  .enter = connection_enter,
  .leave = connection_leave,
};

StrataPyValue *
strata_sa_get_connection (StrataPyMachine *py)
{
  StrataSa *sa = strata_sa_get (py);

  if (sa->connection == NULL)
    sa->connection = strata_py_host_object (py, sa->classes[STRATA_SA_CONNECTION], sizeof (StrataPyValue));

  return sa->connection;
}

void
strata_sa_add_connections (StrataPyMachine *py)
{
  StrataSa *sa = strata_sa_get (py);

  sa->classes[STRATA_SA_CONNECTION] = strata_py_class (py, &connection_slots, NULL);
  strata_sa_export (py, STRATA_SA_ROOT, "Connection", (StrataPyValue *) sa->classes[STRATA_SA_CONNECTION]);
  strata_sa_export (py, STRATA_SA_ROOT, "Engine", (StrataPyValue *) sa->classes[STRATA_SA_CONNECTION]);
  strata_sa_add_results (py);
  strata_sa_add_inspector (py);
  strata_sa_add_sessions (py);
}
