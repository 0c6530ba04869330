/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/run-options.h"

#include <string.h>

#include "core/base/duration.h"
#include "core/base/error.h"

#define ALL (STRATA_FLAGS_MOVE | STRATA_FLAGS_STAMP | STRATA_FLAGS_TABLE | STRATA_FLAGS_RESCUE)

GOptionEntry *
strata_run_flags_entries (StrataRunFlags      *self,
                          StrataRunFlagsFor    command,
                          const GOptionEntry  *own)
{
  const struct
  {
    guint        commands;
    GOptionEntry entry;
  } shared[] = {
    { ALL & ~STRATA_FLAGS_TABLE,
      { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, "Show what would be done; change nothing", NULL } },
    { ALL & ~STRATA_FLAGS_RESCUE,
      { "sql", 0, 0, G_OPTION_ARG_NONE, &self->sql, "Print the script, run nothing; TARGET may be A:B", NULL } },
    { ALL & ~STRATA_FLAGS_RESCUE,
      { "dialect", 0, 0, G_OPTION_ARG_STRING, &self->dialect, "Server that --sql writes for", "NAME" } },
    { STRATA_FLAGS_MOVE,
      { "single-transaction", 0, 0, G_OPTION_ARG_NONE, &self->run.single_transaction, "All or nothing", NULL } },
    { ALL,
      { "lock-wait", 0, 0, G_OPTION_ARG_STRING, &self->lock_wait, "How long to wait for another run", "TIME" } },
    { ALL,
      { "lock-timeout", 0, 0, G_OPTION_ARG_STRING, &self->lock_timeout, "How long a statement waits for a lock", "TIME" } },
    { ALL & ~STRATA_FLAGS_TABLE,
      { "retries", 0, 0, G_OPTION_ARG_INT, &self->retries, "How often it is tried again after that (5)", "N" } },
    { ALL,
      { "statement-timeout", 0, 0, G_OPTION_ARG_STRING, &self->statement_timeout, "How long a statement may run", "TIME" } },
    { ALL,
      { "connect-wait", 0, 0, G_OPTION_ARG_STRING, &self->connect_wait, "How long to wait for the server to be there", "TIME" } },
    { STRATA_FLAGS_MOVE | STRATA_FLAGS_RESCUE,
      { "trust", 0, 0, G_OPTION_ARG_NONE, &self->run.trust, "Run the project's own Alembic for what needs Python", NULL } },
    { ALL & ~STRATA_FLAGS_TABLE,
      { "no-backup", 0, 0, G_OPTION_ARG_NONE, &self->run.no_backup, "Keep no copy of a SQLite database", NULL } },
    { ALL,
      { "first-run", 0, 0, G_OPTION_ARG_NONE, &self->first_run, "Yes, this project belongs on this database", NULL } },
    { ALL,
      { "yes-i-mean", 0, 0, G_OPTION_ARG_STRING, &self->yes_i_mean, "The protected profile that may be changed", "NAME" } },
    { STRATA_FLAGS_MOVE | STRATA_FLAGS_RESCUE,
      { "interrupted", 0, 0, G_OPTION_ARG_STRING, &self->interrupted, "A statement that was cut off: repeat or skip it",
        "repeat|skip" } },
  };
  guint n = 0;
  GOptionEntry *entries;

  while (own != NULL && own[n].long_name != NULL)
    n++;

  entries = g_new0 (GOptionEntry, n + G_N_ELEMENTS (shared) + 1);
  if (n > 0)
    memcpy (entries, own, n * sizeof *own);
  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (shared[i].commands & command)
      entries[n++] = shared[i].entry;

  return entries;
}

static gboolean
finish_duration (const char  *text,
                 gint64      *milliseconds,
                 GError     **error)
{
  return text == NULL || strata_duration_parse (text, milliseconds, error);
}

gboolean
strata_in_flight_from_name (const char     *name,
                            StrataInFlight *in_flight)
{
  if (g_strcmp0 (name, "repeat") == 0)
    *in_flight = STRATA_IN_FLIGHT_REPEAT;
  else if (g_strcmp0 (name, "skip") == 0)
    *in_flight = STRATA_IN_FLIGHT_SKIP;
  else
    return FALSE;

  return TRUE;
}

static gboolean
finish_interrupted (StrataRunFlags  *self,
                    GError         **error)
{
  if (self->interrupted == NULL || strata_in_flight_from_name (self->interrupted, &self->run.in_flight))
    return TRUE;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--interrupted takes “repeat” or “skip”");

  return FALSE;
}

gboolean
strata_run_flags_finish (StrataRunFlags  *self,
                         GError         **error)
{
  if (self->sql && self->dry_run)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                           "--sql writes a script without asking the database, --dry-run asks it: choose one");
      return FALSE;
    }

  if (self->retries < 0)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--retries takes 0 or more");
      return FALSE;
    }

  self->run.retries = self->retries;
  self->run.first_run_accepted = self->first_run;

  return finish_duration (self->lock_wait, &self->run.lock_wait_ms, error)
         && finish_duration (self->lock_timeout, &self->run.lock_timeout_ms, error)
         && finish_duration (self->statement_timeout, &self->run.statement_timeout_ms, error)
         && finish_duration (self->connect_wait, &self->connect_wait_ms, error)
         && finish_interrupted (self, error);
}

void
strata_run_flags_clear (StrataRunFlags *self)
{
  g_free (self->dialect);
  g_free (self->yes_i_mean);
  g_free (self->interrupted);
  g_free (self->lock_wait);
  g_free (self->lock_timeout);
  g_free (self->statement_timeout);
  g_free (self->connect_wait);
}
