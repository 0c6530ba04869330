/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/files.h"
#include "core/database/lock-wait.h"
#include "core/url/mask.h"

#define OBSERVER_TIMEOUT_MS 2000

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

/* The schema that a table without one is in, or else would be made in: so that both spellings are one lock. */
static char *
dup_schema (StrataPostgresqlConnection  *self,
            const char                  *table,
            GCancellable                *cancellable,
            GError                     **error)
{
  const char *params[] = { table };
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_query (self, strata_resource_text ("sql/postgresql/table-schema.sql"),
                                                        params, 1, &affected, cancellable, error);
  const char *schema = rows != NULL ? strata_rows_get (rows, 0, 0) : NULL;

  if (rows != NULL && schema == NULL)
    g_propagate_error (error, strata_database_error_new (STRATA_DATABASE_ERROR_STATEMENT, NULL,
                                                         _("There is no schema to make tables in: none of the "
                                                           "search_path exists")));

  return g_strdup (schema);
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

/* One line a session, as the SQL words them; their statements may hold passwords. */
static char *
describe_sessions (StrataRows *rows)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "; " : "", strata_rows_get (rows, i, 0));

  return text->len > 0 ? strata_mask (text->str, NULL) : NULL;
}

static char *
dup_holder (StrataPostgresqlConnection *self,
            gint64                      key)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, key);
  /* Translators: for how many seconds somebody has been connected. */
  const char *params[] = { number, _("since %s s") };
  gint64 affected;
  g_autoptr(StrataRows) rows = strata_postgresql_query (self,
                                                        strata_resource_text ("sql/postgresql/run-lock-holder.sql"),
                                                        params, G_N_ELEMENTS (params), &affected, NULL, NULL);

  return rows != NULL ? describe_sessions (rows) : NULL;
}

typedef struct
{
  StrataPostgresqlConnection *connection;
  gint64                      key;
} RunLock;

static StrataLockAnswer
try_lock (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  RunLock *self = data;
  g_autoptr(StrataRows) rows = query_with_key (self->connection,
                                               self->connection->pooled
                                               ? "SELECT pg_catalog.pg_try_advisory_xact_lock($1::bigint)"
                                               : "SELECT pg_catalog.pg_try_advisory_lock($1::bigint)",
                                               self->key, cancellable, error);

  if (rows == NULL)
    return STRATA_LOCK_FAILS;

  return strata_rows_get_int (rows, 0, 0) == 1 ? STRATA_LOCK_TAKEN : STRATA_LOCK_HELD;
}

static char *
dup_lock_holder (gpointer data)
{
  RunLock *self = data;

  return dup_holder (self->connection, self->key);
}

/* Asked again and again: waiting inside the server would hide who is waited for, and hold a snapshot meanwhile. */
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
  g_autofree char *full = schema != NULL ? g_strdup (schema) : dup_schema (self, table, cancellable, error);
  RunLock lock = { self };

  if (full == NULL)
    return FALSE;

  lock.key = run_lock_key (full, table);
  if (!strata_lock_wait (&(StrataLock) { &lock, try_lock, dup_lock_holder, _("it has just ended; try again") },
                         wait_ms, waiting, user_data, cancellable, error))
    return FALSE;

  self->lock_key = lock.key;
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

char *
strata_postgresql_dup_run_holder (StrataPostgresqlConnection *self,
                                  const char                 *schema,
                                  const char                 *table)
{
  g_autofree char *full = schema != NULL ? g_strdup (schema) : dup_schema (self, table, NULL, NULL);

  return full != NULL ? dup_holder (self, run_lock_key (full, table)) : NULL;
}

static gboolean
open_observer (StrataPostgresqlConnection *self,
               GCancellable               *cancellable)
{
  const StrataConnectOptions options = { .application_name = self->program, .connect_timeout_ms = OBSERVER_TIMEOUT_MS };
  StrataUrl *url = strata_connection_get_url (STRATA_CONNECTION (self));

  if (self->observer == NULL)
    self->observer = strata_connection_open (url, &options, cancellable, NULL);
  /* Nothing more of this: the statement itself is what counts. */
  self->unobserved = self->observer == NULL && !g_cancellable_is_cancelled (cancellable);

  return self->observer != NULL;
}

/* By a connection of its own, as this one waits. Of several hosts it might meet another one, where the process id means
 * nothing or somebody else. */
void
strata_postgresql_look_for_blocker (StrataPostgresqlConnection *self,
                                    GCancellable               *cancellable)
{
  const char *host = strata_url_get_host (strata_connection_get_url (STRATA_CONNECTION (self)));
  g_autofree char *pid = g_strdup_printf ("%d", self->backend_pid);
  const char *params[] = {
    pid,
    /* Translators: a process, the program and user that it is of, its state and for how many seconds, its statement. */
    _("blocked by pid %s (%s), %s for %s s: %s"),
    /* Translators: stands for the state. */
    _("doing what we may not see"),
  };
  g_autoptr(StrataRows) rows = NULL;
  g_autofree char *blocker = NULL;

  if (!self->writable || (host != NULL && strchr (host, ',') != NULL))
    self->unobserved = TRUE;
  if (self->unobserved || !open_observer (self, cancellable))
    return;

  rows = strata_connection_query (self->observer, strata_resource_text ("sql/postgresql/blockers.sql"), params,
                                  G_N_ELEMENTS (params), cancellable, NULL);
  blocker = rows != NULL ? describe_sessions (rows) : NULL;
  strata_connection_blocked (STRATA_CONNECTION (self), blocker);

  g_free (self->blocker);
  self->blocker = g_steal_pointer (&blocker);
}
