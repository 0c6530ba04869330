/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What rows say about renames, as values. */

#include "config.h"

#include <string.h>

#include "core/diff/diff.h"
#include "tests/core/diff/pictures.h"

#define COLUMNS(...) (const StrataPictureColumn * const[]) { __VA_ARGS__, NULL }
#define TABLE(what, called) { .kind = STRATA_OBJECT_TABLE, .schema = "public", .name = (called), .of.table = (what) }

static const StrataPictureStorage plain = { .replica_identity = 'd' };
static const StrataPictureColumn id = { .name = "id", .type_text = "integer" };
static const StrataPictureColumn name = { .name = "name", .type_text = "text", .is_nullable = TRUE };
static const StrataPictureColumn city = { .name = "city", .type_text = "text", .is_nullable = TRUE };
static const StrataPictureColumn street = { .name = "street", .type_text = "text", .is_nullable = TRUE };
static const StrataPictureTable before = { .name = "users", .columns = COLUMNS (&id, &name), .storage = &plain };
static const StrataPictureTable after = { .name = "users", .columns = COLUMNS (&id, &city, &street), .storage = &plain };
static const StrataPictureTable people = { .name = "people", .columns = COLUMNS (&id, &city), .storage = &plain };
static const StrataPictureTable short_before = { .name = "users", .columns = COLUMNS (&id), .storage = &plain };
static const StrataPictureTable short_after = { .name = "people", .columns = COLUMNS (&id), .storage = &plain };
static const StrataObject before_object = TABLE (&before, "users");
static const StrataObject after_object = TABLE (&after, "users");
static const StrataObject people_object = TABLE (&people, "people");
static const StrataObject short_before_object = TABLE (&short_before, "users");
static const StrataObject short_after_object = TABLE (&short_after, "people");

static StrataRowFacts *
add_facts (GPtrArray  *list,
           const char *table,
           const char *column,
           double      nulls,
           const char *common,
           const char *others)
{
  StrataRowFacts *facts = strata_row_facts_new ("public", table, column);
  const char *texts[] = { common, others };
  GPtrArray *values[] = { facts->common, facts->others };

  facts->nulls = nulls;
  facts->width = 4;
  facts->distinct = 0.5;
  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_auto(GStrv) words = g_strsplit (texts[i], " ", -1);

      for (guint w = 0; words[w] != NULL; w++)
        g_ptr_array_add (values[i], g_strdup (words[w]));
    }
  g_ptr_array_add (list, facts);

  return facts;
}

static const StrataRenameGuess *
get_guess (const StrataDiff *diff,
           guint             index)
{
  g_assert_cmpuint (strata_diff_get_guesses (diff)->len, >, index);

  return g_ptr_array_index (strata_diff_get_guesses (diff), index);
}

static StrataDiff *
compare (const StrataObject *old,
         const StrataObject *new)
{
  g_autoptr(StrataPicture) from = make_picture (old, NULL);
  g_autoptr(StrataPicture) to = make_picture (new, NULL);

  return strata_diff_new (from, to, NULL);
}

static void
test_unknown (void)
{
  g_autoptr(StrataDiff) diff = compare (&before_object, &after_object);
  g_autoptr(StrataDiff) same = compare (&before_object, &before_object);
  g_autoptr(StrataDiff) tables = compare (&before_object, &people_object);
  g_autoptr(GPtrArray) from = strata_diff_list_unknown_rows (diff, FALSE);
  g_autoptr(GPtrArray) to = strata_diff_list_unknown_rows (diff, TRUE);
  g_autoptr(GPtrArray) none = strata_diff_list_unknown_rows (same, TRUE);
  g_autoptr(GPtrArray) new_table = strata_diff_list_unknown_rows (tables, TRUE);
  const StrataRowFacts *facts = g_ptr_array_index (from, 0);

  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (from->len, ==, 1);
  g_assert_cmpstr (facts->table, ==, "users");
  g_assert_cmpstr (facts->column, ==, "name");
  g_assert_cmpuint (to->len, ==, 2);
  g_assert_nonnull (strata_row_facts_find (to, g_ptr_array_index (to, 1)));
  g_assert_null (strata_row_facts_find (to, facts));
  g_assert_null (strata_row_facts_find (NULL, facts));
  /* Of tables also what is asked when they are one. */
  g_assert_cmpuint (new_table->len, ==, 2);
  g_assert_cmpstr (((StrataRowFacts *) g_ptr_array_index (new_table, 1))->column, ==, "city");
}

