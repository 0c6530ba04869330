/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/table.h"

#include "core/render/column.h"
#include "core/render/constraint.h"
#include "core/render/index.h"

static void
write_columns (StrataWriter           *self,
               const StrataTableParts *table)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    {
      gboolean was_well = self->error == NULL;

      strata_writer_put (self, i > 0 ? ", \n\t" : "\n\t");
      strata_write_column (self, table, table->columns[i]);

      if (was_well && self->error != NULL)
        g_prefix_error (&self->error, "(in table '%s', column '%s'): ", table->name, table->columns[i]->name);
    }
}

static void
write_constraint (StrataWriter           *self,
                  const StrataTableParts *table,
                  const StrataConstraint *constraint,
                  const StrataColumn     *checked)
{
  gsize start = self->text->len;
  gboolean is_first = table->columns == NULL || table->columns[0] == NULL;

  strata_writer_put (self, is_first ? "\n\t" : ", \n\t");
  if (!strata_write_constraint (self, table, table->schema, constraint, checked))
    g_string_truncate (self->text, start);
}

static gboolean
is_added_later (StrataWriter           *self,
                const StrataConstraint *constraint)
{
  return self->server->has_alter_constraint && constraint->kind == STRATA_CONSTRAINT_FOREIGN_KEY
         && constraint->reference->use_alter;
}

static void
write_constraints (StrataWriter           *self,
                   const StrataTableParts *table)
{
  gboolean key_is_inline = self->server->is_key_inline != NULL && self->server->is_key_inline (table);

  if (table->primary_key.columns[0] != NULL && !key_is_inline)
    write_constraint (self, table, &table->primary_key, NULL);

  for (guint i = 0; i < table->constraints->len; i++)
    {
      const StrataTableConstraint *part = g_ptr_array_index (table->constraints, i);

      if (!is_added_later (self, &part->constraint))
        write_constraint (self, table, &part->constraint, part->checked);
    }
}

static void
write_create_table (StrataStatements       *self,
                    const StrataOperation  *operation,
                    const StrataTableParts *table)
{
  const char * const *prefixes = operation->create_table.prefixes;
  StrataWriter *writer = &self->writer;

  strata_writer_put (writer, "CREATE ");
  for (guint i = 0; prefixes != NULL && prefixes[i] != NULL; i++)
    strata_writer_putf (writer, "%s ", prefixes[i]);
  strata_writer_put (writer, operation->is_tolerant ? "TABLE IF NOT EXISTS " : "TABLE ");
  strata_write_qualified (writer, table->schema, table->name);
  strata_writer_put (writer, " (");
  write_columns (writer, table);
  write_constraints (writer, table);
  strata_writer_put (writer, "\n)");
  writer->server->write_table_tail (writer, operation->create_table.options);

  strata_statements_end (self);
}

static void
render_indexes (StrataStatements       *self,
                const StrataOperation  *operation,
                const StrataTableParts *table)
{
  for (guint i = 0; i < table->indexes->len; i++)
    {
      StrataOperation create = {
        .kind = STRATA_OPERATION_CREATE_INDEX,
        .schema = operation->schema,
        .table = operation->table,
        .index = *(const StrataIndex *) g_ptr_array_index (table->indexes, i),
      };

      strata_render_create_index (&self->writer, &create);
      strata_statements_end (self);
    }
}

static void
render_column_comment (StrataStatements      *self,
                       const StrataOperation *operation,
                       const StrataColumn    *column)
{
  if (column->comment != NULL && *column->comment != '\0' && self->writer.server->has_comments)
    strata_render_comment (self, "COLUMN", operation->schema, operation->table, column->name, column->comment);
}

static void
render_belongings (StrataStatements       *self,
                   const StrataOperation  *operation,
                   const StrataTableParts *table)
{
  const StrataCreateTable *create = &operation->create_table;

  render_indexes (self, operation, table);

  if (create->comment != NULL && *create->comment != '\0' && self->writer.server->has_comments)
    strata_render_comment (self, "TABLE", operation->schema, operation->table, NULL, create->comment);
  for (guint i = 0; create->columns != NULL && create->columns[i] != NULL; i++)
    render_column_comment (self, operation, create->columns[i]);
}

void
strata_render_create_table (StrataStatements      *self,
                            const StrataOperation *operation)
{
  const StrataCreateTable *create = &operation->create_table;
  StrataTableParts table;

  strata_table_parts_init (&table, &self->writer, operation, create->columns, create->constraints, create->indexes);
  table.options = create->options;

  if (!create->is_alone)
    strata_render_column_types (self, create->columns);
  write_create_table (self, operation, &table);
  if (!create->is_alone)
    render_belongings (self, operation, &table);

  strata_table_parts_clear (&table);
}

/* The one foreign key of a column that is to stand with it. */
static const StrataConstraint *
find_inline_reference (const StrataOperation  *operation,
                       const StrataTableParts *table)
{
  const StrataConstraint *found = NULL;

  if (!operation->add_column.inline_references)
    return NULL;

  for (guint i = 0; i < table->constraints->len; i++)
    {
      const StrataTableConstraint *part = g_ptr_array_index (table->constraints, i);

      if (part->constraint.kind != STRATA_CONSTRAINT_FOREIGN_KEY)
        continue;
      if (found != NULL)
        return NULL;
      found = &part->constraint;
    }

  return found;
}

static void
write_add_column (StrataStatements       *self,
                  const StrataOperation  *operation,
                  const StrataTableParts *table,
                  const StrataConstraint *reference)
{
  const StrataColumn *column = operation->add_column.column;
  StrataWriter *writer = &self->writer;

  strata_writer_put (writer, "ALTER TABLE ");
  strata_write_dotted (writer, operation->schema, operation->table);
  strata_writer_put (writer, operation->is_tolerant ? " ADD COLUMN IF NOT EXISTS " : " ADD COLUMN ");
  strata_write_added_column (writer, table, column, operation->add_column.inline_primary_key, reference);
  strata_statements_end (self);
}

void
strata_render_add_column (StrataStatements      *self,
                          const StrataOperation *operation)
{
  const StrataColumn *columns[] = { operation->add_column.column, NULL };
  const StrataConstraint *reference;
  StrataTableParts table;

  strata_table_parts_init (&table, &self->writer, operation, columns, NULL, NULL);
  reference = find_inline_reference (operation, &table);
  write_add_column (self, operation, &table, reference);

  for (guint i = 0; i < table.constraints->len; i++)
    {
      const StrataTableConstraint *part = g_ptr_array_index (table.constraints, i);

      if (&part->constraint != reference)
        {
          strata_render_implied (&self->writer, &table, part);
          strata_statements_end (self);
        }
    }

  render_indexes (self, operation, &table);
  render_column_comment (self, operation, columns[0]);

  strata_table_parts_clear (&table);
}
