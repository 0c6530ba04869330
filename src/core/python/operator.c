/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <string.h>

static const struct { guint8 op; const char *name, *reflected, *in_place; } methods[] = {
  { STRATA_PY_PLUS, "__add__", "__radd__", "__iadd__" },
  { STRATA_PY_MINUS, "__sub__", "__rsub__", "__isub__" },
  { STRATA_PY_STAR, "__mul__", "__rmul__", "__imul__" },
  { STRATA_PY_SLASH, "__truediv__", "__rtruediv__", "__itruediv__" },
  { STRATA_PY_DOUBLE_SLASH, "__floordiv__", "__rfloordiv__", "__ifloordiv__" },
  { STRATA_PY_PERCENT, "__mod__", "__rmod__", "__imod__" },
  { STRATA_PY_AT, "__matmul__", "__rmatmul__", "__imatmul__" },
  { STRATA_PY_DOUBLE_STAR, "__pow__", "__rpow__", "__ipow__" },
  { STRATA_PY_LEFT_SHIFT, "__lshift__", "__rlshift__", "__ilshift__" },
  { STRATA_PY_RIGHT_SHIFT, "__rshift__", "__rrshift__", "__irshift__" },
  { STRATA_PY_AMPERSAND, "__and__", "__rand__", "__iand__" },
  { STRATA_PY_BAR, "__or__", "__ror__", "__ior__" },
  { STRATA_PY_CARET, "__xor__", "__rxor__", "__ixor__" },
};

gpointer
strata_py_bad_operands (Machine        *py,
                        StrataPySymbol  op,
                        Value          *a,
                        Value          *b)
{
  gboolean is_order = op == STRATA_PY_LESS || op == STRATA_PY_GREATER || op == STRATA_PY_LESS_EQUAL
                      || op == STRATA_PY_GREATER_EQUAL;

  if (is_order)
    return strata_py_raise (py, "TypeError", "'%s' not supported between instances of '%s' and '%s'",
                            strata_py_symbol_get_text (op), a->class->name, b->class->name);

  return strata_py_raise (py, "TypeError", "unsupported operand type(s) for %s: '%s' and '%s'",
                          op == STRATA_PY_DOUBLE_STAR ? "** or pow()" : strata_py_symbol_get_text (op), a->class->name,
                          b->class->name);
}

/* The special method's result; NULL without failure where there is none or it says NotImplemented. */
static Value *
try_special (Machine    *py,
             Value      *value,
             const char *name,
             Value      *other)
{
  Value *result = strata_py_call_special (py, value, name, 1, other);

  return result == py->not_implemented ? NULL : result;
}

static Value *
binary_special (Machine        *py,
                StrataPySymbol  op,
                Value          *a,
                Value          *b,
                gboolean        in_place)
{
  Value *result = NULL;

  if (!a->class->is_user && !b->class->is_user)
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (methods); i++)
    if (methods[i].op == op)
      {
        if (in_place)
          result = try_special (py, a, methods[i].in_place, b);
        if (result == NULL && !strata_py_has_failed (py))
          result = try_special (py, a, methods[i].name, b);
        if (result == NULL && !strata_py_has_failed (py))
          result = try_special (py, b, methods[i].reflected, a);
      }

  return result;
}

static Value *
concatenate (Machine *py,
             Value   *a,
             Value   *b)
{
  Str *first = (Str *) a;
  Str *second = (Str *) b;
  char *text;

  if (a->kind != b->kind)
    {
      if (IS_STR (a))
        return strata_py_raise (py, "TypeError", "can only concatenate str (not \"%s\") to str", b->class->name);
      if (IS_LIST (a) || IS_TUPLE (a))
        return strata_py_raise (py, "TypeError", "can only concatenate %s (not \"%s\") to %s", a->class->name, b->class->name,
                                a->class->name);
      return IS_BYTES (a) ? strata_py_raise (py, "TypeError", "can't concat %s to bytes", b->class->name) : NULL;
    }
  if (IS_LIST (a) || IS_TUPLE (a))
    {
      List *list = strata_py_new_list (py, a->kind, 0);

      return strata_py_extend (py, list, a) && strata_py_extend (py, list, b) ? &list->base : NULL;
    }

  text = strata_py_alloc (py, first->length + second->length + 1);
  if (text == NULL)
    return NULL;
  memcpy (text, first->text, first->length);
  memcpy (text + first->length, second->text, second->length);
  a = strata_py_take_str (py, text, first->length + second->length);
  if (IS_BYTES (b))
    {
      a->kind = STRATA_PY_VALUE_BYTES;
      a->class = py->classes[STRATA_PY_VALUE_BYTES];
      ((Str *) a)->n_characters = ((Str *) a)->length;
    }

  return a;
}