static void
test_decide (void)
{
  g_autoptr(StrataDiff) diff = compare (&before_object, &after_object);
  g_autoptr(GPtrArray) from = strata_row_facts_list ();
  g_autoptr(GPtrArray) to = strata_row_facts_list ();
  guint structure = get_guess (diff, 0)->score;

  g_assert_cmpstr (get_guess (diff, 0)->rename.to, ==, "city");

  add_facts (from, "users", "name", 0, "ana bo cy", "dan");
  add_facts (to, "users", "street", 0, "cy ana bo", "eve");
  add_facts (to, "users", "city", 0.12, "rome oslo", "bonn");
  strata_row_facts_list_sort (from);
  strata_row_facts_list_sort (to);
  strata_diff_weigh_rows (diff, from, to);
  g_assert_cmpstr (get_guess (diff, 0)->rename.to, ==, "street");
  g_assert_nonnull (strstr (get_guess (diff, 0)->evidence, "; the values are alike: 100 % of the most common ones in both"));

  /* What the structure alone would ask stays asked. */
  g_assert_cmpstr (get_guess (diff, 1)->rename.to, ==, "city");
  g_assert_cmpuint (get_guess (diff, 1)->score, ==, structure - 28);
  g_assert_nonnull (strstr (get_guess (diff, 1)->evidence, "; none of the most common values is in both; here 0 % are NULL, there 12 %"));

  strata_diff_weigh_rows (diff, NULL, NULL);
  g_assert_cmpstr (get_guess (diff, 0)->rename.to, ==, "city");
  g_assert_cmpuint (get_guess (diff, 0)->score, ==, structure);
}

typedef struct
{
  const char *old[2], *new[2];       /* common, others */
  double      nulls[2], distinct[2], width[2];
  int         change;
  const char *evidence;              /* NULL: none */
} Case;

