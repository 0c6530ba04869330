/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* values(): rows of a statement's own, which it reads as a table. */

static Value *
wrap (Machine              *py,
      StrataRelation       *relation,
      Dict                 *columns)
{
  return strata_sa_wrap_relation (py, "Values", relation, strata_sa_copy_columns (py, columns, relation));
}

static Value *
construct_values (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  StrataQuery *query = strata_py_alloc (py, sizeof (StrataQuery));
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_QUERY);
  Dict *columns = strata_py_dict (py);
  Items names = { NULL };
  guint length;
  Value **given = strata_py_value_get_items (arguments[0], &length);

  if (query == NULL || relation == NULL)
    return NULL;
  query->kind = STRATA_QUERY_VALUES;
  relation->query = query;
  for (guint i = 0; i < length; i++)
    {
      const Expression *column;

      if (!strata_sa_is (py, given[i], STRATA_SA_COLUMN_CLAUSE))
        return strata_py_refuse (py, "this column of values() is not known here");
      column = strata_sa_get_expression (py, given[i]);
      strata_sa_items_add (py, &names, column->name);
      query->columns = strata_sa_append (py, query->columns, column);
      strata_py_dict_set_name (py, columns, column->name, given[i]);
    }
  relation->names = (const char * const *) names.items;
  if (arguments[1] != NULL && !strata_py_is_none (arguments[1]))
    {
      const char *name = strata_py_value_get_text (arguments[1], NULL);

      if (name == NULL)
        return strata_py_refuse (py, "the name of values() is not known here");
      relation->alias = strata_sa_intern (py, name);
    }

  return wrap (py, relation, columns);
}

static const Expression *
read_row (Machine           *py,
          const StrataQuery *query,
          Value             *row)
{
  guint n_columns = strata_sa_length (query->columns);
  Value *list = strata_py_to_list (py, row);
  Items items = { NULL };
  guint length;
  Value **values;

  if (list == NULL)
    return NULL;
  values = strata_py_value_get_items (list, &length);
  if (length != n_columns)
    return strata_sa_raise (py, "ArgumentError", "Wrong number of elements for %u-tuple: %s", n_columns,
                            strata_py_value_get_text (strata_py_to_repr (py, row), NULL));

  for (guint i = 0; i < length; i++)
    {
      const Expression *value = strata_sa_coerce (py, values[i], query->columns[i]->type);

      if (value == NULL)
        return NULL;
      strata_sa_items_add (py, &items, value);
    }

  return strata_sa_list (py, STRATA_EXPRESSION_TUPLE, STRATA_OPERATOR_COMMA, items.items);
}

/* Behind the rows that are there. */
static Value *
values_data (Machine  *py,
             Value    *value,
             Value   **arguments)
{
  StrataSaFrom *self = (StrataSaFrom *) value;
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_QUERY);
  StrataQuery *query = strata_sa_copy (py, self->relation->query, sizeof (StrataQuery));
  Value *list = strata_py_to_list (py, arguments[0]);
  guint length;
  Value **rows;

  if (list == NULL)
    return NULL;
  rows = strata_py_value_get_items (list, &length);
  for (guint i = 0; i < length; i++)
    {
      const Expression *row = read_row (py, query, rows[i]);

      if (row == NULL)
        return NULL;
      query->values = strata_sa_append (py, query->values, row);
    }
  *relation = *self->relation;
  relation->query = query;

  return wrap (py, relation, self->columns);
}

/* A name of NULL: its own, or one that SQLAlchemy makes up. */
static StrataRelation *
rename (Machine              *py,
        const StrataRelation *from,
        Value                *name,
        StrataRelationKind    kind)
{
  StrataRelation *relation = strata_sa_new_relation (py, kind);

  *relation = *from;
  relation->kind = kind;
  if (name != NULL && !strata_py_is_none (name))
    {
      relation->alias = strata_sa_intern (py, strata_py_value_get_text (name, NULL));
      relation->is_anonymous = FALSE;
    }
  else if (relation->alias == NULL)
    {
      relation->alias = "anon";
      relation->is_anonymous = TRUE;
    }

  return relation;
}

static Value *
values_lateral (Machine  *py,
                Value    *value,
                Value   **arguments)
{
  StrataSaFrom *self = (StrataSaFrom *) value;
  StrataRelation *relation = rename (py, self->relation, arguments[0], STRATA_RELATION_QUERY);

  relation->is_lateral = TRUE;

  return wrap (py, relation, self->columns);
}

static Value *
values_cte (Machine  *py,
            Value    *value,
            Value   **arguments)
{
  StrataSaFrom *self = (StrataSaFrom *) value;
  StrataRelation *relation = rename (py, self->relation, arguments[0], STRATA_RELATION_WITH);

  if ((arguments[1] != NULL && strata_py_truth (py, arguments[1]) != 0)
      || (arguments[2] != NULL && strata_py_truth (py, arguments[2]) != 0))
    return strata_py_refuse (py, "such a cte() of values() is not known here");
  if (arguments[0] == NULL || strata_py_is_none (arguments[0]))
    relation->is_anonymous = TRUE;

  return strata_sa_wrap_relation (py, "CTE", relation, strata_sa_copy_columns (py, self->columns, relation));
}

static Value *
values_scalar (Machine  *py,
               Value    *value,
               Value   **arguments)
{
  Expression *query = strata_sa_new_expression (py, STRATA_EXPRESSION_QUERY);

  query->query = ((StrataSaFrom *) value)->relation->query;

  return strata_sa_wrap_expression (py, query);
}

static const StrataPyNative values_methods[] = {
  { "cte", "name=, recursive=, nesting=", values_cte },
  { "data", "values", values_data },
  { "lateral", "name=", values_lateral },
  { "scalar_values", "", values_scalar },
  { NULL }
};

static const StrataPySlots values_slots = {
  .name = "Values",
  .methods = values_methods,
  .parameters = "*columns, name=, literal_binds=",
  .construct = construct_values,
};

void
strata_sa_add_values (Machine *py)
{
  Value *class = (Value *) strata_py_class (py, &values_slots, strata_sa_get (py)->classes[STRATA_SA_FROM]);

  strata_sa_export (py, STRATA_SA_ROOT, "Values", class);
  strata_sa_export (py, STRATA_SA_ROOT, "values", class);
}
