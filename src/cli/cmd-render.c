/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/render-view.h"
#include "core/base/error.h"

typedef struct
{
  gboolean  upgrade;
  gboolean  downgrade;
} Directions;

static gboolean
read_directions (const char  *name,
                 Directions  *directions,
                 GError     **error)
{
  directions->upgrade = name == NULL || strcmp (name, "upgrade") == 0 || strcmp (name, "both") == 0;
  directions->downgrade = name != NULL && (strcmp (name, "downgrade") == 0 || strcmp (name, "both") == 0);
  if (directions->upgrade || directions->downgrade)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--direction is one of upgrade, downgrade and both, not “%s”", name);

  return FALSE;
}

static gboolean
render (GPtrArray        *renderings,
        StrataWorkspace  *workspace,
        StrataRevision   *revision,
        Directions        directions,
        StrataDialect     dialect,
        GError          **error)
{
  for (StrataDirection way = STRATA_UPGRADE; way <= STRATA_DOWNGRADE; way++)
    {
      StrataRendering *one;

      if (!(way == STRATA_UPGRADE ? directions.upgrade : directions.downgrade))
        continue;
      one = strata_workspace_render (workspace, revision, way, dialect, error);
      if (one == NULL)
        return FALSE;
      g_ptr_array_add (renderings, one);
    }

  return TRUE;
}

/* All of them in the order of their files: what is wrong with the graph is no matter here. */
static GPtrArray *
choose_revisions (StrataWorkspace  *workspace,
                  const char       *name,
                  GError          **error)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);
  g_autoptr(GPtrArray) chosen = g_ptr_array_new ();
  g_autoptr(GArray) nodes = NULL;

  if (name == NULL)
    for (guint i = 0; i < strata_graph_get_n_nodes (graph); i++)
      g_ptr_array_add (chosen, strata_graph_get_revision (graph, i));
  else if ((nodes = strata_graph_resolve (graph, NULL, name, error)) == NULL)
    return NULL;
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    g_ptr_array_add (chosen, strata_graph_get_revision (graph, g_array_index (nodes, guint, i)));

  return g_steal_pointer (&chosen);
}

static GPtrArray *
render_all (StrataWorkspace     *workspace,
            const char * const  *names,
            Directions           directions,
            StrataDialect        dialect,
            GError             **error)
{
  g_autoptr(GPtrArray) renderings = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendering_free);

  for (guint i = 0; i == 0 || names[i] != NULL; i++)
    {
      g_autoptr(GPtrArray) revisions = choose_revisions (workspace, names[i], error);

      if (revisions == NULL)
        return NULL;
      for (guint j = 0; j < revisions->len; j++)
        if (!render (renderings, workspace, g_ptr_array_index (revisions, j), directions, dialect, error))
          return NULL;
      if (names[i] == NULL)
        break;
    }

  return g_steal_pointer (&renderings);
}

int
strata_cmd_render (StrataCli  *cli,
                   GError    **error)
{
  g_autofree char *dialect_name = NULL;
  g_autofree char *direction = NULL;
  g_autofree char *output = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, "Every revision of the project", NULL },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &dialect_name, "Server to write for", "NAME" },
    { "direction", 0, 0, G_OPTION_ARG_STRING, &direction, "upgrade (unless told), downgrade or both", "WAY" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Write a file for each revision and direction", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, -1, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GPtrArray) renderings = NULL;
  Directions directions;
  StrataDialect dialect;

  if (arguments == NULL || !read_directions (direction, &directions, error))
    return 1;
  if (all != (arguments[0] == NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Name revisions, or say --all: one of the two");
      return 1;
    }
  if ((workspace = strata_cli_open (cli, error)) == NULL)
    return 1;
  dialect = strata_cli_choose_dialect (workspace, dialect_name, error);
  if (dialect == STRATA_DIALECT_UNKNOWN)
    return 1;
  if (strata_workspace_get_naming_doubt (workspace) != NULL)
    strata_warn ("Constraints without a name are written so, but the project may have a naming convention: %s",
                 strata_workspace_get_naming_doubt (workspace));
  renderings = render_all (workspace, (const char * const *) arguments, directions, dialect, error);

  return renderings != NULL ? strata_show_renderings (renderings, dialect, cli->options.json, output, error) : 1;
}
