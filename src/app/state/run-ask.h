/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"
#include "core/workspace/preview.h"

G_BEGIN_DECLS

/* What a run would do, from the rows that the database has now, and what Checks has against that; the options are copied. */
void           strata_run_ask_preview_async  (StrataSession          *session,
                                              const StrataRunOptions *options,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
StrataPreview *strata_run_ask_preview_finish (StrataSession          *session,
                                              GAsyncResult           *result,
                                              GError                **error);
/* The target that means what was shown, also where others move the database until the run begins: "+1" becomes the id of
 * the last step, "-1" the row that is left. */
char          *strata_run_ask_dup_target     (const StrataPreview    *preview,
                                              const char             *target);
/* The copies of the SQLite database, newest first: elements are StrataCopy. */
void           strata_run_ask_copies_async   (StrataSession          *session,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
GPtrArray     *strata_run_ask_copies_finish  (StrataSession          *session,
                                              GAsyncResult           *result,
                                              GError                **error);

G_END_DECLS
