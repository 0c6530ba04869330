/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/run-private.h"

StrataStepReport *
strata_run_get_step_report (StrataRun *run,
                            guint      step)
{
  return g_ptr_array_index (run->report->steps, run->first + step);
}

/* Fills in where the run is. */
void
strata_run_emit (StrataRun      *run,
                 StrataRunEvent  event)
{
  if (run->event == NULL)
    return;

  if (run->plan != NULL)
    {
      event.plan = run->plan;
      event.n_steps = strata_plan_get_n_steps (run->plan);
      event.step_index = run->step;
      if (run->step < event.n_steps)
        event.step = strata_plan_get_step (run->plan, run->step);
    }

  run->event (&event, run->user_data);
}

void
strata_run_on_notice (const char *severity,
                      const char *message,
                      gpointer    run)
{
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_NOTICE, .severity = severity, .text = message });
}

void
strata_run_on_blocked (const char *blocker,
                       gpointer    run)
{
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_BLOCKED, .text = blocker });
}

void
strata_run_on_wait (const char *holder,
                    gpointer    run)
{
  strata_run_emit (run, (StrataRunEvent) { .kind = STRATA_EVENT_WAITING, .text = holder });
}
