/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <string.h>

#include "core/base/files.h"

#define PAUSE_US (100 * 1000)

/* docs/contracts.md has the formula: the first eight bytes of SHA-256 over "strata:<schema>.<table>", as a signed number,
 * the highest byte first. */
static gint64
run_lock_key (const char *schema,
              const char *table)
{
  g_autofree char *name = g_strdup_printf ("strata:%s.%s", schema, table);
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint8 digest[32];
  gsize length = sizeof digest;
  guint64 key = 0;

  g_checksum_update (checksum, (const guchar *) name, strlen (name));
  g_checksum_get_digest (checksum, digest, &length);
  for (guint i = 0; i < 8; i++)
    key = key << 8 | digest[i];

  return (gint64) key;
}

static StrataRows *
query_with_key (StrataPostgresqlConnection  *self,
                const char                  *sql,
                gint64                       key,
                GCancellable                *cancellable,
                GError                     **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  const char *params[] = { text };
  gint64 affected;

  return strata_postgresql_query (self, sql, params, 1, &affected, cancellable, error);
}

/* "pid 4711, strata 0.1.0 upgrade, ana@10.0.0.7, since 10:00:00"; several only for blockers. */
static char *
describe_sessions (StrataRows *rows)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", strata_rows_get (rows, i, 0));

  return g_string_free (text, text->len == 0);
}

static char *
dup_holder (StrataPostgresqlConnection *self,
            gint64                      key)
{
  g_autoptr(StrataRows) rows = query_with_key (self, strata_resource_text ("sql/postgresql/run-lock-holder.sql"), key,
                                               NULL, NULL);

  return rows != NULL ? describe_sessions (rows) : NULL;
}

static gboolean
try_lock (StrataPostgresqlConnection  *self,
          gint64                       key,
          gboolean                    *taken,
          GCancellable                *cancellable,
          GError                     **error)
{
  g_autoptr(StrataRows) rows = query_with_key (self,
                                               self->pooled
                                               ? "SELECT pg_catalog.pg_try_advisory_xact_lock($1::bigint)"
                                               : "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)",
                                               key, cancellable, error);

  if (rows != NULL)
    *taken = strata_rows_get_int (rows, 0, 0) == 1;

  return rows != NULL;
}

static void
set_locked_error (StrataPostgresqlConnection  *self,
                  gint64                       key,
                  GError                     **error)
{
  g_autofree char *holder = dup_holder (self, key);

  g_propagate_error (error,
                     strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, NULL,
                                                "Another run goes on in this database: %s",
                                                holder != NULL ? holder : "it has just ended; try again"));
}

/* Tries again and again: waiting inside the server would hide who is waited for, and hold a snapshot meanwhile. */
gboolean
strata_postgresql_take_run_lock (StrataPostgresqlConnection  *self,
                                 const char                  *schema,
                                 const char                  *table,
                                 gint64                       wait_ms,
                                 StrataWaitFunc               waiting,
                                 gpointer                     user_data,
                                 GCancellable                *cancellable,
                                 GError                     **error)
{
  gint64 key = run_lock_key (schema != NULL ? schema : self->default_schema, table);
  gint64 begin = g_get_monotonic_time ();
  gint64 told = begin - G_USEC_PER_SEC;
  gboolean taken = FALSE;

  for (;;)
    {
      gint64 now;

      if (!try_lock (self, key, &taken, cancellable, error))
        return FALSE;
      if (taken)
        break;

      now = g_get_monotonic_time ();
      if (wait_ms >= 0 && now - begin >= wait_ms * 1000)
        {
          set_locked_error (self, key, error);
          return FALSE;
        }
      if (waiting != NULL && now - told >= G_USEC_PER_SEC)
        {
          g_autofree char *holder = dup_holder (self, key);

          waiting (holder, user_data);
          told = now;
        }

      g_usleep (PAUSE_US);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  self->lock_key = key;
  self->run_lock_held = !self->pooled;

  return TRUE;
}

void
strata_postgresql_drop_run_lock (StrataPostgresqlConnection *self)
{
  g_autoptr(StrataRows) rows = NULL;

  if (self->run_lock_held && PQstatus (self->handle) == CONNECTION_OK)
    rows = query_with_key (self, "SELECT pg_catalog.pg_advisory_unlock($1::bigint)", self->lock_key, NULL, NULL);
  self->run_lock_held = FALSE;
}

/* By a connection of its own: this one waits. Only what never changes after opening is read, so any thread may call. */
char *
strata_postgresql_dup_blocker (StrataPostgresqlConnection *self)
{
  const StrataConnectOptions options = { .application_name = self->program, .connect_timeout_ms = 3000 };
  g_autoptr(StrataConnection) other = NULL;
  g_autoptr(StrataRows) rows = NULL;
  g_autofree char *pid = g_strdup_printf ("%d", self->backend_pid);
  const char *params[] = { pid };

  other = strata_connection_open (strata_connection_get_url (STRATA_CONNECTION (self)), &options, NULL, NULL);
  if (other == NULL)
    return NULL;

  rows = strata_connection_query (other, strata_resource_text ("sql/postgresql/blockers.sql"), params, 1, NULL, NULL);

  return rows != NULL ? describe_sessions (rows) : NULL;
}
