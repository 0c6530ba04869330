/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Work inside somebody else's code that blocks (looking up a host, PQcancel()), on a thread of its own. Where it takes
 * too long the thread is left behind and ends when it ends. */
typedef struct _StrataAside StrataAside;

typedef void (*StrataAsideFunc) (gpointer data);

/* The data is freed when both sides are done with it. */
StrataAside *strata_aside_start (const char       *name,
                                 StrataAsideFunc   func,
                                 gpointer          data,
                                 GDestroyNotify    free_data);
/* False at the deadline (monotonic) or when cancelled: the data is the thread's then. */
gboolean     strata_aside_wait  (StrataAside      *self,
                                 gint64            deadline,
                                 GCancellable     *cancellable);
void         strata_aside_unref (StrataAside      *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataAside, strata_aside_unref)

G_END_DECLS
