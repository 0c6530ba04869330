/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch-table.h"

#include "core/sql/statement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static StrataOperation *
add_operation (StrataBatchTable    *self,
               StrataOperationKind  kind,
               const char          *table,
               GPtrArray           *operations)
{
  StrataOperation *operation = strata_batch_new_struct (self->batch, StrataOperation);

  operation->kind = kind;
  operation->schema = self->batch->options->schema;
  operation->table = table;
  g_ptr_array_add (operations, operation);

  return operation;
}

/* SQL as it stands: what would be a parameter to text() is escaped. */
static void
add_statement (StrataBatchTable *self,
               const char       *sql,
               GPtrArray        *operations)
{
  StrataExpression *text = strata_batch_new_struct (self->batch, StrataExpression);
  StrataOperation *operation = add_operation (self, STRATA_OPERATION_EXECUTE, NULL, operations);
  GString *escaped = g_string_new (NULL);
  g_autofree char *copy = NULL;

  for (const char *c = sql; *c != '\0'; c++)
    {
      if (*c == ':' && c[1] != ':' && (c == sql || c[-1] != ':'))
        g_string_append_c (escaped, '\\');
      g_string_append_c (escaped, *c);
    }
  copy = g_string_free (escaped, FALSE);

  text->kind = STRATA_EXPRESSION_TEXT;
  text->name = strata_batch_intern (self->batch, copy);
  operation->execute.expression = text;
}

static const char *
dup_temporary_name (StrataBatchTable *self)
{
  g_autofree char *name = g_strconcat ("_alembic_tmp_", self->batch->options->table, NULL);
  g_autofree char *cut = g_utf8_substring (name, 0, MIN (50, g_utf8_strlen (name, -1)));

  return strata_batch_intern (self->batch, cut);
}

/* FALSE where one of them is gone. */
static gboolean
map_columns (StrataBatchTable     *self,
             const char * const   *keys,
             const char * const  **names)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; keys != NULL && keys[i] != NULL; i++)
    {
      StrataBatchColumn *column = strata_batch_table_find_key (self, keys[i]);

      if (column == NULL)
        return FALSE;
      g_ptr_array_add (list, (gpointer) column->column.name);
    }
  *names = keys != NULL ? strata_batch_list (self->batch, list) : NULL;

  return TRUE;
}

static const StrataExpression *
rename_expression (StrataBatchTable       *self,
                   const StrataExpression *from)
{
  StrataExpression *expression;
  StrataBatchColumn *column;

  if (from == NULL)
    return NULL;

  expression = strata_batch_new_struct (self->batch, StrataExpression);
  *expression = *from;
  if (from->kind == STRATA_EXPRESSION_WORDS)
    expression->name = strata_batch_rename_text (self, from->name);
  else if (from->kind == STRATA_EXPRESSION_COLUMN && (column = strata_batch_table_find (self, from->name)) != NULL)
    expression->name = column->column.name;

  return expression;
}

/* A table that refers to itself goes on naming itself: the new one will be called so in the end. */
static void
map_self_reference (StrataBatchTable *self,
                    StrataConstraint *constraint)
{
  StrataReference *reference;
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (constraint->reference == NULL || strcmp (constraint->reference->table, self->batch->options->table) != 0
      || g_strcmp0 (constraint->reference->schema, self->batch->options->schema) != 0)
    return;

  reference = strata_batch_new_struct (self->batch, StrataReference);
  *reference = *constraint->reference;
  for (guint i = 0; reference->columns != NULL && reference->columns[i] != NULL; i++)
    {
      StrataBatchColumn *column = strata_batch_table_find (self, reference->columns[i]);

      g_ptr_array_add (names, (gpointer) (column != NULL ? column->column.name : reference->columns[i]));
    }
  reference->columns = strata_batch_list (self->batch, names);
  constraint->reference = reference;
}

/* Those whose columns are all there still. */
static void
add_constraints (StrataBatchTable *self,
                 const GPtrArray  *from,
                 GPtrArray        *list)
{
  for (guint i = 0; i < from->len; i++)
    {
      StrataConstraint *constraint = strata_batch_new_struct (self->batch, StrataConstraint);

      *constraint = *(const StrataConstraint *) from->pdata[i];
      constraint->name.is_final = TRUE;
      if (!map_columns (self, constraint->columns, &constraint->columns)
          || (constraint->columns != NULL && constraint->columns[0] == NULL))
        continue;
      if (self->picture != NULL)
        constraint->condition = rename_expression (self, constraint->condition);
      map_self_reference (self, constraint);
      g_ptr_array_add (list, constraint);
    }
}

static gpointer
merge_lists (StrataBatch   *batch,
             gconstpointer  first,
             gconstpointer  second)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (const gpointer *at = first; at != NULL && *at != NULL; at++)
    g_ptr_array_add (list, *at);
  for (const gpointer *at = second; at != NULL && *at != NULL; at++)
    g_ptr_array_add (list, *at);

  return strata_batch_list (batch, list);
}

