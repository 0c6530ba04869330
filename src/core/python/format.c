/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <math.h>
#include <string.h>

/* What stands behind the colon of a replacement field: [[fill]align][sign][z][#][0][width][grouping][.precision][type] */
typedef struct
{
  const char *fill;            /* one character, UTF-8 */
  char        align;           /* '\0': none given */
  char        sign;
  gboolean    alternate;
  gboolean    zero;
  gsize       width;
  char        grouping;
  int         precision;       /* -1: none */
  char        type;
} Spec;

static gboolean
read_number (const char **text,
             gsize       *number)
{
  *number = 0;
  if (!g_ascii_isdigit (**text))
    return FALSE;
  while (g_ascii_isdigit (**text))
    {
      *number = MIN (*number * 10 + (gsize) (**text - '0'), G_MAXINT32);
      (*text)++;
    }

  return TRUE;
}

static gboolean
parse_spec (Machine    *py,
            const char *text,
            Spec       *spec,
            Value      *value)
{
  const char *second = *text != '\0' ? g_utf8_next_char (text) : text;
  gsize precision;

  *spec = (Spec) { " ", '\0', '-', FALSE, FALSE, 0, '\0', -1, '\0' };
  if (*text != '\0' && *second != '\0' && strchr ("<>=^", *second) != NULL)
    {
      spec->fill = text;
      spec->align = *second;
      text = second + 1;
    }
  else if (*text != '\0' && strchr ("<>=^", *text) != NULL)
    spec->align = *text++;
  if (*text == '+' || *text == '-' || *text == ' ')
    spec->sign = *text++;
  if (*text == '#')
    {
      spec->alternate = TRUE;
      text++;
    }
  if (*text == '0')
    {
      if (spec->align == '\0')
        {
          spec->fill = "0";
          spec->align = IS_INT (value) || IS_FLOAT (value) ? '=' : '<';
        }
      text++;
    }
  read_number (&text, &spec->width);
  if (*text == ',' || *text == '_')
    spec->grouping = *text++;
  if (*text == '.')
    {
      text++;
      if (!read_number (&text, &precision))
        return strata_py_raise (py, "ValueError", "Format specifier missing precision") != NULL;
      spec->precision = precision;
    }
  if (*text != '\0')
    spec->type = *text++;
  if (*text != '\0')
    return strata_py_raise (py, "ValueError", "Invalid format specifier") != NULL;
  if (spec->precision > 200)
    return strata_py_refuse (py, "this is formatted with more digits than are known here") != NULL;

  return strata_py_reserve (py, spec->width * 4);
}

static gpointer
unknown_type (Machine    *py,
              const Spec *spec,
              Value      *value)
{
  return strata_py_raise (py, "ValueError", "Unknown format code '%c' for object of type '%s'", spec->type, value->class->name);
}

static void
append_fill (GString    *out,
             const Spec *spec,
             gsize       n)
{
  for (gsize i = 0; i < n; i++)
    g_string_append_len (out, spec->fill, g_utf8_skip[*(const guint8 *) spec->fill]);
}

/* The sign stays in front of what fills, with "=". */
static Value *
pad (Machine    *py,
     const Spec *spec,
     const char *prefix,
     const char *text,
     gsize       length,
     char        default_align)
{
  g_autoptr(GString) out = g_string_new (NULL);
  char align = spec->align != '\0' ? spec->align : default_align;
  gsize used = g_utf8_strlen (text, length) + strlen (prefix);
  gsize missing = spec->width > used ? spec->width - used : 0;
  gsize before = align == '>' ? missing : align == '^' ? missing / 2 : 0;

  append_fill (out, spec, before);
  g_string_append (out, prefix);
  if (align == '=')
    append_fill (out, spec, missing);
  g_string_append_len (out, text, length);
  if (align == '<' || align == '^')
    append_fill (out, spec, missing - before);

  return strata_py_string (py, out);
}

/* Every third digit of the whole part, or every fourth of other bases. */
static void
group (GString *digits,
       char     separator,
       guint    every)
{
  gsize end = strspn (digits->str, "0123456789abcdefABCDEF");

  for (gsize i = end; i > every; i -= every)
    g_string_insert_c (digits, i - every, separator);
}

static const char *
sign_of (const Spec *spec,
         gboolean    is_negative)
{
  return is_negative ? "-" : spec->sign == '+' ? "+" : spec->sign == ' ' ? " " : "";
}

static Value *
format_number (Machine    *py,
               const Spec *spec,
               const char *sign,
               const char *base_prefix,
               GString    *digits,
               guint       every)
{
  g_autofree char *prefix = g_strconcat (sign, base_prefix, NULL);

  if (spec->grouping != '\0')
    {
      if (spec->align == '=' && *spec->fill == '0')
        return strata_py_refuse (py, "zeros with separators are not known here");
      group (digits, spec->grouping, every);
    }

  return pad (py, spec, prefix, digits->str, digits->len, '>');
}

