/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/flask-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

gboolean
strata_env_is_flask_app (const StrataEnvThing *thing)
{
  if (thing == NULL)
    return FALSE;
  if (thing->kind == STRATA_THING_CHOICE)
    return strata_env_is_flask_app (thing->first) && strata_env_is_flask_app (thing->second);

  return thing->kind == STRATA_THING_OBJECT && strcmp (thing->text, STRATA_ENV_FLASK) == 0;
}

/* What all of them have under a name. */
static StrataEnvThing *
get_cell (StrataEnvReader *self,
          StrataEnvThing  *app,
          const char      *name)
{
  StrataEnvThing *first, *second;

  if (app->kind != STRATA_THING_CHOICE)
    return strata_env_cell_get (app, name);

  first = get_cell (self, app->first, name);
  second = get_cell (self, app->second, name);

  return first != NULL && second != NULL ? strata_env_thing_choice (self, app->value, first, second) : NULL;
}

/* The folder that the first package of a module stands in, where Flask puts "instance" beside it. */
static char *
find_outer_folder (StrataEnvModule *module)
{
  char *folder = g_path_get_dirname (module->path);
  guint above = module->is_package ? 1 : 0;

  for (const char *dot = strchr (module->name, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    above++;
  while (above-- > 0)
    {
      char *parent = g_path_get_dirname (folder);

      g_free (folder);
      folder = parent;
    }

  return folder;
}

/* Of "Flask(__name__)" in a module with a name; an installed package has its instance elsewhere. */
static void
set_folders (StrataEnvReader *self,
             StrataEnvThing  *app,
             StrataEnvCall   *call)
{
  StrataEnvModule *module = call->frame->module;
  StrataEnvThing *name = strata_env_call_get (call, 0, "import_name");
  StrataEnvThing *instance = strata_env_call_get (call, G_MAXUINT, "instance_path");
  g_autofree char *folder = g_path_get_dirname (module->path);
  g_autofree char *outer = find_outer_folder (module);
  g_autofree char *path = g_build_filename (outer, "instance", NULL);
  gboolean is_own = strata_env_thing_is_text (name, module->name) && g_path_is_absolute (module->path);

  if (is_own && strata_env_call_get (call, G_MAXUINT, "root_path") == NULL)
    strata_env_cell_set (self, app, "root_path", strata_env_thing_of_text (self, call->place, folder));
  if (instance != NULL)
    strata_env_cell_set (self, app, "instance_path", instance);
  else if (is_own && !g_str_has_prefix (path, "/usr/"))
    strata_env_cell_set (self, app, "instance_path", strata_env_thing_of_text (self, call->place, path));
}

static StrataEnvThing *
call_flask (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  StrataEnvThing *app = strata_env_thing_new (self, STRATA_THING_OBJECT, call->place);
  StrataEnvThing *config = strata_env_thing_new (self, STRATA_THING_DICT, call->place);
  StrataEnvThing *relative = strata_env_call_get (call, G_MAXUINT, "instance_relative_config");
  StrataEnvTruth truth = relative != NULL ? strata_env_value_get_truth (strata_env_truth (self, relative))
                                          : STRATA_ENV_NEVER;

  app->text = STRATA_ENV_FLASK;
  config->text = STRATA_ENV_FLASK_CONFIG;
  if (call->is_open)
    return NULL;

  set_folders (self, app, call);
  if (truth != STRATA_ENV_SOMETIMES)
    config->first = strata_env_cell_get (app, truth == STRATA_ENV_ALWAYS ? "instance_path" : "root_path");
  /* What Flask itself has decided by then is not known, but none of it is the URL. */
  strata_env_cell_set (self, config, "DEBUG", strata_env_no_idea (self, call));
  strata_env_cell_set (self, config, "ENV", strata_env_no_idea (self, call));
  strata_env_cell_set (self, config, "TESTING",
                       strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_FALSE,
                                                                                   call->place, NULL)));
  strata_env_cell_set (self, app, "config", config);

  return app;
}

static StrataEnvThing *
get_config_entry (StrataEnvReader *self,
                  StrataEnvThing  *app,
                  const char      *name)
{
  StrataEnvThing *config = strata_env_cell_get (app, "config");
  StrataEnvThing *found = NULL;

  if (config != NULL && config->kind == STRATA_THING_DICT)
    found = strata_env_find_entry (self, app->place, config, strata_env_thing_of_text (self, app->place, name));

  return found != NULL ? found : strata_env_thing_unknown (self, app->place,
                                                           _("the application's configuration was not understood"));
}

/* SQLAlchemy(app) and db.init_app(app): version 3 reads the configuration now, version 2 when it connects. */
static void
bind_app (StrataEnvReader *self,
          StrataEnvThing  *app)
{
  if (app == NULL)
    return;
  if (app->kind == STRATA_THING_CHOICE)
    {
      bind_app (self, app->first);
      bind_app (self, app->second);
    }
  else if (strata_env_is_flask_app (app))
    strata_env_cell_set (self, app, STRATA_ENV_FLASK_BOUND, get_config_entry (self, app, STRATA_ENV_FLASK_URI));
}

