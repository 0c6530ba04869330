/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <string.h>

#include "core/base/files.h"

G_DEFINE_FINAL_TYPE (StrataPostgresqlConnection, strata_postgresql_connection, STRATA_TYPE_CONNECTION)

static void
on_notice (void           *data,
           const PGresult *result)
{
  StrataPostgresqlConnection *self = data;
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  if (message != NULL)
    strata_connection_notice (STRATA_CONNECTION (self), PQresultErrorField (result, PG_DIAG_SEVERITY_NONLOCALIZED), message);
}

static gboolean
run (StrataPostgresqlConnection  *self,
     const char                  *sql,
     GCancellable                *cancellable,
     GError                     **error)
{
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_send (self, sql, NULL, 0, &affected, cancellable, error);

  return rows != NULL;
}

static gboolean
postgresql_open (StrataConnection            *connection,
                 const StrataConnectOptions  *options,
                 GCancellable                *cancellable,
                 GError                     **error)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);

  self->writable = options->writable;
  self->program = g_strdup (options->application_name);
  self->role = g_strdup (options->role);
  self->search_path = g_strdup (options->search_path);
  self->handle = strata_postgresql_connect (strata_connection_get_url (connection), options, cancellable, error);
  if (self->handle == NULL)
    return FALSE;

  PQsetnonblocking (self->handle, TRUE);
  PQsetNoticeReceiver (self->handle, on_notice, self);

  return strata_postgresql_start_session (self, cancellable, error);
}

static void
postgresql_close (StrataConnection *connection)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);

  g_clear_object (&self->observer);
  g_clear_pointer (&self->handle, PQfinish);
}

static StrataRows *
postgresql_query (StrataConnection    *connection,
                  const char          *sql,
                  const char * const  *params,
                  guint                n_params,
                  GCancellable        *cancellable,
                  GError             **error)
{
  gint64 affected;

  return strata_postgresql_query (STRATA_POSTGRESQL_CONNECTION (connection), sql, params, n_params, &affected,
                                  cancellable, error);
}

static gboolean
postgresql_execute (StrataConnection    *connection,
                    const char          *sql,
                    gsize                length,
                    const char * const  *params,
                    guint                n_params,
                    gint64              *affected,
                    GCancellable        *cancellable,
                    GError             **error)
{
  g_autofree char *text = g_strndup (sql, length);
  g_autoptr(StrataRows) rows = strata_postgresql_query (STRATA_POSTGRESQL_CONNECTION (connection), text, params, n_params,
                                                        affected, cancellable, error);

  return rows != NULL;
}

static guint
postgresql_execute_batch (StrataConnection  *connection,
                          StrataBatchItem   *items,
                          guint              n_items,
                          GCancellable      *cancellable,
                          GError           **error)
{
  return strata_postgresql_send_batch (STRATA_POSTGRESQL_CONNECTION (connection), items, n_items, cancellable, error);
}

static gboolean
postgresql_begin (StrataConnection  *connection,
                  gboolean           writable,
                  GCancellable      *cancellable,
                  GError           **error)
{
  GError *local = NULL;

  strata_postgresql_begin_batch (STRATA_POSTGRESQL_CONNECTION (connection), writable, NULL, 0, cancellable, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, local);

  return FALSE;
}

static guint
postgresql_begin_batch (StrataConnection  *connection,
                        StrataBatchItem   *items,
                        guint              n_items,
                        GCancellable      *cancellable,
                        GError           **error)
{
  return strata_postgresql_begin_batch (STRATA_POSTGRESQL_CONNECTION (connection), TRUE, items, n_items, cancellable, error);
}

static gboolean
postgresql_in_transaction (StrataConnection *connection)
{
  return strata_postgresql_in_transaction (STRATA_POSTGRESQL_CONNECTION (connection));
}

static gboolean
postgresql_commit (StrataConnection  *connection,
                   GError           **error)
{
  return strata_postgresql_commit (STRATA_POSTGRESQL_CONNECTION (connection), error);
}

static guint
postgresql_commit_and_begin (StrataConnection  *connection,
                             StrataBatchItem   *last,
                             StrataBatchItem   *items,
                             guint              n_items,
                             gboolean          *committed,
                             GCancellable      *cancellable,
                             GError           **error)
{
  return strata_postgresql_commit_and_begin (STRATA_POSTGRESQL_CONNECTION (connection), last, items, n_items,
                                             committed, cancellable, error);
}

static void
postgresql_rollback (StrataConnection *connection)
{
  strata_postgresql_rollback (STRATA_POSTGRESQL_CONNECTION (connection));
}

static gboolean
postgresql_set_timeouts (StrataConnection  *connection,
                         StrataTimeouts     timeouts,
                         GError           **error)
{
  return strata_postgresql_set_timeouts (STRATA_POSTGRESQL_CONNECTION (connection), timeouts, error);
}

static gboolean
postgresql_reset_session (StrataConnection  *connection,
                          GError           **error)
{
  return strata_postgresql_reset_session (STRATA_POSTGRESQL_CONNECTION (connection), error);
}

static gboolean
postgresql_take_run_lock (StrataConnection  *connection,
                          const char        *schema,
                          const char        *table,
                          gint64             wait_ms,
                          StrataWaitFunc     waiting,
                          gpointer           user_data,
                          GCancellable      *cancellable,
                          GError           **error)
{
  return strata_postgresql_take_run_lock (STRATA_POSTGRESQL_CONNECTION (connection), schema, table, wait_ms, waiting,
                                          user_data, cancellable, error);
}

