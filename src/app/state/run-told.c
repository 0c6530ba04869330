/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-told.h"

static char *
dup_text (const StrataRunEvent *event)
{
  if (event->kind == STRATA_EVENT_STATEMENT_BEGIN || event->kind == STRATA_EVENT_STATEMENT_SKIPPED)
    return g_strndup (event->sql, event->sql_length);

  return g_strdup (event->text);
}

static const char *
get_severity (const StrataRunEvent *event)
{
  if (event->kind == STRATA_EVENT_NOTICE)
    return event->severity;
  if (event->kind == STRATA_EVENT_RETRY)
    return "RETRY";
  if (event->kind == STRATA_EVENT_PROGRAM || event->kind == STRATA_EVENT_OUTPUT)
    return "ALEMBIC";

  return event->kind == STRATA_EVENT_STATEMENT_SKIPPED ? "SKIPPED" : NULL;
}

StrataRunTold *
strata_run_told_new (const StrataRunEvent *event)
{
  StrataRunTold *self = g_new0 (StrataRunTold, 1);
  gboolean done = event->kind == STRATA_EVENT_STATEMENT_DONE;

  self->kind = event->kind;
  self->step = event->step_index;
  self->n_steps = event->n_steps;
  self->line = event->line;
  if (event->step != NULL && event->step->revision != NULL)
    {
      self->revision = g_strdup (strata_revision_get_id (event->step->revision));
      self->message = g_strdup (strata_revision_get_message (event->step->revision));
    }
  self->text = dup_text (event);
  self->severity = g_strdup (get_severity (event));
  self->rows = done ? event->rows : -1;
  self->time_us = done ? event->time_us : -1;

  return self;
}

void
strata_run_told_free (StrataRunTold *self)
{
  g_free (self->revision);
  g_free (self->message);
  g_free (self->text);
  g_free (self->severity);
  g_free (self);
}
