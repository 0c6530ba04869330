/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

#include <math.h>

static Value *
repr (Machine *py,
      Value   *self,
      Value  **arguments)
{
  return strata_py_to_repr (py, arguments[0]);
}

static Value *
format (Machine *py,
        Value   *self,
        Value  **arguments)
{
  Str *spec = (Str *) arguments[1];

  if (spec != NULL && !IS_STR (&spec->base))
    return strata_py_raise (py, "TypeError", "format() argument 2 must be str, not %s", spec->base.class->name);

  return strata_py_format (py, arguments[0], spec != NULL ? spec->text : "", spec != NULL ? spec->length : 0);
}

static Value *
character (Machine *py,
           Value   *self,
           Value  **arguments)
{
  char text[7] = { 0 };
  gint64 number;

  if (!strata_py_to_index (py, arguments[0], &number))
    return NULL;
  if (number < 0 || number > 0x10ffff)
    return strata_py_raise (py, "ValueError", "chr() arg not in range(0x110000)");
  if (!g_unichar_validate (number))
    return strata_py_refuse (py, "this is half of a character");

  return strata_py_str_len (py, text, g_unichar_to_utf8 (number, text));
}

static Value *
ordinal (Machine *py,
         Value   *self,
         Value  **arguments)
{
  Str *str = (Str *) arguments[0];

  if (!IS_STR (arguments[0]) && !IS_BYTES (arguments[0]))
    return strata_py_raise (py, "TypeError", "ord() expected string of length 1, but %s found", arguments[0]->class->name);
  if (str->n_characters != 1)
    return strata_py_raise (py, "TypeError", "ord() expected a character, but string of length %" G_GSIZE_FORMAT " found",
                            str->n_characters);

  return strata_py_int (py, IS_BYTES (arguments[0]) ? (guint8) *str->text : g_utf8_get_char (str->text));
}

static Value *
in_base (Machine *py,
         Value   *value,
         guint    base,
         char     letter)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Wide number;

  if (!IS_INT (value))
    return strata_py_raise (py, "TypeError", "'%s' object cannot be interpreted as an integer", value->class->name);
  number = ((Int *) value)->number;
  g_string_append_printf (out, "%s0%c", number < 0 ? "-" : "", letter);
  strata_py_append_int (out, number < 0 ? -number : number, base, FALSE);

  return strata_py_string (py, out);
}

static Value *
hex (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return in_base (py, arguments[0], 16, 'x');
}

static Value *
oct (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return in_base (py, arguments[0], 8, 'o');
}

static Value *
bin (Machine *py,
     Value   *self,
     Value  **arguments)
{
  return in_base (py, arguments[0], 2, 'b');
}

static Value *
absolute (Machine *py,
          Value   *self,
          Value  **arguments)
{
  Value *value = arguments[0];
  Value *special = strata_py_call_special (py, value, "__abs__", 0);

  if (special != NULL || strata_py_has_failed (py))
    return special;
  if (IS_FLOAT (value))
    return strata_py_float (py, fabs (((Float *) value)->number));
  if (IS_INT (value))
    return strata_py_wide (py, ((Int *) value)->number < 0 ? -((Int *) value)->number : ((Int *) value)->number);
  if (value->class->slots->binary != NULL || IS_OPAQUE (value))
    return strata_py_refuse (py, "abs() of “%s” is not known here", value->class->name);

  return strata_py_raise (py, "TypeError", "bad operand type for abs(): '%s'", value->class->name);
}

/* To the nearest, of two equally near ones to the even one; of the decimal digits, as CPython does. */
static Value *
round_number (Machine *py,
              Value   *self,
              Value  **arguments)
{
  g_autofree char *text = NULL;
  char format_text[16];
  Value *value = arguments[0];
  gint64 digits = 0;
  double number;
  Wide wide;

  if (arguments[1] != NULL && !IS_NONE (arguments[1]) && !strata_py_to_index (py, arguments[1], &digits))
    return NULL;
  if (IS_INT (value) && digits >= 0)
    return strata_py_wide (py, ((Int *) value)->number);
  if (!IS_FLOAT (value) || digits < 0 || digits > 100)
    return strata_py_refuse (py, "round() of this is not known here");
  number = ((Float *) value)->number;
  if (arguments[1] == NULL || IS_NONE (arguments[1]))
    return strata_py_float_to_wide (rint (number), &wide) ? strata_py_wide (py, wide)
                                                          : strata_py_refuse (py, "round() of this number is not known here");
  if (!isfinite (number))
    return value;
  text = g_malloc (512);
  g_snprintf (format_text, sizeof format_text, "%%.%df", (int) digits);
  g_ascii_formatd (text, 512, format_text, number);

  return strata_py_float (py, g_ascii_strtod (text, NULL));
}

static Value *
divide (Machine *py,
        Value   *self,
        Value  **arguments)
{
  Value *pair[2];

  pair[0] = strata_py_binary (py, STRATA_PY_DOUBLE_SLASH, arguments[0], arguments[1]);
  pair[1] = pair[0] != NULL ? strata_py_binary (py, STRATA_PY_PERCENT, arguments[0], arguments[1]) : NULL;

  return pair[1] != NULL ? strata_py_tuple (py, pair, 2) : NULL;
}

static Value *
power (Machine *py,
       Value   *self,
       Value  **arguments)
{
  if (arguments[2] != NULL)
    return strata_py_refuse (py, "pow() with a modulus is not known here");

  return strata_py_binary (py, STRATA_PY_DOUBLE_STAR, arguments[0], arguments[1]);
}

static Value *
ascii (Machine *py,
       Value   *self,
       Value  **arguments)
{
  Str *text = (Str *) strata_py_to_repr (py, arguments[0]);

  if (text != NULL && text->length != text->n_characters)
    return strata_py_refuse (py, "ascii() of text that is not ASCII");

  return (Value *) text;
}

const StrataPyNative strata_py_text_functions[] = {
  { "abs", "number, /", absolute },
  { "ascii", "object, /", ascii },
  { "bin", "number, /", bin },
  { "chr", "number, /", character },
  { "divmod", "a, b, /", divide },
  { "format", "object, spec=, /", format },
  { "hex", "number, /", hex },
  { "oct", "number, /", oct },
  { "ord", "character, /", ordinal },
  { "pow", "base, exp, mod=", power },
  { "repr", "object, /", repr },
  { "round", "number, ndigits=", round_number },
  { NULL }
};
