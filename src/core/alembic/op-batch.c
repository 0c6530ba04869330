/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch.h"
#include "core/alembic/directive.h"
#include "core/sqlalchemy/items.h"

/* batch_alter_table(): what is done to batch_op is kept until the block ends. */
typedef struct
{
  StrataPyValue       base;
  StrataBatchOptions  options;
  StrataBatch        *batch;
} Batch;

static StrataOperation *
batch_operation (StrataPyMachine     *py,
                 StrataPyValue       *self,
                 StrataOperationKind  kind)
{
  StrataOperation *operation = strata_directive_new (py, kind, NULL, NULL, NULL);

  if (operation != NULL)
    {
      operation->schema = ((Batch *) self)->options.schema;
      operation->table = ((Batch *) self)->options.table;
    }

  return operation;
}

static StrataPyValue *
queue (StrataPyMachine       *py,
       StrataPyValue         *self,
       const StrataOperation *operation,
       StrataPyValue         *before,
       StrataPyValue         *after)
{
  const char *insert_before, *insert_after;
  GError *error = NULL;

  if (!strata_directive_read_text (py, before, &insert_before) || !strata_directive_read_text (py, after, &insert_after))
    return NULL;
  if (!strata_batch_add (((Batch *) self)->batch, operation, insert_before, insert_after, &error))
    return strata_directive_raise (py, error);

  return strata_py_none (py);
}

static StrataPyValue *
batch_add_column (StrataPyMachine *py,
                  StrataPyValue   *self,
                  StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_ADD_COLUMN);
  StrataPyValue *own[] = { arguments[0], arguments[3], arguments[4], arguments[5] };

  if (operation == NULL || !strata_directive_add_column (py, operation, own))
    return NULL;

  return queue (py, self, operation, arguments[1], arguments[2]);
}

static StrataPyValue *
batch_alter_column (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_ALTER_COLUMN);
  StrataPyValue *own[11];

  for (guint i = 0; i < 10; i++)
    own[i] = arguments[i];
  own[10] = arguments[12];
  if (operation == NULL || !strata_directive_alter_column (py, operation, own))
    return NULL;

  return queue (py, self, operation, arguments[10], arguments[11]);
}

static StrataPyValue *
batch_drop_column (StrataPyMachine *py,
                   StrataPyValue   *self,
                   StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_DROP_COLUMN);

  if (operation == NULL || !strata_directive_read_text (py, arguments[0], &operation->column)
      || !strata_directive_read_flag (py, strata_py_dict_get_name ((StrataPyDict *) arguments[1], "if_exists"),
                                      &operation->is_tolerant))
    return NULL;

  return queue (py, self, operation, NULL, NULL);
}

static StrataPyValue *
batch_create_index (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_CREATE_INDEX);
  StrataPyValue *own[] = { arguments[1], arguments[2], arguments[4] };

  if (operation == NULL || !strata_directive_read_flag (py, arguments[3], &operation->is_tolerant)
      || !strata_directive_index (py, operation, arguments[0], own))
    return NULL;

  return queue (py, self, operation, NULL, NULL);
}

static StrataPyValue *
batch_drop_index (StrataPyMachine *py,
                  StrataPyValue   *self,
                  StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_DROP_INDEX);
  StrataPyValue *own[] = { NULL, NULL, arguments[2] };

  if (operation == NULL || !strata_directive_read_flag (py, arguments[1], &operation->is_tolerant)
      || !strata_directive_index (py, operation, arguments[0], own))
    return NULL;

  return queue (py, self, operation, NULL, NULL);
}

static StrataPyValue *
batch_key (StrataPyMachine       *py,
           StrataPyValue         *self,
           StrataConstraintKind   kind,
           StrataPyValue        **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_ADD_CONSTRAINT);

  return operation != NULL && strata_directive_key (py, operation, kind, arguments) ? queue (py, self, operation, NULL, NULL) : NULL;
}

static StrataPyValue *
batch_create_primary_key (StrataPyMachine *py,
                          StrataPyValue   *self,
                          StrataPyValue  **arguments)
{
  StrataPyValue *own[] = { arguments[0], arguments[1], NULL };

  return batch_key (py, self, STRATA_CONSTRAINT_PRIMARY_KEY, own);
}

