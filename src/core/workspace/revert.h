/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/new-revision.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Writes a revision that undoes another one: its downgrade as the upgrade, and the other way round, in the same format. The
 * symbol stands for one revision. Of the options the message is made up where it is NULL. Fails with STRATA_ERROR_REFUSED where
 * it has no downgrade, or nothing to undo. */
StrataRevision *strata_workspace_revert (StrataWorkspace          *self,
                                         const char               *symbol,
                                         const StrataNewRevision  *options,
                                         GError                  **error);

G_END_DECLS
