/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/library.h"

#include <string.h>

/* Names of modules and of functions in them; sorted, for those who look through them. */
static const char * const silent[] = {
  "alembic.context", "builtins.print", "logging", "loguru", "structlog", "typing", "warnings", NULL,
};

static const char * const losing[] = {
  "builtins.eval", "builtins.exec", "builtins.globals", "importlib.reload", "runpy", "sys.modules",
  "unittest", NULL,
};

static const char * const importing[] = { "builtins.__import__", NULL };

/* Python's own, as far as they keep to themselves, and libraries that projects with a database are full of. None of them
 * changes the environment, or what it is given. */
static const char * const tame[] = {
  "abc", "aiohttp", "aiosqlite", "alembic", "alembic_postgresql_enum", "alembic_utils", "argparse", "arrow", "ast",
  "asyncpg", "atexit", "attr", "attrs", "azure", "base64", "bcrypt", "boto3", "botocore", "builtins", "celery",
  "click", "codecs", "collections", "colorlog", "configparser", "connection", "cryptography", "csv", "dataclasses",
  "datetime", "dateutil", "decimal", "decouple", "dotenv", "enum", "environs", "fastapi", "fastapi_users", "flask",
  "flask_login", "flask_migrate", "flask_sqlalchemy", "fnmatch", "geoalchemy2", "getpass", "glob", "google", "greenlet",
  "hashlib", "hmac", "html", "http", "httpx", "hvac", "importlib.metadata", "importlib.resources", "inspect", "io",
  "ipaddress", "itertools", "jinja2", "jose", "json", "jwt", "kombu", "locale", "marshmallow", "math", "nest_asyncio",
  "numbers", "numpy", "opentelemetry", "orjson", "os", "pandas", "passlib", "pathlib", "pendulum", "pgvector", "pkgutil",
  "platform", "pprint", "prometheus_client", "psycopg", "psycopg2", "pydantic", "pydantic_core", "pydantic_settings",
  "pymysql", "pytz",
  "queue", "random", "re", "redis", "requests", "rich", "secrets", "sentry_sdk", "shapely", "shlex", "shutil", "signal",
  "simplejson", "slowapi", "socket", "sqlalchemy", "sqlalchemy_utils", "sqlite3", "sqlmodel", "ssl", "starlette", "string",
  "stripe", "struct", "subprocess", "sys", "tempfile", "text", "textwrap", "time", "toml", "tomli", "tomlkit",
  "tomllib", "traceback", "typer", "typing_extensions", "ujson", "urllib", "uuid", "uvicorn", "uvloop", "werkzeug", "xml",
  "yaml", "yarl", "zlib", "zoneinfo", NULL,
};

/* They do what their arguments say, to their arguments. */
static const char * const obedient[] = {
  "anyio", "asyncio", "builtins.delattr", "builtins.filter", "builtins.map", "builtins.setattr", "builtins.vars",
  "concurrent", "contextlib", "contextvars", "copy", "ctypes", "functools", "itertools.starmap", "multiprocessing",
  "operator", "sched", "tenacity", "threading", "types", "weakref", NULL,
};