static void
test_values (void)
{
  static const Case cases[] = {
    { { "a b c", "" }, { "a b c", "" }, { 0, 0 }, { .1, .1 }, { 4, 4 }, 20, "alike: 100 % of the most common ones in both" },
    { { "a b c", "" }, { "a b x", "" }, { 0, 0 }, { .1, .1 }, { 4, 4 }, 10, "alike: 66 % of the most common ones in both" },
    { { "1 2 3", "" }, { "1 2 3", "" }, { 0, 0 }, { .1, .1 }, { 4, 4 }, 10, "alike: 100 % of the most common ones in both" },
    { { "t f", "" }, { "f t", "" }, { 0, 0 }, { .1, .1 }, { 1, 1 }, 10, "alike" },
    { { "", "a b c" }, { "", "a b c" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, 20, "alike: 100 % of those looked at in both" },
    { { "", "aa ba z" }, { "", "ab bb y" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, 0, NULL },
    { { "", "a b c" }, { "", "m n o" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, -15, "the values lie in different ranges" },
    { { "", "7 8 9" }, { "", "10 11 12" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, -15, "the values lie in different ranges" },
    { { "", "7 8 9" }, { "", "a b c" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, -20, "here all values are numbers, there none is" },
    { { "", "a b c" }, { "", "7 8 9" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, -20, "here no value is a number, there all are" },
    { { "", "a" }, { "", "b" }, { 0, 0 }, { 1, 1 }, { 4, 4 }, 0, NULL },
    { { "", "a" }, { "", "" }, { 0, 1 }, { 1, -1 }, { 4, 0 }, -15, "here 0 % are NULL, there 100 %" },
    { { "", "a z" }, { "", "b y" }, { 0, 0 }, { 1, .1 }, { 4, 4 }, -10, "here nearly each value is another, there they repeat" },
    { { "", "a z" }, { "", "b y" }, { 0, 0 }, { .1, 1 }, { 4, 4 }, -10, "here values repeat, there nearly each is another" },
    { { "", "a z" }, { "", "b y" }, { 0, 0 }, { 1, 1 }, { 4, 40 }, -5, "here a value has about 4 bytes, there 40" },
    { { "a", "" }, { "b", "" }, { -1, 0 }, { 1, 1 }, { 4, 40 }, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const Case *c = &cases[i];
      g_autoptr(StrataDiff) diff = compare (&before_object, &after_object);
      g_autoptr(GPtrArray) from = strata_row_facts_list ();
      g_autoptr(GPtrArray) to = strata_row_facts_list ();
      StrataRowFacts *old = add_facts (from, "users", "name", c->nulls[0], c->old[0], c->old[1]);
      StrataRowFacts *new = add_facts (to, "users", "city", c->nulls[1], c->new[0], c->new[1]);
      int score = (int) get_guess (diff, 0)->score;

      g_test_message ("%u", i);
      old->distinct = c->distinct[0];
      new->distinct = c->distinct[1];
      old->width = c->width[0];
      new->width = c->width[1];
      strata_diff_weigh_rows (diff, from, to);
      for (guint g = 0; g < strata_diff_get_guesses (diff)->len; g++)
        if (strcmp (get_guess (diff, g)->rename.to, "city") == 0)
          {
            g_test_message ("%s", get_guess (diff, g)->evidence);
            g_assert_cmpint ((int) get_guess (diff, g)->score - score, ==, c->change);
            g_assert_true (c->evidence != NULL ? strstr (get_guess (diff, g)->evidence, c->evidence) != NULL
                           : strchr (get_guess (diff, g)->evidence, ';') == NULL);
          }
    }
}

static void
test_tables (void)
{
  static const struct { double here, there; gboolean more; int change; const char *evidence; } cases[] = {
    { 120, 120, FALSE, 10, "; 120 rows in both" },
    { 120, 115, FALSE, 10, "; about as many rows: here 120, there 115" },
    { 3, 10000, TRUE, -10, "; here 3 rows, there 10000 or more" },
    { 100, 200, FALSE, 0, NULL },
    { 0, 200, FALSE, 0, NULL },
    { -1, 200, FALSE, 0, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataDiff) diff = compare (&short_before_object, &short_after_object);
      g_autoptr(GPtrArray) from = strata_diff_list_unknown_rows (diff, FALSE);
      g_autoptr(GPtrArray) to = strata_diff_list_unknown_rows (diff, TRUE);
      StrataRowFacts *here = g_ptr_array_index (from, 0), *there = g_ptr_array_index (to, 0);
      int score = (int) get_guess (diff, 0)->score;

      here->n_rows = cases[i].here;
      there->n_rows = cases[i].there;
      there->has_more = cases[i].more;
      strata_diff_weigh_rows (diff, from, to);
      g_assert_cmpint ((int) get_guess (diff, 0)->score - score, ==, cases[i].change);
      if (cases[i].evidence != NULL)
        g_assert_true (g_str_has_suffix (get_guess (diff, 0)->evidence, cases[i].evidence));
      else
        g_assert_null (strchr (get_guess (diff, 0)->evidence, ';'));
    }
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/weigh/unknown", test_unknown);
  g_test_add_func ("/diff/weigh/decide", test_decide);
  g_test_add_func ("/diff/weigh/values", test_values);
  g_test_add_func ("/diff/weigh/tables", test_tables);

  return g_test_run ();
}
