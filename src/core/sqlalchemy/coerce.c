/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/sqlalchemy/private.h"

/* What scripts give where SQL is wanted. */

static const Expression *
refuse_unknown (Machine *py,
                Value   *value)
{
  const char *name = strata_py_value_get_opaque_name (value);

  return name != NULL ? strata_py_refuse (py, "“%s” is part of SQL, and what it is is not known here", name) : NULL;
}

const Expression *
strata_sa_get_expression (Machine *py,
                          Value   *value)
{
  const StrataQuery *query;
  Expression *self;

  if (strata_sa_is (py, value, STRATA_SA_ELEMENT))
    return ((StrataSaElement *) value)->expression;
  query = strata_sa_get_query (py, value);
  if (query == NULL || (query->kind != STRATA_QUERY_SELECT && query->kind != STRATA_QUERY_COMPOUND))
    return NULL;

  self = strata_sa_new_expression (py, STRATA_EXPRESSION_QUERY);
  self->query = query;
  if (query->kind == STRATA_QUERY_SELECT && query->columns != NULL && query->columns[0] != NULL)
    self->type = query->columns[0]->type;

  return self;
}

/* An object of the application's or of SQLAlchemy's that stands for an expression. NULL without failure: nothing of SQL. */
static const Expression *
get_known (Machine *py,
           Value   *value)
{
  const Expression *self;
  Value *method;

  if (strata_py_value_get_opaque_name (value) != NULL)
    return refuse_unknown (py, value);
  self = strata_sa_get_expression (py, value);
  if (self != NULL || strata_py_has_failed (py) || !value->class->is_user)
    return self;

  method = strata_py_find_attribute (py, value, "__clause_element__");

  return method != NULL ? strata_py_refuse (py, "“__clause_element__” of a class is not known here") : NULL;
}

static gboolean
is_literal (Machine *py,
            Value   *value)
{
  return strata_py_value_get_kind (value) != STRATA_PY_VALUE_HOST
         || g_str_equal (value->class->module, "datetime") || g_str_equal (value->class->module, "uuid")
         || g_str_equal (value->class->module, "decimal");
}

static const Expression *
refuse_literal (Machine *py,
                Value   *value)
{
  return strata_py_refuse (py, "a “%s” object is no expression of SQL that is known here",
                           strata_py_value_get_class_name (value));
}

const Expression *
strata_sa_coerce (Machine          *py,
                  Value            *value,
                  const StrataType *type)
{
  const Expression *self = get_known (py, value);
  const StrataValue *read;

  if (self != NULL || strata_py_has_failed (py))
    return self;
  if (strata_py_is_none (value))
    return strata_sa_constant (py, STRATA_EXPRESSION_NULL);
  if (!is_literal (py, value))
    return refuse_literal (py, value);
  if (type != NULL && type->kind == STRATA_TYPE_NONE)
    type = NULL;

  read = strata_sa_read_value (py, value, type);
  if (read == NULL)
    return NULL;

  return strata_sa_bind (py, "param", read, type != NULL ? type : strata_sa_type_of_value (read));
}

/* The type that SQLAlchemy takes for a value beside an expression: that of the expression, if they are of one sort. */
const StrataType *
strata_sa_choose_type (const Expression  *expression,
                       const StrataValue *value)
{
  const StrataType *own = strata_sa_type_of_value (value);
  StrataAffinity affinity = strata_sa_get_affinity (expression->type);

  if (own == NULL || affinity == strata_sa_get_affinity (own))
    return expression->type;
  if (value->kind == STRATA_VALUE_STRING && (affinity == STRATA_AFFINITY_BINARY || affinity == STRATA_AFFINITY_UUID))
    return expression->type;

  return own;
}

static const char *
name_beside (const Expression *expression)
{
  return expression->kind == STRATA_EXPRESSION_COLUMN || expression->kind == STRATA_EXPRESSION_FUNCTION
         || (expression->kind == STRATA_EXPRESSION_VALUE && expression->name != NULL) ? expression->name : "param";
}

