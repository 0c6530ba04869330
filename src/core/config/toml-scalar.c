/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/toml-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <string.h>

/* Longer than any date or 64-bit number with its underscores; floats may be longer, but are then a joke. */
#define LONGEST_SCALAR 1000

static gboolean
belongs_to_scalar (char character)
{
  return g_ascii_isalnum (character) || strchr ("+-_.:", character) != NULL;
}

/* Digits where each underscore has one at both sides; adds them without to the text. */
static const char *
read_digits (const char *at,
             gboolean  (*is_digit) (char),
             GString    *plain)
{
  gboolean after_digit = FALSE;

  for (; is_digit (*at) || (*at == '_' && after_digit && is_digit (at[1])); at++)
    {
      after_digit = *at != '_';
      if (after_digit)
        g_string_append_c (plain, *at);
    }

  return at;
}

static gboolean is_binary  (char c) { return c == '0' || c == '1'; }
static gboolean is_octal   (char c) { return c >= '0' && c <= '7'; }
static gboolean is_decimal (char c) { return g_ascii_isdigit (c); }
static gboolean is_hex     (char c) { return g_ascii_isxdigit (c); }

static StrataConfigValue *
new_integer (const char *plain,
             guint       base,
             char       *text)
{
  StrataConfigValue *value;
  gint64 number;

  errno = 0;
  number = g_ascii_strtoll (plain, NULL, base);
  if (errno == ERANGE)
    return NULL;

  value = strata_config_value_new_text (STRATA_CONFIG_INTEGER, (StrataPlace) { 0 }, g_strdup (text));
  value->integer = number;

  return value;
}

/* 0x, 0o or 0b, without a sign. */
static StrataConfigValue *
parse_prefixed (char *text)
{
  static const struct
  {
    char       letter;
    guint      base;
    gboolean (*is_digit) (char);
  } kinds[] = { { 'x', 16, is_hex }, { 'o', 8, is_octal }, { 'b', 2, is_binary } };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr(GString) plain = g_string_new (NULL);

      if (text[0] == '0' && text[1] == kinds[i].letter
          && *read_digits (text + 2, kinds[i].is_digit, plain) == '\0' && plain->len > 0)
        return new_integer (plain->str, kinds[i].base, text);
    }

  return NULL;
}

static StrataConfigValue *
new_float (const char *plain,
           char       *text)
{
  StrataConfigValue *value = strata_config_value_new_text (STRATA_CONFIG_FLOAT, (StrataPlace) { 0 }, g_strdup (text));

  value->number = g_ascii_strtod (plain, NULL);

  return value;
}

static StrataConfigValue *
parse_number (char *text)
{
  g_autoptr(GString) plain = g_string_new (NULL);
  const char *at = text + (*text == '+' || *text == '-');
  gsize n_before;
  gboolean is_float = FALSE;

  if (strcmp (at, "inf") == 0 || strcmp (at, "nan") == 0)
    return new_float (text, text);

  if (*text == '-')
    g_string_append_c (plain, '-');
  n_before = plain->len;

  at = read_digits (at, is_decimal, plain);
  if (plain->len == n_before || (plain->str[n_before] == '0' && plain->len > n_before + 1))
    return NULL;

  if (*at == '.')
    {
      g_string_append_c (plain, *at);
      n_before = plain->len;
      at = read_digits (at + 1, is_decimal, plain);
      is_float = TRUE;
      if (plain->len == n_before)
        return NULL;
    }

  if (*at == 'e' || *at == 'E')
    {
      g_string_append_c (plain, *at++);
      if (*at == '+' || *at == '-')
        g_string_append_c (plain, *at++);
      n_before = plain->len;
      at = read_digits (at, is_decimal, plain);
      is_float = TRUE;
      if (plain->len == n_before)
        return NULL;
    }

  if (*at != '\0')
    return NULL;

  return is_float ? new_float (plain->str, text) : new_integer (plain->str, 10, text);
}

/* n digits as a number in the range, or -1. */
static int
fixed_digits (const char **at,
              guint        n,
              int          lowest,
              int          highest)
{
  int number = 0;

  for (guint i = 0; i < n; i++, (*at)++)
    {
      if (!g_ascii_isdigit (**at))
        return -1;
      number = number * 10 + (**at - '0');
    }

  return number >= lowest && number <= highest ? number : -1;
}

