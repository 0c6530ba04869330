/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/flask-private.h"

#include <string.h>

#include "core/env/parser.h"

static gboolean
is_plain_section (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_SECTION && thing->op != STRATA_ENV_OP_INTERPOLATE && !thing->is_open;
}

/* "dict([(key, value), ...])" */
static gboolean
is_list_of_pairs (const StrataEnvThing *thing)
{
  if (thing->kind != STRATA_THING_LIST || thing->is_open)
    return FALSE;

  for (guint i = 0; i < thing->n_items; i++)
    if (thing->items[i]->kind != STRATA_THING_LIST || thing->items[i]->is_open || thing->items[i]->n_items != 2)
      return FALSE;

  return TRUE;
}

/* Entries of one go into the other. */
void
strata_env_dict_update (StrataEnvReader *self,
                        StrataEnvThing  *dict,
                        StrataEnvThing  *more)
{
  GHashTableIter iter;
  gpointer name, value;
  gboolean is_dict;

  if (more->kind == STRATA_THING_OUTSIDE && strcmp (more->text, "os.environ") == 0)
    more = strata_env_copy_environment (self, dict->place);
  if (strata_env_is_parser (more))
    more = strata_env_parser_items (self, dict->place, more, NULL);
  if (more != NULL && is_list_of_pairs (more))
    {
      for (guint i = 0; i < more->n_items; i++)
        strata_env_set_item (self, dict, more->items[i]->items[0], more->items[i]->items[1]);
      return;
    }
  if (more == NULL)
    {
      strata_env_doubt_entries (self, dict);
      return;
    }

  /* "{**section, ...}" begins as a copy of the section. */
  if (is_plain_section (more) && dict->kind == STRATA_THING_DICT && dict->cells == NULL && !dict->is_open)
    {
      *dict = *strata_env_copy (self, more, dict->place);
      return;
    }
  if (is_plain_section (more) && is_plain_section (dict))
    {
      *dict = *strata_env_section_over (self, dict->place, more, dict);
      return;
    }

  /* What is not known of the one may be anything in the other. */
  is_dict = more->kind == STRATA_THING_DICT;
  if (!is_dict || more->is_open)
    strata_env_doubt_entries (self, dict);
  if (!is_dict || more->cells == NULL)
    return;

  g_hash_table_iter_init (&iter, more->cells);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (!strata_env_is_missing (value))
      {
        StrataEnvThing *held = strata_env_cell_get (dict, name);

        if (held == NULL)
          held = strata_env_thing_outside (self, dict->place, STRATA_ENV_NO_ENTRY);
        strata_env_set_item (self, dict, strata_env_thing_of_text (self, dict->place, name),
                             strata_env_entry_or (self, value, held));
      }
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
  StrataEnvThing *found;

  if (key == NULL || call->is_open)
    return NULL;
  if (otherwise == NULL)
    return strata_env_find_item (self, call->place, thing, key);

  /* An entry of a dict may well be None, and is not missing then. */
  found = thing->kind == STRATA_THING_DICT ? strata_env_find_entry (self, call->place, thing, key)
                                           : strata_env_find_item (self, call->place, thing, key);
  if (found == NULL || thing->kind == STRATA_THING_DICT)
    return found != NULL ? strata_env_entry_or (self, found, otherwise) : NULL;

  return strata_env_thing_of_value (self, strata_env_default (self, found->value, otherwise));
}

static StrataEnvThing *
update (StrataEnvReader *self,
        StrataEnvThing  *thing,
        StrataEnvCall   *call)
{
  if (call->is_open)
    strata_env_doubt_entries (self, thing);
  if (call->arguments->len > 0)
    strata_env_dict_update (self, thing, call->arguments->pdata[0]);
  for (guint i = 0; i < call->names->len; i++)
    strata_env_set_item (self, thing, strata_env_thing_of_text (self, call->place, call->names->pdata[i]),
                         call->keywords->pdata[i]);

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

static StrataEnvThing *
pop (StrataEnvReader *self,
     StrataEnvThing  *thing,
     StrataEnvCall   *call)
{
  StrataEnvThing *key = strata_env_call_get (call, 0, NULL);
  StrataEnvThing *value = get_entry (self, thing, call);

  if (key == NULL)
    return NULL;

  strata_env_set_item (self, thing, key, NULL);

  return value != NULL ? value : strata_env_no_idea (self, call);
}

/* What a list holds is not followed any more once it changes. */
static StrataEnvThing *
change_list (StrataEnvReader *self,
             StrataEnvThing  *list,
             const char      *name,
             StrataEnvCall   *call)
{
  static const char * const silent[] = { "append", "clear", "extend", "insert", "remove", "reverse", "sort", NULL };

  if (!g_strv_contains (silent, name) && strcmp (name, "pop") != 0)
    return NULL;

  list->is_open = TRUE;

  return g_strv_contains (silent, name) ? strata_env_thing_none (self, call->place) : strata_env_no_idea (self, call);
}

/* NULL where it is not followed. */
StrataEnvThing *
strata_env_call_container (StrataEnvReader *self,
                           StrataEnvThing  *thing,
                           const char      *name,
                           StrataEnvCall   *call)
{
  StrataEnvThing *result = g_strcmp0 (thing->text, STRATA_ENV_FLASK_CONFIG) == 0
                           ? strata_env_call_flask_config (self, thing, name, call) : NULL;

  if (result != NULL)
    return result;
  if (strcmp (name, "copy") == 0 && thing->op != STRATA_ENV_OP_INTERPOLATE)
    return strata_env_copy (self, thing, call->place);
  if (thing->kind == STRATA_THING_LIST)
    return change_list (self, thing, name, call);
  if (strcmp (name, "get") == 0)
    return get_entry (self, thing, call);
  if (strcmp (name, "update") == 0)
    return update (self, thing, call);
  if (strcmp (name, "setdefault") == 0)
    return set_default (self, thing, call);
  if (strcmp (name, "pop") == 0)
    return pop (self, thing, call);

  return NULL;
}
