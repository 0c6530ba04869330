/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run.h"

G_BEGIN_DECLS

/* An applied revision whose file says something else now: comments and layout do not count. */
typedef struct
{
  StrataRevision    *revision;
  StrataLedgerEntry *entry;       /* as it was applied, with its text */
  char              *text;        /* the file as it is */
} StrataEditedRevision;

/* What a database says of a project: for status and verify. Nothing is changed, nothing is made. */
typedef struct
{
  gboolean   version_table;       /* is there */
  GStrv      rows;                /* of the version table, sorted */
  GStrv      unknown;             /* those that no file has, sorted */
  GPtrArray *edited;              /* StrataEditedRevision, in file order */
  GPtrArray *unfinished;          /* StrataLedgerEntry: half done outside of a transaction */
  GStrv      invalid_indexes;
} StrataApplied;

/* Of the request it uses graph, version_table, ledger, project_key and source. Scripts that can't be read are left
 * out: whoever reads the folder has the findings. */
StrataApplied *strata_applied_read (StrataConnection        *connection,
                                    const StrataRunRequest  *request,
                                    GCancellable            *cancellable,
                                    GError                 **error);
void           strata_applied_free (StrataApplied           *self);
/* An upgrade of what the rows say is applied was finished, maybe by other hands; a downgrade of what they do not, too.
 * applied is of strata_graph_dup_applied(). */
gboolean       strata_applied_is_settled   (const StrataLedgerEntry *entry,
                                            StrataGraph             *graph,
                                            const guint8            *applied);
/* Takes away the entries that the version rows have overtaken. */
void           strata_applied_drop_settled (GPtrArray       *unfinished,
                                            StrataGraph     *graph,
                                            const guint8    *applied);

/* Whether a project may run on a database where it has never run. */
typedef enum
{
  STRATA_FIRST_RUN_NO,            /* the ledger knows it */
  STRATA_FIRST_RUN_EMPTY,         /* no table of a user's */
  STRATA_FIRST_RUN_OURS,          /* the version rows are this project's */
  STRATA_FIRST_RUN_STRANGE,       /* a run asks, or is refused */
} StrataFirstRun;

gboolean       strata_first_run_check (StrataConnection        *connection,
                                       const StrataRunRequest  *request,
                                       StrataFirstRun          *answer,
                                       GCancellable            *cancellable,
                                       GError                 **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataApplied, strata_applied_free)

G_END_DECLS
