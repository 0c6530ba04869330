/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/parser.h"

#include <glib/gi18n-lib.h>
#include <stdlib.h>
#include <string.h>

/* What stands for the key of a dict, as text; NULL where it is none. A member of an enumeration that is no text itself
 * is only equal to itself. */
static const StrataEnvValue *
get_key (StrataEnvReader *self,
         StrataEnvThing  *key)
{
  if (key->kind == STRATA_THING_OBJECT && strcmp (key->text, STRATA_ENV_MEMBER_OF_ENUM) == 0)
    return strata_env_enum_as_key (self, key);

  return strata_env_thing_to_value (self, key);
}

static void
set_of_outside (StrataEnvReader *self,
                StrataEnvThing  *owner,
                StrataEnvThing  *key,
                StrataEnvThing  *thing)
{
  if (strcmp (owner->text, "os.environ") == 0)
    strata_env_set_variable (self, key->place, key, thing, FALSE);
  else if (strcmp (owner->text, "os.environb") == 0)
    strata_env_spoil_environment (self, key->place);
  else if (strcmp (owner->text, "sys.path") == 0)
    self->path_is_unknown = TRUE;
  else if (g_str_has_prefix (owner->text, "sys.modules") ||
           g_str_has_prefix (owner->text, "alembic.context.config.cmd_opts"))
    strata_env_lose (self, key->place, _("what is set here is not followed"));
  else if (g_str_has_prefix (owner->text, "alembic.context.config."))
    strata_env_spoil_ini (self, key->place);
}

/* "owner[key] = thing", and without a thing "del owner[key]". */
void
strata_env_set_item (StrataEnvReader *self,
                     StrataEnvThing  *owner,
                     StrataEnvThing  *key,
                     StrataEnvThing  *thing)
{
  const StrataEnvValue *name = get_key (self, key);
  StrataEnvThing *none = strata_env_thing_none (self, key->place);

  if (owner->kind == STRATA_THING_OUTSIDE)
    set_of_outside (self, owner, key, thing != NULL ? thing : none);
  else if (strata_env_is_parser (owner))
    strata_env_call_parser (self, owner, "[]", NULL);
  else if (name->op != STRATA_ENV_OP_TEXT)
    strata_env_doubt_entries (self, owner);
  else if (owner->kind == STRATA_THING_DICT)
    strata_env_cell_set (self, owner, name->text, thing);
  else if (owner->kind == STRATA_THING_SECTION && (thing != NULL || owner->op != STRATA_ENV_OP_INTERPOLATE))
    strata_env_section_set (self, owner, name->text, thing != NULL ? thing : none);
  else
    strata_env_doubt_entries (self, owner);
}

gboolean
strata_env_is_missing (const StrataEnvThing *entry)
{
  return entry == NULL || (entry->kind == STRATA_THING_OUTSIDE && strcmp (entry->text, STRATA_ENV_NO_ENTRY) == 0);
}

/* Choices share their parts: each is gone through once. */
static StrataEnvThing *
entry_or (StrataEnvReader *self,
          StrataEnvThing  *entry,
          StrataEnvThing  *otherwise,
          GHashTable      *done)
{
  StrataEnvThing *result;

  if (strata_env_is_missing (entry))
    return otherwise;
  if (entry->kind != STRATA_THING_CHOICE)
    return entry;
  if (self->given_up)
    return strata_env_thing_unknown (self, entry->place, _("this is too much to follow"));

  result = g_hash_table_lookup (done, entry);
  if (result == NULL)
    {
      result = strata_env_thing_choice (self, entry->value, entry_or (self, entry->first, otherwise, done),
                                        entry_or (self, entry->second, otherwise, done));
      g_hash_table_insert (done, entry, result);
    }

  return result;
}

/* The entry, with something else in its place where it is not there. */
StrataEnvThing *
strata_env_entry_or (StrataEnvReader *self,
                     StrataEnvThing  *entry,
                     StrataEnvThing  *otherwise)
{
  g_autoptr(GHashTable) done = NULL;

  if (strata_env_is_missing (entry))
    return otherwise;
  if (entry->kind != STRATA_THING_CHOICE)
    return entry;
  done = g_hash_table_new (g_direct_hash, g_direct_equal);

  return entry_or (self, entry, otherwise, done);
}

/* Whether it is there. */
const StrataEnvValue *
strata_env_entry_exists (StrataEnvReader *self,
                         StrataPlace      place,
                         StrataEnvThing  *entry)
{
  if (strata_env_is_missing (entry) || entry->kind != STRATA_THING_CHOICE)
    return strata_env_value_new_leaf (self->arena, strata_env_is_missing (entry) ? STRATA_ENV_OP_FALSE : STRATA_ENV_OP_TRUE,
                                      place, NULL);

  return strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, entry->value,
                                  strata_env_entry_exists (self, place, entry->first),
                                  strata_env_entry_exists (self, place, entry->second));
}

