/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-natives.h"

#include <string.h>

/* "a/../b" without touching the disk; what is relative stays so: it is relative to where Alembic is started. */
static char *
normalize_path (const char *path)
{
  g_autofree char *absolute = g_canonicalize_filename (path, "/");

  if (g_path_is_absolute (path))
    return g_steal_pointer (&absolute);
  if (strstr (path, "..") != NULL)
    return g_strdup (path);

  return g_strdup (absolute[1] != '\0' ? absolute + 1 : ".");
}

const StrataEnvValue *
strata_env_join_path (StrataEnvReader      *self,
                      StrataPlace           place,
                      const StrataEnvValue *first,
                      const StrataEnvValue *second)
{
  g_autofree char *joined = NULL;

  if (strata_env_value_is_text (second, NULL) && g_path_is_absolute (second->text))
    return second;
  if (!strata_env_value_is_text (first, NULL) || !strata_env_value_is_text (second, NULL))
    return strata_env_join (self, place, 3, first, strata_env_text (self, place, "/"), second);

  joined = *first->text != '\0' && strcmp (first->text, ".") != 0 ? g_build_filename (first->text, second->text, NULL)
                                                                  : g_strdup (second->text);

  return strata_env_text (self, place, joined);
}

static StrataEnvThing *
join_all (StrataEnvReader *self,
          StrataEnvCall   *call,
          StrataEnvThing  *first)
{
  const StrataEnvValue *path = first != NULL ? first->value : NULL;

  if (call->is_open)
    return NULL;

  for (guint i = 0; i < call->arguments->len; i++)
    {
      const StrataEnvValue *next = strata_env_thing_to_value (self, call->arguments->pdata[i]);

      path = path == NULL ? next : strata_env_join_path (self, call->place, path, next);
    }

  return path != NULL ? strata_env_thing_with (self, STRATA_THING_PATH, call->place, path) : NULL;
}

static StrataEnvThing *
as_text (StrataEnvReader *self,
         StrataEnvThing  *path)
{
  return path != NULL ? strata_env_thing_of_value (self, path->value) : NULL;
}

static StrataEnvThing *
call_join (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  return as_text (self, join_all (self, call, NULL));
}

/* A path that is one text already, changed by a function that only looks at the text. */
static StrataEnvThing *
change_path (StrataEnvReader *self,
             StrataEnvCall   *call,
             char          *(*change) (const char *path))
{
  const char *path = strata_env_literal_path (self, strata_env_call_get (call, 0, NULL));
  g_autofree char *changed = path != NULL ? change (path) : NULL;

  return changed != NULL ? strata_env_thing_of_text (self, call->place, changed) : NULL;
}

static StrataEnvThing *
call_dirname (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  return change_path (self, call, g_path_get_dirname);
}

static StrataEnvThing *
call_basename (StrataEnvReader *self,
               StrataEnvCall   *call)
{
  return change_path (self, call, g_path_get_basename);
}

static StrataEnvThing *
call_normalize (StrataEnvReader *self,
                StrataEnvCall   *call)
{
  return change_path (self, call, normalize_path);
}

static StrataEnvThing *
call_here (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  return strata_env_thing_of_text (self, call->place, ".");
}

/* Whether a file is there is not looked up; the number marks the question, which matters little to .env files. */
static StrataEnvThing *
call_exists (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *unknown = strata_env_no_idea (self, call);
  StrataEnvValue *marked = (StrataEnvValue *) unknown->value;

  marked->number = 1;

  return unknown;
}

static StrataEnvThing *
call_getenv (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, "key");

  if (!strata_env_thing_is_text (name, NULL))
    return NULL;

  return strata_env_thing_of_value (self, strata_env_default (self, strata_env_variable (self, call->place,
                                                                                         name->value->text, FALSE,
                                                                                         NULL, 0),
                                                              strata_env_call_get (call, 1, "default")));
}

static StrataEnvThing *
call_setdefault (StrataEnvReader *self,
                 StrataEnvCall   *call)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *value = strata_env_call_get (call, 1, NULL);

  if (!strata_env_thing_is_text (name, NULL) || value == NULL)
    return NULL;

  strata_env_set_variable (self, call->place, name, value, TRUE);

  return call_getenv (self, call);
}

