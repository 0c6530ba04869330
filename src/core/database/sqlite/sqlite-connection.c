/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

G_DEFINE_FINAL_TYPE (StrataSqliteConnection, strata_sqlite_connection, STRATA_TYPE_CONNECTION)

/* The name with its links resolved: locks and copies belong to the file, whichever name leads to it. */
static char *
resolve_path (const char *path)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_path_get_basename (path);
  char *real = realpath (path, NULL);
  char *resolved;

  if (real == NULL)
    {
      char *real_folder = realpath (folder, NULL);

      real = real_folder != NULL ? g_build_filename (real_folder, name, NULL) : g_strdup (path);
      free (real_folder);
      return real;
    }

  /* realpath() gives malloc's memory, which GLib's is too; a copy keeps the two apart all the same. */
  resolved = g_strdup (real);
  free (real);

  return resolved;
}

static void
close_handle (StrataSqliteConnection *self)
{
  g_hash_table_remove_all (self->statements);
  g_clear_pointer (&self->handle, sqlite3_close);
}

/* Somebody who may write has opened the database since: from here on it is read with locks. */
static gboolean
leave_immutable (StrataSqliteConnection  *self,
                 GError                 **error)
{
  int result;

  if (!self->immutable || !strata_sqlite_has_wal (self->path))
    return TRUE;

  close_handle (self);
  result = strata_sqlite_open (self, FALSE);
  if (result == SQLITE_OK)
    return TRUE;

  strata_sqlite_set_error (self, result, NULL, error);

  return FALSE;
}

static StrataConnectionTraits
find_traits (StrataSqliteConnection *self)
{
  gboolean fixed = self->path != NULL && !strata_sqlite_may_write (self->path);

  return STRATA_TRAIT_TRANSACTIONAL_DDL | (fixed ? STRATA_TRAIT_READ_ONLY : 0);
}

/* Of the switches that PRAGMAs turn, those that change what later statements mean. */
static const int switches[STRATA_SQLITE_N_SWITCHES] = {
  SQLITE_DBCONFIG_ENABLE_FKEY,
  SQLITE_DBCONFIG_ENABLE_TRIGGER,
  SQLITE_DBCONFIG_LEGACY_ALTER_TABLE,
  SQLITE_DBCONFIG_WRITABLE_SCHEMA,
};

/* References are not enforced, as for Alembic, whatever the library was built to begin with: a table that is made anew is
 * dropped on the way, which would else delete the rows that refer to it. */
static void
remember_switches (StrataSqliteConnection *self)
{
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
  for (guint i = 0; i < STRATA_SQLITE_N_SWITCHES; i++)
    sqlite3_db_config (self->handle, switches[i], -1, &self->switches[i]);
}

static gboolean
sqlite_open (StrataConnection            *connection,
             const StrataConnectOptions  *options,
             GCancellable                *cancellable,
             GError                     **error)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);
  const char *database = strata_url_get_database (strata_connection_get_url (connection));
  int result;

  if (database != NULL && *database != '\0' && strcmp (database, ":memory:") != 0)
    self->path = resolve_path (database);
  self->program = g_strdup (options->application_name != NULL ? options->application_name : "strata");
  self->writable = options->writable;
  self->confined = options->confined;

  strata_sqlite_begin_call (self, cancellable);
  result = strata_sqlite_open (self, options->create);
  if (result != SQLITE_OK)
    strata_sqlite_set_error (self, result, NULL, error);
  strata_sqlite_end_call (self);
  if (result != SQLITE_OK)
    {
      close_handle (self);
      return FALSE;
    }

  remember_switches (self);
  strata_connection_set_server (connection, "SQLite " SQLITE_VERSION, sqlite3_libversion_number (), find_traits (self));

  return TRUE;
}

static void
sqlite_drop_run_lock (StrataConnection *connection)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  if (self->sidecar >= 0)
    strata_sidecar_unlock (self->sidecar, self->path);
  self->sidecar = -1;
}

static char *
sqlite_dup_run_holder (StrataConnection *connection,
                       const char       *schema,
                       const char       *table)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  return self->path != NULL ? strata_sidecar_dup_holder (self->path) : NULL;
}

static void
sqlite_close (StrataConnection *connection)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  close_handle (self);
  sqlite_drop_run_lock (connection);
}

