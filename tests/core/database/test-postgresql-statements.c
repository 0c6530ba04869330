/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "postgresql-fixture.h"

static void
test_parameters (void)
{
  const char *params[] = { "ein Ž", NULL, "7" };
  g_autoptr(StrataConnection) connection = open_as (FALSE, NULL);
  g_autoptr(StrataRows) rows = strata_connection_query (connection, "SELECT $1::text AS a, $2::text AS b, $3::int + 1 AS c",
                                                        params, 3, NULL, NULL);

  g_assert_cmpstr (strata_rows_get (rows, 0, 0), ==, "ein Ž");
  g_assert_null (strata_rows_get (rows, 0, 1));
  g_assert_cmpint (strata_rows_get_int (rows, 0, 2), ==, 8);
  g_assert_cmpstr (strata_rows_get_name (rows, 2), ==, "c");
}

static void
test_counts (void)
{
  const struct { const char *sql; gint64 affected; } cases[] = {
    { "CREATE TEMP TABLE t (x int)", -1 },
    { "INSERT INTO t VALUES (1), (2), (3)", 3 },
    { "UPDATE t SET x = 9 WHERE x > 10", 0 },
    { "SELECT 1", -1 },
    { "DELETE FROM t", 3 },
    { "-- nothing", -1 },
    { "", -1 },
  };
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);

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
test_error_fields (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = fail (connection, "SELECT 'ž', nowhere FROM pg_catalog.pg_class", NULL);
  g_autoptr(GError) unique = NULL;
  const StrataServerMessage *message = strata_database_error_get_message (error);

  assert_code (error, STATEMENT);
  g_assert_cmpstr (message->sqlstate, ==, "42703");
  g_assert_cmpstr (message->message, ==, "column \"nowhere\" does not exist");
  g_assert_cmpuint (message->position, ==, 13);

  execute (connection, "CREATE TEMP TABLE u (x int PRIMARY KEY); INSERT INTO u VALUES (1)");
  unique = fail (connection, "INSERT INTO u VALUES (1)", NULL);
  g_assert_cmpstr (strata_database_error_get_message (unique)->detail, ==, "Key (x)=(1) already exists.");
}

static void
note (const char *severity,
      const char *message,
      gpointer    data)
{
  g_string_append_printf (data, "%s: %s\n", severity, message);
}

static void
test_notices (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GString) notices = g_string_new (NULL);

  strata_connection_set_notice_func (connection, note, notices);
  execute (connection, "DROP TABLE IF EXISTS never_there");
  execute (connection, "DO $$ BEGIN RAISE WARNING 'see postgresql://ana:hunter2@db/x'; END $$");
  g_assert_cmpstr (notices->str, ==, "NOTICE: table \"never_there\" does not exist, skipping\n"
                   "WARNING: see postgresql://ana:***@db/x\n");
  strata_connection_set_notice_func (connection, NULL, NULL);
}

static void
test_statement_timeout (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = NULL;

  strata_connection_set_timeouts (connection, (StrataTimeouts) { -1, 50 }, NULL);
  error = fail (connection, "SELECT pg_sleep(30)", NULL);
  assert_code (error, STATEMENT_TIMEOUT);
}

static void
test_batch (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(StrataRows) rows = NULL;
  const char *params[] = { "5" };
  StrataBatchItem items[] = {
    { .sql = "BEGIN", .length = -1 },
    { .sql = "CREATE TABLE batch (x int) and more", .length = strlen ("CREATE TABLE batch (x int)") },
    { .sql = "INSERT INTO batch VALUES ($1::int), (6) RETURNING x", .length = -1, .params = params, .n_params = 1,
      .rows = &rows },
    { .sql = "COMMIT", .length = -1 },
    { .sql = "BEGIN", .length = -1 },
    { .sql = "UPDATE batch SET x = 0 WHERE x = 7", .length = -1 },
  };
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strata_connection_execute_batch (connection, items, G_N_ELEMENTS (items), NULL, &error), ==, 6);
  g_assert_no_error (error);
  g_assert_cmpint (items[1].affected, ==, -1);
  g_assert_cmpint (items[2].affected, ==, 2);
  g_assert_cmpint (items[5].affected, ==, 0);
  g_assert_cmpstr (strata_rows_get (rows, 1, 0), ==, "6");
  g_assert_true (strata_connection_in_transaction (connection));
  strata_connection_rollback (connection);
  execute (connection, "DROP TABLE batch");
}

static void
test_batch_fails (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(StrataRows) rows = NULL;
  StrataBatchItem items[] = {
    { .sql = "BEGIN", .length = -1 },
    { .sql = "SELECT 1", .length = -1, .rows = &rows },
    { .sql = "SELECT žž", .length = -1 },
    { .sql = "SELECT 1", .length = -1 },
    { .sql = "COMMIT", .length = -1 },
  };
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strata_connection_execute_batch (connection, items, G_N_ELEMENTS (items), NULL, &error), ==, 2);
  assert_code (error, STATEMENT);
  g_assert_cmpuint (strata_database_error_get_message (error)->position, ==, 8);
  g_assert_nonnull (rows);
  g_assert_true (strata_connection_in_transaction (connection));
  strata_connection_rollback (connection);
  execute (connection, "SELECT 1");
}

