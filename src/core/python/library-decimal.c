/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/library.h"

#include <string.h>

/* decimal.Decimal, with the context that Python presets: 28 digits, half to even. What needs more than 127 bits on the
 * way, and what is no number, needs Python. */

#define PRECISION  28
#define MAX_DIGITS 37

typedef struct
{
  Value    base;
  Wide     coefficient;        /* never negative */
  int      exponent;
  gboolean is_negative;
} Decimal;

static Class *
decimal_class (Machine *py)
{
  return (Class *) strata_py_dict_get_name (strata_py_dict_get_name (py->modules, "decimal")->attributes, "Decimal");
}

static gboolean
is_decimal (Machine *py,
            Value   *value)
{
  return strata_py_is_instance (value, decimal_class (py));
}

static gpointer
too_long (Machine *py)
{
  return strata_py_refuse (py, "this decimal number has too many digits");
}

static Wide
power_of_ten (guint n)
{
  Wide power = 1;

  while (n-- > 0)
    power *= 10;

  return power;
}

static guint
count_digits (Wide number)
{
  guint n = 1;

  for (; number >= 10; number /= 10)
    n++;

  return n;
}

/* Without rounding. */
static Decimal *
new_exact (Machine *py,
           Wide     coefficient,
           int      exponent,
           gboolean is_negative)
{
  Decimal *self;

  if (ABS (exponent) > 1000)
    return too_long (py);
  self = strata_py_host_object (py, decimal_class (py), sizeof (Decimal));
  if (self == NULL)
    return NULL;
  self->coefficient = coefficient;
  self->exponent = exponent;
  self->is_negative = is_negative;

  return self;
}

/* The last digits go; half to even, or half up. */
static Wide
drop_digits (Wide     coefficient,
             guint    n,
             gboolean half_up)
{
  Wide power, rest;

  if (n > MAX_DIGITS)
    return 0;
  power = power_of_ten (n);
  rest = coefficient % power * 2;
  coefficient /= power;

  return coefficient + (rest > power || (rest == power && (half_up || coefficient % 2 == 1)));
}

static Value *
new_rounded (Machine *py,
             Wide     coefficient,
             int      exponent,
             gboolean is_negative)
{
  while (count_digits (coefficient) > PRECISION)
    {
      guint n = count_digits (coefficient) - PRECISION;

      coefficient = drop_digits (coefficient, n, FALSE);
      exponent += n;
    }

  return (Value *) new_exact (py, coefficient, exponent, is_negative);
}

/* "-1_000.50e3"; NULL without failure: no number. */
static Decimal *
parse (Machine    *py,
       const char *text)
{
  g_autofree char *clean = g_strstrip (g_strdup (text));
  const char *c = clean;
  gboolean is_negative = *c == '-', has_point = FALSE;
  gint64 exponent = 0;
  Wide coefficient = 0;
  guint n_digits = 0;

  if (*c == '-' || *c == '+')
    c++;
  for (; g_ascii_isdigit (*c) || *c == '_' || (*c == '.' && !has_point); c++)
    if (*c == '.')
      has_point = TRUE;
    else if (*c != '_')
      {
        n_digits++;
        if (coefficient >= power_of_ten (MAX_DIGITS - 1))
          return too_long (py);
        coefficient = coefficient * 10 + (*c - '0');
        exponent -= has_point;
      }
  if (n_digits == 0)
    return NULL;
  if (*c == 'e' || *c == 'E')
    {
      char *end;

      if (!g_ascii_isdigit (c[1]) && !((c[1] == '-' || c[1] == '+') && g_ascii_isdigit (c[2])))
        return NULL;
      exponent += g_ascii_strtoll (c + 1, &end, 10);
      c = end;
    }
  if (*c != '\0')
    return NULL;
  if (ABS (exponent) > 1000)
    return too_long (py);

  return new_exact (py, coefficient, exponent, is_negative);
}

/* All the digits that the binary number has. */
static Value *
from_float (Machine *py,
            double   number)
{
  g_autofree char *text = g_strdup_printf ("%.60f", number);
  char *end = text + strlen (text);

  while (end > text && end[-1] == '0')
    *--end = '\0';
  if (end > text && end[-1] == '.')
    *--end = '\0';

  return (Value *) parse (py, text);
}

