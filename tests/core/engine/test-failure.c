/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A run that stops in the middle: what is left, and what is said of it. */

#include "config.h"

#include "fixture.h"

static void
add_failing (Fixture *self)
{
  fixture_add_chain (self);
  fixture_add (self, "dddd", "cccc", "CREATE TABLE d (x INTEGER);\n\nINSERT INTO\n  nowhere VALUES (1);", "");
  fixture_add (self, "eeee", "dddd", "CREATE TABLE e (x INTEGER);", "");
}

static void
test_statement (Fixture       *self,
                gconstpointer  data)
{
  const StrataRunFailure *failure;

  add_failing (self);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  fixture_assert_says (self->error->message, "dddd_x.sql:9:1: ");
  fixture_assert_says (self->error->message, "no such table: nowhere");
  fixture_assert_rows (self, "cccc");
  fixture_assert_query (self, "SELECT name FROM sqlite_schema WHERE name = 'd'", "");

  failure = self->report->failure;
  g_assert_nonnull (failure);
  g_assert_cmpstr (failure->revision, ==, "dddd");
  g_assert_cmpuint (failure->line, ==, 9);
  g_assert_cmpuint (failure->statement, ==, 2);
  g_assert_cmpuint (failure->n_statements, ==, 2);
  g_assert_cmpstr (failure->sql, ==, "INSERT INTO\n  nowhere VALUES (1)");
  fixture_assert_says (failure->message, "no such table: nowhere");
  g_assert_cmpstr (failure->code, ==, "SQLITE_ERROR");

  g_assert_cmpuint (self->report->n_done, ==, 3);
  g_assert_cmpstr (self->report->in_database, ==,
                   "Done in this run: aaaa, bbbb and cccc. The database is at cccc.");
  g_assert_cmpstr (self->report->not_in_database, ==, "Rolled back: dddd as a whole. Not run: eeee.");
  fixture_assert_says (self->report->next_steps[0], "run it again: it continues with dddd");
  g_assert_cmpstr (self->report->next_steps[1], ==,
                   "Or go back to where this run began: “strata downgrade base”.");
}

static void
test_is_recorded (Fixture       *self,
                  gconstpointer  data)
{
  add_failing (self);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_query (self, "SELECT revision || ' ' || state || ' ' || begun FROM strata_ledger ORDER BY id",
                        "aaaa done 0,bbbb done 0,cccc done 0,dddd failed 0");
}

static void
test_goes_on (Fixture       *self,
              gconstpointer  data)
{
  add_failing (self);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));

  fixture_add (self, "dddd", "cccc", "CREATE TABLE d (x INTEGER);", "");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (self, "eeee");
  g_assert_cmpuint (self->report->n_done, ==, 2);
}

/* The script itself takes the row away: an edit that meets nothing must not pass. */
static void
test_count (Fixture       *self,
            gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_add (self, "dddd", "cccc", "DELETE FROM alembic_version;", "");

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_cmpstr (self->error->message, ==, "Online migration expected to match one row when updating 'cccc' to "
                   "'dddd' in 'alembic_version'; 0 found");
  fixture_assert_rows (self, "cccc");
  fixture_assert_says (self->report->not_in_database, "Rolled back: dddd as a whole.");
}

static void
test_commit (Fixture       *self,
             gconstpointer  data)
{
  fixture_add (self, "aaaa", "", "CREATE TABLE a (x INTEGER PRIMARY KEY);\n"
               "CREATE TABLE b (y INTEGER REFERENCES a (x) DEFERRABLE INITIALLY DEFERRED);", "");
  fixture_add (self, "bbbb", "aaaa", "INSERT INTO b VALUES (7);", "");
  fixture_execute (self, "PRAGMA foreign_keys = on");

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  fixture_assert_rows (self, "aaaa");
  fixture_assert_query (self, "SELECT count(*) FROM b", "0");
  fixture_assert_says (self->report->not_in_database, "Rolled back: bbbb as a whole.");
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_add (self, "dddd", "cccc",
               "CREATE TABLE d (x INTEGER);\n"
               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)"
               " INSERT INTO d SELECT i FROM n;", "");
  self->cancel_at = "begin 2 of 2";

  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
  self->cancel_at = "done 1 of 2";
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
  fixture_assert_rows (self, "aaaa");
  fixture_assert_says (self->report->not_in_database, "Rolled back: bbbb as a whole.");
  fixture_assert_says (self->report->next_steps[0], "Run it again: it continues with bbbb.");
  fixture_assert_query (self, "SELECT revision || ' ' || state FROM strata_ledger ORDER BY id DESC LIMIT 1",
                        "bbbb cancelled");
}

