/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/step-order.h"

typedef struct
{
  const guint *ranks;
  GArray      *heap;      /* guint: nodes that may come next */
} Ready;

static gboolean
is_before (const Ready *self,
           guint        a,
           guint        b)
{
  return self->ranks[a] != self->ranks[b] ? self->ranks[a] < self->ranks[b] : a < b;
}

static void
push (Ready *self,
      guint  node)
{
  guint *heap;
  guint at = self->heap->len;

  g_array_append_val (self->heap, node);
  heap = (guint *) (gpointer) self->heap->data;
  while (at > 0 && is_before (self, node, heap[(at - 1) / 2]))
    {
      heap[at] = heap[(at - 1) / 2];
      at = (at - 1) / 2;
    }
  heap[at] = node;
}

static guint
pop (Ready *self)
{
  guint *heap = (guint *) (gpointer) self->heap->data;
  guint first = heap[0], last = heap[self->heap->len - 1], at = 0, n = self->heap->len - 1;

  for (guint child = 1; child < n; child = 2 * at + 1)
    {
      if (child + 1 < n && is_before (self, heap[child + 1], heap[child]))
        child++;
      if (!is_before (self, heap[child], last))
        break;
      heap[at] = heap[child];
      at = child;
    }
  if (n > 0)
    heap[at] = last;
  g_array_set_size (self->heap, n);

  return first;
}

/* Where the edges of each node begin in the sorted list. */
static guint *
sort_edges (const GArray *edges,
            guint         n_nodes,
            guint        *sorted)
{
  guint *first = g_new0 (guint, n_nodes + 2);

  for (guint i = 0; i < edges->len; i++)
    first[g_array_index (edges, StrataStepEdge, i).before + 2]++;
  for (guint i = 1; i < n_nodes + 2; i++)
    first[i] += first[i - 1];
  for (guint i = 0; i < edges->len; i++)
    {
      const StrataStepEdge *edge = &g_array_index (edges, StrataStepEdge, i);

      sorted[first[edge->before + 1]++] = edge->after;
    }

  return first;
}

static gboolean
push_lowest (Ready          *ready,
             const gboolean *is_done,
             guint           n_nodes)
{
  guint lowest = n_nodes;

  for (guint node = 0; node < n_nodes; node++)
    if (!is_done[node] && (lowest == n_nodes || is_before (ready, node, lowest)))
      lowest = node;
  if (lowest < n_nodes)
    push (ready, lowest);

  return lowest < n_nodes;
}

GArray *
strata_step_order (const guint  *ranks,
                   guint         n_nodes,
                   const GArray *edges)
{
  g_autoptr(GArray) order = g_array_sized_new (FALSE, FALSE, sizeof (guint), n_nodes);
  g_autoptr(GArray) heap = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint *sorted = g_new0 (guint, edges->len + 1);
  g_autofree guint *first = sort_edges (edges, n_nodes, sorted);
  g_autofree guint *waiting = g_new0 (guint, n_nodes + 1);
  g_autofree gboolean *is_done = g_new0 (gboolean, n_nodes + 1);
  Ready ready = { ranks, heap };

  for (guint i = 0; i < edges->len; i++)
    waiting[g_array_index (edges, StrataStepEdge, i).after]++;
  for (guint node = 0; node < n_nodes; node++)
    if (waiting[node] == 0)
      push (&ready, node);

  while (heap->len > 0 || push_lowest (&ready, is_done, n_nodes))
    {
      guint node = pop (&ready);

      is_done[node] = TRUE;
      g_array_append_val (order, node);
      for (guint i = first[node]; i < first[node + 1]; i++)
        if (--waiting[sorted[i]] == 0 && !is_done[sorted[i]])
          push (&ready, sorted[i]);
    }

  return g_steal_pointer (&order);
}