static void
test_long_statement (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autofree char *filler = g_strnfill (8 * 1024 * 1024, 'x');
  g_autofree char *sql = g_strconcat ("SELECT length ('", filler, "')", NULL);
  g_autofree char *length = ask (connection, sql);

  g_assert_cmpstr (length, ==, "8388608");
}

static void
test_copy_is_refused (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) in = NULL;
  g_autoptr(GError) out = NULL;

  execute (connection, "CREATE TEMP TABLE c (x int)");
  in = fail (connection, "COPY c FROM STDIN", NULL);
  execute (connection, "SELECT 1");
  strata_connection_execute (connection, "COPY (SELECT generate_series (1, 100000)) TO STDOUT", -1, NULL, 0, NULL, NULL, &out);
  execute (connection, "SELECT 1");
}

static void
test_alone (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);

  execute (connection, "CREATE TABLE alone (x int)");
  execute (connection, "CREATE INDEX CONCURRENTLY alone_x ON alone (x)");
  execute (connection, "VACUUM alone");
  execute (connection, "DROP TABLE alone");
}

static void
test_server_killed (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) again = NULL;

  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  test_server_command (server, "crash");
  error = fail (connection, "SELECT 1", NULL);
  assert_code (error, LOST);
  again = fail (connection, "SELECT 1", NULL);
  assert_code (again, LOST);
  g_assert_false (strata_connection_in_transaction (connection));
  strata_connection_rollback (connection);
  test_server_command (server, "start");
}

static gpointer
terminate_soon (gpointer data)
{
  g_autoptr(StrataConnection) other = NULL;

  g_usleep (200 * 1000);
  other = open_as (TRUE, NULL);
  execute (other, data);

  return NULL;
}

static void
test_backend_terminated (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autofree char *pid = ask (connection, "SELECT pg_backend_pid()");
  g_autofree char *sql = g_strdup_printf ("SELECT pg_terminate_backend(%s)", pid);
  g_autoptr(GThread) thread = g_thread_new ("terminate", terminate_soon, sql);
  g_autoptr(GError) error = fail (connection, "SELECT pg_sleep(30)", NULL);

  assert_code (error, LOST);
  assert_says (error, "administrator");
  g_thread_join (g_steal_pointer (&thread));
}

static void
test_cancelled_by_another (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autofree char *pid = ask (connection, "SELECT pg_backend_pid()");
  g_autofree char *sql = g_strdup_printf ("SELECT pg_cancel_backend(%s)", pid);
  g_autoptr(GThread) thread = g_thread_new ("cancel", terminate_soon, sql);
  g_autoptr(GError) error = fail (connection, "SELECT pg_sleep(30)", NULL);

  assert_code (error, STATEMENT);
  g_thread_join (g_steal_pointer (&thread));
}

static void
test_deadlock (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = fail (connection, "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$", NULL);

  assert_code (error, RETRY);
}

static void
test_find_table (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  gboolean found = TRUE;
  guint width = 7;

  g_assert_true (strata_connection_find_table (connection, NULL, "Vt", &found, &width, NULL));
  g_assert_false (found);
  execute (connection, "CREATE SCHEMA \"Odd\"");
  execute (connection, "CREATE TABLE \"Odd\".\"Vt\" (version_num VARCHAR(64))");
  g_assert_true (strata_connection_find_table (connection, NULL, "Vt", &found, &width, NULL));
  g_assert_false (found);
  g_assert_true (strata_connection_find_table (connection, "Odd", "Vt", &found, &width, NULL));
  g_assert_true (found);
  g_assert_cmpuint (width, ==, 64);
  execute (connection, "SET search_path = \"Odd\"");
  g_assert_true (strata_connection_find_table (connection, NULL, "Vt", &found, &width, NULL));
  g_assert_true (found);
  execute (connection, "DROP SCHEMA \"Odd\" CASCADE");
}

static void
test_is_empty (void)
{
  const char *except[] = { "alembic_version", NULL };
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) other = NULL;
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "empty");
  gboolean empty = FALSE;

  execute (connection, "CREATE DATABASE empty");
  other = open_url (url, TRUE, NULL);
  execute (other, "CREATE TABLE alembic_version (version_num VARCHAR(32))");
  g_assert_true (strata_connection_is_empty (other, except, &empty, NULL));
  g_assert_true (empty);
  /* A schema of a user's may begin with "pg" as long as no underscore follows. */
  execute (other, "CREATE SCHEMA pgx");
  execute (other, "CREATE TABLE pgx.t (x int)");
  g_assert_true (strata_connection_is_empty (other, except, &empty, NULL));
  g_assert_false (empty);
  g_clear_object (&other);
  execute (connection, "DROP DATABASE empty");
}

