/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/engine/run-private.h"

/* SQLSTATEs of "another made it in this very moment": duplicate table, and the unique index of a catalog. */
static gboolean
was_made_meanwhile (const GError *error)
{
  const StrataServerMessage *message = strata_database_error_get_message (error);
  const char *code = message != NULL ? message->sqlstate : NULL;

  return g_strcmp0 (code, "42P07") == 0 || g_strcmp0 (code, "23505") == 0;
}

/* An Alembic that runs at the same time takes no lock of ours and may make the table too; then one of the two
 * statements fails, and the rows have moved. */
static StrataOutcome
make_table (StrataRun  *run,
            GError    **error)
{
  g_autofree char *ddl = strata_version_table_dup_ddl (&run->table, run->dialect);
  GError *local_error = NULL;

  if (strata_connection_execute (run->connection, ddl, -1, NULL, 0, NULL, run->cancellable, &local_error))
    return STRATA_OUTCOME_DONE;

  if (was_made_meanwhile (local_error))
    {
      g_clear_error (&local_error);
      return STRATA_OUTCOME_MOVED;
    }

  g_propagate_error (error, local_error);

  return STRATA_OUTCOME_FAILED;
}

/* What a pooled connection forgets between transactions. */
static gboolean
prepare_pooled (StrataRun  *run,
                GError    **error)
{
  const StrataRunRequest *request = run->request;
  StrataTimeouts timeouts = { request->lock_timeout_ms, request->statement_timeout_ms };

  if ((run->traits & STRATA_TRAIT_POOLED) == 0)
    return TRUE;

  return strata_connection_take_run_lock (run->connection, run->table.schema, run->table.name, request->lock_wait_ms,
                                          strata_run_on_wait, run, run->cancellable, error)
         && strata_connection_set_timeouts (run->connection, timeouts, error);
}

static gboolean
rows_equal (const char * const *a,
            const char * const *b)
{
  return g_strv_equal (a, b);
}

static StrataOutcome
compare_rows (StrataRun  *run,
              GError    **error)
{
  g_autoptr(StrataRows) result = NULL;
  g_auto(GStrv) rows = NULL;

  if (!strata_connection_lock_table (run->connection, run->table.schema, run->table.name, run->cancellable, error))
    return STRATA_OUTCOME_FAILED;

  result = strata_connection_query (run->connection, run->select, NULL, 0, run->cancellable, error);
  if (result == NULL)
    return STRATA_OUTCOME_FAILED;

  rows = strata_version_table_sort_rows (result);

  return rows_equal ((const char * const *) rows, (const char * const *) run->rows) ? STRATA_OUTCOME_DONE
                                                                                    : STRATA_OUTCOME_MOVED;
}

static StrataOutcome
find_or_make_table (StrataRun  *run,
                    GError    **error)
{
  if (!run->table_exists
      && !strata_connection_find_table (run->connection, run->table.schema, run->table.name, &run->table_exists,
                                        NULL, error))
    return STRATA_OUTCOME_FAILED;

  return run->table_exists ? compare_rows (run, error) : make_table (run, error);
}

/* Begins a transaction in which the version rows are as the plan expects them, and stay so. */
StrataOutcome
strata_run_open (StrataRun  *run,
                 GError    **error)
{
  StrataOutcome outcome;

  run->phase = STRATA_PHASE_BEFORE;
  if (!strata_connection_begin (run->connection, TRUE, run->cancellable, error))
    return STRATA_OUTCOME_FAILED;

  run->ledger_existed = strata_ledger_exists (run->ledger);
  if (!prepare_pooled (run, error))
    return STRATA_OUTCOME_FAILED;

  outcome = find_or_make_table (run, error);
  if (outcome == STRATA_OUTCOME_DONE && strata_ledger_get_mode (run->ledger) == STRATA_LEDGER_IN_DATABASE
      && !strata_ledger_ensure (run->ledger, run->cancellable, error))
    outcome = STRATA_OUTCOME_FAILED;

  if (outcome == STRATA_OUTCOME_DONE)
    run->phase = STRATA_PHASE_TRANSACTION;

  return outcome;
}

static gboolean
run_edit (StrataRun                *run,
          const StrataVersionEdit  *edit,
          GError                  **error)
{
  g_autofree char *sql = strata_version_edit_to_statement (edit->kind, &run->table, run->dialect);
  const char *params[2] = { edit->to, edit->from };
  guint n_params = edit->kind == STRATA_VERSION_UPDATE ? 2 : 1;
  gint64 affected = 0;

  if (edit->kind == STRATA_VERSION_DELETE)
    params[0] = edit->from;

  if (!strata_connection_execute (run->connection, sql, -1, params, n_params, &affected, run->cancellable, error))
    return FALSE;

  if (affected == 1)
    return TRUE;

  strata_version_edit_set_error (edit, &run->table, affected, error);

  return FALSE;
}

/* The step's edits of the version table, each of which must meet its one row. */
gboolean
strata_run_record (StrataRun         *run,
                   const StrataStep  *step,
                   GError           **error)
{
  for (guint i = 0; i < step->edits->len; i++)
    if (!run_edit (run, &g_array_index (step->edits, StrataVersionEdit, i), error))
      return FALSE;

  return TRUE;
}

gboolean
strata_run_commit (StrataRun  *run,
                   GError    **error)
{
  run->phase = STRATA_PHASE_COMMIT;
  if (!strata_connection_commit (run->connection, error))
    return FALSE;

  run->table_exists = TRUE;
  run->phase = STRATA_PHASE_BEFORE;

  return TRUE;
}

void
strata_run_roll_back (StrataRun *run)
{
  if (strata_connection_in_transaction (run->connection))
    strata_connection_rollback (run->connection);

  if (!run->ledger_existed)
    strata_ledger_rolled_back (run->ledger);
}

void
strata_run_take_rows (StrataRun *run,
                      GStrv      rows)
{
  g_strfreev (run->rows);
  run->rows = rows;
  g_strfreev (run->report->rows);
  run->report->rows = g_strdupv (rows);
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
replace_id (GPtrArray  *rows,
            const char *from,
            const char *to)
{
  guint i = 0;

  if (from == NULL)
    {
      g_ptr_array_add (rows, g_strdup (to));
      return;
    }

  while (i < rows->len && strcmp (g_ptr_array_index (rows, i), from) != 0)
    i++;

  if (i == rows->len)
    return;

  g_free (g_ptr_array_index (rows, i));
  if (to != NULL)
    g_ptr_array_index (rows, i) = g_strdup (to);
  else
    g_ptr_array_remove_index_fast (rows, i);
}

/* The rows that a step leaves, sorted. */
GStrv
strata_run_rows_after (const char * const *rows,
                       const StrataStep   *step)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();

  for (guint i = 0; rows[i] != NULL; i++)
    g_ptr_array_add (ids, g_strdup (rows[i]));

  for (guint i = 0; i < step->edits->len; i++)
    {
      const StrataVersionEdit *edit = &g_array_index (step->edits, StrataVersionEdit, i);

      replace_id (ids, edit->from, edit->to);
    }

  g_ptr_array_sort (ids, compare_ids);
  g_ptr_array_add (ids, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}
