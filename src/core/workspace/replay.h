/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/scratch/scratch.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Runs the revisions up to the targets, one after the other, in a scratch database that is empty or has some of them already.
 * Refused before anything runs: statements that reach beyond it, and what only the project's own Alembic can run. What was run
 * is added to statements (char*), or they are NULL. */
gboolean strata_workspace_replay       (StrataWorkspace      *self,
                                        StrataScratch        *scratch,
                                        const char * const   *targets,
                                        GPtrArray            *statements,
                                        GCancellable         *cancellable,
                                        GError              **error);
/* Back down to the target. */
gboolean strata_workspace_replay_back  (StrataWorkspace      *self,
                                        StrataScratch        *scratch,
                                        const char           *target,
                                        GCancellable         *cancellable,
                                        GError              **error);
/* Says that it is at these revisions, whatever is in it. */
gboolean strata_workspace_replay_stamp (StrataWorkspace      *self,
                                        StrataScratch        *scratch,
                                        const char * const   *targets,
                                        GCancellable         *cancellable,
                                        GError              **error);

G_END_DECLS
