/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/preview.h"

#include "core/revision/sql-file.h"
#include "core/workspace/fixture.h"
#include "core/workspace/preview-check.h"

static StrataPreview *
preview_with (Fixture          *self,
              StrataRunOptions  options)
{
  g_autoptr(StrataConnection) connection = fixture_connect (self, FALSE);
  g_autoptr(GError) error = NULL;
  StrataPreview *preview = strata_workspace_preview (self->workspace, connection, &options, NULL, &error);

  g_assert_no_error (error);

  return preview;
}

static StrataPreview *
preview (Fixture       *self,
         StrataRunKind  kind,
         const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  options.kind = kind;
  options.targets = targets;

  return preview_with (self, options);
}

static void
execute (Fixture    *self,
         const char *sql)
{
  g_autoptr(StrataConnection) connection = fixture_connect (self, TRUE);
  g_autoptr(GError) error = NULL;

  strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
assert_loss (StrataPreview   *preview,
             guint            index,
             const char      *text,
             StrataRowsKnown  known,
             gint64           rows)
{
  const StrataPreviewLoss *loss = g_ptr_array_index (preview->losses, index);
  g_autofree char *is = g_strdup_printf ("%u:%u %s %s%s%s", loss->step, loss->line, loss->words, loss->name,
                                         loss->column != NULL ? "." : "", loss->column != NULL ? loss->column : "");

  g_assert_cmpstr (is, ==, text);
  g_assert_cmpint (loss->known, ==, known);
  g_assert_cmpint (loss->rows, ==, rows);
}

static void
test_upgrade (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(StrataPreview) first = preview (self, STRATA_RUN_UPGRADE, "heads");
  g_autofree char *database = test_folder_path (self->folder, "app.db");
  g_autoptr(StrataPreview) second = NULL;
  StrataStepScript *script;

  g_assert_no_error (first->refusal);
  g_assert_cmpuint (strata_plan_get_n_steps (first->plan), ==, 2);
  g_assert_cmpuint (first->n_transactions, ==, 2);
  g_assert_cmpuint (first->n_alone, ==, 0);
  g_assert_cmpint (first->first_run, ==, STRATA_FIRST_RUN_EMPTY);
  g_assert_true (first->makes_file);
  g_assert_false (first->makes_copy);
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
  script = g_ptr_array_index (first->scripts, 1);
  g_assert_cmpuint (strata_step_script_get_n_statements (script), ==, 1);

  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  second = preview (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_cmpuint (strata_plan_get_n_steps (second->plan), ==, 1);
  g_assert_cmpint (second->first_run, ==, STRATA_FIRST_RUN_NO);
  g_assert_false (second->makes_file);
  g_assert_true (second->makes_copy);
  g_assert_false (strata_preview_loses_data (second));
}

static void
test_losses (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(StrataPreview) down = NULL;

  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  execute (self, "INSERT INTO a VALUES (1), (2), (3)");
  down = preview (self, STRATA_RUN_DOWNGRADE, "base");

  g_assert_no_error (down->refusal);
  g_assert_cmpuint (down->losses->len, ==, 2);
  assert_loss (down, 0, "0:10 DROP TABLE b", STRATA_ROWS_COUNTED, 0);
  assert_loss (down, 1, "1:10 DROP TABLE a", STRATA_ROWS_COUNTED, 3);
  g_assert_false (strata_preview_loss_is_real (g_ptr_array_index (down->losses, 0)));
  g_assert_true (strata_preview_loses_data (down));
}

static void
test_losses_of_columns (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr(StrataPreview) up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     SCRIPT ("cccc", "bbbb",
                             "CREATE TABLE new_b (x); INSERT INTO new_b SELECT x FROM b; DROP TABLE b;\n"
                             "ALTER TABLE new_b RENAME TO b;\n"
                             "CREATE TABLE passing (x); DROP TABLE passing;\n"
                             "ALTER TABLE a DROP COLUMN x;", ""));
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "bbbb");
  execute (self, "INSERT INTO a VALUES (1), (NULL)");
  execute (self, "INSERT INTO b VALUES (1)");
  up = preview (self, STRATA_RUN_UPGRADE, "heads");

  g_assert_cmpuint (up->losses->len, ==, 2);
  assert_loss (up, 0, "0:9 DROP TABLE passing", STRATA_ROWS_NOT_THERE, 0);
  assert_loss (up, 1, "0:10 DROP COLUMN a.x", STRATA_ROWS_COUNTED, 1);
}

