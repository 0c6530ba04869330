/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-natives.h"

#include <string.h>

static StrataEnvThing *
computed (StrataEnvReader      *self,
          const StrataEnvValue *value)
{
  return strata_env_thing_of_value (self, value);
}

/* Entries of one go into the other. */
void
strata_env_dict_update (StrataEnvReader *self,
                        StrataEnvThing  *dict,
                        StrataEnvThing  *more)
{
  GHashTableIter iter;
  gpointer name, value;

  if ((more->kind != STRATA_THING_DICT && more->kind != STRATA_THING_SECTION) || more->is_open ||
      more->kind != dict->kind)
    dict->is_open |= more->kind != STRATA_THING_DICT || more->is_open;
  if (more->cells == NULL || (more->kind != STRATA_THING_DICT && more->kind != STRATA_THING_SECTION))
    return;

  g_hash_table_iter_init (&iter, more->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL)
      strata_env_cell_set (self, dict, name, value);
}

StrataEnvThing *
strata_env_copy (StrataEnvReader *self,
                 StrataEnvThing  *thing,
                 StrataPlace      place)
{
  StrataEnvThing *copy = strata_env_thing_new (self, thing->kind, place);
  GHashTableIter iter;
  gpointer name, value;

  *copy = *thing;
  copy->cells = NULL;
  copy->place = place;
  if (thing->cells == NULL)
    return copy;

  g_hash_table_iter_init (&iter, thing->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL)
      strata_env_cell_set (self, copy, name, value);

  return copy;
}

static StrataEnvThing *
get_entry (StrataEnvReader *self,
           StrataEnvThing  *thing,
           StrataEnvCall   *call)
{
  StrataEnvThing *key = strata_env_call_get (call, 0, "key");
  StrataEnvThing *otherwise = strata_env_call_get (call, 1, "default");
  StrataEnvThing *found = key != NULL ? strata_env_find_item (self, call->place, thing, key) : NULL;

  if (found == NULL)
    return NULL;
  if (otherwise == NULL || found->kind != STRATA_THING_VALUE)
    return found;
  /* An entry of a dict may well be None, and is not missing then. */
  if (thing->kind == STRATA_THING_DICT)
    return found->value->op == STRATA_ENV_OP_NONE ? otherwise : found;

  return computed (self, strata_env_default (self, found->value, otherwise));
}

static StrataEnvThing *
update (StrataEnvReader *self,
        StrataEnvThing  *thing,
        StrataEnvCall   *call)
{
  if (call->arguments->len > 0)
    strata_env_dict_update (self, thing, call->arguments->pdata[0]);
  for (guint i = 0; i < call->names->len; i++)
    strata_env_cell_set (self, thing, call->names->pdata[i], call->keywords->pdata[i]);
  thing->is_open |= call->is_open;

  return strata_env_thing_none (self, call->place);
}

static StrataEnvThing *
set_default (StrataEnvReader *self,
             StrataEnvThing  *thing,
             StrataEnvCall   *call)
{
  StrataEnvThing *value = get_entry (self, thing, call);

  if (value != NULL)
    strata_env_set_item (self, thing, strata_env_call_get (call, 0, "key"), value);

  return value;
}

StrataEnvThing *
strata_env_call_container (StrataEnvReader *self,
                           StrataEnvThing  *thing,
                           const char      *name,
                           StrataEnvCall   *call)
{
  if (strcmp (name, "copy") == 0)
    return strata_env_copy (self, thing, call->place);

  if (thing->kind == STRATA_THING_LIST)
    {
      thing->is_open = TRUE;
      return strata_env_thing_none (self, call->place);
    }

  if (strcmp (name, "get") == 0)
    return get_entry (self, thing, call);
  if (strcmp (name, "update") == 0)
    return update (self, thing, call);
  if (strcmp (name, "setdefault") == 0)
    return set_default (self, thing, call);
  if (strcmp (name, "pop") == 0)
    {
      StrataEnvThing *key = strata_env_call_get (call, 0, NULL);
      StrataEnvThing *value = get_entry (self, thing, call);

      if (value == NULL || !strata_env_thing_is_text (key, NULL) || thing->kind == STRATA_THING_SECTION)
        thing->is_open = TRUE;
      else
        strata_env_cell_set (self, thing, key->value->text, NULL);
      return value;
    }

  return NULL;
}
