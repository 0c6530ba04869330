/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"

/* A dependency that an ancestor by down_revision names already adds nothing to what a step needs. To find these
 * without walking all ancestors of each revision, the nodes that several revisions require get a bit each, 64 at a
 * time, and one pass over the order carries the bits from parents to children. */
#define BITS_PER_PASS 64

typedef struct
{
  guint required;
  guint first;       /* positions in the order of the first and the last node that require it */
  guint last;
} Shared;

typedef struct
{
  StrataGraph *graph;
  guint       *position;     /* node → where it stands in the order */
  guint8      *redundant;    /* by edge of requires */
  guint64     *own;          /* node → bits of what it requires itself */
  guint64     *inherited;    /* node → bits of what its ancestors require */
} Normalizer;

static int
compare_shared (const void *a,
                const void *b)
{
  const Shared *x = a;
  const Shared *y = b;

  return (x->first > y->first) - (x->first < y->first);
}

static GArray *
find_shared (Normalizer *self)
{
  GArray *shared = g_array_new (FALSE, FALSE, sizeof (Shared));

  for (guint node = 0; node < self->graph->n_nodes; node++)
    {
      Shared one = { node, G_MAXUINT, 0 };
      guint n;
      const guint *by = strata_edges_get (&self->graph->required_by, node, &n);

      for (guint i = 0; i < n; i++)
        {
          one.first = MIN (one.first, self->position[by[i]]);
          one.last = MAX (one.last, self->position[by[i]]);
        }
      if (n > 1)
        g_array_append_val (shared, one);
    }

  g_array_sort (shared, compare_shared);

  return shared;
}

static void
visit (Normalizer    *self,
       guint          node,
       const guint64 *bit_of)
{
  StrataGraph *graph = self->graph;
  guint64 inherited = 0;
  guint n_parents, n_requires;
  const guint *parents = strata_edges_get (&graph->parents, node, &n_parents);
  const guint *requires = strata_edges_get (&graph->requires, node, &n_requires);
  guint first_edge = g_array_index (graph->requires.first, guint, node);

  for (guint i = 0; i < n_parents; i++)
    inherited |= self->inherited[parents[i]] | self->own[parents[i]];

  self->inherited[node] = inherited;
  for (guint i = 0; i < n_requires; i++)
    {
      self->own[node] |= bit_of[requires[i]];
      if ((inherited & bit_of[requires[i]]) != 0)
        self->redundant[first_edge + i] = TRUE;
    }
}

static void
pass (Normalizer   *self,
      const Shared *shared,
      guint         n_shared,
      guint64      *bit_of)
{
  guint last = 0;

  for (guint i = 0; i < n_shared; i++)
    {
      bit_of[shared[i].required] = G_GUINT64_CONSTANT (1) << i;
      last = MAX (last, shared[i].last);
    }

  for (guint i = shared[0].first; i <= last; i++)
    visit (self, g_array_index (self->graph->order, guint, i), bit_of);

  for (guint i = shared[0].first; i <= last; i++)
    {
      self->own[g_array_index (self->graph->order, guint, i)] = 0;
      self->inherited[g_array_index (self->graph->order, guint, i)] = 0;
    }
  for (guint i = 0; i < n_shared; i++)
    bit_of[shared[i].required] = 0;
}

static void
find_redundant (Normalizer *self)
{
  g_autoptr(GArray) shared = NULL;
  g_autofree guint64 *bit_of = NULL;

  for (guint i = 0; i < self->graph->order->len; i++)
    self->position[g_array_index (self->graph->order, guint, i)] = i;

  shared = find_shared (self);
  if (shared->len == 0)
    return;

  bit_of = g_new0 (guint64, self->graph->n_nodes);
  self->own = g_new0 (guint64, self->graph->n_nodes);
  self->inherited = g_new0 (guint64, self->graph->n_nodes);

  for (guint i = 0; i < shared->len; i += BITS_PER_PASS)
    pass (self, &g_array_index (shared, Shared, i), MIN (BITS_PER_PASS, shared->len - i), bit_of);

  g_free (self->own);
  g_free (self->inherited);
}

void
strata_graph_normalize_requires (StrataGraph *self)
{
  g_autofree guint *position = g_new (guint, self->n_nodes);
  g_autofree guint8 *redundant = g_new0 (guint8, self->requires.nodes->len);
  Normalizer normalizer = { .graph = self, .position = position, .redundant = redundant };

  find_redundant (&normalizer);

  strata_edges_init (&self->downs);
  for (guint node = 0; node < self->n_nodes; node++)
    {
      guint n_parents, n_requires;
      const guint *parents = strata_edges_get (&self->parents, node, &n_parents);
      const guint *requires = strata_edges_get (&self->requires, node, &n_requires);
      guint first_edge = g_array_index (self->requires.first, guint, node);

      for (guint i = 0; i < n_parents; i++)
        strata_edges_append (&self->downs, parents[i]);
      for (guint i = 0; i < n_requires; i++)
        if (!redundant[first_edge + i])
          strata_edges_append_new (&self->downs, requires[i]);

      strata_edges_close_node (&self->downs);
    }

  strata_edges_reverse (&self->ups, &self->downs);
}
