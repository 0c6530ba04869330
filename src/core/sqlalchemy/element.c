/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/item-private.h"
#include "core/sqlalchemy/private.h"

/* The object that an expression is in a script, and what all of them can do. */

Value *
strata_sa_wrap_class (Machine          *py,
                      Class            *class,
                      const Expression *expression)
{
  StrataSaElement *self;

  if (expression == NULL)
    return NULL;
  self = strata_py_host_object (py, class, sizeof (StrataSaElement));
  self->expression = expression;

  return &self->base;
}

Value *
strata_sa_wrap_expression (Machine          *py,
                           const Expression *expression)
{
  StrataSa *sa = strata_sa_get (py);

  return strata_sa_wrap_class (py, sa->classes[STRATA_SA_ELEMENT], expression);
}

static const Expression *
get (Machine *py,
     Value   *self)
{
  return strata_sa_get_expression (py, self);
}

static Value *
compare (Machine        *py,
         StrataOperator  operator,
         Value          *self,
         Value          *other)
{
  return strata_sa_wrap_expression (py, strata_sa_compare (py, operator, get (py, self), other));
}

#define COMPARE(name, operator) \
  static Value * \
  element_ ## name (Machine  *py, \
                    Value    *self, \
                    Value   **arguments) \
  { \
    return compare (py, operator, self, arguments[0]); \
  }

COMPARE (is, STRATA_OPERATOR_IS)
COMPARE (is_not, STRATA_OPERATOR_IS_NOT)
COMPARE (is_distinct, STRATA_OPERATOR_IS_DISTINCT)
COMPARE (is_not_distinct, STRATA_OPERATOR_IS_NOT_DISTINCT)

static Value *
operate (Machine        *py,
         StrataOperator  operator,
         Value          *self,
         Value          *other)
{
  const Expression *a = get (py, self);
  const Expression *b = strata_sa_coerce_other (py, a, other);

  return b != NULL ? strata_sa_wrap_expression (py, strata_sa_operate (py, operator, a, b)) : NULL;
}

#define OPERATE(name, operator) \
  static Value * \
  element_ ## name (Machine  *py, \
                    Value    *self, \
                    Value   **arguments) \
  { \
    return operate (py, operator, self, arguments[0]); \
  }

OPERATE (concat, STRATA_OPERATOR_CONCAT)
OPERATE (bitwise_and, STRATA_OPERATOR_BIT_AND)
OPERATE (bitwise_or, STRATA_OPERATOR_BIT_OR)
OPERATE (bitwise_xor, STRATA_OPERATOR_BIT_XOR)
OPERATE (bitwise_lshift, STRATA_OPERATOR_SHIFT_LEFT)
OPERATE (bitwise_rshift, STRATA_OPERATOR_SHIFT_RIGHT)

static Value *
modify (Machine        *py,
        StrataOperator  operator,
        Value          *self)
{
  const Expression *expression = get (py, self);

  return strata_sa_wrap_expression (py, strata_sa_unary (py, operator, expression, expression->type));
}

#define MODIFY(name, operator) \
  static Value * \
  element_ ## name (Machine  *py, \
                    Value    *self, \
                    Value   **arguments) \
  { \
    return modify (py, operator, self); \
  }

MODIFY (desc, STRATA_OPERATOR_DESC)
MODIFY (asc, STRATA_OPERATOR_ASC)
MODIFY (nulls_first, STRATA_OPERATOR_NULLS_FIRST)
MODIFY (nulls_last, STRATA_OPERATOR_NULLS_LAST)
MODIFY (distinct, STRATA_OPERATOR_DISTINCT)
MODIFY (any, STRATA_OPERATOR_ANY)
MODIFY (all, STRATA_OPERATOR_ALL)
MODIFY (bitwise_not, STRATA_OPERATOR_BIT_NOT)

static Value *
element_between (Machine  *py,
                 Value    *self,
                 Value   **arguments)
{
  const Expression *expression = get (py, self);
  const Expression *from = strata_sa_coerce_other (py, expression, arguments[0]);
  const Expression *to = from != NULL ? strata_sa_coerce_other (py, expression, arguments[1]) : NULL;
  Expression *between;

  if (to == NULL)
    return NULL;
  if (arguments[2] != NULL && strata_py_truth (py, arguments[2]) != 0)
    return strata_py_refuse (py, "BETWEEN SYMMETRIC is not known here");
  between = (Expression *) strata_sa_binary (py, STRATA_OPERATOR_BETWEEN, expression, from,
                                             strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN));
  between->items = strata_sa_append (py, between->items, to);

  return strata_sa_wrap_expression (py, between);
}

