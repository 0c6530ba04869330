/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/engine/alone-mode.h"
#include "core/engine/applied.h"
#include "core/engine/run-private.h"
#include "core/graph/target.h"
#include "core/sql/statement.h"

static const StrataStatement *
get_statement (StrataStepScript *script,
               guint             number)
{
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    {
      GArray *statements = strata_step_script_get_section (script, i)->statements;

      if (number <= statements->len)
        return &g_array_index (statements, StrataStatement, number - 1);
      number -= statements->len;
    }

  return NULL;
}

static const StrataStep *
find_step (StrataRun               *run,
           const StrataLedgerEntry *entry)
{
  for (guint i = 0; i < strata_plan_get_n_steps (run->plan); i++)
    {
      const StrataStep *step = strata_plan_get_step (run->plan, i);
      const char *action = step->kind == STRATA_STEP_DOWNGRADE ? "downgrade" : "upgrade";

      if (step->revision != NULL && g_str_equal (strata_revision_get_id (step->revision), entry->revision)
          && g_str_equal (action, entry->action))
        return step;
    }

  return NULL;
}

static gboolean
refuse_elsewhere (const StrataLedgerEntry  *entry,
                  GError                  **error)
{
  g_autofree char *count = strata_ledger_entry_dup_count (entry);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("The %s of revision %s is half done: %s are in the database%s. Finish it first"
                 " (“strata %s %s”), or bring the database in order by hand and say where it is (“strata stamp "
                 "REVISION”)."),
               entry->action, entry->revision, count,
               entry->error != NULL ? _("; an error stopped it") : "", entry->action,
               g_str_equal (entry->action, "upgrade") ? entry->revision : "-1");

  return FALSE;
}

static gboolean
same_statement (StrataDialect          dialect,
                const StrataStatement *a,
                const StrataStatement *b)
{
  g_autofree char *hash_a = strata_sql_hash_tokens (dialect, a->text, a->length);
  g_autofree char *hash_b = strata_sql_hash_tokens (dialect, b->text, b->length);

  return g_strcmp0 (hash_a, hash_b) == 0;
}

/* What is in the database must still stand at the head of the script; what comes after may have been mended. */
static gboolean
check_head (StrataRun                *run,
            const StrataLedgerEntry  *entry,
            StrataStepScript         *script,
            GError                  **error)
{
  const char *path = strata_step_script_get_path (script);
  g_autofree char *count = strata_ledger_entry_dup_count (entry);
  g_autoptr(StrataStepScript) old = NULL;

  if (strata_step_script_is_live (script) != (entry->asked != NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                   _("%s: the script was changed since an earlier run put %s into the database: %s. Put it back as it "
                     "was and run again; or bring the database in order by hand and say where it is (“stamp”)."), path,
                   count,
                   entry->asked != NULL ? _("then it read the database, and does not now")
                   : _("now it reads the database"));
      return FALSE;
    }
  /* What it asks for is seen when it runs: it is held against the journal there. */
  if (strata_step_script_is_live (script))
    return TRUE;
  if (g_strcmp0 (entry->hash, strata_step_script_get_hash (script)) == 0)
    return TRUE;

  old = strata_step_script_new_sql (path, entry->script != NULL ? entry->script : "",
                                    entry->script != NULL ? strlen (entry->script) : 0,
                                    g_str_equal (entry->action, "upgrade") ? STRATA_UPGRADE : STRATA_DOWNGRADE,
                                    run->dialect, NULL);

  for (guint i = 1; i <= entry->begun; i++)
    {
      const StrataStatement *was = old != NULL ? get_statement (old, i) : NULL;
      const StrataStatement *is = get_statement (script, i);

      if (was != NULL && is != NULL && same_statement (run->dialect, was, is))
        continue;

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                   _("%s:%u: statement %u was changed since an earlier run put it into the database, which stopped "
                     "after statement %u. Put it back as it was and run again; or bring the database in order by hand "
                     "and say where it is (“stamp”)."), path, is != NULL ? is->line : 1, i, entry->done);
      return FALSE;
    }

  return TRUE;
}

/* Without a line where a module that the script imports asks for it. */
static char *
describe_place (StrataStepScript      *script,
                const StrataStatement *statement)
{
  StrataPlace place = { strata_step_script_get_path (script), statement->line, 0 };

  return strata_place_to_string (place);
}

static gboolean
ask_for_fate (StrataRun              *run,
              StrataLedgerEntry      *entry,
              StrataStepScript       *script,
              const StrataStatement  *statement,
              GError                **error)
{
  g_autofree char *where = describe_place (script, statement);

  if (run->request->in_flight == STRATA_IN_FLIGHT_SKIP)
    entry->done = entry->begun;
  if (run->request->in_flight != STRATA_IN_FLIGHT_ASK)
    return TRUE;

  run->report->question = STRATA_QUESTION_IN_FLIGHT;
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               _("%s: statement %u of revision %s was running when an earlier run was killed, and the database does"
                 " not tell whether it took effect. Look, then run again and say whether to repeat or to skip it."),
               where, entry->begun, entry->revision);

  return FALSE;
}

