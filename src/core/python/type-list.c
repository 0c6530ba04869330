/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

#include <string.h>

/* list, tuple, range, slice */

static Value *
construct_sequence (Machine *py,
                    Value   *class,
                    Value  **arguments)
{
  List *list = strata_py_new_of (py, (Class *) class, sizeof (List));

  return arguments[0] == NULL || strata_py_extend (py, list, arguments[0]) ? &list->base : NULL;
}

static Value *
list_append (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_py_list_append (py, self, arguments[0]) ? py->none : NULL;
}

static Value *
list_extend (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return strata_py_extend (py, (List *) self, arguments[0]) ? py->none : NULL;
}

static Value *
list_insert (Machine *py,
             Value   *self,
             Value  **arguments)
{
  List *list = (List *) self;
  gint64 index;

  if (!strata_py_to_index (py, arguments[0], &index) || !strata_py_list_append (py, self, arguments[1]))
    return NULL;
  if (index < 0)
    index += list->length - 1;
  index = CLAMP (index, 0, (gint64) list->length - 1);
  memmove (list->items + index + 1, list->items + index, (list->length - 1 - index) * sizeof (Value *));
  list->items[index] = arguments[1];

  return py->none;
}

static Value *
list_pop (Machine *py,
          Value   *self,
          Value  **arguments)
{
  List *list = (List *) self;
  gint64 index = -1;
  Value *item;

  if (arguments[0] != NULL && !strata_py_to_index (py, arguments[0], &index))
    return NULL;
  if (list->length == 0)
    return strata_py_raise (py, "IndexError", "pop from empty list");
  if (index < 0)
    index += list->length;
  if (index < 0 || index >= (gint64) list->length)
    return strata_py_raise (py, "IndexError", "pop index out of range");
  item = list->items[index];
  memmove (list->items + index, list->items + index + 1, (list->length - index - 1) * sizeof (Value *));
  list->length--;

  return item;
}

/* -1: failed, which may be that there is none. */
static gint64
find_item (Machine *py,
           List    *list,
           Value   *item,
           gsize    start,
           gsize    stop)
{
  for (gsize i = start; i < stop && i < list->length; i++)
    {
      int equal = strata_py_equal (py, list->items[i], item);

      if (equal != 0)
        return equal > 0 ? (gint64) i : -1;
    }

  return -1;
}

static Value *
list_remove (Machine *py,
             Value   *self,
             Value  **arguments)
{
  List *list = (List *) self;
  gint64 index = find_item (py, list, arguments[0], 0, list->length);

  if (index < 0)
    return strata_py_raise (py, "ValueError", "list.remove(x): x not in list");
  memmove (list->items + index, list->items + index + 1, (list->length - index - 1) * sizeof (Value *));
  list->length--;

  return py->none;
}

static Value *
sequence_index (Machine *py,
                Value   *self,
                Value  **arguments)
{
  List *list = (List *) self;
  gint64 start = 0, stop = list->length, index;

  if ((arguments[1] != NULL && !strata_py_to_index (py, arguments[1], &start))
      || (arguments[2] != NULL && !strata_py_to_index (py, arguments[2], &stop)))
    return NULL;
  start = MAX (0, start < 0 ? start + (gint64) list->length : start);
  stop = MAX (0, stop < 0 ? stop + (gint64) list->length : stop);
  index = find_item (py, list, arguments[0], start, stop);
  if (index < 0 && !strata_py_has_failed (py) && IS_TUPLE (self))
    return strata_py_raise (py, "ValueError", "tuple.index(x): x not in tuple");
  if (index < 0)
    {
      g_autoptr(GString) text = g_string_new (NULL);

      return !strata_py_has_failed (py) && strata_py_append_repr (py, text, arguments[0])
             ? strata_py_raise (py, "ValueError", "%s is not in list", text->str) : NULL;
    }

  return strata_py_int (py, index);
}

static Value *
sequence_count (Machine *py,
                Value   *self,
                Value  **arguments)
{
  List *list = (List *) self;
  gint64 n = 0;

  for (gsize i = 0; i < list->length; i++)
    {
      int equal = strata_py_equal (py, list->items[i], arguments[0]);

      if (equal < 0)
        return NULL;
      n += equal;
    }

  return strata_py_int (py, n);
}

