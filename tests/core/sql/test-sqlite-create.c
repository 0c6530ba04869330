/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/sqlite-index.h"
#include "core/sql/sqlite-render.h"

static char *
dup_spelling (const char *text)
{
  g_autoptr(StrataSqliteCreate) create = strata_sqlite_create_new (text);
  g_autoptr(StrataSqliteIndex) index = NULL;

  if (create != NULL)
    return strata_sqlite_render_table (create, NULL, STRATA_SQLITE_RENDER_SORTED);

  index = strata_sqlite_index_new (text);

  return index != NULL ? strata_sqlite_index_render (index, NULL, NULL) : strata_sqlite_render_other (text);
}

/* What people would call the same. */
static const char * const same[][2] = {
  { "CREATE TABLE t (a INT, b TEXT)", "CREATE TABLE \"t\" ( [b] text -- b\n, `a` /* a */ int )" },
  { "CREATE TABLE t (a INT UNIQUE)", "CREATE TABLE t (a INT, UNIQUE (a ASC))" },
  { "CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE t (id INTEGER NOT NULL, PRIMARY KEY (id))" },
  { "CREATE TABLE t (a INT REFERENCES p (b) ON DELETE NO ACTION)", "CREATE TABLE t (a INT, FOREIGN KEY (\"a\") REFERENCES p(b))" },
  { "CREATE TABLE t (a INT REFERENCES p NOT NULL DEFERRABLE)", "CREATE TABLE t (a INT NOT NULL REFERENCES p DEFERRABLE)" },
  { "CREATE TABLE t (a INT CHECK (a>-1 and \"a\" in(1,2)))", "CREATE TABLE t (a INT, CHECK (A > -1 AND a IN (1, 2)))" },
  { "CREATE TABLE t (a INT DEFAULT (0), b DEFAULT \"x\", c DEFAULT NULL)", "CREATE TABLE t (a INT DEFAULT 0, b DEFAULT 'x', c)" },
  { "CREATE TABLE t (a, b AS (a) )", "CREATE TABLE t (a, b GENERATED ALWAYS AS (\"a\") VIRTUAL)" },
  { "CREATE TABLE t (a, UNIQUE (a), CHECK (a > 1))", "CREATE TABLE t (a, CHECK (a > 1), UNIQUE (a), UNIQUE (a))" },
  { "CREATE TABLE t (a TEXT PRIMARY KEY NOT NULL) STRICT, WITHOUT ROWID", "CREATE TABLE t (a TEXT PRIMARY KEY) without rowid,strict" },
  { "CREATE INDEX i ON t (a, b DESC) WHERE a IS NOT NULL", "CREATE INDEX [i] on \"t\"(a asc,b DESC) where a is not null" },
  { "CREATE VIEW v AS SELECT a FROM t", "CREATE VIEW \"v\" as\n select a from \"t\" -- all" },
};

/* And what they would not. */
static const char * const different[][2] = {
  { "CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT)" },
  { "CREATE TABLE t (id INTEGER PRIMARY KEY)", "CREATE TABLE t (id INTEGER PRIMARY KEY DESC)" },
  { "CREATE TABLE t (id INT PRIMARY KEY)", "CREATE TABLE t (id INT NOT NULL PRIMARY KEY)" },
  { "CREATE TABLE t (a, b, CHECK (a <> \"x\"))", "CREATE TABLE t (a, b, CHECK (a <> x))" },
  { "CREATE TABLE t (a UNIQUE)", "CREATE TABLE t (a UNIQUE ON CONFLICT IGNORE)" },
  { "CREATE TABLE t (a, CONSTRAINT x UNIQUE (a))", "CREATE TABLE t (a, CONSTRAINT y UNIQUE (a))" },
  { "CREATE TABLE t (a COLLATE NOCASE)", "CREATE TABLE t (a)" },
  { "CREATE TABLE t (a) STRICT", "CREATE TABLE t (a)" },
  { "CREATE VIEW v AS SELECT 'a  b'", "CREATE VIEW v AS SELECT 'a b'" },
  { "CREATE VIEW v AS SELECT key FROM t", "CREATE VIEW v AS SELECT KEY FROM t" },
};

static void
test_same (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (same); i++)
    {
      g_autofree char *a = dup_spelling (same[i][0]);
      g_autofree char *b = dup_spelling (same[i][1]);

      g_assert_cmpstr (a, ==, b);
    }
}

static void
test_different (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (different); i++)
    {
      g_autofree char *a = dup_spelling (different[i][0]);
      g_autofree char *b = dup_spelling (different[i][1]);

      g_assert_cmpstr (a, !=, b);
    }
}

/* Every clause comes back, and the text says the same when it is read again. */
static void
test_whole (void)
{
  static const char text[] =
    "CREATE TABLE \"a b\" (\n"
    "  id INTEGER PRIMARY KEY ON CONFLICT FAIL AUTOINCREMENT,\n"
    "  \"Name\" VARCHAR(10) COLLATE NOCASE CONSTRAINT d DEFAULT 'x''y' CONSTRAINT nn NOT NULL ON CONFLICT IGNORE,\n"
    "  twice GENERATED ALWAYS AS (id * 2) STORED,\n"
    "  CONSTRAINT uq UNIQUE (\"Name\" COLLATE RTRIM DESC, id) ON CONFLICT REPLACE,\n"
    "  CHECK (id <> 'a, b)'),\n"
    "  CONSTRAINT fk FOREIGN KEY (id, twice) REFERENCES p (x, \"Y\") ON DELETE SET NULL ON UPDATE CASCADE MATCH FULL"
    " DEFERRABLE INITIALLY DEFERRED\n"
    ") STRICT";
  g_autoptr(StrataSqliteCreate) create = strata_sqlite_create_new (text);
  g_autofree char *again = strata_sqlite_render_table (create, NULL, 0);

  g_assert_cmpstr (again, ==, text);
}

/* What a newer SQLite may say is kept. */
static void
test_unknown (void)
{
  g_autofree char *column = dup_spelling ("CREATE TABLE t (a INT NOT NULL SPARKLING (1, 2) more, b)");
  g_autofree char *options = dup_spelling ("CREATE TABLE t (a) STRICT, SPARKLING");
  g_autofree char *broken = dup_spelling ("CREATE TABLE t (a, (");

  g_assert_cmpstr (column, ==, "CREATE TABLE t (\n  a INT NOT NULL SPARKLING(1, 2) more,\n  b\n)");
  g_assert_cmpstr (options, ==, "CREATE TABLE t (\n  a\n) STRICT, SPARKLING");
  g_assert_cmpstr (broken, ==, "CREATE TABLE t(a, (");
}

static void
test_rename (void)
{
  g_autoptr(GHashTable) names = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;

  g_hash_table_insert (names, (gpointer) "a", (gpointer) "New");
  text = strata_sqlite_rename ("A > 'a' AND [a] <> a (1)", names);
  g_assert_cmpstr (text, ==, "\"New\" > 'a' AND \"New\" <> a (1)");
  g_assert_true (strata_sqlite_mentions ("length(\"A\")", "a"));
  g_assert_false (strata_sqlite_mentions ("length('a')", "a"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sql/sqlite-create/same", test_same);
  g_test_add_func ("/sql/sqlite-create/different", test_different);
  g_test_add_func ("/sql/sqlite-create/whole", test_whole);
  g_test_add_func ("/sql/sqlite-create/unknown", test_unknown);
  g_test_add_func ("/sql/sqlite-create/rename", test_rename);

  return g_test_run ();
}
