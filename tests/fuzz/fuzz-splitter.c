/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The first byte chooses the dialect. What was split lies in the text in order, at the place that is told, and splits
 * into itself; any statement can be classified. */

#include "config.h"

#include <string.h>

#include "core/sql/splitter.h"
#include "core/sql/statement.h"

int LLVMFuzzerTestOneInput (const guint8 *data,
                            gsize         size);

static void
check_place (const char            *text,
             const StrataStatement *statement)
{
  guint line = 1;
  guint column = 1;

  for (const char *c = text; c < statement->text; c++)
    {
      line += *c == '\n';
      column = *c == '\n' ? 1 : column + (((guchar) *c & 0xc0) != 0x80);
    }

  g_assert_cmpuint (statement->line, ==, line);
  g_assert_cmpuint (statement->column, ==, column);
}

/* Not for SQL Server, where GO ends a batch in a line of its own: a statement cut out of its line may become one. The
 * semicolon is there for MySQL, where "--" begins a comment if nothing follows. */
static void
check_splits_into_itself (StrataDialect          dialect,
                          const StrataStatement *statement)
{
  g_autofree char *text = g_strdup_printf ("%.*s;", (int) statement->length, statement->text);
  g_autoptr(GArray) again = NULL;

  if (dialect == STRATA_DIALECT_MSSQL || strlen (text) <= statement->length)
    return;

  again = strata_sql_split (dialect, text, strlen (text), NULL, 1, NULL);
  g_assert_nonnull (again);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpuint (g_array_index (again, StrataStatement, 0).length, ==, statement->length);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GArray) statements = NULL;
  const char *text = (const char *) data + 1;
  const char *last;
  StrataDialect dialect;

  if (size == 0)
    return 0;

  dialect = *data % (STRATA_DIALECT_UNKNOWN + 1);
  statements = strata_sql_split (dialect, text, size - 1, "f.sql", 1, &error);
  g_assert_true ((statements == NULL) == (error != NULL));
  g_assert_true (error == NULL || g_utf8_validate (error->message, -1, NULL));

  last = text;
  for (guint i = 0; statements != NULL && i < statements->len; i++)
    {
      StrataStatement *statement = &g_array_index (statements, StrataStatement, i);
      g_autofree char *index = strata_statement_dup_created_index (dialect, statement);
      const char *words;
      gboolean plain = strata_statement_classify (dialect, statement, &words) == STRATA_STATEMENT_PLAIN;

      g_assert_true (plain == (words == NULL));
      g_assert_true (index == NULL || *index != '\0');
      g_assert_true (statement->text >= last && statement->length > 0);
      last = statement->text + statement->length;
      g_assert_true (last <= text + size - 1);
      if (i < 100 || i + 1 == statements->len)
        check_place (text, statement);
      check_splits_into_itself (dialect, statement);
    }

  return 0;
}
