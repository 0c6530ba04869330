/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/data.h"

#include <string.h>

/* Where the code is at this point; NULL where it went somewhere that is not known. */
static const char *
get_folder (StrataEnvReader *self)
{
  StrataEnvThing *folder = strata_env_cell_get (self->world, "cwd");

  if (folder == NULL)
    return self->source->folder;

  return strata_env_thing_is_text (folder, NULL) ? folder->value->text : NULL;
}

const StrataEnvValue *
strata_env_get_cwd (StrataEnvReader *self)
{
  StrataEnvThing *folder = strata_env_cell_get (self->world, "cwd");

  return folder != NULL ? strata_env_thing_to_value (self, folder) : NULL;
}

/* A relative path stays so as long as it means the same: from where Alembic is started. NULL where it is not known. */
const char *
strata_env_place_path (StrataEnvReader *self,
                       const char      *path)
{
  const char *folder = get_folder (self);
  g_autofree char *placed = NULL;

  if (g_path_is_absolute (path) || strata_env_cell_get (self->world, "cwd") == NULL)
    return path;
  if (folder == NULL)
    return NULL;

  placed = g_build_filename (folder, path, NULL);

  return strata_py_arena_strndup (self->arena, placed, strlen (placed));
}

/* Where the code has gone somewhere, a relative SQLite database is there too. */
const StrataEnvValue *
strata_env_place_url (StrataEnvReader      *self,
                      const StrataEnvValue *url)
{
  StrataEnvThing *folder = strata_env_cell_get (self->world, "cwd");

  if (folder == NULL)
    return url;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_FROM, url->place, 0, 2, url,
                                  strata_env_thing_to_value (self, folder));
}

/* "a/../b" without touching the disk. */
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

static char *
get_dirname (const char *path)
{
  return strchr (path, '/') != NULL ? g_path_get_dirname (path) : g_strdup ("");
}

static char *
get_basename (const char *path)
{
  const char *slash = strrchr (path, '/');

  return g_strdup (slash != NULL ? slash + 1 : path);
}

/* The second one alone, where it turns out to be absolute. */
const StrataEnvValue *
strata_env_join_path (StrataEnvReader      *self,
                      StrataPlace           place,
                      const StrataEnvValue *first,
                      const StrataEnvValue *second)
{
  const StrataEnvValue *slash = strata_env_text (self, place, "/");
  const StrataEnvValue *both = strata_env_join (self, place, 3, first, slash, second);
  g_autofree char *joined = NULL;

  if (strata_env_value_is_text (second, NULL) && g_path_is_absolute (second->text))
    return second;
  if (!strata_env_value_is_text (second, NULL))
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3,
                                    strata_env_value_new_op (self->arena, STRATA_ENV_OP_STARTS, place, 0, 2, second, slash),
                                    second, both);
  if (!strata_env_value_is_text (first, NULL))
    return both;

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
  return change_path (self, call, get_dirname);
}

static StrataEnvThing *
call_basename (StrataEnvReader *self,
               StrataEnvCall   *call)
{
  return change_path (self, call, get_basename);
}

static StrataEnvThing *
call_normalize (StrataEnvReader *self,
                StrataEnvCall   *call)
{
  return change_path (self, call, normalize_path);
}

/* NULL where it is not known from where. */
static const StrataEnvValue *
make_absolute (StrataEnvReader *self,
               StrataPlace      place,
               const char      *path)
{
  const char *folder = get_folder (self);
  g_autofree char *absolute = NULL;

  if (!g_path_is_absolute (path) && folder == NULL)
    return NULL;

  absolute = g_canonicalize_filename (path, folder);

  return strata_env_text (self, place, absolute);
}

static StrataEnvThing *
call_absolute (StrataEnvReader *self,
               StrataEnvCall   *call)
{
  const char *path = strata_env_literal_path (self, strata_env_call_get (call, 0, NULL));
  const StrataEnvValue *absolute = path != NULL ? make_absolute (self, call->place, path) : NULL;

  return absolute != NULL ? strata_env_thing_of_value (self, absolute) : NULL;
}

static StrataEnvThing *
call_here (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  const char *folder = get_folder (self);

  return folder != NULL ? strata_env_thing_of_text (self, call->place, folder) : strata_env_no_idea (self, call);
}

static StrataEnvThing *
call_cwd (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  const char *folder = get_folder (self);

  return folder != NULL ? strata_env_thing_with (self, STRATA_THING_PATH, call->place,
                                                 strata_env_text (self, call->place, folder))
                        : strata_env_no_idea (self, call);
}

static StrataEnvThing *
call_chdir (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  const char *path = strata_env_literal_path (self, strata_env_call_get (call, 0, "path"));
  const StrataEnvValue *absolute = path != NULL ? make_absolute (self, call->place, path) : NULL;

  strata_env_cell_set (self, self->world, "cwd", absolute != NULL ? strata_env_thing_of_value (self, absolute)
                                                                  : strata_env_no_idea (self, call));

  return strata_env_thing_none (self, call->place);
}

/* Within "with chdir(...)" and after it: nobody keeps track of that. */
static StrataEnvThing *
call_chdir_for_a_while (StrataEnvReader *self,
                        StrataEnvCall   *call)
{
  strata_env_cell_set (self, self->world, "cwd", strata_env_no_idea (self, call));

  return NULL;
}

