/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/applied.h"
#include "core/engine/restore.h"
#include "core/engine/run-private.h"

/* Each time, others made progress; so many times in a row means that something else is wrong. */
#define MOST_MOVES 10000

static gboolean
read_rows (StrataRun  *run,
           GError    **error)
{
  GStrv rows = strata_version_table_read (run->connection, &run->table, &run->table_exists, run->cancellable, error);

  if (rows == NULL)
    return FALSE;

  strata_run_take_rows (run, rows);

  return TRUE;
}

/* A script may change search_path; the version table and the ledger stay where they were found. */
static gboolean
resolve_schema (StrataRun  *run,
                GError    **error)
{
  g_autoptr(StrataRows) rows = NULL;

  run->table = run->request->version_table;
  if (run->table.schema == NULL && run->dialect == STRATA_DIALECT_POSTGRESQL)
    {
      rows = strata_connection_query (run->connection, strata_resource_text ("sql/postgresql/table-schema.sql"),
                                      (const char *[]) { run->table.name }, 1, run->cancellable, error);
      if (rows == NULL)
        return FALSE;

      run->schema = g_strdup (strata_rows_get (rows, 0, 0));
      run->table.schema = run->schema;
    }

  strata_run_prepare_statements (run);

  return TRUE;
}

static gboolean
open_ledger (StrataRun  *run,
             GError    **error)
{
  const StrataRunRequest *request = run->request;
  StrataLedgerOptions options = {
    .mode = request->ledger,
    .schema = request->ledger == STRATA_LEDGER_IN_DATABASE ? run->table.schema : request->version_table.schema,
    .version_table = run->table.name,
    .project_key = request->project_key,
  };

  run->ledger = strata_ledger_open (run->connection, &options, run->cancellable, error);

  return run->ledger != NULL;
}

static gboolean
make_plan (StrataRun  *run,
           GError    **error)
{
  g_autoptr(StrataPlan) plan = strata_run_make_plan (run->request, (const char * const *) run->rows, error);

  if (plan == NULL)
    return FALSE;

  g_clear_pointer (&run->plan, strata_plan_unref);
  run->plan = g_steal_pointer (&plan);
  run->first = run->report->n_done;
  run->step = 0;
  strata_run_report_set_plan (run->report, run->plan);

  return TRUE;
}

static gboolean
has_steps (StrataRun *run)
{
  return run->step < strata_plan_get_n_steps (run->plan);
}

static gboolean
refuse_relative (StrataRun           *run,
                 const char * const  *before,
                 GError             **error)
{
  g_autofree char *was = before[0] != NULL ? g_strjoinv (", ", (GStrv) before) : g_strdup ("base");
  g_autofree char *is = run->rows[0] != NULL ? g_strjoinv (", ", run->rows) : g_strdup ("base");

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("Another run moved the database from %s to %s meanwhile, so “%s” no longer means what it meant. Look"
                 " (“strata current”), and run it again if that is still what you want."), was, is,
               run->request->targets[0]);

  return FALSE;
}

/* Others were here: from what they left, the same request anew. What they did already is not done again. */
static gboolean
plan_again (StrataRun  *run,
            GError    **error)
{
  g_auto(GStrv) before = g_strdupv (run->rows);

  if (!read_rows (run, error))
    return FALSE;

  if (strata_run_target_is_relative (run->request)
      && !g_strv_equal ((const char * const *) before, (const char * const *) run->rows))
    return refuse_relative (run, (const char * const *) before, error);

  return make_plan (run, error)
         && strata_run_check_plan (run, error)
         && strata_ledger_look (run->ledger, run->cancellable, error)
         && strata_run_check_unfinished (run, error);
}

static gboolean
take_lock (StrataRun  *run,
           GError    **error)
{
  StrataTimeouts timeouts = { run->request->lock_timeout_ms, run->request->statement_timeout_ms };

  if (!strata_connection_set_timeouts (run->connection, timeouts, error))
    return FALSE;

  return (run->traits & STRATA_TRAIT_POOLED) != 0
         || strata_connection_take_run_lock (run->connection, run->table.schema, run->table.name,
                                             run->request->lock_wait_ms, strata_run_on_wait, run, run->cancellable,
                                             error);
}

/* A database with nothing in it is not worth a copy. */
static gboolean
make_backup (StrataRun  *run,
             GError    **error)
{
  const StrataRunRequest *request = run->request;
  const char *none[] = { NULL };
  g_autofree char *targets = NULL;
  g_autofree char *reason = NULL;
  g_autoptr(StrataCopy) copy = NULL;
  gboolean empty = FALSE;

  if (!request->backup || run->dialect != STRATA_DIALECT_SQLITE
      || strata_url_get_database (strata_connection_get_url (run->connection)) == NULL)
    return TRUE;

  if (!strata_connection_is_empty (run->connection, none, &empty, error))
    return FALSE;
  if (empty)
    return TRUE;

  targets = g_strjoinv (" ", (GStrv) request->targets);
  reason = g_strdup_printf ("before %s %s", strata_run_action (run), targets);
  copy = strata_copy_make (run->connection, reason, (const char * const *) run->rows, run->cancellable, error);
  if (copy == NULL)
    {
      g_prefix_error (error, _("The copy of the database that is made before a run failed, so nothing was run"
                               " (--no-backup goes without): "));
      return FALSE;
    }

  run->report->backup = g_strdup (copy->path);
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_BACKUP, .text = copy->path });

  return TRUE;
}

