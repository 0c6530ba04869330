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

      if (difference->owner >= 0)
        continue;
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

/* What has the sequence is what a person names. */
static void
test_sequences (void)
{
  const StrataPictureColumn serial = { .name = "id", .type_text = "integer", .default_text = "nextval('public.users_id_seq')" };
  const StrataPictureColumn big = { .name = "id", .type_text = "bigint", .default_text = "nextval('public.users_id_seq')" };
  const StrataPictureTable small_table = { .schema = "public", .name = "users", .columns = COLUMNS (&serial, &name) };
  const StrataPictureTable big_table = { .schema = "public", .name = "users", .columns = COLUMNS (&big, &name) };
  const StrataPictureIdentity counted = { .start = "1", .increment = "1", .minvalue = "1", .maxvalue = "2147483647", .cache = "1" };
  const StrataPictureColumn counting = { .name = "id", .type_text = "integer", .identity = &counted };
  const StrataPictureTable identity_table = { .schema = "public", .name = "users", .columns = COLUMNS (&counting, &name) };
  const StrataObject identity = TABLE (&identity_table);
  const StrataObject with = TABLE (&small_table), wide = TABLE (&big_table);
  const StrataPictureSequence counts = { .type_text = "integer", .increment = "1", .maxvalue = "2147483647",
                                         .owner_table = "users", .owner_column = "id" };
  const StrataPictureSequence counts_on = { .type_text = "bigint", .increment = "1", .maxvalue = "9223372036854775807",
                                            .owner_table = "users", .owner_column = "id" };
  const StrataObject own = { .kind = STRATA_OBJECT_SEQUENCE, .schema = "public", .name = "users_id_seq", .of.sequence = &counts };
  const StrataObject wide_own = { .kind = STRATA_OBJECT_SEQUENCE, .schema = "public", .name = "users_id_seq",
                                  .of.sequence = &counts_on };
  const struct { StrataPicture *from, *to; const char *titles; } cases[] = {
    { make_picture (&with, &own, NULL), make_picture (NULL), "drop table users LOSS all its rows\n" },
    { make_picture (NULL), make_picture (&with, &own, NULL), "add table users\n" },
    { make_picture (&with, &own, NULL), make_picture (&users_object, NULL),
      "remove default of column users.id LOSS where the sequence stands\n" },
    { make_picture (&users_object, NULL), make_picture (&with, &own, NULL),
      "set default of column users.id to nextval('public.users_id_seq')\n" },
    { make_picture (&with, &own, NULL), make_picture (&wide, &wide_own, NULL),
      "change type of column users.id from integer to bigint\n" },
    { make_picture (&with, &own, NULL), make_picture (&identity, NULL),
      "remove default of column users.id\nset identity of column users.id\n" },
    { make_picture (&with, &own, NULL), make_picture (&with, NULL), "drop sequence users_id_seq LOSS where the sequence stands\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *titles = dup_titles (cases[i].from, cases[i].to);

      g_assert_cmpstr (titles, ==, cases[i].titles);
      strata_picture_unref (cases[i].from);
      strata_picture_unref (cases[i].to);
    }
}

/* What the old constraint saw to is nothing to look at. */
static void
test_constraints (void)
{
  const char * const one[] = { "a", NULL }, * const two[] = { "b", NULL };
  const StrataPictureKey key = { .columns = one }, other_key = { .columns = two };
  const StrataPictureReference reference = { .columns = one, .table = "users", .schema = "public", .referred = two };
  const StrataPictureReference elsewhere = { .columns = one, .table = "people", .schema = "public", .referred = two };
  const StrataObject unique = { .kind = STRATA_OBJECT_UNIQUE, .schema = "public", .table = "users", .name = "u",
                                .text = "UNIQUE (a)", .of.key = &key };
  const StrataObject later = { .kind = STRATA_OBJECT_UNIQUE, .schema = "public", .table = "users", .name = "u",
                               .text = "UNIQUE (a) DEFERRABLE", .of.key = &key };
  const StrataObject other = { .kind = STRATA_OBJECT_UNIQUE, .schema = "public", .table = "users", .name = "u",
                               .text = "UNIQUE (b)", .of.key = &other_key };
  const StrataObject refers = { .kind = STRATA_OBJECT_FOREIGN_KEY, .schema = "public", .table = "users", .name = "f",
                                .text = "a", .of.reference = &reference };
  const StrataObject cascades = { .kind = STRATA_OBJECT_FOREIGN_KEY, .schema = "public", .table = "users", .name = "f",
                                  .text = "b", .of.reference = &reference };
  const StrataObject leads_away = { .kind = STRATA_OBJECT_FOREIGN_KEY, .schema = "public", .table = "users", .name = "f",
                                    .text = "c", .of.reference = &elsewhere };
  const struct { const StrataObject *from, *to; gboolean wants_review; } cases[] = {
    { &unique, &later, FALSE }, { &later, &unique, FALSE }, { &unique, &other, TRUE },
    { &refers, &cascades, FALSE }, { &refers, &leads_away, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataPicture) from = make_picture (&users_object, cases[i].from, NULL);
      g_autoptr(StrataPicture) to = make_picture (&users_object, cases[i].to, NULL);
      g_autofree char *titles = dup_titles (from, to);

      g_assert_cmpint (strstr (titles, "REVIEW") != NULL, ==, cases[i].wants_review);
    }
}

/* One NULL is enough to refer to nothing and to be like no other row. */
static void
test_empty_columns (void)
{
  const StrataPictureColumn nothing = { .name = "friend", .type_text = "integer", .is_nullable = TRUE };
  const StrataPictureColumn seven = { .name = "friend", .type_text = "integer", .is_nullable = TRUE, .default_text = "7" };
  const StrataPictureTable with_nothing = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &name, &nothing) };
  const StrataPictureTable with_seven = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &name, &seven) };
  const StrataObject empty = TABLE (&with_nothing), filled = TABLE (&with_seven);
  const char * const column[] = { "friend", NULL }, * const both[] = { "name", "friend", NULL }, * const old[] = { "name", NULL };
  const StrataPictureElement element = { .column = "friend" };
  const StrataPictureElement * const elements[] = { &element, NULL };
  const StrataPictureReference simple = { .columns = both, .table = "users" }, full = { .columns = both, .table = "users", .match = "FULL" };
  const StrataPictureKey loose = { .columns = column }, strict = { .columns = column, .nulls_not_distinct = TRUE },
                         of_old = { .columns = old };
  const StrataPictureIndex index = { .is_unique = TRUE, .elements = elements };
  const StrataPictureIndex strict_index = { .is_unique = TRUE, .elements = elements, .nulls_not_distinct = TRUE };
  const struct { StrataObject object; const StrataObject *table; gboolean wants_review; } cases[] = {
    { { .kind = STRATA_OBJECT_FOREIGN_KEY, .of.reference = &simple }, &empty, FALSE },
    { { .kind = STRATA_OBJECT_FOREIGN_KEY, .of.reference = &simple }, &filled, TRUE },
    { { .kind = STRATA_OBJECT_FOREIGN_KEY, .of.reference = &full }, &empty, TRUE },
    { { .kind = STRATA_OBJECT_UNIQUE, .of.key = &loose }, &empty, FALSE },
    { { .kind = STRATA_OBJECT_UNIQUE, .of.key = &loose }, &filled, TRUE },
    { { .kind = STRATA_OBJECT_UNIQUE, .of.key = &strict }, &empty, TRUE },
    { { .kind = STRATA_OBJECT_UNIQUE, .of.key = &of_old }, &empty, TRUE },
    { { .kind = STRATA_OBJECT_INDEX, .of.index = &index }, &empty, FALSE },
    { { .kind = STRATA_OBJECT_INDEX, .of.index = &index }, &filled, TRUE },
    { { .kind = STRATA_OBJECT_INDEX, .of.index = &strict_index }, &empty, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      StrataObject object = cases[i].object;
      g_autoptr(StrataPicture) from = make_picture (&users_object, NULL);
      g_autoptr(StrataPicture) to = NULL;
      g_autofree char *titles = NULL;

      object.schema = "public";
      object.table = "users";
      object.name = "x";
      object.text = "x";
      to = make_picture (cases[i].table, &object, NULL);
      titles = dup_titles (from, to);
      g_test_message ("case %u: %s", i, titles);
      g_assert_cmpint (strstr (titles, "REVIEW") != NULL, ==, cases[i].wants_review);
    }
}

