/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/write-private.h"

/* Behind "op.alter_column(", where its arguments stand in a column. */
#define ALTER_INDENT ",\n           "

const char *
strata_python_writer_prefix (const StrataPythonWriter *self)
{
  return self->in_batch ? "batch_op" : "op";
}

/* "op.drop_column('table'", with a comma where more positional arguments follow. */
static void
begin (StrataPythonWriter    *self,
       const StrataOperation *operation,
       const char            *directive,
       gboolean               has_more)
{
  g_string_append_printf (self->out, "%s.%s(", strata_python_writer_prefix (self), directive);
  if (self->in_batch)
    return;
  strata_python_write_text (self, operation->table);
  g_string_append (self->out, has_more ? ", " : "");
}

static void
end (StrataPythonWriter    *self,
     const StrataOperation *operation,
     const char            *tolerant)
{
  if (!self->in_batch)
    strata_python_write_named (self, "schema", operation->schema);
  if (operation->is_tolerant && tolerant != NULL)
    g_string_append_printf (self->out, ", %s=True", tolerant);
  g_string_append_c (self->out, ')');
}

/* The indexes of a table are directives of their own behind it. */
static void
write_create_table (StrataPythonWriter    *self,
                    const StrataOperation *operation)
{
  const StrataCreateTable *table = &operation->create_table;

  g_string_append (self->out, "op.create_table(");
  strata_python_write_text (self, operation->table);
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    {
      g_string_append (self->out, ",\n");
      strata_python_write_column (self, table->columns[i]);
    }
  for (guint i = 0; table->constraints != NULL && table->constraints[i] != NULL; i++)
    {
      g_string_append (self->out, ",\n");
      strata_python_write_constraint (self, table->constraints[i]);
    }
  if (table->indexes != NULL && table->indexes[0] != NULL)
    strata_python_writer_refuse (self, "an index within a table");
  if (operation->schema != NULL)
    g_string_append (self->out, ",\nschema=");
  if (operation->schema != NULL)
    strata_python_write_text (self, operation->schema);
  if (table->comment != NULL)
    g_string_append (self->out, ",\ncomment=");
  if (table->comment != NULL)
    strata_python_write_text (self, table->comment);
  strata_python_write_options (self, table->options);
  if (table->prefixes != NULL && table->prefixes[0] != NULL)
    {
      g_string_append (self->out, ",\nprefixes=");
      strata_python_write_texts (self, table->prefixes);
    }
  if (operation->is_tolerant)
    g_string_append (self->out, ",\nif_not_exists=True");
  g_string_append (self->out, "\n)");
}

static void
write_add_column (StrataPythonWriter    *self,
                  const StrataOperation *operation)
{
  begin (self, operation, "add_column", TRUE);
  strata_python_write_column (self, operation->add_column.column);
  if (operation->add_column.inline_references)
    g_string_append (self->out, ", inline_references=True");
  if (operation->add_column.inline_primary_key)
    g_string_append (self->out, ", inline_primary_key=True");
  if (self->in_batch)
    {
      strata_python_write_named (self, "insert_before", operation->add_column.insert_before);
      strata_python_write_named (self, "insert_after", operation->add_column.insert_after);
    }
  end (self, operation, "if_not_exists");
}

static void
write_change (StrataPythonWriter *self,
              const char         *key,
              const char         *text)
{
  g_string_append_printf (self->out, ALTER_INDENT "%s=", key);
  strata_python_write_text (self, text);
}

static void
write_answer (StrataPythonWriter *self,
              const char         *key,
              StrataAnswer        answer)
{
  if (answer != STRATA_UNSAID)
    g_string_append_printf (self->out, ALTER_INDENT "%s=%s", key, answer == STRATA_YES ? "True" : "False");
}

static void
write_altered_type (StrataPythonWriter *self,
                    const char         *key,
                    const StrataType   *type)
{
  if (type == NULL)
    return;
  g_string_append_printf (self->out, ALTER_INDENT "%s=", key);
  strata_python_write_type (self, type);
}

static gboolean
is_given (const StrataDefault *value)
{
  return value->expression != NULL || value->identity != NULL || value->computed != NULL;
}

