/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/from.h"

/* insert(), update() and delete(). */

static const StrataType no_type = { STRATA_TYPE_NONE };

static Value *
new_change (Machine         *py,
            const char      *class,
            StrataQueryKind  kind,
            Value           *table)
{
  Statement *self;

  if (strata_py_value_get_opaque_name (table) != NULL)
    return strata_py_refuse (py, "“%s” is a table that is changed, and what it is is not known here",
                             strata_py_value_get_opaque_name (table));
  if (!strata_sa_is (py, table, STRATA_SA_TABLE_CLAUSE) && !strata_sa_is (py, table, STRATA_SA_TABLE))
    return strata_py_refuse (py, "this is no table that can be changed");
  self = strata_sa_new_statement (py, class, kind);
  self->target = self->entity = table;
  self->query.relation = strata_sa_get_relation (py, table);

  return &self->base;
}

static Value *
construct_insert (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  Statement *self = (Statement *) new_change (py, "Insert", STRATA_QUERY_INSERT, arguments[0]);

  if (self == NULL)
    return NULL;
  self->base.class = (Class *) class;

  return &self->base;
}

static Value *
construct_update (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  return new_change (py, "Update", STRATA_QUERY_UPDATE, arguments[0]);
}

static Value *
construct_delete (Machine *py,
                  Value   *class,
                  Value  **arguments)
{
  return new_change (py, "Delete", STRATA_QUERY_DELETE, arguments[0]);
}

static Value *
table_insert (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return new_change (py, "Insert", STRATA_QUERY_INSERT, self);
}

static Value *
table_update (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return new_change (py, "Update", STRATA_QUERY_UPDATE, self);
}

static Value *
table_delete (Machine *py,
              Value   *self,
              Value  **arguments)
{
  return new_change (py, "Delete", STRATA_QUERY_DELETE, self);
}

const StrataPyNative strata_sa_table_methods[] = {
  { "insert", "", table_insert },
  { "update", "", table_update },
  { "delete", "", table_delete },
  { NULL }
};

static Dict *
get_columns (const Statement *self)
{
  return ((StrataSaFrom *) self->target)->columns;
}

/* A key of values(): a name, or a column. */
static const char *
get_key (Machine *py,
         Value   *key)
{
  const Expression *column = strata_sa_is (py, key, STRATA_SA_ELEMENT) ? strata_sa_get_expression (py, key) : NULL;
  const char *name = column != NULL && column->kind == STRATA_EXPRESSION_COLUMN ? column->name
                                                                                : strata_py_value_get_text (key, NULL);

  return name != NULL ? name : strata_py_refuse (py, "this key of values() is not known here");
}

/* A dict with names as keys, whatever it was given as. */
Dict *
strata_sa_read_row (Machine   *py,
                    Statement *self,
                    Value     *row)
{
  Dict *result = strata_py_dict (py);
  guint position = 0, length, n_columns = strata_py_dict_get_length (get_columns (self));
  Value *key, *value;
  Value **items = strata_py_value_get_items (row, &length);

  if (strata_py_value_get_kind (row) == STRATA_PY_VALUE_DICT)
    {
      while (strata_py_dict_next ((Dict *) row, &position, &key, &value))
        {
          const char *name = get_key (py, key);

          if (name == NULL)
            return NULL;
          strata_py_dict_set_name (py, result, name, value);
        }
      return result;
    }
  if (items == NULL || length > n_columns)
    return strata_py_refuse (py, "these values of a row are not known here");
  for (guint i = 0; i < length && strata_py_dict_next (get_columns (self), &position, &key, &value); i++)
    strata_py_dict_set_name (py, result, strata_py_value_get_text (key, NULL), items[i]);

  return result;
}

/* What a column is set to: a value has the type of the column, whatever its own. */
const Expression *
strata_sa_coerce_for (Machine          *py,
                      const Expression *column,
                      Value            *value)
{
  const StrataType *type = column->type != NULL ? column->type : &no_type;
  const Expression *known = strata_sa_get_expression (py, value);
  const StrataValue *read;
  Expression *typed;

  if (strata_py_has_failed (py))
    return NULL;
  if (known != NULL && known->kind == STRATA_EXPRESSION_VALUE && known->type == NULL)
    {
      typed = strata_sa_copy (py, known, sizeof (Expression));
      typed->type = type;
      return typed;
    }
  if (known != NULL || strata_py_value_get_opaque_name (value) != NULL)
    return known != NULL ? known : strata_sa_coerce (py, value, type);

  read = strata_sa_read_value (py, value, type);

  return read != NULL ? strata_sa_bind (py, column->name, read, type) : NULL;
}

static gboolean
check_names (Machine   *py,
             Statement *self,
             Dict      *row)
{
  g_autoptr(GString) unknown = g_string_new (NULL);
  guint position = 0;
  Value *key, *value;

  while (strata_py_dict_next (row, &position, &key, &value))
    {
      const char *name = strata_py_value_get_text (key, NULL);

      if (strata_py_dict_get_name (get_columns (self), name) == NULL)
        g_string_append_printf (unknown, "%s%s", unknown->len > 0 ? ", " : "", name);
    }
  if (unknown->len == 0)
    return TRUE;

  return strata_sa_raise (py, "CompileError", "Unconsumed column names: %s", unknown->str) != NULL;
}

