/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/value-private.h"

#include <string.h>

static char *
strip (const char *text,
       const char *characters,
       int         sides)
{
  gsize length;

  if (characters == NULL)
    characters = " \t\n\r\f\v";
  if (sides & 1)
    text += strspn (text, characters);
  for (length = strlen (text); (sides & 2) && length > 0 && strchr (characters, text[length - 1]) != NULL; length--)
    ;

  return g_strndup (text, length);
}

/* As int() reads it and str() writes it; NULL where it is none. */
char *
strata_env_text_to_integer (const char *text)
{
  g_autofree char *digits = strip (text, NULL, 3);
  const char *first = *digits == '-' ? digits + 1 : digits;

  if (*first == '\0' || strspn (first, "0123456789") != strlen (first))
    return NULL;
  while (first[0] == '0' && first[1] != '\0')
    first++;

  return g_strconcat (*digits == '-' ? "-" : "", first, NULL);
}

static char *
cut (const char *text,
     const char *end,
     int         side)
{
  if (side == 1)
    return g_strdup (g_str_has_prefix (text, end) ? text + strlen (end) : text);

  return g_str_has_suffix (text, end) ? g_strndup (text, strlen (text) - strlen (end)) : g_strdup (text);
}

static char *
replace (const char *text,
         const char *from,
         const char *to,
         int         times)
{
  GString *replaced = g_string_new (text);

  if (*from != '\0')
    g_string_replace (replaced, from, to, times);

  return g_string_free (replaced, FALSE);
}

/* NULL where there is no such piece. */
static char *
split (const char *text,
       const char *separator,
       int         which)
{
  g_auto(GStrv) pieces = *separator != '\0' ? g_strsplit (text, separator, -1) : NULL;
  int n_pieces = pieces != NULL ? g_strv_length (pieces) : 0;

  /* g_strsplit() has no pieces of an empty text, Python has one. */
  if (n_pieces == 0 && *separator != '\0' && (which == 0 || which == -1))
    return g_strdup ("");
  if (which < 0)
    which += n_pieces;

  return which >= 0 && which < n_pieces ? g_strdup (pieces[which]) : NULL;
}

/* "postgresql+asyncpg://..." with another name before the colon. */
static char *
set_driver (const char *url,
            const char *driver)
{
  const char *rest = strstr (url, "://");

  return rest != NULL ? g_strconcat (driver, rest, NULL) : NULL;
}

/* The path of a URL, up to its query. */
static char *
set_database (const char *url,
              const char *database)
{
  const char *start = strstr (url, "://");
  const char *end;
  g_autofree char *head = NULL;

  if (start == NULL)
    return NULL;

  start += 3;
  start += strcspn (start, "/?");
  end = start + strcspn (start, "?");
  head = g_strndup (url, start - url);

  return g_strconcat (head, "/", database, end, NULL);
}

static char *
quote (const char *text,
       const char *safe,
       gboolean    blank_is_plus)
{
  g_autofree char *allowed = g_strconcat (safe != NULL ? safe : "", blank_is_plus ? " " : "", NULL);
  char *quoted = g_uri_escape_string (text, allowed, FALSE);

  return blank_is_plus ? g_strdelimit (quoted, " ", '+') : quoted;
}

static int
get_hex (const char *digits)
{
  if (digits[0] != '%' || !g_ascii_isxdigit (digits[1]) || !g_ascii_isxdigit (digits[2]))
    return -1;

  return g_ascii_xdigit_value (digits[1]) * 16 + g_ascii_xdigit_value (digits[2]);
}

/* What is not encoded stays as it is. */
static char *
unquote (const char *text,
         gboolean    plus_is_blank)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    {
      int byte = get_hex (text);

      g_string_append_c (out, byte > 0 ? byte : plus_is_blank && *text == '+' ? ' ' : *text);
      if (byte > 0)
        text += 2;
    }

  return g_string_free (out, FALSE);
}

/* Operations on one text, with one or two others. NULL where Python would stop. */
char *
strata_env_text_compute (const StrataEnvValue *value,
                         const char           *text,
                         const char           *second,
                         const char           *third)
{
  switch ((int) value->op)
    {
    case STRATA_ENV_OP_REPLACE:
      return replace (text, second, third, value->number);
    case STRATA_ENV_OP_QUOTE:
      return quote (text, second, value->number == 1);
    case STRATA_ENV_OP_UNQUOTE:
      return unquote (text, value->number == 1);
    case STRATA_ENV_OP_LOWER:
      return g_utf8_strdown (text, -1);
    case STRATA_ENV_OP_UPPER:
      return g_utf8_strup (text, -1);
    case STRATA_ENV_OP_STRIP:
      return strip (text, second, value->number);
    case STRATA_ENV_OP_CUT:
      return cut (text, second, value->number);
    case STRATA_ENV_OP_SPLIT:
      return split (text, second, value->number);
    case STRATA_ENV_OP_DRIVER:
      return set_driver (text, second);
    case STRATA_ENV_OP_DATABASE:
      return set_database (text, second);
    default:
      g_assert_not_reached ();
    }
}

/* The file of a SQLite URL, where it is a path that is relative; NULL: anything else. */
static const char *
find_relative_file (const char *url)
{
  const char *file = g_str_has_prefix (url, "sqlite") ? strstr (url, ":///") : NULL;

  if (file == NULL || strlen (file) <= 4 || file[4] == '/' || file[4] == '?' || g_str_has_prefix (file + 4, ":memory:"))
    return NULL;

  return file + 4;
}

gboolean
strata_env_text_is_relative_file (const char *url)
{
  return find_relative_file (url) != NULL;
}

char *
strata_env_text_place_file (const char *url,
                            const char *folder)
{
  const char *file = find_relative_file (url);

  return g_strdup_printf ("%.*s%s/%s", (int) (file - url), url, folder, file);
}
