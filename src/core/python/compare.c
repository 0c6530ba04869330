/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <math.h>
#include <string.h>

/* -1, 0, 1; or 2 where one is no number. */
static int
order_numbers (const Value *a,
               const Value *b)
{
  const Float *f = (const Float *) (IS_FLOAT (a) ? a : b);
  Wide other, whole;
  int order;

  if (IS_INT (a) && IS_INT (b))
    {
      Wide x = ((const Int *) a)->number, y = ((const Int *) b)->number;

      return x < y ? -1 : x > y;
    }
  if (IS_FLOAT (a) && IS_FLOAT (b))
    {
      double x = ((const Float *) a)->number, y = ((const Float *) b)->number;

      return isnan (x) || isnan (y) ? 2 : x < y ? -1 : x > y;
    }
  if (isnan (f->number))
    return 2;

  /* The whole one against the other's whole part, then its fraction decides. */
  other = ((const Int *) (IS_FLOAT (a) ? b : a))->number;
  if (!strata_py_float_to_wide (f->number, &whole))
    order = f->number > 0 ? -1 : 1;
  else if (other != whole)
    order = other < whole ? -1 : 1;
  else
    order = f->number > (double) whole ? -1 : f->number < (double) whole;

  return IS_FLOAT (a) ? -order : order;
}

static int
order_texts (const Str *a,
             const Str *b)
{
  int order = memcmp (a->text, b->text, MIN (a->length, b->length));

  if (order == 0)
    order = a->length < b->length ? -1 : a->length > b->length;

  return order < 0 ? -1 : order > 0;
}

static int
equal_items (Machine *py,
             List    *a,
             List    *b)
{
  if (a->length != b->length)
    return 0;
  for (gsize i = 0; i < a->length && i < b->length; i++)
    {
      int equal = strata_py_equal (py, a->items[i], b->items[i]);

      if (equal <= 0)
        return equal;
    }

  return 1;
}

static int
equal_dicts (Machine *py,
             Dict    *a,
             Dict    *b)
{
  guint position = 0;
  Entry *entry;

  if (a->n_live != b->n_live)
    return 0;
  while ((entry = strata_py_dict_step (a, &position)) != NULL)
    {
      guint64 hash;
      Value *value = entry->value;
      Entry *other = strata_py_dict_find (py, b, entry->key, &hash);
      int equal;

      if (strata_py_has_failed (py))
        return -1;
      if (other == NULL)
        return 0;
      if (value != NULL && (equal = strata_py_equal (py, value, other->value)) <= 0)
        return equal;
    }

  return 1;
}

/* Of the same layout, or numbers. */
static int
equal_builtin (Machine *py,
               Value   *a,
               Value   *b)
{
  if ((IS_INT (a) || IS_FLOAT (a)) && (IS_INT (b) || IS_FLOAT (b)))
    return order_numbers (a, b) == 0;
  if (IS_SET (a) && IS_SET (b))
    return equal_dicts (py, (Dict *) a, (Dict *) b);
  if (a->kind != b->kind)
    return 0;

  switch (a->kind)
    {
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      return ((Str *) a)->length == ((Str *) b)->length && order_texts ((Str *) a, (Str *) b) == 0;
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return equal_items (py, (List *) a, (List *) b);
    case STRATA_PY_VALUE_DICT:
      return equal_dicts (py, (Dict *) a, (Dict *) b);
    case STRATA_PY_VALUE_RANGE:
    case STRATA_PY_VALUE_DICT_VIEW:
    case STRATA_PY_VALUE_SLICE:
      strata_py_refuse (py, "the comparison of two of “%s” is not known here", a->class->name);
      return -1;
    case STRATA_PY_VALUE_METHOD:
      return ((Method *) a)->self == ((Method *) b)->self && ((Method *) a)->function == ((Method *) b)->function;
    default:
      return 0;
    }
}