static StrataRows *
sqlite_query (StrataConnection    *connection,
              const char          *sql,
              const char * const  *params,
              guint                n_params,
              GCancellable        *cancellable,
              GError             **error)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);
  StrataRows *rows = NULL;
  gint64 affected;

  if (!leave_immutable (self, error)
      || !strata_sqlite_run (self, sql, strlen (sql), params, n_params, &rows, &affected, cancellable, error))
    return NULL;

  return rows != NULL ? rows : strata_rows_new (0);
}

static gboolean
sqlite_execute (StrataConnection    *connection,
                const char          *sql,
                gsize                length,
                const char * const  *params,
                guint                n_params,
                gint64              *affected,
                GCancellable        *cancellable,
                GError             **error)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  return strata_sqlite_run (self, sql, length, params, n_params, NULL, affected, cancellable, error);
}

static guint
sqlite_execute_batch (StrataConnection  *connection,
                      StrataBatchItem   *items,
                      guint              n_items,
                      GCancellable      *cancellable,
                      GError           **error)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  for (guint i = 0; i < n_items; i++)
    {
      StrataBatchItem *item = &items[i];
      gsize length = item->length >= 0 ? (gsize) item->length : strlen (item->sql);

      if (!strata_sqlite_run (self, item->sql, length, item->params, item->n_params, item->rows, &item->affected,
                              cancellable, error))
        return i;
    }

  return n_items;
}

/* IMMEDIATE takes the write lock now: a transaction that reads first and writes later may find itself too late. */
static gboolean
sqlite_begin (StrataConnection  *connection,
              gboolean           writable,
              GCancellable      *cancellable,
              GError           **error)
{
  const char *sql = writable ? "BEGIN IMMEDIATE" : "BEGIN";
  gint64 affected;

  if (!sqlite_execute (connection, sql, strlen (sql), NULL, 0, &affected, cancellable, error))
    return FALSE;

  g_set_object (&STRATA_SQLITE_CONNECTION (connection)->waiter, cancellable);

  return TRUE;
}

static guint
sqlite_begin_batch (StrataConnection  *connection,
                    StrataBatchItem   *items,
                    guint              n_items,
                    GCancellable      *cancellable,
                    GError           **error)
{
  if (!sqlite_begin (connection, TRUE, cancellable, error))
    return 0;

  return sqlite_execute_batch (connection, items, n_items, cancellable, error);
}

static gboolean
sqlite_commit (StrataConnection  *connection,
               GError           **error)
{
  g_autoptr(GCancellable) waiter = g_steal_pointer (&STRATA_SQLITE_CONNECTION (connection)->waiter);
  gint64 affected;

  return sqlite_execute (connection, "COMMIT", strlen ("COMMIT"), NULL, 0, &affected, waiter, error);
}

static gboolean
sqlite_in_transaction (StrataConnection *connection)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  return self->handle != NULL && !sqlite3_get_autocommit (self->handle);
}

/* Some failures, a full disk for one, have rolled back already. */
static void
sqlite_rollback (StrataConnection *connection)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  g_clear_object (&self->waiter);
  if (sqlite_in_transaction (connection))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);
}

static gboolean
sqlite_set_timeouts (StrataConnection  *connection,
                     StrataTimeouts     timeouts,
                     GError           **error)
{
  STRATA_SQLITE_CONNECTION (connection)->timeouts = timeouts;

  return TRUE;
}

static gboolean
sqlite_reset_session (StrataConnection  *connection,
                      GError           **error)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  for (guint i = 0; i < STRATA_SQLITE_N_SWITCHES; i++)
    sqlite3_db_config (self->handle, switches[i], self->switches[i], NULL);

  return TRUE;
}

static gboolean
sqlite_take_run_lock (StrataConnection  *connection,
                      const char        *schema,
                      const char        *table,
                      gint64             wait_ms,
                      StrataWaitFunc     waiting,
                      gpointer           user_data,
                      GCancellable      *cancellable,
                      GError           **error)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);

  /* Nobody else can see a database in memory. */
  if (self->path == NULL || self->sidecar >= 0)
    return TRUE;

  self->sidecar = strata_sidecar_lock (self->path, self->program, wait_ms, waiting, user_data, cancellable, error);

  return self->sidecar >= 0;
}

