/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/project/folder.h"
#include "core/workspace/script-check.h"

#define HEADER "-- x\n--\n-- Revision: a1\n-- Revises:\n\n"

typedef struct
{
  const char    *name;
  StrataDialect  dialect;
  guint          major;
  const char    *text;
  const char    *expected;    /* "severity line:column message" a line, or what begins so; NULL: nothing */
} Case;

static const Case cases[] = {
  { "good", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\nSELECT * FROM no_such;\n", NULL },
  { "sqlite", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\nSELECT 1;\n\nCREATE TABLE t (\n  a SELEC, b c d,,\n);\n",
    "error 10:18 SQLite: near \",\": syntax error" },
  { "sqlite-end", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\nSELECT 'é' FROM\n", "error 7:16 SQLite: incomplete input" },
  { "sqlite-pragma", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\nPRAGMA user_version = 3;\n", NULL },
  { "downgrade", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\n-- strata:downgrade\nDORP TABLE x;\n",
    "error 8:1 SQLite: near \"DORP\": syntax error" },
  { "open-quote", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\nSELECT 'x;\n", "error 7:8 The string" },
  { "transaction", STRATA_DIALECT_SQLITE, 3, HEADER "-- strata:upgrade\nVACUUM;\n", "error 7:1 VACUUM cannot run" },
  { "header", STRATA_DIALECT_SQLITE, 3, "-- Revision: a1\n-- strata:upgrade\nSELEC 1;\n", "error 1:" },
  { "unknown-server", STRATA_DIALECT_UNKNOWN, 0, HEADER "-- strata:upgrade\nSELEC 1;\n", NULL },
  { "mysql", STRATA_DIALECT_MYSQL, 8, HEADER "-- strata:upgrade\nSELEC 1;\n", NULL },
  { "named-server", STRATA_DIALECT_UNKNOWN, 0, HEADER "-- strata:upgrade dialect=sqlite\nSELEC 1;\n",
    "error 7:1 SQLite: near \"SELEC\": syntax error" },
#ifdef HAVE_PG_QUERY
  { "postgresql-good", STRATA_DIALECT_POSTGRESQL, 15, HEADER "-- strata:upgrade\nCREATE TABLE t (a int);\nDO $$ BEGIN END $$;\n",
    NULL },
  { "postgresql", STRATA_DIALECT_POSTGRESQL, 15, HEADER "-- strata:upgrade\nSELECT 'žluť',\n  b FROM t WHERE;\n",
    "error 8:17 PostgreSQL: syntax error at end of input" },
  { "postgresql-old", STRATA_DIALECT_POSTGRESQL, 12, HEADER "-- strata:upgrade\nSELECT 'ž', FROM t;\n",
    "error 7:13 PostgreSQL: syntax error at or near \"FROM\"" },
  { "postgresql-newer", STRATA_DIALECT_POSTGRESQL, 18, HEADER "-- strata:upgrade\nSELECT * FROM JSON_TABLE('[]', '$' COLUMNS (a int));\n",
    "warning 7:36 PostgreSQL 15's parser does not know this: syntax error" },
  { "postgresql-unknown", STRATA_DIALECT_POSTGRESQL, 0, HEADER "-- strata:upgrade\nSELEC 1;\n", "warning 7:1" },
  { "two-servers", STRATA_DIALECT_SQLITE, 3,
    HEADER "-- strata:upgrade dialect=sqlite\nSELECT 1;\n-- strata:upgrade dialect=postgresql\nSELEC 1;\n", "warning 9:1" },
#endif
};

static char *
describe (GPtrArray *findings)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);
      StrataPlace place = strata_finding_get_place (finding);

      g_string_append_printf (text, "%s%s %u:%u %s", i > 0 ? "\n" : "",
                              strata_severity_get_name (strata_finding_get_severity (finding)), place.line, place.column,
                              strata_finding_get_message (finding));
    }

  return g_string_free (text, FALSE);
}

static void
test_case (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(GPtrArray) findings = strata_script_check ("/p/a1_x.sql", one->text, strlen (one->text),
                                                       (StrataSqlServer) { one->dialect, one->major }, NULL);
  g_autofree char *found = describe (findings);

  if (one->expected == NULL)
    g_assert_cmpstr (found, ==, "");
  else if (!g_str_has_prefix (found, one->expected) || findings->len != 1)
    g_error ("%s\nwhere this was expected: %s", found, one->expected);
}

static void
test_python (void)
{
  static const char text[] = "\"\"\"x\"\"\"\nrevision = make_id()\ndown_revision = None\n";
  g_autoptr(GPtrArray) findings = strata_script_check ("/p/a1_x.py", text, strlen (text),
                                                       (StrataSqlServer) { STRATA_DIALECT_SQLITE, 3 }, NULL);

  g_assert_cmpuint (findings->len, >, 0);
}

typedef struct
{
  const char *name;
  const char *upgrade;
  const char *downgrade;
  const char *expected;
} PythonCase;

static const PythonCase python_cases[] = {
  { "good", "op.drop_table(\"x\")", "pass", "" },
  { "unknown-directive", "op.drop_tabel(\"x\")", "pass", "note 9:5 Needs Python: " },
  { "unknown-name", "op.drop_table(nme)", "pass", "error 9:" },
  { "unknown-argument", "op.rename_table(\"x\", \"y\", shema=\"z\")", "pass", "error 9:" },
  { "needs-python", "op.execute(requests.get(\"u\").text)", "pass", "note 9:" },
  { "no-way-back", "pass", "raise NotImplementedError(\"never\")", "warning 13:5 NotImplementedError: never" },
  { "asks-the-database", "op.get_bind().execute(sa.text(\"SELECT 1\")).scalar() + 1", "pass", "" },
  { "syntax", "op.drop_table(", "pass", "error 9:" },
};

static void
test_python_case (gconstpointer data)
{
  const PythonCase *one = data;
  g_autofree char *text = g_strdup_printf ("\"\"\"x\"\"\"\nfrom alembic import op\nimport requests, sqlalchemy as sa\n\nrevision = \"a1\"\n"
                                           "down_revision = None\n\ndef upgrade():\n    %s\n\n\ndef downgrade():\n    %s\n",
                                           one->upgrade, one->downgrade);
  TestFolder *folder = test_folder_new ();
  g_autofree char *path = g_build_filename (folder, "migrations", "versions", "a1_x.py", NULL);
  const StrataProjectRequest request = { .folder = folder };
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(GPtrArray) findings = NULL;
  g_autofree char *found = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = migrations\n");
  test_folder_write (folder, "migrations/env.py", "from alembic import context\n");
  test_folder_write (folder, "migrations/versions/a1_x.py", text);
  project = strata_project_open (&request, NULL);
  findings = strata_script_check (path, text, strlen (text), (StrataSqlServer) { STRATA_DIALECT_SQLITE, 3 }, project);
  found = describe (findings);
  if (!g_str_has_prefix (found, one->expected) || findings->len != (*one->expected != '\0'))
    g_error ("%s\nwhere this was expected: %s", found, one->expected);
  test_folder_free (folder);
}

static void
test_server (void)
{
  g_assert_cmpuint (strata_script_server (STRATA_DIALECT_POSTGRESQL, "PostgreSQL 15.18").major, ==, 15);
  g_assert_cmpuint (strata_script_server (STRATA_DIALECT_POSTGRESQL, NULL).major, ==, 0);
}

/* Nobody looks while it is typed; the parsers have to take it all the same. */
static void
test_any_prefix (void)
{
  static const char text[] =
    HEADER "-- strata:upgrade\nCREATE FUNCTION f () RETURNS int AS $$ SELECT 'ü' $$ LANGUAGE sql;\n"
    "INSERT INTO t VALUES (1, E'\\'', \"q\");\n-- strata:downgrade transaction=off\nVACUUM;\n";

  for (gsize length = 0; length < strlen (text); length++)
    {
      g_autoptr(GPtrArray) one = strata_script_check ("/p/a1.sql", text, length, (StrataSqlServer) { STRATA_DIALECT_SQLITE, 3 }, NULL);
      g_autoptr(GPtrArray) other = strata_script_check ("/p/a1.sql", text, length,
                                                        (StrataSqlServer) { STRATA_DIALECT_POSTGRESQL, 15 }, NULL);

      g_assert_nonnull (one);
      g_assert_nonnull (other);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/workspace/script-check/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  for (guint i = 0; i < G_N_ELEMENTS (python_cases); i++)
    {
      g_autofree char *path = g_strconcat ("/workspace/script-check/python/", python_cases[i].name, NULL);

      g_test_add_data_func (path, &python_cases[i], test_python_case);
    }
  g_test_add_func ("/workspace/script-check/python", test_python);
  g_test_add_func ("/workspace/script-check/server", test_server);
  g_test_add_func ("/workspace/script-check/any-prefix", test_any_prefix);

  return g_test_run ();
}