/* What the objects' own classes say; NULL without failure: nothing. */
static Value *
compare_special (Machine        *py,
                 StrataPySymbol  op,
                 Value          *a,
                 Value          *b)
{
  static const struct { guint8 op; const char *name, *reflected; } methods[] = {
    { STRATA_PY_EQUAL, "__eq__", "__eq__" }, { STRATA_PY_NOT_EQUAL, "__ne__", "__ne__" },
    { STRATA_PY_LESS, "__lt__", "__gt__" }, { STRATA_PY_GREATER, "__gt__", "__lt__" },
    { STRATA_PY_LESS_EQUAL, "__le__", "__ge__" }, { STRATA_PY_GREATER_EQUAL, "__ge__", "__le__" },
  };
  Value *result = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods) && (a->class->is_user || b->class->is_user); i++)
    if (methods[i].op == op)
      {
        result = strata_py_call_special (py, a, methods[i].name, 1, b);
        if ((result == NULL || result == py->not_implemented) && !strata_py_has_failed (py))
          result = strata_py_call_special (py, b, methods[i].reflected, 1, a);
      }
  if (result != NULL && result != py->not_implemented)
    return result;
  if (strata_py_has_failed (py))
    return NULL;

  result = NULL;
  if (a->class->slots->compare != NULL)
    result = a->class->slots->compare (py, op, a, b);
  if (result == NULL && !strata_py_has_failed (py) && b->class->slots->compare != NULL
      && b->class->slots->compare != a->class->slots->compare)
    result = b->class->slots->compare (py, op, a, b);

  return result;
}

static Value *
compare_unknown (Machine *py,
                 Value   *a,
                 Value   *b)
{
  return strata_py_unknown (py, IS_OPAQUE (a) ? a : b, "is compared");
}

/* The result of == as it is, which may be no truth at all: an expression of SQL, say. */
static Value *
compare_equal (Machine *py,
               Value   *a,
               Value   *b)
{
  Value *result = compare_special (py, STRATA_PY_EQUAL, a, b);
  int equal;

  if (result != NULL || strata_py_has_failed (py))
    return result;
  if (a == b && !IS_FLOAT (a))
    return py->yes;
  if (IS_OPAQUE (a) || IS_OPAQUE (b))
    return compare_unknown (py, a, b);
  if (!strata_py_enter (py))
    return NULL;
  equal = equal_builtin (py, a, b);
  strata_py_leave (py);

  return equal < 0 ? NULL : strata_py_bool (py, equal);
}

int
strata_py_equal (Machine *py,
                 Value   *a,
                 Value   *b)
{
  Value *result;

  if (a == b)
    return 1;
  result = compare_equal (py, a, b);

  return result != NULL ? strata_py_truth (py, result) : -1;
}

static Value *
compare_not_equal (Machine *py,
                   Value   *a,
                   Value   *b)
{
  Value *result = compare_special (py, STRATA_PY_NOT_EQUAL, a, b);
  int truth;

  if (result != NULL || strata_py_has_failed (py))
    return result;
  result = compare_equal (py, a, b);
  if (IS_OPAQUE (result))
    return result;
  truth = result != NULL ? strata_py_truth (py, result) : -1;

  return truth < 0 ? NULL : strata_py_bool (py, !truth);
}

static Value *
from_order (Machine        *py,
            StrataPySymbol  op,
            int             order)
{
  switch ((int) op)
    {
    case STRATA_PY_LESS:
      return strata_py_bool (py, order < 0);
    case STRATA_PY_GREATER:
      return strata_py_bool (py, order == 1);
    case STRATA_PY_LESS_EQUAL:
      return strata_py_bool (py, order <= 0);
    default:
      return strata_py_bool (py, order == 0 || order == 1);
    }
}

/* The first pair that differs decides. */
static Value *
order_items (Machine        *py,
             StrataPySymbol  op,
             List           *a,
             List           *b)
{
  for (gsize i = 0; i < a->length && i < b->length; i++)
    {
      int equal = strata_py_equal (py, a->items[i], b->items[i]);

      if (equal < 0)
        return NULL;
      if (!equal)
        return strata_py_compare (py, op, a->items[i], b->items[i]);
    }

  return from_order (py, op, a->length < b->length ? -1 : a->length > b->length);
}

