/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/applied.h"
#include "core/engine/restore.h"
#include "core/engine/run.h"
#include "core/engine/script.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* How long to wait for a run that goes on elsewhere, unless told. */
#define STRATA_DEFAULT_LOCK_WAIT_MS (60 * 1000)

/* What a user asks of a run; the rest comes from the project and the profile. Start from STRATA_RUN_OPTIONS_INIT. */
typedef struct
{
  StrataRunKind        kind;
  const char * const  *targets;
  gboolean             purge;
  gboolean             keeps_texts;            /* what was applied is still compared with the files, for all of a purge */
  gboolean             single_transaction;
  gboolean             no_backup;
  gboolean             trust;                  /* the project's own programs, for this run */
  gboolean             first_run_accepted;
  StrataInFlight       in_flight;
  gint64               lock_wait_ms;           /* for the run lock; -1: for ever */
  gint64               lock_timeout_ms;        /* these two: 0 for no limit, -1 for what the profile says */
  gint64               statement_timeout_ms;
  guint                retries;
} StrataRunOptions;

#define STRATA_RUN_OPTIONS_INIT \
  { .lock_wait_ms = STRATA_DEFAULT_LOCK_WAIT_MS, .lock_timeout_ms = -1, .statement_timeout_ms = -1, .retries = 5 }

/* Everything is borrowed from the workspace and the options. */
StrataRunRequest  strata_workspace_run_request  (StrataWorkspace         *self,
                                                 StrataDialect            dialect,
                                                 const StrataRunOptions  *options);
/* Puts a copy back over the SQLite database, under the run lock. The name may be NULL for the newest. */
StrataCopy       *strata_workspace_restore      (StrataWorkspace         *self,
                                                 StrataConnection        *connection,
                                                 const char              *name,
                                                 StrataWaitFunc           waiting,
                                                 gpointer                 user_data,
                                                 GCancellable            *cancellable,
                                                 GError                 **error);

G_END_DECLS
