/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/sides.h"

#include <stdio.h>

#include "cli/ask.h"
#include "core/base/error.h"
#include "core/workspace/ddl-text.h"
#include "core/workspace/hand-over.h"
#include "core/workspace/scratch.h"

/* Of the project's programs: they speak beside the results. */
static void
print_line (const char *line,
            gpointer    data)
{
  fprintf (stderr, "%s\n", line);
}

/* What makes the declared schema; NULL without an error where no program does. */
static StrataProjectCommand *
dup_program (StrataWorkspace  *workspace,
             GError          **error)
{
  StrataProject *project = strata_workspace_get_project (workspace);
  const StrataSettings *settings = strata_project_get_settings (project);
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  const StrataHandOver *alembic;

  if (settings->schema != NULL)
    return NULL;
  if (settings->schema_command != NULL)
    return strata_workspace_dup_schema_command (workspace, error);

  alembic = strata_workspace_get_hand_over (workspace, &options);

  return alembic != NULL && alembic->command != NULL ? strata_project_command_ref (alembic->command) : NULL;
}

static gboolean
ask_for_program (StrataWorkspace  *workspace,
                 GError          **error)
{
  const char *root = strata_project_get_root (strata_workspace_get_project (workspace));
  g_autoptr(GError) local = NULL;
  g_autoptr(StrataProjectCommand) command = dup_program (workspace, &local);
  g_autoptr(GPtrArray) commands = g_ptr_array_new ();
  g_autofree char *line = NULL;
  g_autofree char *question = NULL;
  gboolean trusted = FALSE;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  if (command == NULL)
    return TRUE;
  if (!strata_trust_has (root, command, &trusted, error))
    return FALSE;
  if (trusted)
    return TRUE;

  line = strata_project_command_to_string (command);
  question = g_strdup_printf ("The project's schema is told by “%s” (%s). That runs code of the project. Do you agree, for"
                              " this project, from now on?", line, strata_project_command_get_reason (command));
  if (!strata_ask_yes (question, FALSE))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT, "Nothing was run");
      return FALSE;
    }
  g_ptr_array_add (commands, command);

  return strata_trust_give (root, commands, error);
}

/* Refusals come where the scratch database is wanted: perhaps none is. */
static gboolean
ask_for_scratch (StrataWorkspace   *workspace,
                 StrataDialect      dialect,
                 gboolean          *agreed)
{
  g_autoptr(GError) local = NULL;

  if (strata_workspace_may_scratch (workspace, dialect, FALSE, &local)
      || !g_error_matches (local, STRATA_ERROR, STRATA_ERROR_NEEDS_SCRATCH))
    return TRUE;

  *agreed = strata_ask_yes ("The profile wants to be asked: may a scratch database be made on its server, and dropped"
                            " afterwards?", FALSE);

  return *agreed;
}

gboolean
strata_cli_prepare_sides (StrataCli                *cli,
                          StrataWorkspace          *workspace,
                          const StrataSide * const *sides,
                          const StrataSideFlags    *flags,
                          StrataSideOptions        *options,
                          GError                  **error)
{
  gboolean may_ask = strata_ask_is_possible ();
  gboolean has_declared = FALSE;
  const StrataSide *leading = sides[0];

  if (flags->privileges)
    strata_workspace_cover_privileges (workspace);
  for (guint i = 0; sides[i] != NULL; i++)
    {
      has_declared |= sides[i]->kind == STRATA_SIDE_DECLARED;
      if (sides[i]->kind == STRATA_SIDE_DATABASE)
        leading = sides[i];
    }

  *options = (StrataSideOptions) {
    .command = cli->command->name,
    .ask_password = may_ask,
    .trusted = flags->trust,
    .scratch_agreed = flags->scratch,
    .line = print_line,
    .dialect = STRATA_DIALECT_UNKNOWN,
  };
  if (!may_ask)
    return TRUE;
  if (has_declared && !flags->trust && !ask_for_program (workspace, error))
    return FALSE;
  if (flags->scratch)
    return TRUE;

  ask_for_scratch (workspace, strata_workspace_get_side_dialect (workspace, leading, NULL), &options->scratch_agreed);

  return TRUE;
}
