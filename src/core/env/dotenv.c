/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/parser.h"

#include <string.h>

static gboolean
is_true (StrataEnvReader *self,
         StrataEnvThing  *thing)
{
  return thing != NULL && strata_env_value_get_truth (strata_env_truth (self, thing)) == STRATA_ENV_ALWAYS;
}

/* Whether the file wins over the environment; where that is not known, nothing is known of what it decides. */
static void
set_override (StrataEnvReader *self,
              StrataEnvFile   *file,
              StrataEnvThing  *override)
{
  file->overrides = is_true (self, override);
  if (override != NULL && strata_env_value_get_truth (strata_env_truth (self, override)) == STRATA_ENV_SOMETIMES)
    {
      file->overrides = TRUE;
      file->path = NULL;
    }
}

/* find_dotenv() looks from the folder of the code that calls it upwards, or from where Alembic was started. */
static StrataEnvFile
find_file (StrataEnvReader *self,
           StrataEnvCall   *call,
           StrataEnvThing  *found)
{
  StrataEnvFile file = { NULL, TRUE, FALSE, call->place };
  StrataEnvThing *name = strata_env_cell_get (found, "filename");
  gboolean from_here = is_true (self, strata_env_cell_get (found, "usecwd")) ||
                       (found->n_items > 2 && is_true (self, found->items[2]));

  if (name == NULL && found->n_items > 0)
    name = found->items[0];
  if (!found->is_open && (name == NULL || strata_env_thing_is_text (name, ".env")))
    file.path = from_here ? "." : strata_env_own_folder (self, call->frame);

  return file;
}

/* The file that load_dotenv() and dotenv_values() are told to read. */
static StrataEnvFile
get_file (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  StrataEnvThing *path = strata_env_call_get (call, 0, "dotenv_path");
  StrataEnvThing *stream = strata_env_call_get (call, 1, "stream");
  StrataEnvFile file = { NULL, FALSE, FALSE, call->place };

  if (path != NULL && path->kind == STRATA_THING_VALUE && path->value->op == STRATA_ENV_OP_NONE)
    path = NULL;

  if (path == NULL && stream == NULL && !call->is_open)
    file = (StrataEnvFile) { strata_env_own_folder (self, call->frame), TRUE, FALSE, call->place };
  else if (path != NULL && path->kind == STRATA_THING_OBJECT && g_str_has_suffix (path->text, "find_dotenv"))
    file = find_file (self, call, path);
  else
    file.path = strata_env_literal_path (self, path);

  return file;
}

static StrataEnvThing *
call_load_dotenv (StrataEnvReader *self,
                  StrataEnvCall   *call)
{
  StrataEnvFile file = get_file (self, call);

  set_override (self, &file, strata_env_call_get (call, 3, "override"));
  strata_env_load_file (self, &file);

  return strata_env_thing_of_value (self, strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, call->place, NULL));
}

/* The entries of the file, as a dict. */
static StrataEnvThing *
call_dotenv_values (StrataEnvReader *self,
                    StrataEnvCall   *call)
{
  StrataEnvThing *values = strata_env_thing_new (self, STRATA_THING_SECTION, call->place);

  values->op = STRATA_ENV_OP_VARIABLE;
  values->file = get_file (self, call);
  strata_env_place_file (self, &values->file);

  return values;
}

static StrataEnvThing *
as_flag_or_number (StrataEnvReader      *self,
                   StrataPlace           place,
                   const StrataEnvValue *value,
                   StrataEnvThing       *cast)
{
  const char *type = cast != NULL && cast->kind == STRATA_THING_OUTSIDE ? cast->text : "";

  if (strcmp (type, "builtins.bool") == 0)
    value = strata_env_value_new_op (self->arena, STRATA_ENV_OP_FLAG, place, 0, 1, value);
  else if (cast != NULL && cast->kind != STRATA_THING_OUTSIDE)
    return NULL;

  return strata_env_thing_of_value (self, value);
}

/* decouple's config("X", default=...), Starlette's config("X", cast=str, default=...): the environment, then the file. */
static StrataEnvThing *
call_config (StrataEnvReader *self,
             StrataEnvCall   *call,
             StrataEnvFile   *file)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *otherwise = strata_env_call_get (call, G_MAXUINT, "default");
  const StrataEnvValue *value;

  if (!strata_env_thing_is_text (name, NULL) || call->is_open)
    return NULL;

  if (file != NULL)
    strata_env_place_file (self, file);
  value = strata_env_variable (self, call->place, name->value->text, FALSE, file, file != NULL ? 1 : 0);
  value = otherwise != NULL ? strata_env_default (self, value, otherwise) : strata_env_need (self, value);

  return as_flag_or_number (self, call->place, value, strata_env_call_get (call, G_MAXUINT, "cast"));
}

