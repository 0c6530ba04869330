/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/project/folder.h"
#include "core/workspace/check.h"
#include "core/workspace/scope.h"
#include "core/workspace/side.h"

#define SQL(id, down, upgrade, downgrade) \
  "-- x\n--\n-- Revision: " id "\n-- Revises: " down "\n\n-- strata:upgrade\n" upgrade "\n\n-- strata:downgrade\n" downgrade "\n"
#define PYTHON(id, down, upgrade, downgrade) \
  "\"\"\"x\"\"\"\nfrom alembic import op\nimport requests, sqlalchemy as sa\n\nrevision = \"" id "\"\n" \
  "down_revision = " down "\n\ndef upgrade():\n    " upgrade "\n\n\ndef downgrade():\n    " downgrade "\n"

#define FIRST \
  "CREATE TABLE a (x int);\nCREATE TABLE b (x int, y int);\nUPDATE a SET x = 1;\nUPDATE b SET x = 1;\nDELETE FROM a;"

static TestFolder *
new_sql_project (void)
{
  TestFolder *folder = test_folder_new ();

  test_folder_write (folder, "strata.ini", "[strata]\nsqlalchemy.url = sqlite:///app.db\n");
  test_folder_write (folder, "versions/r1_a.sql", SQL ("r1", "", FIRST, "DROP TABLE b;\nDROP TABLE a;"));
  test_folder_write (folder, "versions/r2_b.sql", SQL ("r2", "r1", "ALTER TABLE b DROP COLUMN y;", "ALTER TABLE b ADD COLUMN y int;"));

  return folder;
}

static TestFolder *
new_alembic_project (void)
{
  TestFolder *folder = test_folder_new ();

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n");
  test_folder_write (folder, "migrations/env.py",
                     "from alembic import context\ncontext.configure(url=context.config.get_main_option(\"sqlalchemy.url\"))\n");
  test_folder_write (folder, "migrations/versions/r1_a.py",
                     PYTHON ("r1", "None", "op.create_table(\"orders\", sa.Column(\"id\", sa.Integer()))", "op.drop_table(\"orders\")"));

  return folder;
}

/* "file:line:column: code" a line. */
static char *
describe (GPtrArray *findings)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);
      StrataPlace place = strata_finding_get_place (finding);
      g_autofree char *name = g_path_get_basename (place.file);

      g_string_append_printf (text, "%s%s:%u:%u: %s", i > 0 ? "\n" : "", name, place.line, place.column,
                              strata_finding_get_message (finding));
    }

  return g_strdup (text->str);
}

static char *
check_project (TestFolder *folder)
{
  const StrataWorkspaceRequest request = { .project = { .folder = folder } };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataWorkspace) workspace = strata_workspace_open (&request, &error);
  g_autoptr(GPtrArray) findings = NULL;

  g_assert_no_error (error);
  findings = strata_workspace_check_files (workspace);

  return describe (findings);
}

static StrataKnownNames *
read_names (TestFolder       *folder,
            StrataKnownNames *before)
{
  const StrataProjectRequest request = { .folder = folder };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataProject) project = strata_project_open (&request, &error);
  g_autoptr(StrataKnownNamesReader) reader = NULL;
  StrataKnownNames *names;

  g_assert_no_error (error);
  reader = strata_known_names_begin (project, STRATA_DIALECT_SQLITE, before);
  do
    names = strata_known_names_read (reader, 1);
  while (names == NULL);

  return names;
}

static char *
check_text (StrataKnownNames *names,
            const char       *path,
            const char       *text)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataScope) scope = strata_scope_new (names, path, text, strlen (text), NULL, findings);

  g_assert_true (scope != NULL || findings->len == 0);

  return describe (findings);
}

static void
test_project (void)
{
  TestFolder *folder = new_sql_project ();
  g_autofree char *good = check_project (folder);
  g_autofree char *bad = NULL;

  g_assert_cmpstr (good, ==, "");

  test_folder_write (folder, "versions/r3_c.sql",
                     SQL ("r3", "r2", "UPDATE b SET y = 1;\nDROP TABLE a;", "SELECT * FROM a;"));
  bad = check_project (folder);
  g_assert_cmpstr (bad, ==, "r3_c.sql:7:14: The column “y” of “b” is not there any more: revision r2 drops it\n"
                   "r3_c.sql:11:15: The table “a” is not there any more: this script drops it");
  test_folder_free (folder);
}

