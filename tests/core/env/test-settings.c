/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/core/env/cases.h"

/* What context.configure() is told, the traits, the sources for a question, and the findings. */
typedef struct
{
  const char      *name;
  const char      *script;
  const char      *settings;     /* "name=value ..." in the order of the settings */
  StrataEnvTraits  traits;
} Case;

#define CONFIGURE(arguments) HEAD "context.configure(" arguments ")\n"

static const Case cases[] = {
  { "none", CONFIGURE ("url='sqlite://'"), "", 0 },
  { "literals", CONFIGURE ("url='sqlite://', version_table='v', version_table_schema='s', render_as_batch=True, "
    "transaction_per_migration=True, transactional_ddl=False, include_schemas=True, compare_type=False"),
    "version_table='v' version_table_schema='s' render_as_batch=True transaction_per_migration=True "
    "transactional_ddl=False include_schemas=True compare_type=False ", 0 },
  { "names", "TABLE = 'v'\n" CONFIGURE ("url='sqlite://', version_table=TABLE"), "version_table='v' ", 0 },
  { "none-given", CONFIGURE ("url='sqlite://', version_table_schema=None"), "version_table_schema=None ", 0 },
  { "ini", CONFIGURE ("url='sqlite://', version_table=config.get_main_option('t', 'v')"),
    "version_table=default(ini(t), 'v') ", 0 },
  { "environment", CONFIGURE ("url='sqlite://', version_table_schema=os.getenv('S')"), "version_table_schema=env(S) ", 0 },
  { "dialect", CONFIGURE ("url='sqlite://', render_as_batch=is_sqlite()"), "render_as_batch=unknown ", 0 },
  { "comparison", "url = 'sqlite:///a.db'\n" CONFIGURE ("url=url, render_as_batch=url.startswith('sqlite')"),
    "render_as_batch=True ", 0 },
  { "function", "def f(*a):\n  pass\n" CONFIGURE ("url='sqlite://', compare_type=f"), "compare_type=unknown ", 0 },
  { "spread", "opts = {'version_table': 'v', 'render_as_batch': True}\n" CONFIGURE ("url='sqlite://', **opts"),
    "version_table='v' render_as_batch=True ", 0 },
  { "spread-dict-call", "opts = dict(version_table='v')\nopts.update(render_as_batch=True)\nopts['include_schemas'] = True\n"
    CONFIGURE ("url='sqlite://', **opts"), "version_table='v' render_as_batch=True include_schemas=True ", 0 },
  { "spread-merged", "a = {'version_table': 'v'}\nb = {**a, 'include_schemas': True} | {'render_as_batch': False}\n"
    CONFIGURE ("url='sqlite://', **b"), "version_table='v' render_as_batch=False include_schemas=True ", 0 },
  { "spread-popped", "a = {'version_table': 'v', 'x': 1}\na.pop('version_table')\n" CONFIGURE ("url='sqlite://', **a"), "", 0 },
  { "spread-sometimes", "a = {}\nimport os\nif os.getenv('X'):\n  a['version_table'] = 'v'\n"
    CONFIGURE ("url='sqlite://', **a"), "version_table=if(env(X), 'v', None) ", 0 },
  { "through-functions", HEAD "def go(**kw):\n  context.configure(render_as_batch=True, **kw)\n"
    "def run(connection):\n  go(connection=connection, version_table='v')\n"
    "with create_engine('sqlite://').connect() as c:\n  run(c)\n", "version_table='v' render_as_batch=True ", 0 },
  { "metadata-schema", "from sqlalchemy import MetaData\ntarget_metadata = MetaData(schema='s')\n"
    CONFIGURE ("url='sqlite://', version_table_schema=target_metadata.schema"), "version_table_schema='s' ", 0 },
  { "online-rules", HEAD "if context.is_offline_mode():\n  context.configure(url='sqlite://', version_table='off', literal_binds=True, "
    "dialect_opts={'paramstyle': 'named'})\nelse:\n  context.configure(url='sqlite://', version_table='on')\n",
    "version_table='on' literal_binds=True paramstyle='named' ", 0 },
  { "configured-twice", HEAD "context.configure(url='sqlite://', version_table='a')\n"
    "context.configure(url='sqlite://', version_table='b')\n", "version_table='b' ", 0 },

  { "async", HEAD "from sqlalchemy.ext.asyncio import create_async_engine\ne = create_async_engine('sqlite+aiosqlite://')\n",
    "", STRATA_ENV_ASYNC },
  { "takes-connection", HEAD "c = config.attributes.get('connection')\n", "", STRATA_ENV_TAKES_CONNECTION },
  { "databases", HEAD "names = config.get_main_option('databases')\n", "", STRATA_ENV_MULTIDB },
  { "two-databases", HEAD "context.configure(url='sqlite:///a')\ncontext.configure(url='sqlite:///b')\n", "",
    STRATA_ENV_MULTIDB },
  { "search-path", HEAD "from sqlalchemy import text\nwith create_engine('sqlite://').connect() as c:\n"
    "  c.execute(text(f'SET search_path TO {schema}'))\n  context.configure(connection=c)\n", "", STRATA_ENV_SETS_SEARCH_PATH },
  { "default-schema", HEAD "with create_engine('sqlite://').connect() as c:\n  c.dialect.default_schema_name = 's'\n"
    "  context.configure(connection=c)\n", "", STRATA_ENV_SETS_SEARCH_PATH },
};

