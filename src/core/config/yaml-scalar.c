/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/config/yaml-private.h"

#include <string.h>

gboolean
strata_yaml_at_blank (const char *at)
{
  return *at == ' ' || *at == '\t';
}

static gboolean
at_line_end (const char *at)
{
  return *at == '\0' || *at == '\n' || (*at == '\r' && (at[1] == '\n' || at[1] == '\0'));
}

void
strata_yaml_skip_blanks (StrataYamlCursor *cursor)
{
  while (strata_yaml_at_blank (cursor->at))
    cursor->at++;
}

void
strata_yaml_next_line (StrataYamlCursor *cursor)
{
  cursor->at += strcspn (cursor->at, "\n");
  if (*cursor->at == '\n')
    {
      cursor->at++;
      cursor->line++;
    }
}

/* A comment needs a blank before it; at the start of a value there is one. */
gboolean
strata_yaml_at_value_end (const char *at)
{
  return at_line_end (at) || *at == '#';
}

static gboolean
at_document_end (const char *at)
{
  return g_str_has_prefix (at, "---") || g_str_has_prefix (at, "...");
}

/* To the next line that says something; its indent, or -1 at the end of the document. */
int
strata_yaml_find_line (StrataYamlCursor *cursor)
{
  while (*cursor->at != '\0')
    {
      gsize indent = strspn (cursor->at, " ");
      const char *content = cursor->at + indent;

      content += strspn (content, "\t");
      if (!strata_yaml_at_value_end (content))
        return indent == 0 && at_document_end (content) ? -1 : (int) MIN (indent, G_MAXINT);

      strata_yaml_next_line (cursor);
    }

  return -1;
}

gboolean
strata_yaml_at_dash (const char *at)
{
  return *at == '-' && (strata_yaml_at_blank (at + 1) || at_line_end (at + 1));
}

gboolean
strata_yaml_at_colon (const char *at,
                      gboolean    in_flow)
{
  if (*at != ':')
    return FALSE;

  return strata_yaml_at_blank (at + 1) || at_line_end (at + 1) || (in_flow && strchr (",]}", at[1]) != NULL);
}

/* FALSE: it is none, or not known. */
static gboolean
append_escape (GString     *text,
               const char **at)
{
  static const char letters[] = "0abtnvfre \"/\\";
  static const char meanings[] = "\0\a\b\t\n\v\f\r\033 \"/\\";
  guint digits = **at == 'x' ? 2 : **at == 'u' ? 4 : **at == 'U' ? 8 : 0;
  const char *letter = **at != '\0' ? strchr (letters, **at) : NULL;
  gunichar c = 0;

  if (letter != NULL && *letter != '0')
    g_string_append_c (text, meanings[letter - letters]);
  if (digits == 0)
    {
      *at = **at != '\0' ? g_utf8_next_char (*at) : *at;
      return letter != NULL && *letter != '0';
    }

  for ((*at)++; digits > 0 && g_ascii_isxdigit (**at); digits--, (*at)++)
    c = c * 16 + g_ascii_xdigit_value (**at);
  if (c == 0 || !g_unichar_validate (c))
    return FALSE;

  g_string_append_unichar (text, c);

  return digits == 0;
}

/* From the opening quote to behind the closing one; line ends fold to blanks. */
char *
strata_yaml_read_quoted (StrataYamlCursor *cursor)
{
  char quote = *cursor->at;
  GString *text = g_string_new (NULL);
  const char *at = cursor->at + 1;

  for (; *at != '\0' && (*at != quote || (quote == '\'' && at[1] == '\'')); at++)
    {
      gboolean is_escape = quote == '"' && *at == '\\';

      if (is_escape && at[1] != '\n')
        {
          at++;
          if (!append_escape (text, &at))
            strata_yaml_doubt (cursor);
          at--;
        }
      else if (is_escape || *at == '\n')
        {
          g_string_append (text, is_escape ? "" : " ");
          at += is_escape;
          at += strspn (at + 1, " \t");
          strata_yaml_doubt (cursor);
          cursor->line++;
        }
      else
        {
          g_string_append_c (text, *at);
          at += *at == '\'' && quote == '\'';
        }
    }

  if (*at == '\0')
    strata_yaml_doubt (cursor);
  cursor->at = (char *) at + (*at != '\0');

  return g_string_free (text, FALSE);
}

