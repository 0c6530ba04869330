/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What only a server shows: schemas, locks of others, INVALID indexes, connections that break. */

#include "config.h"

#include "fixture.h"

#include "core/engine/script.h"
#include "servers/server.h"

static TestServer *server;
static char *skip_reason;

typedef struct
{
  Fixture           base;
  StrataUrl        *url;       /* of a database of the test's own */
  StrataConnection *other;     /* a second session in it */
} ServerFixture;

static StrataConnection *
connect_to (StrataUrl *url)
{
  StrataConnectOptions options = { .writable = TRUE, .application_name = "strata test" };
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = strata_connection_open (url, &options, NULL, &error);

  g_assert_no_error (error);

  return connection;
}

static void
make_database (const char *name)
{
  g_autoptr(StrataUrl) url = test_server_dup_url (server, "postgres");
  g_autoptr(StrataConnection) connection = connect_to (url);
  g_autofree char *sql = g_strdup_printf ("CREATE DATABASE %s", name);
  g_autoptr(GError) error = NULL;

  strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
set_up (ServerFixture *self,
        gconstpointer  data)
{
  static guint n_databases;
  g_autofree char *name = g_strdup_printf ("test_%u", n_databases++);

  make_database (name);
  fixture_set_up (&self->base, data);
  self->url = test_server_dup_url (server, name);
  self->base.connection = connect_to (self->url);
  self->other = connect_to (self->url);
}

static void
tear_down (ServerFixture *self,
           gconstpointer  data)
{
  g_assert_finalize_object (self->other);
  fixture_tear_down (&self->base, data);
  strata_url_unref (self->url);
}

static void
skip (void)
{
  g_test_skip (skip_reason);
}

static void
others_execute (ServerFixture *self,
                const char    *sql)
{
  g_autoptr(GError) error = NULL;

  strata_connection_execute (self->other, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_up_and_down (ServerFixture *self,
                  gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (base, "cccc");
  fixture_assert_query (base, "SELECT revision || ' ' || state FROM strata_ledger ORDER BY id",
                        "aaaa done,bbbb done,cccc done");
  fixture_assert_query (base, "SELECT conname FROM pg_constraint"
                        " WHERE contype = 'p' AND conrelid = 'alembic_version'::regclass", "alembic_version_pkc");

  fixture_must_run (base, STRATA_RUN_DOWNGRADE, "base");
  fixture_assert_rows (base, "");
}

static void
test_failure_rolls_back (ServerFixture *self,
                         gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "CREATE TABLE a (x INTEGER);\nSELECT x,\n  yy FROM a;", "");
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (base->error->message, "aaaa_x.sql:9:3: column \"yy\" does not exist");
  g_assert_cmpstr (base->report->failure->code, ==, "42703");
  g_assert_cmpuint (base->report->failure->line, ==, 9);
  g_assert_cmpuint (base->report->failure->column, ==, 3);
  fixture_assert_query (base, "SELECT to_regclass('a')", "NULL");
  fixture_assert_query (base, "SELECT to_regclass('alembic_version')", "NULL");
}

static void
test_commit_fails (ServerFixture *self,
                   gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "CREATE TABLE a (x INTEGER PRIMARY KEY);\n"
               "CREATE TABLE b (y INTEGER REFERENCES a (x) DEFERRABLE INITIALLY DEFERRED);", "");
  fixture_add (base, "bbbb", "aaaa", "INSERT INTO b VALUES (7);", "");
  fixture_add (base, "cccc", "bbbb", "CREATE TABLE c (x INTEGER);", "");
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (base->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  fixture_assert_says (base->error->message, "violates foreign key constraint");
  fixture_assert_says (base->report->not_in_database, "Rolled back: bbbb as a whole.");
  fixture_assert_rows (base, "aaaa");
}

/* The commit of one step begins the transaction of the next. */
static void
test_cancelled_between (ServerFixture *self,
                        gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  base->cancel_at = "step done 1";
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (base->error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
  g_assert_false (strata_connection_in_transaction (base->connection));
  fixture_assert_rows (base, "aaaa");
}

/* pg_dump begins like this; nothing after it would find a schema. */
static void
test_dump_empties_search_path (ServerFixture *self,
                               gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "SELECT pg_catalog.set_config('search_path', '', false);\n"
               "CREATE TABLE public.a (x INTEGER);", "");
  fixture_add (base, "bbbb", "aaaa", "CREATE TABLE b (x INTEGER);", "");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (base, "bbbb");
}

static void
test_schema (ServerFixture *self,
             gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_execute (base, "CREATE SCHEMA \"My own\"");
  base->request.version_table.schema = "My own";
  fixture_add_chain (base);
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (base, "SELECT version_num FROM \"My own\".alembic_version", "cccc");
  fixture_assert_query (base, "SELECT count(*) FROM \"My own\".strata_ledger", "3");
}

static void
test_long_id (ServerFixture *self,
              gconstpointer  data)
{
  Fixture *base = &self->base;
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  fixture_add (base, "aaaa", "", "", "");
  fixture_add (base, "an_id_of_thirty_three_characters_", "aaaa", "", "");
  base->request.graph = strata_graph_new (base->revisions, findings);
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (base->error->message, "has 33 characters");
  fixture_assert_query (base, "SELECT to_regclass('alembic_version')", "NULL");
}

/* An Alembic that moves the rows between two of our revisions, which takes no lock of ours. */
static void
move_rows (const StrataRunEvent *event,
           gpointer              data)
{
  ServerFixture *self = data;

  if (event->kind == STRATA_EVENT_STEP_DONE && event->step_index == 0 && event->n_steps == 3)
    others_execute (self, "BEGIN; CREATE TABLE b (x INTEGER); UPDATE alembic_version SET version_num = 'bbbb'; COMMIT");
}

static void
test_alembic_between (ServerFixture *self,
                      gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  fixture_load (base);
  base->targets[0] = "head";
  base->report = strata_engine_run (base->connection, &base->request, move_rows, self, NULL, &base->error);
  g_assert_no_error (base->error);
  fixture_assert_rows (base, "cccc");
  g_assert_cmpuint (base->report->n_done, ==, 2);
}

static void
test_alembic_between_relative (ServerFixture *self,
                               gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  fixture_load (base);
  base->targets[0] = "+3";
  base->report = strata_engine_run (base->connection, &base->request, move_rows, self, NULL, &base->error);
  g_assert_error (base->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  fixture_assert_says (base->error->message, "from aaaa to bbbb");
  fixture_assert_rows (base, "bbbb");
}

/* Another makes the version table in the same moment: one of the two CREATE TABLE fails. */
static void
make_table (const StrataRunEvent *event,
            gpointer              data)
{
  if (event->kind == STRATA_EVENT_PLANNED && event->n_steps == 3)
    others_execute (data, "CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32) NOT NULL)");
}

static void
test_table_made_meanwhile (ServerFixture *self,
                           gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  fixture_load (base);
  base->targets[0] = "head";
  base->report = strata_engine_run (base->connection, &base->request, make_table, self, NULL, &base->error);
  g_assert_no_error (base->error);
  fixture_assert_rows (base, "cccc");
}

static void
test_lock_timeout (ServerFixture *self,
                   gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  fixture_add (base, "dddd", "cccc", "ALTER TABLE a ADD COLUMN y INTEGER;", "");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "cccc");
  others_execute (self, "BEGIN");
  others_execute (self, "LOCK TABLE a IN ACCESS SHARE MODE");

  base->request.lock_timeout_ms = 400;
  base->request.lock_retries = 1;
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (base->error, STRATA_ERROR, STRATA_ERROR_LOCKED);
  fixture_assert_says (base->log->str, "blocked\n");
  fixture_assert_says (base->log->str, "retry 1\n");
  fixture_assert_says (base->error->message, "blocked by pid");
  fixture_assert_rows (base, "cccc");

  others_execute (self, "COMMIT");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
}

static void
test_connection_breaks (ServerFixture *self,
                        gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "CREATE TABLE a (x INTEGER);", "");
  fixture_add (base, "bbbb", "aaaa", "CREATE TABLE b (x INTEGER);\nSELECT pg_terminate_backend(pg_backend_pid());", "");
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (base->error, STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT);
  fixture_assert_says (base->report->not_in_database, "Rolled back: bbbb as a whole.");

  g_assert_finalize_object (base->connection);
  base->connection = connect_to (self->url);
  fixture_assert_rows (base, "aaaa");
  fixture_add (base, "bbbb", "aaaa", "CREATE TABLE b (x INTEGER);", "");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
}

static void
test_concurrently (ServerFixture *self,
                   gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add_chain (base);
  fixture_write (base, "dddd", "cccc", "-- strata:upgrade transaction=off\n"
                 "CREATE INDEX CONCURRENTLY ia ON a (x);\nVACUUM a;\n"
                 "-- strata:downgrade transaction=off\nDROP INDEX CONCURRENTLY ia;\n");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (base, "SELECT indisvalid FROM pg_index WHERE indexrelid = 'ia'::regclass", "t");
  fixture_must_run (base, STRATA_RUN_DOWNGRADE, "-1");
  fixture_assert_query (base, "SELECT to_regclass('ia')", "NULL");
}

static void
test_invalid_index (ServerFixture *self,
                    gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "CREATE TABLE a (x INTEGER);\nINSERT INTO a VALUES (1), (1);", "");
  fixture_write (base, "bbbb", "aaaa", "-- strata:upgrade transaction=off\n"
                 "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS ia ON a (x);\n");
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (base->error->message, "could not create unique index");
  fixture_assert_says (base->error->message, "DROP INDEX CONCURRENTLY");

  /* IF NOT EXISTS is content with the INVALID one; we are not. */
  fixture_execute (base, "DELETE FROM a");
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (base->error->message, "INVALID");
  fixture_assert_rows (base, "aaaa");

  fixture_execute (base, "DROP INDEX ia");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (base, "bbbb");
}

