/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/ddl/ddl.h"
#include "core/diff/diff.h"
#include "core/reflect/reflect.h"

static StrataConnection *
make (const char * const *statements)
{
  static const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = ":memory:" };
  static const StrataConnectOptions options = { .writable = TRUE };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  StrataConnection *connection = strata_connection_open (url, &options, NULL, &error);

  g_assert_no_error (error);
  for (guint i = 0; statements[i] != NULL; i++)
    {
      strata_connection_execute (connection, statements[i], -1, NULL, 0, NULL, NULL, &error);
      g_assert_no_error (error);
    }

  return connection;
}

static StrataPicture *
look (StrataConnection *connection)
{
  g_autoptr(GError) error = NULL;
  StrataPicture *picture = strata_reflect_whole (connection, NULL, NULL, &error);

  g_assert_no_error (error);

  return picture;
}

/* In one transaction, as a revision is run. */
static void
run (StrataConnection *connection,
     const GPtrArray  *steps)
{
  g_autoptr(GError) error = NULL;

  strata_connection_begin (connection, TRUE, NULL, &error);
  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDiffStep *step = g_ptr_array_index (steps, i);

      g_assert_false (step->is_outside);
      strata_connection_execute (connection, step->sql, -1, NULL, 0, NULL, NULL, &error);
      g_assert_no_error (error);
    }
  strata_connection_commit (connection, &error);
  g_assert_no_error (error);
}

static void
assert_like (StrataConnection    *connection,
             const StrataPicture *wanted)
{
  const StrataDdlOptions options = { .has_sorted_columns = TRUE };
  g_autoptr(StrataPicture) picture = look (connection);
  g_autofree char *is = strata_ddl_dump (picture, &options);
  g_autofree char *want = strata_ddl_dump (wanted, &options);

  g_assert_cmpstr (is, ==, want);
}

static void
assert_value (StrataConnection *connection,
              const char       *sql,
              const char       *value)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRows) rows = strata_connection_query (connection, sql, NULL, 0, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (strata_rows_get (rows, 0, 0), ==, value);
}