static void
test_settings (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (test->script, NULL, "alembic", findings);
  g_autoptr(GString) settings = g_string_new (NULL);

  for (StrataEnvSetting setting = 0; setting < STRATA_ENV_N_SETTINGS; setting++)
    {
      const StrataEnvValue *value = strata_env_facts_get_setting (facts, setting);
      g_autofree char *text = value != NULL ? strata_env_value_to_string (value) : NULL;

      if (text != NULL)
        g_string_append_printf (settings, "%s=%s ", strata_env_setting_get_name (setting), text);
    }

  g_assert_cmpstr (settings->str, ==, test->settings);
  g_assert_cmpuint (strata_env_facts_get_traits (facts), ==, test->traits);
}

static void
test_sources (void)
{
  const char *script = HEAD "U = os.getenv('DATABASE_URL') or 'sqlite:///a.db'\nL = os.getenv('LOG_LEVEL')\n"
                       MIGRATE ("create_engine(U)");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "alembic", findings);
  GPtrArray *sources = strata_env_facts_get_sources (facts);

  g_assert_cmpuint (sources->len, ==, 2);
  g_assert_cmpstr (strata_env_value_get_text (sources->pdata[0]), ==, "DATABASE_URL");
  g_assert_cmpuint (strata_env_value_get_kind (sources->pdata[0]), ==, STRATA_ENV_VARIABLE);
  g_assert_cmpuint (strata_env_value_get_place (sources->pdata[0]).line, ==, 5);
  g_assert_cmpuint (strata_env_value_get_place (sources->pdata[0]).column, ==, 5);
  g_assert_cmpstr (strata_env_value_get_place (sources->pdata[0]).file, ==, "/project/migrations/env.py");
  g_assert_cmpuint (strata_env_value_get_kind (sources->pdata[1]), ==, STRATA_ENV_LITERAL);
  g_assert_cmpuint (findings->len, ==, 0);
}

