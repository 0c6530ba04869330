/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/utils.h"

#include "core/python/text.h"

#include <string.h>

static char *
strip (const char *text,
       const char *also)
{
  const char *end = text + strlen (text);
  gsize n;

  while ((n = strata_py_skip_space (text, end - text, FALSE)) > 0)
    text += n;
  while (end > text && strata_py_skip_space (g_utf8_prev_char (end), 1, FALSE) > 0)
    end = g_utf8_prev_char (end);
  if (also == NULL)
    return g_strndup (text, end - text);

  while (end > text && strchr (also, end[-1]) != NULL)
    end--;
  while (end > text && strata_py_skip_space (g_utf8_prev_char (end), 1, FALSE) > 0)
    end = g_utf8_prev_char (end);

  return g_strndup (text, end - text);
}

char *
strata_utils_strip (const char *text)
{
  return strip (text, NULL);
}

char *
strata_utils_strip_end (const char *text)
{
  return strip (text, ";");
}

char *
strata_utils_normalize (const char *text)
{
  GString *out = g_string_new (NULL);
  gboolean has_space = FALSE;

  for (gsize n; *text != '\0'; text += n)
    {
      n = strata_py_skip_space (text, 1, FALSE);
      if (n > 0)
        {
          has_space = out->len > 0;
          continue;
        }
      if (has_space)
        g_string_append_c (out, ' ');
      has_space = FALSE;
      n = g_utf8_skip[(guint8) *text];
      g_string_append_len (out, text, n);
    }

  return g_string_free (out, FALSE);
}

static char *
strip_quotes (const char *text)
{
  g_autofree char *stripped = strip (text, "\"");

  return strata_utils_strip (stripped + strspn (stripped, "\""));
}

char *
strata_utils_quote (const char *text)
{
  const char *dot = strchr (text, '.');
  g_autofree char *schema = NULL;
  g_autofree char *name = NULL;
  g_autofree char *before = NULL;

  if (dot == NULL)
    {
      name = strip_quotes (text);
      return g_strdup_printf ("\"%s\"", name);
    }
  before = g_strndup (text, dot - text);
  schema = strip_quotes (before);
  name = strip_quotes (dot + 1);

  return g_strdup_printf ("\"%s\".\"%s\"", schema, name);
}

char *
strata_utils_unquote (const char *text)
{
  GString *out = g_string_new (NULL);

  for (; *text != '\0'; text++)
    if (*text != '"')
      g_string_append_c (out, *text);

  return g_string_free (out, FALSE);
}

/* What stays at a place: casts, and in PL/pgSQL assignments and colons that are escaped already. A backslash before one of
 * the former two is none of the last. */
static gsize
get_kept (const char *text,
          gboolean    is_plpgsql)
{
  if (text[0] == ':' && (text[1] == ':' || (is_plpgsql && text[1] == '=')))
    return 2;
  if (is_plpgsql && text[0] == '\\' && text[1] == ':' && text[2] != ':' && text[2] != '=')
    return 2;

  return text[0] != ':';
}

char *
strata_utils_escape (const char *text,
                     gboolean    is_plpgsql)
{
  GString *out = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize n = get_kept (text, is_plpgsql);

      if (n == 0)
        g_string_append_c (out, '\\');
      n = MAX (n, 1);
      g_string_append_len (out, text, n);
      text += n;
    }

  return g_string_free (out, FALSE);
}

gboolean
strata_utils_is_plpgsql (const char *definition)
{
  g_autofree char *normal = strata_utils_normalize (definition);
  g_autofree char *lower = g_ascii_strdown (normal, -1);
  char *to = lower;

  for (const char *from = lower; *from != '\0'; from++)
    if (*from != '\'')
      *to++ = *from;
  *to = '\0';

  return strstr (lower, "language plpgsql") != NULL;
}

char **
strata_utils_match (StrataPyMachine *py,
                    const char      *pattern,
                    const char      *text)
{
  g_autoptr(GMatchInfo) match = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *whole = g_strdup_printf ("\\A%s\\z", pattern);
  g_autoptr(GRegex) regex = g_regex_new (whole, G_REGEX_CASELESS | G_REGEX_DOTALL | G_REGEX_OPTIMIZE, 0, NULL);

  if (g_regex_match_full (regex, text, -1, 0, 0, &match, &error))
    return g_match_info_fetch_all (match);
  if (error != NULL)
    strata_py_refuse (py, "this SQL can't be taken apart: %s", error->message);

  return NULL;
}
