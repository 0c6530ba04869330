/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/index.h"

#include "core/render/expression.h"
#include "core/render/naming.h"

void
strata_write_index_name (StrataWriter      *self,
                         const char        *schema,
                         const StrataIndex *index)
{
  if (schema != NULL && *schema != '\0')
    {
      strata_write_name (self, schema);
      strata_writer_put (self, ".");
    }

  strata_write_limited (self, index->name);
}

void
strata_write_index_where (StrataWriter           *self,
                          const StrataExpression *condition)
{
  strata_writer_put (self, " WHERE ");
  strata_write_expression (self, condition);
}

/* The names of the columns, as far as they have one, for a naming convention. */
static const char * const *
list_columns (const StrataIndex *index,
              GPtrArray         *memory)
{
  GPtrArray *names = g_ptr_array_new ();
  char **list;

  for (guint i = 0; index->columns != NULL && index->columns[i] != NULL; i++)
    if (index->columns[i]->kind == STRATA_EXPRESSION_COLUMN)
      g_ptr_array_add (names, (char *) index->columns[i]->name);
  g_ptr_array_add (names, NULL);

  list = (char **) g_ptr_array_free (names, FALSE);
  g_ptr_array_add (memory, list);

  return (const char * const *) list;
}

static gboolean
find_name (StrataWriter          *self,
           StrataOperation       *operation,
           const char            *statement,
           GPtrArray             *memory)
{
  StrataIndex *index = &operation->index;

  index->name = strata_naming_index (self, operation->schema, operation->table, index->name,
                                     list_columns (index, memory), memory);
  if (index->name.text == NULL)
    strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "%s requires that the index have a name", statement);

  return index->name.text != NULL;
}

void
strata_render_create_index (StrataWriter          *self,
                            const StrataOperation *operation)
{
  g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  StrataOperation named = *operation;
  gboolean has_tables = self->has_tables;

  if (!find_name (self, &named, "CREATE INDEX", memory))
    return;

  self->has_tables = FALSE;
  self->server->write_index (self, &named);
  self->has_tables = has_tables;
}

void
strata_render_drop_index (StrataWriter          *self,
                          const StrataOperation *operation)
{
  g_autoptr(GPtrArray) memory = g_ptr_array_new_with_free_func (g_free);
  StrataOperation named = *operation;
  gboolean is_concurrent = self->server->dialect == STRATA_DIALECT_POSTGRESQL
                           && strata_options_get_flag (operation->index.options, "postgresql_concurrently");

  if (!find_name (self, &named, "DROP INDEX", memory))
    return;

  strata_writer_put (self, "DROP INDEX ");
  if (is_concurrent)
    strata_writer_put (self, "CONCURRENTLY ");
  if (operation->is_tolerant)
    strata_writer_put (self, "IF EXISTS ");
  strata_write_index_name (self, operation->schema, &named.index);
}
