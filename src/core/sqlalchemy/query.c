/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* What SELECT and UNION give: subqueries, values, and each other. */

static Value *
query_scalar (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return strata_sa_wrap_expression (py, strata_sa_get_expression (py, self));
}

static Value *
query_label (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_sa_new_label (py, self, strata_py_value_get_text (arguments[0], NULL));
}

/* Those of its columns that have names are those of the subquery. The others, and those whose name is taken, have one only
 * when the whole statement is written. */
static Dict *
columns_of (Machine              *py,
            const StrataQuery    *query,
            const StrataRelation *relation)
{
  Dict *columns = strata_py_dict (py);

  while (query->kind == STRATA_QUERY_COMPOUND && query->queries != NULL && query->queries[0] != NULL)
    query = query->queries[0];
  for (guint i = 0; query->columns != NULL && query->columns[i] != NULL; i++)
    {
      const Expression *of = query->columns[i];
      Expression *column = strata_sa_new_expression (py, STRATA_EXPRESSION_COLUMN);

      if ((of->kind != STRATA_EXPRESSION_COLUMN && of->kind != STRATA_EXPRESSION_LABEL && of->kind != STRATA_EXPRESSION_WORDS)
          || strata_py_dict_get_name (columns, of->name) != NULL)
        {
          g_autofree char *key = g_strdup_printf ("column %u of a subquery", i + 1);

          strata_py_dict_set_name (py, columns, key, strata_py_opaque (py, key));
          continue;
        }
      column->name = of->name;
      column->type = of->type;
      column->relation = relation;
      strata_py_dict_set_name (py, columns, of->name,
                               strata_sa_wrap_class (py, strata_sa_get (py)->classes[STRATA_SA_COLUMN_CLAUSE], column));
    }

  return columns;
}

static Value *
query_subquery (Machine *py,
                Value   *self,
                Value  **arguments)
{
  const StrataQuery *query = strata_sa_get_query (py, self);
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_QUERY);
  const char *name = arguments[0] != NULL ? strata_py_value_get_text (arguments[0], NULL) : NULL;

  relation->query = query;
  relation->alias = name != NULL ? strata_sa_intern (py, name) : "anon";
  relation->is_anonymous = name == NULL;

  return strata_sa_wrap_relation (py, "Subquery", relation, columns_of (py, query, relation));
}

static Value *
query_lateral (Machine *py,
               Value   *self,
               Value  **arguments)
{
  StrataSaFrom *from = (StrataSaFrom *) query_subquery (py, self, arguments);

  ((StrataRelation *) from->relation)->is_lateral = TRUE;

  return &from->base;
}

static Value *
new_lateral (Machine *py,
             Value   *module,
             Value  **arguments)
{
  if (!strata_sa_is_query (py, arguments[0]))
    return strata_py_refuse (py, "what lateral() is of is not known here");

  return query_lateral (py, arguments[0], arguments + 1);
}

/* All of them are said where it may speak of itself. */
static const char * const *
get_names (Machine           *py,
           const StrataQuery *query)
{
  Items names = { NULL };

  while (query->kind == STRATA_QUERY_COMPOUND)
    query = query->queries[0];
  for (guint i = 0; query->columns != NULL && query->columns[i] != NULL; i++)
    {
      const Expression *of = query->columns[i];

      if (of->kind != STRATA_EXPRESSION_COLUMN && of->kind != STRATA_EXPRESSION_LABEL)
        return strata_py_refuse (py, "the name of a column of a recursive cte() is not known here");
      strata_sa_items_add (py, &names, of->name);
    }

  return (const char * const *) names.items;
}

static Value *
query_cte (Machine *py,
           Value   *self,
           Value  **arguments)
{
  const StrataQuery *query = strata_sa_get_query (py, self);
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_WITH);
  const char *name = arguments[0] != NULL ? strata_py_value_get_text (arguments[0], NULL) : NULL;

  if (arguments[2] != NULL && strata_py_truth (py, arguments[2]) != 0)
    return strata_py_refuse (py, "a nested cte() is not known here");
  relation->query = query;
  relation->alias = name != NULL ? strata_sa_intern (py, name) : "anon";
  relation->is_anonymous = name == NULL;
  relation->is_recursive = arguments[1] != NULL && strata_py_truth (py, arguments[1]) == 1;
  if (relation->is_recursive && (relation->names = get_names (py, query)) == NULL)
    return NULL;

  return strata_sa_wrap_relation (py, "CTE", relation, columns_of (py, query, relation));
}

static Value *
query_exists (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return strata_sa_new_exists (py, strata_sa_get_expression (py, self));
}