static StrataPyValue *
batch_create_unique_constraint (StrataPyMachine *py,
                                StrataPyValue   *self,
                                StrataPyValue  **arguments)
{
  return batch_key (py, self, STRATA_CONSTRAINT_UNIQUE, arguments);
}

static StrataPyValue *
batch_create_check_constraint (StrataPyMachine *py,
                               StrataPyValue   *self,
                               StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_ADD_CONSTRAINT);

  return operation != NULL && strata_directive_check (py, operation, arguments) ? queue (py, self, operation, NULL, NULL) : NULL;
}

static StrataPyValue *
batch_create_foreign_key (StrataPyMachine *py,
                          StrataPyValue   *self,
                          StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_ADD_CONSTRAINT);
  StrataPyValue *own[] = { arguments[0], arguments[1], arguments[2], arguments[3], arguments[5], arguments[6],
                           arguments[7], arguments[8], arguments[9], arguments[4], arguments[10] };

  return operation != NULL && strata_directive_foreign_key (py, operation, own) ? queue (py, self, operation, NULL, NULL) : NULL;
}

static StrataPyValue *
batch_create_exclude_constraint (StrataPyMachine *py,
                                 StrataPyValue   *self,
                                 StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_ADD_CONSTRAINT);

  return operation != NULL && strata_directive_exclude (py, operation, arguments) ? queue (py, self, operation, NULL, NULL) : NULL;
}

static StrataPyValue *
batch_drop_constraint (StrataPyMachine *py,
                       StrataPyValue   *self,
                       StrataPyValue  **arguments)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_DROP_CONSTRAINT);

  if (operation == NULL || !strata_directive_drop_constraint (py, operation, arguments))
    return NULL;

  return queue (py, self, operation, NULL, NULL);
}

static StrataPyValue *
batch_comment (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue   *comment)
{
  StrataOperation *operation = batch_operation (py, self, STRATA_OPERATION_COMMENT_TABLE);

  return operation != NULL && strata_directive_read_text (py, comment, &operation->comment)
         ? queue (py, self, operation, NULL, NULL) : NULL;
}

static StrataPyValue *
batch_create_table_comment (StrataPyMachine *py,
                            StrataPyValue   *self,
                            StrataPyValue  **arguments)
{
  return batch_comment (py, self, arguments[0]);
}

static StrataPyValue *
batch_drop_table_comment (StrataPyMachine *py,
                          StrataPyValue   *self,
                          StrataPyValue  **arguments)
{
  return batch_comment (py, self, NULL);
}

/* Not kept: it runs before what is. */
static StrataPyValue *
batch_execute (StrataPyMachine *py,
               StrataPyValue   *self,
               StrataPyValue  **arguments)
{
  return strata_directive_execute (py, arguments[0]);
}

static StrataPyValue *
batch_table (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue  **arguments)
{
  return strata_py_raise (py, "NotImplementedError", "Can't create or drop a table in batch mode");
}

static StrataPyValue *
batch_enter (StrataPyMachine *py,
             StrataPyValue   *self)
{
  return self;
}

static gboolean
flush (StrataPyMachine *py,
       Batch           *self)
{
  const StrataPicture *picture = NULL;
  gboolean needs = FALSE;
  GPtrArray *operations;
  GError *error = NULL;

  if (!strata_batch_needs_picture (self->batch, &needs, &error))
    return strata_directive_raise (py, error) != NULL;
  if (needs)
    picture = strata_sa_get (py)->backend->get_picture (py, self->options.schema, self->options.table);
  if (needs && picture == NULL)
    return strata_py_has_failed (py) ? FALSE : strata_sa_raise (py, "NoSuchTableError", "%s", self->options.table) != NULL;
  operations = strata_batch_flush (self->batch, picture, &error);
  if (operations == NULL)
    return strata_directive_raise (py, error) != NULL;
  strata_py_own (py, operations, (GDestroyNotify) g_ptr_array_unref);
  for (guint i = 0; i < operations->len; i++)
    if (strata_directive_emit (py, g_ptr_array_index (operations, i)) == NULL)
      return FALSE;

  return TRUE;
}

