/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/render-revisions.h"

#include <string.h>

#include "cli/output.h"
#include "cli/render-view.h"
#include "core/base/error.h"

typedef struct
{
  StrataDirection ways[2];
  guint           n;
} Directions;

static gboolean
read_directions (const char  *name,
                 Directions  *directions,
                 GError     **error)
{
  gboolean both = g_strcmp0 (name, "both") == 0;

  directions->n = 0;
  if (both || name == NULL || strcmp (name, "upgrade") == 0)
    directions->ways[directions->n++] = STRATA_UPGRADE;
  if (both || g_strcmp0 (name, "downgrade") == 0)
    directions->ways[directions->n++] = STRATA_DOWNGRADE;
  if (directions->n > 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--direction is one of upgrade, downgrade and both, not “%s”", name);

  return FALSE;
}

/* No names are all of them, in the order of their files: what is wrong with the graph is no matter here. */
static GPtrArray *
choose_revisions (StrataWorkspace     *workspace,
                  const char * const  *names,
                  GError             **error)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);
  g_autoptr(GPtrArray) chosen = g_ptr_array_new ();

  for (guint i = 0; names[0] == NULL && i < strata_graph_get_n_nodes (graph); i++)
    g_ptr_array_add (chosen, strata_graph_get_revision (graph, i));
  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autoptr(GArray) nodes = strata_graph_resolve (graph, NULL, names[i], error);

      if (nodes == NULL)
        return NULL;
      for (guint j = 0; j < nodes->len; j++)
        g_ptr_array_add (chosen, strata_graph_get_revision (graph, g_array_index (nodes, guint, j)));
    }

  return g_steal_pointer (&chosen);
}

int
strata_render_revisions (StrataCli                  *cli,
                         StrataWorkspace            *workspace,
                         const char * const         *names,
                         const StrataRenderChoices  *choices,
                         GError                    **error)
{
  g_autoptr(GPtrArray) revisions = NULL;
  g_autoptr(GPtrArray) renderings = NULL;
  Directions directions;
  StrataDialect dialect;

  if (!read_directions (choices->direction, &directions, error))
    return 1;
  dialect = strata_cli_choose_dialect (workspace, choices->dialect, error);
  if (dialect == STRATA_DIALECT_UNKNOWN)
    return 1;
  if (strata_workspace_get_naming_doubt (workspace) != NULL)
    strata_warn ("Constraints without a name are written so, but the project may have a naming convention: %s",
                 strata_workspace_get_naming_doubt (workspace));
  revisions = choose_revisions (workspace, names, error);
  if (revisions != NULL)
    renderings = strata_workspace_render (workspace, revisions, directions.ways, directions.n, dialect, error);

  return renderings != NULL ? strata_show_renderings (renderings, dialect, cli->options.json, choices->output, error) : 1;
}
