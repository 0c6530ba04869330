/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/edges.h"

void
strata_edges_init (StrataEdges *self)
{
  guint zero = 0;

  /* Never without memory: an empty list of edges has an address too. */
  self->first = g_array_sized_new (FALSE, FALSE, sizeof (guint), 1);
  self->nodes = g_array_sized_new (FALSE, FALSE, sizeof (guint), 1);
  g_array_append_val (self->first, zero);
}

void
strata_edges_clear (StrataEdges *self)
{
  g_clear_pointer (&self->first, g_array_unref);
  g_clear_pointer (&self->nodes, g_array_unref);
}

void
strata_edges_append (StrataEdges *self,
                     guint        node)
{
  g_array_append_val (self->nodes, node);
}

void
strata_edges_append_new (StrataEdges *self,
                         guint        node)
{
  guint begin = g_array_index (self->first, guint, self->first->len - 1);

  for (guint e = begin; e < self->nodes->len; e++)
    if (g_array_index (self->nodes, guint, e) == node)
      return;

  g_array_append_val (self->nodes, node);
}

void
strata_edges_close_node (StrataEdges *self)
{
  g_array_append_val (self->first, self->nodes->len);
}

void
strata_edges_join (StrataEdges       *self,
                   const StrataEdges *a,
                   const StrataEdges *b)
{
  strata_edges_init (self);

  for (guint node = 0; node < strata_edges_get_n_nodes (a); node++)
    {
      guint n_a, n_b;
      const guint *from_a = strata_edges_get (a, node, &n_a);
      const guint *from_b = strata_edges_get (b, node, &n_b);

      g_array_append_vals (self->nodes, from_a, n_a);
      for (guint i = 0; i < n_b; i++)
        strata_edges_append_new (self, from_b[i]);

      strata_edges_close_node (self);
    }
}

void
strata_edges_reverse (StrataEdges       *self,
                      const StrataEdges *edges)
{
  guint n_nodes = strata_edges_get_n_nodes (edges);
  guint *first, *nodes;

  self->first = g_array_new (FALSE, TRUE, sizeof (guint));
  self->nodes = g_array_sized_new (FALSE, FALSE, sizeof (guint), edges->nodes->len + 1);
  g_array_set_size (self->first, n_nodes + 1);
  g_array_set_size (self->nodes, edges->nodes->len);
  first = (guint *) self->first->data;
  nodes = (guint *) self->nodes->data;

  /* Counted one place too far, so that filling moves each start to where it belongs. */
  for (guint e = 0; e < edges->nodes->len; e++)
    if (g_array_index (edges->nodes, guint, e) + 2 <= n_nodes)
      first[g_array_index (edges->nodes, guint, e) + 2]++;
  for (guint node = 2; node <= n_nodes; node++)
    first[node] += first[node - 1];

  for (guint node = 0; node < n_nodes; node++)
    {
      guint n;
      const guint *to = strata_edges_get (edges, node, &n);

      for (guint i = 0; i < n; i++)
        nodes[first[to[i] + 1]++] = node;
    }
}

GArray *
strata_edges_order (const StrataEdges *self,
                    const StrataEdges *reversed)
{
  guint n_nodes = strata_edges_get_n_nodes (self);
  g_autofree guint *waiting = g_new (guint, n_nodes);
  GArray *order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_nodes);

  for (guint node = 0; node < n_nodes; node++)
    {
      waiting[node] = strata_edges_count (self, node);
      if (waiting[node] == 0)
        g_array_append_val (order, node);
    }

  for (guint i = 0; i < order->len; i++)
    {
      guint n;
      const guint *next = strata_edges_get (reversed, g_array_index (order, guint, i), &n);

      for (guint e = 0; e < n; e++)
        if (--waiting[next[e]] == 0)
          g_array_append_val (order, next[e]);
    }

  return order;
}

void
strata_edges_mark (const StrataEdges *self,
                   const GArray      *seeds,
                   guint8            *marks)
{
  g_autoptr(GArray) todo = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_vals (todo, seeds->data, seeds->len);

  while (todo->len > 0)
    {
      guint node = g_array_index (todo, guint, todo->len - 1);
      const guint *next;
      guint n;

      g_array_set_size (todo, todo->len - 1);
      if (marks[node])
        continue;
      marks[node] = TRUE;

      next = strata_edges_get (self, node, &n);
      g_array_append_vals (todo, next, n);
    }
}
