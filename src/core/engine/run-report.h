/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/plan.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_STEP_NOT_RUN,
  STRATA_STEP_DONE,
  STRATA_STEP_ROLLED_BACK,
  STRATA_STEP_PARTLY,        /* some statements of transaction=off sections are in the database */
  STRATA_STEP_UNKNOWN,       /* the connection broke while it was being committed */
} StrataStepState;

typedef struct
{
  guint  line;
  gint64 rows;               /* changed; -1: not known */
  gint64 time_us;
} StrataStatementReport;

typedef struct
{
  StrataStepKind   kind;
  char            *revision;     /* a stamp: what it set, "base" for nothing */
  char            *title;        /* Alembic's line: "Running upgrade a -> b, message" */
  StrataStepState  state;
  gint64           time_us;
  GArray          *statements;   /* StrataStatementReport, those that ran */
  gboolean         by_alembic;   /* handed over to the project's own Alembic: statements are not known */
} StrataStepReport;

/* Of what stopped the run; strings may be NULL, numbers 0. */
typedef struct
{
  char  *revision;
  char  *file;
  guint  line;               /* where the server points to inside the statement, else the statement's own */
  guint  column;
  guint  statement;          /* from 1 */
  guint  n_statements;       /* 0: not known */
  char  *sql;
  char  *message;            /* the server's own words */
  char  *code;               /* SQLSTATE, or SQLite's name of the result */
  char  *detail;
  char  *hint;
} StrataRunFailure;

/* What only a person can answer; the request has a field for each answer. */
typedef enum
{
  STRATA_QUESTION_NONE,
  STRATA_QUESTION_FIRST_RUN,   /* never ran here, and the database is not empty: first_run_accepted */
  STRATA_QUESTION_IN_FLIGHT,   /* a statement was running when an earlier run was killed: in_flight */
  STRATA_QUESTION_CONSENT,     /* may the project's Alembic be run: strata_trust_give(), or hand_over->trusted */
} StrataRunQuestion;

/* What a run did. Immutable, atomically reference-counted; fields are read directly. */
typedef struct
{
  char              *run;              /* its name in the ledger */
  GStrv              start;            /* version rows before, sorted */
  GStrv              rows;             /* and now, as far as is known */
  GPtrArray         *steps;            /* StrataStepReport, in the order of the plan */
  guint              n_done;
  StrataRunFailure  *failure;          /* NULL where nothing failed */
  StrataRunQuestion  question;
  char              *in_database;      /* after a failure, sentences: what is in the database ... */
  char              *not_in_database;  /* ... what is not, and whether anything was rolled back */
  char              *next_steps[2];    /* after a failure */
  gboolean           made_table;       /* ensure_version made the version table */
  char              *backup;           /* path of the copy that was made, or NULL */
  gint64             time_us;
} StrataRunReport;

#define STRATA_TYPE_RUN_REPORT (strata_run_report_get_type ())

GType            strata_run_report_get_type (void);
StrataRunReport *strata_run_report_ref      (StrataRunReport *self);
void             strata_run_report_unref    (StrataRunReport *self);
const char      *strata_step_state_get_name (StrataStepState  state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRunReport, strata_run_report_unref)

G_END_DECLS
