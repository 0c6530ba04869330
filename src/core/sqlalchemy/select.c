/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

static Value *
select_from_tuple (Machine *py,
                   Value   *values)
{
  Statement *self = strata_sa_new_statement (py, "Select", STRATA_QUERY_SELECT);
  Items items = { NULL };
  guint length;
  Value **list = strata_py_value_get_items (values, &length);

  if (!strata_sa_read_selected (py, values, &items))
    return NULL;
  self->query.columns = (Expressions) items.items;
  for (guint i = 0; i < length && self->entity == NULL; i++)
    if (strata_sa_is (py, list[i], STRATA_SA_FROM))
      {
        self->entity = list[i];
        if (items.length == 0)
          self->query.from = strata_sa_append (py, NULL, strata_sa_get_relation (py, list[i]));
      }

  return &self->base;
}

Value *
strata_sa_select_values (Machine *py,
                         guint    n,
                         Value  **values)
{
  return select_from_tuple (py, strata_py_tuple (py, values, n));
}

static Value *
construct_select (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  return select_from_tuple (py, arguments[0]);
}

static Value *
select_where (Machine *py,
              Value   *value,
              Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);

  return strata_sa_add_where (py, self, arguments[0]) ? &self->base : NULL;
}

static StrataSaFrom *
find_entity (Machine         *py,
             const Statement *self)
{
  StrataSaFrom *found = (StrataSaFrom *) self->entity;

  for (guint i = 0; self->query.columns != NULL && self->query.columns[i] != NULL && found == NULL; i++)
    if (self->query.columns[i]->relation != NULL)
      found = strata_sa_get_owner (self->query.columns[i]->relation);

  return found != NULL ? found : strata_py_refuse (py, "which table filter_by() means is not known here");
}

static Value *
select_filter_by (Machine *py,
                  Value   *value,
                  Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  StrataSaFrom *entity = find_entity (py, self);
  Value *conditions = strata_py_list (py, NULL, 0);
  guint position = 0;
  Value *key, *other;

  if (entity == NULL)
    return NULL;
  while (strata_py_dict_next ((Dict *) arguments[0], &position, &key, &other))
    {
      const char *name = strata_py_value_get_text (key, NULL);
      Value *column = entity->columns != NULL ? strata_py_dict_get_name (entity->columns, name) : NULL;
      const Expression *condition;

      if (column == NULL)
        return strata_sa_raise (py, "InvalidRequestError", "Entity namespace for \"%s\" has no property \"%s\"",
                                entity->relation->name, name);
      condition = strata_sa_compare (py, STRATA_OPERATOR_EQ, strata_sa_get_expression (py, column), other);
      if (condition == NULL)
        return NULL;
      strata_py_list_append (py, conditions, strata_sa_wrap_expression (py, condition));
    }

  return strata_sa_add_where (py, self, conditions) ? &self->base : NULL;
}

static Value *
select_having (Machine *py,
               Value   *value,
               Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Items items = { NULL };

  if (self->query.having != NULL)
    strata_sa_items_add (py, &items, self->query.having);
  if (!strata_sa_read_conditions (py, arguments[0], &items))
    return NULL;
  if (items.length > 0)
    self->query.having = strata_sa_conjunction (py, STRATA_OPERATOR_AND, items.items);

  return &self->base;
}

static Value *
select_group_by (Machine *py,
                 Value   *value,
                 Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  gpointer list;

  if (!strata_sa_read_order (py, &self->query, arguments[0], self->query.group_by, &list))
    return NULL;
  self->query.group_by = list;

  return &self->base;
}

gboolean
strata_sa_read_limit (Machine           *py,
            Value             *value,
            const Expression **limit)
{
  if (strata_py_is_none (value))
    {
      *limit = NULL;
      return TRUE;
    }
  *limit = strata_sa_coerce (py, value, strata_sa_plain_type (STRATA_TYPE_ANY_INTEGER));

  return *limit != NULL;
}

