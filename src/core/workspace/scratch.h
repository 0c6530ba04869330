/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a project may try things: on scratch_url, or on the server of the chosen database where its profile allows it. */

#pragma once

#include "core/scratch/scratch.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Opens nothing. FALSE with STRATA_ERROR_REFUSED, in words that say why not and what would allow it; or with
 * STRATA_ERROR_NEEDS_SCRATCH where a profile says that it is to be asked, unless that was agreed to. */
gboolean       strata_workspace_may_scratch  (StrataWorkspace   *self,
                                              StrataDialect      dialect,
                                              gboolean           agreed,
                                              GError           **error);
/* The same, and opens one. */
StrataScratch *strata_workspace_open_scratch (StrataWorkspace   *self,
                                              StrataDialect      dialect,
                                              gboolean           agreed,
                                              GCancellable      *cancellable,
                                              GError           **error);

G_END_DECLS
