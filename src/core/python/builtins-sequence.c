/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

static Value *
length (Machine *py,
        Value   *self,
        Value  **arguments)
{
  gint64 n = strata_py_length (py, arguments[0]);

  return n < 0 ? NULL : strata_py_int (py, n);
}

/* Truth is all that is asked of the members: their order does not matter. */
static Value *
unordered (Machine *py,
           Value   *value)
{
  return IS_SET (value) ? (Value *) strata_py_set_members (py, (Dict *) value, TRUE) : value;
}

static Value *
quantify (Machine *py,
          Value   *value,
          gboolean all)
{
  Value *items = unordered (py, value);
  Value *iterator = items != NULL ? strata_py_iterate (py, items) : NULL;
  Value *item;

  if (iterator == NULL)
    return NULL;
  while ((item = strata_py_next (py, iterator)) != NULL)
    {
      int truth = strata_py_truth (py, item);

      if (truth < 0)
        return NULL;
      if (truth != all)
        return strata_py_bool (py, truth);
    }

  return strata_py_has_failed (py) ? NULL : strata_py_bool (py, all);
}

static Value *
all (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return quantify (py, arguments[0], TRUE);
}

static Value *
any (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return quantify (py, arguments[0], FALSE);
}

static Value *
next_enumerated (Machine  *py,
                 Iterator *self)
{
  Value *item = strata_py_next (py, self->source);
  Value *pair[] = { NULL, item };

  if (item == NULL)
    return NULL;
  pair[0] = strata_py_wide (py, self->number++);

  return strata_py_tuple (py, pair, 2);
}

static Value *
enumerate (Machine *py,
           Value   *self,
           Value  **arguments)
{
  Value *source = strata_py_iterate (py, arguments[0]);
  Iterator *iterator;
  gint64 start = 0;

  if (source == NULL || (arguments[1] != NULL && !strata_py_to_index (py, arguments[1], &start)))
    return NULL;
  iterator = strata_py_new_iterator (py, source, next_enumerated);
  iterator->number = start;

  return &iterator->base;
}

static Value *
next_zipped (Machine  *py,
             Iterator *self)
{
  List *tuple = strata_py_new_list (py, STRATA_PY_VALUE_TUPLE, self->n_others);

  for (guint i = 0; i < self->n_others; i++)
    {
      Value *item = strata_py_next (py, self->others[i]);

      if (item == NULL && self->index > 0 && !strata_py_has_failed (py))
        {
          /* strict: all end together. */
          for (guint j = i == 0 ? 1 : 0; j < self->n_others; j++)
            if (i > 0 || strata_py_next (py, self->others[j]) != NULL)
              return strata_py_raise (py, "ValueError", "zip() arguments have different lengths");
        }
      if (item == NULL)
        return NULL;
      tuple->items[tuple->length++] = item;
    }

  return self->n_others > 0 ? &tuple->base : NULL;
}

static Value *
next_mapped (Machine  *py,
             Iterator *self)
{
  Value **values = strata_py_arena_alloc (py->arena, self->n_others * sizeof (Value *));
  StrataPyArguments arguments = { values, self->n_others, NULL };

  for (guint i = 0; i < self->n_others; i++)
    if ((values[i] = strata_py_next (py, self->others[i])) == NULL)
      return NULL;

  return strata_py_call (py, self->function, &arguments);
}

static Value *
iterate_all (Machine  *py,
             Value    *values,
             Value   *(*next) (Machine *, Iterator *))
{
  List *list = (List *) values;
  Iterator *self = strata_py_new_iterator (py, py->none, next);

  self->others = strata_py_arena_alloc (py->arena, list->length * sizeof (Value *));
  self->n_others = list->length;
  for (gsize i = 0; i < list->length; i++)
    if ((self->others[i] = strata_py_iterate (py, list->items[i])) == NULL)
      return NULL;

  return &self->base;
}

static Value *
zip (Machine *py,
     Value   *self,
     Value  **arguments)
{
  Value *result = iterate_all (py, arguments[0], next_zipped);
  int strict = arguments[1] != NULL ? strata_py_truth (py, arguments[1]) : 0;

  if (result != NULL)
    ((Iterator *) result)->index = strict > 0;

  return strict < 0 ? NULL : result;
}

static Value *
map (Machine *py,
     Value   *self,
     Value  **arguments)
{
  Value *result = iterate_all (py, arguments[1], next_mapped);

  if (result == NULL)
    return NULL;
  if (((Iterator *) result)->n_others == 0)
    return strata_py_raise (py, "TypeError", "map() must have at least two arguments.");
  ((Iterator *) result)->function = arguments[0];

  return result;
}

static Value *
next_filtered (Machine  *py,
               Iterator *self)
{
  Value *item, *result;

  while ((item = strata_py_next (py, self->source)) != NULL)
    {
      int truth;

      result = IS_NONE (self->function) ? item : strata_py_call_values (py, self->function, 1, item);
      truth = result != NULL ? strata_py_truth (py, result) : -1;
      if (truth != 0)
        return truth > 0 ? item : NULL;
    }

  return NULL;
}

static Value *
filter (Machine *py,
        Value   *self,
        Value  **arguments)
{
  Value *source = strata_py_iterate (py, arguments[1]);
  Iterator *iterator;

  if (source == NULL)
    return NULL;
  iterator = strata_py_new_iterator (py, source, next_filtered);
  iterator->function = arguments[0];

  return &iterator->base;
}

