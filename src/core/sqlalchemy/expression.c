/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/expression.h"
#include "core/sqlalchemy/private.h"

/* Expressions by themselves, and the types that SQLAlchemy works out for them. */

const StrataType *
strata_sa_plain_type (StrataTypeKind kind)
{
  static const StrataType types[STRATA_N_TYPES] = {
#define PLAIN(kind) [kind] = { kind }
    PLAIN (STRATA_TYPE_ANY_INTEGER), PLAIN (STRATA_TYPE_STRING), PLAIN (STRATA_TYPE_ANY_TEXT),
    PLAIN (STRATA_TYPE_ANY_BOOLEAN), PLAIN (STRATA_TYPE_ANY_DATE), PLAIN (STRATA_TYPE_ANY_DATETIME),
    PLAIN (STRATA_TYPE_ANY_TIME), PLAIN (STRATA_TYPE_ANY_INTERVAL), PLAIN (STRATA_TYPE_ANY_NUMERIC),
    PLAIN (STRATA_TYPE_ANY_FLOAT), PLAIN (STRATA_TYPE_ANY_DOUBLE), PLAIN (STRATA_TYPE_NUMERIC), PLAIN (STRATA_TYPE_DECIMAL),
    PLAIN (STRATA_TYPE_FLOAT), PLAIN (STRATA_TYPE_REAL), PLAIN (STRATA_TYPE_DOUBLE), PLAIN (STRATA_TYPE_DOUBLE_PRECISION),
    PLAIN (STRATA_TYPE_LARGE_BINARY), PLAIN (STRATA_TYPE_ANY_UUID), PLAIN (STRATA_TYPE_JSON),
    PLAIN (STRATA_TYPE_JSONB), PLAIN (STRATA_TYPE_REGCLASS), PLAIN (STRATA_TYPE_REGCONFIG),
#undef PLAIN
  };

  return types[kind].kind == kind ? &types[kind] : NULL;
}

StrataAffinity
strata_sa_get_affinity (const StrataType *type)
{
  return type != NULL ? strata_type_kind_get_affinity (type->kind) : STRATA_AFFINITY_NONE;
}

static const StrataTypeKind kinds_of_values[] = {
  [STRATA_VALUE_NULL] = STRATA_TYPE_NONE,
  [STRATA_VALUE_BOOLEAN] = STRATA_TYPE_ANY_BOOLEAN,
  [STRATA_VALUE_INTEGER] = STRATA_TYPE_ANY_INTEGER,
  [STRATA_VALUE_FLOAT] = STRATA_TYPE_ANY_FLOAT,
  [STRATA_VALUE_DECIMAL] = STRATA_TYPE_ANY_NUMERIC,
  [STRATA_VALUE_STRING] = STRATA_TYPE_STRING,
  [STRATA_VALUE_BYTES] = STRATA_TYPE_LARGE_BINARY,
  [STRATA_VALUE_DATE] = STRATA_TYPE_ANY_DATE,
  [STRATA_VALUE_DATETIME] = STRATA_TYPE_ANY_DATETIME,
  [STRATA_VALUE_TIME] = STRATA_TYPE_ANY_TIME,
  [STRATA_VALUE_INTERVAL] = STRATA_TYPE_ANY_INTERVAL,
  [STRATA_VALUE_UUID] = STRATA_TYPE_ANY_UUID,
  [STRATA_VALUE_LIST] = STRATA_TYPE_NONE,
  [STRATA_VALUE_MAP] = STRATA_TYPE_NONE,
  [STRATA_VALUE_UNSET] = STRATA_TYPE_NONE,
};

const StrataType *
strata_sa_type_of_value (const StrataValue *value)
{
  StrataTypeKind kind = kinds_of_values[value->kind];

  return kind != STRATA_TYPE_NONE ? strata_sa_plain_type (kind) : NULL;
}

Expression *
strata_sa_new_expression (Machine              *py,
                          StrataExpressionKind  kind)
{
  Expression *self = strata_py_alloc (py, sizeof (Expression));

  if (self != NULL)
    {
      self->kind = kind;
      self->operator = STRATA_OPERATOR_NONE;
    }

  return self;
}

const Expression *
strata_sa_constant (Machine              *py,
                    StrataExpressionKind  kind)
{
  Expression *self = strata_sa_new_expression (py, kind);

  if (kind == STRATA_EXPRESSION_TRUE || kind == STRATA_EXPRESSION_FALSE)
    self->type = strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN);

  return self;
}

const Expression *
strata_sa_bind (Machine           *py,
                const char        *name,
                const StrataValue *value,
                const StrataType  *type)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_VALUE);

  self->name = name;
  self->is_anonymous = TRUE;
  self->value = value;
  self->type = type;

  return self;
}

static gpointer
list_of (Machine    *py,
         guint       n,
         const Expression *a,
         const Expression *b)
{
  gconstpointer *items = strata_py_alloc (py, (n + 1) * sizeof (gpointer));

  items[0] = a;
  if (n > 1)
    items[1] = b;

  return items;
}

const Expression *
strata_sa_binary (Machine          *py,
                  StrataOperator    operator,
                  const Expression *a,
                  const Expression *b,
                  const StrataType *type)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_BINARY);

  self->operator = operator;
  self->items = list_of (py, 2, a, b);
  self->type = type;

  return self;
}

