/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"
#include "core/sqlalchemy/items.h"

static StrataPyValue *
keyword (StrataPyValue *keywords,
         const char    *name)
{
  return strata_py_dict_get_name ((StrataPyDict *) keywords, name);
}

static StrataPyValue *
op_create_table (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  StrataPyDict *keywords = (StrataPyDict *) arguments[3];
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_CREATE_TABLE, keyword (arguments[3], "schema"),
                                                     arguments[0], arguments[2]);
  StrataPyValue *table;
  const StrataCreateTable *made;
  const char *schema, *name;

  if (operation == NULL)
    return NULL;
  table = strata_sa_new_table (py, operation->schema, operation->table, arguments[1], keywords);
  made = table != NULL ? strata_sa_get_table (py, table, &schema, &name) : NULL;
  if (made == NULL)
    return NULL;
  operation->create_table = *made;

  return strata_directive_emit (py, operation) != NULL ? table : NULL;
}

static StrataPyValue *
op_drop_table (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_DROP_TABLE, arguments[1], arguments[0], arguments[2]);

  return operation != NULL ? strata_directive_emit (py, operation) : NULL;
}

static StrataPyValue *
op_rename_table (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_RENAME_TABLE, arguments[2], arguments[0], NULL);

  if (operation == NULL || !strata_directive_read_text (py, arguments[1], &operation->new_name))
    return NULL;

  return strata_directive_emit (py, operation);
}

static StrataPyValue *
op_create_table_comment (StrataPyMachine *py,
                         StrataPyValue   *self,
                         StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_COMMENT_TABLE, arguments[3], arguments[0], NULL);

  if (operation == NULL || !strata_directive_read_text (py, arguments[1], &operation->comment))
    return NULL;

  return strata_directive_emit (py, operation);
}

static StrataPyValue *
op_drop_table_comment (StrataPyMachine *py,
                       StrataPyValue   *self,
                       StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_COMMENT_TABLE, arguments[2], arguments[0], NULL);

  return operation != NULL ? strata_directive_emit (py, operation) : NULL;
}

const StrataPyNative strata_op_table_functions[] = {
  { "create_table", "table_name, *columns, if_not_exists=, **kw", op_create_table },
  { "create_table_comment", "table_name, comment, *, existing_comment=, schema=", op_create_table_comment },
  { "drop_table", "table_name, *, schema=, if_exists=, **kw", op_drop_table },
  { "drop_table_comment", "table_name, *, existing_comment=, schema=", op_drop_table_comment },
  { "rename_table", "old_table_name, new_table_name, *, schema=", op_rename_table },
  { NULL }
};
