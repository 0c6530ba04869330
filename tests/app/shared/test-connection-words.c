/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/shared/connection-words.h"
#include "app/support.h"

typedef struct
{
  StrataDatabaseError  code;
  const char          *server;   /* its words, or libpq's */
  const char          *title;
  const char          *detail;
  gboolean             is_login;
} WordsCase;

static const WordsCase cases[] = {
  { STRATA_DATABASE_ERROR_AUTHENTICATION,
    "connection to server at \"db1\", port 5432 failed: fe_sendauth: no password supplied",
    "The server wants a password", "None is stored for this user and database.", TRUE },
  { STRATA_DATABASE_ERROR_AUTHENTICATION,
    "connection to server at \"db1\", port 5432 failed: FATAL:  password authentication failed for user \"ana\"",
    "The server does not let this user in", "password authentication failed for user \"ana\"", TRUE },
  { STRATA_DATABASE_ERROR_AUTHENTICATION, "SSL is off", "The server does not let this user in", "In core’s words", TRUE },
  { STRATA_DATABASE_ERROR_AUTHENTICATION, NULL, "The server does not let this user in", "In core’s words", TRUE },
  { STRATA_DATABASE_ERROR_NO_DATABASE, "FATAL:  database \"shop\" does not exist", "There is no such database",
    "In core’s words", FALSE },
  { STRATA_DATABASE_ERROR_STATEMENT, NULL, "The database cannot be read", "In core’s words", FALSE },
};

static void
test_words (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StrataServerMessage server = { .message = (char *) cases[i].server };
      g_autoptr(GError) error = strata_database_error_new (cases[i].code, &server, "In core’s words");
      g_autofree char *detail = strata_connection_words_dup_detail (error);

      g_assert_cmpstr (strata_connection_words_get_title (error), ==, cases[i].title);
      g_assert_cmpstr (detail, ==, cases[i].detail);
      g_assert_cmpint (strata_connection_words_is_login (error), ==, cases[i].is_login);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/connection-words/all", test_words);

  return g_test_run ();
}