static Value *
select_distinct (Machine *py,
                 Value   *value,
                 Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Items items = { NULL };

  if (!strata_sa_read_list (py, arguments[0], &items))
    return NULL;
  self->query.is_distinct = TRUE;
  self->query.distinct_on = (Expressions) items.items;

  return &self->base;
}

static Value *
select_select_from (Machine *py,
                    Value   *value,
                    Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  guint length;
  Value **list = strata_py_value_get_items (arguments[0], &length);

  for (guint i = 0; i < length; i++)
    {
      const StrataRelation *relation = strata_sa_coerce_relation (py, list[i]);

      if (relation == NULL)
        return NULL;
      self->query.from = strata_sa_append (py, self->query.from, relation);
      if (self->entity == NULL)
        self->entity = list[i];
    }

  return &self->base;
}

static Value *
add_join (Machine *py,
          Value   *value,
          Value  **arguments,
          gboolean is_outer,
          gboolean is_full)
{
  Statement *self = strata_sa_copy_statement (py, value);
  StrataRelation *join = strata_sa_new_relation (py, STRATA_RELATION_JOIN);
  Items froms = { NULL };

  join->right = strata_sa_coerce_relation (py, arguments[0]);
  if (join->right == NULL)
    return NULL;
  join->is_outer = is_outer;
  join->is_full = is_full;
  if (arguments[1] != NULL && !strata_py_is_none (arguments[1])
      && (join->on = strata_sa_coerce_condition (py, arguments[1])) == NULL)
    return NULL;
  join->left = strata_sa_find_left (py, &self->query, join->right, join->on);
  if (join->left == NULL)
    return NULL;
  if (join->on == NULL && (join->on = strata_sa_find_condition (py, join->left, join->right)) == NULL)
    return NULL;
  strata_sa_items_add (py, &froms, join);
  for (guint i = 0; self->query.from != NULL && self->query.from[i] != NULL; i++)
    if (self->query.from[i] != join->left)
      strata_sa_items_add (py, &froms, self->query.from[i]);
  self->query.from = (const StrataRelation * const *) froms.items;
  self->entity = arguments[0];

  return &self->base;
}

static gboolean
is_true (Machine *py,
         Value   *value)
{
  return value != NULL && strata_py_truth (py, value) == 1;
}

static Value *
select_join (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return add_join (py, self, arguments, is_true (py, arguments[2]), is_true (py, arguments[3]));
}

static Value *
select_outerjoin (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  return add_join (py, self, arguments, TRUE, is_true (py, arguments[2]));
}

static Value *
select_join_from (Machine *py,
                  Value   *value,
                  Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Value *join = strata_sa_new_join (py, arguments[0], arguments[1], arguments[2], is_true (py, arguments[3]),
                                    is_true (py, arguments[4]));

  if (join == NULL)
    return NULL;
  self->query.from = strata_sa_append (py, self->query.from, strata_sa_get_relation (py, join));

  return &self->base;
}

static Value *
select_only (Machine *py,
             Value   *value,
             Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Items items = { NULL };

  if (is_true (py, arguments[1]))
    return strata_py_refuse (py, "“maintain_column_froms” is not known here");
  if (!strata_sa_read_selected (py, arguments[0], &items))
    return NULL;
  self->query.columns = (Expressions) items.items;

  return &self->base;
}

static Value *
select_add (Machine *py,
            Value   *value,
            Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Items items = { NULL };

  for (guint i = 0; self->query.columns != NULL && self->query.columns[i] != NULL; i++)
    strata_sa_items_add (py, &items, self->query.columns[i]);
  if (!strata_sa_read_selected (py, arguments[0], &items))
    return NULL;
  self->query.columns = (Expressions) items.items;

  return &self->base;
}