/* Another branch's tables are not there, and what it drops is. */
static void
test_branches (void)
{
  TestFolder *folder = new_sql_project ();
  g_autofree char *said = NULL;
  g_autofree char *merged = NULL;

  test_folder_write (folder, "versions/q3_drop.sql", SQL ("q3", "r2", "DROP TABLE a;", ""));
  test_folder_write (folder, "versions/r3_use.sql", SQL ("r3", "r2", "UPDATE a SET x = 2;", ""));
  said = check_project (folder);
  g_assert_cmpstr (said, ==, "");

  test_folder_write (folder, "versions/r4_merge.sql", SQL ("r4", "r3, q3", "UPDATE a SET x = 2;\nUPDATE b SET y = 2;", ""));
  merged = check_project (folder);
  g_assert_cmpstr (merged, ==, "r4_merge.sql:7:8: The table “a” is not there any more: revision q3 drops it\n"
                   "r4_merge.sql:8:14: The column “y” of “b” is not there any more: revision r2 drops it");
  test_folder_free (folder);
}

/* Where the first script finds a database that is there already, nobody knows what it has. */
static void
test_adopted (void)
{
  TestFolder *folder = new_sql_project ();
  g_autofree char *said = NULL;

  test_folder_write (folder, "versions/r1_a.sql", SQL ("r1", "", "", ""));
  test_folder_write (folder, "versions/r3_c.sql", SQL ("r3", "r2", "UPDATE elsewhere SET z = 1;\nUPDATE b SET z = 1;", ""));
  said = check_project (folder);
  g_assert_cmpstr (said, ==, "");
  test_folder_free (folder);
}

