/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/symbol.h"
#include "core/sqlalchemy/private.h"

/* Python's operators between expressions. */

static const struct { guint8 symbol; StrataOperator operator; } operators[] = {
  { STRATA_PY_PLUS, STRATA_OPERATOR_ADD },
  { STRATA_PY_MINUS, STRATA_OPERATOR_SUB },
  { STRATA_PY_STAR, STRATA_OPERATOR_MUL },
  { STRATA_PY_SLASH, STRATA_OPERATOR_DIV },
  { STRATA_PY_DOUBLE_SLASH, STRATA_OPERATOR_FLOORDIV },
  { STRATA_PY_PERCENT, STRATA_OPERATOR_MOD },
};

/* What becomes of the two sorts of values under an operator; what is not here has the type of the left side. */
static const struct { guint8 left, operator, right; StrataTypeKind result; } results[] = {
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_ADD, STRATA_AFFINITY_DATE, STRATA_TYPE_ANY_DATE },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_ADD, STRATA_AFFINITY_NUMERIC, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_MUL, STRATA_AFFINITY_INTERVAL, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_MUL, STRATA_AFFINITY_NUMERIC, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_DIV, STRATA_AFFINITY_INTEGER, STRATA_TYPE_ANY_NUMERIC },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_DIV, STRATA_AFFINITY_NUMERIC, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_FLOORDIV, STRATA_AFFINITY_NUMERIC, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_INTEGER, STRATA_OPERATOR_SUB, STRATA_AFFINITY_NUMERIC, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_NUMERIC, STRATA_OPERATOR_MUL, STRATA_AFFINITY_INTERVAL, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_DATETIME, STRATA_OPERATOR_SUB, STRATA_AFFINITY_DATETIME, STRATA_TYPE_ANY_INTERVAL },
  { STRATA_AFFINITY_DATE, STRATA_OPERATOR_ADD, STRATA_AFFINITY_INTERVAL, STRATA_TYPE_ANY_DATETIME },
  { STRATA_AFFINITY_DATE, STRATA_OPERATOR_ADD, STRATA_AFFINITY_TIME, STRATA_TYPE_ANY_DATETIME },
  { STRATA_AFFINITY_DATE, STRATA_OPERATOR_SUB, STRATA_AFFINITY_DATE, STRATA_TYPE_ANY_INTEGER },
  { STRATA_AFFINITY_DATE, STRATA_OPERATOR_SUB, STRATA_AFFINITY_INTERVAL, STRATA_TYPE_ANY_DATETIME },
  { STRATA_AFFINITY_DATE, STRATA_OPERATOR_SUB, STRATA_AFFINITY_DATETIME, STRATA_TYPE_ANY_INTERVAL },
  { STRATA_AFFINITY_TIME, STRATA_OPERATOR_ADD, STRATA_AFFINITY_DATE, STRATA_TYPE_ANY_DATETIME },
  { STRATA_AFFINITY_TIME, STRATA_OPERATOR_SUB, STRATA_AFFINITY_TIME, STRATA_TYPE_ANY_INTERVAL },
  { STRATA_AFFINITY_INTERVAL, STRATA_OPERATOR_ADD, STRATA_AFFINITY_DATE, STRATA_TYPE_ANY_DATETIME },
  { STRATA_AFFINITY_INTERVAL, STRATA_OPERATOR_ADD, STRATA_AFFINITY_DATETIME, STRATA_TYPE_NONE },
  { STRATA_AFFINITY_INTERVAL, STRATA_OPERATOR_ADD, STRATA_AFFINITY_TIME, STRATA_TYPE_NONE },
};

static gboolean
is_concatenated (StrataAffinity affinity)
{
  return affinity == STRATA_AFFINITY_STRING || affinity == STRATA_AFFINITY_ARRAY || affinity == STRATA_AFFINITY_JSON;
}

/* Numbers that were said to be Numeric() are what the other ones are; those of another class stay of that class, whatever its
 * arguments were. */
static const StrataType *
adapt_numbers (const StrataType *a,
               const StrataType *b,
               StrataAffinity    right)
{
  const StrataType *plain = strata_sa_plain_type (a->kind);

  if (a->kind == STRATA_TYPE_ANY_NUMERIC)
    return right == STRATA_AFFINITY_NUMERIC ? b : a;

  return plain != NULL ? plain : a;
}

