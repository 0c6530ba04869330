/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/database/connection-class.h"
#include "core/database/fake-connection.h"

static StrataConnection *
new_fake (void)
{
  return fake_connection_new ("postgresql://ana:hunter2@db/orders", STRATA_TRAIT_TRANSACTIONAL_DDL);
}

static void
test_forwards (void)
{
  g_autoptr(StrataConnection) connection = new_fake ();
  const char *params[] = { "a", NULL };
  g_autoptr(StrataRows) rows = NULL;
  gint64 affected = 0;

  fake_connection_expect (connection, "begin", (FakeAnswer) { 0 });
  fake_connection_expect (connection, "query SELECT $1, $2 [a, NULL]", (FakeAnswer) { .rows = "x|y\n1|NULL\n2|3" });
  fake_connection_expect (connection, "execute DROP []", (FakeAnswer) { .affected = 5 });
  fake_connection_expect (connection, "commit", (FakeAnswer) { 0 });

  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  g_assert_true (strata_connection_in_transaction (connection));
  rows = strata_connection_query (connection, "SELECT $1, $2", params, 2, NULL, NULL);
  g_assert_cmpuint (strata_rows_get_n_rows (rows), ==, 2);
  g_assert_cmpstr (strata_rows_get_name (rows, 1), ==, "y");
  g_assert_null (strata_rows_get (rows, 0, 1));
  g_assert_cmpint (strata_rows_get_int (rows, 1, 1), ==, 3);
  g_assert_true (strata_connection_execute (connection, "DROP TABLE", 4, NULL, 0, &affected, NULL, NULL));
  g_assert_cmpint (affected, ==, 5);
  g_assert_true (strata_connection_commit (connection, NULL));
  fake_connection_finish (connection);

  g_assert_cmpstr (strata_connection_get_server (connection), ==, "Fake 1.0");
  g_assert_cmpint (strata_connection_get_dialect (connection), ==, STRATA_DIALECT_POSTGRESQL);
  g_assert_finalize_object (g_steal_pointer (&connection));
}

static void
test_batch_stops (void)
{
  g_autoptr(StrataConnection) connection = new_fake ();
  StrataBatchItem items[] = { { .sql = "A", .length = -1 }, { .sql = "Bad", .length = 1 }, { .sql = "C", .length = -1 } };
  g_autoptr(GError) error = NULL;

  fake_connection_expect (connection, "begin", (FakeAnswer) { 0 });
  fake_connection_expect (connection, "execute A []", (FakeAnswer) { .affected = 2 });
  fake_connection_expect (connection, "execute B []", (FakeAnswer) {
    .message = "no", .code = STRATA_DATABASE_ERROR_LOCKED, .sqlstate = "55P03", .position = 7 });
  g_assert_cmpuint (strata_connection_begin_batch (connection, items, 3, NULL, &error), ==, 1);
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  g_assert_cmpstr (strata_database_error_get_message (error)->sqlstate, ==, "55P03");
  g_assert_cmpuint (strata_database_error_get_message (error)->position, ==, 7);
  g_assert_cmpint (items[0].affected, ==, 2);
  fake_connection_finish (connection);
}

/* What was cancelled before it began is never sent. */
static void
test_cancelled_before (void)
{
  g_autoptr(StrataConnection) connection = new_fake ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  StrataBatchItem item = { .sql = "A", .length = -1 };
  g_autoptr(GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_connection_query (connection, "SELECT 1", NULL, 0, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (strata_connection_execute (connection, "A", -1, NULL, 0, NULL, cancellable, NULL));
  g_assert_cmpuint (strata_connection_execute_batch (connection, &item, 1, cancellable, NULL), ==, 0);
  g_assert_cmpuint (strata_connection_begin_batch (connection, &item, 1, cancellable, NULL), ==, 0);
}

static gpointer
use_it (gpointer connection)
{
  g_assert_null (strata_connection_query (connection, "SELECT 1", NULL, 0, NULL, NULL));

  return NULL;
}

static void
test_one_thread (void)
{
  g_autoptr(StrataConnection) connection = new_fake ();

  g_test_expect_message ("Strata", G_LOG_LEVEL_CRITICAL, "*is_ours*");
  g_thread_join (g_thread_new ("other", use_it, connection));
  g_test_assert_expected_messages ();
}

static void
keep_notice (const char *severity,
             const char *message,
             gpointer    data)
{
  g_string_append_printf (data, "%s %s", severity, message);
}

static void
test_masks_notices (void)
{
  g_autoptr(StrataConnection) connection = new_fake ();
  g_autoptr(GString) notice = g_string_new (NULL);

  strata_connection_set_notice_func (connection, keep_notice, notice);
  strata_connection_notice (connection, "NOTICE", "it is hunter2");
  g_assert_cmpstr (notice->str, ==, "NOTICE it is ***");
}

static void
test_errors (void)
{
  const StrataServerMessage message = { .message = (char *) "a\xff", .hint = (char *) "try" };
  g_autoptr(GError) error = strata_database_error_new (STRATA_DATABASE_ERROR_LOST, &message, "it said %s", "b\xff");
  g_autoptr(GError) copy = g_error_copy (error);
  g_autoptr(GError) other = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "x");

  g_assert_true (g_utf8_validate (copy->message, -1, NULL));
  g_assert_true (g_utf8_validate (strata_database_error_get_message (copy)->message, -1, NULL));
  g_assert_cmpstr (strata_database_error_get_message (copy)->hint, ==, "try");
  g_assert_null (strata_database_error_get_message (other));
  g_assert_true (strata_database_error_is_connect (error));
  g_assert_false (strata_database_error_is_connect (other));
  g_assert_false (strata_database_error_is_connect (NULL));
}

static void
test_drivers (void)
{
  static const struct { const char *url; const char *words; } cases[] = {
    { "mysql://h/d", "MySQL" },
    { "mariadb://h/d", "MariaDB" },
    { "mssql://h/d", "SQL Server" },
  };
  const StrataConnectOptions options = { 0 };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataUrl) url = strata_url_parse (cases[i].url, NULL);
      g_autoptr(GError) error = NULL;

      g_assert_null (strata_connection_open (url, &options, NULL, &error));
      g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_NOT_SUPPORTED);
      g_assert_nonnull (strstr (error->message, cases[i].words));
      g_assert_nonnull (strstr (error->message, "later version"));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/database/connection/forwards", test_forwards);
  g_test_add_func ("/database/connection/batch-stops", test_batch_stops);
  g_test_add_func ("/database/connection/cancelled-before", test_cancelled_before);
  g_test_add_func ("/database/connection/one-thread", test_one_thread);
  g_test_add_func ("/database/connection/masks-notices", test_masks_notices);
  g_test_add_func ("/database/connection/errors", test_errors);
  g_test_add_func ("/database/connection/drivers", test_drivers);

  return g_test_run ();
}
