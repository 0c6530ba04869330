/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Sections with transaction=off, and how a run continues after one that stopped inside of them. */

#include "config.h"

#include "fixture.h"

#include "core/engine/alone-mode.h"
#include "core/ledger/local.h"

#define MIXED \
  "-- strata:upgrade transaction=off\nCREATE TABLE b (x INTEGER);\nINSERT INTO b VALUES (1);\n" \
  "-- strata:upgrade\nINSERT INTO b VALUES (2);\nINSERT INTO b VALUES (3);\n" \
  "-- strata:upgrade transaction=off\n%s\nINSERT INTO b VALUES (5);\n" \
  "-- strata:downgrade\nDROP TABLE b;\n"

#define STOPS "INSERT INTO nowhere VALUES (4);"
#define GOES_ON "INSERT INTO b VALUES (4);"

static void
write_mixed (Fixture    *self,
             const char *fifth)
{
  g_autofree char *sections = g_strdup_printf (MIXED, fifth);

  fixture_write (self, "bbbb", "aaaa", sections);
}

static void
add_mixed (Fixture    *self,
           const char *fifth)
{
  fixture_add (self, "aaaa", "", "CREATE TABLE a (x INTEGER);", "DROP TABLE a;");
  write_mixed (self, fifth);
  fixture_add (self, "cccc", "bbbb", "CREATE TABLE c (x INTEGER);", "DROP TABLE c;");
}

static const StrataLedgerMode modes[] = { STRATA_LEDGER_IN_DATABASE, STRATA_LEDGER_LOCAL, STRATA_LEDGER_OFF };

static void
test_well (Fixture       *self,
           gconstpointer  data)
{
  self->request.ledger = modes[GPOINTER_TO_UINT (data)];
  add_mixed (self, GOES_ON);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (self, "cccc");
  fixture_assert_query (self, "SELECT x FROM b ORDER BY x", "1,2,3,4,5");
  fixture_assert_says (self->log->str, "done 6 of 6\nstep done 2\n");

  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "aaaa");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
}

static void
test_stops_and_goes_on (Fixture       *self,
                        gconstpointer  data)
{
  self->request.ledger = modes[GPOINTER_TO_UINT (data)];
  add_mixed (self, STOPS);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  fixture_assert_rows (self, "aaaa");
  fixture_assert_query (self, "SELECT x FROM b ORDER BY x", "1,2,3");
  g_assert_cmpstr (self->report->in_database, ==,
                   "Done in this run: aaaa. Of bbbb, which is not recorded: statements 1 to 4. "
                   "The database is at aaaa.");
  g_assert_cmpstr (self->report->not_in_database, ==,
                   "Nothing to roll back: statement 5 of bbbb failed by itself. Not run: cccc.");
  fixture_assert_says (self->report->next_steps[0], "it continues after statement 4 of bbbb");

  /* What stopped it may be mended. */
  write_mixed (self, GOES_ON);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (self, "SELECT x FROM b ORDER BY x", "1,2,3,4,5");
  fixture_assert_says (self->log->str, "skipped 4 of 6\nbegin 5 of 6\n");
  fixture_assert_rows (self, "cccc");
}

static void
stop_in_the_middle (Fixture *self)
{
  add_mixed (self, STOPS);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
}

static void
test_failure_is_recorded_with_its_place (Fixture       *self,
                                         gconstpointer  data)
{
  stop_in_the_middle (self);
  fixture_assert_query (self, "SELECT error LIKE '/%/bbbb_x.sql:13:1: no such table%' FROM strata_ledger WHERE revision = 'bbbb'", "1");
}

static void
test_done_part_changed (Fixture       *self,
                        gconstpointer  data)
{
  stop_in_the_middle (self);
  fixture_write (self, "bbbb", "aaaa", "-- strata:upgrade transaction=off\nCREATE TABLE b (y TEXT);\n"
                 "INSERT INTO b VALUES (1);\nINSERT INTO b VALUES (2);\nINSERT INTO b VALUES (3);\n");

  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  fixture_assert_says (self->error->message, "bbbb_x.sql:7: statement 1 was changed");
}

static void
test_other_way_is_refused (Fixture       *self,
                           gconstpointer  data)
{
  stop_in_the_middle (self);
  g_assert_false (fixture_run (self, STRATA_RUN_DOWNGRADE, "base"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  fixture_assert_says (self->error->message, "half done: 4 of its 6 statements");
}

static void
test_stamp_settles (Fixture       *self,
                    gconstpointer  data)
{
  self->request.ledger = modes[GPOINTER_TO_UINT (data)];
  stop_in_the_middle (self);
  fixture_must_run (self, STRATA_RUN_STAMP, "bbbb");
  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "aaaa");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "aaaa");
}

