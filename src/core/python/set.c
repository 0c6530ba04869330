/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <string.h>

/* CPython walks sets in the order of their hash tables. Of texts that is another one in every run; small numbers come in
 * ascending order, as long as all are less than the size of the smallest table that can hold so many. The order of others
 * is not known here. */

static gboolean
are_small_numbers (Dict *set)
{
  guint position = 0;
  guint32 size = 8;
  Entry *entry;

  while ((guint64) set->n_live * 5 >= (guint64) (size - 1) * 3)
    size *= 2;
  while ((entry = strata_py_dict_step (set, &position)) != NULL)
    if (!IS_INT (entry->key) || entry->key->class->is_user || ((Int *) entry->key)->number < 0
        || ((Int *) entry->key)->number >= size)
      return FALSE;

  return TRUE;
}

static gboolean
are_texts (Dict *set)
{
  guint position = 0;
  Entry *entry;

  while ((entry = strata_py_dict_step (set, &position)) != NULL)
    if (!IS_STR (entry->key))
      return FALSE;

  return TRUE;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  Wide x = (*(Int * const *) a)->number;
  Wide y = (*(Int * const *) b)->number;

  return x < y ? -1 : x > y;
}

List *
strata_py_set_members (Machine  *py,
                       Dict     *set,
                       gboolean  any_order)
{
  List *list = strata_py_new_list (py, STRATA_PY_VALUE_LIST, set->n_live);
  gboolean are_numbers = are_small_numbers (set);
  gboolean varies = !any_order && set->n_live > 1 && !are_numbers;
  guint position = 0;
  Entry *entry;

  if (varies && !are_texts (set))
    return strata_py_refuse (py, "the order of this set is not known here");
  while ((entry = strata_py_dict_step (set, &position)) != NULL)
    list->items[list->length++] = varies ? strata_py_vary (py, entry->key) : entry->key;
  if (are_numbers && list->length > 1)
    qsort (list->items, list->length, sizeof (Value *), compare_numbers);

  return list;
}

static Dict *
set_of (Machine *py,
        Value   *value)
{
  View *view = (View *) value;
  Value *iterator, *item;
  Dict *set;

  if (IS_SET (value))
    return (Dict *) value;
  if (view->what == 'k')
    return view->dict;

  set = strata_py_new_set (py, STRATA_PY_VALUE_SET);
  iterator = strata_py_iterate (py, value);
  while (iterator != NULL && (item = strata_py_next (py, iterator)) != NULL)
    if (!strata_py_set_add (py, set, item))
      return NULL;

  return strata_py_has_failed (py) ? NULL : set;
}

/* Those of one set that are in the other, or that are not. */
static gboolean
add_where (Machine  *py,
           Dict     *result,
           Dict     *from,
           Dict     *other,
           gboolean  is_in)
{
  guint position = 0;
  Entry *entry;

  while ((entry = strata_py_dict_step (from, &position)) != NULL)
    {
      guint64 hash;
      gboolean found = strata_py_dict_find (py, other, entry->key, &hash) != NULL;

      if (strata_py_has_failed (py) || (found == is_in && !strata_py_set_add (py, result, entry->key)))
        return FALSE;
    }

  return TRUE;
}

/* Of sets, and of views of dicts as such. NULL without failure: no such operator. */
Value *
strata_py_binary_set (Machine        *py,
                      StrataPySymbol  op,
                      Value          *a,
                      Value          *b)
{
  Dict *first = set_of (py, a);
  Dict *second = first != NULL ? set_of (py, b) : NULL;
  Dict *result = strata_py_new_set (py, IS_SET (a) ? a->kind : STRATA_PY_VALUE_SET);
  gboolean is_fine;

  if (second == NULL)
    return NULL;

  switch ((int) op)
    {
    case STRATA_PY_BAR:
      is_fine = add_where (py, result, first, result, FALSE) && add_where (py, result, second, first, FALSE);
      break;
    case STRATA_PY_AMPERSAND:
      is_fine = add_where (py, result, first, second, TRUE);
      break;
    case STRATA_PY_MINUS:
      is_fine = add_where (py, result, first, second, FALSE);
      break;
    case STRATA_PY_CARET:
      is_fine = add_where (py, result, first, second, FALSE) && add_where (py, result, second, first, FALSE);
      break;
    default:
      return NULL;
    }

  return is_fine ? &result->base : NULL;
}

typedef struct
{
  Value *key;
  Value *value;
} Pair;

/* Stable, by "<" alone, as CPython's. */
static gboolean
merge_sort (Machine  *py,
            Pair     *pairs,
            Pair     *spare,
            gsize     n,
            gboolean  reverse)
{
  gsize half = n / 2;
  gsize a = 0, b = half;

  if (n < 2)
    return TRUE;
  if (!merge_sort (py, pairs, spare, half, reverse) || !merge_sort (py, pairs + half, spare, n - half, reverse))
    return FALSE;

  for (gsize i = 0; i < n; i++)
    {
      int second = b < n;

      if (a < half && b < n)
        {
          second = reverse ? strata_py_less (py, pairs[a].key, pairs[b].key) : strata_py_less (py, pairs[b].key, pairs[a].key);
          if (second < 0 || !strata_py_step (py))
            return FALSE;
        }
      spare[i] = second ? pairs[b++] : pairs[a++];
    }
  memcpy (pairs, spare, n * sizeof (Pair));

  return TRUE;
}

gboolean
strata_py_sort (Machine  *py,
                List     *list,
                Value    *key,
                gboolean  reverse)
{
  gsize n = list->length;
  g_autofree Pair *pairs = g_new (Pair, n + 1);
  g_autofree Pair *spare = g_new (Pair, n + 1);

  for (gsize i = 0; i < n; i++)
    {
      pairs[i].value = list->items[i];
      pairs[i].key = key != NULL && !IS_NONE (key) ? strata_py_call_values (py, key, 1, pairs[i].value) : pairs[i].value;
      if (pairs[i].key == NULL)
        return FALSE;
    }
  if (!merge_sort (py, pairs, spare, n, reverse))
    return FALSE;
  if (list->length != n)
    return strata_py_raise (py, "ValueError", "list modified during sort") != NULL;
  for (gsize i = 0; i < n; i++)
    list->items[i] = pairs[i].value;

  return TRUE;
}
