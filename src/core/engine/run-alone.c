/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/engine/alone-mode.h"
#include "core/engine/run-alone-private.h"

typedef StrataAlone Alone;

gboolean
strata_alone_mark (Alone   *alone,
                   guint    begun,
                   guint    done,
                   GError **error)
{
  StrataRun *run = alone->run;

  alone->entry->begun = begun;
  alone->entry->done = done;
  alone->entry->duration_us = g_get_monotonic_time () - run->step_started;

  return strata_ledger_journal_mark (run->ledger, alone->entry, run->cancellable, error);
}

/* What the marks said once they are in the database for good. */
void
strata_alone_settle (Alone *alone,
                     guint  begun,
                     guint  done)
{
  alone->entry->begun = alone->run->alone_begun = begun;
  alone->entry->done = alone->run->alone_done = done;
}

static StrataOutcome
open_journal (Alone   *alone,
              GError **error)
{
  StrataRun *run = alone->run;
  StrataOutcome outcome = strata_run_open (run, error);

  if (outcome != STRATA_OUTCOME_DONE)
    return outcome;

  if ((!alone->exact && !strata_ledger_ensure (run->ledger, run->cancellable, error))
      || !strata_ledger_journal_open (run->ledger, alone->entry, run->cancellable, error)
      || !strata_run_commit (run, NULL, FALSE, error))
    return STRATA_OUTCOME_FAILED;

  return STRATA_OUTCOME_DONE;
}

gboolean
strata_alone_record (Alone   *alone,
                     guint    n_statements,
                     GError **error)
{
  StrataRun *run = alone->run;
  StrataLedgerEntry *entry = alone->entry;
  g_autofree char *asked = g_steal_pointer (&entry->asked);
  guint begun = entry->begun;
  guint done = entry->done;

  entry->state = STRATA_LEDGER_DONE;
  if (strata_run_edit (run, alone->step, NULL, NULL, error)
      && (!alone->exact || strata_alone_mark (alone, n_statements, n_statements, error))
      && strata_run_commit (run, NULL, FALSE, error))
    {
      strata_alone_settle (alone, n_statements, n_statements);
      return TRUE;
    }

  entry->state = STRATA_LEDGER_RUNNING;
  entry->asked = g_steal_pointer (&asked);
  strata_alone_settle (alone, begun, done);

  return FALSE;
}

static StrataOutcome
record_all (Alone   *alone,
            GError **error)
{
  guint n = strata_step_script_get_n_statements (alone->script);
  StrataOutcome outcome = strata_run_open (alone->run, error);

  if (outcome != STRATA_OUTCOME_DONE)
    return outcome;

  return strata_alone_record (alone, n, error) ? STRATA_OUTCOME_DONE : STRATA_OUTCOME_FAILED;
}

/* Small transactions of the step's own, each of which is done or leaves nothing. */
static StrataOutcome
try_transaction (Alone         *alone,
                 StrataOutcome (*body) (Alone *, GError **),
                 GError       **error)
{
  StrataRun *run = alone->run;
  guint attempt = 0;

  for (;;)
    {
      StrataOutcome outcome = body (alone, error);

      if (outcome == STRATA_OUTCOME_DONE)
        return outcome;

      strata_run_roll_back (run);
      if (outcome == STRATA_OUTCOME_MOVED || !strata_run_retry (run, &attempt, error))
        return outcome;
    }
}

static gboolean
run_statements (Alone                    *alone,
                const StrataStepSection  *section,
                guint                     from,
                guint                     before,
                GError                  **error)
{
  for (guint i = from; i < section->statements->len; i++)
    if (!strata_run_statement (alone->run, alone->script, &g_array_index (section->statements, StrataStatement, i),
                               before + i + 1, NULL, error))
      return FALSE;

  return TRUE;
}

