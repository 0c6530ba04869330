/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/names/catalogue.h"
#include "core/names/sql-mentions.h"

/* What is there after some SQL: "name(columns)" each. */
typedef struct
{
  const char *sql;
  const char *there;
} Case;

static const Case cases[] = {
  { "CREATE TABLE b (x int); CREATE TABLE a (z int, y int)", "a(y,z) b(x)" },
  { "CREATE TABLE a (x int, y int); ALTER TABLE a DROP x; ALTER TABLE a RENAME y TO z", "a(z)" },
  { "CREATE TABLE a (x int); ALTER TABLE A ADD \"Y\" int", "a(Y,x)" },
  { "CREATE TABLE a (x int); DROP TABLE a", "" },
  { "CREATE TABLE a (x int); DROP TABLE a; CREATE TABLE a (y int)", "a(y)" },
  { "CREATE TABLE new_a (x int); DROP TABLE IF EXISTS a; ALTER TABLE new_a RENAME TO a", "a(x)" },
  { "CREATE TABLE a (x int); CREATE TABLE b (x int, y int); DROP TABLE a; ALTER TABLE b RENAME TO a", "a(x,y)" },
  { "ALTER TABLE a ADD b int", "" },
};

static void
add (StrataCatalogue *catalogue,
     const char      *sql,
     const char      *whose)
{
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();

  strata_mentions_add_sql (mentions, STRATA_DIALECT_POSTGRESQL, sql, strlen (sql), 1);
  strata_catalogue_apply_all (catalogue, mentions, whose);
}

static char *
describe (const StrataCatalogue *catalogue)
{
  g_autoptr(GPtrArray) tables = strata_catalogue_list_tables (catalogue);
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < tables->len; i++)
    {
      g_autoptr(GPtrArray) columns = strata_catalogue_list_columns (catalogue, g_ptr_array_index (tables, i));
      g_autofree char *names = NULL;

      g_ptr_array_add (columns, NULL);
      names = g_strjoinv (",", (char **) columns->pdata);
      g_string_append_printf (text, "%s%s(%s)", i > 0 ? " " : "", (char *) g_ptr_array_index (tables, i), names);
    }

  return g_strdup (text->str);
}

static void
test_there (gconstpointer data)
{
  const Case *one = data;
  g_autoptr(StrataCatalogue) catalogue = strata_catalogue_new (NULL);
  g_autofree char *there = NULL;

  add (catalogue, one->sql, NULL);
  there = describe (catalogue);
  g_assert_cmpstr (there, ==, one->there);
}

static void
test_on_top (void)
{
  g_autoptr(StrataCatalogue) below = strata_catalogue_new (NULL);
  g_autoptr(StrataCatalogue) top = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  const char *new_name;

  add (below, "CREATE TABLE a (x int); CREATE TABLE b (y int)", "one");
  top = strata_catalogue_new (below);
  add (top, "ALTER TABLE a RENAME TO c; ALTER TABLE b DROP y", "two");
  before = describe (below);
  after = describe (top);
  g_assert_cmpstr (before, ==, "a(x) b(y)");
  g_assert_cmpstr (after, ==, "b() c(x)");

  g_assert_cmpint (strata_catalogue_find_table (top, "a"), ==, STRATA_NAME_GONE);
  g_assert_cmpstr (strata_catalogue_get_taker (top, "A", NULL, &new_name), ==, "two");
  g_assert_cmpstr (new_name, ==, "c");
  g_assert_cmpint (strata_catalogue_find_column (top, "b", "Y"), ==, STRATA_NAME_GONE);
  g_assert_cmpstr (strata_catalogue_get_taker (top, "b", "y", &new_name), ==, "two");
  g_assert_null (new_name);
  g_assert_cmpint (strata_catalogue_find_column (below, "b", "y"), ==, STRATA_NAME_THERE);
  g_assert_null (strata_catalogue_get_taker (top, "none", NULL, &new_name));
}

