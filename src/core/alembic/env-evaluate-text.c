/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-value-private.h"

#include <string.h>

char *
strata_env_text_strip (const char *text,
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
      return g_uri_escape_string (text, NULL, FALSE);
    case STRATA_ENV_OP_UNQUOTE:
      return g_uri_unescape_string (text, NULL);
    case STRATA_ENV_OP_LOWER:
      return g_utf8_strdown (text, -1);
    case STRATA_ENV_OP_UPPER:
      return g_utf8_strup (text, -1);
    case STRATA_ENV_OP_STRIP:
      return strata_env_text_strip (text, second, value->number);
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
