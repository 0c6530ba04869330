/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/database/words.h"

static void
test_every_code (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint code = STRATA_DATABASE_ERROR_STATEMENT; code <= STRATA_DATABASE_ERROR_FAILED; code++)
    {
      g_autoptr(GError) error = strata_database_error_new (code, NULL, "x");

      for (guint dialect = STRATA_DIALECT_SQLITE; dialect < STRATA_DIALECT_UNKNOWN; dialect++)
        {
          StrataDatabaseWords words;

          g_assert_true (strata_database_error_get_words (error, dialect, &words));
          g_assert_nonnull (words.name);
          g_assert_nonnull (words.title);
          g_assert_nonnull (words.advice);
          g_assert_true (g_hash_table_add (names, (char *) words.name) == (dialect == STRATA_DIALECT_SQLITE));
        }
    }
}

static void
test_files_have_their_own (void)
{
  g_autoptr(GError) error = strata_database_error_new (STRATA_DATABASE_ERROR_NO_DATABASE, NULL, "x");
  StrataDatabaseWords file, server;

  g_assert_true (strata_database_error_get_words (error, STRATA_DIALECT_SQLITE, &file));
  g_assert_true (strata_database_error_get_words (error, STRATA_DIALECT_POSTGRESQL, &server));
  g_assert_cmpstr (file.name, ==, server.name);
  g_assert_cmpstr (file.title, ==, "There is no such database file");
  g_assert_cmpstr (server.title, ==, "The server has no database of that name");
}

static void
test_other_errors (void)
{
  g_autoptr(GError) error = g_error_new_literal (STRATA_ERROR, STRATA_ERROR_FAILED, "x");
  StrataDatabaseWords words;

  g_assert_false (strata_database_error_get_words (error, STRATA_DIALECT_SQLITE, &words));
  g_assert_false (strata_database_error_get_words (NULL, STRATA_DIALECT_SQLITE, &words));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/database/words/every-code", test_every_code);
  g_test_add_func ("/database/words/files-have-their-own", test_files_have_their_own);
  g_test_add_func ("/database/words/other-errors", test_other_errors);

  return g_test_run ();
}
