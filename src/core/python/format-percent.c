/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/operate.h"

#include <math.h>
#include <string.h>

/* "text" % values */
typedef struct
{
  Value    *values;
  gsize     used;
  gboolean  by_name;
} Source;

typedef struct
{
  gboolean left, zero, alternate;
  char     sign;
  gsize    width;
  int      precision;
} Flags;

static Value *
next_value (Machine *py,
            Source  *source)
{
  List *tuple = (List *) source->values;

  if (!IS_TUPLE (source->values))
    {
      if (source->used++ == 0)
        return source->values;
    }
  else if (source->used < tuple->length)
    return tuple->items[source->used++];

  return strata_py_raise (py, "TypeError", "not enough arguments for format string");
}

/* "(name)" behind the sign. */
static Value *
named_value (Machine     *py,
             Source      *source,
             const char **text)
{
  const char *start = *text + 1;
  guint depth = 1;

  for ((*text)++; **text != '\0' && depth > 0; (*text)++)
    depth += **text == '(' ? 1 : **text == ')' ? -1 : 0;
  if (depth > 0)
    return strata_py_raise (py, "ValueError", "incomplete format key");
  if (IS_TUPLE (source->values) || IS_STR (source->values) || IS_INT (source->values) || IS_NONE (source->values))
    return strata_py_raise (py, "TypeError", "format requires a mapping");
  source->by_name = TRUE;

  return strata_py_get_item (py, source->values, strata_py_str_len (py, start, *text - 1 - start));
}

static gboolean
read_size (Machine     *py,
           Source      *source,
           const char **text,
           gsize       *size,
           gboolean    *is_negative)
{
  gint64 number;

  *size = 0;
  if (**text == '*')
    {
      Value *value = next_value (py, source);

      (*text)++;
      if (value == NULL)
        return FALSE;
      if (!strata_py_value_get_int (value, &number))
        return strata_py_raise (py, "TypeError", "* wants int") != NULL;
      *is_negative = number < 0;
      *size = ABS (number);
    }
  else
    for (; g_ascii_isdigit (**text); (*text)++)
      *size = MIN (*size * 10 + (gsize) (**text - '0'), G_MAXINT32);

  return strata_py_reserve (py, *size);
}

static gboolean
read_flags (Machine     *py,
            Source      *source,
            const char **text,
            Flags       *flags)
{
  gboolean is_negative = FALSE;
  gsize precision;

  *flags = (Flags) { FALSE, FALSE, FALSE, '\0', 0, -1 };
  for (; **text != '\0' && strchr ("-+ #0", **text) != NULL; (*text)++)
    switch (**text)
      {
      case '-':
        flags->left = TRUE;
        break;
      case '#':
        flags->alternate = TRUE;
        break;
      case '0':
        flags->zero = TRUE;
        break;
      default:
        flags->sign = flags->sign == '+' ? '+' : **text;
        break;
      }
  if (!read_size (py, source, text, &flags->width, &is_negative))
    return FALSE;
  flags->left |= is_negative;
  if (**text == '.')
    {
      (*text)++;
      is_negative = FALSE;
      if (!read_size (py, source, text, &precision, &is_negative))
        return FALSE;
      flags->precision = is_negative ? 0 : precision;
      if (flags->precision > 200)
        return strata_py_refuse (py, "this is formatted with more digits than are known here") != NULL;
    }
  while (**text == 'l' || **text == 'h' || **text == 'L')
    (*text)++;

  return TRUE;
}

static void
append_padded (GString     *out,
               const Flags *flags,
               const char  *prefix,
               const char  *text,
               gsize        length,
               gboolean     is_number)
{
  gsize used = g_utf8_strlen (text, length) + strlen (prefix);
  gsize missing = flags->width > used ? flags->width - used : 0;
  gboolean zeros = is_number && flags->zero && !flags->left;

  for (gsize i = 0; i < missing && !flags->left && !zeros; i++)
    g_string_append_c (out, ' ');
  g_string_append (out, prefix);
  for (gsize i = 0; i < missing && zeros; i++)
    g_string_append_c (out, '0');
  g_string_append_len (out, text, length);
  for (gsize i = 0; i < missing && flags->left; i++)
    g_string_append_c (out, ' ');
}

static const char *
sign_of (const Flags *flags,
         gboolean     is_negative)
{
  return is_negative ? "-" : flags->sign == '+' ? "+" : flags->sign == ' ' ? " " : "";
}

static gboolean
append_whole (Machine     *py,
              GString     *out,
              const Flags *flags,
              Value       *value,
              char         type)
{
  g_autoptr(GString) digits = g_string_new (NULL);
  guint base = type == 'x' || type == 'X' ? 16 : type == 'o' ? 8 : 10;
  g_autofree char *prefix = NULL;
  Wide number;

  if (IS_FLOAT (value) && base == 10)
    {
      if (!strata_py_float_to_wide (((Float *) value)->number, &number))
        return strata_py_refuse (py, "this number is too big to be written without a fraction") != NULL;
    }
  else if (IS_INT (value))
    number = ((Int *) value)->number;
  else if (base == 10)
    return strata_py_raise (py, "TypeError", "%%%c format: a real number is required, not %s", type, value->class->name) != NULL;
  else
    return strata_py_raise (py, "TypeError", "%%%c format: an integer is required, not %s", type, value->class->name) != NULL;

  strata_py_append_int (digits, number < 0 ? -number : number, base, type == 'X');
  while (flags->precision > (int) digits->len)
    g_string_prepend_c (digits, '0');
  prefix = g_strconcat (sign_of (flags, number < 0),
                        !flags->alternate || base == 10 ? "" : type == 'o' ? "0o" : type == 'x' ? "0x" : "0X", NULL);
  append_padded (out, flags, prefix, digits->str, digits->len, TRUE);

  return TRUE;
}

