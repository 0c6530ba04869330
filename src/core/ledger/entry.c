/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ledger/entry.h"

#include <glib/gi18n-lib.h>
#include <string.h>

G_DEFINE_BOXED_TYPE (StrataLedgerEntry, strata_ledger_entry, strata_ledger_entry_copy, strata_ledger_entry_free)

/* As the table has them. */
static const char * const state_names[] = {
  [STRATA_LEDGER_RUNNING] = "running",
  [STRATA_LEDGER_DONE] = "done",
  [STRATA_LEDGER_FAILED] = "failed",
  [STRATA_LEDGER_CANCELLED] = "cancelled",
};

StrataLedgerEntry *
strata_ledger_entry_copy (const StrataLedgerEntry *self)
{
  StrataLedgerEntry *copy = g_memdup2 (self, sizeof *self);

  copy->run = g_strdup (self->run);
  copy->revision = g_strdup (self->revision);
  copy->started = g_strdup (self->started);
  copy->who = g_strdup (self->who);
  copy->host = g_strdup (self->host);
  copy->tool = g_strdup (self->tool);
  copy->hash = g_strdup (self->hash);
  copy->script = g_strdup (self->script);
  copy->error = g_strdup (self->error);
  copy->asked = g_strdup (self->asked);

  return copy;
}

void
strata_ledger_entry_free (StrataLedgerEntry *self)
{
  g_free (self->run);
  g_free (self->revision);
  g_free (self->started);
  g_free (self->who);
  g_free (self->host);
  g_free (self->tool);
  g_free (self->hash);
  g_free (self->script);
  g_free (self->error);
  g_free (self->asked);
  g_free (self);
}

const char *
strata_ledger_state_get_name (StrataLedgerState state)
{
  g_return_val_if_fail (state < G_N_ELEMENTS (state_names), NULL);

  return state_names[state];
}

/* An unknown word was written by a later version of ours: not known to be done. */
StrataLedgerState
strata_ledger_state_from_name (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (name, state_names[i]) == 0)
      return i;

  return STRATA_LEDGER_FAILED;
}

char *
strata_ledger_entry_dup_count (const StrataLedgerEntry *self)
{
  if (self->n_statements == 0)
    return g_strdup_printf (_("%u of its statements"), self->done);

  return g_strdup_printf (_("%u of its %u statements"), self->done, self->n_statements);
}

char *
strata_ledger_asked_new (guint       number,
                         guint       line,
                         const char *hash,
                         const char *text,
                         gsize       length)
{
  return g_strdup_printf ("%u %u %s\n%.*s", number, line, hash, (int) length, text);
}

gboolean
strata_ledger_asked_parse (const char  *asked,
                           guint       *number,
                           guint       *line,
                           char       **hash,
                           const char **text)
{
  const char *end = asked != NULL ? strchr (asked, '\n') : NULL;
  g_auto(GStrv) parts = NULL;

  if (end == NULL)
    return FALSE;
  parts = g_strsplit (asked, " ", 3);
  if (g_strv_length (parts) != 3)
    return FALSE;

  *number = g_ascii_strtoull (parts[0], NULL, 10);
  *line = g_ascii_strtoull (parts[1], NULL, 10);
  *hash = g_strndup (parts[2], strcspn (parts[2], "\n"));
  *text = end + 1;

  return TRUE;
}

char *
strata_ledger_timestamp (void)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%06dZ", seconds, g_date_time_get_microsecond (now));
}
