/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/reflect.h"
#include "tests/core/database/sqlite-fixture.h"

static const char * const users =
  "CREATE TABLE \"Users\" (id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(50) NOT NULL COLLATE NOCASE, "
  "age INT DEFAULT 3 CONSTRAINT \"old, enough\" CHECK (age > 0), \"odd \"\"col\" TEXT UNIQUE, price NUMERIC(10, 2) "
  "DEFAULT (1 + 2), twice INT GENERATED ALWAYS AS (age * 2) STORED, CONSTRAINT uq_na UNIQUE (NAME, age), "
  "CONSTRAINT ck CHECK (name <> ')') -- a comment, CHECK (1)\n UNIQUE (age, price), CHECK (length(name) > 1))";

static StrataPicture *
take_picture (Fixture    *fixture,
              const char *table)
{
  const StrataReflectScope scope = { .table = table };
  g_autoptr(StrataConnection) connection = must_open (fixture, FALSE);
  g_autoptr(GError) error = NULL;
  StrataPicture *picture = strata_reflect (connection, &scope, NULL, &error);

  g_assert_no_error (error);

  return picture;
}

static void
make (Fixture    *fixture,
      const char *sql)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);

  must_execute (connection, sql);
}

static void
test_text (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr(StrataPicture) picture = NULL;
  const StrataPictureTable *table;

  make (fixture, users);
  picture = take_picture (fixture, NULL);
  g_assert_cmpuint (picture->n_tables, ==, 1);
  table = strata_picture_find_table (picture, NULL, "Users");
  g_assert_nonnull (table);
  g_assert_null (strata_picture_find_table (picture, NULL, "users"));

  g_assert_true (table->columns[0]->is_autoincrement);
  g_assert_cmpstr (table->primary_key->columns[0], ==, "id");
  g_assert_cmpstr (table->columns[1]->collation, ==, "NOCASE");
  g_assert_false (table->columns[1]->is_nullable);
  g_assert_cmpint (table->columns[1]->type->length, ==, 50);
  g_assert_cmpstr (table->columns[3]->name, ==, "odd \"col");
  g_assert_cmpstr (table->columns[4]->default_text, ==, "1 + 2");
  g_assert_cmpstr (table->columns[5]->computed, ==, "age * 2");
  g_assert_true (table->columns[5]->is_stored);

  g_assert_cmpstr (table->uniques[0]->name, ==, "uq_na");
  g_assert_cmpstr (table->uniques[0]->columns[0], ==, "name");
  g_assert_null (table->uniques[1]->name);
  g_assert_cmpstr (table->uniques[2]->columns[0], ==, "odd \"col");
  g_assert_null (table->uniques[3]);
  g_assert_cmpstr (table->checks[0]->name, ==, "old, enough");
  g_assert_cmpstr (table->checks[0]->text, ==, "age > 0");
  g_assert_cmpstr (table->checks[1]->text, ==, "name <> ')'");
  g_assert_cmpstr (table->checks[2]->text, ==, "length(name) > 1");
  g_assert_null (table->checks[3]);
}

static void
test_references (Fixture       *fixture,
                 gconstpointer  data)
{
  g_autoptr(StrataPicture) picture = NULL;
  const StrataPictureTable *table;

  make (fixture, "CREATE TABLE parent (a INT, b INT, PRIMARY KEY (b, a))");
  make (fixture, "CREATE TABLE child (x INT CONSTRAINT fk_x REFERENCES parent (A) NOT NULL, y INT, z INT, "
                 "CONSTRAINT fk FOREIGN KEY (Y, z) REFERENCES parent ON DELETE SET NULL ON UPDATE CASCADE "
                 "NOT DEFERRABLE INITIALLY IMMEDIATE, FOREIGN KEY (z) REFERENCES parent (a) ON DELETE NO ACTION "
                 "DEFERRABLE INITIALLY DEFERRED)");
  picture = take_picture (fixture, "child");
  table = strata_picture_find_table (picture, "main", "child");

  g_assert_cmpstr (table->references[0]->name, ==, "fk");
  g_assert_cmpstr (table->references[0]->columns[0], ==, "y");
  g_assert_cmpstr (table->references[0]->referred[0], ==, "b");
  g_assert_cmpstr (table->references[0]->referred[1], ==, "a");
  g_assert_cmpstr (table->references[0]->on_delete, ==, "SET NULL");
  g_assert_cmpstr (table->references[0]->on_update, ==, "CASCADE");
  g_assert_cmpstr (table->references[0]->deferrable, ==, "NOT DEFERRABLE");
  g_assert_null (table->references[1]->on_delete);
  g_assert_cmpstr (table->references[1]->initially, ==, "DEFERRED");
  g_assert_cmpstr (table->references[2]->name, ==, "fk_x");
  g_assert_false (table->columns[0]->is_nullable);
}

