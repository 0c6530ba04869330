/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "postgresql-fixture.h"

static TestServer *pooler;
static char *no_pooler;

static StrataConnection *
open_pooled (const StrataConnectOptions *options)
{
  g_autoptr(StrataUrl) url = test_server_dup_tcp_url (pooler, "anybody", NULL, "postgres");
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = strata_connection_open (url, options, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (strata_connection_get_traits (connection) & STRATA_TRAIT_POOLED);

  return connection;
}

/* Starts it in front of the server where that was not done yet. */
static gboolean
missing (void)
{
  const char *arguments[] = { test_server_get (server, "folder"), test_server_get (server, "port"), NULL };

  if (pooler == NULL && no_pooler == NULL)
    pooler = test_server_start ("pgbouncer", arguments, &no_pooler);
  if (pooler == NULL)
    g_test_skip (no_pooler);

  return pooler == NULL;
}

/* Every time, whoever else is there. */
static void
test_detected (void)
{
  const StrataConnectOptions options = { .writable = TRUE };

  if (missing ())
    return;

  for (guint i = 0; i < 10; i++)
    {
      g_autoptr(StrataConnection) first = open_pooled (&options);
      g_autoptr(StrataConnection) second = open_pooled (&options);

      execute (first, "SELECT 1");
      execute (second, "SELECT 1");
    }
}

/* Nothing of a reader's stays behind in a session that another gets next. */
static void
test_reader (void)
{
  const StrataConnectOptions reads = { .search_path = "pg_catalog" };
  const StrataConnectOptions writes = { .writable = TRUE };
  g_autoptr(StrataConnection) reader = NULL;
  g_autoptr(StrataConnection) writer = NULL;
  g_autoptr(GError) error = NULL;

  if (missing ())
    return;

  reader = open_pooled (&reads);
  writer = open_pooled (&writes);
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *its_path = ask (reader, "SHOW search_path");
      g_autofree char *path = ask (writer, "SHOW search_path");
      g_autofree char *read_only = ask (writer, "SHOW transaction_read_only");

      g_assert_cmpstr (its_path, ==, "pg_catalog");
      g_assert_cmpstr (path, ==, "\"$user\", public");
      g_assert_cmpstr (read_only, ==, "off");
    }

  error = fail (reader, "CREATE TABLE public.nothing (x int)", NULL);
  assert_code (error, READ_ONLY);
  g_assert_false (strata_connection_in_transaction (reader));
}

static void
test_timeouts (void)
{
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataConnection) first = NULL;
  g_autoptr(StrataConnection) second = NULL;
  g_autofree char *inside = NULL;
  g_autofree char *outside = NULL;

  if (missing ())
    return;

  first = open_pooled (&options);
  second = open_pooled (&options);
  strata_connection_set_timeouts (first, (StrataTimeouts) { 1234, 5678 }, NULL);
  g_assert_true (strata_connection_begin (first, TRUE, NULL, NULL));
  inside = ask (first, "SHOW lock_timeout");
  g_assert_cmpstr (inside, ==, "1234ms");
  g_assert_true (strata_connection_commit (first, NULL));
  outside = ask (second, "SHOW lock_timeout");
  g_assert_cmpstr (outside, ==, "0");
}

static void
test_run_lock (void)
{
  const StrataConnectOptions options = { .writable = TRUE, .application_name = "strata 0.1.0 upgrade" };
  g_autoptr(StrataConnection) first = NULL;
  g_autoptr(StrataConnection) second = NULL;
  g_autoptr(GError) error = NULL;

  if (missing ())
    return;

  first = open_pooled (&options);
  second = open_pooled (&options);
  g_assert_true (strata_connection_begin (first, TRUE, NULL, NULL));
  g_assert_true (strata_connection_take_run_lock (first, NULL, "v", 0, NULL, NULL, NULL, NULL));
  g_assert_true (strata_connection_begin (second, TRUE, NULL, NULL));
  g_assert_false (strata_connection_take_run_lock (second, NULL, "v", 50, NULL, NULL, NULL, &error));
  assert_code (error, LOCKED);
  assert_says (error, "strata 0.1.0 upgrade");
  strata_connection_rollback (second);

  /* It goes with the transaction. */
  g_assert_true (strata_connection_commit (first, NULL));
  g_clear_error (&error);
  g_assert_true (strata_connection_begin (second, TRUE, NULL, NULL));
  g_assert_true (strata_connection_take_run_lock (second, NULL, "v", 0, NULL, NULL, NULL, &error));
}

