/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run.h"
#include "core/engine/run-report-private.h"
#include "core/ledger/journal.h"

G_BEGIN_DECLS

/* What a failure at this moment leaves behind. */
typedef enum
{
  STRATA_PHASE_BEFORE,        /* nothing was changed in this step */
  STRATA_PHASE_TRANSACTION,   /* all since the transaction began goes */
  STRATA_PHASE_COMMIT,        /* a lost connection leaves it open */
  STRATA_PHASE_ALONE,         /* in a step that is not one transaction */
} StrataRunPhase;

typedef enum
{
  STRATA_OUTCOME_DONE,
  STRATA_OUTCOME_MOVED,       /* others changed the version rows: plan again */
  STRATA_OUTCOME_FAILED,
} StrataOutcome;

typedef struct _StrataLiveJournal StrataLiveJournal;

/* One run while it goes on. Borrowed: connection, request, cancellable, and the scripts' statements. */
typedef struct
{
  StrataConnection        *connection;
  const StrataRunRequest  *request;
  GCancellable            *cancellable;
  StrataRunEventFunc       event;
  gpointer                 user_data;
  StrataDialect            dialect;
  StrataConnectionTraits   traits;
  gint64                   started;         /* monotonic, as all times */

  StrataVersionTable       table;           /* the request's, with the schema that it is really in */
  char                    *schema;
  char                    *select;          /* SQL: the version rows; the lock on them; an edit of each kind */
  char                    *lock;
  char                    *lock_now;        /* where it is free, else fails */
  char                    *edits[STRATA_VERSION_DELETE + 1];
  gboolean                 table_exists;
  StrataLedger            *ledger;
  gboolean                 ledger_existed;  /* before the transaction that is open */
  GHashTable              *scripts;         /* "upgrade id", "downgrade id" → StrataStepScript */
  gboolean                 is_split;        /* a script leaves transactions: one for all is not possible */
  GHashTable              *python;          /* the same keys → char, why: steps that are handed over */
  GPtrArray               *unfinished;      /* StrataLedgerEntry that concern this database as it is */
  GPtrArray               *settled;         /* and those whose revision was done after all */

  StrataPlan              *plan;
  guint                    first;           /* the plan's first step is this one of the report */
  guint                    step;            /* of the plan */
  GStrv                    rows;            /* of the version table, sorted, as committed so far */
  StrataRows              *begun;           /* as read in the transaction that a commit has begun already; or NULL */
  StrataRunPhase           phase;
  gint64                   step_started;
  gboolean                 by_alembic;      /* what goes on is a hand-over */
  gboolean                 alone;           /* the step is not one transaction; then, as in its journal: */
  guint                    alone_begun;
  guint                    alone_done;
  guint                    live_kept;       /* statements of a live script that its autocommit_block() has committed */
  guint                    section_first;   /* the statements of its section that is one transaction; 0: in none */
  guint                    section_last;
  StrataRunReport         *report;
} StrataRun;

/* run.c */
gboolean          strata_run_is_one_transaction (StrataRun         *run);

/* run-check.c */
const char       *strata_run_action          (const StrataRun      *run);
StrataPlan       *strata_run_make_plan       (const StrataRunRequest *request,
                                              const char * const   *rows,
                                              GError              **error);
gboolean          strata_run_target_is_relative (const StrataRunRequest *request);
StrataStepScript *strata_run_get_script      (StrataRun            *run,
                                              const StrataStep     *step);
/* Whether it needs Python and goes to the project's own Alembic, as the check found. */
gboolean          strata_run_is_handed_over  (StrataRun            *run,
                                              const StrataStep     *step);
/* Only its run has shown that it needs Python, what it did is rolled back: from now on it is one of those. FALSE where there
 * is no Alembic for it. */
gboolean          strata_run_give_to_alembic (StrataRun            *run,
                                              const StrataStep     *step,
                                              const GError         *error);
gboolean          strata_run_check_server    (StrataRun            *run,
                                              GError              **error);
gboolean          strata_run_check_scripts   (StrataRun            *run,
                                              guint                 width,
                                              GError              **error);
/* Loads what the plan needs and finds what can't work, all of it, before anything runs. */
gboolean          strata_run_check_plan      (StrataRun            *run,
                                              GError              **error);

