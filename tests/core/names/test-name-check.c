/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/names/name-check.h"
#include "core/names/sql-mentions.h"

/* What is said of a script that comes behind the world below: "line:column message (hint)" a line; NULL: nothing. */
typedef struct
{
  const char *sql;
  const char *said;
} Case;

#define WORLD \
  "CREATE TABLE customers (id int, name text, city text);" \
  "CREATE TABLE orders (id int, customer int REFERENCES customers, total int);" \
  "CREATE TABLE notes (id int); DROP TABLE notes;" \
  "CREATE TABLE bills (id int); ALTER TABLE bills RENAME TO invoices;" \
  "ALTER TABLE orders RENAME COLUMN total TO amount;" \
  "CREATE VIEW totals AS SELECT 1;" \
  "UPDATE orders SET amount = 1; DELETE FROM orders; DELETE FROM customers;"

static const Case cases[] = {
  { "UPDATE orders SET amount = 2", NULL },
  { "SELECT *\nFROM ordesr", "2:6 There is no table “ordesr” here (Did you mean “orders”?)" },
  { "DROP TABLE weather", "1:12 There is no table “weather” here" },
  { "DROP TABLE IF EXISTS weather", NULL },
  { "ALTER TABLE notes ADD x int", "1:13 The table “notes” is not there any more: revision 5a drops it" },
  { "INSERT INTO bills (id) VALUES (1)", "1:13 The table “bills” is not there any more: revision 5a renames it to “invoices”" },
  { "UPDATE orders SET total = 1", "1:19 The column “total” of “orders” is not there any more: revision 5a renames it to “amount”" },
  { "SELECT c.nmae FROM customers AS c", "1:10 There is no column “nmae” of “customers” here (Did you mean “name”?)" },
  { "SELECT o.anything FROM totals AS o", NULL },
  { "SELECT c.ctid, excluded.x FROM customers AS c", NULL },
  { "SELECT * FROM pg_stat_activity, orders_id_seq, alembic_version", NULL },
  { "CREATE TABLE new (id int); INSERT INTO new (id) SELECT id FROM orders; DROP TABLE new", NULL },
  { "ALTER TABLE orders ADD paid int; UPDATE orders SET paid = 1", NULL },
  { "UPDATE orders SET paid = 1; UPDATE orders SET paid = 2", "1:19 There is no column “paid” of “orders” here" },
  { "DROP TABLE orders; SELECT * FROM orders", "1:34 The table “orders” is not there any more: this script drops it" },
  { "WITH weather AS (SELECT 1) SELECT weather.x FROM weather", NULL },
  { "CREATE EXTENSION x; SELECT * FROM weather", NULL },
  { "CREATE TEMP TABLE weather (x int); SELECT w.y FROM weather AS w", NULL },
  { "DO $$ BEGIN EXECUTE 'CREATE TABLE ' || 'weather'; END $$; DROP TABLE weather", NULL },
  { "SELECT AddGeometryColumn('customers', 'place'); UPDATE customers SET place = NULL", NULL },
  { "SELECT \"Orders\".id FROM public.\"Orders\"", NULL },
};

static StrataMentions *
read_sql (const char *sql)
{
  StrataMentions *mentions = strata_mentions_new ();

  strata_mentions_add_sql (mentions, STRATA_DIALECT_POSTGRESQL, sql, strlen (sql), 1);

  return mentions;
}

static char *
check (const char *world,
       const char *sql)
{
  g_autoptr(StrataCatalogue) below = strata_catalogue_new (NULL);
  g_autoptr(StrataMentions) past = read_sql (world);
  g_autoptr(StrataMentions) now = read_sql (sql);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GString) text = g_string_new (NULL);

  strata_catalogue_apply_all (below, past, "5a");
  strata_names_check (now, below, "x.sql", findings);
  for (guint i = 0; i < findings->len; i++)
    {
      StrataFinding *finding = g_ptr_array_index (findings, i);
      StrataPlace place = strata_finding_get_place (finding);

      g_assert_cmpint (strata_finding_get_severity (finding), ==, STRATA_SEVERITY_WARNING);
      g_string_append_printf (text, "%s%u:%u %s", i > 0 ? "\n" : "", place.line, place.column,
                              strata_finding_get_message (finding));
      if (strata_finding_get_hint (finding) != NULL)
        g_string_append_printf (text, " (%s)", strata_finding_get_hint (finding));
    }

  return findings->len > 0 ? g_strdup (text->str) : NULL;
}

static void
test_said (gconstpointer data)
{
  const Case *one = data;
  g_autofree char *said = check (WORLD, one->sql);

  g_assert_cmpstr (said, ==, one->said);
}

/* Where tables are used that no script makes, only what is called much like one that is there is taken for a slip. */
static void
test_open_world (void)
{
  g_autofree char *far = check (WORLD "UPDATE elsewhere SET x = 1;", "DROP TABLE weather");
  g_autofree char *near = check (WORLD "UPDATE elsewhere SET x = 1;", "DROP TABLE order");
  g_autofree char *old = check (WORLD "UPDATE elsewhere SET x = 1;", "DROP TABLE orders_2");
  g_autofree char *part = check (WORLD "UPDATE elsewhere SET x = 1; CREATE TABLE part_1 (x int);", "DROP TABLE part_2");
  g_autofree char *known = check (WORLD "UPDATE orderz SET x = 1;", "DROP TABLE orderz");

  g_assert_null (far);
  g_assert_cmpstr (near, ==, "1:12 There is no table “order” here (Did you mean “orders”?)");
  g_assert_null (old);
  g_assert_null (part);
  g_assert_null (known);
}

static void
test_near (void)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  g_ptr_array_add (names, (gpointer) "customers");
  g_ptr_array_add (names, (gpointer) "costs");
  g_assert_cmpstr (strata_names_find_near (names, "CUSTMERS"), ==, "customers");
  g_assert_cmpstr (strata_names_find_near (names, "cotss"), ==, "costs");
  g_assert_null (strata_names_find_near (names, "weather"));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/names/name-check/%02u", i);

      g_test_add_data_func (path, &cases[i], test_said);
    }
  g_test_add_func ("/names/name-check/open-world", test_open_world);
  g_test_add_func ("/names/name-check/near", test_near);

  return g_test_run ();
}
