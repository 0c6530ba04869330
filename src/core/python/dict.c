/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <math.h>
#include <string.h>

/* Entries lie in the order in which they came; up to this many are found by looking at each. */
#define FEW 8

static guint64
hash_text (const char *text,
           gsize       length)
{
  guint64 hash = G_GUINT64_CONSTANT (14695981039346656037);

  for (gsize i = 0; i < length; i++)
    hash = (hash ^ (guint8) text[i]) * G_GUINT64_CONSTANT (1099511628211);

  return hash;
}

static guint64
hash_number (Wide number)
{
  guint64 low = number;
  guint64 high = number >> 64;

  return (low ^ high * 31) * G_GUINT64_CONSTANT (0x9e3779b97f4a7c15);
}

static gboolean
hash_items (Machine  *py,
            List     *list,
            guint64  *hash)
{
  *hash = list->length;
  for (gsize i = 0; i < list->length; i++)
    {
      guint64 item;

      if (!strata_py_hash (py, list->items[i], &item))
        return FALSE;
      *hash = (*hash ^ item) * G_GUINT64_CONSTANT (1099511628211) + 1;
    }

  return TRUE;
}

/* The order of the members must not count. */
static gboolean
hash_members (Machine *py,
              Dict    *set,
              guint64 *hash)
{
  guint position = 0;
  Entry *entry;

  *hash = 7;
  while ((entry = strata_py_dict_step (set, &position)) != NULL)
    *hash += entry->hash * 3;

  return TRUE;
}

static gboolean
hash_object (Machine *py,
             Value   *value,
             guint64 *hash)
{
  Value *method = strata_py_special (py, value, "__hash__");
  Value *result;

  if (strata_py_has_failed (py))
    return FALSE;
  if (IS_NONE (method) || (method == NULL && value->class->is_user && !IS_CLASS (value)
                           && strata_py_class_lookup (py, value->class, "__eq__") != NULL))
    return strata_py_raise (py, "TypeError", "unhashable type: '%s'", value->class->name) != NULL;
  if (method == NULL)
    {
      *hash = (gsize) value >> 3;
      return TRUE;
    }

  result = strata_py_call_values (py, method, 0);
  if (result == NULL)
    return FALSE;
  if (!IS_INT (result))
    return strata_py_raise (py, "TypeError", "__hash__ method should return an integer") != NULL;
  *hash = hash_number (((Int *) result)->number);

  return TRUE;
}

gboolean
strata_py_hash (Machine *py,
                Value   *value,
                guint64 *hash)
{
  gboolean is_fine;
  Wide whole;

  if (value->class->is_user && !value->class->is_enum && strata_py_class_lookup (py, value->class, "__hash__") != NULL)
    return hash_object (py, value, hash);
  if (value->class->slots->hash != NULL)
    return value->class->slots->hash (py, value, hash);

  switch (value->kind)
    {
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      *hash = hash_text (((Str *) value)->text, ((Str *) value)->length);
      return TRUE;
    case STRATA_PY_VALUE_BOOL:
    case STRATA_PY_VALUE_INT:
      *hash = hash_number (((Int *) value)->number);
      return TRUE;
    case STRATA_PY_VALUE_FLOAT:
      if (strata_py_float_to_wide (((Float *) value)->number, &whole) && (double) whole == ((Float *) value)->number)
        *hash = hash_number (whole);
      else
        *hash = hash_text ((const char *) &((Float *) value)->number, sizeof (double));
      return TRUE;
    case STRATA_PY_VALUE_TUPLE:
      if (!strata_py_enter (py))
        return FALSE;
      is_fine = hash_items (py, (List *) value, hash);
      strata_py_leave (py);
      return is_fine;
    case STRATA_PY_VALUE_FROZENSET:
      return hash_members (py, (Dict *) value, hash);
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_DICT:
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_SLICE:
      return strata_py_raise (py, "TypeError", "unhashable type: '%s'", value->class->name) != NULL;
    case STRATA_PY_VALUE_OPAQUE:
      return strata_py_refuse_opaque (py, value, "is a key") != NULL;
    case STRATA_PY_VALUE_RANGE:
    case STRATA_PY_VALUE_METHOD:
    case STRATA_PY_VALUE_NATIVE:
      return strata_py_refuse (py, "the hash of “%s” is not known", value->class->name) != NULL;
    default:
      return hash_object (py, value, hash);
    }
}

