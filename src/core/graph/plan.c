/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/plan.h"

#include "core/graph/plan-builder.h"

struct _StrataPlan
{
  gatomicrefcount  ref_count;
  StrataGraph     *graph;
  GArray          *steps;          /* StrataStep */
  GStrv            start;
  GStrv            heads_after;
};

G_DEFINE_BOXED_TYPE (StrataPlan, strata_plan, strata_plan_ref, strata_plan_unref)

static void
clear_step (void *data)
{
  StrataStep *step = data;

  g_clear_pointer (&step->revision, strata_revision_unref);
  g_strfreev (step->from);
  g_strfreev (step->to);
  g_array_unref (step->edits);
}

GArray *
strata_steps_new (void)
{
  GArray *steps = g_array_new (FALSE, FALSE, sizeof (StrataStep));

  g_array_set_clear_func (steps, clear_step);

  return steps;
}

StrataPlan *
strata_plan_new (StrataGraph *graph,
                 GArray      *steps,
                 GStrv        start,
                 GStrv        heads_after)
{
  StrataPlan *self = g_new0 (StrataPlan, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->graph = strata_graph_ref (graph);
  self->steps = steps;
  self->start = start;
  self->heads_after = heads_after;

  return self;
}

StrataPlan *
strata_plan_ref (StrataPlan *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_plan_unref (StrataPlan *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_array_unref (self->steps);
  g_strfreev (self->start);
  g_strfreev (self->heads_after);
  strata_graph_unref (self->graph);
  g_free (self);
}

guint
strata_plan_get_n_steps (StrataPlan *self)
{
  return self->steps->len;
}

const StrataStep *
strata_plan_get_step (StrataPlan *self,
                      guint       index)
{
  g_return_val_if_fail (index < self->steps->len, NULL);

  return &g_array_index (self->steps, StrataStep, index);
}

const char * const *
strata_plan_get_start (StrataPlan *self)
{
  return (const char * const *) self->start;
}

const char * const *
strata_plan_get_heads_after (StrataPlan *self)
{
  return (const char * const *) self->heads_after;
}

char *
strata_step_to_short_string (const StrataStep *step)
{
  static const char * const names[] = {
    [STRATA_STEP_UPGRADE] = "upgrade",
    [STRATA_STEP_DOWNGRADE] = "downgrade",
    [STRATA_STEP_STAMP] = "stamp_revision",
  };
  g_autofree char *from = g_strjoinv (", ", step->from);
  g_autofree char *to = g_strjoinv (", ", step->to);

  return g_strdup_printf ("Running %s %s -> %s", names[step->kind], from, to);
}

/* A stamp has no message in Alembic's log, because it may stand for several revisions. */
char *
strata_step_to_string (const StrataStep *step)
{
  g_autofree char *text = strata_step_to_short_string (step);
  const char *message = step->kind != STRATA_STEP_STAMP ? strata_revision_get_message (step->revision) : "";

  return *message != '\0' ? g_strdup_printf ("%s, %s", text, message) : g_steal_pointer (&text);
}