static void
assert_steps (const GPtrArray    *steps,
              const char * const *sql)
{
  for (guint i = 0; sql[i] != NULL; i++)
    {
      g_assert_cmpuint (i, <, steps->len);
      g_assert_cmpstr (((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql, ==, sql[i]);
    }
  g_assert_cmpuint (steps->len, ==, g_strv_length ((char **) sql));
}

static const char * const old_schema[] = {
  "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, age INT, CHECK (age >= 0))",
  "CREATE TABLE posts (id INTEGER PRIMARY KEY, author INT REFERENCES users (id) ON DELETE CASCADE, title TEXT)",
  "CREATE INDEX ix_name ON users (lower(name))",
  "CREATE VIEW authors AS SELECT u.name, p.title FROM posts AS p JOIN users AS u ON u.id = p.author",
  "CREATE TRIGGER tr AFTER DELETE ON users BEGIN DELETE FROM posts WHERE author = old.id; END",
  NULL
};
static const char * const new_schema[] = {
  "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL, age NUMERIC, CONSTRAINT old CHECK (age > 17))",
  "CREATE TABLE posts (id INTEGER PRIMARY KEY, author INT REFERENCES users (id) ON DELETE CASCADE, title TEXT, "
  "length INT DEFAULT 0)",
  "CREATE INDEX ix_name ON users (lower(name))",
  "CREATE VIEW authors AS SELECT u.name, p.title FROM posts AS p JOIN users AS u ON u.id = p.author",
  "CREATE TRIGGER tr AFTER DELETE ON users BEGIN DELETE FROM posts WHERE author = old.id; END",
  NULL
};

static void
test_rebuild (void)
{
  g_autoptr(StrataConnection) connection = make (old_schema);
  g_autoptr(StrataConnection) wanted = make (new_schema);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  g_autoptr(StrataDiff) there = strata_diff_new (from, to, NULL);
  g_autoptr(StrataDiff) back = strata_diff_new (to, from, NULL);
  g_autoptr(GError) error = NULL;

  strata_connection_execute (connection, "INSERT INTO users (id, name, age) VALUES (1, 'a', 20), (9, 'b', 30)", -1, NULL, 0, NULL,
                             NULL, &error);
  strata_connection_execute (connection, "INSERT INTO posts (author, title) VALUES (1, 'x'), (9, 'y')", -1, NULL, 0, NULL, NULL,
                             &error);
  strata_connection_execute (connection, "DELETE FROM users WHERE id = 9", -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);

  run (connection, strata_diff_plan (there, NULL, &error));
  assert_like (connection, to);
  assert_value (connection, "SELECT group_concat(id || name || age) FROM users", "1a20");
  assert_value (connection, "SELECT count(*) FROM posts", "1");
  assert_value (connection, "SELECT seq FROM sqlite_sequence WHERE name = 'users'", "9");

  run (connection, strata_diff_plan (back, NULL, &error));
  assert_like (connection, from);
  assert_value (connection, "SELECT title FROM authors", "x");
  assert_value (connection, "SELECT count(*) FROM pragma_foreign_key_check", "0");
}

/* What ALTER can do is done by ALTER, and nothing else is touched. */
static void
test_alter (void)
{
  static const char * const a[] = { "CREATE TABLE t (id INTEGER PRIMARY KEY, a INT, b INT CHECK (b > 0))", NULL };
  static const char * const b[] = { "CREATE TABLE t (id INTEGER NOT NULL, c TEXT DEFAULT 'x' NOT NULL, d INT, a int, "
                                    "PRIMARY KEY (id), CONSTRAINT fk FOREIGN KEY (d) REFERENCES t (id))", NULL };
  static const char * const steps[] = {
    "ALTER TABLE t ADD COLUMN c TEXT DEFAULT 'x' NOT NULL",
    "ALTER TABLE t ADD COLUMN d INT CONSTRAINT fk REFERENCES t (id)",
    "ALTER TABLE t DROP COLUMN b",
    NULL
  };
  g_autoptr(StrataConnection) connection = make (a);
  g_autoptr(StrataConnection) wanted = make (b);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  const GPtrArray *plan = strata_diff_plan (diff, NULL, NULL);

  assert_steps (plan, steps);
  run (connection, plan);
  assert_like (connection, to);
}

/* Only what was chosen becomes part of the table. */
static void
test_chosen (void)
{
  static const char * const a[] = { "CREATE TABLE t (a INT, b INT)", NULL };
  static const char * const b[] = { "CREATE TABLE t (a TEXT, b TEXT, UNIQUE (a))", NULL };
  static const char * const wish[] = { "CREATE TABLE t (a TEXT, b INT)", NULL };
  g_autoptr(StrataConnection) connection = make (a);
  g_autoptr(StrataConnection) target = make (b);
  g_autoptr(StrataConnection) wanted = make (wish);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (target);
  g_autoptr(StrataPicture) expected = look (wanted);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  gboolean chosen[3] = { FALSE };

  g_assert_cmpuint (strata_diff_get_n (diff), ==, G_N_ELEMENTS (chosen));
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    chosen[i] = g_strcmp0 (strata_diff_get (diff, i)->part, "a") == 0;
  run (connection, strata_diff_plan (diff, chosen, NULL));
  assert_like (connection, expected);
}

/* Rows stay, everything else follows, and nothing is a difference that SQLite has renamed by itself. */
static void
test_rename (void)
{
  static const char * const a[] = {
    "CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT CHECK (length(name) > 0), date DATE, UNIQUE (name, id))",
    "CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES users (name))",
    "CREATE INDEX ix ON users (lower(name)) WHERE name <> 'name'",
    "CREATE VIEW v AS SELECT u.name FROM users AS u",
    "CREATE TRIGGER tr AFTER INSERT ON users BEGIN UPDATE posts SET author = new.name WHERE 0; END",
    "INSERT INTO users (id, name) VALUES (1, 'x')",
    NULL
  };
  static const char * const b[] = {
    "CREATE TABLE people (id INTEGER PRIMARY KEY, full_name TEXT CHECK (length(full_name) > 0), day DATE, UNIQUE (full_name, id))",
    "CREATE TABLE posts (id INTEGER PRIMARY KEY, author TEXT REFERENCES people (full_name))",
    "CREATE INDEX ix ON people (lower(full_name)) WHERE full_name <> 'name'",
    "CREATE VIEW v AS SELECT u.full_name FROM people AS u",
    "CREATE TRIGGER tr AFTER INSERT ON people BEGIN UPDATE posts SET author = new.full_name WHERE 0; END",
    NULL
  };
  const StrataRename table = { .kind = STRATA_OBJECT_TABLE, .from = "users", .to = "people" };
  const StrataRename name = { .kind = STRATA_OBJECT_TABLE, .table = "users", .from = "name", .to = "full_name", .is_column = TRUE };
  const StrataRename day = { .kind = STRATA_OBJECT_TABLE, .table = "users", .from = "date", .to = "day", .is_column = TRUE };
  const StrataRename * const renames[] = { &table, &name, &day, NULL };
  const StrataDiffOptions options = { .renames = renames };
  g_autoptr(StrataConnection) connection = make (a);
  g_autoptr(StrataConnection) wanted = make (b);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);
  g_autoptr(GError) error = NULL;
  gboolean chosen[3] = { FALSE };

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    g_assert_cmpint (strata_diff_get (diff, i)->kind, ==, STRATA_DIFFERENCE_RENAMED);
  g_assert_cmpuint (strata_diff_get_n (diff), ==, G_N_ELEMENTS (chosen));
  g_assert_nonnull (strata_diff_plan (diff, chosen, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (chosen); i++)
    g_assert_true (strata_diff_is_planned (diff, i));

  run (connection, strata_diff_plan (diff, NULL, NULL));
  assert_like (connection, to);
  assert_value (connection, "SELECT full_name FROM v", "x");
}

/* The titles of what is done where only that one is chosen. */
static char *
dup_planned (StrataDiff *diff,
             const char *title)
{
  g_autofree gboolean *chosen = g_new0 (gboolean, strata_diff_get_n (diff));
  GString *titles = g_string_new (NULL);
  g_autoptr(GError) error = NULL;

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    {
      g_autofree char *other = strata_difference_dup_title (strata_diff_get (diff, i), NULL);

      chosen[i] = g_str_equal (other, title);
    }
  g_assert_nonnull (strata_diff_plan (diff, chosen, &error));
  g_assert_no_error (error);
  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    if (strata_diff_is_planned (diff, i))
      {
        g_autofree char *other = strata_difference_dup_title (strata_diff_get (diff, i), NULL);

        g_string_append_printf (titles, "%s; ", other);
      }

  return g_string_free (titles, FALSE);
}

/* What is chosen brings what it needs, and no more. */
static void
test_comes_along (void)
{
  static const char * const a[] = {
    "CREATE TABLE users (id INTEGER PRIMARY KEY, old TEXT)",
    "CREATE INDEX ix_old ON users (old)",
    "CREATE INDEX ix_id ON users (id)",
    NULL
  };
  static const char * const b[] = {
    "CREATE TABLE users (id INTEGER PRIMARY KEY, Mail TEXT)",
    "CREATE TABLE posts (id INTEGER PRIMARY KEY)",
    "CREATE TABLE tags (id INTEGER PRIMARY KEY)",
    "CREATE VIEW seen AS SELECT u.mail FROM users AS u JOIN posts ON 1",
    "CREATE TRIGGER tr INSTEAD OF INSERT ON seen BEGIN DELETE FROM tags; END",
    NULL
  };
  g_autoptr(StrataConnection) connection = make (a);
  g_autoptr(StrataConnection) wanted = make (b);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  static const StrataDiffOptions none = { NULL };
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &none);
  g_autofree char *column = dup_planned (diff, "drop column users.old");
  g_autofree char *view = dup_planned (diff, "add view seen");
  g_autofree char *trigger = dup_planned (diff, "add trigger tr of seen");
  g_autofree char *table = dup_planned (diff, "add table tags");

  g_assert_cmpstr (column, ==, "drop column users.old; drop index ix_old of users; ");
  g_assert_cmpstr (view, ==, "add table posts; add column users.Mail; add view seen; ");
  g_assert_cmpstr (trigger, ==, "add table posts; add table tags; add column users.Mail; add view seen; add trigger tr of seen; ");
  g_assert_cmpstr (table, ==, "add table tags; ");
}

static void
test_virtual (void)
{
  static const char * const a[] = { "CREATE VIRTUAL TABLE f USING fts5 (body)", NULL };
  static const char * const b[] = { "CREATE VIRTUAL TABLE f USING fts5 (title, body)", NULL };
  g_autoptr(StrataConnection) connection = make (a);
  g_autoptr(StrataConnection) wanted = make (b);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);

  g_assert_cmpuint (strata_diff_get_n (diff), ==, 1);
  g_assert_cmpstr (strata_diff_get (diff, 0)->loss, ==, "all its rows");
  run (connection, strata_diff_plan (diff, NULL, NULL));
  assert_like (connection, to);
}

