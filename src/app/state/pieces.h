/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

/* Work on a project's files that goes on piece by piece, each of which a click can wait for without being felt. */

/* A step of it, on the files' worker; TRUE: there are more. */
typedef gboolean (*StrataPieceFunc) (gpointer         work,
                                     StrataWorkspace *workspace);

void     strata_pieces_do_async  (StrataSession        *session,
                                  StrataPieceFunc       step,
                                  gpointer              work,
                                  GDestroyNotify        free_work,
                                  GCancellable         *cancellable,
                                  GAsyncReadyCallback   callback,
                                  gpointer              user_data);
/* The work, all done; NULL: it was cancelled, or the project was closed. */
gpointer strata_pieces_do_finish (StrataSession        *session,
                                  GAsyncResult         *result);

G_END_DECLS
