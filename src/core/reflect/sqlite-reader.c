/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-reader.h"

#include <string.h>

void
strata_sqlite_reader_init (StrataSqliteReader *self,
                           StrataPicture      *picture,
                           const char         *text)
{
  *self = (StrataSqliteReader) { .picture = picture };
  strata_lexer_init (&self->lexer, STRATA_DIALECT_SQLITE, text, strlen (text));
  strata_sqlite_reader_advance (self);
}

void
strata_sqlite_reader_advance (StrataSqliteReader *self)
{
  self->is_at_end = !strata_lexer_next (&self->lexer, &self->token);
  if (self->is_at_end)
    self->token = (StrataToken) { .kind = STRATA_TOKEN_COMMENT, .text = self->lexer.end };
}

gboolean
strata_sqlite_reader_is (StrataSqliteReader *self,
                         const char         *word_or_symbol)
{
  /* The first letter tells nearly always, in whatever case. */
  if (self->is_at_end || ((*self->token.text ^ *word_or_symbol) & ~0x20) != 0)
    return FALSE;

  return g_ascii_isalpha (*word_or_symbol) ? strata_token_is_word (&self->token, word_or_symbol)
                                           : strata_token_is_symbol (&self->token, word_or_symbol);
}

gboolean
strata_sqlite_reader_take (StrataSqliteReader *self,
                           const char         *word_or_symbol)
{
  if (!strata_sqlite_reader_is (self, word_or_symbol))
    return FALSE;

  strata_sqlite_reader_advance (self);

  return TRUE;
}

static const char *
unquote (StrataPicture     *picture,
         const StrataToken *token)
{
  char close = *token->text == '[' ? ']' : *token->text;
  char *name = strata_picture_alloc (picture, token->length);
  char *out = name;

  for (gsize i = 1; i + 1 < token->length; i++)
    {
      *out++ = token->text[i];
      if (token->text[i] == close)
        i++;
    }

  return name;
}

const char *
strata_sqlite_reader_name (StrataSqliteReader *self)
{
  const char *name = NULL;

  if (self->is_at_end || self->token.is_open)
    return NULL;

  if (self->token.kind == STRATA_TOKEN_NAME || self->token.kind == STRATA_TOKEN_STRING)
    name = unquote (self->picture, &self->token);
  else if (self->token.kind == STRATA_TOKEN_WORD)
    {
      char *copy = strata_picture_alloc (self->picture, self->token.length + 1);

      name = memcpy (copy, self->token.text, self->token.length);
    }

  if (name != NULL)
    strata_sqlite_reader_advance (self);

  return name;
}

static const char *
copy_stripped (StrataSqliteReader *self,
               const char         *start,
               const char         *end)
{
  char *copy;

  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;

  copy = strata_picture_alloc (self->picture, end - start + 1);

  return memcpy (copy, start, end - start);
}

const char *
strata_sqlite_reader_group (StrataSqliteReader *self)
{
  const char *start = self->token.text + 1;
  guint depth = 0;

  if (!strata_sqlite_reader_is (self, "("))
    return NULL;

  for (; !self->is_at_end; strata_sqlite_reader_advance (self))
    {
      if (strata_sqlite_reader_is (self, "("))
        depth++;
      else if (strata_sqlite_reader_is (self, ")") && --depth == 0)
        {
          const char *end = self->token.text;

          strata_sqlite_reader_advance (self);
          return copy_stripped (self, start, end);
        }
    }

  return NULL;
}

const char *
strata_sqlite_reader_element (StrataSqliteReader *self)
{
  const char *start = self->token.text;
  guint depth = 0;

  for (; !self->is_at_end; strata_sqlite_reader_advance (self))
    {
      if (depth == 0 && (strata_sqlite_reader_is (self, ",") || strata_sqlite_reader_is (self, ")")))
        break;
      if (strata_sqlite_reader_is (self, "("))
        depth++;
      else if (strata_sqlite_reader_is (self, ")"))
        depth--;
    }

  return self->token.text > start ? copy_stripped (self, start, self->token.text) : NULL;
}
