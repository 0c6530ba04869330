/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/engine/run-hand-over-private.h"
#include "core/process/process.h"

/* Steps next to each other that the project's Alembic runs in one go, by naming one target that means exactly them. */
typedef struct
{
  StrataRun  *run;
  guint       first;         /* of the plan */
  guint       n_steps;
  char       *target;
  char       *name;          /* for PGAPPNAME: nobody else's connection has it */
  GPtrArray  *rows;          /* GStrv, owned: the version rows after 0, 1, ... n_steps of them */
  GPtrArray  *entries;       /* StrataLedgerEntry, one a step */
  gint64      started;
} Hand;

static void
hand_clear (Hand *hand)
{
  g_free (hand->target);
  g_free (hand->name);
  g_clear_pointer (&hand->rows, g_ptr_array_unref);
  g_clear_pointer (&hand->entries, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Hand, hand_clear)

gboolean
strata_run_call_alembic (StrataRun                *run,
                         const StrataAlembicCall  *call,
                         GError                  **error)
{
  const StrataHandOver *hand_over = run->request->hand_over;
  g_auto(GStrv) secrets = strata_url_get_secrets (strata_connection_get_url (run->connection));
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  g_auto(GStrv) options = NULL;
  g_autofree char *line = NULL;
  StrataProcessRequest request = {
    .command = hand_over->command,
    .variables = call->variables,
    .secrets = (const char * const *) secrets,
    .limit_ms = call->limit_ms,
    .line = call->line,
    .tick = call->tick,
    .user_data = call->user_data,
  };

  /* "alembic -c FILE current", but "flask db current -d FOLDER". */
  if (hand_over->is_flask)
    g_strv_builder_add (builder, call->words[0]);
  if (hand_over->options != NULL)
    g_strv_builder_addv (builder, (const char **) hand_over->options);
  g_strv_builder_addv (builder, (const char **) call->words + hand_over->is_flask);
  options = g_strv_builder_end (builder);
  request.options = (const char * const *) options;

  line = strata_process_to_string (&request);
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_PROGRAM, .text = line });

  return strata_process_run (&request, run->cancellable, error);
}

/* What Alembic takes for this revision and nothing else: it reads "a-1" as "one before a", and "-x" as an option. */
static gboolean
is_plain_id (const char *id)
{
  static const char * const words[] = { "base", "head", "heads", "current", NULL };

  return *id != '\0' && strpbrk (id, "+-@:") == NULL && !g_strv_contains (words, id);
}

static gboolean
means_exactly (Hand       *hand,
               const char *target)
{
  StrataRun *run = hand->run;
  const char * const *rows = (const char * const *) run->rows;
  gboolean upgrade = run->request->kind == STRATA_RUN_UPGRADE;
  g_autoptr(StrataPlan) plan = NULL;

  plan = upgrade ? strata_plan_upgrade (run->request->graph, rows, target, NULL)
                 : strata_plan_downgrade (run->request->graph, rows, target, NULL);
  if (plan == NULL || strata_plan_get_n_steps (plan) != hand->n_steps)
    return FALSE;

  for (guint i = 0; i < hand->n_steps; i++)
    if (strcmp (strata_revision_get_id (strata_plan_get_step (plan, i)->revision),
                strata_revision_get_id (strata_plan_get_step (run->plan, hand->first + i)->revision)) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
try_target (Hand *hand,
            char *target)
{
  if (!means_exactly (hand, target))
    {
      g_free (target);
      return FALSE;
    }

  hand->target = target;

  return TRUE;
}

/* Down to what stands below the last of them, on its branch alone where others would go too. */
static gboolean
find_lower_target (Hand                 *hand,
                   const StrataRevision *last)
{
  const char * const *below = strata_revision_get_down_revisions (last);
  const char *id = strata_revision_get_id (last);

  if (below[0] == NULL)
    return try_target (hand, g_strdup ("base")) || try_target (hand, g_strconcat (id, "@base", NULL));

  for (guint i = 0; below[i] != NULL; i++)
    if (is_plain_id (below[i])
        && (try_target (hand, g_strdup (below[i])) || try_target (hand, g_strconcat (id, "@", below[i], NULL))))
      return TRUE;

  return FALSE;
}

static gboolean
find_target (Hand *hand)
{
  const StrataStep *step = strata_plan_get_step (hand->run->plan, hand->first + hand->n_steps - 1);
  const char *id = strata_revision_get_id (step->revision);

  if (!is_plain_id (id))
    return FALSE;

  return step->kind == STRATA_STEP_UPGRADE ? try_target (hand, g_strdup (id))
                                           : find_lower_target (hand, step->revision);
}

/* As many of the steps that follow as one target can mean. */
static gboolean
find_steps (Hand    *hand,
            GError **error)
{
  StrataRun *run = hand->run;
  guint n = strata_plan_get_n_steps (run->plan);
  guint most = 1;

  while (hand->first + most < n && strata_run_is_handed_over (run, strata_plan_get_step (run->plan, hand->first + most)))
    most++;

  for (hand->n_steps = most; hand->n_steps > 0; hand->n_steps--)
    if (find_target (hand))
      return TRUE;

  hand->n_steps = 1;
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("%s cannot be handed over to the project's Alembic: no target of its means this revision alone, from "
                 "where the database is. Run it with Alembic, then the rest with Strata"),
               strata_revision_get_id (strata_plan_get_step (run->plan, hand->first)->revision));

  return FALSE;
}

static void
expect_rows (Hand *hand)
{
  GStrv rows = g_strdupv (hand->run->rows);

  hand->rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_strfreev);
  g_ptr_array_add (hand->rows, rows);
  for (guint i = 0; i < hand->n_steps; i++)
    {
      rows = strata_run_rows_after ((const char * const *) rows, strata_plan_get_step (hand->run->plan, hand->first + i));
      g_ptr_array_add (hand->rows, rows);
    }
}

