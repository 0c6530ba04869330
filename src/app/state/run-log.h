/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/run-record.h"
#include "app/state/session.h"

G_BEGIN_DECLS

/* The log of a run as a text that is SQL with comments: what is shown, searched and saved. */

/* Lines of a job's log: a statement's own one changes until it is done, and so does what comes after it. */
char *strata_run_log_dup_lines   (StrataRunJob         *job,
                                  guint                 from,
                                  guint                 to);
guint strata_run_log_count_final (StrataRunJob         *job);
/* Who, where, when, how it ended: before the log in a file. */
char *strata_run_log_dup_head    (StrataRunRecord      *record,
                                  const char           *database);
/* Why it failed and what that leaves, as comments; empty where it did not. */
char *strata_run_log_dup_tail    (StrataRunRecord      *record);
/* The revisions of a run that only the ledger knows, with the files as they were then. */
void  strata_run_log_ask_async   (StrataSession        *session,
                                  StrataRunRecord      *record,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
char *strata_run_log_ask_finish  (StrataSession        *session,
                                  GAsyncResult         *result,
                                  GError              **error);

G_END_DECLS