static const StrataType *
adapt (StrataOperator   *operator,
       const StrataType *a,
       const StrataType *b)
{
  StrataAffinity left = strata_sa_get_affinity (a);
  StrataAffinity right = strata_sa_get_affinity (b);

  if (left == STRATA_AFFINITY_NONE)
    {
      gboolean commutes = *operator == STRATA_OPERATOR_ADD || *operator == STRATA_OPERATOR_MUL;

      return right == STRATA_AFFINITY_NONE || !commutes ? NULL : adapt (operator, b, a);
    }
  if (is_concatenated (left))
    {
      if (*operator == STRATA_OPERATOR_ADD && (is_concatenated (right) || right == STRATA_AFFINITY_NONE))
        *operator = STRATA_OPERATOR_CONCAT;
      if (*operator == STRATA_OPERATOR_CONCAT && (a->kind == STRATA_TYPE_ANY_ENUM || a->kind == STRATA_TYPE_ENUM))
        return strata_sa_plain_type (STRATA_TYPE_STRING);
      return a;
    }
  if (left == STRATA_AFFINITY_NUMERIC && (right == STRATA_AFFINITY_NUMERIC || right == STRATA_AFFINITY_INTEGER)
      && *operator >= STRATA_OPERATOR_ADD && *operator <= STRATA_OPERATOR_DIV)
    return adapt_numbers (a, b, right);
  for (guint i = 0; i < G_N_ELEMENTS (results); i++)
    if (results[i].left == left && results[i].operator == *operator && results[i].right == right)
      return results[i].result != STRATA_TYPE_NONE ? strata_sa_plain_type (results[i].result) : b;

  return a;
}

const Expression *
strata_sa_operate (Machine          *py,
                   StrataOperator    operator,
                   const Expression *a,
                   const Expression *b)
{
  const StrataType *type = adapt (&operator, a->type, b->type);

  return strata_sa_binary (py, operator, a, b, type);
}

static gboolean
is_constant (const Expression *expression)
{
  return expression->kind == STRATA_EXPRESSION_NULL || expression->kind == STRATA_EXPRESSION_TRUE
         || expression->kind == STRATA_EXPRESSION_FALSE;
}

static const Expression *
compare_constant (Machine          *py,
                  StrataOperator    operator,
                  const Expression *a,
                  const Expression *constant)
{
  const StrataType *boolean = strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN);
  gboolean is_null = constant->kind == STRATA_EXPRESSION_NULL;

  switch ((int) operator)
    {
    case STRATA_OPERATOR_EQ:
    case STRATA_OPERATOR_IS:
      return strata_sa_binary (py, is_null ? STRATA_OPERATOR_IS : operator, a, constant, boolean);
    case STRATA_OPERATOR_NE:
    case STRATA_OPERATOR_IS_NOT:
      return strata_sa_binary (py, is_null ? STRATA_OPERATOR_IS_NOT : operator, a, constant, boolean);
    case STRATA_OPERATOR_IS_DISTINCT:
    case STRATA_OPERATOR_IS_NOT_DISTINCT:
      return strata_sa_binary (py, operator, a, constant, boolean);
    default:
      return strata_sa_raise (py, "ArgumentError",
                              "Only '=', '!=', 'is_()', 'is_not()', 'is_distinct_from()', 'is_not_distinct_from()' "
                              "operators can be used with None/True/False");
    }
}

static StrataOperator
mirror (StrataOperator operator)
{
  switch ((int) operator)
    {
    case STRATA_OPERATOR_LT:
      return STRATA_OPERATOR_GT;
    case STRATA_OPERATOR_GT:
      return STRATA_OPERATOR_LT;
    case STRATA_OPERATOR_LE:
      return STRATA_OPERATOR_GE;
    case STRATA_OPERATOR_GE:
      return STRATA_OPERATOR_LE;
    default:
      return operator;
    }
}

const Expression *
strata_sa_compare (Machine          *py,
                   StrataOperator    operator,
                   const Expression *a,
                   Value            *other)
{
  StrataPyValueKind kind = strata_py_value_get_kind (other);
  const Expression *b;

  if (kind == STRATA_PY_VALUE_NONE || kind == STRATA_PY_VALUE_BOOL)
    return compare_constant (py, operator, a, strata_sa_coerce_condition (py, other));

  b = strata_sa_coerce_other (py, a, other);
  if (b == NULL)
    return NULL;
  if (is_constant (b))
    return compare_constant (py, operator, a, b);
  /* ANY and ALL stand on the right. */
  if (a->kind == STRATA_EXPRESSION_UNARY && (a->operator == STRATA_OPERATOR_ANY || a->operator == STRATA_OPERATOR_ALL))
    return strata_sa_binary (py, mirror (operator), b, a, strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN));

  return strata_sa_binary (py, operator, a, b, strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN));
}

static Value *
conjoin (Machine        *py,
         StrataOperator  operator,
         Value          *a,
         Value          *b)
{
  Items conditions = { NULL };
  const Expression *left = strata_sa_coerce_condition (py, a);
  const Expression *right = left != NULL ? strata_sa_coerce_condition (py, b) : NULL;

  if (right == NULL)
    return NULL;
  strata_sa_items_add (py, &conditions, left);
  strata_sa_items_add (py, &conditions, right);

  return strata_sa_wrap_expression (py, strata_sa_conjunction (py, operator, conditions.items));
}

static gboolean
has_operators (Machine *py,
               Value   *value)
{
  return strata_sa_is (py, value, STRATA_SA_ELEMENT)
         && ((StrataSaElement *) value)->expression->kind != STRATA_EXPRESSION_TEXT;
}

