/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/wrap.h"

#include <string.h>

#define OPEN_QUOTE "“"
#define CLOSE_QUOTE "”"

/* Up to the next blank outside of quotes. */
static gsize
word_length (const char *text)
{
  const char *p = text;
  guint depth = 0;

  for (; *p != '\0' && (*p != ' ' || depth > 0); p++)
    {
      if (g_str_has_prefix (p, OPEN_QUOTE))
        depth++;
      else if (g_str_has_prefix (p, CLOSE_QUOTE) && depth > 0)
        depth--;
    }

  /* A quote that is never closed binds nothing. */
  return *p == '\0' && depth > 0 ? strcspn (text, " ") : (gsize) (p - text);
}

static void
wrap_line (GStrvBuilder *lines,
           const char   *text,
           guint         width)
{
  gsize indent = strspn (text, " ");
  g_autoptr(GString) line = g_string_new_len (text, indent);
  gsize used = 0;

  for (const char *p = text + indent; *p != '\0';)
    {
      gsize blanks = strspn (p, " ");
      gsize length = word_length (p + blanks);

      if (used > 0 && (gsize) g_utf8_strlen (line->str, -1) + blanks + g_utf8_strlen (p + blanks, length) > width)
        {
          g_strv_builder_add (lines, line->str);
          g_string_truncate (line, indent);
          used = 0;
          p += blanks;
          blanks = 0;
        }

      g_string_append_len (line, p, blanks + length);
      used += blanks + length;
      p += blanks + length;
    }

  g_strv_builder_add (lines, line->str);
}

GStrv
strata_wrap (const char *text,
             guint       width)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", -1);
  g_autoptr(GStrvBuilder) wrapped = g_strv_builder_new ();

  for (guint i = 0; lines[i] != NULL; i++)
    wrap_line (wrapped, lines[i], width);

  return g_strv_builder_end (wrapped);
}
