/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/literal.h"

#include <string.h>

/* A place to write to that is long enough: no escape is shorter than what it stands for. */
typedef struct
{
  char     *to;
  gboolean  is_bytes;
  gboolean  is_exact;
} Output;

static void
put_character (Output   *output,
               gunichar  c)
{
  if (output->is_bytes)
    *output->to++ = c;
  else
    output->to += g_unichar_to_utf8 (c, output->to);
}

static void
put_text (Output     *output,
          const char *text,
          gsize       length)
{
  memcpy (output->to, text, length);
  output->to += length;
}

static gboolean
read_hex (const char **from,
          const char  *end,
          guint        n_digits,
          gunichar    *c)
{
  *c = 0;

  for (guint i = 0; i < n_digits; i++, (*from)++)
    {
      if (*from == end || !g_ascii_isxdigit (**from))
        return FALSE;
      *c = *c * 16 + g_ascii_xdigit_value (**from);
    }

  return TRUE;
}

static void
put_octal (Output      *output,
           const char **from,
           const char  *end)
{
  gunichar c = 0;

  for (guint i = 0; i < 3 && *from < end && **from >= '0' && **from <= '7'; i++, (*from)++)
    c = c * 8 + (**from - '0');

  put_character (output, output->is_bytes ? c & 0xff : c);
}

/* "\x41", "\u00e9", "\U0001f600". A surrogate has no UTF-8 of its own. */
static gboolean
put_hex (Output      *output,
         const char **from,
         const char  *end,
         guint        n_digits)
{
  const char *start = *from - 2;
  gunichar c;

  if (!read_hex (from, end, n_digits, &c) || c > 0x10ffff)
    return FALSE;

  if (output->is_bytes || g_unichar_validate (c))
    put_character (output, c);
  else
    {
      put_text (output, start, *from - start);
      output->is_exact = FALSE;
    }

  return TRUE;
}

/* The names of characters are not at hand: it stays as it is written. */
static gboolean
put_named (Output      *output,
           const char **from,
           const char  *end)
{
  const char *start = *from - 2;
  const char *close;

  if (*from == end || **from != '{')
    return FALSE;
  close = memchr (*from, '}', end - *from);
  if (close == NULL)
    return FALSE;

  *from = close + 1;
  put_text (output, start, *from - start);
  output->is_exact = FALSE;

  return TRUE;
}

/* An escape that does not exist is the backslash itself, as in Python. */
static gboolean
put_escape (Output      *output,
            const char **from,
            const char  *end)
{
  static const char letters[] = "\\'\"abfnrtv";
  static const char meanings[] = "\\'\"\a\b\f\n\r\t\v";
  char c = *(*from)++;
  const char *known = c != '\0' ? strchr (letters, c) : NULL;

  if (c == '\n')
    return TRUE;
  if (known != NULL)
    {
      put_character (output, meanings[known - letters]);
      return TRUE;
    }
  if (c >= '0' && c <= '7')
    {
      (*from)--;
      put_octal (output, from, end);
      return TRUE;
    }
  if (c == 'x')
    return put_hex (output, from, end, 2);
  if (!output->is_bytes && (c == 'u' || c == 'U'))
    return put_hex (output, from, end, c == 'u' ? 4 : 8);
  if (!output->is_bytes && c == 'N')
    return put_named (output, from, end);

  *output->to++ = '\\';
  (*from)--;

  return TRUE;
}

static gboolean
decode (StrataPyArena  *arena,
        const char     *from,
        const char     *end,
        gboolean        is_raw,
        gboolean        is_format,
        StrataPyString *string)
{
  char *text = strata_py_arena_alloc (arena, end - from + 1);
  Output output = { text, string->is_bytes, TRUE };

  while (from < end)
    {
      const char *piece = from;

      while (from < end && (*from != '\\' || is_raw) && (!is_format || (*from != '{' && *from != '}')))
        from++;
      put_text (&output, piece, from - piece);
      if (from == end)
        break;

      /* Braces come in pairs here: a single one has ended the piece. */
      if (*from != '\\')
        {
          *output.to++ = *from;
          from += from + 1 < end && from[1] == *from ? 2 : 1;
        }
      else if (++from == end)
        *output.to++ = '\\';
      else if (!put_escape (&output, &from, end))
        return FALSE;
    }

  string->text = text;
  string->length = output.to - text;
  string->is_exact = output.is_exact;

  return TRUE;
}

gboolean
strata_py_string_decode (StrataPyArena  *arena,
                         const char     *literal,
                         gsize           length,
                         StrataPyString *string)
{
  const char *end = literal + length;
  gboolean is_raw = FALSE;
  gsize quotes;

  string->is_bytes = FALSE;
  for (; *literal != '"' && *literal != '\''; literal++)
    {
      is_raw |= *literal == 'r' || *literal == 'R';
      string->is_bytes |= *literal == 'b' || *literal == 'B';
    }

  quotes = end - literal >= 6 && literal[1] == literal[0] && literal[2] == literal[0] ? 3 : 1;

  return decode (arena, literal + quotes, end - quotes, is_raw, FALSE, string);
}

gboolean
strata_py_string_decode_part (StrataPyArena  *arena,
                              const char     *part,
                              gsize           length,
                              gboolean        is_raw,
                              StrataPyString *string)
{
  string->is_bytes = FALSE;

  return decode (arena, part, part + length, is_raw, TRUE, string);
}

StrataPyString
strata_py_string_join (StrataPyArena        *arena,
                       const StrataPyString *strings,
                       guint                 n_strings)
{
  StrataPyString joined = strings[0];
  char *to;

  if (n_strings == 1)
    return joined;

  for (guint i = 1; i < n_strings; i++)
    {
      joined.length += strings[i].length;
      joined.is_exact &= strings[i].is_exact;
    }

  to = strata_py_arena_alloc (arena, joined.length + 1);
  joined.text = to;
  for (guint i = 0; i < n_strings; i++)
    {
      memcpy (to, strings[i].text, strings[i].length);
      to += strings[i].length;
    }

  return joined;
}
