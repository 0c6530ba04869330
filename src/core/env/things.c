/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/things.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/natives.h"

StrataEnvThing *
strata_env_thing_new (StrataEnvReader    *reader,
                      StrataEnvThingKind  kind,
                      StrataPlace         place)
{
  StrataEnvThing *thing = strata_py_arena_new_struct (reader->scratch, StrataEnvThing);

  thing->kind = kind;
  thing->place = place;

  return thing;
}

StrataEnvThing *
strata_env_thing_with (StrataEnvReader      *reader,
                       StrataEnvThingKind    kind,
                       StrataPlace           place,
                       const StrataEnvValue *value)
{
  StrataEnvThing *thing = strata_env_thing_new (reader, kind, place);

  thing->value = value;

  return thing;
}

StrataEnvThing *
strata_env_thing_of_value (StrataEnvReader      *reader,
                           const StrataEnvValue *value)
{
  return strata_env_thing_with (reader, STRATA_THING_VALUE, value->place, value);
}

StrataEnvThing *
strata_env_thing_of_text (StrataEnvReader *reader,
                          StrataPlace      place,
                          const char      *text)
{
  return strata_env_thing_of_value (reader, strata_env_value_new_leaf (reader->arena, STRATA_ENV_OP_TEXT, place, text));
}

StrataEnvThing *
strata_env_thing_none (StrataEnvReader *reader,
                       StrataPlace      place)
{
  return strata_env_thing_of_value (reader, strata_env_value_new_leaf (reader->arena, STRATA_ENV_OP_NONE, place, NULL));
}

StrataEnvThing *
strata_env_thing_outside (StrataEnvReader *reader,
                          StrataPlace      place,
                          const char      *name)
{
  StrataEnvThing *thing = strata_env_thing_new (reader, STRATA_THING_OUTSIDE, place);

  thing->text = strata_py_arena_strndup (reader->scratch, name, strlen (name));

  return thing;
}

StrataEnvThing *
strata_env_thing_unknown (StrataEnvReader *reader,
                          StrataPlace      place,
                          const char      *reason)
{
  return strata_env_thing_of_value (reader, strata_env_value_new_leaf (reader->arena, STRATA_ENV_OP_UNKNOWN, place,
                                                                       reason));
}

StrataEnvThing *
strata_env_thing_list (StrataEnvReader *reader,
                       StrataPlace      place,
                       GPtrArray       *items)
{
  StrataEnvThing *thing = strata_env_thing_new (reader, STRATA_THING_LIST, place);

  thing->n_items = items->len;
  thing->items = strata_py_arena_alloc (reader->scratch, items->len * sizeof (gpointer));
  if (items->len > 0)
    memcpy (thing->items, items->pdata, items->len * sizeof (gpointer));

  return thing;
}

static gboolean
lists_same (const StrataEnvThing *a,
            const StrataEnvThing *b)
{
  if (a->n_items != b->n_items)
    return FALSE;

  for (guint i = 0; i < a->n_items; i++)
    if (!strata_env_thing_same (a->items[i], b->items[i]))
      return FALSE;

  return TRUE;
}

gboolean
strata_env_thing_same (const StrataEnvThing *a,
                       const StrataEnvThing *b)
{
  if (a == b)
    return TRUE;
  if (a == NULL || b == NULL || a->kind != b->kind)
    return FALSE;

  switch ((StrataEnvThingKind) a->kind)
    {
    case STRATA_THING_VALUE:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
      return strata_env_value_equal (a->value, b->value);
    case STRATA_THING_OUTSIDE:
      return strcmp (a->text, b->text) == 0;
    case STRATA_THING_FUNCTION:
    case STRATA_THING_CLASS:
      return a->node == b->node && a->first == b->first;
    case STRATA_THING_LIST:
      return lists_same (a, b);
    case STRATA_THING_OBJECT:
      return strcmp (a->text, STRATA_ENV_MEMBER_OF_ENUM) == 0 && strcmp (b->text, STRATA_ENV_MEMBER_OF_ENUM) == 0 &&
             a->first == b->first && strata_env_value_equal (a->value, b->value);
    case STRATA_THING_IMPORT:
      return a->module == b->module && a->node == b->node && g_strcmp0 (a->text, b->text) == 0;
    case STRATA_THING_MEMBER:
    case STRATA_THING_METHOD:
    case STRATA_THING_INSTANCE:
    case STRATA_THING_MODULE:
    case STRATA_THING_DICT:
    case STRATA_THING_SECTION:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_CHOICE:
    default:
      return FALSE;
    }
}

