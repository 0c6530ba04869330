/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "postgresql-fixture.h"

#include <glib/gstdio.h>

static GError *
refused (StrataUrl *url)
{
  const StrataConnectOptions options = { .connect_timeout_ms = 3000 };
  GError *error = NULL;

  g_assert_null (strata_connection_open (url, &options, NULL, &error));
  g_assert_nonnull (error);
  g_assert_true (strata_database_error_is_connect (error));
  g_assert_null (strstr (error->message, "LOCATION"));
  g_assert_null (strstr (error->message, "wr0ng"));
  g_test_message ("%s", error->message);

  return error;
}

static void
test_wrong_password (void)
{
  g_autoptr(StrataUrl) url = test_server_dup_tcp_url (server, "strata", "wr0ng", "postgres");
  g_autoptr(GError) error = refused (url);

  assert_code (error, AUTHENTICATION);
  assert_says (error, "password authentication failed");
  g_assert_cmpstr (strata_database_error_get_message (error)->sqlstate, ==, "28P01");
}

static void
test_no_password (void)
{
  g_autoptr(StrataUrl) url = test_server_dup_tcp_url (server, "strata", NULL, "postgres");
  g_autoptr(GError) error = refused (url);

  assert_code (error, AUTHENTICATION);
}

static void
test_right_password (void)
{
  g_autoptr(StrataUrl) url = test_server_dup_tcp_url (server, "strata", "secret", "postgres");
  g_autoptr(StrataConnection) connection = open_url (url, FALSE, NULL);

  /* The version, without the packager's. */
  g_assert_true (g_regex_match_simple ("^PostgreSQL 1[0-9.a-z]+$", strata_connection_get_server (connection), 0, 0));
  g_assert_cmpint (strata_connection_get_version (connection), >=, 130000);
  g_assert_cmpint (strata_connection_get_traits (connection), ==, STRATA_TRAIT_TRANSACTIONAL_DDL);
}

static void
test_no_such_role (void)
{
  g_autoptr(StrataUrl) url = test_server_dup_tcp_url (server, "nobody here", "wr0ng", "postgres");
  g_autoptr(GError) error = refused (url);

  assert_code (error, AUTHENTICATION);
}

static void
test_no_database (void)
{
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "nowhere");
  g_autoptr(GError) error = refused (url);

  assert_code (error, NO_DATABASE);
  assert_says (error, "nowhere");
}

static void
test_refused (void)
{
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_POSTGRESQL,
                                                                 .host = "127.0.0.1", .port = 1 });
  g_autoptr(GError) error = refused (url);

  assert_code (error, CONNECTION_REFUSED);
}

static void
test_no_socket (void)
{
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_POSTGRESQL,
                                                                 .host = "/nonexistent", .port = 1 });
  g_autoptr(GError) error = refused (url);

  assert_code (error, CONNECTION_REFUSED);
}

static void
test_no_host (void)
{
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_POSTGRESQL,
                                                                 .host = "host.invalid" });
  g_autoptr(GError) error = refused (url);

  assert_code (error, NO_HOST);
  assert_says (error, "host.invalid");
}

static void
test_no_tls (void)
{
  const char *query[] = { "sslmode", "require", NULL };
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) {
    .dialect = STRATA_DIALECT_POSTGRESQL, .user = "strata", .password = "secret", .host = "127.0.0.1",
    .port = (guint) g_ascii_strtoull (test_server_get (server, "port"), NULL, 10), .query = query });
  g_autoptr(GError) error = refused (url);

  assert_code (error, TLS);
}

static void
test_silence (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_POSTGRESQL,
                                                                 .host = "127.0.0.1", .port = port });
  const StrataConnectOptions options = { .connect_timeout_ms = 200 };
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_connection_open (url, &options, NULL, &error));
  assert_code (error, TIMEOUT);
}

/* The first host is silent: the second is asked all the same. */
static void
test_second_host (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autofree char *host = g_strconcat ("127.0.0.1,", test_server_get (server, "folder"), NULL);
  g_autofree char *ports = g_strdup_printf ("%u,%s", port, test_server_get (server, "port"));
  const char *query[] = { "port", ports, NULL };
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) {
    .dialect = STRATA_DIALECT_POSTGRESQL, .user = "strata", .host = host, .database = "postgres", .query = query });
  const StrataConnectOptions options = { .connect_timeout_ms = 300 };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = strata_connection_open (url, &options, NULL, &error);

  g_assert_no_error (error);
}

static void
test_cancel_connect (void)
{
  g_autoptr(GSocketListener) listener = g_socket_listener_new ();
  guint16 port = g_socket_listener_add_any_inet_port (listener, NULL, NULL);
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_POSTGRESQL,
                                                                 .host = "127.0.0.1", .port = port });
  const StrataConnectOptions options = { .connect_timeout_ms = 30000 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_connection_open (url, &options, cancellable, &error));
  g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                 || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CANCELLED));
  g_thread_join (g_steal_pointer (&thread));
}