/* Somebody finished it with other means, and the rows say so. */
static void
test_rows_settle (Fixture       *self,
                  gconstpointer  data)
{
  stop_in_the_middle (self);
  fixture_execute (self, "UPDATE alembic_version SET version_num = 'bbbb'");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (self, "cccc");
}

/* A kill after the version edit and before the last mark: the file of the ledger is not in that transaction. */
static StrataConnection *
open_ledger (Fixture *self)
{
  g_autofree char *path = NULL;

  if (self->request.ledger == STRATA_LEDGER_IN_DATABASE)
    return fixture_connect (self->database, TRUE);

  path = strata_ledger_local_path (self->folder, strata_connection_get_url (self->connection));

  return fixture_connect (path, TRUE);
}

static void
test_last_mark_missing (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr(StrataConnection) ledger = NULL;
  g_autoptr(StrataRows) rows = NULL;

  self->request.ledger = modes[GPOINTER_TO_UINT (data)];
  add_mixed (self, GOES_ON);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "bbbb");
  ledger = open_ledger (self);
  g_assert_true (strata_connection_execute (ledger, "UPDATE strata_ledger SET state = 'running' WHERE revision = 'bbbb'",
                                            -1, NULL, 0, NULL, NULL, NULL));

  g_clear_object (&self->connection);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  rows = strata_connection_query (ledger, "SELECT state FROM strata_ledger WHERE revision = 'bbbb'", NULL, 0, NULL, NULL);
  g_assert_cmpstr (strata_rows_get (rows, 0, 0), ==, "done");
}

/* As a kill leaves it: begun, and not done. */
static void
leave_in_flight (Fixture *self)
{
  stop_in_the_middle (self);
  fixture_execute (self, "UPDATE strata_ledger SET begun = 5, state = 'running' WHERE revision = 'bbbb'");
  write_mixed (self, STOPS);
}

static void
test_in_flight_asks (Fixture       *self,
                     gconstpointer  data)
{
  leave_in_flight (self);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (self->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_cmpint (self->report->question, ==, STRATA_QUESTION_IN_FLIGHT);
  fixture_assert_says (self->error->message, "bbbb_x.sql:13: statement 5 of revision bbbb was running");

  self->request.in_flight = STRATA_IN_FLIGHT_SKIP;
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (self, "SELECT x FROM b ORDER BY x", "1,2,3,5");
  fixture_assert_query (self, "SELECT state FROM strata_ledger WHERE revision = 'bbbb' ORDER BY id", "failed,done");
}

static void
test_in_flight_repeats (Fixture       *self,
                        gconstpointer  data)
{
  leave_in_flight (self);
  fixture_execute (self, "CREATE TABLE nowhere (x INTEGER)");
  self->request.in_flight = STRATA_IN_FLIGHT_REPEAT;
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (self, "SELECT x FROM b ORDER BY x", "1,2,3,5");
  fixture_assert_query (self, "SELECT x FROM nowhere", "4");
}

/* What a session forgets is done again before the run continues. */
static void
test_session (Fixture       *self,
              gconstpointer  data)
{
  fixture_write (self, "aaaa", "", "-- strata:upgrade transaction=off\nPRAGMA foreign_keys = on;\n"
                 "CREATE TABLE a (x INTEGER PRIMARY KEY);\nCREATE TABLE b (y INTEGER REFERENCES a (x));\n"
                 "INSERT INTO b VALUES (7);\n");
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->error->message, "FOREIGN KEY");

  g_clear_object (&self->connection);
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->error->message, "FOREIGN KEY");
  fixture_assert_says (self->log->str, "begin 1 of 4\ndone 1 of 4\nskipped 2 of 4\nskipped 3 of 4\nbegin 4 of 4\n");
}

static void
test_session_ends_with_the_revision (Fixture       *self,
                                     gconstpointer  data)
{
  fixture_write (self, "aaaa", "", "-- strata:upgrade transaction=off\nPRAGMA foreign_keys = on;\n"
                 "CREATE TABLE a (x INTEGER PRIMARY KEY);\nCREATE TABLE b (y INTEGER REFERENCES a (x));\n");
  fixture_add (self, "bbbb", "aaaa", "INSERT INTO b VALUES (7);", "");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
}

