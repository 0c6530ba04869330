/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/sa.h"

void
strata_sa_add_items (StrataPyMachine *py)
{
}
