/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fixture.h"

#include "core/engine/applied.h"

static StrataApplied *
read_applied (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  StrataApplied *applied = strata_applied_read (self->connection, &self->request, NULL, &error);

  g_assert_no_error (error);

  return applied;
}

static void
test_untouched (Fixture       *self,
                gconstpointer  data)
{
  g_autoptr(StrataApplied) applied = NULL;

  fixture_add_chain (self);
  fixture_load (self);
  fixture_execute (self, "CREATE TABLE x (y)");
  applied = read_applied (self);
  g_assert_false (applied->version_table);
  g_assert_null (applied->rows[0]);
  g_assert_cmpuint (applied->edited->len, ==, 0);
  g_assert_cmpuint (applied->unfinished->len, ==, 0);
  fixture_assert_query (self, "SELECT name FROM sqlite_schema", "x");
}

static void
test_edited (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataApplied) applied = NULL;
  const StrataEditedRevision *edited;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "bbbb");

  /* Layout and comments, downgrades, and what is not applied, do not count. */
  fixture_add (self, "aaaa", "", "-- a comment\nCREATE  TABLE a\n(x INTEGER);", "DROP TABLE IF EXISTS a;");
  fixture_add (self, "bbbb", "aaaa", "CREATE TABLE b (x TEXT);", "DROP TABLE b;");
  fixture_add (self, "cccc", "bbbb", "CREATE TABLE c (x TEXT);", "DROP TABLE c;");

  applied = read_applied (self);
  g_assert_cmpuint (applied->edited->len, ==, 1);
  edited = g_ptr_array_index (applied->edited, 0);
  g_assert_cmpstr (strata_revision_get_id (edited->revision), ==, "bbbb");
  fixture_assert_says (edited->entry->script, "INSERT INTO b VALUES (1), (2)");
  fixture_assert_says (edited->text, "CREATE TABLE b (x TEXT)");
}

static void
test_unknown (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataApplied) applied = NULL;

  fixture_add_chain (self);
  fixture_must_run (self, STRATA_RUN_UPGRADE, "bbbb");
  fixture_execute (self, "UPDATE alembic_version SET version_num = 'lost'");
  applied = read_applied (self);
  g_assert_cmpstr (applied->unknown[0], ==, "lost");
  g_assert_cmpuint (applied->edited->len, ==, 0);
}

static void
test_unfinished (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr(StrataApplied) half = NULL;
  g_autoptr(StrataApplied) settled = NULL;
  const StrataLedgerEntry *entry;

  fixture_write (self, "aaaa", "", "-- strata:upgrade transaction=off\nCREATE TABLE a (x INTEGER);\nSELECT nothing;\n");
  g_assert_false (fixture_run (self, STRATA_RUN_UPGRADE, "head"));
  half = read_applied (self);
  g_assert_cmpuint (half->unfinished->len, ==, 1);
  entry = g_ptr_array_index (half->unfinished, 0);
  g_assert_cmpstr (entry->revision, ==, "aaaa");
  g_assert_cmpuint (entry->done, ==, 1);
  g_assert_cmpuint (entry->n_statements, ==, 2);

  fixture_execute (self, "INSERT INTO alembic_version VALUES ('aaaa')");
  settled = read_applied (self);
  g_assert_cmpuint (settled->unfinished->len, ==, 0);
}

static StrataFirstRun
check_first_run (Fixture *self)
{
  g_autoptr(GError) error = NULL;
  StrataFirstRun answer;

  strata_first_run_check (self->connection, &self->request, &answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (strata_connection_in_transaction (self->connection));

  return answer;
}

static void
test_first_run (Fixture       *self,
                gconstpointer  data)
{
  fixture_add_chain (self);
  fixture_load (self);
  self->connection = fixture_connect (self->database, TRUE);
  g_assert_cmpint (check_first_run (self), ==, STRATA_FIRST_RUN_EMPTY);

  fixture_execute (self, "CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)");
  g_assert_cmpint (check_first_run (self), ==, STRATA_FIRST_RUN_EMPTY);

  fixture_execute (self, "CREATE TABLE x (y)");
  g_assert_cmpint (check_first_run (self), ==, STRATA_FIRST_RUN_STRANGE);

  fixture_execute (self, "INSERT INTO alembic_version VALUES ('theirs')");
  g_assert_cmpint (check_first_run (self), ==, STRATA_FIRST_RUN_STRANGE);

  fixture_execute (self, "UPDATE alembic_version SET version_num = 'aaaa'");
  g_assert_cmpint (check_first_run (self), ==, STRATA_FIRST_RUN_OURS);

  self->request.backup = FALSE;
  fixture_execute (self, "CREATE TABLE a (y)");
  fixture_must_run (self, STRATA_RUN_UPGRADE, "head");
  g_assert_cmpint (check_first_run (self), ==, STRATA_FIRST_RUN_NO);
}

#define ADD(name, test) g_test_add ("/engine/applied/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("untouched", test_untouched);
  ADD ("edited", test_edited);
  ADD ("unknown", test_unknown);
  ADD ("unfinished", test_unfinished);
  ADD ("first-run", test_first_run);

  return g_test_run ();
}