/* Digits of "%g" keep a trailing ".0" out and go to an exponent when Python does: the same rules as C's. */
static Value *
format_float (Machine    *py,
              const Spec *spec,
              Value      *value)
{
  double number = strata_py_value_get_float (value);
  g_autoptr(GString) digits = g_string_new (NULL);
  g_autofree char *text = NULL;
  char type = spec->type != '\0' ? spec->type : 'g';
  char format[16];

  if (type == 'n' || strchr ("eEfFgG%", type) == NULL)
    return type == 'n' ? strata_py_refuse (py, "the format “n” is not known here") : unknown_type (py, spec, value);
  if (type == '%')
    number *= 100;
  if (spec->type == '\0' && spec->precision < 0)
    strata_py_append_float (digits, fabs (number));
  else if (spec->type == '\0')
    return strata_py_refuse (py, "a number is formatted with a precision and no type");
  else if (!isfinite (number))
    g_string_append (digits, isnan (number) ? "nan" : "inf");
  else
    {
      text = g_malloc (512 + G_ASCII_DTOSTR_BUF_SIZE);
      g_snprintf (format, sizeof format, "%%%s.%d%c", spec->alternate ? "#" : "", spec->precision >= 0 ? spec->precision : 6,
                  type == '%' ? 'f' : type);
      g_ascii_formatd (text, 512 + G_ASCII_DTOSTR_BUF_SIZE, format, fabs (number));
      g_string_append (digits, text);
    }
  if (type == '%')
    g_string_append_c (digits, '%');

  return format_number (py, spec, sign_of (spec, signbit (number) && !isnan (number)), "", digits, 3);
}

static Value *
format_int (Machine    *py,
            const Spec *spec,
            Value      *value)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  Wide number = ((Int *) value)->number;
  guint base = spec->type == 'x' || spec->type == 'X' ? 16 : spec->type == 'o' ? 8 : spec->type == 'b' ? 2 : 10;
  const char *prefix = "";
  char character[7] = { 0 };

  if (spec->type != '\0' && strchr ("eEfFgG%", spec->type) != NULL)
    return format_float (py, spec, value);
  if (spec->type == 'n')
    return strata_py_refuse (py, "the format “n” is not known here");
  if (spec->type != '\0' && strchr ("dxXobc", spec->type) == NULL)
    return unknown_type (py, spec, value);
  if (spec->precision >= 0)
    return strata_py_raise (py, "ValueError", "Precision not allowed in integer format specifier");
  if (spec->type == 'c')
    {
      if (number < 0 || number > 0x10ffff || !g_unichar_validate (number))
        return strata_py_refuse (py, "there is no such character");
      g_unichar_to_utf8 (number, character);
      return pad (py, spec, "", character, strlen (character), '<');
    }
  if (spec->alternate && base != 10)
    prefix = spec->type == 'x' ? "0x" : spec->type == 'X' ? "0X" : base == 8 ? "0o" : "0b";
  strata_py_append_int (digits, number < 0 ? -number : number, base, spec->type == 'X');

  return format_number (py, spec, sign_of (spec, number < 0), prefix, digits, base == 10 ? 3 : 4);
}

static Value *
format_str (Machine    *py,
            const Spec *spec,
            Value      *value)
{
  Str *str = (Str *) value;
  gsize length = str->length;

  if (spec->type != '\0' && spec->type != 's')
    return unknown_type (py, spec, value);
  if (spec->sign != '-')
    return strata_py_raise (py, "ValueError", "Sign not allowed in string format specifier");
  if (spec->align == '=')
    return strata_py_raise (py, "ValueError", "'=' alignment not allowed in string format specifier");
  if (spec->grouping != '\0')
    return strata_py_raise (py, "ValueError", "Cannot specify '%c' with 's'.", spec->grouping);
  if (spec->precision >= 0 && (gsize) spec->precision < str->n_characters)
    length = strata_py_byte_offset (str, spec->precision);

  return pad (py, spec, "", str->text, length, '<');
}

/* format (value, spec), which replacement fields come to. */
Value *
strata_py_format (Machine    *py,
                  Value      *value,
                  const char *text,
                  gsize       length)
{
  Value *special = strata_py_special (py, value, "__format__");
  Spec spec;

  if (special != NULL)
    return strata_py_call_values (py, special, 1, strata_py_str_len (py, text, length));
  if (strata_py_has_failed (py))
    return NULL;
  if (value->class->slots->format != NULL)
    return value->class->slots->format (py, value, text);
  if (length == 0)
    return strata_py_to_str (py, value);
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "becomes text");
  if (strlen (text) != length || !(IS_STR (value) || IS_INT (value) || IS_FLOAT (value)))
    return strata_py_raise (py, "TypeError", "unsupported format string passed to %s.__format__", value->class->name);
  if (!parse_spec (py, text, &spec, value))
    return NULL;
  if (IS_STR (value))
    return format_str (py, &spec, value);
  if (strata_py_is (value, STRATA_PY_VALUE_BOOL) && spec.type == '\0')
    {
      Value *name = strata_py_to_str (py, value);

      return *spec.fill == '0' ? format_int (py, &spec, value)
                               : strata_py_refuse (py, "“%s” is formatted with a width", ((Str *) name)->text);
    }

  return IS_INT (value) ? format_int (py, &spec, value) : format_float (py, &spec, value);
}
