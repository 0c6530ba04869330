/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/item-private.h"

void
strata_sa_add_items (StrataPyMachine *py)
{
  strata_sa_add_names (py);
  strata_sa_add_defaults (py);
  strata_sa_add_sequences (py);
  strata_sa_add_columns (py);
  strata_sa_add_constraints (py);
  strata_sa_add_indexes (py);
  strata_sa_add_metadata (py);
  strata_sa_add_tables (py);
}
