/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/alter.h"

#include "core/render/constraint.h"
#include "core/render/expression.h"
#include "core/render/type.h"

void
strata_write_alter (StrataWriter          *self,
                    const StrataOperation *operation)
{
  strata_writer_put (self, "ALTER TABLE ");
  strata_write_dotted (self, operation->schema, operation->table);
  strata_writer_put (self, " ALTER COLUMN ");
  strata_write_name (self, operation->alter_column.column);
}

static void
render_nullable (StrataStatements      *self,
                 const StrataOperation *operation)
{
  StrataAnswer nullable = operation->alter_column.nullable;

  if (nullable == STRATA_UNSAID)
    return;

  strata_write_alter (&self->writer, operation);
  strata_writer_put (&self->writer, nullable == STRATA_YES ? " DROP NOT NULL" : " SET NOT NULL");
  strata_statements_end (self);
}

static void
render_type (StrataStatements      *self,
             const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;
  const char *using = strata_options_get_text (alter->options, "postgresql_using");
  StrataWriter *writer = &self->writer;

  if (alter->type == NULL)
    return;

  strata_write_alter (writer, operation);
  strata_writer_put (writer, " TYPE ");
  strata_write_type (writer, alter->type);
  if (using != NULL && *using != '\0' && writer->server->dialect == STRATA_DIALECT_POSTGRESQL)
    strata_writer_putf (writer, " USING %s", using);
  strata_statements_end (self);
}

static void
render_default (StrataStatements      *self,
                const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;
  StrataWriter *writer = &self->writer;

  if (alter->default_change == STRATA_LEAVE)
    return;

  if (alter->server_default.computed != NULL || alter->existing_default.computed != NULL)
    {
      strata_writer_fail (writer, STRATA_RENDER_ERROR_RAISES,
                          "Adding or removing a \"computed\" construct, e.g. GENERATED ALWAYS AS, to or from an "
                          "existing column is not supported.");
    }
  else if (alter->server_default.identity != NULL || alter->existing_default.identity != NULL)
    {
      writer->server->write_alter_identity (writer, operation);
    }
  else
    {
      strata_write_alter (writer, operation);
      if (alter->default_change == STRATA_SET)
        {
          strata_writer_put (writer, " SET DEFAULT ");
          strata_write_expression (writer, alter->server_default.expression);
        }
      else
        {
          strata_writer_put (writer, " DROP DEFAULT");
        }
    }

  strata_statements_end (self);
}

static void
render_comment (StrataStatements      *self,
                const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;
  StrataWriter *writer = &self->writer;

  if (alter->comment_change == STRATA_LEAVE)
    return;

  if (!writer->server->has_comments)
    {
      strata_writer_fail (writer, STRATA_RENDER_ERROR_UNSUPPORTED, "Compiler of %s can't render element of type %s",
                          strata_dialect_get_title (writer->server->dialect), "ColumnComment");
      return;
    }

  strata_writer_put (writer, "COMMENT ON COLUMN ");
  strata_write_dotted (writer, operation->schema, operation->table);
  strata_writer_put (writer, ".");
  strata_write_name (writer, alter->column);
  strata_writer_put (writer, " IS ");
  if (alter->comment_change == STRATA_SET)
    strata_write_string (writer, alter->comment);
  else
    strata_writer_put (writer, "NULL");
  strata_statements_end (self);
}

static void
render_name (StrataStatements      *self,
             const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;
  StrataWriter *writer = &self->writer;

  if (alter->new_name == NULL)
    return;

  strata_writer_put (writer, "ALTER TABLE ");
  strata_write_dotted (writer, operation->schema, operation->table);
  strata_writer_putf (writer, " %s ", writer->server->rename_column);
  strata_write_name (writer, alter->column);
  strata_writer_put (writer, " TO ");
  strata_write_name (writer, alter->new_name);
  strata_statements_end (self);
}

/* The CHECK that a type makes goes with the old type and comes with the new one. */
static void
render_type_check (StrataStatements      *self,
                   const StrataOperation *operation,
                   const StrataType      *type,
                   gboolean               is_dropped)
{
  StrataColumn column = { .name = operation->alter_column.column, .type = type };
  const StrataColumn *columns[] = { &column, NULL };
  StrataTableParts table;

  if (type == NULL || !self->writer.server->has_alter_constraint)
    return;

  strata_table_parts_init (&table, &self->writer, operation, columns, NULL, NULL);
  for (guint i = 0; i < table.constraints->len; i++)
    {
      const StrataTableConstraint *part = g_ptr_array_index (table.constraints, i);

      if (is_dropped)
        strata_write_drop_constraint (&self->writer, operation, &part->constraint);
      else
        strata_render_implied (&self->writer, &table, part);
      strata_statements_end (self);
    }
  strata_table_parts_clear (&table);
}

void
strata_render_alter_column (StrataStatements      *self,
                            const StrataOperation *operation)
{
  const StrataAlterColumn *alter = &operation->alter_column;
  gboolean type_is_first = self->writer.server->alters_type_first;

  if (alter->type != NULL)
    render_type_check (self, operation, alter->existing_type, TRUE);
  else if (strata_options_find (alter->options, "postgresql_using") != NULL && type_is_first)
    strata_writer_fail (&self->writer, STRATA_RENDER_ERROR_RAISES,
                        "postgresql_using must be used with the type_ parameter");

  if (type_is_first)
    render_type (self, operation);
  render_nullable (self, operation);
  render_default (self, operation);
  if (!type_is_first)
    render_type (self, operation);
  render_comment (self, operation);
  render_name (self, operation);

  render_type_check (self, operation, alter->type, FALSE);
}
