/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/database/words.h"
#include "core/engine/run-private.h"

/* More ids than this are counted instead of named. */
#define MOST_NAMED 5

void
strata_run_forget_failure (StrataRun *run)
{
  g_clear_pointer (&run->report->failure, strata_run_failure_free);
}

/* The statement may be NULL: the failure is the step's, not one statement's. */
void
strata_run_note_failure (StrataRun              *run,
                         StrataStepScript       *script,
                         const StrataStatement  *statement,
                         guint                   number,
                         const GError           *error)
{
  const StrataServerMessage *message = strata_database_error_get_message (error);
  StrataRunFailure *failure = g_new0 (StrataRunFailure, 1);

  strata_run_forget_failure (run);
  run->report->failure = failure;
  failure->revision = g_strdup (strata_run_get_step_report (run, run->step)->revision);

  if (script != NULL)
    {
      failure->file = g_strdup (strata_step_script_get_path (script));
      failure->n_statements = strata_step_script_get_n_statements (script);
    }

  if (statement != NULL)
    {
      failure->statement = number;
      failure->sql = g_strndup (statement->text, statement->length);
      strata_step_script_find_place (script, statement, message != NULL ? message->position : 0,
                                     &failure->line, &failure->column);
    }

  failure->message = g_strdup (message != NULL && message->message != NULL ? message->message : error->message);
  if (message != NULL)
    {
      failure->code = g_strdup (message->sqlstate);
      failure->detail = g_strdup (message->detail);
      failure->hint = g_strdup (message->hint);
    }
}

static StrataError
map_code (const GError *error)
{
  if (error->domain == STRATA_ERROR)
    return error->code;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CANCELLED))
    return STRATA_ERROR_CANCELLED;

  if (g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED))
    return STRATA_ERROR_LOCKED;

  if (strata_database_error_is_connect (error))
    return STRATA_ERROR_CANNOT_CONNECT;

  return STRATA_ERROR_FAILED;
}

static char *
describe_rows (const char * const *rows)
{
  return rows[0] != NULL ? g_strjoinv (", ", (GStrv) rows) : g_strdup ("base");
}

