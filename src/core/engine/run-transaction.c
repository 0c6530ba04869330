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

/* A pooled connection forgets it with each transaction. */
static gboolean
take_pooled_lock (StrataRun  *run,
                  GError    **error)
{
  if ((run->traits & STRATA_TRAIT_POOLED) == 0)
    return TRUE;

  return strata_connection_take_run_lock (run->connection, run->table.schema, run->table.name,
                                          run->request->lock_wait_ms, strata_run_on_wait, run, run->cancellable, error);
}

/* The statements of a run that only depend on the version table's name. */
void
strata_run_prepare_statements (StrataRun *run)
{
  g_autofree char *table = strata_version_table_to_sql (&run->table, run->dialect);

  run->select = strata_version_table_dup_select (&run->table, run->dialect);
  run->lock = g_strdup_printf ("LOCK TABLE %s IN SHARE ROW EXCLUSIVE MODE", table);
  run->lock_now = g_strconcat (run->lock, " NOWAIT", NULL);
  for (guint kind = 0; kind < G_N_ELEMENTS (run->edits); kind++)
    run->edits[kind] = strata_version_edit_to_statement (kind, &run->table, run->dialect);
}

static StrataOutcome
compare_rows (StrataRun        *run,
              const StrataRows *result)
{
  g_auto(GStrv) rows = strata_version_table_sort_rows (result);

  return g_strv_equal ((const char * const *) rows, (const char * const *) run->rows) ? STRATA_OUTCOME_DONE
                                                                                      : STRATA_OUTCOME_MOVED;
}

static StrataOutcome
lock_and_compare (StrataRun  *run,
                  GError    **error)
{
  g_autoptr(StrataRows) result = NULL;

  if (!strata_connection_lock_table (run->connection, run->table.schema, run->table.name, run->cancellable, error))
    return STRATA_OUTCOME_FAILED;

  result = strata_connection_query (run->connection, run->select, NULL, 0, run->cancellable, error);

  return result != NULL ? compare_rows (run, result) : STRATA_OUTCOME_FAILED;
}

static StrataOutcome
find_or_make_table (StrataRun  *run,
                    GError    **error)
{
  if (!run->table_exists
      && !strata_connection_find_table (run->connection, run->table.schema, run->table.name, &run->table_exists,
                                        NULL, error))
    return STRATA_OUTCOME_FAILED;

  return run->table_exists ? lock_and_compare (run, error) : make_table (run, error);
}

/* Begin, lock and query in one round trip. */
static StrataOutcome
open_at_once (StrataRun  *run,
              GError    **error)
{
  g_autoptr(StrataRows) rows = NULL;
  StrataBatchItem items[2];
  guint n_items = 0;

  /* SQLite's transaction has the lock already. */
  if (run->dialect == STRATA_DIALECT_POSTGRESQL)
    items[n_items++] = (StrataBatchItem) { run->lock, -1 };
  items[n_items++] = (StrataBatchItem) { run->select, -1, .rows = &rows };

  if (strata_connection_begin_batch (run->connection, items, n_items, run->cancellable, error) < n_items)
    return STRATA_OUTCOME_FAILED;

  return compare_rows (run, rows);
}

static gboolean
may_open_at_once (StrataRun *run)
{
  gboolean known = run->dialect == STRATA_DIALECT_POSTGRESQL || run->dialect == STRATA_DIALECT_SQLITE;

  return known && run->table_exists && (run->traits & STRATA_TRAIT_POOLED) == 0;
}

static StrataOutcome
open_in_steps (StrataRun  *run,
               GError    **error)
{
  if (!strata_connection_begin (run->connection, TRUE, run->cancellable, error)
      || !take_pooled_lock (run, error))
    return STRATA_OUTCOME_FAILED;

  return find_or_make_table (run, error);
}

/* Begins a transaction in which the version rows are as the plan expects them, and stay so. */
StrataOutcome
strata_run_open (StrataRun  *run,
                 GError    **error)
{
  g_autoptr(StrataRows) begun = g_steal_pointer (&run->begun);
  StrataOutcome outcome;

  run->phase = STRATA_PHASE_BEFORE;
  run->ledger_existed = strata_ledger_exists (run->ledger);

  if (begun != NULL)
    outcome = compare_rows (run, begun);
  else
    outcome = may_open_at_once (run) ? open_at_once (run, error) : open_in_steps (run, error);

  if (outcome == STRATA_OUTCOME_DONE && !run->ledger_existed
      && strata_ledger_get_mode (run->ledger) == STRATA_LEDGER_IN_DATABASE
      && !strata_ledger_ensure (run->ledger, run->cancellable, error))
    outcome = STRATA_OUTCOME_FAILED;

  if (outcome == STRATA_OUTCOME_DONE)
    run->phase = STRATA_PHASE_TRANSACTION;

  return outcome;
}

