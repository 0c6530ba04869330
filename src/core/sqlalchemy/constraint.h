/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/item-private.h"

G_BEGIN_DECLS

StrataSaConstraint    *strata_sa_new_constraint    (Machine *py, Value *class, StrataConstraintKind kind);
/* What all constraints have. */
gboolean               strata_sa_read_common       (Machine *py, StrataSaConstraint *self, Value *name, Value *deferrable,
                                                    Value *initially, const char *class, Dict *options);
/* To the table, where there is one. Returns the constraint. */
Value                 *strata_sa_attach_constraint (Machine *py, StrataSaConstraint *self, Value *table);
const StrataReference *strata_sa_read_reference    (Machine *py, StrataSaConstraint *self);

extern const StrataPySlots strata_sa_foreign_key_slots;
extern const StrataPySlots strata_sa_foreign_key_constraint_slots;
extern const StrataPySlots strata_sa_exclude_constraint_slots;

G_END_DECLS
