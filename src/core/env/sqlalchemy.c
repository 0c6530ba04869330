/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const StrataEnvValue *
unknown (StrataEnvReader *self,
         StrataPlace      place,
         const char      *reason)
{
  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place, reason);
}

gboolean
strata_env_redirects (StrataEnvReader *self,
                      StrataEnvThing  *arguments)
{
  static const char * const keys[] = {
    "database", "db", "dbname", "dsn", "host", "hostaddr", "passfile", "passwd", "password", "port", "service",
    "unix_socket", "user", "username",
  };
  StrataEnvThing *options;

  if (arguments == NULL || (arguments->kind == STRATA_THING_VALUE && arguments->value->op == STRATA_ENV_OP_NONE))
    return FALSE;
  if (arguments->kind == STRATA_THING_CHOICE)
    return strata_env_redirects (self, arguments->first) || strata_env_redirects (self, arguments->second);
  if (arguments->kind != STRATA_THING_DICT || arguments->is_open)
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    if (strata_env_cell_get (arguments, keys[i]) != NULL)
      return TRUE;

  options = strata_env_cell_get (arguments, "options");
  if (strata_env_thing_is_text (options, NULL) && strstr (options->value->text, "search_path") != NULL)
    self->traits |= STRATA_ENV_SETS_SEARCH_PATH;

  return FALSE;
}

/* What else is said of the engine may change where it connects to. */
static const StrataEnvValue *
check_engine (StrataEnvReader      *self,
              StrataEnvCall        *call,
              const StrataEnvValue *url)
{
  static const char * const makers[] = { "async_creator", "creator", "module", "plugins", "pool", "strategy" };

  for (guint i = 0; i < G_N_ELEMENTS (makers); i++)
    if (strata_env_call_get (call, G_MAXUINT, makers[i]) != NULL)
      return unknown (self, call->place, _("the connection is made by a function of its own"));
  if (call->is_open)
    return unknown (self, call->place, _("what else is said of the engine was not followed"));
  if (strata_env_redirects (self, strata_env_call_get (call, G_MAXUINT, "connect_args")))
    return unknown (self, call->place, _("connect_args say where to connect to"));

  return url;
}

/* event.listen (engine, "do_connect", f): the function may connect to anything else. */
static StrataEnvThing *
call_listen (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *event = strata_env_call_get (call, 1, "identifier");

  if (!strata_env_thing_is_text (event, NULL) || strcmp (event->value->text, "do_connect") == 0)
    strata_env_lose (self, call->place, _("a function changes how connections are made"));

  return NULL;
}

static StrataEnvThing *
call_create_engine (StrataEnvReader *self,
                    StrataEnvCall   *call)
{
  StrataEnvThing *url = strata_env_call_get (call, 0, "url");

  if (url == NULL)
    return NULL;

  return strata_env_thing_with (self, STRATA_THING_ENGINE, call->place,
                                check_engine (self, call, strata_env_thing_to_value (self, url)));
}

static StrataEnvThing *
call_create_async_engine (StrataEnvReader *self,
                          StrataEnvCall   *call)
{
  self->traits |= STRATA_ENV_ASYNC;

  return call_create_engine (self, call);
}

/* engine_from_config(section, prefix="sqlalchemy.", url=...) */
static StrataEnvThing *
call_engine_from_config (StrataEnvReader *self,
                         StrataEnvCall   *call)
{
  StrataEnvThing *section = strata_env_call_get (call, 0, "configuration");
  StrataEnvThing *prefix = strata_env_call_get (call, 1, "prefix");
  StrataEnvThing *url = strata_env_call_get (call, G_MAXUINT, "url");
  g_autofree char *key = NULL;

  if (section == NULL || (prefix != NULL && !strata_env_thing_is_text (prefix, NULL)))
    return NULL;

  key = g_strconcat (prefix != NULL ? prefix->value->text : "sqlalchemy.", "url", NULL);
  if (url == NULL)
    url = strata_env_find_item (self, call->place, section, strata_env_thing_of_text (self, call->place, key));
  if (url == NULL)
    url = section->kind == STRATA_THING_VALUE ? section : strata_env_no_idea (self, call);

  return strata_env_thing_with (self, STRATA_THING_ENGINE, call->place,
                                check_engine (self, call, strata_env_need (self, strata_env_thing_to_value (self, url))));
}

static StrataEnvThing *
call_async_engine_from_config (StrataEnvReader *self,
                               StrataEnvCall   *call)
{
  self->traits |= STRATA_ENV_ASYNC;

  return call_engine_from_config (self, call);
}

/* AsyncEngine(engine) */
static StrataEnvThing *
call_wrap_engine (StrataEnvReader *self,
                  StrataEnvCall   *call)
{
  self->traits |= STRATA_ENV_ASYNC;

  return strata_env_call_get (call, 0, "sync_engine");
}

