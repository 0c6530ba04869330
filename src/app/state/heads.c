/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/heads.h"

static void
side_free (gpointer data)
{
  StrataHeadSide *side = data;

  g_array_unref (side->own);
  g_free (side);
}

static void
push_parents (StrataGraph *graph,
              guint        node,
              guint        stamp,
              guint       *stamps,
              guint       *counts,
              GArray      *stack)
{
  guint n;
  const guint *parents = strata_graph_get_parents (graph, node, &n);

  for (guint i = 0; i < n; i++)
    if (stamps[parents[i]] != stamp)
      {
        stamps[parents[i]] = stamp;
        counts[parents[i]]++;
        g_array_append_val (stack, parents[i]);
      }
}

/* Counts for each node how many heads it leads to. */
static void
count_from (StrataGraph *graph,
            guint        head,
            guint        stamp,
            guint       *stamps,
            guint       *counts)
{
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));

  stamps[head] = stamp;
  counts[head]++;
  g_array_append_val (stack, head);
  while (stack->len > 0)
    {
      guint node = g_array_index (stack, guint, stack->len - 1);

      g_array_set_size (stack, stack->len - 1);
      push_parents (graph, node, stamp, stamps, counts, stack);
    }
}

static void
collect_own (StrataGraph    *graph,
             StrataHeadSide *side,
             const guint    *counts,
             guint          *stamps,
             guint           stamp)
{
  g_array_append_val (side->own, side->head);
  stamps[side->head] = stamp;
  for (guint next = 0; next < side->own->len; next++)
    {
      guint n;
      const guint *parents = strata_graph_get_parents (graph, g_array_index (side->own, guint, next), &n);

      for (guint i = 0; i < n; i++)
        if (counts[parents[i]] == 1 && stamps[parents[i]] != stamp)
          {
            stamps[parents[i]] = stamp;
            g_array_append_val (side->own, parents[i]);
          }
    }
}

/* A shared node is where they part unless a child of it is shared by all as well. */
static gboolean
is_fork (StrataGraph *graph,
         guint        node,
         const guint *counts,
         guint        n_heads)
{
  guint n;
  const guint *children = strata_graph_get_children (graph, node, &n);

  for (guint i = 0; i < n; i++)
    if (counts[children[i]] == n_heads)
      return FALSE;

  return counts[node] == n_heads;
}

StrataHeads *
strata_heads_new (StrataSnapshot *snapshot)
{
  StrataGraph *graph = snapshot->graph;
  guint n_nodes = strata_graph_get_n_nodes (graph);
  g_autoptr(GArray) heads = strata_graph_dup_heads (graph, TRUE);
  g_autofree guint *counts = g_new0 (guint, n_nodes);
  g_autofree guint *stamps = g_new0 (guint, n_nodes);
  StrataHeads *self = g_new0 (StrataHeads, 1);

  self->sides = g_ptr_array_new_with_free_func (side_free);
  self->forks = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < heads->len; i++)
    count_from (graph, g_array_index (heads, guint, i), i + 1, stamps, counts);

  for (guint i = 0; i < heads->len; i++)
    {
      StrataHeadSide *side = g_new0 (StrataHeadSide, 1);

      side->head = g_array_index (heads, guint, i);
      side->own = g_array_new (FALSE, FALSE, sizeof (guint));
      collect_own (graph, side, counts, stamps, heads->len + 1 + i);
      g_ptr_array_add (self->sides, side);
    }

  for (guint node = 0; node < n_nodes; node++)
    if (is_fork (graph, node, counts, heads->len))
      g_array_append_val (self->forks, node);

  return self;
}

void
strata_heads_free (StrataHeads *self)
{
  g_ptr_array_unref (self->sides);
  g_array_unref (self->forks);
  g_free (self);
}
