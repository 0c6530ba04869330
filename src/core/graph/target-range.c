/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/target.h"

#include <string.h>

#include "core/base/error.h"
#include "core/graph/graph-private.h"
#include "core/graph/move-target.h"
#include "core/graph/sort.h"
#include "core/graph/target-text.h"

typedef struct
{
  StrataResolver      resolver;
  const char * const *rows;
  char               *start;    /* NULL for base */
  char               *end;      /* NULL for heads */
} Range;

static void
range_clear (Range *self)
{
  g_free (self->start);
  g_free (self->end);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Range, range_clear)

static gboolean
range_parse (Range       *self,
             const char  *text,
             GError     **error)
{
  g_autofree char *stripped = g_strstrip (g_strdup (text));
  g_auto(GStrv) ends = g_strsplit (stripped, ":", -1);

  if (g_strv_length (ends) != 2)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                   "History range requires [start]:[end], [start]:, or :[end], not '%s'", text);
      return FALSE;
    }

  self->start = *ends[0] != '\0' && strcmp (ends[0], "base") != 0 ? g_strdup (ends[0]) : NULL;
  self->end = *ends[1] != '\0' ? g_strdup (ends[1]) : NULL;

  return TRUE;
}

/* "-N" counts from every head; a way that ends at base before makes base the start. */
static GArray *
walk_from_heads (const StrataResolver    *resolver,
                 const StrataTargetText  *text,
                 GError                 **error)
{
  g_autoptr(GArray) nodes = strata_resolver_list_heads (resolver, TRUE);
  g_autofree guint8 *seen = g_new0 (guint8, resolver->graph->n_nodes);
  g_autofree guint8 *lineage = NULL;
  gboolean from_base = FALSE;
  guint n_kept = 0;

  if (text->branch != NULL)
    {
      lineage = strata_resolver_get_lineage (resolver, text->branch, error);
      if (lineage == NULL)
        return NULL;
    }

  for (guint i = 0; i < nodes->len; i++)
    {
      guint node = g_array_index (nodes, guint, i);
      StrataWalk walk;

      if (lineage != NULL && !lineage[node])
        continue;

      walk = strata_resolver_walk_down (resolver, &node, -text->steps);

      if (walk == STRATA_WALK_AMBIGUOUS && !strata_resolver_check_walk (resolver, walk, node, text->steps, error))
        return NULL;
      if (node == STRATA_NO_NODE)
        from_base = TRUE;
      else if (!seen[node])
        {
          g_array_index (nodes, guint, n_kept++) = node;
          seen[node] = TRUE;
        }
    }

  g_array_set_size (nodes, from_base ? 0 : n_kept);

  return g_steal_pointer (&nodes);
}

static GArray *
get_lower (Range   *self,
           GError **error)
{
  const StrataResolver resolver = { .graph = self->resolver.graph, .argument = self->start };
  g_auto(StrataTargetText) text = { 0 };
  g_autoptr(GArray) lower = g_array_new (FALSE, FALSE, sizeof (guint));

  if (self->start == NULL)
    return g_steal_pointer (&lower);
  if (self->rows != NULL && strcmp (self->start, "current") == 0)
    return strata_resolver_get_rows (&resolver, self->rows, error);

  strata_target_text_parse (&text, resolver.graph, self->start);
  if (text.relative && text.symbol == NULL)
    {
      if (text.steps < 0)
        return walk_from_heads (&resolver, &text, error);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                   "Can't locate revision identified by '%s': a range can't start there", self->start);
      return NULL;
    }

  return strata_resolver_get_upgrade_targets (&resolver, lower, self->start, TRUE, error);
}

/* A start on a branch keeps the end to that branch. Where a revision stands for the branch, its label is meant, or,
 * without just one, its lineage. */
