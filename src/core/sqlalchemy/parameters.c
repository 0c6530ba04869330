/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* What bindparam() left open in a query, filled in. */

typedef struct
{
  Machine  *py;
  Dict     *values;
  Dict     *used;         /* the names that were found */
} Binding;

static const StrataQuery *bind_query (Binding *self, const StrataQuery *query);
static gpointer bind_list (Binding *self, Expressions list);

static const Expression *
bind_value (Binding          *self,
            const Expression *expression)
{
  Value *value = expression->name != NULL && !expression->is_anonymous ? strata_py_dict_get_name (self->values, expression->name)
                                                                       : NULL;
  Expression *copy;

  if (value == NULL)
    return expression;
  strata_py_dict_set_name (self->py, self->used, expression->name, value);
  copy = strata_sa_copy (self->py, expression, sizeof (Expression));

  return strata_sa_set_parameter (self->py, copy, value, copy->is_expanding) ? copy : NULL;
}

static const Expression *
bind (Binding          *self,
      const Expression *expression)
{
  Expression *copy;

  if (expression == NULL || strata_py_has_failed (self->py))
    return expression;
  if (expression->kind == STRATA_EXPRESSION_VALUE)
    return bind_value (self, expression);
  if (expression->kind == STRATA_EXPRESSION_LIST && strata_sa_length (expression->items) == 1
      && expression->items[0]->is_expanding)
    return bind_value (self, expression->items[0]);
  if (expression->items == NULL && expression->parameters == NULL && expression->query == NULL)
    return expression;

  copy = strata_sa_copy (self->py, expression, sizeof (Expression));
  copy->items = bind_list (self, expression->items);
  copy->parameters = bind_list (self, expression->parameters);
  copy->query = expression->query != NULL ? bind_query (self, expression->query) : NULL;

  return copy;
}

static gpointer
bind_list (Binding     *self,
           Expressions  list)
{
  Items items = { NULL };

  for (guint i = 0; list != NULL && list[i] != NULL; i++)
    strata_sa_items_add (self->py, &items, bind (self, list[i]));

  return items.items;
}

/* What stands behind FROM stays as it is: its columns know it by its place in memory. */
static const StrataQuery *
bind_query (Binding           *self,
            const StrataQuery *query)
{
  StrataQuery *copy = strata_sa_copy (self->py, query, sizeof (StrataQuery));
  gboolean is_change = query->kind == STRATA_QUERY_INSERT || query->kind == STRATA_QUERY_UPDATE;

  if (!is_change)
    copy->columns = bind_list (self, query->columns);
  copy->values = bind_list (self, query->values);
  copy->where = bind (self, query->where);
  copy->having = bind (self, query->having);
  copy->limit = bind (self, query->limit);
  copy->offset = bind (self, query->offset);
  copy->source = query->source != NULL ? bind_query (self, query->source) : NULL;
  if (query->queries != NULL)
    {
      Items queries = { NULL };

      for (guint i = 0; query->queries[i] != NULL; i++)
        strata_sa_items_add (self->py, &queries, bind_query (self, query->queries[i]));
      copy->queries = (const StrataQuery * const *) queries.items;
    }

  return copy;
}

/* Those that no bindparam() is for are values of columns, where the statement sets some. */
static Value *
add_values (Machine   *py,
            Statement *statement,
            Dict      *parameters,
            Dict      *used)
{
  Dict *rest = strata_py_dict (py);
  guint position = 0;
  Value *key, *value, *method;

  while (strata_py_dict_next (parameters, &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (name == NULL)
        return strata_py_refuse (py, "the name of this parameter is not known here");
      if (strata_py_dict_get_name (used, name) == NULL)
        strata_py_dict_set_name (py, rest, name, value);
    }
  if (strata_py_dict_get_length (rest) == 0)
    return &statement->base;
  if ((statement->query.kind != STRATA_QUERY_INSERT && statement->query.kind != STRATA_QUERY_UPDATE)
      || statement->query.columns != NULL || statement->query.source != NULL)
    return strata_py_refuse (py, "the parameters of this statement are not known here");
  method = strata_py_find_attribute (py, &statement->base, "values");

  return method != NULL ? strata_py_call_values (py, method, 1, (Value *) rest) : NULL;
}

Value *
strata_sa_bind_statement (Machine *py,
                          Value   *statement,
                          Dict    *parameters)
{
  Statement *self = strata_sa_copy_statement (py, statement);
  Binding binding = { py, parameters, strata_py_dict (py) };

  self->query = *bind_query (&binding, &self->query);

  return strata_py_has_failed (py) ? NULL : add_values (py, self, parameters, binding.used);
}
