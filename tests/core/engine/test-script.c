/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "fixture.h"

#include "core/engine/script.h"

static char *
write_script (Fixture        *self,
              StrataRunKind   kind,
              const char     *target,
              StrataDialect   dialect,
              GError        **error)
{
  if (self->request.graph == NULL)
    fixture_load (self);

  self->request.kind = kind;
  self->targets[0] = target;

  return strata_script_write (&self->request, dialect, error);
}

#define TABLE \
  "CREATE TABLE alembic_version (\n    version_num VARCHAR(32) NOT NULL, \n" \
  "    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n);\n\n"

static void
test_upgrade (Fixture       *self,
              gconstpointer  data)
{
  g_autofree char *script = NULL;

  fixture_add_chain (self);
  script = write_script (self, STRATA_RUN_UPGRADE, "bbbb", STRATA_DIALECT_POSTGRESQL, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpstr (script, ==,
                   "BEGIN;\n\n" TABLE
                   "-- Running upgrade  -> aaaa\n\n"
                   "CREATE TABLE a (x INTEGER);\n\n"
                   "INSERT INTO alembic_version (version_num) VALUES ('aaaa');\n\n"
                   "COMMIT;\n\n"
                   "BEGIN;\n\n"
                   "-- Running upgrade aaaa -> bbbb\n\n"
                   "CREATE TABLE b (x INTEGER);\n\n"
                   "INSERT INTO b VALUES (1), (2);\n\n"
                   "UPDATE alembic_version SET version_num='bbbb' WHERE alembic_version.version_num = 'aaaa';\n\n"
                   "COMMIT;\n\n");
}

static void
test_one_transaction (Fixture       *self,
                      gconstpointer  data)
{
  g_autofree char *script = NULL;

  fixture_add_chain (self);
  self->request.transaction = STRATA_TRANSACTION_PER_RUN;
  script = write_script (self, STRATA_RUN_DOWNGRADE, "cccc:aaaa", STRATA_DIALECT_POSTGRESQL, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpstr (script, ==,
                   "BEGIN;\n\n"
                   "-- Running downgrade cccc -> bbbb\n\n"
                   "DROP TABLE c;\n\n"
                   "UPDATE alembic_version SET version_num='bbbb' WHERE alembic_version.version_num = 'cccc';\n\n"
                   "-- Running downgrade bbbb -> aaaa\n\n"
                   "DROP TABLE b;\n\n"
                   "UPDATE alembic_version SET version_num='aaaa' WHERE alembic_version.version_num = 'bbbb';\n\n"
                   "COMMIT;\n\n");
}

static void
test_alone (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *script = NULL;

  fixture_add_chain (self);
  fixture_write (self, "dddd", "cccc", "-- strata:upgrade transaction=off\nVACUUM;\n-- strata:upgrade\nSELECT 1;\n");
  script = write_script (self, STRATA_RUN_UPGRADE, "cccc:dddd", STRATA_DIALECT_SQLITE, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpstr (script, ==,
                   "-- Running upgrade cccc -> dddd\n\n"
                   "VACUUM;\n\n"
                   "BEGIN IMMEDIATE;\n\n"
                   "SELECT 1;\n\n"
                   "UPDATE alembic_version SET version_num='dddd' WHERE alembic_version.version_num = 'cccc';\n\n"
                   "COMMIT;\n\n");
}

static void
test_stamp (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *script = NULL;

  fixture_add_chain (self);
  script = write_script (self, STRATA_RUN_STAMP, "aaaa:cccc", STRATA_DIALECT_SQLITE, &self->error);
  g_assert_no_error (self->error);
  fixture_assert_says (script, "UPDATE alembic_version SET version_num='cccc' WHERE "
                       "alembic_version.version_num = 'aaaa';");
}

static void
test_refused (Fixture       *self,
              gconstpointer  data)
{
  fixture_add_chain (self);
  g_assert_null (write_script (self, STRATA_RUN_DOWNGRADE, "aaaa", STRATA_DIALECT_SQLITE, &self->error));
  fixture_assert_says (self->error->message, "downgrade with --sql requires <fromrev>:<torev>");
  g_clear_error (&self->error);

  self->request.purge = TRUE;
  g_assert_null (write_script (self, STRATA_RUN_STAMP, "aaaa", STRATA_DIALECT_SQLITE, &self->error));
  fixture_assert_says (self->error->message, "Can't use --purge with --sql mode");
}

/* Through the shell, as a user would: the same rows and tables as a run. */
static void
test_sqlite3_runs_it (Fixture       *self,
                      gconstpointer  data)
{
  g_autofree char *program = g_find_program_in_path ("sqlite3");
  g_autofree char *script = NULL;
  g_autofree char *path = NULL;
  g_autofree char *command = NULL;
  int status = -1;

  if (program == NULL)
    {
      g_test_skip ("sqlite3 is not installed");
      return;
    }

  fixture_add_chain (self);
  fixture_add (self, "dddd", "aaaa", "CREATE TABLE d (x INTEGER);\nCREATE TRIGGER t AFTER INSERT ON d\n"
               "BEGIN\n  INSERT INTO a VALUES (1); -- inside\nEND;", "");
  fixture_add (self, "eeee", "cccc, dddd", "", "");
  script = write_script (self, STRATA_RUN_UPGRADE, "head", STRATA_DIALECT_SQLITE, &self->error);
  g_assert_no_error (self->error);

  path = g_build_filename (self->folder, "script.sql", NULL);
  strata_file_replace (path, script, -1, &self->error);
  g_assert_no_error (self->error);
  command = g_strdup_printf ("sqlite3 -bail %s '.read %s'", self->database, path);
  g_spawn_command_line_sync (command, NULL, NULL, &status, &self->error);
  g_assert_no_error (self->error);
  g_assert_cmpint (status, ==, 0);

  self->connection = fixture_connect (self->database, TRUE);
  fixture_assert_rows (self, "eeee");
  fixture_must_run (self, STRATA_RUN_DOWNGRADE, "cccc");
}

#define ADD(name, test) g_test_add ("/engine/script/" name, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  ADD ("upgrade", test_upgrade);
  ADD ("one-transaction", test_one_transaction);
  ADD ("alone", test_alone);
  ADD ("stamp", test_stamp);
  ADD ("refused", test_refused);
  ADD ("sqlite3-runs-it", test_sqlite3_runs_it);

  return g_test_run ();
}