static int
batch_leave (StrataPyMachine *py,
             StrataPyValue   *self,
             StrataPyValue   *exception)
{
  if (!strata_py_is_none (exception))
    return 0;

  return flush (py, (Batch *) self) ? 0 : -1;
}

static StrataPyValue *
batch_attribute (StrataPyMachine *py,
                 StrataPyValue   *self,
                 const char      *name)
{
  if (g_str_equal (name, "migration_context"))
    return strata_alembic_get_context (py);
  if (g_str_equal (name, "get_bind") || g_str_equal (name, "get_context") || g_str_equal (name, "f")
      || g_str_equal (name, "inline_literal"))
    return strata_py_find_attribute (py, strata_alembic_get (py)->op, name);

  return NULL;
}

const StrataPyNative strata_batch_methods[] = {
  { "add_column", "column, *, insert_before=, insert_after=, if_not_exists=, inline_references=, inline_primary_key=",
    batch_add_column },
  { "alter_column", "column_name, *, nullable=, comment=, server_default=, new_column_name=, type_=, existing_type=, "
    "existing_server_default=, existing_nullable=, existing_comment=, insert_before=, insert_after=, **kw", batch_alter_column },
  { "create_check_constraint", "constraint_name, condition, **kw", batch_create_check_constraint },
  { "create_exclude_constraint", "constraint_name, *elements, where=, using=, deferrable=, initially=, **kw",
    batch_create_exclude_constraint },
  { "create_foreign_key", "constraint_name, referent_table, local_cols, remote_cols, *, referent_schema=, onupdate=, ondelete=, "
    "deferrable=, initially=, match=, **dialect_kw", batch_create_foreign_key },
  { "create_index", "index_name, columns, *, unique=, if_not_exists=, **kw", batch_create_index },
  { "create_primary_key", "constraint_name, columns", batch_create_primary_key },
  { "create_table", "*columns, **kw", batch_table },
  { "create_table_comment", "comment, *, existing_comment=", batch_create_table_comment },
  { "create_unique_constraint", "constraint_name, columns, **kw", batch_create_unique_constraint },
  { "drop_column", "column_name, **kw", batch_drop_column },
  { "drop_constraint", "constraint_name, type_=", batch_drop_constraint },
  { "drop_index", "index_name, *, if_exists=, **kw", batch_drop_index },
  { "drop_table", "*names, **kw", batch_table },
  { "drop_table_comment", "*, existing_comment=", batch_drop_table_comment },
  { "execute", "sqltext, *, execution_options=", batch_execute },
  { NULL }
};

static const StrataPySlots batch_slots = {
  .name = "BatchOperations",
  .methods = strata_batch_methods,
  .lacking = " impl invoke run_async batch_alter_table bulk_insert rename_table ",
  .get_attribute = batch_attribute,
  .enter = batch_enter,
  .leave = batch_leave,
};

static gboolean
read_recreate (StrataPyMachine *py,
               StrataPyValue   *value,
               StrataRecreate  *recreate)
{
  static const char * const words[] = { "auto", "always", "never" };
  const char *text;

  *recreate = STRATA_RECREATE_AUTO;
  if (value == NULL)
    return TRUE;
  if (!strata_directive_read_text (py, value, &text))
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], text) == 0)
      {
        *recreate = i;
        return TRUE;
      }
  strata_py_raise (py, "ValueError", "recreate may be one of 'auto', 'always', or 'never'.");

  return FALSE;
}

static gboolean
read_items (StrataPyMachine          *py,
            StrataPyValue            *items,
            StrataPyValue            *keywords,
            const StrataCreateTable **result)
{
  StrataCreateTable *table;

  if (items == NULL && keywords == NULL)
    return TRUE;
  table = strata_py_alloc (py, sizeof *table);
  *result = table;

  return table != NULL && strata_sa_read_table (py, items != NULL ? items : strata_py_tuple (py, NULL, 0),
                                                keywords != NULL ? (StrataPyDict *) keywords : strata_py_dict (py), table);
}

