/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/library.h"

/* itertools, as far as scripts go */

static Value *
next_chained (Machine  *py,
              Iterator *self)
{
  Value *item;

  for (;;)
    {
      if (self->others[0] != NULL && (item = strata_py_next (py, self->others[0])) != NULL)
        return item;
      if (strata_py_has_failed (py) || (item = strata_py_next (py, self->source)) == NULL)
        return NULL;
      self->others[0] = strata_py_iterate (py, item);
      if (self->others[0] == NULL)
        return NULL;
    }
}

static Value *
chain_of (Machine *py,
          Value   *iterables)
{
  Value *source = strata_py_iterate (py, iterables);
  Iterator *self;

  if (source == NULL)
    return NULL;
  self = strata_py_new_iterator (py, source, next_chained);
  self->others = strata_py_arena_alloc (py->arena, sizeof (Value *));

  return &self->base;
}

static Value *
construct_chain (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  return chain_of (py, arguments[0]);
}

static Value *
chain_from_iterable (Machine *py,
                     Value   *class,
                     Value  **arguments)
{
  return chain_of (py, arguments[0]);
}

static const StrataPyNative chain_class_methods[] = {
  { "from_iterable", "iterable, /", chain_from_iterable },
  { NULL }
};

static const StrataPySlots chain_slots = {
  "chain", .class_methods = chain_class_methods, .parameters = "*iterables", .construct = construct_chain,
};

static Value *
next_counted (Machine  *py,
              Iterator *self)
{
  Value *value = strata_py_wide (py, self->number);

  self->number += self->step;

  return value;
}

static Value *
count (Machine *py,
       Value   *module,
       Value  **arguments)
{
  Iterator *self = strata_py_new_iterator (py, py->none, next_counted);
  gint64 start = 0, step = 1;

  if ((arguments[0] != NULL && !strata_py_to_index (py, arguments[0], &start))
      || (arguments[1] != NULL && !strata_py_to_index (py, arguments[1], &step)))
    return NULL;
  self->number = start;
  self->step = step;

  return &self->base;
}

static Value *
next_repeated (Machine  *py,
               Iterator *self)
{
  return self->number-- != 0 ? self->source : NULL;
}

static Value *
repeat (Machine *py,
        Value   *module,
        Value  **arguments)
{
  Iterator *self = strata_py_new_iterator (py, arguments[0], next_repeated);
  gint64 times = -1;

  if (arguments[1] != NULL && !strata_py_to_index (py, arguments[1], &times))
    return NULL;
  self->number = arguments[1] != NULL ? MAX (times, 0) : -1;

  return &self->base;
}

/* step: how many to pass over before the next one; number: how many there may be read at all. */
static Value *
next_sliced (Machine  *py,
             Iterator *self)
{
  Value *item = NULL;

  for (Wide i = 0; i < self->step; i++)
    {
      if (self->number == 0)
        return NULL;
      if (self->number > 0)
        self->number--;
      item = strata_py_next (py, self->source);
      if (item == NULL)
        return NULL;
    }
  self->step = self->index;

  return item;
}

static Value *
islice (Machine *py,
        Value   *module,
        Value  **arguments)
{
  gint64 start = 0, stop = -1, step = 1;
  Value *last = arguments[2] != NULL ? arguments[2] : arguments[1];
  Value *source = strata_py_iterate (py, arguments[0]);
  Iterator *self;

  if (source == NULL || (!IS_NONE (last) && !strata_py_to_index (py, last, &stop))
      || (arguments[2] != NULL && !IS_NONE (arguments[1]) && !strata_py_to_index (py, arguments[1], &start))
      || (arguments[3] != NULL && !IS_NONE (arguments[3]) && !strata_py_to_index (py, arguments[3], &step)))
    return NULL;
  if (start < 0 || stop < -1 || (stop == -1 && !IS_NONE (last)) || step < 1)
    return strata_py_raise (py, "ValueError", "Indices for islice() must be None or an integer: 0 <= x <= sys.maxsize.");
  self = strata_py_new_iterator (py, source, next_sliced);
  self->number = stop;
  self->step = start + 1;
  self->index = step;

  return &self->base;
}