static StrataPicture *
look (const char *sql)
{
  static const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = ":memory:" };
  static const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = strata_connection_open (url, &options, NULL, &error);
  g_auto(GStrv) statements = g_strsplit (sql, ";", -1);
  StrataPicture *picture;

  g_assert_no_error (error);
  for (guint i = 0; statements[i] != NULL; i++)
    {
      strata_connection_execute (connection, statements[i], -1, NULL, 0, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  picture = strata_workspace_read_tables (connection, NULL, &error);
  g_assert_no_error (error);
  strata_connection_close (connection);

  return picture;
}

typedef struct
{
  const char *upgrade;
  const char *said;
} DatabaseCase;

/* Known from the database alone: it is there, with what a pending revision makes of it. What it has not may have come since:
 * nothing is said but of a slip of the pen. */
static const DatabaseCase database_cases[] = {
  { "UPDATE lamps SET colour = 1 WHERE watts > 2;", "" },
  { "UPDATE lamps SET newer = 1;\nUPDATE newest SET x = 1;", "" },
  { "UPDATE lamps SET colpur = 1;", "r3_c.sql:7:18: There is no column “colpur” of “lamps” here" },
  { "UPDATE lapms SET colour = 1;", "r3_c.sql:7:8: There is no table “lapms” here" },
  { "UPDATE seen SET colpur = 1;", "" },
  { "UPDATE b SET y = 1;", "r3_c.sql:7:14: The column “y” of “b” is not there any more: revision r2 drops it" },
  { "CREATE TABLE lamps (other int);\nUPDATE lamps SET colpur = 1;", "" },
  { "ALTER TABLE lamps RENAME colour TO tone;\nUPDATE lamps SET colour = tone;",
    "r3_c.sql:8:18: The column “colour” of “lamps” is not there any more: this script renames it to “tone”" },
};

static void
test_database (void)
{
  TestFolder *folder = new_sql_project ();
  g_autofree char *path = g_build_filename (folder, "versions", "r3_c.sql", NULL);
  g_autofree char *applied = g_build_filename (folder, "versions", "r1_a.sql", NULL);
  static const char * const rows[] = { "r1", "ghost", NULL };
  g_autoptr(StrataPicture) picture = look ("CREATE TABLE lamps (id INTEGER, colour TEXT, watts INT); CREATE TABLE b (x INT, y INT);"
                                           "CREATE VIEW seen AS SELECT colour FROM lamps");
  g_autoptr(StrataKnownNames) files = NULL;
  g_autoptr(StrataKnownNames) names = NULL;
  g_autoptr(StrataCatalogue) before = NULL;
  g_autoptr(StrataCatalogue) past = NULL;
  g_autoptr(GPtrArray) columns = NULL;

  test_folder_write (folder, "versions/r1_a.sql", SQL ("r1", "", "", ""));
  test_folder_write (folder, "versions/r3_c.sql", SQL ("r3", "r2", "", ""));
  files = read_names (folder, NULL);
  names = strata_known_names_new_with_database (files, picture, rows);
  for (guint i = 0; i < G_N_ELEMENTS (database_cases); i++)
    {
      g_autofree char *text = g_strdup_printf (SQL ("r3", "r2", "%s", ""), database_cases[i].upgrade);
      g_autofree char *said = check_text (names, path, text);

      g_assert_cmpstr (said, ==, database_cases[i].said);
    }

  before = strata_known_names_before (names, path);
  g_assert_cmpint (strata_catalogue_find_table (before, "lamps"), ==, STRATA_NAME_THERE);
  columns = strata_catalogue_list_columns (before, "lamps");
  g_assert_cmpuint (columns->len, ==, 3);
  past = strata_known_names_before (names, applied);
  g_assert_cmpint (strata_catalogue_find_table (past, "lamps"), ==, STRATA_NAME_UNKNOWN);
  test_folder_free (folder);
}

static void
test_edited (void)
{
  TestFolder *folder = new_sql_project ();
  g_autofree char *path = g_build_filename (folder, "versions", "r2_b.sql", NULL);
  g_autoptr(StrataKnownNames) names = read_names (folder, NULL);
  g_autofree char *good = check_text (names, path, SQL ("r2", "r1", "UPDATE b SET y = 1;", ""));
  g_autofree char *bad = check_text (names, path, SQL ("r2", "r1", "UPDATE b SET yy = 1;", ""));
  g_autofree char *broken = check_text (names, path, "-- strata:upgrade\nUPDATE b SET yy = 1;\n");
  g_autofree char *elsewhere = check_text (names, "/p/r9_x.sql", SQL ("r9", "r1", "UPDATE b SET yy = 1;", ""));

  g_assert_cmpstr (good, ==, "");
  g_assert_cmpstr (bad, ==, "r2_b.sql:7:14: There is no column “yy” of “b” here");
  g_assert_cmpstr (broken, ==, "");
  g_assert_cmpstr (elsewhere, ==, "");
  g_assert_null (strata_known_names_before (names, "/p/r9_x.sql"));
  test_folder_free (folder);
}

/* Around each line of a script, and on the way back. */
static void
test_scope (void)
{
  TestFolder *folder = new_sql_project ();
  g_autofree char *path = g_build_filename (folder, "versions", "r2_b.sql", NULL);
  g_autoptr(StrataKnownNames) names = read_names (folder, NULL);
  static const char text[] = SQL ("r2", "r1", "CREATE TABLE c (z int);\n\nDROP TABLE a;", "\n");
  static const char broken[] = "-- strata:upgrade\nCREATE TABLE";
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataScope) scope = strata_scope_new (names, path, text, strlen (text), NULL, findings);
  g_autoptr(StrataScope) same = strata_scope_ref (scope);
  g_autoptr(StrataScope) later = strata_scope_new (names, path, broken, strlen (broken), scope, findings);
  g_autoptr(StrataCatalogue) first = strata_scope_get (same, 7);
  g_autoptr(StrataCatalogue) second = strata_scope_get (scope, 8);
  g_autoptr(StrataCatalogue) back = strata_scope_get (scope, 12);
  g_autoptr(StrataCatalogue) kept = strata_scope_get (later, 100);

  g_assert_cmpuint (findings->len, ==, 0);
  g_assert_cmpint (strata_catalogue_find_table (first, "c"), ==, STRATA_NAME_NOT_THERE);
  g_assert_cmpint (strata_catalogue_find_table (second, "c"), ==, STRATA_NAME_THERE);
  g_assert_cmpint (strata_catalogue_find_table (second, "a"), ==, STRATA_NAME_THERE);
  g_assert_cmpint (strata_catalogue_find_table (back, "a"), ==, STRATA_NAME_GONE);
  g_assert_cmpint (strata_catalogue_find_column (back, "c", "z"), ==, STRATA_NAME_THERE);
  g_assert_cmpint (strata_catalogue_find_table (kept, "c"), ==, STRATA_NAME_THERE);
  test_folder_free (folder);
}

