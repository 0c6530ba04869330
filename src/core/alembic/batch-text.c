/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch-table.h"

#include "core/sql/lexer.h"
#include "core/sql/statement.h"

#include <string.h>

/* Whether the token is that name, of a column or a table, in any quotes. */
static gboolean
is_name (const StrataToken *token,
         const char        *name)
{
  gsize length = strlen (name);

  if (token->kind == STRATA_TOKEN_WORD)
    return token->length == length && g_ascii_strncasecmp (token->text, name, length) == 0;

  if (token->kind != STRATA_TOKEN_NAME || token->length < 2)
    return FALSE;

  /* Doubled quotes inside are as rare as names that have quotes; those are compared as they stand. */
  return token->length == length + 2 && g_ascii_strncasecmp (token->text + 1, name, length) == 0;
}

/* A function, or a table before its column, is no column. */
static gboolean
is_column (const StrataLexer *behind,
           const StrataToken *token)
{
  StrataLexer ahead = *behind;
  StrataToken next;

  if (token->kind != STRATA_TOKEN_WORD && token->kind != STRATA_TOKEN_NAME)
    return FALSE;
  if (!strata_lexer_next (&ahead, &next))
    return TRUE;

  return !strata_token_is_symbol (&next, ".")
         && !(token->kind == STRATA_TOKEN_WORD && strata_token_is_symbol (&next, "("));
}

static const StrataBatchColumn *
find_renamed (StrataBatchTable  *self,
              const StrataToken *token)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      const StrataBatchColumn *column = self->columns->pdata[i];

      if (strcmp (column->key, column->column.name) != 0 && is_name (token, column->key))
        return column;
    }

  return NULL;
}

const char *
strata_batch_rename_text (StrataBatchTable *self,
                          const char       *text)
{
  g_autofree char *result = NULL;
  GString *out = g_string_new (NULL);
  const char *copied = text;
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, self->batch->options->dialect, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    {
      const StrataBatchColumn *column = is_column (&lexer, &token) ? find_renamed (self, &token) : NULL;
      g_autofree char *name = NULL;

      if (column == NULL)
        continue;

      name = strata_sql_quote_identifier (self->batch->options->dialect, column->column.name);
      g_string_append_len (out, copied, token.text - copied);
      g_string_append (out, name);
      copied = token.text + token.length;
    }
  g_string_append (out, copied);
  result = g_string_free (out, FALSE);

  return strata_batch_intern (self->batch, result);
}

gboolean
strata_sql_mentions (const char *text,
                     const char *name)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    if (is_name (&token, name))
      return TRUE;

  return FALSE;
}
