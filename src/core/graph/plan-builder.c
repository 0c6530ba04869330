/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/plan-builder.h"

#include <string.h>

#include "core/graph/graph-private.h"
#include "core/graph/target.h"

struct _StrataPlanBuilder
{
  StrataGraph *graph;
  GArray      *steps;       /* StrataStep */
  GStrv        start;       /* sorted */
  GArray      *touched;     /* guint: every node that is or was a row */
  guint8      *is_row;
  guint8      *applied;
  guint       *n_above;     /* applied children and dependents */
};

static int
compare_strings (const void *a,
                 const void *b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static GStrv
sort_strings (const char * const *strings)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  GPtrArray *unique = g_ptr_array_new ();

  for (; *strings != NULL; strings++)
    g_ptr_array_add (sorted, (char *) *strings);
  g_ptr_array_sort (sorted, compare_strings);

  for (guint i = 0; i < sorted->len; i++)
    if (i == 0 || strcmp (g_ptr_array_index (sorted, i), g_ptr_array_index (sorted, i - 1)) != 0)
      g_ptr_array_add (unique, g_strdup (g_ptr_array_index (sorted, i)));
  g_ptr_array_add (unique, NULL);

  return (GStrv) g_ptr_array_free (unique, FALSE);
}

static void
add_row (StrataPlanBuilder *self,
         guint              node)
{
  self->is_row[node] = TRUE;
  g_array_append_val (self->touched, node);
}

StrataPlanBuilder *
strata_plan_builder_new (StrataGraph        *graph,
                         const char * const *rows)
{
  g_autoptr(GArray) nodes = strata_graph_find_rows (graph, rows);
  StrataPlanBuilder *self = g_new0 (StrataPlanBuilder, 1);

  self->graph = strata_graph_ref (graph);
  self->steps = strata_steps_new ();
  self->start = sort_strings (rows);
  self->touched = g_array_new (FALSE, FALSE, sizeof (guint));
  self->is_row = g_new0 (guint8, graph->n_nodes);
  self->applied = g_new0 (guint8, graph->n_nodes);
  self->n_above = g_new0 (guint, graph->n_nodes);

  for (guint i = 0; i < nodes->len; i++)
    add_row (self, g_array_index (nodes, guint, i));

  strata_edges_mark (&graph->downs, nodes, self->applied);
  for (guint node = 0; node < graph->n_nodes; node++)
    {
      guint n;
      const guint *downs = strata_edges_get (&graph->downs, node, &n);

      for (guint i = 0; i < n && self->applied[node]; i++)
        self->n_above[downs[i]]++;
    }

  return self;
}

void
strata_plan_builder_free (StrataPlanBuilder *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_strfreev (self->start);
  g_array_unref (self->touched);
  g_free (self->is_row);
  g_free (self->applied);
  g_free (self->n_above);
  strata_graph_unref (self->graph);
  g_free (self);
}

gboolean
strata_plan_builder_has_row (StrataPlanBuilder *self,
                             guint              node)
{
  return self->is_row[node];
}

static StrataStep *
add_step (StrataPlanBuilder *self,
          StrataStepKind     kind,
          guint              node)
{
  StrataStep step = { .kind = kind, .edits = g_array_new (FALSE, FALSE, sizeof (StrataVersionEdit)) };

  if (node != STRATA_NO_NODE)
    step.revision = strata_revision_ref (g_ptr_array_index (self->graph->revisions, node));

  g_array_append_val (self->steps, step);

  return &g_array_index (self->steps, StrataStep, self->steps->len - 1);
}

static GStrv
make_list (const char *only)
{
  const char *list[] = { only, NULL };

  return g_strdupv ((GStrv) list);
}

static void
edit (StrataPlanBuilder     *self,
      StrataStep            *step,
      StrataVersionEditKind  kind,
      guint                  from,
      guint                  to)
{
  StrataVersionEdit one = { .kind = kind };

  if (from != STRATA_NO_NODE)
    {
      one.from = strata_graph_get_id (self->graph, from);
      self->is_row[from] = FALSE;
    }
  if (to != STRATA_NO_NODE)
    {
      one.to = strata_graph_get_id (self->graph, to);
      add_row (self, to);
    }

  g_array_append_val (step->edits, one);
}

/* Rows become one row: Alembic deletes all but the last and updates that one. */
static void
edit_merge (StrataPlanBuilder *self,
            StrataStep        *step,
            const GArray      *from,
            guint              to)
{
  for (guint i = 0; i + 1 < from->len; i++)
    edit (self, step, STRATA_VERSION_DELETE, g_array_index (from, guint, i), STRATA_NO_NODE);

  if (from->len == 0)
    edit (self, step, STRATA_VERSION_INSERT, STRATA_NO_NODE, to);
  else
    edit (self, step, STRATA_VERSION_UPDATE, g_array_index (from, guint, from->len - 1), to);
}

