/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/files.h"
#include "core/reflect/reflect-private.h"

enum { PLACE, N_ROWS, NULLS, DISTINCT, WIDTH, IS_COMMON, VALUE };

static void
append_item (GString    *array,
             const char *text)
{
  g_string_append (array, array->len > 1 ? "," : "");
  if (text == NULL)
    {
      g_string_append (array, "NULL");
      return;
    }
  g_string_append_c (array, '"');
  for (const char *c = text; *c != '\0'; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (array, '\\');
      g_string_append_c (array, *c);
    }
  g_string_append_c (array, '"');
}

/* A negative number of different values is a share of the rows. */
static double
get_distinct (double given,
              double n_rows,
              double nulls)
{
  double n_values = n_rows * (1 - nulls);

  if (given < 0 && nulls < 1)
    return MIN (-given / (1 - nulls), 1);

  return given > 0 && n_values >= 1 ? MIN (given / n_values, 1) : -1;
}

static double
get_number (const StrataRows *rows,
            guint             row,
            guint             column)
{
  return g_ascii_strtod (strata_rows_get (rows, row, column), NULL);
}

static void
take_row (StrataRowFacts   *self,
          const StrataRows *rows,
          guint             row)
{
  const char *value = strata_rows_get (rows, row, VALUE);

  self->n_rows = get_number (rows, row, N_ROWS);
  if (strata_rows_get (rows, row, NULLS) == NULL)
    return;

  self->nulls = get_number (rows, row, NULLS);
  self->distinct = get_distinct (get_number (rows, row, DISTINCT), self->n_rows, self->nulls);
  self->width = get_number (rows, row, WIDTH);
  if (value != NULL)
    g_ptr_array_add (g_strcmp0 (strata_rows_get (rows, row, IS_COMMON), "t") == 0 ? self->common : self->others,
                     g_strdup (value));
}

gboolean
strata_reflect_postgresql_rows (StrataConnection  *connection,
                                GPtrArray         *facts,
                                GCancellable      *cancellable,
                                GError           **error)
{
  g_autoptr(GString) schemas = g_string_new ("{");
  g_autoptr(GString) tables = g_string_new ("{");
  g_autoptr(GString) columns = g_string_new ("{");
  g_autoptr(StrataRows) rows = NULL;
  g_autoptr(GError) local = NULL;

  for (guint i = 0; i < facts->len; i++)
    {
      const StrataRowFacts *wanted = g_ptr_array_index (facts, i);

      append_item (schemas, wanted->schema);
      append_item (tables, wanted->table);
      append_item (columns, wanted->column);
    }
  g_string_append_c (schemas, '}');
  g_string_append_c (tables, '}');
  g_string_append_c (columns, '}');

  rows = strata_connection_query (connection, strata_resource_text ("sql/postgresql/row-facts.sql"),
                                  (const char * const []) { schemas->str, tables->str, columns->str }, 3, cancellable, &local);
  for (guint i = 0; rows != NULL && i < strata_rows_get_n_rows (rows); i++)
    take_row (g_ptr_array_index (facts, strata_rows_get_int (rows, i, PLACE) - 1), rows, i);
  if (rows == NULL)
    g_debug ("what is known of the rows: %s", local->message);

  return rows != NULL || !g_cancellable_set_error_if_cancelled (cancellable, error);
}
