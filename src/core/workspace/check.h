/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Everything that is wrong in the project's files: the findings of opening it, and those of the sections of every SQL
 * revision, which opening does not read; their statements too, where the server is known that they are for; and names that no
 * table or column has where a script uses them. */
GPtrArray *strata_workspace_check_files    (StrataWorkspace  *self);
/* The same of those that the plan runs only. */
GPtrArray *strata_workspace_check_plan     (StrataWorkspace  *self,
                                            StrataPlan       *plan);
/* What the server's grammar says of the SQL revisions that the plan runs; version as strata_status_read() has it. */
void       strata_workspace_check_grammar  (StrataWorkspace  *self,
                                            StrataPlan       *plan,
                                            const char       *version,
                                            GPtrArray        *findings);
/* FALSE with STRATA_ERROR_FINDINGS where the project has files that cannot be used. A run upwards would leave them out
 * and still end well. */
gboolean   strata_workspace_require_files  (StrataWorkspace  *self,
                                            GError          **error);

G_END_DECLS
