/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/names/sql-mentions.h"

/* One letter a kind, as in the mentions' order: u(ses), r(efers), m(akes), v(iew), d(rops), n(ew name), + column, - column,
 * = renamed column, ? doubts, ?c columns, ?o others, ?a all. */
typedef struct
{
  StrataDialect  dialect;
  const char    *sql;
  const char    *mentions;
} Case;

#define PG STRATA_DIALECT_POSTGRESQL
#define LITE STRATA_DIALECT_SQLITE
#define MY STRATA_DIALECT_MYSQL

static const Case cases[] = {
  { PG, "CREATE TABLE a (b int, \"c d\" text, PRIMARY KEY (b))", "m:a +:a.b +:a.c d" },
  { PG, "CREATE TABLE IF NOT EXISTS s.a (b int)", "m:a +:a.b ?c:a" },
  { PG, "CREATE UNLOGGED TABLE a (b int REFERENCES c (d), FOREIGN KEY (b) REFERENCES e)", "m:a +:a.b u:c u:c.d u:e" },
  { LITE, "CREATE TABLE a (b int REFERENCES c (d))", "m:a +:a.b r:c" },
  { PG, "CREATE TABLE a (LIKE b INCLUDING ALL)", "m:a ?c:a" },
  { PG, "CREATE TABLE a (b int) INHERITS (c)", "m:a +:a.b ?c:a" },
  { PG, "CREATE TABLE a PARTITION OF b FOR VALUES IN (1)", "v:a" },
  { PG, "CREATE TABLE a AS SELECT 1", "v:a" },
  { PG, "CREATE TEMP TABLE a (b int)", "?:CREATE ?:TEMP ?:TABLE ?:a ?:b ?:int" },
  { LITE, "CREATE VIRTUAL TABLE a USING fts5 (b)", "v:a" },
  { LITE, "CREATE VIEW a AS SELECT * FROM b", "v:a" },
  { PG, "CREATE VIEW a AS SELECT c.d FROM b AS c", "v:a u:b u:b.d" },
  { PG, "CREATE INDEX ON a USING gin (b, lower(c), (d + 1), e DESC)", "u:a u:a.b u:a.e" },
  { PG, "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON a (b)", "" },
  { PG, "CREATE EXTENSION postgis", "?o" },
  { PG, "CREATE FUNCTION f () RETURNS trigger AS $$ BEGIN INSERT INTO log VALUES (1); END $$ LANGUAGE plpgsql", "" },
  { PG, "CREATE TRIGGER t AFTER UPDATE ON a FOR EACH ROW EXECUTE FUNCTION f ()", "" },
  { PG, "ALTER TABLE a ADD COLUMN b int REFERENCES c, DROP d, DROP COLUMN IF EXISTS e, RENAME f TO g",
    "u:a +:a.b u:c u:a.d -:a.d -:a.e u:a.f =:a.f>g" },
  { PG, "ALTER TABLE IF EXISTS ONLY a ALTER b SET NOT NULL", "u:a.b" },
  { PG, "ALTER TABLE a RENAME TO b", "u:a n:a>b" },
  { PG, "ALTER TABLE a RENAME CONSTRAINT b TO c", "u:a" },
  { PG, "ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (b) REFERENCES c (d) ON UPDATE CASCADE, DROP CONSTRAINT e",
    "u:a u:a.b u:c u:c.d" },
  { PG, "ALTER TABLE a ADD CHECK (b > 0), ADD UNIQUE (c, d)", "u:a u:a.c u:a.d" },
  { MY, "ALTER TABLE a CHANGE b c int, MODIFY d int, ADD INDEX e (f)", "u:a u:a.b =:a.b>c u:a.d" },
  { MY, "RENAME TABLE a TO b, c TO d", "u:a n:a>b u:c n:c>d" },
  { PG, "ALTER INDEX a RENAME TO b", "" },
  { PG, "DROP TABLE a, s.b CASCADE", "u:a d:a u:b d:b" },
  { PG, "DROP TABLE IF EXISTS a", "d:a" },
  { PG, "DROP MATERIALIZED VIEW a", "u:a d:a" },
  { PG, "DROP INDEX a", "" },
  { PG, "TRUNCATE ONLY a, b", "u:a u:b" },
  { PG, "COMMENT ON COLUMN s.a.b IS 'x'", "u:a u:a.b" },
  { PG, "INSERT INTO a (b, c) VALUES (1, 2) ON CONFLICT (b) DO UPDATE SET c = excluded.c, d = 1", "u:a u:a.b u:a.c u:a.c u:a.d" },
  { PG, "INSERT INTO a SELECT b.c FROM b", "u:a u:b u:b.c" },
  { LITE, "INSERT OR IGNORE INTO a VALUES (1)", "u:a" },
  { PG, "UPDATE a SET b = 1, c = (SELECT d.e FROM d) FROM f WHERE a.g = f.h", "u:a u:a.b u:a.c u:d u:f u:d.e u:a.g u:f.h" },
  { MY, "UPDATE a JOIN b ON a.c = b.d SET e = 1", "u:a u:b u:a.c u:b.d" },
  { PG, "DELETE FROM a USING b WHERE a.c = b.d", "u:a u:b u:a.c u:b.d" },
  { PG, "SELECT x.a, y.b FROM s.c x JOIN d AS y ON true, e", "u:c u:d u:e u:c.a u:d.b" },
  { PG, "SELECT q.a FROM (SELECT b FROM c) AS q", "u:c" },
  { PG, "SELECT c.x, (SELECT 1 FROM d c) FROM a LEFT JOIN (SELECT b FROM e) c ON true", "u:d u:a u:e" },
  { PG, "SELECT c.x FROM f (1) c, LATERAL (SELECT 2) d (e), g AS h", "u:g" },
  { PG, "WITH RECURSIVE a (b) AS (SELECT 1 FROM c UNION SELECT 2 FROM a), d AS MATERIALIZED (SELECT 1)"
    " SELECT a.b FROM a, d", "u:c" },
  { PG, "SELECT EXTRACT(year FROM a), trim(both from b), c IS DISTINCT FROM d FROM e", "u:e" },
  { PG, "SELECT f.x FROM generate_series(1, 2) AS f, LATERAL unnest(g) AS h, ONLY i", "u:i" },
  { PG, "SELECT * FROM pg_catalog.pg_class c, information_schema.tables t WHERE c.x = t.y", "" },
  { PG, "SELECT a.b FROM c AS a (d, e)", "u:c" },
  { PG, "SELECT t.a FROM t, (SELECT 1 FROM u AS t) AS v", "u:t u:u" },
  { PG, "SELECT * FROM a FOR UPDATE", "u:a" },
  { PG, "SELECT AddGeometryColumn('a', 'b')", "?:a ?:b" },
  { PG, "SELECT 1 INTO a FROM b", "?:a u:b" },
  { PG, "DO $$ BEGIN ALTER TABLE a ADD b int; END $$", "?:DO ?:BEGIN ?:ALTER ?:TABLE ?:a ?:ADD ?:b ?:int ?:END" },
  { PG, "CALL make ()", "?:CALL ?:make ?o" },
  { PG, "GRANT UPDATE ON a TO b", "" },
  { PG, "SET search_path = x", "" },
  { PG, "SELECT 'open", "?:SELECT ?:open ?o" },
  { PG, "", "" },
};