/* The text is the .py file's; there is no hash, since nobody but Python knows what ran. */
static void
open_entries (Hand *hand)
{
  StrataRun *run = hand->run;

  hand->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_ledger_entry_free);
  for (guint i = 0; i < hand->n_steps; i++)
    {
      const StrataStep *step = strata_plan_get_step (run->plan, hand->first + i);
      StrataLedgerEntry *entry = strata_run_new_entry (run, step, NULL);

      entry->revision = g_strdup (strata_revision_get_id (step->revision));
      entry->script = strata_file_read (strata_revision_get_path (step->revision), NULL, NULL);
      g_free (entry->tool);
      entry->tool = g_strconcat (run->request->tool, ", by the project's Alembic", NULL);
      g_ptr_array_add (hand->entries, entry);
    }
}

/* What they say is in the database or is not; that the ledger could not be written must not say otherwise. */
static void
write_entries (Hand         *hand,
               guint         n_done,
               const GError *failure)
{
  StrataRun *run = hand->run;
  guint n = MIN (n_done + (failure != NULL), hand->n_steps);
  g_autoptr(GError) error = NULL;

  if (!strata_ledger_ensure (run->ledger, NULL, &error))
    n = 0;

  for (guint i = 0; i < n && error == NULL; i++)
    {
      StrataLedgerEntry *entry = g_ptr_array_index (hand->entries, i);

      entry->duration_us = (g_get_monotonic_time () - hand->started) / n;
      if (i >= n_done)
        {
          entry->state = g_error_matches (failure, STRATA_ERROR, STRATA_ERROR_CANCELLED) ? STRATA_LEDGER_CANCELLED
                                                                                         : STRATA_LEDGER_FAILED;
          entry->error = g_strdup (failure->message);
        }
      strata_ledger_append (run->ledger, entry, NULL, &error);
    }

  if (error != NULL)
    strata_run_on_notice ("WARNING", error->message, run);
}

static void
on_line (const char *line,
         gpointer    user_data)
{
  Hand *hand = user_data;

  strata_run_emit (hand->run, (StrataRunEvent) { .kind = STRATA_EVENT_OUTPUT, .text = line });
}

/* What it left, when its last transaction is over: a server may be at work for a client that is gone. */
static gboolean
read_rows_left (Hand    *hand,
                GStrv   *rows,
                GError **error)
{
  StrataRun *run = hand->run;

  if (!strata_connection_begin (run->connection, TRUE, NULL, error))
    return FALSE;

  if (strata_connection_lock_table (run->connection, run->table.schema, run->table.name, NULL, error))
    *rows = strata_version_table_read (run->connection, &run->table, NULL, NULL, error);
  strata_connection_rollback (run->connection);

  return *rows != NULL;
}

/* How many of the steps the rows say are done; -1: they say something else. */
static int
count_done (Hand                *hand,
            const char * const  *rows)
{
  for (int i = hand->n_steps; i >= 0; i--)
    if (g_strv_equal (rows, g_ptr_array_index (hand->rows, i)))
      return i;

  return -1;
}

static void
set_moved_error (Hand                *hand,
                 const char * const  *rows,
                 GError             **error)
{
  const char * const *wanted = g_ptr_array_index (hand->rows, hand->n_steps);
  g_autofree char *is = rows[0] != NULL ? g_strjoinv (", ", (GStrv) rows) : g_strdup ("base");
  g_autofree char *should = wanted[0] != NULL ? g_strjoinv (", ", (GStrv) wanted) : g_strdup ("base");

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               _("The project's Alembic ended well, but the database is at %s and not at %s: its env.py did not run "
                 "what it was told to, or not all of it"), is, should);
}

