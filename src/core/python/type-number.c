/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

#include <math.h>
#include <string.h>

static Value *
as_class (Machine *py,
          Value   *class,
          Value   *value)
{
  if (value == NULL || IS_OPAQUE (value) || value->class == (Class *) class)
    return value;

  return strata_py_copy_as (py, value, (Class *) class);
}

/* Without blanks around it and underscores between digits, and its sign apart. */
static char *
clean_number (const Str *str,
              gboolean  *is_negative)
{
  g_autofree char *text = g_strstrip (g_strndup (str->text, str->length));
  g_autoptr(GString) out = g_string_new (NULL);
  const char *c = text;

  *is_negative = *c == '-';
  if (*c == '-' || *c == '+')
    c++;
  for (; *c != '\0'; c++)
    if (*c != '_' || out->len == 0 || c[1] == '_' || c[1] == '\0')
      g_string_append_c (out, *c);

  return g_strdup (out->str);
}

static Value *
int_from_text (Machine *py,
               Str     *str,
               gint64   base)
{
  g_autoptr(GString) quoted = g_string_new (NULL);
  gboolean is_negative, too_big = FALSE;
  g_autofree char *text = clean_number (str, &is_negative);
  const char *digits = text;
  Wide number;

  if (base == 0 && text[0] == '0' && text[1] != '\0' && strchr ("xXoObB", text[1]) == NULL)
    return strata_py_refuse (py, "this number's base is not known here");
  if (text[0] == '0' && ((base == 0 || base == 16) && (text[1] == 'x' || text[1] == 'X')))
    base = 16;
  else if (text[0] == '0' && ((base == 0 || base == 8) && (text[1] == 'o' || text[1] == 'O')))
    base = 8;
  else if (text[0] == '0' && ((base == 0 || base == 2) && (text[1] == 'b' || text[1] == 'B')))
    base = 2;
  else
    digits -= 2;
  digits += 2;
  base = base == 0 ? 10 : base;

  if (strlen (text) > 0 && strata_py_parse_int (digits, strlen (digits), base, &number, &too_big))
    return strata_py_wide (py, is_negative ? -number : number);
  if (too_big)
    return strata_py_refuse (py, "this number has more than 127 bits");
  strata_py_append_quoted (quoted, str->text, str->length, IS_BYTES (&str->base));

  return strata_py_raise (py, "ValueError", "invalid literal for int() with base %d: %s", (int) base, quoted->str);
}

/* Of a class in Python or in C. NULL without failure: there is none. */
static Value *
call_method (Machine    *py,
             Value      *value,
             const char *name)
{
  Value *method = strata_py_is (value, STRATA_PY_VALUE_HOST) ? strata_py_find_attribute (py, value, name)
                                                             : strata_py_special (py, value, name);

  return method != NULL ? strata_py_call_values (py, method, 0) : NULL;
}

static Value *
make_int (Machine *py,
          Value   *value,
          Value   *base)
{
  gint64 number = 10;
  Value *result;
  Wide wide;

  if (value == NULL)
    return strata_py_int (py, 0);
  if (base != NULL && !strata_py_to_index (py, base, &number))
    return NULL;
  if (number != 0 && (number < 2 || number > 36))
    return strata_py_raise (py, "ValueError", "int() base must be >= 2 and <= 36, or 0");
  if (IS_STR (value) || IS_BYTES (value))
    return int_from_text (py, (Str *) value, number);
  if (base != NULL)
    return strata_py_raise (py, "TypeError", "int() can't convert non-string with explicit base");
  if (IS_INT (value))
    return strata_py_wide (py, ((Int *) value)->number);
  if (IS_FLOAT (value))
    {
      if (isnan (((Float *) value)->number))
        return strata_py_raise (py, "ValueError", "cannot convert float NaN to integer");
      if (isinf (((Float *) value)->number))
        return strata_py_raise (py, "OverflowError", "cannot convert float infinity to integer");
      if (!strata_py_float_to_wide (((Float *) value)->number, &wide))
        return strata_py_refuse (py, "this number has more than 127 bits");
      return strata_py_wide (py, wide);
    }
  if (IS_OPAQUE (value))
    return strata_py_unknown (py, value, "becomes a number");
  if ((result = call_method (py, value, "__int__")) != NULL || strata_py_has_failed (py))
    return result;

  return strata_py_raise (py, "TypeError", "int() argument must be a string, a bytes-like object or a real number, not '%s'",
                          value->class->name);
}

