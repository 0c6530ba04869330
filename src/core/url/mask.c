/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/url/mask.h"

#include <string.h>

#define MASK "***"

/* A shorter secret is only hidden where it stands alone: hiding each "a" of a text hides nothing. */
#define SHORTEST_SECRET 3

static gboolean
is_word (char character)
{
  return g_ascii_isalnum (character) || character == '_' || (character & 0x80) != 0;
}

static gboolean
stands_alone (const char *text,
              const char *found,
              gsize       length)
{
  return (found == text || !is_word (found[-1])) && !is_word (found[length]);
}

static char *
hide (char       *text,
      const char *secret)
{
  g_autofree char *owned = text;
  gsize length = strlen (secret);
  gboolean is_short = length < SHORTEST_SECRET;
  const char *rest = text;
  const char *found;
  GString *result;

  if (length == 0 || strstr (text, secret) == NULL)
    return g_steal_pointer (&owned);

  result = g_string_sized_new (strlen (text));
  while ((found = strstr (rest, secret)) != NULL)
    {
      gboolean masked = !is_short || stands_alone (text, found, length);

      g_string_append_len (result, rest, found - rest);
      g_string_append (result, masked ? MASK : secret);
      rest = found + length;
    }
  g_string_append (result, rest);

  return g_string_free (result, FALSE);
}

/* With each of the characters preceded by the escape. */
static char *
escape (const char *secret,
        const char *characters,
        char        with)
{
  GString *result = g_string_new (NULL);

  for (; *secret != '\0'; secret++)
    {
      if (strchr (characters, *secret) != NULL)
        g_string_append_c (result, with != '\0' ? with : *secret);
      g_string_append_c (result, *secret);
    }

  return g_string_free (result, FALSE);
}

static char *
plus_for_blank (const char *secret)
{
  g_autofree char *escaped = g_uri_escape_string (secret, " ", FALSE);

  return g_strdelimit (g_steal_pointer (&escaped), " ", '+');
}

static char *
lower_escapes (const char *secret)
{
  char *escaped = g_uri_escape_string (secret, NULL, FALSE);

  for (char *at = escaped; (at = strchr (at, '%')) != NULL; at++)
    {
      at[1] = g_ascii_tolower (at[1]);
      at[2] = g_ascii_tolower (at[2]);
    }

  return escaped;
}

/* The ways in which URLs, SQL, libpq, JSON, Python and shells would write it. An escaped form of a text is never shorter,
 * so each comes before the plain one. */
static GStrv
spellings (const char *secret)
{
  GPtrArray *forms = g_ptr_array_new ();

  g_ptr_array_add (forms, g_uri_escape_string (secret, NULL, FALSE));
  g_ptr_array_add (forms, g_uri_escape_string (secret, NULL, TRUE));
  g_ptr_array_add (forms, g_uri_escape_string (secret, "/", FALSE));
  g_ptr_array_add (forms, g_uri_escape_string (secret, " +", FALSE));
  g_ptr_array_add (forms, g_uri_escape_string (secret, "!$&'()*+,;=:", FALSE));
  g_ptr_array_add (forms, plus_for_blank (secret));
  g_ptr_array_add (forms, lower_escapes (secret));
  g_ptr_array_add (forms, escape (secret, "%", '\0'));
  g_ptr_array_add (forms, escape (secret, "'", '\0'));
  g_ptr_array_add (forms, escape (secret, "\"", '\0'));
  g_ptr_array_add (forms, escape (secret, "'\\", '\\'));
  g_ptr_array_add (forms, escape (secret, "\"\\", '\\'));
  g_ptr_array_add (forms, g_shell_quote (secret));
  g_ptr_array_add (forms, g_strdup (secret));
  g_ptr_array_add (forms, NULL);

  return (GStrv) g_ptr_array_free (forms, FALSE);
}

static gboolean
ends_url (char character)
{
  return (guchar) character <= ' ' || character == 0x7f;
}

/* The @ behind the password of "user:password@host/...", which people also write with an @ or a slash in it. */
static const char *
find_at (const char *colon,
         const char *end)
{
  const char *path = colon + strcspn (colon, "/?#");
  const char *at = memrchr (colon, '@', MIN (path, end) - colon);

  return at != NULL ? at : memrchr (colon, '@', end - colon);
}

