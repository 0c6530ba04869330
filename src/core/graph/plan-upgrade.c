/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/plan.h"

#include "core/graph/graph-private.h"
#include "core/graph/move-target.h"
#include "core/graph/plan-builder.h"
#include "core/graph/sort.h"

StrataPlan *
strata_plan_upgrade (StrataGraph         *graph,
                     const char * const  *rows,
                     const char          *target,
                     GError             **error)
{
  const StrataResolver resolver = { .graph = graph, .argument = target, .planning = TRUE };
  g_autoptr(GArray) current = strata_resolver_get_rows (&resolver, rows, error);
  g_autoptr(GArray) targets = NULL;
  g_autoptr(GArray) order = NULL;
  g_autofree guint8 *wanted = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *applied = g_new0 (guint8, graph->n_nodes);
  g_autoptr(StrataPlanBuilder) builder = NULL;

  if (current == NULL)
    return NULL;

  targets = strata_resolver_get_upgrade_targets (&resolver, current, target, FALSE, error);
  if (targets == NULL
      || !strata_graph_check_overlap (graph, targets, error)
      || !strata_graph_check_overlap (graph, current, error))
    return NULL;

  strata_edges_mark (&graph->downs, targets, wanted);
  strata_edges_mark (&graph->downs, current, applied);
  for (guint node = 0; node < graph->n_nodes; node++)
    wanted[node] = wanted[node] && !applied[node];

  order = strata_graph_sort (graph, wanted, targets, NULL);
  builder = strata_plan_builder_new (graph, rows);
  for (guint i = order->len; i-- > 0;)
    strata_plan_builder_upgrade (builder, g_array_index (order, guint, i));

  return strata_plan_builder_finish (builder);
}
