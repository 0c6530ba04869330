/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/yaml-private.h"

#include <string.h>

/* What else than a plain text and its line ends may stand in a file: other line ends, tabs and control characters are read by
 * rules that are not followed here. */
static gboolean
is_usual (const char *at,
          const char *end)
{
  gunichar character = g_utf8_get_char (at);

  if (character == '\r')
    return at + 1 < end && at[1] == '\n';
  if (character == '\n' || (character >= 0x20 && character < 0x7f))
    return TRUE;

  return character >= 0xa0 && character != 0x2028 && character != 0x2029 && character != 0xfeff && character < 0x110000;
}

/* "---" may begin the one document, in a line of its own. */
static gboolean
is_usual_line (const char *line,
               gboolean   *has_begun)
{
  gsize length = strcspn (line, "\r\n");
  const char *content = line + strspn (line, " ");

  if (content >= line + length || *content == '#')
    return TRUE;
  if (g_str_has_prefix (line, "---") && !*has_begun)
    {
      *has_begun = TRUE;
      content = line + 3 + strspn (line + 3, " ");
      return content >= line + length || (*content == '#' && content > line + 3);
    }
  if (g_str_has_prefix (line, "---") || g_str_has_prefix (line, "...") || *line == '%')
    return FALSE;

  *has_begun = TRUE;

  return TRUE;
}

guint
strata_yaml_check_text (const char *text,
                        gsize       length)
{
  const char *end = text + length;
  gboolean has_begun = FALSE;
  guint line = 1;

  if (!g_utf8_validate_len (text, length, NULL))
    return 1;

  for (const char *at = text; at < end; at = g_utf8_next_char (at))
    {
      if (!is_usual (at, end) || ((at == text || at[-1] == '\n') && !is_usual_line (at, &has_begun)))
        return line;
      line += *at == '\n';
    }

  return 0;
}

gboolean
strata_yaml_is_plain (const char *text,
                      gboolean    in_flow)
{
  if (*text == '\0' || strlen (text) > 1000 || strchr (",[]{}#&*!|>'\"%@`", *text) != NULL)
    return FALSE;
  if (in_flow && *text == ':')
    return FALSE;
  if (strchr ("-?:", *text) != NULL && (text[1] == '\0' || text[1] == ' ' || (in_flow && strchr (",[]{}?", text[1]) != NULL)))
    return FALSE;

  /* What a plain scalar of a flow ends at differs between libraries. */
  return !in_flow || (strchr (text, '?') == NULL && strstr (text, ":[") == NULL && strstr (text, ":{") == NULL);
}
