/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/reflect.h"
#include "tests/core/database/sqlite-fixture.h"

static StrataPicture *
take_whole (Fixture                *fixture,
            const char * const     *statements,
            const StrataReflectOwn *own)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GError) error = NULL;
  StrataPicture *picture;

  for (guint i = 0; statements[i] != NULL; i++)
    must_execute (connection, statements[i]);

  picture = strata_reflect_whole (connection, own, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (strata_connection_in_transaction (connection));

  return picture;
}

static const StrataObject *
find (const StrataPicture *picture,
      StrataObjectKind     kind,
      const char          *name,
      const char          *table)
{
  const StrataObject like = { .kind = kind, .name = name, .table = table };

  return strata_picture_find_object (picture, &like);
}

static void
test_objects (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const statements[] = {
    "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT)",
    "CREATE TABLE pairs (a INT, b INT, PRIMARY KEY (a, b)) STRICT, WITHOUT ROWID",
    "CREATE INDEX ix_name ON users (name)",
    "CREATE VIEW names AS SELECT name FROM \"Users\"",
    "CREATE VIEW again AS SELECT name FROM names",
    "CREATE TRIGGER tr AFTER INSERT ON users BEGIN SELECT 1; END",
    "CREATE TABLE alembic_version (version_num TEXT)",
    "CREATE INDEX ix_version ON alembic_version (version_num)",
    NULL
  };
  const StrataReflectOwn own[] = { { NULL, "Alembic_Version" }, { NULL, NULL } };
  g_autoptr(StrataPicture) picture = take_whole (fixture, statements, own);
  const StrataObject *object;

  g_assert_null (strata_picture_find_table (picture, NULL, "alembic_version"));
  g_assert_null (find (picture, STRATA_OBJECT_TABLE, "sqlite_sequence", NULL));
  g_assert_null (find (picture, STRATA_OBJECT_INDEX, "ix_version", "alembic_version"));
  for (guint i = 1; i < picture->n_objects; i++)
    g_assert_cmpint (strata_object_compare (picture->objects[i - 1], picture->objects[i]), <, 0);

  object = find (picture, STRATA_OBJECT_TABLE, "pairs", NULL);
  g_assert_true (object->of.table->is_strict && object->of.table->is_without_rowid);
  object = find (picture, STRATA_OBJECT_INDEX, "ix_name", "users");
  g_assert_cmpstr (object->needs[0]->name, ==, "users");
  object = find (picture, STRATA_OBJECT_VIEW, "names", NULL);
  g_assert_cmpstr (object->needs[0]->name, ==, "users");
  g_assert_cmpstr (object->of.table->columns[0]->name, ==, "name");
  object = find (picture, STRATA_OBJECT_VIEW, "again", NULL);
  g_assert_cmpstr (object->needs[0]->name, ==, "names");
  object = find (picture, STRATA_OBJECT_TRIGGER, "tr", "users");
  g_assert_cmpstr (object->needs[0]->name, ==, "users");
  g_assert_true (g_str_has_prefix (picture->server, "SQLite 3."));
}

static void
test_virtual (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const statements[] = {
    "CREATE VIRTUAL TABLE full_text USING fts5 (body)",
    "CREATE TABLE full_text_of_mine (a INT)",
    NULL
  };
  g_autoptr(StrataPicture) picture = take_whole (fixture, statements, NULL);
  const StrataObject *object = find (picture, STRATA_OBJECT_TABLE, "full_text", NULL);

  g_assert_cmpstr (object->of.table->storage->module, ==, "fts5");
  g_assert_false (object->is_inherited);
  object = find (picture, STRATA_OBJECT_TABLE, "full_text_data", NULL);
  g_assert_true (object->is_inherited);
  g_assert_cmpstr (object->needs[0]->name, ==, "full_text");
  g_assert_false (find (picture, STRATA_OBJECT_TABLE, "full_text_of_mine", NULL)->is_inherited);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/reflect/sqlite-whole/objects", Fixture, NULL, set_up, test_objects, tear_down);
  g_test_add ("/reflect/sqlite-whole/virtual", Fixture, NULL, set_up, test_virtual, tear_down);

  return g_test_run ();
}