/* One row becomes rows: Alembic inserts all but the last and updates to that one. */
static void
edit_split (StrataPlanBuilder *self,
            StrataStep        *step,
            guint              from,
            const GArray      *to)
{
  for (guint i = 0; i + 1 < to->len; i++)
    edit (self, step, STRATA_VERSION_INSERT, STRATA_NO_NODE, g_array_index (to, guint, i));

  if (to->len == 0)
    edit (self, step, STRATA_VERSION_DELETE, from, STRATA_NO_NODE);
  else
    edit (self, step, STRATA_VERSION_UPDATE, from, g_array_index (to, guint, to->len - 1));
}

static GStrv
dup_down_revisions (StrataPlanBuilder *self,
                    guint              node)
{
  return g_strdupv ((GStrv) strata_revision_get_down_revisions (g_ptr_array_index (self->graph->revisions, node)));
}

void
strata_plan_builder_upgrade (StrataPlanBuilder *self,
                             guint              node)
{
  StrataStep *step = add_step (self, STRATA_STEP_UPGRADE, node);
  g_autoptr(GArray) from = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;
  const guint *downs = strata_edges_get (&self->graph->downs, node, &n);

  for (guint i = 0; i < n; i++)
    {
      self->n_above[downs[i]]++;
      if (self->is_row[downs[i]])
        g_array_append_val (from, downs[i]);
    }

  step->from = dup_down_revisions (self, node);
  step->to = make_list (strata_graph_get_id (self->graph, node));
  self->applied[node] = TRUE;
  edit_merge (self, step, from, node);
}

void
strata_plan_builder_downgrade (StrataPlanBuilder *self,
                               guint              node)
{
  StrataStep *step = add_step (self, STRATA_STEP_DOWNGRADE, node);
  g_autoptr(GArray) to = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;
  const guint *downs = strata_edges_get (&self->graph->downs, node, &n);

  for (guint i = 0; i < n; i++)
    if (--self->n_above[downs[i]] == 0 && !self->is_row[downs[i]])
      g_array_append_val (to, downs[i]);

  step->from = make_list (strata_graph_get_id (self->graph, node));
  step->to = dup_down_revisions (self, node);
  self->applied[node] = FALSE;
  edit_split (self, step, node, to);
}

void
strata_plan_builder_stamp (StrataPlanBuilder *self,
                           const GArray      *from,
                           guint              to)
{
  StrataStep *step = add_step (self, STRATA_STEP_STAMP, to);
  g_autoptr(GArray) present = g_array_new (FALSE, FALSE, sizeof (guint));
  GPtrArray *ids = g_ptr_array_new ();

  for (guint i = 0; i < from->len; i++)
    {
      guint row = g_array_index (from, guint, i);

      g_ptr_array_add (ids, g_strdup (strata_graph_get_id (self->graph, row)));
      if (self->is_row[row])
        g_array_append_val (present, row);
    }
  g_ptr_array_add (ids, NULL);

  step->from = (GStrv) g_ptr_array_free (ids, FALSE);
  step->to = make_list (to != STRATA_NO_NODE ? strata_graph_get_id (self->graph, to) : NULL);

  if (to != STRATA_NO_NODE)
    {
      edit_merge (self, step, present, to);
      return;
    }

  for (guint i = 0; i < present->len; i++)
    edit (self, step, STRATA_VERSION_DELETE, g_array_index (present, guint, i), STRATA_NO_NODE);
}

void
strata_plan_builder_purge (StrataPlanBuilder *self)
{
  for (char **row = self->start; *row != NULL; row++)
    {
      StrataStep *step = add_step (self, STRATA_STEP_STAMP, STRATA_NO_NODE);
      StrataVersionEdit one = { .kind = STRATA_VERSION_DELETE, .from = *row };
      guint node = strata_graph_find (self->graph, *row);

      step->from = make_list (*row);
      step->to = make_list (NULL);
      g_array_append_val (step->edits, one);
      if (node != STRATA_NO_NODE)
        self->is_row[node] = FALSE;
    }
}

StrataPlan *
strata_plan_builder_finish (StrataPlanBuilder *self)
{
  g_autoptr(GPtrArray) after = g_ptr_array_new ();

  for (guint i = 0; i < self->touched->len; i++)
    {
      guint node = g_array_index (self->touched, guint, i);

      /* Once is enough, also for a row that came, went and came again. */
      if (self->is_row[node])
        g_ptr_array_add (after, (char *) strata_graph_get_id (self->graph, node));
      self->is_row[node] = FALSE;
    }
  g_ptr_array_add (after, NULL);

  return strata_plan_new (self->graph, g_steal_pointer (&self->steps), g_steal_pointer (&self->start),
                          sort_strings ((const char * const *) after->pdata));
}
