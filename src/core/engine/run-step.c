/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/engine/alone-mode.h"
#include "core/engine/run-private.h"

void
strata_run_begin_step (StrataRun *run,
                       guint      step)
{
  StrataStepReport *report;

  run->step = step;
  run->live_kept = 0;
  run->step_started = g_get_monotonic_time ();

  report = strata_run_get_step_report (run, step);
  g_array_set_size (report->statements, 0);
  report->state = STRATA_STEP_NOT_RUN;

  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_STEP_BEGIN });
}

void
strata_run_end_step (StrataRun *run,
                     guint      step)
{
  StrataStepReport *report = strata_run_get_step_report (run, step);

  run->step = step;
  report->state = STRATA_STEP_DONE;
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_STEP_DONE, .time_us = report->time_us });
}

/* Done says whether the statement itself went well. */
static gboolean
execute (StrataRun              *run,
         const StrataStatement  *statement,
         const StrataStep       *edits,
         gint64                 *rows,
         gboolean               *done,
         GError                **error)
{
  StrataBatchItem item = { .sql = statement->text, .length = statement->length };
  gboolean well;

  if (edits == NULL)
    return *done = strata_connection_execute (run->connection, statement->text, statement->length, NULL, 0, rows,
                                              run->cancellable, error);

  well = strata_run_edit (run, edits, &item, done, error);
  *rows = item.affected;

  return well;
}

/* The number counts from 1 through the whole script. */
gboolean
strata_run_statement (StrataRun              *run,
                      StrataStepScript       *script,
                      const StrataStatement  *statement,
                      guint                   number,
                      const StrataStep       *edits,
                      GError                **error)
{
  StrataRunEvent event = {
    .kind = STRATA_EVENT_STATEMENT_BEGIN,
    .statement = number,
    .n_statements = strata_step_script_get_n_statements (script),
    .file = strata_step_script_get_path (script),
    .line = statement->line,
    .sql = statement->text,
    .sql_length = statement->length,
  };
  StrataStatementReport report = { .line = statement->line };
  gint64 started = g_get_monotonic_time ();
  GError *local_error = NULL;
  gboolean done;

  strata_run_emit (run, event);
  if (!execute (run, statement, edits, &report.rows, &done, &local_error))
    {
      if (!done)
        strata_run_note_failure (run, script, statement, number, local_error);
      g_propagate_error (error, local_error);
      return FALSE;
    }

  report.time_us = g_get_monotonic_time () - started;
  g_array_append_val (strata_run_get_step_report (run, run->step)->statements, report);

  event.kind = STRATA_EVENT_STATEMENT_DONE;
  event.rows = report.rows;
  event.time_us = report.time_us;
  strata_run_emit (run, event);

  return TRUE;
}

/* The last statement takes the step's edits with it, unless the session must be as it was before they come. */
static gboolean
run_statements (StrataRun         *run,
                const StrataStep  *step,
                StrataStepScript  *script,
                gboolean          *edited,
                GError           **error)
{
  guint n_statements = strata_step_script_get_n_statements (script);
  guint number = 0;

  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    {
      GArray *statements = strata_step_script_get_section (script, i)->statements;

      for (guint j = 0; j < statements->len; j++)
        {
          const StrataStatement *statement = &g_array_index (statements, StrataStatement, j);

          *edited = ++number == n_statements && !strata_step_script_touches_session (script)
                    && strata_alone_goes_with_others (statement);
          if (!strata_run_statement (run, script, statement, number, *edited ? step : NULL, error))
            return FALSE;
        }
    }

  return TRUE;
}

/* Each revision begins as it would in a run of its own; a dump, for one, empties the search path. */
static gboolean
run_script (StrataRun         *run,
            const StrataStep  *step,
            StrataStepScript  *script,
            GError           **error)
{
  gboolean edited = FALSE;

  if (strata_step_script_is_live (script))
    {
      if (!strata_run_live (run, step, script, NULL, error) || !strata_connection_reset_session (run->connection, error))
        return FALSE;
    }
  else if (!run_statements (run, step, script, &edited, error)
           || (strata_step_script_touches_session (script) && !strata_connection_reset_session (run->connection, error)))
    {
      return FALSE;
    }

  return edited || strata_run_edit (run, step, NULL, NULL, error);
}

/* The script may be NULL: a stamp, which has one entry for all that it sets. */
StrataLedgerEntry *
strata_run_new_entry (StrataRun         *run,
                      const StrataStep  *step,
                      StrataStepScript  *script)
{
  StrataLedgerEntry *entry = g_new0 (StrataLedgerEntry, 1);
  const StrataRunRequest *request = run->request;

  entry->run = g_strdup (run->report->run);
  entry->action = g_intern_string (strata_run_action (run));
  entry->started = strata_ledger_timestamp ();
  entry->who = g_strdup (request->who);
  entry->host = g_strdup (request->host);
  entry->tool = g_strdup (request->tool);
  entry->state = STRATA_LEDGER_DONE;

  if (script != NULL)
    {
      entry->revision = g_strdup (strata_revision_get_id (step->revision));
      entry->hash = g_strdup (strata_step_script_get_hash (script));
      entry->script = g_strdup (strata_step_script_get_text (script));
      entry->n_statements = strata_step_script_get_n_statements (script);
    }

  return entry;
}

