/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <math.h>

#define EXACT ((Wide) 1 << 53)     /* up to here every whole number is a double */

static gpointer
too_big (Machine *py)
{
  return strata_py_refuse (py, "this number has more than 127 bits");
}

static double
to_double (const Value *value)
{
  return IS_FLOAT (value) ? ((const Float *) value)->number : (double) ((const Int *) value)->number;
}

static Value *
divide_by_zero (Machine        *py,
                StrataPySymbol  op,
                gboolean        is_float)
{
  if (op == STRATA_PY_SLASH)
    return strata_py_raise (py, "ZeroDivisionError", is_float ? "float division by zero" : "division by zero");
  if (is_float)
    return strata_py_raise (py, "ZeroDivisionError", op == STRATA_PY_PERCENT ? "float modulo" : "float floor division by zero");

  return strata_py_raise (py, "ZeroDivisionError", "integer %s by zero",
                          op == STRATA_PY_PERCENT ? "modulo" : "division or modulo");
}

static Value *
power (Machine *py,
       Wide     base,
       Wide     exponent)
{
  Wide result = 1;

  if (exponent < 0)
    {
      if (base == 0)
        return strata_py_raise (py, "ZeroDivisionError", "0.0 cannot be raised to a negative power");
      return strata_py_float (py, pow ((double) base, (double) exponent));
    }
  if (base == 0 || base == 1 || base == -1)
    return strata_py_wide (py, exponent == 0 ? 1 : base == -1 ? (exponent % 2 ? -1 : 1) : base);
  if (exponent > 127)
    return too_big (py);
  for (Wide i = 0; i < exponent; i++)
    if (__builtin_mul_overflow (result, base, &result))
      return too_big (py);

  return strata_py_wide (py, result);
}

static Value *
shift (Machine        *py,
       StrataPySymbol  op,
       Wide            number,
       Wide            by)
{
  if (by < 0)
    return strata_py_raise (py, "ValueError", "negative shift count");
  if (op == STRATA_PY_RIGHT_SHIFT)
    return strata_py_wide (py, number >> MIN (by, 126));
  if (number == 0)
    return strata_py_wide (py, 0);
  if (by > 126 || __builtin_mul_overflow (number, (Wide) 1 << by, &number))
    return too_big (py);

  return strata_py_wide (py, number);
}

static Value *
divide (Machine        *py,
        StrataPySymbol  op,
        Wide            a,
        Wide            b)
{
  Wide quotient, remainder;

  if (b == 0)
    return divide_by_zero (py, op, FALSE);
  if (op == STRATA_PY_SLASH)
    {
      if (a > -EXACT && a < EXACT && b > -EXACT && b < EXACT)
        return strata_py_float (py, (double) a / (double) b);
      return strata_py_refuse (py, "this division of large numbers is not known here");
    }
  if (b == -1)
    return op == STRATA_PY_PERCENT ? strata_py_wide (py, 0) : strata_py_wide (py, -a);

  quotient = a / b;
  remainder = a % b;
  if (remainder != 0 && (remainder < 0) != (b < 0))
    {
      quotient--;
      remainder += b;
    }

  return strata_py_wide (py, op == STRATA_PY_PERCENT ? remainder : quotient);
}

static Value *
whole (Machine        *py,
       StrataPySymbol  op,
       Wide            a,
       Wide            b,
       gboolean        are_bools)
{
  Wide result = 0;
  gboolean overflows = FALSE;

  switch ((int) op)
    {
    case STRATA_PY_PLUS:
      overflows = __builtin_add_overflow (a, b, &result);
      break;
    case STRATA_PY_MINUS:
      overflows = __builtin_sub_overflow (a, b, &result);
      break;
    case STRATA_PY_STAR:
      overflows = __builtin_mul_overflow (a, b, &result);
      break;
    case STRATA_PY_SLASH:
    case STRATA_PY_DOUBLE_SLASH:
    case STRATA_PY_PERCENT:
      return divide (py, op, a, b);
    case STRATA_PY_DOUBLE_STAR:
      return power (py, a, b);
    case STRATA_PY_LEFT_SHIFT:
    case STRATA_PY_RIGHT_SHIFT:
      return shift (py, op, a, b);
    case STRATA_PY_AMPERSAND:
      result = a & b;
      return are_bools ? strata_py_bool (py, result != 0) : strata_py_wide (py, result);
    case STRATA_PY_BAR:
      result = a | b;
      return are_bools ? strata_py_bool (py, result != 0) : strata_py_wide (py, result);
    case STRATA_PY_CARET:
      result = a ^ b;
      return are_bools ? strata_py_bool (py, result != 0) : strata_py_wide (py, result);
    default:
      return NULL;
    }

  /* The smallest one has no opposite; so it is none of ours. */
  return overflows || (unsigned __int128) result == (unsigned __int128) 1 << 127 ? too_big (py) : strata_py_wide (py, result);
}

