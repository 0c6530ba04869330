/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/sqlite-spelling.h"

#include "core/sql/statement.h"

#include <stdlib.h>
#include <string.h>

/* Words that are never a name, and words that SQLite takes for names where no keyword fits; in the order of strcmp(). */
static const char * const reserved[] = {
  "ADD", "ALL", "ALTER", "AND", "AS", "AUTOINCREMENT", "BETWEEN", "CASE", "CHECK", "COLLATE", "COMMIT", "CONSTRAINT", "CREATE",
  "DEFAULT", "DEFERRABLE", "DELETE", "DISTINCT", "DROP", "ELSE", "ESCAPE", "EXCEPT", "EXISTS", "FOREIGN", "FROM", "GROUP",
  "HAVING", "IN", "INDEX", "INSERT", "INTERSECT", "INTO", "IS", "ISNULL", "JOIN", "LIMIT", "NOT", "NOTHING", "NOTNULL", "NULL",
  "ON", "OR", "ORDER", "PRIMARY", "REFERENCES", "RETURNING", "SELECT", "SET", "TABLE", "THEN", "TO", "TRANSACTION", "UNION",
  "UNIQUE", "UPDATE", "USING", "VALUES", "WHEN", "WHERE",
};
static const char * const soft[] = {
  "ACTION", "ASC", "BINARY", "CASCADE", "CAST", "CONFLICT", "CURRENT_DATE", "CURRENT_TIME", "CURRENT_TIMESTAMP", "DEFERRED", "DESC", "END",
  "FALSE", "GLOB", "IGNORE", "IMMEDIATE", "INITIALLY", "KEY", "LIKE", "MATCH", "NO", "NOCASE", "REGEXP", "REPLACE", "RESTRICT",
  "ROLLBACK", "RTRIM", "TRUE",
};

static int
compare_words (const void *a,
               const void *b)
{
  return strcmp (a, *(const char * const *) b);
}

static gboolean
is_in (const char         *word,
       const char * const *list,
       gsize               n)
{
  return bsearch (word, list, n, sizeof *list, compare_words) != NULL;
}

GArray *
strata_sqlite_tokenize (const char *text)
{
  GArray *tokens = g_array_new (FALSE, FALSE, sizeof (StrataToken));
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    g_array_append_val (tokens, token);

  return tokens;
}

char *
strata_sqlite_token_dup_name (const StrataToken *self)
{
  StrataToken name = *self;

  /* SQLite takes a string where a name must stand. */
  if (name.kind == STRATA_TOKEN_STRING)
    name.kind = STRATA_TOKEN_NAME;

  return strata_token_dup_name (&name);
}

/* A string may stand in double quotes, if nothing has that name: only where a name must stand it is certainly one. */
static gboolean
is_surely_name (const StrataToken *tokens,
                guint              n_tokens,
                guint              i)
{
  static const char * const before[] = { "FROM", "JOIN", "INTO", "UPDATE", "TABLE", "VIEW", "TRIGGER", "INDEX", "REFERENCES" };

  if (*tokens[i].text != '"')
    return TRUE;
  if (i + 1 < n_tokens && strata_token_is_symbol (&tokens[i + 1], "."))
    return TRUE;
  if (i > 0 && strata_token_is_symbol (&tokens[i - 1], "."))
    return TRUE;
  for (guint j = 0; i > 0 && j < G_N_ELEMENTS (before); j++)
    if (strata_token_is_word (&tokens[i - 1], before[j]))
      return TRUE;

  /* CREATE TRIGGER ... ON "x" */
  return i > 0 && i + 1 < n_tokens && strata_token_is_word (&tokens[i - 1], "ON")
         && (strata_token_is_word (&tokens[i + 1], "FOR") || strata_token_is_word (&tokens[i + 1], "WHEN")
             || strata_token_is_word (&tokens[i + 1], "BEGIN"));
}

static void
append_quoted (GString           *out,
               const StrataToken *tokens,
               guint              n_tokens,
               guint              i,
               GHashTable        *columns)
{
  g_autofree char *name = strata_sqlite_token_dup_name (&tokens[i]);
  g_autofree char *lower = g_ascii_strdown (name, -1);
  const char *column = columns != NULL ? g_hash_table_lookup (columns, lower) : NULL;

  if (column != NULL)
    strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, column);
  else if (is_surely_name (tokens, n_tokens, i))
    strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, name);
  else
    g_string_append_len (out, tokens[i].text, tokens[i].length);
}