static void
postgresql_drop_run_lock (StrataConnection *connection)
{
  strata_postgresql_drop_run_lock (STRATA_POSTGRESQL_CONNECTION (connection));
}

static char *
postgresql_dup_run_holder (StrataConnection *connection,
                           const char       *schema,
                           const char       *table)
{
  return strata_postgresql_dup_run_holder (STRATA_POSTGRESQL_CONNECTION (connection), schema, table);
}

static char *
quote_identifier (StrataPostgresqlConnection *self,
                  const char                 *name)
{
  char *quoted = PQescapeIdentifier (self->handle, name, strlen (name));
  char *copy = g_strdup (quoted);

  PQfreemem (quoted);

  return copy;
}

static gboolean
postgresql_lock_table (StrataConnection  *connection,
                       const char        *schema,
                       const char        *table,
                       GCancellable      *cancellable,
                       GError           **error)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);
  g_autofree char *quoted_schema = schema != NULL ? quote_identifier (self, schema) : NULL;
  g_autofree char *quoted_table = quote_identifier (self, table);
  g_autofree char *sql = g_strdup_printf ("LOCK TABLE %s%s%s IN SHARE ROW EXCLUSIVE MODE",
                                          schema != NULL ? quoted_schema : "", schema != NULL ? "." : "", quoted_table);

  return run (self, sql, cancellable, error);
}

static gboolean
postgresql_find_table (StrataConnection  *connection,
                       const char        *schema,
                       const char        *table,
                       gboolean          *found,
                       guint             *width,
                       GError           **error)
{
  const char *params[] = { schema, table };
  g_autoptr(StrataRows) rows = postgresql_query (connection, strata_resource_text ("sql/postgresql/find-table.sql"), params,
                                                 2, NULL, error);

  if (rows == NULL)
    return FALSE;

  *found = strata_rows_get_n_rows (rows) > 0;
  *width = *found ? (guint) strata_rows_get_int (rows, 0, 0) : 0;

  return TRUE;
}

static gboolean
postgresql_is_empty (StrataConnection    *connection,
                     const char * const  *except,
                     gboolean            *empty,
                     GError             **error)
{
  g_autoptr(StrataRows) rows = postgresql_query (connection, strata_resource_text ("sql/postgresql/user-tables.sql"), NULL,
                                                 0, NULL, error);

  if (rows == NULL)
    return FALSE;

  *empty = TRUE;
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    if (!g_strv_contains (except, strata_rows_get (rows, i, 0)))
      *empty = FALSE;

  return TRUE;
}

static GStrv
postgresql_dup_invalid_indexes (StrataConnection  *connection,
                                GError           **error)
{
  g_autoptr(StrataRows) rows = postgresql_query (connection, strata_resource_text ("sql/postgresql/invalid-indexes.sql"),
                                                 NULL, 0, NULL, error);
  guint n = rows != NULL ? strata_rows_get_n_rows (rows) : 0;
  GStrv names;

  if (rows == NULL)
    return NULL;

  names = g_new0 (char *, n + 1);
  for (guint i = 0; i < n; i++)
    names[i] = g_strdup (strata_rows_get (rows, i, 0));

  return names;
}

static char *
postgresql_dup_blocker (StrataConnection *connection)
{
  return g_strdup (STRATA_POSTGRESQL_CONNECTION (connection)->blocker);
}

static char *
postgresql_dup_password (StrataConnection *connection)
{
  const char *password = PQpass (STRATA_POSTGRESQL_CONNECTION (connection)->handle);

  return password != NULL && *password != '\0' ? g_strdup (password) : NULL;
}

static void
strata_postgresql_connection_finalize (GObject *object)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (object);

  g_clear_object (&self->observer);
  g_clear_pointer (&self->handle, PQfinish);
  g_free (self->program);
  g_free (self->role);
  g_free (self->search_path);
  g_free (self->blocker);

  G_OBJECT_CLASS (strata_postgresql_connection_parent_class)->finalize (object);
}

static void
strata_postgresql_connection_class_init (StrataPostgresqlConnectionClass *klass)
{
  StrataConnectionClass *connection_class = STRATA_CONNECTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_postgresql_connection_finalize;

  connection_class->open = postgresql_open;
  connection_class->close = postgresql_close;
  connection_class->query = postgresql_query;
  connection_class->execute = postgresql_execute;
  connection_class->execute_batch = postgresql_execute_batch;
  connection_class->begin = postgresql_begin;
  connection_class->begin_batch = postgresql_begin_batch;
  connection_class->commit = postgresql_commit;
  connection_class->commit_and_begin = postgresql_commit_and_begin;
  connection_class->rollback = postgresql_rollback;
  connection_class->in_transaction = postgresql_in_transaction;
  connection_class->set_timeouts = postgresql_set_timeouts;
  connection_class->reset_session = postgresql_reset_session;
  connection_class->take_run_lock = postgresql_take_run_lock;
  connection_class->drop_run_lock = postgresql_drop_run_lock;
  connection_class->dup_run_holder = postgresql_dup_run_holder;
  connection_class->lock_table = postgresql_lock_table;
  connection_class->find_table = postgresql_find_table;
  connection_class->is_empty = postgresql_is_empty;
  connection_class->dup_invalid_indexes = postgresql_dup_invalid_indexes;
  connection_class->dup_blocker = postgresql_dup_blocker;
  connection_class->dup_password = postgresql_dup_password;
}

static void
strata_postgresql_connection_init (StrataPostgresqlConnection *self)
{
  self->timeouts = (StrataTimeouts) { -1, -1 };
}