/* Options of the engine that lead elsewhere. */
static gboolean
is_redirected (StrataEnvReader *self,
               StrataEnvThing  *app)
{
  StrataEnvThing *options = get_config_entry (self, app, "SQLALCHEMY_ENGINE_OPTIONS");
  static const char * const keys[] = { "connect_args", "creator", "module", "plugins", "pool", "url" };

  if (strata_env_is_missing (options))
    return FALSE;
  if (options->kind != STRATA_THING_DICT || options->is_open)
    return options->kind != STRATA_THING_VALUE || options->value->op == STRATA_ENV_OP_TEXT;

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      StrataEnvThing *held = strata_env_cell_get (options, keys[i]);

      if (held != NULL && (i > 0 || strata_env_redirects (self, held)))
        return TRUE;
    }

  return FALSE;
}

/* A relative SQLite file is in the instance's folder from version 3 on, and in the application's before. */
static const StrataEnvValue *
place_file (StrataEnvReader      *self,
            StrataPlace           place,
            StrataEnvThing       *app,
            const StrataEnvValue *url)
{
  guint version = strata_env_flask_read_version (self);
  StrataEnvThing *folder = version > 0 ? strata_env_cell_get (app, version >= 3 ? "instance_path" : "root_path") : NULL;

  if (folder == NULL)
    folder = strata_env_thing_unknown (self, place, version > 0 ? _("the application's folder was not understood")
                                       : _("where Flask-SQLAlchemy puts a relative SQLite file depends on its version, "
                                           "which no list of requirements says"));

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_FROM, url->place, 0, 2, url,
                                  strata_env_thing_to_value (self, folder));
}

static StrataEnvThing *
engine_unknown (StrataEnvReader *self,
                StrataPlace      place,
                const char      *reason)
{
  return strata_env_thing_with (self, STRATA_THING_ENGINE, place, strata_env_thing_unknown (self, place, reason)->value);
}

/* Flask-SQLAlchemy's: the reason why not, where its URL is not known. */
static StrataEnvThing *
get_engine (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *app)
{
  StrataEnvThing *stop, *uri, *bound;

  if (app->kind == STRATA_THING_CHOICE)
    return strata_env_thing_choice (self, app->value, get_engine (self, place, app->first),
                                    get_engine (self, place, app->second));

  uri = get_config_entry (self, app, STRATA_ENV_FLASK_URI);
  bound = strata_env_cell_get (app, STRATA_ENV_FLASK_BOUND);
  if (bound == NULL)
    return engine_unknown (self, app->place, _("where Flask-SQLAlchemy is given this application was not found"));
  if (!strata_env_thing_same (uri, bound))
    return engine_unknown (self, app->place,
                           _("SQLALCHEMY_DATABASE_URI changes after Flask-SQLAlchemy was given the application"));
  if (is_redirected (self, app))
    return engine_unknown (self, app->place, _("SQLALCHEMY_ENGINE_OPTIONS say where to connect to"));

  stop = strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_STOP, app->place,
                                                                     STRATA_ENV_FLASK_URI));
  uri = strata_env_entry_or (self, uri, stop);

  return strata_env_thing_with (self, STRATA_THING_ENGINE, place,
                                place_file (self, place, app,
                                            strata_env_need (self, strata_env_thing_to_value (self, uri))));
}

/* "get_engine()", or with None for the database that has no name. */
static StrataEnvThing *
call_get_engine (StrataEnvReader *self,
                 StrataEnvCall   *call)
{
  if (self->app == NULL || call->arguments->len + call->names->len > 0 || call->is_open)
    return NULL;

  return get_engine (self, call->place, self->app);
}

StrataEnvThing *
strata_env_call_flask (StrataEnvReader *self,
                       const char      *name,
                       StrataEnvCall   *call)
{
  if (strcmp (name, STRATA_ENV_FLASK) == 0 || strcmp (name, "flask.app.Flask") == 0)
    return call_flask (self, call);
  if (g_str_has_prefix (name, "flask.current_app.extensions[]") && g_str_has_suffix (name, "].db.get_engine"))
    return call_get_engine (self, call);
  if (g_str_has_prefix (name, "flask_sqlalchemy.SQLAlchemy") &&
      (strcmp (name, "flask_sqlalchemy.SQLAlchemy") == 0 || g_str_has_suffix (name, ".init_app")))
    bind_app (self, strata_env_call_get (call, 0, "app"));

  return NULL;
}

/* An attribute of what Flask has for the running application; NULL where it is nothing of ours. */
StrataEnvThing *
strata_env_flask_attribute (StrataEnvReader *self,
                            StrataPlace      place,
                            const char      *full)
{
  const char *name = full + strlen ("flask.current_app.");

  if (!g_str_has_prefix (full, "flask.current_app."))
    return NULL;
  if (g_str_has_suffix (full, "].configure_args"))
    return strata_env_flask_arguments (self, place);
  if (self->app == NULL)
    return NULL;
  if (g_str_has_prefix (name, "extensions[]") && g_str_has_suffix (name, "].db.engine"))
    return get_engine (self, place, self->app);

  return get_cell (self, self->app, name);
}