/* A plain scalar ends at ": ", " #", the end of the line and, in flow collections, at their punctuation. */
char *
strata_yaml_read_plain (StrataYamlCursor *cursor,
                        gboolean          in_flow)
{
  const char *start = cursor->at;
  const char *at = start;
  const char *end = start;

  for (; !at_line_end (at) && !strata_yaml_at_colon (at, in_flow); at++)
    {
      if (*at == '#' && at > start && strata_yaml_at_blank (at - 1))
        break;
      if (in_flow && strchr (",[]{}", *at) != NULL)
        break;
      if (!strata_yaml_at_blank (at))
        end = at + 1;
    }

  cursor->at = (char *) at;

  return g_strndup (start, end - start);
}

/* "|" and ">": the lines below that are indented further. */
char *
strata_yaml_read_block (StrataYamlCursor *cursor,
                        guint             indent)
{
  GString *text = g_string_new (NULL);
  char separator = *cursor->at == '|' ? '\n' : ' ';
  gsize inner = 0;
  gsize widest = 0;   /* of the empty lines above the first one that says something */
  const char *header = cursor->at + 1 + (cursor->at[1] == '-' || cursor->at[1] == '+');

  if (!at_line_end (header + strspn (header, " ")))
    strata_yaml_doubt (cursor);

  for (strata_yaml_next_line (cursor); *cursor->at != '\0'; strata_yaml_next_line (cursor))
    {
      gsize blanks = strspn (cursor->at, " ");
      gboolean empty = at_line_end (cursor->at + blanks);

      if (empty && inner == 0)
        widest = MAX (widest, blanks);
      if (!empty && inner == 0)
        inner = blanks;
      if (!empty && widest > inner)
        strata_yaml_doubt (cursor);
      if (!empty && (blanks < indent || blanks < inner))
        {
          if (blanks >= indent)
            strata_yaml_doubt (cursor);
          break;
        }
      if (!empty)
        g_string_append_len (text, cursor->at + inner, strcspn (cursor->at + inner, "\r\n"));
      g_string_append_c (text, separator);
    }

  g_strchomp (text->str);

  return g_string_free (text, FALSE);
}

/* Whether the next line goes on with a plain scalar: indented far enough, no list item, no key. */
static gboolean
goes_on (const StrataYamlCursor *cursor,
         guint                   indent)
{
  StrataYamlCursor ahead = *cursor;

  if (*ahead.at == '#')
    return FALSE;

  strata_yaml_next_line (&ahead);
  if (strata_yaml_find_line (&ahead) < (int) indent)
    return FALSE;

  ahead.at += strspn (ahead.at, " \t");
  if (strata_yaml_at_dash (ahead.at))
    return FALSE;

  g_free (strata_yaml_read_plain (&ahead, FALSE));

  return *ahead.at != ':';
}

/* A plain scalar goes on over lines that are indented further than the block that it stands in. */
char *
strata_yaml_read_lines (StrataYamlCursor *cursor,
                        guint             indent)
{
  GString *text = g_string_new (NULL);

  while (TRUE)
    {
      g_autofree char *part = strata_yaml_read_plain (cursor, FALSE);

      g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", part);
      if (!goes_on (cursor, indent))
        return g_string_free (text, FALSE);

      strata_yaml_doubt (cursor);
      strata_yaml_next_line (cursor);
      strata_yaml_find_line (cursor);
      strata_yaml_skip_blanks (cursor);
    }
}