/* Every way to take one of each, the last one changing fastest. */
static gboolean
add_products (Machine *py,
              List    *result,
              List   **pools,
              Value  **chosen,
              gsize    n,
              gsize    i)
{
  if (i == n)
    return strata_py_step (py) && strata_py_list_append (py, &result->base, strata_py_tuple (py, chosen, n));

  for (gsize j = 0; j < pools[i]->length; j++)
    {
      chosen[i] = pools[i]->items[j];
      if (!strata_py_step (py) || !add_products (py, result, pools, chosen, n, i + 1))
        return FALSE;
    }

  return TRUE;
}

static Value *
product (Machine *py,
         Value   *module,
         Value  **arguments)
{
  List *iterables = (List *) arguments[0];
  List *result = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  gint64 times = 1;
  List **pools;
  Value **chosen;
  gsize n;

  if (arguments[1] != NULL && !strata_py_to_index (py, arguments[1], &times))
    return NULL;
  if (times < 0 || times * iterables->length > 50)
    return strata_py_refuse (py, "this product is not known here");
  n = iterables->length * times;
  pools = strata_py_arena_alloc (py->arena, (n + 1) * sizeof (List *));
  chosen = strata_py_arena_alloc (py->arena, (n + 1) * sizeof (Value *));
  for (gsize i = 0; i < n; i++)
    {
      pools[i] = i < iterables->length ? strata_py_collect (py, iterables->items[i], STRATA_PY_VALUE_LIST)
                                       : pools[i - iterables->length];
      if (pools[i] == NULL)
        return NULL;
    }

  return add_products (py, result, pools, chosen, n, 0) ? strata_py_iterate (py, &result->base) : NULL;
}

/* With an order of their own, or in that of the pool. */
static gboolean
add_choices (Machine *py,
             List    *result,
             List    *pool,
             gsize   *chosen,
             gsize    n,
             gsize    i,
             gboolean in_order)
{
  if (i == n)
    {
      List *tuple = strata_py_new_list (py, STRATA_PY_VALUE_TUPLE, n);

      for (gsize j = 0; j < n; j++)
        tuple->items[tuple->length++] = pool->items[chosen[j]];
      return strata_py_list_append (py, &result->base, &tuple->base);
    }

  for (gsize j = in_order && i > 0 ? chosen[i - 1] + 1 : 0; j < pool->length; j++)
    {
      gboolean is_taken = FALSE;

      for (gsize k = 0; k < i; k++)
        is_taken |= chosen[k] == j;
      chosen[i] = j;
      if (!strata_py_step (py) || (!is_taken && !add_choices (py, result, pool, chosen, n, i + 1, in_order)))
        return FALSE;
    }

  return TRUE;
}

static Value *
choices (Machine *py,
         Value  **arguments,
         gboolean in_order)
{
  List *pool = strata_py_collect (py, arguments[0], STRATA_PY_VALUE_LIST);
  List *result = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  gint64 n = pool != NULL ? pool->length : 0;
  gsize *chosen;

  if (pool == NULL || (arguments[1] != NULL && !IS_NONE (arguments[1]) && !strata_py_to_index (py, arguments[1], &n)))
    return NULL;
  if (n < 0 || n > 50)
    return strata_py_refuse (py, "these combinations are not known here");
  chosen = strata_py_arena_alloc (py->arena, (n + 1) * sizeof (gsize));

  return add_choices (py, result, pool, chosen, n, 0, in_order) ? strata_py_iterate (py, &result->base) : NULL;
}

static Value *
combinations (Machine *py,
              Value   *module,
              Value  **arguments)
{
  return choices (py, arguments, TRUE);
}

static Value *
permutations (Machine *py,
              Value   *module,
              Value  **arguments)
{
  return choices (py, arguments, FALSE);
}

