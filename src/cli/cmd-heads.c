/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/revision-view.h"

int
strata_cmd_heads (StrataCli  *cli,
                  GError    **error)
{
  gboolean verbose = FALSE;
  gboolean resolve = FALSE;
  const GOptionEntry entries[] = {
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Show everything about each", NULL },
    { "resolve-dependencies", 0, 0, G_OPTION_ARG_NONE, &resolve, "Leave out what another revision depends on", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GArray) heads = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  heads = strata_graph_dup_heads (strata_workspace_get_graph (workspace), resolve);
  strata_print_revisions (cli, workspace, heads, verbose ? STRATA_LINE_VERBOSE : STRATA_LINE_HEADS, NULL);

  return 0;
}
