/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is looked at of SQLite's rows. PostgreSQL's statistics are for tests/cli/test-compare-postgresql.py. */

#include "config.h"

#include "core/reflect/reflect.h"
#include "tests/core/database/sqlite-fixture.h"

static StrataRowFacts *
add (GPtrArray  *list,
     const char *table,
     const char *column)
{
  StrataRowFacts *facts = strata_row_facts_new (NULL, table, column);

  g_ptr_array_add (list, facts);

  return facts;
}

static void
test_values (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GPtrArray) list = strata_row_facts_list ();
  g_autoptr(GError) error = NULL;
  StrataRowFacts *table = add (list, "t \"x\"", NULL), *none = add (list, "t \"x\"", "none"), *text = add (list, "t \"x\"", "text");
  StrataRowFacts *blob = add (list, "t \"x\"", "blob"), *empty = add (list, "empty", "a"), *broken = add (list, "absent", "a");

  must_execute (connection, "CREATE TABLE \"t \"\"x\"\"\" (text TEXT, none INT, blob BLOB)");
  must_execute (connection, "CREATE TABLE empty (a)");
  must_execute (connection, "INSERT INTO \"t \"\"x\"\"\" VALUES ('bb', NULL, x'00ff'), ('a', NULL, x'01'), ('bb', NULL, x'02'), (NULL, NULL, x'03')");

  strata_row_facts_list_sort (list);
  g_assert_true (strata_reflect_rows (connection, list, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpfloat (table->n_rows, ==, 4);
  g_assert_false (table->has_more);
  g_assert_cmpfloat (table->nulls, ==, -1);
  g_assert_cmpfloat (none->nulls, ==, 1);
  g_assert_cmpfloat (text->nulls, ==, 0.25);
  g_assert_cmpfloat (text->distinct, ==, 2.0 / 3);
  g_assert_cmpfloat (text->width, ==, 5.0 / 3);
  g_assert_cmpuint (text->common->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (text->common, 0), ==, "bb");
  g_assert_cmpstr (g_ptr_array_index (text->others, 0), ==, "a");
  g_assert_cmpstr (g_ptr_array_index (blob->others, 0), ==, "00FF");
  g_assert_cmpfloat (empty->n_rows, ==, 0);
  g_assert_cmpfloat (empty->nulls, ==, -1);
  g_assert_cmpfloat (broken->n_rows, ==, -1);
}

static void
test_bounds (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr(StrataConnection) connection = must_open (fixture, TRUE);
  g_autoptr(GPtrArray) list = strata_row_facts_list ();
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  StrataRowFacts *facts;

  must_execute (connection, "CREATE TABLE t (a INT)");
  must_execute (connection, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 12000) INSERT INTO t SELECT i FROM n");
  add (list, "t", "a");
  add (list, "t", "a");
  strata_row_facts_list_sort (list);
  g_assert_cmpuint (list->len, ==, 1);
  facts = g_ptr_array_index (list, 0);

  g_assert_true (strata_reflect_rows (connection, list, NULL, &error));
  g_assert_cmpfloat (facts->n_rows, ==, 10000);
  g_assert_true (facts->has_more);
  g_assert_cmpuint (facts->others->len, ==, 1000);
  g_assert_cmpuint (facts->common->len, ==, 0);

  g_cancellable_cancel (cancellable);
  g_assert_false (strata_reflect_rows (connection, list, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/reflect/rows/values", Fixture, NULL, set_up, test_values, tear_down);
  g_test_add ("/reflect/rows/bounds", Fixture, NULL, set_up, test_bounds, tear_down);

  return g_test_run ();
}
