/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sqlalchemy/sa.h"

G_BEGIN_DECLS

/* An expression as an object. Columns (column(), Column()) have longer structs that begin with this one. */
typedef struct
{
  StrataPyValue           base;
  const StrataExpression *expression;
  StrataPyValue          *type;         /* the object of its type that a script gave, or NULL */
} StrataSaElement;

/* In the machine's memory, to fill. */
StrataExpression       *strata_sa_new_expression  (StrataPyMachine *py, StrataExpressionKind kind);
StrataPyValue          *strata_sa_wrap_expression (StrataPyMachine *py, const StrataExpression *expression);
/* Of an element (a table's scalar subquery too); NULL without failure: it is none. */
const StrataExpression *strata_sa_get_expression  (StrataPyMachine *py, StrataPyValue *value);
/* Whatever may stand where SQL is: an element, None, a bool, a query, any other value as a bound one with that type
 * (NULL: the one of its own). NULL: failed. */
const StrataExpression *strata_sa_coerce          (StrataPyMachine *py, StrataPyValue *value, const StrataType *type);
/* Where SQLAlchemy takes a string for text(): conditions of constraints, where= of an index. NULL: failed. */
const StrataExpression *strata_sa_coerce_text     (StrataPyMachine *py, StrataPyValue *value);
/* Where it takes a string for a column's name: columns of an index. NULL: failed. */
const StrataExpression *strata_sa_coerce_column   (StrataPyMachine *py, StrataPyValue *value);
/* A Python value as it is bound (an enum's member, a date, a dict for JSON ...). NULL: failed. */
const StrataValue      *strata_sa_read_value      (StrataPyMachine *py, StrataPyValue *value, const StrataType *type);
/* And back: what a row of the database has. */
StrataPyValue          *strata_sa_wrap_value      (StrataPyMachine *py, const StrataValue *value);

G_END_DECLS
