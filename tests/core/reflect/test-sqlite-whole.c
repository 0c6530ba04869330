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

static void
append_column (GString    *out,
               const char *table,
               const char *name,
               const char *type,
               gboolean    is_not_null,
               const char *default_text,
               guint       position)
{
  g_string_append_printf (out, "%s.%s|%s|%d|%s|%u\n", table, name, type, is_not_null, default_text != NULL ? default_text : "", position);
}

static guint
find_position (const StrataPictureTable *table,
               const char               *name)
{
  for (guint i = 0; table->primary_key != NULL && table->primary_key->columns[i] != NULL; i++)
    if (strcmp (table->primary_key->columns[i], name) == 0)
      return i + 1;

  return 0;
}

/* What is read from texts is what SQLite itself makes of them, by version that may differ in the case of six types. */
static void
test_columns (Fixture       *fixture,
              gconstpointer  data)
{
  static const char * const statements[] = {
    "CREATE TABLE a1 (id integer /* x */ PRIMARY KEY DESC, b Text  -- c\n NOT NULL DEFAULT  'it''s' , [c d] varchar ( 10 , 2 ))",
    "CREATE TABLE a2 (id INTEGER PRIMARY KEY AUTOINCREMENT, b DEFAULT ( 1 + 2 /* y */ ), c DEFAULT -  5, d DEFAULT (NULL), e DEFAULT NULL)",
    "CREATE TABLE a3 (A int, \"b\"\"c\" ANY, 'd' real default \"x\", PRIMARY KEY (a, \"B\"\"c\")) STRICT, WITHOUT ROWID",
    "CREATE TABLE a4 (x INTEGER, y TEXT, PRIMARY KEY (y, x)) STRICT",
    "CREATE TABLE a5 (x INTEGER PRIMARY KEY, y TEXT UNIQUE) STRICT",
    "CREATE TABLE a6 (x INTEGER PRIMARY KEY DESC, y BLOB NULL) STRICT",
    "CREATE TABLE a7 (x TEXT PRIMARY KEY, y INT CONSTRAINT n NOT NULL ON CONFLICT IGNORE, z CHECK (z > 0) DEFAULT CURRENT_TIMESTAMP)",
    "CREATE TABLE a8 (a int, b int GENERATED ALWAYS AS (a * 2) STORED, c AS (a) , d text generated always as ( a||'x' ) NOT NULL)",
    "CREATE TABLE a9 (a \"odd type\" DEFAULT 1, b [int] (10), c unsigned big int DEFAULT x'00ff', d double  precision DEFAULT 1e3)",
    "CREATE TABLE b1 AS SELECT 1 AS one, 'x' AS \"t w o\", a FROM a8",
    "CREATE TABLE b2 (a INT CONSTRAINT alone, b key DEFAULT TRUE COLLATE nocase REFERENCES a1 ON UPDATE SET NULL NOT DEFERRABLE)",
    "CREATE TABLE b3 (a DEFAULT word, b DEFAULT +1, c DEFAULT (datetime ('now')), d INT DEFAULT 0 CONSTRAINT r REFERENCES a1 (id))",
    "ALTER TABLE b3 ADD COLUMN e decimal(10,2) NOT NULL DEFAULT 0",
    "ALTER TABLE b3 RENAME COLUMN a TO \"first one\"",
    NULL
  };
  g_autoptr(StrataPicture) picture = take_whole (fixture, statements, NULL);
  g_autoptr(StrataConnection) connection = must_open (fixture, FALSE);
  g_autoptr(StrataRows) rows
    = strata_connection_query (connection, "SELECT m.name, x.name, x.type, x.\"notnull\", x.dflt_value, x.pk FROM sqlite_master AS m "
                               "JOIN pragma_table_xinfo (m.name) AS x WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' "
                               "ORDER BY m.name, x.cid", NULL, 0, NULL, NULL);
  g_autoptr(GString) told = g_string_new (NULL);
  g_autoptr(GString) read = g_string_new (NULL);

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    append_column (told, strata_rows_get (rows, i, 0), strata_rows_get (rows, i, 1), strata_rows_get (rows, i, 2),
                   strata_rows_get_int (rows, i, 3), strata_rows_get (rows, i, 4), strata_rows_get_int (rows, i, 5));
  for (guint i = 0; i < picture->n_tables; i++)
    for (guint j = 0; picture->tables[i]->columns[j] != NULL; j++)
      {
        const StrataPictureColumn *column = picture->tables[i]->columns[j];

        append_column (read, picture->tables[i]->name, column->name, column->type_text, !column->is_nullable, column->default_text,
                       find_position (picture->tables[i], column->name));
      }
  g_assert_cmpstr (read->str, ==, told->str);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/reflect/sqlite-whole/objects", Fixture, NULL, set_up, test_objects, tear_down);
  g_test_add ("/reflect/sqlite-whole/broken", Fixture, NULL, set_up, test_broken, tear_down);
  g_test_add ("/reflect/sqlite-whole/columns", Fixture, NULL, set_up, test_columns, tear_down);
  g_test_add ("/reflect/sqlite-whole/constraints", Fixture, NULL, set_up, test_constraints, tear_down);
  g_test_add ("/reflect/sqlite-whole/virtual", Fixture, NULL, set_up, test_virtual, tear_down);

  return g_test_run ();
}
