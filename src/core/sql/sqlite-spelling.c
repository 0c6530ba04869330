/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/sqlite-spelling.h"

#include "core/sql/statement.h"
#include "core/sql/words.h"

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

/* Of those words: CURRENT_TIMESTAMP. */
#define LONGEST 17

/* In capitals; empty where it is too long for any of them. */
typedef struct
{
  char text[LONGEST + 1];
} Keyword;

static Keyword
fold (const StrataToken *word)
{
  Keyword keyword = { "" };

  for (gsize i = 0; word->length <= LONGEST && i < word->length; i++)
    keyword.text[i] = g_ascii_toupper (word->text[i]);

  return keyword;
}

/* Of a token with the blank behind it: shorter ones make the array grow. */
#define USUAL_LENGTH 4

GArray *
strata_sqlite_tokenize (const char *text)
{
  gsize length = strlen (text);
  GArray *tokens = g_array_sized_new (FALSE, FALSE, sizeof (StrataToken), length / USUAL_LENGTH);
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, text, length);
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

static const char *
find_column (const GPtrArray *columns,
             const char      *name,
             gsize            length)
{
  for (guint i = 0; columns != NULL && i < columns->len; i++)
    {
      const char *column = columns->pdata[i];

      if (g_ascii_strncasecmp (column, name, length) == 0 && column[length] == '\0')
        return column;
    }

  return NULL;
}

static void
append_quoted (GString           *out,
               const StrataToken *tokens,
               guint              n_tokens,
               guint              i,
               const GPtrArray   *columns)
{
  g_autofree char *name = strata_sqlite_token_dup_name (&tokens[i]);
  const char *column = find_column (columns, name, strlen (name));

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
             const GPtrArray   *columns)
{
  const Keyword keyword = fold (&tokens[i]);
  gboolean is_call = i + 1 < n_tokens && strata_token_is_symbol (&tokens[i + 1], "(");
  const char *column = find_column (columns, tokens[i].text, tokens[i].length);
  gboolean is_soft = strata_word_is_in (keyword.text, soft, G_N_ELEMENTS (soft));

  if (strata_word_is_in (keyword.text, reserved, G_N_ELEMENTS (reserved)) || (is_soft && columns != NULL && column == NULL))
    g_string_append (out, keyword.text);
  else if (column != NULL && !is_soft && !is_call)
    strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, column);
  else
    g_string_append_len (out, tokens[i].text, tokens[i].length);
}

static gboolean
is_keyword (const StrataToken *token)
{
  const Keyword keyword = fold (token);

  return token->kind == STRATA_TOKEN_WORD && strata_word_is_in (keyword.text, reserved, G_N_ELEMENTS (reserved));
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

void
strata_sqlite_append_spelled (GString           *out,
                              const StrataToken *tokens,
                              guint              n_tokens,
                              const GPtrArray   *columns)
{
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
}

char *
strata_sqlite_spell (const StrataToken *tokens,
                     guint              n_tokens,
                     const GPtrArray   *columns)
{
  GString *out = g_string_new (NULL);

  strata_sqlite_append_spelled (out, tokens, n_tokens, columns);

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
