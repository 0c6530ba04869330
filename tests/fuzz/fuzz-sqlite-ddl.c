/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two scripts with a NUL between. Each is split, checked and loaded into a database in memory, whose picture is taken, dumped, and
 * compared with the other's, steps both ways included; the parsers of stored SQL get the bare texts too. */

#include "config.h"

#include <string.h>

#include "core/database/connection.h"
#include "core/ddl/ddl.h"
#include "core/diff/diff.h"
#include "core/reflect/reflect.h"
#include "core/scratch/scratch.h"
#include "core/sql/splitter.h"
#include "core/sql/sqlite-create.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

/* What only takes long. */
static gboolean
is_harmless (const char *sql)
{
  static const char * const words[] = { "recursive", "blob(", "printf(", "format(" };
  g_autofree char *small = g_ascii_strdown (sql, -1);

  if (!g_str_has_prefix (small, "create") && !g_str_has_prefix (small, "alter") && !g_str_has_prefix (small, "drop"))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strstr (small, words[i]) != NULL)
      return FALSE;

  /* A table that is filled from a query could be filled for hours. */
  return !g_str_has_prefix (small, "create table") || strstr (small, "select") == NULL;
}

static gboolean
load (StrataConnection *connection,
      const char       *text)
{
  g_autoptr(GArray) statements = strata_sql_split (STRATA_DIALECT_SQLITE, text, strlen (text), "f.sql", 1, NULL);

  guint n = 0;

  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (statements, StrataStatement, i);
      g_autofree char *sql = g_strndup (statement->text, statement->length);

      if (is_harmless (sql))
        n += strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, NULL);
    }

  return n > 0;
}

static StrataPicture *
take (const char *text)
{
  const StrataConnectOptions options = { .writable = TRUE, .create = TRUE, .confined = TRUE, .application_name = "fuzz" };
  g_autofree char *forbidden = strata_scratch_find_forbidden (STRATA_DIALECT_SQLITE, "f.sql", text, strlen (text), 1);
  g_autoptr(StrataUrl) url = strata_url_parse ("sqlite://", NULL);
  g_autoptr(StrataConnection) connection = forbidden == NULL ? strata_connection_open (url, &options, NULL, NULL) : NULL;

  if (connection == NULL)
    return NULL;

  return load (connection, text) ? strata_reflect_whole (connection, NULL, NULL, NULL) : NULL;
}

static void
compare (StrataPicture *from,
         StrataPicture *to)
{
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  g_autoptr(StrataDiff) same = strata_diff_new (to, to, NULL);

  strata_diff_plan (diff, NULL, NULL);
  g_assert_cmpuint (strata_diff_get_n (same), ==, 0);
}

static void
dump (const StrataPicture *picture)
{
  const StrataDdlOptions options = { .has_sorted_columns = TRUE };
  g_autofree char *text = strata_ddl_dump (picture, NULL);
  g_autofree char *sorted = strata_ddl_dump (picture, &options);

  g_assert_true (g_utf8_validate (text, -1, NULL));
  g_assert_true (g_utf8_validate (sorted, -1, NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autofree char *first = g_strndup ((const char *) data, size);
  gsize length = strlen (first);
  g_autofree char *second = g_strndup ((const char *) data + MIN (length + 1, size), size - MIN (length + 1, size));
  g_autoptr(StrataPicture) from = NULL;
  g_autoptr(StrataPicture) to = NULL;

  if (!g_utf8_validate (first, -1, NULL) || !g_utf8_validate (second, -1, NULL))
    return 0;

  strata_sqlite_create_free (strata_sqlite_create_new (first));
  from = take (first);
  to = take (second);
  if (from == NULL || to == NULL)
    return 0;

  dump (from);
  dump (to);
  compare (from, to);
  compare (to, from);

  return 0;
}
