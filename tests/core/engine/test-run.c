/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fixture.h"

static void
test_upgrade (Fixture       *self,
              gconstpointer  data)
{
  const StrataStepReport *second;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");

  fixture_assert_rows (self, "cccc");
  fixture_assert_query (self, "SELECT count(*) FROM b", "2");
  g_assert_cmpstr (self->log->str, ==,
                   "planned 3\n"
                   "step 1 of 3\nbegin 1 of 1\ndone 1 of 1\nstep done 1\n"
                   "step 2 of 3\nbegin 1 of 2\ndone 1 of 2\nbegin 2 of 2\ndone 2 of 2\nstep done 2\n"
                   "step 3 of 3\nbegin 1 of 1\ndone 1 of 1\nstep done 3\n");

  g_assert_cmpuint (self->report->n_done, ==, 3);
  g_assert_cmpuint (self->report->steps->len, ==, 3);
  g_assert_cmpstr (self->report->rows[0], ==, "cccc");
  g_assert_null (self->report->start[0]);
  g_assert_null (self->report->failure);
  g_assert_null (self->report->next_steps[0]);

  second = g_ptr_array_index (self->report->steps, 1);
  g_assert_cmpstr (second->title, ==, "Running upgrade aaaa -> bbbb, about bbbb");
  g_assert_cmpint (second->state, ==, STRATA_STEP_DONE);
  g_assert_cmpuint (second->statements->len, ==, 2);
  g_assert_cmpint (g_array_index (second->statements, StrataStatementReport, 1).rows, ==, 2);
}

static void
test_nothing_to_do (Fixture       *self,
                    gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");

  g_assert_cmpstr (self->log->str, ==, "planned 0\n");
  g_assert_null (self->report->backup);
}

static void
test_downgrade (Fixture       *self,
                gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "-1");
  fixture_assert_rows (self, "bbbb");

  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "base");
  fixture_assert_rows (self, "");
  fixture_assert_query (self, "SELECT name FROM sqlite_schema WHERE name IN ('a', 'b', 'c')", "");
}

static void
test_merge (Fixture       *self,
            gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_add (self, "dddd", "aaaa", "CREATE TABLE d (x INTEGER);", "DROP TABLE d;");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "heads");
  fixture_assert_rows (self, "cccc,dddd");

  fixture_add (self, "eeee", "cccc, dddd", "", "");
  fixture_load (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (self, "eeee");

  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "cccc");
  fixture_assert_rows (self, "cccc,dddd");
}

static void
test_stamp (Fixture       *self,
            gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_STAMP, "bbbb");
  fixture_assert_rows (self, "bbbb");
  fixture_assert_query (self, "SELECT action || ' ' || revision FROM strata_ledger", "stamp bbbb");

  fixture_execute (self, "UPDATE alembic_version SET version_num = 'zzzz'");
  g_assert_false (fixture_run (self, STRATA_RUN_STAMP, "cccc"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION);

  self->request.purge = TRUE;
  fixture_must_run (self, STRATA_RUN_STAMP, "cccc");
  fixture_assert_rows (self, "cccc");

  fixture_must_run (self, STRATA_RUN_STAMP, "base");
  fixture_assert_rows (self, "");
}

static void
test_ensure_version (Fixture       *self,
                     gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_ENSURE_VERSION, NULL);
  fixture_assert_query (self, "SELECT name FROM sqlite_schema WHERE type = 'table'", "alembic_version");
  fixture_must_run (self, STRATA_RUN_ENSURE_VERSION, NULL);
}

static void
test_version_table_name (Fixture       *self,
                         gconstpointer  data)
{
  fixture_add_chain (self);
  self->request.version_table.name = "my versions";
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (self, "SELECT version_num FROM \"my versions\"", "cccc");
}