static Value *
zip_longest (Machine *py,
             Value   *module,
             Value  **arguments)
{
  List *iterables = (List *) arguments[0];
  List *result = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  Value *fill = arguments[1] != NULL ? arguments[1] : py->none;
  List **pools = strata_py_arena_alloc (py->arena, (iterables->length + 1) * sizeof (List *));
  gsize longest = 0;

  for (gsize i = 0; i < iterables->length; i++)
    {
      if ((pools[i] = strata_py_collect (py, iterables->items[i], STRATA_PY_VALUE_LIST)) == NULL)
        return NULL;
      longest = MAX (longest, pools[i]->length);
    }
  for (gsize j = 0; j < longest; j++)
    {
      List *tuple = strata_py_new_list (py, STRATA_PY_VALUE_TUPLE, iterables->length);

      for (gsize i = 0; i < iterables->length; i++)
        tuple->items[tuple->length++] = j < pools[i]->length ? pools[i]->items[j] : fill;
      if (!strata_py_step (py) || !strata_py_list_append (py, &result->base, &tuple->base))
        return NULL;
    }

  return strata_py_iterate (py, &result->base);
}

static Value *
next_of_group (Machine  *py,
               Iterator *self)
{
  Iterator *groups = (Iterator *) self->source;
  List *items = (List *) self->function;

  if (groups->number != self->number && self->index < items->length)
    return strata_py_refuse (py, "a group is read after the next one was asked for");

  return self->index < items->length ? items->items[self->index++] : NULL;
}

/* A group can be read until the next one comes: number says which one it is. */
static Value *
next_group (Machine  *py,
            Iterator *self)
{
  List *pairs = (List *) self->source;
  Iterator *group;
  Value *pair[2];

  if (self->index >= pairs->length)
    return NULL;
  pair[0] = ((List *) pairs->items[self->index])->items[0];
  group = strata_py_new_iterator (py, &self->base, next_of_group);
  group->function = ((List *) pairs->items[self->index++])->items[1];
  group->number = ++self->number;
  pair[1] = &group->base;

  return strata_py_tuple (py, pair, 2);
}

static Value *
groupby (Machine *py,
         Value   *module,
         Value  **arguments)
{
  List *items = strata_py_collect (py, arguments[0], STRATA_PY_VALUE_LIST);
  List *result = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
  List *group = NULL;
  Value *last = NULL;

  for (gsize i = 0; items != NULL && i < items->length; i++)
    {
      gboolean has_key = arguments[1] != NULL && !IS_NONE (arguments[1]);
      Value *key = has_key ? strata_py_call_values (py, arguments[1], 1, items->items[i]) : items->items[i];
      int same = key != NULL && last != NULL ? strata_py_equal (py, last, key) : 0;

      if (key == NULL || same < 0)
        return NULL;
      if (!same)
        {
          Value *pair[2];

          group = strata_py_new_list (py, STRATA_PY_VALUE_LIST, 0);
          pair[0] = key;
          pair[1] = &group->base;
          strata_py_list_append (py, &result->base, strata_py_tuple (py, pair, 2));
        }
      last = key;
      if (!strata_py_list_append (py, &group->base, items->items[i]))
        return NULL;
    }

  return items != NULL ? &strata_py_new_iterator (py, &result->base, next_group)->base : NULL;
}

const StrataPyNative strata_py_itertools_functions[] = {
  { "combinations", "iterable, r", combinations },
  { "count", "start=, step=", count },
  { "groupby", "iterable, key=", groupby },
  { "islice", "iterable, start, stop=, step=, /", islice },
  { "permutations", "iterable, r=", permutations },
  { "product", "*iterables, repeat=", product },
  { "repeat", "object, times=", repeat },
  { "zip_longest", "*iterables, fillvalue=", zip_longest },
  { NULL }
};

void
strata_py_fill_itertools (Machine *py,
                          Value   *module)
{
  strata_py_set (py, module, "chain", &strata_py_class (py, &chain_slots, NULL)->base);
}