static gboolean
has_value (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_VALUE;
}

StrataEnvThing *
strata_env_thing_choice (StrataEnvReader      *reader,
                         const StrataEnvValue *condition,
                         StrataEnvThing       *first,
                         StrataEnvThing       *second)
{
  StrataEnvTruth truth = strata_env_value_get_truth (condition);
  StrataEnvThing *joined = NULL;
  StrataEnvThing *choice;

  if (truth != STRATA_ENV_SOMETIMES)
    return truth == STRATA_ENV_ALWAYS ? first : second;
  if (strata_env_thing_same (first, second))
    return first;

  first = first != NULL ? strata_env_resolve (reader, first) : NULL;
  second = second != NULL ? strata_env_resolve (reader, second) : NULL;
  if (strata_env_thing_same (first, second))
    return first;

  if (strata_env_value_find_unknown (condition) != NULL)
    joined = strata_env_join_environments (reader, condition, first, second);
  if (joined != NULL)
    return joined;

  /* A name that only one way gives: without it Python would stop. */
  if (first == NULL || second == NULL)
    {
      StrataEnvThing *stop = strata_env_thing_of_value (reader, strata_env_value_new_leaf (reader->arena,
                                                                                           STRATA_ENV_OP_STOP,
                                                                                           condition->place,
                                                                                           _("a name that is not "
                                                                                             "there")));

      first = first != NULL ? first : stop;
      second = second != NULL ? second : stop;
    }

  if (has_value (first) && has_value (second))
    return strata_env_thing_of_value (reader, strata_env_value_new_op (reader->arena, STRATA_ENV_OP_CHOICE,
                                                                       condition->place, 0, 3, condition,
                                                                       first->value, second->value));

  choice = strata_env_thing_new (reader, STRATA_THING_CHOICE, condition->place);
  choice->value = condition;
  choice->first = first;
  choice->second = second;

  return choice;
}

const StrataEnvValue *
strata_env_thing_to_value (StrataEnvReader *reader,
                           StrataEnvThing  *thing)
{
  g_autofree char *reason = NULL;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_VALUE:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
      return thing->value;
    case STRATA_THING_CHOICE:
      return strata_env_value_new_op (reader->arena, STRATA_ENV_OP_CHOICE, thing->place, 0, 3, thing->value,
                                      strata_env_thing_to_value (reader, thing->first),
                                      strata_env_thing_to_value (reader, thing->second));
    case STRATA_THING_OBJECT:
      if (strcmp (thing->text, STRATA_ENV_MEMBER_OF_ENUM) == 0 && strata_env_class_derives (thing->first, "StrEnum"))
        return thing->value;
      reason = strcmp (thing->text, STRATA_ENV_SECRET) == 0 ? g_strdup (_("a secret shows itself as stars"))
               : strcmp (thing->text, STRATA_ENV_MEMBER_OF_ENUM) == 0 ? g_strdup (_("the text of a member of an "
                                                                                    "enumeration differs between "
                                                                                    "versions of Python"))
               : g_strdup_printf (_("“%s” is not code of the project that can be followed"), thing->text);
      break;
    case STRATA_THING_OUTSIDE:
      reason = g_strdup_printf (_("“%s” is not code of the project that can be followed"), thing->text);
      break;
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
      reason = g_strdup (_("a function is given here"));
      break;
    case STRATA_THING_CLASS:
    case STRATA_THING_INSTANCE:
    case STRATA_THING_MODULE:
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      reason = g_strdup (_("this is not a plain value"));
      break;
    }

  return strata_env_value_new_leaf (reader->arena, STRATA_ENV_OP_UNKNOWN, thing->place, reason);
}