/* Where the script does not tell its statements. */
static gboolean
read_asked (const StrataLedgerEntry *entry,
            StrataStatement         *statement)
{
  g_autofree char *hash = NULL;
  const char *text;
  guint number;
  guint line;

  if (!strata_ledger_asked_parse (entry->asked, &number, &line, &hash, &text))
    return FALSE;
  *statement = (StrataStatement) { .text = text, .length = strlen (text), .line = line };

  return TRUE;
}

/* A statement that was running when the run was killed: done, to be repeated, or a person's to decide. */
static gboolean
settle_in_flight (StrataRun          *run,
                  StrataLedgerEntry  *entry,
                  StrataStepScript   *script,
                  GError            **error)
{
  StrataStatement asked;
  const StrataStatement *statement = read_asked (entry, &asked) ? &asked : get_statement (script, entry->begun);
  g_autofree char *where = describe_place (script, statement);
  g_autofree char *index = NULL;
  StrataFate fate;

  if (!strata_alone_find_fate (run->connection, statement, &fate, &index, run->cancellable, error))
    return FALSE;

  switch (fate)
    {
    case STRATA_FATE_DONE:
      entry->done = entry->begun;
      return TRUE;

    case STRATA_FATE_REPEAT:
      return TRUE;

    case STRATA_FATE_BROKEN:
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                   _("%s: an earlier run was killed while it built the index %s, and left it INVALID. Remove it with"
                     " “DROP INDEX CONCURRENTLY %s;”, then run again: it is built anew."),
                   where, index, index);
      return FALSE;

    case STRATA_FATE_UNKNOWN:
    default:
      return ask_for_fate (run, entry, script, statement, error);
    }
}

static gboolean
check_entry (StrataRun          *run,
             StrataLedgerEntry  *entry,
             GError            **error)
{
  const StrataStep *step = find_step (run, entry);
  StrataStepScript *script;

  if (step == NULL)
    return refuse_elsewhere (entry, error);

  if (run->request->single_transaction)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                   _("The %s of revision %s is half done, which a run in a single transaction cannot continue. Run it"
                     " without that."), entry->action, entry->revision);
      return FALSE;
    }

  script = strata_run_get_script (run, step);
  if (!check_head (run, entry, script, error))
    return FALSE;

  return entry->begun == entry->done || settle_in_flight (run, entry, script, error);
}

/* A run killed between its version edit and the last mark in a ledger elsewhere: all of it was done after all. */
static void
keep_settled (StrataRun     *run,
              GPtrArray     *entries,
              const guint8  *applied)
{
  g_ptr_array_set_size (run->settled, 0);
  for (guint i = 0; i < entries->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (entries, i);

      if ((entry->done == entry->n_statements || entry->n_statements == 0) && strata_applied_is_settled (entry, run->request->graph, applied))
        g_ptr_array_add (run->settled, strata_ledger_entry_copy (entry));
    }
}

gboolean
strata_run_mark_settled (StrataRun  *run,
                         GError    **error)
{
  for (guint i = 0; i < run->settled->len; i++)
    {
      StrataLedgerEntry *entry = g_ptr_array_index (run->settled, i);

      entry->state = STRATA_LEDGER_DONE;
      g_clear_pointer (&entry->error, g_free);
      if (!strata_ledger_journal_mark (run->ledger, entry, run->cancellable, error))
        return FALSE;
    }

  return TRUE;
}

/* What earlier runs left half done outside of transactions: it is continued, or it is in the way. Inside the lock. */
gboolean
strata_run_check_unfinished (StrataRun  *run,
                             GError    **error)
{
  g_autoptr(GPtrArray) entries = NULL;
  g_autofree guint8 *applied = NULL;

  g_ptr_array_set_size (run->unfinished, 0);
  if (run->request->kind == STRATA_RUN_STAMP)
    return TRUE;

  entries = strata_ledger_read_unfinished (run->ledger, run->cancellable, error);
  if (entries == NULL)
    return FALSE;

  applied = strata_graph_dup_applied (run->request->graph, (const char * const *) run->rows);
  keep_settled (run, entries, applied);
  strata_applied_drop_settled (entries, run->request->graph, applied);

  for (guint i = 0; i < entries->len; i++)
    {
      StrataLedgerEntry *entry = g_ptr_array_index (entries, i);

      if (!check_entry (run, entry, error))
        return FALSE;

      g_ptr_array_add (run->unfinished, strata_ledger_entry_copy (entry));
    }

  return TRUE;
}

static const StrataLedgerEntry *
find_unfinished (StrataRun        *run,
                 const StrataStep *step)
{
  for (guint i = 0; step->revision != NULL && i < run->unfinished->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (run->unfinished, i);

      if (g_str_equal (entry->revision, strata_revision_get_id (step->revision)))
        return entry;
    }

  return NULL;
}

guint
strata_run_count_done (StrataRun        *run,
                       const StrataStep *step)
{
  const StrataLedgerEntry *entry = find_unfinished (run, step);

  return entry != NULL ? entry->done : 0;
}

char *
strata_run_dup_asked (StrataRun        *run,
                      const StrataStep *step)
{
  const StrataLedgerEntry *entry = find_unfinished (run, step);

  return entry != NULL ? g_strdup (entry->asked) : NULL;
}
