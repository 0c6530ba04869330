/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/engine/hand-over.h"
#include "core/project/trust.h"
#include "core/workspace/run.h"

G_BEGIN_DECLS

/* The project's own Alembic, as a run with these options may use it. NULL in a project that is not Alembic's. Borrowed
 * until the next call. */
const StrataHandOver *strata_workspace_get_hand_over (StrataWorkspace         *self,
                                                      const StrataRunOptions  *options);
/* One line for people: who would run what needs Python, and whether that was agreed to. NULL as above. */
char                 *strata_workspace_describe_hand_over (StrataWorkspace    *self);
/* Keeps consent for it, where there is one. */
gboolean              strata_workspace_trust_alembic (StrataWorkspace         *self,
                                                      GError                 **error);
/* What the project would run, each with its reason: elements are StrataProjectCommand. Runs nothing. */
GPtrArray            *strata_workspace_list_commands (StrataWorkspace         *self,
                                                      GError                 **error);

G_END_DECLS