/* The section's statements are those after number before. */
static StrataOutcome
try_section (Alone                    *alone,
             const StrataStepSection  *section,
             guint                     before,
             GError                  **error)
{
  StrataRun *run = alone->run;
  guint end = before + section->statements->len;
  guint from = alone->entry->done - before;
  guint done = alone->entry->done;
  StrataOutcome outcome;

  run->section_first = before + 1;
  run->section_last = end;
  if (!alone->exact && !strata_alone_mark (alone, end, done, error))
    return STRATA_OUTCOME_FAILED;

  outcome = strata_run_open (run, error);
  if (outcome != STRATA_OUTCOME_DONE)
    return outcome;

  if (!run_statements (alone, section, from, before, error)
      || (alone->exact && !strata_alone_mark (alone, end, end, error)))
    {
      strata_alone_settle (alone, done, done);
      return STRATA_OUTCOME_FAILED;
    }

  if (!strata_run_commit (run, NULL, FALSE, error))
    return STRATA_OUTCOME_FAILED;

  strata_alone_settle (alone, end, end);

  return alone->exact || strata_alone_mark (alone, end, end, error) ? STRATA_OUTCOME_DONE : STRATA_OUTCOME_FAILED;
}

static StrataOutcome
run_section (Alone                    *alone,
             const StrataStepSection  *section,
             guint                     before,
             GError                  **error)
{
  guint done = alone->entry->done;
  guint attempt = 0;

  for (;;)
    {
      StrataOutcome outcome = try_section (alone, section, before, error);

      if (outcome == STRATA_OUTCOME_DONE)
        return outcome;

      strata_run_roll_back (alone->run);
      if (alone->run->phase != STRATA_PHASE_COMMIT
          || !g_error_matches (*error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST))
        strata_alone_settle (alone, done, done);
      if (outcome == STRATA_OUTCOME_MOVED || !strata_run_retry (alone->run, &attempt, error))
        return outcome;
    }
}

/* The server's words for "not inside a transaction", which for some statements only it can know. */
static gboolean
wants_no_transaction (const GError *error)
{
  const StrataServerMessage *message = strata_database_error_get_message (error);
  const char *code = message != NULL ? message->sqlstate : NULL;

  return g_strcmp0 (code, "25001") == 0 || g_strcmp0 (code, "2D000") == 0;
}

static gboolean
run_wrapped (Alone                  *alone,
             const StrataStatement  *statement,
             guint                   number,
             GError                **error)
{
  StrataRun *run = alone->run;
  gboolean lost;

  run->phase = STRATA_PHASE_ALONE;
  run->ledger_existed = TRUE;
  if (strata_connection_begin (run->connection, TRUE, run->cancellable, error)
      && strata_run_statement (run, alone->script, statement, number, NULL, error)
      && strata_alone_mark (alone, number, number, error)
      && strata_connection_commit (run->connection, error))
    {
      strata_alone_settle (alone, number, number);
      return TRUE;
    }

  strata_run_roll_back (run);
  lost = g_error_matches (*error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST);
  strata_alone_settle (alone, lost ? number : number - 1, number - 1);

  return FALSE;
}

/* An index that was there already, INVALID, makes IF NOT EXISTS succeed; and a build that failed leaves one. The name of
 * such an index; else NULL. */
static gboolean
find_broken_index (Alone                  *alone,
                   const StrataStatement  *statement,
                   char                  **broken,
                   GError                **error)
{
  g_autofree char *index = NULL;
  StrataFate fate;

  *broken = NULL;
  if (!strata_alone_find_fate (alone->run->connection, statement, &fate, &index, NULL, error))
    return FALSE;

  if (index != NULL && fate == STRATA_FATE_BROKEN)
    *broken = g_steal_pointer (&index);

  return TRUE;
}

/* The words may be the server's, on why it could not be built. */
static gboolean
set_broken_index (Alone                  *alone,
                  const StrataStatement  *statement,
                  const char             *words,
                  const char             *index,
                  GError                **error)
{
  StrataPlace place = { strata_step_script_get_path (alone->script), statement->line, statement->column };
  g_autofree char *where = strata_place_to_string (place);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               _("%s: %s%sThe index %s is there, but INVALID: a build of it failed. Remove it with"
                 " “DROP INDEX CONCURRENTLY %s;”, then run again: it is built anew."),
               where, words != NULL ? words : "", words != NULL ? "\n" : "", index, index);

  return FALSE;
}

static gboolean
check_index (Alone                  *alone,
             const StrataStatement  *statement,
             GError                **error)
{
  g_autofree char *broken = NULL;

  return find_broken_index (alone, statement, &broken, error)
         && (broken == NULL || set_broken_index (alone, statement, NULL, broken, error));
}