static void
report_done (Hand  *hand,
             guint  n_done)
{
  StrataRun *run = hand->run;

  for (guint i = 0; i < n_done; i++)
    {
      StrataStepReport *report = strata_run_get_step_report (run, hand->first + i);

      /* Which of them took how long is not told. */
      report->time_us = (g_get_monotonic_time () - hand->started) / hand->n_steps;
      if (i > 0)
        strata_run_begin_step (run, hand->first + i);
      strata_run_end_step (run, hand->first + i);
    }

  run->report->n_done += n_done;
  run->step = MIN (hand->first + n_done, hand->first + hand->n_steps - 1);
}

static void
report_failure (Hand         *hand,
                const GError *error,
                gboolean      has_moved)
{
  StrataRun *run = hand->run;
  StrataStepReport *report = strata_run_get_step_report (run, run->step);
  const StrataStep *step = strata_plan_get_step (run->plan, run->step);

  /* Python's driver for SQLite commits around DDL; elsewhere what was not committed is gone. */
  report->state = run->dialect == STRATA_DIALECT_POSTGRESQL ? STRATA_STEP_ROLLED_BACK : STRATA_STEP_PARTLY;
  strata_run_note_failure (run, NULL, NULL, 0, error);
  if (!has_moved)
    run->report->failure->file = g_strdup (strata_revision_get_path (step->revision));
}

/* A killed client does not end what its session does at this moment. */
static void
end_sessions (Hand *hand)
{
  StrataRun *run = hand->run;
  const char *params[] = { hand->name };
  g_autoptr(StrataRows) rows = NULL;

  if (run->dialect == STRATA_DIALECT_POSTGRESQL)
    rows = strata_connection_query (run->connection, strata_resource_text ("sql/postgresql/end-sessions.sql"), params, 1,
                                    NULL, NULL);
}

static gboolean
call (Hand    *hand,
      GError **error)
{
  gboolean upgrade = hand->run->request->kind == STRATA_RUN_UPGRADE;
  const char *words[] = { upgrade ? "upgrade" : "downgrade", hand->target, NULL };
  const char *variables[] = { "PYTHONUNBUFFERED", "1", "PGAPPNAME", hand->name, NULL };
  const StrataAlembicCall alembic = { .words = words, .variables = variables, .line = on_line, .user_data = hand };

  return strata_run_call_alembic (hand->run, &alembic, error);
}

static StrataOutcome
run_steps (Hand    *hand,
           GError **error)
{
  StrataRun *run = hand->run;
  g_auto(GStrv) rows = NULL;
  GError *local_error = NULL;
  gboolean has_moved;
  int n_done;

  hand->started = g_get_monotonic_time ();
  for (guint i = 0; i < hand->n_steps; i++)
    strata_run_get_step_report (run, hand->first + i)->by_alembic = TRUE;
  strata_run_begin_step (run, hand->first);
  open_entries (hand);
  run->by_alembic = TRUE;
  run->phase = STRATA_PHASE_ALONE;
  if (!call (hand, &local_error))
    end_sessions (hand);

  if (!read_rows_left (hand, &rows, local_error == NULL ? &local_error : NULL))
    {
      strata_run_get_step_report (run, run->step)->state = STRATA_STEP_UNKNOWN;
      g_propagate_error (error, local_error);
      return STRATA_OUTCOME_FAILED;
    }

  n_done = count_done (hand, (const char * const *) rows);
  has_moved = local_error == NULL && n_done != (int) hand->n_steps;
  if (has_moved)
    set_moved_error (hand, (const char * const *) rows, &local_error);

  strata_run_take_rows (run, g_steal_pointer (&rows));
  report_done (hand, MAX (n_done, 0));
  write_entries (hand, MAX (n_done, 0), local_error);
  if (local_error == NULL)
    {
      run->by_alembic = FALSE;
      run->phase = STRATA_PHASE_BEFORE;
      return STRATA_OUTCOME_DONE;
    }

  if (n_done < (int) hand->n_steps)
    report_failure (hand, local_error, has_moved);
  g_propagate_error (error, local_error);

  return STRATA_OUTCOME_FAILED;
}

/* The version table is there and is as it was, nothing is open: then the proof, and then the steps. */
StrataOutcome
strata_run_hand_over (StrataRun  *run,
                      guint      *n_steps,
                      GError    **error)
{
  g_auto(Hand) hand = { .run = run, .first = run->step };
  g_autofree char *random = g_uuid_string_random ();
  StrataOutcome outcome;

  hand.name = g_strconcat ("strata-", random, NULL);
  run->phase = STRATA_PHASE_BEFORE;
  if (!find_steps (&hand, error))
    return STRATA_OUTCOME_FAILED;

  outcome = strata_run_open (run, error);
  if (outcome == STRATA_OUTCOME_DONE && !strata_run_commit (run, NULL, FALSE, error))
    outcome = STRATA_OUTCOME_FAILED;
  if (outcome != STRATA_OUTCOME_DONE)
    {
      strata_run_roll_back (run);
      return outcome;
    }

  expect_rows (&hand);
  *n_steps = hand.n_steps;
  if (!strata_run_prove_database (run, error))
    return STRATA_OUTCOME_FAILED;

  return run_steps (&hand, error);
}