const Expression *
strata_sa_custom (Machine          *py,
                  const char       *operator,
                  const Expression *a,
                  const Expression *b,
                  const StrataType *type)
{
  Expression *self = (Expression *) strata_sa_binary (py, STRATA_OPERATOR_CUSTOM, a, b, type);

  self->name = strata_sa_intern (py, operator);

  return self;
}

const Expression *
strata_sa_unary (Machine          *py,
                 StrataOperator    operator,
                 const Expression *a,
                 const StrataType *type)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_UNARY);

  self->operator = operator;
  self->items = list_of (py, 1, a, NULL);
  self->type = type;

  return self;
}

const Expression *
strata_sa_list (Machine              *py,
                StrataExpressionKind  kind,
                StrataOperator        operator,
                gconstpointer         items)
{
  Expression *self = strata_sa_new_expression (py, kind);

  self->operator = operator;
  self->items = items;

  return self;
}

/* What is left of a conjunction is a condition: no constant any more for the one around it, and wherever it stands what a
 * server without booleans makes of one. */
static const Expression *
wrap_condition (Machine          *py,
                StrataOperator    operator,
                const Expression *condition)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_LIST);

  self->operator = operator;
  self->items = strata_sa_append (py, NULL, condition);
  self->type = condition->type;

  return self;
}

/* The only one of a conjunction. */
static const Expression *
reduce_to (Machine          *py,
           StrataOperator    operator,
           const Expression *condition)
{
  Expression *group;

  if (strata_expression_is_boolean (condition))
    return wrap_condition (py, operator, condition);
  if (!condition->is_enclosed)
    return condition;

  group = strata_sa_new_expression (py, STRATA_EXPRESSION_GROUP);
  group->items = strata_sa_append (py, NULL, condition);
  group->type = condition->type;

  return group;
}

/* and_(), or_(): what changes nothing goes, what decides alone stays alone. */
const Expression *
strata_sa_conjunction (Machine        *py,
                       StrataOperator  operator,
                       gconstpointer   conditions)
{
  gboolean is_and = operator == STRATA_OPERATOR_AND;
  StrataExpressionKind neutral = is_and ? STRATA_EXPRESSION_TRUE : STRATA_EXPRESSION_FALSE;
  StrataExpressionKind decisive = is_and ? STRATA_EXPRESSION_FALSE : STRATA_EXPRESSION_TRUE;
  const Expression *const *list = conditions;
  Items items = { NULL };
  Expression *self;

  for (guint i = 0; list[i] != NULL; i++)
    {
      if (list[i]->kind == decisive)
        return wrap_condition (py, operator, list[i]);
      if (list[i]->kind == STRATA_EXPRESSION_LIST && list[i]->operator == operator)
        for (guint j = 0; list[i]->items[j] != NULL; j++)
          strata_sa_items_add (py, &items, list[i]->items[j]);
      else if (list[i]->kind != neutral)
        strata_sa_items_add (py, &items, list[i]);
    }
  if (items.length == 0)
    return wrap_condition (py, operator, list[0]);
  if (items.length == 1)
    return reduce_to (py, operator, items.items[0]);

  self = strata_sa_new_expression (py, STRATA_EXPRESSION_LIST);
  self->operator = operator;
  self->items = (Expressions) items.items;
  self->type = strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN);

  return self;
}

const Expression *
strata_sa_negate (Machine          *py,
                  const Expression *expression)
{
  const StrataType *boolean = strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN);
  StrataOperator opposite;
  Expression *self;

  if (expression->kind == STRATA_EXPRESSION_LIST && expression->items != NULL && expression->items[0] != NULL
      && expression->items[1] == NULL)
    expression = expression->items[0];
  if (expression->kind == STRATA_EXPRESSION_TRUE)
    return strata_sa_constant (py, STRATA_EXPRESSION_FALSE);
  if (expression->kind == STRATA_EXPRESSION_FALSE)
    return strata_sa_constant (py, STRATA_EXPRESSION_TRUE);
  if (expression->kind == STRATA_EXPRESSION_UNARY && expression->operator == STRATA_OPERATOR_NOT
      && strata_sa_get_affinity (expression->items[0]->type) == STRATA_AFFINITY_BOOLEAN
      && expression->items[0]->kind != STRATA_EXPRESSION_LIST && expression->items[0]->kind != STRATA_EXPRESSION_UNARY)
    return strata_expression_is_boolean (expression->items[0]) ? wrap_condition (py, STRATA_OPERATOR_AND, expression->items[0])
                                                               : expression->items[0];

  if (expression->kind == STRATA_EXPRESSION_BINARY && expression->operator != STRATA_OPERATOR_CUSTOM)
    {
      gboolean is_any = expression->items[1]->kind == STRATA_EXPRESSION_UNARY
                        && (expression->items[1]->operator == STRATA_OPERATOR_ANY
                            || expression->items[1]->operator == STRATA_OPERATOR_ALL);

      opposite = is_any ? STRATA_OPERATOR_NONE : strata_operator_negate (expression->operator);
      if (opposite != STRATA_OPERATOR_NONE)
        {
          self = strata_sa_copy (py, expression, sizeof (Expression));
          self->operator = opposite;
          return self;
        }
    }

  return strata_sa_unary (py, STRATA_OPERATOR_NOT, expression, boolean);
}
