/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/replay.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/workspace/run.h"

static gboolean
check_script (StrataStepScript  *script,
              StrataDialect      dialect,
              GError           **error)
{
  for (guint i = 0; i < strata_step_script_get_n_sections (script); i++)
    {
      const GArray *statements = strata_step_script_get_section (script, i)->statements;

      for (guint j = 0; j < statements->len; j++)
        {
          const StrataStatement *statement = &g_array_index (statements, StrataStatement, j);
          g_autofree char *forbidden = strata_scratch_find_forbidden (dialect, strata_step_script_get_path (script),
                                                                      statement->text, statement->length, statement->line);

          if (forbidden == NULL)
            continue;
          g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, forbidden);
          return FALSE;
        }
    }

  return TRUE;
}

/* What a run would load is looked at before it begins; a script that works with the database makes its statements only then,
 * and the connection refuses those. */
static gboolean
check_scripts (StrataConnection        *connection,
               const StrataRunRequest  *request,
               GCancellable            *cancellable,
               GError                 **error)
{
  g_autoptr(StrataPlan) plan = strata_engine_plan (connection, request, cancellable, error);
  g_autoptr(GPtrArray) scripts = NULL;
  g_autoptr(GPtrArray) python = NULL;

  if (plan == NULL || !strata_engine_check (connection, request, plan, &scripts, &python, cancellable, error))
    return FALSE;

  for (guint i = 0; i < scripts->len; i++)
    {
      StrataStepScript *script = g_ptr_array_index (scripts, i);

      if (script != NULL && !check_script (script, strata_connection_get_dialect (connection), error))
        return FALSE;
    }

  return TRUE;
}

static void
note_statement (const StrataRunEvent *event,
                gpointer              user_data)
{
  if (event->kind == STRATA_EVENT_STATEMENT_DONE && event->sql != NULL)
    g_ptr_array_add (user_data, g_strndup (event->sql, event->sql_length));
}

/* A table that is not there is mostly one that was there before the first revision. */
static void
explain_missing (const StrataRunFailure *failure,
                 GError                 *error)
{
  g_autofree char *words = NULL;

  if (g_strcmp0 (failure->code, "42P01") != 0 && (failure->message == NULL || !g_str_has_prefix (failure->message, "no such table")))
    return;

  words = g_steal_pointer (&error->message);
  error->message = g_strconcat (words, "\n", _("Revisions are replayed into an empty database: what was there before the first one,"
                                              " and none of them makes, is missing in it"), NULL);
}

static gboolean
run (StrataWorkspace  *self,
     StrataScratch    *scratch,
     StrataRunKind     kind,
     const char * const *targets,
     GPtrArray        *statements,
     GCancellable     *cancellable,
     GError          **error)
{
  StrataConnection *connection = strata_scratch_get_connection (scratch);
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataRunRequest request;
  g_autoptr(StrataRunReport) report = NULL;
  g_autoptr(GError) local = NULL;

  options.kind = kind;
  options.targets = targets;
  options.no_backup = TRUE;
  options.first_run_accepted = TRUE;
  request = strata_workspace_run_request (self, strata_connection_get_dialect (connection), &options);

  /* Nothing of it is seen outside: the tables of its own are those that every picture leaves out. */
  request.version_table.schema = NULL;
  request.ledger = STRATA_LEDGER_IN_DATABASE;
  request.hand_over = NULL;
  request.lock_timeout_ms = -1;
  request.statement_timeout_ms = -1;

  if (check_scripts (connection, &request, cancellable, &local))
    report = strata_engine_run (connection, &request, statements != NULL ? note_statement : NULL, statements, cancellable, &local);
  if (local == NULL)
    return TRUE;

  if (report != NULL && report->failure != NULL && report->failure->file != NULL && report->failure->line > 0
      && g_error_matches (local, STRATA_ERROR, STRATA_ERROR_REFUSED))
    g_prefix_error (&local, "%s:%u:%u: ", report->failure->file, report->failure->line, report->failure->column);
  if (report != NULL && report->failure != NULL && (report->start == NULL || report->start[0] == NULL))
    explain_missing (report->failure, local);
  g_propagate_prefixed_error (error, g_steal_pointer (&local), _("Replayed in a scratch database: "));

  return FALSE;
}

gboolean
strata_workspace_replay (StrataWorkspace     *self,
                         StrataScratch       *scratch,
                         const char * const  *targets,
                         GPtrArray           *statements,
                         GCancellable        *cancellable,
                         GError             **error)
{
  for (guint i = 0; targets[i] != NULL; i++)
    {
      const char *target[] = { targets[i], NULL };

      if (!run (self, scratch, STRATA_RUN_UPGRADE, target, statements, cancellable, error))
        return FALSE;
    }

  return TRUE;
}

gboolean
strata_workspace_replay_back (StrataWorkspace  *self,
                              StrataScratch    *scratch,
                              const char       *target,
                              GCancellable     *cancellable,
                              GError          **error)
{
  const char *targets[] = { target, NULL };

  return run (self, scratch, STRATA_RUN_DOWNGRADE, targets, NULL, cancellable, error);
}

gboolean
strata_workspace_replay_stamp (StrataWorkspace     *self,
                               StrataScratch       *scratch,
                               const char * const  *targets,
                               GCancellable        *cancellable,
                               GError             **error)
{
  return run (self, scratch, STRATA_RUN_STAMP, targets, NULL, cancellable, error);
}