/* Each value takes the type of what it is compared with; those that have none beside them are dropped. */
static const Expression *
coerce_tuple (Machine          *py,
              const Expression *expression,
              Value            *other)
{
  Value *list = strata_py_to_list (py, other);
  Items items = { NULL };
  guint length, n = strata_sa_length (expression->items);
  Value **values = list != NULL ? strata_py_value_get_items (list, &length) : NULL;

  if (list == NULL)
    return NULL;
  for (guint i = 0; i < MIN (n, length); i++)
    {
      const Expression *item = strata_sa_get_expression (py, values[i]);

      if (item != NULL)
        return strata_sa_raise (py, "CompileError", "Could not render literal value: a tuple of values has an expression in it");
      item = strata_py_has_failed (py) ? NULL : strata_sa_coerce_other (py, expression->items[i], values[i]);
      if (item == NULL)
        return NULL;
      strata_sa_items_add (py, &items, item);
    }

  return strata_sa_list (py, STRATA_EXPRESSION_TUPLE, STRATA_OPERATOR_NONE, items.items);
}

const Expression *
strata_sa_coerce_other (Machine          *py,
                        const Expression *expression,
                        Value            *other)
{
  const Expression *self = get_known (py, other);
  const StrataValue *value;

  if (strata_py_has_failed (py))
    return NULL;
  if (self != NULL && self->kind == STRATA_EXPRESSION_VALUE && self->type == NULL && expression->type != NULL)
    {
      Expression *typed = strata_sa_copy (py, self, sizeof (Expression));

      typed->type = expression->type;
      return typed;
    }
  if (self != NULL)
    return self;
  if (expression->kind == STRATA_EXPRESSION_TUPLE)
    return coerce_tuple (py, expression, other);
  if (!is_literal (py, other))
    return refuse_literal (py, other);

  value = strata_sa_read_value (py, other, expression->type);
  if (value == NULL)
    return NULL;

  return strata_sa_bind (py, name_beside (expression), value, strata_sa_choose_type (expression, value));
}

const Expression *
strata_sa_coerce_condition (Machine *py,
                            Value   *value)
{
  const Expression *self = get_known (py, value);
  gint64 truth;

  if (self != NULL || strata_py_has_failed (py))
    return self;
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_BOOL && strata_py_value_get_int (value, &truth))
    return strata_sa_constant (py, truth ? STRATA_EXPRESSION_TRUE : STRATA_EXPRESSION_FALSE);
  if (strata_py_is_none (value))
    return strata_sa_constant (py, STRATA_EXPRESSION_NULL);
  if (strata_py_value_get_kind (value) == STRATA_PY_VALUE_STR)
    {
      const char *text = strata_py_value_get_text (value, NULL);

      return strata_sa_raise (py, "ArgumentError", "Textual SQL expression '%s' should be explicitly declared as text('%s')",
                              text, text);
    }

  return strata_sa_raise (py, "ArgumentError", "SQL expression for WHERE/HAVING role expected, got %s.",
                          strata_py_value_get_text (strata_py_to_repr (py, value), NULL));
}

static const Expression *
coerce_string (Machine              *py,
               Value                *value,
               StrataExpressionKind  kind)
{
  const Expression *self = get_known (py, value);
  Expression *named;

  if (self != NULL || strata_py_has_failed (py))
    return self;
  if (strata_py_value_get_kind (value) != STRATA_PY_VALUE_STR)
    return strata_sa_coerce_condition (py, value);

  named = strata_sa_new_expression (py, kind);
  named->name = strata_sa_intern (py, strata_py_value_get_text (value, NULL));

  return named;
}

const Expression *
strata_sa_coerce_text (Machine *py,
                       Value   *value)
{
  return coerce_string (py, value, STRATA_EXPRESSION_TEXT);
}

const Expression *
strata_sa_coerce_column (Machine *py,
                         Value   *value)
{
  return coerce_string (py, value, STRATA_EXPRESSION_COLUMN);
}
