/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/expression.h"
#include "core/render/from.h"
#include "core/render/select.h"

static void
write_where (StrataWriter           *self,
             const char             *before,
             const StrataExpression *condition)
{
  if (condition == NULL)
    return;

  strata_writer_put (self, before);
  strata_write_condition (self, condition);
}

static void
write_returning (StrataWriter      *self,
                 const StrataQuery *query)
{
  gboolean has_tables = self->has_tables;

  if (query->returning == NULL || query->returning[0] == NULL)
    return;

  self->has_tables = self->server->dialect != STRATA_DIALECT_SQLITE;
  strata_writer_put (self, " RETURNING ");
  strata_write_selected (self, query->returning, FALSE);
  self->has_tables = has_tables;
}

static void
write_plain_names (StrataWriter                   *self,
                   const StrataExpression * const *columns)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_name (self, columns[i]->name);
    }
}

/* Values take the types of their columns; operators stand in parentheses. */
static void
write_assignments (StrataWriter                   *self,
                   const StrataExpression * const *columns,
                   const StrataExpression * const *values,
                   const char                     *equals)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_name (self, columns[i]->name);
      strata_writer_put (self, equals);
      strata_write_typed (self, values[i], columns[i]->type);
    }
}

static void
write_rows (StrataWriter      *self,
            const StrataQuery *query)
{
  guint n_columns = g_strv_length ((GStrv) query->columns);

  strata_writer_put (self, " VALUES ");
  for (guint i = 0; query->values != NULL && query->values[i] != NULL; i++)
    {
      if (i % n_columns == 0)
        strata_writer_put (self, i == 0 ? "(" : "), (");
      else
        strata_writer_put (self, ", ");
      strata_write_typed (self, query->values[i], query->columns[i % n_columns]->type);
    }
  strata_writer_put (self, ")");
}

static void
write_conflict (StrataWriter      *self,
                const StrataQuery *query)
{
  gboolean has_tables = self->has_tables;

  if (!query->has_conflict)
    return;

  strata_writer_put (self, " ON CONFLICT");
  if (query->conflict_constraint != NULL && self->server->dialect == STRATA_DIALECT_POSTGRESQL)
    {
      strata_writer_put (self, " ON CONSTRAINT ");
      strata_write_limited (self, (StrataName) { .text = query->conflict_constraint });
    }
  else if (query->conflict_columns != NULL)
    {
      strata_writer_put (self, " (");
      strata_write_names (self, query->conflict_columns);
      strata_writer_put (self, ")");
      self->has_tables = FALSE;
      write_where (self, " WHERE ", query->conflict_where);
      self->has_tables = has_tables;
    }

  if (query->conflict_set == NULL)
    {
      strata_writer_put (self, " DO NOTHING");
      return;
    }

  strata_writer_put (self, " DO UPDATE SET ");
  write_assignments (self, query->conflict_set, query->conflict_values, " = ");
  write_where (self, " WHERE ", query->update_where);
}

static void
write_insert (StrataWriter      *self,
              const StrataQuery *query)
{
  strata_writer_put (self, "INSERT ");
  if (query->prefix != NULL)
    strata_writer_putf (self, "%s ", query->prefix);
  strata_writer_put (self, "INTO ");
  strata_write_qualified (self, query->relation->schema, query->relation->name);

  if (query->columns != NULL && query->columns[0] != NULL)
    {
      strata_writer_put (self, " (");
      write_plain_names (self, query->columns);
      strata_writer_put (self, ")");
    }

  if (query->source != NULL)
    {
      strata_writer_put (self, " ");
      strata_write_query (self, query->source);
    }
  else if (query->columns == NULL || query->columns[0] == NULL)
    {
      strata_writer_put (self, " DEFAULT VALUES");
    }
  else
    {
      write_rows (self, query);
    }

  write_conflict (self, query);
}

static void
write_update (StrataWriter      *self,
              const StrataQuery *query)
{
  g_autoptr(GPtrArray) others = strata_from_others (query);

  self->relations = g_ptr_array_copy (others, NULL, NULL);
  g_ptr_array_insert (self->relations, 0, (gpointer) query->relation);

  strata_writer_put (self, "UPDATE ");
  strata_write_relation (self, query->relation);
  strata_writer_put (self, " SET ");
  write_assignments (self, query->columns, query->values, "=");
  if (others->len > 0)
    {
      strata_writer_put (self, " FROM ");
      strata_write_from (self, others);
    }
  write_where (self, " WHERE ", query->where);
}

static void
write_delete (StrataWriter      *self,
              const StrataQuery *query)
{
  g_autoptr(GPtrArray) others = strata_from_others (query);

  self->relations = g_ptr_array_copy (others, NULL, NULL);
  g_ptr_array_insert (self->relations, 0, (gpointer) query->relation);

  strata_writer_put (self, "DELETE FROM ");
  strata_write_relation (self, query->relation);
  if (others->len > 0 && self->server->dialect == STRATA_DIALECT_SQLITE)
    {
      strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED,
                          "This backend does not support multiple-table criteria within DELETE");
    }
  else if (others->len > 0)
    {
      strata_writer_put (self, " USING ");
      strata_write_from (self, others);
    }
  write_where (self, " WHERE ", query->where);
}

/* Each statement has its own idea of the tables around it. */
void
strata_write_query (StrataWriter      *self,
                    const StrataQuery *query)
{
  GPtrArray *outer = self->relations;
  gboolean has_tables = self->has_tables;

  self->has_tables = TRUE;
  switch (query->kind)
    {
    case STRATA_QUERY_SELECT:
      strata_write_select (self, query);
      break;
    case STRATA_QUERY_COMPOUND:
      strata_write_compound (self, query);
      break;
    case STRATA_QUERY_INSERT:
      self->relations = NULL;
      write_insert (self, query);
      break;
    case STRATA_QUERY_UPDATE:
      write_update (self, query);
      break;
    case STRATA_QUERY_VALUES:
      strata_writer_put (self, "VALUES ");
      strata_write_expressions (self, query->values, ", ", STRATA_OPERATOR_COMMA);
      break;
    case STRATA_QUERY_DELETE:
    default:
      write_delete (self, query);
    }

  write_returning (self, query);

  if (self->relations != outer)
    g_clear_pointer (&self->relations, g_ptr_array_unref);
  self->relations = outer;
  self->has_tables = has_tables;
}