/* Whether a name is on the list, or is of a module that is. */
static gboolean
is_of (const char         *name,
       const char * const *list)
{
  for (guint i = 0; list[i] != NULL; i++)
    {
      gsize length = strlen (list[i]);

      if (strncmp (name, list[i], length) == 0 && (name[length] == '\0' || strchr (".([", name[length]) != NULL))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_word (const char         *name,
          const char * const *words)
{
  g_autofree char *lower = g_ascii_strdown (name, -1);

  for (guint i = 0; words[i] != NULL; i++)
    if (strstr (lower, words[i]) != NULL)
      return TRUE;

  return FALSE;
}

/* Extensions of Flask read the configuration that they are given, but for those that are about it. */
static gboolean
is_flask_extension (const char *name)
{
  static const char * const words[] = { "conf", "consul", "dynaconf", "env", "secret", "setting", "vault", NULL };
  g_autofree char *root = g_strndup (name, strcspn (name, ".(["));

  return g_str_has_prefix (root, "flask_") && !has_word (root, words);
}

StrataEnvCare
strata_env_library_get_care (const char *name)
{
  static const char * const loaders[] = { "load_dotenv", "load_env", "loadenv", "read_env", "readenv", "setenv", NULL };

  if (is_of (name, losing))
    return STRATA_ENV_LOSES;
  if (is_of (name, silent))
    return STRATA_ENV_NEVER_FAILS;
  if (has_word (name, loaders))
    return STRATA_ENV_CHANGES_ANYTHING;
  if (is_of (name, obedient))
    return STRATA_ENV_CHANGES_ITS_OWN;

  /* A module that is not known may do anything. */
  if (is_of (name, importing))
    return STRATA_ENV_CHANGES_ANYTHING;
  if (is_of (name, tame) || strata_env_library_is_met (name) || is_flask_extension (name))
    return STRATA_ENV_IN_ITSELF;

  return STRATA_ENV_CHANGES_ANYTHING;
}

/* They read .env when they are imported, whatever they are about. */
static const char * const loading[] = { "browser_use", "chainlit", "crewai", "dspy", "litellm", NULL };

gboolean
strata_env_library_is_loader (const char *name)
{
  static const char * const words[] = { "bootstrap", "config", "env", "secret", "setting", "vault", NULL };

  if (is_of (name, loading))
    return TRUE;

  return strata_env_library_get_care (name) >= STRATA_ENV_CHANGES_ANYTHING && !strata_env_is_well_known (name) &&
         has_word (name, words);
}

gboolean
strata_env_is_well_known (const char *name)
{
  static const char * const roots[] = {
    "alembic", "asyncio", "collections", "concurrent", "contextlib", "copy", "dataclasses", "datetime", "decouple",
    "dotenv", "enum", "environs", "fastapi", "flask", "functools", "importlib", "itertools", "json", "logging", "operator",
    "os", "pathlib", "pydantic", "pydantic_core", "pydantic_settings", "re", "sqlalchemy", "sqlmodel", "starlette", "sys", "threading",
    "typing", "unittest", "urllib", "uuid", "warnings", NULL,
  };

  return is_of (name, roots);
}

/* What is not known is a text, a dict or a file more often than not, by the name of the method. */
gboolean
strata_env_looks (const StrataEnvThing *member)
{
  static const char * const of_dicts[] = { "__len__", "count", "get", "index", "items", "keys", "values", NULL };
  static const char * const names[] = {
    "__len__", "as_posix", "capitalize", "casefold", "close", "count", "date", "decode", "digest", "encode", "endswith",
    "exists", "find", "findall", "finditer", "format", "fullmatch", "get", "get_secret_value", "group", "groupdict", "groups",
    "hexdigest", "index", "is_dir", "is_file", "isdigit", "isoformat", "items", "join", "joinpath", "keys", "lower", "lstrip",
    "match", "mkdir", "parent", "partition", "read", "read_text", "readlines", "relative_to", "render_as_string", "replace",
    "resolve", "rpartition", "rsplit", "rstrip", "search", "split", "splitlines", "startswith", "strftime", "strip", "sub",
    "timestamp", "title", "total_seconds", "touch", "unicode_string", "upper", "values", "with_suffix", NULL,
  };
  StrataEnvThing *owner = member->first;

  if (owner->kind == STRATA_THING_MEMBER)
    return strata_env_looks (owner);
  if (owner->kind == STRATA_THING_VALUE || owner->kind == STRATA_THING_URL)
    return owner->value->op != STRATA_ENV_OP_UNKNOWN || g_strv_contains (names, member->text);
  if (owner->kind == STRATA_THING_DICT || owner->kind == STRATA_THING_LIST || owner->kind == STRATA_THING_SECTION)
    return g_strv_contains (of_dicts, member->text);

  return owner->kind == STRATA_THING_PATH;
}
