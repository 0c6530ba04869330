/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ledger/journal.h"
#include "core/ledger/ledger-private.h"

#define N_PARAMS 17

static char *
number (gint64 value)
{
  return g_strdup_printf ("%" G_GINT64_FORMAT, value);
}

/* Servers refuse text that is not in their encoding, and a file may hold any bytes. */
static char *
text (const char *value)
{
  return value != NULL ? g_utf8_make_valid (value, -1) : NULL;
}

static const char *
get_insert (StrataLedger *self)
{
  if (self->insert == NULL)
    self->insert = g_strdup_printf ("INSERT INTO %s (version_table, run, revision, action, started, duration_us, who,"
                                    " host, tool, hash, script, n_statements, begun, done, state, error, asked) VALUES"
                                    " ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)",
                                    self->table);

  return self->insert;
}

/* New strings, or NULLs, in the order of the INSERT. */
static void
fill_params (StrataLedger            *self,
             const StrataLedgerEntry *entry,
             char                    *params[N_PARAMS])
{
  guint i = 0;

  params[i++] = g_strdup (self->version_key);
  params[i++] = g_strdup (entry->run);
  params[i++] = text (entry->revision);
  params[i++] = g_strdup (entry->action);
  params[i++] = g_strdup (entry->started);
  params[i++] = number (entry->duration_us);
  params[i++] = text (entry->who);
  params[i++] = text (entry->host);
  params[i++] = text (entry->tool);
  params[i++] = g_strdup (entry->hash);
  params[i++] = text (entry->script);
  params[i++] = number (entry->n_statements);
  params[i++] = number (entry->begun);
  params[i++] = number (entry->done);
  params[i++] = g_strdup (strata_ledger_state_get_name (entry->state));
  params[i++] = text (entry->error);
  params[i++] = text (entry->asked);

  g_assert (i == N_PARAMS);
}

static void
clear_params (char  **params,
              guint   n_params)
{
  for (guint i = 0; i < n_params; i++)
    g_free (params[i]);
}

gboolean
strata_ledger_prepare_append (StrataLedger             *self,
                              const StrataLedgerEntry  *entry,
                              const char              **sql,
                              char                   ***params,
                              guint                    *n_params)
{
  if (self->mode != STRATA_LEDGER_IN_DATABASE)
    return FALSE;

  *sql = get_insert (self);
  *params = g_new0 (char *, N_PARAMS);
  *n_params = N_PARAMS;
  fill_params (self, entry, *params);

  return TRUE;
}

/* A stamp settles what was half done. */
static gboolean
forget_all (StrataLedger  *self,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE version_table = $1", self->table);

  return strata_connection_execute (self->store, sql, -1, (const char *[]) { self->version_key }, 1, NULL,
                                    cancellable, error);
}

/* Of strata_ledger_prepare_append(); the array may be NULL. */
void
strata_ledger_free_params (char  **params,
                           guint   n_params)
{
  if (params != NULL)
    clear_params (params, n_params);
  g_free (params);
}

gboolean
strata_ledger_append (StrataLedger             *self,
                      const StrataLedgerEntry  *entry,
                      GCancellable             *cancellable,
                      GError                  **error)
{
  char *params[N_PARAMS];
  gboolean written;

  if (self->mode == STRATA_LEDGER_OFF)
    return !self->exists || g_strcmp0 (entry->action, "stamp") != 0 || forget_all (self, cancellable, error);

  g_return_val_if_fail (self->exists, FALSE);

  if (!strata_ledger_set_synced (self, FALSE, error))
    return FALSE;

  fill_params (self, entry, params);
  written = strata_connection_execute (self->store, get_insert (self), -1, (const char * const *) params, N_PARAMS,
                                       NULL, cancellable, error);
  clear_params (params, N_PARAMS);

  return written;
}

gboolean
strata_ledger_journal_is_exact (StrataLedger *self)
{
  return self->mode == STRATA_LEDGER_IN_DATABASE;
}

