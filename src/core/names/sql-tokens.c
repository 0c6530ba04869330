/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/sql-reader.h"

#include <string.h>

static const StrataToken nothing = { .kind = STRATA_TOKEN_COMMENT, .text = "" };

GArray *
strata_sql_tokenize (StrataDialect  dialect,
                     const char    *text,
                     gsize          length)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (StrataToken));
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, text, length);
  while (strata_lexer_next (&lexer, &token))
    g_array_append_val (tokens, token);

  return tokens;
}

const StrataToken *
strata_sql_reader_peek (const StrataSqlReader *self,
                        guint                  ahead)
{
  return self->at + ahead < self->n_tokens ? &self->tokens[self->at + ahead] : &nothing;
}

gboolean
strata_sql_reader_is (const StrataSqlReader *self,
                      guint                  ahead,
                      const char            *word_or_sign)
{
  const StrataToken *token = strata_sql_reader_peek (self, ahead);

  return g_ascii_isalpha (*word_or_sign) ? strata_token_is_word (token, word_or_sign)
                                         : strata_token_is_symbol (token, word_or_sign);
}

gboolean
strata_sql_reader_is_one_of (const StrataSqlReader *self,
                             guint                  ahead,
                             const char * const    *words,
                             guint                  n_words)
{
  for (guint i = 0; i < n_words; i++)
    if (strata_sql_reader_is (self, ahead, words[i]))
      return TRUE;

  return FALSE;
}

gboolean
strata_sql_reader_take (StrataSqlReader *self,
                        const char      *word_or_sign)
{
  gboolean is = strata_sql_reader_is (self, 0, word_or_sign);

  self->at += is;

  return is;
}

gboolean
strata_sql_reader_take_all (StrataSqlReader *self,
                            const char      *words)
{
  g_auto(GStrv) all = g_strsplit (words, " ", -1);
  guint n = g_strv_length (all);

  for (guint i = 0; i < n; i++)
    if (!strata_sql_reader_is (self, i, all[i]))
      return FALSE;

  self->at += n;

  return TRUE;
}

gboolean
strata_sql_reader_take_if (StrataSqlReader *self)
{
  return strata_sql_reader_take_all (self, "IF EXISTS") || strata_sql_reader_take_all (self, "IF NOT EXISTS");
}

gboolean
strata_sql_reader_is_name (const StrataSqlReader *self,
                           guint                  ahead)
{
  StrataTokenKind kind = strata_sql_reader_peek (self, ahead)->kind;

  return kind == STRATA_TOKEN_WORD || kind == STRATA_TOKEN_NAME;
}

char *
strata_sql_reader_read_name (StrataSqlReader *self,
                             guint           *token)
{
  if (!strata_sql_reader_is_name (self, 0))
    return NULL;

  while (strata_sql_reader_is (self, 1, ".") && strata_sql_reader_is_name (self, 2))
    self->at += 2;
  *token = self->at++;

  return strata_token_dup_name (&self->tokens[*token]);
}

void
strata_sql_reader_skip_group (StrataSqlReader *self)
{
  guint depth = 0;

  do
    {
      if (strata_sql_reader_is (self, 0, "("))
        depth++;
      else if (strata_sql_reader_is (self, 0, ")"))
        depth--;
      self->at++;
    }
  while (depth > 0 && self->at < self->n_tokens);
}

void
strata_sql_reader_skip_item (StrataSqlReader *self)
{
  while (self->at < self->n_tokens && !strata_sql_reader_is (self, 0, ",") && !strata_sql_reader_is (self, 0, ")"))
    if (strata_sql_reader_is (self, 0, "("))
      strata_sql_reader_skip_group (self);
    else
      self->at++;
}

static void
find_place (StrataSqlReader *self,
            const char      *text)
{
  const char *at = self->place_at;

  if (at == NULL || at > text)
    {
      at = self->statement->text;
      self->place_line = self->statement->line;
      self->place_column = self->statement->column;
    }

  for (; at < text; at++)
    if (*at == '\n')
      {
        self->place_line++;
        self->place_column = 1;
      }
    else if ((*at & 0xc0) != 0x80)
      {
        self->place_column++;
      }
  self->place_at = text;
}

StrataMention *
strata_sql_reader_add (StrataSqlReader   *self,
                       StrataMentionKind  kind,
                       guint              token,
                       const char        *table,
                       const char        *column,
                       const char        *new_name)
{
  StrataMention *mention = strata_mentions_add (self->mentions, kind, table, column, new_name);

  find_place (self, self->tokens[token].text);
  mention->line = self->place_line;
  /* Behind the quote: where the word is. */
  mention->text_column = self->place_column + (self->tokens[token].kind == STRATA_TOKEN_NAME);

  return mention;
}

gboolean
strata_sql_reader_use_columns (StrataSqlReader *self,
                               const char      *table)
{
  guint start = self->at;

  if (!strata_sql_reader_is (self, 0, "("))
    return FALSE;

  for (guint i = 1;; i += 2)
    {
      if (!strata_sql_reader_is_name (self, i))
        return FALSE;
      if (strata_sql_reader_is (self, i + 1, ")"))
        break;
      if (!strata_sql_reader_is (self, i + 1, ","))
        return FALSE;
    }

  do
    {
      g_autofree char *column = strata_token_dup_name (&self->tokens[self->at + 1]);

      if (self->at > start || !strata_sql_reader_is (self, 1, "SELECT"))
        strata_sql_reader_add (self, STRATA_MENTION_USES_COLUMN, self->at + 1, table, column, NULL);
      self->at += 2;
    }
  while (strata_sql_reader_is (self, 0, ","));
  self->at++;

  return TRUE;
}

static gboolean
is_letter (char c)
{
  return g_ascii_isalnum (c) || c == '_' || (c & 0x80) != 0;
}

gboolean
strata_sql_text_has_word (const char         *text,
                          gsize               length,
                          const char * const *words)
{
  for (gsize i = 0; i < length;)
    {
      gsize start = i;

      while (i < length && is_letter (text[i]))
        i++;
      for (guint w = 0; i > start && words[w] != NULL; w++)
        if (strlen (words[w]) == i - start && g_ascii_strncasecmp (words[w], text + start, i - start) == 0)
          return TRUE;
      i += i == start;
    }

  return FALSE;
}
