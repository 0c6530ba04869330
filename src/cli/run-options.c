/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/run-options.h"

#include <string.h>

#include "core/base/duration.h"
#include "core/base/error.h"

GOptionEntry *
strata_run_flags_entries (StrataRunFlags      *self,
                          const GOptionEntry  *own)
{
  const GOptionEntry shared[] = {
    { "dry-run", 0, 0, G_OPTION_ARG_NONE, &self->dry_run, "Show the steps from the database's real state; change nothing", NULL },
    { "sql", 0, 0, G_OPTION_ARG_NONE, &self->sql, "Write the script instead of running it; targets may be FROM:TO", NULL },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &self->dialect, "Server that --sql writes for, if not the project's", "NAME" },
    { "single-transaction", 0, 0, G_OPTION_ARG_NONE, &self->run.single_transaction, "All or nothing", NULL },
    { "lock-wait", 0, 0, G_OPTION_ARG_STRING, &self->lock_wait, "How long to wait for another run (60s)", "TIME" },
    { "lock-timeout", 0, 0, G_OPTION_ARG_STRING, &self->lock_timeout, "How long a statement waits for a lock, then it is tried again", "TIME" },
    { "retries", 0, 0, G_OPTION_ARG_INT, &self->retries, "How often (5)", "N" },
    { "statement-timeout", 0, 0, G_OPTION_ARG_STRING, &self->statement_timeout, "How long a statement may run", "TIME" },
    { "connect-wait", 0, 0, G_OPTION_ARG_STRING, &self->connect_wait, "How long to wait for the server to be there", "TIME" },
    { "no-backup", 0, 0, G_OPTION_ARG_NONE, &self->run.no_backup, "Keep no copy of a SQLite database", NULL },
    { "first-run", 0, 0, G_OPTION_ARG_NONE, &self->first_run, "Yes, this project belongs on this database", NULL },
    { "yes-i-mean", 0, 0, G_OPTION_ARG_STRING, &self->yes_i_mean, "Name of the protected profile that may be changed", "NAME" },
    { "interrupted", 0, 0, G_OPTION_ARG_STRING, &self->interrupted, "A statement that was cut off: repeat or skip it", "repeat|skip" },
    G_OPTION_ENTRY_NULL,
  };
  guint n_own = 0;
  GOptionEntry *entries;

  while (own != NULL && own[n_own].long_name != NULL)
    n_own++;

  entries = g_new0 (GOptionEntry, n_own + G_N_ELEMENTS (shared));
  if (n_own > 0)
    memcpy (entries, own, n_own * sizeof *own);
  memcpy (entries + n_own, shared, sizeof shared);

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