/* A stamp is one thing to a person; a server that commits each DDL statement by itself has no transaction to offer, nor
 * is there one that two programs share. What an Alembic project has in one transaction unless told is divided by a script
 * that leaves it, for Alembic at that place, for us between the revisions. */
gboolean
strata_run_is_one_transaction (StrataRun *run)
{
  return run->request->kind == STRATA_RUN_STAMP
         || (run->request->transaction == STRATA_TRANSACTION_PER_RUN
             && g_hash_table_size (run->python) == 0 && !run->is_split
             && (run->traits & STRATA_TRAIT_TRANSACTIONAL_DDL) != 0);
}

static StrataOutcome
run_next (StrataRun  *run,
          GError    **error)
{
  const StrataStep *step = strata_plan_get_step (run->plan, run->step);
  StrataStepScript *script = strata_run_get_script (run, step);
  guint first = run->step;
  guint n_steps = strata_run_is_one_transaction (run) ? strata_plan_get_n_steps (run->plan) : 1;
  StrataOutcome outcome;

  if (g_cancellable_set_error_if_cancelled (run->cancellable, error))
    {
      if (run->begun != NULL)
        strata_run_roll_back (run);
      return STRATA_OUTCOME_FAILED;
    }

  if (strata_run_is_handed_over (run, step))
    outcome = strata_run_hand_over (run, &n_steps, error);
  else if (script != NULL
           && (!strata_step_script_is_transactional (script) || strata_run_count_done (run, step) > 0))
    outcome = strata_run_alone (run, error);
  else
    outcome = strata_run_unit (run, n_steps, error);

  if (outcome == STRATA_OUTCOME_DONE)
    run->step = first + n_steps;
  else if (outcome == STRATA_OUTCOME_FAILED && strata_run_get_step_report (run, run->step)->state == STRATA_STEP_ROLLED_BACK
           && strata_run_give_to_alembic (run, strata_plan_get_step (run->plan, run->step), *error))
    {
      g_clear_error (error);
      strata_run_forget_failure (run);
      outcome = STRATA_OUTCOME_MOVED;
    }

  return outcome;
}

static gboolean
run_plan (StrataRun  *run,
          GError    **error)
{
  guint n_moves = 0;

  while (has_steps (run))
    {
      StrataOutcome outcome = run_next (run, error);

      if (outcome == STRATA_OUTCOME_FAILED)
        return FALSE;

      if (outcome == STRATA_OUTCOME_MOVED && ++n_moves > MOST_MOVES)
        {
          g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
                       _("The rows of “%s” are changed by others all the time"),
                       run->table.name);
          return FALSE;
        }

      if (outcome == STRATA_OUTCOME_MOVED)
        {
          if (!plan_again (run, error))
            return FALSE;
          strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_PLANNED });
        }
    }

  return TRUE;
}

static gboolean
close_dead (StrataRun  *run,
            GError    **error)
{
  guint attempt = 0;

  while (!strata_ledger_close_dead (run->ledger, run->cancellable, error))
    if (!strata_run_retry (run, &attempt, error))
      return FALSE;

  return TRUE;
}

/* Inside the run lock, where no other run can be. */
static gboolean
run_locked (StrataRun  *run,
            GError    **error)
{
  if (!plan_again (run, error))
    return FALSE;

  g_strfreev (run->report->start);
  run->report->start = g_strdupv (run->rows);
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_PLANNED });
  if (!has_steps (run))
    return TRUE;

  if (strata_ledger_get_mode (run->ledger) == STRATA_LEDGER_LOCAL
      && !strata_ledger_ensure (run->ledger, run->cancellable, error))
    return FALSE;

  return close_dead (run, error) && strata_run_mark_settled (run, error) && make_backup (run, error)
         && run_plan (run, error);
}

static gboolean
ensure_version (StrataRun  *run,
                GError    **error)
{
  g_autofree char *ddl = strata_version_table_dup_ddl (&run->table, run->dialect);

  if (!take_lock (run, error) || !read_rows (run, error))
    return FALSE;

  if (run->table_exists)
    return TRUE;

  run->report->made_table = strata_connection_execute (run->connection, ddl, -1, NULL, 0, NULL, run->cancellable, error);

  return run->report->made_table;
}

static gboolean
check_first_run (StrataRun  *run,
                 GError    **error)
{
  StrataFirstRun answer;

  if (run->request->first_run_accepted)
    return TRUE;

  if (!strata_first_run_check (run->connection, run->request, &answer, run->cancellable, error))
    return FALSE;

  if (answer != STRATA_FIRST_RUN_STRANGE)
    return TRUE;

  run->report->question = STRATA_QUESTION_FIRST_RUN;
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("This project has never run on this database, and there are tables in it already. If it is the right "
                 "one, say so (--first-run)."));

  return FALSE;
}

