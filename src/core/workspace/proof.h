/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Revisions that were just written, tried in a scratch database before they are called ready. */

#pragma once

#include "core/workspace/side.h"

G_BEGIN_DECLS

/* The project as its files are now. */
StrataWorkspace *strata_workspace_open_anew   (StrataWorkspace          *self,
                                               GError                  **error);
/* One to a line, those that are wanted (NULL: all); the first few, and how many more there are. */
void             strata_proof_append_titles   (GString                  *text,
                                               StrataDiff               *diff,
                                               const StrataPicture      *picture,
                                               const gboolean           *wanted);
/* Runs the revision on top of its own ancestors, up and down, whatever the chosen database has. FALSE where its upgrade does not
 * run there. Where it could not be tried, or its downgrade does not give what was, TRUE and why in unproven; else NULL. */
gboolean         strata_workspace_prove       (StrataWorkspace          *self,
                                               StrataRevision           *revision,
                                               const StrataSideOptions  *options,
                                               char                    **unproven,
                                               GCancellable             *cancellable,
                                               GError                  **error);

G_END_DECLS
