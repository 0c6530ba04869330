/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "postgresql-fixture.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static void
test_lock_timeout (void)
{
  g_autoptr(StrataConnection) holder = open_as (TRUE, "psql");
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = NULL;
  g_autofree char *blocker = NULL;

  execute (holder, "CREATE TABLE held (x int)");
  g_assert_true (strata_connection_begin (holder, TRUE, NULL, NULL));
  g_assert_true (strata_connection_lock_table (holder, NULL, "held", NULL, NULL));
  strata_connection_set_timeouts (connection, (StrataTimeouts) { 300, -1 }, NULL);
  error = fail (connection, "ALTER TABLE held ADD y int", NULL);
  assert_code (error, LOCKED);
  assert_says (error, "lock timeout");
  assert_says (error, "blocked by pid");
  assert_says (error, "psql");
  blocker = strata_connection_dup_blocker (connection);
  g_assert_nonnull (strstr (blocker, "LOCK TABLE"));

  strata_connection_rollback (holder);
  execute (holder, "DROP TABLE held");
}

static void
test_cancel (void)
{
  g_autoptr(StrataConnection) holder = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  const char *statements[] = { "SELECT pg_sleep(30)", "LOCK TABLE held2" };

  execute (holder, "CREATE TABLE held2 (x int)");
  g_assert_true (strata_connection_begin (holder, TRUE, NULL, NULL));
  g_assert_true (strata_connection_lock_table (holder, NULL, "held2", NULL, NULL));

  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      g_autoptr(GCancellable) cancellable = g_cancellable_new ();
      g_autoptr(GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);
      gint64 begin = g_get_monotonic_time ();
      g_autoptr(GError) error = NULL;

      g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
      error = fail (connection, statements[i], cancellable);
      assert_code (error, CANCELLED);
      g_assert_cmpint (g_get_monotonic_time () - begin, <, 1300 * 1000);
      g_thread_join (g_steal_pointer (&thread));
      strata_connection_rollback (connection);
      g_assert_false (strata_connection_in_transaction (connection));
      execute (connection, "SELECT 1");
    }

  strata_connection_rollback (holder);
  execute (holder, "DROP TABLE held2");
}

static void
test_cancel_batch (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);
  StrataBatchItem items[] = {
    { .sql = "BEGIN", .length = -1 },
    { .sql = "SELECT pg_sleep(30)", .length = -1 },
    { .sql = "SELECT pg_sleep(30)", .length = -1 },
    { .sql = "COMMIT", .length = -1 },
  };
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (strata_connection_execute_batch (connection, items, G_N_ELEMENTS (items), cancellable, &error), ==, 1);
  assert_code (error, CANCELLED);
  g_thread_join (g_steal_pointer (&thread));
  strata_connection_rollback (connection);
  execute (connection, "SELECT 1");
}

static void
keep_holder (const char *holder,
             gpointer    data)
{
  char **kept = data;

  g_free (*kept);
  *kept = g_strdup (holder);
}

static void
test_run_lock (void)
{
  g_autoptr(StrataConnection) first = open_as (TRUE, "strata 0.1.0 upgrade");
  g_autoptr(StrataConnection) second = open_as (TRUE, "strata 0.1.0 stamp");
  g_autofree char *holder = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_connection_take_run_lock (first, NULL, "alembic_version", 0, NULL, NULL, NULL, NULL));
  g_assert_false (strata_connection_take_run_lock (second, "public", "alembic_version", 300, keep_holder, &holder, NULL,
                                                   &error));
  assert_code (error, LOCKED);
  assert_says (error, "strata 0.1.0 upgrade");
  g_assert_nonnull (holder);
  g_assert_nonnull (strstr (holder, "strata 0.1.0 upgrade"));
  g_test_message ("%s", holder);
  g_free (holder);
  holder = strata_connection_dup_run_holder (second, NULL, "alembic_version");
  g_assert_nonnull (strstr (holder, "strata 0.1.0 upgrade"));
  g_assert_nonnull (strstr (holder, ", since "));
  g_assert_null (strata_connection_dup_run_holder (second, "public", "other"));

  /* Another version table is another lock. */
  g_clear_error (&error);
  g_assert_true (strata_connection_take_run_lock (second, "public", "other", 0, NULL, NULL, NULL, &error));
  strata_connection_drop_run_lock (second);

  /* Dies with the connection. */
  g_clear_object (&first);
  g_assert_true (strata_connection_take_run_lock (second, NULL, "alembic_version", 1000, NULL, NULL, NULL, &error));
}