static StrataEnvThing *
call_make_url (StrataEnvReader *self,
               StrataEnvCall   *call)
{
  StrataEnvThing *url = strata_env_call_get (call, 0, "name_or_url");

  return url != NULL ? strata_env_thing_with (self, STRATA_THING_URL, call->place, strata_env_thing_to_value (self, url))
                     : NULL;
}

static gboolean
is_none (const StrataEnvValue *value)
{
  return value == NULL || value->op == STRATA_ENV_OP_NONE;
}

/* A part with what stands before it, or nothing where it is None. */
static const StrataEnvValue *
optional_part (StrataEnvReader      *self,
               StrataPlace           place,
               const char           *before,
               const StrataEnvValue *part,
               gboolean              quoted)
{
  const StrataEnvValue *text;

  if (is_none (part))
    return strata_env_text (self, place, "");

  text = quoted ? strata_env_value_new_op (self->arena, STRATA_ENV_OP_QUOTE, place, 0, 1, part) : part;
  text = strata_env_join (self, place, 2, strata_env_text (self, place, before), text);
  if (strata_env_value_is_literal (part))
    return text;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3,
                                  strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, place, 0, 1, part),
                                  strata_env_text (self, place, ""), text);
}

static const StrataEnvValue *
get_part (StrataEnvReader *self,
          StrataEnvCall   *call,
          guint            position,
          const char      *name)
{
  StrataEnvThing *thing = strata_env_call_get (call, position, name);

  return thing != NULL ? strata_env_thing_to_value (self, thing) : NULL;
}

/* The names and positions of the parts of a URL, as makers of URLs have them. */
typedef struct
{
  const char *scheme, *user, *password, *host, *port, *path;
  gboolean    is_quoted;      /* user and password come plain, and are quoted here */
  gboolean    has_slash;      /* the path may begin with the slash that parts it from the host */
} UrlNames;

static StrataEnvThing *
build_url (StrataEnvReader *self,
           StrataEnvCall   *call,
           const UrlNames  *names)
{
  StrataPlace place = call->place;
  const StrataEnvValue *scheme = get_part (self, call, 0, names->scheme);
  const StrataEnvValue *user = get_part (self, call, 1, names->user);
  const StrataEnvValue *password = get_part (self, call, 2, names->password);
  const StrataEnvValue *host = get_part (self, call, 3, names->host);
  const StrataEnvValue *port = get_part (self, call, 4, names->port);
  const StrataEnvValue *path = get_part (self, call, 5, names->path);
  StrataEnvThing *query = strata_env_call_get (call, 6, "query");
  const StrataEnvValue *login;

  if (scheme == NULL || call->is_open || (query != NULL && strata_env_value_get_truth (strata_env_truth (self, query))
                                                           != STRATA_ENV_NEVER))
    return strata_env_thing_with (self, STRATA_THING_URL, place,
                                  unknown (self, place, _("this URL has parts that were not followed")));

  login = strata_env_join (self, place, 2, optional_part (self, place, "", user, names->is_quoted),
                           optional_part (self, place, ":", password, names->is_quoted));
  if (!is_none (user))
    login = strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, login,
                                     strata_env_join (self, place, 2, login, strata_env_text (self, place, "@")),
                                     strata_env_text (self, place, ""));
  if (names->has_slash && path != NULL && path->op != STRATA_ENV_OP_NONE)
    path = strata_env_value_new_op (self->arena, STRATA_ENV_OP_CUT, place, 1, 2, path,
                                    strata_env_text (self, place, "/"));

  return strata_env_thing_with (self, STRATA_THING_URL, place,
                                strata_env_join (self, place, 6, scheme, strata_env_text (self, place, "://"), login,
                                                 optional_part (self, place, "", host, FALSE),
                                                 optional_part (self, place, ":", port, FALSE),
                                                 optional_part (self, place, "/", path, FALSE)));
}

static StrataEnvThing *
call_create_url (StrataEnvReader *self,
                 StrataEnvCall   *call)
{
  static const UrlNames names = { "drivername", "username", "password", "host", "port", "database", TRUE, FALSE };

  return build_url (self, call, &names);
}

/* PostgresDsn.build(): version 1 has "user", version 2 "username" and sometimes "hosts". */
static StrataEnvThing *
call_build_dsn (StrataEnvReader *self,
                StrataEnvCall   *call)
{
  static const UrlNames first = { "scheme", "user", "password", "host", "port", "path", FALSE, TRUE };
  static const UrlNames second = { "scheme", "username", "password", "host", "port", "path", FALSE, TRUE };

  if (strata_env_call_get (call, G_MAXUINT, "hosts") != NULL || call->arguments->len > 0)
    return NULL;

  return build_url (self, call, strata_env_call_get (call, G_MAXUINT, "user") != NULL ? &first : &second);
}

static StrataEnvThing *
call_text (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  return strata_env_call_get (call, 0, NULL);
}

