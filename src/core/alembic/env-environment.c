/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-natives.h"

#include <string.h>

/* Longer chains than this of files that are read and variables that are set are no more than noise. */
#define MOST_FILES 16

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

void
strata_env_load_file (StrataEnvReader     *self,
                      const StrataEnvFile *file)
{
  StrataEnvThing *change = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, file->place);

  change->file = *file;
  add_change (self, change);
}

void
strata_env_set_variable (StrataEnvReader *self,
                         StrataPlace      place,
                         StrataEnvThing  *name,
                         StrataEnvThing  *value,
                         gboolean         is_default)
{
  StrataEnvThing *change = strata_env_thing_new (self, STRATA_THING_ENVIRONMENT, place);

  /* A name that is not known may be any. */
  change->text = strata_env_thing_is_text (name, NULL) ? name->value->text : "*";
  change->second = value;
  change->is_open = is_default;
  add_change (self, change);
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
              const Query     *query)
{
  StrataEnvValue *value = (StrataEnvValue *) strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_VARIABLE,
                                                                        query->place, query->name);
  StrataEnvFile *files = strata_py_arena_alloc (self->arena, query->n_files * sizeof (StrataEnvFile));

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
  return strcmp (change->text, "*") == 0 ||
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
    return;

  if (!file->overrides)
    for (at = 0; at < query->n_files && query->files[at].overrides; at++)
      ;
  memmove (query->files + at + 1, query->files + at, (query->n_files - at) * sizeof (StrataEnvFile));
  query->files[at] = *file;
  query->n_files++;
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
        return set;
      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_DEFAULT, query.place, 0, 2,
                                      read_changes (self, query, change->first), set);
    }

  if (change != NULL && change->kind == STRATA_THING_CHOICE)
    return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, query.place, 0, 3, change->value,
                                    read_changes (self, query, change->first),
                                    read_changes (self, query, change->second));

  return new_variable (self, &query);
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

  if (n_files == 0 || variable->op != STRATA_ENV_OP_VARIABLE)
    return variable;

  query.n_files = MIN (variable->n_files, MOST_FILES);
  for (guint i = 0; i < query.n_files; i++)
    query.files[i] = variable->files[i];
  for (guint i = 0; i < n_files && query.n_files < MOST_FILES; i++)
    query.files[query.n_files++] = files[i];
  g_ptr_array_remove_index (self->sources, self->sources->len - 1);

  return new_variable (self, &query);
}
