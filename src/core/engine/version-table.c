/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/version-table.h"

#include <string.h>

#include "core/base/error.h"
#include "core/sql/statement.h"

static int
compare_strings (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Also for the rows of a query that was made elsewhere. */
GStrv
strata_version_table_sort_rows (const StrataRows *rows)
{
  guint n_rows = strata_rows_get_n_rows (rows);
  g_autoptr(GPtrArray) ids = g_ptr_array_new_full (n_rows + 1, NULL);

  for (guint i = 0; i < n_rows; i++)
    g_ptr_array_add (ids, g_strdup (strata_rows_get (rows, i, 0)));

  g_ptr_array_sort (ids, compare_strings);
  g_ptr_array_add (ids, NULL);

  return (GStrv) g_ptr_array_free (g_steal_pointer (&ids), FALSE);
}

GStrv
strata_version_table_read (StrataConnection          *connection,
                           const StrataVersionTable  *table,
                           gboolean                  *exists,
                           GCancellable              *cancellable,
                           GError                   **error)
{
  g_autofree char *sql = NULL;
  g_autoptr(StrataRows) rows = NULL;
  gboolean found = FALSE;

  if (!strata_connection_find_table (connection, table->schema, table->name, &found, NULL, error))
    return NULL;

  if (exists != NULL)
    *exists = found;
  if (!found)
    return g_new0 (char *, 1);

  sql = strata_version_table_dup_select (table, strata_connection_get_dialect (connection));
  rows = strata_connection_query (connection, sql, NULL, 0, cancellable, error);

  return rows != NULL ? strata_version_table_sort_rows (rows) : NULL;
}

char *
strata_version_table_to_sql (const StrataVersionTable *table,
                             StrataDialect             dialect)
{
  g_autofree char *name = strata_sql_quote_identifier (dialect, table->name);
  g_autofree char *schema = NULL;

  if (table->schema == NULL)
    return g_steal_pointer (&name);

  schema = strata_sql_quote_identifier (dialect, table->schema);

  return g_strconcat (schema, ".", name, NULL);
}

char *
strata_version_table_dup_select (const StrataVersionTable *table,
                                 StrataDialect             dialect)
{
  g_autofree char *name = strata_version_table_to_sql (table, dialect);

  return g_strdup_printf ("SELECT version_num FROM %s", name);
}

/* To the byte what Alembic's --sql prints, the blank after the comma included. */
char *
strata_version_table_dup_ddl (const StrataVersionTable *table,
                              StrataDialect             dialect)
{
  g_autofree char *name = strata_version_table_to_sql (table, dialect);
  g_autofree char *key = g_strconcat (table->name, "_pkc", NULL);
  g_autofree char *constraint = strata_sql_quote_identifier (dialect, key);

  if (table->keyless)
    return g_strdup_printf ("CREATE TABLE %s (\n    version_num VARCHAR(32) NOT NULL\n)", name);

  return g_strdup_printf ("CREATE TABLE %s (\n    version_num VARCHAR(32) NOT NULL, \n"
                          "    CONSTRAINT %s PRIMARY KEY (version_num)\n)", name, constraint);
}

static char *
format_edit (StrataVersionEditKind  kind,
             const char            *table,
             const char            *from,
             const char            *to)
{
  switch (kind)
    {
    case STRATA_VERSION_INSERT:
      return g_strdup_printf ("INSERT INTO %s (version_num) VALUES (%s)", table, to);

    case STRATA_VERSION_UPDATE:
      return g_strdup_printf ("UPDATE %s SET version_num=%s WHERE %s.version_num = %s", table, to, table, from);

    case STRATA_VERSION_DELETE:
      return g_strdup_printf ("DELETE FROM %s WHERE %s.version_num = %s", table, table, from);

    default:
      g_assert_not_reached ();
    }
}

char *
strata_version_edit_to_sql (const StrataVersionEdit  *edit,
                            const StrataVersionTable *table,
                            StrataDialect             dialect)
{
  g_autofree char *name = strata_version_table_to_sql (table, dialect);
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  if (edit->from != NULL)
    from = strata_sql_quote_literal (dialect, edit->from);
  if (edit->to != NULL)
    to = strata_sql_quote_literal (dialect, edit->to);

  return format_edit (edit->kind, name, from, to);
}

char *
strata_version_edit_to_statement (StrataVersionEditKind     kind,
                                  const StrataVersionTable *table,
                                  StrataDialect             dialect)
{
  g_autofree char *name = strata_version_table_to_sql (table, dialect);

  return format_edit (kind, name, kind == STRATA_VERSION_UPDATE ? "$2" : "$1", "$1");
}

void
strata_version_edit_set_error (const StrataVersionEdit   *edit,
                               const StrataVersionTable  *table,
                               gint64                     affected,
                               GError                   **error)
{
  g_autofree char *what = edit->kind == STRATA_VERSION_UPDATE
                            ? g_strdup_printf ("updating '%s' to '%s'", edit->from, edit->to)
                          : edit->kind == STRATA_VERSION_DELETE ? g_strdup_printf ("deleting '%s'", edit->from)
                                                                : g_strdup_printf ("inserting '%s'", edit->to);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
               "Online migration expected to match one row when %s in '%s'; %" G_GINT64_FORMAT " found",
               what, table->name, affected);
}
