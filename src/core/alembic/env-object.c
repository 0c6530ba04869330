/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-reader.h"

#include <stdlib.h>
#include <string.h>

#include "core/alembic/env-natives.h"

static StrataEnvThing *
new_member (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *owner,
            const char      *name)
{
  StrataEnvThing *member = strata_env_thing_new (self, STRATA_THING_MEMBER, place);

  member->first = owner;
  member->text = name;

  return member;
}

static StrataEnvThing *
get_of_engine (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *thing,
               const char      *name)
{
  if (strcmp (name, "url") == 0)
    return strata_env_thing_with (self, STRATA_THING_URL, place, thing->value);
  if (strcmp (name, "sync_engine") == 0)
    return thing;
  if (strcmp (name, "engine") == 0)
    return strata_env_thing_with (self, STRATA_THING_ENGINE, place, thing->value);
  if (strcmp (name, "dialect") == 0)
    return strata_env_thing_outside (self, place, "connection.dialect");

  return new_member (self, place, thing, name);
}

static StrataEnvThing *
get_of_path (StrataEnvReader *self,
             StrataPlace      place,
             StrataEnvThing  *thing,
             const char      *name)
{
  g_autofree char *part = NULL;

  if (!strata_env_value_is_text (thing->value, NULL))
    return new_member (self, place, thing, name);

  if (strcmp (name, "parent") == 0)
    {
      part = g_path_get_dirname (thing->value->text);
      return strata_env_thing_with (self, STRATA_THING_PATH, place, strata_env_text (self, place, part));
    }
  if (strcmp (name, "name") == 0)
    {
      part = g_path_get_basename (thing->value->text);
      return strata_env_thing_of_text (self, place, part);
    }

  return new_member (self, place, thing, name);
}

/* MetaData(schema=...).schema, declarative_base(metadata=...).metadata: what was given is what is there. */
static StrataEnvThing *
get_of_object (StrataEnvReader *self,
               StrataPlace      place,
               StrataEnvThing  *thing,
               const char      *name)
{
  StrataEnvThing *given = strata_env_cell_get (thing, name);

  if (given != NULL)
    return given;
  if (g_str_has_suffix (thing->text, ".MetaData") && strcmp (name, "schema") == 0 && !thing->is_open)
    return strata_env_thing_none (self, place);

  return new_member (self, place, thing, name);
}

StrataEnvThing *
strata_env_attribute (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node,
                      StrataEnvThing     *thing,
                      const char         *name)
{
  StrataPlace place = strata_env_place (frame, node);

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_OUTSIDE:
      return strata_env_outside_get (self, place, thing->text, name);
    case STRATA_THING_MODULE:
      return strata_env_module_get (self, thing->module, place, name);
    case STRATA_THING_CLASS:
      return strata_env_class_get (self, frame, node, thing, name);
    case STRATA_THING_INSTANCE:
      return strata_env_instance_get (self, frame, node, thing, name);
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
      return get_of_engine (self, place, thing, name);
    case STRATA_THING_PATH:
      return get_of_path (self, place, thing, name);
    case STRATA_THING_OBJECT:
      return get_of_object (self, place, thing, name);
    case STRATA_THING_CHOICE:
      return strata_env_thing_choice (self, thing->value, strata_env_attribute (self, frame, node, thing->first, name),
                                      strata_env_attribute (self, frame, node, thing->second, name));
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
      return strata_env_thing_outside (self, place, "function.attribute");
    case STRATA_THING_VALUE:
      if (thing->value->op == STRATA_ENV_OP_UNKNOWN || strcmp (name, "value") == 0)
        return thing;
      return new_member (self, place, thing, name);
    case STRATA_THING_URL:
    case STRATA_THING_MEMBER:
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      return new_member (self, place, thing, name);
    }
}

