/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/statements.h"

#include "core/render/expression.h"
#include "core/render/type.h"

void
strata_statements_end (StrataStatements *self)
{
  StrataRendered *statement;

  if (self->writer.error != NULL || self->writer.text->len == 0)
    return;

  statement = g_new0 (StrataRendered, 1);
  statement->text = strata_writer_steal_text (&self->writer);
  statement->parameters = self->writer.parameters;
  self->writer.parameters = g_ptr_array_new ();
  g_clear_pointer (&self->writer.names, g_hash_table_unref);

  g_ptr_array_add (self->list, statement);
}

void
strata_render_comment (StrataStatements *self,
                       const char       *what,
                       const char       *schema,
                       const char       *table,
                       const char       *column,
                       const char       *comment)
{
  StrataWriter *writer = &self->writer;

  strata_writer_putf (writer, "COMMENT ON %s ", what);
  strata_write_qualified (writer, schema, table);
  if (column != NULL)
    {
      strata_writer_put (writer, ".");
      strata_write_name (writer, column);
    }

  strata_writer_put (writer, " IS ");
  if (comment != NULL)
    strata_write_string (writer, comment);
  else
    strata_writer_put (writer, "NULL");

  strata_statements_end (self);
}

/* SQL as it stands. */
static void
write_words (StrataWriter *self,
             const char   *words)
{
  g_auto(GStrv) parts = g_strsplit (words, "%", -1);
  g_autofree char *doubled = g_strjoinv ("%%", parts);

  strata_writer_put (self, strata_writer_doubles (self) ? doubled : words);
}

static void
write_domain (StrataWriter     *self,
              const StrataType *type)
{
  const StrataDomain *domain = type->domain;

  strata_writer_put (self, "CREATE DOMAIN ");
  strata_write_type_named (self, "DOMAIN", type);
  strata_writer_put (self, " AS ");
  strata_write_type (self, type->item);
  strata_writer_put (self, " ");
  if (domain == NULL)
    return;

  if (type->collation != NULL)
    {
      strata_writer_put (self, "COLLATE ");
      strata_write_name (self, type->collation);
      strata_writer_put (self, " ");
    }
  if (domain->default_text != NULL)
    {
      strata_writer_put (self, "DEFAULT ");
      write_words (self, domain->default_text);
      strata_writer_put (self, " ");
    }
  if (domain->constraint_name != NULL)
    {
      strata_writer_put (self, "CONSTRAINT ");
      strata_write_limited (self, (StrataName) { .text = domain->constraint_name });
      strata_writer_put (self, " ");
    }
  if (domain->is_not_null)
    strata_writer_put (self, "NOT NULL ");
  if (domain->check_text != NULL)
    {
      strata_writer_put (self, "CHECK (");
      write_words (self, domain->check_text);
      strata_writer_put (self, ")");
    }
}

static void
write_enum (StrataWriter     *self,
            const StrataType *type)
{
  const char * const *values = type->values.values;

  if (type->values.longest_list > 0)
    strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "%s has a list as one of its values.", type->name);
  strata_writer_put (self, "CREATE TYPE ");
  strata_write_type_named (self, "ENUM", type);
  strata_writer_put (self, " AS ENUM (");
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_string (self, values[i]);
    }
  strata_writer_put (self, ")");
}

static gboolean
is_database_type (StrataStatements *self,
                  const StrataType *type)
{
  return self->writer.server->has_enum && !type->is_not_native
         && (type->kind == STRATA_TYPE_ENUM || type->kind == STRATA_TYPE_ANY_ENUM || type->kind == STRATA_TYPE_DOMAIN);
}

/* An enumeration is silently none of the business of a server without such types; a domain is an error. */
static void
refuse_domain (StrataStatements *self,
               const StrataType *type)
{
  if (type->kind == STRATA_TYPE_DOMAIN && !self->writer.server->has_enum)
    strata_writer_fail (&self->writer, STRATA_RENDER_ERROR_UNSUPPORTED,
                        "Compiler of %s can't render element of type %s",
                        strata_dialect_get_title (self->writer.server->dialect), "DOMAIN");
}

void
strata_render_create_type (StrataStatements *self,
                           const StrataType *type)
{
  type = strata_type_for_dialect (type, self->writer.server->dialect);
  refuse_domain (self, type);
  if (!is_database_type (self, type))
    return;

  if (type->kind == STRATA_TYPE_DOMAIN)
    write_domain (&self->writer, type);
  else
    write_enum (&self->writer, type);

  strata_statements_end (self);
}

void
strata_render_drop_type (StrataStatements *self,
                         const StrataType *type)
{
  type = strata_type_for_dialect (type, self->writer.server->dialect);
  refuse_domain (self, type);
  if (!is_database_type (self, type))
    return;

  strata_writer_put (&self->writer, type->kind == STRATA_TYPE_DOMAIN ? "DROP DOMAIN " : "DROP TYPE ");
  strata_write_type_named (&self->writer, "ENUM", type);
  strata_statements_end (self);
}

/* Alembic creates a type with the first table that uses it, and remembers the name as long as it runs. */
void
strata_render_column_types (StrataStatements           *self,
                            const StrataColumn * const *columns)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      const StrataType *type = columns[i]->type;
      const char *schema;

      if (type == NULL)
        continue;

      type = strata_type_for_dialect (type, self->writer.server->dialect);
      while (type->kind == STRATA_TYPE_ARRAY && type->item != NULL)
        type = strata_type_for_dialect (type->item, self->writer.server->dialect);

      if (!is_database_type (self, type) || type->values.is_made_elsewhere)
        continue;

      schema = strata_type_schema (&self->writer, type);
      if (g_hash_table_add (self->created_types,
                            g_strconcat (schema != NULL ? schema : "", "\n",
                                         type->name != NULL ? type->name : "", NULL)))
        strata_render_create_type (self, type);
    }
}
