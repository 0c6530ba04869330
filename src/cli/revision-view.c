/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/revision-view.h"

#include "cli/output.h"

static void
json_ids (JsonBuilder *builder,
          const char  *name,
          StrataGraph *graph,
          const guint *nodes,
          guint        n)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    json_builder_add_string_value (builder, strata_revision_get_id (strata_graph_get_revision (graph, nodes[i])));
  json_builder_end_array (builder);
}

void
strata_json_revision (JsonBuilder  *builder,
                      StrataGraph  *graph,
                      guint         node,
                      const GArray *current)
{
  StrataRevision *revision = strata_graph_get_revision (graph, node);
  StrataNodeFlags flags = strata_graph_get_flags (graph, node);
  g_auto(GStrv) labels = strata_graph_dup_labels (graph, node);
  const guint *children;
  guint n_children;

  children = strata_graph_get_children (graph, node, &n_children);

  json_builder_begin_object (builder);
  strata_json_string (builder, "revision", strata_revision_get_id (revision));
  strata_json_strings (builder, "down_revision", strata_revision_get_down_revisions (revision));
  strata_json_strings (builder, "depends_on", strata_revision_get_depends_on (revision));
  strata_json_strings (builder, "branch_labels", strata_revision_get_branch_labels (revision));
  strata_json_strings (builder, "branches", (const char * const *) labels);
  json_ids (builder, "next", graph, children, n_children);
  strata_json_string (builder, "message", strata_revision_get_message (revision));
  strata_json_string (builder, "created", strata_revision_get_created (revision));
  strata_json_string (builder, "path", strata_revision_get_path (revision));
  strata_json_bool (builder, "head", (flags & STRATA_NODE_HEAD) != 0);
  strata_json_bool (builder, "effective_head", (flags & STRATA_NODE_EFFECTIVE_HEAD) != 0);
  json_builder_set_member_name (builder, "current");
  if (current != NULL)
    json_builder_add_boolean_value (builder, strata_nodes_contain (current, node));
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);
}

static void
print_json (StrataGraph  *graph,
            const GArray *nodes,
            const GArray *current)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "revisions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < nodes->len; i++)
    strata_json_revision (builder, graph, g_array_index (nodes, guint, i), current);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

void
strata_print_revisions (StrataCli        *cli,
                        StrataWorkspace  *workspace,
                        const GArray     *nodes,
                        StrataLineStyle   style,
                        const GArray     *current)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);

  if (cli->options.json)
    {
      print_json (graph, nodes, current);
      return;
    }

  for (guint i = 0; i < nodes->len; i++)
    {
      g_autofree char *text = strata_graph_format_revision (graph, g_array_index (nodes, guint, i), style, current);

      strata_print (STRATA_STYLE_PLAIN, "%s\n", text);
    }
}
