/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

/* Looks, on a thread of its own, who blocks the calls of a connection that take long. */
typedef struct _StrataBlockedWatch StrataBlockedWatch;

/* A call that is older than the patience is worth a question. The function is called on the watch's thread, each time
 * that the answer is a new one, and never after the call has ended. */
StrataBlockedWatch *strata_blocked_watch_new   (StrataConnection   *connection,
                                                gint64              patience_ms,
                                                StrataWaitFunc      func,
                                                gpointer            user_data);
void                strata_blocked_watch_free  (StrataBlockedWatch *self);
/* Around each call that may wait; without a watch (NULL) they do nothing. */
void                strata_blocked_watch_begin (StrataBlockedWatch *self);
void                strata_blocked_watch_end   (StrataBlockedWatch *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataBlockedWatch, strata_blocked_watch_free)

G_END_DECLS
