/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/expression/operator.h"

#define NONE STRATA_OPERATOR_NONE

/* (a OP b) OP c needs no parentheses. */
#define ASSOCIATES TRUE

static const struct
{
  const char     *name;
  const char     *words;
  int             precedence;
  StrataOperator  opposite;
  gboolean        associates;
} operators[STRATA_N_OPERATORS] = {
  [STRATA_OPERATOR_EQ]              = { "eq", " = ", 5, STRATA_OPERATOR_NE },
  [STRATA_OPERATOR_NE]              = { "ne", " != ", 5, STRATA_OPERATOR_EQ },
  [STRATA_OPERATOR_LT]              = { "lt", " < ", 5, STRATA_OPERATOR_GE },
  [STRATA_OPERATOR_LE]              = { "le", " <= ", 5, STRATA_OPERATOR_GT },
  [STRATA_OPERATOR_GT]              = { "gt", " > ", 5, STRATA_OPERATOR_LE },
  [STRATA_OPERATOR_GE]              = { "ge", " >= ", 5, STRATA_OPERATOR_LT },
  [STRATA_OPERATOR_IS]              = { "is_", " IS ", 5, STRATA_OPERATOR_IS_NOT },
  [STRATA_OPERATOR_IS_NOT]          = { "is_not", " IS NOT ", 5, STRATA_OPERATOR_IS },
  [STRATA_OPERATOR_IS_DISTINCT]     = { "is_distinct_from", " IS DISTINCT FROM ", 5, STRATA_OPERATOR_IS_NOT_DISTINCT },
  [STRATA_OPERATOR_IS_NOT_DISTINCT] = { "is_not_distinct_from", " IS NOT DISTINCT FROM ", 5,
                                        STRATA_OPERATOR_IS_DISTINCT },
  [STRATA_OPERATOR_IN]              = { "in_op", " IN ", 5, STRATA_OPERATOR_NOT_IN },
  [STRATA_OPERATOR_NOT_IN]          = { "not_in_op", " NOT IN ", 5, STRATA_OPERATOR_IN },
  [STRATA_OPERATOR_LIKE]            = { "like_op", " LIKE ", 5, STRATA_OPERATOR_NOT_LIKE },
  [STRATA_OPERATOR_NOT_LIKE]        = { "not_like_op", " NOT LIKE ", 5, STRATA_OPERATOR_LIKE },
  [STRATA_OPERATOR_ILIKE]           = { "ilike_op", NULL, 5, STRATA_OPERATOR_NOT_ILIKE },
  [STRATA_OPERATOR_NOT_ILIKE]       = { "not_ilike_op", NULL, 5, STRATA_OPERATOR_ILIKE },
  [STRATA_OPERATOR_BETWEEN]         = { "between_op", " BETWEEN ", 5, STRATA_OPERATOR_NOT_BETWEEN },
  [STRATA_OPERATOR_NOT_BETWEEN]     = { "not_between_op", " NOT BETWEEN ", 5, STRATA_OPERATOR_BETWEEN },
  [STRATA_OPERATOR_REGEXP]          = { "regexp_match_op", NULL, 5, STRATA_OPERATOR_NOT_REGEXP },
  [STRATA_OPERATOR_NOT_REGEXP]      = { "not_regexp_match_op", NULL, 5, STRATA_OPERATOR_REGEXP },
  [STRATA_OPERATOR_REGEXP_REPLACE]  = { "regexp_replace_op", NULL, 5, NONE },
  [STRATA_OPERATOR_CONCAT]          = { "concat_op", " || ", 5, NONE, ASSOCIATES },
  [STRATA_OPERATOR_ADD]             = { "add", " + ", 7, NONE, ASSOCIATES },
  [STRATA_OPERATOR_SUB]             = { "sub", " - ", 7, NONE },
  [STRATA_OPERATOR_MUL]             = { "mul", " * ", 8, NONE, ASSOCIATES },
  [STRATA_OPERATOR_DIV]             = { "truediv", NULL, 8, NONE },
  [STRATA_OPERATOR_FLOORDIV]        = { "floordiv", NULL, 8, NONE },
  [STRATA_OPERATOR_MOD]             = { "mod", NULL, 8, NONE },
  [STRATA_OPERATOR_BIT_AND]         = { "bitwise_and_op", " & ", 7, NONE },
  [STRATA_OPERATOR_BIT_OR]          = { "bitwise_or_op", " | ", 7, NONE },
  [STRATA_OPERATOR_BIT_XOR]         = { "bitwise_xor_op", NULL, 7, NONE },
  [STRATA_OPERATOR_SHIFT_LEFT]      = { "bitwise_lshift_op", " << ", 7, NONE },
  [STRATA_OPERATOR_SHIFT_RIGHT]     = { "bitwise_rshift_op", " >> ", 7, NONE },
  [STRATA_OPERATOR_COLLATE]         = { "collate", " COLLATE ", 4, NONE },
  [STRATA_OPERATOR_ITEM]            = { "getitem", NULL, 15, NONE, ASSOCIATES },
  [STRATA_OPERATOR_JSON_ITEM]       = { "json_getitem_op", NULL, 15, NONE, ASSOCIATES },
  [STRATA_OPERATOR_CUSTOM]          = { "custom_op", NULL, 0, NONE },
  [STRATA_OPERATOR_AND]             = { "and_", " AND ", 3, NONE, ASSOCIATES },
  [STRATA_OPERATOR_OR]              = { "or_", " OR ", 2, NONE, ASSOCIATES },
  [STRATA_OPERATOR_COMMA]           = { "comma_op", ", ", -1, NONE },
  [STRATA_OPERATOR_NOT]             = { "inv", "NOT ", 5, NONE },
  [STRATA_OPERATOR_NEG]             = { "neg", "-", 8, NONE },
  [STRATA_OPERATOR_BIT_NOT]         = { "bitwise_not_op", "~", 8, NONE },
  [STRATA_OPERATOR_EXISTS]          = { "exists", "EXISTS ", 0, NONE },
  [STRATA_OPERATOR_DISTINCT]        = { "distinct_op", "DISTINCT ", 5, NONE },
  [STRATA_OPERATOR_ANY]             = { "any_op", "ANY ", 15, NONE },
  [STRATA_OPERATOR_ALL]             = { "all_op", "ALL ", 15, NONE },
  [STRATA_OPERATOR_ASC]             = { "asc_op", " ASC", 3, NONE },
  [STRATA_OPERATOR_DESC]            = { "desc_op", " DESC", 3, NONE },
  [STRATA_OPERATOR_NULLS_FIRST]     = { "nulls_first_op", " NULLS FIRST", 100, NONE },
  [STRATA_OPERATOR_NULLS_LAST]      = { "nulls_last_op", " NULLS LAST", 100, NONE },
};

