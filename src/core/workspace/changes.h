/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/compare.h"

G_BEGIN_DECLS

/* What a revision does to the schema: from what it comes after to itself, replayed in one scratch database. With from (or NULL)
 * all that leads from that revision to the other, either way. What is renamed is what the statements rename; where neither revision
 * comes after the other, what is probably renamed is, with a review that says so. Of the options dialect, database and programs count for nothing. */
StrataComparison *strata_workspace_find_changes (StrataWorkspace          *self,
                                                 const char               *from,
                                                 const char               *to,
                                                 const StrataSideOptions  *options,
                                                 GCancellable             *cancellable,
                                                 GError                  **error);

G_END_DECLS
