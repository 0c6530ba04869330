/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/private.h"

/* and_(), case(), cast() and whatever else is a function that makes an expression. */

gboolean
strata_sa_read_list (Machine *py,
                     Value   *values,
                     Items   *items)
{
  guint length;
  Value **list = strata_py_value_get_items (values, &length);

  for (guint i = 0; i < length; i++)
    {
      const Expression *item = strata_sa_coerce (py, list[i], NULL);

      if (item == NULL)
        return FALSE;
      strata_sa_items_add (py, items, item);
    }

  return TRUE;
}

gboolean
strata_sa_read_conditions (Machine *py,
                           Value   *values,
                           Items   *items)
{
  guint length;
  Value **list = strata_py_value_get_items (values, &length);

  for (guint i = 0; i < length; i++)
    {
      const Expression *item = strata_sa_coerce_condition (py, list[i]);

      if (item == NULL)
        return FALSE;
      strata_sa_items_add (py, items, item);
    }

  return TRUE;
}

static Value *
conjunction (Machine        *py,
             StrataOperator  operator,
             Value         **arguments)
{
  Items items = { NULL };
  Value *values = arguments[0];
  guint length;
  Value **list = strata_py_value_get_items (values, &length);

  if (length == 1 && strata_py_value_get_kind (list[0]) == STRATA_PY_VALUE_GENERATOR)
    values = strata_py_to_list (py, list[0]);
  if (values == NULL || !strata_sa_read_conditions (py, values, &items))
    return NULL;
  if (items.length == 0)
    return strata_py_refuse (py, "a conjunction of nothing is not known here");

  return strata_sa_wrap_expression (py, strata_sa_conjunction (py, operator, items.items));
}

static Value *
new_and (Machine *py,
         Value   *module,
         Value  **arguments)
{
  return conjunction (py, STRATA_OPERATOR_AND, arguments);
}

static Value *
new_or (Machine *py,
        Value   *module,
        Value  **arguments)
{
  return conjunction (py, STRATA_OPERATOR_OR, arguments);
}

static Value *
new_not (Machine *py,
         Value   *module,
         Value  **arguments)
{
  const Expression *expression = strata_sa_coerce (py, arguments[0], NULL);

  if (expression != NULL && expression->kind == STRATA_EXPRESSION_TEXT)
    return strata_py_raise (py, "AssertionError", "%s", "");

  return expression != NULL ? strata_sa_wrap_expression (py, strata_sa_negate (py, expression)) : NULL;
}

static Value *
new_unary (Machine        *py,
           StrataOperator  operator,
           Value          *value)
{
  gboolean is_name = strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR;
  const Expression *expression = is_name ? strata_sa_coerce_column (py, value) : strata_sa_coerce (py, value, NULL);

  if (expression == NULL)
    return NULL;
  /* Of what is selected, by its name: which one it is comes out in order_by(). */
  ((Expression *) expression)->is_anonymous |= is_name;

  return strata_sa_wrap_expression (py, strata_sa_unary (py, operator, expression, expression->type));
}

#define UNARY(name, operator) \
  static Value * \
  new_ ## name (Machine *py, \
                Value   *module, \
                Value  **arguments) \
  { \
    return new_unary (py, operator, arguments[0]); \
  }

UNARY (desc, STRATA_OPERATOR_DESC)
UNARY (asc, STRATA_OPERATOR_ASC)
UNARY (nulls_first, STRATA_OPERATOR_NULLS_FIRST)
UNARY (nulls_last, STRATA_OPERATOR_NULLS_LAST)
UNARY (distinct, STRATA_OPERATOR_DISTINCT)
UNARY (any, STRATA_OPERATOR_ANY)
UNARY (all, STRATA_OPERATOR_ALL)

#define CONSTANT(name, kind) \
  static Value * \
  new_ ## name (Machine *py, \
                Value   *module, \
                Value  **arguments) \
  { \
    return strata_sa_wrap_expression (py, strata_sa_constant (py, kind)); \
  }

CONSTANT (null, STRATA_EXPRESSION_NULL)
CONSTANT (true, STRATA_EXPRESSION_TRUE)
CONSTANT (false, STRATA_EXPRESSION_FALSE)

Value *
strata_sa_new_cast (Machine              *py,
                    StrataExpressionKind  kind,
                    Value                *value,
                    Value                *type)
{
  const StrataType *to = strata_sa_read_type (py, type);
  const Expression *of = to != NULL ? strata_sa_coerce (py, value, to) : NULL;
  Expression *self;

  if (of == NULL)
    return NULL;
  /* A value that is coerced has that type, and that is all. */
  if (kind == STRATA_EXPRESSION_COERCE && of->kind == STRATA_EXPRESSION_VALUE)
    {
      self = strata_sa_copy (py, of, sizeof (Expression));
      self->type = to;
      return strata_sa_wrap_expression (py, self);
    }
  self = strata_sa_new_expression (py, kind);
  self->type = to;
  self->items = strata_sa_append (py, NULL, of);

  return strata_sa_wrap_expression (py, self);
}

