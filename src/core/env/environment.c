/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Of longer chains of files the last one stands for any. */
#define MOST_FILES 16
#define EVERY_NAME "*"

/* The changes of os.environ so far, the newest first; the oldest one is none. */
StrataEnvThing *
strata_env_environment (StrataEnvReader *self)
{
  return self->as_of != NULL ? self->as_of : strata_env_cell_get (self->world, "environ");
}

static void
add_change (StrataEnvReader *self,
            StrataEnvThing  *change)
{
  change->first = strata_env_cell_get (self->world, "environ");
  strata_env_cell_set (self, self->world, "environ", change);
  if (self->as_of != NULL)
    self->as_of = change;
}

/* Relative paths are from where Alembic was started, as long as nothing has changed that. */
void
strata_env_place_file (StrataEnvReader *self,
                       StrataEnvFile   *file)
{
  file->path = file->path != NULL ? strata_env_place_path (self, file->path) : NULL;
}

void
strata_env_load_file (StrataEnvReader     *self,
                      const StrataEnvFile *file)
{
  StrataEnvThing *change = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, file->place);

  change->file = *file;
  strata_env_place_file (self, &change->file);
  add_change (self, change);
}

/* The value may be None: the variable is removed. */
void
strata_env_set_variable (StrataEnvReader *self,
                         StrataPlace      place,
                         StrataEnvThing  *name,
                         StrataEnvThing  *value,
                         gboolean         is_default)
{
  StrataEnvThing *change = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, place);
  gboolean is_named = strata_env_thing_is_text (name, NULL);

  /* A name that is not known may be any. */
  change->text = is_named ? name->value->text : EVERY_NAME;
  change->second = is_named ? value : strata_env_thing_unknown (self, place,
                                                                _("which variable is set here is not known"));
  change->is_open = is_default;
  add_change (self, change);
}

static void
clear_environment (StrataEnvReader *self,
                   StrataPlace      place)
{
  StrataEnvThing *change = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, place);

  change->text = EVERY_NAME;
  change->second = strata_env_thing_none (self, place);
  add_change (self, change);
}

/* The changes of a module, where it was imported on another way than this one: they happen again. */
void
strata_env_repeat_changes (StrataEnvReader *self,
                           StrataEnvThing  *last,
                           StrataEnvThing  *before)
{
  StrataEnvThing *change;

  if (last == before || last == NULL || last->kind != STRATA_THING_ENVIRONMENT)
    return;

  for (change = strata_env_cell_get (self->world, "environ"); change != NULL; change = change->first)
    if (change == last)
      return;

  strata_env_repeat_changes (self, last->first, before);
  change = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, last->place);
  *change = *last;
  add_change (self, change);
}

static gboolean
is_change (const StrataEnvThing *thing)
{
  return thing != NULL && thing->kind == STRATA_THING_ENVIRONMENT;
}

/* Under a condition that is not known, a file that was read may not have been read: its place is forgotten, which makes
 * unknown what it could have decided. */
static StrataEnvThing *
doubt_environment (StrataEnvReader      *self,
                   const StrataEnvValue *condition,
                   StrataEnvThing       *longer,
                   StrataEnvThing       *shorter)
{
  StrataEnvThing *below;
  StrataEnvThing *copy;

  if (longer == shorter || !is_change (longer))
    return longer == shorter ? shorter : NULL;

  below = doubt_environment (self, condition, longer->first, shorter);
  if (below == NULL && longer->first != shorter)
    return NULL;

  copy = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, longer->place);
  *copy = *longer;
  copy->first = below;
  if (longer->text != NULL)
    copy->second = strata_env_thing_unknown (self, condition->place,
                                             _("a condition decides it that was not understood"));
  else
    copy->file.path = NULL;

  return copy;
}

/* NULL where neither goes on from the other. */
StrataEnvThing *
strata_env_join_environments (StrataEnvReader      *self,
                              const StrataEnvValue *condition,
                              StrataEnvThing       *first,
                              StrataEnvThing       *second)
{
  StrataEnvThing *joined = NULL;

  if (is_change (first) || is_change (second))
    joined = doubt_environment (self, condition, first, second);

  return joined != NULL || !(is_change (first) || is_change (second)) ? joined
         : doubt_environment (self, condition, second, first);
}

typedef struct
{
  const char          *name;
  gboolean             any_case;
  StrataPlace          place;
  StrataEnvFile        files[MOST_FILES];   /* in the order in which they win */
  guint                n_files;
} Query;

