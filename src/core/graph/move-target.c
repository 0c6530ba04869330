/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/move-target.h"

#include <string.h>

#include "core/base/error.h"
#include "core/graph/graph-private.h"
#include "core/graph/target-text.h"

static gboolean
set_no_migrations_error (const StrataResolver  *self,
                         int                    steps,
                         GError               **error)
{
  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
               "Relative revision %s didn't produce %d migrations", self->argument, ABS (steps));

  return FALSE;
}

static gboolean
check_is_no_range (const char  *argument,
                   GError     **error)
{
  if (strchr (argument, ':') == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
               "Range revision not allowed: '%s' would start where the database may not be; ranges are for --sql",
               argument);

  return FALSE;
}

static GArray *
filter_marked (const GArray *nodes,
               const guint8 *marks)
{
  GArray *kept = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < nodes->len; i++)
    if (marks[g_array_index (nodes, guint, i)])
      g_array_append_val (kept, g_array_index (nodes, guint, i));

  return kept;
}

/* Where the branch was left: what is applied of it and has nothing applied of it above. */
static GArray *
find_applied_tips (StrataGraph  *graph,
                   const GArray *current,
                   const guint8 *lineage)
{
  g_autofree guint8 *applied = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *below = g_new0 (guint8, graph->n_nodes);
  GArray *tips = g_array_new (FALSE, FALSE, sizeof (guint));

  strata_edges_mark (&graph->downs, current, applied);

  for (guint node = 0; node < graph->n_nodes; node++)
    {
      guint n;
      const guint *downs = strata_edges_get (&graph->downs, node, &n);

      for (guint i = 0; i < n && applied[node] && lineage[node]; i++)
        below[downs[i]] = TRUE;
    }

  for (guint node = 0; node < graph->n_nodes; node++)
    if (applied[node] && lineage[node] && !below[node])
      g_array_append_val (tips, node);

  return tips;
}

/* Where there is something above it, so that what is proposed can be done. */
static char *
dup_advice (const StrataResolver *self,
            const GArray         *starts)
{
  guint named = g_array_index (starts, guint, 0);

  for (guint i = 0; i < starts->len; i++)
    {
      guint n;

      strata_edges_get (&self->graph->children, g_array_index (starts, guint, i), &n);
      if (n > 0)
        {
          named = g_array_index (starts, guint, i);
          break;
        }
    }

  return g_strdup_printf (": name one, as in '%s@%s'", strata_graph_get_id (self->graph, named), self->argument);
}

/* "+N" and "branch@+N": up from the only current revision, on that branch. */
static gboolean
walk_up_from_current (const StrataResolver  *self,
                      const GArray          *current,
                      const guint8          *lineage,
                      int                    steps,
                      guint                 *node,
                      StrataWalk            *walk,
                      GError               **error)
{
  g_autoptr(GArray) starts = lineage != NULL ? filter_marked (current, lineage)
                                             : g_array_ref ((GArray *) current);

  if (starts->len == 0 && lineage != NULL)
    {
      g_array_unref (starts);
      starts = find_applied_tips (self->graph, current, lineage);
    }

  if (starts->len > 1)
    {
      g_autofree char *advice = lineage == NULL ? dup_advice (self, starts) : g_strdup ("");

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET,
                   "Ambiguous upgrade from multiple current revisions: '%s' would start at %s, %s%s%s", self->argument,
                   strata_graph_get_id (self->graph, g_array_index (starts, guint, 0)),
                   strata_graph_get_id (self->graph, g_array_index (starts, guint, 1)), starts->len > 2 ? "..." : "", advice);
      return FALSE;
    }

  *node = starts->len > 0 ? g_array_index (starts, guint, 0) : STRATA_NO_NODE;
  *walk = strata_resolver_walk_up (self, node, steps, lineage);

  return TRUE;
}

