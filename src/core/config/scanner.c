/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/scanner.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static void
not_utf8 (StrataScanner *self,
          const char    *at,
          GPtrArray     *findings)
{
  StrataPlace place;
  gsize left = self->end - self->pos;

  if (left >= 2 && (memcmp (self->pos, "\xff\xfe", 2) == 0 || memcmp (self->pos, "\xfe\xff", 2) == 0))
    {
      g_ptr_array_add (findings,
                       strata_finding_new (STRATA_SEVERITY_ERROR, "not-utf8",
                                           (StrataPlace) { self->file, 1, 1 }, _("Save the file as UTF-8"),
                                           _("the file is written in UTF-16, which is not read")));
      return;
    }

  place = strata_scanner_place (self, at);
  if (*at == '\0')
    g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, "not-text", place, NULL,
                                                   _("the file holds a NUL byte: it is not a text file")));
  else
    g_ptr_array_add (findings, strata_finding_new (STRATA_SEVERITY_ERROR, "not-utf8", place,
                                                   _("Save the file as UTF-8"),
                                                   _("byte 0x%02X is not valid UTF-8"), (guchar) *at));
}

gboolean
strata_scanner_init (StrataScanner *self,
                     const char    *file,
                     const char    *text,
                     gsize          length,
                     GPtrArray     *findings)
{
  const char *valid_to;

  *self = (StrataScanner) { file, text, text + length, text, 1, 1 };

  if (!g_utf8_validate_len (text, length, &valid_to))
    {
      not_utf8 (self, valid_to, findings);
      return FALSE;
    }

  if (length >= 3 && memcmp (text, "\xef\xbb\xbf", 3) == 0)
    self->counted = self->pos = text + 3;

  return TRUE;
}

guint
strata_scanner_eol (const StrataScanner *self,
                    const char          *at)
{
  if (at >= self->end || (*at != '\n' && *at != '\r'))
    return 0;

  return *at == '\r' && at + 1 < self->end && at[1] == '\n' ? 2 : 1;
}

/* Counts bytes that begin a character; CR LF is one line end, and the LF of it belongs to the line that it ends. */
StrataPlace
strata_scanner_place (StrataScanner *self,
                      const char    *at)
{
  g_assert (at >= self->counted);

  while (self->counted < at)
    {
      guint eol = strata_scanner_eol (self, self->counted);

      if (eol > 0)
        {
          if (self->counted + eol > at)
            break;
          self->counted += eol;
          self->line++;
          self->column = 1;
        }
      else
        {
          self->counted++;
          while (self->counted < self->end && (*self->counted & 0xc0) == 0x80)
            self->counted++;
          self->column++;
        }
    }

  return (StrataPlace) { self->file, self->line, self->column };
}

gboolean
strata_is_space (gunichar character)
{
  if (character < 0x80)
    return (character >= 0x09 && character <= 0x0d) || (character >= 0x1c && character <= 0x20);

  return character == 0x85 || character == 0xa0 || character == 0x1680
         || (character >= 0x2000 && character <= 0x200a)
         || character == 0x2028 || character == 0x2029
         || character == 0x202f || character == 0x205f || character == 0x3000;
}

void
strata_strip_end (const char  *begin,
                  const char **end)
{
  while (begin < *end)
    {
      const char *last = g_utf8_prev_char (*end);

      if (!strata_is_space (g_utf8_get_char (last)))
        break;
      *end = last;
    }
}

void
strata_strip (const char **begin,
              const char **end)
{
  while (*begin < *end && strata_is_space (g_utf8_get_char (*begin)))
    *begin = g_utf8_next_char (*begin);

  strata_strip_end (*begin, end);
}

/* Character by character, because GLib's own follows the locale: a Turkish one would lower I to another letter. */
char *
strata_lower (const char *text,
              gssize      length)
{
  const char *end = text + (length < 0 ? (gssize) strlen (text) : length);
  GString *result = g_string_sized_new (end - text);

  for (; text < end; text = g_utf8_next_char (text))
    g_string_append_unichar (result, g_unichar_tolower (g_utf8_get_char (text)));

  return g_string_free (result, FALSE);
}