/* The entry whose key is only known later. */
static StrataEnvThing *
select_entry (StrataEnvReader      *self,
              StrataPlace           place,
              StrataEnvThing       *dict,
              const StrataEnvValue *key)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (dict);
  StrataEnvThing *selected = strata_env_thing_outside (self, place, STRATA_ENV_NO_ENTRY);

  for (guint i = 0; i < names->len; i++)
    {
      StrataEnvThing *entry = strata_env_cell_get (dict, names->pdata[i]);
      const StrataEnvValue *is_it = strata_env_value_new_op (self->arena, STRATA_ENV_OP_EQUALS, place, 0, 2, key,
                                                             strata_env_text (self, place, names->pdata[i]));

      if (!strata_env_is_missing (entry))
        selected = strata_env_thing_choice (self, is_it, strata_env_entry_or (self, entry, selected), selected);
    }

  return selected;
}

/* The entry of a dict, or what stands for one that is not there; NULL where neither is known. */
StrataEnvThing *
strata_env_find_entry (StrataEnvReader *self,
                       StrataPlace      place,
                       StrataEnvThing  *dict,
                       StrataEnvThing  *key)
{
  const StrataEnvValue *name = get_key (self, key);
  StrataEnvThing *found = name->op == STRATA_ENV_OP_TEXT ? strata_env_cell_get (dict, name->text) : NULL;

  if (found != NULL)
    return found;
  if (dict->is_open || name->op == STRATA_ENV_OP_UNKNOWN)
    return NULL;

  return name->op == STRATA_ENV_OP_TEXT ? strata_env_thing_outside (self, place, STRATA_ENV_NO_ENTRY)
                                        : select_entry (self, place, dict, name);
}

static StrataEnvThing *
find_of_outside (StrataEnvReader *self,
                 StrataPlace      place,
                 StrataEnvThing  *thing,
                 StrataEnvThing  *key)
{
  if (!strata_env_thing_is_text (key, NULL))
    return NULL;
  if (strcmp (thing->text, "alembic.context.config.file_config") == 0)
    return strata_env_ini_section (self, key->value->text);
  if (strcmp (thing->text, "os.environ") == 0)
    return strata_env_thing_of_value (self, strata_env_variable (self, place, key->value->text, FALSE, NULL, 0));

  return NULL;
}

/* The entry, None where there is none; NULL where neither is known. */
StrataEnvThing *
strata_env_find_item (StrataEnvReader *self,
                      StrataPlace      place,
                      StrataEnvThing  *thing,
                      StrataEnvThing  *key)
{
  StrataEnvThing *found;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_DICT:
      found = strata_env_find_entry (self, place, thing, key);
      return found != NULL ? strata_env_entry_or (self, found, strata_env_thing_none (self, place)) : NULL;
    case STRATA_THING_SECTION:
      if (!strata_env_thing_is_text (key, NULL))
        return NULL;
      return strata_env_thing_of_value (self, strata_env_section_get (self, thing, place, key->value->text));
    case STRATA_THING_OUTSIDE:
      return find_of_outside (self, place, thing, key);
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

/* An entry of a dict without which Python stops. */
static StrataEnvThing *
need_entry (StrataEnvReader *self,
            StrataPlace      place,
            StrataEnvThing  *entry)
{
  const StrataEnvValue *none = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_NONE, place, NULL);
  const StrataEnvValue *stop = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_STOP, place,
                                                          _("a key that is not there"));
  const StrataEnvValue *exists = strata_env_entry_exists (self, place, entry);

  if (strata_env_value_get_truth (exists) != STRATA_ENV_ALWAYS)
    strata_env_need (self, strata_env_value_new_op (self->arena, STRATA_ENV_OP_CHOICE, place, 0, 3, exists, exists, none));

  return strata_env_entry_or (self, entry, strata_env_thing_of_value (self, stop));
}

/* What "thing[key]" gives, where a missing key is an error. */
static StrataEnvThing *
get_item (StrataEnvReader *self,
          StrataPlace      place,
          StrataEnvThing  *thing,
          StrataEnvThing  *key)
{
  StrataEnvThing *found;
  int index;

  if (thing->kind == STRATA_THING_DICT)
    {
      found = strata_env_find_entry (self, place, thing, key);
      return found != NULL ? need_entry (self, place, found) : NULL;
    }

  if (strata_env_is_parser (thing))
    return strata_env_parser_get (self, place, thing, key);

  found = strata_env_find_item (self, place, thing, key);
  if (found == NULL)
    return get_index (key, &index) ? get_by_index (self, place, thing, index) : NULL;
  if (found->kind != STRATA_THING_VALUE)
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
  /* Generic[T] is as good as Generic; of an enumeration it is the member of that name. */
  if (thing->kind == STRATA_THING_CLASS && !strata_env_class_is_enum (thing))
    return thing;
  if (thing->kind == STRATA_THING_CLASS && strata_env_thing_is_text (key, NULL))
    return strata_env_class_get (self, frame, node, thing, key->value->text);

  found = get_item (self, place, thing, key);
  if (found != NULL)
    return found;
  if (thing->kind == STRATA_THING_OUTSIDE)
    return strata_env_outside_get (self, place, thing->text, "[]");
  /* Why the whole is not known is why its parts are not. */
  if (thing->kind == STRATA_THING_VALUE && thing->value->op == STRATA_ENV_OP_UNKNOWN)
    return thing;

  return strata_env_not_followed (self, frame, node);
}
