/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"
#include "core/sqlalchemy/items.h"

static gboolean
read_columns (StrataPyMachine *py,
              StrataIndex     *index,
              StrataPyValue   *columns)
{
  guint n;
  StrataPyValue *all = strata_py_to_list (py, columns);
  StrataPyValue **items = all != NULL ? strata_py_value_get_items (all, &n) : NULL;
  const StrataExpression **list = all != NULL ? strata_py_alloc (py, (n + 1) * sizeof *list) : NULL;

  if (list == NULL)
    return FALSE;
  for (guint i = 0; i < n; i++)
    if ((list[i] = strata_sa_coerce_column (py, items[i])) == NULL)
      return FALSE;
  index->columns = list;

  return TRUE;
}

/* Index() takes these without a server's prefix, and they change no text. */
static const char * const ignored[] = { "info", "quote", "_table", "_column_flag" };

gboolean
strata_directive_index (StrataPyMachine  *py,
                        StrataOperation  *operation,
                        StrataPyValue    *name,
                        StrataPyValue   **arguments)
{
  StrataIndex *index = &operation->index;
  StrataPyDict *options = strata_py_dict (py);
  guint position = 0;
  StrataPyValue *key, *value;

  if (!strata_sa_read_name (py, name, &index->name) || !strata_directive_read_flag (py, arguments[1], &index->is_unique)
      || (arguments[0] != NULL && !read_columns (py, index, arguments[0])))
    return FALSE;
  while (strata_py_dict_next ((StrataPyDict *) arguments[2], &position, &key, &value))
    {
      gboolean counts = TRUE;

      for (guint i = 0; i < G_N_ELEMENTS (ignored); i++)
        counts &= !g_str_equal (ignored[i], strata_py_value_get_text (key, NULL));
      if (counts)
        strata_py_dict_set_name (py, options, strata_py_value_get_text (key, NULL), value);
    }

  return strata_sa_read_options_of (py, "Index", options, &index->options);
}

static StrataPyValue *
op_create_index (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_CREATE_INDEX, arguments[3], arguments[1], arguments[5]);
  StrataPyValue *own[] = { arguments[2], arguments[4], arguments[6] };

  if (operation == NULL || !strata_directive_index (py, operation, arguments[0], own))
    return NULL;

  return strata_directive_emit (py, operation);
}

static StrataPyValue *
op_drop_index (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_DROP_INDEX, arguments[2], arguments[1], arguments[3]);
  StrataPyValue *own[] = { NULL, NULL, arguments[4] };

  if (operation == NULL || !strata_directive_index (py, operation, arguments[0], own))
    return NULL;

  return strata_directive_emit (py, operation);
}

const StrataPyNative strata_op_index_functions[] = {
  { "create_index", "index_name, table_name, columns, *, schema=, unique=, if_not_exists=, **kw", op_create_index },
  { "drop_index", "index_name, table_name=, *, schema=, if_exists=, **kw", op_drop_index },
  { NULL }
};