/* Whether a file is there is looked up when the answer is wanted. */
static StrataEnvThing *
test_file (StrataEnvReader *self,
           StrataEnvCall   *call,
           StrataEnvThing  *file,
           const char      *name)
{
  const char *path = strata_env_literal_path (self, file);
  const char *placed = path != NULL ? strata_env_place_path (self, path) : NULL;
  StrataEnvValue *test;

  if (placed == NULL)
    return strata_env_no_idea (self, call);

  test = (StrataEnvValue *) strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_EXISTS, call->place, placed);
  test->number = g_str_has_suffix (name, "file") ? 1 : g_str_has_suffix (name, "dir") ? 2 : 0;

  return strata_env_thing_of_value (self, test);
}

static StrataEnvThing *
call_exists (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  return test_file (self, call, strata_env_call_get (call, 0, "path"), "exists");
}

static StrataEnvThing *
call_isfile (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  return test_file (self, call, strata_env_call_get (call, 0, "path"), "file");
}

static StrataEnvThing *
call_isdir (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  return test_file (self, call, strata_env_call_get (call, 0, "s"), "dir");
}

static StrataEnvThing *
call_path (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  if (call->arguments->len == 0)
    return strata_env_thing_with (self, STRATA_THING_PATH, call->place, strata_env_text (self, call->place, "."));

  return join_all (self, call, NULL);
}

/* quote() and quote_plus(), which differ in spaces and in what is safe; the number is 1 for the latter. */
static StrataEnvThing *
quote (StrataEnvReader *self,
       StrataEnvCall   *call,
       int              number)
{
  StrataEnvThing *text = strata_env_call_get (call, 0, "string");
  StrataEnvThing *safe = strata_env_call_get (call, 1, "safe");

  if (text == NULL || call->is_open || call->arguments->len > 2)
    return NULL;
  if (safe == NULL)
    safe = strata_env_thing_of_text (self, call->place, number == 1 ? "" : "/");

  return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_QUOTE, call->place, number, 2,
                                                                   strata_env_thing_to_value (self, text),
                                                                   strata_env_thing_to_value (self, safe)));
}

static StrataEnvThing *
call_quote (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  return quote (self, call, 0);
}

static StrataEnvThing *
call_quote_plus (StrataEnvReader *self,
                 StrataEnvCall   *call)
{
  return quote (self, call, 1);
}

static StrataEnvThing *
unquote (StrataEnvReader *self,
         StrataEnvCall   *call,
         int              number)
{
  StrataEnvThing *text = strata_env_call_get (call, 0, "string");

  if (text == NULL || call->arguments->len > 1)
    return NULL;

  return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_UNQUOTE, call->place, number,
                                                                   1, strata_env_thing_to_value (self, text)));
}

static StrataEnvThing *
call_unquote (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  return unquote (self, call, 0);
}

static StrataEnvThing *
call_unquote_plus (StrataEnvReader *self,
                   StrataEnvCall   *call)
{
  return unquote (self, call, 1);
}

static const StrataEnvNative functions[] = {
  { "contextlib.chdir", call_chdir_for_a_while },
  { "os.chdir", call_chdir },
  { "os.fchdir", call_chdir_for_a_while },
  { "os.getcwd", call_here },
  { "os.path.abspath", call_absolute },
  { "os.path.basename", call_basename },
  { "os.path.dirname", call_dirname },
  { "os.path.exists", call_exists },
  { "os.path.isdir", call_isdir },
  { "os.path.isfile", call_isfile },
  { "os.path.join", call_join },
  { "os.path.normpath", call_normalize },
  { "os.path.realpath", call_absolute },
  { "pathlib.Path", call_path },
  { "pathlib.Path.cwd", call_cwd },
  { "pathlib.PurePath", call_path },
  { "urllib.parse.quote", call_quote },
  { "urllib.parse.quote_plus", call_quote_plus },
  { "urllib.parse.unquote", call_unquote },
  { "urllib.parse.unquote_plus", call_unquote_plus },
};

StrataEnvThing *
strata_env_call_os (StrataEnvReader *self,
                    const char      *name,
                    StrataEnvCall   *call)
{
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
  StrataEnvThing *file = strata_env_call_path_file (self, thing, name, call);
  const StrataEnvValue *absolute;

  if (file != NULL)
    return file;
  if (strcmp (name, "joinpath") == 0)
    return join_all (self, call, thing);
  if (strcmp (name, "exists") == 0 || strcmp (name, "is_file") == 0 || strcmp (name, "is_dir") == 0)
    return test_file (self, call, thing, name);
  if (strcmp (name, "as_posix") == 0 || strcmp (name, "__str__") == 0)
    return as_text (self, thing);
  if (strcmp (name, "resolve") == 0 || strcmp (name, "absolute") == 0)
    {
      if (!strata_env_value_is_text (thing->value, NULL))
        return thing;
      absolute = make_absolute (self, call->place, thing->value->text);
      return absolute != NULL ? strata_env_thing_with (self, STRATA_THING_PATH, call->place, absolute)
                              : strata_env_no_idea (self, call);
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