static char *
dup_guesses (StrataPicture      *from,
             StrataPicture      *to,
             const StrataRename *decided)
{
  const StrataRename *renames[] = { decided, NULL };
  const StrataDiffOptions options = { renames };
  g_autoptr(StrataDiff) diff = strata_diff_new (from, to, &options);
  const GPtrArray *guesses = strata_diff_get_guesses (diff);
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < guesses->len; i++)
    {
      const StrataRenameGuess *guess = g_ptr_array_index (guesses, i);

      if (guess->is_swap)
        g_string_append_printf (out, "%s.%s=%s\n", guess->rename.table != NULL ? guess->rename.table : "", guess->rename.from,
                                guess->rename.to);
    }

  return g_string_free (out, FALSE);
}

/* Each is what the other was: tables by their columns, columns by type and place. */
static void
test_swaps (void)
{
  const StrataPictureColumn number = { .name = "b", .type_text = "integer" }, text = { .name = "b", .type_text = "text" };
  const StrataPictureColumn other_number = { .name = "c", .type_text = "integer" }, other_text = { .name = "c", .type_text = "text" };
  const StrataPictureTable first = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &number, &other_text) };
  const StrataPictureTable second = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &other_number, &text) };
  const StrataPictureTable retyped = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &text, &other_number) };
  const StrataPictureTable aged = { .schema = "public", .name = "people", .columns = COLUMNS (&id, &age) };
  const StrataPictureTable aged_users = { .schema = "public", .name = "users", .columns = COLUMNS (&id, &age) };
  const StrataPictureTable people = { .schema = "public", .name = "people", .columns = COLUMNS (&id, &name) };
  const StrataObject a = TABLE (&first), b = TABLE (&second), c = TABLE (&retyped), d = TABLE (&aged_users);
  const StrataObject people_before = { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "people", .of.table = &aged };
  const StrataObject people_after = { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = "people", .of.table = &people };
  const StrataRename denied = { .kind = STRATA_OBJECT_TABLE, .schema = "public", .from = "users", .to = "people", .is_denied = TRUE };
  const struct { StrataPicture *from, *to; const StrataRename *decided; const char *guesses; } cases[] = {
    { make_picture (&a, NULL), make_picture (&b, NULL), NULL, "users.c=b\n" },
    { make_picture (&a, NULL), make_picture (&c, NULL), NULL, "" },
    { make_picture (&people_before, &users_object, NULL), make_picture (&people_after, &d, NULL), NULL, ".people=users\n" },
    { make_picture (&people_before, &users_object, NULL), make_picture (&people_after, &d, NULL), &denied, "" },
    { make_picture (&people_before, &users_object, NULL), make_picture (&people_before, &d, NULL), NULL, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *guesses = dup_guesses (cases[i].from, cases[i].to, cases[i].decided);

      g_assert_cmpstr (guesses, ==, cases[i].guesses);
      strata_picture_unref (cases[i].from);
      strata_picture_unref (cases[i].to);
    }
}