static void
write_alter_column (StrataPythonWriter    *self,
                    const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;

  begin (self, operation, "alter_column", TRUE);
  strata_python_write_text (self, alter->column);
  write_altered_type (self, "existing_type", alter->existing_type);
  if (alter->default_change != STRATA_LEAVE)
    {
      g_string_append (self->out, ALTER_INDENT "server_default=");
      strata_python_write_default (self, alter->default_change == STRATA_SET ? &alter->server_default : &(StrataDefault) { NULL });
    }
  if (alter->new_name != NULL)
    write_change (self, "new_column_name", alter->new_name);
  write_altered_type (self, "type_", alter->type);
  write_answer (self, "nullable", alter->nullable);
  if (alter->comment_change != STRATA_LEAVE)
    write_change (self, "comment", alter->comment_change == STRATA_SET ? alter->comment : NULL);
  if (alter->existing_comment != NULL)
    write_change (self, "existing_comment", alter->existing_comment);
  if (alter->nullable == STRATA_UNSAID)
    write_answer (self, "existing_nullable", alter->existing_nullable);
  if (is_given (&alter->existing_default))
    {
      g_string_append (self->out, ALTER_INDENT "existing_server_default=");
      strata_python_write_default (self, &alter->existing_default);
    }
  else if (alter->had_no_default)
    g_string_append (self->out, ALTER_INDENT "existing_server_default=None");
  if (operation->schema != NULL && !self->in_batch)
    write_change (self, "schema", operation->schema);
  strata_python_write_options (self, alter->options);
  g_string_append_c (self->out, ')');
}

static void
write_create_index (StrataPythonWriter    *self,
                    const StrataOperation *operation)
{
  const StrataIndex *index = &operation->index;

  g_string_append_printf (self->out, "%s.create_index(", strata_python_writer_prefix (self));
  strata_python_write_name (self, index->name);
  g_string_append (self->out, ", ");
  if (!self->in_batch)
    {
      strata_python_write_text (self, operation->table);
      g_string_append (self->out, ", ");
    }
  strata_python_write_index_columns (self, index);
  g_string_append_printf (self->out, ", unique=%s", index->is_unique ? "True" : "False");
  if (!self->in_batch)
    strata_python_write_named (self, "schema", operation->schema);
  strata_python_write_options (self, index->options);
  if (operation->is_tolerant)
    g_string_append (self->out, ", if_not_exists=True");
  g_string_append_c (self->out, ')');
}

static void
write_drop_index (StrataPythonWriter    *self,
                  const StrataOperation *operation)
{
  g_string_append_printf (self->out, "%s.drop_index(", strata_python_writer_prefix (self));
  strata_python_write_name (self, operation->index.name);
  if (!self->in_batch)
    {
      strata_python_write_named (self, "table_name", operation->table);
      strata_python_write_named (self, "schema", operation->schema);
    }
  strata_python_write_options (self, operation->index.options);
  if (operation->is_tolerant)
    g_string_append (self->out, ", if_exists=True");
  g_string_append_c (self->out, ')');
}

static void
write_comment (StrataPythonWriter    *self,
               const StrataOperation *operation)
{
  gboolean is_gone = operation->comment == NULL;

  g_string_append_printf (self->out, "%s.%s(\n", strata_python_writer_prefix (self), is_gone ? "drop_table_comment" : "create_table_comment");
  if (!self->in_batch)
    {
      g_string_append (self->out, "    ");
      strata_python_write_text (self, operation->table);
      g_string_append (self->out, ",\n");
    }
  if (!is_gone)
    {
      g_string_append (self->out, "    ");
      strata_python_write_text (self, operation->comment);
      g_string_append (self->out, ",\n");
    }
  g_string_append (self->out, "    existing_comment=None");
  if (!self->in_batch)
    {
      g_string_append (self->out, ",\n    schema=");
      strata_python_write_text (self, operation->schema);
    }
  g_string_append (self->out, "\n)");
}

static void
write_execute (StrataPythonWriter    *self,
               const StrataOperation *operation)
{
  if (operation->execute.expression == NULL)
    {
      strata_python_writer_refuse (self, "a query that is not text");
      return;
    }
  g_string_append_printf (self->out, "%s.execute(", strata_python_writer_prefix (self));
  strata_python_write_sql (self, operation->execute.expression);
  g_string_append_c (self->out, ')');
}

static void
write_row (StrataPythonWriter     *self,
           const StrataExpression *row)
{
  g_string_append (self->out, "    {");
  for (guint i = 0; row->items != NULL && row->items[i] != NULL; i++)
    {
      g_string_append (self->out, i > 0 ? ", " : "");
      strata_python_write_text (self, row->items[i]->name);
      g_string_append (self->out, ": ");
      strata_python_write_expression (self, row->items[i]);
    }
  g_string_append (self->out, "},\n");
}

static void
write_bulk_insert (StrataPythonWriter    *self,
                   const StrataOperation *operation)
{
  const StrataBulkInsert *insert = &operation->bulk_insert;

  g_string_append (self->out, "op.bulk_insert(sa.table(");
  strata_python_write_text (self, operation->table);
  for (guint i = 0; insert->columns != NULL && insert->columns[i] != NULL; i++)
    {
      g_string_append (self->out, ", sa.column(");
      strata_python_write_text (self, insert->columns[i]->name);
      if (insert->columns[i]->type != NULL && insert->columns[i]->type->kind != STRATA_TYPE_NONE)
        {
          g_string_append (self->out, ", ");
          strata_python_write_type (self, insert->columns[i]->type);
        }
      g_string_append_c (self->out, ')');
    }
  strata_python_write_named (self, "schema", operation->schema);
  g_string_append (self->out, "), [\n");
  for (guint i = 0; insert->rows != NULL && insert->rows[i] != NULL; i++)
    write_row (self, insert->rows[i]);
  g_string_append (self->out, "])");
}