static void
test_ledger (Fixture       *self,
             gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "-1");

  fixture_assert_query (self, "SELECT action || ' ' || revision || ' ' || state || ' ' || who || '@' || host"
                        " FROM strata_ledger ORDER BY id",
                        "upgrade aaaa done ana@ci,upgrade bbbb done ana@ci,upgrade cccc done ana@ci,"
                        "downgrade cccc done ana@ci");
  fixture_assert_query (self, "SELECT count(DISTINCT run) FROM strata_ledger", "2");
}

static void
test_ledger_off (Fixture       *self,
                 gconstpointer  data)
{
  fixture_add_chain (self);
  self->request.ledger = STRATA_LEDGER_OFF;
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (self, "SELECT name FROM sqlite_schema WHERE name LIKE 'strata%'", "");
}

static void
test_one_transaction (Fixture       *self,
                      gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_add (self, "dddd", "cccc", "CREATE TABLE a (x INTEGER);", "");
  self->request.transaction = STRATA_TRANSACTION_PER_RUN;

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_cmpuint (self->report->n_done, ==, 0);
  fixture_assert_query (self, "SELECT name FROM sqlite_schema WHERE name IN ('a', 'alembic_version')", "");
  fixture_assert_says (self->report->not_in_database, "the run as a whole");

  fixture_must_run (self, STRATA_RUN_UPGRADE, "cccc");
  fixture_assert_rows (self, "cccc");
}

static void
test_first_run (Fixture       *self,
                gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_execute (self, "CREATE TABLE theirs (x INTEGER)");

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_cmpint (self->report->question, ==, STRATA_QUESTION_FIRST_RUN);
  fixture_assert_query (self, "SELECT name FROM sqlite_schema", "theirs");

  self->request.first_run_accepted = TRUE;
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "base");

  /* Now the ledger knows the project. */
  self->request.first_run_accepted = FALSE;
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
}

static void
test_backup (Fixture       *self,
             gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "bbbb");
  g_assert_null (self->report->backup);

  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  g_assert_nonnull (self->report->backup);
  g_assert_true (g_file_test (self->report->backup, G_FILE_TEST_IS_REGULAR));
  fixture_assert_says (self->log->str, "planned 1\nbackup\nstep 1 of 1\n");

  self->request.backup = FALSE;
  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "base");
  g_assert_null (self->report->backup);
}

static void
test_plan_changes_nothing (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(StrataPlan) plan = NULL;
  g_autoptr(GError) error = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
  g_clear_object (&self->connection);
  self->connection = fixture_connect (self->database, FALSE);

  self->targets[0] = "head";
  plan = strata_engine_plan (self->connection, &self->request, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (strata_plan_get_n_steps (plan), ==, 2);
  fixture_assert_rows (self, "aaaa");
}

/* Two runs of the same: the second finds done what it was about to do. */
static void
test_others_meanwhile (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr(StrataConnection) other = NULL;
  g_autoptr(StrataRunReport) report = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");

  other = fixture_connect (self->database, TRUE);
  self->targets[0] = "head";
  report = strata_engine_run (other, &self->request, NULL, NULL, NULL, &self->error);
  g_assert_no_error (self->error);

  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  g_assert_cmpstr (self->log->str, ==, "planned 0\n");
}

#define ADD(name, test) g_test_add ("/engine/run/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("upgrade", test_upgrade);
  ADD ("nothing-to-do", test_nothing_to_do);
  ADD ("downgrade", test_downgrade);
  ADD ("merge", test_merge);
  ADD ("stamp", test_stamp);
  ADD ("ensure-version", test_ensure_version);
  ADD ("version-table-name", test_version_table_name);
  ADD ("ledger", test_ledger);
  ADD ("ledger-off", test_ledger_off);
  ADD ("one-transaction", test_one_transaction);
  ADD ("first-run", test_first_run);
  ADD ("backup", test_backup);
  ADD ("plan-changes-nothing", test_plan_changes_nothing);
  ADD ("others-meanwhile", test_others_meanwhile);

  return g_test_run ();
}
