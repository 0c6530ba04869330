/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* IN, and LIKE with all that looks for parts of texts. */

static const Expression *
get_set (Machine          *py,
         const Expression *expression,
         Value            *other)
{
  const Expression *found = strata_sa_get_expression (py, other);
  const StrataType *type = NULL;
  Items items = { NULL };
  Value *list;
  guint length;
  Value **values;

  if (found != NULL && found->is_expanding && found->kind == STRATA_EXPRESSION_VALUE)
    return strata_sa_list (py, STRATA_EXPRESSION_LIST, STRATA_OPERATOR_COMMA, strata_sa_append (py, NULL, found));
  if (found != NULL || strata_py_has_failed (py))
    return found;
  if (strata_sa_is (py, other, STRATA_SA_FROM))
    return strata_sa_get_expression (py, strata_sa_select_values (py, 1, &other));
  if (strata_py_value_get_opaque_name (other) != NULL)
    return strata_sa_coerce (py, other, NULL);
  if (strata_py_value_get_kind (other) == STRATA_PY_VALUE_STR || strata_py_is_none (other))
    return strata_sa_raise (py, "ArgumentError",
                            "IN expression list, SELECT construct, or bound parameter object expected, got %s.",
                            strata_py_value_get_text (strata_py_to_repr (py, other), NULL));

  list = strata_py_to_list (py, other);
  if (list == NULL)
    return NULL;
  values = strata_py_value_get_items (list, &length);
  for (guint i = 0; i < length; i++)
    {
      const Expression *item = strata_sa_coerce_member (py, expression, values[i], &type);

      if (item == NULL)
        return NULL;
      strata_sa_items_add (py, &items, item);
    }

  return strata_sa_list (py, STRATA_EXPRESSION_LIST, STRATA_OPERATOR_COMMA, items.items);
}

/* All values of a list have the type that the first one takes. */
const Expression *
strata_sa_coerce_member (Machine           *py,
                         const Expression  *expression,
                         Value             *value,
                         const StrataType **type)
{
  const StrataValue *read;
  const Expression *known = strata_sa_get_expression (py, value);

  if (known != NULL || strata_py_has_failed (py))
    return known;
  if (expression->kind == STRATA_EXPRESSION_TUPLE)
    return strata_sa_coerce_other (py, expression, value);
  if (*type == NULL)
    {
      const Expression *first = strata_sa_coerce_other (py, expression, value);

      *type = first != NULL ? first->type : NULL;
      return first;
    }
  read = strata_sa_read_value (py, value, *type);

  return read != NULL ? strata_sa_bind (py, expression->name, read, *type) : NULL;
}

static Value *
is_in (Machine        *py,
       StrataOperator  operator,
       Value          *self,
       Value          *other)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  const Expression *set = get_set (py, expression, other);

  if (set == NULL)
    return NULL;

  return strata_sa_wrap_expression (py, strata_sa_binary (py, operator, expression, set,
                                                          strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN)));
}

static Value *
element_in (Machine  *py,
            Value    *self,
            Value   **arguments)
{
  return is_in (py, STRATA_OPERATOR_IN, self, arguments[0]);
}

static Value *
element_not_in (Machine  *py,
                Value    *self,
                Value   **arguments)
{
  return is_in (py, STRATA_OPERATOR_NOT_IN, self, arguments[0]);
}

static Value *
like (Machine         *py,
      StrataOperator   operator,
      Value           *self,
      Value          **arguments)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  Expression *result = (Expression *) strata_sa_compare (py, operator, expression, arguments[0]);

  if (result != NULL && arguments[1] != NULL && !strata_py_is_none (arguments[1]))
    result->escape = strata_sa_intern (py, strata_py_value_get_text (arguments[1], NULL));

  return strata_sa_wrap_expression (py, result);
}

#define LIKE(name, operator) \
  static Value * \
  element_ ## name (Machine  *py, \
                    Value    *self, \
                    Value   **arguments) \
  { \
    return like (py, operator, self, arguments); \
  }

LIKE (like, STRATA_OPERATOR_LIKE)
LIKE (not_like, STRATA_OPERATOR_NOT_LIKE)
LIKE (ilike, STRATA_OPERATOR_ILIKE)
LIKE (not_ilike, STRATA_OPERATOR_NOT_ILIKE)

static const Expression *
percent_sign (Machine *py)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_WORDS);

  self->name = "'%'";
  self->type = strata_sa_plain_type (STRATA_TYPE_STRING);

  return self;
}

/* autoescape=True: the text is taken as it stands. */
static Value *
escape_text (Machine    *py,
             Value      *value,
             const char *escape)
{
  const char *text = strata_py_value_get_text (value, NULL);
  g_autoptr(GString) out = g_string_new (NULL);

  if (text == NULL)
    return strata_py_raise (py, "TypeError", "String value expected when autoescape=True");
  for (; *text != '\0'; text++)
    {
      if (*text == '%' || *text == '_' || *text == *escape)
        g_string_append (out, escape);
      g_string_append_c (out, *text);
    }

  return strata_py_str (py, out->str);
}

static const Expression *
lower (Machine          *py,
       const Expression *expression)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_FUNCTION);

  self->name = "lower";
  self->items = strata_sa_append (py, NULL, expression);
  self->type = expression->type;

  return self;
}