static StrataEnvThing *
call_update (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *dict = strata_env_call_get (call, 0, NULL);
  GHashTableIter iter;
  gpointer name, value;

  if (dict != NULL && dict->kind == STRATA_THING_DICT && dict->cells != NULL)
    {
      g_hash_table_iter_init (&iter, dict->cells);
      while (g_hash_table_iter_next (&iter, &name, &value))
        if (value != NULL)
          strata_env_set_variable (self, call->place, strata_env_thing_of_text (self, call->place, name), value, FALSE);
    }
  for (guint i = 0; i < call->names->len; i++)
    strata_env_set_variable (self, call->place, strata_env_thing_of_text (self, call->place, call->names->pdata[i]),
                             call->keywords->pdata[i], FALSE);

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_copy (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  return strata_env_thing_outside (self, call->place, "os.environ");
}

static StrataEnvThing *
call_path (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  if (call->arguments->len == 0)
    return strata_env_thing_with (self, STRATA_THING_PATH, call->place, strata_env_text (self, call->place, "."));

  return join_all (self, call, NULL);
}

static StrataEnvThing *
call_quote (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  StrataEnvThing *text = strata_env_call_get (call, 0, "string");

  if (text == NULL)
    return NULL;

  return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_QUOTE, call->place, 0, 1,
                                                                   strata_env_thing_to_value (self, text)));
}

static StrataEnvThing *
call_unquote (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  StrataEnvThing *text = strata_env_call_get (call, 0, "string");

  if (text == NULL)
    return NULL;

  return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_UNQUOTE, call->place, 0, 1,
                                                                   strata_env_thing_to_value (self, text)));
}

static StrataEnvThing *
add_to_path (StrataEnvReader *self,
             StrataEnvCall   *call,
             guint            position,
             GPtrArray       *folders,
             gboolean         in_front)
{
  const char *path = strata_env_literal_path (self, strata_env_call_get (call, position, NULL));

  if (path != NULL && g_path_is_absolute (path))
    g_ptr_array_insert (folders, in_front ? 0 : -1, normalize_path (path));

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_path_insert (StrataEnvReader *self,
                  StrataEnvCall   *call)
{
  return add_to_path (self, call, 1, self->before, TRUE);
}

static StrataEnvThing *
call_path_append (StrataEnvReader *self,
                  StrataEnvCall   *call)
{
  return add_to_path (self, call, 0, self->after, FALSE);
}

static const StrataEnvNative functions[] = {
  { "os.environ.copy", call_copy },
  { "os.environ.get", call_getenv },
  { "os.environ.setdefault", call_setdefault },
  { "os.environ.update", call_update },
  { "os.getcwd", call_here },
  { "os.getenv", call_getenv },
  { "os.path.abspath", call_normalize },
  { "os.path.basename", call_basename },
  { "os.path.dirname", call_dirname },
  { "os.path.exists", call_exists },
  { "os.path.isfile", call_exists },
  { "os.path.join", call_join },
  { "os.path.normpath", call_normalize },
  { "os.path.realpath", call_normalize },
  { "pathlib.Path", call_path },
  { "pathlib.PurePath", call_path },
  { "sys.path.append", call_path_append },
  { "sys.path.insert", call_path_insert },
  { "urllib.parse.quote", call_quote },
  { "urllib.parse.quote_plus", call_quote },
  { "urllib.parse.unquote", call_unquote },
  { "urllib.parse.unquote_plus", call_unquote },
};

StrataEnvThing *
strata_env_call_os (StrataEnvReader *self,
                    const char      *name,
                    StrataEnvCall   *call)
{
  if (strcmp (name, "pathlib.Path.cwd") == 0)
    return strata_env_thing_with (self, STRATA_THING_PATH, call->place, strata_env_text (self, call->place, "."));

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (strcmp (functions[i].name, name) == 0)
      return functions[i].call (self, call);

  return NULL;
}

StrataEnvThing *
strata_env_call_path (StrataEnvReader *self,
                      StrataEnvThing  *thing,
                      const char      *name,
                      StrataEnvCall   *call)
{
  g_autofree char *normal = NULL;

  if (strcmp (name, "joinpath") == 0)
    return join_all (self, call, thing);
  if (strcmp (name, "exists") == 0 || strcmp (name, "is_file") == 0 || strcmp (name, "is_dir") == 0)
    return call_exists (self, call);
  if (strcmp (name, "as_posix") == 0 || strcmp (name, "__str__") == 0)
    return as_text (self, thing);
  if (strcmp (name, "resolve") == 0 || strcmp (name, "absolute") == 0)
    {
      if (!strata_env_value_is_text (thing->value, NULL))
        return thing;
      normal = normalize_path (thing->value->text);
      return strata_env_thing_with (self, STRATA_THING_PATH, call->place, strata_env_text (self, call->place, normal));
    }

  return NULL;
}

/* A folder or file as one text; NULL where it depends on something. */
const char *
strata_env_literal_path (StrataEnvReader *self,
                         StrataEnvThing  *thing)
{
  const StrataEnvValue *value;

  if (thing == NULL)
    return NULL;

  value = strata_env_thing_to_value (self, thing);

  return value->op == STRATA_ENV_OP_TEXT ? value->text : NULL;
}

const char *
strata_env_own_folder (StrataEnvReader *self,
                       StrataEnvFrame  *frame)
{
  g_autofree char *folder = g_path_get_dirname (frame->module->path);

  return strata_py_arena_strndup (self->arena, folder, strlen (folder));
}