static void
write_type_change (StrataPythonWriter    *self,
                   const StrataOperation *operation,
                   const char            *method)
{
  strata_python_write_type (self, operation->type);
  g_string_append_printf (self->out, ".%s(op.get_bind(), checkfirst=%s)", method, operation->is_tolerant ? "True" : "False");
}

static void
write_sequence (StrataPythonWriter    *self,
                const StrataOperation *operation,
                const char            *class)
{
  g_string_append_printf (self->out, "op.execute(sa.schema.%s(sa.Sequence(", class);
  strata_python_write_text (self, operation->sequence.name);
  if (operation->sequence.settings != NULL)
    strata_python_write_identity (self, operation->sequence.settings, TRUE);
  strata_python_write_named (self, "schema", operation->schema);
  if (operation->sequence.type != NULL)
    {
      g_string_append (self->out, ", data_type=");
      strata_python_write_type (self, operation->sequence.type);
    }
  g_string_append_c (self->out, ')');
  if (operation->is_tolerant)
    g_string_append (self->out, g_str_equal (class, "CreateSequence") ? ", if_not_exists=True" : ", if_exists=True");
  g_string_append (self->out, "))");
}

static void
write_schema (StrataPythonWriter    *self,
              const StrataOperation *operation)
{
  gboolean is_new = operation->kind == STRATA_OPERATION_CREATE_SCHEMA;

  g_string_append_printf (self->out, "op.execute(sa.schema.%s(", is_new ? "CreateSchema" : "DropSchema");
  strata_python_write_text (self, operation->schema_change.name);
  if (operation->schema_change.is_cascade)
    g_string_append (self->out, ", cascade=True");
  if (operation->is_tolerant)
    g_string_append (self->out, is_new ? ", if_not_exists=True" : ", if_exists=True");
  g_string_append (self->out, "))");
}

static void
write_named_table (StrataPythonWriter    *self,
                   const StrataOperation *operation)
{
  if (operation->kind == STRATA_OPERATION_RENAME_TABLE)
    {
      begin (self, operation, "rename_table", TRUE);
      strata_python_write_text (self, operation->new_name);
      end (self, operation, NULL);
    }
  else if (operation->kind == STRATA_OPERATION_DROP_TABLE)
    {
      begin (self, operation, "drop_table", FALSE);
      end (self, operation, "if_exists");
    }
  else
    {
      begin (self, operation, "drop_column", TRUE);
      strata_python_write_text (self, operation->column);
      end (self, operation, "if_exists");
    }
}

void
strata_python_write_operation (StrataPythonWriter    *self,
                               const StrataOperation *operation)
{
  switch (operation->kind)
    {
    case STRATA_OPERATION_CREATE_TABLE: write_create_table (self, operation); break;
    case STRATA_OPERATION_DROP_TABLE:
    case STRATA_OPERATION_RENAME_TABLE:
    case STRATA_OPERATION_DROP_COLUMN: write_named_table (self, operation); break;
    case STRATA_OPERATION_ADD_COLUMN: write_add_column (self, operation); break;
    case STRATA_OPERATION_ALTER_COLUMN: write_alter_column (self, operation); break;
    case STRATA_OPERATION_CREATE_INDEX: write_create_index (self, operation); break;
    case STRATA_OPERATION_DROP_INDEX: write_drop_index (self, operation); break;
    case STRATA_OPERATION_ADD_CONSTRAINT: strata_python_write_add_constraint (self, operation); break;
    case STRATA_OPERATION_DROP_CONSTRAINT: strata_python_write_drop_constraint (self, operation); break;
    case STRATA_OPERATION_COMMENT_TABLE: write_comment (self, operation); break;
    case STRATA_OPERATION_EXECUTE: write_execute (self, operation); break;
    case STRATA_OPERATION_BULK_INSERT: write_bulk_insert (self, operation); break;
    case STRATA_OPERATION_CREATE_TYPE: write_type_change (self, operation, "create"); break;
    case STRATA_OPERATION_DROP_TYPE: write_type_change (self, operation, "drop"); break;
    case STRATA_OPERATION_CREATE_SEQUENCE: write_sequence (self, operation, "CreateSequence"); break;
    case STRATA_OPERATION_DROP_SEQUENCE: write_sequence (self, operation, "DropSequence"); break;
    case STRATA_OPERATION_CREATE_SCHEMA:
    case STRATA_OPERATION_DROP_SCHEMA: write_schema (self, operation); break;
    default: g_assert_not_reached ();
    }
}