/* run-unfinished.c */
gboolean          strata_run_check_unfinished (StrataRun           *run,
                                               GError             **error);
/* Makes up for the last mark that a run was killed before; inside the lock, when the ledger may be written. */
gboolean          strata_run_mark_settled    (StrataRun            *run,
                                              GError              **error);
/* Statements of the script that an earlier run left in the database. */
guint             strata_run_count_done      (StrataRun            *run,
                                              const StrataStep     *step);
/* And the last of them that its journal names, of a script that was evaluated while it ran. New, or NULL. */
char             *strata_run_dup_asked       (StrataRun            *run,
                                              const StrataStep     *step);

/* run-transaction.c */
void              strata_run_prepare_statements (StrataRun         *run);
StrataOutcome     strata_run_open            (StrataRun            *run,
                                              GError              **error);
/* The step's edits of the version table, each of which must meet its one row, behind the statement that they travel with
 * (NULL: none); done says of that one whether it went well. */
gboolean          strata_run_edit            (StrataRun            *run,
                                              const StrataStep     *step,
                                              StrataBatchItem      *statement,
                                              gboolean             *done,
                                              GError              **error);
/* After the ledger's last entry (NULL: none). With begin_next the next step's transaction too, if nothing is in its way. */
gboolean          strata_run_commit          (StrataRun            *run,
                                              const StrataLedgerEntry *entry,
                                              gboolean              begin_next,
                                              GError              **error);
void              strata_run_roll_back       (StrataRun            *run);
void              strata_run_take_rows       (StrataRun            *run,
                                              GStrv                 rows);
GStrv             strata_run_rows_after      (const char * const   *rows,
                                              const StrataStep     *step);

/* run-step.c */
StrataOutcome     strata_run_unit            (StrataRun            *run,
                                              guint                 n_steps,
                                              GError              **error);
/* With the edits of a step behind it, in the same round trip; NULL: the statement alone. */
gboolean          strata_run_statement       (StrataRun            *run,
                                              StrataStepScript     *script,
                                              const StrataStatement *statement,
                                              guint                 number,
                                              const StrataStep     *edits,
                                              GError              **error);
StrataLedgerEntry *strata_run_new_entry      (StrataRun            *run,
                                              const StrataStep     *step,
                                              StrataStepScript     *script);
void              strata_run_begin_step      (StrataRun            *run,
                                              guint                 step);
void              strata_run_end_step        (StrataRun            *run,
                                              guint                 step);

/* run-live.c: a script that reads the database while it runs; with a journal where it may leave its transaction, else NULL */
gboolean          strata_run_live            (StrataRun            *run,
                                              const StrataStep     *step,
                                              StrataStepScript     *script,
                                              StrataLiveJournal    *journal,
                                              GError              **error);

/* run-alone.c: steps with sections outside of transactions */
StrataOutcome     strata_run_alone           (StrataRun            *run,
                                              GError              **error);

/* run-hand-over.c: the step and those behind it that one target of Alembic's means as well */
StrataOutcome     strata_run_hand_over       (StrataRun            *run,
                                              guint                *n_steps,
                                              GError              **error);

/* run-retry.c */
gboolean          strata_run_retry           (StrataRun            *run,
                                              guint                *attempt,
                                              GError              **error);

/* run-event.c */
StrataStepReport *strata_run_get_step_report (StrataRun            *run,
                                              guint                 step);
void              strata_run_emit            (StrataRun            *run,
                                              StrataRunEvent        event);
void              strata_run_on_notice       (const char           *severity,
                                              const char           *message,
                                              gpointer              run);
void              strata_run_on_wait         (const char           *holder,
                                              gpointer              run);

void              strata_run_on_blocked      (const char           *blocker,
                                              gpointer              run);

/* run-failure.c */
void              strata_run_note_failure    (StrataRun            *run,
                                              StrataStepScript     *script,
                                              const StrataStatement *statement,
                                              guint                 number,
                                              const GError         *error);
void              strata_run_forget_failure  (StrataRun            *run);
/* The error's words, with the place of the statement that failed before them: what is told and what is recorded. */
char             *strata_run_dup_placed      (StrataRun            *run,
                                              const GError         *error);
/* Fills the report's words and turns the error into one of STRATA_ERROR. */
void              strata_run_explain         (StrataRun            *run,
                                              GError              **error);

G_END_DECLS
