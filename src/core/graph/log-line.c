/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/log-line.h"

#include <string.h>

#include "core/graph/graph-private.h"

#define STRATA_NODE_ANY_HEAD (STRATA_NODE_HEAD | STRATA_NODE_EFFECTIVE_HEAD)

static void
append_if (GString    *text,
           gboolean    condition,
           const char *mark)
{
  if (condition)
    g_string_append (text, mark);
}

static void
append_list (GString            *text,
             const char         *before,
             const char * const *list,
             const char         *after)
{
  g_string_append (text, before);
  for (guint i = 0; list[i] != NULL; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", list[i]);
  g_string_append (text, after);
}

static void
append_down_revisions (GString        *text,
                       StrataRevision *revision)
{
  const char * const *downs = strata_revision_get_down_revisions (revision);

  if (*downs != NULL)
    append_list (text, "", downs, "");
  else
    g_string_append (text, "<base>");
}

static void
append_labels (GString     *text,
               StrataGraph *graph,
               guint        node,
               const char  *before,
               const char  *after)
{
  g_auto(GStrv) labels = strata_graph_dup_labels (graph, node);

  if (*labels != NULL)
    append_list (text, before, (const char * const *) labels, after);
}

static void
append_head_marks (GString         *text,
                   StrataNodeFlags  flags,
                   gboolean         is_current)
{
  append_if (text, (flags & STRATA_NODE_HEAD) != 0, " (head)");
  append_if (text, (flags & STRATA_NODE_EFFECTIVE_HEAD) != 0, " (effective head)");
  append_if (text, is_current, " (current)");
}

static void
append_tree_marks (GString         *text,
                   StrataNodeFlags  flags)
{
  append_if (text, (flags & STRATA_NODE_BRANCHPOINT) != 0, " (branchpoint)");
  append_if (text, (flags & STRATA_NODE_MERGEPOINT) != 0, " (mergepoint)");
}

/* The end of a line as Python's str.splitlines() sees it, or the end of the text. */
static const char *
find_line_end (const char  *text,
               const char **next)
{
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if ((c >= '\n' && c <= '\r') || (c >= 0x1c && c <= 0x1e) || c == 0x85 || c == 0x2028 || c == 0x2029)
        {
          *next = c == '\r' && text[1] == '\n' ? text + 2 : g_utf8_next_char (text);
          return text;
        }
    }

  *next = text;

  return text;
}

static void
append_indented (GString    *text,
                 const char *doc)
{
  const char *next;

  for (const char *line = doc; *line != '\0'; line = next)
    {
      const char *end = find_line_end (line, &next);

      append_if (text, line > doc, "\n");
      g_string_append (text, "    ");
      g_string_append_len (text, line, end - line);
    }
}

static void
append_children (GString     *text,
                 StrataGraph *graph,
                 guint        node)
{
  guint n;
  const guint *children = strata_edges_get (&graph->children, node, &n);

  g_string_append (text, "Branches into: ");
  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? ", " : "", strata_graph_get_id (graph, children[i]));
  g_string_append_c (text, '\n');
}

static void
append_verbose (GString     *text,
                StrataGraph *graph,
                guint        node,
                gboolean     is_current)
{
  StrataRevision *revision = g_ptr_array_index (graph->revisions, node);
  StrataNodeFlags flags = graph->flags[node];
  const char * const *depends_on = strata_revision_get_depends_on (revision);

  g_string_append_printf (text, "Rev: %s", strata_revision_get_id (revision));
  append_if (text, (flags & STRATA_NODE_ANY_HEAD) != 0, " (head)");
  append_tree_marks (text, flags);
  append_if (text, is_current, " (current)");

  g_string_append (text, (flags & STRATA_NODE_MERGEPOINT) != 0 ? "\nMerges: " : "\nParent: ");
  append_down_revisions (text, revision);
  g_string_append_c (text, '\n');

  if (*depends_on != NULL)
    append_list (text, "Also depends on: ", depends_on, "\n");
  if ((flags & STRATA_NODE_BRANCHPOINT) != 0)
    append_children (text, graph, node);
  append_labels (text, graph, node, "Branch names: ", "\n");

  g_string_append_printf (text, "Path: %s\n\n", strata_revision_get_path (revision));
  append_indented (text, strata_revision_get_doc (revision));
  g_string_append_c (text, '\n');
}

static void
append_history (GString     *text,
                StrataGraph *graph,
                guint        node,
                gboolean     is_current)
{
  StrataRevision *revision = g_ptr_array_index (graph->revisions, node);
  const char * const *depends_on = strata_revision_get_depends_on (revision);

  append_down_revisions (text, revision);
  if (*depends_on != NULL)
    append_list (text, " (", depends_on, ")");
  g_string_append_printf (text, " -> %s", strata_revision_get_id (revision));
  append_labels (text, graph, node, " (", ")");
  append_head_marks (text, graph->flags[node], is_current);
  append_tree_marks (text, graph->flags[node]);
  g_string_append_printf (text, ", %s", strata_revision_get_message (revision));
}

char *
strata_graph_format_revision (StrataGraph     *graph,
                              guint            node,
                              StrataLineStyle  style,
                              const GArray    *current)
{
  GString *text = g_string_new (NULL);
  gboolean is_current = strata_nodes_contain (current, node);

  switch (style)
    {
    case STRATA_LINE_HISTORY:
      append_history (text, graph, node, is_current);
      break;

    case STRATA_LINE_HEADS:
      g_string_append (text, strata_graph_get_id (graph, node));
      append_labels (text, graph, node, " (", ")");
      append_head_marks (text, graph->flags[node], is_current);
      break;

    case STRATA_LINE_CURRENT:
      g_string_append (text, strata_graph_get_id (graph, node));
      append_head_marks (text, graph->flags[node], is_current);
      append_tree_marks (text, graph->flags[node]);
      break;

    case STRATA_LINE_VERBOSE:
    default:
      append_verbose (text, graph, node, is_current);
      break;
    }

  return g_string_free (text, FALSE);
}

static void
append_branch_line (GString     *text,
                    StrataGraph *graph,
                    guint        node,
                    gboolean     with_message)
{
  g_string_append (text, strata_graph_get_id (graph, node));
  append_labels (text, graph, node, " (", ")");
  append_head_marks (text, graph->flags[node], FALSE);
  append_tree_marks (text, graph->flags[node]);
  if (with_message)
    g_string_append_printf (text, ", %s",
                            strata_revision_get_message (g_ptr_array_index (graph->revisions, node)));
}

char *
strata_graph_format_branch (StrataGraph *graph,
                            guint        node,
                            gboolean     verbose)
{
  GString *text = g_string_new (NULL);
  guint n;
  const guint *children = strata_edges_get (&graph->children, node, &n);
  int indent = g_utf8_strlen (strata_graph_get_id (graph, node), -1);

  if (verbose)
    append_verbose (text, graph, node, FALSE);
  else
    append_branch_line (text, graph, node, FALSE);
  g_string_append_c (text, '\n');

  for (guint i = 0; i < n; i++)
    {
      g_string_append_printf (text, "%*s -> ", indent, "");
      append_branch_line (text, graph, children[i], verbose);
      g_string_append_c (text, '\n');
    }

  return g_string_free (text, FALSE);
}
