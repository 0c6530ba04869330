/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

/* What bind.dialect is: the same object for all of a machine. */
StrataPyValue *strata_sa_get_dialect_object (StrataPyMachine *py);
void           strata_sa_add_dialects       (StrataPyMachine *py);

G_END_DECLS
