/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte chooses the dialect. A hash always comes, and what does not count does not count: a comment in front,
 * CRLF for LF, the layout between statements. */

#include "config.h"

#include <string.h>

#include "core/sql/splitter.h"
#include "core/sql/statement.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
assert_same (StrataDialect  dialect,
             const GString *text,
             const char    *hash)
{
  g_autofree char *other = strata_sql_hash_tokens (dialect, text->str, text->len);

  g_assert_cmpstr (hash, ==, other);
}

static void
check_line_ends (StrataDialect  dialect,
                 const char    *text,
                 gsize          length,
                 const char    *hash)
{
  g_autoptr(GString) changed = g_string_new ("/* ; */\r\n-- '\r\n");

  if (memchr (text, '\r', length) != NULL)
    return;

  for (gsize i = 0; i < length; i++)
    {
      if (text[i] == '\n')
        g_string_append_c (changed, '\r');
      g_string_append_c (changed, text[i]);
    }

  assert_same (dialect, changed, hash);
}

static void
check_statements (StrataDialect  dialect,
                  const char    *text,
                  gsize          length,
                  const char    *hash)
{
  g_autoptr(GArray) statements = strata_sql_split (dialect, text, length, NULL, 1, NULL);
  g_autoptr(GString) joined = g_string_new (NULL);

  if (statements == NULL || dialect == STRATA_DIALECT_MSSQL)
    return;

  for (guint i = 0; i < statements->len; i++)
    {
      StrataStatement *statement = &g_array_index (statements, StrataStatement, i);

      g_string_append_len (joined, statement->text, statement->length);
      g_string_append (joined, "; ;\n");
    }

  assert_same (dialect, joined, hash);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  const char *text = (const char *) data + 1;
  g_autofree char *hash = NULL;
  StrataDialect dialect;

  if (size == 0)
    return 0;

  dialect = *data % (STRATA_DIALECT_UNKNOWN + 1);
  hash = strata_sql_hash_tokens (dialect, text, size - 1);
  g_assert_cmpuint (strlen (hash), ==, 64);
  check_line_ends (dialect, text, size - 1, hash);
  check_statements (dialect, text, size - 1, hash);

  return 0;
}