static void
test_cancel_run_lock (void)
{
  g_autoptr(StrataConnection) first = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) second = open_as (TRUE, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GThread) thread = g_thread_new ("cancel", cancel_soon, cancellable);
  g_autoptr(GError) error = NULL;

  g_assert_true (strata_connection_take_run_lock (first, NULL, "v", 0, NULL, NULL, NULL, NULL));
  g_assert_false (strata_connection_take_run_lock (second, NULL, "v", -1, NULL, NULL, cancellable, &error));
  g_assert_true (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
                 || g_error_matches (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CANCELLED));
  g_thread_join (g_steal_pointer (&thread));
}

/* Killed in the middle of a statement, when nothing on the server looks at the connection by itself. */
static void
test_killed_holder (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GError) error = NULL;
  char ready = '\0';
  int fds[2];
  pid_t pid;

  if (strata_connection_get_version (connection) < 140000)
    {
      g_test_skip ("the server looks at its clients from PostgreSQL 14 on");
      return;
    }

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  if (pid == 0)
    {
      StrataConnection *holder = open_as (TRUE, NULL);

      g_assert_true (strata_connection_take_run_lock (holder, NULL, "v", 0, NULL, NULL, NULL, NULL));
      g_assert_cmpint (write (fds[1], "x", 1), ==, 1);
      execute (holder, "SELECT pg_sleep(60)");
      _exit (1);
    }

  g_assert_cmpint (read (fds[0], &ready, 1), ==, 1);
  kill (pid, SIGKILL);
  waitpid (pid, NULL, 0);
  close (fds[0]);
  close (fds[1]);
  g_assert_true (strata_connection_take_run_lock (connection, NULL, "v", 10000, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* A server that hangs: what became of the statement is then not known, and that is said. */
static void
test_cancel_unanswered (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autofree char *pid = ask (connection, "SELECT pg_backend_pid()");
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GThread) thread = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GError) again = NULL;

  g_assert_cmpint (kill (atoi (pid), SIGSTOP), ==, 0);
  thread = g_thread_new ("cancel", cancel_soon, cancellable);
  error = fail (connection, "SELECT 1", cancellable);
  kill (atoi (pid), SIGCONT);
  assert_code (error, LOST);
  assert_says (error, "did not answer");
  again = fail (connection, "SELECT 1", NULL);
  assert_code (again, LOST);
  g_thread_join (g_steal_pointer (&thread));
}

static void
end_wait (const char *blocker,
          gpointer    cancellable)
{
  g_assert_nonnull (strstr (blocker, "blocked by pid"));
  g_cancellable_cancel (cancellable);
}

static void
test_tells_who_blocks (void)
{
  g_autoptr(StrataConnection) holder = open_as (TRUE, NULL);
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  execute (holder, "CREATE TABLE held3 (x int)");
  g_assert_true (strata_connection_begin (holder, TRUE, NULL, NULL));
  g_assert_true (strata_connection_lock_table (holder, "public", "held3", NULL, NULL));
  strata_connection_set_blocked_func (connection, end_wait, cancellable);
  error = fail (connection, "ALTER TABLE held3 ADD y int", cancellable);
  assert_code (error, CANCELLED);
  strata_connection_rollback (holder);
  execute (holder, "DROP TABLE held3");
}

/* The key stands in docs/contracts.md, for whoever wants to take or see the lock by other means. */
static void
test_key (void)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, NULL);
  g_autofree char *found = NULL;

  g_assert_true (strata_connection_take_run_lock (connection, NULL, "alembic_version", 0, NULL, NULL, NULL, NULL));
  found = ask (connection, "SELECT count (*) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 1"
               " AND (classid::bigint << 32 | objid::bigint)"
               "     = ('x' || left (encode (sha256 ('strata:public.alembic_version'), 'hex'), 16))::bit (64)::bigint");
  g_assert_cmpstr (found, ==, "1");
}

static const Case cases[] = {
  { "lock-timeout", test_lock_timeout },
  { "cancel", test_cancel },
  { "cancel-batch", test_cancel_batch },
  { "run-lock", test_run_lock },
  { "cancel-run-lock", test_cancel_run_lock },
  { "killed-holder", test_killed_holder },
  { "cancel-unanswered", test_cancel_unanswered },
  { "tells-who-blocks", test_tells_who_blocks },
  { "key", test_key },
};

int
main (int   argc,
      char *argv[])
{
  return run_cases (argc, argv, "locks", cases, G_N_ELEMENTS (cases));
}
