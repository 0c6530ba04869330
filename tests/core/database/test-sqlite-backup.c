/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sqlite-fixture.h"

#include "core/database/sqlite/backup.h"

static char *
copy_path (Fixture *fixture)
{
  return g_build_filename (fixture->folder, "copy.db", NULL);
}

static void
test_there_and_back (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *copy = copy_path (fixture);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(StrataConnection) reader = NULL;
  g_autoptr(GError) error = NULL;
  GStatBuf info;

  must_execute (connection, "CREATE TABLE t (x)");
  must_execute (connection, "INSERT INTO t VALUES (7)");
  reader = must_open (fixture, FALSE);
  strata_sqlite_backup (connection, copy, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (strata_connection_in_transaction (connection));
  g_assert_cmpint (g_stat (copy, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpuint (count_files (fixture), ==, 2);

  must_execute (connection, "DROP TABLE t");
  g_assert_cmpint (must_ask (reader, "SELECT count (*) FROM sqlite_schema"), ==, 0);
  strata_sqlite_restore (copy, fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (must_ask (connection, "SELECT x FROM t"), ==, 7);
  g_assert_cmpint (must_ask (reader, "SELECT x FROM t"), ==, 7);
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

/* A copy of a database in WAL mode is a single file all the same, and goes back into WAL mode. */
static void
test_wal (Fixture       *fixture,
          gconstpointer  data)
{
  g_autofree char *copy = copy_path (fixture);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(StrataRows) rows = NULL;
  g_autoptr(GError) error = NULL;

  must_execute (connection, "PRAGMA journal_mode = WAL");
  must_execute (connection, "CREATE TABLE t (x)");
  must_execute (connection, "INSERT INTO t VALUES (7)");
  strata_sqlite_backup (connection, copy, NULL, &error);
  g_assert_no_error (error);
  must_execute (connection, "DELETE FROM t");
  strata_sqlite_restore (copy, fixture->path, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (must_ask (connection, "SELECT x FROM t"), ==, 7);
  rows = strata_connection_query (connection, "PRAGMA journal_mode", NULL, 0, NULL, NULL);
  g_assert_cmpstr (strata_rows_get (rows, 0, 0), ==, "wal");
  g_clear_object (&connection);
  g_assert_cmpuint (count_files (fixture), ==, 2);
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autofree char *copy = copy_path (fixture);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  must_execute (connection, "CREATE TABLE t (x)");
  g_cancellable_cancel (cancellable);
  g_assert_false (strata_sqlite_backup (connection, copy, cancellable, &error));
  g_assert_nonnull (error);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_false (strata_connection_in_transaction (connection));
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

/* Over a database that another is writing to a restore waits, and can be cancelled; what is there stays. */
static void
test_writer_is_waited_for (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *copy = copy_path (fixture);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  GThread *thread;

  must_execute (connection, "CREATE TABLE t (x)");
  strata_sqlite_backup (connection, copy, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  must_execute (connection, "INSERT INTO t VALUES (1)");

  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_false (strata_sqlite_restore (copy, fixture->path, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_thread_join (thread);
  g_assert_true (strata_connection_commit (connection, NULL));
  g_assert_cmpint (must_ask (connection, "SELECT count (*) FROM t"), ==, 1);
}

static void
test_no_place (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;

  must_execute (connection, "CREATE TABLE t (x)");
  g_assert_false (strata_sqlite_backup (connection, "/nonexistent/copy.db", NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_false (strata_sqlite_restore ("/nonexistent/copy.db", fixture->path, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NO_DATABASE);
  g_assert_cmpint (must_ask (connection, "SELECT count (*) FROM t"), ==, 0);
}

static void
test_not_a_copy (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autofree char *copy = copy_path (fixture);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autofree char *text = g_strnfill (8192, 'x');
  g_autoptr(GError) error = NULL;

  must_execute (connection, "CREATE TABLE t (x)");
  g_assert_true (g_file_set_contents (copy, text, -1, NULL));
  g_assert_false (strata_sqlite_restore (copy, fixture->path, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NOT_A_DATABASE);
  g_assert_cmpint (must_ask (connection, "SELECT count (*) FROM t"), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("backup/there-and-back", test_there_and_back);
  ADD ("backup/wal", test_wal);
  ADD ("backup/cancelled", test_cancelled);
  ADD ("backup/writer-is-waited-for", test_writer_is_waited_for);
  ADD ("backup/no-place", test_no_place);
  ADD ("backup/not-a-copy", test_not_a_copy);

  return g_test_run ();
}
