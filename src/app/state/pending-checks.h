/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/session.h"

G_BEGIN_DECLS

#define STRATA_TYPE_PENDING_CHECKS (strata_pending_checks_get_type ())

/* What the page Checks would say of the scripts that are pending, before anybody opens them: looked for while the window has
 * nothing else to do. "changed": more is known, or something else. */
G_DECLARE_FINAL_TYPE (StrataPendingChecks, strata_pending_checks, STRATA, PENDING_CHECKS, GObject)

StrataPendingChecks *strata_pending_checks_new       (StrataSession       *session);
/* Path of a script -> how many findings the snapshot's status has not, GUINT_TO_POINTER; none of those that have none. */
GHashTable          *strata_pending_checks_get_found (StrataPendingChecks *self);
/* Whether nothing is looked at now: for tests. */
gboolean             strata_pending_checks_is_done   (StrataPendingChecks *self);

G_END_DECLS