/* What is not made by scripts may be there all the same. */
static void
test_doubt (void)
{
  g_autoptr(StrataCatalogue) catalogue = strata_catalogue_new (NULL);

  add (catalogue, "CREATE TABLE a (x int); CREATE TABLE b (x int)", NULL);
  g_assert_cmpint (strata_catalogue_find_table (catalogue, "c"), ==, STRATA_NAME_UNKNOWN);
  add (catalogue, "UPDATE a SET x = 1; UPDATE b SET x = 1; DELETE FROM a", NULL);
  g_assert_cmpint (strata_catalogue_find_table (catalogue, "c"), ==, STRATA_NAME_NOT_THERE);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "a", "y"), ==, STRATA_NAME_NOT_THERE);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "c", "y"), ==, STRATA_NAME_UNKNOWN);

  add (catalogue, "DO $$ BEGIN ALTER TABLE a ADD y int; END $$", NULL);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "a", "y"), ==, STRATA_NAME_UNKNOWN);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "b", "y"), ==, STRATA_NAME_NOT_THERE);
  g_assert_true (strata_catalogue_knows_table (catalogue, "BEGIN"));
  g_assert_false (strata_catalogue_knows_table (catalogue, "c"));

  /* Somebody used what nobody made, and it ran. */
  add (catalogue, "INSERT INTO b (z) VALUES (1); UPDATE elsewhere SET x = 1", NULL);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "b", "y"), ==, STRATA_NAME_UNKNOWN);
  g_assert_cmpint (strata_catalogue_find_table (catalogue, "c"), ==, STRATA_NAME_UNKNOWN);
}

static void
test_doubt_all (void)
{
  g_autoptr(StrataCatalogue) below = strata_catalogue_new (NULL);
  g_autoptr(StrataCatalogue) top = NULL;
  static const StrataMention all = { .kind = STRATA_MENTION_DOUBTS_ALL };

  add (below, "CREATE TABLE a (x int)", NULL);
  top = strata_catalogue_new (below);
  strata_catalogue_apply (top, &all, NULL);
  add (top, "CREATE TABLE b (x int)", NULL);
  g_assert_cmpint (strata_catalogue_find_column (top, "a", "y"), ==, STRATA_NAME_UNKNOWN);
  g_assert_cmpint (strata_catalogue_find_column (top, "b", "y"), ==, STRATA_NAME_NOT_THERE);
  g_assert_true (strata_catalogue_knows_table (top, "whatever"));
}

/* What a database has joins what scripts say. */
static void
test_seen (void)
{
  g_autoptr(StrataCatalogue) catalogue = strata_catalogue_new (NULL);

  add (catalogue, "CREATE TABLE a (x int, y int); ALTER TABLE a DROP y; CREATE TABLE c (x int)", "r1");
  strata_catalogue_see_table (catalogue, "a", TRUE);
  strata_catalogue_see_column (catalogue, "a", "z");
  strata_catalogue_see_table (catalogue, "b", TRUE);
  strata_catalogue_see_column (catalogue, "b", "x");
  strata_catalogue_see_table (catalogue, "c", TRUE);
  strata_catalogue_see_table (catalogue, "c", TRUE);

  g_assert_cmpint (strata_catalogue_find_column (catalogue, "a", "z"), ==, STRATA_NAME_THERE);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "a", "y"), ==, STRATA_NAME_GONE);
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "b", "other"), ==, STRATA_NAME_UNKNOWN);
  g_assert_true (strata_catalogue_has_seen (catalogue, "b"));
  g_assert_false (strata_catalogue_has_seen (catalogue, "c"));

  add (catalogue, "ALTER TABLE b DROP x", "r2");
  g_assert_cmpint (strata_catalogue_find_column (catalogue, "b", "x"), ==, STRATA_NAME_GONE);
  add (catalogue, "UPDATE b SET unheard = 1", "r3");
  g_assert_false (strata_catalogue_has_seen (catalogue, "b"));
  add (catalogue, "DROP TABLE b", "r4");
  g_assert_cmpint (strata_catalogue_find_table (catalogue, "b"), ==, STRATA_NAME_GONE);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/names/catalogue/there/%02u", i);

      g_test_add_data_func (path, &cases[i], test_there);
    }
  g_test_add_func ("/names/catalogue/on-top", test_on_top);
  g_test_add_func ("/names/catalogue/doubt", test_doubt);
  g_test_add_func ("/names/catalogue/doubt-all", test_doubt_all);
  g_test_add_func ("/names/catalogue/seen", test_seen);

  return g_test_run ();
}