static gpointer
cancel_soon (gpointer cancellable)
{
  g_usleep (100000);
  g_cancellable_cancel (cancellable);

  return NULL;
}

static void
test_cancel_while_running (Fixture       *self,
                           gconstpointer  data)
{
  GThread *thread;

  fixture_add (self, "aaaa", "", "CREATE TABLE a (x INTEGER);\n"
               "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000)"
               " INSERT INTO a SELECT max(i) FROM n;", "");
  thread = g_thread_new ("cancel", cancel_soon, self->cancellable);

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_thread_join (thread);
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
  fixture_assert_query (self, "SELECT name FROM sqlite_schema WHERE name = 'a'", "");
}

/* Another program holds the write lock for longer than the run wants to wait. */
static void
test_locked (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) other = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
  other = fixture_connect (self->database, TRUE);
  strata_connection_begin (other, TRUE, NULL, &self->error);
  g_assert_no_error (self->error);

  self->request.lock_timeout_ms = 20;
  self->request.lock_retries = 2;
  self->request.backup = FALSE;
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_LOCKED);
  fixture_assert_says (self->log->str, "retry 1\n");
  fixture_assert_says (self->log->str, "retry 2\n");
  fixture_assert_says (self->report->next_steps[0], "--lock-timeout");

  strata_connection_rollback (other);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
}

/* Another process, as the kernel's list of locks names processes. It holds the lock while its input is open. */
static GSubprocess *
start_holder (Fixture *self)
{
  g_autofree char *program = g_find_program_in_path ("sqlite3");
  g_autoptr(GError) error = NULL;
  g_autoptr(GDataInputStream) output = NULL;
  g_autofree char *line = NULL;
  GSubprocess *holder;

  if (program == NULL)
    return NULL;

  holder = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program,
                             self->database, NULL);
  g_assert_no_error (error);
  g_output_stream_write_all (g_subprocess_get_stdin_pipe (holder), "BEGIN IMMEDIATE;\nSELECT 'held';\n", 32, NULL, NULL,
                             &error);
  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (holder));
  line = g_data_input_stream_read_line (output, NULL, NULL, &error);
  g_assert_cmpstr (line, ==, "held");

  return holder;
}

static void
test_tells_who_blocks (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr(GSubprocess) holder = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
  holder = start_holder (self);
  if (holder == NULL)
    {
      g_test_skip ("sqlite3 is not installed");
      return;
    }

  self->request.lock_timeout_ms = 1200;
  self->request.lock_retries = 0;
  self->request.backup = FALSE;
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->log->str, "blocked\n");
  g_subprocess_force_exit (holder);
  g_subprocess_wait (holder, NULL, NULL);
}

static void
test_run_lock (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(StrataConnection) other = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
  other = fixture_connect (self->database, TRUE);
  strata_connection_take_run_lock (other, NULL, "alembic_version", 0, NULL, NULL, NULL, &self->error);
  g_assert_no_error (self->error);

  self->request.lock_wait_ms = 0;
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_LOCKED);
  fixture_assert_rows (self, "aaaa");

  strata_connection_drop_run_lock (other);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
}

#define ADD(name, test) g_test_add ("/engine/failure/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("statement", test_statement);
  ADD ("is-recorded", test_is_recorded);
  ADD ("goes-on", test_goes_on);
  ADD ("count", test_count);
  ADD ("commit", test_commit);
  ADD ("cancel", test_cancel);
  ADD ("cancel-while-running", test_cancel_while_running);
  ADD ("locked", test_locked);
  ADD ("tells-who-blocks", test_tells_who_blocks);
  ADD ("run-lock", test_run_lock);

  return g_test_run ();
}