static Value *
element_collate (Machine  *py,
                 Value    *self,
                 Value   **arguments)
{
  const Expression *expression = get (py, self);
  const char *name = strata_py_value_get_text (arguments[0], NULL);
  Expression *collated;

  if (name == NULL)
    return strata_py_refuse (py, "this collation is not known here");
  collated = (Expression *) strata_sa_binary (py, STRATA_OPERATOR_COLLATE, expression, expression, expression->type);
  collated->name = strata_sa_intern (py, name);

  return strata_sa_wrap_expression (py, collated);
}

/* op(): its result may be called with a value on the right, which is what scripts do. */
typedef struct
{
  StrataPyValue     base;
  const Expression *left;
  const char       *name;
  int               precedence;
  gboolean          is_comparison;
  const StrataType *type;
} Operation;

static Value *
call_operation (Machine                 *py,
                Value                   *value,
                const StrataPyArguments *arguments)
{
  Operation *self = (Operation *) value;
  const Expression *right;
  Expression *result;

  if (arguments->n_positional != 1 || arguments->keywords != NULL)
    return strata_py_refuse (py, "an operator wants one value");
  right = strata_sa_coerce_other (py, self->left, arguments->positional[0]);
  if (right == NULL)
    return NULL;
  result = (Expression *) strata_sa_custom (py, self->name, self->left, right, self->type);
  result->precedence = self->precedence;
  result->is_boolean = self->is_comparison;

  return strata_sa_wrap_expression (py, result);
}

static const StrataPySlots operation_slots = { .name = "operation", .call = call_operation };

static Value *
new_operation (Machine    *py,
               Value      *left,
               Value     **arguments,
               gboolean    is_comparison,
               Value      *type)
{
  Operation *self = strata_py_host_object (py, strata_py_class (py, &operation_slots, NULL), sizeof (Operation));
  gint64 precedence = 0;

  self->left = get (py, left);
  self->name = strata_sa_intern (py, strata_py_value_get_text (arguments[0], NULL));
  if (self->name == NULL || (arguments[1] != NULL && !strata_py_value_get_int (arguments[1], &precedence)))
    return strata_py_raise (py, "TypeError", "op() wants the text of an operator");
  self->precedence = precedence;
  self->is_comparison = is_comparison;
  self->type = is_comparison ? strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN) : self->left->type;
  if (type != NULL && !strata_py_is_none (type))
    self->type = strata_sa_read_type (py, type);

  return self->type != NULL || !strata_py_has_failed (py) ? &self->base : NULL;
}

static Value *
element_op (Machine  *py,
            Value    *self,
            Value   **arguments)
{
  return new_operation (py, self, arguments, arguments[2] != NULL && strata_py_truth (py, arguments[2]) == 1, arguments[3]);
}

static Value *
element_bool_op (Machine  *py,
                 Value    *self,
                 Value   **arguments)
{
  return new_operation (py, self, arguments, TRUE, NULL);
}

static Value *
element_regexp_match (Machine  *py,
                      Value    *self,
                      Value   **arguments)
{
  const Expression *expression = get (py, self);
  const Expression *pattern = strata_sa_coerce_other (py, expression, arguments[0]);
  Expression *match;

  if (pattern == NULL)
    return NULL;
  match = (Expression *) strata_sa_binary (py, STRATA_OPERATOR_REGEXP, expression, pattern,
                                           strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN));
  if (!strata_sa_expect_text (py, arguments[1], "flags=", &match->name))
    return NULL;

  return strata_sa_wrap_expression (py, match);
}

static Value *
element_regexp_replace (Machine  *py,
                        Value    *self,
                        Value   **arguments)
{
  const Expression *expression = get (py, self);
  const Expression *pattern = strata_sa_coerce_other (py, expression, arguments[0]);
  const Expression *replacement = pattern != NULL ? strata_sa_coerce_other (py, expression, arguments[1]) : NULL;
  Expression *replaced;

  if (replacement == NULL)
    return NULL;
  replaced = (Expression *) strata_sa_binary (py, STRATA_OPERATOR_REGEXP_REPLACE, expression, pattern, expression->type);
  replaced->items = strata_sa_append (py, replaced->items, replacement);
  if (!strata_sa_expect_text (py, arguments[2], "flags=", &replaced->name))
    return NULL;

  return strata_sa_wrap_expression (py, replaced);
}

static Value *
element_label (Machine  *py,
               Value    *self,
               Value   **arguments)
{
  return strata_sa_new_label (py, self, strata_py_value_get_text (arguments[0], NULL));
}

static Value *
element_cast (Machine  *py,
              Value    *self,
              Value   **arguments)
{
  return strata_sa_new_cast (py, STRATA_EXPRESSION_CAST, self, arguments[0]);
}

static Value *
element_self (Machine  *py,
              Value    *self,
              Value   **arguments)
{
  return self;
}

