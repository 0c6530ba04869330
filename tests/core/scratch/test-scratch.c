/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/scratch/scratch.h"

static StrataScratch *
open_scratch (void)
{
  g_autoptr(GError) error = NULL;
  StrataScratch *scratch = strata_scratch_open (STRATA_DIALECT_SQLITE, NULL, NULL, NULL, &error);

  g_assert_no_error (error);

  return scratch;
}

static gboolean
load (StrataScratch  *scratch,
      const char     *sql,
      GError        **error)
{
  return strata_scratch_load (scratch, "x.sql", sql, strlen (sql), NULL, error);
}

static char *
ask (StrataConnection *connection,
     const char       *sql)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRows) rows = strata_connection_query (connection, sql, NULL, 0, NULL, &error);

  g_assert_no_error (error);

  return g_strdup (strata_rows_get (rows, 0, 0));
}

static void
test_load (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autofree char *path = g_strdup (strata_url_get_database (strata_scratch_get_url (scratch)));
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr(GError) error = NULL;
  g_autofree char *n = NULL;

  g_assert_true (load (scratch, "BEGIN; CREATE TABLE t (id int); INSERT INTO t VALUES (1), (2); COMMIT; VACUUM;", &error));
  g_assert_no_error (error);
  n = ask (strata_scratch_get_connection (scratch), "SELECT count (*) FROM t");
  g_assert_cmpstr (n, ==, "2");

  g_clear_pointer (&scratch, strata_scratch_free);
  g_assert_false (g_file_test (folder, G_FILE_TEST_EXISTS));
}

/* By its URL others of us see the same. */
static void
test_url (void)
{
  const StrataConnectOptions options = { .application_name = "test" };
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(StrataConnection) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *n = NULL;

  g_assert_true (load (scratch, "CREATE TABLE t (id int)", &error));
  other = strata_connection_open (strata_scratch_get_url (scratch), &options, NULL, &error);
  g_assert_no_error (error);
  n = ask (other, "SELECT count (*) FROM sqlite_schema");
  g_assert_cmpstr (n, ==, "1");
}

static void
test_refuses (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(GError) error = NULL;
  g_autofree char *n = NULL;

  g_assert_false (load (scratch, "CREATE TABLE t (id int);\nATTACH 'x' AS y;", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_nonnull (strstr (error->message, "x.sql:2:1: "));
  n = ask (strata_scratch_get_connection (scratch), "SELECT count (*) FROM sqlite_schema");
  g_assert_cmpstr (n, ==, "0");

  g_clear_error (&error);
  g_assert_false (strata_connection_execute (strata_scratch_get_connection (scratch), "ATTACH 'x' AS y", -1, NULL, 0, NULL,
                                             NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED);
}

/* What no rule sees, SQLite itself refuses. */
static void
test_confined (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  StrataConnection *connection = strata_scratch_get_connection (scratch);
  static const char * const refused[] = { "ATTACH 'x' AS y", "SELECT load_extension('x')", "VACUUM INTO 'x'",
                                          "PRAGMA hard_heap_limit = 1" };

  strata_connection_set_refuse_func (connection, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    {
      g_autoptr(GError) error = NULL;

      g_assert_false (strata_connection_execute (connection, refused[i], -1, NULL, 0, NULL, NULL, &error));
      g_assert_nonnull (strstr (error->message, "authoriz"));
    }
}

static void
test_words (void)
{
  g_autoptr(StrataScratch) scratch = open_scratch ();
  g_autoptr(GError) error = NULL;

  g_assert_false (load (scratch, "CREATE TABLE t (id int);\n\nINSERT INTO\n  u VALUES (1)", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  g_assert_nonnull (strstr (error->message, "x.sql:3:1: "));
  g_assert_nonnull (strstr (error->message, "no such table: u"));

  g_clear_error (&error);
  g_assert_false (load (scratch, "BEGIN; CREATE TABLE v (id int); COMMIT;\n BEGIN; SELECT 1", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
  g_assert_cmpstr (error->message, ==, "x.sql:2:2: A transaction that begins here never ends");
}

static void
test_no_server (void)
{
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_scratch_open (STRATA_DIALECT_MYSQL, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
}

/* A run that was killed held its lock no longer; one that goes on does. */
static void
test_left (void)
{
  g_autofree char *left = g_dir_make_tmp ("strata-scratch-XXXXXX", NULL);
  g_autofree char *fresh = g_dir_make_tmp ("strata-scratch-XXXXXX", NULL);
  g_autofree char *lock = g_build_filename (left, "lock", NULL);
  g_autoptr(StrataScratch) running = open_scratch ();
  g_autoptr(StrataScratch) scratch = NULL;

  g_file_set_contents (lock, "", 0, NULL);
  scratch = open_scratch ();
  g_assert_false (g_file_test (left, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (fresh, G_FILE_TEST_EXISTS));
  g_assert_true (g_file_test (strata_url_get_database (strata_scratch_get_url (running)), G_FILE_TEST_EXISTS));
  g_rmdir (fresh);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/scratch/load", test_load);
  g_test_add_func ("/scratch/url", test_url);
  g_test_add_func ("/scratch/refuses", test_refuses);
  g_test_add_func ("/scratch/confined", test_confined);
  g_test_add_func ("/scratch/words", test_words);
  g_test_add_func ("/scratch/no-server", test_no_server);
  g_test_add_func ("/scratch/left", test_left);

  return g_test_run ();
}