static void
append_word (GString           *out,
             const StrataToken *tokens,
             guint              n_tokens,
             guint              i,
             GHashTable        *columns)
{
  g_autofree char *upper = g_ascii_strup (tokens[i].text, tokens[i].length);
  g_autofree char *lower = g_ascii_strdown (tokens[i].text, tokens[i].length);
  gboolean is_call = i + 1 < n_tokens && strata_token_is_symbol (&tokens[i + 1], "(");
  const char *column = columns != NULL ? g_hash_table_lookup (columns, lower) : NULL;
  gboolean is_soft = is_in (upper, soft, G_N_ELEMENTS (soft));

  if (is_in (upper, reserved, G_N_ELEMENTS (reserved)) || (is_soft && columns != NULL && column == NULL))
    g_string_append (out, upper);
  else if (column != NULL && !is_soft && !is_call)
    strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, column);
  else
    g_string_append_len (out, tokens[i].text, tokens[i].length);
}

static gboolean
is_keyword (const StrataToken *token)
{
  g_autofree char *upper = token->kind == STRATA_TOKEN_WORD ? g_ascii_strup (token->text, token->length) : NULL;

  return upper != NULL && is_in (upper, reserved, G_N_ELEMENTS (reserved));
}

static gboolean
is_one_of (const StrataToken *token,
           const char        *symbols)
{
  return token->kind == STRATA_TOKEN_SYMBOL && token->length == 1 && strchr (symbols, *token->text) != NULL;
}

/* A sign, and not a sum. */
static gboolean
is_sign (const StrataToken *tokens,
         guint              i)
{
  if (!is_one_of (&tokens[i], "+-~"))
    return FALSE;

  return i == 0 || (tokens[i - 1].kind == STRATA_TOKEN_SYMBOL && !is_one_of (&tokens[i - 1], ")")) || is_keyword (&tokens[i - 1]);
}

static gboolean
needs_space (const StrataToken *tokens,
             guint              i)
{
  if (i == 0 || is_one_of (&tokens[i], ",).;") || is_one_of (&tokens[i - 1], "(.") || is_sign (tokens, i - 1))
    return FALSE;
  if (is_one_of (&tokens[i], "("))
    return is_keyword (&tokens[i - 1]) || is_one_of (&tokens[i - 1], ",") || tokens[i - 1].kind == STRATA_TOKEN_SYMBOL;

  return TRUE;
}

char *
strata_sqlite_spell (const StrataToken *tokens,
                     guint              n_tokens,
                     GHashTable        *columns)
{
  GString *out = g_string_new (NULL);

  for (guint i = 0; i < n_tokens; i++)
    {
      if (needs_space (tokens, i))
        g_string_append_c (out, ' ');
      if (tokens[i].kind == STRATA_TOKEN_NAME && !tokens[i].is_open)
        append_quoted (out, tokens, n_tokens, i, columns);
      else if (tokens[i].kind == STRATA_TOKEN_WORD)
        append_word (out, tokens, n_tokens, i, columns);
      else
        g_string_append_len (out, tokens[i].text, tokens[i].length);
    }

  return g_string_free (out, FALSE);
}

char *
strata_sqlite_rename (const char *text,
                      GHashTable *names)
{
  g_autoptr(GArray) tokens = strata_sqlite_tokenize (text);
  GString *out = g_string_new (NULL);
  const char *copied = text;

  for (guint i = 0; i < tokens->len; i++)
    {
      const StrataToken *token = &g_array_index (tokens, StrataToken, i);
      gboolean is_call = i + 1 < tokens->len && strata_token_is_symbol (token + 1, "(") && token->kind == STRATA_TOKEN_WORD;
      gboolean is_other = i > 0 && (strata_token_is_word (token - 1, "AS") || strata_token_is_word (token - 1, "COLLATE"));
      g_autofree char *name = NULL, *lower = NULL;
      const char *new_name;

      if (is_call || is_other || (token->kind != STRATA_TOKEN_WORD && token->kind != STRATA_TOKEN_NAME))
        continue;
      name = strata_sqlite_token_dup_name (token);
      lower = g_ascii_strdown (name, -1);
      new_name = g_hash_table_lookup (names, lower);
      if (new_name == NULL)
        continue;
      g_string_append_len (out, copied, token->text - copied);
      strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, new_name);
      copied = token->text + token->length;
    }
  g_string_append (out, copied);

  return g_string_free (out, FALSE);
}

gboolean
strata_sqlite_mentions (const char *text,
                        const char *name)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    if (token.kind == STRATA_TOKEN_WORD || token.kind == STRATA_TOKEN_NAME)
      {
        g_autofree char *other = strata_sqlite_token_dup_name (&token);

        if (g_ascii_strcasecmp (other, name) == 0)
          return TRUE;
      }

  return FALSE;
}