/* What was not understood: candidates are whatever was read under a name that databases have. */
static void
test_sources_of_unknown (void)
{
  const char *script = HEAD "U = os.getenv('DATABASE_URL')\nL = os.getenv('LOG_LEVEL')\n" MIGRATE ("create_engine(find(U))");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "alembic", findings);
  GPtrArray *sources = strata_env_facts_get_sources (facts);
  StrataPlace place;

  g_assert_cmpuint (sources->len, ==, 1);
  g_assert_cmpstr (strata_env_value_get_text (sources->pdata[0]), ==, "DATABASE_URL");
  g_assert_cmpuint (findings->len, ==, 1);
  place = strata_finding_get_place (findings->pdata[0]);
  g_assert_cmpuint (place.line, ==, 8);
  g_assert_cmpuint (place.column, ==, 31);
  g_assert_cmpuint (strata_finding_get_severity (findings->pdata[0]), ==, STRATA_SEVERITY_WARNING);
}

/* A branch that may never be taken is worth a note. */
static void
test_unknown_branch (void)
{
  const char *script = HEAD "U = find() if os.getenv('X') else 'sqlite:///a.db'\n" MIGRATE ("create_engine(U)");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "alembic", findings);

  g_assert_cmpuint (strata_env_value_get_kind (strata_env_facts_get_url (facts)), ==, STRATA_ENV_COMPUTED);
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpuint (strata_finding_get_severity (findings->pdata[0]), ==, STRATA_SEVERITY_NOTE);
}

/* What was not read may be the very statement that decides. */
static void
test_broken_script (void)
{
  const char *script = HEAD "print 'x'\nU = 'sqlite:///a.db'\n" MIGRATE ("create_engine(U)");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "alembic", findings);
  g_autofree char *url = strata_env_value_to_string (strata_env_facts_get_url (facts));

  g_assert_cmpstr (url, ==, "unknown");
  g_assert_cmpuint (findings->len, ==, 2);
  g_assert_cmpstr (strata_finding_get_code (findings->pdata[0]), ==, "python-syntax");
  g_assert_cmpstr (strata_finding_get_code (findings->pdata[1]), ==, "env-not-understood");
}

static void
test_other_section (void)
{
  const char *script = HEAD "U = 'sqlite:///' + config.config_ini_section\n" MIGRATE ("create_engine(U)");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (script, NULL, "tenant", findings);
  g_autofree char *url = strata_env_value_to_string (strata_env_facts_get_url (facts));

  g_assert_cmpstr (url, ==, "'sqlite:///tenant'");
}

static void
test_refcount (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case ("", NULL, "alembic", findings);
  StrataEnvFacts *copy = g_boxed_copy (STRATA_TYPE_ENV_FACTS, facts);

  g_assert_true (copy == facts);
  g_boxed_free (STRATA_TYPE_ENV_FACTS, copy);
  g_assert_cmpuint (strata_env_value_get_kind (strata_env_facts_get_url (facts)), ==, STRATA_ENV_UNKNOWN);
}

/* Programs that would take for ever are given up. */
static void
test_bounds (void)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  GString *script = g_string_new (HEAD "def f0():\n  return 'x'\n");
  g_autoptr(StrataEnvFacts) facts = NULL;
  g_autofree char *text = NULL;

  for (guint i = 1; i < 40; i++)
    g_string_append_printf (script, "def f%u():\n  return f%u() + f%u()\n", i, i - 1, i - 1);
  g_string_append (script, MIGRATE ("create_engine(f39())"));
  text = g_string_free (script, FALSE);

  facts = read_case (text, NULL, "alembic", findings);
  g_assert_cmpuint (strata_env_value_get_kind (strata_env_facts_get_url (facts)), ==, STRATA_ENV_UNKNOWN);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/env/settings/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_settings);
    }
  g_test_add_func ("/env/settings/sources", test_sources);
  g_test_add_func ("/env/settings/sources-of-unknown", test_sources_of_unknown);
  g_test_add_func ("/env/settings/unknown-branch", test_unknown_branch);
  g_test_add_func ("/env/settings/broken-script", test_broken_script);
  g_test_add_func ("/env/settings/other-section", test_other_section);
  g_test_add_func ("/env/settings/refcount", test_refcount);
  g_test_add_func ("/env/settings/bounds", test_bounds);

  return g_test_run ();
}
