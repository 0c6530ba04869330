/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/private.h"

/* Items and contents of JSON and ARRAY. */

/* As tight as "->", or as a comparison. */
#define OF_ITEMS 15
#define OF_COMPARISONS 5

static const Expression *
custom (Machine          *py,
        const char       *operator,
        int               precedence,
        const Expression *a,
        const Expression *b,
        StrataTypeKind    type)
{
  Expression *self = (Expression *) strata_sa_custom (py, operator, a, b, strata_sa_plain_type (type));

  self->precedence = precedence;
  self->is_boolean = precedence == OF_COMPARISONS;
  self->is_eager = !g_str_equal (operator, "&&");

  return self;
}

static gboolean
is_json (const Expression *expression)
{
  return strata_sa_get_affinity (expression->type) == STRATA_AFFINITY_JSON;
}

static gboolean
is_array (const Expression *expression)
{
  return strata_sa_get_affinity (expression->type) == STRATA_AFFINITY_ARRAY;
}

/* SQLite names an item by its path. */
static Value *
make_path (Machine *py,
           Value   *key)
{
  const char *name = strata_py_value_get_text (key, NULL);
  Value *text = strata_py_to_str (py, key);
  g_autofree char *path = NULL;

  if (text == NULL)
    return NULL;
  path = g_strdup_printf (name != NULL ? "$.\"%s\"" : "$[%s]", strata_py_value_get_text (text, NULL));

  return strata_py_str (py, path);
}

/* data[("a", 0)], data[["a", 0]] */
static Value *
path_item (Machine          *py,
           const Expression *expression,
           Value            *key)
{
  gboolean is_sqlite = strata_sa_get (py)->dialect == STRATA_DIALECT_SQLITE;
  g_autoptr(GString) path = g_string_new (is_sqlite ? "$" : "{");
  guint length;
  Value **keys = strata_py_value_get_items (key, &length);
  const Expression *item;
  Expression *self;

  for (guint i = 0; i < length; i++)
    {
      Value *text = strata_py_to_str (py, keys[i]);
      gboolean is_name = strata_py_value_get_text (keys[i], NULL) != NULL;

      if (text == NULL)
        return NULL;
      if (is_sqlite)
        g_string_append_printf (path, is_name ? ".\"%s\"" : "[%s]", strata_py_value_get_text (text, NULL));
      else
        g_string_append_printf (path, "%s%s", i > 0 ? ", " : "", strata_py_value_get_text (text, NULL));
    }
  g_string_append (path, is_sqlite ? "" : "}");
  item = strata_sa_coerce (py, strata_py_str (py, path->str), NULL);
  self = (Expression *) strata_sa_binary (py, STRATA_OPERATOR_JSON_ITEM, expression, item, expression->type);
  self->name = "path";

  return strata_sa_wrap_expression (py, self);
}

Value *
strata_sa_element_item (Machine *py,
                        Value   *self,
                        Value   *key)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  StrataPyValueKind kind = strata_py_value_get_kind (key);
  gboolean is_plain = kind == STRATA_PY_VALUE_STR || kind == STRATA_PY_VALUE_INT;
  const Expression *item;

  if (!is_json (expression) && !is_array (expression))
    return strata_py_raise (py, "NotImplementedError", "Operator 'getitem' is not supported on this expression");
  if (is_json (expression) && (kind == STRATA_PY_VALUE_TUPLE || kind == STRATA_PY_VALUE_LIST))
    return path_item (py, expression, key);
  if (!is_plain || (is_array (expression) && kind != STRATA_PY_VALUE_INT))
    return strata_py_refuse (py, "this index of JSON or an array is not known here");
  if (is_json (expression) && strata_sa_get (py)->dialect == STRATA_DIALECT_SQLITE)
    key = make_path (py, key);
  item = key != NULL ? strata_sa_coerce (py, key, NULL) : NULL;
  if (item == NULL)
    return NULL;
  if (is_array (expression))
    return strata_sa_wrap_expression (py, strata_sa_binary (py, STRATA_OPERATOR_ITEM, expression, item, expression->type->item));

  return strata_sa_wrap_expression (py, strata_sa_binary (py, STRATA_OPERATOR_JSON_ITEM, expression, item, expression->type));
}

static gboolean
is_item (const Expression *expression)
{
  return expression->kind == STRATA_EXPRESSION_BINARY && expression->operator == STRATA_OPERATOR_JSON_ITEM;
}