/* What a failed build left says more than why it failed, and forbids to try again. */
static gboolean
name_broken_index (Alone                  *alone,
                   const StrataStatement  *statement,
                   GError                **error)
{
  g_autofree char *broken = NULL;
  g_autofree char *words = g_strdup ((*error)->message);

  if (!find_broken_index (alone, statement, &broken, NULL) || broken == NULL)
    return FALSE;

  g_clear_error (error);
  set_broken_index (alone, statement, words, broken, error);

  return TRUE;
}

static gboolean
run_bracketed (Alone                  *alone,
               const StrataStatement  *statement,
               guint                   number,
               GError                **error)
{
  StrataRun *run = alone->run;

  run->phase = STRATA_PHASE_ALONE;
  if (!strata_alone_mark (alone, number, number - 1, error))
    return FALSE;

  strata_alone_settle (alone, number, number - 1);
  if (!strata_run_statement (run, alone->script, statement, number, NULL, error))
    {
      /* A server that could answer has not done it. */
      if (!g_error_matches (*error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST))
        strata_alone_settle (alone, number - 1, number - 1);
      return FALSE;
    }

  if (!check_index (alone, statement, error))
    {
      strata_alone_settle (alone, number - 1, number - 1);
      return FALSE;
    }

  strata_alone_settle (alone, number, number);

  return strata_alone_mark (alone, number, number, error);
}

gboolean
strata_alone_run_statement (Alone            *alone,
                            const StrataStatement  *statement,
                            guint                   number,
                            GError                **error)
{
  StrataRun *run = alone->run;
  StrataAloneMode mode = strata_alone_get_mode (run->dialect, statement);
  guint attempt = 0;

  run->section_first = 0;
  if (mode == STRATA_ALONE_SESSION)
    {
      run->phase = STRATA_PHASE_ALONE;
      if (!strata_run_statement (run, alone->script, statement, number, NULL, error))
        return FALSE;
      strata_alone_settle (alone, number, number);
      return TRUE;
    }

  for (;;)
    {
      gboolean wrapped = mode == STRATA_ALONE_WRAPPED && alone->exact;

      if (wrapped ? run_wrapped (alone, statement, number, error) : run_bracketed (alone, statement, number, error))
        return TRUE;

      if (wrapped && wants_no_transaction (*error))
        {
          mode = STRATA_ALONE_BRACKETED;
          g_clear_error (error);
        }
      else if ((!wrapped && name_broken_index (alone, statement, error))
               || alone->entry->begun > alone->entry->done
               || !strata_run_retry (run, &attempt, error))
        return FALSE;
    }
}

/* Statements that an earlier run did: told, and what they did to its session is done to this one. */
static gboolean
pass_over (Alone                    *alone,
           const StrataStepSection  *section,
           guint                     before,
           guint                     n_done,
           GError                  **error)
{
  for (guint i = 0; i < n_done; i++)
    {
      const StrataStatement *statement = &g_array_index (section->statements, StrataStatement, i);

      if (!section->transactional
          && strata_alone_get_mode (alone->run->dialect, statement) == STRATA_ALONE_SESSION)
        {
          if (!strata_run_statement (alone->run, alone->script, statement, before + i + 1, NULL, error))
            return FALSE;
          continue;
        }

      strata_run_emit (alone->run, (StrataRunEvent) {
        .kind = STRATA_EVENT_STATEMENT_SKIPPED,
        .statement = before + i + 1,
        .n_statements = strata_step_script_get_n_statements (alone->script),
        .file = strata_step_script_get_path (alone->script),
        .line = statement->line,
        .sql = statement->text,
        .sql_length = statement->length,
      });
    }

  return TRUE;
}

static StrataOutcome
run_sections (Alone   *alone,
              GError **error)
{
  guint before = 0;

  for (guint i = 0; i < strata_step_script_get_n_sections (alone->script); i++)
    {
      const StrataStepSection *section = strata_step_script_get_section (alone->script, i);
      guint len = section->statements->len;
      guint n_done = CLAMP (alone->entry->done, before, before + len) - before;
      StrataOutcome outcome = STRATA_OUTCOME_DONE;

      if (!pass_over (alone, section, before, n_done, error))
        return STRATA_OUTCOME_FAILED;

      if (section->transactional && n_done < len)
        outcome = run_section (alone, section, before, error);
      else
        for (guint j = n_done; j < len && outcome == STRATA_OUTCOME_DONE; j++)
          if (!strata_alone_run_statement (alone, &g_array_index (section->statements, StrataStatement, j), before + j + 1,
                                           error))
            outcome = STRATA_OUTCOME_FAILED;

      if (outcome != STRATA_OUTCOME_DONE)
        return outcome;
      before += len;
    }

  return STRATA_OUTCOME_DONE;
}

