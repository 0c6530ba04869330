/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/directive.h"
#include "core/sqlalchemy/items.h"
#include "core/sqlalchemy/types.h"

gboolean
strata_directive_add_column (StrataPyMachine  *py,
                             StrataOperation  *operation,
                             StrataPyValue   **arguments)
{
  StrataAddColumn *add = &operation->add_column;

  add->column = strata_sa_read_column (py, arguments[0]);

  return add->column != NULL && strata_directive_read_flag (py, arguments[1], &operation->is_tolerant)
         && strata_directive_read_flag (py, arguments[2], &add->inline_references)
         && strata_directive_read_flag (py, arguments[3], &add->inline_primary_key);
}

static StrataPyValue *
op_add_column (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_ADD_COLUMN, arguments[2], arguments[0], NULL);
  StrataPyValue *own[] = { arguments[1], arguments[3], arguments[4], arguments[5] };

  if (operation == NULL || !strata_directive_add_column (py, operation, own))
    return NULL;

  return strata_directive_emit (py, operation);
}

static StrataPyValue *
op_drop_column (StrataPyMachine *py,
                StrataPyValue   *self,
                StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_DROP_COLUMN, arguments[2], arguments[0], arguments[3]);

  if (operation == NULL || !strata_directive_read_text (py, arguments[1], &operation->column))
    return NULL;

  return strata_directive_emit (py, operation);
}

/* False leaves it, None takes it away: "is" in Python. */
static gboolean
is_false (StrataPyValue *value)
{
  gint64 number;

  return value == NULL || (strata_py_value_get_kind (value) == STRATA_PY_VALUE_BOOL && strata_py_value_get_int (value, &number)
                           && number == 0);
}

static gboolean
read_defaults (StrataPyMachine   *py,
               StrataAlterColumn *alter,
               StrataPyValue     *server_default,
               StrataPyValue     *existing)
{
  if (!is_false (server_default))
    alter->default_change = strata_py_is_none (server_default) ? STRATA_REMOVE : STRATA_SET;
  if (alter->default_change == STRATA_SET && !strata_sa_read_default (py, server_default, &alter->server_default))
    return FALSE;
  if (is_false (existing))
    return TRUE;
  alter->had_no_default = strata_py_is_none (existing);

  return alter->had_no_default || strata_sa_read_default (py, existing, &alter->existing_default);
}

static gboolean
read_types (StrataPyMachine   *py,
            StrataAlterColumn *alter,
            StrataPyValue     *type,
            StrataPyValue     *existing)
{
  if (strata_directive_is_given (type) && (alter->type = strata_sa_read_type (py, type)) == NULL)
    return FALSE;

  return !strata_directive_is_given (existing) || (alter->existing_type = strata_sa_read_type (py, existing)) != NULL;
}

/* Of the keywords only one means something on the servers that we have; Alembic passes over the others too. */
static gboolean
read_using (StrataPyMachine   *py,
            StrataAlterColumn *alter,
            StrataPyValue     *keywords)
{
  StrataPyValue *using = strata_py_dict_get_name ((StrataPyDict *) keywords, "postgresql_using");
  StrataOption *option;
  const StrataOption **list;

  if (!strata_directive_is_given (using))
    return TRUE;
  option = strata_py_alloc (py, sizeof *option);
  list = strata_py_alloc (py, 2 * sizeof *list);
  if (option == NULL || list == NULL || !strata_directive_read_text (py, using, &option->text))
    return FALSE;
  option->name = "postgresql_using";
  list[0] = option;
  alter->options = list;

  return TRUE;
}

/* A Column instead of its name is never looked at where nothing is altered, except by SQLite's batches. */
static gboolean
read_column (StrataPyMachine   *py,
             StrataAlterColumn *alter,
             StrataPyValue     *column)
{
  gboolean is_altered = alter->nullable != STRATA_UNSAID || alter->default_change != STRATA_LEAVE || alter->new_name != NULL
                        || alter->type != NULL || alter->comment_change != STRATA_LEAVE;

  if (!is_altered && strata_sa_is (py, column, STRATA_SA_COLUMN) && strata_sa_get (py)->dialect != STRATA_DIALECT_SQLITE)
    column = strata_py_find_attribute (py, column, "name");

  return column != NULL && strata_directive_read_text (py, column, &alter->column);
}

gboolean
strata_directive_alter_column (StrataPyMachine  *py,
                               StrataOperation  *operation,
                               StrataPyValue   **arguments)
{
  StrataAlterColumn *alter = &operation->alter_column;

  if (!strata_directive_read_answer (py, arguments[1], &alter->nullable)
      || !read_defaults (py, alter, arguments[3], arguments[7])
      || !strata_directive_read_text (py, arguments[4], &alter->new_name)
      || !read_types (py, alter, arguments[5], arguments[6])
      || !strata_directive_read_answer (py, arguments[8], &alter->existing_nullable)
      || !strata_directive_read_text (py, arguments[9], &alter->existing_comment)
      || !read_using (py, alter, arguments[10]))
    return FALSE;
  if (!is_false (arguments[2]))
    alter->comment_change = strata_py_is_none (arguments[2]) ? STRATA_REMOVE : STRATA_SET;

  return (alter->comment_change != STRATA_SET || strata_directive_read_text (py, arguments[2], &alter->comment))
         && read_column (py, alter, arguments[0]);
}

static StrataPyValue *
op_alter_column (StrataPyMachine *py,
                 StrataPyValue   *self,
                 StrataPyValue  **arguments)
{
  StrataOperation *operation = strata_directive_new (py, STRATA_OPERATION_ALTER_COLUMN, arguments[11], arguments[0], NULL);
  StrataPyValue *own[11];

  for (guint i = 0; i < 10; i++)
    own[i] = arguments[i + 1];
  own[10] = arguments[12];
  if (operation == NULL || !strata_directive_alter_column (py, operation, own))
    return NULL;

  return strata_directive_emit (py, operation);
}

const StrataPyNative strata_op_column_functions[] = {
  { "add_column", "table_name, column, *, schema=, if_not_exists=, inline_references=, inline_primary_key=", op_add_column },
  { "alter_column", "table_name, column_name, *, nullable=, comment=, server_default=, new_column_name=, type_=, existing_type=, "
    "existing_server_default=, existing_nullable=, existing_comment=, schema=, **kw", op_alter_column },
  { "drop_column", "table_name, column_name, *, schema=, if_exists=, **kw", op_drop_column },
  { NULL }
};
