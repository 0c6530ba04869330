/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* ORDER BY and GROUP BY. */

static const Expression *
name_of (Machine    *py,
         const char *name)
{
  Expression *self = strata_sa_new_expression (py, STRATA_EXPRESSION_COLUMN);

  self->name = name;

  return self;
}

/* A string is the name of what is selected, or else of a column of a table that is. */
static const Expression *
find_selected (Machine           *py,
               const StrataQuery *query,
               const char        *name)
{
  while (query->kind == STRATA_QUERY_COMPOUND && query->queries != NULL)
    query = query->queries[0];
  for (guint i = 0; query->columns != NULL && query->columns[i] != NULL; i++)
    if (query->columns[i]->kind == STRATA_EXPRESSION_LABEL && g_str_equal (query->columns[i]->name, name))
      return name_of (py, query->columns[i]->name);
    else if (query->columns[i]->kind == STRATA_EXPRESSION_COLUMN && g_str_equal (query->columns[i]->name, name))
      return query->columns[i];
  for (guint i = 0; query->columns != NULL && query->columns[i] != NULL; i++)
    {
      const StrataRelation *relation = query->columns[i]->relation;
      StrataSaFrom *owner = relation != NULL ? strata_sa_get_owner (relation) : NULL;
      Value *column = owner != NULL && owner->columns != NULL ? strata_py_dict_get_name (owner->columns, name) : NULL;

      if (column != NULL)
        return strata_sa_get_expression (py, column);
    }

  return strata_py_refuse (py, "what “%s” means in order_by(), group_by() or distinct() is not known here", name);
}

/* Where a label that is selected stands in ORDER BY, its name is enough. */
static const Expression *
resolve (Machine           *py,
         const StrataQuery *query,
         const Expression  *expression)
{
  const Expression *item;
  Expression *self;

  if (expression->kind == STRATA_EXPRESSION_COLUMN && expression->is_anonymous)
    return find_selected (py, query, expression->name);
  if (expression->kind == STRATA_EXPRESSION_LABEL)
    {
      for (guint i = 0; query->columns != NULL && query->columns[i] != NULL; i++)
        if (query->columns[i] == expression)
          return name_of (py, expression->name);
      return expression;
    }
  if (expression->kind != STRATA_EXPRESSION_UNARY || expression->operator < STRATA_OPERATOR_ASC)
    return expression;

  item = resolve (py, query, expression->items[0]);
  self = strata_sa_copy (py, expression, sizeof (Expression));
  self->items = strata_sa_append (py, NULL, item);

  return item != NULL ? self : NULL;
}

/* An item of ORDER BY or GROUP BY. */
static const Expression *
read_order_item (Machine           *py,
                 const StrataQuery *query,
                 Value             *value)
{
  StrataPyValueKind kind = strata_py_value_get_kind (value);
  const Expression *expression;

  if (kind == STRATA_PY_VALUE_STR)
    return find_selected (py, query, strata_py_value_get_text (value, NULL));
  if (kind == STRATA_PY_VALUE_INT || kind == STRATA_PY_VALUE_FLOAT || kind == STRATA_PY_VALUE_LIST)
    return strata_sa_raise (py, "ArgumentError", "ORDER BY expression expected, got %s.",
                            strata_py_value_get_text (strata_py_to_repr (py, value), NULL));
  expression = strata_sa_coerce (py, value, NULL);

  return expression != NULL ? resolve (py, query, expression) : NULL;
}

gboolean
strata_sa_read_order (Machine           *py,
                      const StrataQuery *query,
                      Value             *values,
                      gconstpointer      old,
                      gpointer          *result)
{
  guint length;
  Value **list = strata_py_value_get_items (values, &length);

  *result = (gpointer) old;
  /* order_by(None) takes away what was there. */
  if (length == 1 && strata_py_is_none (list[0]))
    {
      *result = NULL;
      return TRUE;
    }
  for (guint i = 0; i < length; i++)
    {
      const Expression *item = read_order_item (py, query, list[i]);

      if (item == NULL)
        return FALSE;
      *result = strata_sa_append (py, *result, item);
    }

  return TRUE;
}