/* Each table once: a column stands for its own. */
static gboolean
read_locked (Machine *py,
             Value   *of,
             Items   *items)
{
  StrataPyValueKind kind = strata_py_value_get_kind (of);
  gboolean is_list = kind == STRATA_PY_VALUE_LIST || kind == STRATA_PY_VALUE_TUPLE;
  guint length = 1;
  Value **values = is_list ? strata_py_value_get_items (of, &length) : &of;

  for (guint i = 0; i < length; i++)
    {
      const StrataRelation *relation = strata_sa_get_relation (py, values[i]);
      gboolean is_there = FALSE;

      if (relation == NULL && strata_sa_is (py, values[i], STRATA_SA_ELEMENT))
        relation = ((StrataSaElement *) values[i])->expression->relation;
      if (relation == NULL || relation->kind != STRATA_RELATION_TABLE)
        return strata_py_refuse (py, "with_for_update() of what is no table is not known here") != NULL;
      for (guint j = 0; j < items->length; j++)
        is_there |= items->items[j] == relation;
      if (!is_there)
        strata_sa_items_add (py, items, relation);
    }

  return TRUE;
}

static Value *
select_for_update (Machine *py,
                   Value   *value,
                   Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  gboolean is_read = is_true (py, arguments[1]), is_key = is_true (py, arguments[4]);
  gboolean is_impatient = is_true (py, arguments[0]), skips = is_true (py, arguments[3]);
  Items locked = { NULL };

  if (arguments[2] != NULL && !strata_py_is_none (arguments[2]) && !read_locked (py, arguments[2], &locked))
    return NULL;
  self->query.locking = is_read ? (is_key ? "FOR KEY SHARE" : "FOR SHARE") : is_key ? "FOR NO KEY UPDATE" : "FOR UPDATE";
  self->query.locked = (const StrataRelation * const *) locked.items;
  self->query.locking_wait = is_impatient ? (skips ? "NOWAIT SKIP LOCKED" : "NOWAIT") : skips ? "SKIP LOCKED" : NULL;

  return &self->base;
}

/* What stands in the statement around is found without being told. */
static Value *
select_correlate (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  guint length;
  Value **list = strata_py_value_get_items (arguments[0], &length);

  for (guint i = 0; i < length; i++)
    if (!strata_sa_is (py, list[i], STRATA_SA_FROM))
      return strata_py_refuse (py, "this correlate() is not known here");

  return self;
}

static const StrataPyNative select_methods[] = {
  { "with_for_update", "*, nowait=, read=, of=, skip_locked=, key_share=", select_for_update },
  { "correlate", "*fromclauses", select_correlate },
  { "where", "*whereclause", select_where },
  { "filter", "*criteria", select_where },
  { "filter_by", "**kwargs", select_filter_by },
  { "having", "*having", select_having },
  { "order_by", "*clauses", strata_sa_query_order_by },
  { "group_by", "*clauses", select_group_by },
  { "limit", "limit", strata_sa_query_limit },
  { "offset", "offset", strata_sa_query_offset },
  { "distinct", "*expr", select_distinct },
  { "select_from", "*froms", select_select_from },
  { "join", "target, onclause=, *, isouter=, full=", select_join },
  { "outerjoin", "target, onclause=, *, full=", select_outerjoin },
  { "join_from", "from_, target, onclause=, *, isouter=, full=", select_join_from },
  { "with_only_columns", "*entities, maintain_column_froms=", select_only },
  { "add_columns", "*entities", select_add },
  { NULL }
};

static const StrataPySlots select_slots = {
  .name = "Select",
  .methods = select_methods,
  .lacking = " fetch slice correlate_except outerjoin_from reduce_columns "
             "get_final_froms whereclause froms inner_columns column_descriptions set_label_style get_label_style ",
  .parameters = "*entities",
  .construct = construct_select,
};

void
strata_sa_add_selects (Machine *py)
{
  Class *query = strata_sa_add_queries (py);
  Class *select = strata_py_class (py, &select_slots, query);

  strata_sa_export (py, STRATA_SA_ROOT, "Select", (Value *) select);
  strata_sa_export (py, STRATA_SA_ROOT, "select", (Value *) select);
}
