/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/resolver.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/graph/graph-private.h"
#include "core/graph/names.h"
#include "core/graph/target.h"

static gboolean
has_usable (const StrataResolver *self,
            const StrataEdges    *edges,
            guint                 node)
{
  guint n;
  const guint *to = strata_edges_get (edges, node, &n);

  for (guint i = 0; i < n; i++)
    if (!self->planning || !strata_graph_is_broken (self->graph, to[i]))
      return TRUE;

  return FALSE;
}

GArray *
strata_resolver_list_heads (const StrataResolver *self,
                            gboolean              resolve_dependencies)
{
  GArray *heads = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint node = 0; node < self->graph->n_nodes; node++)
    {
      if (self->planning && strata_graph_is_broken (self->graph, node))
        continue;
      if (has_usable (self, &self->graph->children, node))
        continue;
      if (resolve_dependencies && has_usable (self, &self->graph->required_by, node))
        continue;

      g_array_append_val (heads, node);
    }

  return heads;
}

gboolean
strata_resolver_check (const StrataResolver  *self,
                       guint                  node,
                       GError               **error)
{
  StrataGraph *graph = self->graph;
  const char *reason;
  guint cause;

  if (!self->planning || !strata_graph_is_broken (graph, node))
    return TRUE;

  cause = graph->broken_by[node];
  reason = g_hash_table_lookup (graph->reasons, GUINT_TO_POINTER (cause));

  if (cause == node)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                 _("Revision %s can't be used: %s"), strata_graph_get_id (graph, node), reason);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                 _("Revision %s can't be used, because it comes after %s: %s"),
                 strata_graph_get_id (graph, node), strata_graph_get_id (graph, cause), reason);

  return FALSE;
}

GArray *
strata_resolver_get_rows (const StrataResolver  *self,
                          const char * const    *rows,
                          GError               **error)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autofree guint8 *seen = g_new0 (guint8, self->graph->n_nodes);

  for (; *rows != NULL; rows++)
    {
      guint node = strata_graph_find (self->graph, *rows);

      if (node == STRATA_NO_NODE)
        {
          strata_graph_set_unknown_row (*rows, error);
          return NULL;
        }
      if (!strata_resolver_check (self, node, error))
        return NULL;
      if (!seen[node])
        g_array_append_val (nodes, node);
      seen[node] = TRUE;
    }

  return g_steal_pointer (&nodes);
}

guint
strata_resolver_get_branch (const StrataResolver  *self,
                            const char            *branch,
                            GError               **error)
{
  g_autoptr(GError) lookup_error = NULL;
  guint node = strata_graph_lookup (self->graph, branch, NULL, &lookup_error);

  if (g_error_matches (lookup_error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION))
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                 "Can't locate revision identified by '%s': No such branch: '%s'", branch, branch);
  else if (lookup_error != NULL)
    g_propagate_error (error, g_steal_pointer (&lookup_error));

  return node;
}

static guint8 *
mark_lineage (const StrataResolver *self,
              guint                 node)
{
  guint8 *marks = g_new0 (guint8, self->graph->n_nodes);
  g_autoptr(GArray) seed = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (seed, node);
  strata_edges_mark (&self->graph->parents, seed, marks);
  marks[node] = FALSE;
  strata_edges_mark (&self->graph->children, seed, marks);

  return marks;
}

guint8 *
strata_resolver_get_lineage (const StrataResolver  *self,
                             const char            *branch,
                             GError               **error)
{
  guint node = strata_resolver_get_branch (self, branch, error);

  return node != STRATA_NO_NODE ? mark_lineage (self, node) : NULL;
}

static void
keep_marked (GArray       *nodes,
             const guint8 *marks)
{
  guint n_kept = 0;

  for (guint i = 0; i < nodes->len; i++)
    if (marks == NULL || marks[g_array_index (nodes, guint, i)])
      g_array_index (nodes, guint, n_kept++) = g_array_index (nodes, guint, i);

  g_array_set_size (nodes, n_kept);
}

static void
set_several_heads_error (const StrataResolver  *self,
                         const GArray          *heads,
                         GError               **error)
{
  g_autoptr(GString) ids = g_string_new (NULL);

  for (guint i = 0; i < heads->len; i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? ", " : "",
                            strata_graph_get_id (self->graph, g_array_index (heads, guint, i)));

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS,
               "Multiple head revisions are present for given argument '%s'; please specify a specific target "
               "revision, '<branchname>@head' to narrow to a specific head, or 'heads' for all heads (%s)",
               self->argument, ids->str);
}

/* -1 is a step down from every head, as show and stamp count. */
static GArray *
walk_from_heads (const StrataResolver  *self,
                 const guint8          *lineage,
                 int                    steps,
                 GError               **error)
{
  g_autoptr(GArray) heads = strata_resolver_list_heads (self, TRUE);
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  keep_marked (heads, lineage);

  for (guint i = 0; i < heads->len; i++)
    {
      guint node = g_array_index (heads, guint, i);
      StrataWalk walk = strata_resolver_walk_down (self, &node, -steps);

      if (!strata_resolver_check_walk (self, walk, node, steps, error))
        {
          g_array_unref (nodes);
          return NULL;
        }
      if (node != STRATA_NO_NODE)
        g_array_append_val (nodes, node);
    }

  return nodes;
}

static gboolean
is_steps_down (const char *symbol)
{
  return *symbol == '-' && strtol (symbol, NULL, 10) < 0 && symbol[1 + strspn (symbol + 1, "0123456789")] == '\0';
}

