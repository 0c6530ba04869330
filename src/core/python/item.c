/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <string.h>

/* What stands in brackets behind a value, and how long values are. */

static gint64
range_length (const Range *range)
{
  Wide span = range->step > 0 ? range->stop - range->start : range->start - range->stop;
  Wide step = range->step > 0 ? range->step : -range->step;

  return span <= 0 ? 0 : (gint64) MIN ((span + step - 1) / step, G_MAXINT64);
}

gint64
strata_py_length (Machine *py,
                  Value   *value)
{
  Value *result = strata_py_call_special (py, value, "__len__", 0);
  gint64 length;

  if (strata_py_has_failed (py))
    return -1;
  if (result != NULL && strata_py_value_get_int (result, &length))
    return length;

  switch (value->kind)
    {
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      return ((Str *) value)->n_characters;
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return ((List *) value)->length;
    case STRATA_PY_VALUE_DICT:
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_FROZENSET:
      return ((Dict *) value)->n_live;
    case STRATA_PY_VALUE_DICT_VIEW:
      return ((View *) value)->dict->n_live;
    case STRATA_PY_VALUE_RANGE:
      return range_length ((Range *) value);
    case STRATA_PY_VALUE_TYPE:
      if (((Class *) value)->members != NULL)
        return ((Class *) value)->members->length;
      break;
    case STRATA_PY_VALUE_OPAQUE:
      strata_py_refuse_opaque (py, value, "is measured");
      return -1;
    default:
      break;
    }
  if (value->class->slots->length != NULL)
    return value->class->slots->length (py, value);
  strata_py_raise (py, "TypeError", "object of type '%s' has no len()", value->class->name);

  return -1;
}

gboolean
strata_py_to_index (Machine *py,
                    Value   *value,
                    gint64  *index)
{
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is an index") != NULL;
  if (strata_py_special (py, value, "__index__") != NULL)
    return strata_py_refuse (py, "“%s” is used as a whole number", value->class->name) != NULL;
  if (!IS_INT (value))
    return strata_py_raise (py, "TypeError", "'%s' object cannot be interpreted as an integer", value->class->name) != NULL;
  if (!strata_py_value_get_int (value, index))
    return strata_py_raise (py, "IndexError", "cannot fit 'int' into an index-sized integer") != NULL;

  return TRUE;
}

static gboolean
bound (Machine *py,
       Value   *value,
       gint64   length,
       gint64   least,
       gint64   most,
       gint64   missing,
       gint64  *result)
{
  Wide number;

  *result = missing;
  if (IS_NONE (value))
    return TRUE;
  if (!IS_INT (value))
    return strata_py_raise (py, "TypeError", "slice indices must be integers or None or have an __index__ method") != NULL;
  number = ((Int *) value)->number;
  if (number < 0)
    number += length;
  *result = CLAMP (number, least, most);

  return TRUE;
}

/* Where a slice begins, and how many it takes in steps. */
gboolean
strata_py_slice_bounds (Machine *py,
                        Slice   *slice,
                        gsize    length,
                        gint64  *start,
                        gint64  *step,
                        gsize   *n)
{
  gint64 size = length;
  gint64 stop;

  *step = 1;
  if (!IS_NONE (slice->step))
    {
      if (!IS_INT (slice->step))
        return strata_py_raise (py, "TypeError", "slice indices must be integers or None or have an __index__ method") != NULL;
      *step = CLAMP (((Int *) slice->step)->number, -G_MAXINT32, G_MAXINT32);
    }
  if (*step == 0)
    return strata_py_raise (py, "ValueError", "slice step cannot be zero") != NULL;
  if (*step > 0 ? !(bound (py, slice->start, size, 0, size, 0, start) && bound (py, slice->stop, size, 0, size, size, &stop))
                : !(bound (py, slice->start, size, -1, size - 1, size - 1, start)
                    && bound (py, slice->stop, size, -1, size - 1, -1, &stop)))
    return FALSE;

  if (*step > 0)
    *n = stop > *start ? (stop - *start + *step - 1) / *step : 0;
  else
    *n = *start > stop ? (*start - stop - *step - 1) / -*step : 0;

  return TRUE;
}