static void
fill_columns (StrataBatchTable  *self,
              StrataCreateTable *create)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  for (guint i = 0; i < self->columns->len; i++)
    {
      StrataBatchColumn *column = self->columns->pdata[i];

      /* The constraint says it, and may be of others. */
      if (column->column.is_primary_key && column->column.nullable == STRATA_UNSAID)
        column->column.nullable = STRATA_NO;
      column->column.is_primary_key = FALSE;
      if (column->column.computed != NULL && self->picture != NULL && !column->is_typed)
        {
          StrataComputed *computed = strata_batch_new_struct (self->batch, StrataComputed);

          *computed = *column->column.computed;
          computed->expression = rename_expression (self, computed->expression);
          column->column.computed = computed;
        }
      g_ptr_array_add (columns, &column->column);
    }
  create->columns = strata_batch_list (self->batch, columns);
}

static void
emit_create (StrataBatchTable *self,
             const char       *temporary,
             GPtrArray        *operations)
{
  StrataCreateTable *create = &add_operation (self, STRATA_OPERATION_CREATE_TABLE, temporary, operations)->create_table;
  const StrataCreateTable *arguments = self->batch->options->table_args;
  g_autoptr(GPtrArray) constraints = g_ptr_array_new ();

  fill_columns (self, create);
  if (arguments != NULL)
    create->columns = merge_lists (self->batch, create->columns, arguments->columns);
  for (guint i = 0; arguments != NULL && arguments->constraints != NULL && arguments->constraints[i] != NULL; i++)
    g_ptr_array_add (constraints, (gpointer) arguments->constraints[i]);
  add_constraints (self, self->named, constraints);
  add_constraints (self, self->unnamed, constraints);
  create->constraints = strata_batch_list (self->batch, constraints);
  create->indexes = arguments != NULL ? arguments->indexes : NULL;

  /* The first option of a name counts. */
  create->options = merge_lists (self->batch, arguments != NULL ? arguments->options : NULL, self->options);
  create->prefixes = arguments != NULL ? arguments->prefixes : NULL;
}

static const StrataExpression *
label (StrataBatchTable        *self,
       const StrataBatchColumn *column)
{
  StrataExpression *labelled;
  const StrataExpression **items;

  if (column->source->kind != STRATA_EXPRESSION_CAST)
    return column->source;

  labelled = strata_batch_new_struct (self->batch, StrataExpression);
  items = strata_py_arena_alloc (self->batch->arena, 2 * sizeof (gpointer));
  items[0] = column->source;
  labelled->kind = STRATA_EXPRESSION_LABEL;
  labelled->name = column->key;
  labelled->items = items;

  return labelled;
}

static void
emit_copy (StrataBatchTable *self,
           const char       *temporary,
           GPtrArray        *operations)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autoptr(GPtrArray) values = g_ptr_array_new ();
  StrataRelation *target = strata_batch_new_struct (self->batch, StrataRelation);
  StrataQuery *insert = strata_batch_new_struct (self->batch, StrataQuery);
  StrataQuery *select = strata_batch_new_struct (self->batch, StrataQuery);

  for (guint i = 0; i < self->columns->len; i++)
    {
      StrataBatchColumn *column = self->columns->pdata[i];
      StrataExpression *name = strata_batch_new_struct (self->batch, StrataExpression);

      if (column->source == NULL || column->column.computed != NULL)
        continue;
      name->kind = STRATA_EXPRESSION_COLUMN;
      name->name = column->column.name;
      g_ptr_array_add (columns, name);
      g_ptr_array_add (values, (gpointer) label (self, column));
    }
  if (columns->len == 0)
    return;

  target->schema = self->batch->options->schema;
  target->name = temporary;
  select->kind = STRATA_QUERY_SELECT;
  select->columns = strata_batch_list (self->batch, values);
  insert->kind = STRATA_QUERY_INSERT;
  insert->relation = target;
  insert->columns = strata_batch_list (self->batch, columns);
  insert->source = select;
  add_operation (self, STRATA_OPERATION_EXECUTE, NULL, operations)->execute.query = insert;
}

/* AUTOINCREMENT promises that no number comes again, that of the last deleted row neither. */
static void
emit_sequence (StrataBatchTable *self,
               const char       *temporary,
               GPtrArray        *operations)
{
  g_autofree char *old = strata_sql_quote_literal (STRATA_DIALECT_SQLITE, self->batch->options->table);
  g_autofree char *new = strata_sql_quote_literal (STRATA_DIALECT_SQLITE, temporary);
  g_autofree char *clear = g_strdup_printf ("DELETE FROM sqlite_sequence WHERE name = %s", new);
  g_autofree char *copy = g_strdup_printf ("INSERT INTO sqlite_sequence (name, seq) SELECT %s, seq FROM sqlite_sequence "
                                           "WHERE name = %s", new, old);

  if (self->picture == NULL || !strata_options_get_flag (self->options, "sqlite_autoincrement"))
    return;

  add_statement (self, clear, operations);
  add_statement (self, copy, operations);
}