static Value *
from_int (Machine *py,
          Wide     number)
{
  if (number >= power_of_ten (MAX_DIGITS) || number <= -power_of_ten (MAX_DIGITS))
    return too_long (py);

  return (Value *) new_exact (py, number < 0 ? -number : number, 0, number < 0);
}

static Value *
construct_decimal (Machine *py,
                   Value   *class,
                   Value  **arguments)
{
  Value *value = arguments[0];
  Decimal *result;

  if (value == NULL)
    return from_int (py, 0);
  if (is_decimal (py, value))
    return value;
  if (IS_INT (value))
    return from_int (py, ((Int *) value)->number);
  if (IS_FLOAT (value))
    return from_float (py, ((Float *) value)->number);
  if (!IS_STR (value))
    return strata_py_refuse (py, "what this decimal number is made of is not known here");
  result = parse (py, ((Str *) value)->text);

  return result != NULL || strata_py_has_failed (py) ? (Value *) result
                                                     : strata_py_refuse (py, "“%s” is no decimal number that is known here",
                                                                         ((Str *) value)->text);
}

static void
append_digits (GString *out,
               Wide     number)
{
  gsize at = out->len;

  do
    g_string_insert_c (out, at, '0' + (int) (number % 10));
  while ((number /= 10) > 0);
}