Dict *
strata_py_dict (Machine *py)
{
  return strata_py_new (py, STRATA_PY_VALUE_DICT, sizeof (Dict));
}

Dict *
strata_py_new_set (Machine           *py,
                   StrataPyValueKind  kind)
{
  return strata_py_new (py, kind, sizeof (Dict));
}

/* 1: the same key, -1: failed. */
static int
is_key (Machine *py,
        Entry   *entry,
        Value   *key,
        guint64  hash)
{
  if (entry->key == NULL || entry->hash != hash)
    return 0;
  if (entry->key == key)
    return 1;

  return strata_py_equal (py, entry->key, key);
}

Entry *
strata_py_dict_find (Machine *py,
                     Dict    *self,
                     Value   *key,
                     guint64 *hash)
{
  int found;

  if (!strata_py_hash (py, key, hash))
    return NULL;

  if (self->table == NULL)
    {
      for (guint i = 0; i < self->n_entries; i++)
        if ((found = is_key (py, &self->entries[i], key, *hash)) != 0)
          return found > 0 ? &self->entries[i] : NULL;
      return NULL;
    }

  for (guint32 slot = *hash & self->mask; self->table[slot] != 0; slot = (slot + 1) & self->mask)
    if ((found = is_key (py, &self->entries[self->table[slot] - 1], key, *hash)) != 0)
      return found > 0 ? &self->entries[self->table[slot] - 1] : NULL;

  return NULL;
}

static gboolean
is_name (const Entry *entry,
         guint64      hash,
         const char  *name,
         gsize        length)
{
  const Str *key = (const Str *) entry->key;

  return key != NULL && entry->hash == hash && IS_STR (&key->base) && key->length == length
         && memcmp (key->text, name, length) == 0;
}

Entry *
strata_py_dict_find_name (Dict       *self,
                          const char *name,
                          gsize       length)
{
  guint64 hash = hash_text (name, length);

  if (self->table == NULL)
    {
      for (guint i = 0; i < self->n_entries; i++)
        if (is_name (&self->entries[i], hash, name, length))
          return &self->entries[i];
      return NULL;
    }

  for (guint32 slot = hash & self->mask; self->table[slot] != 0; slot = (slot + 1) & self->mask)
    if (is_name (&self->entries[self->table[slot] - 1], hash, name, length))
      return &self->entries[self->table[slot] - 1];

  return NULL;
}

static void
put_in_table (Dict   *self,
              guint   entry)
{
  guint32 slot = self->entries[entry].hash & self->mask;

  while (self->table[slot] != 0)
    slot = (slot + 1) & self->mask;
  self->table[slot] = entry + 1;
}

/* Room for one more. The table has twice as many slots as there is room for entries, so that it is never full. */
static void
grow (Machine *py,
      Dict    *self)
{
  guint32 allocated = MAX (FEW, self->n_live * 2);
  Entry *entries = strata_py_arena_alloc (py->arena, allocated * sizeof (Entry));
  guint n = 0;

  for (guint i = 0; i < self->n_entries; i++)
    if (self->entries[i].key != NULL)
      entries[n++] = self->entries[i];

  self->entries = entries;
  self->allocated = allocated;
  self->n_entries = n;
  self->table = NULL;
  if (allocated <= FEW)
    return;

  self->mask = 1;
  while (self->mask < allocated * 2)
    self->mask *= 2;
  self->table = strata_py_arena_alloc (py->arena, self->mask * sizeof (guint32));
  self->mask--;
  for (guint i = 0; i < n; i++)
    put_in_table (self, i);
}

