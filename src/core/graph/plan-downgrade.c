/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/plan.h"

#include "core/base/error.h"
#include "core/graph/graph-private.h"
#include "core/graph/move-target.h"
#include "core/graph/plan-builder.h"
#include "core/graph/sort.h"

/* What stands directly on the target; of several, only what leads to the branch. */
static GArray *
list_roots (StrataGraph  *graph,
            guint         target,
            guint         branch,
            GError      **error)
{
  g_autoptr(GArray) roots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) seed = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *leads = g_new0 (guint8, graph->n_nodes);
  guint n_kept = 0;

  for (guint node = 0; node < graph->n_nodes && target == STRATA_NO_NODE; node++)
    if ((graph->flags[node] & STRATA_NODE_BASE) != 0)
      g_array_append_val (roots, node);

  if (target != STRATA_NO_NODE)
    {
      guint n;
      const guint *children = strata_edges_get (&graph->children, target, &n);

      g_array_append_vals (roots, children, n);
    }

  if (branch == STRATA_NO_NODE || roots->len < 2)
    return g_steal_pointer (&roots);

  g_array_append_val (seed, branch);
  strata_edges_mark (&graph->parents, seed, leads);
  for (guint i = 0; i < roots->len; i++)
    if (leads[g_array_index (roots, guint, i)])
      g_array_index (roots, guint, n_kept++) = g_array_index (roots, guint, i);
  g_array_set_size (roots, n_kept);

  if (n_kept == 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                   "Not a valid downgrade target from current heads: no revision after %s leads to branch '%s'",
                   target != STRATA_NO_NODE ? strata_graph_get_id (graph, target) : "base",
                   strata_graph_get_id (graph, branch));
      return NULL;
    }

  return g_steal_pointer (&roots);
}

StrataPlan *
strata_plan_downgrade (StrataGraph         *graph,
                       const char * const  *rows,
                       const char          *text,
                       GError             **error)
{
  const StrataResolver resolver = { .graph = graph, .argument = text, .planning = TRUE };
  g_autoptr(GArray) current = strata_resolver_get_rows (&resolver, rows, error);
  g_autofree guint8 *wanted = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *applied = g_new0 (guint8, graph->n_nodes);
  g_autoptr(GArray) roots = NULL;
  g_autoptr(GArray) order = NULL;
  g_autoptr(StrataPlanBuilder) builder = NULL;
  guint target, branch;

  if (current == NULL || !strata_resolver_get_downgrade_target (&resolver, current, text, &target, &branch, error))
    return NULL;

  roots = list_roots (graph, target, branch, error);
  if (roots == NULL)
    return NULL;

  strata_edges_mark (&graph->ups, roots, wanted);
  strata_edges_mark (&graph->downs, current, applied);
  for (guint node = 0; node < graph->n_nodes; node++)
    wanted[node] = wanted[node] && applied[node];

  order = strata_graph_sort (graph, wanted, current, NULL);
  if (order->len == 0 && target != STRATA_NO_NODE && !strata_nodes_contain (current, target))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                   "Destination %s is not a valid downgrade target from current head(s)", text);
      return NULL;
    }

  builder = strata_plan_builder_new (graph, rows);
  for (guint i = 0; i < order->len; i++)
    strata_plan_builder_downgrade (builder, g_array_index (order, guint, i));

  return strata_plan_builder_finish (builder);
}
