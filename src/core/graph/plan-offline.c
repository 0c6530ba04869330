/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/plan.h"

#include <string.h>

#include "core/base/error.h"
#include "core/graph/resolver.h"
#include "core/graph/target-text.h"

/* "start:target"; without a colon, the start is NULL. */
static gboolean
split_range (const char  *range,
             char       **start,
             char       **target,
             GError     **error)
{
  g_auto(GStrv) ends = g_strsplit (range, ":", -1);
  guint n = g_strv_length (ends);

  if (n > 2 || (n == 2 && (*ends[0] == '\0' || *ends[1] == '\0')))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "A range is <fromrev>:<torev>, not '%s'", range);
      return FALSE;
    }

  *start = n == 2 ? g_strdup (ends[0]) : NULL;
  *target = g_strdup (n == 2 ? ends[1] : range);

  return TRUE;
}

/* The one start of all ranges, and each range's target. */
static GStrv
split_ranges (const char * const  *ranges,
              char               **start,
              GError             **error)
{
  g_autoptr(GPtrArray) targets = g_ptr_array_new_with_free_func (g_free);

  for (; *ranges != NULL; ranges++)
    {
      g_autofree char *one_start = NULL;
      char *target;

      if (!split_range (*ranges, &one_start, &target, error))
        return NULL;

      g_ptr_array_add (targets, target);
      if (*start == NULL)
        *start = g_steal_pointer (&one_start);
      else if (one_start != NULL && strcmp (one_start, *start) != 0)
        {
          g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                               "Stamp operation with --sql only supports a single starting revision at a time");
          return NULL;
        }
    }
  g_ptr_array_add (targets, NULL);

  return (GStrv) g_ptr_array_steal (targets, NULL);
}

StrataPlan *
strata_plan_offline (StrataGraph         *graph,
                     StrataStepKind       kind,
                     const char * const  *ranges,
                     GError             **error)
{
  g_autofree char *start = NULL;
  g_auto(GStrv) targets = split_ranges (ranges, &start, error);
  const StrataResolver resolver = { .graph = graph, .argument = start, .planning = TRUE };
  g_autofree char *branch = NULL;
  g_autofree char *symbol = NULL;
  const char *rows[] = { NULL, NULL };
  guint node = STRATA_NO_NODE;

  if (targets == NULL)
    return NULL;

  if (start == NULL && kind == STRATA_STEP_DOWNGRADE)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE,
                           "downgrade with --sql requires <fromrev>:<torev>");
      return NULL;
    }

  if (start != NULL)
    {
      strata_target_text_split (start, &branch, &symbol);
      if (!strata_resolver_get_one (&resolver, branch, symbol, &node, error))
        return NULL;
    }
  if (node != STRATA_NO_NODE)
    rows[0] = strata_revision_get_id (strata_graph_get_revision (graph, node));

  switch (kind)
    {
    case STRATA_STEP_UPGRADE:
      return strata_plan_upgrade (graph, rows, targets[0], error);
    case STRATA_STEP_DOWNGRADE:
      return strata_plan_downgrade (graph, rows, targets[0], error);
    case STRATA_STEP_STAMP:
    default:
      return strata_plan_stamp (graph, rows, (const char * const *) targets, FALSE, error);
    }
}
