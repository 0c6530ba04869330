/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/run.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_RUN_JOB_CONNECTING,
  STRATA_RUN_JOB_WAITING,       /* for the run lock, or a statement for a lock; "holder" says whose */
  STRATA_RUN_JOB_RUNNING,
  STRATA_RUN_JOB_DONE,
  STRATA_RUN_JOB_FAILED,
  STRATA_RUN_JOB_CANCELLED,
} StrataRunJobState;

#define STRATA_TYPE_RUN_JOB_STATE (strata_run_job_state_get_type ())

GType strata_run_job_state_get_type (void);

/* "upgrade": the ledger's word for it. */
const char *strata_run_kind_get_action (StrataRunKind kind);

/* One statement of a run, or a notice of the server, for the log. */
typedef struct
{
  guint   step;          /* index */
  guint   line;          /* of a statement, in the file of the revision */
  char   *revision;      /* id; NULL for what belongs to no step */
  char   *text;          /* the statement, the notice, or why it begins anew */
  char   *severity;      /* of a notice; NULL for a statement */
  gint64  rows;          /* changed; -1: not known */
  gint64  time_us;       /* -1: not done */
} StrataRunLogLine;

/* What the job knows at one moment; strings are borrowed until the next notify. */
typedef struct
{
  StrataRunJobState  state;
  guint              step;            /* from 1; 0 before the first */
  guint              n_steps;
  const char        *revision;        /* of the step that runs */
  const char        *message;         /* and what it is about */
  const char        *statement;       /* its text, or NULL */
  const char        *holder;          /* who is waited for, or NULL where that is not known */
  const char        *backup;          /* path of the copy */
  GStrv              done;            /* ids of the steps that have landed */
} StrataRunProgress;

#define STRATA_TYPE_RUN_JOB (strata_run_job_get_type ())

/* A run on a thread and a connection of its own. "progress-changed" comes in the main thread, however often the engine
 * reports, once per main loop turn; "state" is a property, the three last ones are ends. */
G_DECLARE_FINAL_TYPE (StrataRunJob, strata_run_job, STRATA, RUN_JOB, GObject)

/* The workspace goes to the job. */
StrataRunJob            *strata_run_job_start        (StrataWorkspace        *workspace,
                                                      const char             *title,
                                                      const StrataRunOptions *options);
/* Puts a copy back over a SQLite database. */
StrataRunJob            *strata_run_job_start_restore (StrataWorkspace       *workspace,
                                                      const char             *title,
                                                      const char             *copy);
void                     strata_run_job_cancel       (StrataRunJob           *self);
gboolean                 strata_run_job_has_ended    (StrataRunJob           *self);
gboolean                 strata_run_job_is_stopping  (StrataRunJob           *self);    /* cancelled, not yet ended */
const StrataRunProgress *strata_run_job_get_progress (StrataRunJob           *self);
const StrataRunOptions  *strata_run_job_get_options  (StrataRunJob           *self);
/* The database, as people call it. */
const char              *strata_run_job_get_title    (StrataRunJob           *self);
gint64                   strata_run_job_get_started  (StrataRunJob           *self);    /* monotonic, µs */
gint64                   strata_run_job_get_began    (StrataRunJob           *self);    /* wall clock, µs */
gint64                   strata_run_job_get_elapsed  (StrataRunJob           *self);    /* µs, until now or its end */
/* Unlike any other of this process: for actions that speak of it. */
const char              *strata_run_job_get_name     (StrataRunJob           *self);
/* "upgrade", "restore": the ledger's word. */
const char              *strata_run_job_get_action   (StrataRunJob           *self);
/* Elements are StrataRunLogLine; it only grows. */
GPtrArray               *strata_run_job_get_log      (StrataRunJob           *self);
/* After the end. */
StrataRunReport         *strata_run_job_get_report   (StrataRunJob           *self);    /* NULL: it never began */
const GError            *strata_run_job_get_error    (StrataRunJob           *self);
const StrataCopy        *strata_run_job_get_restored (StrataRunJob           *self);    /* what was put back */

G_END_DECLS