static Value *
repeat (Machine *py,
        Value   *value,
        Value   *times)
{
  Wide n = MAX (((Int *) times)->number, 0);
  Str *str = (Str *) value;
  List *list = (List *) value;
  gsize unit = IS_STR (value) || IS_BYTES (value) ? str->length : list->length * sizeof (Value *);
  char *memory;

  if (unit == 0)
    n = 0;
  if (n > G_MAXINT32 || !strata_py_reserve (py, unit * (gsize) n))
    return strata_py_has_failed (py) ? NULL : strata_py_refuse (py, "this is repeated too often");

  memory = strata_py_arena_alloc (py->arena, unit * n + 1);
  for (gsize i = 0; i < n; i++)
    memcpy (memory + i * unit, IS_STR (value) || IS_BYTES (value) ? (gconstpointer) str->text : list->items, unit);
  if (IS_STR (value))
    return strata_py_take_str (py, memory, unit * n);
  if (IS_BYTES (value))
    return strata_py_bytes (py, memory, unit * n);

  list = strata_py_new_list (py, value->kind, 0);
  list->items = (Value **) (gpointer) memory;
  list->length = list->allocated = unit * n / sizeof (Value *);

  return &list->base;
}

static gboolean
is_sequence (Value *value)
{
  return IS_STR (value) || IS_BYTES (value) || IS_LIST (value) || IS_TUPLE (value);
}

/* NULL without failure: not with these. */
static Value *
binary_builtin (Machine        *py,
                StrataPySymbol  op,
                Value          *a,
                Value          *b)
{
  if ((IS_INT (a) || IS_FLOAT (a)) && (IS_INT (b) || IS_FLOAT (b)))
    return strata_py_binary_number (py, op, a, b);
  if (op == STRATA_PY_PERCENT && IS_STR (a))
    return strata_py_format_percent (py, (Str *) a, b);
  if (op == STRATA_PY_PERCENT && IS_BYTES (a))
    return strata_py_refuse (py, "“%%” of bytes is not known here");
  if (op == STRATA_PY_PLUS && is_sequence (a))
    return concatenate (py, a, b);
  if (op == STRATA_PY_STAR && is_sequence (a) && IS_INT (b))
    return repeat (py, a, b);
  if (op == STRATA_PY_STAR && is_sequence (b) && IS_INT (a))
    return repeat (py, b, a);
  if (op == STRATA_PY_BAR && IS_DICT (a) && IS_DICT (b))
    {
      Dict *dict = strata_py_dict (py);

      return strata_py_dict_merge (py, dict, (Dict *) a) && strata_py_dict_merge (py, dict, (Dict *) b) ? &dict->base : NULL;
    }
  if ((IS_SET (a) && IS_SET (b))
      || (strata_py_is (a, STRATA_PY_VALUE_DICT_VIEW) && (strata_py_is (b, STRATA_PY_VALUE_DICT_VIEW) || IS_SET (b))))
    return strata_py_binary_set (py, op, a, b);
  /* "str | None" */
  if (op == STRATA_PY_BAR && (IS_CLASS (a) || IS_NONE (a)) && (IS_CLASS (b) || IS_NONE (b)))
    return strata_py_opaque (py, "typing.Union");

  return NULL;
}

static Value *
binary_slots (Machine        *py,
              StrataPySymbol  op,
              Value          *a,
              Value          *b)
{
  Value *result = NULL;

  if (a->class->slots->binary != NULL)
    result = a->class->slots->binary (py, op, a, b);
  if (result == NULL && !strata_py_has_failed (py) && b->class->slots->binary != NULL
      && b->class->slots->binary != a->class->slots->binary)
    result = b->class->slots->binary (py, op, a, b);

  return result;
}

static Value *
binary (Machine        *py,
        StrataPySymbol  op,
        Value          *a,
        Value          *b,
        gboolean        in_place)
{
  Value *result = binary_special (py, op, a, b, in_place);

  if (result == NULL && !strata_py_has_failed (py))
    result = binary_slots (py, op, a, b);
  if (result == NULL && !strata_py_has_failed (py) && (IS_OPAQUE (a) || IS_OPAQUE (b)))
    {
      /* "set |= unknown" changes a set that may have other names too. */
      if (in_place && (IS_DICT (a) || IS_SET (a)))
        return strata_py_refuse_opaque (py, b, "is part of an expression");
      return strata_py_unknown (py, IS_OPAQUE (a) ? a : b, "is part of an expression");
    }
  if (result == NULL && !strata_py_has_failed (py))
    result = binary_builtin (py, op, a, b);
  if (result == NULL)
    return strata_py_bad_operands (py, op, a, b);

  return a->is_varying || b->is_varying ? strata_py_vary (py, result) : result;
}

Value *
strata_py_binary (Machine        *py,
                  StrataPySymbol  op,
                  Value          *a,
                  Value          *b)
{
  return binary (py, op, a, b, FALSE);
}

