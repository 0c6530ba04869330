/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/stated-renames.h"

#include "core/reflect/reflect.h"
#include "core/workspace/renames.h"

#define MOST_STATEMENTS 8

static StrataPicture *
look (void)
{
  static const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = ":memory:" };
  static const StrataConnectOptions options = { .writable = TRUE };
  static const char * const statements[] = {
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT, age INT)", "CREATE TABLE posts (id INTEGER PRIMARY KEY, x)",
  };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = strata_connection_open (url, &options, NULL, &error);
  StrataPicture *picture;

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (statements); i++)
    strata_connection_execute (connection, statements[i], -1, NULL, 0, NULL, NULL, &error);
  picture = strata_reflect_whole (connection, NULL, NULL, &error);
  g_assert_no_error (error);

  return picture;
}

/* Named as it is on PostgreSQL, where more has names. */
static StrataPicture *
imagine (void)
{
  StrataPicture *picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  StrataPictureColumn *column = strata_picture_alloc (picture, sizeof *column);
  StrataPictureTable *table = strata_picture_alloc (picture, sizeof *table);
  static const struct { StrataObjectKind kind; const char *schema, *table, *name, *arguments; } things[] = {
    { STRATA_OBJECT_ENUM, "public", NULL, "mood" },
    { STRATA_OBJECT_ROUTINE, "public", NULL, "f", "integer" },
    { STRATA_OBJECT_TABLE, "app", NULL, "users" },
    { STRATA_OBJECT_TABLE, "public", NULL, "users" },
    { STRATA_OBJECT_UNIQUE, "public", "users", "users_key" },
    { STRATA_OBJECT_INDEX, "public", "users", "ix" },
    { STRATA_OBJECT_MATERIALIZED_VIEW, "public", NULL, "mv" },
    { STRATA_OBJECT_TRIGGER, "public", "users", "tr" },
  };
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  column->name = "name";
  g_ptr_array_add (columns, column);
  table->columns = strata_picture_list (picture, columns);
  for (guint i = 0; i < G_N_ELEMENTS (things); i++)
    {
      StrataObject *object = strata_picture_alloc (picture, sizeof *object);

      object->kind = things[i].kind;
      object->schema = things[i].schema;
      object->table = things[i].table;
      object->name = things[i].name;
      object->arguments = things[i].arguments;
      if (object->kind == STRATA_OBJECT_TABLE)
        object->of.table = table;
      g_ptr_array_add (objects, object);
    }
  picture->default_schema = "public";
  picture->objects = strata_picture_list (picture, objects);
  picture->n_objects = objects->len;

  return picture;
}

static const struct
{
  const char *statements[MOST_STATEMENTS];
  const char *is;
} sqlite_cases[] = {
  { { "ALTER TABLE users RENAME TO people" }, "users=people " },
  { { "alter table \"users\" rename column [name] to `full name`" }, "users.name=\"full name\" " },
  { { "ALTER TABLE users RENAME name TO n", "ALTER TABLE users RENAME n TO title" }, "users.name=title " },
  { { "ALTER TABLE users RENAME name TO n", "ALTER TABLE users RENAME n TO name" }, "" },
  { { "ALTER TABLE Users RENAME TO t", "ALTER TABLE t RENAME NAME TO n" }, "users=t users.name=n " },
  { { "ALTER TABLE users RENAME TO t", "ALTER TABLE posts RENAME TO users", "ALTER TABLE t RENAME TO posts" },
    "users=posts posts=users " },
  { { "CREATE TABLE new (x)", "ALTER TABLE new RENAME TO newer", "ALTER TABLE users ADD COLUMN rename TEXT" }, "" },
  { { "ALTER TABLE users ADD COLUMN n TEXT", "ALTER TABLE users RENAME n TO m" }, "" },
  /* As batch_alter_table() does it. */
  { { "CREATE TABLE _alembic_tmp_users (id INTEGER, full_name TEXT, age INT)",
      "INSERT INTO _alembic_tmp_users (id, full_name, age) SELECT users.id, users.name, CAST(users.age AS TEXT) AS age FROM users",
      "DROP TABLE users", "ALTER TABLE _alembic_tmp_users RENAME TO users" }, "users.name=full_name " },
  { { "INSERT INTO people (id, years) SELECT id, age + 1 FROM users", "DROP TABLE users" }, "users=people " },
  { { "INSERT INTO people (id, title) SELECT id, name FROM users" }, "" },
  { { "INSERT INTO people SELECT * FROM users", "DROP TABLE users" }, "" },
  { { "DROP TABLE users", "ALTER TABLE" , "ALTER", "", "INSERT INTO", "INSERT INTO x (" }, "" },
};

static const struct
{
  const char *statements[MOST_STATEMENTS];
  const char *is;
} postgresql_cases[] = {
  { { "ALTER TABLE IF EXISTS ONLY app.users RENAME TO people" }, "app.users=people " },
  { { "ALTER TABLE Users RENAME CONSTRAINT users_key TO \"Key\"" }, "users.users_key=Key " },
  { { "ALTER INDEX public.ix RENAME TO jx" }, "users.ix=jx " },
  { { "ALTER TYPE mood RENAME TO feeling", "ALTER TYPE feeling RENAME VALUE 'a' TO 'b'" }, "mood=feeling " },
  { { "ALTER FUNCTION f(integer) RENAME TO g" }, "f(integer)=g " },
  { { "ALTER MATERIALIZED VIEW mv RENAME TO mw" }, "mv=mw " },
  { { "ALTER TABLE users RENAME TO people", "ALTER TRIGGER tr ON people RENAME TO ts" }, "users=people users.tr=ts " },
};

static void
assert_read (const StrataPicture *picture,
             const char * const  *statements,
             const char          *expected)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();
  g_autoptr(GPtrArray) renames = NULL;
  g_autoptr(GString) is = g_string_new (NULL);

  for (guint i = 0; i < MOST_STATEMENTS && statements[i] != NULL; i++)
    g_ptr_array_add (list, (gpointer) statements[i]);
  renames = strata_stated_renames (picture, list);
  for (guint i = 0; i < renames->len; i++)
    {
      g_autofree char *text = strata_rename_dup_text (g_ptr_array_index (renames, i), "public");

      g_string_append_printf (is, "%s ", text);
    }
  g_assert_cmpstr (is->str, ==, expected);
}

static void
test_sqlite (void)
{
  g_autoptr(StrataPicture) picture = look ();

  for (guint i = 0; i < G_N_ELEMENTS (sqlite_cases); i++)
    assert_read (picture, sqlite_cases[i].statements, sqlite_cases[i].is);
}

static void
test_postgresql (void)
{
  g_autoptr(StrataPicture) picture = imagine ();

  for (guint i = 0; i < G_N_ELEMENTS (postgresql_cases); i++)
    assert_read (picture, postgresql_cases[i].statements, postgresql_cases[i].is);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/workspace/stated-renames/sqlite", test_sqlite);
  g_test_add_func ("/workspace/stated-renames/postgresql", test_postgresql);

  return g_test_run ();
}