static gboolean
sqlite_lock_table (StrataConnection  *connection,
                   const char        *schema,
                   const char        *table,
                   GCancellable      *cancellable,
                   GError           **error)
{
  return TRUE;
}

static gboolean
sqlite_find_table (StrataConnection  *connection,
                   const char        *schema,
                   const char        *table,
                   gboolean          *found,
                   guint             *width,
                   GError           **error)
{
  g_autofree char *quoted = g_strdup (schema != NULL ? schema : "main");
  g_autofree char *sql = NULL;
  g_autoptr(StrataRows) rows = NULL;

  /* SQLite has no way to give a schema as a parameter, and none of its names holds a quote in practice. */
  g_strdelimit (quoted, "\"", '_');
  sql = g_strdup_printf ("SELECT 1 FROM \"%s\".sqlite_schema WHERE type = 'table' AND lower (name) = lower ($1)", quoted);
  rows = sqlite_query (connection, sql, &table, 1, NULL, error);
  if (rows == NULL)
    return FALSE;

  *found = strata_rows_get_n_rows (rows) > 0;
  /* VARCHAR(32) holds texts of any length here. */
  *width = 0;

  return TRUE;
}

static gboolean
sqlite_is_empty (StrataConnection    *connection,
                 const char * const  *except,
                 gboolean            *empty,
                 GError             **error)
{
  g_autoptr(StrataRows) rows = sqlite_query (connection,
                                             "SELECT name FROM sqlite_schema"
                                             " WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
                                             " ORDER BY name", NULL, 0, NULL, error);

  if (rows == NULL)
    return FALSE;

  *empty = TRUE;
  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    if (!g_strv_contains (except, strata_rows_get (rows, i, 0)))
      *empty = FALSE;

  return TRUE;
}

static GStrv
sqlite_dup_invalid_indexes (StrataConnection  *connection,
                            GError           **error)
{
  return g_new0 (char *, 1);
}

static char *
sqlite_dup_blocker (StrataConnection *connection)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (connection);
  g_autofree char *holders = self->path != NULL ? strata_sqlite_dup_lock_holders (self->path) : NULL;

  return holders != NULL ? g_strdup_printf (_("blocked by %s"), holders) : NULL;
}

static void
strata_sqlite_connection_finalize (GObject *object)
{
  StrataSqliteConnection *self = STRATA_SQLITE_CONNECTION (object);

  close_handle (self);
  g_clear_pointer (&self->statements, g_hash_table_unref);
  g_clear_object (&self->waiter);
  g_free (self->path);
  g_free (self->program);

  G_OBJECT_CLASS (strata_sqlite_connection_parent_class)->finalize (object);
}

static void
strata_sqlite_connection_class_init (StrataSqliteConnectionClass *klass)
{
  StrataConnectionClass *connection_class = STRATA_CONNECTION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = strata_sqlite_connection_finalize;

  connection_class->open = sqlite_open;
  connection_class->close = sqlite_close;
  connection_class->query = sqlite_query;
  connection_class->execute = sqlite_execute;
  connection_class->execute_batch = sqlite_execute_batch;
  connection_class->begin = sqlite_begin;
  connection_class->begin_batch = sqlite_begin_batch;
  connection_class->commit = sqlite_commit;
  connection_class->rollback = sqlite_rollback;
  connection_class->in_transaction = sqlite_in_transaction;
  connection_class->set_timeouts = sqlite_set_timeouts;
  connection_class->reset_session = sqlite_reset_session;
  connection_class->take_run_lock = sqlite_take_run_lock;
  connection_class->drop_run_lock = sqlite_drop_run_lock;
  connection_class->dup_run_holder = sqlite_dup_run_holder;
  connection_class->lock_table = sqlite_lock_table;
  connection_class->find_table = sqlite_find_table;
  connection_class->is_empty = sqlite_is_empty;
  connection_class->dup_invalid_indexes = sqlite_dup_invalid_indexes;
  connection_class->dup_blocker = sqlite_dup_blocker;
}

static void
finalize_statement (gpointer statement)
{
  sqlite3_finalize (statement);
}

static void
strata_sqlite_connection_init (StrataSqliteConnection *self)
{
  self->timeouts = (StrataTimeouts) { -1, -1 };
  self->sidecar = -1;
  self->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, finalize_statement);
}