/* Containers change, and stay the same objects. */
Value *
strata_py_binary_in_place (Machine        *py,
                           StrataPySymbol  op,
                           Value          *a,
                           Value          *b)
{
  if (op == STRATA_PY_PLUS && IS_LIST (a) && !a->class->is_user)
    return strata_py_extend (py, (List *) a, b) ? a : NULL;
  if (op == STRATA_PY_STAR && IS_LIST (a) && IS_INT (b))
    {
      List *repeated = (List *) repeat (py, a, b);

      if (repeated == NULL)
        return NULL;
      ((List *) a)->items = repeated->items;
      ((List *) a)->length = ((List *) a)->allocated = repeated->length;
      return a;
    }
  if (op == STRATA_PY_BAR && IS_DICT (a) && !a->class->is_user)
    return strata_py_update_dict (py, (Dict *) a, b) ? a : NULL;
  if (strata_py_is (a, STRATA_PY_VALUE_SET) && IS_SET (b))
    {
      Dict *result = (Dict *) strata_py_binary_set (py, op, a, b);
      Dict *self = (Dict *) a;
      Value base = *a;

      if (result == NULL)
        return NULL;
      *self = *result;
      self->base = base;
      return a;
    }

  return binary (py, op, a, b, TRUE);
}

Value *
strata_py_unary (Machine        *py,
                 StrataPySymbol  op,
                 Value          *value)
{
  const char *name = op == STRATA_PY_MINUS ? "__neg__" : op == STRATA_PY_PLUS ? "__pos__" : "__invert__";
  Value *result = strata_py_call_special (py, value, name, 0);

  if (result != NULL || strata_py_has_failed (py))
    return result;
  if (value->class->slots->unary != NULL
      && ((result = value->class->slots->unary (py, op, value)) != NULL || strata_py_has_failed (py)))
    return result;
  if (IS_OPAQUE (value))
    return strata_py_unknown (py, value, "is part of an expression");

  if (IS_FLOAT (value) && op == STRATA_PY_MINUS)
    result = strata_py_float (py, -((Float *) value)->number);
  else if (IS_FLOAT (value) && op == STRATA_PY_PLUS)
    result = value;
  else if (IS_INT (value))
    {
      Wide number = ((Int *) value)->number;

      result = strata_py_wide (py, op == STRATA_PY_MINUS ? -number : op == STRATA_PY_PLUS ? number : ~number);
    }
  else
    return strata_py_raise (py, "TypeError", "bad operand type for unary %s: '%s'", strata_py_symbol_get_text (op),
                            value->class->name);

  return value->is_varying ? strata_py_vary (py, result) : result;
}

/* 1, 0, or -1 failed. */
int
strata_py_truth (Machine *py,
                 Value   *value)
{
  Value *result;

  if (value->class->is_user)
    {
      if ((result = strata_py_call_special (py, value, "__bool__", 0)) != NULL)
        {
          if (!strata_py_is (result, STRATA_PY_VALUE_BOOL))
            strata_py_raise (py, "TypeError", "__bool__ should return bool, returned %s", result->class->name);
          return strata_py_has_failed (py) ? -1 : result == py->yes;
        }
      if (!strata_py_has_failed (py) && (result = strata_py_call_special (py, value, "__len__", 0)) != NULL && IS_INT (result))
        return ((Int *) result)->number != 0;
      if (strata_py_has_failed (py))
        return -1;
    }
  if (value->class->slots->truth != NULL)
    return value->class->slots->truth (py, value);

  switch (value->kind)
    {
    case STRATA_PY_VALUE_NONE:
      return 0;
    case STRATA_PY_VALUE_BOOL:
    case STRATA_PY_VALUE_INT:
      return ((Int *) value)->number != 0;
    case STRATA_PY_VALUE_FLOAT:
      return ((Float *) value)->number != 0;
    case STRATA_PY_VALUE_STR:
    case STRATA_PY_VALUE_BYTES:
      return ((Str *) value)->length > 0;
    case STRATA_PY_VALUE_LIST:
    case STRATA_PY_VALUE_TUPLE:
      return ((List *) value)->length > 0;
    case STRATA_PY_VALUE_DICT:
    case STRATA_PY_VALUE_SET:
    case STRATA_PY_VALUE_FROZENSET:
      return ((Dict *) value)->n_live > 0;
    case STRATA_PY_VALUE_DICT_VIEW:
    case STRATA_PY_VALUE_RANGE:
      return strata_py_length (py, value) > 0;
    case STRATA_PY_VALUE_OPAQUE:
      strata_py_refuse_opaque (py, value, "decides");
      return -1;
    default:
      if (value->class->slots->length != NULL)
        return value->class->slots->length (py, value) > 0;
      return 1;
    }
}
