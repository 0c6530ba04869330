/* SPDX-License-Identifier: GPL-3.0-or-later */

/* For test-dump.py: dump-peer URL prints the dump of a database; dump-peer URL FILE loads a file into it, statement by
 * statement. */

#include "config.h"

#include <stdio.h>

#include "core/ddl/ddl.h"
#include "core/reflect/reflect.h"
#include "core/sql/splitter.h"

static gboolean
load (StrataConnection  *connection,
      const char        *file,
      GError           **error)
{
  StrataDialect dialect = strata_connection_get_dialect (connection);
  g_autofree char *text = NULL;
  g_autoptr(GArray) statements = NULL;
  gsize length;

  if (!g_file_get_contents (file, &text, &length, error))
    return FALSE;

  statements = strata_sql_split (dialect, text, length, file, 1, error);
  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      const StrataStatement *statement = &g_array_index (statements, StrataStatement, i);

      if (!strata_connection_execute (connection, statement->text, statement->length, NULL, 0, NULL, NULL, error))
        {
          g_prefix_error (error, "%s:%u: ", file, statement->line);
          return FALSE;
        }
    }

  return statements != NULL;
}

static gboolean
dump (StrataConnection  *connection,
      GError           **error)
{
  g_autoptr(StrataPicture) picture = strata_reflect_whole (connection, NULL, NULL, error);
  g_autofree char *text = NULL;

  if (picture == NULL)
    return FALSE;

  text = strata_ddl_dump (picture, NULL);
  fputs (text, stdout);

  return TRUE;
}

int
main (int    argc,
      char **argv)
{
  const StrataConnectOptions options = { .writable = argc > 2, .create = TRUE, .application_name = "dump-peer" };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(StrataConnection) connection = NULL;

  if (argc < 2)
    return 2;

  url = strata_url_parse (argv[1], &error);
  if (url != NULL)
    connection = strata_connection_open (url, &options, NULL, &error);
  if (connection == NULL || !(argc > 2 ? load (connection, argv[2], &error) : dump (connection, &error)))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  return 0;
}
