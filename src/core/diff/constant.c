/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/constant.h"

#include <string.h>

/* Other numbers are not exact in a double. */
#define MAX_DIGITS 15

StrataConstant
strata_constant_of_outcomes (StrataOutcome outcomes)
{
  return (StrataConstant) { .kind = STRATA_CONSTANT_NONE, .outcomes = outcomes };
}

gboolean
strata_constant_is_null (const StrataConstant *value)
{
  return value->kind == STRATA_CONSTANT_NONE && value->outcomes == STRATA_OUTCOME_NULL;
}

StrataOutcome
strata_constant_get_outcomes (const StrataConstant *value)
{
  if (value->kind == STRATA_CONSTANT_NUMBER)
    return value->number != 0 ? STRATA_OUTCOME_TRUE : STRATA_OUTCOME_FALSE;

  return value->kind == STRATA_CONSTANT_NONE ? value->outcomes : STRATA_OUTCOME_ANY;
}

StrataOutcome
strata_outcome_negate (StrataOutcome outcomes)
{
  return (outcomes & STRATA_OUTCOME_NULL) | (outcomes & STRATA_OUTCOME_TRUE ? STRATA_OUTCOME_FALSE : 0)
         | (outcomes & STRATA_OUTCOME_FALSE ? STRATA_OUTCOME_TRUE : 0);
}

StrataOutcome
strata_outcome_and (StrataOutcome one,
                    StrataOutcome other)
{
  StrataOutcome outcomes = (one | other) & STRATA_OUTCOME_FALSE;
  StrataOutcome is_not_false = STRATA_OUTCOME_NULL | STRATA_OUTCOME_TRUE;

  if (one & other & STRATA_OUTCOME_TRUE)
    outcomes |= STRATA_OUTCOME_TRUE;
  if ((one | other) & STRATA_OUTCOME_NULL && one & is_not_false && other & is_not_false)
    outcomes |= STRATA_OUTCOME_NULL;

  return outcomes;
}

StrataOutcome
strata_outcome_or (StrataOutcome one,
                   StrataOutcome other)
{
  return strata_outcome_negate (strata_outcome_and (strata_outcome_negate (one), strata_outcome_negate (other)));
}

StrataOutcome
strata_outcome_of (gboolean is_true)
{
  return is_true ? STRATA_OUTCOME_TRUE : STRATA_OUTCOME_FALSE;
}

/* Texts are equal byte by byte or not at all; which comes first is the collation's. */
StrataOutcome
strata_constant_compare (const StrataConstant *one,
                         const char           *operator,
                         const StrataConstant *other)
{
  gboolean is_equality = strcmp (operator, "=") == 0 || strcmp (operator, "==") == 0;
  gboolean is_inequality = strcmp (operator, "<>") == 0 || strcmp (operator, "!=") == 0;

  if (strata_constant_is_null (one) || strata_constant_is_null (other))
    return STRATA_OUTCOME_NULL;
  if (one->kind != other->kind)
    return STRATA_OUTCOME_ANY;
  if (one->kind == STRATA_CONSTANT_TEXT && (is_equality || is_inequality))
    return strata_outcome_of ((strcmp (one->text, other->text) == 0) == is_equality);
  if (one->kind == STRATA_CONSTANT_NONE && (is_equality || is_inequality)
      && (one->outcomes == STRATA_OUTCOME_TRUE || one->outcomes == STRATA_OUTCOME_FALSE)
      && (other->outcomes == STRATA_OUTCOME_TRUE || other->outcomes == STRATA_OUTCOME_FALSE))
    return strata_outcome_of ((one->outcomes == other->outcomes) == is_equality);
  if (one->kind != STRATA_CONSTANT_NUMBER)
    return STRATA_OUTCOME_ANY;

  if (is_equality || is_inequality)
    return strata_outcome_of ((one->number == other->number) == is_equality);
  if (strcmp (operator, "<") == 0)
    return strata_outcome_of (one->number < other->number);
  if (strcmp (operator, "<=") == 0)
    return strata_outcome_of (one->number <= other->number);
  if (strcmp (operator, ">") == 0)
    return strata_outcome_of (one->number > other->number);

  return strata_outcome_of (one->number >= other->number);
}

gboolean
strata_constant_read_number (const char     *text,
                             StrataConstant *value)
{
  const char *digits = text[0] == '-' ? text + 1 : text;
  gsize n_whole = strspn (digits, "0123456789");
  const char *point = digits + n_whole;
  gsize n_fraction = *point == '.' ? strspn (point + 1, "0123456789") : 0;

  if (n_whole + n_fraction == 0 || n_whole + n_fraction > MAX_DIGITS || point[*point == '.' ? 1 + n_fraction : 0] != '\0')
    return FALSE;

  *value = (StrataConstant) { .kind = STRATA_CONSTANT_NUMBER, .number = g_ascii_strtod (text, NULL), .scale = n_fraction };

  return TRUE;
}

gboolean
strata_constant_cast (const char     *type,
                      StrataConstant *value)
{
  static const char * const texts[] = { "text", "character varying", NULL };
  static const char * const numbers[] = { "numeric", "double precision", "integer", "bigint", NULL };
  StrataConstant number;

  if (g_strv_contains (texts, type))
    return value->kind != STRATA_CONSTANT_NUMBER;
  if (strcmp (type, "bpchar") == 0)
    {
      /* Blanks at the end do not count. */
      return strata_constant_is_null (value) || (value->kind == STRATA_CONSTANT_TEXT && !g_str_has_suffix (value->text, " "));
    }
  if (!g_strv_contains (numbers, type))
    return FALSE;
  if (value->kind == STRATA_CONSTANT_TEXT && strata_constant_read_number (value->text, &number))
    *value = number;

  return strata_constant_is_null (value)
         || (value->kind == STRATA_CONSTANT_NUMBER && (value->scale == 0 || strcmp (type, "numeric") == 0));
}
