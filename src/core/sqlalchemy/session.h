/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

/* Exports Session and sessionmaker of sqlalchemy.orm. */
void strata_sa_add_sessions (StrataPyMachine *py);

G_END_DECLS