static Value *
real (Machine        *py,
      StrataPySymbol  op,
      double          a,
      double          b)
{
  double result;

  switch ((int) op)
    {
    case STRATA_PY_PLUS:
      return strata_py_float (py, a + b);
    case STRATA_PY_MINUS:
      return strata_py_float (py, a - b);
    case STRATA_PY_STAR:
      return strata_py_float (py, a * b);
    case STRATA_PY_SLASH:
      return b == 0 ? divide_by_zero (py, op, TRUE) : strata_py_float (py, a / b);
    case STRATA_PY_DOUBLE_SLASH:
    case STRATA_PY_PERCENT:
      if (b == 0)
        return divide_by_zero (py, op, TRUE);
      result = fmod (a, b);
      if (result != 0 && (result < 0) != (b < 0))
        result += b;
      if (op == STRATA_PY_PERCENT)
        return strata_py_float (py, result == 0 ? copysign (0, b) : result);
      /* As CPython: from the remainder, to the nearest whole number. */
      a = (a - result) / b;
      result = floor (a);
      return strata_py_float (py, a == 0 ? copysign (0, a) : a - result > 0.5 ? result + 1 : result);
    case STRATA_PY_DOUBLE_STAR:
      if (a == 0 && b < 0)
        return strata_py_raise (py, "ZeroDivisionError", "0.0 cannot be raised to a negative power");
      result = pow (a, b);
      if ((a < 0 && b != floor (b)) || (isinf (result) && !isinf (a) && !isinf (b)))
        return strata_py_refuse (py, "this power is not known here");
      return strata_py_float (py, result);
    default:
      return NULL;
    }
}

/* Of BOOL, INT and FLOAT; NULL without failure where they have no such operator. */
Value *
strata_py_binary_number (Machine        *py,
                         StrataPySymbol  op,
                         Value          *a,
                         Value          *b)
{
  if (IS_FLOAT (a) || IS_FLOAT (b))
    return real (py, op, to_double (a), to_double (b));

  return whole (py, op, ((Int *) a)->number, ((Int *) b)->number,
                strata_py_is (a, STRATA_PY_VALUE_BOOL) && strata_py_is (b, STRATA_PY_VALUE_BOOL));
}

/* Towards zero. FALSE: no number, or too big. */
gboolean
strata_py_float_to_wide (double  number,
                         Wide   *wide)
{
  if (!isfinite (number) || fabs (number) >= ldexp (1, 126))
    return FALSE;
  *wide = (Wide) number;

  return TRUE;
}

static int
digit_value (char c)
{
  if (g_ascii_isdigit (c))
    return c - '0';

  return g_ascii_isalpha (c) ? g_ascii_tolower (c) - 'a' + 10 : 99;
}

gboolean
strata_py_parse_int (const char *text,
                     gsize       length,
                     guint       base,
                     Wide       *number,
                     gboolean   *is_too_big)
{
  *number = 0;
  if (length == 0)
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (digit_value (text[i]) >= (int) base)
      return FALSE;
  for (gsize i = 0; i < length; i++)
    if (__builtin_mul_overflow (*number, (Wide) base, number)
        || __builtin_add_overflow (*number, (Wide) digit_value (text[i]), number))
      {
        *is_too_big = TRUE;
        return FALSE;
      }

  return TRUE;
}

/* Without sign and blanks. */
gboolean
strata_py_parse_float (const char *text,
                       gsize       length,
                       double     *number)
{
  g_autofree char *copy = g_ascii_strdown (text, length);
  char *end;

  if (g_str_equal (copy, "inf") || g_str_equal (copy, "infinity"))
    *number = INFINITY;
  else if (g_str_equal (copy, "nan"))
    *number = NAN;
  else
    {
      for (const char *c = copy; *c != '\0'; c++)
        if (!g_ascii_isdigit (*c) && *c != '.' && *c != 'e' && *c != '+' && *c != '-')
          return FALSE;
      if (!g_ascii_isdigit (copy[0]) && copy[0] != '.')
        return FALSE;
      *number = g_ascii_strtod (copy, &end);
      return *end == '\0' && end != copy;
    }

  return TRUE;
}

void
strata_py_append_int (GString  *out,
                      Wide      number,
                      guint     base,
                      gboolean  upper)
{
  char digits[130];
  guint n = 0;
  unsigned __int128 rest = number < 0 ? -(unsigned __int128) number : (unsigned __int128) number;

  do
    {
      guint digit = rest % base;

      digits[n++] = digit < 10 ? '0' + digit : (upper ? 'A' : 'a') + digit - 10;
      rest /= base;
    }
  while (rest > 0);

  if (number < 0)
    g_string_append_c (out, '-');
  while (n > 0)
    g_string_append_c (out, digits[--n]);
}

/* The shortest digits that are read back as the same number, as repr() has them. */
void
strata_py_append_float (GString *out,
                        double   number)
{
  char text[64], format[8];
  char *exponent;
  int power;

  if (isnan (number) || isinf (number))
    {
      g_string_append (out, isnan (number) ? "nan" : number < 0 ? "-inf" : "inf");
      return;
    }
  for (int precision = 0; precision < 17; precision++)
    {
      g_snprintf (format, sizeof format, "%%.%de", precision);
      g_ascii_formatd (text, sizeof text, format, number);
      if (g_ascii_strtod (text, NULL) == number)
        break;
    }

  exponent = strchr (text, 'e');
  power = atoi (exponent + 1);
  *exponent = '\0';
  if (power < -4 || power >= 16)
    {
      g_string_append_printf (out, "%se%c%02d", text, power < 0 ? '-' : '+', ABS (power));
      return;
    }
  power = MAX (0, (int) strlen (text) - 1 - (*text == '-') - (strchr (text, '.') != NULL) - power);
  g_snprintf (format, sizeof format, "%%.%df", MAX (power, 1));
  g_ascii_formatd (text, sizeof text, format, number);
  g_string_append (out, text);
}
