/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"
#include "core/sqlalchemy/ddl.h"
#include "core/sqlalchemy/items.h"
#include "core/sqlalchemy/types.h"

StrataPyValue *
strata_directive_execute (StrataPyMachine *py,
                          StrataPyValue   *statement)
{
  const StrataOperation *ddl = strata_sa_get_operation (py, statement);
  StrataOperation *operation;
  const StrataExecute *what;
  guint n;

  if (ddl != NULL)
    return strata_directive_emit (py, ddl);
  operation = strata_directive_new (py, STRATA_OPERATION_EXECUTE, NULL, NULL, NULL);
  what = operation != NULL ? strata_sa_read_execute (py, statement, NULL, &n) : NULL;
  if (what == NULL)
    return NULL;
  operation->execute = *what;

  return strata_directive_emit (py, operation);
}

static StrataPyValue *
op_execute (StrataPyMachine *py,
            StrataPyValue   *self,
            StrataPyValue  **arguments)
{
  return strata_directive_execute (py, arguments[0]);
}

/* One value of a row, as its column has it. */
static const StrataExpression *
row_value (StrataPyMachine        *py,
           const StrataExpression *column,
           StrataPyValue          *value)
{
  const StrataExpression *given = strata_sa_get_expression (py, value);
  StrataExpression *bound;

  if (given != NULL && given->kind != STRATA_EXPRESSION_VALUE)
    return strata_py_refuse (py, "a row of bulk_insert() has an expression");
  bound = strata_sa_new_expression (py, STRATA_EXPRESSION_VALUE);
  bound->name = column->name;
  bound->type = given != NULL && given->type != NULL ? given->type : column->type;
  bound->value = given != NULL ? given->value : strata_sa_read_value (py, value, column->type);

  return bound->value != NULL ? bound : NULL;
}

/* A default of Python. TRUE without one: there is none. */
static gboolean
read_default (StrataPyMachine         *py,
              StrataPyDict            *columns,
              const char              *name,
              const StrataExpression **result)
{
  StrataPyValue *column = strata_py_dict_get_name (columns, name);

  *result = column != NULL ? strata_sa_get_insert_default (py, column) : NULL;
  if (*result != NULL && (*result)->kind != STRATA_EXPRESSION_VALUE)
    return strata_py_refuse (py, "the default of the column “%s” is not known here", name) != NULL;

  return !strata_py_has_failed (py);
}

/* Keys without a column are only passed over where the rows go to a server, all of them by one statement. */
static gboolean
check_keys (StrataPyMachine                *py,
            const StrataExpression * const *columns,
            StrataPyDict                   *row)
{
  guint position = 0;
  StrataPyValue *key, *value;

  while (strata_py_dict_next (row, &position, &key, &value))
    {
      gboolean is_known = FALSE;

      for (guint i = 0; columns[i] != NULL && !is_known; i++)
        is_known = g_strcmp0 (columns[i]->name, strata_py_value_get_text (key, NULL)) == 0;
      if (!is_known)
        return strata_py_raise (py, "KeyError", "%s", strata_py_value_get_text (strata_py_to_str (py, key), NULL)) != NULL;
    }

  return TRUE;
}

static const StrataExpression *
read_row (StrataPyMachine                *py,
          const StrataExpression * const *columns,
          StrataPyDict                   *of,
          StrataPyValue                  *row,
          gboolean                        is_strict)
{
  StrataPyDict *dict = (StrataPyDict *) row;
  StrataExpression *list = strata_sa_new_expression (py, STRATA_EXPRESSION_LIST);
  const StrataExpression **items;
  guint n = 0, n_given = 0;
  StrataPyValue *value;

  if (strata_py_value_get_kind (row) != STRATA_PY_VALUE_DICT)
    return strata_py_refuse (py, "a row of bulk_insert() is no dict");
  items = strata_py_alloc (py, (strata_py_dict_get_length (dict) + strata_py_dict_get_length (of) + 1) * sizeof *items);
  for (guint i = 0; columns[i] != NULL; i++)
    {
      value = strata_py_dict_get_name (dict, columns[i]->name);
      n_given += value != NULL;
      if (value != NULL && (items[n++] = row_value (py, columns[i], value)) == NULL)
        return NULL;
      if (value == NULL && !read_default (py, of, columns[i]->name, &items[n]))
        return NULL;
      if (value == NULL && items[n] != NULL)
        n++;
    }
  if (is_strict && n_given < strata_py_dict_get_length (dict) && !check_keys (py, columns, dict))
    return NULL;
  list->items = items;
  list->operator = STRATA_OPERATOR_COMMA;

  return list;
}