static gboolean
append_real (Machine     *py,
             GString     *out,
             const Flags *flags,
             Value       *value,
             char         type)
{
  g_autofree char *text = g_malloc (1024);
  char format[16];
  double number;

  if (!IS_INT (value) && !IS_FLOAT (value))
    return strata_py_raise (py, "TypeError", "must be real number, not %s", value->class->name) != NULL;
  number = strata_py_value_get_float (value);
  g_snprintf (format, sizeof format, "%%%s.%d%c", flags->alternate ? "#" : "", flags->precision >= 0 ? flags->precision : 6,
              type);
  if (isfinite (number))
    g_ascii_formatd (text, 1024, format, fabs (number));
  else
    g_strlcpy (text, isnan (number) ? "nan" : "inf", 1024);
  append_padded (out, flags, sign_of (flags, signbit (number) && !isnan (number)), text, strlen (text), TRUE);

  return TRUE;
}

static gboolean
append_text (Machine     *py,
             GString     *out,
             const Flags *flags,
             Value       *value,
             char         type)
{
  Str *text = (Str *) (type == 's' ? strata_py_to_str (py, value) : strata_py_to_repr (py, value));
  gsize length;

  if (text == NULL)
    return FALSE;
  if (type == 'a' && text->length != text->n_characters)
    return strata_py_refuse (py, "“%%a” of text that is not ASCII") != NULL;
  length = text->length;
  if (flags->precision >= 0 && (gsize) flags->precision < text->n_characters)
    length = strata_py_byte_offset (text, flags->precision);
  append_padded (out, flags, "", text->text, length, FALSE);

  return TRUE;
}

static gboolean
append_character (Machine     *py,
                  GString     *out,
                  const Flags *flags,
                  Value       *value)
{
  char text[7] = { 0 };
  gint64 number;

  if (IS_STR (value) && ((Str *) value)->n_characters == 1)
    {
      append_padded (out, flags, "", ((Str *) value)->text, ((Str *) value)->length, FALSE);
      return TRUE;
    }
  if (!strata_py_value_get_int (value, &number))
    return strata_py_raise (py, "TypeError", "%%c requires int or char") != NULL;
  if (number < 0 || !g_unichar_validate (number))
    return strata_py_raise (py, "OverflowError", "%%c arg not in range(0x110000)") != NULL;
  g_unichar_to_utf8 (number, text);
  append_padded (out, flags, "", text, strlen (text), FALSE);

  return TRUE;
}

static gboolean
append_conversion (Machine     *py,
                   GString     *out,
                   Source      *source,
                   const char **text,
                   gboolean    *varies)
{
  Value *value = NULL;
  Flags flags;
  char type;

  if (**text == '(' && (value = named_value (py, source, text)) == NULL)
    return FALSE;
  if (!read_flags (py, source, text, &flags))
    return FALSE;
  type = **text;
  if (type == '\0')
    return strata_py_raise (py, "ValueError", "incomplete format") != NULL;
  (*text)++;
  if (type == '%')
    {
      g_string_append_c (out, '%');
      return TRUE;
    }
  if (value == NULL && (value = next_value (py, source)) == NULL)
    return FALSE;
  *varies |= value->is_varying;
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "becomes text") != NULL;

  if (strchr ("sra", type) != NULL)
    return append_text (py, out, &flags, value, type);
  if (strchr ("diuxXo", type) != NULL)
    return append_whole (py, out, &flags, value, type == 'i' || type == 'u' ? 'd' : type);
  if (strchr ("eEfFgG", type) != NULL)
    return append_real (py, out, &flags, value, type);
  if (type == 'c')
    return append_character (py, out, &flags, value);

  return strata_py_raise (py, "ValueError", "unsupported format character '%c' (0x%x) at index %d", type, type, 0) != NULL;
}

Value *
strata_py_format_percent (Machine *py,
                          Str     *format,
                          Value   *values)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Source source = { values, 0, FALSE };
  const char *text = format->text;
  const char *end = text + format->length;
  gboolean varies = FALSE;
  Value *result;

  while (text < end)
    {
      const char *sign = memchr (text, '%', end - text);

      g_string_append_len (out, text, (sign != NULL ? sign : end) - text);
      if (sign == NULL)
        break;
      text = sign + 1;
      if (!append_conversion (py, out, &source, &text, &varies) || !strata_py_reserve (py, out->len))
        return NULL;
    }

  if (IS_OPAQUE (values) && source.used == 0)
    return strata_py_refuse_opaque (py, values, "becomes text");
  if (!source.by_name && !IS_DICT (values)
      && (IS_TUPLE (values) ? source.used < ((List *) values)->length : source.used == 0 && !IS_LIST (values)))
    return strata_py_raise (py, "TypeError", "not all arguments converted during string formatting");
  result = strata_py_string (py, out);

  return varies ? strata_py_vary (py, result) : result;
}