static const char * const signs[] = {
  "u", "u", "r", "m", "v", "d", "n", "+", "-", "=", "?", "?c", "?o", "?a",
};

static char *
describe (const StrataMentions *mentions)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < strata_mentions_get_n (mentions); i++)
    {
      const StrataMention *mention = strata_mentions_get (mentions, i);

      g_string_append_printf (text, "%s%s", i > 0 ? " " : "", signs[mention->kind]);
      if (mention->table != NULL)
        g_string_append_printf (text, ":%s", mention->table);
      if (mention->column != NULL)
        g_string_append_printf (text, ".%s", mention->column);
      if (mention->new_name != NULL)
        g_string_append_printf (text, ">%s", mention->new_name);
    }

  return g_strdup (text->str);
}

static void
test_statement (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();
  g_autofree char *found = NULL;

  strata_mentions_add_sql (mentions, one->dialect, one->sql, strlen (one->sql), 1);
  found = describe (mentions);
  g_assert_cmpstr (found, ==, one->mentions);
}

static void
test_place (void)
{
  static const char sql[] = "SELECT 1;\n\n  UPDATE \"žluť\" SET\n    bé = 1;";
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();

  strata_mentions_add_sql (mentions, PG, sql, strlen (sql), 10);
  g_assert_cmpuint (strata_mentions_get_n (mentions), ==, 2);
  g_assert_cmpuint (strata_mentions_get (mentions, 0)->line, ==, 12);
  g_assert_cmpuint (strata_mentions_get (mentions, 0)->text_column, ==, 11);
  g_assert_cmpuint (strata_mentions_get (mentions, 1)->line, ==, 13);
  g_assert_cmpuint (strata_mentions_get (mentions, 1)->text_column, ==, 5);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/names/sql-mentions/%02u", i);

      g_test_add_data_func (path, &cases[i], test_statement);
    }
  g_test_add_func ("/names/sql-mentions/place", test_place);

  return g_test_run ();
}
