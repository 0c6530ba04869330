/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/consent.h"

#include <stdio.h>

#include "cli/ask.h"
#include "cli/output.h"
#include "core/base/error.h"
#include "core/workspace/hand-over.h"

static void
show_steps (StrataPlan *plan,
            GPtrArray  *python)
{
  fprintf (stderr, "This run needs Python:\n");
  for (guint i = 0; i < python->len; i++)
    {
      const char *reason = g_ptr_array_index (python, i);
      g_autofree char *line = reason != NULL ? strata_step_to_string (strata_plan_get_step (plan, i)) : NULL;

      if (reason != NULL)
        fprintf (stderr, "  %s\n    %s\n", line, reason);
    }
}

static gboolean
ask (StrataWorkspace      *workspace,
     StrataProjectCommand *command,
     GError              **error)
{
  g_autofree char *line = strata_project_command_to_string (command);
  g_autofree char *folder = g_filename_display_name (strata_project_command_get_folder (command));
  g_autofree char *question = NULL;
  g_autoptr(GPtrArray) commands = g_ptr_array_new ();

  question = g_strdup_printf ("The project's own Alembic can run it, “%s” in %s (%s). That runs code of the project. Do"
                              " you agree, for this project, from now on?", line, folder,
                              strata_project_command_get_reason (command));
  if (!strata_ask_yes (question, FALSE))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT, "Nothing was run");
      return FALSE;
    }

  g_ptr_array_add (commands, command);

  return strata_trust_give (strata_project_get_root (strata_workspace_get_project (workspace)), commands, error);
}

gboolean
strata_confirm_hand_over (StrataCli               *cli,
                          StrataWorkspace         *workspace,
                          StrataConnection        *connection,
                          const StrataRunOptions  *options,
                          GError                 **error)
{
  StrataRunRequest request = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection),
                                                           options);
  gboolean moves = options->kind == STRATA_RUN_UPGRADE || options->kind == STRATA_RUN_DOWNGRADE;
  g_autoptr(StrataPlan) plan = NULL;
  g_autoptr(GPtrArray) scripts = NULL;
  g_autoptr(GPtrArray) python = NULL;
  g_autoptr(GError) refusal = NULL;

  if (!moves || request.hand_over == NULL || !strata_ask_is_possible ())
    return TRUE;

  plan = strata_engine_plan (connection, &request, cli->cancellable, NULL);
  if (plan == NULL || strata_engine_check (connection, &request, plan, &scripts, &python, cli->cancellable, &refusal)
      || !g_error_matches (refusal, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT))
    return TRUE;

  show_steps (plan, python);

  return ask (workspace, request.hand_over->command, error);
}

gboolean
strata_confirm_protected (StrataWorkspace  *workspace,
                          const char       *yes_i_mean,
                          GError          **error)
{
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;
  const char *name;

  if (!strata_workspace_is_protected (workspace))
    return TRUE;

  name = strata_profile_get_fields (strata_workspace_get_profile (workspace))->name;
  if (yes_i_mean == NULL && strata_ask_is_possible ())
    {
      question = g_strdup_printf ("“%s” is protected. Type its name to continue:", name);
      answer = strata_ask_line (question);
    }

  if (g_strcmp0 (yes_i_mean != NULL ? yes_i_mean : answer, name) == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
               "The profile “%s” is protected: nothing was changed. --yes-i-mean %s says that you mean it", name, name);

  return FALSE;
}