static const StrataEnvValue *
new_variable (StrataEnvReader *self,
              const Query     *query,
              int              number)
{
  StrataEnvValue *value = (StrataEnvValue *) strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_VARIABLE,
                                                                        query->place, query->name);
  StrataEnvFile *files = strata_py_arena_alloc (self->arena, query->n_files * sizeof (StrataEnvFile));

  value->number = number;
  value->any_case = query->any_case;
  value->files = files;
  value->n_files = query->n_files;
  for (guint i = 0; i < query->n_files; i++)
    {
      files[i] = query->files[i];
      if (files[i].path != NULL)
        files[i].path = strata_py_arena_strndup (self->arena, files[i].path, strlen (files[i].path));
    }
  g_ptr_array_add (self->sources, value);

  return value;
}

static gboolean
is_named (const Query          *query,
          const StrataEnvThing *change)
{
  return strcmp (change->text, EVERY_NAME) == 0 ||
         (query->any_case ? g_ascii_strcasecmp (change->text, query->name) == 0
                          : strcmp (change->text, query->name) == 0);
}

/* A file that wins over the environment wins over those before it; one that does not comes after them. */
static void
add_file (Query               *query,
          const StrataEnvFile *file)
{
  guint at = query->n_files;

  if (query->n_files == MOST_FILES)
    {
      query->files[MOST_FILES - 1].path = NULL;
      return;
    }

  if (!file->overrides)
    for (at = 0; at < query->n_files && query->files[at].overrides; at++)
      ;
  memmove (query->files + at + 1, query->files + at, (query->n_files - at) * sizeof (StrataEnvFile));
  query->files[at] = *file;
  query->n_files++;
}

/* The files that win over the environment, or the others. */
static Query
only_files (const Query *query,
            gboolean     overriding)
{
  Query some = { query->name, query->any_case, query->place };

  for (guint i = 0; i < query->n_files; i++)
    if (query->files[i].overrides == overriding)
      some.files[some.n_files++] = query->files[i];

  return some;
}

/* What a file has, else the value. */
static const StrataEnvValue *
file_or_value (StrataEnvReader      *self,
               const Query          *files,
               const StrataEnvValue *value)
{
  if (files->n_files == 0)
    return value;

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, files->place, 0, 2,
                                  new_variable (self, files, STRATA_ENV_ONLY_FILES), value);
}

/* The code itself has set the variable: of the files that it read later, some may still win over that. */
static const StrataEnvValue *
join_set (StrataEnvReader      *self,
          const Query          *later,
          const StrataEnvValue *set)
{
  Query overriding = only_files (later, TRUE);
  Query others = only_files (later, FALSE);

  if (others.n_files > 0 && set->op != STRATA_ENV_OP_UNKNOWN)
    set = strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, later->place, 0, 2, set,
                                   new_variable (self, &others, STRATA_ENV_ONLY_FILES));

  return file_or_value (self, &overriding, set);
}

/* From the newest change to the oldest. */
static const StrataEnvValue *
read_changes (StrataEnvReader *self,
              Query            query,
              StrataEnvThing  *change)
{
  for (; change != NULL && change->kind == STRATA_THING_ENVIRONMENT; change = change->first)
    {
      const StrataEnvValue *set;

      if (change->text == NULL)
        {
          if (change->first != NULL)
            add_file (&query, &change->file);
          continue;
        }
      if (!is_named (&query, change))
        continue;

      set = strata_env_thing_to_value (self, change->second);
      if (!change->is_open)
        return join_set (self, &query, set);

      query = only_files (&query, TRUE);
      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, query.place, 0, 2,
                                      read_changes (self, query, change->first), set);
    }

  if (change != NULL && change->kind == STRATA_THING_CHOICE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, query.place, 0, 3, change->value,
                                    read_changes (self, query, change->first),
                                    read_changes (self, query, change->second));

  return new_variable (self, &query, 0);
}

/* A variable of the environment, None where there is none. The files are those that the reader of settings itself looks
 * into, after the environment; the first one wins. */
const StrataEnvValue *
strata_env_variable (StrataEnvReader     *self,
                     StrataPlace          place,
                     const char          *name,
                     gboolean             any_case,
                     const StrataEnvFile *files,
                     guint                n_files)
{
  Query query = { name, any_case, place };
  const StrataEnvValue *variable = read_changes (self, query, strata_env_environment (self));

  if (n_files == 0)
    return variable;

  if (variable->op == STRATA_ENV_OP_VARIABLE)
    {
      query.n_files = MIN (variable->n_files, MOST_FILES);
      for (guint i = 0; i < query.n_files; i++)
        query.files[i] = variable->files[i];
      g_ptr_array_remove_index (self->sources, self->sources->len - 1);
    }
  for (guint i = 0; i < n_files; i++)
    if (query.n_files < MOST_FILES)
      query.files[query.n_files++] = files[i];
    else
      query.files[MOST_FILES - 1].path = NULL;

  if (variable->op == STRATA_ENV_OP_VARIABLE)
    return new_variable (self, &query, 0);

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, place, 0, 2, variable,
                                  new_variable (self, &query, STRATA_ENV_ONLY_FILES));
}