gboolean
strata_env_thing_is_text (const StrataEnvThing *thing,
                          const char           *text)
{
  return thing != NULL && thing->kind == STRATA_THING_VALUE && strata_env_value_is_text (thing->value, text);
}

StrataEnvThing *
strata_env_cell_get (const StrataEnvThing *owner,
                     const char           *name)
{
  return owner->cells != NULL ? g_hash_table_lookup (owner->cells, name) : NULL;
}

static void
put (StrataEnvReader *reader,
     StrataEnvThing  *owner,
     const char      *name,
     StrataEnvThing  *thing)
{
  if (owner->cells == NULL)
    {
      owner->cells = g_hash_table_new (g_str_hash, g_str_equal);
      g_ptr_array_add (reader->tables, owner->cells);
    }

  g_hash_table_insert (owner->cells, (gpointer) name, thing);
}

/* The name is borrowed: it is a literal, or lives in an arena or tree of the reader. */
void
strata_env_cell_set (StrataEnvReader *reader,
                     StrataEnvThing  *owner,
                     const char      *name,
                     StrataEnvThing  *thing)
{
  StrataEnvChange change = { owner, name, strata_env_cell_get (owner, name) };

  g_array_append_val (reader->trail, change);
  put (reader, owner, name, thing);
}

/* For what would come to the same on every way: it stays when changes are undone. */
void
strata_env_cell_keep (StrataEnvReader *reader,
                      StrataEnvThing  *owner,
                      const char      *name,
                      StrataEnvThing  *thing)
{
  put (reader, owner, name, thing);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

GPtrArray *
strata_env_cell_names (const StrataEnvThing *owner)
{
  GPtrArray *names = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, held;

  if (owner->cells == NULL)
    return names;

  g_hash_table_iter_init (&iter, owner->cells);
  while (g_hash_table_iter_next (&iter, &name, &held))
    if (held != NULL)
      g_ptr_array_add (names, name);
  g_ptr_array_sort (names, compare_names);

  return names;
}

static guint
hash_change (gconstpointer data)
{
  const StrataEnvChange *change = data;

  return g_direct_hash (change->owner) ^ g_str_hash (change->name);
}

static gboolean
same_cell (gconstpointer a,
           gconstpointer b)
{
  const StrataEnvChange *first = a;
  const StrataEnvChange *second = b;

  return first->owner == second->owner && strcmp (first->name, second->name) == 0;
}

GArray *
strata_env_cells_changed (StrataEnvReader *reader,
                          guint            since)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (hash_change, same_cell);
  GArray *changes = g_array_new (FALSE, FALSE, sizeof (StrataEnvChange));

  for (guint i = since; i < reader->trail->len; i++)
    {
      StrataEnvChange *entry = &g_array_index (reader->trail, StrataEnvChange, i);
      StrataEnvChange change = { entry->owner, entry->name, strata_env_cell_get (entry->owner, entry->name) };

      if (g_hash_table_add (seen, entry))
        g_array_append_val (changes, change);
    }

  return changes;
}

void
strata_env_cells_undo (StrataEnvReader *reader,
                       guint            since)
{
  for (guint i = reader->trail->len; i > since; i--)
    {
      StrataEnvChange *entry = &g_array_index (reader->trail, StrataEnvChange, i - 1);

      put (reader, entry->owner, entry->name, entry->held);
    }

  g_array_set_size (reader->trail, since);
}

void
strata_env_cells_apply (StrataEnvReader *reader,
                        GArray          *changes)
{
  for (guint i = 0; i < changes->len; i++)
    {
      StrataEnvChange *change = &g_array_index (changes, StrataEnvChange, i);

      strata_env_cell_set (reader, change->owner, change->name, change->held);
    }
}

