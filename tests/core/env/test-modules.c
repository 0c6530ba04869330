/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "tests/core/env/cases.h"

/* URLs that come from modules of the project, settings classes and .env files. */
typedef struct
{
  const char   *name;
  const char   *script;
  const char   *url;
  const Module *modules;
} Case;

#define MODULES(...) (const Module[]) { __VA_ARGS__, { NULL, NULL } }
#define ENGINE(what) HEAD MIGRATE ("create_engine(" what ")")
#define SETTINGS(body) "from pydantic_settings import BaseSettings, SettingsConfigDict\nfrom pydantic import Field\n" \
  "class Settings(BaseSettings):\n" body "\nsettings = Settings()\n"
#define FROM_SETTINGS "from app.config import settings\n" ENGINE ("settings.database_url")

static const Case cases[] = {
  /* Modules */
  { "constant", "from app.config import URL\n" ENGINE ("URL"), "env(U)",
    MODULES ({ "app/", "" }, { "app.config", "import os\nURL = os.getenv('U')\n" }) },
  { "namespace-package", "import app.config\n" ENGINE ("app.config.URL"), "'sqlite:///a.db'",
    MODULES ({ "app.config", "URL = 'sqlite:///a.db'\n" }) },
  { "module-as", "import config as c\n" ENGINE ("c.URL"), "'sqlite:///a.db'", MODULES ({ "config", "URL = 'sqlite:///a.db'\n" }) },
  { "submodule", "from app import config as c\n" ENGINE ("c.URL"), "'sqlite:///a.db'",
    MODULES ({ "app/", "" }, { "app.config", "URL = 'sqlite:///a.db'\n" }) },
  { "re-exported", "from app import URL\n" ENGINE ("URL"), "'sqlite:///a.db'",
    MODULES ({ "app/", "from .config import URL\n" }, { "app.config", "URL = 'sqlite:///a.db'\n" }) },
  { "relative", "from app.db.session import engine\n" HEAD MIGRATE ("engine"), "env(U)",
    MODULES ({ "app/", "" }, { "app.db/", "" }, { "app.core", "import os\nURL = os.getenv('U')\n" },
             { "app.db.session", "from sqlalchemy import create_engine\nfrom ..core import URL\nengine = create_engine(URL)\n" }) },
  { "star", "from settings import *\n" ENGINE ("URL"), "'sqlite:///a.db'",
    MODULES ({ "settings", "_x = 1\nURL = 'sqlite:///a.db'\n" }) },
  { "function", "from app import get_url\n" ENGINE ("get_url()"), "env(U)",
    MODULES ({ "app", "import os\ndef get_url():\n  return os.getenv('U')\n" }) },
  { "engine-url", "from app import engine\n" ENGINE ("engine.url"), "'sqlite:///a.db'",
    MODULES ({ "app", "from sqlalchemy import create_engine\nengine = create_engine('sqlite:///a.db')\n" }) },
  { "sqlmodel", "from app import engine\n" HEAD MIGRATE ("engine"), "'sqlite:///a.db'",
    MODULES ({ "app", "from sqlmodel import create_engine\nengine = create_engine('sqlite:///a.db', echo=True)\n" }) },
  { "not-in-the-project", "from elsewhere import URL\n" ENGINE ("URL"), "unknown", NULL },
  { "missing-in-the-module", "from app import URL\n" ENGINE ("URL"), "unknown", MODULES ({ "app", "x = 1\n" }) },
  { "each-other", "from a import X\n" ENGINE ("X"), "unknown",
    MODULES ({ "a", "from b import X\n" }, { "b", "from a import X\n" }) },
  { "maybe-missing", "try:\n  from local import URL\nexcept ImportError:\n  URL = 'sqlite:///a.db'\n" ENGINE ("URL"),
    "if(unknown, 'sqlite:///a.db', unknown)", NULL },
  { "present-though-guarded", "try:\n  from local import URL\nexcept ImportError:\n  URL = 'sqlite:///a.db'\n" ENGINE ("URL"),
    "'sqlite:///b.db'", MODULES ({ "local", "URL = 'sqlite:///b.db'\n" }) },
  { "own-folder-first", "import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), '..', '..', 'lib'))\n"
    "from config import URL\n" ENGINE ("URL"), "'sqlite:///lib.db'",
    MODULES ({ "config", "URL = 'sqlite:///usual.db'\n" }, { "lib:config", "URL = 'sqlite:///lib.db'\n" }) },
  { "own-folder-last", "import sys\nsys.path.append('/lib')\nfrom config import URL\n" ENGINE ("URL"), "'sqlite:///usual.db'",
    MODULES ({ "config", "URL = 'sqlite:///usual.db'\n" }, { "lib:config", "URL = 'sqlite:///lib.db'\n" }) },
  { "module-raises", "from app import URL\n" ENGINE ("URL"), "after(if(not(env(U)), stop, None), env(U))",
    MODULES ({ "app", "import os\nURL = os.getenv('U')\nif not URL:\n  raise ValueError('U')\n" }) },

  /* Plain classes */
  { "class-attribute", "from app import Config\n" ENGINE ("Config.URL"), "default(env(U), 'sqlite:///a.db')",
    MODULES ({ "app", "import os\nclass Config:\n  URL = os.environ.get('U', 'sqlite:///a.db')\n" }) },
  { "inherited", "from app import Test\n" ENGINE ("Test.URL"), "'sqlite:///t.db'",
    MODULES ({ "app", "class Base:\n  X = 'sqlite:///t.db'\nclass Test(Base):\n  URL = Base.X\n" }) },
  { "by-stage", "from app import stages\nimport os\n" ENGINE ("stages[os.getenv('E') or 'dev'].URL"),
    "if(equals(or(env(E), 'dev'), 'prod'), env(U), if(equals(or(env(E), 'dev'), 'dev'), 'sqlite:///d.db', stop))",
    MODULES ({ "app", "import os\nclass Dev:\n  URL = 'sqlite:///d.db'\nclass Prod:\n  URL = os.getenv('U')\n"
               "stages = {'dev': Dev, 'prod': Prod}\n" }) },
  { "init", "from app import Config\n" ENGINE ("Config('d').url"), "'postgresql://h/d'",
    MODULES ({ "app", "class Config:\n  def __init__(self, name):\n    self.url = 'postgresql://h/' + name\n" }) },
  { "property", "from app import Config\n" ENGINE ("Config().url"), "join('postgresql://', env(H), '/d')",
    MODULES ({ "app", "import os\nclass Config:\n  host = os.getenv('H')\n  @property\n  def url(self):\n"
               "    return f'postgresql://{self.host}/d'\n" }) },
  { "classmethod", "from app import Config\n" ENGINE ("Config.url()"), "'sqlite:///a.db'",
    MODULES ({ "app", "class Config:\n  name = 'a.db'\n  @classmethod\n  def url(cls):\n    return 'sqlite:///' + cls.name\n" }) },
  { "dataclass", "from app import Config\n" ENGINE ("Config(url='sqlite:///b.db').url"), "'sqlite:///b.db'",
    MODULES ({ "app", "from dataclasses import dataclass\n@dataclass\nclass Config:\n  url: str = 'sqlite:///a.db'\n" }) },
  { "enum", "from app import Stage, url\nimport os\n" ENGINE ("url(Stage(os.getenv('E', 'dev')))"),
    "if(equals(default(env(E), 'dev'), 'prod'), 'sqlite:///p.db', 'sqlite:///d.db')",
    MODULES ({ "app", "from enum import Enum\nclass Stage(str, Enum):\n  PROD = 'prod'\n  DEV = 'dev'\n"
               "def url(stage):\n  return 'sqlite:///p.db' if stage == Stage.PROD else 'sqlite:///d.db'\n" }) },
  { "unknown-base", "from app import Config\n" ENGINE ("Config().url"), "unknown",
    MODULES ({ "app", "from vendor import Base\nclass Config(Base):\n  url = 'sqlite:///a.db'\n" }) },
  { "unknown-decorator", "from app import url\n" ENGINE ("url()"), "unknown",
    MODULES ({ "app", "@vendor.wrap\ndef url():\n  return 'sqlite:///a.db'\n" }) },

  /* Pydantic */
  { "settings", FROM_SETTINGS, "need(env*(database_url))", MODULES ({ "app.config", SETTINGS ("  database_url: str\n") }) },
  { "settings-default", FROM_SETTINGS, "default(env*(database_url), 'sqlite:///a.db')",
    MODULES ({ "app.config", SETTINGS ("  database_url: str = 'sqlite:///a.db'\n") }) },
  { "settings-file", FROM_SETTINGS, "need(env*(database_url .env))",
    MODULES ({ "app.config", SETTINGS ("  model_config = SettingsConfigDict(env_file='.env', extra='ignore')\n"
                                       "  database_url: str\n") }) },
  { "settings-files", FROM_SETTINGS, "need(env*(database_url .env.local .env))",
    MODULES ({ "app.config", SETTINGS ("  model_config = {'env_file': ('.env', '.env.local')}\n  database_url: str\n") }) },
  { "settings-prefix", FROM_SETTINGS, "need(env*(APP_database_url))",
    MODULES ({ "app.config", SETTINGS ("  model_config = SettingsConfigDict(env_prefix='APP_')\n  database_url: str\n") }) },
  { "settings-case", FROM_SETTINGS, "need(env(database_url))",
    MODULES ({ "app.config", SETTINGS ("  model_config = SettingsConfigDict(case_sensitive=True)\n  database_url: str\n") }) },
  { "settings-version-1", FROM_SETTINGS, "default(env*(DB_URL .env), 'sqlite:///a.db')",
    MODULES ({ "app.config", "from pydantic import BaseSettings, Field\nclass Settings(BaseSettings):\n"
               "  database_url: str = Field('sqlite:///a.db', env='DB_URL')\n"
               "  class Config:\n    env_file = '.env'\nsettings = Settings()\n" }) },
  { "settings-version-2-env", FROM_SETTINGS, "need(env*(database_url))",
    MODULES ({ "app.config", SETTINGS ("  database_url: str = Field(env='DB_URL')\n") }) },
  { "settings-alias", FROM_SETTINGS, "need(env*(DB_URL))",
    MODULES ({ "app.config", SETTINGS ("  database_url: str = Field(..., validation_alias='DB_URL')\n") }) },
  { "settings-aliases", FROM_SETTINGS, "default(default(env*(A), env*(B)), 'sqlite://')",
    MODULES ({ "app.config", "from pydantic import AliasChoices\n"
               SETTINGS ("  database_url: str = Field(default='sqlite://', validation_alias=AliasChoices('A', 'B'))\n") }) },
  { "settings-file-beside-the-code", FROM_SETTINGS, "need(env*(database_url /project/.env))",
    MODULES ({ "app.config", "from pathlib import Path\n" SETTINGS (
               "  model_config = SettingsConfigDict(env_file=Path(__file__).parent / '.env')\n  database_url: str\n") }) },
  { "settings-file-by-condition", FROM_SETTINGS,
    "need(if(equals(env(E), 'test'), env*(database_url .env.test), env*(database_url .env)))",
    MODULES ({ "app.config", "import os\nfile = '.env.test' if os.getenv('E') == 'test' else '.env'\n" SETTINGS (
               "  model_config = SettingsConfigDict(env_file=file)\n  database_url: str\n") }) },
  { "tree-of-calls", FROM_SETTINGS, "need(env*(database_url))",
    MODULES ({ "app.config", "import os\ndef below(n):\n  for sub in os.getenv('A'):\n    if n == sub:\n      below(sub)\n"
               "    else:\n      below(n + sub)\n    print(below(sub + n))\nbelow('x')\n" SETTINGS ("  database_url: str\n") }) },
  { "settings-file-of-a-stage", FROM_SETTINGS, "need(env*(database_url ?))",
    MODULES ({ "app.config", "import os\n" SETTINGS (
               "  model_config = SettingsConfigDict(env_file=f'.env.{os.getenv(\"E\")}')\n  database_url: str\n") }) },
  { "settings-property", FROM_SETTINGS,
    "join('postgresql://', need(env*(user)), ':', need(env*(password)), '@', default(env*(host), 'localhost'), ':', "
    "default(if(is-none(env*(port)), None, int(env*(port))), 5432), '/d')",
    MODULES ({ "app.config", SETTINGS ("  user: str\n  password: SecretStr\n  host: str = 'localhost'\n  port: int = 5432\n"
               "  @property\n  def database_url(self) -> str:\n"
               "    return f'postgresql://{self.user}:{self.password.get_secret_value()}@{self.host}:{self.port}/d'\n") }) },
  { "settings-dsn", FROM_SETTINGS, 
    "join('postgresql', '://', '', if(is-none(default(env*(host), 'h')), '', join('', default(env*(host), 'h'))), '', "
    "if(is-none(cut(need(env*(db)), '/', 1)), '', join('/', cut(need(env*(db)), '/', 1))))",
    MODULES ({ "app.config", "from pydantic import PostgresDsn, computed_field\n" SETTINGS ("  host: str = 'h'\n  db: str\n"
               "  @computed_field\n  @property\n  def database_url(self) -> PostgresDsn:\n"
               "    return PostgresDsn.build(scheme='postgresql', host=self.host, path=self.db)\n") }) },
  { "settings-validator", FROM_SETTINGS,
    "if(not(is-none(default(env*(database_url), None))), default(env*(database_url), None), join('postgresql://', "
    "need(env*(host)), '/d'))",
    MODULES ({ "app.config", "from pydantic import validator\n" SETTINGS ("  host: str\n  database_url: Optional[str] = None\n"
               "  @validator('database_url', pre=True)\n  def assemble(cls, v, values):\n    if isinstance(v, str):\n"
               "      return v\n    return f\"postgresql://{values.get('host')}/d\"\n") }) },
  { "settings-field-validator", FROM_SETTINGS,
    "replace(need(env*(database_url)), 'postgres://', 'postgresql://', 1)",
    MODULES ({ "app.config", "from pydantic import field_validator\n" SETTINGS ("  database_url: str\n"
               "  @field_validator('database_url', mode='before')\n  @classmethod\n  def fix(cls, v):\n"
               "    return v.replace('postgres://', 'postgresql://', 1)\n") }) },
  { "settings-model-validator", FROM_SETTINGS, "join('postgresql://', need(env*(host)), '/d')",
    MODULES ({ "app.config", "from pydantic import model_validator\n" SETTINGS ("  host: str\n  database_url: str = ''\n"
               "  @model_validator(mode='after')\n  def fill(self):\n    self.database_url = f'postgresql://{self.host}/d'\n"
               "    return self\n") }) },
  { "settings-own-sources", FROM_SETTINGS, "unknown",
    MODULES ({ "app.config", SETTINGS ("  database_url: str = 'sqlite:///a.db'\n  @classmethod\n"
               "  def settings_customise_sources(cls, **kw):\n    return ()\n") }) },
  { "settings-nested", "from app.config import settings\n" ENGINE ("settings.db.url"),
    "if(is-none(env*(db .env)), default(env*(db__url .env), 'sqlite:///a.db'), unknown)",
    MODULES ({ "app.config", "from pydantic import BaseModel\nclass Db(BaseModel):\n  url: str = 'sqlite:///a.db'\n"
               SETTINGS ("  model_config = SettingsConfigDict(env_nested_delimiter='__', env_file='.env')\n  db: Db = Db()\n") }) },
  { "settings-in-settings", "from app.config import settings\n" ENGINE ("settings.db.url"), "if(is-none(env*(db)), need(env*(DB_url)), unknown)",
    MODULES ({ "app.config", "from pydantic_settings import BaseSettings, SettingsConfigDict\nclass Db(BaseSettings):\n"
               "  model_config = SettingsConfigDict(env_prefix='DB_')\n  url: str\n" SETTINGS ("  db: Db = Db()\n") }) },
  { "settings-cached", "from app.config import get\n" ENGINE ("get().url"), "need(env*(url))",
    MODULES ({ "app.config", "from functools import lru_cache\nfrom pydantic import BaseSettings\nclass S(BaseSettings):\n"
               "  url: str\n@lru_cache()\ndef get():\n  return S()\n" }) },
  { "settings-inherited", FROM_SETTINGS, "need(env*(X_database_url))",
    MODULES ({ "app.config", "from pydantic import BaseSettings\nclass Base(BaseSettings):\n  database_url: str\n"
               "class S(Base):\n  class Config:\n    env_prefix = 'X_'\nsettings = S()\n" }) },
  { "settings-flag", FROM_SETTINGS, "if(default(flag(env*(testing)), False), 'sqlite:///t.db', 'sqlite:///d.db')",
    MODULES ({ "app.config", SETTINGS ("  testing: bool = False\n  @property\n  def database_url(self):\n"
               "    return 'sqlite:///t.db' if self.testing else 'sqlite:///d.db'\n") }) },
  { "settings-given", "from app.config import Settings\n" ENGINE ("Settings(database_url='sqlite:///g.db').database_url"),
    "'sqlite:///g.db'", MODULES ({ "app.config", SETTINGS ("  database_url: str\n") }) },

  /* .env files */
  { "dotenv", "from dotenv import load_dotenv\nload_dotenv()\n" ENGINE ("os.environ['U']"),
    "need(env(U /project/migrations/..))", NULL },
  { "dotenv-after", ENGINE ("os.environ['U']") "from dotenv import load_dotenv\nload_dotenv()\n", "need(env(U))", NULL },
  { "dotenv-path", "from dotenv import load_dotenv\nload_dotenv('.env.local', override=True)\n" ENGINE ("os.getenv('U')"),
    "env(U ^.env.local)", NULL },
  { "dotenv-two", "import dotenv\ndotenv.load_dotenv('.env.local')\ndotenv.load_dotenv('.env')\n" ENGINE ("os.getenv('U')"),
    "env(U .env.local .env)", NULL },
  { "dotenv-find", "from dotenv import load_dotenv, find_dotenv\nload_dotenv(find_dotenv(usecwd=True))\n" ENGINE ("os.getenv('U')"),
    "env(U ./..)", NULL },
  { "dotenv-beside-the-code", "from pathlib import Path\nfrom dotenv import load_dotenv\n"
    "load_dotenv(dotenv_path=Path(__file__).resolve().parents[1] / '.env')\n" ENGINE ("os.getenv('U')"),
    "env(U /project/.env)", NULL },
  { "dotenv-guarded", "try:\n  from dotenv import load_dotenv\n  load_dotenv()\nexcept ImportError:\n  pass\n" ENGINE ("os.getenv('U')"),
    "env(U /project/migrations/..)", NULL },
  { "dotenv-if-there", "import os\nfrom dotenv import load_dotenv\nif os.path.exists('.env'):\n  load_dotenv('.env')\n"
    ENGINE ("os.getenv('U')"), "if(exists(.env), env(U .env), env(U))", NULL },
  { "dotenv-if-unknown", "import socket\nfrom dotenv import load_dotenv\nif socket.gethostname():\n  load_dotenv('.env')\n"
    ENGINE ("os.getenv('U')"), "env(U ?)", NULL },
  { "after-unknown-call", "from elsewhere import prepare\nprepare()\n" ENGINE ("os.getenv('U')"), "unknown", NULL },
  { "dotenv-if-stage", "import os\nfrom dotenv import load_dotenv\nif os.getenv('E') != 'prod':\n  load_dotenv('.env')\n"
    ENGINE ("os.getenv('U')"), "if(not(equals(env(E), 'prod')), env(U .env), env(U))", NULL },
  { "dotenv-in-a-module", "from app import models\n" ENGINE ("os.environ['U']"), "need(env(U /project/..))",
    MODULES ({ "app/", "" }, { "app.models", "from app.base import Base\n" },
             { "app.base", "from app import start\n" }, { "app.start", "from dotenv import load_dotenv\nload_dotenv()\n" }) },
  { "dotenv-in-a-later-module", "import os\nurl = os.getenv('U')\nfrom app import models\n" ENGINE ("url"), "env(U)",
    MODULES ({ "app/", "" }, { "app.models", "from dotenv import load_dotenv\nload_dotenv()\n" }) },
  { "dotenv-after-the-import", "from app import URL\nfrom dotenv import load_dotenv\nload_dotenv()\n" ENGINE ("URL"), "env(U)",
    MODULES ({ "app", "import os\nURL = os.getenv('U')\n" }) },
  { "dotenv-and-settings", "from dotenv import load_dotenv\nload_dotenv('.env.local')\n" FROM_SETTINGS,
    "need(env*(database_url .env.local .env))",
    MODULES ({ "app.config", SETTINGS ("  model_config = SettingsConfigDict(env_file='.env')\n  database_url: str\n") }) },
  { "environ-set", "import os\nos.environ['U'] = 'sqlite:///a.db'\n" ENGINE ("os.getenv('U')"), "'sqlite:///a.db'", NULL },
  { "environ-default", "import os\nos.environ.setdefault('U', 'sqlite:///a.db')\n" ENGINE ("os.environ['U']"),
    "need(default(env(U), 'sqlite:///a.db'))", NULL },
  { "decouple", "from decouple import config as c\n" ENGINE ("c('U', default='sqlite:///a.db')"),
    "default(env(U /project/migrations/..), 'sqlite:///a.db')", NULL },
  { "decouple-needed", "from decouple import config as c\n" ENGINE ("c('U')"), "need(env(U /project/migrations/..))", NULL },
  { "environs", "from environs import Env\nenv = Env()\nenv.read_env()\n" ENGINE ("env.str('U')"),
    "need(env(U /project/migrations/..))", NULL },
  { "environs-prefix", "from environs import Env\nenv = Env()\nwith env.prefixed('DB_'):\n  url = env('U')\n" ENGINE ("url"),
    "unknown", NULL },
  { "starlette", "from starlette.config import Config\nc = Config('.env')\n" ENGINE ("c('U', cast=str, default='sqlite://')"),
    "default(env(U .env), 'sqlite://')", NULL },
  { "dotenv-values", "from dotenv import dotenv_values\nc = dotenv_values('.env')\n" ENGINE ("c['U']"), "need(file(U .env))", NULL },
};

static void
test_url (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataEnvFacts) facts = read_case (test->script, test->modules, "alembic", findings);
  g_autofree char *url = strata_env_value_to_string (strata_env_facts_get_url (facts));

  g_assert_cmpstr (url, ==, test->url);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/env/modules/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_url);
    }

  return g_test_run ();
}
