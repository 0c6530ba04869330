/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/replay.h"

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

/* A run loads all of its scripts before it begins. */
static StrataStepScript *
load_checked (const StrataStep  *step,
              StrataDialect      dialect,
              gboolean           is_offline,
              gpointer           data,
              GError           **error)
{
  const StrataStepSource *source = data;
  g_autoptr(StrataStepScript) script = source->load (step, dialect, is_offline, source->data, error);

  return script != NULL && check_script (script, dialect, error) ? g_steal_pointer (&script) : NULL;
}

static gboolean
run (StrataWorkspace  *self,
     StrataScratch    *scratch,
     StrataRunKind     kind,
     const char       *target,
     GCancellable     *cancellable,
     GError          **error)
{
  StrataConnection *connection = strata_scratch_get_connection (scratch);
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataRunRequest request;
  StrataStepSource source;
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
  source = (StrataStepSource) { load_checked, (gpointer) request.source };
  request.source = &source;

  report = strata_engine_run (connection, &request, NULL, NULL, cancellable, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_prefixed_error (error, g_steal_pointer (&local), "Replayed in a scratch database: ");

  return FALSE;
}

gboolean
strata_workspace_replay (StrataWorkspace     *self,
                         StrataScratch       *scratch,
                         const char * const  *targets,
                         GCancellable        *cancellable,
                         GError             **error)
{
  for (guint i = 0; targets[i] != NULL; i++)
    if (!run (self, scratch, STRATA_RUN_UPGRADE, targets[i], cancellable, error))
      return FALSE;

  return TRUE;
}

gboolean
strata_workspace_replay_back (StrataWorkspace  *self,
                              StrataScratch    *scratch,
                              const char       *target,
                              GCancellable     *cancellable,
                              GError          **error)
{
  return run (self, scratch, STRATA_RUN_DOWNGRADE, target, cancellable, error);
}