/* What was set since may as well be something else. */
void
strata_env_doubt_changes (StrataEnvReader *reader,
                          guint            since,
                          StrataPlace      place,
                          const char      *reason)
{
  g_autoptr(GArray) changes = strata_env_cells_changed (reader, since);

  for (guint i = 0; i < changes->len; i++)
    {
      StrataEnvChange *change = &g_array_index (changes, StrataEnvChange, i);

      if (change->owner == reader->world && strcmp (change->name, "environ") == 0)
        strata_env_spoil_environment (reader, place);
      else if (change->owner != reader->facts)
        strata_env_cell_set (reader, change->owner, change->name, strata_env_thing_unknown (reader, place, reason));
    }
}

/* What a cell is that was not set: an entry of a section is still what it was outside, one of a dict is not there. */
static StrataEnvThing *
get_unset (StrataEnvReader *reader,
           StrataPlace      place,
           StrataEnvChange *change)
{
  if (change->owner->kind == STRATA_THING_SECTION)
    return strata_env_thing_of_value (reader, strata_env_section_leaf (reader, change->owner, place, change->name));
  if (change->owner == reader->world && strcmp (change->name, "section") == 0)
    return strata_env_thing_of_text (reader, place, reader->source->section);
  if (change->owner == reader->world && strcmp (change->name, "cwd") == 0)
    return reader->source->folder != NULL ? strata_env_thing_of_text (reader, place, reader->source->folder)
           : strata_env_thing_unknown (reader, place, _("where Alembic is started is not known"));
  if (change->owner == reader->patches)
    return strata_env_thing_outside (reader, place, change->name);
  if (change->owner->kind == STRATA_THING_DICT && change->owner != reader->world)
    return strata_env_thing_outside (reader, place, STRATA_ENV_NO_ENTRY);

  return NULL;
}

/* A settings cell that only one way has set was not configured on the other one: what is there counts. */
static StrataEnvThing *
join_cell (StrataEnvReader      *reader,
           const StrataEnvValue *condition,
           StrataEnvChange      *change,
           StrataEnvThing       *first,
           StrataEnvThing       *second)
{
  if (change->owner == reader->facts && (first == NULL || second == NULL))
    return first != NULL ? first : second;
  if (first == NULL)
    first = get_unset (reader, condition->place, change);
  if (second == NULL)
    second = get_unset (reader, condition->place, change);

  return strata_env_thing_choice (reader, condition, first, second);
}

void
strata_env_cells_join (StrataEnvReader      *reader,
                       const StrataEnvValue *condition,
                       GArray               *changes,
                       guint                 since)
{
  g_autoptr(GHashTable) seen = g_hash_table_new (hash_change, same_cell);
  guint end = reader->trail->len;

  for (guint i = 0; i < changes->len; i++)
    {
      StrataEnvChange *change = &g_array_index (changes, StrataEnvChange, i);
      StrataEnvThing *now = strata_env_cell_get (change->owner, change->name);

      g_hash_table_add (seen, change);
      strata_env_cell_set (reader, change->owner, change->name,
                           join_cell (reader, condition, change, change->held, now));
    }

  /* What only the other way changed: here it holds what it held at the start. */
  for (guint i = since; i < end; i++)
    {
      StrataEnvChange entry = g_array_index (reader->trail, StrataEnvChange, i);
      StrataEnvChange *copy;

      if (g_hash_table_contains (seen, &entry))
        continue;

      copy = strata_py_arena_new_struct (reader->scratch, StrataEnvChange);
      *copy = entry;
      g_hash_table_add (seen, copy);
      strata_env_cell_set (reader, entry.owner, entry.name,
                           join_cell (reader, condition, &entry, entry.held,
                                      strata_env_cell_get (entry.owner, entry.name)));
    }
}