/* What remains is for the next run to read; where even this can't be written, the marks before it still stand. */
static void
close_journal (Alone         *alone,
               StrataOutcome  outcome,
               const GError  *error)
{
  StrataRun *run = alone->run;
  g_autoptr(GError) ignored = NULL;

  if (alone->entry->id == 0)
    return;

  if (outcome == STRATA_OUTCOME_DONE)
    alone->entry->state = STRATA_LEDGER_DONE;
  else
    alone->entry->state = g_cancellable_is_cancelled (run->cancellable) ? STRATA_LEDGER_CANCELLED
                                                                        : STRATA_LEDGER_FAILED;

  g_free (alone->entry->error);
  alone->entry->error = error != NULL ? strata_run_dup_placed (run, error) : NULL;
  alone->entry->duration_us = g_get_monotonic_time () - run->step_started;

  if (!strata_ledger_journal_mark (run->ledger, alone->entry, NULL, &ignored))
    g_debug ("The journal could not be closed: %s", ignored->message);
}

static void
set_state (Alone        *alone,
           const GError *error)
{
  StrataRun *run = alone->run;
  StrataStepReport *report = strata_run_get_step_report (run, run->step);

  if (run->phase == STRATA_PHASE_COMMIT && g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOST))
    report->state = STRATA_STEP_UNKNOWN;
  else if (run->alone_begun > 0)
    report->state = STRATA_STEP_PARTLY;
  else
    report->state = STRATA_STEP_ROLLED_BACK;
}

static StrataOutcome
run_all (Alone   *alone,
         GError **error)
{
  StrataOutcome outcome = try_transaction (alone, open_journal, error);

  if (outcome == STRATA_OUTCOME_DONE && strata_step_script_is_live (alone->script))
    return strata_run_live_alone (alone, error);
  if (outcome == STRATA_OUTCOME_DONE)
    outcome = run_sections (alone, error);
  if (outcome == STRATA_OUTCOME_DONE && strata_step_script_touches_session (alone->script)
      && !strata_connection_reset_session (alone->run->connection, error))
    outcome = STRATA_OUTCOME_FAILED;
  if (outcome == STRATA_OUTCOME_DONE)
    outcome = try_transaction (alone, record_all, error);

  return outcome;
}

StrataOutcome
strata_run_alone (StrataRun  *run,
                  GError    **error)
{
  const StrataStep *step = strata_plan_get_step (run->plan, run->step);
  StrataStepScript *script = strata_run_get_script (run, step);
  g_autoptr(StrataLedgerEntry) entry = NULL;
  Alone alone = { run, step, script, NULL, strata_ledger_journal_is_exact (run->ledger) };
  GError *local_error = NULL;
  StrataOutcome outcome;

  run->alone = TRUE;
  strata_run_begin_step (run, run->step);
  alone.entry = entry = strata_run_new_entry (run, step, script);
  entry->asked = strata_run_dup_asked (run, step);
  strata_alone_settle (&alone, strata_run_count_done (run, step), strata_run_count_done (run, step));

  outcome = run_all (&alone, &local_error);
  if (outcome != STRATA_OUTCOME_DONE || !alone.exact)
    close_journal (&alone, outcome, local_error);

  if (outcome == STRATA_OUTCOME_DONE)
    {
      strata_run_take_rows (run, strata_run_rows_after ((const char * const *) run->rows, step));
      strata_run_get_step_report (run, run->step)->time_us = g_get_monotonic_time () - run->step_started;
      run->alone = FALSE;
      run->report->n_done++;
      strata_run_end_step (run, run->step);
    }
  else if (outcome == STRATA_OUTCOME_FAILED)
    {
      set_state (&alone, local_error);
      g_propagate_error (error, local_error);
    }

  return outcome;
}
