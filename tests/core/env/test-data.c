/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Files of settings that somebody made to take the time or the memory: they are not understood, or are. */

#include "config.h"

#include "tests/core/env/cases.h"

#define MOST_SECONDS 20

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

/* Ten levels of many that come to nothing, which never grows too long. */
static void
test_references (void)
{
  g_autoptr(GString) text = g_string_new ("[db]\nnone =\nplain = y\nsome = x%(plain)s\nurl = %(a8)s\na0 = ");
  gint64 start = g_get_monotonic_time ();
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
  g_assert_cmpint (g_get_monotonic_time () - start, <, MOST_SECONDS * G_USEC_PER_SEC);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/env/data/references", test_references);

  return g_test_run ();
}