/* A beginning counts within the branch only; a name in full must belong to it. */
static GArray *
get_named (const StrataResolver  *self,
           const char            *branch,
           const guint8          *lineage,
           const char            *symbol,
           GError               **error)
{
  guint node = strata_graph_lookup (self->graph, symbol, lineage, error);
  GArray *nodes;

  if (node == STRATA_NO_NODE || !strata_resolver_check (self, node, error))
    return NULL;

  if (lineage != NULL && !lineage[node])
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                   "Can't locate revision identified by '%s': Revision %s is not a member of branch '%s'",
                   symbol, strata_graph_get_id (self->graph, node), branch);
      return NULL;
    }

  nodes = g_array_new (FALSE, FALSE, sizeof (guint));
  g_array_append_val (nodes, node);

  return nodes;
}

GArray *
strata_resolver_get_all (const StrataResolver  *self,
                         const char            *branch,
                         const char            *symbol,
                         GError               **error)
{
  g_autofree guint8 *lineage = NULL;
  g_autoptr(GArray) nodes = NULL;

  if (branch != NULL)
    {
      lineage = strata_resolver_get_lineage (self, branch, error);
      if (lineage == NULL)
        return NULL;
    }

  if (strcmp (symbol, "base") == 0)
    return g_array_new (FALSE, FALSE, sizeof (guint));

  if (strcmp (symbol, "heads") == 0 || strcmp (symbol, "head") == 0)
    {
      gboolean all = symbol[strlen ("head")] == 's';

      /* Alembic's "heads" leaves out what is depended on, but not within a branch. */
      nodes = strata_resolver_list_heads (self, all && branch == NULL);
      keep_marked (nodes, lineage);
      if (!all && nodes->len > 1)
        {
          set_several_heads_error (self, nodes, error);
          return NULL;
        }
      return g_steal_pointer (&nodes);
    }

  if (is_steps_down (symbol))
    return walk_from_heads (self, lineage, CLAMP (strtol (symbol, NULL, 10), -G_MAXINT, 0), error);

  return get_named (self, branch, lineage, symbol, error);
}

gboolean
strata_resolver_get_one (const StrataResolver  *self,
                         const char            *branch,
                         const char            *symbol,
                         guint                 *node,
                         GError               **error)
{
  g_autoptr(GArray) nodes = is_steps_down (symbol) ? get_named (self, NULL, NULL, symbol, error)
                                                   : strata_resolver_get_all (self, branch, symbol, error);

  if (nodes == NULL)
    return FALSE;

  if (nodes->len > 1)
    {
      set_several_heads_error (self, nodes, error);
      return FALSE;
    }

  *node = nodes->len > 0 ? g_array_index (nodes, guint, 0) : STRATA_NO_NODE;

  return TRUE;
}

StrataWalk
strata_resolver_walk_down (const StrataResolver *self,
                           guint                *node,
                           guint                 steps)
{
  for (; steps > 0; steps--)
    {
      guint n;
      const guint *parents;

      if (*node == STRATA_NO_NODE)
        return STRATA_WALK_TOO_FAR;

      parents = strata_edges_get (&self->graph->parents, *node, &n);
      if (n > 1)
        return STRATA_WALK_AMBIGUOUS;

      *node = n > 0 ? parents[0] : STRATA_NO_NODE;
    }

  return STRATA_WALK_DONE;
}

/* The only node that follows, or how many there are. */
static guint
count_next (const StrataResolver *self,
            guint                 node,
            const guint8         *lineage,
            guint                *next)
{
  guint n = self->graph->n_nodes;
  const guint *children = NULL;
  guint n_next = 0;

  if (node != STRATA_NO_NODE)
    children = strata_edges_get (&self->graph->children, node, &n);

  for (guint i = 0; i < n; i++)
    {
      guint child = children != NULL ? children[i] : i;

      if (children == NULL && (self->graph->flags[child] & STRATA_NODE_BASE) == 0)
        continue;
      if (self->planning && strata_graph_is_broken (self->graph, child))
        continue;
      if (lineage != NULL && !lineage[child])
        continue;

      *next = child;
      n_next++;
    }

  return n_next;
}

StrataWalk
strata_resolver_walk_up (const StrataResolver *self,
                         guint                *node,
                         guint                 steps,
                         const guint8         *lineage)
{
  for (; steps > 0; steps--)
    {
      guint next = STRATA_NO_NODE;
      guint n_next = count_next (self, *node, lineage, &next);

      if (n_next == 0)
        return STRATA_WALK_TOO_FAR;
      if (n_next > 1)
        return STRATA_WALK_AMBIGUOUS;

      *node = next;
    }

  return STRATA_WALK_DONE;
}

gboolean
strata_resolver_check_walk (const StrataResolver  *self,
                            StrataWalk             walk,
                            guint                  node,
                            int                    steps,
                            GError               **error)
{
  const char *where = node != STRATA_NO_NODE ? strata_graph_get_id (self->graph, node) : "base";

  if (walk == STRATA_WALK_TOO_FAR)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                 "Relative revision %s didn't produce %d migrations: Walked too far, it ends at %s",
                 self->argument, ABS (steps), where);
  else if (walk == STRATA_WALK_AMBIGUOUS)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET,
                 "Ambiguous walk: several revisions come %s %s, so '%s' is not one revision: say which is meant by its id",
                 steps < 0 ? "before" : "after", where, self->argument);

  return walk == STRATA_WALK_DONE;
}
