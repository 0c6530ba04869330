/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/run-record.h"
#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_RUN_HISTORY (strata_run_history_get_type ())

/* The runs of the session's database, newest first: those of this window, and those that its ledger knows. Read anew
 * where the ledger got new entries. */
G_DECLARE_FINAL_TYPE (StrataRunHistory, strata_run_history, STRATA, RUN_HISTORY, GObject)

StrataRunHistory *strata_run_history_new  (StrataSession    *session);
/* Items are StrataRunRecord. */
GListModel       *strata_run_history_get_runs (StrataRunHistory *self);
/* NULL where there is none of that name: one of the ledger, or of a job. */
StrataRunRecord  *strata_run_history_find (StrataRunHistory *self,
                                           const char       *name);

G_END_DECLS
