/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/database/connection-class.h"

/* SQLite's own default is not to wait at all, which fails on every checkpoint of a web server. */
#define DEFAULT_LOCK_MS 5000
/* Virtual machine instructions between two looks at the clock and the cancellable: well under a millisecond. */
#define INSTRUCTIONS_A_LOOK 2000
#define LONGEST_PAUSE_MS 50
#define STATEMENTS_KEPT 16

static gboolean
should_stop (StrataSqliteConnection *self)
{
  return g_cancellable_is_cancelled (self->cancellable)
         || (self->deadline != 0 && g_get_monotonic_time () > self->deadline);
}

static int
on_progress (void *data)
{
  return should_stop (data);
}

static int
on_busy (void *data,
         int   n_tries)
{
  StrataSqliteConnection *self = data;
  gint64 now = g_get_monotonic_time ();
  gint64 lock_ms = self->timeouts.lock_ms < 0 ? DEFAULT_LOCK_MS : self->timeouts.lock_ms;

  if (n_tries == 0)
    self->busy_since = self->busy_told = now;
  if (should_stop (self) || (lock_ms > 0 && now - self->busy_since >= lock_ms * 1000))
    return FALSE;

  if (now - self->busy_told >= G_USEC_PER_SEC)
    {
      g_autofree char *blocker = strata_connection_dup_blocker (STRATA_CONNECTION (self));

      strata_connection_blocked (STRATA_CONNECTION (self), blocker);
      self->busy_told = now;
    }

  sqlite3_sleep (MIN (1 + n_tries, LONGEST_PAUSE_MS));

  return TRUE;
}

void
strata_sqlite_watch (StrataSqliteConnection *self)
{
  sqlite3_busy_handler (self->handle, on_busy, self);
  sqlite3_progress_handler (self->handle, INSTRUCTIONS_A_LOOK, on_progress, self);
}

/* On the thread that cancels. The progress handler would do, but for what takes long inside a single instruction. */
static void
on_cancelled (GCancellable *cancellable,
              gpointer      handle)
{
  sqlite3_interrupt (handle);
}

void
strata_sqlite_begin_call (StrataSqliteConnection *self,
                          GCancellable           *cancellable)
{
  self->cancellable = cancellable;
  self->deadline = self->timeouts.statement_ms > 0
    ? g_get_monotonic_time () + self->timeouts.statement_ms * 1000
    : 0;
  if (cancellable != NULL && self->handle != NULL)
    self->interrupt = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled), self->handle, NULL);
}

void
strata_sqlite_end_call (StrataSqliteConnection *self)
{
  if (self->interrupt != 0)
    g_cancellable_disconnect (self->cancellable, self->interrupt);

  self->interrupt = 0;
  self->cancellable = NULL;
  self->deadline = 0;
}

/* Cancelling and the time limit both look like an interrupt (or, while waiting, like a lock) to SQLite. */
void
strata_sqlite_set_error (StrataSqliteConnection  *self,
                         int                      result,
                         const char              *sql,
                         GError                 **error)
{
  gboolean stopped = (result & 0xff) == SQLITE_INTERRUPT || (result & 0xff) == SQLITE_BUSY;

  if (stopped && g_cancellable_is_cancelled (self->cancellable))
    g_propagate_error (error, strata_database_error_new (STRATA_DATABASE_ERROR_CANCELLED, NULL, _("Cancelled")));
  else if ((result & 0xff) == SQLITE_INTERRUPT && self->deadline != 0)
    g_propagate_error (error, strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT, NULL,
                                                         _("The statement took longer than its limit of %.0f ms"),
                                                         (double) self->timeouts.statement_ms));
  else
    g_propagate_error (error, strata_sqlite_error_new (self->handle, result, self->path != NULL ? self->path
                                                       : ":memory:", sql));
}

static sqlite3_stmt *
prepare (StrataSqliteConnection  *self,
         const char              *sql,
         gsize                    length,
         const char             **tail,
         GError                 **error)
{
  sqlite3_stmt *statement = NULL;
  int result = SQLITE_TOOBIG;

  if (length < G_MAXINT)
    result = sqlite3_prepare_v2 (self->handle, sql, (int) length, &statement, tail);
  if (result != SQLITE_OK)
    {
      g_autofree char *text = g_strndup (sql, length);

      strata_sqlite_set_error (self, result, text, error);
    }

  return statement;
}

/* SQLite numbers "$2" by appearance, not by its digits. */
static void
bind_parameters (sqlite3_stmt       *statement,
                 const char * const *params,
                 guint               n_params)
{
  for (guint i = 0; i < n_params; i++)
    {
      char name[16];
      int index;

      g_snprintf (name, sizeof name, "$%u", i + 1);
      index = sqlite3_bind_parameter_index (statement, name);
      if (index == 0)
        continue;
      if (params[i] == NULL)
        sqlite3_bind_null (statement, index);
      else
        sqlite3_bind_text (statement, index, params[i], -1, SQLITE_TRANSIENT);
    }
}