static Value *
new_cast (Machine *py,
          Value   *module,
          Value  **arguments)
{
  return strata_sa_new_cast (py, STRATA_EXPRESSION_CAST, arguments[0], arguments[1]);
}

static Value *
new_coerce (Machine *py,
            Value   *module,
            Value  **arguments)
{
  return strata_sa_new_cast (py, STRATA_EXPRESSION_COERCE, arguments[0], arguments[1]);
}

static gboolean
add_when (Machine *py,
          Items   *items,
          Value   *condition,
          Value   *result)
{
  const Expression *when = strata_sa_coerce (py, condition, NULL);
  const Expression *then = when != NULL ? strata_sa_coerce (py, result, NULL) : NULL;

  strata_sa_items_add (py, items, when);
  strata_sa_items_add (py, items, then);

  return then != NULL;
}

static gboolean
add_whens (Machine *py,
           Items   *items,
           Value   *whens)
{
  guint length, position = 0;
  Value **list = strata_py_value_get_items (whens, &length);
  Value *key, *result;

  if (length == 1 && strata_py_value_get_kind (list[0]) == STRATA_PY_VALUE_DICT)
    {
      while (strata_py_dict_next ((Dict *) list[0], &position, &key, &result))
        if (!add_when (py, items, key, result))
          return FALSE;
      return TRUE;
    }
  for (guint i = 0; i < length; i++)
    {
      guint n;
      Value **pair = strata_py_value_get_items (list[i], &n);

      if (strata_py_value_get_kind (list[i]) == STRATA_PY_VALUE_LIST && length == 1)
        return strata_sa_raise (py, "ArgumentError",
                                "The \"whens\" argument to case(), when referring to a sequence of items, is now passed as "
                                "a series of positional elements, rather than as a list. ") != NULL;
      if (pair == NULL || n != 2)
        return strata_py_raise (py, "ValueError", "not enough values to unpack (expected 2)") != NULL;
      if (!add_when (py, items, pair[0], pair[1]))
        return FALSE;
    }

  return TRUE;
}

static const StrataType *
type_of_case (Expressions items)
{
  guint length = strata_sa_length (items);

  for (guint i = (length - 1) / 2 * 2; i > 0; i -= 2)
    if (items[i]->type != NULL)
      return items[i]->type;

  return length % 2 == 0 ? items[length - 1]->type : NULL;
}

static Value *
new_case (Machine *py,
          Value   *module,
          Value  **arguments)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_CASE);
  const Expression *value = NULL;
  Items items = { NULL };

  if (arguments[1] != NULL && !strata_py_is_none (arguments[1])
      && (value = strata_sa_coerce (py, arguments[1], NULL)) == NULL)
    return NULL;
  strata_sa_items_add (py, &items, value != NULL ? value : strata_sa_constant (py, STRATA_EXPRESSION_NULL));
  if (!add_whens (py, &items, arguments[0]))
    return NULL;
  if (items.length == 1)
    return strata_py_raise (py, "IndexError", "list index out of range");
  if (arguments[2] != NULL && !strata_py_is_none (arguments[2]))
    {
      const Expression *otherwise = strata_sa_coerce (py, arguments[2], NULL);

      if (otherwise == NULL)
        return NULL;
      strata_sa_items_add (py, &items, otherwise);
    }
  self->items = (Expressions) items.items;
  self->type = type_of_case (self->items);

  return strata_sa_wrap_expression (py, self);
}

static Value *
new_extract (Machine *py,
             Value   *module,
             Value  **arguments)
{
  const char *field = strata_py_value_get_text (arguments[0], NULL);
  const Expression *of = strata_sa_coerce (py, arguments[1], NULL);
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_EXTRACT);

  if (of == NULL || field == NULL)
    return strata_py_refuse (py, "this field of extract() is not known here");
  self->name = strata_sa_intern (py, field);
  self->items = strata_sa_append (py, NULL, of);
  self->type = strata_sa_plain_type (STRATA_TYPE_ANY_INTEGER);

  return strata_sa_wrap_expression (py, self);
}