static gboolean
has_file (const char *folder,
          const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Of each folder upwards, decouple takes a settings.ini before a .env. */
static gboolean
finds_ini (const char *folder)
{
  g_autofree char *here = g_strdup (folder);

  while (!has_file (here, "settings.ini"))
    {
      g_autofree char *parent = g_path_get_dirname (here);

      if (has_file (here, ".env") || g_str_equal (parent, here))
        return FALSE;
      g_free (here);
      here = g_steal_pointer (&parent);
    }

  return TRUE;
}

static StrataEnvThing *
call_decouple (StrataEnvReader *self,
               StrataEnvCall   *call)
{
  StrataEnvFile file = { strata_env_own_folder (self, call->frame), TRUE, FALSE, call->place };

  /* Which is not read here. */
  return finds_ini (file.path) ? NULL : call_config (self, call, &file);
}

StrataEnvThing *
strata_env_call_dotenv (StrataEnvReader *self,
                        const char      *name,
                        StrataEnvCall   *call)
{
  if (strcmp (name, "dotenv.load_dotenv") == 0 || strcmp (name, "dotenv.main.load_dotenv") == 0)
    return call_load_dotenv (self, call);
  if (strcmp (name, "dotenv.dotenv_values") == 0 || strcmp (name, "dotenv.main.dotenv_values") == 0)
    return call_dotenv_values (self, call);
  if (strcmp (name, "decouple.config") == 0)
    return call_decouple (self, call);

  return NULL;
}

/* env("X", default), env.str("X"), env.int("X") of environs. */
static StrataEnvThing *
call_environs (StrataEnvReader *self,
               StrataEnvThing  *env,
               const char      *name,
               StrataEnvCall   *call)
{
  static const char * const readers[] = { "()", "bool", "int", "str", NULL };
  StrataEnvThing *variable = strata_env_call_get (call, 0, "name");
  StrataEnvThing *otherwise = strata_env_call_get (call, 1, "default");
  StrataEnvThing *path = strata_env_call_get (call, 0, "path");
  StrataEnvFile file = { NULL, FALSE, FALSE, call->place };
  const StrataEnvValue *value;

  if (strcmp (name, "read_env") == 0)
    {
      file.upwards = path == NULL;
      file.path = path == NULL ? strata_env_own_folder (self, call->frame) : strata_env_literal_path (self, path);
      set_override (self, &file, strata_env_call_get (call, 3, "override"));
      strata_env_load_file (self, &file);
      return strata_env_thing_none (self, call->place);
    }
  if (!g_strv_contains (readers, name) || !strata_env_thing_is_text (variable, NULL) || env->is_open || call->is_open ||
      env->n_items > 0 || env->cells != NULL)
    {
      /* "with env.prefixed(...)": names are not what they seem from here on. */
      env->is_open = TRUE;
      return NULL;
    }

  value = strata_env_variable (self, call->place, variable->value->text, FALSE, NULL, 0);
  value = otherwise != NULL ? strata_env_default (self, value, otherwise) : strata_env_need (self, value);
  if (strcmp (name, "bool") == 0)
    value = strata_env_value_new_op (self->arena, STRATA_ENV_OP_FLAG, call->place, 0, 1, value);

  return strata_env_thing_of_value (self, value);
}

/* What is given now comes after what was given then, and wins over it by name. */
static StrataEnvThing *
call_bound_partial (StrataEnvReader *self,
                    StrataEnvThing  *partial,
                    StrataEnvCall   *call)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr(GPtrArray) names = g_ptr_array_copy (call->names, NULL, NULL);
  g_autoptr(GPtrArray) keywords = g_ptr_array_copy (call->keywords, NULL, NULL);
  StrataEnvCall copy = *call;
  GHashTableIter iter;
  gpointer name, thing;

  for (guint i = 1; i < partial->n_items; i++)
    g_ptr_array_add (arguments, partial->items[i]);
  for (guint i = 0; i < call->arguments->len; i++)
    g_ptr_array_add (arguments, call->arguments->pdata[i]);

  if (partial->cells != NULL)
    {
      g_hash_table_iter_init (&iter, partial->cells);
      while (g_hash_table_iter_next (&iter, &name, &thing))
        if (thing != NULL && !g_ptr_array_find_with_equal_func (call->names, name, g_str_equal, NULL))
          {
            g_ptr_array_add (names, name);
            g_ptr_array_add (keywords, thing);
          }
    }

  copy.arguments = arguments;
  copy.names = names;
  copy.keywords = keywords;
  copy.is_open |= partial->is_open;

  return strata_env_call (self, partial->items[0], &copy);
}

/* Config(".env") of Starlette and Config(RepositoryEnv(".env")) of decouple. */
static StrataEnvThing *
call_config_object (StrataEnvReader *self,
                    StrataEnvThing  *config,
                    StrataEnvCall   *call)
{
  StrataEnvThing *from = config->n_items > 0 ? config->items[0] : strata_env_cell_get (config, "env_file");
  StrataEnvFile file = { NULL, FALSE, FALSE, call->place };

  if (config->is_open || config->n_items > 1 || strata_env_cell_get (config, "environ") != NULL ||
      strata_env_cell_get (config, "env_prefix") != NULL)
    return NULL;
  if (from == NULL)
    return call_config (self, call, NULL);

  if (from->kind == STRATA_THING_OBJECT && g_str_has_suffix (from->text, ".RepositoryEnv") && from->n_items > 0)
    from = from->items[0];
  file.path = strata_env_literal_path (self, from);

  return call_config (self, call, &file);
}

StrataEnvThing *
strata_env_call_object (StrataEnvReader *self,
                        StrataEnvThing  *object,
                        const char      *name,
                        StrataEnvCall   *call)
{
  if (strcmp (object->text, STRATA_ENV_SUPER) == 0)
    return strata_env_super_call (self, object, name, call);
  if (strcmp (object->text, STRATA_ENV_OPEN_FILE) == 0)
    return strata_env_call_file (self, object, name, call);
  if (strata_env_is_parser (object))
    return strata_env_call_parser (self, object, name, call);
  if (strcmp (object->text, STRATA_ENV_SECRET) == 0 && strcmp (name, "get_secret_value") == 0)
    return strata_env_thing_of_value (self, object->value);
  if (strcmp (object->text, "functools.partial") == 0 && strcmp (name, "()") == 0)
    return call_bound_partial (self, object, call);
  if (g_str_has_prefix (object->text, "environs."))
    return call_environs (self, object, name, call);
  if ((strcmp (object->text, "starlette.config.Config") == 0 || strcmp (object->text, "decouple.Config") == 0) &&
      (strcmp (name, "()") == 0 || strcmp (name, "get") == 0))
    return call_config_object (self, object, call);

  return NULL;
}