static void
test_indexes (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr(StrataPicture) picture = NULL;
  const StrataPictureTable *table;

  make (fixture, "CREATE TABLE t (a TEXT UNIQUE, b TEXT COLLATE NOCASE)");
  make (fixture, "CREATE INDEX \"on (a)\" ON t (a DESC, b)");
  make (fixture, "CREATE UNIQUE INDEX part ON t (lower(a || ') WHERE'), b COLLATE RTRIM) WHERE a <> ' where '");
  make (fixture, "CREATE VIEW v AS SELECT * FROM t");
  make (fixture, "CREATE TRIGGER tr AFTER INSERT ON t BEGIN SELECT 1; END");
  picture = take_picture (fixture, NULL);
  table = strata_picture_find_table (picture, NULL, "t");

  g_assert_cmpstr (table->indexes[0]->name, ==, "on (a)");
  g_assert_true (table->indexes[0]->elements[0]->is_descending);
  g_assert_cmpstr (table->indexes[0]->elements[1]->text, ==, "b");
  g_assert_null (table->indexes[0]->elements[1]->collation);
  g_assert_true (table->indexes[1]->is_unique);
  g_assert_null (table->indexes[1]->elements[0]->column);
  g_assert_cmpstr (table->indexes[1]->elements[0]->text, ==, "lower(a || ') WHERE')");
  g_assert_cmpstr (table->indexes[1]->elements[1]->collation, ==, "RTRIM");
  g_assert_cmpstr (table->indexes[1]->where, ==, "a <> ' where '");
  g_assert_null (table->indexes[2]);
  g_assert_cmpstr (table->triggers[0]->name, ==, "tr");
  g_assert_true (strata_picture_find_table (picture, NULL, "v")->is_view);
  g_assert_cmpstr (strata_picture_find_table (picture, NULL, "v")->columns[1]->name, ==, "b");

  /* A view that reads what is gone does not stand in the way. */
  make (fixture, "CREATE VIEW broken AS SELECT * FROM nowhere");
  g_clear_pointer (&picture, strata_picture_unref);
  picture = take_picture (fixture, NULL);
  g_assert_nonnull (strata_picture_find_table (picture, NULL, "broken"));
}

/* Off when a connection opens, whatever the library's own beginning is. */
static void
test_session (Fixture       *fixture,
              gconstpointer  data)
{
  const StrataReflectScope scope = { NULL, NULL };
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(StrataPicture) before = strata_reflect (connection, &scope, NULL, NULL);
  g_autoptr(StrataPicture) behind = NULL;

  must_execute (connection, "PRAGMA foreign_keys = ON");
  behind = strata_reflect (connection, &scope, NULL, NULL);
  g_assert_false (before->enforces_references);
  g_assert_true (behind->enforces_references);
}

static void
test_types (Fixture       *fixture,
            gconstpointer  data)
{
  static const struct
  {
    const char     *words;
    StrataTypeKind  kind;
    guint           length;
  } cases[] = {
    { "varchar(20)", STRATA_TYPE_VARCHAR, 20 }, { "TINYINT(1)", STRATA_TYPE_INTEGER, 0 }, { "", STRATA_TYPE_NONE, 0 },
    { "CHARACTER VARYING(9)", STRATA_TYPE_TEXT, 9 }, { "LONGBLOB", STRATA_TYPE_NONE, 0 }, { "UUID", STRATA_TYPE_NUMERIC, 0 },
    { "DOUBLE PRECISION", STRATA_TYPE_REAL, 0 }, { "bool", STRATA_TYPE_BOOLEAN, 0 }, { "JSON", STRATA_TYPE_JSON, 0 },
    { "DATETIME", STRATA_TYPE_DATETIME, 0 }, { "POINT", STRATA_TYPE_INTEGER, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DROP TABLE IF EXISTS t; CREATE TABLE t (a %s)", cases[i].words);
      g_autoptr(StrataPicture) picture = NULL;
      const StrataType *type;

      make (fixture, sql);
      picture = take_picture (fixture, "T");
      type = picture->tables[0]->columns[0]->type;
      g_test_message ("%s", cases[i].words);
      g_assert_cmpint (type->kind, ==, cases[i].kind);
      g_assert_cmpuint (type->length, ==, cases[i].length);
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD_TEST(path, func) g_test_add ("/reflect/sqlite/" path, Fixture, NULL, set_up, func, tear_down)
  ADD_TEST ("text", test_text);
  ADD_TEST ("references", test_references);
  ADD_TEST ("indexes", test_indexes);
  ADD_TEST ("session", test_session);
  ADD_TEST ("types", test_types);

  return g_test_run ();
}