static Value *
sorted (Machine *py,
        Value   *self,
        Value  **arguments)
{
  Value *key = arguments[1] != NULL && !IS_NONE (arguments[1]) ? arguments[1] : NULL;
  Value *items = key == NULL ? unordered (py, arguments[0]) : arguments[0];
  List *list = items != NULL ? strata_py_collect (py, items, STRATA_PY_VALUE_LIST) : NULL;
  int reverse = arguments[2] != NULL ? strata_py_truth (py, arguments[2]) : 0;

  return list != NULL && reverse >= 0 && strata_py_sort (py, list, key, reverse) ? &list->base : NULL;
}

static Value *
reversed (Machine *py,
          Value   *self,
          Value  **arguments)
{
  Value *value = arguments[0];
  Value *special = strata_py_call_special (py, value, "__reversed__", 0);
  List *list;

  if (special != NULL || strata_py_has_failed (py))
    return special;
  if (IS_SET (value) || strata_py_is (value, STRATA_PY_VALUE_ITERATOR) || strata_py_is (value, STRATA_PY_VALUE_GENERATOR))
    return strata_py_raise (py, "TypeError", "'%s' object is not reversible", value->class->name);
  list = strata_py_collect (py, value, STRATA_PY_VALUE_LIST);
  for (gsize i = 0; list != NULL && i < list->length / 2; i++)
    {
      Value *item = list->items[i];

      list->items[i] = list->items[list->length - 1 - i];
      list->items[list->length - 1 - i] = item;
    }

  return list != NULL ? strata_py_iterate (py, &list->base) : NULL;
}

static Value *
sum (Machine *py,
     Value   *self,
     Value  **arguments)
{
  Value *total = arguments[1] != NULL ? arguments[1] : strata_py_int (py, 0);
  Value *items = unordered (py, arguments[0]);
  Value *iterator = items != NULL ? strata_py_iterate (py, items) : NULL;
  gboolean has_float = FALSE;
  guint n = 0;
  Value *item;

  if (iterator == NULL)
    return NULL;
  if (IS_STR (total))
    return strata_py_raise (py, "TypeError", "sum() can't sum strings [use ''.join(seq) instead]");
  while (total != NULL && (item = strata_py_next (py, iterator)) != NULL)
    {
      has_float |= IS_FLOAT (item);
      /* Since 3.12 the sum of floats is made more exact. */
      if (has_float && ++n > 2)
        return strata_py_refuse (py, "the sum of these numbers depends on the version of Python");
      total = strata_py_binary (py, STRATA_PY_PLUS, total, item);
    }

  return strata_py_has_failed (py) ? NULL : total;
}

static Value *
extreme (Machine    *py,
         Value     **arguments,
         const char *name,
         gboolean    is_max)
{
  List *values = (List *) arguments[0];
  Value *key = arguments[1] != NULL && !IS_NONE (arguments[1]) ? arguments[1] : NULL;
  Value *items, *best = NULL, *best_key = NULL;
  List *list;

  if (values->length == 0)
    return strata_py_raise (py, "TypeError", "%s expected at least 1 argument, got 0", name);
  items = values->length > 1 ? &values->base : key == NULL ? unordered (py, values->items[0]) : values->items[0];
  list = items != NULL ? strata_py_collect (py, items, STRATA_PY_VALUE_LIST) : NULL;
  for (gsize i = 0; list != NULL && i < list->length; i++)
    {
      Value *item_key = key != NULL ? strata_py_call_values (py, key, 1, list->items[i]) : list->items[i];
      int better = 1;

      if (item_key != NULL && best != NULL)
        better = is_max ? strata_py_less (py, best_key, item_key) : strata_py_less (py, item_key, best_key);
      if (item_key == NULL || better < 0)
        return NULL;
      if (better)
        {
          best = list->items[i];
          best_key = item_key;
        }
    }
  if (list == NULL || best != NULL)
    return best;

  return arguments[2] != NULL ? arguments[2] : strata_py_raise (py, "ValueError", "%s() arg is an empty sequence", name);
}

static Value *
min (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return extreme (py, arguments, "min", FALSE);
}

static Value *
max (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return extreme (py, arguments, "max", TRUE);
}

static Value *
next_until (Machine  *py,
            Iterator *self)
{
  Value *value = strata_py_call_values (py, self->function, 0);
  int equal = value != NULL ? strata_py_equal (py, value, self->source) : -1;

  return equal == 0 ? value : NULL;
}

static Value *
iter (Machine *py,
      Value   *self,
      Value  **arguments)
{
  Iterator *iterator;

  if (arguments[1] == NULL)
    return strata_py_iterate (py, arguments[0]);
  iterator = strata_py_new_iterator (py, arguments[1], next_until);
  iterator->function = arguments[0];

  return &iterator->base;
}

static Value *
next (Machine *py,
      Value   *self,
      Value  **arguments)
{
  Value *value = strata_py_next (py, arguments[0]);

  if (value != NULL || strata_py_has_failed (py))
    return value;
  if (arguments[1] != NULL)
    return arguments[1];

  return strata_py_raise_value (py, strata_py_new_exception (py, strata_py_find_class (py, "StopIteration"), NULL, 0));
}

const StrataPyNative strata_py_sequence_functions[] = {
  { "all", "items, /", all },
  { "any", "items, /", any },
  { "enumerate", "items, start=", enumerate },
  { "filter", "function, items, /", filter },
  { "iter", "object, sentinel=, /", iter },
  { "len", "object, /", length },
  { "map", "function, *items", map },
  { "max", "*items, key=, default=", max },
  { "min", "*items, key=, default=", min },
  { "next", "iterator, default=, /", next },
  { "reversed", "items, /", reversed },
  { "sorted", "items, /, *, key=, reverse=", sorted },
  { "sum", "items, /, start=", sum },
  { "zip", "*items, strict=", zip },
  { NULL }
};
