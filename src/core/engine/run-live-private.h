/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/run-private.h"

G_BEGIN_DECLS

/* The statements that change something are counted, in the order in which the script asks for them. What an earlier run has
 * left in the database is passed over, as long as the script asks for the same. */

/* The next statement, in the transaction that is open or by itself. */
gboolean strata_live_journal_run     (StrataLiveJournal      *self,
                                      const StrataStatement  *statement,
                                      gboolean                is_autocommit,
                                      GError                **error);
/* Around a query that changes something and gives back rows, which can't be passed over: what the script makes of its answer is
 * lost with it. One that failed counts as done: the script has heard of it. */
gboolean strata_live_journal_begin_query (StrataLiveJournal  *self,
                                      const StrataStatement  *statement,
                                      gboolean                is_autocommit,
                                      GError                **error);
gboolean strata_live_journal_end_query (StrataLiveJournal    *self,
                                      gboolean                is_autocommit,
                                      const GError           *failure,
                                      GError                **error);
/* autocommit_block(), begun and left. */
gboolean strata_live_journal_commit  (StrataLiveJournal      *self,
                                      GError                **error);
gboolean strata_live_journal_open    (StrataLiveJournal      *self,
                                      GError                **error);
/* How many there were. */
guint    strata_live_journal_count   (StrataLiveJournal      *self);
/* Whether the last of them was passed over. */
gboolean strata_live_journal_is_behind (StrataLiveJournal    *self);
/* Of the error of a query: where it would have changed something that an earlier run has changed, it says where the script
 * stands. */
void     strata_live_journal_explain (StrataLiveJournal      *self,
                                      guint                   line,
                                      GError                **error);

G_END_DECLS
