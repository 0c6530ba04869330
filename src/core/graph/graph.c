/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"

G_DEFINE_BOXED_TYPE (StrataGraph, strata_graph, strata_graph_ref, strata_graph_unref)

void
strata_graph_break (StrataGraph   *self,
                    guint          node,
                    GPtrArray     *findings,
                    StrataFinding *finding)
{
  if (!g_hash_table_contains (self->reasons, GUINT_TO_POINTER (node)))
    g_hash_table_insert (self->reasons, GUINT_TO_POINTER (node), g_strdup (strata_finding_get_message (finding)));

  self->broken_by[node] = node;

  if (findings != NULL)
    g_ptr_array_add (findings, strata_finding_ref (finding));
}

/* What builds on something broken is broken too. */
static void
spread_breaks (StrataGraph *self)
{
  for (guint i = 0; i < self->n_nodes; i++)
    {
      guint node = g_array_index (self->order, guint, i);
      guint n_ups;
      const guint *ups = strata_edges_get (&self->ups, node, &n_ups);

      if (self->broken_by[node] == STRATA_NO_NODE)
        continue;

      self->flags[node] |= STRATA_NODE_BROKEN;
      for (guint e = 0; e < n_ups; e++)
        if (self->broken_by[ups[e]] == STRATA_NO_NODE)
          self->broken_by[ups[e]] = self->broken_by[node];
    }
}

static void
set_flags (StrataGraph *self)
{
  for (guint node = 0; node < self->n_nodes; node++)
    {
      StrataRevision *revision = g_ptr_array_index (self->revisions, node);
      guint n_down = g_strv_length ((GStrv) strata_revision_get_down_revisions (revision));
      guint n_children = strata_edges_count (&self->children, node);
      guint flags = 0;

      if (n_children == 0)
        flags |= strata_edges_count (&self->required_by, node) == 0 ? STRATA_NODE_HEAD : STRATA_NODE_EFFECTIVE_HEAD;
      if (n_children > 1)
        flags |= STRATA_NODE_BRANCHPOINT;
      if (n_down > 1)
        flags |= STRATA_NODE_MERGEPOINT;
      if (n_down == 0)
        flags |= STRATA_NODE_BASE;

      self->flags[node] |= flags;
    }
}

StrataGraph *
strata_graph_new (GPtrArray *revisions,
                  GPtrArray *findings)
{
  StrataGraph *self = g_new0 (StrataGraph, 1);

  g_atomic_ref_count_init (&self->ref_count);

  strata_graph_add_revisions (self, revisions, findings);
  strata_graph_resolve_references (self, findings);
  strata_graph_cut_cycles (self, findings);
  strata_edges_reverse (&self->children, &self->parents);
  strata_edges_reverse (&self->required_by, &self->requires);
  strata_graph_normalize_requires (self);
  set_flags (self);
  spread_breaks (self);
  strata_graph_spread_labels (self);

  return self;
}

StrataGraph *
strata_graph_ref (StrataGraph *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_graph_unref (StrataGraph *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_free (self->label_sets.set_of_node);
  g_array_unref (self->label_sets.sets);
  g_array_unref (self->label_sets.members);
  g_array_unref (self->label_sets.below);
  g_array_unref (self->order);
  strata_edges_clear (&self->parents);
  strata_edges_clear (&self->children);
  strata_edges_clear (&self->requires);
  strata_edges_clear (&self->required_by);
  strata_edges_clear (&self->downs);
  strata_edges_clear (&self->ups);
  g_free (self->flags);
  g_free (self->broken_by);
  g_hash_table_unref (self->reasons);
  g_clear_pointer (&self->sorted_names, g_ptr_array_unref);
  g_ptr_array_unref (self->labels);
  g_hash_table_unref (self->node_by_label);
  g_hash_table_unref (self->node_by_id);
  g_ptr_array_unref (self->revisions);
  g_free (self);
}

guint
strata_graph_get_n_nodes (StrataGraph *self)
{
  return self->n_nodes;
}

StrataRevision *
strata_graph_get_revision (StrataGraph *self,
                           guint        node)
{
  g_return_val_if_fail (node < self->n_nodes, NULL);

  return g_ptr_array_index (self->revisions, node);
}

guint
strata_graph_find (StrataGraph *self,
                   const char  *full_id)
{
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->node_by_id, full_id));

  return found > 0 ? found - 1 : STRATA_NO_NODE;
}

StrataNodeFlags
strata_graph_get_flags (StrataGraph *self,
                        guint        node)
{
  g_return_val_if_fail (node < self->n_nodes, 0);

  return self->flags[node];
}

const guint *
strata_graph_get_parents (StrataGraph *self,
                          guint        node,
                          guint       *n)
{
  return strata_edges_get (&self->parents, node, n);
}

const guint *
strata_graph_get_children (StrataGraph *self,
                           guint        node,
                           guint       *n)
{
  return strata_edges_get (&self->children, node, n);
}

const guint *
strata_graph_get_requires (StrataGraph *self,
                           guint        node,
                           guint       *n)
{
  return strata_edges_get (&self->requires, node, n);
}

const guint *
strata_graph_get_required_by (StrataGraph *self,
                              guint        node,
                              guint       *n)
{
  return strata_edges_get (&self->required_by, node, n);
}

GArray *
strata_graph_dup_heads (StrataGraph *self,
                        gboolean     resolve_dependencies)
{
  guint wanted = STRATA_NODE_HEAD | (resolve_dependencies ? 0 : STRATA_NODE_EFFECTIVE_HEAD);
  GArray *heads = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint node = 0; node < self->n_nodes; node++)
    if ((self->flags[node] & wanted) != 0)
      g_array_append_val (heads, node);

  return heads;
}

gboolean
strata_nodes_contain (const GArray *nodes,
                      guint         node)
{
  for (guint i = 0; nodes != NULL && i < nodes->len; i++)
    if (g_array_index (nodes, guint, i) == node)
      return TRUE;

  return FALSE;
}