/* What was copied under another name, or in an expression, is kept; what only the old table has is not. */
static void
test_losses_of_rebuilt (Fixture       *self,
                        gconstpointer  data)
{
  g_autoptr(StrataPreview) up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     SCRIPT ("cccc", "bbbb",
                             "CREATE TABLE new_a (x, title); INSERT INTO new_a (x, title) SELECT x, trim(name) FROM a;\n"
                             "DROP TABLE a; ALTER TABLE new_a RENAME TO a;\n"
                             "CREATE TABLE new_b (x); INSERT INTO new_b (x) SELECT b.* FROM b; DROP TABLE b;\n"
                             "ALTER TABLE new_b RENAME TO b;\n"
                             "CREATE TABLE new_c (x); INSERT INTO new_c VALUES (1); DROP TABLE c; ALTER TABLE new_c RENAME TO c;", ""));
  test_folder_write (self->folder, "versions/dddd_d.sql",
                     SCRIPT ("dddd", "cccc",
                             "CREATE TABLE new_a (title); INSERT INTO new_a SELECT title FROM a; DROP TABLE a;\n"
                             "ALTER TABLE new_a RENAME TO a;", ""));
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "bbbb");
  execute (self, "ALTER TABLE a ADD COLUMN name; ALTER TABLE a ADD COLUMN \"Age\"; ALTER TABLE a ADD COLUMN empty;"
           "ALTER TABLE a ADD COLUMN twice AS (x); CREATE TABLE c (x); INSERT INTO c VALUES (1), (2);"
           "INSERT INTO a (x, name, \"Age\") VALUES (1, 'n', 30), (2, 'm', 31), (3, 'o', NULL)");
  up = preview (self, STRATA_RUN_UPGRADE, "heads");

  g_assert_cmpuint (up->losses->len, ==, 3);
  assert_loss (up, 0, "0:8 DROP TABLE a.\"Age\"", STRATA_ROWS_COUNTED, 2);
  assert_loss (up, 1, "0:8 DROP TABLE a.empty", STRATA_ROWS_COUNTED, 0);
  assert_loss (up, 2, "0:11 DROP TABLE c", STRATA_ROWS_COUNTED, 2);
  g_assert_true (strata_preview_loses_data (up));
}

/* By then the columns are not those that the database has. */
static void
test_rebuilt_after_rename (Fixture       *self,
                           gconstpointer  data)
{
  g_autoptr(StrataPreview) up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     SCRIPT ("cccc", "bbbb",
                             "ALTER TABLE a RENAME COLUMN x TO y;\n"
                             "CREATE TABLE new_a (y); INSERT INTO new_a SELECT y FROM a; DROP TABLE a; ALTER TABLE new_a RENAME TO a;",
                             ""));
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "bbbb");
  execute (self, "INSERT INTO a VALUES (1)");
  up = preview (self, STRATA_RUN_UPGRADE, "heads");

  g_assert_cmpuint (up->losses->len, ==, 0);
}

static void
test_renamed_is_real (Fixture       *self,
                      gconstpointer  data)
{
  g_autoptr(StrataPreview) up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     SCRIPT ("cccc", "bbbb", "ALTER TABLE a RENAME TO old_a; DROP TABLE Old_A;", ""));
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "bbbb");
  up = preview (self, STRATA_RUN_UPGRADE, "heads");

  g_assert_cmpuint (up->losses->len, ==, 1);
  assert_loss (up, 0, "0:7 DROP TABLE Old_A", STRATA_ROWS_UNKNOWN, 0);
  g_assert_true (strata_preview_loses_data (up));
}

static char *
describe_findings (const StrataPreview *preview)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < preview->findings->len; i++)
    {
      GPtrArray *findings = strata_preview_get_findings (preview, i);

      for (guint j = 0; findings != NULL && j < findings->len; j++)
        {
          StrataFinding *finding = g_ptr_array_index (findings, j);

          g_string_append_printf (text, "%s%u:%u %s", text->len > 0 ? "\n" : "", i, strata_finding_get_place (finding).line,
                                  strata_finding_get_message (finding));
        }
    }

  return g_string_free (text, FALSE);
}

static char *
check (Fixture       *self,
       StrataRunKind  kind,
       const char    *target)
{
  g_autoptr(StrataPreview) one = preview (self, kind, target);
  StrataProject *project = strata_workspace_get_project (self->workspace);
  g_autoptr(StrataKnownNamesReader) reader = strata_known_names_begin (project, STRATA_DIALECT_SQLITE, NULL);
  g_autoptr(StrataKnownNames) names = strata_known_names_read (reader, 10);

  g_assert_nonnull (names);
  g_assert_cmpuint (one->findings->len, ==, 0);
  strata_preview_check (one, project, (StrataSqlServer) { STRATA_DIALECT_SQLITE, 3 }, names, NULL);

  return describe_findings (one);
}

