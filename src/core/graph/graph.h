/* SPDX-License-Identifier: GPL-3.0-or-later */

/* From revisions to order, heads, ancestors and lanes. Nodes are dense numbers 0..n-1 in file order (sorted file names
 * within each version location), which is also the rule that breaks ties everywhere. Nothing here reads files or
 * talks to a database. */

#pragma once

#include "core/revision/revision.h"

G_BEGIN_DECLS

/* Immutable, atomically reference-counted. */
typedef struct _StrataGraph StrataGraph;

#define STRATA_TYPE_GRAPH (strata_graph_get_type ())
#define STRATA_NO_NODE G_MAXUINT

typedef enum
{
  STRATA_NODE_HEAD            = 1 << 0,  /* no child at all, dependents included */
  STRATA_NODE_EFFECTIVE_HEAD  = 1 << 1,  /* no child by down_revision, but something depends on it */
  STRATA_NODE_BRANCHPOINT     = 1 << 2,
  STRATA_NODE_MERGEPOINT      = 1 << 3,
  STRATA_NODE_BASE            = 1 << 4,
  STRATA_NODE_BROKEN          = 1 << 5,  /* on or behind a cycle, a missing parent or a bad id: shown, never planned */
} StrataNodeFlags;

GType            strata_graph_get_type           (void);
/* The revisions in file order. Never fails: what is wrong becomes findings (NULL: not wanted), the rest of the graph
 * stays usable. */
StrataGraph     *strata_graph_new                (GPtrArray          *revisions,
                                                  GPtrArray          *findings);
StrataGraph     *strata_graph_ref                (StrataGraph        *self);
void             strata_graph_unref              (StrataGraph        *self);

guint            strata_graph_get_n_nodes        (StrataGraph        *self);
StrataRevision  *strata_graph_get_revision       (StrataGraph        *self,
                                                  guint               node);
guint            strata_graph_find               (StrataGraph        *self,
                                                  const char         *full_id);
StrataNodeFlags  strata_graph_get_flags          (StrataGraph        *self,
                                                  guint               node);
/* Node numbers, borrowed: parents and children by down_revision; requires and required_by by depends_on, resolved.
 * What a cycle consists of is left out, so that every walk ends. */
const guint     *strata_graph_get_parents        (StrataGraph *self, guint node, guint *n);
const guint     *strata_graph_get_children       (StrataGraph *self, guint node, guint *n);
const guint     *strata_graph_get_requires       (StrataGraph *self, guint node, guint *n);
const guint     *strata_graph_get_required_by    (StrataGraph *self, guint node, guint *n);
/* The branch labels that a revision is a member of, inherited ones included, sorted. */
GStrv            strata_graph_dup_labels         (StrataGraph *self, guint node);
/* Nodes without children by down_revision, file order; resolved: without dependents either. Elements are guint. */
GArray          *strata_graph_dup_heads          (StrataGraph        *self,
                                                  gboolean            resolve_dependencies);
/* A list of guint, which may be NULL. */
gboolean         strata_nodes_contain            (const GArray       *nodes,
                                                  guint               node);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataGraph, strata_graph_unref)

G_END_DECLS