static gboolean
walk_to_upgrade_target (const StrataResolver    *self,
                        const GArray            *current,
                        const StrataTargetText  *text,
                        guint                   *node,
                        StrataWalk              *walk,
                        GError                 **error)
{
  g_autofree guint8 *lineage = NULL;

  if (text->steps <= 0)
    {
      if (text->symbol == NULL)
        return set_no_migrations_error (self, text->steps, error);
      if (!strata_resolver_get_one (self, text->branch, text->symbol, node, error))
        return FALSE;

      *walk = strata_resolver_walk_down (self, node, -text->steps);
      return TRUE;
    }

  if (text->branch != NULL)
    {
      lineage = strata_resolver_get_lineage (self, text->branch, error);
      if (lineage == NULL)
        return FALSE;
    }

  if (text->symbol == NULL)
    return walk_up_from_current (self, current, lineage, text->steps, node, walk, error);

  if (!strata_resolver_get_one (self, NULL, text->symbol, node, error))
    return FALSE;

  *walk = strata_resolver_walk_up (self, node, text->steps, lineage);

  return TRUE;
}

GArray *
strata_resolver_get_upgrade_targets (const StrataResolver  *self,
                                     const GArray          *current,
                                     const char            *argument,
                                     gboolean               may_end_early,
                                     GError               **error)
{
  g_auto(StrataTargetText) text = { 0 };
  StrataWalk walk = STRATA_WALK_DONE;
  GArray *targets;
  guint node;

  if (!check_is_no_range (argument, error))
    return NULL;

  strata_target_text_parse (&text, self->graph, argument);
  if (!text.relative)
    return strata_resolver_get_all (self, text.branch, text.symbol, error);

  if (!walk_to_upgrade_target (self, current, &text, &node, &walk, error))
    return NULL;
  if (!(walk == STRATA_WALK_TOO_FAR && may_end_early)
      && !strata_resolver_check_walk (self, walk, node, text.steps, error))
    return NULL;

  targets = g_array_new (FALSE, FALSE, sizeof (guint));
  if (node != STRATA_NO_NODE)
    g_array_append_val (targets, node);

  return targets;
}

/* The branch's row; where it has none because another row depends on it, its newest applied revision. */
static gboolean
find_branch_start (const StrataResolver  *self,
                   const GArray          *rows,
                   const char            *branch,
                   int                    steps,
                   guint                 *start,
                   GError               **error)
{
  g_autofree guint8 *lineage = strata_resolver_get_lineage (self, branch, error);
  g_autoptr(GArray) starts = NULL;

  if (lineage == NULL)
    return FALSE;

  starts = filter_marked (rows, lineage);
  if (starts->len == 0)
    {
      g_autoptr(GArray) current = strata_graph_list_current (self->graph, rows);

      g_array_unref (starts);
      starts = filter_marked (current, lineage);
    }

  if (starts->len == 0)
    return set_no_migrations_error (self, steps, error);

  if (starts->len > 1)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET,
                   "downgrade %s is ambiguous: branch '%s' has several current revisions, %s and %s", self->argument,
                   branch, strata_graph_get_id (self->graph, g_array_index (starts, guint, 0)),
                   strata_graph_get_id (self->graph, g_array_index (starts, guint, 1)));
      return FALSE;
    }

  *start = g_array_index (starts, guint, 0);

  return TRUE;
}

static gboolean
find_downgrade_start (const StrataResolver    *self,
                      const GArray            *rows,
                      const StrataTargetText  *text,
                      guint                   *start,
                      guint                   *branch,
                      GError                 **error)
{
  if (text->symbol != NULL)
    return strata_resolver_get_one (self, text->branch, text->symbol, start, error);

  if (text->branch != NULL)
    return find_branch_start (self, rows, text->branch, text->steps, start, error);

  if (rows->len == 0)
    return set_no_migrations_error (self, text->steps, error);

  if (rows->len > 1)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET,
                   "downgrade %s from multiple heads is ambiguous: name the branch, as in '%s@%s'", self->argument,
                   strata_graph_get_id (self->graph, g_array_index (rows, guint, 0)), self->argument);
      return FALSE;
    }

  *start = *branch = g_array_index (rows, guint, 0);

  return TRUE;
}

