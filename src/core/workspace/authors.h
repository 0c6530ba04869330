/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/git/repository.h"
#include "core/project/project.h"

G_BEGIN_DECLS

/* Who brought each file of the project's version locations: absolute path -> StrataAuthorship. Empty where the project is
 * in no repository. It walks through the history: on a thread of its own. */
GHashTable *strata_workspace_read_authors (StrataProject  *project,
                                           GCancellable   *cancellable,
                                           GError        **error);

G_END_DECLS
