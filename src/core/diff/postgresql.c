/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps of PostgreSQL. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/diff/step-order.h"

static void
take_steps (StrataDiff *self,
            StrataRouteNode *node)
{
  for (guint i = 0; i < node->statements->len; i++)
    {
      char *sql = g_steal_pointer (&g_ptr_array_index (node->statements, i));

      strata_diff_take_step (self, node->difference, sql)->is_outside = node->is_outside;
    }
}

static gboolean
plan (StrataDiff  *self,
      gboolean    *wanted,
      GError     **error)
{
  g_autoptr(StrataRoute) plan = strata_route_new (self, wanted);
  g_autofree guint *ranks = NULL;
  g_autoptr(GArray) order = NULL;

  strata_route_complete (plan);
  strata_route_decide (plan);
  strata_route_make_nodes (plan);
  if (plan->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&plan->error));
      return FALSE;
    }

  strata_route_connect (plan);
  ranks = g_new0 (guint, plan->nodes->len + 1);
  for (guint i = 0; i < plan->nodes->len; i++)
    ranks[i] = ((const StrataRouteNode *) g_ptr_array_index (plan->nodes, i))->rank;
  order = strata_step_order (ranks, plan->nodes->len, plan->edges);
  for (guint i = 0; i < order->len; i++)
    take_steps (self, g_ptr_array_index (plan->nodes, g_array_index (order, guint, i)));

  return TRUE;
}

const StrataDiffDialect strata_diff_postgresql = {
  .plan = plan,
};