static Value *
element_group (Machine  *py,
               Value    *self,
               Value   **arguments)
{
  if (arguments[0] != NULL && !strata_py_is_none (arguments[0]))
    return strata_py_refuse (py, "“self_group” within an operator is not known here");

  return self;
}

static const StrataPyNative element_methods[] = {
  { "is_", "other", element_is },
  { "is_not", "other", element_is_not },
  { "isnot", "other", element_is_not },
  { "is_distinct_from", "other", element_is_distinct },
  { "is_not_distinct_from", "other", element_is_not_distinct },
  { "isnot_distinct_from", "other", element_is_not_distinct },
  { "concat", "other", element_concat },
  { "bitwise_and", "other", element_bitwise_and },
  { "bitwise_or", "other", element_bitwise_or },
  { "bitwise_xor", "other", element_bitwise_xor },
  { "bitwise_lshift", "other", element_bitwise_lshift },
  { "bitwise_rshift", "other", element_bitwise_rshift },
  { "bitwise_not", "", element_bitwise_not },
  { "desc", "", element_desc },
  { "asc", "", element_asc },
  { "nulls_first", "", element_nulls_first },
  { "nullsfirst", "", element_nulls_first },
  { "nulls_last", "", element_nulls_last },
  { "nullslast", "", element_nulls_last },
  { "distinct", "", element_distinct },
  { "any_", "", element_any },
  { "all_", "", element_all },
  { "between", "cleft, cright, symmetric=", element_between },
  { "collate", "collation", element_collate },
  { "op", "opstring, precedence=, is_comparison=, return_type=, python_impl=", element_op },
  { "bool_op", "opstring, precedence=, python_impl=", element_bool_op },
  { "regexp_match", "pattern, flags=", element_regexp_match },
  { "regexp_replace", "pattern, replacement, flags=", element_regexp_replace },
  { "label", "name", element_label },
  { "cast", "type_", element_cast },
  { "self_group", "against=", element_group },
  { "__clause_element__", "", element_self },
  { NULL }
};

static Value *
element_attribute (Machine    *py,
                   Value      *self,
                   const char *name)
{
  const Expression *expression = get (py, self);
  StrataSaElement *element = (StrataSaElement *) self;

  if (g_str_equal (name, "type"))
    {
      if (element->type != NULL)
        return element->type;
      return expression->type != NULL ? strata_sa_wrap_type (py, expression->type)
                                      : strata_py_refuse (py, "the type of this expression is not known here");
    }
  if ((g_str_equal (name, "name") || g_str_equal (name, "key")) && expression->name != NULL
      && (expression->kind == STRATA_EXPRESSION_COLUMN || expression->kind == STRATA_EXPRESSION_LABEL
          || expression->kind == STRATA_EXPRESSION_WORDS || expression->kind == STRATA_EXPRESSION_FUNCTION))
    return strata_py_str (py, expression->name);
  if (g_str_equal (name, "text") && expression->kind == STRATA_EXPRESSION_TEXT)
    return strata_py_str (py, expression->name);
  if (g_str_equal (name, "astext"))
    return strata_sa_json_as_text (py, self);
  if (g_str_has_prefix (name, "__"))
    return NULL;

  return strata_py_refuse (py, "“%s” of an expression of SQL is not known here", name);
}

static Value *
element_repr (Machine *py,
              Value   *self)
{
  return strata_py_refuse (py, "the text of an expression of SQL is not known here");
}

/* Its methods stand in several files: each of them is a class here, from which the next one is derived. */
static const StrataPySlots json_slots = { .name = "ColumnElement", .methods = strata_sa_json_methods };
static const StrataPySlots search_slots = { .name = "ColumnElement", .methods = strata_sa_search_methods };

static const StrataPySlots element_slots = {
  .name = "ColumnElement",
  .methods = element_methods,
  .get_attribute = element_attribute,
  .get_item = strata_sa_element_item,
  .binary = strata_sa_element_binary,
  .compare = strata_sa_element_compare,
  .unary = strata_sa_element_unary,
  .truth = strata_sa_element_truth,
  .repr = element_repr,
  .str = element_repr,
};

void
strata_sa_add_elements (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);

  sa->classes[STRATA_SA_ELEMENT] = strata_py_class (py, &element_slots,
                                                    strata_py_class (py, &search_slots, strata_py_class (py, &json_slots, NULL)));
  strata_sa_export (py, STRATA_SA_ROOT, "ColumnElement", (Value *) sa->classes[STRATA_SA_ELEMENT]);
  strata_sa_add_column_clauses (py);
  strata_sa_add_texts (py);
  strata_sa_add_functions (py);
  strata_sa_add_constructs (py);
}