static gboolean
skip_char (const char **at,
           char         character)
{
  if (**at != character)
    return FALSE;
  (*at)++;

  return TRUE;
}

static gboolean
skip_date (const char **at)
{
  int year, month, day;

  return (year = fixed_digits (at, 4, 1, 9999)) > 0 && skip_char (at, '-')
         && (month = fixed_digits (at, 2, 1, 12)) > 0 && skip_char (at, '-')
         && (day = fixed_digits (at, 2, 1, 31)) > 0
         && g_date_valid_dmy (day, month, year);
}

static gboolean
skip_time (const char **at)
{
  if (fixed_digits (at, 2, 0, 23) < 0 || !skip_char (at, ':')
      || fixed_digits (at, 2, 0, 59) < 0 || !skip_char (at, ':')
      || fixed_digits (at, 2, 0, 59) < 0)
    return FALSE;

  if (skip_char (at, '.'))
    {
      if (!g_ascii_isdigit (**at))
        return FALSE;
      while (g_ascii_isdigit (**at))
        (*at)++;
    }

  return TRUE;
}

static gboolean
skip_offset (const char **at)
{
  if (skip_char (at, 'Z') || skip_char (at, 'z'))
    return TRUE;
  if (!skip_char (at, '+') && !skip_char (at, '-'))
    return FALSE;

  return fixed_digits (at, 2, 0, 23) >= 0 && skip_char (at, ':') && fixed_digits (at, 2, 0, 59) >= 0;
}

static StrataConfigValue *
parse_date (char *text)
{
  const char *at = text;

  if (skip_date (&at))
    {
      if (*at != '\0')
        {
          if ((!skip_char (&at, 'T') && !skip_char (&at, 't') && !skip_char (&at, ' ')) || !skip_time (&at))
            return NULL;
          if (*at != '\0' && !skip_offset (&at))
            return NULL;
        }
    }
  else
    {
      at = text;
      if (!skip_time (&at))
        return NULL;
    }

  return *at == '\0' ? strata_config_value_new_text (STRATA_CONFIG_DATE, (StrataPlace) { 0 }, g_strdup (text)) : NULL;
}

static StrataConfigValue *
parse_boolean (char *text)
{
  gboolean is_true = strcmp (text, "true") == 0;
  StrataConfigValue *value;

  if (!is_true && strcmp (text, "false") != 0)
    return NULL;

  value = strata_config_value_new_text (STRATA_CONFIG_BOOLEAN, (StrataPlace) { 0 }, g_strdup (text));
  value->integer = is_true;

  return value;
}

/* The word at the position; a date and its time may have a blank between. */
static char *
read_word (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  const char *begin = scanner->pos;
  const char *at = begin;

  while (at < scanner->end && at - begin < LONGEST_SCALAR && belongs_to_scalar (*at))
    at++;

  if (at - begin == 10 && begin[4] == '-' && begin[7] == '-'
      && scanner->end - at >= 3 && *at == ' ' && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]))
    for (at++; at < scanner->end && at - begin < LONGEST_SCALAR && belongs_to_scalar (*at); )
      at++;

  scanner->pos = at;

  return g_strndup (begin, at - begin);
}

StrataConfigValue *
toml_read_scalar (TomlReader *reader)
{
  StrataConfigValue *(*parsers[]) (char *) = { parse_boolean, parse_prefixed, parse_number, parse_date };
  StrataScanner *scanner = &reader->scanner;
  StrataPlace place = strata_scanner_place (scanner, scanner->pos);
  g_autofree char *word = read_word (reader);

  if (*word == '\0')
    {
      toml_fail_at (reader, place, _("a value is missing here"));
      return NULL;
    }

  for (guint i = 0; i < G_N_ELEMENTS (parsers); i++)
    {
      StrataConfigValue *value = parsers[i] (word);

      if (value != NULL)
        {
          value->line = place.line;
          value->column = place.column;
          value->file = place.file;
          return value;
        }
    }

  toml_fail_at (reader, place, _("this is no number, date or boolean; a text is written in quotes"));

  return NULL;
}