static void
test_invalid_indexes (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = NULL;
  g_auto(GStrv) names = NULL;

  execute (connection, "CREATE TABLE twice (x int)");
  execute (connection, "INSERT INTO twice VALUES (1), (1)");
  error = fail (connection, "CREATE UNIQUE INDEX CONCURRENTLY \"Twice\" ON twice (x)", NULL);
  names = strata_connection_dup_invalid_indexes (connection, NULL);
  g_assert_cmpuint (g_strv_length (names), ==, 1);
  g_assert_cmpstr (names[0], ==, "public.\"Twice\"");
  execute (connection, "DROP TABLE twice");
}

static void
test_commit_and_begin (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) other = open_as (TRUE, NULL);
  g_autoptr(StrataRows) rows = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *count = NULL;
  StrataBatchItem items[] = {
    { .sql = "LOCK TABLE chain IN SHARE ROW EXCLUSIVE MODE NOWAIT", .length = -1 },
    { .sql = "SELECT count (*) FROM chain", .length = -1, .rows = &rows },
  };
  StrataBatchItem wrong = { .sql = "INSERT INTO nowhere VALUES (1)", .length = -1 };
  StrataBatchItem last = { .sql = "INSERT INTO chain VALUES (5)", .length = -1 };
  gboolean committed = FALSE;

  execute (connection, "CREATE TABLE chain (x int UNIQUE DEFERRABLE INITIALLY DEFERRED)");
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  execute (connection, "INSERT INTO chain VALUES (1)");
  g_assert_cmpuint (strata_connection_commit_and_begin (connection, NULL, items, 2, &committed, NULL, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_true (committed);
  g_assert_true (strata_connection_in_transaction (connection));
  g_assert_cmpint (strata_rows_get_int (rows, 0, 0), ==, 1);

  /* What fails at the COMMIT is not committed, and nothing begins behind it. */
  execute (connection, "INSERT INTO chain VALUES (1)");
  g_assert_cmpuint (strata_connection_commit_and_begin (connection, NULL, items, 2, &committed, NULL, &error), ==, 0);
  assert_code (error, STATEMENT);
  g_assert_false (committed);
  g_assert_false (strata_connection_in_transaction (connection));

  /* What is in the way of the second leaves the first. */
  g_clear_error (&error);
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  execute (connection, "INSERT INTO chain VALUES (2)");
  g_assert_true (strata_connection_begin (other, TRUE, NULL, NULL));
  execute (other, "INSERT INTO chain VALUES (3)");
  g_assert_cmpuint (strata_connection_commit_and_begin (connection, NULL, items, 2, &committed, NULL, &error), ==, 0);
  assert_code (error, LOCKED);
  g_assert_true (committed);

  /* Nor is anything committed where its last statement fails. */
  strata_connection_rollback (other);
  strata_connection_rollback (connection);
  g_clear_error (&error);
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  execute (connection, "INSERT INTO chain VALUES (4)");
  g_assert_cmpuint (strata_connection_commit_and_begin (connection, &wrong, items, 2, &committed, NULL, &error), ==, 0);
  assert_code (error, STATEMENT);
  g_assert_false (committed);
  strata_connection_rollback (connection);

  g_clear_error (&error);
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  g_assert_cmpuint (strata_connection_commit_and_begin (connection, &last, items, 2, &committed, NULL, &error), ==, 2);
  g_assert_no_error (error);
  g_assert_true (committed);
  g_assert_cmpint (strata_rows_get_int (rows, 0, 0), ==, 3);
  strata_connection_rollback (connection);
  count = ask (connection, "SELECT count (*) FROM chain");
  g_assert_cmpstr (count, ==, "3");
  execute (connection, "DROP TABLE chain");
}

static const Case cases[] = {
  { "parameters", test_parameters },
  { "counts", test_counts },
  { "error-fields", test_error_fields },
  { "notices", test_notices },
  { "statement-timeout", test_statement_timeout },
  { "batch", test_batch },
  { "batch-fails", test_batch_fails },
  { "commit-and-begin", test_commit_and_begin },
  { "long-statement", test_long_statement },
  { "copy-is-refused", test_copy_is_refused },
  { "alone", test_alone },
  { "server-killed", test_server_killed },
  { "backend-terminated", test_backend_terminated },
  { "cancelled-by-another", test_cancelled_by_another },
  { "deadlock", test_deadlock },
  { "find-table", test_find_table },
  { "is-empty", test_is_empty },
  { "invalid-indexes", test_invalid_indexes },
};

int
main (int   argc,
      char *argv[])
{
  return run_cases (argc, argv, "statements", cases, G_N_ELEMENTS (cases));
}
