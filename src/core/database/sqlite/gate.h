/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* While a gate is closed, whoever opens the database file and begins to read has to wait, in every journal mode, as long
 * as the busy timeout lets it; who was reading goes on. Our own connections must not begin to read meanwhile. */
typedef struct _StrataSqliteGate StrataSqliteGate;

/* Fails with STRATA_ERROR_LOCKED where others do not let it. */
StrataSqliteGate *strata_sqlite_gate_close (const char        *path,
                                            GError           **error);
/* Opens it, and frees it. */
void              strata_sqlite_gate_open  (StrataSqliteGate  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSqliteGate, strata_sqlite_gate_open)

G_END_DECLS