/* What nobody changed is not read again. */
static void
test_read_again (void)
{
  TestFolder *folder = new_sql_project ();
  g_autoptr(StrataKnownNames) first = read_names (folder, NULL);
  g_autoptr(StrataKnownNames) second = NULL;
  g_autoptr(StrataCatalogue) before = NULL;
  g_autofree char *path = g_build_filename (folder, "versions", "r3_c.sql", NULL);

  test_folder_write (folder, "versions/r3_c.sql", SQL ("r3", "r2", "", ""));
  second = read_names (folder, first);
  g_assert_cmpuint (strata_known_names_get_n_read (first), ==, 2);
  g_assert_cmpuint (strata_known_names_get_n_read (second), ==, 1);

  before = strata_known_names_before (second, path);
  g_assert_cmpint (strata_catalogue_find_column (before, "b", "x"), ==, STRATA_NAME_THERE);
  g_assert_cmpint (strata_catalogue_find_column (before, "b", "y"), ==, STRATA_NAME_GONE);
  test_folder_free (folder);
}

typedef struct
{
  const char *name;
  const char *upgrade;
  const char *downgrade;
  const char *said;
} Case;

static const Case cases[] = {
  { "good", "op.add_column(\"orders\", sa.Column(\"paid\", sa.Integer()))", "op.drop_column(\"orders\", \"paid\")", "" },
  { "table", "op.add_column(\"ordesr\", sa.Column(\"paid\", sa.Integer()))", "pass",
    "r2_b.py:9:20: There is no table “ordesr” here" },
  { "column", "op.drop_column(\n        \"orders\",\n        \"piad\")", "pass",
    "r2_b.py:11:10: There is no column “piad” of “orders” here" },
  { "way-back", "pass", "op.drop_index(\"i\", \"orders\")\n    op.alter_column(\"orders\", \"paid\", new_column_name=\"x\")",
    "r2_b.py:14:32: There is no column “paid” of “orders” here" },
  { "statement", "op.execute(\"\"\"\n        UPDATE orders\n        SET piad = 1\n    \"\"\")", "pass",
    "r2_b.py:11:13: There is no column “piad” of “orders” here" },
  { "batch", "with op.batch_alter_table(\"orders\") as batch_op:\n        batch_op.drop_column(\"piad\")", "pass",
    "r2_b.py:10:31: There is no column “piad” of “orders” here" },
  { "data", "op.bulk_insert(sa.table(\"orders\", sa.column(\"piad\")), [{\"piad\": 1}])", "pass",
    "r2_b.py:9:50: There is no column “piad” of “orders” here" },
  { "needs-python", "op.drop_column(\"orders\", requests.get(\"u\").text)", "pass", "" },
  { "asks-the-database", "op.get_bind().execute(sa.text(\"SELECT 1\")).scalar() + 1; op.drop_column(\"orders\", \"piad\")", "pass", "" },
};

static void
test_python (gconstpointer data)
{
  const Case *one = data;
  TestFolder *folder = new_alembic_project ();
  g_autofree char *head = g_strdup (PYTHON ("r2", "\"r1\"", "@", "#"));
  g_auto(GStrv) parts = g_strsplit_set (head, "@#", -1);
  g_autofree char *text = g_strconcat (parts[0], one->upgrade, parts[1], one->downgrade, parts[2], NULL);
  g_autofree char *said = NULL;

  test_folder_write (folder, "migrations/versions/r2_b.py", text);
  said = check_project (folder);
  if (g_str_has_prefix (one->name, "table"))
    g_assert_true (g_str_has_prefix (said, one->said));
  else
    g_assert_cmpstr (said, ==, one->said);
  test_folder_free (folder);
}

/* What a script of the past does by means that nobody sees into may be anything that it speaks of. */
static void
test_opaque_past (void)
{
  TestFolder *folder = new_alembic_project ();
  g_autofree char *said = NULL;

  test_folder_write (folder, "migrations/versions/r2_b.py",
                     PYTHON ("r2", "\"r1\"", "requests.add_columns(\"orders\")", "pass"));
  test_folder_write (folder, "migrations/versions/r3_c.py", PYTHON ("r3", "\"r2\"", "op.drop_column(\"orders\", \"new\")", "pass"));
  said = check_project (folder);
  g_assert_cmpstr (said, ==, "");
  test_folder_free (folder);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/known-names/project", test_project);
  g_test_add_func ("/workspace/known-names/branches", test_branches);
  g_test_add_func ("/workspace/known-names/adopted", test_adopted);
  g_test_add_func ("/workspace/known-names/database", test_database);
  g_test_add_func ("/workspace/known-names/edited", test_edited);
  g_test_add_func ("/workspace/known-names/read-again", test_read_again);
  g_test_add_func ("/workspace/known-names/scope", test_scope);
  g_test_add_func ("/workspace/known-names/opaque-past", test_opaque_past);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/workspace/known-names/python/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_python);
    }

  return g_test_run ();
}