static void
add_entry (Machine *py,
           Dict    *self,
           Value   *key,
           Value   *value,
           guint64  hash)
{
  if (self->n_entries == self->allocated)
    grow (py, self);

  self->entries[self->n_entries++] = (Entry) { hash, key, value };
  self->n_live++;
  if (self->table != NULL)
    put_in_table (self, self->n_entries - 1);
}

Value *
strata_py_dict_get (Machine *py,
                    Dict    *self,
                    Value   *key)
{
  guint64 hash;
  Entry *entry = strata_py_dict_find (py, self, key, &hash);

  return entry != NULL ? entry->value : NULL;
}

gboolean
strata_py_dict_set (Machine *py,
                    Dict    *self,
                    Value   *key,
                    Value   *value)
{
  guint64 hash;
  Entry *entry = strata_py_dict_find (py, self, key, &hash);

  if (strata_py_has_failed (py))
    return FALSE;
  if (entry != NULL)
    entry->value = value;
  else if (strata_py_reserve (py, 64))
    add_entry (py, self, key, value, hash);
  else
    return FALSE;

  return TRUE;
}

gboolean
strata_py_set_add (Machine *py,
                   Dict    *self,
                   Value   *key)
{
  return strata_py_dict_set (py, self, key, NULL);
}

Value *
strata_py_dict_get_name (Dict       *self,
                         const char *name)
{
  Entry *entry = strata_py_dict_find_name (self, name, strlen (name));

  return entry != NULL ? entry->value : NULL;
}

void
strata_py_dict_set_name (Machine    *py,
                         Dict       *self,
                         const char *name,
                         Value      *value)
{
  gsize length = strlen (name);
  Entry *entry = strata_py_dict_find_name (self, name, length);

  if (entry != NULL)
    entry->value = value;
  else
    add_entry (py, self, strata_py_take_str (py, strata_py_arena_strndup (py->arena, name, length), length), value,
               hash_text (name, length));
}

void
strata_py_dict_remove_entry (Dict  *self,
                             Entry *entry)
{
  entry->key = NULL;
  entry->value = NULL;
  self->n_live--;
}

gboolean
strata_py_dict_remove (Machine *py,
                       Dict    *self,
                       Value   *key,
                       Value  **removed)
{
  guint64 hash;
  Entry *entry = strata_py_dict_find (py, self, key, &hash);

  if (entry == NULL)
    return FALSE;
  if (removed != NULL)
    *removed = entry->value;
  strata_py_dict_remove_entry (self, entry);

  return TRUE;
}

void
strata_py_dict_clear (Dict *self)
{
  self->entries = NULL;
  self->table = NULL;
  self->n_entries = self->n_live = self->allocated = 0;
}

Entry *
strata_py_dict_step (Dict  *self,
                     guint *position)
{
  while (*position < self->n_entries)
    {
      Entry *entry = &self->entries[(*position)++];

      if (entry->key != NULL)
        return entry;
    }

  return NULL;
}

gboolean
strata_py_dict_next (Dict   *self,
                     guint  *position,
                     Value **key,
                     Value **value)
{
  Entry *entry = strata_py_dict_step (self, position);

  if (entry == NULL)
    return FALSE;
  *key = entry->key;
  *value = entry->value;

  return TRUE;
}

guint
strata_py_dict_get_length (Dict *self)
{
  return self->n_live;
}

/* Sets too. */
gboolean
strata_py_dict_merge (Machine *py,
                      Dict    *self,
                      Dict    *other)
{
  guint position = 0;
  Entry *entry;

  if (self == other)
    return TRUE;
  while ((entry = strata_py_dict_step (other, &position)) != NULL)
    if (!strata_py_dict_set (py, self, entry->key, entry->value))
      return FALSE;

  return TRUE;
}