/* match(): full text search, which each server does in its own way. */
static Value *
element_match (Machine  *py,
               Value    *self,
               Value   **arguments)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  const Expression *text = strata_sa_coerce_other (py, expression, arguments[0]);
  gboolean is_postgresql = strata_sa_get (py)->dialect == STRATA_DIALECT_POSTGRESQL;
  Expression *result, *function;

  if (text == NULL)
    return NULL;
  if (strata_py_dict_get_length ((Dict *) arguments[1]) > 0)
    return strata_py_refuse (py, "the options of match() are not known here");
  if (is_postgresql)
    {
      function = strata_sa_new_expression (py, STRATA_EXPRESSION_FUNCTION);
      function->name = "plainto_tsquery";
      function->items = strata_sa_append (py, NULL, text);
      text = function;
    }
  result = (Expression *) strata_sa_custom (py, is_postgresql ? "@@" : "MATCH", expression, text,
                                            strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN));
  result->precedence = 5;
  result->is_boolean = TRUE;

  return strata_sa_wrap_expression (py, result);
}

static const Expression *
group (Machine          *py,
       const Expression *expression)
{
  Expression *self;

  if (expression->kind != STRATA_EXPRESSION_BINARY && expression->kind != STRATA_EXPRESSION_LIST
      && expression->kind != STRATA_EXPRESSION_UNARY)
    return expression;
  self = strata_sa_new_expression (py, STRATA_EXPRESSION_GROUP);
  self->items = strata_sa_append (py, NULL, expression);
  self->type = expression->type;

  return self;
}

typedef enum { STARTS = 1, ENDS = 2, IGNORES_CASE = 4 } Search;

static Value *
search (Machine  *py,
        Value    *value,
        Value   **arguments,
        Search    how)
{
  const Expression *self = strata_sa_get_expression (py, value);
  const char *escape = arguments[1] != NULL ? strata_py_value_get_text (arguments[1], NULL) : NULL;
  gboolean has_ilike = strata_sa_get (py)->dialect == STRATA_DIALECT_POSTGRESQL;
  Value *other = arguments[0];
  const Expression *pattern;
  Expression *result;

  if (arguments[2] != NULL && strata_py_truth (py, arguments[2]) == 1)
    {
      escape = escape != NULL ? escape : "/";
      other = escape_text (py, other, escape);
    }
  pattern = other != NULL ? strata_sa_coerce_other (py, self, other) : NULL;
  if (pattern == NULL)
    return NULL;
  self = group (py, self);
  /* Beside "%" it is one more of the texts that are put together, where it is known to be a text. */
  if (pattern->operator != STRATA_OPERATOR_CONCAT || (how & IGNORES_CASE)
      || (!(how & STARTS) && strata_sa_get_affinity (pattern->type) != STRATA_AFFINITY_STRING))
    pattern = group (py, pattern);
  if ((how & IGNORES_CASE) && !has_ilike)
    {
      self = lower (py, self);
      pattern = lower (py, pattern);
    }
  if (!(how & STARTS))
    pattern = strata_sa_binary (py, STRATA_OPERATOR_CONCAT, percent_sign (py), pattern, pattern->type);
  if (!(how & ENDS))
    pattern = strata_sa_binary (py, STRATA_OPERATOR_CONCAT, pattern, percent_sign (py), pattern->type);

  result = (Expression *) strata_sa_binary (py, (how & IGNORES_CASE) && has_ilike ? STRATA_OPERATOR_ILIKE
                                                                                  : STRATA_OPERATOR_LIKE, self, pattern,
                                            strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN));
  result->escape = strata_sa_intern (py, escape);
  result->is_enclosed = TRUE;

  return strata_sa_wrap_expression (py, result);
}

#define SEARCH(name, how) \
  static Value * \
  element_ ## name (Machine  *py, \
                    Value    *self, \
                    Value   **arguments) \
  { \
    return search (py, self, arguments, how); \
  }

SEARCH (startswith, STARTS)
SEARCH (endswith, ENDS)
SEARCH (istartswith, STARTS | IGNORES_CASE)
SEARCH (iendswith, ENDS | IGNORES_CASE)
SEARCH (icontains, IGNORES_CASE)

static Value *
element_contains (Machine  *py,
                  Value    *self,
                  Value   **arguments)
{
  StrataAffinity affinity = strata_sa_get_affinity (strata_sa_get_expression (py, self)->type);

  if (affinity == STRATA_AFFINITY_JSON || affinity == STRATA_AFFINITY_ARRAY || affinity == STRATA_AFFINITY_OTHER)
    return strata_sa_json_contains (py, self, arguments);

  return search (py, self, arguments, 0);
}

const StrataPyNative strata_sa_search_methods[] = {
  { "in_", "other", element_in },
  { "not_in", "other", element_not_in },
  { "notin_", "other", element_not_in },
  { "like", "other, escape=", element_like },
  { "not_like", "other, escape=", element_not_like },
  { "notlike", "other, escape=", element_not_like },
  { "ilike", "other, escape=", element_ilike },
  { "not_ilike", "other, escape=", element_not_ilike },
  { "notilike", "other, escape=", element_not_ilike },
  { "startswith", "other, escape=, autoescape=", element_startswith },
  { "endswith", "other, escape=, autoescape=", element_endswith },
  { "contains", "other, escape=, autoescape=", element_contains },
  { "istartswith", "other, escape=, autoescape=", element_istartswith },
  { "iendswith", "other, escape=, autoescape=", element_iendswith },
  { "icontains", "other, escape=, autoescape=", element_icontains },
  { "match", "other, **kwargs", element_match },
  { NULL }
};
