/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of settings that somebody made to take the time or the memory: they are not understood, or are, but they end. */

#include "config.h"

#include "tests/core/env/cases.h"

#define LARGE 20000

/* The URL of an env.py that reads that text, and connects to what the expression gives. */
static StrataEnvFacts *
read_with_file (const char *reading,
                const char *expression,
                const char *text)
{
  g_autofree char *script = g_strdup_printf ("%s%s\n%s%s%s", HEAD "import configparser, json, yaml\n", reading,
                                             "connectable = create_engine(", expression, ")\n"
                                             "with connectable.connect() as connection:\n"
                                             "  context.configure(connection=connection)\n"
                                             "  context.run_migrations()\n");
  const Module file[] = { { "/project/s", text }, { NULL, NULL } };
  g_autoptr(GPtrArray) findings = strata_findings_new ();

  return read_case (script, file, "alembic", findings);
}

static void
append_repeated (GString    *text,
                 const char *what,
                 guint       n)
{
  while (n-- > 0)
    g_string_append (text, what);
}

static void
assert_url (StrataEnvFacts *facts,
            StrataEnvKind   kind,
            const char     *entry,
            const char     *text)
{
  const StrataEnvValue *url = strata_env_facts_get_url (facts);

  g_assert_cmpint (strata_env_value_get_kind (url), ==, kind);
  g_assert_cmpstr (strata_env_value_get_entry (url), ==, entry);
  if (text != NULL)
    g_assert_cmpstr (strata_env_value_get_text (url), ==, text);
}

/* Every entry has the name of what it is in before its own. */
static void
test_long_names (void)
{
  static const struct { const char *reading, *expression, *begin, *end; } cases[] = {
    { "s = json.load(open('s'))", "s['a']", "{\"a\": \"x\", \"", "\": [\"\"" },
    { "s = yaml.safe_load(open('s'))", "s['a']", "{a: x, k: {k: {", ": [''" },
    { "s = configparser.ConfigParser()\ns.read('s')", "s['a']['a']", "[a]\na = x\n[", "]\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(GString) text = g_string_new (cases[i].begin);
      g_autoptr(StrataEnvFacts) facts = NULL;

      append_repeated (text, "k", i == 1 ? 900 : LARGE);
      g_string_append (text, cases[i].end);
      for (guint j = 0; i == 2 && j < LARGE / 4; j++)
        g_string_append_printf (text, "%u=\n", j);
      append_repeated (text, i == 0 ? ", \"\"" : i == 1 ? ", ''" : "", LARGE);
      g_string_append (text, i == 0 ? "]}" : i == 1 ? "]}}}" : "");

      facts = read_with_file (cases[i].reading, cases[i].expression, text->str);
      assert_url (facts, STRATA_ENV_ENTRY, i == 2 ? "a.a" : "a", "x");
    }
}

static void
test_cut_name (void)
{
  g_autoptr(GString) text = g_string_new ("{\"a\": {\"");
  g_autoptr(GString) expected = g_string_new ("a.");
  g_autoptr(GString) expression = g_string_new ("json.load(open('s'))['a']['");
  g_autoptr(StrataEnvFacts) facts = NULL;

  append_repeated (text, "é", 150);
  g_string_append (text, "\": \"x\"}}");
  append_repeated (expression, "é", 150);
  g_string_append (expression, "']");
  append_repeated (expected, "é", 98);
  g_string_append (expected, "…");

  facts = read_with_file ("", expression->str, text->str);
  assert_url (facts, STRATA_ENV_ENTRY, expected->str, "x");
}

/* Ten levels of many that come to nothing, which never grows too long. */
static void
test_references (void)
{
  g_autoptr(GString) text = g_string_new ("[db]\nnone =\nplain = y\nsome = x%(plain)s\nurl = %(a8)s\na0 = ");
  g_autoptr(StrataEnvFacts) facts = NULL;
  g_autoptr(StrataEnvFacts) few = NULL;

  append_repeated (text, "%(none)s", 40);
  for (guint i = 1; i < 9; i++)
    {
      g_autofree char *reference = g_strdup_printf ("%%(a%u)s", i - 1);

      g_string_append_printf (text, "\na%u = ", i);
      append_repeated (text, reference, 40);
    }

  few = read_with_file ("s = configparser.ConfigParser()\ns.read('s')", "s['db']['some']", text->str);
  assert_url (few, STRATA_ENV_ENTRY, "db.some", "xy");
  facts = read_with_file ("s = configparser.ConfigParser()\ns.read('s')", "s['db']['url']", text->str);
  assert_url (facts, STRATA_ENV_UNKNOWN, NULL, NULL);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/env/data/long-names", test_long_names);
  g_test_add_func ("/env/data/cut-name", test_cut_name);
  g_test_add_func ("/env/data/references", test_references);

  return g_test_run ();
}
