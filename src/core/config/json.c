/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/config/scanner.h"
#include "core/config/value-private.h"

/* Deeper than any file that a person writes, and shallow enough for the stack. */
#define DEEPEST 100

typedef struct
{
  StrataScanner  scanner;
  GPtrArray     *findings;
  guint          depth;
} Reader;

static StrataConfigValue *read_value (Reader *reader);

/* The one finding that ends the reading. */
static gpointer
fail (Reader     *reader,
      const char *message)
{
  g_ptr_array_add (reader->findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "json-syntax",
                                       strata_scanner_place (&reader->scanner, reader->scanner.pos), NULL, "%s", message));

  return NULL;
}

static char
peek (const Reader *reader)
{
  return reader->scanner.pos < reader->scanner.end ? *reader->scanner.pos : '\0';
}

static char
skip_blanks (Reader *reader)
{
  while (peek (reader) != '\0' && strchr (" \t\r\n", peek (reader)) != NULL)
    reader->scanner.pos++;

  return peek (reader);
}

/* Four digits behind "\u", or -1. */
static int
read_unit (Reader *reader)
{
  const char *at = reader->scanner.pos;
  int unit = 0;

  for (guint i = 0; i < 4; i++)
    {
      if (at + i >= reader->scanner.end || !g_ascii_isxdigit (at[i]))
        return -1;
      unit = unit << 4 | g_ascii_xdigit_value (at[i]);
    }
  reader->scanner.pos += 4;

  return unit;
}

static gboolean
read_unicode (Reader  *reader,
              GString *text)
{
  int unit = read_unit (reader);
  int low = -1;

  if (unit >= 0xd800 && unit < 0xdc00 && g_str_has_prefix (reader->scanner.pos, "\\u"))
    {
      reader->scanner.pos += 2;
      low = read_unit (reader);
      unit = low >= 0xdc00 && low < 0xe000 ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : -1;
    }
  if (unit <= 0 || (unit >= 0xd800 && unit < 0xe000))
    return FALSE;

  g_string_append_unichar (text, (gunichar) unit);

  return TRUE;
}

static gboolean
read_escape (Reader  *reader,
             GString *text)
{
  static const char letters[] = "\"\\/bfnrt";
  static const char meanings[] = "\"\\/\b\f\n\r\t";
  char letter = peek (reader);
  const char *found = letter != '\0' ? strchr (letters, letter) : NULL;

  reader->scanner.pos += letter != '\0';
  if (found != NULL)
    g_string_append_c (text, meanings[found - letters]);

  return found != NULL || (letter == 'u' && read_unicode (reader, text));
}

/* From the opening quote to behind the closing one. */
static char *
read_string (Reader *reader)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (reader->scanner.pos++; peek (reader) != '"'; )
    {
      char character = peek (reader);

      if ((guchar) character < 0x20)
        return fail (reader, _("this string is not closed, or has a control character"));
      reader->scanner.pos++;
      if (character != '\\')
        g_string_append_c (text, character);
      else if (!read_escape (reader, text))
        return fail (reader, _("this escape is not one of JSON"));
    }
  reader->scanner.pos++;

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static const char *
skip_digits (const char *at)
{
  while (g_ascii_isdigit (*at))
    at++;

  return at;
}

/* The text is NUL-terminated behind its last character, so that looking ahead stops there. */
static StrataConfigValue *
read_number (Reader      *reader,
             StrataPlace  place)
{
  const char *start = reader->scanner.pos;
  const char *digits = start + (*start == '-');
  const char *at = *digits == '0' ? digits + 1 : skip_digits (digits);
  StrataConfigKind kind = STRATA_CONFIG_INTEGER;
  StrataConfigValue *value;

  if (at == digits)
    return fail (reader, _("this is no value of JSON"));
  if (*at == '.' && g_ascii_isdigit (at[1]))
    {
      kind = STRATA_CONFIG_FLOAT;
      at = skip_digits (at + 1);
    }
  if ((*at == 'e' || *at == 'E') && g_ascii_isdigit (at[1 + (at[1] == '-' || at[1] == '+')]))
    {
      kind = STRATA_CONFIG_FLOAT;
      at = skip_digits (at + 2);
    }
  reader->scanner.pos = at;

  value = strata_config_value_new_text (kind, place, g_strndup (start, at - start));
  value->integer = kind == STRATA_CONFIG_INTEGER ? g_ascii_strtoll (value->text, NULL, 10) : 0;
  value->number = kind == STRATA_CONFIG_FLOAT ? g_ascii_strtod (value->text, NULL) : 0.0;

  return value;
}

