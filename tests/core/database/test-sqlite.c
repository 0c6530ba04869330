/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sqlite-fixture.h"

static void
test_reading_creates_nothing (Fixture       *fixture,
                              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = try_open (fixture, FALSE, &error);

  g_assert_null (connection);
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NO_DATABASE);
  g_assert_nonnull (strstr (error->message, fixture->path));
  g_assert_cmpuint (count_files (fixture), ==, 0);
}

static void
test_reading_wal_leaves_nothing (Fixture       *fixture,
                                 gconstpointer  data)
{
  g_autoptr(StrataConnection) writer = must_open (fixture, TRUE);
  g_autoptr(StrataConnection) reader = NULL;
  g_autoptr(GError) error = NULL;

  must_execute (writer, "PRAGMA journal_mode = WAL");
  must_execute (writer, "CREATE TABLE t (x)");
  g_clear_object (&writer);
  g_assert_cmpuint (count_files (fixture), ==, 1);

  reader = must_open (fixture, FALSE);
  g_assert_cmpint (must_ask (reader, "SELECT count (*) FROM t"), ==, 0);
  g_assert_false (strata_connection_execute (reader, "INSERT INTO t VALUES (1)", -1, NULL, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_READ_ONLY);

  writer = must_open (fixture, TRUE);
  must_execute (writer, "INSERT INTO t VALUES (1)");
  g_assert_cmpint (must_ask (reader, "SELECT count (*) FROM t"), ==, 1);
  g_clear_object (&reader);
  g_clear_object (&writer);
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

/* Where a file is not ours to write, nothing is made beside it. */
static void
test_reading_wal_of_another (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;

  must_execute (connection, "PRAGMA journal_mode = WAL");
  must_execute (connection, "CREATE TABLE t (x)");
  g_clear_object (&connection);

  if (!become_a_stranger (fixture))
    return;
  connection = must_open (fixture, FALSE);
  g_assert_cmpint (must_ask (connection, "SELECT count (*) FROM t"), ==, 0);
  g_assert_cmpuint (count_files (fixture), ==, 1);
  g_assert_true (strata_connection_get_traits (connection) & STRATA_TRAIT_READ_ONLY);
  g_clear_object (&connection);

  connection = try_open (fixture, TRUE, &error);
  g_assert_true (connection == NULL || strata_connection_get_traits (connection) & STRATA_TRAIT_READ_ONLY);
  if (connection != NULL)
    g_assert_false (strata_connection_take_run_lock (connection, NULL, "v", 0, NULL, NULL, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_READ_ONLY);
  become_oneself (fixture);
}

/* The same where the file may not be read, and where its folder does not even show whether it is there. */
static void
test_reading_what_is_barred (Fixture       *fixture,
                             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) unreadable = NULL;
  g_autoptr(GError) hidden = NULL;

  g_clear_object (&connection);
  if (!become_a_stranger (fixture))
    return;
  g_assert_cmpint (seteuid (getuid ()), ==, 0);
  g_chmod (fixture->path, 0);
  g_assert_true (geteuid () != 0 || seteuid (65534) == 0);
  g_assert_null (try_open (fixture, FALSE, &unreadable));

  g_assert_cmpint (seteuid (getuid ()), ==, 0);
  g_chmod (fixture->folder, 0);
  g_assert_true (geteuid () != 0 || seteuid (65534) == 0);
  g_assert_null (try_open (fixture, TRUE, &hidden));

  become_oneself (fixture);
  g_assert_error (unreadable, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (unreadable->message, "not allowed to read"));
  g_assert_error (hidden, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NO_ACCESS);
  g_assert_nonnull (strstr (hidden->message, "folder"));
}

static void
test_reader_cannot_write (Fixture       *fixture,
                          gconstpointer  data)
{
  g_autoptr(StrataConnection) writer = must_open (fixture, TRUE);
  g_autoptr(StrataConnection) reader = NULL;
  g_autoptr(GError) error = NULL;

  must_execute (writer, "CREATE TABLE t (x)");
  reader = must_open (fixture, FALSE);
  g_assert_false (strata_connection_execute (reader, "INSERT INTO t VALUES (1)", -1, NULL, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_READ_ONLY);
}

static void
test_parameters_by_number (Fixture       *fixture,
                           gconstpointer  data)
{
  const char *params[] = { "one", NULL, "three" };
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(StrataRows) rows = strata_connection_query (connection, "SELECT $3 AS c, $1 AS a, $2 AS b", params, 3,
                                                        NULL, NULL);

  g_assert_cmpuint (strata_rows_get_n_rows (rows), ==, 1);
  g_assert_cmpuint (strata_rows_get_n_columns (rows), ==, 3);
  g_assert_cmpstr (strata_rows_get_name (rows, 1), ==, "a");
  g_assert_cmpstr (strata_rows_get (rows, 0, 0), ==, "three");
  g_assert_cmpstr (strata_rows_get (rows, 0, 1), ==, "one");
  g_assert_null (strata_rows_get (rows, 0, 2));
}

static void
test_counts_changes (Fixture       *fixture,
                     gconstpointer  data)
{
  const struct { const char *sql; gint64 affected; } cases[] = {
    { "CREATE TABLE t (x)", -1 },
    { "INSERT INTO t VALUES (1), (2), (3)", 3 },
    { "CREATE INDEX i ON t (x)", -1 },
    { "UPDATE t SET x = 9 WHERE x > 1", 2 },
    { "UPDATE t SET x = 9 WHERE x > 10", 0 },
    { "DELETE FROM t", 3 },
  };
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GError) error = NULL;
      gint64 affected = 77;

      strata_connection_execute (connection, cases[i].sql, -1, NULL, 0, &affected, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (affected, ==, cases[i].affected);
    }
}

static void
test_error_has_position (Fixture       *fixture,
                         gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;
  const StrataServerMessage *message;

  g_assert_false (strata_connection_execute (connection, "SELECT 'ž', nowhere", -1, NULL, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT);
  message = strata_database_error_get_message (error);
  g_assert_cmpstr (message->message, ==, "no such column: nowhere");
  g_assert_cmpstr (message->sqlstate, ==, "SQLITE_ERROR");
  g_assert_cmpuint (message->position, ==, 13);
}

static void
test_batch_stops (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autoptr(StrataRows) rows = NULL;
  StrataBatchItem items[] = {
    { .sql = "CREATE TABLE t (x)", .length = -1 },
    { .sql = "INSERT INTO t VALUES (5) RETURNING x", .length = -1, .rows = &rows },
    { .sql = "INSERT INTO missing VALUES (1)", .length = -1 },
    { .sql = "DELETE FROM t", .length = -1 },
  };
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strata_connection_execute_batch (connection, items, G_N_ELEMENTS (items), NULL, &error), ==, 2);
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT);
  g_assert_cmpint (items[1].affected, ==, 1);
  g_assert_cmpint (strata_rows_get_int (rows, 0, 0), ==, 5);
}

static void
test_begin_batch (Fixture       *fixture,
                  gconstpointer  data)
{
  StrataBatchItem items[] = {
    { .sql = "CREATE TABLE t (x)", .length = -1 },
    { .sql = "INSERT INTO t VALUES (5)", .length = -1 },
  };
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_auto(GStrv) invalid = strata_connection_dup_invalid_indexes (connection, NULL);
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strata_connection_begin_batch (connection, items, G_N_ELEMENTS (items), NULL, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_true (strata_connection_lock_table (connection, NULL, "t", NULL, NULL));
  g_assert_true (strata_connection_in_transaction (connection));
  strata_connection_rollback (connection);
  g_assert_cmpint (must_ask (connection, "SELECT count (*) FROM sqlite_schema"), ==, 0);
  g_assert_cmpuint (g_strv_length (invalid), ==, 0);
}

static void
test_locked_names_nobody_in_particular (Fixture       *fixture,
                                        gconstpointer  data)
{
  g_autoptr(StrataConnection) first = must_open (fixture, TRUE);
  g_autoptr(StrataConnection) second = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_connection_begin (first, TRUE, NULL, NULL));
  strata_connection_set_timeouts (second, (StrataTimeouts) { 30, -1 }, NULL);
  g_assert_false (strata_connection_begin (second, TRUE, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  g_assert_nonnull (strstr (error->message, "another program has"));

  strata_connection_rollback (first);
  g_clear_error (&error);
  g_assert_true (strata_connection_begin (second, TRUE, NULL, &error));
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (30 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static const char endless[] = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count (*) FROM n";

static void
test_cancel (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  g_assert_false (strata_connection_execute (connection, endless, -1, NULL, 0, NULL, cancellable, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CANCELLED);
  g_thread_join (thread);
  must_execute (connection, "SELECT 1");
}

static void
test_statement_timeout (Fixture       *fixture,
                        gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;

  strata_connection_set_timeouts (connection, (StrataTimeouts) { -1, 20 }, NULL);
  g_assert_false (strata_connection_execute (connection, endless, -1, NULL, 0, NULL, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_STATEMENT_TIMEOUT);
}

static void
remember_holder (const char *holder,
                 gpointer    data)
{
  char **seen = data;

  g_free (*seen);
  *seen = g_strdup (holder);
}

static void
test_run_lock (Fixture       *fixture,
               gconstpointer  data)
{
  g_autoptr(StrataConnection) first = must_open (fixture, TRUE);
  g_autoptr(StrataConnection) second = must_open (fixture, TRUE);
  g_autofree char *holder = NULL;
  g_autofree char *seen = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_connection_dup_run_holder (second, NULL, "alembic_version"));
  g_assert_true (strata_connection_take_run_lock (first, NULL, "alembic_version", 0, NULL, NULL, NULL, NULL));
  holder = strata_connection_dup_run_holder (second, NULL, "alembic_version");
  g_assert_true (g_str_has_prefix (holder, "pid ") && strstr (holder, ", test, ") != NULL);
  g_assert_false (strata_connection_take_run_lock (second, NULL, "alembic_version", 60, remember_holder, &seen, NULL,
                                                   &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  g_assert_true (g_str_has_prefix (seen, "pid ") && strstr (seen, ", test, ") != NULL);

  strata_connection_drop_run_lock (first);
  g_assert_null (strata_connection_dup_run_holder (second, NULL, "alembic_version"));
  g_clear_error (&error);
  g_assert_true (strata_connection_take_run_lock (second, NULL, "alembic_version", 0, NULL, NULL, NULL, &error));
  strata_connection_drop_run_lock (second);
  /* Nothing is left beside the database. */
  g_assert_cmpuint (count_files (fixture), ==, 1);
}

static void
test_not_a_database (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (g_file_set_contents (fixture->path, "this is a text, and long enough to be looked at", -1, NULL));
  connection = try_open (fixture, FALSE, &error);
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NOT_A_DATABASE);
}

static void
test_looks_for_tables (Fixture       *fixture,
                       gconstpointer  data)
{
  const char *except[] = { "alembic_version", NULL };
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  gboolean answer = FALSE;
  guint width = 9;

  must_execute (connection, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)");
  g_assert_true (strata_connection_find_table (connection, NULL, "Alembic_Version", &answer, &width, NULL));
  g_assert_true (answer);
  g_assert_cmpuint (width, ==, 0);
  g_assert_true (strata_connection_is_empty (connection, except, &answer, NULL));
  g_assert_true (answer);

  must_execute (connection, "CREATE TABLE users (id INTEGER)");
  g_assert_true (strata_connection_is_empty (connection, except, &answer, NULL));
  g_assert_false (answer);
}

static void
test_reset_session (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(StrataRows) before = NULL;
  g_autoptr(StrataRows) after = NULL;
  g_autoptr(GError) error = NULL;

  must_execute (connection, "PRAGMA foreign_keys = on");
  before = strata_connection_query (connection, "PRAGMA foreign_keys", NULL, 0, NULL, NULL);
  g_assert_cmpint (strata_rows_get_int (before, 0, 0), ==, 1);

  strata_connection_reset_session (connection, &error);
  g_assert_no_error (error);
  after = strata_connection_query (connection, "PRAGMA foreign_keys", NULL, 0, NULL, NULL);
  g_assert_cmpint (strata_rows_get_int (after, 0, 0), ==, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("reading-creates-nothing", test_reading_creates_nothing);
  ADD ("reading-wal-leaves-nothing", test_reading_wal_leaves_nothing);
  ADD ("reading-wal-of-another", test_reading_wal_of_another);
  ADD ("reading-what-is-barred", test_reading_what_is_barred);
  ADD ("reader-cannot-write", test_reader_cannot_write);
  ADD ("parameters-by-number", test_parameters_by_number);
  ADD ("counts-changes", test_counts_changes);
  ADD ("error-has-position", test_error_has_position);
  ADD ("batch-stops", test_batch_stops);
  ADD ("begin-batch", test_begin_batch);
  ADD ("reset-session", test_reset_session);
  ADD ("locked", test_locked_names_nobody_in_particular);
  ADD ("cancel", test_cancel);
  ADD ("statement-timeout", test_statement_timeout);
  ADD ("run-lock", test_run_lock);
  ADD ("not-a-database", test_not_a_database);
  ADD ("looks-for-tables", test_looks_for_tables);

  return g_test_run ();
}
