/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <string.h>

#include "core/base/files.h"

#define OLDEST_SERVER 130000

G_DEFINE_FINAL_TYPE (StrataPostgresqlConnection, strata_postgresql_connection, STRATA_TYPE_CONNECTION)

static void
on_notice (void           *data,
           const PGresult *result)
{
  StrataPostgresqlConnection *self = data;
  const char *message = PQresultErrorField (result, PG_DIAG_MESSAGE_PRIMARY);

  if (message != NULL)
    strata_connection_notice (STRATA_CONNECTION (self), PQresultErrorField (result, PG_DIAG_SEVERITY), message);
}

static gboolean
run (StrataPostgresqlConnection  *self,
     const char                  *sql,
     GCancellable                *cancellable,
     GError                     **error)
{
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_query (self, sql, NULL, 0, &affected, cancellable, error);

  return rows != NULL;
}

/* What the session needs beyond its start-up parameters. A transaction pooler hands each transaction to another session:
 * settings would stay behind in one of them. */
static char *
session_settings (StrataPostgresqlConnection  *self,
                  const StrataConnectOptions  *options,
                  gboolean                     standard_strings)
{
  GString *sql = g_string_new (NULL);

  if (!options->writable)
    g_string_append (sql, "SET default_transaction_read_only = on;");
  if (!standard_strings)
    g_string_append (sql, "SET standard_conforming_strings = on;");
  if (PQserverVersion (self->handle) >= 140000)
    g_string_append (sql, "SET client_connection_check_interval = '5s';");
  if (options->role != NULL)
    {
      char *role = PQescapeIdentifier (self->handle, options->role, strlen (options->role));

      g_string_append_printf (sql, "SET ROLE %s;", role);
      PQfreemem (role);
    }
  /* A list of schemas: each name is quoted by the server itself, which parses the whole as search_path does. */
  if (options->search_path != NULL)
    {
      char *path = PQescapeLiteral (self->handle, options->search_path, strlen (options->search_path));

      g_string_append_printf (sql, "SELECT pg_catalog.set_config('search_path', %s, false);", path);
      PQfreemem (path);
    }

  return g_string_free (sql, FALSE);
}

static gboolean
refuse_pooled_settings (StrataPostgresqlConnection  *self,
                        const StrataConnectOptions  *options,
                        GError                     **error)
{
  if (!self->pooled || (options->role == NULL && options->search_path == NULL))
    return TRUE;

  g_propagate_error (error,
                     strata_database_error_new (STRATA_DATABASE_ERROR_NOT_SUPPORTED, NULL,
                                                "A transaction pooler is between here and the server: the profile's role and "
                                                "search_path would not hold. Connect to the server directly"));

  return FALSE;
}

/* Where a table without a schema goes, now that the search path is what it will be. */
static gboolean
read_default_schema (StrataPostgresqlConnection  *self,
                     GCancellable                *cancellable,
                     GError                     **error)
{
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_query (self, "SELECT pg_catalog.current_schema()", NULL, 0, &affected,
                                                        cancellable, error);
  const char *schema = rows != NULL ? strata_rows_get (rows, 0, 0) : NULL;

  self->default_schema = g_strdup (schema != NULL ? schema : "public");

  return rows != NULL;
}

static gboolean
read_facts (StrataPostgresqlConnection  *self,
            const StrataConnectOptions  *options,
            GCancellable                *cancellable,
            GError                     **error)
{
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_query (self, strata_resource_text ("sql/postgresql/connection-facts.sql"),
                                                        NULL, 0, &affected, cancellable, error);
  StrataConnectionTraits traits = STRATA_TRAIT_TRANSACTIONAL_DDL;
  g_autofree char *server = NULL;

  if (rows == NULL)
    return FALSE;

  self->backend_pid = (int) strata_rows_get_int (rows, 0, 0);
  self->pooled = self->backend_pid != PQbackendPID (self->handle);
  if (self->pooled)
    traits |= STRATA_TRAIT_POOLED;
  if (strata_rows_get_int (rows, 0, 1) == 1)
    traits |= STRATA_TRAIT_STANDBY | STRATA_TRAIT_READ_ONLY;
  if (options->writable && strata_rows_get_int (rows, 0, 2) == 1)
    traits |= STRATA_TRAIT_READ_ONLY;

  server = g_strdup_printf ("PostgreSQL %s", PQparameterStatus (self->handle, "server_version"));
  strata_connection_set_server (STRATA_CONNECTION (self), server, PQserverVersion (self->handle), traits);
  if (!refuse_pooled_settings (self, options, error))
    return FALSE;

  if (!self->pooled)
    self->settings = session_settings (self, options, strata_rows_get_int (rows, 0, 3) == 1);
  if (self->settings != NULL && *self->settings != '\0' && !run (self, self->settings, cancellable, error))
    return FALSE;

  return read_default_schema (self, cancellable, error);
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
  self->handle = strata_postgresql_connect (strata_connection_get_url (connection), options, cancellable, error);
  if (self->handle == NULL)
    return FALSE;

  PQsetnonblocking (self->handle, TRUE);
  PQsetNoticeReceiver (self->handle, on_notice, self);
  if (PQserverVersion (self->handle) < OLDEST_SERVER)
    {
      g_propagate_error (error,
                         strata_database_error_new (STRATA_DATABASE_ERROR_NOT_SUPPORTED, NULL,
                                                    "The server is PostgreSQL %s; Strata works with 13 and newer",
                                                    PQparameterStatus (self->handle, "server_version")));
      return FALSE;
    }

  return read_facts (self, options, cancellable, error);
}