static void
test_batches (void)
{
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataRows) rows = NULL;
  g_autoptr(GError) error = NULL;
  StrataBatchItem items[] = {
    { .sql = "CREATE TABLE pooled (x int)", .length = -1 },
    { .sql = "INSERT INTO pooled VALUES (1), (2)", .length = -1 },
    { .sql = "SELECT count (*) FROM pooled", .length = -1, .rows = &rows },
    { .sql = "COMMIT", .length = -1 },
  };
  StrataBatchItem bad[] = { { .sql = "DROP TABLE pooled", .length = -1 }, { .sql = "SELECT 1 / 0", .length = -1 } };

  if (missing ())
    return;

  connection = open_pooled (&options);
  g_assert_cmpuint (strata_connection_begin_batch (connection, items, G_N_ELEMENTS (items), NULL, &error), ==, 4);
  g_assert_no_error (error);
  g_assert_cmpint (items[1].affected, ==, 2);
  g_assert_cmpint (strata_rows_get_int (rows, 0, 0), ==, 2);
  g_assert_false (strata_connection_in_transaction (connection));

  g_assert_cmpuint (strata_connection_begin_batch (connection, bad, G_N_ELEMENTS (bad), NULL, &error), ==, 1);
  assert_code (error, STATEMENT);
  strata_connection_rollback (connection);
  execute (connection, "DROP TABLE pooled");
}

static void
test_cancel (void)
{
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GThread) thread = NULL;
  g_autoptr(GError) error = NULL;

  if (missing ())
    return;

  connection = open_pooled (&options);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  error = fail (connection, "SELECT pg_sleep(30)", cancellable);
  assert_code (error, CANCELLED);
  g_thread_join (g_steal_pointer (&thread));
  strata_connection_rollback (connection);
  execute (connection, "SELECT 1");
}

static void
test_options_are_refused (void)
{
  const char *query[] = { "options", "-c search_path=x", NULL };
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;

  if (missing ())
    return;

  url = strata_url_new (&(StrataUrlParts) {
    .dialect = STRATA_DIALECT_POSTGRESQL, .user = "anybody", .host = "127.0.0.1", .database = "postgres", .query = query,
    .port = (guint) g_ascii_strtoull (test_server_get (pooler, "port"), NULL, 10) });
  g_assert_null (strata_connection_open (url, &options, NULL, &error));
  assert_code (error, NOT_SUPPORTED);
  assert_says (error, "pooler");
}

static void
test_no_database (void)
{
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = NULL;
  g_autoptr(GError) error = NULL;

  if (missing ())
    return;

  url = test_server_dup_tcp_url (pooler, "anybody", NULL, "nowhere");
  g_assert_null (strata_connection_open (url, &options, NULL, &error));
  assert_code (error, NO_DATABASE);
}

static const Case cases[] = {
  { "detected", test_detected },
  { "reader", test_reader },
  { "timeouts", test_timeouts },
  { "run-lock", test_run_lock },
  { "batches", test_batches },
  { "cancel", test_cancel },
  { "options-are-refused", test_options_are_refused },
  { "no-database", test_no_database },
};

int
main (int   argc,
      char *argv[])
{
  int status = run_cases (argc, argv, "pooled", cases, G_N_ELEMENTS (cases));

  g_clear_pointer (&pooler, test_server_free);
  g_free (no_pooler);

  return status;
}