static const StrataExpression * const *
read_columns (StrataPyMachine *py,
              StrataSaFrom    *table)
{
  const StrataExpression **columns = strata_py_alloc (py, (strata_py_dict_get_length (table->columns) + 1) * sizeof *columns);
  guint n = 0, position = 0;
  StrataPyValue *key, *value;

  while (columns != NULL && strata_py_dict_next (table->columns, &position, &key, &value))
    columns[n++] = strata_sa_get_expression (py, value);

  return columns;
}

static StrataPyValue *
op_bulk_insert (StrataPyMachine *py,
                StrataPyValue   *self,
                StrataPyValue  **arguments)
{
  guint n;
  StrataPyValue **rows = strata_py_value_get_items (arguments[1], &n);
  StrataSaFrom *table = (StrataSaFrom *) arguments[0];
  StrataOperation *operation;
  const StrataExpression **list;
  gboolean is_strict = strata_sa_get (py)->is_offline
                       || (strata_directive_is_given (arguments[2]) && strata_py_truth (py, arguments[2]) == 0);

  if (strata_py_value_get_kind (arguments[1]) != STRATA_PY_VALUE_LIST)
    return strata_py_raise (py, "TypeError", "List expected");
  if (n > 0 && strata_py_value_get_kind (rows[0]) != STRATA_PY_VALUE_DICT)
    return strata_py_raise (py, "TypeError", "List of dictionaries expected");
  if (!strata_sa_is (py, arguments[0], STRATA_SA_TABLE_CLAUSE) && !strata_sa_is (py, arguments[0], STRATA_SA_TABLE))
    return strata_py_refuse (py, "bulk_insert() into what is no table()");
  if (table->columns == NULL)
    return strata_py_refuse (py, "the columns of this table are not known");

  operation = strata_directive_new (py, STRATA_OPERATION_BULK_INSERT, NULL, NULL, NULL);
  list = strata_py_alloc (py, (n + 1) * sizeof *list);
  if (operation == NULL || list == NULL || (operation->bulk_insert.columns = read_columns (py, table)) == NULL)
    return NULL;
  operation->schema = table->relation->schema;
  operation->table = table->relation->name;
  for (guint i = 0; i < n; i++)
    if ((list[i] = read_row (py, operation->bulk_insert.columns, table->columns, rows[i], is_strict)) == NULL)
      return NULL;
  operation->bulk_insert.rows = list;

  return n > 0 ? strata_directive_emit (py, operation) : strata_py_none (py);
}

static StrataPyValue *
op_inline_literal (StrataPyMachine *py,
                   StrataPyValue   *self,
                   StrataPyValue  **arguments)
{
  const StrataType *type = NULL;
  StrataExpression *bound;

  if (strata_directive_is_given (arguments[1]) && (type = strata_sa_read_type (py, arguments[1])) == NULL)
    return NULL;
  bound = strata_sa_new_expression (py, STRATA_EXPRESSION_VALUE);
  bound->type = type;
  bound->value = strata_sa_read_value (py, arguments[0], type);

  return bound->value != NULL ? strata_sa_wrap_expression (py, bound) : NULL;
}

static StrataPyValue *
op_f (StrataPyMachine *py,
      StrataPyValue   *self,
      StrataPyValue  **arguments)
{
  const char *name;

  if (!strata_directive_read_text (py, arguments[0], &name))
    return NULL;

  return name != NULL ? strata_sa_new_final_name (py, name) : strata_py_none (py);
}

static StrataPyValue *
op_own_operations (StrataPyMachine *py,
                   StrataPyValue   *self,
                   StrataPyValue  **arguments)
{
  return strata_py_refuse (py, "operations that are made by code of the project's own");
}

const StrataPyNative strata_op_data_functions[] = {
  { "bulk_insert", "table, rows, *, multiinsert=", op_bulk_insert },
  { "execute", "sqltext, *, execution_options=", op_execute },
  { "f", "name", op_f },
  { "implementation_for", "*args, **kw", op_own_operations },
  { "inline_literal", "value, type_=", op_inline_literal },
  { "invoke", "*args, **kw", op_own_operations },
  { "register_operation", "*args, **kw", op_own_operations },
  { "run_async", "*args, **kw", op_own_operations },
  { NULL }
};
