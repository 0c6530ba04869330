/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/toml-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Control characters other than the tab may stand nowhere in a TOML file. */
static gboolean
is_control (char character)
{
  return ((guchar) character < 0x20 && character != '\t') || character == 0x7f;
}

/* Behind "\u" or "\U". */
static gboolean
read_unicode (TomlReader *reader,
              guint       n_digits,
              GString    *result)
{
  StrataScanner *scanner = &reader->scanner;
  gunichar character = 0;

  for (guint i = 0; i < n_digits; i++)
    {
      if (!g_ascii_isxdigit (toml_peek (reader)))
        return toml_fail (reader, scanner->pos, _("a hexadecimal digit is missing: \\u has four, \\U has eight"));
      character = character << 4 | (guint) g_ascii_xdigit_value (*scanner->pos++);
    }

  if (character > 0x10ffff || (character >= 0xd800 && character <= 0xdfff))
    return toml_fail (reader, scanner->pos - n_digits, _("there is no Unicode character of this number"));
  /* A C string ends at a NUL, and no value that means something has one. */
  if (character == 0)
    return toml_fail (reader, scanner->pos - n_digits, _("a NUL character is not accepted"));

  g_string_append_unichar (result, character);

  return TRUE;
}

/* The length of LF or CR LF; a lone CR is no line end in TOML. */
static guint
line_end (const TomlReader *reader,
          const char       *at)
{
  guint length = strata_scanner_eol (&reader->scanner, at);

  return length == 1 && *at == '\r' ? 0 : length;
}

/* A backslash at the end of a line of a multi-line string takes all white space after it away. FALSE: it is none. */
static gboolean
skip_line_end (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  const char *at = scanner->pos;
  gboolean found = FALSE;

  while (at < scanner->end)
    {
      guint eol = line_end (reader, at);

      if (eol == 0 && *at != ' ' && *at != '\t')
        break;
      found |= eol > 0;
      at += MAX (eol, 1);
    }

  if (found)
    scanner->pos = at;

  return found;
}

/* Behind a backslash. */
static gboolean
read_escape (TomlReader *reader,
             gboolean    multi_line,
             GString    *result)
{
  static const char from[] = "btnfr\"\\";
  static const char to[] = "\b\t\n\f\r\"\\";
  StrataScanner *scanner = &reader->scanner;
  char character = toml_peek (reader);
  const char *known = character != '\0' ? strchr (from, character) : NULL;

  if (known != NULL)
    {
      g_string_append_c (result, to[known - from]);
      scanner->pos++;
      return TRUE;
    }

  if (character == 'u' || character == 'U')
    {
      scanner->pos++;
      return read_unicode (reader, character == 'u' ? 4 : 8, result);
    }

  if (multi_line && skip_line_end (reader))
    return TRUE;

  return toml_fail (reader, scanner->pos - 1,
                    _("unknown escape in a string; a backslash is written \\\\, or the string in single quotes"));
}

/* At a quote: whether it ends the string. Up to two quotes before the closing three belong to a multi-line one. */
static gboolean
read_closing (TomlReader *reader,
              char        quote,
              gboolean    multi_line,
              GString    *result)
{
  StrataScanner *scanner = &reader->scanner;
  guint n = 0;

  while (n < (multi_line ? 5u : 1u) && toml_peek (reader) == quote)
    {
      scanner->pos++;
      n++;
    }

  if (!multi_line)
    return TRUE;

  for (guint i = n < 3 ? 0 : 3; i < n; i++)
    g_string_append_c (result, quote);

  return n >= 3;
}

/* One piece of a string that is not its end. */
static gboolean
read_piece (TomlReader *reader,
            char        quote,
            gboolean    multi_line,
            GString    *result)
{
  StrataScanner *scanner = &reader->scanner;
  guint eol = line_end (reader, scanner->pos);

  if (eol > 0 && !multi_line)
    return toml_fail (reader, scanner->pos, _("the string is not closed at the end of its line"));

  if (eol > 0)
    {
      g_string_append_c (result, '\n');
      scanner->pos += eol;
      return TRUE;
    }

  if (is_control (*scanner->pos))
    return toml_fail (reader, scanner->pos, _("a control character in a string"));

  if (*scanner->pos == '\\' && quote == '"')
    {
      scanner->pos++;
      return read_escape (reader, multi_line, result);
    }

  g_string_append_c (result, *scanner->pos++);

  return TRUE;
}

/* At the opening quote; the string may be a basic or a literal one, of one line or more where that is allowed. */
char *
toml_read_string (TomlReader *reader,
                  gboolean    multi_line)
{
  StrataScanner *scanner = &reader->scanner;
  StrataPlace place = strata_scanner_place (scanner, scanner->pos);
  g_autoptr(GString) result = g_string_new (NULL);
  char quote = *scanner->pos;
  gboolean three = scanner->end - scanner->pos >= 3 && scanner->pos[1] == quote && scanner->pos[2] == quote;

  if (three && !multi_line)
    {
      toml_fail (reader, scanner->pos, _("a multi-line string can't be a key"));
      return NULL;
    }

  scanner->pos += three ? 3 : 1;
  if (three)
    scanner->pos += line_end (reader, scanner->pos);

  while (scanner->pos < scanner->end)
    {
      if (*scanner->pos != quote)
        {
          if (!read_piece (reader, quote, three, result))
            return NULL;
        }
      else if (read_closing (reader, quote, three, result))
        return g_string_free (g_steal_pointer (&result), FALSE);
    }

  toml_fail_at (reader, place, _("the string that begins here is not closed"));

  return NULL;
}
