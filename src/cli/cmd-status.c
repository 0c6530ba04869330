/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/status-view.h"

int
strata_cmd_status (StrataCli  *cli,
                   GError    **error)
{
  gboolean offline = FALSE;
  const GOptionEntry entries[] = {
    { "offline", 0, 0, G_OPTION_ARG_NONE, &offline, "Look at the files only; connect to nothing", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataStatus) status = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  status = strata_cli_read_status (cli, workspace, offline, 0, error);
  if (status == NULL)
    return 1;

  if (cli->options.json)
    strata_json_status (workspace, status, NULL);
  else
    strata_print_status (workspace, status);

  /* Looking at what is wrong is not a failure; not being able to look is. */
  return status->error != NULL ? strata_workspace_error_exit_status (status->error) : 0;
}

int
strata_cmd_verify (StrataCli  *cli,
                   GError    **error)
{
  g_auto(GStrv) arguments = strata_cli_parse (cli, NULL, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  return strata_verify (cli, workspace, 0, error);
}

int
strata_cmd_database (StrataCli  *cli,
                     GError    **error)
{
  g_auto(GStrv) arguments = strata_cli_parse (cli, NULL, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  StrataDatabaseChoice *choice;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  choice = strata_workspace_get_choice (workspace, error);
  if (choice == NULL)
    return 1;

  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      strata_json_database (builder, workspace, choice);
      json_builder_end_object (builder);
      strata_print_json (builder);
    }
  else
    strata_print_database (workspace);

  /* One answer, and nothing that contradicts it. */
  return strata_database_choice_require (choice, TRUE, cli->options.json ? NULL : error) != NULL ? 0 : 11;
}