void
strata_env_set_attribute (StrataEnvReader *self,
                          StrataEnvThing  *owner,
                          const char      *name,
                          StrataEnvThing  *thing)
{
  switch ((StrataEnvThingKind) owner->kind)
    {
    case STRATA_THING_INSTANCE:
    case STRATA_THING_CLASS:
    case STRATA_THING_MODULE:
    case STRATA_THING_OBJECT:
      strata_env_cell_set (self, owner, name, thing);
      break;
    case STRATA_THING_OUTSIDE:
      if (strcmp (owner->text, "connection.dialect") == 0 && strcmp (name, "default_schema_name") == 0)
        self->traits |= STRATA_ENV_SETS_SEARCH_PATH;
      break;
    case STRATA_THING_CHOICE:
      /* Whichever it is: what it holds under that name is not known any more. */
      thing = strata_env_thing_unknown (self, thing->place, "it depends on a condition which object this is set on");
      strata_env_set_attribute (self, owner->first, name, thing);
      strata_env_set_attribute (self, owner->second, name, thing);
      break;
    case STRATA_THING_VALUE:
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      break;
    }
}

/* A container is told that something unknown was done to it. */
static void
open_container (StrataEnvThing *thing)
{
  if (thing->kind == STRATA_THING_CHOICE)
    {
      open_container (thing->first);
      open_container (thing->second);
    }
  thing->is_open = TRUE;
}

void
strata_env_set_item (StrataEnvReader *self,
                     StrataEnvThing  *owner,
                     StrataEnvThing  *key,
                     StrataEnvThing  *thing)
{
  if (owner->kind == STRATA_THING_OUTSIDE && strcmp (owner->text, "os.environ") == 0)
    strata_env_set_variable (self, key->place, key, thing, FALSE);
  else if ((owner->kind == STRATA_THING_DICT || owner->kind == STRATA_THING_SECTION) &&
           strata_env_thing_is_text (key, NULL))
    strata_env_cell_set (self, owner, key->value->text, thing);
  else
    open_container (owner);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* The entry whose key is only known later. */
static StrataEnvThing *
select_entry (StrataEnvReader *self,
              StrataPlace      place,
              StrataEnvThing  *dict,
              StrataEnvThing  *key,
              StrataEnvThing  *otherwise)
{
  g_autofree gpointer *names = dict->cells != NULL ? g_hash_table_get_keys_as_array (dict->cells, NULL) : NULL;
  guint n = dict->cells != NULL ? g_hash_table_size (dict->cells) : 0;
  StrataEnvThing *selected = otherwise;

  qsort (names, n, sizeof (gpointer), compare_names);
  for (guint i = 0; i < n; i++)
    {
      StrataEnvThing *entry = strata_env_cell_get (dict, names[i]);
      const StrataEnvValue *is_it = strata_env_value_new_op (self->arena, STRATA_ENV_OP_EQUALS, place, 0, 2,
                                                             strata_env_thing_to_value (self, key),
                                                             strata_env_text (self, place, names[i]));

      if (entry != NULL)
        selected = strata_env_thing_choice (self, is_it, entry, selected);
    }

  return selected;
}

/* The entry, None where there is none; NULL where neither is known. */
StrataEnvThing *
strata_env_find_item (StrataEnvReader *self,
                      StrataPlace      place,
                      StrataEnvThing  *thing,
                      StrataEnvThing  *key)
{
  gboolean has_name = strata_env_thing_is_text (key, NULL);
  StrataEnvThing *found;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_DICT:
      found = has_name ? strata_env_cell_get (thing, key->value->text) : NULL;
      if (found != NULL)
        return found;
      if (thing->is_open)
        return NULL;
      return has_name ? strata_env_thing_none (self, place)
                      : select_entry (self, place, thing, key, strata_env_thing_none (self, place));
    case STRATA_THING_SECTION:
      if (!has_name)
        return NULL;
      return strata_env_thing_of_value (self, strata_env_section_get (self, thing, place, key->value->text));
    case STRATA_THING_OUTSIDE:
      if (strcmp (thing->text, "os.environ") == 0 && has_name)
        return strata_env_thing_of_value (self, strata_env_variable (self, place, key->value->text, FALSE, NULL, 0));
      return strcmp (thing->text, "alembic.context.config.attributes") == 0 ? strata_env_thing_none (self, place) : NULL;
    case STRATA_THING_VALUE:
    case STRATA_THING_OBJECT:
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
    case STRATA_THING_CLASS:
    case STRATA_THING_INSTANCE:
    case STRATA_THING_MODULE:
    case STRATA_THING_LIST:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    case STRATA_THING_CHOICE:
    default:
      return NULL;
    }
}

