/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/core/env/cases.h"

/* What a URL comes to in a given world. The expression stands in create_engine(). */
typedef struct
{
  const char       *name;
  const char       *expression;
  StrataEnvOutcome  outcome;
  const char       *text;
  const char       *used;        /* the texts of the parts, with commas; the culprit where there is no text */
} Case;

/* A=a, EMPTY= (empty), NUM=5432, URL=postgres://u:p@h/d, RAW has percent signs; the ini has key=v and other:key=o; -x db=xd.
 * FILE is only in the file .env, BOTH in it and in the environment. */
static const Case cases[] = {
  { "literal", "'sqlite:///a.db'", STRATA_ENV_IS_TEXT, "sqlite:///a.db", "sqlite:///a.db" },
  { "variable", "os.environ['A']", STRATA_ENV_IS_TEXT, "a", "A" },
  { "variable-missing", "os.environ['NO']", STRATA_ENV_IS_MISSING, NULL, "NO" },
  { "variable-none", "os.getenv('NO')", STRATA_ENV_IS_NONE, NULL, "NO" },
  { "variable-empty", "os.getenv('EMPTY', 'x')", STRATA_ENV_IS_TEXT, "", "EMPTY" },
  { "default", "os.getenv('NO', 'x')", STRATA_ENV_IS_TEXT, "x", "NO,x" },
  { "or", "os.getenv('EMPTY') or 'x'", STRATA_ENV_IS_TEXT, "x", "EMPTY,x" },
  { "and", "os.getenv('A') and 'x'", STRATA_ENV_IS_TEXT, "x", "A,x" },
  { "file", "os.getenv('FILE')", STRATA_ENV_IS_TEXT, "f", "FILE" },
  { "file-after-environment", "os.getenv('BOTH')", STRATA_ENV_IS_TEXT, "e", "BOTH" },
  { "ini", "config.get_main_option('key')", STRATA_ENV_IS_TEXT, "v", "key" },
  { "ini-section", "config.get_section_option('other', 'key')", STRATA_ENV_IS_TEXT, "o", "key" },
  { "x-argument", "context.get_x_argument(as_dictionary=True)['db']", STRATA_ENV_IS_TEXT, "xd", "db" },
  { "join", "f\"{os.environ['A']}-{os.getenv('NUM', 1)}-{True}\"", STRATA_ENV_IS_TEXT, "a-5432-True", "A,NUM" },
  { "join-none", "f\"x{os.getenv('NO')}\"", STRATA_ENV_IS_MISSING, NULL, "NO" },
  { "replace", "os.environ['URL'].replace('p', 'P')", STRATA_ENV_IS_TEXT, "Postgres://u:P@h/d", "URL" },
  { "replace-once", "os.environ['URL'].replace('s', '', 1)", STRATA_ENV_IS_TEXT, "potgres://u:p@h/d", "URL" },
  { "choice", "'t' if os.getenv('A') == 'a' else 'o'", STRATA_ENV_IS_TEXT, "t", "A,t" },
  { "choice-not", "'t' if not os.getenv('A') else 'o'", STRATA_ENV_IS_TEXT, "o", "A,o" },
  { "choice-none", "'t' if os.getenv('NO') is None else 'o'", STRATA_ENV_IS_TEXT, "t", "NO,t" },
  { "choice-in", "'t' if 'tgre' in os.environ['URL'] else 'o'", STRATA_ENV_IS_TEXT, "t", "URL,t" },
  { "choice-in-list", "'t' if os.getenv('A') in ('b', 'a') else 'o'", STRATA_ENV_IS_TEXT, "t", "A,A,t" },
  { "choice-starts", "'t' if os.environ['URL'].startswith(('x', 'post')) else 'o'", STRATA_ENV_IS_TEXT, "t", "URL,URL,t" },
  { "choice-ends", "'t' if os.environ['URL'].endswith('/x') else 'o'", STRATA_ENV_IS_TEXT, "o", "URL,o" },
  { "choice-of-none", "'t' if os.getenv('NO').startswith('x') else 'o'", STRATA_ENV_IS_MISSING, NULL, "NO" },
  { "choice-unknown", "'t' if f() else 'o'", STRATA_ENV_IS_UNKNOWN, NULL, "“f()” is not code of the project that can be followed" },
  { "unknown-branch-not-taken", "f() if os.getenv('NO') else 'o'", STRATA_ENV_IS_TEXT, "o", "NO,o" },
  { "unknown-branch", "f() if os.getenv('A') else 'o'", STRATA_ENV_IS_UNKNOWN, NULL, "“f()” is not code of the project that can be followed" },
  { "quote", "quote_plus(os.environ['RAW'])", STRATA_ENV_IS_TEXT, "p%25%40%2F", "RAW" },
  { "unquote", "unquote(quote_plus(os.environ['RAW']))", STRATA_ENV_IS_TEXT, "p%@/", "RAW" },
  { "strip", "os.environ['URL'].rstrip('d').lstrip('pq')", STRATA_ENV_IS_TEXT, "ostgres://u:p@h/", "URL" },
  { "cut", "os.environ['URL'].removeprefix('post').removesuffix('/d')", STRATA_ENV_IS_TEXT, "gres://u:p@h", "URL" },
  { "upper", "os.environ['A'].upper().lower().upper()", STRATA_ENV_IS_TEXT, "A", "A" },
  { "split", "os.environ['URL'].split('/')[-1]", STRATA_ENV_IS_TEXT, "d", "URL" },
  { "split-out-of-range", "os.environ['URL'].split('/')[7]", STRATA_ENV_IS_MISSING, NULL, NULL },
  { "integer", "str(int(os.environ['NUM']))", STRATA_ENV_IS_TEXT, "5432", "NUM" },
  { "integer-bad", "str(int(os.environ['A']))", STRATA_ENV_IS_MISSING, NULL, "A" },
  { "bool", "'t' if bool(os.getenv('A')) else 'o'", STRATA_ENV_IS_TEXT, "t", "A,t" },
  { "number-is-true", "'t' if int(os.environ['NUM']) else 'o'", STRATA_ENV_IS_TEXT, "t", "NUM,t" },
  { "driver", "make_url(os.environ['URL']).set(drivername='postgresql', database='e')", STRATA_ENV_IS_TEXT,
    "postgresql://u:p@h/e", "URL" },
  { "driver-of-no-url", "make_url(os.environ['A']).set(drivername='postgresql')", STRATA_ENV_IS_MISSING, NULL, NULL },
  { "url-create", "URL.create('postgresql', os.getenv('A'), os.environ['RAW'], 'h', os.getenv('NO'), 'd')", STRATA_ENV_IS_TEXT,
    "postgresql://a:p%25%40%2F@h/d", "A,A,RAW,RAW,A,A,RAW,RAW,NO" },
  { "joined-list", "''.join(['postgresql://', os.environ['A']])", STRATA_ENV_IS_TEXT, "postgresql://a", "A" },
};