static Value *
order_sets (Machine        *py,
            StrataPySymbol  op,
            Dict           *a,
            Dict           *b)
{
  gboolean is_less = op == STRATA_PY_LESS || op == STRATA_PY_LESS_EQUAL;
  Dict *small = is_less ? a : b;
  Dict *large = is_less ? b : a;
  guint position = 0;
  Entry *entry;

  while ((entry = strata_py_dict_step (small, &position)) != NULL)
    {
      guint64 hash;

      if (strata_py_dict_find (py, large, entry->key, &hash) == NULL)
        return strata_py_has_failed (py) ? NULL : py->no;
    }
  if (op == STRATA_PY_LESS || op == STRATA_PY_GREATER)
    return strata_py_bool (py, small->n_live < large->n_live);

  return py->yes;
}

static Value *
compare_order (Machine        *py,
               StrataPySymbol  op,
               Value          *a,
               Value          *b)
{
  Value *result = compare_special (py, op, a, b);

  if (result != NULL || strata_py_has_failed (py))
    return result;
  if (IS_OPAQUE (a) || IS_OPAQUE (b))
    return compare_unknown (py, a, b);
  if ((IS_INT (a) || IS_FLOAT (a)) && (IS_INT (b) || IS_FLOAT (b)))
    return from_order (py, op, order_numbers (a, b));
  if (IS_SET (a) && IS_SET (b))
    return order_sets (py, op, (Dict *) a, (Dict *) b);
  if (a->kind == b->kind && (IS_STR (a) || IS_BYTES (a)))
    return from_order (py, op, order_texts ((Str *) a, (Str *) b));
  if (a->kind == b->kind && (IS_LIST (a) || IS_TUPLE (a)))
    {
      if (!strata_py_enter (py))
        return NULL;
      result = order_items (py, op, (List *) a, (List *) b);
      strata_py_leave (py);
      return result;
    }

  return strata_py_bad_operands (py, op, a, b);
}

/* Numbers and texts may or may not be the same object in CPython: who asks gets no guess. */
static Value *
compare_identity (Machine *py,
                  Value   *a,
                  Value   *b,
                  gboolean is_same)
{
  if (a != b && a->kind == b->kind && (a->kind == STRATA_PY_VALUE_INT || IS_FLOAT (a) || IS_STR (a) || IS_BYTES (a)
                                       || IS_TUPLE (a) || a->kind == STRATA_PY_VALUE_FROZENSET)
      && !a->class->is_user && strata_py_equal (py, a, b) != 0)
    return strata_py_refuse (py, "“is” asks whether two equal values are one object");
  if (IS_OPAQUE (a) || IS_OPAQUE (b))
    return compare_unknown (py, a, b);

  return strata_py_bool (py, (a == b) == is_same);
}

Value *
strata_py_compare (Machine        *py,
                   StrataPySymbol  op,
                   Value          *a,
                   Value          *b)
{
  int found;

  switch ((int) op)
    {
    case STRATA_PY_EQUAL:
      return compare_equal (py, a, b);
    case STRATA_PY_NOT_EQUAL:
      return compare_not_equal (py, a, b);
    case STRATA_PY_IS:
    case STRATA_PY_IS_NOT:
      return compare_identity (py, a, b, op == STRATA_PY_IS);
    case STRATA_PY_IN:
    case STRATA_PY_NOT_IN:
      found = strata_py_contains (py, b, a);
      return found < 0 ? NULL : strata_py_bool (py, found == (op == STRATA_PY_IN));
    default:
      return compare_order (py, op, a, b);
    }
}

int
strata_py_less (Machine *py,
                Value   *a,
                Value   *b)
{
  Value *result = strata_py_compare (py, STRATA_PY_LESS, a, b);

  return result != NULL ? strata_py_truth (py, result) : -1;
}
