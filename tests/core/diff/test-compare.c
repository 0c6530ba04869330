/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/diff.h"
#include "tests/core/diff/pictures.h"

#define COLUMNS(...) (const StrataPictureColumn * const[]) { __VA_ARGS__, NULL }
#define TABLE(what) { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "users", .of.table = (what) }

static const StrataPictureColumn id = { .name = "id", .type_text = "integer" };
static const StrataPictureColumn wide_id = { .name = "id", .type_text = "bigint" };
static const StrataPictureColumn name = { .name = "name", .type_text = "text", .is_nullable = TRUE };
static const StrataPictureColumn must_name = { .name = "name", .type_text = "character varying(20)", .default_text = "'x'" };
static const StrataPictureColumn age = { .name = "age", .type_text = "integer" };

static const StrataPictureTable users = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &name) };
static const StrataPictureTable turned = { .schema = "public", .name = "users", .columns = COLUMNS (&name, &id) };
static const StrataPictureTable wider = { .schema = "public", .name = "users", .columns = COLUMNS (&wide_id, &must_name, &age) };

static const StrataObject users_object = TABLE (&users);
static const StrataObject turned_object = TABLE (&turned);
static const StrataObject wider_object = TABLE (&wider);
static const StrataObject users_key = { .kind = STRATA_OBJECT_PRIMARY_KEY, .schema = "public", .table = "users",
                                        .name = "users_pkey", .text = "PRIMARY KEY (id)" };
static const StrataObject users_index = { .kind = STRATA_OBJECT_INDEX, .schema = "public", .table = "users", .name = "ix",
                                          .text = "CREATE INDEX ix ON public.users USING btree (name)" };
static const StrataObject owned = { .kind = STRATA_OBJECT_ROUTINE, .schema = "public", .name = "crypt", .arguments = "text",
                                    .extension = "pgcrypto" };

static char *
dup_titles (StrataPicture *from,
            StrataPicture *to)
{
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, NULL);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (diff, i);
      g_autofree char *title = strata_difference_dup_title (difference, "public");

      g_string_append_printf (out, "%s%s%s%s%s\n", title, difference->loss != NULL ? " LOSS " : "",
                              difference->loss != NULL ? difference->loss : "",
                              difference->review != NULL ? " REVIEW " : "",
                              difference->review != NULL ? difference->review : "");
    }

  return g_string_free (out, FALSE);
}

static void
test_equal (void)
{
  g_autoptr(StrataPicture) from = make_picture (&users_object, &users_key, &owned, NULL);
  g_autoptr(StrataPicture) to = make_picture (&turned_object, &users_key, NULL);
  g_autofree char *titles = dup_titles (from, to);

  g_assert_cmpstr (titles, ==, "");
}

static void
test_objects (void)
{
  g_autoptr(StrataPicture) empty = make_picture (NULL);
  g_autoptr(StrataPicture) full = make_picture (&users_object, &users_key, &users_index, &owned, NULL);
  g_autofree char *added = dup_titles (empty, full);
  g_autofree char *removed = dup_titles (full, empty);

  /* The key comes with CREATE TABLE; what hangs on a table goes with it. */
  g_assert_cmpstr (added, ==, "add table users\nadd index ix of users\n");
  g_assert_cmpstr (removed, ==, "drop table users LOSS all its rows\n");
}

static void
test_columns (void)
{
  g_autoptr(StrataPicture) from = make_picture (&users_object, NULL);
  g_autoptr(StrataPicture) to = make_picture (&wider_object, NULL);
  g_autofree char *there = dup_titles (from, to);
  g_autofree char *back = dup_titles (to, from);

  g_assert_cmpstr (there, ==,
                   "change type of column users.id from integer to bigint\n"
                   "change type of column users.name from text to character varying(20) REVIEW fails where a text is longer\n"
                   "set default of column users.name to 'x'\n"
                   "change nullable of column users.name from NULL to NOT NULL REVIEW fails where a value is NULL\n"
                   "add column users.age REVIEW NOT NULL without a default fails where the table has rows\n");
  g_assert_cmpstr (back, ==,
                   "drop column users.age LOSS the column's data\n"
                   "change type of column users.id from bigint to integer REVIEW fails where a number is out of range\n"
                   "change type of column users.name from character varying(20) to text\n"
                   "remove default of column users.name\n"
                   "change nullable of column users.name from NOT NULL to NULL\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/compare/equal", test_equal);
  g_test_add_func ("/diff/compare/objects", test_objects);
  g_test_add_func ("/diff/compare/columns", test_columns);

  return g_test_run ();
}