static Value *
new_list (Machine              *py,
          StrataExpressionKind  kind,
          Value                *values)
{
  Items items = { NULL };
  Expression *self;

  if (values == NULL || !strata_sa_read_list (py, values, &items))
    return NULL;
  self = (Expression *) strata_sa_list (py, kind, STRATA_OPERATOR_NONE, items.items);

  return strata_sa_wrap_expression (py, self);
}

static Value *
new_tuple (Machine *py,
           Value   *module,
           Value  **arguments)
{
  return new_list (py, STRATA_EXPRESSION_TUPLE, arguments[0]);
}

static Value *
new_array (Machine *py,
           Value   *module,
           Value  **arguments)
{
  Value *list = strata_py_to_list (py, arguments[0]);
  StrataSaElement *self = (StrataSaElement *) new_list (py, STRATA_EXPRESSION_ARRAY, list);
  StrataType *type = strata_py_alloc (py, sizeof (StrataType));
  Expression *expression;

  if (self == NULL)
    return NULL;
  expression = (Expression *) self->expression;
  type->kind = STRATA_TYPE_ARRAY;
  type->item = expression->items != NULL ? expression->items[0]->type : NULL;
  if (arguments[1] != NULL && !strata_py_is_none (arguments[1]))
    type->item = strata_sa_read_type (py, arguments[1]);
  if (expression->items == NULL && type->item != NULL)
    return strata_py_refuse (py, "an array() of nothing is not known here");
  expression->type = type->item != NULL ? type : NULL;

  return strata_py_has_failed (py) ? NULL : &self->base;
}

static Value *
call_method (Machine    *py,
             Value     **arguments,
             guint       n,
             const char *name)
{
  const Expression *expression = strata_sa_coerce (py, arguments[0], NULL);
  Value *element = expression != NULL ? strata_sa_wrap_expression (py, expression) : NULL;
  Value *method = element != NULL ? strata_py_find_attribute (py, element, name) : NULL;
  const StrataPyArguments call = { arguments + 1, n, NULL };

  return method != NULL ? strata_py_call (py, method, &call) : NULL;
}

static Value *
new_between (Machine *py,
             Value   *module,
             Value  **arguments)
{
  return call_method (py, arguments, arguments[3] != NULL ? 3 : 2, "between");
}

static Value *
new_collate (Machine *py,
             Value   *module,
             Value  **arguments)
{
  return call_method (py, arguments, 1, "collate");
}

static const StrataPyNative functions[] = {
  { "and_", "*clauses", new_and },
  { "or_", "*clauses", new_or },
  { "not_", "clause", new_not },
  { "desc", "column", new_desc },
  { "asc", "column", new_asc },
  { "nulls_first", "column", new_nulls_first },
  { "nullsfirst", "column", new_nulls_first },
  { "nulls_last", "column", new_nulls_last },
  { "nullslast", "column", new_nulls_last },
  { "distinct", "expr", new_distinct },
  { "any_", "expr", new_any },
  { "all_", "expr", new_all },
  { "null", "", new_null },
  { "true", "", new_true },
  { "false", "", new_false },
  { "cast", "expression, type_", new_cast },
  { "type_coerce", "expression, type_", new_coerce },
  { "case", "*whens, value=, else_=", new_case },
  { "extract", "field, expr", new_extract },
  { "tuple_", "*clauses, types=", new_tuple },
  { "between", "expr, lower_bound, upper_bound, symmetric=", new_between },
  { "collate", "expression, collation", new_collate },
  { NULL }
};

/* Inside of an aggregate function. */
static Value *
new_aggregate_order (Machine *py,
                     Value   *module,
                     Value  **arguments)
{
  const Expression *target = strata_sa_coerce (py, arguments[0], NULL);
  guint length;
  Value **orders = strata_py_value_get_items (arguments[1], &length);
  const Expression *order;

  if (target == NULL)
    return NULL;
  if (strata_sa_get (py)->dialect != STRATA_DIALECT_POSTGRESQL)
    return strata_sa_raise (py, "UnsupportedCompilationError", "Only PostgreSQL can render aggregate_order_by");
  if (length != 1)
    return strata_py_refuse (py, "several orders of an aggregate function are not known here");
  order = strata_sa_coerce (py, orders[0], NULL);

  return order != NULL ? strata_sa_wrap_expression (py, strata_sa_custom (py, "ORDER BY", target, order, target->type)) : NULL;
}

static const StrataPyNative postgresql_functions[] = {
  { "aggregate_order_by", "target, *order_by", new_aggregate_order },
  { "array", "clauses, *, type_=", new_array },
  { NULL }
};

void
strata_sa_add_constructs (Machine *py)
{
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);
  strata_sa_export_functions (py, STRATA_SA_POSTGRESQL, postgresql_functions);
}
