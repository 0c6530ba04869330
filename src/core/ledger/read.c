/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ledger/ledger-private.h"

/* The order of these is the order of read_entry(). */
#define SHORT_COLUMNS \
  "l.id, l.run, l.revision, l.action, l.started, l.duration_us, l.who, l.host, l.tool, l.hash, l.n_statements, " \
  "l.begun, l.done, l.state, l.error"

static guint
read_count (const StrataRows *rows,
            guint             row,
            guint             column)
{
  return CLAMP (strata_rows_get_int (rows, row, column), 0, G_MAXINT);
}

static StrataLedgerEntry *
read_entry (const StrataRows *rows,
            guint             row)
{
  StrataLedgerEntry *entry = g_new0 (StrataLedgerEntry, 1);
  guint column = 0;

  entry->id = strata_rows_get_int (rows, row, column++);
  entry->run = g_strdup (strata_rows_get (rows, row, column++));
  entry->revision = g_strdup (strata_rows_get (rows, row, column++));
  entry->action = g_intern_string (strata_rows_get (rows, row, column++));
  entry->started = g_strdup (strata_rows_get (rows, row, column++));
  entry->duration_us = strata_rows_get_int (rows, row, column++);
  entry->who = g_strdup (strata_rows_get (rows, row, column++));
  entry->host = g_strdup (strata_rows_get (rows, row, column++));
  entry->tool = g_strdup (strata_rows_get (rows, row, column++));
  entry->hash = g_strdup (strata_rows_get (rows, row, column++));
  entry->n_statements = read_count (rows, row, column++);
  entry->begun = read_count (rows, row, column++);
  entry->done = read_count (rows, row, column++);
  entry->state = strata_ledger_state_from_name (strata_rows_get (rows, row, column++));
  entry->error = g_strdup (strata_rows_get (rows, row, column++));

  if (column < strata_rows_get_n_columns (rows))
    {
      entry->script = g_strdup (strata_rows_get (rows, row, column++));
      entry->asked = g_strdup (strata_rows_get (rows, row, column));
    }

  return entry;
}

/* The tail follows "FROM table l WHERE l.version_table = $1". */
static GPtrArray *
read_entries (StrataLedger  *self,
              gboolean       texts,
              const char    *tail,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_ledger_entry_free);
  g_autoptr(StrataRows) rows = NULL;
  g_autofree char *sql = NULL;

  if (!self->exists)
    return g_steal_pointer (&entries);

  sql = g_strdup_printf ("SELECT " SHORT_COLUMNS "%s FROM %s l WHERE l.version_table = $1 %s",
                         !texts ? "" : self->lacks_asked ? ", l.script, NULL" : ", l.script, l.asked", self->table, tail);
  rows = strata_connection_query (self->store, sql, (const char *[]) { self->version_key }, 1, cancellable, error);
  if (rows == NULL)
    return NULL;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_ptr_array_add (entries, read_entry (rows, i));

  return g_steal_pointer (&entries);
}

GPtrArray *
strata_ledger_read (StrataLedger  *self,
                    guint          limit,
                    gboolean       texts,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autofree char *tail = limit > 0 ? g_strdup_printf ("ORDER BY l.id DESC LIMIT %u", limit)
                                    : g_strdup ("ORDER BY l.id DESC");

  return read_entries (self, texts, tail, cancellable, error);
}

GPtrArray *
strata_ledger_read_applied (StrataLedger  *self,
                            gboolean       texts,
                            GCancellable  *cancellable,
                            GError       **error)
{
  /* What was there before the version table was said to be empty is not what made anything apply that is applied now. */
  g_autofree char *tail =
    g_strdup_printf ("AND l.id IN (SELECT MAX(n.id) FROM %s n WHERE n.version_table = $1"
                     " AND n.action = 'upgrade' AND n.state = 'done'"
                     " AND n.id > COALESCE((SELECT MAX(s.id) FROM %s s WHERE s.version_table = $1"
                     " AND s.action = 'stamp' AND s.state = 'done' AND s.revision = 'base'), 0)"
                     " GROUP BY n.revision) ORDER BY l.revision",
                     self->table, self->table);

  return read_entries (self, texts, tail, cancellable, error);
}

GPtrArray *
strata_ledger_read_unfinished (StrataLedger  *self,
                               GCancellable  *cancellable,
                               GError       **error)
{
  g_autofree char *tail =
    g_strdup_printf ("AND l.state <> 'done' AND l.begun > 0 AND NOT EXISTS (SELECT 1 FROM %s n"
                     " WHERE n.version_table = l.version_table AND n.id > l.id"
                     " AND (n.action = 'stamp' AND n.state = 'done'"
                     " OR n.revision = l.revision AND (n.state = 'done' OR n.begun > 0))) ORDER BY l.id",
                     self->table);

  return read_entries (self, TRUE, tail, cancellable, error);
}

/* The tail follows "WHERE l.version_table = $1 AND". */
static char *
read_script (StrataLedger  *self,
             const char    *tail,
             const char    *param,
             GCancellable  *cancellable,
             GError       **error)
{
  g_autoptr(StrataRows) rows = NULL;
  g_autofree char *sql = NULL;

  if (!self->exists)
    return NULL;

  sql = g_strdup_printf ("SELECT l.script FROM %s l WHERE l.version_table = $1 AND %s", self->table, tail);
  rows = strata_connection_query (self->store, sql, (const char *[]) { self->version_key, param }, 2, cancellable,
                                  error);
  if (rows == NULL || strata_rows_get_n_rows (rows) == 0)
    return NULL;

  return g_strdup (strata_rows_get (rows, 0, 0));
}

char *
strata_ledger_dup_script (StrataLedger  *self,
                          const char    *revision,
                          GCancellable  *cancellable,
                          GError       **error)
{
  return read_script (self, "l.revision = $2 AND l.script IS NOT NULL ORDER BY l.id DESC LIMIT 1", revision,
                      cancellable, error);
}

char *
strata_ledger_dup_script_of (StrataLedger  *self,
                             gint64         id,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autofree char *param = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  return read_script (self, "l.id = $2", param, cancellable, error);
}