static Value *
list_reverse (Machine *py,
              Value   *self,
              Value  **arguments)
{
  List *list = (List *) self;

  for (gsize i = 0; i < list->length / 2; i++)
    {
      Value *item = list->items[i];

      list->items[i] = list->items[list->length - 1 - i];
      list->items[list->length - 1 - i] = item;
    }

  return py->none;
}

static Value *
list_sort (Machine *py,
           Value   *self,
           Value  **arguments)
{
  int reverse = arguments[1] != NULL ? strata_py_truth (py, arguments[1]) : 0;

  return reverse >= 0 && strata_py_sort (py, (List *) self, arguments[0], reverse) ? py->none : NULL;
}

static Value *
list_copy (Machine *py,
           Value   *self,
           Value  **arguments)
{
  return strata_py_list (py, ((List *) self)->items, ((List *) self)->length);
}

static Value *
list_clear (Machine *py,
            Value   *self,
            Value  **arguments)
{
  List *list = (List *) self;

  list->items = NULL;
  list->length = list->allocated = 0;

  return py->none;
}

static const StrataPyNative list_methods[] = {
  { "append", "item, /", list_append },
  { "clear", NULL, list_clear },
  { "copy", NULL, list_copy },
  { "count", "item, /", sequence_count },
  { "extend", "items, /", list_extend },
  { "index", "item, start=, stop=, /", sequence_index },
  { "insert", "index, item, /", list_insert },
  { "pop", "index=, /", list_pop },
  { "remove", "item, /", list_remove },
  { "reverse", NULL, list_reverse },
  { "sort", "*, key=, reverse=", list_sort },
  { NULL }
};

static const StrataPyNative tuple_methods[] = {
  { "count", "item, /", sequence_count },
  { "index", "item, start=, stop=, /", sequence_index },
  { NULL }
};

const StrataPySlots strata_py_list_slots = {
  .name = "list",
  .methods = list_methods,
  .parameters = "items=, /",
  .construct = construct_sequence,
};

const StrataPySlots strata_py_tuple_slots = {
  .name = "tuple",
  .methods = tuple_methods,
  .parameters = "items=, /",
  .construct = construct_sequence,
};

static Value *
construct_range (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  Range *range = strata_py_new (py, STRATA_PY_VALUE_RANGE, sizeof (Range));
  gint64 start = 0, stop, step = 1;

  if (!strata_py_to_index (py, arguments[arguments[1] != NULL ? 1 : 0], &stop)
      || (arguments[1] != NULL && !strata_py_to_index (py, arguments[0], &start))
      || (arguments[2] != NULL && !strata_py_to_index (py, arguments[2], &step)))
    return NULL;
  if (step == 0)
    return strata_py_raise (py, "ValueError", "range() arg 3 must not be zero");
  range->start = start;
  range->stop = stop;
  range->step = step;

  return &range->base;
}

static Value *
range_attribute (Machine    *py,
                 Value      *self,
                 const char *name)
{
  Range *range = (Range *) self;

  if (g_str_equal (name, "start"))
    return strata_py_wide (py, range->start);
  if (g_str_equal (name, "stop"))
    return strata_py_wide (py, range->stop);
  if (g_str_equal (name, "step"))
    return strata_py_wide (py, range->step);

  return NULL;
}

const StrataPySlots strata_py_range_slots = {
  .name = "range",
  .lacking = " index count ",
  .parameters = "start, stop=, step=, /",
  .construct = construct_range,
  .get_attribute = range_attribute,
};

static Value *
construct_slice (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  Slice *slice = strata_py_new (py, STRATA_PY_VALUE_SLICE, sizeof (Slice));

  slice->start = arguments[1] != NULL ? arguments[0] : py->none;
  slice->stop = arguments[1] != NULL ? arguments[1] : arguments[0];
  slice->step = arguments[2] != NULL ? arguments[2] : py->none;

  return &slice->base;
}

const StrataPySlots strata_py_slice_slots = {
  .name = "slice",
  .lacking = " start stop step indices ",
  .parameters = "start, stop=, step=, /",
  .construct = construct_slice,
};
