/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/toml-private.h"

#include <glib/gi18n-lib.h>
#include <stdarg.h>

static gboolean fail (TomlReader  *reader,
                      StrataPlace  place,
                      const char  *format,
                      va_list      args) G_GNUC_PRINTF (3, 0);

static gboolean
fail (TomlReader  *reader,
      StrataPlace  place,
      const char  *format,
      va_list      args)
{
  g_autofree char *text = g_strdup_vprintf (format, args);

  g_ptr_array_add (reader->findings,
                   strata_finding_new (STRATA_SEVERITY_ERROR, "toml-syntax", place, NULL, "%s", text));

  return FALSE;
}

gboolean
toml_fail_at (TomlReader  *reader,
              StrataPlace  place,
              const char  *format,
              ...)
{
  va_list args;

  va_start (args, format);
  fail (reader, place, format, args);
  va_end (args);

  return FALSE;
}

gboolean
toml_fail (TomlReader *reader,
           const char *at,
           const char *format,
           ...)
{
  va_list args;

  va_start (args, format);
  fail (reader, strata_scanner_place (&reader->scanner, at), format, args);
  va_end (args);

  return FALSE;
}

void
toml_skip_blanks (TomlReader *reader)
{
  while (toml_peek (reader) == ' ' || toml_peek (reader) == '\t')
    reader->scanner.pos++;
}

/* A comment may have no control characters but the tab. */
static gboolean
skip_comment (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;

  if (toml_peek (reader) != '#')
    return TRUE;

  for (; scanner->pos < scanner->end && *scanner->pos != '\n'; scanner->pos++)
    {
      guchar character = *scanner->pos;

      if (character == '\r' && strata_scanner_eol (scanner, scanner->pos) == 2)
        return TRUE;
      if ((character < 0x20 && character != '\t') || character == 0x7f)
        return toml_fail (reader, scanner->pos, _("a control character in a comment"));
    }

  return TRUE;
}

static gboolean
at_line_end (TomlReader *reader)
{
  char character = toml_peek (reader);

  return reader->scanner.pos == reader->scanner.end || character == '\n'
         || (character == '\r' && strata_scanner_eol (&reader->scanner, reader->scanner.pos) == 2);
}

/* Blanks, line ends and comments. */
gboolean
toml_skip_lines (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;

  for (;;)
    {
      toml_skip_blanks (reader);
      if (!skip_comment (reader))
        return FALSE;
      if (scanner->pos == scanner->end || !at_line_end (reader))
        return TRUE;
      scanner->pos += strata_scanner_eol (scanner, scanner->pos);
    }
}

gboolean
toml_end_of_statement (TomlReader *reader)
{
  toml_skip_blanks (reader);
  if (!skip_comment (reader))
    return FALSE;
  if (!at_line_end (reader))
    return toml_fail (reader, reader->scanner.pos, _("the line should end here"));

  return TRUE;
}

static void
toml_key_part_clear (TomlKeyPart *part)
{
  g_free (part->name);
}

static char *
read_key_part (TomlReader *reader)
{
  StrataScanner *scanner = &reader->scanner;
  const char *begin = scanner->pos;

  if (toml_peek (reader) == '"' || toml_peek (reader) == '\'')
    return toml_read_string (reader, FALSE);

  while (g_ascii_isalnum (toml_peek (reader)) || toml_peek (reader) == '_' || toml_peek (reader) == '-')
    scanner->pos++;

  if (scanner->pos > begin)
    return g_strndup (begin, scanner->pos - begin);

  toml_fail (reader, begin,
             _("a key is missing here; one with other characters than A-Z a-z 0-9 _ - is written in quotes"));

  return NULL;
}

GArray *
toml_read_key (TomlReader *reader)
{
  g_autoptr(GArray) parts = g_array_new (FALSE, FALSE, sizeof (TomlKeyPart));

  g_array_set_clear_func (parts, (GDestroyNotify) toml_key_part_clear);

  for (;;)
    {
      TomlKeyPart part;

      toml_skip_blanks (reader);
      part.place = strata_scanner_place (&reader->scanner, reader->scanner.pos);
      part.name = read_key_part (reader);
      if (part.name == NULL)
        return NULL;
      g_array_append_val (parts, part);

      toml_skip_blanks (reader);
      if (toml_peek (reader) != '.')
        return g_steal_pointer (&parts);
      reader->scanner.pos++;

      if (parts->len >= TOML_DEEPEST)
        {
          toml_fail_at (reader, part.place, _("the key is nested too deeply"));
          return NULL;
        }
    }
}
