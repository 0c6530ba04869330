/* SPDX-License-Identifier: GPL-3.0-or-later */

/* SQLite keeps no statistics that would help: a table's first rows are looked at, whatever its size. */

#include "config.h"

#include "core/reflect/reflect-private.h"

#include <string.h>

#include "core/sql/statement.h"

#define SAMPLE "1000"
#define MOST_COUNTED 10000
#define MOST_COMMON 100

static char *
dup_quoted (const char *name)
{
  return strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, name);
}

static gboolean
count_rows (StrataConnection  *connection,
            StrataRowFacts   **facts,
            guint              n,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autofree char *table = dup_quoted (facts[0]->table);
  g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM (SELECT 1 FROM %s LIMIT %d)", table, MOST_COUNTED);
  g_autoptr(StrataRows) rows = strata_connection_query (connection, sql, NULL, 0, cancellable, error);

  for (guint i = 0; rows != NULL && i < n; i++)
    {
      facts[i]->n_rows = strata_rows_get_int (rows, 0, 0);
      facts[i]->has_more = facts[i]->n_rows >= MOST_COUNTED;
    }

  return rows != NULL;
}

typedef struct
{
  const char *value;
  guint       n;
} Count;

static int
compare_counts (gconstpointer a,
                gconstpointer b)
{
  const Count *first = a, *second = b;

  return first->n != second->n ? (first->n < second->n ? 1 : -1) : strcmp (first->value, second->value);
}

static GArray *
count_values (const StrataRows *rows,
              guint             column)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GArray *counts = g_array_new (FALSE, FALSE, sizeof (Count));

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      const Count first = { strata_rows_get (rows, row, column), 1 };
      gpointer place;

      if (first.value == NULL)
        continue;
      if (g_hash_table_lookup_extended (seen, first.value, NULL, &place))
        {
          g_array_index (counts, Count, GPOINTER_TO_UINT (place)).n++;
          continue;
        }
      g_hash_table_insert (seen, (gpointer) first.value, GUINT_TO_POINTER (counts->len));
      g_array_append_val (counts, first);
    }
  g_array_sort (counts, compare_counts);

  return counts;
}

/* Its values stand in the column at that place, their lengths in the next one. */
static void
take_values (StrataRowFacts   *self,
             const StrataRows *rows,
             guint             column)
{
  g_autoptr(GArray) counts = count_values (rows, column);
  guint n = strata_rows_get_n_rows (rows), n_values = 0;
  double bytes = 0;

  for (guint row = 0; row < n; row++)
    if (strata_rows_get (rows, row, column) != NULL)
      {
        n_values++;
        bytes += strata_rows_get_int (rows, row, column + 1);
      }
  if (n == 0)
    return;

  self->nulls = (double) (n - n_values) / n;
  if (n_values == 0)
    return;
  self->distinct = (double) counts->len / n_values;
  self->width = bytes / n_values;
  for (guint i = 0; i < counts->len; i++)
    {
      const Count *count = &g_array_index (counts, Count, i);

      g_ptr_array_add (count->n > 1 && i < MOST_COMMON ? self->common : self->others, g_strdup (count->value));
    }
}

/* All of one table; it stands first, where it is asked about itself. */
static gboolean
read_table (StrataConnection  *connection,
            StrataRowFacts   **facts,
            guint              n,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr(GString) sql = g_string_new ("SELECT ");
  g_autofree char *table = dup_quoted (facts[0]->table);
  g_autoptr(StrataRows) rows = NULL;
  guint first = facts[0]->column == NULL;

  if (!count_rows (connection, facts, n, cancellable, error))
    return FALSE;
  if (first == n)
    return TRUE;

  for (guint i = first; i < n; i++)
    {
      g_autofree char *name = dup_quoted (facts[i]->column);

      g_string_append_printf (sql, "%sCASE typeof (r.%s) WHEN 'blob' THEN hex (substr (r.%s, 1, 50)) ELSE substr (r.%s, 1, 100) END,"
                              " length (CAST (r.%s AS BLOB))", i > first ? ", " : "", name, name, name, name);
    }
  g_string_append_printf (sql, " FROM %s AS r LIMIT " SAMPLE, table);
  rows = strata_connection_query (connection, sql->str, NULL, 0, cancellable, error);
  for (guint i = first; rows != NULL && i < n; i++)
    take_values (facts[i], rows, 2 * (i - first));

  return rows != NULL;
}

gboolean
strata_reflect_sqlite_rows (StrataConnection  *connection,
                            GPtrArray         *facts,
                            GCancellable      *cancellable,
                            GError           **error)
{
  guint first = 0;

  while (first < facts->len)
    {
      StrataRowFacts **start = (StrataRowFacts **) facts->pdata + first;
      g_autoptr(GError) local = NULL;
      guint n = 1;

      while (first + n < facts->len && strcmp (start[n]->table, start[0]->table) == 0)
        n++;
      /* One of a module that is not loaded is none that can be read. */
      if (!read_table (connection, start, n, cancellable, &local) && g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      first += n;
    }

  return TRUE;
}
