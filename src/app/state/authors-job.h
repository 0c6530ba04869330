/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/authors.h"

G_BEGIN_DECLS

/* strata_workspace_read_authors() on a thread of its own. */
void        strata_authors_read_async  (StrataProject        *project,
                                        GCancellable         *cancellable,
                                        GAsyncReadyCallback   callback,
                                        gpointer              user_data);
GHashTable *strata_authors_read_finish (GAsyncResult         *result,
                                        GError              **error);

G_END_DECLS
