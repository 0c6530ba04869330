/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/core/env/cases.h"

/* Where the URL comes from, in the shapes that env.py files have. */
typedef struct
{
  const char   *name;
  const char   *script;
  const char   *url;
  const Module *modules;
} Case;

#define MODULES(...) (const Module[]) { __VA_ARGS__, { NULL, NULL } }

static const Case cases[] = {
  /* The configuration file */
  { "template", HEAD FROM_INI, "need(ini(sqlalchemy.url))" },
  { "main-option", HEAD MIGRATE ("create_engine(config.get_main_option('sqlalchemy.url'))"), "ini(sqlalchemy.url)" },
  { "main-option-with-default", HEAD MIGRATE ("create_engine(config.get_main_option('sqlalchemy.url', 'sqlite:///x.db'))"),
    "default(ini(sqlalchemy.url), 'sqlite:///x.db')" },
  { "section-option", HEAD MIGRATE ("create_engine(config.get_section_option('other', 'url'))"), "ini(other:url)" },
  { "own-section", HEAD MIGRATE ("create_engine(config.get_section_option('alembic', 'url'))"), "ini(url)" },
  { "prefix", HEAD MIGRATE ("engine_from_config(config.get_section('db'), prefix='x.')"), "need(ini(db:x.url))" },
  { "default-prefix", HEAD MIGRATE ("engine_from_config(config.get_section(config.config_ini_section))"),
    "need(ini(sqlalchemy.url))" },
  { "keyword", HEAD MIGRATE ("engine_from_config(configuration=config.get_section('alembic'), prefix='sqlalchemy.')"),
    "need(ini(sqlalchemy.url))" },
  { "import-alembic", "import alembic\nfrom sqlalchemy import engine_from_config\n"
    "c = alembic.context.config\ne = engine_from_config(c.get_section(c.config_ini_section))\n"
    "with e.connect() as connection:\n  alembic.context.configure(connection=connection)\n", "need(ini(sqlalchemy.url))" },
  { "async-template", HEAD "import asyncio\nfrom sqlalchemy.ext.asyncio import async_engine_from_config\n"
    "def do_run(connection):\n  context.configure(connection=connection)\n"
    "async def run_async():\n  connectable = async_engine_from_config(config.get_section('alembic'), prefix='sqlalchemy.')\n"
    "  async with connectable.connect() as connection:\n    await connection.run_sync(do_run)\n  await connectable.dispose()\n"
    "def online():\n  asyncio.run(run_async())\n"
    "if context.is_offline_mode():\n  offline()\nelse:\n  online()\n", "need(ini(sqlalchemy.url))" },
  { "attributes-first", HEAD "c = config.attributes.get('connection', None)\n"
    MIGRATE ("c if c is not None else " INI_ENGINE), "need(ini(sqlalchemy.url))" },
  { "attributes-walrus", HEAD "def go(c):\n  context.configure(connection=c)\ndef online():\n"
    "  if connection := config.attributes.get('connection'):\n    go(connection)\n    return\n"
    "  with " INI_ENGINE ".connect() as c:\n    go(c)\nonline()\n", "need(ini(sqlalchemy.url))" },
  { "section-changed", HEAD "section = config.get_section(config.config_ini_section) or {}\n"
    "section['sqlalchemy.url'] = os.environ['U']\n" MIGRATE ("engine_from_config(section, prefix='sqlalchemy.')"),
    "need(env(U))" },
  { "section-changed-too-late", HEAD "section = config.get_section('alembic')\n"
    "config.set_main_option('sqlalchemy.url', 'sqlite:///new.db')\n" MIGRATE ("engine_from_config(section)"),
    "need(ini(sqlalchemy.url))" },
  { "plain-dict", HEAD MIGRATE ("engine_from_config({'sqlalchemy.url': os.getenv('U')})"), "need(env(U))" },
  { "offline-differs", HEAD "def run_migrations_offline():\n  context.configure(url='sqlite:///offline.db')\n" FROM_INI,
    "need(ini(sqlalchemy.url))" },

  /* set_main_option */
  { "set-literal", SET ("'sqlite:///a.db'"), "'sqlite:///a.db'" },
  { "set-environ", SET ("os.environ['U']"), "need(interpolate(need(env(U))))" },
  { "set-escaped", SET ("os.environ['U'].replace('%', '%%')"), "need(env(U))" },
  { "set-get", SET ("os.environ.get('U', 'sqlite:///a.db')"), "need(interpolate(default(env(U), 'sqlite:///a.db')))" },
  { "set-getenv", SET ("os.getenv('U')"), "need(interpolate(env(U)))" },
  { "set-or", SET ("os.getenv('U') or 'sqlite:///a.db'"), "need(interpolate(or(env(U), 'sqlite:///a.db')))" },
  { "set-str", SET ("str(os.getenv('U'))"), "need(interpolate(join(env(U))))" },
  { "set-fstring", SET ("f\"postgresql://{os.environ['A']}:{os.getenv('B')}@{os.getenv('H', 'db')}/x\""),
    "need(interpolate(join('postgresql://', need(env(A)), ':', env(B), '@', default(env(H), 'db'), '/x')))" },
  { "set-percent-format", SET ("'postgresql://%s:%s@h/x' % (os.getenv('A'), os.getenv('B'))"),
    "need(interpolate(join('postgresql://', env(A), ':', env(B), '@h/x')))" },
  { "set-format", SET ("'postgresql://{}:{p}@{0}/x'.format(os.getenv('A'), p=os.getenv('B'))"),
    "need(interpolate(join('postgresql://', env(A), ':', env(B), '@', env(A), '/x')))" },
  { "set-concatenated", SET ("'postgresql://' + os.environ['A'] + '@h/x'"),
    "need(interpolate(join(join('postgresql://', need(env(A))), '@h/x')))" },
  { "set-driver-replaced", SET ("os.environ['U'].replace('postgresql+asyncpg', 'postgresql')"),
    "need(interpolate(replace(need(env(U)), 'postgresql+asyncpg', 'postgresql')))" },
  { "set-if", HEAD "if os.getenv('U'):\n  config.set_main_option('sqlalchemy.url', os.getenv('U'))\n" FROM_INI,
    "need(if(env(U), interpolate(env(U)), ini(sqlalchemy.url)))" },
  { "set-if-walrus", HEAD "if url := os.getenv('U'):\n  config.set_main_option('sqlalchemy.url', url)\n" FROM_INI,
    "need(if(env(U), interpolate(env(U)), ini(sqlalchemy.url)))" },
  { "set-if-in", HEAD "if 'U' in os.environ:\n  config.set_main_option('sqlalchemy.url', os.environ['U'])\n" FROM_INI,
    "need(if(not(is-none(env(U))), interpolate(need(env(U))), ini(sqlalchemy.url)))" },
  { "set-unless-in-ini", HEAD "if not config.get_main_option('sqlalchemy.url'):\n"
    "  config.set_main_option('sqlalchemy.url', os.environ['U'])\n" FROM_INI,
    "need(if(not(ini(sqlalchemy.url)), interpolate(need(env(U))), ini(sqlalchemy.url)))" },
  { "set-heroku", HEAD "url = os.environ.get('U', '')\nif url.startswith('postgres://'):\n"
    "  url = url.replace('postgres://', 'postgresql://', 1)\nconfig.set_main_option('sqlalchemy.url', url)\n" FROM_INI,
    "need(if(starts(default(env(U), ''), 'postgres://'), interpolate(replace(default(env(U), ''), 'postgres://', "
    "'postgresql://', 1)), interpolate(default(env(U), ''))))" },
  { "set-section-option", HEAD "s = config.config_ini_section\nconfig.set_section_option(s, 'U', os.environ.get('U'))\n"
    FROM_INI, "need(interpolate(ini-raw(sqlalchemy.url), 'u', env(U)))" },
  { "set-by-unknown", SET ("get_secret('x')"), "need(unknown)" },
  { "set-if-unknown", HEAD "if is_production():\n  config.set_main_option('sqlalchemy.url', 'sqlite:///a.db')\n" FROM_INI,
    "need(if(unknown, 'sqlite:///a.db', ini(sqlalchemy.url)))" },
  { "set-the-same-either-way", HEAD "if is_production():\n  url = 'sqlite:///a.db'\nelse:\n  url = 'sqlite:///a.db'\n"
    "config.set_main_option('sqlalchemy.url', url)\n" FROM_INI, "'sqlite:///a.db'" },
  { "set-by-name-of-section", HEAD "urls = {'alembic': os.environ['A'], 'test': os.environ['B']}\n"
    "config.set_main_option('sqlalchemy.url', urls[config.config_ini_section])\n" FROM_INI,
    "need(interpolate(need(env(A))))" },
  { "set-by-stage", HEAD "urls = {'prod': 'sqlite:///p.db', 'dev': 'sqlite:///d.db'}\n"
    "config.set_main_option('sqlalchemy.url', urls[os.getenv('STAGE', 'dev')])\n" FROM_INI,
    "need(if(equals(default(env(STAGE), 'dev'), 'prod'), 'sqlite:///p.db', "
    "if(equals(default(env(STAGE), 'dev'), 'dev'), 'sqlite:///d.db', stop)))" },

  /* Functions of env.py */
  { "get-url", HEAD "def get_url():\n  return os.getenv('U', 'sqlite:///a.db')\n" MIGRATE ("create_engine(get_url())"),
    "default(env(U), 'sqlite:///a.db')" },
  { "get-url-early-return", HEAD "def get_url():\n  url = os.getenv('U')\n  if url:\n    return url\n"
    "  return config.get_main_option('sqlalchemy.url')\n" MIGRATE ("create_engine(get_url())"),
    "if(env(U), env(U), ini(sqlalchemy.url))" },
  { "get-url-chain", HEAD "def get_url():\n  if os.getenv('A') == 'test':\n    return 'sqlite:///t.db'\n"
    "  elif os.getenv('A') in ('prod', 'live'):\n    return os.environ['U']\n  raise ValueError('no')\n"
    MIGRATE ("create_engine(get_url())"),
    "if(equals(env(A), 'test'), 'sqlite:///t.db', if(and(not(equals(env(A), 'test')), or(equals(env(A), 'prod'), "
    "equals(env(A), 'live'))), need(env(U)), stop))" },
  { "get-url-raises", HEAD "def get_url():\n  url = os.getenv('U')\n  if not url:\n    raise RuntimeError('U')\n"
    "  return url\n" MIGRATE ("create_engine(get_url())"), "if(not(env(U)), stop, env(U))" },
  { "get-url-tries", HEAD "def get_url():\n  try:\n    return os.environ['U']\n  except KeyError:\n"
    "    return 'sqlite:///a.db'\n" MIGRATE ("create_engine(get_url())"),
    "if(not(is-none(env(U))), need(env(U)), 'sqlite:///a.db')" },
  { "tries-and-sets", HEAD "try:\n  url = os.environ['U']\nexcept KeyError:\n  url = 'sqlite:///a.db'\n"
    MIGRATE ("create_engine(url)"), "if(is-none(env(U)), 'sqlite:///a.db', need(env(U)))" },
  { "lambda", HEAD "get_url = lambda: os.getenv('U')\n" MIGRATE ("create_engine(get_url())"), "env(U)" },
  { "loop-over-names", HEAD "url = None\nfor name in ('A', 'B'):\n  if os.getenv(name):\n    url = os.getenv(name)\n"
    "    break\n" MIGRATE ("create_engine(url)"), "if(env(A), env(A), if(env(B), env(B), None))" },
  { "global", HEAD "url = None\ndef load():\n  global url\n  url = os.environ['U']\nload()\n" MIGRATE ("create_engine(url)"),
    "need(env(U))" },
  { "match", HEAD "match os.getenv('E'):\n  case 'prod' | 'live':\n    url = 'sqlite:///p.db'\n  case _:\n"
    "    url = 'sqlite:///d.db'\n" MIGRATE ("create_engine(url)"),
    "if(or(equals(env(E), 'prod'), equals(env(E), 'live')), 'sqlite:///p.db', 'sqlite:///d.db')" },
  { "x-argument", HEAD "x = context.get_x_argument(as_dictionary=True)\n"
    MIGRATE ("create_engine(x.get('db_url') or os.environ['U'])"), "or(x(db_url), need(env(U)))" },
  { "x-argument-in", HEAD "x = context.get_x_argument(as_dictionary=True)\nif 'url' in x:\n  u = x['url']\nelse:\n  u = 'sqlite://'\n"
    MIGRATE ("create_engine(u)"), "if(not(is-none(x(url))), need(x(url)), 'sqlite://')" },
  { "section-name", HEAD "if config.config_ini_section == 'test':\n  u = 'sqlite:///t.db'\nelse:\n  u = 'sqlite:///d.db'\n"
    MIGRATE ("create_engine(u)"), "'sqlite:///d.db'" },
  { "raises-at-the-top", HEAD "url = os.getenv('U')\nif url is None:\n  raise SystemExit('set U')\n"
    MIGRATE ("create_engine(url)"), "after(if(is-none(env(U)), stop, None), env(U))" },
  { "checks-in-a-function", HEAD "def check():\n  if os.getenv('E') == 'prod':\n    raise SystemExit(1)\ncheck()\n" FROM_INI,
    "after(if(equals(env(E), 'prod'), stop, None), need(ini(sqlalchemy.url)))" },
  { "unknown-check", HEAD "if not allowed():\n  sys.exit(1)\n" FROM_INI, "need(ini(sqlalchemy.url))" },
  { "lower", HEAD MIGRATE ("create_engine(os.environ['U'].strip().lower().removesuffix('/'))"),
    "cut(lower(strip(need(env(U)), None, 3)), '/', 2)" },
  { "split", HEAD MIGRATE ("create_engine(os.environ['U'].split('?')[0])"), "split(need(env(U)), '?')" },

  /* URLs that are built */
  { "url-create", HEAD "from sqlalchemy.engine import URL\n" MIGRATE ("create_engine(URL.create(drivername='postgresql', "
    "username=os.environ['A'], password=os.environ['B'], host='h', port=5432, database='d'))"),
    "join('postgresql', '://', if(join(if(is-none(need(env(A))), '', join('', quote(need(env(A))))), "
    "if(is-none(need(env(B))), '', join(':', quote(need(env(B)))))), join(join(if(is-none(need(env(A))), '', join('', "
    "quote(need(env(A))))), if(is-none(need(env(B))), '', join(':', quote(need(env(B)))))), '@'), ''), 'h', ':5432', '/d')" },
  { "url-literal", HEAD "from sqlalchemy import URL\n" MIGRATE ("create_engine(URL.create('postgresql', 'a', 'p@', 'h', None, 'd'))"),
    "'postgresql://a:p%40@h/d'" },
  { "make-url", HEAD "from sqlalchemy.engine.url import make_url\nu = make_url(os.environ['U'])\nu = u.set(drivername='postgresql+psycopg')\n"
    MIGRATE ("create_engine(u.render_as_string(hide_password=False))"), "driver(need(env(U)), 'postgresql+psycopg')" },
  { "quote-plus", HEAD "from urllib.parse import quote_plus\n"
    MIGRATE ("create_engine(f\"postgresql://u:{quote_plus(os.environ['P'])}@h/d\")"),
    "join('postgresql://u:', quote(need(env(P)), '', 1), '@h/d')" },
  { "sqlite-beside-the-code", HEAD "here = os.path.dirname(os.path.abspath(__file__))\n"
    MIGRATE ("create_engine('sqlite:///' + os.path.join(here, '..', 'a.db'))"), "'sqlite:////project/migrations/../a.db'" },
  { "sqlite-path", HEAD "from pathlib import Path\nBASE = Path(__file__).resolve().parent.parent\n"
    MIGRATE ("create_engine(f'sqlite:///{BASE / \"data\" / \"a.db\"}')"), "'sqlite:////project/data/a.db'" },
  { "sqlite-working-folder", HEAD MIGRATE ("create_engine(f'sqlite:///{os.path.join(os.getcwd(), \"a.db\")}')"),
    "'sqlite:////project/a.db'" },
  { "creator", HEAD MIGRATE ("create_engine('postgresql://', creator=connect)"), "unknown" },
  { "connect-args", HEAD MIGRATE ("create_engine('postgresql://h/d', connect_args={'host': 'other'})"), "unknown" },
  { "harmless-connect-args", HEAD MIGRATE ("create_engine('postgresql://h/d', connect_args={'sslmode': 'require'})"),
    "'postgresql://h/d'" },
  { "async-engine", HEAD "from sqlalchemy.ext.asyncio import AsyncEngine\n" MIGRATE ("AsyncEngine(" INI_ENGINE ")"),
    "need(ini(sqlalchemy.url))" },

  /* More than one, or none */
  { "two-databases", HEAD "for url in ('sqlite:///a.db', 'sqlite:///b.db'):\n  with create_engine(url).connect() as c:\n"
    "    context.configure(connection=c)\n", "unknown" },
  { "multidb", HEAD "import re\nnames = config.get_main_option('databases', '')\nfor name in re.split(r',\\s*', names):\n"
    "  e = engine_from_config(context.config.get_section(name))\n  context.configure(connection=e.connect())\n", "unknown" },
  { "the-same-twice", HEAD "for schema in get_schemas():\n  with create_engine('sqlite:///a.db').connect() as c:\n"
    "    context.configure(connection=c, version_table_schema=schema)\n", "'sqlite:///a.db'" },
  { "no-configure", HEAD "print('x')\n", "unknown" },
  { "flask-migrate", HEAD "from flask import current_app\nconfig.set_main_option('sqlalchemy.url', "
    "str(current_app.extensions['migrate'].db.engine.url).replace('%', '%%'))\n" FROM_INI, "need(join(unknown))" },
  { "endless-recursion", HEAD "def f():\n  return f()\n" MIGRATE ("create_engine(f())"), "unknown" },
  { "nothing-after-a-return", HEAD "def f():\n  return 'sqlite:///a.db'\n  return 'sqlite:///b.db'\n" MIGRATE ("create_engine(f())"),
    "'sqlite:///a.db'" },
  { "list-of-unknown-length", HEAD "urls = os.environ['U'].split(',')\nfor u in urls:\n  pass\n" MIGRATE ("create_engine(u)"),
    "if(unknown, unknown, stop)" },
};

static void
test_url (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (test->script, test->modules, "alembic", findings);
  g_autofree char *url = strata_env_value_to_string (strata_env_facts_get_url (facts));

  g_assert_cmpstr (url, ==, test->url);
  /* What was not understood is said. */
  if (strstr (url, "unknown") != NULL)
    g_assert_cmpuint (findings->len, >, 0);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/env/url/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_url);
    }

  return g_test_run ();
}
