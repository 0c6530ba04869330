/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/renderer.h"

#include "core/render/alter.h"
#include "core/render/column.h"
#include "core/render/constraint.h"
#include "core/render/expression.h"
#include "core/render/index.h"
#include "core/render/table.h"
#include "core/render/type.h"

struct _StrataRenderer
{
  const StrataServer  *server;
  StrataRenderOptions  options;
  char                *naming[5];       /* what options.naming points to */
  GHashTable          *created_types;
};

G_DEFINE_QUARK (strata-render-error-quark, strata_render_error)

const char *
strata_render_error_get_code (const GError *error)
{
  if (g_error_matches (error, STRATA_RENDER_ERROR, STRATA_RENDER_ERROR_UNKNOWN))
    return "needs-python";

  return g_error_matches (error, STRATA_RENDER_ERROR, STRATA_RENDER_ERROR_UNSUPPORTED) ? "unsupported-by-dialect"
                                                                                       : "raises";
}

void
strata_rendered_free (StrataRendered *self)
{
  if (self == NULL)
    return;

  g_free (self->text);
  g_ptr_array_unref (self->parameters);
  g_free (self);
}

static const StrataServer *
find_server (StrataDialect dialect)
{
  switch (dialect)
    {
    case STRATA_DIALECT_POSTGRESQL:
      return &strata_server_postgresql;
    case STRATA_DIALECT_SQLITE:
      return &strata_server_sqlite;
    case STRATA_DIALECT_MYSQL:
    case STRATA_DIALECT_MARIADB:
    case STRATA_DIALECT_MSSQL:
    case STRATA_DIALECT_UNKNOWN:
    default:
      return NULL;
    }
}

static void
keep_naming (StrataRenderer *self)
{
  const char **conventions[] = {
    &self->options.naming.index, &self->options.naming.unique, &self->options.naming.check,
    &self->options.naming.foreign_key, &self->options.naming.primary_key,
  };

  for (guint i = 0; i < G_N_ELEMENTS (conventions); i++)
    {
      self->naming[i] = g_strdup (*conventions[i]);
      *conventions[i] = self->naming[i];
    }
}

StrataRenderer *
strata_renderer_new (const StrataRenderOptions  *options,
                     GError                    **error)
{
  StrataRenderer *self;

  g_return_val_if_fail (options != NULL, NULL);

  if (find_server (options->dialect) == NULL)
    {
      g_set_error (error, STRATA_RENDER_ERROR, STRATA_RENDER_ERROR_UNSUPPORTED,
                   "Operations cannot be written as SQL of %s yet", strata_dialect_get_title (options->dialect));
      return NULL;
    }

  self = g_new0 (StrataRenderer, 1);
  self->server = find_server (options->dialect);
  self->options = *options;
  self->created_types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  keep_naming (self);

  return self;
}

void
strata_renderer_free (StrataRenderer *self)
{
  if (self == NULL)
    return;

  for (guint i = 0; i < G_N_ELEMENTS (self->naming); i++)
    g_free (self->naming[i]);
  g_hash_table_unref (self->created_types);
  g_free (self);
}

static void
render_drop_table (StrataWriter          *writer,
                   const StrataOperation *operation)
{
  strata_writer_put (writer, operation->is_tolerant ? "DROP TABLE IF EXISTS " : "DROP TABLE ");
  strata_write_qualified (writer, operation->schema, operation->table);
}

/* The new name has no schema: a table cannot leave its own that way. */
static void
render_rename_table (StrataWriter          *writer,
                     const StrataOperation *operation)
{
  strata_writer_put (writer, "ALTER TABLE ");
  strata_write_dotted (writer, operation->schema, operation->table);
  strata_writer_put (writer, " RENAME TO ");
  strata_write_name (writer, operation->new_name);
}

static void
render_drop_column (StrataWriter          *writer,
                    const StrataOperation *operation)
{
  strata_writer_put (writer, "ALTER TABLE ");
  strata_write_dotted (writer, operation->schema, operation->table);
  strata_writer_put (writer, operation->is_tolerant ? " DROP COLUMN IF EXISTS " : " DROP COLUMN ");
  strata_write_name (writer, operation->column);
}

