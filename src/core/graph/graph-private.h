/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/edges.h"
#include "core/graph/graph.h"

G_BEGIN_DECLS

/* The labels that the nodes of one stretch share: own ones of some nodes, and those of the stretches below. */
typedef struct
{
  guint first_member;    /* index into members */
  guint n_members;
  guint first_below;     /* index into below */
  guint n_below;
} StrataLabelSet;

typedef struct
{
  guint  *set_of_node;
  GArray *sets;          /* StrataLabelSet; the first one is the empty set */
  GArray *members;       /* guint: nodes */
  GArray *below;         /* guint: sets */
} StrataLabelSets;

struct _StrataGraph
{
  gatomicrefcount  ref_count;
  guint            n_nodes;
  GPtrArray       *revisions;        /* StrataRevision, by node */
  GHashTable      *node_by_id;       /* id → node + 1, so that a miss reads as zero */
  GHashTable      *node_by_label;    /* the same */
  GPtrArray       *labels;           /* the keys of node_by_label in file order, borrowed from the revisions */
  GPtrArray       *sorted_names;     /* made by the first question that needs it (names.c) */
  guint8          *flags;            /* StrataNodeFlags */
  guint           *broken_by;        /* the node where the trouble starts, or STRATA_NO_NODE */
  GHashTable      *reasons;          /* such a node → what is wrong with it */
  StrataEdges      parents;
  StrataEdges      children;
  StrataEdges      requires;
  StrataEdges      required_by;
  StrataEdges      downs;            /* parents, then those requires that no ancestor has already: what a step needs */
  StrataEdges      ups;              /* downs reversed */
  GArray          *order;            /* guint: every node behind all that it needs */
  StrataLabelSets  label_sets;
};

/* The stages of strata_graph_new(), in order. */
void strata_graph_add_revisions      (StrataGraph         *self,
                                      GPtrArray           *revisions,
                                      GPtrArray           *findings);
void strata_graph_resolve_references (StrataGraph         *self,
                                      GPtrArray           *findings);
void strata_graph_cut_cycles         (StrataGraph         *self,
                                      GPtrArray           *findings);
void strata_graph_normalize_requires (StrataGraph         *self);
void strata_graph_spread_labels      (StrataGraph         *self);

/* Adds the finding to the list, if there is one, and marks the node as a place where trouble starts. */
void strata_graph_break              (StrataGraph         *self,
                                      guint                node,
                                      GPtrArray           *findings,
                                      StrataFinding       *finding);

GArray *strata_graph_list_current    (StrataGraph         *self,
                                      const GArray        *rows);

static inline const char *
strata_graph_get_id (StrataGraph *self,
                     guint        node)
{
  return strata_revision_get_id (g_ptr_array_index (self->revisions, node));
}

static inline gboolean
strata_graph_is_broken (StrataGraph *self,
                        guint        node)
{
  return (self->flags[node] & STRATA_NODE_BROKEN) != 0;
}

G_END_DECLS
