/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/graph/target.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/graph/graph-private.h"
#include "core/graph/resolver.h"
#include "core/graph/target-text.h"

GArray *
strata_graph_resolve (StrataGraph         *graph,
                      const char * const  *rows,
                      const char          *symbol,
                      GError             **error)
{
  const StrataResolver resolver = { .graph = graph, .argument = symbol };
  g_autofree char *branch = NULL;
  g_autofree char *name = NULL;

  if (rows != NULL && strcmp (symbol, "current") == 0)
    return strata_resolver_get_rows (&resolver, rows, error);

  strata_target_text_split (symbol, &branch, &name);

  return strata_resolver_get_all (&resolver, branch, name, error);
}

GArray *
strata_graph_find_rows (StrataGraph        *graph,
                        const char * const *rows)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (; *rows != NULL; rows++)
    {
      guint node = strata_graph_find (graph, *rows);

      if (node != STRATA_NO_NODE)
        g_array_append_val (nodes, node);
    }

  return nodes;
}

char **
strata_graph_dup_unknown_rows (StrataGraph        *graph,
                               const char * const *rows)
{
  GPtrArray *unknown = g_ptr_array_new ();

  for (; *rows != NULL; rows++)
    if (strata_graph_find (graph, *rows) == STRATA_NO_NODE)
      g_ptr_array_add (unknown, (char *) *rows);

  g_ptr_array_add (unknown, NULL);

  return (char **) g_ptr_array_free (unknown, FALSE);
}

guint8 *
strata_graph_dup_applied (StrataGraph        *graph,
                          const char * const *rows)
{
  g_autoptr(GArray) nodes = strata_graph_find_rows (graph, rows);
  guint8 *applied = g_new0 (guint8, graph->n_nodes);

  strata_edges_mark (&graph->downs, nodes, applied);

  return applied;
}

/* What is applied and has no applied child; whether something depends on it does not count. */
GArray *
strata_graph_list_current (StrataGraph  *graph,
                           const GArray *rows)
{
  g_autofree guint8 *applied = g_new0 (guint8, graph->n_nodes);
  GArray *current = g_array_new (FALSE, FALSE, sizeof (guint));

  strata_edges_mark (&graph->downs, rows, applied);

  for (guint node = 0; node < graph->n_nodes; node++)
    {
      guint n;
      const guint *children = strata_edges_get (&graph->children, node, &n);
      gboolean is_last = applied[node];

      for (guint i = 0; i < n && is_last; i++)
        is_last = !applied[children[i]];
      if (is_last)
        g_array_append_val (current, node);
    }

  return current;
}

GArray *
strata_graph_dup_current (StrataGraph        *graph,
                          const char * const *rows)
{
  g_autoptr(GArray) nodes = strata_graph_find_rows (graph, rows);

  return strata_graph_list_current (graph, nodes);
}

void
strata_graph_set_unknown_row (const char  *row,
                              GError     **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
               "Can't locate revision identified by '%s': %s", row,
               _("the database has it, the folder has not. “strata rescue” looks for it in git and in the ledger"));
}
