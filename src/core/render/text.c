/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/expression.h"

#include <string.h>

static gboolean
is_word (const char *at)
{
  gunichar c = g_utf8_get_char (at);

  return c == '_' || c == '$' || g_unichar_isalnum (c);
}

static const char *
skip_word (const char *at)
{
  while (*at != '\0' && is_word (at))
    at = g_utf8_next_char (at);

  return at;
}

/* The end of a parameter ":name" that starts here, or NULL. A cast "::" is none, nor is "a:b" or "\:name". */
static const char *
find_parameter_end (const char *start,
                    const char *at)
{
  const char *end = skip_word (at + 1);

  if (end == at + 1 || *end == ':')
    return NULL;

  if (at > start)
    {
      const char *before = g_utf8_prev_char (at);

      if (*before == ':' || *before == '\\' || is_word (before))
        return NULL;
    }

  return end;
}

static const StrataExpression *
find_parameter (const StrataExpression *text,
                const char             *name,
                gsize                   length)
{
  for (guint i = 0; text->parameters != NULL && text->parameters[i] != NULL; i++)
    if (strncmp (text->parameters[i]->name, name, length) == 0 && text->parameters[i]->name[length] == '\0')
      return text->parameters[i];

  return NULL;
}

/* An expanding one: "IN :ids". */
static void
write_list (StrataWriter           *self,
            const StrataExpression *list)
{
  if (list->items == NULL)
    {
      strata_writer_fail (self, STRATA_RENDER_ERROR_UNSUPPORTED, "An empty list of values in text() is not known here");
      return;
    }

  strata_writer_put (self, "(");
  strata_write_expressions (self, list->items, ", ", STRATA_OPERATOR_COMMA);
  strata_writer_put (self, ")");
}

/* Offline, one that has no value stays as it is, or is NULL among literals, as Alembic has it. */
static void
write_parameter (StrataWriter           *self,
                 const StrataExpression *text,
                 const char             *name,
                 gsize                   length)
{
  const StrataExpression *parameter = find_parameter (text, name, length);
  g_autofree char *copy = g_strndup (name, length);

  if (parameter != NULL && parameter->kind == STRATA_EXPRESSION_LIST)
    write_list (self, parameter);
  else if (parameter != NULL)
    strata_write_value (self, parameter);
  else if (self->options->is_online)
    strata_writer_fail (self, STRATA_RENDER_ERROR_RAISES, "A value is required for bind parameter '%s'", copy);
  else if (self->has_literals)
    strata_writer_put (self, "NULL");
  else
    strata_write_placeholder (self, copy);
}

static gboolean
is_escape (const char *at)
{
  return at[0] == '\\' && at[1] == ':' && *skip_word (at + 2) != ':';
}

void
strata_write_text (StrataWriter           *self,
                   const StrataExpression *text)
{
  gboolean doubles = strata_writer_doubles (self);

  for (const char *at = text->name; *at != '\0';)
    {
      const char *end = *at == ':' ? find_parameter_end (text->name, at) : NULL;

      if (end != NULL)
        {
          write_parameter (self, text, at + 1, end - at - 1);
          at = end;
          continue;
        }

      if (*at == '%' && doubles)
        g_string_append_c (self->text, '%');
      if (!is_escape (at))
        g_string_append_c (self->text, *at);
      at++;
    }
}