/* "a, b and c", or how many there are and which is the last. */
static char *
describe_steps (StrataRun *run,
                guint      from,
                guint      to)
{
  GPtrArray *steps = run->report->steps;
  g_autoptr(GString) text = g_string_new (NULL);

  if (to - from > MOST_NAMED)
    return g_strdup_printf (_("%u revisions, %s to %s"), to - from,
                            ((StrataStepReport *) g_ptr_array_index (steps, from))->revision,
                            ((StrataStepReport *) g_ptr_array_index (steps, to - 1))->revision);

  for (guint i = from; i < to; i++)
    g_string_append_printf (text, "%s%s", i == from ? "" : i == to - 1 ? _(" and ") : ", ",
                            ((StrataStepReport *) g_ptr_array_index (steps, i))->revision);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const StrataStepReport *
get_stopped_step (StrataRun *run)
{
  guint index = run->first + run->step;

  return index < run->report->steps->len ? g_ptr_array_index (run->report->steps, index) : NULL;
}

static char *
say_in_database (StrataRun              *run,
                 const StrataStepReport *stopped)
{
  StrataRunReport *report = run->report;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *rows = describe_rows ((const char * const *) report->rows);

  if (report->n_done > 0)
    {
      g_autofree char *steps = describe_steps (run, 0, report->n_done);

      g_string_append_printf (text, _("Done in this run: %s. "), steps);
    }

  if (run->live_kept > 0)
    g_string_append_printf (text,
                            _("Of %s, which is not recorded: what its script committed by itself, up to statement "
                              "%u. "),
                            stopped->revision, run->live_kept);
  else if (stopped != NULL && stopped->state == STRATA_STEP_PARTLY && run->alone_done > 1)
    g_string_append_printf (text, _("Of %s, which is not recorded: statements 1 to %u. "), stopped->revision,
                            run->alone_done);
  else if (stopped != NULL && stopped->state == STRATA_STEP_PARTLY && run->alone_done == 1)
    g_string_append_printf (text, _("Of %s, which is not recorded: statement 1. "), stopped->revision);
  else if (report->n_done == 0)
    g_string_append (text, _("Nothing of this run. "));

  if (stopped != NULL && stopped->state == STRATA_STEP_UNKNOWN && run->by_alembic)
    g_string_append_printf (text,
                            _("Whether %s is in too is not known: the connection broke before it could be looked up. "
                              "Before it, the database was at %s."), stopped->revision, rows);
  else if (stopped != NULL && stopped->state == STRATA_STEP_UNKNOWN)
    g_string_append_printf (text, _("Whether %s is in too is not known: the connection broke while it was being"
                                    " committed. Before it, the database was at %s."), stopped->revision, rows);
  else
    g_string_append_printf (text, _("The database is at %s."), rows);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static gboolean
is_one_transaction (StrataRun *run)
{
  return strata_run_is_one_transaction (run) && run->report->steps->len > 1;
}

static void
say_of_alone (StrataRun              *run,
              const StrataStepReport *stopped,
              GString                *text)
{
  const StrataRunFailure *failure = run->report->failure;

  if (run->alone_begun > run->alone_done)
    g_string_append_printf (text, _("Not known: statement %u of %s, which was running by itself. "), run->alone_begun,
                            stopped->revision);
  else if (run->section_first > 0 && run->section_first == run->section_last)
    g_string_append_printf (text, _("Rolled back: statement %u of %s. "), run->section_first, stopped->revision);
  else if (run->section_first > 0)
    g_string_append_printf (text, _("Rolled back: statements %u to %u of %s, a section that is one transaction. "),
                            run->section_first, run->section_last, stopped->revision);
  else if (failure != NULL && failure->statement > 0)
    g_string_append_printf (text, _("Nothing to roll back: statement %u of %s failed by itself. "), failure->statement,
                            stopped->revision);
  else
    g_string_append (text, _("Nothing to roll back. "));
}

/* What happened inside of it is Alembic's. */
static void
say_of_handed_over (const StrataStepReport *stopped,
                    GString                *text)
{
  if (stopped->state == STRATA_STEP_PARTLY)
    g_string_append_printf (text,
                            _("Not known: what Alembic left of %s, since Python's driver for SQLite commits around "
                              "DDL. "),
                            stopped->revision);
  else if (stopped->state == STRATA_STEP_ROLLED_BACK)
    g_string_append_printf (text, _("Rolled back by Alembic: %s, but for what it may have committed by itself. "),
                            stopped->revision);
}

static void
say_of_stopped (StrataRun              *run,
                const StrataStepReport *stopped,
                GString                *text)
{
  if (run->by_alembic)
    say_of_handed_over (stopped, text);
  else if (run->live_kept > 0)
    g_string_append_printf (text, _("Rolled back: the rest of %s. "), stopped->revision);
  else if (run->alone && stopped->state != STRATA_STEP_UNKNOWN)
    say_of_alone (run, stopped, text);
  else if (stopped->state == STRATA_STEP_NOT_RUN)
    g_string_append_printf (text, _("Nothing to roll back: %s had not begun. "), stopped->revision);
  else if (stopped->state == STRATA_STEP_ROLLED_BACK && is_one_transaction (run))
    g_string_append (text, _("Rolled back: the run as a whole, which was one transaction. "));
  else if (stopped->state == STRATA_STEP_ROLLED_BACK)
    g_string_append_printf (text, _("Rolled back: %s as a whole. "), stopped->revision);
}

static char *
say_not_in_database (StrataRun              *run,
                     const StrataStepReport *stopped)
{
  GPtrArray *steps = run->report->steps;
  g_autoptr(GString) text = g_string_new (NULL);
  guint next = run->first + run->step;

  if (stopped != NULL)
    say_of_stopped (run, stopped, text);

  if (stopped != NULL && stopped->state != STRATA_STEP_NOT_RUN && !is_one_transaction (run))
    next++;

  if (next < steps->len)
    {
      g_autofree char *rest = describe_steps (run, next, steps->len);

      g_string_append_printf (text, is_one_transaction (run) ? _("Not done: %s.") : _("Not run: %s."), rest);
    }

  return g_strchomp (g_string_free (g_steal_pointer (&text), FALSE));
}

static char *
say_where (StrataRun              *run,
           const StrataStepReport *stopped)
{
  const StrataStepReport *first = stopped;

  if (stopped == NULL)
    return g_strdup (_("it continues with the first revision"));

  if (run->live_kept > 0)
    return g_strdup_printf (_("it begins %s anew, as Alembic would"), stopped->revision);

  if (stopped->state == STRATA_STEP_PARTLY && !run->by_alembic)
    return g_strdup_printf (_("it continues after statement %u of %s"), run->alone_done, stopped->revision);

  if (is_one_transaction (run))
    first = g_ptr_array_index (run->report->steps, 0);

  return g_strdup_printf (_("it continues with %s"), first->revision);
}

/* What to do first where not the script is to blame, but the server or the disk; else NULL. */
static const char *
get_remedy (StrataRun    *run,
            const GError *error)
{
  StrataDatabaseWords words;

  if (g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT)
      || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_READ_ONLY)
      || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_FULL))
    return strata_database_error_get_words (error, run->dialect, &words) ? words.advice : NULL;

  return NULL;
}