static void
render_sequence (StrataWriter          *writer,
                 const StrataOperation *operation)
{
  const StrataSequence *sequence = &operation->sequence;
  gboolean is_created = operation->kind == STRATA_OPERATION_CREATE_SEQUENCE;

  strata_writer_put (writer, is_created ? "CREATE SEQUENCE " : "DROP SEQUENCE ");
  if (operation->is_tolerant)
    strata_writer_put (writer, is_created ? "IF NOT EXISTS " : "IF EXISTS ");
  strata_write_qualified (writer, operation->schema, sequence->name);

  if (!is_created)
    return;

  if (sequence->type != NULL && writer->server->dialect == STRATA_DIALECT_POSTGRESQL)
    {
      strata_writer_put (writer, " AS ");
      strata_write_type (writer, sequence->type);
    }
  if (sequence->settings != NULL)
    {
      strata_writer_put (writer, " ");
      strata_write_sequence_words (writer, sequence->settings);
    }
}

static void
render_schema (StrataWriter          *writer,
               const StrataOperation *operation)
{
  gboolean is_created = operation->kind == STRATA_OPERATION_CREATE_SCHEMA;

  strata_writer_put (writer, is_created ? "CREATE SCHEMA " : "DROP SCHEMA ");
  if (operation->is_tolerant)
    strata_writer_put (writer, is_created ? "IF NOT EXISTS " : "IF EXISTS ");
  strata_write_name (writer, operation->schema_change.name);
  if (!is_created && operation->schema_change.is_cascade)
    strata_writer_put (writer, " CASCADE");
}

static void
render_execute (StrataStatements      *statements,
                const StrataOperation *operation)
{
  const StrataExecute *execute = &operation->execute;
  StrataWriter *writer = &statements->writer;

  writer->has_literals = writer->options->has_literal_binds;
  writer->has_tables = TRUE;

  if (execute->query != NULL)
    {
      strata_write_query (writer, execute->query);
    }
  else
    {
      /* A connection selects what is no statement; Alembic's own text has it as it stands. */
      if (execute->expression->kind != STRATA_EXPRESSION_TEXT && writer->options->is_online)
        strata_writer_put (writer, "SELECT ");
      strata_write_expression (writer, execute->expression);
    }
}

static const StrataExpression *
find_column (const StrataBulkInsert *insert,
             const char             *name)
{
  for (guint i = 0; insert->columns != NULL && insert->columns[i] != NULL; i++)
    if (g_strcmp0 (insert->columns[i]->name, name) == 0)
      return insert->columns[i];

  return NULL;
}

static void
write_row (StrataWriter           *writer,
           const StrataBulkInsert *insert,
           const StrataExpression *row)
{
  static const StrataType untyped = { .kind = STRATA_TYPE_NONE };
  const char *separator = "";

  strata_writer_put (writer, ") VALUES (");
  for (guint i = 0; insert->columns != NULL && insert->columns[i] != NULL; i++)
    for (guint k = 0; row->items != NULL && row->items[k] != NULL; k++)
      if (g_strcmp0 (row->items[k]->name, insert->columns[i]->name) == 0)
        {
          strata_writer_put (writer, separator);
          separator = ", ";
          if (row->items[k]->kind == STRATA_EXPRESSION_VALUE && row->items[k]->type == NULL)
            strata_write_literal (writer, insert->columns[i]->type != NULL ? insert->columns[i]->type : &untyped,
                                  row->items[k]->value);
          else
            strata_write_expression (writer, row->items[k]);
        }
  strata_writer_put (writer, ")");
}

/* One INSERT a row; the columns come in the order of the table. */
static void
render_bulk_insert (StrataStatements      *statements,
                    const StrataOperation *operation)
{
  const StrataBulkInsert *insert = &operation->bulk_insert;
  StrataWriter *writer = &statements->writer;

  for (guint r = 0; insert->rows != NULL && insert->rows[r] != NULL; r++)
    {
      const StrataExpression *row = insert->rows[r];
      const char *separator = "";

      if (row->items == NULL || row->items[0] == NULL)
        {
          strata_writer_put (writer, "INSERT INTO ");
          strata_write_qualified (writer, operation->schema, operation->table);
          strata_writer_put (writer, " DEFAULT VALUES");
          strata_statements_end (statements);
          continue;
        }

      strata_writer_put (writer, "INSERT INTO ");
      strata_write_qualified (writer, operation->schema, operation->table);
      strata_writer_put (writer, " (");
      for (guint i = 0; insert->columns != NULL && insert->columns[i] != NULL; i++)
        for (guint k = 0; row->items[k] != NULL; k++)
          if (g_strcmp0 (row->items[k]->name, insert->columns[i]->name) == 0)
            {
              strata_writer_put (writer, separator);
              separator = ", ";
              strata_write_name (writer, insert->columns[i]->name);
            }
      for (guint k = 0; row->items[k] != NULL; k++)
        if (find_column (insert, row->items[k]->name) == NULL)
          strata_writer_fail (writer, STRATA_RENDER_ERROR_RAISES, "KeyError: '%s'", row->items[k]->name);
      write_row (writer, insert, row);
      strata_statements_end (statements);
    }
}