static char *
decimal_to_text (const Decimal *self)
{
  g_autoptr(GString) out = g_string_new (NULL);
  int point;

  append_digits (out, self->coefficient);
  point = (int) out->len + self->exponent;
  if (self->exponent <= 0 && point > -6)
    {
      if (point <= 0)
        {
          for (int i = point; i <= 0; i++)
            g_string_prepend_c (out, '0');
          point = 1;
        }
      if (self->exponent < 0)
        g_string_insert_c (out, point, '.');
    }
  else
    {
      if (out->len > 1)
        g_string_insert_c (out, 1, '.');
      g_string_append_printf (out, "E%+d", point - 1);
    }
  if (self->is_negative)
    g_string_prepend_c (out, '-');

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static Value *
decimal_str (Machine *py,
             Value   *self)
{
  g_autofree char *text = decimal_to_text ((Decimal *) self);

  return strata_py_str (py, text);
}

static Value *
decimal_repr (Machine *py,
              Value   *self)
{
  g_autofree char *text = decimal_to_text ((Decimal *) self);
  g_autofree char *repr = g_strdup_printf ("Decimal('%s')", text);

  return strata_py_str (py, repr);
}

/* NULL: it does not fit. */
static Decimal *
rescale (Machine       *py,
         const Decimal *self,
         int            exponent,
         gboolean       half_up)
{
  int by = self->exponent - exponent;
  Wide coefficient = self->coefficient;

  if (by < 0)
    coefficient = drop_digits (coefficient, -by, half_up);
  else if (coefficient != 0 && count_digits (coefficient) + by > MAX_DIGITS)
    return too_long (py);
  else if (coefficient != 0)
    coefficient *= power_of_ten (by);

  return new_exact (py, coefficient, exponent, self->is_negative);
}

static Value *
decimal_quantize (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  const char *rounding = arguments[1] != NULL ? strata_py_value_get_text (arguments[1], NULL) : "ROUND_HALF_EVEN";
  gboolean half_up = g_strcmp0 (rounding, "ROUND_HALF_UP") == 0;

  if (!is_decimal (py, arguments[0]) || (!half_up && g_strcmp0 (rounding, "ROUND_HALF_EVEN") != 0))
    return strata_py_refuse (py, "this way to round a decimal number is not known here");

  return (Value *) rescale (py, (Decimal *) self, ((Decimal *) arguments[0])->exponent, half_up);
}

static Value *
decimal_normalize (Machine *py,
                   Value   *value,
                   Value  **arguments)
{
  Decimal *self = (Decimal *) value;
  Wide coefficient = self->coefficient;
  int exponent = coefficient != 0 ? self->exponent : 0;

  for (; coefficient != 0 && coefficient % 10 == 0; coefficient /= 10)
    exponent++;

  return new_rounded (py, coefficient, exponent, self->is_negative);
}

/* Towards zero, as int() has it. */
static Value *
decimal_to_int (Machine *py,
                Value   *value,
                Value  **arguments)
{
  const Decimal *self = (Decimal *) value;
  Wide number = self->coefficient;

  if (self->exponent > 0 && count_digits (number) + self->exponent > MAX_DIGITS)
    return too_long (py);
  if (self->exponent >= 0)
    number *= power_of_ten (self->exponent);
  else
    number = -self->exponent > MAX_DIGITS ? 0 : number / power_of_ten (-self->exponent);

  return strata_py_wide (py, self->is_negative ? -number : number);
}

static Value *
decimal_to_float (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  g_autofree char *text = decimal_to_text ((Decimal *) self);

  return strata_py_float (py, g_ascii_strtod (text, NULL));
}

static Value *
decimal_is_zero (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  return strata_py_bool (py, ((Decimal *) self)->coefficient == 0);
}

/* Both as Decimal, at one exponent. FALSE without failure: one is something else. */
static gboolean
align (Machine *py,
       Value   *a,
       Value   *b,
       Decimal *pair[2])
{
  Value *values[] = { a, b };
  int exponent;

  for (guint i = 0; i < 2; i++)
    {
      pair[i] = IS_INT (values[i]) ? (Decimal *) from_int (py, ((Int *) values[i])->number)
                                   : is_decimal (py, values[i]) ? (Decimal *) values[i] : NULL;
      if (pair[i] == NULL)
        return FALSE;
    }
  exponent = MIN (pair[0]->exponent, pair[1]->exponent);
  for (guint i = 0; i < 2; i++)
    if ((pair[i] = rescale (py, pair[i], exponent, FALSE)) == NULL)
      return FALSE;

  return TRUE;
}

static Wide
signed_coefficient (const Decimal *self)
{
  return self->is_negative ? -self->coefficient : self->coefficient;
}

/* One digit after the other, until it ends or there are enough; the last says whether there were more. What ends gets as
 * many zeros as the exponents of both ask for. */
static Value *
divide (Machine       *py,
        const Decimal *a,
        const Decimal *b,
        int            wanted)
{
  Wide quotient, rest;
  int exponent = 0;

  if (b->coefficient == 0)
    return strata_py_refuse (py, "a decimal number is divided by zero");
  if (count_digits (b->coefficient) >= MAX_DIGITS)
    return too_long (py);
  quotient = a->coefficient / b->coefficient;
  rest = a->coefficient % b->coefficient;
  for (; rest != 0 && count_digits (quotient) <= PRECISION; exponent--)
    {
      rest *= 10;
      quotient = quotient * 10 + rest / b->coefficient;
      rest %= b->coefficient;
    }
  if (rest != 0 && quotient % 5 == 0)
    quotient++;
  for (; rest == 0 && exponent > wanted && count_digits (quotient) < PRECISION; exponent--)
    quotient *= 10;
  for (; rest == 0 && exponent < wanted && quotient % 10 == 0; exponent++)
    quotient /= 10;

  return new_rounded (py, quotient, exponent, a->is_negative != b->is_negative);
}

static Value *
multiply (Machine *py,
          Value   *a,
          Value   *b,
          Decimal *pair[2])
{
  const Decimal *x = is_decimal (py, a) ? (Decimal *) a : pair[0];
  const Decimal *y = is_decimal (py, b) ? (Decimal *) b : pair[1];
  int exponent = (is_decimal (py, a) ? x->exponent : 0) + (is_decimal (py, b) ? y->exponent : 0);
  Wide p = is_decimal (py, a) ? x->coefficient : ABS (((Int *) a)->number);
  Wide q = is_decimal (py, b) ? y->coefficient : ABS (((Int *) b)->number);

  if (count_digits (p) + count_digits (q) > MAX_DIGITS)
    return too_long (py);

  return new_rounded (py, p * q, exponent, x->is_negative != y->is_negative);
}

static Value *
decimal_binary (Machine        *py,
                StrataPySymbol  op,
                Value          *a,
                Value          *b)
{
  Decimal *pair[2];
  Wide sum;

  if (!align (py, a, b, pair))
    return NULL;

  switch ((int) op)
    {
    case STRATA_PY_PLUS:
    case STRATA_PY_MINUS:
      sum = signed_coefficient (pair[0]) + (op == STRATA_PY_PLUS ? 1 : -1) * signed_coefficient (pair[1]);
      return new_rounded (py, ABS (sum), pair[0]->exponent, sum < 0);
    case STRATA_PY_STAR:
      return multiply (py, a, b, pair);
    case STRATA_PY_SLASH:
      return divide (py, pair[0], pair[1], (is_decimal (py, a) ? ((Decimal *) a)->exponent : 0)
                                           - (is_decimal (py, b) ? ((Decimal *) b)->exponent : 0));
    default:
      return strata_py_refuse (py, "“%s” of decimal numbers is not known here", strata_py_symbol_get_text (op));
    }
}

static Value *
decimal_unary (Machine        *py,
               StrataPySymbol  op,
               Value          *value)
{
  const Decimal *self = (Decimal *) value;

  if (op != STRATA_PY_MINUS && op != STRATA_PY_PLUS)
    return NULL;

  return new_rounded (py, self->coefficient, self->exponent,
                      self->coefficient != 0 && self->is_negative != (op == STRATA_PY_MINUS));
}

static Value *
decimal_compare (Machine        *py,
                 StrataPySymbol  op,
                 Value          *a,
                 Value          *b)
{
  Decimal *pair[2];

  if (IS_FLOAT (a) || IS_FLOAT (b))
    return strata_py_refuse (py, "a decimal number is compared with a float");
  if (!align (py, a, b, pair))
    return NULL;

  return strata_py_compare (py, op, strata_py_wide (py, signed_coefficient (pair[0])),
                            strata_py_wide (py, signed_coefficient (pair[1])));
}

/* That of an equal int. */
static gboolean
decimal_hash (Machine *py,
              Value   *value,
              guint64 *hash)
{
  Decimal *self = (Decimal *) decimal_normalize (py, value, NULL);
  Value *whole = self != NULL && self->exponent >= 0 ? decimal_to_int (py, &self->base, NULL) : NULL;

  if (self == NULL || strata_py_has_failed (py))
    return FALSE;

  return strata_py_hash (py, whole != NULL ? whole : decimal_str (py, &self->base), hash);
}

static int
decimal_truth (Machine *py,
               Value   *self)
{
  return ((Decimal *) self)->coefficient != 0;
}

/* ".2f" */
static Value *
decimal_format (Machine    *py,
                Value      *self,
                const char *spec)
{
  Decimal *rounded;

  if (*spec == '\0')
    return decimal_str (py, self);
  if (spec[0] != '.' || !g_ascii_isdigit (spec[1]) || !g_str_equal (spec + 2, "f"))
    return strata_py_refuse (py, "decimal numbers as “%s” are not known here", spec);
  rounded = rescale (py, (Decimal *) self, -(spec[1] - '0'), FALSE);

  return rounded != NULL ? decimal_str (py, &rounded->base) : NULL;
}

static const StrataPyNative decimal_methods[] = {
  { "__float__", NULL, decimal_to_float },
  { "__int__", NULL, decimal_to_int },
  { "is_zero", NULL, decimal_is_zero },
  { "normalize", NULL, decimal_normalize },
  { "quantize", "exp, rounding=", decimal_quantize },
  { NULL }
};

static const StrataPySlots decimal_slots = {
  .name = "Decimal",
  .methods = decimal_methods,
  .lacking = " as_tuple as_integer_ratio adjusted canonical compare conjugate copy_abs copy_negate copy_sign exp fma is_finite "
             "is_infinite is_nan is_signed ln log10 max min scaleb shift sqrt to_eng_string to_integral to_integral_exact "
             "to_integral_value from_float real imag ",
  .parameters = "value=, context=",
  .construct = construct_decimal,
  .binary = decimal_binary,
  .unary = decimal_unary,
  .compare = decimal_compare,
  .hash = decimal_hash,
  .truth = decimal_truth,
  .repr = decimal_repr,
  .str = decimal_str,
  .format = decimal_format,
};

void
strata_py_fill_decimal (Machine *py,
                        Value   *module)
{
  static const char *const names[] = { "ROUND_HALF_EVEN", "ROUND_HALF_UP", "ROUND_HALF_DOWN", "ROUND_UP", "ROUND_DOWN",
                                       "ROUND_CEILING", "ROUND_FLOOR" };
  Class *class = strata_py_class (py, &decimal_slots, NULL);

  class->module = "decimal";
  strata_py_set (py, module, "Decimal", &class->base);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    strata_py_set (py, module, names[i], strata_py_str (py, names[i]));
}