/* The values in the order of the table's columns; each row after the first has to have those of the first. */
static gboolean
has_item (const Items   *items,
          gconstpointer  item)
{
  for (guint i = 0; i < items->length; i++)
    if (items->items[i] == item)
      return TRUE;

  return FALSE;
}

static gboolean
add_row (Machine   *py,
         Statement *self,
         Dict      *row,
         Items     *columns,
         Items     *values,
         guint      number)
{
  guint position = 0;
  Value *key, *column;

  if (number == 0 && !check_names (py, self, row))
    return FALSE;
  while (strata_py_dict_next (get_columns (self), &position, &key, &column))
    {
      const Expression *of = strata_sa_get_expression (py, column);
      Value *value = strata_py_dict_get_name (row, strata_py_value_get_text (key, NULL));
      const Expression *set;

      if (number == 0 && value != NULL)
        strata_sa_items_add (py, columns, of);
      if (number > 0 && !has_item (columns, of))
        continue;
      if (value == NULL)
        {
          if (number > 0)
            return strata_sa_raise (py, "CompileError", "INSERT value for column %s.%s is explicitly rendered as a bound"
                                      "parameter in the VALUES clause; a Python-side value or SQL expression is required",
                                      self->query.relation->name, of->name) != NULL;
          continue;
        }
      set = strata_sa_coerce_for (py, of, value);
      if (set == NULL)
        return FALSE;
      strata_sa_items_add (py, values, set);
    }

  return TRUE;
}

static gboolean
set_rows (Machine   *py,
          Statement *self,
          Value     *rows)
{
  Items columns = { NULL };
  Items values = { NULL };
  guint length;
  Value **list = strata_py_value_get_items (rows, &length);

  for (guint i = 0; i < length; i++)
    {
      Dict *row = strata_sa_read_row (py, self, list[i]);

      if (row == NULL || !add_row (py, self, row, &columns, &values, i))
        return FALSE;
    }
  self->query.columns = (Expressions) columns.items;
  self->query.values = (Expressions) values.items;

  return TRUE;
}

/* values() after values() adds to what is there. */
static gboolean
merge_row (Machine   *py,
           Statement *self,
           Dict      *row)
{
  Dict *merged = strata_py_dict (py);
  guint position = 0;
  Value *key, *value;
  Value *rows;

  for (guint i = 0; self->query.columns != NULL && self->query.columns[i] != NULL; i++)
    strata_py_dict_set_name (py, merged, self->query.columns[i]->name,
                             strata_sa_wrap_expression (py, self->query.values[i]));
  while (strata_py_dict_next (row, &position, &key, &value))
    strata_py_dict_set_name (py, merged, strata_py_value_get_text (key, NULL), value);
  rows = strata_py_list (py, (Value *[]) { (Value *) merged }, 1);

  return set_rows (py, self, rows);
}

/* values({...}), values(a=1), values([{...}, {...}]), values((1, 2)), values([(1, 2), (3, 4)]) */
static Value *
change_values (Machine *py,
               Value   *value,
               Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  guint n_given, n_rows;
  Value **given = strata_py_value_get_items (arguments[0], &n_given);
  Dict *keywords = (Dict *) arguments[1];
  gboolean is_list;
  Value **rows;
  Dict *row;

  self->has_values = TRUE;
  if (get_columns (self) == NULL)
    return strata_py_refuse (py, "the columns of this table are not known here");
  if (n_given > 1)
    return strata_sa_raise (py, "ArgumentError", "Only a single dictionary/tuple or list of dictionaries/tuples is accepted "
                            "positionally.");
  if (n_given == 1 && strata_py_dict_get_length (keywords) > 0)
    return strata_sa_raise (py, "ArgumentError", "Can't pass positional and kwargs to values() simultaneously");
  if (n_given == 0)
    return merge_row (py, self, keywords) ? &self->base : NULL;

  rows = strata_py_value_get_items (given[0], &n_rows);
  is_list = rows != NULL && strata_py_value_get_kind (given[0]) == STRATA_PY_VALUE_LIST;
  if (is_list && n_rows == 0)
    return &self->base;
  if (is_list && (strata_py_value_get_kind (rows[0]) == STRATA_PY_VALUE_DICT || strata_py_value_get_items (rows[0], &n_rows) != NULL))
    {
      if (self->query.kind == STRATA_QUERY_UPDATE)
        return strata_sa_raise (py, "InvalidRequestError", "UPDATE construct does not support multiple parameter sets.");
      if (self->query.columns != NULL)
        return strata_py_refuse (py, "several rows after others are not known here");
      self->is_plural = TRUE;
      return set_rows (py, self, given[0]) ? &self->base : NULL;
    }
  row = strata_sa_read_row (py, self, given[0]);

  return row != NULL && merge_row (py, self, row) ? &self->base : NULL;
}