static void
render (StrataStatements      *statements,
        const StrataOperation *operation)
{
  StrataWriter *writer = &statements->writer;

  switch (operation->kind)
    {
    case STRATA_OPERATION_CREATE_TABLE:
      strata_render_create_table (statements, operation);
      break;
    case STRATA_OPERATION_DROP_TABLE:
      render_drop_table (writer, operation);
      break;
    case STRATA_OPERATION_RENAME_TABLE:
      render_rename_table (writer, operation);
      break;
    case STRATA_OPERATION_ADD_COLUMN:
      strata_render_add_column (statements, operation);
      break;
    case STRATA_OPERATION_DROP_COLUMN:
      render_drop_column (writer, operation);
      break;
    case STRATA_OPERATION_ALTER_COLUMN:
      strata_render_alter_column (statements, operation);
      break;
    case STRATA_OPERATION_CREATE_INDEX:
      strata_render_create_index (writer, operation);
      break;
    case STRATA_OPERATION_DROP_INDEX:
      strata_render_drop_index (writer, operation);
      break;
    case STRATA_OPERATION_ADD_CONSTRAINT:
    case STRATA_OPERATION_DROP_CONSTRAINT:
      strata_render_constraint (writer, operation);
      break;
    case STRATA_OPERATION_COMMENT_TABLE:
      strata_render_comment (statements, "TABLE", operation->schema, operation->table, NULL, operation->comment);
      break;
    case STRATA_OPERATION_EXECUTE:
      render_execute (statements, operation);
      break;
    case STRATA_OPERATION_BULK_INSERT:
      render_bulk_insert (statements, operation);
      break;
    case STRATA_OPERATION_CREATE_TYPE:
      strata_render_create_type (statements, operation->type);
      break;
    case STRATA_OPERATION_DROP_TYPE:
      strata_render_drop_type (statements, operation->type);
      break;
    case STRATA_OPERATION_CREATE_SEQUENCE:
    case STRATA_OPERATION_DROP_SEQUENCE:
      render_sequence (writer, operation);
      break;
    case STRATA_OPERATION_CREATE_SCHEMA:
    case STRATA_OPERATION_DROP_SCHEMA:
      render_schema (writer, operation);
      break;
    default:
      g_assert_not_reached ();
    }

  strata_statements_end (statements);
}

gboolean
strata_renderer_render (StrataRenderer         *self,
                        const StrataOperation  *operation,
                        GPtrArray              *statements,
                        GError                **error)
{
  StrataStatements made = { .list = statements, .created_types = self->created_types };
  gboolean is_well;

  g_return_val_if_fail (self != NULL && operation != NULL, FALSE);

  strata_writer_init (&made.writer, self->server, &self->options);
  made.writer.operation = operation;
  render (&made, operation);

  is_well = made.writer.error == NULL;
  if (!is_well)
    g_propagate_error (error, g_steal_pointer (&made.writer.error));
  strata_writer_clear (&made.writer);

  return is_well;
}

static char *
finish_text (StrataWriter  *writer,
             GError       **error)
{
  char *text = NULL;

  if (writer->error != NULL)
    g_propagate_error (error, g_steal_pointer (&writer->error));
  else
    text = strata_writer_steal_text (writer);

  strata_writer_clear (writer);

  return text;
}

char *
strata_renderer_expression_to_text (StrataRenderer          *self,
                                    const StrataExpression  *expression,
                                    GError                 **error)
{
  StrataWriter writer;

  g_return_val_if_fail (self != NULL && expression != NULL, NULL);

  strata_writer_init (&writer, self->server, &self->options);
  strata_write_expression (&writer, expression);

  return finish_text (&writer, error);
}

char *
strata_renderer_type_to_text (StrataRenderer    *self,
                              const StrataType  *type,
                              GError           **error)
{
  StrataWriter writer;

  g_return_val_if_fail (self != NULL, NULL);

  strata_writer_init (&writer, self->server, &self->options);
  strata_write_type (&writer, type);

  return finish_text (&writer, error);
}
