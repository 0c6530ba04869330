/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/constraint.h"

const char *
strata_constraint_kind_get_name (StrataConstraintKind kind)
{
  static const char * const names[] = {
    [STRATA_CONSTRAINT_ANY] = "Constraint",
    [STRATA_CONSTRAINT_PRIMARY_KEY] = "PrimaryKeyConstraint",
    [STRATA_CONSTRAINT_UNIQUE] = "UniqueConstraint",
    [STRATA_CONSTRAINT_CHECK] = "CheckConstraint",
    [STRATA_CONSTRAINT_FOREIGN_KEY] = "ForeignKeyConstraint",
    [STRATA_CONSTRAINT_EXCLUDE] = "ExcludeConstraint",
  };

  g_return_val_if_fail (kind < G_N_ELEMENTS (names), NULL);

  return names[kind];
}
