/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"
#include "core/engine/version-table.h"

static const StrataVersionTable plain = { NULL, "alembic_version", FALSE };
static const StrataVersionTable quoted = { "My schema", "Versions", FALSE };

static const struct
{
  const char               *name;
  const StrataVersionTable *table;
  StrataVersionEdit         edit;
  const char               *sql;
  const char               *statement;
} edits[] = {
  { "insert", &plain, { STRATA_VERSION_INSERT, NULL, "b" },
    "INSERT INTO alembic_version (version_num) VALUES ('b')",
    "INSERT INTO alembic_version (version_num) VALUES ($1)" },
  { "update", &plain, { STRATA_VERSION_UPDATE, "a", "b" },
    "UPDATE alembic_version SET version_num='b' WHERE alembic_version.version_num = 'a'",
    "UPDATE alembic_version SET version_num=$1 WHERE alembic_version.version_num = $2" },
  { "delete", &plain, { STRATA_VERSION_DELETE, "a", NULL },
    "DELETE FROM alembic_version WHERE alembic_version.version_num = 'a'",
    "DELETE FROM alembic_version WHERE alembic_version.version_num = $1" },
  { "quotes", &quoted, { STRATA_VERSION_UPDATE, "a'", "b" },
    "UPDATE \"My schema\".\"Versions\" SET version_num='b' WHERE \"My schema\".\"Versions\".version_num = 'a'''",
    "UPDATE \"My schema\".\"Versions\" SET version_num=$1 WHERE \"My schema\".\"Versions\".version_num = $2" },
};

static void
test_edit (gconstpointer data)
{
  guint i = GPOINTER_TO_UINT (data);
  g_autofree char *sql = strata_version_edit_to_sql (&edits[i].edit, edits[i].table, STRATA_DIALECT_POSTGRESQL);
  g_autofree char *statement = strata_version_edit_to_statement (edits[i].edit.kind, edits[i].table,
                                                                 STRATA_DIALECT_POSTGRESQL);

  g_assert_cmpstr (sql, ==, edits[i].sql);
  g_assert_cmpstr (statement, ==, edits[i].statement);
}

static void
test_ddl (void)
{
  const StrataVersionTable keyless = { "s", "v", TRUE };
  g_autofree char *alembic = strata_version_table_dup_ddl (&plain, STRATA_DIALECT_SQLITE);
  g_autofree char *other = strata_version_table_dup_ddl (&quoted, STRATA_DIALECT_POSTGRESQL);
  g_autofree char *bare = strata_version_table_dup_ddl (&keyless, STRATA_DIALECT_POSTGRESQL);

  g_assert_cmpstr (alembic, ==,
                   "CREATE TABLE alembic_version (\n"
                   "    version_num VARCHAR(32) NOT NULL, \n"
                   "    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)\n"
                   ")");
  g_assert_cmpstr (other, ==,
                   "CREATE TABLE \"My schema\".\"Versions\" (\n"
                   "    version_num VARCHAR(32) NOT NULL, \n"
                   "    CONSTRAINT \"Versions_pkc\" PRIMARY KEY (version_num)\n"
                   ")");
  g_assert_cmpstr (bare, ==, "CREATE TABLE s.v (\n    version_num VARCHAR(32) NOT NULL\n)");
}

static void
test_error (void)
{
  const StrataVersionEdit update = { STRATA_VERSION_UPDATE, "a", "b" };
  const StrataVersionEdit delete = { STRATA_VERSION_DELETE, "a", NULL };
  g_autoptr(GError) updating = NULL;
  g_autoptr(GError) deleting = NULL;

  strata_version_edit_set_error (&update, &quoted, 0, &updating);
  strata_version_edit_set_error (&delete, &quoted, 2, &deleting);

  g_assert_error (updating, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_cmpstr (updating->message, ==,
                   "Online migration expected to match one row when updating 'a' to 'b' in 'Versions'; 0 found");
  g_assert_cmpstr (deleting->message, ==,
                   "Online migration expected to match one row when deleting 'a' in 'Versions'; 2 found");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (edits); i++)
    {
      g_autofree char *path = g_strdup_printf ("/engine/version-table/edit/%s", edits[i].name);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_edit);
    }

  g_test_add_func ("/engine/version-table/ddl", test_ddl);
  g_test_add_func ("/engine/version-table/error", test_error);

  return g_test_run ();
}
