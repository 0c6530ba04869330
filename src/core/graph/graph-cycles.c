/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* Tarjan's strongly connected components without recursion: a chain may be as long as there are revisions. */
typedef struct
{
  const StrataEdges *edges;
  guint             *index;        /* order of discovery, from 1; 0 is not seen yet */
  guint             *low;
  guint             *next_edge;
  guint8            *open;         /* on the stack of nodes without a component yet */
  guint             *component;    /* the result: numbers from 1, 0 for nodes that are alone */
  GArray            *path;         /* guint */
  GArray            *stack;        /* guint */
  guint              n_seen;
  guint              n_components;
} Search;

static void
enter (Search *search,
       guint   node)
{
  search->index[node] = search->low[node] = ++search->n_seen;
  search->open[node] = TRUE;
  g_array_append_val (search->path, node);
  g_array_append_val (search->stack, node);
}

/* The node is the first of its component: the rest of it lies above it on the stack. */
static void
close_component (Search *search,
                 guint   node)
{
  gboolean alone = g_array_index (search->stack, guint, search->stack->len - 1) == node;
  guint member;

  if (!alone)
    search->n_components++;

  do
    {
      member = g_array_index (search->stack, guint, search->stack->len - 1);
      g_array_set_size (search->stack, search->stack->len - 1);
      search->open[member] = FALSE;
      if (!alone)
        search->component[member] = search->n_components;
    }
  while (member != node);
}

static void
leave (Search *search,
       guint   node)
{
  guint above;

  if (search->low[node] == search->index[node])
    close_component (search, node);

  g_array_set_size (search->path, search->path->len - 1);
  if (search->path->len == 0)
    return;

  above = g_array_index (search->path, guint, search->path->len - 1);
  search->low[above] = MIN (search->low[above], search->low[node]);
}

static void
search_from (Search *search,
             guint   start)
{
  enter (search, start);

  while (search->path->len > 0)
    {
      guint node = g_array_index (search->path, guint, search->path->len - 1);
      guint n;
      const guint *to = strata_edges_get (search->edges, node, &n);

      if (search->next_edge[node] == n)
        {
          leave (search, node);
          continue;
        }

      to += search->next_edge[node]++;
      if (search->index[*to] == 0)
        enter (search, *to);
      else if (search->open[*to])
        search->low[node] = MIN (search->low[node], search->index[*to]);
    }
}

static guint *
find_components (const StrataEdges *edges,
                 guint             *n_components)
{
  guint n_nodes = strata_edges_get_n_nodes (edges);
  g_autofree guint *index = g_new0 (guint, n_nodes);
  g_autofree guint *low = g_new0 (guint, n_nodes);
  g_autofree guint *next_edge = g_new0 (guint, n_nodes);
  g_autofree guint8 *open = g_new0 (guint8, n_nodes);
  g_autoptr(GArray) path = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) stack = g_array_new (FALSE, FALSE, sizeof (guint));
  Search search = {
    .edges = edges,
    .index = index,
    .low = low,
    .next_edge = next_edge,
    .open = open,
    .component = g_new0 (guint, n_nodes),
    .path = path,
    .stack = stack,
  };

  for (guint node = 0; node < n_nodes; node++)
    if (index[node] == 0)
      search_from (&search, node);

  *n_components = search.n_components;

  return search.component;
}