static Value *
compound (Machine    *py,
          const char *words,
          Value      *first,
          Value      *others)
{
  Statement *self = strata_sa_new_statement (py, "CompoundSelect", STRATA_QUERY_COMPOUND);
  Items queries = { NULL };
  guint length;
  Value **list = strata_py_value_get_items (others, &length);

  if (first != NULL)
    strata_sa_items_add (py, &queries, strata_sa_get_query (py, first));
  for (guint i = 0; i < length; i++)
    {
      const StrataQuery *query = strata_sa_is_query (py, list[i]) ? strata_sa_get_query (py, list[i]) : NULL;

      if (query == NULL || query->kind == STRATA_QUERY_COMPOUND || query->limit != NULL || query->order_by != NULL)
        return strata_py_refuse (py, "this part of a %s is not known here", words);
      strata_sa_items_add (py, &queries, query);
    }
  if (queries.length == 0)
    return strata_py_refuse (py, "a %s of nothing is not known here", words);
  self->query.words = words;
  self->query.queries = (const StrataQuery * const *) queries.items;

  return &self->base;
}

#define COMPOUND(name, words) \
  static Value * \
  query_ ## name (Machine *py, \
                  Value   *self, \
                  Value  **arguments) \
  { \
    return compound (py, words, self, arguments[0]); \
  } \
  static Value * \
  new_ ## name (Machine *py, \
                Value   *module, \
                Value  **arguments) \
  { \
    return compound (py, words, NULL, arguments[0]); \
  }

COMPOUND (union, "UNION")
COMPOUND (union_all, "UNION ALL")
COMPOUND (intersect, "INTERSECT")
COMPOUND (intersect_all, "INTERSECT ALL")
COMPOUND (except, "EXCEPT")
COMPOUND (except_all, "EXCEPT ALL")

/* Another one of the same name, whose query may speak of the first. */
static Value *
restate (Machine    *py,
         const char *words,
         Value      *value,
         Value      *others)
{
  StrataSaFrom *from = (StrataSaFrom *) value;
  StrataRelation *relation = strata_sa_new_relation (py, STRATA_RELATION_WITH);
  Statement *first = strata_sa_new_statement (py, "Select", from->relation->query->kind);
  Statement *both;

  first->query = *from->relation->query;
  if (first->query.kind == STRATA_QUERY_COMPOUND)
    return strata_py_refuse (py, "a %s of a cte() that is one already is not known here", words);
  both = (Statement *) compound (py, words, &first->base, others);
  if (both == NULL)
    return NULL;
  *relation = *from->relation;
  relation->query = &both->query;
  relation->restates = from->relation;

  return strata_sa_wrap_relation (py, "CTE", relation, strata_sa_copy_columns (py, from->columns, relation));
}

Value *
strata_sa_with_union (Machine *py,
                      Value   *self,
                      Value  **arguments)
{
  return restate (py, "UNION", self, arguments[0]);
}

Value *
strata_sa_with_union_all (Machine *py,
                          Value   *self,
                          Value  **arguments)
{
  return restate (py, "UNION ALL", self, arguments[0]);
}

static const StrataPyNative query_methods[] = {
  { "scalar_subquery", "", query_scalar },
  { "as_scalar", "", query_scalar },
  { "label", "name", query_label },
  { "subquery", "name=", query_subquery },
  { "alias", "name=, flat=", query_subquery },
  { "cte", "name=, recursive=, nesting=", query_cte },
  { "exists", "", query_exists },
  { "lateral", "name=", query_lateral },
  { "union", "*other", query_union },
  { "union_all", "*other", query_union_all },
  { "intersect", "*other", query_intersect },
  { "intersect_all", "*other", query_intersect_all },
  { "except_", "*other", query_except },
  { "except_all", "*other", query_except_all },
  { NULL }
};

static Value *
query_attribute (Machine    *py,
                 Value      *self,
                 const char *name)
{
  const StrataQuery *query = strata_sa_get_query (py, self);

  if (g_str_equal (name, "selected_columns") || g_str_equal (name, "c") || g_str_equal (name, "columns")
      || g_str_equal (name, "exported_columns"))
    return strata_py_refuse (py, "“%s” of a %s is not known here", name,
                             query->kind == STRATA_QUERY_SELECT ? "select()" : "union");

  return NULL;
}

Value *
strata_sa_query_order_by (Machine *py,
                          Value   *value,
                          Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  gpointer list;

  if (!strata_sa_read_order (py, &self->query, arguments[0], self->query.order_by, &list))
    return NULL;
  self->query.order_by = list;

  return &self->base;
}

Value *
strata_sa_query_limit (Machine *py,
                       Value   *value,
                       Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);

  return strata_sa_read_limit (py, arguments[0], &self->query.limit) ? &self->base : NULL;
}