/* Of the direction that runs, of this server's sections, and of the steps that run. */
static void
test_findings (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *up = NULL;
  g_autofree char *part = NULL;
  g_autofree char *down = NULL;
  g_autofree char *stamp = NULL;

  test_folder_write (self->folder, "versions/bbbb_b.sql",
                     SCRIPT ("bbbb", "aaaa", "CREATE TABLE b (x);\nSELECT 1\n  FROM nowhere\n  WHERE,;", "DORP TABLE b;")
                     "\n-- strata:upgrade dialect=postgresql\nSELEC 1;\n");
  fixture_open (self);
  up = check (self, STRATA_RUN_UPGRADE, "heads");
  part = check (self, STRATA_RUN_UPGRADE, "aaaa");
  stamp = check (self, STRATA_RUN_STAMP, "heads");
  fixture_run (self, STRATA_RUN_UPGRADE, "aaaa");
  execute (self, "INSERT INTO alembic_version VALUES ('bbbb')");
  down = check (self, STRATA_RUN_DOWNGRADE, "base");

  g_assert_cmpstr (up, ==, "1:10 SQLite: near \",\": syntax error");
  g_assert_cmpstr (part, ==, "");
  g_assert_cmpstr (stamp, ==, "");
  g_assert_cmpstr (down, ==, "0:13 SQLite: near \"DORP\": syntax error");
}

static void
test_findings_of_names (Fixture       *self,
                        gconstpointer  data)
{
  g_autofree char *up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     SCRIPT ("cccc", "bbbb", "DROP TABLE a;\nUPDATE b SET x = 1;\nUPDATE a SET x = 1;", "DELETE FROM a;"));
  fixture_open (self);
  up = check (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_cmpstr (up, ==, "2:9 The table “a” is not there any more: this script drops it");
}

/* It would count as applied, with nothing done. */
static void
test_findings_of_unwritten (Fixture       *self,
                            gconstpointer  data)
{
  g_autofree char *up = NULL;
  g_autofree char *down = NULL;

  test_folder_write (self->folder, "versions/bbbb_b.sql", SCRIPT ("bbbb", "aaaa", STRATA_SQL_INVITATION, ""));
  fixture_open (self);
  up = check (self, STRATA_RUN_UPGRADE, "heads");
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  down = check (self, STRATA_RUN_DOWNGRADE, "aaaa");

  g_assert_cmpstr (up, ==, "1:7 Nothing is written here yet");
  g_assert_cmpstr (down, ==, "");
}

/* Refused, and with a place to open. */
static void
test_findings_of_python (Fixture       *self,
                         gconstpointer  data)
{
  g_autofree char *up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.py",
                     "revision = 'cccc'\ndown_revision = 'bbbb'\n\nfrom alembic import op\n\n\ndef upgrade():\n"
                     "    raise RuntimeError('not yet')\n\n\ndef downgrade():\n    pass\n");
  fixture_open (self);
  up = check (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_cmpstr (up, ==, "2:8 RuntimeError: not yet");
}

