/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/plan.h"

#include <string.h>

#include "core/base/error.h"
#include "core/graph/graph-private.h"
#include "core/graph/move-target.h"
#include "core/graph/plan-builder.h"
#include "core/graph/target-text.h"

/* Unlike Alembic, each target moves only the rows that are related to it: Alembic moves those of all targets together,
 * and with several targets forgets rows or stops with an assertion. */
typedef struct
{
  gboolean drop;
  guint    node;    /* to drop: of the branch, STRATA_NO_NODE for all */
} Stamp;

static GArray *
resolve_target (const StrataResolver  *resolver,
                const char            *branch,
                const char            *symbol,
                gboolean               has_rows,
                GError               **error)
{
  g_autoptr(GError) local_error = NULL;
  GArray *nodes;

  /* It counts down from the heads and says nothing about where the rows are; Alembic takes it for an id then. */
  if (*symbol == '-' && has_rows)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                   "Can't locate revision identified by '%s'", symbol);
      return NULL;
    }

  nodes = strata_resolver_get_all (resolver, branch, symbol, &local_error);
  if (g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS))
    g_prefix_error (&local_error, "Multiple heads are present; please specify a single target revision: ");
  if (nodes == NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return nodes;
}

static gboolean
add_stamps (const StrataResolver  *resolver,
            gboolean               has_rows,
            GArray                *stamps,
            GError               **error)
{
  g_autofree char *branch = NULL;
  g_autofree char *symbol = NULL;
  g_autoptr(GArray) nodes = NULL;

  strata_target_text_split (resolver->argument, &branch, &symbol);
  nodes = resolve_target (resolver, branch, symbol, has_rows, error);
  if (nodes == NULL)
    return FALSE;

  for (guint i = 0; i < nodes->len; i++)
    g_array_append_val (stamps, ((Stamp) { .node = g_array_index (nodes, guint, i) }));

  if (nodes->len == 0)
    {
      Stamp stamp = { .drop = TRUE, .node = STRATA_NO_NODE };

      if (branch != NULL)
        stamp.node = strata_resolver_get_branch (resolver, branch, error);
      g_array_append_val (stamps, stamp);
    }

  return TRUE;
}

/* The rows that are before or after the node, dependencies included; all of them for STRATA_NO_NODE. */
static GArray *
list_related_rows (StrataGraph  *graph,
                   const GArray *rows,
                   guint         node)
{
  g_autofree guint8 *related = g_new0 (guint8, graph->n_nodes);
  GArray *found = g_array_new (FALSE, FALSE, sizeof (guint));

  if (node != STRATA_NO_NODE)
    {
      g_autoptr(GArray) seed = g_array_new (FALSE, FALSE, sizeof (guint));

      g_array_append_val (seed, node);
      strata_edges_mark (&graph->downs, seed, related);
      related[node] = FALSE;
      strata_edges_mark (&graph->ups, seed, related);
    }

  for (guint i = 0; i < rows->len; i++)
    {
      guint row = g_array_index (rows, guint, i);

      if (node == STRATA_NO_NODE || related[row])
        g_array_append_val (found, row);
    }

  return found;
}

static void
apply_drop (StrataPlanBuilder *builder,
            StrataGraph       *graph,
            const GArray      *rows,
            guint              branch)
{
  g_autoptr(GArray) related = list_related_rows (graph, rows, branch);

  for (guint i = 0; i < related->len; i++)
    {
      g_autoptr(GArray) row = g_array_new (FALSE, FALSE, sizeof (guint));

      g_array_append_val (row, g_array_index (related, guint, i));
      if (strata_plan_builder_has_row (builder, g_array_index (row, guint, 0)))
        strata_plan_builder_stamp (builder, row, STRATA_NO_NODE);
    }
}

static void
apply_stamp (StrataPlanBuilder *builder,
             StrataGraph       *graph,
             const GArray      *rows,
             guint              node)
{
  g_autoptr(GArray) related = list_related_rows (graph, rows, node);

  if (!strata_plan_builder_has_row (builder, node))
    strata_plan_builder_stamp (builder, related, node);
}

static gboolean
check_targets (StrataGraph   *graph,
               const GArray  *stamps,
               GError       **error)
{
  g_autoptr(GArray) nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < stamps->len; i++)
    if (!g_array_index (stamps, Stamp, i).drop)
      g_array_append_val (nodes, g_array_index (stamps, Stamp, i).node);

  return strata_graph_check_overlap (graph, nodes, error);
}

StrataPlan *
strata_plan_stamp (StrataGraph         *graph,
                   const char * const  *rows,
                   const char * const  *targets,
                   gboolean             purge,
                   GError             **error)
{
  static const char * const no_rows[] = { NULL };
  const StrataResolver row_resolver = { .graph = graph, .planning = TRUE };
  g_autoptr(GArray) current = strata_resolver_get_rows (&row_resolver, purge ? no_rows : rows, error);
  g_autoptr(GArray) stamps = g_array_new (FALSE, FALSE, sizeof (Stamp));
  g_autoptr(StrataPlanBuilder) builder = NULL;

  if (current == NULL)
    return NULL;

  for (; *targets != NULL; targets++)
    {
      const StrataResolver resolver = { .graph = graph, .argument = *targets, .planning = TRUE };

      if (!add_stamps (&resolver, current->len > 0, stamps, error))
        return NULL;
    }

  if (!check_targets (graph, stamps, error))
    return NULL;

  builder = strata_plan_builder_new (graph, rows);
  if (purge)
    strata_plan_builder_purge (builder);

  /* Drops first, so that the order of the targets does not matter. */
  for (guint i = 0; i < stamps->len; i++)
    if (g_array_index (stamps, Stamp, i).drop)
      apply_drop (builder, graph, current, g_array_index (stamps, Stamp, i).node);
  for (guint i = 0; i < stamps->len; i++)
    if (!g_array_index (stamps, Stamp, i).drop)
      apply_stamp (builder, graph, current, g_array_index (stamps, Stamp, i).node);

  return strata_plan_builder_finish (builder);
}
