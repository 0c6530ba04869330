/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/rename-words.h"

#include <string.h>

/* schema.table.column is the longest name there is. */
#define MOST_PARTS 3

static gboolean
is_end (const char *at)
{
  return *at == '\0' || *at == '.' || *at == '=' || *at == '(' || strncmp (at, "!=", 2) == 0;
}

static void
skip_blanks (const char **at)
{
  while (g_ascii_isspace (**at))
    (*at)++;
}

/* One name, quoted or not; moves behind it and the blanks there. */
static char *
read_part (const char **at)
{
  g_autoptr(GString) part = g_string_new (NULL);

  skip_blanks (at);
  if (**at != '"')
    {
      const char *start = *at;

      while (!is_end (*at))
        (*at)++;
      g_string_append_len (part, start, *at - start);
      g_strchomp (part->str);
      return *part->str != '\0' ? g_strdup (part->str) : NULL;
    }

  for ((*at)++; **at != '\0'; (*at)++)
    {
      if (**at == '"' && (*at)[1] != '"')
        break;
      if (**at == '"')
        (*at)++;
      g_string_append_c (part, **at);
    }
  if (**at != '"' || part->len == 0)
    return NULL;
  (*at)++;
  skip_blanks (at);

  return g_string_free (g_steal_pointer (&part), FALSE);
}

static GStrv
read_name (const char **at)
{
  g_autoptr(GStrvBuilder) parts = g_strv_builder_new ();

  for (guint i = 0; i < MOST_PARTS; i++)
    {
      g_autofree char *part = read_part (at);

      if (part == NULL)
        return NULL;
      g_strv_builder_add (parts, part);
      if (**at != '.')
        return g_strv_builder_end (parts);
      (*at)++;
    }

  return NULL;
}

/* What stands in the parentheses behind a routine's name, up to the sign; names of types may have quotes. */
static char *
read_arguments (const char **at)
{
  const char *start = *at + 1;

  for (const char *end = strchr (start, ')'); end != NULL; end = strchr (end + 1, ')'))
    {
      *at = end + 1;
      skip_blanks (at);
      if (**at == '=' || **at == '!')
        return g_strndup (start, end - start);
    }

  return NULL;
}

/* The last of the names, where those before it are the old one's. */
static char *
take_last (GStrv from,
           GStrv to)
{
  guint n = g_strv_length (to);

  for (guint i = 0; i + 1 < n; i++)
    if (n != g_strv_length (from) || strcmp (from[i], to[i]) != 0)
      return NULL;

  return g_strdup (to[n - 1]);
}

StrataRenameWords *
strata_rename_words_parse (const char *text)
{
  g_autoptr(StrataRenameWords) self = g_new0 (StrataRenameWords, 1);
  g_auto(GStrv) to = NULL;
  const char *at = text;

  self->from = read_name (&at);
  if (self->from != NULL && *at == '(' && (self->arguments = read_arguments (&at)) == NULL)
    return NULL;
  self->is_denied = *at == '!';
  at += self->is_denied;
  if (self->from == NULL || *at != '=')
    return NULL;

  at++;
  to = read_name (&at);
  if (to == NULL || *at != '\0')
    return NULL;
  self->to = take_last (self->from, to);

  return self->to != NULL ? g_steal_pointer (&self) : NULL;
}

StrataRenameWords *
strata_rename_words_copy (const StrataRenameWords *self)
{
  StrataRenameWords *copy = g_new0 (StrataRenameWords, 1);

  copy->from = g_strdupv (self->from);
  copy->arguments = g_strdup (self->arguments);
  copy->to = g_strdup (self->to);
  copy->is_denied = self->is_denied;

  return copy;
}

void
strata_rename_words_free (StrataRenameWords *self)
{
  if (self == NULL)
    return;

  g_strfreev (self->from);
  g_free (self->arguments);
  g_free (self->to);
  g_free (self);
}

/* A name that would be read as something else is quoted. */
static void
append_name (GString    *text,
             const char *name)
{
  gboolean is_plain = *name != '\0' && *name != '#';

  for (const char *at = name; *at != '\0'; at++)
    is_plain = is_plain && strchr (".=!(\"", *at) == NULL && !g_ascii_isspace (*at);
  if (is_plain)
    {
      g_string_append (text, name);
      return;
    }

  g_string_append_c (text, '"');
  for (const char *at = name; *at != '\0'; at++)
    {
      if (*at == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *at);
    }
  g_string_append_c (text, '"');
}

char *
strata_rename_words_to_text (const StrataRenameWords *self)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; self->from[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (text, '.');
      append_name (text, self->from[i]);
    }
  if (self->arguments != NULL)
    g_string_append_printf (text, "(%s)", self->arguments);
  g_string_append (text, self->is_denied ? "!=" : "=");
  append_name (text, self->to);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

const char *
strata_rename_words_get_old (const StrataRenameWords *self)
{
  return self->from[g_strv_length (self->from) - 1];
}

StrataRenameWords *
strata_rename_words_turn (const StrataRenameWords *self)
{
  StrataRenameWords *turned = strata_rename_words_copy (self);
  char **last = &turned->from[g_strv_length (turned->from) - 1];
  char *old = *last;

  *last = turned->to;
  turned->to = old;

  return turned;
}
