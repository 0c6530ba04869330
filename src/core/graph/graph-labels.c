/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"

#include <stdlib.h>
#include <string.h>

/* Alembic's rule: a label belongs to its revision and to all that descends from it, and, where nothing branches or
 * merges from there up to the head, also to the ancestors back to (not including) the previous branch point or merge.
 * So the revisions of such a last stretch have all their labels in common, and any other revision has its own ones and
 * those of its parents. Kept as sets that refer to the sets below them, this is linear; only dup_labels() collects. */

/* The upper end of a stretch counts dependents as branches, as Alembic does. */
static gboolean
is_branch_or_merge (StrataGraph *self,
                    guint        node)
{
  guint n_children, n_dependents;
  const guint *children = strata_edges_get (&self->children, node, &n_children);
  const guint *dependents = strata_edges_get (&self->required_by, node, &n_dependents);
  guint n = n_children;

  if ((self->flags[node] & STRATA_NODE_MERGEPOINT) != 0 || n_children > 1)
    return TRUE;

  for (guint i = 0; i < n_dependents; i++)
    if (n_children == 0 || dependents[i] != children[0])
      n++;

  return n > 1;
}

/* TRUE for the nodes from which a head is reached without a branch or a merge. */
static guint8 *
find_last_stretches (StrataGraph *self)
{
  guint8 *last = g_new0 (guint8, self->n_nodes);

  for (guint i = self->order->len; i-- > 0;)
    {
      guint node = g_array_index (self->order, guint, i);
      guint n;
      const guint *children = strata_edges_get (&self->children, node, &n);

      last[node] = !is_branch_or_merge (self, node) && (n == 0 || last[children[0]]);
    }

  return last;
}

static gboolean
owns_label (StrataGraph *self,
            guint        node)
{
  const char * const *labels = strata_revision_get_branch_labels (g_ptr_array_index (self->revisions, node));

  return *labels != NULL;
}

/* From this node up the stretch to its head. */
static void
add_members (StrataGraph    *self,
             StrataLabelSet *set,
             guint           node,
             gboolean        whole_stretch)
{
  for (;;)
    {
      guint n;
      const guint *children = strata_edges_get (&self->children, node, &n);

      if (owns_label (self, node))
        {
          g_array_append_val (self->label_sets.members, node);
          set->n_members++;
        }
      if (!whole_stretch || n == 0)
        return;

      node = children[0];
    }
}

static void
add_below (StrataGraph    *self,
           StrataLabelSet *set,
           guint           node)
{
  StrataLabelSets *sets = &self->label_sets;
  guint n;
  const guint *parents = strata_edges_get (&self->parents, node, &n);

  for (guint i = 0; i < n; i++)
    {
      guint below = sets->set_of_node[parents[i]];
      gboolean known = below == 0;

      for (guint k = 0; k < set->n_below && !known; k++)
        known = g_array_index (sets->below, guint, set->first_below + k) == below;

      if (known)
        continue;
      g_array_append_val (sets->below, below);
      set->n_below++;
    }
}

static guint
make_set (StrataGraph *self,
          guint        node,
          gboolean     whole_stretch)
{
  StrataLabelSets *sets = &self->label_sets;
  StrataLabelSet set = { .first_member = sets->members->len, .first_below = sets->below->len };

  add_members (self, &set, node, whole_stretch);
  add_below (self, &set, node);

  if (set.n_members == 0 && set.n_below == 0)
    return 0;
  if (set.n_members == 0 && set.n_below == 1)
    {
      guint same = g_array_index (sets->below, guint, set.first_below);

      g_array_set_size (sets->below, set.first_below);
      return same;
    }

  g_array_append_val (sets->sets, set);

  return sets->sets->len - 1;
}

void
strata_graph_spread_labels (StrataGraph *self)
{
  StrataLabelSets *sets = &self->label_sets;
  StrataLabelSet empty = { 0 };
  g_autofree guint8 *last_stretch = NULL;

  sets->set_of_node = g_new0 (guint, self->n_nodes);
  sets->sets = g_array_new (FALSE, FALSE, sizeof (StrataLabelSet));
  sets->members = g_array_new (FALSE, FALSE, sizeof (guint));
  sets->below = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (sets->sets, empty);

  if (self->labels->len == 0)
    return;

  last_stretch = find_last_stretches (self);

  for (guint i = 0; i < self->order->len; i++)
    {
      guint node = g_array_index (self->order, guint, i);
      guint n;
      const guint *parents = strata_edges_get (&self->parents, node, &n);

      if (n == 1 && last_stretch[node] && last_stretch[parents[0]])
        sets->set_of_node[node] = sets->set_of_node[parents[0]];
      else
        sets->set_of_node[node] = make_set (self, node, last_stretch[node]);
    }
}

static void
collect_labels (StrataGraph *self,
                guint        node,
                GPtrArray   *labels)
{
  const char * const *own = strata_revision_get_branch_labels (g_ptr_array_index (self->revisions, node));

  /* A label that clashes with another name belongs to the other one. */
  for (; *own != NULL; own++)
    if (GPOINTER_TO_UINT (g_hash_table_lookup (self->node_by_label, *own)) == node + 1
        && !g_ptr_array_find_with_equal_func (labels, *own, g_str_equal, NULL))
      g_ptr_array_add (labels, g_strdup (*own));
}

static int
compare_labels (const void *a,
                const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

GStrv
strata_graph_dup_labels (StrataGraph *self,
                         guint        node)
{
  StrataLabelSets *sets = &self->label_sets;
  g_autoptr(GPtrArray) labels = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  g_autoptr(GArray) todo = g_array_new (FALSE, FALSE, sizeof (guint));

  g_return_val_if_fail (node < self->n_nodes, NULL);

  g_array_append_val (todo, sets->set_of_node[node]);
  while (todo->len > 0)
    {
      guint number = g_array_index (todo, guint, todo->len - 1);
      const StrataLabelSet *set = &g_array_index (sets->sets, StrataLabelSet, number);

      g_array_set_size (todo, todo->len - 1);
      if (!g_hash_table_add (seen, GUINT_TO_POINTER (number)))
        continue;

      for (guint i = 0; i < set->n_members; i++)
        collect_labels (self, g_array_index (sets->members, guint, set->first_member + i), labels);
      for (guint i = 0; i < set->n_below; i++)
        g_array_append_val (todo, g_array_index (sets->below, guint, set->first_below + i));
    }

  g_ptr_array_sort (labels, compare_labels);
  g_ptr_array_add (labels, NULL);

  return (GStrv) g_ptr_array_steal (labels, NULL);
}