static void
postgresql_close (StrataConnection *connection)
{
  g_clear_pointer (&STRATA_POSTGRESQL_CONNECTION (connection)->handle, PQfinish);
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
  return strata_postgresql_query_batch (STRATA_POSTGRESQL_CONNECTION (connection), items, n_items, cancellable, error);
}

static void
append_timeouts (StrataPostgresqlConnection *self,
                 const char                 *set,
                 GString                    *sql)
{
  if (self->timeouts.lock_ms >= 0)
    g_string_append_printf (sql, "%s lock_timeout = %" G_GINT64_FORMAT ";", set, self->timeouts.lock_ms);
  if (self->timeouts.statement_ms >= 0)
    g_string_append_printf (sql, "%s statement_timeout = %" G_GINT64_FORMAT ";", set, self->timeouts.statement_ms);
}

/* Whatever the database's default isolation is: rows that are read after a lock was waited for must be the newest. */
static gboolean
postgresql_begin (StrataConnection  *connection,
                  gboolean           writable,
                  GCancellable      *cancellable,
                  GError           **error)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);
  g_autoptr(GString) sql = g_string_new (writable
                                         ? "BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
                                         : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY;");

  if (self->pooled)
    append_timeouts (self, "SET LOCAL", sql);

  return run (self, sql->str, cancellable, error);
}

static gboolean
postgresql_in_transaction (StrataConnection *connection)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);

  switch (PQtransactionStatus (self->handle))
    {
    case PQTRANS_ACTIVE:
    case PQTRANS_INTRANS:
    case PQTRANS_INERROR:
      return TRUE;

    case PQTRANS_IDLE:
    case PQTRANS_UNKNOWN:
    default:
      return FALSE;
    }
}

/* A COMMIT of a transaction that has failed is a ROLLBACK, and no error to the server. */
static gboolean
postgresql_commit (StrataConnection  *connection,
                   GError           **error)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);

  if (PQtransactionStatus (self->handle) == PQTRANS_INERROR)
    {
      run (self, "ROLLBACK", NULL, NULL);
      g_propagate_error (error, strata_database_error_new (STRATA_DATABASE_ERROR_FAILED, NULL,
                                                           "The transaction had failed and was rolled back"));
      return FALSE;
    }

  return run (self, "COMMIT", NULL, error);
}

static void
postgresql_rollback (StrataConnection *connection)
{
  if (postgresql_in_transaction (connection))
    run (STRATA_POSTGRESQL_CONNECTION (connection), "ROLLBACK", NULL, NULL);
}

static gboolean
postgresql_set_timeouts (StrataConnection  *connection,
                         StrataTimeouts     timeouts,
                         GError           **error)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);
  g_autoptr(GString) sql = g_string_new (NULL);

  self->timeouts = timeouts;
  if (!self->pooled)
    append_timeouts (self, "SET", sql);
  else if (postgresql_in_transaction (connection))
    append_timeouts (self, "SET LOCAL", sql);

  return sql->len == 0 || run (self, sql->str, NULL, error);
}

static gboolean
postgresql_reset_session (StrataConnection  *connection,
                          GError           **error)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (connection);
  g_autoptr(GString) sql = g_string_new ("RESET SESSION AUTHORIZATION;RESET ROLE;RESET ALL;");

  if (self->settings != NULL)
    g_string_append (sql, self->settings);
  if (!self->pooled)
    append_timeouts (self, "SET", sql);
  else if (postgresql_in_transaction (connection))
    append_timeouts (self, "SET LOCAL", sql);

  return run (self, sql->str, NULL, error);
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
  return strata_postgresql_dup_blocker (STRATA_POSTGRESQL_CONNECTION (connection));
}

static void
strata_postgresql_connection_finalize (GObject *object)
{
  StrataPostgresqlConnection *self = STRATA_POSTGRESQL_CONNECTION (object);

  g_clear_pointer (&self->handle, PQfinish);
  g_free (self->default_schema);
  g_free (self->program);
  g_free (self->settings);

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
  connection_class->commit = postgresql_commit;
  connection_class->rollback = postgresql_rollback;
  connection_class->in_transaction = postgresql_in_transaction;
  connection_class->set_timeouts = postgresql_set_timeouts;
  connection_class->reset_session = postgresql_reset_session;
  connection_class->take_run_lock = postgresql_take_run_lock;
  connection_class->drop_run_lock = postgresql_drop_run_lock;
  connection_class->lock_table = postgresql_lock_table;
  connection_class->find_table = postgresql_find_table;
  connection_class->is_empty = postgresql_is_empty;
  connection_class->dup_invalid_indexes = postgresql_dup_invalid_indexes;
  connection_class->dup_blocker = postgresql_dup_blocker;
}

static void
strata_postgresql_connection_init (StrataPostgresqlConnection *self)
{
  self->timeouts = (StrataTimeouts) { -1, -1 };
}