gsize
strata_py_byte_offset (const Str *str,
                       gsize      index)
{
  if (str->length == str->n_characters)
    return index;

  return g_utf8_offset_to_pointer (str->text, index) - str->text;
}

/* From one character to another. */
Value *
strata_py_slice_str (Machine *py,
                     Str     *str,
                     gsize    start,
                     gsize    end)
{
  gsize first = strata_py_byte_offset (str, start);
  gsize last = strata_py_byte_offset (str, MAX (start, end));

  return IS_BYTES (&str->base) ? strata_py_bytes (py, str->text + first, last - first)
                               : strata_py_str_len (py, str->text + first, last - first);
}

Value *
strata_py_char_at (Machine *py,
                   Str     *str,
                   gsize    index)
{
  if (IS_BYTES (&str->base))
    return strata_py_int (py, (guint8) str->text[index]);

  return strata_py_slice_str (py, str, index, index + 1);
}

static Value *
get_slice (Machine *py,
           Value   *value,
           Slice   *slice)
{
  gint64 start, step;
  List *list = (List *) value;
  List *result;
  gsize n;

  if (!strata_py_slice_bounds (py, slice, strata_py_length (py, value), &start, &step, &n))
    return NULL;
  if (IS_STR (value) || IS_BYTES (value))
    {
      g_autoptr(GString) text = NULL;

      if (step == 1)
        return strata_py_slice_str (py, (Str *) value, start, start + n);
      text = g_string_new (NULL);
      for (gsize i = 0; i < n; i++)
        {
          gsize at = strata_py_byte_offset ((Str *) value, start + (gint64) i * step);
          const char *c = ((Str *) value)->text + at;

          g_string_append_len (text, c, IS_STR (value) ? g_utf8_skip[(guint8) *c] : 1);
        }
      return IS_STR (value) ? strata_py_string (py, text) : strata_py_bytes (py, text->str, text->len);
    }
  if (strata_py_is (value, STRATA_PY_VALUE_RANGE))
    {
      Range *from = (Range *) value;
      Range *range = strata_py_new (py, STRATA_PY_VALUE_RANGE, sizeof (Range));

      range->start = from->start + start * from->step;
      range->step = from->step * step;
      range->stop = range->start + (Wide) n * range->step;
      return &range->base;
    }
  if (!strata_py_reserve (py, n * sizeof (Value *)))
    return NULL;
  result = strata_py_new_list (py, value->kind, n);
  for (gsize i = 0; i < n; i++)
    result->items[result->length++] = list->items[start + (gint64) i * step];

  return &result->base;
}

static Value *
get_indexed (Machine *py,
             Value   *value,
             Value   *key)
{
  gint64 length, index;

  if (strata_py_is (key, STRATA_PY_VALUE_SLICE))
    return get_slice (py, value, (Slice *) key);
  if (IS_OPAQUE (key))
    return strata_py_refuse_opaque (py, key, "is an index");
  if (!IS_INT (key) && IS_STR (value))
    return strata_py_raise (py, "TypeError", "string indices must be integers, not '%s'", key->class->name);
  if (!IS_INT (key))
    return strata_py_raise (py, "TypeError", "%s indices must be integers or slices, not %s", value->class->name,
                            key->class->name);
  if (!strata_py_to_index (py, key, &index))
    return NULL;
  length = strata_py_length (py, value);
  if (index < 0)
    index += length;
  if (index < 0 || index >= length)
    return strata_py_raise (py, "IndexError", "%s index out of range",
                            IS_STR (value) ? "string" : strata_py_is (value, STRATA_PY_VALUE_RANGE) ? "range object"
                            : IS_BYTES (value) ? "index" : IS_LIST (value) ? "list" : "tuple");
  if (strata_py_is (value, STRATA_PY_VALUE_RANGE))
    return strata_py_wide (py, ((Range *) value)->start + index * ((Range *) value)->step);
  if (IS_STR (value) || IS_BYTES (value))
    return strata_py_char_at (py, (Str *) value, index);

  return ((List *) value)->items[index];
}

