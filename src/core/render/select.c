/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/select.h"

#include "core/render/expression.h"
#include "core/render/from.h"

static char *
make_name (StrataWriter *self,
           const char   *stem)
{
  return g_strdup_printf ("%s_%u", stem, strata_writer_count (self, stem));
}

/* A cast goes by the name of what it casts. */
static const StrataExpression *
get_named (const StrataExpression *column)
{
  while (column->kind == STRATA_EXPRESSION_CAST || column->kind == STRATA_EXPRESSION_COERCE
         || column->kind == STRATA_EXPRESSION_GROUP)
    column = column->items[0];

  return column;
}

/* "-a" has no name, but where it is needed to be asked for by. */
static gboolean
has_no_label (const StrataExpression *column,
              gboolean                is_from)
{
  const StrataExpression *inner = get_named (column);

  if (column->kind == STRATA_EXPRESSION_TEXT || column->kind == STRATA_EXPRESSION_WORDS)
    return TRUE;

  return column->kind == STRATA_EXPRESSION_UNARY && !is_from && column->operator != STRATA_OPERATOR_EXISTS
         && get_named (inner->items[0])->kind == STRATA_EXPRESSION_COLUMN;
}

static char *
get_column_label (StrataWriter           *self,
                  const StrataExpression *column,
                  gboolean                is_cast,
                  gboolean                is_from,
                  GHashTable             *seen)
{
  const StrataExpression *before = g_hash_table_lookup (seen, column->name);
  g_autofree char *stem = NULL;

  if (before != NULL && !is_cast)
    {
      stem = before == column ? g_strconcat (column->name, "_", NULL) : g_strdup (column->name);
      return make_name (self, stem);
    }

  return is_cast || (is_from && column->relation != NULL) ? g_strdup (column->name) : NULL;
}

/* NULL: none. It is numbered before those within the column. */
static char *
get_label (StrataWriter           *self,
           const StrataExpression *column,
           gboolean                is_from,
           GHashTable             *seen)
{
  const StrataExpression *named = get_named (column);
  char *label;

  if (has_no_label (column, is_from))
    return NULL;
  if (named->kind == STRATA_EXPRESSION_LABEL)
    return g_strdup (named->name);
  if (named->kind != STRATA_EXPRESSION_COLUMN)
    return make_name (self, named->kind == STRATA_EXPRESSION_FUNCTION ? named->name : "anon");

  label = get_column_label (self, named, named != column, is_from, seen);
  g_hash_table_insert (seen, (gpointer) named->name, (gpointer) column);

  return label;
}

void
strata_write_selected (StrataWriter                   *self,
                       const StrataExpression * const *columns,
                       gboolean                        is_from)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      g_autofree char *label = get_label (self, columns[i], is_from, seen);

      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_expression (self, columns[i]);
      if (label != NULL)
        {
          strata_writer_put (self, " AS ");
          strata_write_name (self, label);
        }
    }
}

static void
write_clause (StrataWriter                   *self,
              const char                     *words,
              const StrataExpression * const *list)
{
  if (list == NULL || list[0] == NULL)
    return;

  strata_writer_put (self, words);
  strata_write_expressions (self, list, ", ", STRATA_OPERATOR_COMMA);
}

static void
write_tail (StrataWriter      *self,
            const StrataQuery *query)
{
  write_clause (self, " ORDER BY ", query->order_by);
  self->server->write_limit (self, query);
  if (query->locking != NULL && self->server->dialect == STRATA_DIALECT_POSTGRESQL)
    strata_writer_putf (self, " %s", query->locking);
}

void
strata_write_select (StrataWriter      *self,
                     const StrataQuery *query)
{
  GPtrArray *relations = strata_from_collect (self, query);
  GPtrArray *outer = self->relations;
  gboolean is_from = self->is_from;

  self->is_from = FALSE;
  strata_writer_put (self, "SELECT ");
  if (query->prefix != NULL)
    strata_writer_putf (self, "%s ", query->prefix);
  if (query->distinct_on != NULL && self->server->dialect == STRATA_DIALECT_POSTGRESQL)
    {
      write_clause (self, "DISTINCT ON (", query->distinct_on);
      strata_writer_put (self, ") ");
    }
  else if (query->is_distinct)
    {
      strata_writer_put (self, "DISTINCT ");
    }

  self->relations = g_ptr_array_copy (relations, NULL, NULL);

  strata_write_selected (self, query->columns, is_from);
  if (relations->len > 0)
    {
      strata_writer_put (self, " \nFROM ");
      strata_write_from (self, relations);
    }

  if (query->where != NULL)
    {
      strata_writer_put (self, " \nWHERE ");
      strata_write_condition (self, query->where);
    }
  write_clause (self, " GROUP BY ", query->group_by);
  if (query->having != NULL)
    {
      strata_writer_put (self, " \nHAVING ");
      strata_write_condition (self, query->having);
    }
  write_tail (self, query);

  g_ptr_array_unref (relations);
  g_ptr_array_unref (self->relations);
  self->relations = outer;
  self->is_from = is_from;
}

void
strata_write_compound (StrataWriter      *self,
                       const StrataQuery *query)
{
  gboolean has_tables = self->has_tables;

  for (guint i = 0; query->queries != NULL && query->queries[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_putf (self, " %s ", query->words);
      strata_write_query (self, query->queries[i]);
    }

  self->has_tables = FALSE;
  write_tail (self, query);
  self->has_tables = has_tables;
}
