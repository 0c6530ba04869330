/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/listing-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"

static const char * const nothing[] = { NULL };

static void
part_free (StrataListingPart *part)
{
  strata_plan_unref (part->plan);
  g_free (part);
}

static StrataListingPart *
part_new (StrataPlan *plan,
          guint       first,
          guint       n_steps)
{
  StrataListingPart *part = g_new (StrataListingPart, 1);

  *part = (StrataListingPart) { strata_plan_ref (plan), first, n_steps };

  return part;
}

static gboolean
find_step (StrataPlan *plan,
           const char *id,
           guint      *index)
{
  for (*index = 0; *index < strata_plan_get_n_steps (plan); (*index)++)
    {
      StrataRevision *revision = strata_plan_get_step (plan, *index)->revision;

      if (revision != NULL && g_str_equal (strata_revision_get_id (revision), id))
        return TRUE;
    }

  return FALSE;
}

/* How the database at hand would take this step; NULL where it would not, as things are. */
static StrataPlan *
plan_from_rows (const StrataListingRequest *request,
                StrataRevision             *revision)
{
  const char * const *parents = strata_revision_get_down_revisions (revision);

  if (request->rows == NULL)
    return NULL;

  if (request->direction == STRATA_UPGRADE)
    return strata_plan_upgrade (request->graph, request->rows, request->to, NULL);

  return strata_plan_downgrade (request->graph, request->rows,
                                parents != NULL && parents[0] != NULL ? parents[0] : "base", NULL);
}

/* As if there were nothing but the revision and what it needs. */
static StrataPlan *
plan_alone (const StrataListingRequest  *request,
            GError                     **error)
{
  g_autoptr(StrataPlan) up = strata_plan_upgrade (request->graph, nothing, request->to, error);

  if (up == NULL || request->direction == STRATA_UPGRADE)
    return g_steal_pointer (&up);

  return strata_plan_downgrade (request->graph, strata_plan_get_heads_after (up), "base", error);
}

static GPtrArray *
plan_one (const StrataListingRequest  *request,
          guint                        node,
          GError                     **error)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_autoptr(StrataPlan) plan = plan_from_rows (request, strata_graph_get_revision (request->graph, node));
  guint index;

  if (plan == NULL || !find_step (plan, request->to, &index))
    {
      g_clear_pointer (&plan, strata_plan_unref);
      plan = plan_alone (request, error);
      if (plan == NULL)
        return NULL;
    }

  if (find_step (plan, request->to, &index))
    g_ptr_array_add (parts, part_new (plan, index, 1));

  return g_steal_pointer (&parts);
}

/* The newest revision that both come from: NO_NODE for none, and FALSE where there are several. */
static gboolean
find_common (StrataGraph *graph,
             const char  *a,
             const char  *b,
             guint       *common)
{
  const char *rows_a[] = { a, NULL };
  const char *rows_b[] = { b, NULL };
  g_autofree guint8 *both = strata_graph_dup_applied (graph, rows_a);
  g_autofree guint8 *of_b = strata_graph_dup_applied (graph, rows_b);

  *common = STRATA_NO_NODE;
  for (guint node = 0; node < strata_graph_get_n_nodes (graph); node++)
    both[node] = both[node] && of_b[node];

  for (guint node = 0; node < strata_graph_get_n_nodes (graph); node++)
    {
      const guint *children;
      gboolean newest = both[node];
      guint n;

      children = strata_graph_get_children (graph, node, &n);
      for (guint i = 0; newest && i < n; i++)
        newest = !both[children[i]];

      if (newest && *common != STRATA_NO_NODE)
        return FALSE;
      if (newest)
        *common = node;
    }

  return TRUE;
}

static gboolean
add_whole (GPtrArray  *parts,
           StrataPlan *plan)
{
  if (plan != NULL)
    g_ptr_array_add (parts, part_new (plan, 0, strata_plan_get_n_steps (plan)));

  return plan != NULL;
}

/* Down to what both have, then up. */
static GPtrArray *
plan_between (const StrataListingRequest  *request,
              GError                     **error)
{
  g_autoptr(GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_autoptr(StrataPlan) start = strata_plan_upgrade (request->graph, nothing, request->from, error);
  g_autoptr(StrataPlan) down = NULL;
  g_autoptr(StrataPlan) up = NULL;
  const char *target = "base";
  guint common;

  if (start == NULL)
    return NULL;

  if (!find_common (request->graph, request->from, request->to, &common))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET,
                   _("No single revision is what %s and %s both come from, so there is more than one way between them"),
                   request->from, request->to);
      return NULL;
    }

  if (common != STRATA_NO_NODE)
    target = strata_revision_get_id (strata_graph_get_revision (request->graph, common));
  if (g_str_equal (target, request->from))
    down = strata_plan_ref (start);
  else
    {
      down = strata_plan_downgrade (request->graph, strata_plan_get_heads_after (start), target, error);
      if (!add_whole (parts, down))
        return NULL;
    }

  if (g_str_equal (target, request->to))
    return g_steal_pointer (&parts);

  up = strata_plan_upgrade (request->graph, strata_plan_get_heads_after (down), request->to, error);
  if (!add_whole (parts, up))
    return NULL;

  return g_steal_pointer (&parts);
}

GPtrArray *
strata_listing_make_plans (const StrataListingRequest  *request,
                           GError                     **error)
{
  const char *ids[] = { request->to, request->from };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    if (ids[i] != NULL && strata_graph_find (request->graph, ids[i]) == STRATA_NO_NODE)
      {
        g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION, _("The folder has no revision %s"), ids[i]);
        return NULL;
      }

  return request->from != NULL ? plan_between (request, error)
                               : plan_one (request, strata_graph_find (request->graph, request->to), error);
}