static Value *
get_from_dict (Machine *py,
               Dict    *dict,
               Value   *key)
{
  Value *value = strata_py_dict_get (py, dict, key);
  Value *missing;

  if (value != NULL || strata_py_has_failed (py))
    return value;
  if (dict->base.class->slots->get_item != NULL)
    return dict->base.class->slots->get_item (py, &dict->base, key);
  if (dict->factory != NULL)
    {
      value = strata_py_call_values (py, dict->factory, 0);
      return value != NULL && strata_py_dict_set (py, dict, key, value) ? value : NULL;
    }
  missing = strata_py_special (py, &dict->base, "__missing__");
  if (missing != NULL)
    return strata_py_call_values (py, missing, 1, key);

  return strata_py_key_error (py, key);
}

static Value *
get_from_class (Machine *py,
                Class   *class,
                Value   *key)
{
  Value *method;

  if (class->members != NULL && IS_STR (key))
    {
      Value *member = strata_py_dict_get_name (class->base.attributes, ((Str *) key)->text);

      return member != NULL && member->class == class ? member : strata_py_key_error (py, key);
    }
  method = strata_py_class_lookup (py, class, "__class_getitem__");
  if (method != NULL)
    return strata_py_refuse (py, "“%s[]” is made by the class itself", class->name);

  /* list[str] */
  return &class->base;
}

Value *
strata_py_get_item (Machine *py,
                    Value   *value,
                    Value   *key)
{
  Value *result = IS_CLASS (value) ? NULL : strata_py_call_special (py, value, "__getitem__", 1, key);
  g_autofree char *path = NULL;

  if (result != NULL || strata_py_has_failed (py))
    return result;

  switch (value->kind)
    {
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
    case STRATA_PY_VALUE_RANGE:
      return get_indexed (py, value, key);
    case STRATA_PY_VALUE_DICT:
      return get_from_dict (py, (Dict *) value, key);
    case STRATA_PY_VALUE_TYPE:
      return get_from_class (py, (Class *) value, key);
    case STRATA_PY_VALUE_OPAQUE:
      path = g_strdup_printf ("%s[]", ((Opaque *) value)->name);
      return strata_py_opaque (py, path);
    default:
      if (value->class->slots->get_item != NULL)
        return value->class->slots->get_item (py, value, key);
      return strata_py_raise (py, "TypeError", "'%s' object is not subscriptable", value->class->name);
    }
}

static gboolean
set_slice (Machine *py,
           List    *list,
           Slice   *slice,
           Value   *to)
{
  List *parts = to != NULL ? strata_py_collect (py, to, STRATA_PY_VALUE_LIST) : strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  List *result = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  gint64 start, step;
  gsize n;

  if (parts == NULL || !strata_py_slice_bounds (py, slice, list->length, &start, &step, &n))
    return FALSE;
  if (step != 1)
    return strata_py_refuse (py, "a slice with steps is changed") != NULL;
  for (gint64 i = 0; i < start; i++)
    strata_py_list_append (py, &result->base, list->items[i]);
  for (gsize i = 0; i < parts->length; i++)
    strata_py_list_append (py, &result->base, parts->items[i]);
  for (gsize i = start + n; i < list->length; i++)
    strata_py_list_append (py, &result->base, list->items[i]);
  list->items = result->items;
  list->length = result->length;
  list->allocated = result->allocated;

  return !strata_py_has_failed (py);
}