static void
test_reader_cannot_write (void)
{
  g_autoptr(StrataConnection) connection = open_as (FALSE, "strata test");
  g_autoptr(GError) error = fail (connection, "CREATE TABLE nothing (x int)", NULL);
  g_autofree char *name = ask (connection, "SHOW application_name");

  assert_code (error, READ_ONLY);
  g_assert_cmpstr (name, ==, "strata test");
}

static void
test_no_driver (void)
{
  g_autoptr(StrataUrl) url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_MYSQL, .host = "db" });
  g_autoptr(GError) error = refused (url);

  assert_code (error, NOT_SUPPORTED);
  assert_says (error, "MySQL");
}

static void
test_role (void)
{
  StrataConnectOptions options = { .writable = TRUE, .role = "Some One", .search_path = "pg_catalog, \"$user\"" };
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) other = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *user = NULL;
  g_autofree char *path = NULL;

  other = strata_connection_open (url, &options, NULL, &error);
  assert_code (error, AUTHENTICATION);
  assert_says (error, "Some One");

  execute (connection, "CREATE ROLE \"Some One\"");
  g_clear_error (&error);
  other = strata_connection_open (url, &options, NULL, &error);
  g_assert_no_error (error);
  execute (other, "SET search_path = nowhere");
  execute (other, "RESET ROLE");
  g_assert_true (strata_connection_reset_session (other, &error));
  user = ask (other, "SELECT current_user");
  path = ask (other, "SHOW search_path");
  g_assert_cmpstr (user, ==, "Some One");
  g_assert_cmpstr (path, ==, "pg_catalog, \"$user\"");
  g_clear_object (&other);
  execute (connection, "DROP ROLE \"Some One\"");
}

/* Whoever may only read by default is not overruled. */
static void
test_read_only_server (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) other = NULL;
  g_autoptr(GError) error = NULL;

  execute (connection, "ALTER ROLE strata SET default_transaction_read_only = on");
  other = open_as (TRUE, NULL);
  g_assert_true (strata_connection_get_traits (other) & STRATA_TRAIT_READ_ONLY);
  g_assert_true (strata_connection_begin (other, TRUE, NULL, NULL));
  error = fail (other, "CREATE TABLE nothing (x int)", NULL);
  assert_code (error, READ_ONLY);
  execute (connection, "ALTER ROLE strata RESET default_transaction_read_only");
}

static void
test_other_strings (void)
{
  const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = NULL;

  execute (connection, "ALTER ROLE strata SET standard_conforming_strings = off");
  g_assert_null (strata_connection_open (url, &options, NULL, &error));
  assert_code (error, NOT_SUPPORTED);
  execute (connection, "ALTER ROLE strata RESET standard_conforming_strings");
}

/* A server that finds this file when it starts waits for a primary, and can be read meanwhile. */
static void
test_standby (void)
{
  g_autofree char *sign = g_build_filename (test_server_get (server, "folder"), "data", "standby.signal", NULL);
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  test_server_command (server, "stop");
  g_assert_true (g_file_set_contents (sign, "", 0, NULL));
  test_server_command (server, "start");
  connection = open_as (TRUE, NULL);
  g_assert_cmpint (strata_connection_get_traits (connection), ==,
                   STRATA_TRAIT_TRANSACTIONAL_DDL | STRATA_TRAIT_STANDBY | STRATA_TRAIT_READ_ONLY);
  error = fail (connection, "CREATE TABLE nothing (x int)", NULL);
  assert_code (error, READ_ONLY);

  test_server_command (server, "stop");
  g_assert_cmpint (g_remove (sign), ==, 0);
  test_server_command (server, "start");
}

static const Case cases[] = {
  { "wrong-password", test_wrong_password },
  { "no-password", test_no_password },
  { "right-password", test_right_password },
  { "no-such-role", test_no_such_role },
  { "no-database", test_no_database },
  { "refused", test_refused },
  { "no-socket", test_no_socket },
  { "no-host", test_no_host },
  { "no-tls", test_no_tls },
  { "silence", test_silence },
  { "second-host", test_second_host },
  { "cancel-connect", test_cancel_connect },
  { "reader-cannot-write", test_reader_cannot_write },
  { "no-driver", test_no_driver },
  { "role", test_role },
  { "read-only-server", test_read_only_server },
  { "other-strings", test_other_strings },
  { "standby", test_standby },
};

int
main (int   argc,
      char *argv[])
{
  return run_cases (argc, argv, "connect", cases, G_N_ELEMENTS (cases));
}
