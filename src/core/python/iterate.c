/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

static Value *
next_item (Machine  *py,
           Iterator *self)
{
  List *list = (List *) self->source;

  return self->index < list->length ? list->items[self->index++] : NULL;
}

static Value *
next_character (Machine  *py,
                Iterator *self)
{
  Str *str = (Str *) self->source;
  gsize start = self->index;
  gsize length;

  if (start >= str->length)
    return NULL;
  if (IS_BYTES (&str->base))
    {
      self->index++;
      return strata_py_int (py, (guint8) str->text[start]);
    }
  length = g_utf8_skip[(guint8) str->text[start]];
  self->index += length;

  return strata_py_str_len (py, str->text + start, length);
}

static Value *
entry_value (Machine *py,
             Entry   *entry,
             char     what)
{
  Value *pair[] = { entry->key, entry->value };

  return what == 'k' ? entry->key : what == 'v' ? entry->value : strata_py_tuple (py, pair, 2);
}

/* number: how many there were at first. */
static Value *
next_entry (Machine  *py,
            Iterator *self)
{
  View *view = (View *) self->source;
  guint position = self->index;
  Entry *entry;

  if (view->dict->n_live != self->number)
    return strata_py_raise (py, "RuntimeError", "dictionary changed size during iteration");
  entry = strata_py_dict_step (view->dict, &position);
  self->index = position;

  return entry != NULL ? entry_value (py, entry, view->what) : NULL;
}

static Value *
next_in_range (Machine  *py,
               Iterator *self)
{
  Range *range = (Range *) self->source;
  Wide number = self->number;

  if (range->step > 0 ? number >= range->stop : number <= range->stop)
    return NULL;
  self->number += range->step;

  return strata_py_wide (py, number);
}

static Value *
next_special (Machine  *py,
              Iterator *self)
{
  Value *value = strata_py_call_values (py, self->function, 0);

  if (value == NULL && strata_py_catch (py, "StopIteration"))
    return NULL;

  return value;
}

/* __getitem__ with 0, 1, 2 ... */
static Value *
next_by_index (Machine  *py,
               Iterator *self)
{
  Value *value = strata_py_call_values (py, self->function, 1, strata_py_int (py, self->index++));

  if (value == NULL && strata_py_catch (py, "IndexError"))
    return NULL;

  return value;
}

static Value *
iterate_special (Machine *py,
                 Value   *value)
{
  Value *result = strata_py_call_special (py, value, "__iter__", 0);
  Value *function;
  Iterator *iterator;

  if (strata_py_has_failed (py))
    return NULL;
  if (result == NULL)
    {
      function = strata_py_special (py, value, "__getitem__");
      if (function == NULL)
        return NULL;
      iterator = strata_py_new_iterator (py, value, next_by_index);
      iterator->function = function;
      return &iterator->base;
    }
  if (!result->class->is_user)
    return strata_py_iterate (py, result);

  function = strata_py_special (py, result, "__next__");
  if (function == NULL)
    return strata_py_raise (py, "TypeError", "iter() returned non-iterator of type '%s'", result->class->name);
  iterator = strata_py_new_iterator (py, result, next_special);
  iterator->function = function;

  return &iterator->base;
}

static Value *
iterate_dict (Machine *py,
              Dict    *dict,
              char     what)
{
  View *view = strata_py_new (py, STRATA_PY_VALUE_DICT_VIEW, sizeof (View));
  Iterator *iterator = strata_py_new_iterator (py, &view->base, next_entry);

  view->dict = dict;
  view->what = what;
  iterator->number = dict->n_live;

  return &iterator->base;
}

static Value *
iterate_set (Machine *py,
             Dict    *set)
{
  List *members = strata_py_set_members (py, set, FALSE);

  return members != NULL ? &strata_py_new_iterator (py, &members->base, next_item)->base : NULL;
}