static char *
get_variable (const StrataEnvValue *variable,
              gpointer              data)
{
  static const char * const environment[][2] = {
    { "A", "a" }, { "EMPTY", "" }, { "NUM", "5432" }, { "URL", "postgres://u:p@h/d" }, { "RAW", "p%@/" }, { "BOTH", "e" },
    { "FILE", "f" }, { "PERCENT", "a%%b%(key)sc" }, { "LONE", "p%40" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (environment); i++)
    if (g_str_equal (environment[i][0], strata_env_value_get_text (variable)))
      return g_strdup (environment[i][1]);

  return NULL;
}

static char *
get_ini_key (const StrataEnvValue *key,
             gpointer              data)
{
  const char *section = strata_env_value_get_section (key);

  return g_str_equal (strata_env_value_get_text (key), "key") ? g_strdup (section == NULL ? "v" : "o") : NULL;
}

static char *
get_x_argument (const StrataEnvValue *argument,
                gpointer              data)
{
  return g_str_equal (strata_env_value_get_text (argument), "db") ? g_strdup ("xd") : NULL;
}

static const StrataEnvWorld world = { get_ini_key, get_variable, get_x_argument };

static void
test_value (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *script = g_strconcat ("from urllib.parse import quote_plus, unquote\nfrom sqlalchemy import URL, make_url\n"
                                         HEAD "url = ", test->expression, "\ncontext.configure(url=url)\n", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "alembic", findings);
  g_autoptr(GPtrArray) used = g_ptr_array_new ();
  g_autoptr(GString) names = g_string_new (NULL);
  const StrataEnvValue *culprit;
  g_autofree char *text = NULL;

  g_assert_cmpuint (strata_env_value_evaluate (strata_env_facts_get_url (facts), &world, NULL, &text, used, &culprit), ==,
                    test->outcome);
  g_assert_cmpstr (text, ==, test->text);

  if (test->outcome == STRATA_ENV_IS_MISSING || test->outcome == STRATA_ENV_IS_UNKNOWN)
    {
      g_assert_nonnull (culprit);
      g_assert_cmpstr (strata_env_value_get_text (culprit), ==, test->used);
      return;
    }

  g_assert_null (culprit);
  for (guint i = 0; i < used->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", strata_env_value_get_text (used->pdata[i]));
  g_assert_cmpstr (names->str, ==, test->used);
}

/* What set_main_option() was given is interpolated as ConfigParser does it; a lone percent sign, at which Alembic stops,
 * is taken for itself. */
static void
test_interpolation (void)
{
  static const char * const expected[][2] = { { "PERCENT", "a%bvc" }, { "LONE", "p%40" }, { "A", "a" } };

  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_autofree char *script = g_strdup_printf (HEAD "config.set_main_option('u', os.environ['%s'])\n"
                                                 "context.configure(url=config.get_main_option('u'))\n", expected[i][0]);
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "alembic", findings);
      g_autofree char *text = NULL;

      g_assert_cmpuint (strata_env_value_evaluate (strata_env_facts_get_url (facts), &world, NULL, &text, NULL, NULL), ==,
                        STRATA_ENV_IS_TEXT);
      g_assert_cmpstr (text, ==, expected[i][1]);
    }
}

/* Parts that are used many times make a small value a long computation. */
static void
test_bounds (void)
{
  GString *script = g_string_new (HEAD "u = os.environ['A']\n");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = NULL;
  const StrataEnvValue *culprit;
  g_autofree char *whole = NULL;
  g_autofree char *text = NULL;

  for (guint i = 0; i < 60; i++)
    g_string_append (script, "u = u + u\n");
  g_string_append (script, "context.configure(url=u)\n");
  whole = g_string_free (script, FALSE);

  facts = read_case (whole, NULL, "alembic", findings);
  g_assert_cmpuint (strata_env_value_evaluate (strata_env_facts_get_url (facts), &world, NULL, &text, NULL, &culprit), ==,
                    STRATA_ENV_IS_UNKNOWN);
  g_assert_null (text);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/env/evaluate/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_value);
    }
  g_test_add_func ("/env/evaluate/interpolation", test_interpolation);
  g_test_add_func ("/env/evaluate/bounds", test_bounds);

  return g_test_run ();
}