static gboolean
keep_branch (Range   *self,
             GArray  *targets,
             GError **error)
{
  g_autofree char *branch = self->start != NULL && strchr (self->start, '@') != NULL
                              ? g_strndup (self->start, strchr (self->start, '@') - self->start) : NULL;
  g_autofree guint8 *lineage = NULL;
  g_auto(GStrv) own_labels = NULL;
  const char *label = branch;
  guint n_kept = 0;
  guint node;

  if (branch == NULL)
    return TRUE;

  node = strata_resolver_get_branch (&self->resolver, branch, error);
  if (node == STRATA_NO_NODE)
    return FALSE;

  if (!g_hash_table_contains (self->resolver.graph->node_by_label, branch))
    {
      own_labels = strata_graph_dup_labels (self->resolver.graph, node);
      label = g_strv_length (own_labels) == 1 ? own_labels[0] : NULL;
      lineage = strata_resolver_get_lineage (&self->resolver, branch, error);
    }

  for (guint i = 0; i < targets->len; i++)
    {
      guint target = g_array_index (targets, guint, i);
      g_auto(GStrv) labels = strata_graph_dup_labels (self->resolver.graph, target);

      if (label != NULL ? g_strv_contains ((const char * const *) labels, label) : lineage[target])
        g_array_index (targets, guint, n_kept++) = target;
    }
  g_array_set_size (targets, n_kept);

  return TRUE;
}

static GArray *
get_upper (Range         *self,
           const GArray  *lower,
           GError       **error)
{
  const StrataResolver resolver = { .graph = self->resolver.graph, .argument = self->end };
  g_autoptr(GArray) upper = NULL;

  if (self->end == NULL)
    upper = strata_resolver_list_heads (&resolver, TRUE);
  else if (self->rows != NULL && strcmp (self->end, "current") == 0)
    upper = strata_resolver_get_rows (&resolver, self->rows, error);
  else
    upper = strata_resolver_get_upgrade_targets (&resolver, lower, self->end, TRUE, error);

  if (upper == NULL || !keep_branch (self, upper, error))
    return NULL;

  return g_steal_pointer (&upper);
}

static gboolean
check_ends (Range         *self,
            const GArray  *lower,
            const guint8  *required,
            GError       **error)
{
  for (guint i = 0; i < lower->len; i++)
    if (!required[g_array_index (lower, guint, i)])
      {
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                     "Requested range %s:%s does not refer to ancestor/descendant revisions along the same branch",
                     self->start, self->end != NULL ? self->end : "heads");
        return FALSE;
      }

  return TRUE;
}

/* All that the upper ends need, down to and with the lower ones; above a lower end, only what descends from it. */
static GArray *
collect (Range         *self,
         const GArray  *lower,
         const GArray  *upper,
         GError       **error)
{
  StrataGraph *graph = self->resolver.graph;
  g_autofree guint8 *wanted = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *below = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *above = g_new0 (guint8, graph->n_nodes);

  strata_edges_mark (&graph->downs, upper, wanted);
  if (!check_ends (self, lower, wanted, error) || !strata_graph_check_overlap (graph, lower, error))
    return NULL;

  strata_edges_mark (&graph->downs, lower, below);
  strata_edges_mark (&graph->children, lower, above);
  for (guint i = 0; i < lower->len; i++)
    below[g_array_index (lower, guint, i)] = FALSE;
  for (guint node = 0; node < graph->n_nodes; node++)
    wanted[node] = wanted[node] && !below[node] && (lower->len == 0 || above[node]);

  return strata_graph_sort (graph, wanted, upper, NULL);
}

GArray *
strata_graph_resolve_range (StrataGraph         *graph,
                            const char * const  *rows,
                            const char          *text,
                            GError             **error)
{
  g_auto(Range) range = { .resolver = { .graph = graph, .argument = text }, .rows = rows };
  g_autoptr(GArray) lower = NULL;
  g_autoptr(GArray) upper = NULL;

  if (text != NULL && !range_parse (&range, text, error))
    return NULL;

  lower = get_lower (&range, error);
  if (lower == NULL)
    return NULL;

  upper = get_upper (&range, lower, error);
  if (upper == NULL || !strata_graph_check_overlap (graph, upper, error))
    return NULL;

  return collect (&range, lower, upper, error);
}
