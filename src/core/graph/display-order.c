/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/display-order.h"

#include <stdlib.h>

#include "core/graph/graph-private.h"

/* A walk from the bases up that puts a node down after all that stands on it: so a branch comes in one piece. */
typedef struct
{
  guint node;
  guint begin;    /* its candidates */
  guint next;
} Frame;

typedef struct
{
  guint node;
  guint height;
  guint is_child;
} Candidate;

typedef struct
{
  StrataGraph  *graph;
  const guint8 *applied;
  gboolean      group;         /* which of the two is being put down */
  guint        *heights;       /* of the longest line of children above each node */
  guint8       *seen;
  GArray       *candidates;    /* Candidate: those of all open frames */
  GArray       *frames;        /* Frame */
  GArray       *order;         /* guint: the result */
} Walk;

static gboolean
is_in_group (Walk  *walk,
             guint  node)
{
  return (walk->applied != NULL && walk->applied[node]) == walk->group;
}

static guint *
measure_heights (StrataGraph *graph)
{
  guint *heights = g_new0 (guint, graph->n_nodes);

  for (guint i = graph->order->len; i-- > 0;)
    {
      guint node = g_array_index (graph->order, guint, i);
      guint n;
      const guint *parents = strata_edges_get (&graph->parents, node, &n);

      for (guint e = 0; e < n; e++)
        heights[parents[e]] = MAX (heights[parents[e]], heights[node] + 1);
    }

  return heights;
}

static int
compare_candidates (const void *a,
                    const void *b)
{
  const Candidate *x = a;
  const Candidate *y = b;

  if (x->is_child != y->is_child)
    return x->is_child ? -1 : 1;
  if (x->height != y->height)
    return x->height > y->height ? -1 : 1;

  return (x->node > y->node) - (x->node < y->node);
}

static void
add_candidate (Walk     *walk,
               guint     node,
               gboolean  is_child)
{
  Candidate candidate = { node, walk->heights[node], is_child };

  if (is_in_group (walk, node) && !walk->seen[node])
    g_array_append_val (walk->candidates, candidate);
}

static void
sort_candidates (Walk  *walk,
                 guint  begin)
{
  guint n = walk->candidates->len - begin;

  if (n > 1)
    qsort (&g_array_index (walk->candidates, Candidate, begin), n, sizeof (Candidate), compare_candidates);
}

static gboolean
is_child_of (StrataGraph *graph,
             guint        node,
             guint        parent)
{
  guint n;
  const guint *parents = strata_edges_get (&graph->parents, node, &n);

  for (guint i = 0; i < n; i++)
    if (parents[i] == parent)
      return TRUE;

  return FALSE;
}

static void
enter (Walk  *walk,
       guint  node)
{
  Frame frame = { .node = node, .begin = walk->candidates->len, .next = walk->candidates->len };
  guint n;
  const guint *ups = strata_edges_get (&walk->graph->ups, node, &n);

  walk->seen[node] = TRUE;
  for (guint i = 0; i < n; i++)
    add_candidate (walk, ups[i], is_child_of (walk->graph, ups[i], node));

  sort_candidates (walk, frame.begin);
  g_array_append_val (walk->frames, frame);
}

static void
walk_from (Walk  *walk,
           guint  root)
{
  enter (walk, root);

  while (walk->frames->len > 0)
    {
      Frame *frame = &g_array_index (walk->frames, Frame, walk->frames->len - 1);

      if (frame->next < walk->candidates->len)
        {
          guint node = g_array_index (walk->candidates, Candidate, frame->next++).node;

          if (!walk->seen[node])
            enter (walk, node);
          continue;
        }

      g_array_append_val (walk->order, frame->node);
      g_array_set_size (walk->candidates, frame->begin);
      g_array_set_size (walk->frames, walk->frames->len - 1);
    }
}

static gboolean
is_root (Walk  *walk,
         guint  node)
{
  guint n;
  const guint *downs = strata_edges_get (&walk->graph->downs, node, &n);

  for (guint i = 0; i < n; i++)
    if (is_in_group (walk, downs[i]))
      return FALSE;

  return TRUE;
}

static void
walk_group (Walk     *walk,
            gboolean  group)
{
  g_autoptr(GArray) roots = NULL;

  walk->group = group;
  for (guint node = 0; node < walk->graph->n_nodes; node++)
    if (is_root (walk, node))
      add_candidate (walk, node, TRUE);
  sort_candidates (walk, 0);

  roots = g_steal_pointer (&walk->candidates);
  walk->candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
  for (guint i = 0; i < roots->len; i++)
    walk_from (walk, g_array_index (roots, Candidate, i).node);
  g_clear_pointer (&walk->candidates, g_array_unref);
}

GArray *
strata_graph_order_for_display (StrataGraph  *graph,
                                const guint8 *applied)
{
  g_autofree guint *heights = measure_heights (graph);
  g_autofree guint8 *seen = g_new0 (guint8, graph->n_nodes);
  g_autoptr(GArray) frames = g_array_new (FALSE, FALSE, sizeof (Frame));
  Walk walk = {
    .graph = graph,
    .applied = applied,
    .heights = heights,
    .seen = seen,
    .frames = frames,
    .order = g_array_sized_new (FALSE, FALSE, sizeof (guint), graph->n_nodes),
  };

  for (guint group = 0; group < 2; group++)
    {
      walk.candidates = g_array_new (FALSE, FALSE, sizeof (Candidate));
      walk_group (&walk, group == 1);
    }

  return walk.order;
}