/* Values have their type one by one; bytes are written as PostgreSQL does. */
static void
append_cell (StrataRows   *rows,
             sqlite3_stmt *statement,
             int           column)
{
  int type = sqlite3_column_type (statement, column);

  if (type == SQLITE_BLOB)
    {
      g_autoptr(GString) hex = g_string_new ("\\x");
      const guint8 *bytes = sqlite3_column_blob (statement, column);

      for (int i = 0; i < sqlite3_column_bytes (statement, column); i++)
        g_string_append_printf (hex, "%02x", bytes[i]);
      strata_rows_append (rows, hex->str, hex->len);
      strata_rows_set_type (rows, STRATA_CELL_BYTES);
      return;
    }
  strata_rows_append (rows, (const char *) sqlite3_column_text (statement, column), sqlite3_column_bytes (statement, column));
  if (type == SQLITE_INTEGER)
    strata_rows_set_type (rows, STRATA_CELL_INTEGER);
  else if (type == SQLITE_FLOAT)
    strata_rows_set_type (rows, STRATA_CELL_FLOAT);
}

static StrataRows *
rows_for (sqlite3_stmt *statement)
{
  int n = sqlite3_column_count (statement);
  StrataRows *rows = strata_rows_new (n);

  for (int i = 0; i < n; i++)
    strata_rows_take_name (rows, g_strdup (sqlite3_column_name (statement, i)));

  return rows;
}

/* To the end; rows may be NULL. */
static gboolean
run_statement (StrataSqliteConnection  *self,
               sqlite3_stmt            *statement,
               StrataRows              *rows,
               GError                 **error)
{
  int n = sqlite3_column_count (statement);
  int result;

  while ((result = sqlite3_step (statement)) == SQLITE_ROW)
    for (int i = 0; rows != NULL && i < n; i++)
      append_cell (rows, statement, i);

  if (result != SQLITE_DONE)
    strata_sqlite_set_error (self, result, sqlite3_sql (statement), error);

  return result == SQLITE_DONE;
}

/* DDL leaves the counter of changed rows as it was. */
static gint64
count_changes (StrataSqliteConnection *self,
               sqlite3_stmt           *statement)
{
  static const char * const changing[] = { "insert", "update", "delete", "replace", "with" };
  const char *sql = sqlite3_sql (statement);

  for (guint i = 0; i < G_N_ELEMENTS (changing); i++)
    if (g_ascii_strncasecmp (sql, changing[i], strlen (changing[i])) == 0 && !sqlite3_stmt_readonly (statement))
      return sqlite3_changes64 (self->handle);

  return -1;
}

static sqlite3_stmt *
get_kept_statement (StrataSqliteConnection  *self,
                    const char              *sql,
                    gsize                    length,
                    GError                 **error)
{
  g_autofree char *key = g_strndup (sql, length);
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, key);

  if (statement != NULL)
    return statement;

  statement = prepare (self, sql, length, NULL, error);
  if (statement == NULL)
    return NULL;

  if (g_hash_table_size (self->statements) >= STATEMENTS_KEPT)
    g_hash_table_remove_all (self->statements);
  g_hash_table_insert (self->statements, g_steal_pointer (&key), statement);

  return statement;
}

static gboolean
execute_kept (StrataSqliteConnection  *self,
              const char              *sql,
              gsize                    length,
              const char * const      *params,
              guint                    n_params,
              StrataRows             **rows,
              gint64                  *affected,
              GError                 **error)
{
  sqlite3_stmt *statement = get_kept_statement (self, sql, length, error);
  g_autoptr(StrataRows) collected = NULL;
  gboolean well;

  if (statement == NULL)
    return FALSE;

  bind_parameters (statement, params, n_params);
  collected = rows != NULL ? rows_for (statement) : NULL;
  well = run_statement (self, statement, collected, error);
  *affected = well ? count_changes (self, statement) : -1;
  sqlite3_reset (statement);
  sqlite3_clear_bindings (statement);
  if (well && rows != NULL)
    *rows = g_steal_pointer (&collected);

  return well;
}

/* The text may hold comments behind its statement, or several statements where a caller likes. */
static gboolean
execute_text (StrataSqliteConnection  *self,
              const char              *sql,
              gsize                    length,
              StrataRows             **rows,
              gint64                  *affected,
              GError                 **error)
{
  const char *end = sql + length;

  *affected = -1;
  while (sql < end)
    {
      g_autoptr(GError) local = NULL;
      const char *tail = end;
      g_autoptr(sqlite3_stmt) statement = prepare (self, sql, end - sql, &tail, &local);
      g_autoptr(StrataRows) collected = NULL;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
      sql = tail;
      if (statement == NULL)
        continue;

      collected = rows != NULL ? rows_for (statement) : NULL;
      if (!run_statement (self, statement, collected, error))
        return FALSE;
      *affected = count_changes (self, statement);
      if (rows != NULL)
        {
          g_clear_pointer (rows, strata_rows_free);
          *rows = g_steal_pointer (&collected);
        }
    }

  return TRUE;
}

gboolean
strata_sqlite_run (StrataSqliteConnection  *self,
                   const char              *sql,
                   gsize                    length,
                   const char * const      *params,
                   guint                    n_params,
                   StrataRows             **rows,
                   gint64                  *affected,
                   GCancellable            *cancellable,
                   GError                 **error)
{
  gboolean well;

  strata_sqlite_begin_call (self, cancellable);
  well = n_params > 0 ? execute_kept (self, sql, length, params, n_params, rows, affected, error)
                      : execute_text (self, sql, length, rows, affected, error);
  strata_sqlite_end_call (self);

  return well;
}
