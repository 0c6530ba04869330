/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/diff/condition.h"

/* "nothing" is NULL in all rows, "old" can be anything. */
static gboolean
look_up (gpointer        data,
         const char     *name,
         StrataConstant *value)
{
  static const struct { const char *name; StrataConstant value; } columns[] = {
    { "nothing", { .outcomes = STRATA_OUTCOME_NULL } },
    { "old", { .outcomes = STRATA_OUTCOME_ANY } },
    { "five", { .kind = STRATA_CONSTANT_NUMBER, .number = 5 } },
    { "state", { .kind = STRATA_CONSTANT_TEXT, .text = "new" } },
    { "yes", { .outcomes = STRATA_OUTCOME_TRUE } },
  };

  for (guint i = 0; i < G_N_ELEMENTS (columns); i++)
    if (strcmp (columns[i].name, name) == 0)
      {
        *value = columns[i].value;
        return TRUE;
      }

  return FALSE;
}

/* "t", "f", "n", what it can be; "" where nothing is said. */
static char *
dup_outcomes (StrataDialect  dialect,
              const char    *text)
{
  g_autoptr(StrataCondition) condition = strata_condition_new (dialect, look_up, NULL);
  StrataConstant value;

  if (!strata_condition_evaluate (condition, text, &value))
    return g_strdup ("");
  if (value.kind != STRATA_CONSTANT_NONE)
    return g_strdup (value.kind == STRATA_CONSTANT_NUMBER ? "number" : "text");

  return g_strconcat (value.outcomes & STRATA_OUTCOME_TRUE ? "t" : "", value.outcomes & STRATA_OUTCOME_FALSE ? "f" : "",
                      value.outcomes & STRATA_OUTCOME_NULL ? "n" : "", NULL);
}

typedef struct
{
  const char *text;
  const char *outcomes;
} Case;

static void
check_cases (StrataDialect  dialect,
             const Case    *cases,
             guint          n_cases)
{
  for (guint i = 0; i < n_cases; i++)
    {
      g_autofree char *outcomes = dup_outcomes (dialect, cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (outcomes, ==, cases[i].outcomes);
    }
}

/* As its catalog prints them. */
static void
test_postgresql (void)
{
  static const Case cases[] = {
    { "((state)::text = ANY ((ARRAY['new'::character varying, 'old'::character varying])::text[]))", "t" },
    { "((state)::text = ANY ((ARRAY['used'::character varying, 'old'::character varying])::text[]))", "f" },
    { "(state = ANY (ARRAY['used'::text, NULL::text]))", "n" },
    { "(state <> ALL (ARRAY['a'::text, 'b'::text]))", "t" },
    { "(five = ANY (ARRAY['-1'::integer, 0, 5]))", "t" },
    { "((five >= 0) AND (five < 10))", "t" },
    { "((five >= (0)::numeric) AND (five <= (1)::numeric))", "f" },
    { "((five >= (0)::double precision))", "t" },
    { "(five > '-1'::integer)", "t" },
    { "(five > old)", "tfn" },
    { "((five > old) OR (state = 'new'::text))", "t" },
    { "((five > old) AND (state = 'new'::text))", "tfn" },
    { "((five > old) AND (state = 'x'::text))", "f" },
    { "(nothing > old)", "n" },
    { "((nothing + old) > 3)", "n" },
    { "((old + five) > 3)", "" },
    { "((old IS NULL) OR (old IS NOT NULL))", "tf" },
    { "(nothing IS NULL)", "t" },
    { "(nothing IS NOT NULL)", "f" },
    { "(five IS NOT NULL)", "t" },
    { "(yes IS TRUE)", "t" },
    { "(NOT yes)", "f" },
    { "(yes = true)", "t" },
    { "yes", "t" },
    { "(length((nothing)::text) > 3)", "n" },
    { "(char_length((state)::text) = 3)", "t" },
    { "(length((old)::text) > 3)", "tfn" },
    { "((nothing)::text ~ '^a'::text)", "n" },
    { "((state)::text ~ '^a'::text)", "" },
    { "(state > 'a'::text)", "tfn" },
    { "(state = 'it''s'::text)", "f" },
    { "my_function(nothing)", "" },
    { "(COALESCE(nothing, 0) > 3)", "" },
    { "(state = 'new'::my_type)", "tfn" },
    { "(nothing > '2019-01-01'::date)", "n" },
    { "((state)::my_type = 'new'::my_type)", "" },
    { "((old)::integer > 3)", "" },
    { "(unknown > 3)", "" },
    { "(five > 3", "" },
    { "five > 3 five", "" },
    { "(five = 5.0000000000000001)", "" },
    { "(state = E'new'::text)", "" },
    { "", "" },
  };

  check_cases (STRATA_DIALECT_POSTGRESQL, cases, G_N_ELEMENTS (cases));
}

/* As people write them. */
static void
test_sqlite (void)
{
  static const Case cases[] = {
    { "state IN ('new', 'old')", "t" },
    { "state NOT IN ('new', 'old')", "f" },
    { "nothing in ('new', 'old')", "n" },
    { "five between 0 and 10 and state <> ''", "t" },
    { "five NOT BETWEEN 0 AND 10", "f" },
    { "five == 5 or old", "t" },
    { "state = 5", "tfn" },
    { "nothing LIKE '%a'", "n" },
    { "\"state\" = 'new'", "t" },
    { "state = \"new\"", "" },
    { "five >= -5", "t" },
    { "TRUE", "number" },
    { "not old is null", "tf" },
    { "old = 1 COLLATE NOCASE", "" },
  };

  check_cases (STRATA_DIALECT_SQLITE, cases, G_N_ELEMENTS (cases));
}

static void
test_members (void)
{
  static const struct { const char *text; const char *column; guint n; } cases[] = {
    { "((old)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[]))", "old", 2 },
    { "(old = ANY (ARRAY[1, 2, 3]))", "old", 3 },
    { "(old = 'a'::text)", "old", 1 },
    { "(old <> ALL (ARRAY[1, 2]))", NULL, 0 },
    { "((old = 'a'::text) OR (five = 5))", NULL, 0 },
    { "(NOT (old = ANY (ARRAY[1, 2])))", NULL, 0 },
    { "(old > 5)", NULL, 0 },
    { "(old = five)", NULL, 0 },
    { "(length((old)::text) = 3)", NULL, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataCondition) condition = strata_condition_new (STRATA_DIALECT_POSTGRESQL, look_up, NULL);
      StrataConstant value;
      const GArray *list;

      g_test_message ("%s", cases[i].text);
      g_assert_true (strata_condition_evaluate (condition, cases[i].text, &value));
      g_assert_cmpstr (strata_condition_get_member (condition, &list), ==, cases[i].column);
      if (cases[i].column != NULL)
        g_assert_cmpuint (list->len, ==, cases[i].n);
    }
}

static void
test_deep (void)
{
  g_autofree char *open = g_strnfill (100000, '(');
  g_autofree char *outcomes = dup_outcomes (STRATA_DIALECT_SQLITE, open);

  g_assert_cmpstr (outcomes, ==, "");
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/condition/postgresql", test_postgresql);
  g_test_add_func ("/diff/condition/sqlite", test_sqlite);
  g_test_add_func ("/diff/condition/members", test_members);
  g_test_add_func ("/diff/condition/deep", test_deep);

  return g_test_run ();
}
