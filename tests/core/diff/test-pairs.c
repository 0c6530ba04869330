/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is looked at, of thousands of things that are gone and thousands that are new. */

#include "config.h"

#include <string.h>

#include "core/diff/pairs.h"
#include "tests/core/diff/pictures.h"

#define N_TABLES 1500
#define N_COLUMNS 4

/* Tables of an id, a column of their own, and others that all of them have. */
static StrataPicture *
make_tables (const char *prefix,
             guint       n_tables,
             guint       n_shared)
{
  StrataPicture *picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  for (guint i = 0; i < n_tables; i++)
    {
      StrataObject *object = strata_picture_alloc (picture, sizeof *object);
      StrataPictureTable *table = strata_picture_alloc (picture, sizeof *table);
      g_autoptr(GPtrArray) columns = g_ptr_array_new ();
      g_autofree char *called = g_strdup_printf ("%s_%u", prefix, i);

      for (guint c = 0; c < N_COLUMNS; c++)
        {
          StrataPictureColumn *column = strata_picture_alloc (picture, sizeof *column);
          g_autofree char *name = c < n_shared ? g_strdup_printf ("shared_%u", c) : g_strdup_printf ("own_%u_%u", i, c);

          column->name = strata_picture_intern (picture, name);
          column->type_text = "integer";
          g_ptr_array_add (columns, column);
        }

      object->kind = STRATA_OBJECT_TABLE;
      object->schema = "public";
      object->name = table->name = strata_picture_intern (picture, called);
      object->of.table = table;
      table->columns = strata_picture_list (picture, columns);
      g_ptr_array_add (objects, object);
    }

  g_ptr_array_sort (objects, compare_objects);
  picture->default_schema = "public";
  picture->objects = strata_picture_list (picture, objects);
  picture->n_objects = objects->len;

  return picture;
}

/* One in common, as an id is, is not enough. */
static void
test_tables (void)
{
  for (guint n_shared = 0; n_shared <= 1; n_shared++)
    {
      g_autoptr(StrataPicture) from = make_tables ("old", N_TABLES, n_shared);
      g_autoptr(StrataPicture) to = make_tables ("new", N_TABLES, n_shared);
      g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
      g_autoptr(StrataDiffPairs) pairs = strata_diff_pairs_new (diff);

      g_assert_cmpuint (strata_diff_get_n (diff), ==, 2 * N_TABLES);
      g_assert_cmpuint (pairs->list->len, ==, N_TABLES);
      for (guint i = 0; i < N_TABLES; i++)
        {
          const StrataDiffPair *pair = &g_array_index (pairs->list, StrataDiffPair, i);

          g_assert_cmpstr (strchr (pair->old->difference->from->name, '_'), ==, strchr (pair->new->difference->to->name, '_'));
        }
      g_assert_cmpuint (strata_diff_get_guesses (diff)->len, ==, N_TABLES);
    }
}

/* Indexes of other tables, and columns, are none. */
static void
test_parts (void)
{
  static const StrataPictureStorage plain = { .replica_identity = 'd' };
  static const StrataPictureColumn a = { .name = "a", .type_text = "integer" }, b = { .name = "b", .type_text = "integer" };
  static const StrataPictureColumn * const old_columns[] = { &a, NULL }, * const new_columns[] = { &b, NULL };
  static const StrataPictureTable old_table = { .columns = old_columns, .storage = &plain };
  static const StrataPictureTable new_table = { .columns = new_columns, .storage = &plain };
  static const StrataPictureIndex index = { .method = "btree" };
  static const StrataObject old[] = {
    { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "one", .of.table = &old_table },
    { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "two", .of.table = &old_table },
    { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "one", .name = "was_one", .of.index = &index },
    { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "two", .name = "was_two", .of.index = &index },
  };
  static const StrataObject new[] = {
    { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "one", .of.table = &new_table },
    { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "two", .of.table = &new_table },
    { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "one", .name = "is_one", .of.index = &index },
    { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "two", .name = "is_two", .of.index = &index },
  };
  g_autoptr(StrataPicture) from = make_picture (&old[0], &old[1], &old[2], &old[3], NULL);
  g_autoptr(StrataPicture) to = make_picture (&new[0], &new[1], &new[2], &new[3], NULL);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  g_autoptr(StrataDiffPairs) pairs = strata_diff_pairs_new (diff);

  g_assert_cmpuint (strata_diff_get_n (diff), ==, 8);
  g_assert_cmpuint (pairs->list->len, ==, 4);
  for (guint i = 0; i < pairs->list->len; i++)
    {
      const StrataDifference *removed = g_array_index (pairs->list, StrataDiffPair, i).old->difference;
      const StrataDifference *added = g_array_index (pairs->list, StrataDiffPair, i).new->difference;

      g_assert_cmpstr (removed->from->table, ==, added->to->table);
      g_assert_cmpstr (removed->part != NULL ? removed->from->name : "", ==, added->part != NULL ? added->to->name : "");
    }
}

/* Where each may be any of the others, the rows of each are read once. */
static void
test_one_shape (void)
{
  guint n_tables = 50;
  g_autoptr(StrataPicture) from = make_tables ("old", n_tables, N_COLUMNS - 1);
  g_autoptr(StrataPicture) to = make_tables ("new", n_tables, N_COLUMNS - 1);
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  g_autoptr(GPtrArray) rows = strata_diff_list_unknown_rows (diff, TRUE);

  g_assert_cmpuint (strata_diff_get_guesses (diff)->len, ==, n_tables * n_tables);
  g_assert_cmpuint (rows->len, ==, 2 * n_tables);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/pairs/tables", test_tables);
  g_test_add_func ("/diff/pairs/parts", test_parts);
  g_test_add_func ("/diff/pairs/one-shape", test_one_shape);

  return g_test_run ();
}