Value *
strata_sa_element_binary (Machine        *py,
                          StrataPySymbol  op,
                          Value          *a,
                          Value          *b)
{
  const Expression *left, *right;

  if (op == STRATA_PY_AMPERSAND || op == STRATA_PY_BAR)
    return conjoin (py, op == STRATA_PY_AMPERSAND ? STRATA_OPERATOR_AND : STRATA_OPERATOR_OR, a, b);
  for (guint i = 0; i < G_N_ELEMENTS (operators); i++)
    {
      if (operators[i].symbol != op)
        continue;
      if (has_operators (py, a))
        {
          left = strata_sa_get_expression (py, a);
          right = left != NULL ? strata_sa_coerce_other (py, left, b) : NULL;
        }
      else
        {
          right = has_operators (py, b) ? strata_sa_get_expression (py, b) : NULL;
          left = right != NULL ? strata_sa_coerce_other (py, right, a) : NULL;
        }
      if (left == NULL || right == NULL)
        return NULL;
      return strata_sa_wrap_expression (py, strata_sa_operate (py, operators[i].operator, left, right));
    }

  return strata_py_refuse (py, "“%s” of an expression of SQL is not known here", strata_py_symbol_get_text (op));
}

/* Python asks the object first whose class is derived from the other's. */
static gboolean
comes_first (Machine *py,
             Value   *a,
             Value   *b)
{
  StrataSa *sa = strata_sa_get (py);
  const Expression *left, *right;

  if (!has_operators (py, b))
    return FALSE;
  left = ((StrataSaElement *) a)->expression;
  right = ((StrataSaElement *) b)->expression;
  if (left->kind == STRATA_EXPRESSION_FUNCTION && right->kind == STRATA_EXPRESSION_FUNCTION)
    return !strata_sa_is_known_function (left) && strata_sa_is_known_function (right);

  /* Columns of aliases and subqueries are like those that they stand for. */
  if (left->relation != NULL && (left->relation->kind != STRATA_RELATION_TABLE || left->relation->alias != NULL))
    return FALSE;

  return strata_sa_is (py, b, STRATA_SA_COLUMN) && !strata_sa_is (py, a, STRATA_SA_COLUMN)
         && (left->kind == STRATA_EXPRESSION_WORDS || strata_py_is_instance (a, sa->classes[STRATA_SA_COLUMN_CLAUSE]));
}

Value *
strata_sa_element_compare (Machine        *py,
                           StrataPySymbol  op,
                           Value          *a,
                           Value          *b)
{
  static const struct { guint8 symbol, reflected; StrataOperator operator; } comparisons[] = {
    { STRATA_PY_EQUAL, STRATA_PY_EQUAL, STRATA_OPERATOR_EQ },
    { STRATA_PY_NOT_EQUAL, STRATA_PY_NOT_EQUAL, STRATA_OPERATOR_NE },
    { STRATA_PY_LESS, STRATA_PY_GREATER, STRATA_OPERATOR_LT },
    { STRATA_PY_GREATER, STRATA_PY_LESS, STRATA_OPERATOR_GT },
    { STRATA_PY_LESS_EQUAL, STRATA_PY_GREATER_EQUAL, STRATA_OPERATOR_LE },
    { STRATA_PY_GREATER_EQUAL, STRATA_PY_LESS_EQUAL, STRATA_OPERATOR_GE },
  };
  gboolean is_left = has_operators (py, a) && !comes_first (py, a, b);
  const Expression *result = NULL;

  if (!is_left && !has_operators (py, b))
    return NULL;
  for (guint i = 0; i < G_N_ELEMENTS (comparisons); i++)
    if ((is_left ? comparisons[i].symbol : comparisons[i].reflected) == op)
      result = strata_sa_compare (py, comparisons[i].operator, strata_sa_get_expression (py, is_left ? a : b), is_left ? b : a);

  return result != NULL ? strata_sa_wrap_expression (py, result) : NULL;
}

Value *
strata_sa_element_unary (Machine        *py,
                         StrataPySymbol  op,
                         Value          *self)
{
  const Expression *expression = strata_sa_get_expression (py, self);

  if (op == STRATA_PY_MINUS)
    return strata_sa_wrap_expression (py, strata_sa_unary (py, STRATA_OPERATOR_NEG, expression, expression->type));
  if (op == STRATA_PY_TILDE)
    return strata_sa_wrap_expression (py, strata_sa_negate (py, expression));

  return strata_py_raise (py, "TypeError", "bad operand type for unary +: '%s'", strata_py_value_get_class_name (self));
}

int
strata_sa_element_truth (Machine *py,
                         Value   *self)
{
  const Expression *expression = strata_sa_get_expression (py, self);

  if (expression->kind == STRATA_EXPRESSION_BINARY && expression->operator == STRATA_OPERATOR_EQ)
    return expression->items[0] == expression->items[1];
  if (expression->kind == STRATA_EXPRESSION_BINARY && expression->operator == STRATA_OPERATOR_NE)
    return expression->items[0] != expression->items[1];
  strata_py_raise (py, "TypeError", "Boolean value of this clause is not defined");

  return -1;
}
