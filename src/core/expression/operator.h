/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

typedef enum
{
  /* Between two. */
  STRATA_OPERATOR_EQ, STRATA_OPERATOR_NE, STRATA_OPERATOR_LT, STRATA_OPERATOR_LE, STRATA_OPERATOR_GT,
  STRATA_OPERATOR_GE, STRATA_OPERATOR_IS, STRATA_OPERATOR_IS_NOT, STRATA_OPERATOR_IS_DISTINCT,
  STRATA_OPERATOR_IS_NOT_DISTINCT, STRATA_OPERATOR_IN, STRATA_OPERATOR_NOT_IN, STRATA_OPERATOR_LIKE,
  STRATA_OPERATOR_NOT_LIKE, STRATA_OPERATOR_ILIKE, STRATA_OPERATOR_NOT_ILIKE, STRATA_OPERATOR_BETWEEN,
  STRATA_OPERATOR_NOT_BETWEEN, STRATA_OPERATOR_REGEXP, STRATA_OPERATOR_NOT_REGEXP, STRATA_OPERATOR_CONCAT,
  STRATA_OPERATOR_REGEXP_REPLACE,   /* with a third: what takes the place of the second */
  STRATA_OPERATOR_ADD, STRATA_OPERATOR_SUB, STRATA_OPERATOR_MUL, STRATA_OPERATOR_DIV, STRATA_OPERATOR_FLOORDIV,
  STRATA_OPERATOR_MOD, STRATA_OPERATOR_BIT_AND, STRATA_OPERATOR_BIT_OR, STRATA_OPERATOR_BIT_XOR,
  STRATA_OPERATOR_SHIFT_LEFT, STRATA_OPERATOR_SHIFT_RIGHT, STRATA_OPERATOR_COLLATE, STRATA_OPERATOR_ITEM,
  STRATA_OPERATOR_JSON_ITEM,
  STRATA_OPERATOR_CUSTOM,           /* op("->>"): its text stands in the expression */

  /* Of a list. */
  STRATA_OPERATOR_AND, STRATA_OPERATOR_OR, STRATA_OPERATOR_COMMA,

  /* Before or behind one. */
  STRATA_OPERATOR_NOT, STRATA_OPERATOR_NEG, STRATA_OPERATOR_BIT_NOT, STRATA_OPERATOR_EXISTS,
  STRATA_OPERATOR_DISTINCT, STRATA_OPERATOR_ANY, STRATA_OPERATOR_ALL, STRATA_OPERATOR_ASC, STRATA_OPERATOR_DESC,
  STRATA_OPERATOR_NULLS_FIRST, STRATA_OPERATOR_NULLS_LAST,

  STRATA_N_OPERATORS,
} StrataOperator;

#define STRATA_OPERATOR_NONE STRATA_N_OPERATORS

/* The name that SQLAlchemy's module of operators has for it, and back. */
gboolean        strata_operator_from_name      (const char     *name,
                                                StrataOperator *operator);
const char     *strata_operator_get_name       (StrataOperator  self);
/* With its blanks: " = ". NULL for those that each server writes in its own way. */
const char     *strata_operator_get_words      (StrataOperator  self);
int             strata_operator_get_precedence (StrataOperator  self);
/* The operator that says the opposite, or STRATA_OPERATOR_NONE. */
StrataOperator  strata_operator_negate         (StrataOperator  self);
/* Whether an expression of this one needs parentheses within one of the other. */
gboolean        strata_operator_is_weaker      (StrataOperator  self,
                                                StrataOperator  within);

G_END_DECLS