static gboolean
set_in_list (Machine *py,
             List    *list,
             Value   *key,
             Value   *to)
{
  gint64 index;

  if (strata_py_is (key, STRATA_PY_VALUE_SLICE))
    return set_slice (py, list, (Slice *) key, to);
  if (!IS_INT (key) && !IS_OPAQUE (key))
    return strata_py_raise (py, "TypeError", "list indices must be integers or slices, not %s", key->class->name) != NULL;
  if (!strata_py_to_index (py, key, &index))
    return FALSE;
  if (index < 0)
    index += list->length;
  if (index < 0 || index >= (gint64) list->length)
    return strata_py_raise (py, "IndexError", "list assignment index out of range") != NULL;
  if (to != NULL)
    list->items[index] = to;
  else
    {
      memmove (list->items + index, list->items + index + 1, (list->length - index - 1) * sizeof (Value *));
      list->length--;
    }

  return TRUE;
}

/* A NULL value deletes. */
gboolean
strata_py_set_item (Machine *py,
                    Value   *value,
                    Value   *key,
                    Value   *to)
{
  const char *name = to != NULL ? "__setitem__" : "__delitem__";
  Value *special = strata_py_special (py, value, name);

  if (special != NULL)
    return (to != NULL ? strata_py_call_values (py, special, 2, key, to) : strata_py_call_values (py, special, 1, key)) != NULL;
  if (strata_py_has_failed (py))
    return FALSE;
  if (IS_LIST (value))
    return set_in_list (py, (List *) value, key, to);
  if (IS_DICT (value) && to != NULL)
    return strata_py_dict_set (py, (Dict *) value, key, to);
  if (IS_DICT (value))
    {
      if (strata_py_dict_remove (py, (Dict *) value, key, NULL) || strata_py_has_failed (py))
        return !strata_py_has_failed (py);
      return strata_py_key_error (py, key) != NULL;
    }
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is changed") != NULL;
  if (value->class->slots->set_item != NULL)
    return value->class->slots->set_item (py, value, key, to);

  return strata_py_raise (py, "TypeError", "'%s' object does not support item %s", value->class->name,
                          to != NULL ? "assignment" : "deletion") != NULL;
}

static int
contains_text (Machine *py,
               Str     *text,
               Value   *item)
{
  if (IS_BYTES (&text->base) && IS_INT (item))
    return memchr (text->text, (int) ((Int *) item)->number, text->length) != NULL;
  if (item->kind != text->base.kind)
    {
      strata_py_raise (py, "TypeError", "'in <string>' requires string as left operand, not %s", item->class->name);
      return -1;
    }

  return memmem (text->text, text->length, ((Str *) item)->text, ((Str *) item)->length) != NULL;
}

static int
contains_any (Machine *py,
              Value   *container,
              Value   *item)
{
  Value *iterator = strata_py_iterate (py, container);
  Value *value;
  int equal;

  if (iterator == NULL)
    return -1;
  while ((value = strata_py_next (py, iterator)) != NULL)
    if ((equal = strata_py_equal (py, value, item)) != 0)
      return equal;

  return strata_py_has_failed (py) ? -1 : 0;
}

int
strata_py_contains (Machine *py,
                    Value   *container,
                    Value   *item)
{
  Value *result = IS_CLASS (container) ? NULL : strata_py_call_special (py, container, "__contains__", 1, item);
  View *view = (View *) container;
  guint64 hash;

  if (result != NULL)
    return strata_py_truth (py, result);
  if (strata_py_has_failed (py))
    return -1;
  if (IS_OPAQUE (item) && !IS_OPAQUE (container))
    {
      strata_py_refuse_opaque (py, item, "is looked for");
      return -1;
    }

  switch (container->kind)
    {
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      return contains_text (py, (Str *) container, item);
    case STRATA_PY_VALUE_DICT:
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_FROZENSET:
      result = (Value *) strata_py_dict_find (py, (Dict *) container, item, &hash);
      return strata_py_has_failed (py) ? -1 : result != NULL;
    case STRATA_PY_VALUE_DICT_VIEW:
      if (view->what == 'k')
        return strata_py_contains (py, &view->dict->base, item);
      return contains_any (py, container, item);
    case STRATA_PY_VALUE_OPAQUE:
      strata_py_refuse_opaque (py, container, "is searched");
      return -1;
    default:
      if (container->class->slots->contains != NULL)
        return container->class->slots->contains (py, container, item);
      return contains_any (py, container, item);
    }
}