static void
fill_edit (StrataRun                *run,
           const StrataVersionEdit  *edit,
           const char               *params[2],
           StrataBatchItem          *item)
{
  params[0] = edit->kind == STRATA_VERSION_DELETE ? edit->from : edit->to;
  params[1] = edit->from;

  *item = (StrataBatchItem) {
    .sql = run->edits[edit->kind],
    .length = -1,
    .params = params,
    .n_params = edit->kind == STRATA_VERSION_UPDATE ? 2 : 1,
  };
}

static gboolean
check_counts (StrataRun              *run,
              const StrataStep       *step,
              const StrataBatchItem  *items,
              GError                **error)
{
  for (guint i = 0; i < step->edits->len; i++)
    if (items[i].affected != 1)
      {
        strata_version_edit_set_error (&g_array_index (step->edits, StrataVersionEdit, i), &run->table,
                                       items[i].affected, error);
        return FALSE;
      }

  return TRUE;
}

gboolean
strata_run_edit (StrataRun         *run,
                 const StrataStep  *step,
                 StrataBatchItem   *statement,
                 gboolean          *done,
                 GError           **error)
{
  guint first = statement != NULL ? 1 : 0;
  guint n_items = first + step->edits->len;
  g_autofree StrataBatchItem *items = g_new0 (StrataBatchItem, n_items + 1);
  g_autofree const char **params = g_new0 (const char *, 2 * step->edits->len);
  guint n_done;

  if (statement != NULL)
    items[0] = *statement;
  for (guint i = 0; i < step->edits->len; i++)
    fill_edit (run, &g_array_index (step->edits, StrataVersionEdit, i), params + 2 * i, &items[first + i]);

  n_done = n_items > 0 ? strata_connection_execute_batch (run->connection, items, n_items, run->cancellable, error) : 0;
  if (statement != NULL)
    {
      statement->affected = items[0].affected;
      *done = n_done > 0;
    }

  return n_done == n_items && check_counts (run, step, items + first, error);
}

/* In the same round trip. Whatever stands in the way of what is next, a lock for one, is met again by strata_run_open(),
 * which waits and tells. */
static gboolean
commit_and_begin (StrataRun        *run,
                  StrataBatchItem  *last,
                  GError          **error)
{
  StrataBatchItem items[] = { { run->lock_now, -1 }, { run->select, -1, .rows = &run->begun } };
  g_autoptr(GError) local_error = NULL;
  gboolean committed;

  if (strata_connection_commit_and_begin (run->connection, last, items, G_N_ELEMENTS (items), &committed,
                                          run->cancellable, &local_error) == G_N_ELEMENTS (items))
    return TRUE;

  g_clear_pointer (&run->begun, strata_rows_free);
  if (!committed)
    g_propagate_error (error, g_steal_pointer (&local_error));
  else if (strata_connection_in_transaction (run->connection))
    strata_connection_rollback (run->connection);

  return committed;
}

static gboolean
commit_alone (StrataRun        *run,
              StrataBatchItem  *last,
              GError          **error)
{
  if (last != NULL && strata_connection_execute_batch (run->connection, last, 1, run->cancellable, error) < 1)
    return FALSE;

  run->phase = STRATA_PHASE_COMMIT;

  return strata_connection_commit (run->connection, error);
}

gboolean
strata_run_commit (StrataRun                *run,
                   const StrataLedgerEntry  *entry,
                   gboolean                  begin_next,
                   GError                  **error)
{
  gboolean together = begin_next && run->dialect == STRATA_DIALECT_POSTGRESQL && may_open_at_once (run);
  StrataBatchItem insert = { .length = -1 };
  StrataBatchItem *last = NULL;
  char **params = NULL;
  gboolean committed;

  if (entry != NULL && strata_ledger_prepare_append (run->ledger, entry, &insert.sql, &params, &insert.n_params))
    last = &insert;
  insert.params = (const char * const *) params;

  if (together)
    {
      run->phase = STRATA_PHASE_COMMIT;
      committed = commit_and_begin (run, last, error);
    }
  else
    {
      committed = commit_alone (run, last, error);
    }
  strata_ledger_free_params (params, insert.n_params);
  if (!committed)
    return FALSE;

  run->table_exists = TRUE;
  run->ledger_existed = strata_ledger_exists (run->ledger);
  run->phase = STRATA_PHASE_BEFORE;

  return TRUE;
}

void
strata_run_roll_back (StrataRun *run)
{
  g_clear_pointer (&run->begun, strata_rows_free);
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