static int
compare_ids (const void *a,
             const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static void
break_cycle (StrataGraph *self,
             GArray      *members,
             gboolean     by_dependency,
             GPtrArray   *findings)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new ();
  g_autoptr(StrataFinding) finding = NULL;
  g_autofree char *names = NULL;
  StrataRevision *first = g_ptr_array_index (self->revisions, g_array_index (members, guint, 0));

  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (ids, (char *) strata_graph_get_id (self, g_array_index (members, guint, i)));
  qsort (ids->pdata, ids->len, sizeof (gpointer), compare_ids);
  g_ptr_array_add (ids, NULL);
  names = g_strjoinv (", ", (GStrv) ids->pdata);

  finding = strata_finding_new (STRATA_SEVERITY_ERROR, "cycle",
                                by_dependency ? strata_revision_get_depends_place (first)
                                              : strata_revision_get_down_place (first),
                                _("One of these revisions must not come after the others."),
                                "%s is detected in revisions (%s)",
                                by_dependency ? "Dependency cycle" : "Cycle", names);

  for (guint i = 0; i < members->len; i++)
    strata_graph_break (self, g_array_index (members, guint, i), i == 0 ? findings : NULL, finding);
}

/* Elements are arrays of nodes, by component; the component 0, of nodes that are alone, stays empty. */
static GPtrArray *
list_members (const guint *component,
              guint        n_components,
              guint        n_nodes)
{
  GPtrArray *members = g_ptr_array_new_with_free_func ((GDestroyNotify) g_array_unref);

  for (guint i = 0; i <= n_components; i++)
    g_ptr_array_add (members, g_array_new (FALSE, FALSE, sizeof (guint)));
  for (guint node = 0; node < n_nodes; node++)
    if (component[node] > 0)
      g_array_append_val (g_ptr_array_index (members, component[node]), node);

  return members;
}

static void
drop_inner_edges (StrataEdges *edges,
                  const guint *component)
{
  StrataEdges kept;

  strata_edges_init (&kept);

  for (guint node = 0; node < strata_edges_get_n_nodes (edges); node++)
    {
      guint n;
      const guint *to = strata_edges_get (edges, node, &n);

      for (guint e = 0; e < n; e++)
        if (component[node] == 0 || component[node] != component[to[e]])
          strata_edges_append (&kept, to[e]);
      strata_edges_close_node (&kept);
    }

  strata_edges_clear (edges);
  *edges = kept;
}

/* Cycles by down_revision are named first; one that goes by depends_on too is named if it is not the same nodes. */
static void
find_and_cut (StrataGraph       *self,
              const StrataEdges *all,
              GPtrArray         *findings)
{
  guint n_plain, n_mixed;
  g_autofree guint *plain = find_components (&self->parents, &n_plain);
  g_autofree guint *mixed = find_components (all, &n_mixed);
  g_autoptr(GPtrArray) plain_members = list_members (plain, n_plain, self->n_nodes);
  g_autoptr(GPtrArray) mixed_members = list_members (mixed, n_mixed, self->n_nodes);

  for (guint i = 1; i <= n_plain; i++)
    break_cycle (self, g_ptr_array_index (plain_members, i), FALSE, findings);

  for (guint i = 1; i <= n_mixed; i++)
    {
      GArray *members = g_ptr_array_index (mixed_members, i);
      GArray *same = g_ptr_array_index (plain_members, plain[g_array_index (members, guint, 0)]);

      if (members->len != same->len)
        break_cycle (self, members, TRUE, findings);
    }

  drop_inner_edges (&self->parents, mixed);
  drop_inner_edges (&self->requires, mixed);
}

void
strata_graph_cut_cycles (StrataGraph *self,
                         GPtrArray   *findings)
{
  StrataEdges all, reversed;
  g_autoptr(GArray) order = NULL;

  strata_edges_join (&all, &self->parents, &self->requires);
  strata_edges_reverse (&reversed, &all);
  order = strata_edges_order (&all, &reversed);

  if (order->len < self->n_nodes)
    {
      find_and_cut (self, &all, findings);
      strata_edges_clear (&all);
      strata_edges_clear (&reversed);
      strata_edges_join (&all, &self->parents, &self->requires);
      strata_edges_reverse (&reversed, &all);
      g_clear_pointer (&order, g_array_unref);
      order = strata_edges_order (&all, &reversed);
    }

  self->order = g_steal_pointer (&order);
  strata_edges_clear (&all);
  strata_edges_clear (&reversed);
}