/* As many columns as PostgreSQL lets a table have, all of another type than before; and two of them changed names. */
static void
test_wide (void)
{
  enum { N = 1600 };
  g_autofree StrataPictureColumn *before = g_new0 (StrataPictureColumn, N), *after = g_new0 (StrataPictureColumn, N);
  g_autofree const StrataPictureColumn **old = g_new0 (const StrataPictureColumn *, N + 1);
  g_autofree const StrataPictureColumn **new = g_new0 (const StrataPictureColumn *, N + 1);
  const StrataPictureTable from_table = { .schema = "public", .name = "users", .columns = old };
  const StrataPictureTable to_table = { .schema = "public", .name = "users", .columns = new };
  const StrataObject from_object = TABLE (&from_table), to_object = TABLE (&to_table);
  g_autoptr(StrataPicture) from = make_picture (&from_object, NULL);
  g_autoptr(StrataPicture) to = make_picture (&to_object, NULL);
  g_autofree char *guesses = NULL;

  for (guint i = 0; i < N; i++)
    {
      char *is_called = strata_picture_alloc (from, 32);

      g_snprintf (is_called, 32, "a_column_that_is_called_%u", i);
      before[i] = (StrataPictureColumn) { .name = is_called, .type_text = i % 2 == 0 ? "date" : "text" };
      after[i] = (StrataPictureColumn) { .name = is_called, .type_text = "integer" };
      old[i] = &before[i];
      new[i] = &after[i];
    }
  after[4].type_text = "text";
  after[N - 1].type_text = "date";
  new[4] = &after[N - 1];
  new[N - 1] = &after[4];
  guesses = dup_guesses (from, to, NULL);

  g_assert_cmpstr (guesses, ==, "users.a_column_that_is_called_1599=a_column_that_is_called_4\n");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/compare/equal", test_equal);
  g_test_add_func ("/diff/compare/objects", test_objects);
  g_test_add_func ("/diff/compare/columns", test_columns);
  g_test_add_func ("/diff/compare/sequences", test_sequences);
  g_test_add_func ("/diff/compare/constraints", test_constraints);
  g_test_add_func ("/diff/compare/empty-columns", test_empty_columns);
  g_test_add_func ("/diff/compare/swaps", test_swaps);
  g_test_add_func ("/diff/compare/wide", test_wide);

  return g_test_run ();
}
