/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/preview.h"

G_BEGIN_DECLS

/* The losses of all scripts, StrataPreviewLoss, not yet measured. A table that comes back under its name in the same script
 * was rebuilt, and is left out. */
GPtrArray *strata_preview_find_losses    (GPtrArray         *scripts,
                                          StrataDialect      dialect);
/* Asks the database how much each one is, a short time each and not for long in all. */
void       strata_preview_measure_losses (GPtrArray         *losses,
                                          GPtrArray         *scripts,
                                          StrataConnection  *connection,
                                          GCancellable      *cancellable);

G_END_DECLS