static char *
say_again (StrataRun              *run,
           const StrataStepReport *stopped,
           const GError           *error)
{
  const StrataRunFailure *failure = run->report->failure;
  const char *file = failure != NULL ? failure->file : NULL;
  const char *remedy = get_remedy (run, error);
  g_autofree char *where = say_where (run, stopped);
  StrataError code = map_code (error);

  if (code == STRATA_ERROR_LOCKED)
    return g_strdup_printf (_("When the other one is done, run it again: %s. A longer wait (--lock-wait, "
                              "--lock-timeout) does that by itself."), where);

  if (code == STRATA_ERROR_CANCELLED)
    return g_strdup_printf (_("Run it again: %s."), where);

  if (stopped != NULL && stopped->state == STRATA_STEP_UNKNOWN)
    return g_strdup (_("When the server is back, run it again: the version table tells whether the revision is in."));

  if (code == STRATA_ERROR_CANNOT_CONNECT)
    return g_strdup_printf (_("When the server is back, run it again: %s."), where);

  if (remedy != NULL)
    return g_strdup_printf (_("%s, and run it again: %s."), remedy, where);

  if (stopped != NULL && stopped->state == STRATA_STEP_PARTLY)
    return file != NULL ? g_strdup_printf (_("Mend what stopped it in %s, and run it again: %s."), file, where)
                        : g_strdup_printf (_("Mend what stopped it, and run it again: %s."), where);

  if (file != NULL && failure->statement > 0 && failure->line == 0)
    return g_strdup_printf (_("Mend what %s asks for, or what it met in the database, and run it again: %s."),
                            file, where);

  if (file != NULL && failure->statement > 0)
    return g_strdup_printf (_("Mend %s at line %u, or what it met in the database, and run it again: %s."), file,
                            failure->line, where);

  return g_strdup_printf (_("Mend what stopped it, and run it again: %s."), where);
}

static char *
say_back (StrataRun              *run,
          const StrataStepReport *stopped)
{
  StrataRunReport *report = run->report;
  guint n_rows = g_strv_length (report->start);
  const char *other = run->request->kind == STRATA_RUN_DOWNGRADE ? "upgrade" : "downgrade";

  if (report->backup != NULL && (report->n_done + run->alone_done > 0 || run->by_alembic))
    return g_strdup (_("Or go back to where this run began: “strata restore” puts the copy back that was made before "
                       "it."));

  /* A half done revision is in the way of every other run. */
  if (stopped != NULL && stopped->state == STRATA_STEP_PARTLY)
    return g_strdup (_("Or bring the database in order by hand, and say where it is: “strata stamp REVISION”."));

  if (report->n_done == 0 || run->request->kind == STRATA_RUN_STAMP || n_rows > 1)
    return g_strdup (_("Or look where the database is: “strata status”."));

  return g_strdup_printf (_("Or go back to where this run began: “strata %s %s”."), other,
                          n_rows == 1 ? report->start[0] : "base");
}

char *
strata_run_dup_placed (StrataRun    *run,
                       const GError *error)
{
  const StrataRunFailure *failure = run->report->failure;

  if (failure == NULL || failure->file == NULL || failure->line == 0 || error->domain != STRATA_DATABASE_ERROR)
    return g_strdup (error->message);

  return g_strdup_printf ("%s:%u:%u: %s", failure->file, failure->line, failure->column, error->message);
}

void
strata_run_explain (StrataRun  *run,
                    GError    **error)
{
  StrataRunReport *report = run->report;
  StrataError code = map_code (*error);
  const StrataStepReport *stopped = get_stopped_step (run);
  gboolean refused = (*error)->domain == STRATA_ERROR && run->phase == STRATA_PHASE_BEFORE && report->n_done == 0;
  g_autofree char *message = strata_run_dup_placed (run, *error);

  report->in_database = say_in_database (run, stopped);
  report->not_in_database = say_not_in_database (run, stopped);

  /* What is refused says itself what to do. */
  if (!refused)
    {
      report->next_steps[0] = say_again (run, stopped, *error);
      report->next_steps[1] = say_back (run, stopped);
    }

  g_clear_error (error);
  g_set_error_literal (error, STRATA_ERROR, code, message);
}
