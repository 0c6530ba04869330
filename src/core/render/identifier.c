/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/writer.h"

#include "core/sql/words.h"

#include <string.h>

static gboolean
needs_quotes (const StrataServer *server,
              const char         *name)
{
  if (*name == '\0' || g_ascii_isdigit (*name) || *name == '$')
    return TRUE;

  for (const char *c = name; *c != '\0'; c++)
    if (!g_ascii_islower (*c) && !g_ascii_isdigit (*c) && *c != '_' && *c != '$')
      return TRUE;

  return strata_word_is_in (name, server->reserved, server->n_reserved);
}

void
strata_write_name (StrataWriter *self,
                   const char   *name)
{
  gboolean doubles = strata_writer_doubles (self);

  if (!needs_quotes (self->server, name))
    {
      strata_writer_put (self, name);
      return;
    }

  g_string_append_c (self->text, '"');
  for (const char *c = name; *c != '\0'; c++)
    {
      if (*c == '"' || (*c == '%' && doubles))
        g_string_append_c (self->text, *c);
      g_string_append_c (self->text, *c);
    }
  g_string_append_c (self->text, '"');
}

void
strata_write_names (StrataWriter       *self,
                    const char * const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (i > 0)
        strata_writer_put (self, ", ");
      strata_write_name (self, names[i]);
    }
}

void
strata_write_qualified (StrataWriter *self,
                        const char   *schema,
                        const char   *name)
{
  if (schema != NULL && *schema != '\0')
    {
      strata_write_name (self, schema);
      strata_writer_put (self, ".");
    }

  strata_write_name (self, name);
}

void
strata_write_dotted (StrataWriter *self,
                     const char   *schema,
                     const char   *name)
{
  if (schema != NULL && *schema != '\0')
    {
      g_auto(GStrv) parts = g_strsplit (schema, ".", -1);

      for (guint i = 0; parts[i] != NULL; i++)
        {
          strata_write_name (self, parts[i]);
          strata_writer_put (self, ".");
        }
    }

  strata_write_name (self, name);
}

/* SQLAlchemy counts characters, not bytes, and keeps a name apart from its like by four digits of its MD5. */
void
strata_write_limited (StrataWriter *self,
                      StrataName    name)
{
  guint max = self->server->max_identifier;

  if (g_utf8_strlen (name.text, -1) <= (glong) max)
    {
      strata_write_name (self, name.text);
    }
  else if (name.is_final)
    {
      g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_MD5, name.text, -1);
      g_autofree char *head = g_utf8_substring (name.text, 0, max - 8);
      g_autofree char *cut = g_strconcat (head, "_", digest + strlen (digest) - 4, NULL);

      strata_write_name (self, cut);
    }
  else
    {
      strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "Identifier '%s' exceeds maximum length of %u characters",
                          name.text, max);
    }
}

/* Letters and blanks that stand between two "|" just so: no pattern has to be made for what is in most foreign keys. */
static gboolean
is_alternative (const char *phrase,
                const char *allowed)
{
  gsize length = strlen (phrase);

  if (strspn (phrase, G_CSET_A_2_Z G_CSET_a_2_z " ") != length)
    return FALSE;

  for (const char *start = allowed; start != NULL; start = strchr (start, '|'))
    {
      start += *start == '|';
      if (strcspn (start, "|") == length && g_ascii_strncasecmp (start, phrase, length) == 0)
        return TRUE;
    }

  return FALSE;
}

void
strata_write_phrase (StrataWriter *self,
                     const char   *phrase,
                     const char   *allowed)
{
  g_autofree char *pattern = g_strdup_printf ("^(?:%s)$", allowed);

  if (!is_alternative (phrase, allowed) && !g_regex_match_simple (pattern, phrase, G_REGEX_CASELESS, 0))
    strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "Unexpected SQL phrase: '%s' (matching against '%s')", phrase,
                        pattern);

  strata_writer_put (self, phrase);
}