static void
emit_indexes (StrataBatchTable *self,
              const GPtrArray  *indexes,
              GPtrArray        *operations)
{
  for (guint i = 0; i < indexes->len; i++)
    {
      StrataIndex *index = &add_operation (self, STRATA_OPERATION_CREATE_INDEX, self->batch->options->table,
                                           operations)->index;
      g_autoptr(GPtrArray) columns = g_ptr_array_new ();

      *index = *(const StrataIndex *) indexes->pdata[i];
      for (guint j = 0; index->columns != NULL && index->columns[j] != NULL; j++)
        g_ptr_array_add (columns, (gpointer) rename_expression (self, index->columns[j]));
      index->columns = strata_batch_list (self->batch, columns);

      for (guint j = 0; self->picture != NULL && index->options != NULL && index->options[j] != NULL; j++)
        {
          StrataOption *option = strata_batch_new_struct (self->batch, StrataOption);
          const StrataOption **options = merge_lists (self->batch, index->options, NULL);

          *option = *index->options[j];
          option->expression = rename_expression (self, option->expression);
          options[j] = option;
          index->options = options;
        }
    }
}

/* A trigger that names what is gone or called otherwise would fail when it fires. */
static gboolean
check_trigger (StrataBatchTable         *self,
               const StrataPictureText  *trigger,
               GError                  **error)
{
  for (guint i = 0; self->picture->columns[i] != NULL; i++)
    {
      const char *name = self->picture->columns[i]->name;
      StrataBatchColumn *column = strata_batch_table_find_key (self, name);

      if ((column == NULL || strcmp (column->column.name, name) != 0) && strata_sql_mentions (trigger->text, name))
        {
          g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_UNSUPPORTED,
                       column == NULL
                       ? _("Trigger '%s' of table '%s' names column '%s', which the batch drops: drop the trigger before, "
                           "and create it anew behind.")
                       : _("Trigger '%s' of table '%s' names column '%s', which the batch renames: drop the trigger before, "
                           "and create it anew behind."),
                       trigger->name, self->picture->name, name);
          return FALSE;
        }
    }

  return TRUE;
}

static gboolean
emit_triggers (StrataBatchTable  *self,
               GPtrArray         *operations,
               GError           **error)
{
  for (guint i = 0; self->picture != NULL && self->picture->triggers != NULL && self->picture->triggers[i] != NULL; i++)
    {
      if (!check_trigger (self, self->picture->triggers[i], error))
        return FALSE;
      add_statement (self, self->picture->triggers[i]->text, operations);
    }

  return TRUE;
}

/* RENAME looks at every view and trigger, and fails for those that read a table which is not there at that moment. */
static gboolean
is_read_by_others (StrataBatchTable    *self,
                   const StrataPicture *picture)
{
  const char *name = self->batch->options->table;

  if (self->picture == NULL)
    return FALSE;

  for (guint i = 0; picture->views != NULL && picture->views[i] != NULL; i++)
    if (strata_sql_mentions (picture->views[i]->text, name))
      return TRUE;
  for (guint i = 0; picture->triggers != NULL && picture->triggers[i] != NULL; i++)
    if (strata_sql_mentions (picture->triggers[i]->text, name))
      return TRUE;

  return FALSE;
}

static void
emit_exchange (StrataBatchTable    *self,
               const StrataPicture *picture,
               const char          *temporary,
               GPtrArray           *operations)
{
  gboolean is_read = is_read_by_others (self, picture);

  add_operation (self, STRATA_OPERATION_DROP_TABLE, self->batch->options->table, operations);
  if (is_read)
    add_statement (self, "PRAGMA legacy_alter_table = ON", operations);
  add_operation (self, STRATA_OPERATION_RENAME_TABLE, temporary, operations)->new_name = self->batch->options->table;
  if (is_read)
    add_statement (self, "PRAGMA legacy_alter_table = OFF", operations);
}

/* PostgreSQL has names of constraints once a table or a schema. */
static void
emit_preparation (StrataBatchTable *self,
                  GPtrArray        *operations)
{
  if (self->batch->options->dialect != STRATA_DIALECT_POSTGRESQL)
    return;

  for (guint i = 0; i < self->named->len; i++)
    {
      StrataOperation *operation = add_operation (self, STRATA_OPERATION_DROP_CONSTRAINT, self->batch->options->table,
                                                  operations);

      operation->constraint = *(const StrataConstraint *) self->named->pdata[i];
    }
}

gboolean
strata_batch_table_emit (StrataBatchTable     *self,
                         const StrataPicture  *picture,
                         GPtrArray            *operations,
                         GError              **error)
{
  const char *temporary = dup_temporary_name (self);

  emit_preparation (self, operations);
  emit_create (self, temporary, operations);
  emit_copy (self, temporary, operations);
  emit_sequence (self, temporary, operations);
  emit_exchange (self, picture, temporary, operations);
  emit_indexes (self, self->indexes, operations);
  emit_indexes (self, self->new_indexes, operations);

  return emit_triggers (self, operations, error);
}
