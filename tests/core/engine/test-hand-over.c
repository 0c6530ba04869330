/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Steps of ours and steps that are handed over in one run. The program is a script for sqlite3 that answers as Alembic
 * does; what a real one does is tests/cli/test-hand-over.py. */

#include "config.h"

#include "fixture.h"

#include "core/database/sqlite/gate.h"
#include "core/project/trust.h"

static const char alembic[] =
  "#!/bin/sh\n"
  "db=${OTHER:-test.db}\n"
  "run () { sqlite3 -cmd '.timeout 5000' $db \"$1\"; }\n"
  "case \"$1 $2\" in\n"
  "'current --verbose')\n"
  "  rows=$(run \"SELECT 'Rev: ' || version_num || ' (head)' FROM alembic_version\") || exit 1\n"
  "  echo \"Current revision(s) for sqlite:///$db:\"; echo \"$rows\" ;;\n"
  "'upgrade cccc')\n"
  "  run \"CREATE TABLE b (x); CREATE TABLE c (x); UPDATE alembic_version SET version_num = 'cccc'\"; echo done ;;\n"
  "'upgrade eeee')\n"
  "  run \"CREATE TABLE e (x); UPDATE alembic_version SET version_num = '${LAST:-eeee}'\"; exit ${STATUS:-0} ;;\n"
  "'downgrade dddd')\n"
  "  run \"DROP TABLE e; UPDATE alembic_version SET version_num = 'dddd'\" ;;\n"
  "*) echo \"unexpected: $*\"; exit 9 ;;\n"
  "esac\n";

typedef struct
{
  Fixture           run;
  StrataHandOver    hand_over;
  StrataStepSource  source;
} Hand;

static StrataStepScript *
load (const StrataStep  *step,
      StrataDialect      dialect,
      gboolean           is_offline,
      gpointer           data,
      GError           **error)
{
  const char *id = strata_revision_get_id (step->revision);

  if (strchr ("bce", *id) == NULL)
    return strata_step_source_files.load (step, dialect, is_offline, NULL, error);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON, "%s.py:3: it opens a file", id);

  return NULL;
}

static void
set_up (Hand          *self,
        gconstpointer  data)
{
  static const char * const names[] = { "OTHER", "LAST", "STATUS" };
  Fixture *run = &self->run;
  g_autofree char *path = NULL;
  const char *arguments[] = { NULL, NULL };

  fixture_set_up (run, data);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_unsetenv (names[i]);

  arguments[0] = path = g_build_filename (run->folder, "alembic", NULL);
  g_assert_true (g_file_set_contents (path, alembic, -1, NULL));
  g_assert_cmpint (g_chmod (path, 0755), ==, 0);

  self->source.load = load;
  self->hand_over.command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, arguments, run->folder, "made up");
  self->hand_over.trusted = TRUE;
  run->request.source = &self->source;
  run->request.hand_over = &self->hand_over;
  run->request.transaction = STRATA_TRANSACTION_PER_RUN;
  fixture_add_chain (run);
  fixture_add (run, "dddd", "cccc", "CREATE TABLE d (x INTEGER);", "DROP TABLE d;");
  fixture_add (run, "eeee", "dddd", "SELECT 1;", "SELECT 1;");
}

static void
tear_down (Hand          *self,
           gconstpointer  data)
{
  strata_project_command_unref (self->hand_over.command);
  fixture_tear_down (&self->run, data);
}

static void
test_mixed (Hand          *self,
            gconstpointer  data)
{
  Fixture *run = &self->run;
  g_autofree char *log = NULL;
  g_autoptr(GString) text = NULL;

  fixture_must_run (run, STRATA_RUN_UPGRADE, "head");
  fixture_assert_rows (run, "eeee");
  fixture_assert_query (run, "SELECT name FROM sqlite_master WHERE length (name) = 1 ORDER BY name", "a,b,c,d,e");

  text = g_string_new (run->log->str);
  g_string_replace (text, run->folder, "", 0);
  g_assert_cmpstr (text->str, ==,
                   "planned 5\n"
                   "step 1 of 5\nbegin 1 of 1\ndone 1 of 1\nstep done 1\n"
                   "program /alembic current --verbose\n"
                   "step 2 of 5\nprogram /alembic upgrade cccc\noutput done\nstep done 2\nstep 3 of 5\nstep done 3\n"
                   "step 4 of 5\nbegin 1 of 1\ndone 1 of 1\nstep done 4\n"
                   "program /alembic current --verbose\n"
                   "step 5 of 5\nprogram /alembic upgrade eeee\nstep done 5\n");
  g_assert_cmpuint (run->report->n_done, ==, 5);
  g_assert_true (((StrataStepReport *) g_ptr_array_index (run->report->steps, 2))->by_alembic);
  g_assert_false (((StrataStepReport *) g_ptr_array_index (run->report->steps, 3))->by_alembic);

  fixture_must_run (run, STRATA_RUN_DOWNGRADE, "cccc");
  fixture_assert_rows (run, "cccc");
  fixture_assert_query (run, "SELECT name FROM sqlite_master WHERE length (name) = 1 ORDER BY name", "a,b,c");
}