static StrataEnvThing *
make_secret (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *text = strata_env_call_get (call, 0, "secret_value");
  StrataEnvThing *secret;

  if (text == NULL)
    return NULL;

  secret = strata_env_thing_with (self, STRATA_THING_OBJECT, call->place, strata_env_thing_to_value (self, text));
  secret->text = STRATA_ENV_SECRET;

  return secret;
}

/* By the last part of the name: SQLAlchemy has most of them in several modules. */
static const StrataEnvNative functions[] = {
  { "AsyncEngine", call_wrap_engine },
  { "URL", call_create_url },
  { "async_engine_from_config", call_async_engine_from_config },
  { "create_async_engine", call_create_async_engine },
  { "create_engine", call_create_engine },
  { "engine_from_config", call_engine_from_config },
  { "listen", call_listen },
  { "listens_for", call_listen },
  { "make_url", call_make_url },
  { "text", call_text },
};

static gboolean
is_of (const char *name,
       const char *root)
{
  gsize length = strlen (root);

  return strncmp (name, root, length) == 0 && name[length] == '.';
}

StrataEnvThing *
strata_env_call_sqlalchemy (StrataEnvReader *self,
                            const char      *name,
                            StrataEnvCall   *call)
{
  const char *last = strrchr (name, '.');

  if (last == NULL)
    return NULL;
  if (is_of (name, "pydantic") || is_of (name, "pydantic_core") || is_of (name, "pydantic_settings"))
    {
      if (g_str_has_suffix (name, "Dsn.build") || g_str_has_suffix (name, "Url.build"))
        return call_build_dsn (self, call);
      if (g_str_has_suffix (name, ".SecretStr"))
        return make_secret (self, call);
      if (g_str_has_suffix (name, "Dsn") || g_str_has_suffix (name, "Url") || g_str_has_suffix (name, ".parse_obj_as"))
        return strata_env_call_get (call, g_str_has_suffix (name, ".parse_obj_as") ? 1 : 0, "url");
      return NULL;
    }
  if (!is_of (name, "sqlalchemy") && !is_of (name, "sqlmodel"))
    return NULL;

  if (g_str_has_suffix (name, ".URL.create"))
    return call_create_url (self, call);
  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, last + 1) == 0)
      return functions[i].call (self, call);

  return NULL;
}

/* SET search_path, SET ROLE, USE: later names mean something else than they seem to. */
static void
look_at_statement (StrataEnvReader *self,
                   StrataEnvThing  *statement)
{
  static const char * const words[] = { "set search_path", "set role", "set schema", "set local search_path",
                                        "set session authorization", "use " };
  const StrataEnvValue *value = statement != NULL ? strata_env_thing_to_value (self, statement) : NULL;
  g_autofree char *lower = NULL;

  if (value != NULL && value->op == STRATA_ENV_OP_JOIN)
    value = value->parts[0];
  if (value == NULL || value->op != STRATA_ENV_OP_TEXT)
    return;

  lower = g_ascii_strdown (value->text, -1);
  g_strchug (lower);
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (lower, words[i]))
      self->traits |= STRATA_ENV_SETS_SEARCH_PATH;
}

StrataEnvThing *
strata_env_call_database (StrataEnvReader *self,
                          StrataEnvThing  *thing,
                          const char      *name,
                          StrataEnvCall   *call)
{
  StrataEnvThing *function = strata_env_call_get (call, 0, NULL);

  if (strcmp (name, "connect") == 0 || strcmp (name, "begin") == 0 || strcmp (name, "raw_connection") == 0)
    return strata_env_thing_with (self, STRATA_THING_CONNECTION, call->place, thing->value);
  if (strcmp (name, "execution_options") == 0)
    return thing;
  if (strcmp (name, "run_sync") == 0 && function != NULL)
    {
      g_autoptr(GPtrArray) arguments = g_ptr_array_copy (call->arguments, NULL, NULL);
      StrataEnvCall copy = *call;

      arguments->pdata[0] = thing;
      copy.arguments = arguments;
      return strata_env_call (self, function, &copy);
    }
  if (strcmp (name, "execute") == 0 || strcmp (name, "exec_driver_sql") == 0)
    look_at_statement (self, function);

  return strata_env_thing_outside (self, call->place, "sqlalchemy.result");
}

/* The URL of a connection, an engine, or one of two. */
StrataEnvThing *
strata_env_connection_url (StrataEnvReader *self,
                           StrataEnvThing  *thing)
{
  if (thing->kind == STRATA_THING_CONNECTION || thing->kind == STRATA_THING_ENGINE)
    return strata_env_thing_of_value (self, thing->value);
  if (thing->kind == STRATA_THING_CHOICE)
    return strata_env_thing_choice (self, thing->value, strata_env_connection_url (self, thing->first),
                                    strata_env_connection_url (self, thing->second));

  return strata_env_thing_of_value (self, strata_env_thing_to_value (self, thing));
}
