/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/loss.h"

#include <string.h>

/* What is lost, one after the other: words, name, column. */
typedef struct
{
  StrataDialect  dialect;
  const char    *sql;
  const char    *lost;    /* "" for nothing */
} Case;

#define PG STRATA_DIALECT_POSTGRESQL
#define LITE STRATA_DIALECT_SQLITE
#define MY STRATA_DIALECT_MYSQL

static const Case cases[] = {
  { LITE, "DROP TABLE lamps", "DROP TABLE lamps" },
  { LITE, "drop table if exists main.\"Old lamps\"", "DROP TABLE main.\"Old lamps\"" },
  { PG, "DROP TABLE a, shop . b CASCADE", "DROP TABLE a; DROP TABLE shop.b" },
  { PG, "DROP /* not a VIEW */ TABLE a", "DROP TABLE a" },
  { PG, "DROP VIEW a", "" },
  { PG, "DROP INDEX a", "" },
  { PG, "DROP MATERIALIZED VIEW a CASCADE", "" },
  { PG, "DROP FOREIGN TABLE a", "" },
  { PG, "DROP TABLE", "" },
  { PG, "DROP SCHEMA shop CASCADE", "DROP SCHEMA shop" },
  { PG, "DROP OWNED BY ana", "DROP OWNED ana" },
  { PG, "DROP TYPE mood", "" },
  { PG, "DROP TYPE IF EXISTS mood CASCADE", "DROP TYPE … CASCADE mood" },
  { PG, "CREATE TABLE a (b text DEFAULT 'DROP TABLE x')", "" },
  { PG, "ALTER TABLE a DROP COLUMN b", "DROP COLUMN a b" },
  { PG, "ALTER TABLE IF EXISTS ONLY a * DROP b CASCADE, ADD c numeric(3, 2), DROP COLUMN IF EXISTS \"d\"",
    "DROP COLUMN a b; DROP COLUMN a \"d\"" },
  { PG, "ALTER TABLE a DROP CONSTRAINT b, ALTER COLUMN c DROP NOT NULL, ALTER d DROP DEFAULT", "" },
  { PG, "ALTER TABLE a DROP \"constraint\"", "DROP COLUMN a \"constraint\"" },
  { PG, "ALTER TABLE a ADD CHECK (b IN ('x', 'DROP', 'y'))", "" },
  { PG, "ALTER INDEX a RENAME TO b", "" },
  { MY, "ALTER TABLE a DROP INDEX b, DROP PRIMARY KEY, DROP FOREIGN KEY c", "" },
  { MY, "ALTER TABLE a DROP PARTITION p0", "DROP PARTITION a" },
  { PG, "TRUNCATE a, ONLY b RESTART IDENTITY", "TRUNCATE a; TRUNCATE b" },
  { MY, "TRUNCATE TABLE `a`", "TRUNCATE `a`" },
  { PG, "DELETE FROM a", "DELETE without WHERE a" },
  { PG, "DELETE FROM ONLY shop.a AS x USING b", "DELETE without WHERE shop.a" },
  { PG, "DELETE FROM a WHERE b", "" },
  { PG, "DELETE FROM a USING (SELECT 1 WHERE true) s", "DELETE without WHERE a" },
  { PG, "WITH gone AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM gone WHERE c", "DELETE without WHERE a" },
  { PG, "WITH gone AS (DELETE FROM a WHERE b RETURNING *) SELECT * FROM gone", "" },
  { LITE, "WITH x AS (SELECT 1) DELETE FROM a", "DELETE without WHERE a" },
  { PG, "CREATE TABLE a (b int REFERENCES c ON DELETE CASCADE)", "" },
  { LITE, "CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM b; END", "" },
  { PG, "DO $$ BEGIN DROP TABLE a; END $$", "" },
  { PG, "", "" },
};

static StrataStatement
make_statement (const char *sql)
{
  return (StrataStatement) { .text = sql, .length = strlen (sql), .line = 1, .column = 1 };
}

static void
test_finds (gconstpointer data)
{
  const Case *self = data;
  StrataStatement statement = make_statement (self->sql);
  g_autoptr(GPtrArray) losses = strata_losses_new ();
  g_autoptr(GString) lost = g_string_new (NULL);
  gboolean loses = strata_statement_loses_data (self->dialect, &statement, losses);

  for (guint i = 0; i < losses->len; i++)
    {
      const StrataLoss *loss = g_ptr_array_index (losses, i);

      g_string_append_printf (lost, "%s%s %s", i > 0 ? "; " : "", loss->words, loss->name);
      if (loss->column != NULL)
        g_string_append_printf (lost, " %s", loss->column);
    }

  g_assert_cmpstr (lost->str, ==, self->lost);
  g_assert_cmpint (loses, ==, *self->lost != '\0');
  g_assert_cmpint (strata_statement_loses_data (self->dialect, &statement, NULL), ==, loses);
}

static void
test_rename (void)
{
  StrataStatement rename = make_statement ("ALTER TABLE new_lamps RENAME TO lamps");
  StrataStatement column = make_statement ("ALTER TABLE lamps RENAME COLUMN a TO b");
  g_autofree char *from = NULL;
  g_autofree char *to = NULL;

  g_assert_false (strata_statement_renames_table (LITE, &column, &from, &to));
  g_assert_true (strata_statement_renames_table (LITE, &rename, &from, &to));
  g_assert_cmpstr (from, ==, "new_lamps");
  g_assert_cmpstr (to, ==, "lamps");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/sql/loss/finds/%u", i);

      g_test_add_data_func (path, &cases[i], test_finds);
    }
  g_test_add_func ("/sql/loss/rename", test_rename);

  return g_test_run ();
}