gboolean
strata_ledger_journal_open (StrataLedger       *self,
                            StrataLedgerEntry  *entry,
                            GCancellable       *cancellable,
                            GError            **error)
{
  g_autofree char *sql = g_strconcat (get_insert (self), " RETURNING id", NULL);
  g_autoptr(StrataRows) rows = NULL;
  char *params[N_PARAMS];

  g_return_val_if_fail (self->exists, FALSE);

  if (!strata_ledger_set_synced (self, TRUE, error))
    return FALSE;

  entry->state = STRATA_LEDGER_RUNNING;
  fill_params (self, entry, params);
  rows = strata_connection_query (self->store, sql, (const char * const *) params, N_PARAMS, cancellable, error);
  clear_params (params, N_PARAMS);

  if (rows == NULL)
    return FALSE;

  entry->id = strata_rows_get_int (rows, 0, 0);

  return TRUE;
}

static gboolean
forget (StrataLedger             *self,
        const StrataLedgerEntry  *entry,
        GCancellable             *cancellable,
        GError                  **error)
{
  g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE version_table = $1 AND revision = $2", self->table);

  return strata_connection_execute (self->store, sql, -1, (const char *[]) { self->version_key, entry->revision }, 2,
                                    NULL, cancellable, error);
}

gboolean
strata_ledger_journal_mark (StrataLedger             *self,
                            const StrataLedgerEntry  *entry,
                            GCancellable             *cancellable,
                            GError                  **error)
{
  g_autofree char *begun = number (entry->begun);
  g_autofree char *done = number (entry->done);
  g_autofree char *duration = number (entry->duration_us);
  g_autofree char *why = text (entry->error);
  g_autofree char *asked = text (entry->asked);
  g_autofree char *id = number (entry->id);
  const char *state = strata_ledger_state_get_name (entry->state);

  g_return_val_if_fail (entry->id != 0, FALSE);

  /* The next run believes it: it must not be later on the disk than what it speaks of. */
  if (!strata_ledger_set_synced (self, TRUE, error))
    return FALSE;

  if (self->mode == STRATA_LEDGER_OFF && entry->state == STRATA_LEDGER_DONE)
    return forget (self, entry, cancellable, error);

  if (!strata_ledger_ensure (self, cancellable, error))
    return FALSE;
  if (self->mark == NULL)
    self->mark = g_strdup_printf ("UPDATE %s SET begun = $1, done = $2, state = $3, duration_us = $4, error = $5,"
                                  " asked = $6 WHERE id = $7", self->table);

  return strata_connection_execute (self->store, self->mark, -1,
                                    (const char *[]) { begun, done, state, duration, why, asked, id }, 7,
                                    NULL, cancellable, error);
}

static gboolean
find_dead (StrataLedger  *self,
           gboolean      *found,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autofree char *sql = g_strdup_printf ("SELECT l.id FROM %s l WHERE l.version_table = $1 AND l.state = 'running'"
                                          " ORDER BY l.id LIMIT 1", self->table);
  g_autoptr(StrataRows) rows = strata_connection_query (self->store, sql, (const char *[]) { self->version_key }, 1,
                                                        cancellable, error);

  *found = rows != NULL && strata_rows_get_n_rows (rows) > 0;

  return rows != NULL;
}

/* Writes only where there is something to write: mostly there is not, and a lock would be waited for. */
gboolean
strata_ledger_close_dead (StrataLedger  *self,
                          GCancellable  *cancellable,
                          GError       **error)
{
  g_autofree char *sql = NULL;
  gboolean found = FALSE;

  if (!self->exists)
    return TRUE;

  if (!find_dead (self, &found, cancellable, error))
    return FALSE;
  if (!found)
    return TRUE;

  sql = g_strdup_printf ("UPDATE %s SET state = 'failed', error = 'the run ended without a word: killed, or its"
                         " connection lost' WHERE version_table = $1 AND state = 'running'", self->table);

  return strata_connection_execute (self->store, sql, -1, (const char *[]) { self->version_key }, 1, NULL,
                                    cancellable, error);
}
