/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/names/name-spot.h"

/* What fits at the "|": "t" a table, "c:" columns of, "?" where other things fit too. */
typedef struct
{
  const char *sql;
  const char *fits;
} Case;

static const Case cases[] = {
  { "SELECT * FROM |", "t" },
  { "SELECT * FROM a JOIN |", "t" },
  { "INSERT INTO |", "t" },
  { "UPDATE |", "t" },
  { "DELETE FROM |", "t" },
  { "DROP TABLE |", "t" },
  { "DROP TABLE IF EXISTS a, |", "t" },
  { "ALTER TABLE IF EXISTS ONLY |", "t" },
  { "TRUNCATE |", "t" },
  { "CREATE TABLE |", "?" },
  { "CREATE TABLE IF NOT EXISTS |", "?" },
  { "CREATE TABLE a (b int REFERENCES |", "t" },
  { "CREATE TABLE a (b int REFERENCES c (|", "c:c" },
  { "CREATE UNIQUE INDEX i ON |", "t" },
  { "CREATE INDEX i ON s.a USING gin (b, |", "c:a" },
  { "INSERT INTO a (b, |", "c:a" },
  { "INSERT INTO a (b) VALUES (|", "? c:a" },
  { "ALTER TABLE a DROP COLUMN |", "c:a" },
  { "ALTER TABLE a ADD b int, ALTER COLUMN |", "c:a" },
  { "ALTER TABLE a ADD CONSTRAINT k FOREIGN KEY (|", "c:a" },
  { "ALTER TABLE a ADD COLUMN |", "? c:a" },
  { "UPDATE ONLY a SET |", "c:a" },
  { "UPDATE a SET b = 1 WHERE |", "? c:a" },
  { "SELECT x.| FROM a AS x", "c:a" },
  { "SELECT x.| FROM a AS x, b", "c:a" },
  { "SELECT a.|", "t c:a" },
  { "SELECT | FROM a", "? c:a" },
  { "SELECT f(|) FROM a", "? c:a" },
  { "SELECT EXTRACT(year FROM |) FROM a", "? c:a" },
  { "SELECT * FROM (SELECT * FROM |) AS q", "t" },
  { "WITH q AS (SELECT 1) SELECT q.| FROM q", "c:" },
  { "|", "?" },
  { "GRANT UPDATE ON |", "?" },
};

static char *
describe (const StrataNameSpot *spot)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (!spot->is_sure)
    g_string_append (text, "?");
  if (spot->wants_table)
    g_string_append (text, "t");
  for (guint i = 0; spot->tables != NULL && i < spot->tables->len; i++)
    g_string_append_printf (text, "%sc:%s", text->len > 0 ? " " : "", (char *) g_ptr_array_index (spot->tables, i));

  return g_strdup (text->str);
}

static void
test_fits (gconstpointer data)
{
  const Case *one = data;
  g_auto(GStrv) parts = g_strsplit (one->sql, "|", 2);
  g_auto(StrataNameSpot) spot = { FALSE, };
  g_autofree char *fits = NULL;

  strata_name_spot_find (&spot, STRATA_DIALECT_POSTGRESQL, parts[0], parts[1]);
  fits = describe (&spot);
  g_assert_cmpstr (fits, ==, one->fits);
}

static void
test_statement (void)
{
  static const char text[] = "SELECT ';'; -- ;\nSELECT 1; SELECT 2";

  g_assert_cmpstr (strata_sql_find_statement_start (STRATA_DIALECT_SQLITE, text), ==, " SELECT 2");
  g_assert_cmpuint (strata_sql_find_statement_end (STRATA_DIALECT_SQLITE, text), ==, strlen ("SELECT ';'"));
  g_assert_cmpuint (strata_sql_find_statement_end (STRATA_DIALECT_SQLITE, "x"), ==, 1);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/names/name-spot/%02u", i);

      g_test_add_data_func (path, &cases[i], test_fits);
    }
  g_test_add_func ("/names/name-spot/statement", test_statement);

  return g_test_run ();
}