static Value *
insert_from_select (Machine *py,
                    Value   *value,
                    Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Value *names = strata_py_to_list (py, arguments[0]);
  guint length = 0;
  Value **list = names != NULL ? strata_py_value_get_items (names, &length) : NULL;

  if (list == NULL || !strata_sa_is_query (py, arguments[1]))
    return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "what from_select() takes its rows from is not known here");
  for (guint i = 0; i < length; i++)
    {
      const char *name = get_key (py, list[i]);
      Value *column = name != NULL && get_columns (self) != NULL ? strata_py_dict_get_name (get_columns (self), name) : NULL;

      if (column == NULL)
        return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "the column “%s” of from_select() is not known here", name);
      self->query.columns = strata_sa_append (py, self->query.columns, strata_sa_get_expression (py, column));
    }
  self->query.source = strata_sa_get_query (py, arguments[1]);

  return &self->base;
}

static Value *
update_ordered (Machine *py,
                Value   *value,
                Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  guint length;
  Value **pairs = strata_py_value_get_items (arguments[0], &length);

  for (guint i = 0; i < length; i++)
    {
      guint n;
      Value **pair = strata_py_value_get_items (pairs[i], &n);
      const char *name = pair != NULL && n == 2 ? get_key (py, pair[0]) : NULL;
      Value *column = name != NULL && get_columns (self) != NULL ? strata_py_dict_get_name (get_columns (self), name) : NULL;
      const Expression *set;

      if (column == NULL)
        return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "this pair of ordered_values() is not known here");
      set = strata_sa_coerce_for (py, strata_sa_get_expression (py, column), pair[1]);
      if (set == NULL)
        return NULL;
      self->query.columns = strata_sa_append (py, self->query.columns, strata_sa_get_expression (py, column));
      self->query.values = strata_sa_append (py, self->query.values, set);
    }

  return &self->base;
}

static Value *
change_where (Machine *py,
              Value   *value,
              Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);

  return strata_sa_add_where (py, self, arguments[0]) ? &self->base : NULL;
}

static Value *
change_filter_by (Machine *py,
                  Value   *value,
                  Value  **arguments)
{
  return strata_py_refuse (py, "filter_by() of this is not known here");
}

static Value *
change_returning (Machine *py,
                  Value   *value,
                  Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);
  Items items = { NULL };

  if (!strata_sa_read_selected (py, arguments[0], &items))
    return NULL;
  self->query.returning = (Expressions) items.items;

  return &self->base;
}

static Value *
change_inline (Machine *py,
               Value   *value,
               Value  **arguments)
{
  Statement *self = strata_sa_copy_statement (py, value);

  self->is_inline = TRUE;

  return &self->base;
}

static const StrataPyNative insert_methods[] = {
  { "values", "*args, **kwargs", change_values },
  { "from_select", "names, select, include_defaults=", insert_from_select },
  { "returning", "*cols, sort_by_parameter_order=", change_returning },
  { "inline", "", change_inline },
  { NULL }
};

static const StrataPyNative update_methods[] = {
  { "values", "*args, **kwargs", change_values },
  { "ordered_values", "*args", update_ordered },
  { "where", "*whereclause", change_where },
  { "filter", "*whereclause", change_where },
  { "filter_by", "**kwargs", change_filter_by },
  { "returning", "*cols", change_returning },
  { "inline", "", change_inline },
  { NULL }
};

static const StrataPyNative delete_methods[] = {
  { "where", "*whereclause", change_where },
  { "filter", "*whereclause", change_where },
  { "filter_by", "**kwargs", change_filter_by },
  { "returning", "*cols", change_returning },
  { NULL }
};

static const StrataPySlots insert_slots = {
  .name = "Insert",
  .methods = insert_methods,
  .lacking = " return_defaults table select cte ",
  .parameters = "table",
  .construct = construct_insert,
};

static const StrataPySlots update_slots = {
  .name = "Update",
  .methods = update_methods,
  .lacking = " return_defaults table with_dialect_options whereclause cte ",
  .parameters = "table",
  .construct = construct_update,
};

static const StrataPySlots delete_slots = {
  .name = "Delete",
  .methods = delete_methods,
  .lacking = " return_defaults table with_dialect_options whereclause cte ",
  .parameters = "table",
  .construct = construct_delete,
};

void
strata_sa_add_changes (Machine *py)
{
  static const struct { const char *name, *alias; const StrataPySlots *slots; } classes[] = {
    { "Insert", "insert", &insert_slots },
    { "Update", "update", &update_slots },
    { "Delete", "delete", &delete_slots },
  };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      Class *class = strata_py_class (py, classes[i].slots, strata_sa_get (py)->classes[STRATA_SA_STATEMENT]);

      strata_sa_export (py, STRATA_SA_ROOT, classes[i].name, (Value *) class);
      strata_sa_export (py, STRATA_SA_ROOT, classes[i].alias, (Value *) class);
    }
}
