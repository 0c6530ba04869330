/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/revision-view.h"

#include <string.h>

/* A range with "current" in it needs the database even without -i. */
static gboolean
mentions_current (const char *range)
{
  return range != NULL && strstr (range, "current") != NULL;
}

int
strata_cmd_history (StrataCli  *cli,
                    GError    **error)
{
  g_autofree char *range = NULL;
  gboolean verbose = FALSE;
  gboolean indicate = FALSE;
  const GOptionEntry entries[] = {
    { "rev-range", 'r', 0, G_OPTION_ARG_STRING, &range, "Only these: START:END, either may be left out", "RANGE" },
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Show everything about each", NULL },
    { "indicate-current", 'i', 0, G_OPTION_ARG_NONE, &indicate, "Mark what the database has", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GArray) nodes = NULL;
  g_autoptr(GArray) current = NULL;
  g_auto(GStrv) rows = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  if (indicate || mentions_current (range))
    {
      rows = strata_cli_read_rows (cli, workspace, error);
      if (rows == NULL)
        return 1;
      current = strata_graph_find_rows (strata_workspace_get_graph (workspace), (const char * const *) rows);
    }

  nodes = strata_graph_resolve_range (strata_workspace_get_graph (workspace), (const char * const *) rows, range, error);
  if (nodes == NULL)
    return 1;

  strata_print_revisions (cli, workspace, nodes, verbose ? STRATA_LINE_VERBOSE : STRATA_LINE_HISTORY, current);

  return 0;
}
