/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/run.h"

G_BEGIN_DECLS

/* One event of the engine, copied, on its way from the thread that runs to the main thread. */
typedef struct
{
  StrataRunEventKind  kind;
  gboolean            connecting;
  guint               step;
  guint               n_steps;
  guint               line;
  char               *revision;
  char               *message;     /* of the revision */
  char               *text;
  char               *severity;
  gint64              rows;
  gint64              time_us;
} StrataRunTold;

StrataRunTold *strata_run_told_new  (const StrataRunEvent *event);
void           strata_run_told_free (StrataRunTold        *self);

G_END_DECLS