static gboolean
read_copy_from (StrataPyMachine     *py,
                StrataPyValue       *value,
                StrataBatchOptions  *options)
{
  const char *schema, *name;

  if (!strata_directive_is_given (value))
    return TRUE;
  options->copy_from = strata_sa_get_table (py, value, &schema, &name);
  if (options->copy_from == NULL && !strata_py_has_failed (py))
    strata_py_refuse (py, "copy_from= is no Table()");

  return options->copy_from != NULL;
}

static gboolean
read_ordering (StrataPyMachine    *py,
               StrataPyValue      *value,
               StrataBatchOptions *options)
{
  guint n;
  StrataPyValue **groups = strata_directive_is_given (value) ? strata_py_value_get_items (value, &n) : NULL;
  const char * const **list;

  if (!strata_directive_is_given (value))
    return TRUE;
  list = groups != NULL ? strata_py_alloc (py, (n + 1) * sizeof *list) : NULL;
  if (list == NULL)
    return strata_py_refuse (py, "partial_reordering= is no list") != NULL;
  for (guint i = 0; i < n; i++)
    if (!strata_sa_read_names (py, groups[i], &list[i]))
      return FALSE;
  options->partial_reordering = list;

  return TRUE;
}

static gboolean
read_naming (StrataPyMachine    *py,
             StrataPyValue      *value,
             StrataBatchOptions *options)
{
  static const struct { const char *key; gsize offset; } keys[] = {
    { "ix", G_STRUCT_OFFSET (StrataNaming, index) }, { "uq", G_STRUCT_OFFSET (StrataNaming, unique) },
    { "ck", G_STRUCT_OFFSET (StrataNaming, check) }, { "fk", G_STRUCT_OFFSET (StrataNaming, foreign_key) },
    { "pk", G_STRUCT_OFFSET (StrataNaming, primary_key) },
  };
  StrataNaming *naming;

  options->metadata_naming = strata_alembic_get (py)->target->naming;
  if (!strata_directive_is_given (value))
    return TRUE;
  if (strata_py_value_get_kind (value) != STRATA_PY_VALUE_DICT)
    return strata_py_refuse (py, "naming_convention= is no dict") != NULL;
  naming = strata_py_alloc (py, sizeof *naming);
  options->naming = naming;
  for (guint i = 0; naming != NULL && i < G_N_ELEMENTS (keys); i++)
    if (!strata_directive_read_text (py, strata_py_dict_get_name ((StrataPyDict *) value, keys[i].key),
                                     G_STRUCT_MEMBER_P (naming, keys[i].offset)))
      return FALSE;

  return naming != NULL;
}

/* Every argument but recreate and the names matters only where a table is made anew. */
static StrataPyValue *
op_batch_alter_table (StrataPyMachine *py,
                      StrataPyValue   *self,
                      StrataPyValue  **arguments)
{
  StrataAlembic *alembic = strata_alembic_get (py);
  Batch *batch;

  if (alembic->batch == NULL)
    alembic->batch = strata_py_class (py, &batch_slots, NULL);
  batch = strata_py_host_object (py, alembic->batch, sizeof *batch);
  batch->options.dialect = alembic->sa.dialect;
  batch->options.is_offline = alembic->sa.is_offline;
  batch->options.is_in_place = alembic->target->alters_in_place;
  if (!strata_directive_read_text (py, arguments[0], &batch->options.table)
      || !strata_directive_read_text (py, arguments[1], &batch->options.schema)
      || !read_recreate (py, arguments[2], &batch->options.recreate)
      || !read_ordering (py, arguments[3], &batch->options) || !read_copy_from (py, arguments[4], &batch->options)
      || !read_items (py, arguments[5], arguments[6], &batch->options.table_args)
      || !read_items (py, arguments[7], arguments[8], &batch->options.reflect_args)
      || !read_naming (py, arguments[9], &batch->options))
    return NULL;
  batch->batch = strata_batch_new (&batch->options);
  strata_py_own (py, batch->batch, (GDestroyNotify) strata_batch_free);

  return &batch->base;
}

const StrataPyNative strata_op_batch_functions[] = {
  { "batch_alter_table", "table_name, schema=, recreate=, partial_reordering=, copy_from=, table_args=, table_kwargs=, "
    "reflect_args=, reflect_kwargs=, naming_convention=", op_batch_alter_table },
  { NULL }
};
