/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/run-report-private.h"

G_DEFINE_BOXED_TYPE (StrataRunReport, strata_run_report, strata_run_report_ref, strata_run_report_unref)

static void
free_step (gpointer data)
{
  StrataStepReport *step = data;

  g_free (step->revision);
  g_free (step->title);
  g_array_unref (step->statements);
  g_free (step);
}

StrataRunReport *
strata_run_report_new (void)
{
  StrataRunReport *self = g_atomic_rc_box_new0 (StrataRunReport);

  self->start = g_new0 (char *, 1);
  self->rows = g_new0 (char *, 1);
  self->steps = g_ptr_array_new_with_free_func (free_step);

  return self;
}

StrataRunReport *
strata_run_report_ref (StrataRunReport *self)
{
  return g_atomic_rc_box_acquire (self);
}

void
strata_run_failure_free (StrataRunFailure *failure)
{
  g_free (failure->revision);
  g_free (failure->file);
  g_free (failure->sql);
  g_free (failure->message);
  g_free (failure->code);
  g_free (failure->detail);
  g_free (failure->hint);
  g_free (failure);
}

static void
clear_report (gpointer data)
{
  StrataRunReport *self = data;

  g_free (self->run);
  g_strfreev (self->start);
  g_strfreev (self->rows);
  g_ptr_array_unref (self->steps);
  g_clear_pointer (&self->failure, strata_run_failure_free);
  g_free (self->in_database);
  g_free (self->not_in_database);
  g_free (self->next_steps[0]);
  g_free (self->next_steps[1]);
  g_free (self->backup);
}

void
strata_run_report_unref (StrataRunReport *self)
{
  g_atomic_rc_box_release_full (self, clear_report);
}

const char *
strata_step_state_get_name (StrataStepState state)
{
  static const char * const names[] = { "not run", "done", "rolled back", "partly done", "unknown" };

  g_return_val_if_fail (state < G_N_ELEMENTS (names), NULL);

  return names[state];
}

/* Steps that are done stay; those of an older plan give way to those of the new one. */
void
strata_run_report_set_plan (StrataRunReport *self,
                            StrataPlan      *plan)
{
  g_ptr_array_set_size (self->steps, self->n_done);

  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    {
      const StrataStep *step = strata_plan_get_step (plan, i);
      StrataStepReport *report = g_new0 (StrataStepReport, 1);

      report->kind = step->kind;
      report->revision = g_strdup (step->revision != NULL ? strata_revision_get_id (step->revision) : "base");
      report->title = strata_step_to_string (step);
      report->statements = g_array_new (FALSE, FALSE, sizeof (StrataStatementReport));
      g_ptr_array_add (self->steps, report);
    }
}