Value *
strata_sa_json_as_text (Machine *py,
                        Value   *self)
{
  const Expression *expression = strata_sa_get_expression (py, self);

  if (!is_item (expression) || expression->type == NULL || expression->type->kind != STRATA_TYPE_JSONB)
    return strata_py_refuse (py, "“astext” of what is no item of JSONB is not known here");

  return strata_sa_wrap_expression (py, custom (py, expression->name != NULL ? "#>>" : "->>", OF_ITEMS, expression->items[0],
                                                expression->items[1], STRATA_TYPE_ANY_TEXT));
}

static Value *
item_as (Machine        *py,
         Value          *self,
         StrataTypeKind  type)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  Expression *item = strata_sa_copy (py, expression, sizeof (Expression));

  if (!is_item (expression))
    return strata_py_refuse (py, "this of what is no item of JSON is not known here");
  item->type = strata_sa_plain_type (type);

  return strata_sa_wrap_expression (py, item);
}

#define ITEM_AS(name, type) \
  static Value * \
  element_as_ ## name (Machine  *py, \
                       Value    *self, \
                       Value   **arguments) \
  { \
    return item_as (py, self, type); \
  }

ITEM_AS (string, STRATA_TYPE_STRING)
ITEM_AS (integer, STRATA_TYPE_ANY_INTEGER)
ITEM_AS (float, STRATA_TYPE_ANY_FLOAT)
ITEM_AS (boolean, STRATA_TYPE_ANY_BOOLEAN)

static Value *
element_as_json (Machine  *py,
                 Value    *self,
                 Value   **arguments)
{
  return self;
}

/* The other side takes the type where its own says nothing, as strata_sa_coerce_other() does. */
static Value *
compare_contents (Machine    *py,
                  const char *operator,
                  Value      *self,
                  Value      *other)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  const Expression *right;

  if (!is_json (expression) && !is_array (expression))
    return strata_py_refuse (py, "“%s” of this type is not known here", operator);
  right = strata_sa_coerce_other (py, expression, other);

  return right != NULL ? strata_sa_wrap_expression (py, custom (py, operator, OF_COMPARISONS, expression, right,
                                                                STRATA_TYPE_ANY_BOOLEAN)) : NULL;
}

Value *
strata_sa_json_contains (Machine  *py,
                         Value    *self,
                         Value   **arguments)
{
  return compare_contents (py, "@>", self, arguments[0]);
}

#define COMPARE(name, operator) \
  static Value * \
  element_ ## name (Machine  *py, \
                    Value    *self, \
                    Value   **arguments) \
  { \
    return compare_contents (py, operator, self, arguments[0]); \
  }

/* any(value): the value comes first. */
static Value *
compare_any (Machine        *py,
             StrataOperator  operator,
             Value          *self,
             Value         **arguments)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  Expression *item;
  const Expression *value, *any;

  if (!is_array (expression) || (arguments[1] != NULL && !strata_py_is_none (arguments[1])))
    return strata_py_refuse (py, "this any() or all() is not known here");
  item = strata_sa_copy (py, expression, sizeof (Expression));
  item->type = expression->type->item;
  value = strata_sa_coerce_other (py, item, arguments[0]);
  any = strata_sa_unary (py, operator, expression, item->type);

  return value != NULL ? strata_sa_wrap_expression (py, strata_sa_binary (py, STRATA_OPERATOR_EQ, value, any,
                                                                          strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN)))
                       : NULL;
}

static Value *
element_any_item (Machine  *py,
                  Value    *self,
                  Value   **arguments)
{
  return compare_any (py, STRATA_OPERATOR_ANY, self, arguments);
}

static Value *
element_all_items (Machine  *py,
                   Value    *self,
                   Value   **arguments)
{
  return compare_any (py, STRATA_OPERATOR_ALL, self, arguments);
}

COMPARE (has_key, "?")
COMPARE (has_all, "?&")
COMPARE (has_any, "?|")
COMPARE (contained_by, "<@")
COMPARE (overlap, "&&")

const StrataPyNative strata_sa_json_methods[] = {
  { "as_string", "", element_as_string },
  { "as_integer", "", element_as_integer },
  { "as_float", "", element_as_float },
  { "as_boolean", "", element_as_boolean },
  { "as_json", "", element_as_json },
  { "has_key", "other", element_has_key },
  { "has_all", "other", element_has_all },
  { "has_any", "other", element_has_any },
  { "contained_by", "other", element_contained_by },
  { "overlap", "other", element_overlap },
  { "any", "other, operator=", element_any_item },
  { "all", "other, operator=", element_all_items },
  { NULL }
};
