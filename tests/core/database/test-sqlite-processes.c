/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "sqlite-fixture.h"

#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

/* Another process that does something with the database and then waits to be killed. */
static pid_t
start_other (Fixture *fixture,
             void   (*body) (Fixture *fixture))
{
  char ready = '\0';
  int fds[2];
  pid_t pid;

  g_assert_cmpint (pipe (fds), ==, 0);
  pid = fork ();
  g_assert_cmpint (pid, >=, 0);
  if (pid == 0)
    {
      /* Else a failing test would be waited for as long as its child holds the output open. */
      prctl (PR_SET_PDEATHSIG, SIGKILL);
      close (fds[0]);
      body (fixture);
      if (write (fds[1], "x", 1) == 1)
        pause ();
      _exit (1);
    }

  close (fds[1]);
  g_assert_cmpint (read (fds[0], &ready, 1), ==, 1);
  close (fds[0]);

  return pid;
}

static void
kill_other (pid_t pid)
{
  kill (pid, SIGKILL);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
}

static void
hold_transaction (Fixture *fixture)
{
  StrataConnection *connection = must_open (fixture, TRUE);

  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
}

static void
assert_says_pid (const char *text,
                 pid_t       pid)
{
  g_autofree char *wanted = g_strdup_printf ("pid %d", (int) pid);

  if (strstr (text, wanted) == NULL)
    g_error ("“%s” does not say “%s”", text, wanted);
}

static void
test_locked (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;
  pid_t pid;

  must_execute (connection, "CREATE TABLE t (x)");
  pid = start_other (fixture, hold_transaction);
  strata_connection_set_timeouts (connection, (StrataTimeouts) { 50, -1 }, NULL);
  g_assert_false (strata_connection_begin (connection, TRUE, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  if (g_file_test ("/proc/locks", G_FILE_TEST_EXISTS))
    {
      g_autofree char *blocker = strata_connection_dup_blocker (connection);

      assert_says_pid (error->message, pid);
      assert_says_pid (blocker, pid);
    }

  kill_other (pid);
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
}

static gpointer
cancel_soon (gpointer data)
{
  g_usleep (100 * 1000);
  g_cancellable_cancel (data);

  return NULL;
}

static void
test_cancel_while_locked (Fixture       *fixture,
                          gconstpointer  data)
{
  pid_t pid = start_other (fixture, hold_transaction);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  GThread *thread = g_thread_new ("cancel", cancel_soon, cancellable);

  strata_connection_set_timeouts (connection, (StrataTimeouts) { 0, -1 }, NULL);
  g_assert_false (strata_connection_begin (connection, TRUE, cancellable, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_CANCELLED);
  g_thread_join (thread);
  kill_other (pid);
}

static void
leave_journal (Fixture *fixture)
{
  StrataConnection *connection = must_open (fixture, TRUE);

  must_execute (connection, "CREATE TABLE t (x)");
  must_execute (connection, "PRAGMA cache_size = 5");
  g_assert_true (strata_connection_begin (connection, TRUE, NULL, NULL));
  must_execute (connection, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 2000) "
                "INSERT INTO t SELECT randomblob (1000) FROM n");
}

/* What a killed program left half done is rolled back by whoever reads next. */
static void
test_reading_after_a_kill (Fixture       *fixture,
                           gconstpointer  data)
{
  g_autofree char *journal = g_strconcat (fixture->path, "-journal", NULL);
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GError) error = NULL;

  kill_other (start_other (fixture, leave_journal));
  g_assert_true (g_file_test (journal, G_FILE_TEST_EXISTS));

  if (become_a_stranger (fixture))
    {
      connection = try_open (fixture, FALSE, &error);
      g_assert_null (connection);
      g_assert_nonnull (error);
    }
  become_oneself (fixture);

  connection = must_open (fixture, FALSE);
  g_assert_cmpint (must_ask (connection, "SELECT count (*) FROM t"), ==, 0);
  g_assert_false (g_file_test (journal, G_FILE_TEST_EXISTS));
}

static void
hold_run_lock (Fixture *fixture)
{
  StrataConnection *connection = must_open (fixture, TRUE);

  g_assert_true (strata_connection_take_run_lock (connection, NULL, "v", 0, NULL, NULL, NULL, NULL));
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
test_run_lock_dies_with_its_holder (Fixture       *fixture,
                                    gconstpointer  data)
{
  pid_t pid = start_other (fixture, hold_run_lock);
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autofree char *link = g_strconcat (fixture->path, ".link", NULL);
  Fixture by_link = { fixture->folder, link };
  g_autofree char *holder = NULL;
  g_autoptr(GError) error = NULL;

  /* Whichever name leads to it. */
  g_assert_cmpint (symlink (fixture->path, link), ==, 0);
  g_clear_object (&connection);
  connection = must_open (&by_link, TRUE);
  g_assert_false (strata_connection_take_run_lock (connection, NULL, "v", 20, keep_holder, &holder, NULL, &error));
  g_assert_error (error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED);
  assert_says_pid (error->message, pid);
  assert_says_pid (holder, pid);
  g_assert_nonnull (strstr (holder, ", since "));

  kill_other (pid);
  g_clear_error (&error);
  g_assert_true (strata_connection_take_run_lock (connection, NULL, "v", 1000, NULL, NULL, NULL, &error));
  g_assert_no_error (error);
}

/* Many take turns: never two at once, although each removes the file when it lets go. */
static gpointer
take_turns (gpointer data)
{
  static int inside;
  Fixture *fixture = data;
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);

  for (guint i = 0; i < 50; i++)
    {
      g_autoptr(GError) error = NULL;

      strata_connection_take_run_lock (connection, NULL, "v", -1, NULL, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (g_atomic_int_add (&inside, 1), ==, 0);
      g_thread_yield ();
      g_assert_cmpint (g_atomic_int_add (&inside, -1), ==, 1);
      strata_connection_drop_run_lock (connection);
    }

  return NULL;
}

static void
test_turns (Fixture       *fixture,
            gconstpointer  data)
{
  GThread *threads[4];

  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("turns", take_turns, fixture);
  for (guint i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);

  g_assert_cmpuint (count_files (fixture), ==, 1);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("processes/locked", test_locked);
  ADD ("processes/cancel-while-locked", test_cancel_while_locked);
  ADD ("processes/reading-after-a-kill", test_reading_after_a_kill);
  ADD ("processes/run-lock-dies-with-its-holder", test_run_lock_dies_with_its_holder);
  ADD ("processes/turns", test_turns);

  return g_test_run ();
}
