/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "app/state/snapshot.h"
#include "app/widgets/environment-strip.h"

G_BEGIN_DECLS

/* Whatever may write to the database of the snapshot (NULL: nothing is open) has this strip on top. */
void strata_snapshot_strip_show (StrataEnvironmentStrip *strip,
                                 StrataSnapshot         *snapshot);

G_END_DECLS