static StrataConfigValue *
read_word (Reader      *reader,
           StrataPlace  place)
{
  static const char * const words[] = { "null", "false", "true" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (reader->scanner.pos, words[i]))
      {
        StrataConfigValue *value = strata_config_value_new_text (i == 0 ? STRATA_CONFIG_NULL : STRATA_CONFIG_BOOLEAN, place,
                                                                 g_strdup (words[i]));

        value->integer = i == 2;
        reader->scanner.pos += strlen (words[i]);
        return value;
      }

  return read_number (reader, place);
}

static gboolean
read_element (Reader            *reader,
              StrataConfigValue *whole)
{
  StrataPlace key_place = strata_scanner_place (&reader->scanner, reader->scanner.pos);
  g_autofree char *key = NULL;
  StrataConfigValue *value;

  if (whole->kind == STRATA_CONFIG_TABLE)
    {
      if (peek (reader) != '"')
        return fail (reader, _("a key in quotes is missing here")) != NULL;
      key = read_string (reader);
      if (key == NULL)
        return FALSE;
      if (skip_blanks (reader) != ':')
        return fail (reader, _("a colon is missing here")) != NULL;
      reader->scanner.pos++;
    }

  value = read_value (reader);
  if (value == NULL)
    return FALSE;
  if (key != NULL)
    strata_config_table_set (whole, key, key_place, value);
  else
    strata_config_array_add (whole, value);

  return TRUE;
}

/* The elements, from behind the opening bracket to behind the closing one. */
static gboolean
read_elements (Reader            *reader,
               StrataConfigValue *whole)
{
  char close = whole->kind == STRATA_CONFIG_TABLE ? '}' : ']';

  if (skip_blanks (reader) == close)
    {
      reader->scanner.pos++;
      return TRUE;
    }

  while (read_element (reader, whole))
    {
      char next = skip_blanks (reader);

      if (next != ',' && next != close)
        return fail (reader, _("a comma or a closing bracket is missing here")) != NULL;
      reader->scanner.pos++;
      if (next == close)
        return TRUE;
      skip_blanks (reader);
    }

  return FALSE;
}

static StrataConfigValue *
read_whole (Reader           *reader,
            StrataConfigKind  kind,
            StrataPlace       place)
{
  g_autoptr(StrataConfigValue) whole = strata_config_value_new (kind, place);
  gboolean read_well;

  if (reader->depth == DEEPEST)
    return fail (reader, _("this is nested too deep"));

  reader->scanner.pos++;
  reader->depth++;
  read_well = read_elements (reader, whole);
  reader->depth--;

  return read_well ? g_steal_pointer (&whole) : NULL;
}

static StrataConfigValue *
read_value (Reader *reader)
{
  char first = skip_blanks (reader);
  StrataPlace place = strata_scanner_place (&reader->scanner, reader->scanner.pos);
  char *text;

  switch (first)
    {
    case '{':
      return read_whole (reader, STRATA_CONFIG_TABLE, place);
    case '[':
      return read_whole (reader, STRATA_CONFIG_ARRAY, place);
    case '"':
      text = read_string (reader);
      return text != NULL ? strata_config_value_new_text (STRATA_CONFIG_STRING, place, text) : NULL;
    default:
      return read_word (reader, place);
    }
}

StrataDocument *
strata_json_parse (const char *path,
                   const char *text,
                   gsize       length,
                   GPtrArray  *findings)
{
  g_autoptr(StrataDocument) document = strata_document_new (path);
  g_autofree char *copy = g_strndup (text, length);
  Reader reader = { .findings = findings };

  if (!strata_scanner_init (&reader.scanner, strata_document_get_file (document), copy, length, findings))
    return NULL;
  if (reader.scanner.pos != copy)
    return fail (&reader, _("the file begins with a byte order mark"));
  if (skip_blanks (&reader) != '{')
    return fail (&reader, _("the whole of the file is no object"));

  reader.scanner.pos++;
  if (!read_elements (&reader, strata_document_edit_root (document)))
    return NULL;
  if (skip_blanks (&reader) != '\0' || reader.scanner.pos != reader.scanner.end)
    return fail (&reader, _("something stands behind the object"));

  return g_steal_pointer (&document);
}
