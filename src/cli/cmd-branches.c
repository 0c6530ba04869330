/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/revision-view.h"

int
strata_cmd_branches (StrataCli  *cli,
                     GError    **error)
{
  gboolean verbose = FALSE;
  const GOptionEntry entries[] = {
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Show everything about each", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GArray) nodes = NULL;
  g_autoptr(GArray) branches = g_array_new (FALSE, FALSE, sizeof (guint));
  StrataGraph *graph;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  graph = strata_workspace_get_graph (workspace);
  nodes = strata_graph_resolve_range (graph, NULL, NULL, error);
  if (nodes == NULL)
    return 1;

  for (guint i = 0; i < nodes->len; i++)
    if (strata_graph_get_flags (graph, g_array_index (nodes, guint, i)) & STRATA_NODE_BRANCHPOINT)
      g_array_append_val (branches, g_array_index (nodes, guint, i));

  if (cli->options.json)
    strata_print_revisions (cli, workspace, branches, STRATA_LINE_HEADS, NULL);

  for (guint i = 0; i < branches->len && !cli->options.json; i++)
    {
      g_autofree char *text = strata_graph_format_branch (graph, g_array_index (branches, guint, i), verbose);

      strata_print (STRATA_STYLE_PLAIN, "%s", text);
    }

  return 0;
}