/* All of it is still shown; what it would do is no secret because it can't be done. */
static void
test_refusals (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr(StrataPreview) down = NULL;
  g_autoptr(StrataPreview) python = NULL;
  g_autoptr(StrataPreview) unknown = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- C\n--\n-- Revision: cccc\n-- Revises: bbbb\n\n-- strata:upgrade\nSELECT 1;\n");
  fixture_open (self);
  fixture_run (self, STRATA_RUN_UPGRADE, "heads");
  down = preview (self, STRATA_RUN_DOWNGRADE, "base");
  g_assert_error (down->refusal, STRATA_ERROR, STRATA_ERROR_REFUSED);
  g_assert_cmpuint (strata_plan_get_n_steps (down->plan), ==, 3);
  g_assert_null (g_ptr_array_index (down->scripts, 0));
  g_assert_nonnull (g_ptr_array_index (down->scripts, 1));

  test_folder_write (self->folder, "versions/dddd_d.py",
                     "\"\"\"D\"\"\"\nrevision = 'dddd'\ndown_revision = 'cccc'\nimport requests\n"
                     "def upgrade():\n    requests.get('http://a')\n");
  fixture_open (self);
  python = preview (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_error (python->refusal, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON);

  unknown = preview (self, STRATA_RUN_UPGRADE, "zzzz");
  g_assert_nonnull (unknown->refusal);
  g_assert_null (unknown->plan);
  g_assert_cmpuint (unknown->scripts->len, ==, 0);
}

static void
test_refuses_findings (Fixture       *self,
                       gconstpointer  data)
{
  g_autoptr(StrataPreview) up = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql", SCRIPT ("cccc", "missing", "", ""));
  fixture_open (self);
  up = preview (self, STRATA_RUN_UPGRADE, "heads");

  g_assert_error (up->refusal, STRATA_ERROR, STRATA_ERROR_FINDINGS);
}

static void
test_offline (Fixture       *self,
              gconstpointer  data)
{
  const char *targets[] = { "heads", NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataPreview) none = NULL;

  options.targets = targets;
  none = strata_workspace_preview (self->workspace, NULL, &options, NULL, NULL);
  g_assert_error (none->refusal, STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT);
}

static void
test_cancelled (Fixture       *self,
                gconstpointer  data)
{
  const char *targets[] = { "heads", NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataConnection) connection = fixture_connect (self, FALSE);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  options.targets = targets;
  g_cancellable_cancel (cancellable);
  g_assert_null (strata_workspace_preview (self->workspace, connection, &options, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_transactions (Fixture       *self,
                   gconstpointer  data)
{
  const char *targets[] = { "bbbb", NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataPreview) one = NULL;
  g_autoptr(StrataPreview) alone = NULL;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- C\n--\n-- Revision: cccc\n-- Revises: bbbb\n\n-- strata:upgrade\nSELECT 1;\n\n"
                     "-- strata:upgrade transaction=off\nVACUUM;\nVACUUM;\n");
  fixture_open (self);

  options.targets = targets;
  options.single_transaction = TRUE;
  one = preview_with (self, options);
  g_assert_true (one->one_transaction);
  g_assert_cmpuint (one->n_transactions, ==, 1);

  alone = preview (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_no_error (alone->refusal);
  g_assert_cmpuint (alone->n_transactions, ==, 3);
  g_assert_cmpuint (alone->n_alone, ==, 2);
}

/* A run stopped outside of a transaction: the next one goes on there, and says so. */
static void
test_unfinished (Fixture       *self,
                 gconstpointer  data)
{
  const char *targets[] = { "heads", NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataConnection) connection = fixture_connect (self, TRUE);
  g_autoptr(StrataRunReport) report = NULL;
  g_autoptr(StrataPreview) again = NULL;
  g_autoptr(GError) error = NULL;
  const StrataLedgerEntry *entry;
  StrataRunRequest request;

  test_folder_write (self->folder, "versions/cccc_c.sql",
                     "-- C\n--\n-- Revision: cccc\n-- Revises: bbbb\n\n"
                     "-- strata:upgrade transaction=off\nVACUUM;\nSELECT nothing;\n");
  fixture_open (self);
  options.targets = targets;
  request = strata_workspace_run_request (self->workspace, STRATA_DIALECT_SQLITE, &options);
  report = strata_engine_run (connection, &request, NULL, NULL, NULL, &error);
  g_assert_nonnull (error);

  again = preview (self, STRATA_RUN_UPGRADE, "heads");
  g_assert_cmpuint (again->unfinished->len, ==, 1);
  entry = g_ptr_array_index (again->unfinished, 0);
  g_assert_cmpstr (entry->revision, ==, "cccc");
  g_assert_cmpuint (entry->done, ==, 1);
}

static void
test_stamp (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(StrataPreview) stamp = preview (self, STRATA_RUN_STAMP, "bbbb");

  g_assert_no_error (stamp->refusal);
  g_assert_cmpuint (stamp->scripts->len, ==, strata_plan_get_n_steps (stamp->plan));
  g_assert_null (g_ptr_array_index (stamp->scripts, 0));
  g_assert_cmpuint (stamp->n_transactions, ==, 1);
}

#define ADD(path, test) g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down)

int
main (int    argc,
      char **argv)
{
  TestFolder *home = fixture_private_home ();
  int result;

  g_test_init (&argc, &argv, NULL);

  ADD ("/workspace/preview/upgrade", test_upgrade);
  ADD ("/workspace/preview/findings", test_findings);
  ADD ("/workspace/preview/findings-of-names", test_findings_of_names);
  ADD ("/workspace/preview/findings-of-unwritten", test_findings_of_unwritten);
  ADD ("/workspace/preview/findings-of-python", test_findings_of_python);
  ADD ("/workspace/preview/losses", test_losses);
  ADD ("/workspace/preview/losses-of-columns", test_losses_of_columns);
  ADD ("/workspace/preview/losses-of-rebuilt", test_losses_of_rebuilt);
  ADD ("/workspace/preview/rebuilt-after-rename", test_rebuilt_after_rename);
  ADD ("/workspace/preview/renamed-is-real", test_renamed_is_real);
  ADD ("/workspace/preview/refusals", test_refusals);
  ADD ("/workspace/preview/refuses-findings", test_refuses_findings);
  ADD ("/workspace/preview/offline", test_offline);
  ADD ("/workspace/preview/cancelled", test_cancelled);
  ADD ("/workspace/preview/transactions", test_transactions);
  ADD ("/workspace/preview/unfinished", test_unfinished);
  ADD ("/workspace/preview/stamp", test_stamp);

  result = g_test_run ();
  test_folder_free (home);

  return result;
}
