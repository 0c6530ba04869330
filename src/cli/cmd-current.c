/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/revision-view.h"
#include "core/base/error.h"

/* Every head applied, by itself or because something applied depends on it: Alembic's own check can't succeed while
 * there is such a dependency. */
static gboolean
is_at_heads (StrataGraph *graph,
             char       **rows)
{
  g_autofree guint8 *applied = strata_graph_dup_applied (graph, (const char * const *) rows);
  g_autoptr(GArray) heads = strata_graph_dup_heads (graph, FALSE);

  for (guint i = 0; i < heads->len; i++)
    if (!applied[g_array_index (heads, guint, i)])
      return FALSE;

  return TRUE;
}

static gboolean
refuse_unknown (StrataGraph  *graph,
                char        **rows,
                GError      **error)
{
  g_autofree char **unknown = strata_graph_dup_unknown_rows (graph, (const char * const *) rows);

  if (unknown[0] == NULL)
    return TRUE;

  strata_graph_set_unknown_row (unknown[0], error);

  return FALSE;
}

int
strata_cmd_current (StrataCli  *cli,
                    GError    **error)
{
  gboolean verbose = FALSE;
  gboolean check_heads = FALSE;
  const GOptionEntry entries[] = {
    { "verbose", 'v', 0, G_OPTION_ARG_NONE, &verbose, "Show everything about each", NULL },
    { "check-heads", 'c', 0, G_OPTION_ARG_NONE, &check_heads, "Fail (3) where the database is not at all heads", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GArray) current = NULL;
  g_auto(GStrv) rows = NULL;
  StrataGraph *graph;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  rows = strata_cli_read_rows (cli, workspace, error);
  if (rows == NULL)
    return 1;

  graph = strata_workspace_get_graph (workspace);
  if (!refuse_unknown (graph, rows, error))
    return 1;

  if (check_heads && !is_at_heads (graph, rows))
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_PENDING, "Database is not on all head revisions");
      return 1;
    }

  if (verbose && !cli->options.json)
    {
      StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);
      g_autofree char *url = strata_url_to_string (strata_database_choice_get_url (choice));

      strata_print (STRATA_STYLE_PLAIN, "Current revision(s) for %s:\n", url);
    }

  current = strata_graph_dup_current (graph, (const char * const *) rows);
  strata_print_revisions (cli, workspace, current, verbose ? STRATA_LINE_VERBOSE : STRATA_LINE_CURRENT,
                          cli->options.json ? current : NULL);

  return 0;
}