static void
test_first_statement (Fixture       *self,
                      gconstpointer  data)
{
  fixture_write (self, "aaaa", "", "-- strata:upgrade transaction=off\nINSERT INTO nowhere VALUES (1);\n");
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->report->in_database, "Nothing of this run.");
  fixture_assert_says (self->report->not_in_database, "Nothing to roll back: statement 1 of aaaa failed by itself.");
}

static void
test_section_rolls_back (Fixture       *self,
                         gconstpointer  data)
{
  self->request.ledger = modes[GPOINTER_TO_UINT (data)];
  fixture_write (self, "aaaa", "", "-- strata:upgrade transaction=off\nCREATE TABLE a (x INTEGER);\n"
                 "-- strata:upgrade\nINSERT INTO a VALUES (1);\nINSERT INTO nowhere VALUES (1);\n");
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  fixture_assert_says (self->report->in_database, "Of aaaa, which is not recorded: statement 1.");
  fixture_assert_says (self->report->not_in_database,
                       "Rolled back: statements 2 to 3 of aaaa, a section that is one transaction.");
  fixture_assert_query (self, "SELECT count(*) FROM a", "0");

  fixture_execute (self, "CREATE TABLE nowhere (x INTEGER)");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  fixture_assert_query (self, "SELECT x FROM a", "1");
}

static const struct
{
  const char      *sql;
  StrataDialect    dialect;
  StrataAloneMode  mode;
} statements[] = {
  { "CREATE INDEX CONCURRENTLY i ON t (x)", STRATA_DIALECT_POSTGRESQL, STRATA_ALONE_BRACKETED },
  { "create index i on t (x)", STRATA_DIALECT_POSTGRESQL, STRATA_ALONE_WRAPPED },
  { "CALL p ()", STRATA_DIALECT_POSTGRESQL, STRATA_ALONE_BRACKETED },
  { "do $$ begin end $$", STRATA_DIALECT_POSTGRESQL, STRATA_ALONE_BRACKETED },
  { "set work_mem = '1GB'", STRATA_DIALECT_POSTGRESQL, STRATA_ALONE_SESSION },
  { "SETTLE", STRATA_DIALECT_POSTGRESQL, STRATA_ALONE_WRAPPED },
  { "PRAGMA foreign_keys=OFF", STRATA_DIALECT_SQLITE, STRATA_ALONE_SESSION },
  { "VACUUM", STRATA_DIALECT_SQLITE, STRATA_ALONE_BRACKETED },
  { "UPDATE t SET x = 1", STRATA_DIALECT_SQLITE, STRATA_ALONE_WRAPPED },
};

static void
test_mode (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    {
      const StrataStatement statement = { statements[i].sql, strlen (statements[i].sql), 1, 1 };

      g_assert_cmpint (strata_alone_get_mode (statements[i].dialect, &statement), ==, statements[i].mode);
    }
}

#define ADD(name, data, test) \
  g_test_add ("/engine/alone/" name, Fixture, GUINT_TO_POINTER (data), fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/engine/alone/mode", test_mode);
  ADD ("well/table", 0, test_well);
  ADD ("well/local", 1, test_well);
  ADD ("well/off", 2, test_well);
  ADD ("goes-on/table", 0, test_stops_and_goes_on);
  ADD ("goes-on/local", 1, test_stops_and_goes_on);
  ADD ("goes-on/off", 2, test_stops_and_goes_on);
  ADD ("stamp-settles/table", 0, test_stamp_settles);
  ADD ("stamp-settles/local", 1, test_stamp_settles);
  ADD ("stamp-settles/off", 2, test_stamp_settles);
  ADD ("failure-is-recorded-with-its-place", 0, test_failure_is_recorded_with_its_place);
  ADD ("done-part-changed", 0, test_done_part_changed);
  ADD ("other-way-is-refused", 0, test_other_way_is_refused);
  ADD ("rows-settle", 0, test_rows_settle);
  ADD ("last-mark-missing/table", 0, test_last_mark_missing);
  ADD ("last-mark-missing/local", 1, test_last_mark_missing);
  ADD ("in-flight/asks", 0, test_in_flight_asks);
  ADD ("in-flight/repeats", 0, test_in_flight_repeats);
  ADD ("session", 0, test_session);
  ADD ("section-rolls-back/table", 0, test_section_rolls_back);
  ADD ("section-rolls-back/local", 1, test_section_rolls_back);
  ADD ("session-ends-with-the-revision", 0, test_session_ends_with_the_revision);
  ADD ("first-statement", 0, test_first_statement);

  return g_test_run ();
}
