/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/applied.h"
#include "core/engine/restore.h"
#include "core/workspace/lost.h"

G_BEGIN_DECLS

/* "Which database and why, where is it, what is pending, is anything wrong", at one moment. Fields that were not asked
 * for or could not be had are NULL. */
typedef struct
{
  GPtrArray              *findings;    /* StrataFinding: of opening the project, and of the scripts that are pending */
  GError                 *error;       /* why the database could not be read; else NULL */
  gboolean                missing;     /* a SQLite file that is not there yet */
  char                   *server;      /* "PostgreSQL 15.18" */
  StrataConnectionTraits  traits;
  StrataApplied          *applied;
  guint                   n_applied;   /* revisions, those implied included */
  StrataPlan             *pending;     /* to all heads; NULL where no plan can be made */
  GStrv                   python;      /* ids of pending revisions that need Python, as far as they were looked at */
  char                   *python_by;   /* who would run them, for people; NULL where there are none */
  GStrv                   left_out;    /* ids of what is not applied and can't be planned; the findings say why */
  StrataLost             *lost;        /* of applied->unknown */
  char                   *running;     /* who has the run lock: a run that goes on */
  StrataLedgerEntry      *last;        /* the newest entry of the ledger */
  GStrv                   heads;       /* ids, file order */
  gboolean                several_heads; /* more than one, and not each with a branch label of its own */
  char                   *branch;      /* of git */
} StrataStatus;

/* Offline: everything that needs no connection. Otherwise connection or connect_error is given. */
StrataStatus *strata_workspace_read_status (StrataWorkspace     *self,
                                            StrataConnection    *connection,
                                            const GError        *connect_error,
                                            GCancellable        *cancellable);
void          strata_status_free           (StrataStatus        *self);

/* Nothing is pending, and nothing is in the way of knowing so. */
gboolean      strata_status_is_up_to_date  (const StrataStatus  *self);
/* Evaluates what is pending, for as long as people wait for an answer: of thousands, the first ones. Once for a status. */
void          strata_status_find_python    (StrataStatus        *self,
                                            StrataWorkspace     *workspace,
                                            StrataDialect        dialect);
/* Reads the sections of every SQL revision too: more findings, for those who ask whether all is well. */
void          strata_status_check_files    (StrataStatus        *self,
                                            StrataWorkspace     *workspace);
/* The first reason for not being well, as an error whose exit status is the documented one; TRUE where all is well. */
gboolean      strata_status_verify         (const StrataStatus  *self,
                                            GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataStatus, strata_status_free)

G_END_DECLS