static gboolean
get_index (StrataEnvThing *key,
           int            *index)
{
  if (key->kind != STRATA_THING_VALUE || key->value->op != STRATA_ENV_OP_NUMBER)
    return FALSE;

  *index = atoi (key->value->text);

  return strchr (key->value->text, '.') == NULL && strlen (key->value->text) < 6;
}

/* parents[0] is the parent, parents[1] the one above. */
static StrataEnvThing *
get_parent (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *path,
            int              n)
{
  g_autofree char *folder = g_strdup (path->value->text);

  for (int i = 0; i <= n; i++)
    {
      char *above = g_path_get_dirname (folder);

      g_free (folder);
      folder = above;
    }

  return strata_env_thing_with (self, STRATA_THING_PATH, place, strata_env_text (self, place, folder));
}

static StrataEnvThing *
get_by_index (StrataEnvReader *self,
              StrataPlace      place,
              StrataEnvThing  *thing,
              int              index)
{
  if (thing->kind == STRATA_THING_LIST && !thing->is_open)
    {
      if (index < 0)
        index += thing->n_items;
      if (index >= 0 && (guint) index < thing->n_items)
        return thing->items[index];
    }

  if (thing->kind == STRATA_THING_MEMBER && strcmp (thing->text, "parents") == 0 && index >= 0 &&
      thing->first->kind == STRATA_THING_PATH && strata_env_value_is_text (thing->first->value, NULL))
    return get_parent (self, place, thing->first, index);

  if (thing->kind == STRATA_THING_OBJECT && strcmp (thing->text, "text.split") == 0)
    return strata_env_thing_of_value (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_SPLIT, place, index, 2,
                                                                     thing->first->value, thing->second->value));

  return NULL;
}

/* One of the things that a list is taken apart into. */
StrataEnvThing *
strata_env_member (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *node,
                   StrataEnvThing     *thing,
                   guint               i)
{
  StrataEnvThing *member = get_by_index (self, strata_env_place (frame, node), thing, i);

  return member != NULL ? member : strata_env_not_followed (self, frame, node);
}

/* What "thing[key]" gives, where a missing key is an error. */
static StrataEnvThing *
get_item (StrataEnvReader *self,
          StrataPlace      place,
          StrataEnvThing  *thing,
          StrataEnvThing  *key)
{
  StrataEnvThing *found = strata_env_find_item (self, place, thing, key);
  int index;

  if (found == NULL)
    return get_index (key, &index) ? get_by_index (self, place, thing, index) : NULL;
  if (found->kind != STRATA_THING_VALUE ||
      (thing->kind == STRATA_THING_DICT && found->value->op != STRATA_ENV_OP_NONE))
    return found;
  if (thing->kind == STRATA_THING_DICT && strata_env_thing_is_text (key, NULL) &&
      strata_env_cell_get (thing, key->value->text) != NULL)
    return found;

  return strata_env_thing_of_value (self, strata_env_need (self, found->value));
}

StrataEnvThing *
strata_env_subscript (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node,
                      StrataEnvThing     *thing)
{
  StrataEnvThing *key = strata_env_evaluate (self, frame, node->pair.second);
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *found;

  if (thing->kind == STRATA_THING_CHOICE)
    return strata_env_thing_choice (self, thing->value, strata_env_subscript (self, frame, node, thing->first),
                                    strata_env_subscript (self, frame, node, thing->second));
  /* Generic[T] is as good as Generic. */
  if (thing->kind == STRATA_THING_CLASS)
    return thing;

  found = get_item (self, place, thing, key);
  if (found != NULL)
    return found;
  if (thing->kind == STRATA_THING_OUTSIDE)
    return strata_env_outside_get (self, place, thing->text, "[]");

  return strata_env_not_followed (self, frame, node);
}