Value *
strata_py_iterate (Machine *py,
                   Value   *value)
{
  Value *result;
  Iterator *iterator;

  if (value->class->is_user && !IS_CLASS (value)
      && ((result = iterate_special (py, value)) != NULL || strata_py_has_failed (py)))
    return result;

  switch (value->kind)
    {
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return &strata_py_new_iterator (py, value, next_item)->base;
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      return &strata_py_new_iterator (py, value, next_character)->base;
    case STRATA_PY_VALUE_DICT:
      return iterate_dict (py, (Dict *) value, 'k');
    case STRATA_PY_VALUE_DICT_VIEW:
      return iterate_dict (py, ((View *) value)->dict, ((View *) value)->what);
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_FROZENSET:
      return iterate_set (py, (Dict *) value);
    case STRATA_PY_VALUE_RANGE:
      iterator = strata_py_new_iterator (py, value, next_in_range);
      iterator->number = ((Range *) value)->start;
      return &iterator->base;
    case STRATA_PY_VALUE_ITERATOR:
      return value;
    case STRATA_PY_VALUE_TYPE:
      if (((Class *) value)->members != NULL)
        return &strata_py_new_iterator (py, &((Class *) value)->members->base, next_item)->base;
      break;
    case STRATA_PY_VALUE_OPAQUE:
      return strata_py_refuse_opaque (py, value, "is looped over");
    default:
      break;
    }
  if (value->class->slots->iterate != NULL)
    return value->class->slots->iterate (py, value);

  return strata_py_raise (py, "TypeError", "'%s' object is not iterable", value->class->name);
}

Value *
strata_py_next (Machine *py,
                Value   *iterator)
{
  Value *result;

  if (!strata_py_step (py))
    return NULL;
  if (strata_py_is (iterator, STRATA_PY_VALUE_ITERATOR))
    {
      if (!strata_py_enter (py))
        return NULL;
      result = ((Iterator *) iterator)->next (py, (Iterator *) iterator);
      strata_py_leave (py);
      return result;
    }
  if (iterator->class->slots->next != NULL && !iterator->class->is_user)
    return iterator->class->slots->next (py, iterator);

  result = strata_py_call_special (py, iterator, "__next__", 0);
  if (result != NULL || strata_py_catch (py, "StopIteration") || strata_py_has_failed (py))
    return result;
  if (IS_OPAQUE (iterator))
    return strata_py_refuse_opaque (py, iterator, "is looped over");

  return strata_py_raise (py, "TypeError", "'%s' object is not an iterator", iterator->class->name);
}

gboolean
strata_py_extend (Machine *py,
                  List    *list,
                  Value   *iterable)
{
  List *other = (List *) iterable;
  Value *iterator, *item;

  if ((IS_LIST (iterable) || IS_TUPLE (iterable)) && !iterable->class->is_user)
    {
      gsize length = other->length;

      for (gsize i = 0; i < length; i++)
        if (!strata_py_list_append (py, &list->base, other->items[i]))
          return FALSE;
      return TRUE;
    }

  iterator = strata_py_iterate (py, iterable);
  if (iterator == NULL)
    return FALSE;
  while ((item = strata_py_next (py, iterator)) != NULL)
    if (!strata_py_list_append (py, &list->base, item))
      return FALSE;

  return !strata_py_has_failed (py);
}

List *
strata_py_collect (Machine           *py,
                   Value             *iterable,
                   StrataPyValueKind  kind)
{
  List *list = strata_py_new_list (py, kind, 0);

  return strata_py_extend (py, list, iterable) ? list : NULL;
}

Value *
strata_py_to_list (Machine *py,
                   Value   *iterable)
{
  return (Value *) strata_py_collect (py, iterable, STRATA_PY_VALUE_LIST);
}

/* dict.update(): of another one, of what has keys(), or of pairs. */
gboolean
strata_py_update_dict (Machine *py,
                       Dict    *dict,
                       Value   *from)
{
  Value *iterator, *item;

  if (IS_DICT (from))
    return strata_py_dict_merge (py, dict, (Dict *) from);
  if (IS_OPAQUE (from))
    return strata_py_refuse_opaque (py, from, "is part of a dict") != NULL;
  iterator = strata_py_iterate (py, from);
  if (iterator == NULL)
    return FALSE;
  while ((item = strata_py_next (py, iterator)) != NULL)
    {
      List *pair = strata_py_collect (py, item, STRATA_PY_VALUE_LIST);

      if (pair == NULL)
        return FALSE;
      if (pair->length != 2)
        return strata_py_raise (py, "ValueError", "dictionary update sequence element has length %" G_GSIZE_FORMAT "; 2 is required",
                                pair->length) != NULL;
      if (!strata_py_dict_set (py, dict, pair->items[0], pair->items[1]))
        return FALSE;
    }

  return !strata_py_has_failed (py);
}
