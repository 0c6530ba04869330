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

/* A view of what is gone, a module that nobody has: known, but for their columns. */
static void
test_broken (Fixture       *fixture,
             gconstpointer  data)
{
  static const char * const statements[] = {
    "CREATE TABLE t (a INT)",
    "CREATE VIEW broken AS SELECT a FROM gone",
    "PRAGMA writable_schema = ON",
    "INSERT INTO sqlite_schema VALUES ('table', 'x', 'x', 0, 'CREATE VIRTUAL TABLE x USING nobody_has(a, b)')",
    NULL
  };
  g_autoptr(StrataPicture) picture = take_whole (fixture, statements, NULL);
  g_autoptr(StrataConnection) connection = must_open (fixture, FALSE);
  g_autoptr(StrataPicture) again = strata_reflect_whole (connection, NULL, NULL, NULL);

  g_assert_cmpuint (picture->n_objects, >=, 2);
  g_assert_nonnull (again);
  g_assert_cmpstr (find (again, STRATA_OBJECT_TABLE, "t", NULL)->of.table->columns[0]->name, ==, "a");
  g_assert_nonnull (find (again, STRATA_OBJECT_VIEW, "broken", NULL));
  g_assert_cmpstr (find (again, STRATA_OBJECT_TABLE, "x", NULL)->text, ==, "CREATE VIRTUAL TABLE x USING nobody_has(a, b)");
}

static void
test_constraints (Fixture       *fixture,
                  gconstpointer  data)
{
  static const char * const statements[] = {
    "CREATE TABLE p (id INTEGER PRIMARY KEY, x INT UNIQUE)",
    "CREATE TABLE t (a INT CHECK (a > 0), b INT CONSTRAINT u UNIQUE ON CONFLICT IGNORE, c REFERENCES p (x) ON DELETE CASCADE, "
    "CHECK (A>0), UNIQUE (a, b COLLATE NOCASE DESC))",
    "CREATE UNIQUE INDEX ix ON t (a DESC, lower(b), b COLLATE NOCASE) WHERE a > 1",
    NULL
  };
  g_autoptr(StrataPicture) picture = take_whole (fixture, statements, NULL);
  const StrataPictureIndex *index = find (picture, STRATA_OBJECT_INDEX, "ix", "t")->of.index;
  const StrataObject *object = find (picture, STRATA_OBJECT_FOREIGN_KEY, "(c) REFERENCES p (x)", "t");

  g_assert_cmpstr (object->text, ==, "FOREIGN KEY (c) REFERENCES p (x) ON DELETE CASCADE");
  g_assert_cmpstr (object->of.reference->on_delete, ==, "CASCADE");
  g_assert_null (object->of.reference->name);
  g_assert_cmpstr (object->needs[1]->name, ==, "p");
  object = find (picture, STRATA_OBJECT_UNIQUE, "u", "t");
  g_assert_cmpstr (object->of.key->on_conflict, ==, "IGNORE");
  object = find (picture, STRATA_OBJECT_CHECK, "(a > 0)", "t");
  g_assert_cmpstr (object->of.check->text, ==, "a > 0");
  g_assert_nonnull (find (picture, STRATA_OBJECT_UNIQUE, "(a, b COLLATE NOCASE DESC)", "t"));
  g_assert_cmpstr (find (picture, STRATA_OBJECT_PRIMARY_KEY, "(id)", "p")->of.key->columns[0], ==, "id");

  g_assert_true (index->is_unique && index->elements[0]->is_descending);
  g_assert_cmpstr (index->elements[0]->column, ==, "a");
  g_assert_null (index->elements[1]->column);
  g_assert_cmpstr (index->elements[2]->collation, ==, "NOCASE");
  g_assert_cmpstr (index->where, ==, "a > 1");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/reflect/sqlite-whole/objects", Fixture, NULL, set_up, test_objects, tear_down);
  g_test_add ("/reflect/sqlite-whole/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/reflect/sqlite-whole/constraints", Fixture, NULL, set_up, test_constraints, tear_down);
  g_test_add ("/reflect/sqlite-whole/virtual", Fixture, NULL, set_up, test_virtual, tear_down);

  return g_test_run ();
}
