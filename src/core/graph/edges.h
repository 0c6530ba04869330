/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The edges of a directed graph on dense numbers: node i points at nodes[first[i]] up to nodes[first[i + 1]]. */
typedef struct
{
  GArray *first;    /* guint */
  GArray *nodes;    /* guint */
} StrataEdges;

/* Filled in node order: append what the node points at, then close it. */
void    strata_edges_init       (StrataEdges       *self);
void    strata_edges_clear      (StrataEdges       *self);
void    strata_edges_append     (StrataEdges       *self,
                                 guint              node);
/* The same, but once only for the node that is being filled. */
void    strata_edges_append_new (StrataEdges       *self,
                                 guint              node);
void    strata_edges_close_node (StrataEdges       *self);

void    strata_edges_join       (StrataEdges       *self,
                                 const StrataEdges *a,
                                 const StrataEdges *b);
/* What points at each node, in file order. */
void    strata_edges_reverse    (StrataEdges       *self,
                                 const StrataEdges *edges);
/* Every node behind all that it points at, as far as there is no cycle; elements are guint. */
GArray *strata_edges_order      (const StrataEdges *self,
                                 const StrataEdges *reversed);
/* Marks the seeds (guint) and all that can be reached from them; what is marked already is not walked again. */
void    strata_edges_mark       (const StrataEdges *self,
                                 const GArray      *seeds,
                                 guint8            *marks);

static inline const guint *
strata_edges_get (const StrataEdges *self,
                  guint              node,
                  guint             *n)
{
  guint begin = g_array_index (self->first, guint, node);

  *n = g_array_index (self->first, guint, node + 1) - begin;

  return &g_array_index (self->nodes, guint, begin);
}

static inline guint
strata_edges_count (const StrataEdges *self,
                    guint              node)
{
  return g_array_index (self->first, guint, node + 1) - g_array_index (self->first, guint, node);
}

static inline guint
strata_edges_get_n_nodes (const StrataEdges *self)
{
  return self->first->len - 1;
}

G_END_DECLS