static gboolean
walk_to_downgrade_target (const StrataResolver    *self,
                          const GArray            *rows,
                          const StrataTargetText  *text,
                          guint                   *target,
                          guint                   *branch,
                          GError                 **error)
{
  g_autofree guint8 *lineage = NULL;
  StrataWalk walk;

  if (text->steps < 0)
    {
      if (!find_downgrade_start (self, rows, text, target, branch, error))
        return FALSE;

      walk = strata_resolver_walk_down (self, target, -text->steps);
      return strata_resolver_check_walk (self, walk, *target, text->steps, error);
    }

  if (text->symbol == NULL)
    return set_no_migrations_error (self, text->steps, error);

  if (text->branch != NULL)
    {
      lineage = strata_resolver_get_lineage (self, text->branch, error);
      if (lineage == NULL)
        return FALSE;
    }

  if (!strata_resolver_get_one (self, NULL, text->symbol, target, error))
    return FALSE;

  walk = strata_resolver_walk_up (self, target, text->steps, lineage);
  if (walk == STRATA_WALK_DONE && *target == STRATA_NO_NODE)
    walk = STRATA_WALK_TOO_FAR;

  return strata_resolver_check_walk (self, walk, *target, text->steps, error);
}

/* "heads" of a branch are also those that something depends on, but to keep just one they do not count. */
static gboolean
find_only_real_head (const StrataResolver *self,
                     const char           *branch,
                     guint                *head)
{
  g_autofree guint8 *lineage = strata_resolver_get_lineage (self, branch, NULL);
  g_autoptr(GArray) heads = strata_resolver_list_heads (self, TRUE);
  g_autoptr(GArray) own = filter_marked (heads, lineage);

  if (own->len == 1)
    *head = g_array_index (own, guint, 0);

  return own->len == 1;
}

gboolean
strata_resolver_get_downgrade_target (const StrataResolver  *self,
                                      const GArray          *rows,
                                      const char            *argument,
                                      guint                 *target,
                                      guint                 *branch,
                                      GError               **error)
{
  g_auto(StrataTargetText) text = { 0 };

  if (!check_is_no_range (argument, error))
    return FALSE;

  strata_target_text_parse (&text, self->graph, argument);
  *branch = STRATA_NO_NODE;

  if (text.branch != NULL)
    {
      *branch = strata_resolver_get_branch (self, text.branch, error);
      if (*branch == STRATA_NO_NODE)
        return FALSE;
    }

  if (text.relative)
    return walk_to_downgrade_target (self, rows, &text, target, branch, error);

  if (text.branch != NULL && strcmp (text.symbol, "heads") == 0
      && find_only_real_head (self, text.branch, target))
    return TRUE;

  return strata_resolver_get_one (self, text.branch, text.symbol, target, error);
}

static guint
find_overlapped (StrataGraph  *graph,
                 guint         node,
                 const guint8 *is_given)
{
  g_autofree guint8 *below = g_new0 (guint8, graph->n_nodes);
  g_autoptr(GArray) seed = g_array_new (FALSE, FALSE, sizeof (guint));

  g_array_append_val (seed, node);
  strata_edges_mark (&graph->downs, seed, below);

  for (guint other = 0; other < graph->n_nodes; other++)
    if (other != node && below[other] && is_given[other])
      return other;

  return STRATA_NO_NODE;
}

gboolean
strata_graph_check_overlap (StrataGraph   *graph,
                            const GArray  *nodes,
                            GError       **error)
{
  g_autofree guint8 *is_given = g_new0 (guint8, graph->n_nodes);
  g_autofree guint8 *below = g_new0 (guint8, graph->n_nodes);
  g_autoptr(GArray) seeds = g_array_new (FALSE, FALSE, sizeof (guint));
  gboolean overlaps = FALSE;

  for (guint i = 0; i < nodes->len; i++)
    {
      guint n;
      const guint *downs = strata_edges_get (&graph->downs, g_array_index (nodes, guint, i), &n);

      is_given[g_array_index (nodes, guint, i)] = TRUE;
      g_array_append_vals (seeds, downs, n);
    }

  strata_edges_mark (&graph->downs, seeds, below);
  for (guint i = 0; i < nodes->len; i++)
    overlaps = overlaps || below[g_array_index (nodes, guint, i)];

  for (guint i = 0; i < nodes->len && overlaps; i++)
    {
      guint node = g_array_index (nodes, guint, i);
      guint other = find_overlapped (graph, node, is_given);

      if (other == STRATA_NO_NODE)
        continue;

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET,
                   "Requested revision %s overlaps with other requested revisions %s",
                   strata_graph_get_id (graph, node), strata_graph_get_id (graph, other));
      return FALSE;
    }

  return TRUE;
}