static Value *
construct_int (Machine *py,
               Value   *class,
               Value  **arguments)
{
  return as_class (py, class, make_int (py, arguments[0], arguments[1]));
}

static Value *
int_bit_length (Machine *py,
                Value   *self,
                Value  **arguments)
{
  Wide number = ((Int *) self)->number;
  guint bits = 0;

  for (number = number < 0 ? -number : number; number > 0; number >>= 1)
    bits++;

  return strata_py_int (py, bits);
}

static Value *
number_itself (Machine *py,
               Value   *self,
               Value  **arguments)
{
  return self;
}

static Value *
float_is_integer (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  double number = ((Float *) self)->number;

  return strata_py_bool (py, isfinite (number) && floor (number) == number);
}

static const StrataPyNative int_methods[] = {
  { "bit_length", NULL, int_bit_length },
  { "conjugate", NULL, number_itself },
  { NULL }
};

static const StrataPyNative float_methods[] = {
  { "is_integer", NULL, float_is_integer },
  { "conjugate", NULL, number_itself },
  { NULL }
};

static Value *
int_attribute (Machine    *py,
               Value      *self,
               const char *name)
{
  if (g_str_equal (name, "real") || g_str_equal (name, "numerator"))
    return strata_py_wide (py, ((Int *) self)->number);
  if (g_str_equal (name, "imag"))
    return strata_py_int (py, 0);
  if (g_str_equal (name, "denominator"))
    return strata_py_int (py, 1);

  return NULL;
}

static Value *
construct_bool (Machine *py,
                Value   *class,
                Value  **arguments)
{
  int truth = arguments[0] != NULL ? strata_py_truth (py, arguments[0]) : 0;

  return truth < 0 ? NULL : strata_py_bool (py, truth);
}

static Value *
make_float (Machine *py,
            Value   *value)
{
  g_autoptr(GString) quoted = g_string_new (NULL);
  g_autofree char *text = NULL;
  gboolean is_negative;
  double number;
  Value *result;

  if (value == NULL)
    return strata_py_float (py, 0);
  if (IS_INT (value) || IS_FLOAT (value))
    return strata_py_float (py, strata_py_value_get_float (value));
  if (IS_OPAQUE (value))
    return strata_py_unknown (py, value, "becomes a number");
  if (!IS_STR (value))
    {
      if ((result = call_method (py, value, "__float__")) != NULL || strata_py_has_failed (py))
        return result;
      return strata_py_raise (py, "TypeError", "float() argument must be a string or a real number, not '%s'",
                              value->class->name);
    }
  text = clean_number ((Str *) value, &is_negative);
  if (strata_py_parse_float (text, strlen (text), &number))
    return strata_py_float (py, is_negative ? -number : number);
  strata_py_append_quoted (quoted, ((Str *) value)->text, ((Str *) value)->length, FALSE);

  return strata_py_raise (py, "ValueError", "could not convert string to float: %s", quoted->str);
}

static Value *
construct_float (Machine *py,
                 Value   *class,
                 Value  **arguments)
{
  return as_class (py, class, make_float (py, arguments[0]));
}

const StrataPySlots strata_py_int_slots = {
  .name = "int",
  .methods = int_methods,
  .lacking = " to_bytes from_bytes bit_count as_integer_ratio is_integer ",
  .parameters = "value=, /, base=",
  .construct = construct_int,
  .get_attribute = int_attribute,
};

const StrataPySlots strata_py_bool_slots = {
  .name = "bool",
  .lacking = " to_bytes from_bytes bit_count as_integer_ratio is_integer ",
  .parameters = "value=, /",
  .construct = construct_bool,
  .get_attribute = int_attribute,
};

const StrataPySlots strata_py_float_slots = {
  .name = "float",
  .methods = float_methods,
  .lacking = " hex fromhex as_integer_ratio real imag ",
  .parameters = "value=, /",
  .construct = construct_float,
};
