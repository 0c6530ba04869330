/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sql/loss.h"
#include "core/workspace/run.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_ROWS_UNKNOWN,     /* counting took too long, or they can't be counted */
  STRATA_ROWS_COUNTED,     /* all of the table; of a column those that have a value */
  STRATA_ROWS_ESTIMATED,   /* by the server, of the whole table */
  STRATA_ROWS_NOT_THERE,   /* no such table or column now: an earlier step of the run makes it */
} StrataRowsKnown;

/* One loss of a run, and how much of it there is. */
typedef struct
{
  guint            step;       /* of the plan */
  guint            line;       /* of the statement, in the script */
  StrataLossKind   kind;
  const char      *words;      /* as those of StrataLoss */
  char            *name;
  char            *column;
  StrataRowsKnown  known;
  gint64           rows;
} StrataPreviewLoss;

/* What a run would do, from the database's real rows, before it does. Immutable, atomically reference-counted; fields are
 * read directly. */
typedef struct
{
  StrataRunKind           kind;
  StrataPlan             *plan;            /* NULL: none can be made, and refusal says why */
  GPtrArray              *scripts;         /* StrataStepScript or NULL, one a step */
  GPtrArray              *python;          /* char or NULL, one a step: why the project's own Alembic runs it */
  GPtrArray              *losses;          /* StrataPreviewLoss, in the order of the run */
  GPtrArray              *unfinished;      /* StrataLedgerEntry: steps that an earlier run left half done, which go on */
  GPtrArray              *findings;        /* GPtrArray of StrataFinding, or NULL, one a step; empty before strata_preview_check() */
  char                   *program;         /* that Alembic, as typed into a shell, and why that one; NULL: none runs */
  char                   *program_reason;
  gboolean                needs_consent;   /* for the program; that is what the refusal says, and all that is in the way */
  GError                 *refusal;         /* NULL: it would begin */
  StrataFirstRun          first_run;
  StrataDialect           dialect;
  gboolean                makes_file;      /* a SQLite file that is not there yet */
  gboolean                makes_copy;      /* of a SQLite database, before anything changes */
  gboolean                one_transaction;
  guint                   n_transactions;
  guint                   n_alone;         /* statements outside of any: what they did stays */
  gint64                  lock_timeout_ms; /* 0: none, -1: the server's */
} StrataPreview;

#define STRATA_TYPE_PREVIEW (strata_preview_get_type ())

GType          strata_preview_get_type      (void);
/* Changes nothing. Without a connection the refusal says that there is none. Fails only where it is cancelled. */
StrataPreview *strata_workspace_preview     (StrataWorkspace         *self,
                                             StrataConnection        *connection,
                                             const StrataRunOptions  *options,
                                             GCancellable            *cancellable,
                                             GError                 **error);
StrataPreview *strata_preview_ref           (StrataPreview           *self);
void           strata_preview_unref         (StrataPreview           *self);
/* TRUE where rows or tables that are in the database now, or may be, would be gone. */
gboolean       strata_preview_loss_is_real  (const StrataPreviewLoss *loss);
/* Whether a step goes to the project's own Alembic. */
gboolean       strata_preview_needs_python (const StrataPreview     *self);
gboolean       strata_preview_loses_data    (const StrataPreview     *self);
/* NULL: it was not read, or the project's own Alembic runs it. */
StrataStepScript *strata_preview_get_script (const StrataPreview     *self,
                                             guint                    step);

/* What was found in the step's script, or NULL; elements are StrataFinding. */
GPtrArray     *strata_preview_get_findings  (const StrataPreview     *self,
                                             guint                    step);
/* Of this severity, in all steps. */
guint          strata_preview_count_findings (const StrataPreview    *self,
                                             StrataSeverity           severity);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPreview, strata_preview_unref)

G_END_DECLS
