/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/target-text.h"

#include <stdlib.h>
#include <string.h>

#include "core/graph/names.h"

/* What Python's \w matches, nearly. */
static gboolean
is_word (const char *text,
         gsize       length)
{
  for (const char *c = text; c < text + length; c = g_utf8_next_char (c))
    if (!g_unichar_isalnum (g_utf8_get_char (c)) && *c != '_')
      return FALSE;

  return TRUE;
}

/* The sign of a "+N" or "-N" that ends the text, or NULL. */
static const char *
find_steps (const char *text)
{
  const char *sign = text + strcspn (text, "+-");

  if (*sign == '\0' || sign[1] == '\0' || sign[1 + strspn (sign + 1, "0123456789")] != '\0')
    return NULL;

  return is_word (text, sign - text) ? sign : NULL;
}

/* Of "branch@symbol"; an empty branch is none. */
void
strata_target_text_split (const char  *text,
                          char       **branch,
                          char       **symbol)
{
  const char *at = strchr (text, '@');

  *branch = at != NULL && at > text ? g_strndup (text, at - text) : NULL;
  *symbol = g_strdup (at != NULL ? at + 1 : text);
}

/* A label may look like a step ("release-2"): a name that exists is that name. Alembic takes the beginning of a text
 * for a step whatever follows it; here the whole text must be one. */
void
strata_target_text_parse (StrataTargetText *self,
                          StrataGraph      *graph,
                          const char       *text)
{
  const char *at = strrchr (text, '@');
  const char *tail = at != NULL && at > text ? at + 1 : text;
  const char *sign = strata_graph_has_name (graph, text) ? NULL : find_steps (tail);

  *self = (StrataTargetText) { 0 };

  if (sign == NULL)
    {
      strata_target_text_split (text, &self->branch, &self->symbol);
      return;
    }

  self->relative = TRUE;
  self->steps = CLAMP (strtol (sign, NULL, 10), -G_MAXINT, G_MAXINT);
  self->symbol = sign > tail ? g_strndup (tail, sign - tail) : NULL;
  self->branch = tail > text ? g_strndup (text, tail - 1 - text) : NULL;
}

void
strata_target_text_clear (StrataTargetText *self)
{
  g_clear_pointer (&self->branch, g_free);
  g_clear_pointer (&self->symbol, g_free);
}