static void
test_consent (Hand          *self,
              gconstpointer  data)
{
  Fixture *run = &self->run;
  g_autoptr(GPtrArray) commands = g_ptr_array_new ();

  self->hand_over.trusted = FALSE;
  g_assert_false (fixture_run (run, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (run->error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);
  g_assert_cmpint (run->report->question, ==, STRATA_QUESTION_CONSENT);
  fixture_assert_says (run->error->message, "bbbb.py:3: it opens a file");
  fixture_assert_says (run->error->message, "eeee.py:3: it opens a file");
  fixture_assert_query (run, "SELECT count(*) FROM sqlite_master", "0");

  /* What is ours needs nobody's. */
  fixture_must_run (run, STRATA_RUN_UPGRADE, "aaaa");

  g_ptr_array_add (commands, self->hand_over.command);
  g_assert_true (strata_trust_give (run->folder, commands, NULL));
  fixture_must_run (run, STRATA_RUN_UPGRADE, "head");
  g_assert_true (strata_trust_revoke (run->folder, NULL, NULL));

  self->run.request.hand_over = NULL;
  g_assert_false (fixture_run (run, STRATA_RUN_DOWNGRADE, "base"));
  g_assert_error (run->error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON);
}

static void
test_elsewhere (Hand          *self,
                gconstpointer  data)
{
  Fixture *run = &self->run;
  g_autofree char *other = g_build_filename (run->folder, "other.db", NULL);
  g_autoptr(StrataConnection) there = fixture_connect (other, TRUE);

  fixture_must_run (run, STRATA_RUN_UPGRADE, "aaaa");
  g_assert_true (strata_connection_execute (there, "CREATE TABLE alembic_version (version_num TEXT);"
                                                   "INSERT INTO alembic_version VALUES ('aaaa')", -1, NULL, 0, NULL, NULL,
                                            NULL));
  g_setenv ("OTHER", "other.db", TRUE);
  g_assert_false (fixture_run (run, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (run->error, STRATA_ERROR, STRATA_ERROR_REFUSED);
  fixture_assert_says (run->error->message, "never came here");
  fixture_assert_rows (run, "aaaa");

  g_clear_object (&run->connection);
  run->connection = g_steal_pointer (&there);
  fixture_assert_rows (run, "aaaa");
  fixture_assert_query (run, "SELECT count(*) FROM sqlite_master", "1");
}

static void
test_wrong_rows (Hand          *self,
                 gconstpointer  data)
{
  Fixture *run = &self->run;

  g_setenv ("LAST", "xxxx", TRUE);
  g_assert_false (fixture_run (run, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (run->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  fixture_assert_says (run->error->message, "the database is at xxxx and not at eeee");
  g_assert_cmpstr (run->report->rows[0], ==, "xxxx");
  g_assert_cmpuint (run->report->n_done, ==, 4);
}

/* It said that it failed, and the rows say that it is done: both are told. */
static void
test_late_failure (Hand          *self,
                   gconstpointer  data)
{
  Fixture *run = &self->run;

  g_setenv ("STATUS", "3", TRUE);
  g_assert_false (fixture_run (run, STRATA_RUN_UPGRADE, "head"));
  g_assert_error (run->error, STRATA_ERROR, STRATA_ERROR_FAILED);
  fixture_assert_says (run->error->message, "failed with status 3");
  g_assert_cmpstr (run->report->rows[0], ==, "eeee");
  g_assert_cmpuint (run->report->n_done, ==, 5);
}

/* Closing one must not take away the locks that our own connections hold on the file. */
static void
test_gate (Hand          *self,
           gconstpointer  data)
{
  Fixture *run = &self->run;
  g_autofree char *line = g_strdup_printf ("sqlite3 '%s' 'SELECT * FROM t'", run->database);
  g_autofree char *shell = g_strdup_printf ("sqlite3 '%s' 'BEGIN IMMEDIATE'", run->database);
  g_autoptr(GError) error = NULL;
  int status = 0;

  fixture_execute (run, "CREATE TABLE t (x)");
  fixture_execute (run, "BEGIN IMMEDIATE");
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(StrataSqliteGate) gate = strata_sqlite_gate_close (run->database, &error);

      g_assert_no_error (error);
      g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &status, NULL));
      g_assert_cmpint (status, !=, 0);
    }

  g_assert_true (g_spawn_command_line_sync (line, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, ==, 0);
  g_assert_true (g_spawn_command_line_sync (shell, NULL, NULL, &status, NULL));
  g_assert_cmpint (status, !=, 0);
  fixture_execute (run, "COMMIT");

  g_assert_null (strata_sqlite_gate_close ("/nonexistent/file", &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_LOCKED);
}

#define add(path, test) g_test_add (path, Hand, NULL, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  g_autofree char *sqlite3 = g_find_program_in_path ("sqlite3");

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  if (sqlite3 == NULL)
    {
      g_print ("1..0 # SKIP no program sqlite3\n");
      return 0;
    }

  add ("/engine/hand-over/mixed", test_mixed);
  add ("/engine/hand-over/consent", test_consent);
  add ("/engine/hand-over/elsewhere", test_elsewhere);
  add ("/engine/hand-over/wrong-rows", test_wrong_rows);
  add ("/engine/hand-over/late-failure", test_late_failure);
  add ("/engine/hand-over/gate", test_gate);

  return g_test_run ();
}
