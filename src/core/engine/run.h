/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The engine: a plan and a connection become a done run, or a state that has a name. Nothing runs before everything
 * was checked; one run at a time per database; each revision lands with its version row and its ledger entry or not
 * at all. Blocking; on the thread that owns the connection. */

#pragma once

#include "core/engine/hand-over.h"
#include "core/engine/run-event.h"
#include "core/engine/run-report.h"
#include "core/engine/step-script.h"
#include "core/engine/version-table.h"
#include "core/ledger/ledger.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_RUN_UPGRADE,
  STRATA_RUN_DOWNGRADE,
  STRATA_RUN_STAMP,
  STRATA_RUN_ENSURE_VERSION,
} StrataRunKind;

/* What to do with a statement that was running outside of a transaction when an earlier run was killed, where the
 * database itself does not tell. */
typedef enum
{
  STRATA_IN_FLIGHT_ASK,
  STRATA_IN_FLIGHT_REPEAT,
  STRATA_IN_FLIGHT_SKIP,
} StrataInFlight;

/* Borrowed for the call. Zero means the least: start from STRATA_RUN_REQUEST_INIT. */
typedef struct
{
  StrataRunKind           kind;
  const char * const     *targets;             /* upgrade, downgrade: one; stamp: one or more */
  gboolean                purge;               /* stamp */
  gboolean                keeps_texts;         /* a purge that is no word about what was applied: of a rescue */
  StrataGraph            *graph;
  StrataVersionTable      version_table;
  StrataTransactionMode   transaction;         /* what the project and --single-transaction say */
  gboolean                single_transaction;  /* the user did: all or nothing */
  gint64                  lock_wait_ms;        /* for the run lock; -1: for ever */
  gint64                  lock_timeout_ms;     /* of a statement; 0: none, -1: the server's */
  guint                   lock_retries;        /* after a lock timeout or a deadlock */
  gint64                  statement_timeout_ms;
  gboolean                backup;              /* SQLite: a copy before anything changes */
  gboolean                first_run_accepted;
  StrataInFlight          in_flight;
  StrataLedgerMode        ledger;
  const char             *project_key;         /* absolute path of the project's folder */
  const char             *who;
  const char             *host;
  const char             *tool;                /* "strata 0.1.0" */
  const StrataStepSource *source;              /* NULL: the revisions' files */
  const StrataHandOver   *hand_over;           /* for steps that need Python; NULL: such a run is refused */
} StrataRunRequest;

#define STRATA_RUN_REQUEST_INIT \
  { .version_table = { NULL, STRATA_VERSION_TABLE_DEFAULT }, .lock_wait_ms = -1, .lock_timeout_ms = -1, \
    .lock_retries = 5, .statement_timeout_ms = -1, .backup = TRUE }

/* The steps from the database's real state; changes nothing, a read-only connection does. */
StrataPlan      *strata_engine_plan (StrataConnection        *connection,
                                     const StrataRunRequest  *request,
                                     GCancellable            *cancellable,
                                     GError                 **error);
/* Whether a run of these steps would begin, as far as that can be known from outside of the run lock; changes nothing.
 * The scripts are what it would load, StrataStepScript, one a step: NULL for a stamp, and where none can be loaded.
 * Python has one a step too, char: why it needs Python, and so goes to the project's Alembic; else NULL. */
gboolean         strata_engine_check (StrataConnection        *connection,
                                      const StrataRunRequest  *request,
                                      StrataPlan              *plan,
                                      GPtrArray              **scripts,
                                      GPtrArray              **python,
                                      GCancellable            *cancellable,
                                      GError                 **error);
/* Always returns a report; error is set exactly where the run did not end well. Codes are STRATA_ERROR only: LOCKED,
 * CANCELLED, REFUSED, NEEDS_PYTHON, NEEDS_CONSENT, CANNOT_CONNECT (the connection broke), those of planning, FAILED; what the server
 * said is in the report. */
StrataRunReport *strata_engine_run  (StrataConnection        *connection,
                                     const StrataRunRequest  *request,
                                     StrataRunEventFunc       event,
                                     gpointer                 user_data,
                                     GCancellable            *cancellable,
                                     GError                 **error);

G_END_DECLS