/* ://user:password@ */
static char *
hide_in_urls (char *text)
{
  g_autofree char *owned = text;
  const char *rest = text;
  const char *found;
  GString *result;

  if (strstr (text, "://") == NULL)
    return g_steal_pointer (&owned);

  result = g_string_sized_new (strlen (text));
  while ((found = strstr (rest, "://")) != NULL)
    {
      const char *colon = found + 3 + strcspn (found + 3, ":/ \t\r\n");
      const char *end = colon;
      const char *at = NULL;

      if (*colon == ':')
        {
          while (!ends_url (*end))
            end++;
          at = find_at (colon, end);
        }

      /* Without an @ there is nothing to hide up to the end. */
      if (at != NULL)
        colon++;
      else
        colon = at = end;
      g_string_append_len (result, rest, colon - rest);
      if (at > colon)
        g_string_append (result, MASK);
      rest = at;
    }
  g_string_append (result, rest);

  return g_string_free (result, FALSE);
}

/* The end of a value that begins with a quote: a doubled or escaped one does not close it. */
static const char *
quoted_end (const char *at)
{
  char quote = *at++;

  for (; *at != '\0'; at++)
    {
      if (*at == '\\' && at[1] != '\0')
        at++;
      else if (*at == quote && at[1] == quote)
        at++;
      else if (*at == quote)
        return at;
    }

  return at;
}

/* Behind a word such as "password", which may stand in quotes itself: where its value begins and ends; FALSE: there is
 * none. In SQL it stands in quotes and without a sign between. */
static gboolean
find_value (const char  *at,
            gboolean     word_in_quotes,
            const char **begin,
            const char **end)
{
  gboolean sign = FALSE;

  if (word_in_quotes)
    at++;

  while (*at == ' ' || *at == '\t' || (!sign && (*at == '=' || *at == ':')))
    {
      sign |= *at == '=' || *at == ':';
      at++;
    }

  *begin = at;
  if (*at == '\'' || *at == '"')
    {
      *begin = at + 1;
      *end = quoted_end (at);
    }
  else if (sign)
    *end = at + strcspn (at, " \t\r\n&;,)]}'\"");
  else
    *end = at;

  return *end > *begin;
}

/* Alembic, to the letter: "Can't locate revision identified by 'a1'". */
#define NO_SECRET "revision identified by"

static gboolean
word_at (const char  *at,
         const char **after)
{
  static const char * const words[] = {
    "password", "passwd", "passphrase", "pwd", "client_secret", "scram_client_key", "identified by",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_ascii_strncasecmp (at, words[i], strlen (words[i])) == 0)
      {
        *after = at + strlen (words[i]);
        return TRUE;
      }

  return FALSE;
}

/* password=..., "password": "...", PASSWORD '...' */
static char *
hide_after_words (char *text)
{
  GString *result = g_string_sized_new (strlen (text));
  const char *rest = text;
  const char *at = text;

  while (*at != '\0')
    {
      const char *after, *begin, *end;
      gboolean in_quotes;

      if (g_str_has_prefix (at, NO_SECRET))
        {
          at += strlen (NO_SECRET);
          continue;
        }

      if (!word_at (at, &after))
        {
          at++;
          continue;
        }

      in_quotes = at > text && (*after == '"' || *after == '\'') && at[-1] == *after;
      at = after;
      if (find_value (after, in_quotes, &begin, &end))
        {
          g_string_append_len (result, rest, begin - rest);
          g_string_append (result, MASK);
          at = rest = end;
        }
    }
  g_string_append (result, rest);
  g_free (text);

  return g_string_free (result, FALSE);
}

char *
strata_mask (const char         *text,
             const char * const *secrets)
{
  char *result = g_utf8_make_valid (text, -1);

  for (; secrets != NULL && *secrets != NULL; secrets++)
    {
      g_auto(GStrv) forms = spellings (*secrets);

      for (guint i = 0; forms[i] != NULL; i++)
        result = hide (result, forms[i]);
    }

  return hide_after_words (hide_in_urls (result));
}