static gboolean
run_upgrade (StrataRun  *run,
             GError    **error)
{
  if (!make_plan (run, error))
    return FALSE;

  if (!has_steps (run))
    {
      strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_PLANNED });
      return TRUE;
    }

  return strata_run_check_server (run, error)
         && strata_run_check_plan (run, error)
         && check_first_run (run, error)
         && take_lock (run, error)
         && run_locked (run, error);
}

static gboolean
run_all (StrataRun  *run,
         GError    **error)
{
  if (!resolve_schema (run, error) || !read_rows (run, error) || !open_ledger (run, error))
    return FALSE;

  g_strfreev (run->report->start);
  run->report->start = g_strdupv (run->rows);

  if (run->request->kind != STRATA_RUN_ENSURE_VERSION)
    return run_upgrade (run, error);

  return run->table_exists
         || (strata_run_check_server (run, error) && check_first_run (run, error) && ensure_version (run, error));
}

/* What was rolled back took its entry along. */
static void
record_failure (StrataRun    *run,
                const GError *error)
{
  const StrataStep *step;
  g_autoptr(StrataLedgerEntry) entry = NULL;
  StrataStepScript *script;

  if (run->plan == NULL || !has_steps (run)
      || strata_run_get_step_report (run, run->step)->state != STRATA_STEP_ROLLED_BACK)
    return;

  step = strata_plan_get_step (run->plan, run->step);
  script = strata_run_get_script (run, step);
  if (script == NULL || strata_run_count_done (run, step) > 0 || !strata_step_script_is_transactional (script))
    return;

  entry = strata_run_new_entry (run, step, script);
  entry->state = g_error_matches (error, STRATA_ERROR, STRATA_ERROR_CANCELLED) ? STRATA_LEDGER_CANCELLED
                                                                               : STRATA_LEDGER_FAILED;
  entry->error = g_strdup (error->message);
  entry->duration_us = g_get_monotonic_time () - run->step_started;

  if (!strata_ledger_ensure (run->ledger, NULL, NULL) || !strata_ledger_append (run->ledger, entry, NULL, NULL))
    g_debug ("The ledger could not be told of the failure");
}

static void
clear_run (StrataRun *run)
{
  strata_connection_set_notice_func (run->connection, NULL, NULL);
  strata_connection_set_blocked_func (run->connection, NULL, NULL);
  g_clear_pointer (&run->ledger, strata_ledger_free);
  g_clear_pointer (&run->plan, strata_plan_unref);
  g_clear_pointer (&run->scripts, g_hash_table_unref);
  g_clear_pointer (&run->python, g_hash_table_unref);
  g_clear_pointer (&run->unfinished, g_ptr_array_unref);
  g_clear_pointer (&run->settled, g_ptr_array_unref);
  g_clear_pointer (&run->rows, g_strfreev);
  g_free (run->schema);
  g_free (run->select);
  g_free (run->lock);
  g_free (run->lock_now);
  for (guint kind = 0; kind < G_N_ELEMENTS (run->edits); kind++)
    g_free (run->edits[kind]);
}

StrataRunReport *
strata_engine_run (StrataConnection        *connection,
                   const StrataRunRequest  *request,
                   StrataRunEventFunc       event,
                   gpointer                 user_data,
                   GCancellable            *cancellable,
                   GError                 **error)
{
  g_autofree char *name = g_uuid_string_random ();
  GError *local_error = NULL;
  StrataRun run = {
    .connection = connection,
    .request = request,
    .cancellable = cancellable,
    .event = event,
    .user_data = user_data,
    .dialect = strata_connection_get_dialect (connection),
    .traits = strata_connection_get_traits (connection),
    .started = g_get_monotonic_time (),
    .scripts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_step_script_unref),
    .python = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free),
    .unfinished = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_ledger_entry_free),
    .settled = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_ledger_entry_free),
    .report = strata_run_report_new (),
  };

  run.report->run = g_strndup (name, 8);
  strata_connection_set_notice_func (connection, strata_run_on_notice, &run);
  strata_connection_set_blocked_func (connection, strata_run_on_blocked, &run);

  if (run_all (&run, &local_error))
    strata_run_forget_failure (&run);
  else
    {
      strata_run_explain (&run, &local_error);
      record_failure (&run, local_error);
      g_propagate_error (error, local_error);
    }

  strata_connection_drop_run_lock (connection);
  run.report->time_us = g_get_monotonic_time () - run.started;
  clear_run (&run);

  return run.report;
}

StrataPlan *
strata_engine_plan (StrataConnection        *connection,
                    const StrataRunRequest  *request,
                    GCancellable            *cancellable,
                    GError                 **error)
{
  g_auto(GStrv) rows = NULL;

  g_return_val_if_fail (request->kind != STRATA_RUN_ENSURE_VERSION, NULL);

  rows = strata_version_table_read (connection, &request->version_table, NULL, cancellable, error);

  return rows != NULL ? strata_run_make_plan (request, (const char * const *) rows, error) : NULL;
}