gboolean
strata_operator_from_name (const char     *name,
                           StrataOperator *operator)
{
  for (guint i = 0; i < STRATA_N_OPERATORS; i++)
    if (g_strcmp0 (operators[i].name, name) == 0)
      {
        *operator = i;
        return TRUE;
      }

  return FALSE;
}

const char *
strata_operator_get_name (StrataOperator self)
{
  g_return_val_if_fail (self < STRATA_N_OPERATORS, NULL);

  return operators[self].name;
}

const char *
strata_operator_get_words (StrataOperator self)
{
  g_return_val_if_fail (self < STRATA_N_OPERATORS, NULL);

  return operators[self].words;
}

int
strata_operator_get_precedence (StrataOperator self)
{
  g_return_val_if_fail (self < STRATA_N_OPERATORS, 0);

  return operators[self].precedence;
}

StrataOperator
strata_operator_negate (StrataOperator self)
{
  g_return_val_if_fail (self < STRATA_N_OPERATORS, NONE);

  return operators[self].opposite;
}

gboolean
strata_operator_is_weaker (StrataOperator self,
                           StrataOperator within)
{
  g_return_val_if_fail (self < STRATA_N_OPERATORS, FALSE);

  if (within == STRATA_OPERATOR_NONE)
    return TRUE;
  if (self == within && operators[self].associates)
    return FALSE;

  return operators[self].precedence <= operators[within].precedence;
}