Value *
strata_sa_query_offset (Machine *py,
                        Value   *value,
                        Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);

  return strata_sa_read_limit (py, arguments[0], &self->query.offset) ? &self->base : NULL;
}

/* Parts of an EXISTS; more conditions can be added to it. */
Value *
strata_sa_new_exists (Machine          *py,
                      const Expression *query)
{
  Class *class = (Class *) strata_py_dict_get_name (strata_sa_get (py)->names[STRATA_SA_ROOT], "Exists");

  if (query == NULL)
    return NULL;

  return strata_sa_wrap_class (py, class, strata_sa_unary (py, STRATA_OPERATOR_EXISTS, query,
                                                           strata_sa_plain_type (STRATA_TYPE_ANY_BOOLEAN)));
}

static Value *
construct_exists (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  guint length;
  Value **values = strata_py_value_get_items (arguments[0], &length);
  Value *star = strata_py_str (py, "*");
  Value *query;

  if (length == 1 && (strata_sa_is_query (py, values[0]) || strata_sa_is (py, values[0], STRATA_SA_ELEMENT)))
    {
      const Expression *expression = strata_sa_get_expression (py, values[0]);

      if (expression->kind == STRATA_EXPRESSION_QUERY)
        return strata_sa_new_exists (py, expression);
    }
  query = length > 0 ? strata_sa_select_values (py, length, values) : strata_sa_select_values (py, 1, &star);

  return query != NULL ? strata_sa_new_exists (py, strata_sa_get_expression (py, query)) : NULL;
}

static Value *
exists_with (Machine    *py,
             Value      *self,
             const char *method,
             Value      *values)
{
  const Expression *expression = strata_sa_get_expression (py, self);
  Statement *inner = strata_sa_new_statement (py, "Select", STRATA_QUERY_SELECT);
  Value *function;
  guint length;
  Value **list = strata_py_value_get_items (values, &length);
  const StrataPyArguments call = { list, length, NULL };

  inner->query = *expression->items[0]->query;
  inner->conditions = strata_sa_append (py, NULL, inner->query.where);
  function = strata_py_find_attribute (py, &inner->base, method);
  if (function == NULL)
    return NULL;
  function = strata_py_call (py, function, &call);

  return function != NULL ? strata_sa_new_exists (py, strata_sa_get_expression (py, function)) : NULL;
}

static Value *
exists_where (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return exists_with (py, self, "where", arguments[0]);
}

static Value *
exists_select_from (Machine *py,
                    Value   *self,
                    Value  **arguments)
{
  return exists_with (py, self, "select_from", arguments[0]);
}

static Value *
exists_select (Machine *py,
               Value   *self,
               Value  **arguments)
{
  return strata_sa_select_values (py, 1, &self);
}

static const StrataPyNative exists_methods[] = {
  { "where", "*clause", exists_where },
  { "select_from", "*froms", exists_select_from },
  { "select", "", exists_select },
  { NULL }
};

static const StrataPySlots query_slots = {
  .name = "SelectBase",
  .methods = query_methods,
  .get_attribute = query_attribute,
};

static const StrataPyNative compound_methods[] = {
  { "order_by", "*clauses", strata_sa_query_order_by },
  { "limit", "limit", strata_sa_query_limit },
  { "offset", "offset", strata_sa_query_offset },
  { NULL }
};

static const StrataPySlots compound_slots = {
  .name = "CompoundSelect",
  .methods = compound_methods,
  .lacking = " group_by fetch slice ",
};

static const StrataPySlots exists_slots = {
  .name = "Exists",
  .methods = exists_methods,
  .parameters = "*arguments",
  .construct = construct_exists,
};

static const StrataPyNative functions[] = {
  { "lateral", "selectable, name=", new_lateral },
  { "union", "*selects", new_union },
  { "union_all", "*selects", new_union_all },
  { "intersect", "*selects", new_intersect },
  { "intersect_all", "*selects", new_intersect_all },
  { "except_", "*selects", new_except },
  { "except_all", "*selects", new_except_all },
  { NULL }
};

Class *
strata_sa_add_queries (Machine *py)
{
  StrataSa *sa = strata_sa_get (py);
  Class *query = strata_py_class (py, &query_slots, sa->classes[STRATA_SA_STATEMENT]);
  Class *exists = strata_py_class (py, &exists_slots, sa->classes[STRATA_SA_ELEMENT]);

  strata_sa_export (py, STRATA_SA_ROOT, "CompoundSelect", (Value *) strata_py_class (py, &compound_slots, query));
  strata_sa_export (py, STRATA_SA_ROOT, "Exists", (Value *) exists);
  strata_sa_export (py, STRATA_SA_ROOT, "exists", (Value *) exists);
  strata_sa_export_functions (py, STRATA_SA_ROOT, functions);

  return query;
}
