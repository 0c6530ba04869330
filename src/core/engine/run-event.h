/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/plan.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_EVENT_WAITING,          /* for the run lock, about once a second; text: the holder, or NULL */
  STRATA_EVENT_PLANNED,          /* inside the lock, also when made anew; plan */
  STRATA_EVENT_BACKUP,           /* text: the path of the copy */
  STRATA_EVENT_STEP_BEGIN,
  STRATA_EVENT_STATEMENT_BEGIN,
  STRATA_EVENT_STATEMENT_DONE,   /* rows, time_us */
  STRATA_EVENT_STATEMENT_SKIPPED,/* done already in an earlier run, as the journal says */
  STRATA_EVENT_BLOCKED,          /* text: who blocks what runs now, about once a second */
  STRATA_EVENT_NOTICE,           /* severity and text, the server's own */
  STRATA_EVENT_RETRY,            /* the step begins anew; attempt, time_us until then, text: why */
  STRATA_EVENT_PROGRAM,          /* the project's Alembic is started; text: the command line */
  STRATA_EVENT_OUTPUT,           /* text: a line that it printed */
  STRATA_EVENT_STEP_DONE,        /* committed, unless the whole run is one transaction; time_us */
} StrataRunEventKind;

/* What a run tells while it goes on, one after the other, on the thread that runs it. Everything is borrowed for the call; what a kind does
 * not speak of is zero. */
typedef struct
{
  StrataRunEventKind  kind;
  StrataPlan         *plan;
  const StrataStep   *step;
  guint               step_index;     /* from 0 */
  guint               n_steps;
  guint               statement;      /* from 1, in the whole script */
  guint               n_statements;   /* 0: not known before, of a script that reads the database */
  const char         *file;
  guint               line;
  const char         *sql;            /* not NUL-terminated */
  gsize               sql_length;
  gint64              rows;           /* changed by the statement; -1: not known */
  gint64              time_us;
  guint               attempt;        /* from 1 */
  const char         *severity;
  const char         *text;
} StrataRunEvent;

typedef void (*StrataRunEventFunc) (const StrataRunEvent *event,
                                    gpointer              user_data);

G_END_DECLS