/* Two tables and two columns change names with each other, and three in a chain: rows go along, there and back. */
static const char * const before[] = {
  "CREATE TABLE a (x INTEGER PRIMARY KEY, y INT CHECK (y > 0), z TEXT, w TEXT, note TEXT)",
  "CREATE TABLE b (x INTEGER PRIMARY KEY, a INT REFERENCES a (x))",
  "CREATE INDEX ix ON a (z, w)",
  "INSERT INTO a VALUES (1, 2, 'z', 'w', 'n')",
  "INSERT INTO b VALUES (7, 1)",
  NULL
};
static const char * const swapped[] = {
  "CREATE TABLE b (y INTEGER PRIMARY KEY, x INT CHECK (x > 0), w TEXT, note TEXT, other TEXT)",
  "CREATE TABLE a (x INTEGER PRIMARY KEY, a INT REFERENCES b (y))",
  "CREATE INDEX ix ON b (w, note)",
  NULL
};

static void
test_swap (void)
{
  static const StrataRename there[] = {
    { STRATA_OBJECT_TABLE, NULL, NULL, "a", "b", FALSE }, { STRATA_OBJECT_TABLE, NULL, NULL, "b", "a", FALSE },
    { STRATA_OBJECT_TABLE, NULL, "a", "x", "y", TRUE }, { STRATA_OBJECT_TABLE, NULL, "a", "y", "x", TRUE },
    { STRATA_OBJECT_TABLE, NULL, "a", "z", "w", TRUE }, { STRATA_OBJECT_TABLE, NULL, "a", "w", "note", TRUE },
    { STRATA_OBJECT_TABLE, NULL, "a", "note", "other", TRUE },
  };
  static const StrataRename back[] = {
    { STRATA_OBJECT_TABLE, NULL, NULL, "a", "b", FALSE }, { STRATA_OBJECT_TABLE, NULL, NULL, "b", "a", FALSE },
    { STRATA_OBJECT_TABLE, NULL, "b", "x", "y", TRUE }, { STRATA_OBJECT_TABLE, NULL, "b", "y", "x", TRUE },
    { STRATA_OBJECT_TABLE, NULL, "b", "w", "z", TRUE }, { STRATA_OBJECT_TABLE, NULL, "b", "note", "w", TRUE },
    { STRATA_OBJECT_TABLE, NULL, "b", "other", "note", TRUE },
  };
  const StrataRename *lists[2][G_N_ELEMENTS (there) + 1] = { { NULL } };
  const StrataDiffOptions options[] = { { .renames = lists[0] }, { .renames = lists[1] } };
  g_autoptr(StrataConnection) connection = make (before);
  g_autoptr(StrataConnection) wanted = make (swapped);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  g_autoptr(StrataDiff) up = NULL;
  g_autoptr(StrataDiff) down = NULL;
  const GPtrArray *steps;

  for (guint i = 0; i < G_N_ELEMENTS (there); i++)
    {
      lists[0][i] = &there[i];
      lists[1][i] = &back[i];
    }

  up = strata_diff_new (from, to, &options[0]);
  steps = strata_diff_plan (up, NULL, NULL);
  for (guint i = 0; i < steps->len; i++)
    g_assert_nonnull (strstr (((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql, " RENAME "));
  run (connection, steps);
  assert_like (connection, to);
  assert_value (connection, "SELECT y || x || w || note || other FROM b", "12zwn");
  assert_value (connection, "SELECT x || a FROM a", "71");

  down = strata_diff_new (to, from, &options[1]);
  run (connection, strata_diff_plan (down, NULL, NULL));
  assert_like (connection, from);
  assert_value (connection, "SELECT x || y || z || w || note FROM a", "12zwn");
}

/* A name that something else keeps is not given away, and two things do not get one. */
static void
test_impossible (void)
{
  static const char * const old[] = { "CREATE TABLE t (a, b, c)", NULL }, * const new[] = { "CREATE TABLE t (b, d)", NULL };
  static const StrataRename taken = { STRATA_OBJECT_TABLE, NULL, "t", "a", "b", TRUE };
  static const StrataRename first = { STRATA_OBJECT_TABLE, NULL, "t", "a", "d", TRUE };
  static const StrataRename second = { STRATA_OBJECT_TABLE, NULL, "t", "c", "d", TRUE };
  const StrataDiffOptions options = { .renames = (const StrataRename * const[]) { &taken, &first, &second, NULL } };
  g_autoptr(StrataConnection) connection = make (old);
  g_autoptr(StrataConnection) wanted = make (new);
  g_autoptr(StrataPicture) from = look (connection);
  g_autoptr(StrataPicture) to = look (wanted);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);
  guint n = 0;

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    n += strata_diff_get (diff, i)->kind == STRATA_DIFFERENCE_RENAMED;
  g_assert_cmpuint (n, ==, 1);
  run (connection, strata_diff_plan (diff, NULL, NULL));
  assert_like (connection, to);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/sqlite/rebuild", test_rebuild);
  g_test_add_func ("/diff/sqlite/alter", test_alter);
  g_test_add_func ("/diff/sqlite/chosen", test_chosen);
  g_test_add_func ("/diff/sqlite/comes-along", test_comes_along);
  g_test_add_func ("/diff/sqlite/rename", test_rename);
  g_test_add_func ("/diff/sqlite/swap", test_swap);
  g_test_add_func ("/diff/sqlite/impossible", test_impossible);
  g_test_add_func ("/diff/sqlite/virtual", test_virtual);

  return g_test_run ();
}