/* The last step of a stamp has the one entry for all that it sets; a person's purge has one for the empty table, too. */
static StrataLedgerEntry *
finish_entry (StrataRun            *run,
              const StrataStep     *step,
              StrataLedgerEntry    *entry,
              gboolean              last,
              const char * const   *rows)
{
  entry->duration_us = g_get_monotonic_time () - run->step_started;
  if (step->kind != STRATA_STEP_STAMP)
    return entry;

  if (!last && !(run->request->purge && !run->request->keeps_texts && rows[0] == NULL))
    return NULL;

  entry->revision = rows[0] != NULL ? g_strjoinv (", ", (GStrv) rows) : g_strdup ("base");

  return entry;
}

/* The entries are those that are not written yet. */
static gboolean
run_step (StrataRun         *run,
          guint              index,
          gboolean           last,
          GStrv             *rows,
          GPtrArray         *entries,
          GError           **error)
{
  const StrataStep *step = strata_plan_get_step (run->plan, index);
  StrataStepScript *script = strata_run_get_script (run, step);
  g_autoptr(StrataLedgerEntry) entry = NULL;
  GStrv rows_after;

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    return FALSE;

  strata_run_begin_step (run, index);
  entry = strata_run_new_entry (run, step, script);
  if (!(script != NULL ? run_script (run, step, script, error) : strata_run_edit (run, step, NULL, NULL, error)))
    return FALSE;

  rows_after = strata_run_rows_after ((const char * const *) *rows, step);
  g_strfreev (*rows);
  *rows = rows_after;
  if (finish_entry (run, step, entry, last, (const char * const *) *rows) != NULL)
    g_ptr_array_add (entries, g_steal_pointer (&entry));
  strata_run_get_step_report (run, index)->time_us = g_get_monotonic_time () - run->step_started;

  return TRUE;
}

/* Whether the step after these is a transaction of its own that begins where this one ends. */
static gboolean
goes_on (StrataRun *run,
         guint      next)
{
  const StrataStep *step = next < strata_plan_get_n_steps (run->plan) ? strata_plan_get_step (run->plan, next) : NULL;
  StrataStepScript *script = step != NULL ? strata_run_get_script (run, step) : NULL;

  return script != NULL && strata_step_script_is_transactional (script) && strata_run_count_done (run, step) == 0;
}

/* All but the last, which travels with the commit. */
static gboolean
write_entries (StrataRun  *run,
               GPtrArray  *entries,
               GError    **error)
{
  for (guint i = 0; i + 1 < entries->len; i++)
    if (!strata_ledger_append (run->ledger, g_ptr_array_index (entries, i), run->cancellable, error))
      return FALSE;

  return TRUE;
}

static gboolean
run_steps (StrataRun  *run,
           guint       first,
           guint       n_steps,
           GStrv      *rows,
           GPtrArray  *entries,
           GError    **error)
{
  gboolean is_inside = strata_ledger_get_mode (run->ledger) == STRATA_LEDGER_IN_DATABASE;
  const StrataLedgerEntry *last;

  for (guint i = 0; i < n_steps; i++)
    if (!run_step (run, first + i, i == n_steps - 1, rows, entries, error))
      return FALSE;

  if (is_inside && !write_entries (run, entries, error))
    return FALSE;
  last = is_inside && entries->len > 0 ? g_ptr_array_index (entries, entries->len - 1) : NULL;

  return strata_run_commit (run, last, goes_on (run, first + n_steps), error);
}

/* What is not kept in this database. The steps are in it; that a file of ours could not be written must not say otherwise. */
static void
write_later (StrataRun *run,
             GPtrArray *entries)
{
  if (strata_ledger_get_mode (run->ledger) == STRATA_LEDGER_IN_DATABASE)
    return;

  for (guint i = 0; i < entries->len; i++)
    {
      g_autoptr(GError) error = NULL;

      if (!strata_ledger_append (run->ledger, g_ptr_array_index (entries, i), NULL, &error))
        strata_run_on_notice ("WARNING", error->message, run);
    }
}

static void
set_states (StrataRun       *run,
            guint            first,
            StrataStepState  state)
{
  for (guint i = first; i <= run->step; i++)
    strata_run_get_step_report (run, i)->state = state;
}

/* From the current step on, in one transaction that is done or leaves nothing. */
StrataOutcome
strata_run_unit (StrataRun  *run,
                 guint       n_steps,
                 GError    **error)
{
  guint first = run->step;
  guint attempt = 0;

  for (;;)
    {
      g_autoptr(GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_ledger_entry_free);
      g_auto(GStrv) rows = g_strdupv (run->rows);
      StrataOutcome outcome;

      run->step = first;
      outcome = strata_run_open (run, error);
      if (outcome == STRATA_OUTCOME_DONE && run_steps (run, first, n_steps, &rows, entries, error))
        {
          strata_run_take_rows (run, g_steal_pointer (&rows));
          write_later (run, entries);
          for (guint i = first; i < first + n_steps; i++)
            strata_run_end_step (run, i);
          run->report->n_done += n_steps;
          return STRATA_OUTCOME_DONE;
        }

      strata_run_roll_back (run);
      if (outcome == STRATA_OUTCOME_MOVED)
        return outcome;

      if (run->phase == STRATA_PHASE_COMMIT
          && g_error_matches (*error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST))
        set_states (run, first, STRATA_STEP_UNKNOWN);
      else if (run->live_kept > 0)
        {
          strata_run_get_step_report (run, run->step)->state = STRATA_STEP_PARTLY;
          return STRATA_OUTCOME_FAILED;
        }
      else if (run->phase != STRATA_PHASE_BEFORE)
        set_states (run, first, STRATA_STEP_ROLLED_BACK);

      if (!strata_run_retry (run, &attempt, error))
        return STRATA_OUTCOME_FAILED;
    }
}