const StrataEnvValue *
strata_env_file_variable (StrataEnvReader     *self,
                          StrataPlace          place,
                          const char          *name,
                          const StrataEnvFile *file)
{
  Query query = { name, FALSE, place, { *file }, 1 };

  return new_variable (self, &query, STRATA_ENV_ONLY_FILES);
}

static const StrataEnvValue *
read_named (StrataEnvReader *self,
            StrataEnvCall   *call,
            StrataEnvThing  *name)
{
  return strata_env_variable (self, call->place, name->value->text, FALSE, NULL, 0);
}

static StrataEnvThing *
call_getenv (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, "key");

  if (!strata_env_thing_is_text (name, NULL))
    return strata_env_no_idea (self, call);

  return strata_env_thing_of_value (self, strata_env_default (self, read_named (self, call, name),
                                                              strata_env_call_get (call, 1, "default")));
}

static StrataEnvThing *
call_setdefault (StrataEnvReader *self,
                 StrataEnvCall   *call)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *value = strata_env_call_get (call, 1, NULL);

  if (name == NULL || value == NULL)
    return NULL;

  strata_env_set_variable (self, call->place, name, value, TRUE);

  return call_getenv (self, call);
}

static StrataEnvThing *
call_pop (StrataEnvReader *self,
          StrataEnvCall   *call)
{
  StrataEnvThing *name = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *otherwise = strata_env_call_get (call, 1, NULL);
  const StrataEnvValue *value;

  if (!strata_env_thing_is_text (name, NULL))
    return NULL;

  value = read_named (self, call, name);
  value = otherwise != NULL ? strata_env_default (self, value, otherwise) : strata_env_need (self, value);
  strata_env_set_variable (self, call->place, name, strata_env_thing_none (self, call->place), FALSE);

  return strata_env_thing_of_value (self, value);
}

/* "os.environ.update(...)", "os.environ |= ..." */
void
strata_env_update_environment (StrataEnvReader *self,
                               StrataPlace      place,
                               StrataEnvThing  *more)
{
  GHashTableIter iter;
  gpointer name, value;

  if (more->kind != STRATA_THING_DICT || more->is_open)
    strata_env_spoil_environment (self, place);
  if (more->kind != STRATA_THING_DICT || more->cells == NULL)
    return;

  g_hash_table_iter_init (&iter, more->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL)
      strata_env_set_variable (self, place, strata_env_thing_of_text (self, place, name), value, FALSE);
}

static StrataEnvThing *
call_update (StrataEnvReader *self,
             StrataEnvCall   *call)
{
  StrataEnvThing *more = strata_env_call_get (call, 0, NULL);

  if (call->is_open)
    strata_env_spoil_environment (self, call->place);
  if (more != NULL)
    strata_env_update_environment (self, call->place, more);
  for (guint i = 0; i < call->names->len; i++)
    strata_env_set_variable (self, call->place, strata_env_thing_of_text (self, call->place, call->names->pdata[i]),
                             call->keywords->pdata[i], FALSE);

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
call_clear (StrataEnvReader *self,
            StrataEnvCall   *call)
{
  clear_environment (self, call->place);

  return strata_env_thing_none (self, call->place);
}

/* A dict of its own: what is set in it is set nowhere else. */
StrataEnvThing *
strata_env_copy_environment (StrataEnvReader *self,
                             StrataPlace      place)
{
  StrataEnvThing *copy = strata_env_thing_new (self, STRATA_THING_SECTION, place);

  copy->op = STRATA_ENV_OP_VARIABLE;
  copy->second = strata_env_environment (self);

  return copy;
}

static StrataEnvThing *
call_copy (StrataEnvReader *self,
           StrataEnvCall   *call)
{
  return strata_env_copy_environment (self, call->place);
}

static const StrataEnvNative functions[] = {
  { "os.environ.clear", call_clear },
  { "os.environ.copy", call_copy },
  { "os.environ.get", call_getenv },
  { "os.environ.pop", call_pop },
  { "os.environ.setdefault", call_setdefault },
  { "os.environ.update", call_update },
  { "os.getenv", call_getenv },
};

StrataEnvThing *
strata_env_call_environment (StrataEnvReader *self,
                             const char      *name,
                             StrataEnvCall   *call)
{
  static const char * const looks[] = { "os.environ.items", "os.environ.keys", "os.environ.values", NULL };
  StrataEnvThing *result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (functions) && result == NULL; i++)
    if (strcmp (functions[i].name, name) == 0)
      result = functions[i].call (self, call);

  if (result == NULL && g_str_has_prefix (name, "os.environ") && !g_strv_contains (looks, name))
    strata_env_spoil_environment (self, call->place);

  return result;
}