/* As a kill leaves it: the journal says that statement 2 of 3 was running. */
static void
leave_in_flight (ServerFixture *self)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "CREATE TABLE a (x INTEGER);", "");
  fixture_write (base, "bbbb", "aaaa", "-- strata:upgrade transaction=off\nINSERT INTO a VALUES (1);\n"
                 "CREATE INDEX CONCURRENTLY ia ON a (x);\nSELECT 1 / 0;\n");
  g_assert_false (fixture_run (base, STRATA_RUN_UPGRADE, "head"));
  g_assert_cmpuint (base->report->failure->statement, ==, 3);
  fixture_execute (base, "UPDATE strata_ledger SET done = 1, begun = 2, state = 'running' WHERE revision = 'bbbb'");
  fixture_write (base, "bbbb", "aaaa", "-- strata:upgrade transaction=off\nINSERT INTO a VALUES (1);\n"
                 "CREATE INDEX CONCURRENTLY ia ON a (x);\nSELECT 1;\n");
}

static void
test_in_flight_was_done (ServerFixture *self,
                         gconstpointer  data)
{
  leave_in_flight (self);
  fixture_must_run (&self->base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_says (self->base.log->str, "skipped 2 of 3\nbegin 3 of 3\n");
}

static void
test_in_flight_was_not_done (ServerFixture *self,
                             gconstpointer  data)
{
  leave_in_flight (self);
  fixture_execute (&self->base, "DROP INDEX ia");
  fixture_must_run (&self->base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_says (self->base.log->str, "skipped 1 of 3\nbegin 2 of 3\n");
}

static void
test_in_flight_is_broken (ServerFixture *self,
                          gconstpointer  data)
{
  leave_in_flight (self);
  fixture_execute (&self->base, "UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ia'::regclass");
  g_assert_false (fixture_run (&self->base, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->base.error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  fixture_assert_says (self->base.error->message, "bbbb_x.sql:8: an earlier run was killed while it built");
  g_assert_cmpint (self->base.report->question, ==, STRATA_QUESTION_NONE);
}

/* Only the server knows that this one can't run in a transaction. */
static void
test_wants_no_transaction (ServerFixture *self,
                           gconstpointer  data)
{
  Fixture *base = &self->base;

  if (strata_connection_get_version (self->other) < 140000)
    {
      g_test_skip ("a partitioned table is indexed anew from PostgreSQL 14 on");
      return;
    }

  fixture_add (base, "aaaa", "", "CREATE TABLE a (x INTEGER) PARTITION BY RANGE (x);\nCREATE INDEX ia ON a (x);", "");
  fixture_write (base, "bbbb", "aaaa", "-- strata:upgrade transaction=off\nREINDEX TABLE a;\nREINDEX INDEX ia;\n");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
}

static void
test_procedure_commits (ServerFixture *self,
                        gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_write (base, "aaaa", "", "-- strata:upgrade transaction=off\nCREATE TABLE a (x INTEGER);\n"
                 "DO $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO a VALUES (i); COMMIT; END LOOP; END $$;\n");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (base, "SELECT count(*) FROM a", "3");
}

static void
test_notice (ServerFixture *self,
             gconstpointer  data)
{
  Fixture *base = &self->base;

  fixture_add (base, "aaaa", "", "DO $$ BEGIN RAISE NOTICE 'hello'; END $$;", "");
  fixture_must_run (base, STRATA_RUN_UPGRADE, "head");
  fixture_assert_says (base->log->str, "begin 1 of 1\nnotice hello\ndone 1 of 1\n");
}

static void
test_script_runs_in_psql (ServerFixture *self,
                          gconstpointer  data)
{
  Fixture *base = &self->base;
  g_autofree char *psql = g_find_program_in_path ("psql");
  g_autofree char *script = NULL;
  g_autofree char *path = NULL;
  g_autofree char *port = NULL;
  g_autoptr(GSubprocess) process = NULL;

  if (psql == NULL)
    {
      g_test_skip ("psql is not installed");
      return;
    }

  fixture_add_chain (base);
  fixture_write (base, "dddd", "cccc", "-- strata:upgrade transaction=off\nCREATE INDEX CONCURRENTLY ia ON a (x);\n"
                 "-- strata:upgrade\nCREATE FUNCTION f () RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n");
  fixture_load (base);
  base->targets[0] = "head";
  script = strata_script_write (&base->request, STRATA_DIALECT_POSTGRESQL, &base->error);
  g_assert_no_error (base->error);
  path = g_build_filename (base->folder, "script.sql", NULL);
  strata_file_replace (path, script, -1, &base->error);
  g_assert_no_error (base->error);

  port = g_strdup_printf ("%u", strata_url_get_port (self->url));
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &base->error, psql, "-q", "-v", "ON_ERROR_STOP=1", "-f", path,
                              "-h", strata_url_get_host (self->url), "-p", port, "-U", "strata",
                              strata_url_get_database (self->url), NULL);
  g_assert_no_error (base->error);
  g_subprocess_wait_check (process, NULL, &base->error);
  g_assert_no_error (base->error);
  fixture_assert_rows (base, "dddd");
}

static const struct
{
  const char *name;
  void      (*function) (ServerFixture *, gconstpointer);
} cases[] = {
  { "up-and-down", test_up_and_down },
  { "failure-rolls-back", test_failure_rolls_back },
  { "commit-fails", test_commit_fails },
  { "cancelled-between", test_cancelled_between },
  { "dump-empties-search-path", test_dump_empties_search_path },
  { "schema", test_schema },
  { "long-id", test_long_id },
  { "alembic-between", test_alembic_between },
  { "alembic-between-relative", test_alembic_between_relative },
  { "table-made-meanwhile", test_table_made_meanwhile },
  { "lock-timeout", test_lock_timeout },
  { "connection-breaks", test_connection_breaks },
  { "concurrently", test_concurrently },
  { "invalid-index", test_invalid_index },
  { "in-flight/was-done", test_in_flight_was_done },
  { "in-flight/was-not-done", test_in_flight_was_not_done },
  { "in-flight/is-broken", test_in_flight_is_broken },
  { "wants-no-transaction", test_wants_no_transaction },
  { "procedure-commits", test_procedure_commits },
  { "notice", test_notice },
  { "script-runs-in-psql", test_script_runs_in_psql },
};

int
main (int   argc,
      char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);

  server = test_server_start ("postgresql", NULL, &skip_reason);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/engine/postgresql/", cases[i].name, NULL);

      if (server != NULL)
        g_test_add (path, ServerFixture, NULL, set_up, cases[i].function, tear_down);
      else
        g_test_add_func (path, skip);
    }

  status = g_test_run ();
  g_clear_pointer (&server, test_server_free);
  g_free (skip_reason);

  return status;
}
