/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/loss.h"

#include "core/sql/lexer.h"

/* DROP of what takes along more than its name says; with CASCADE only where the columns of tables hang on it. */
static const struct
{
  const char *word;
  gboolean    only_cascade;
  const char *words;
} containers[] = {
  { "DATABASE", FALSE, "DROP DATABASE" },
  { "DOMAIN", TRUE, "DROP DOMAIN … CASCADE" },
  { "EXTENSION", TRUE, "DROP EXTENSION … CASCADE" },
  { "OWNED", FALSE, "DROP OWNED" },
  { "SCHEMA", FALSE, "DROP SCHEMA" },
  { "TYPE", TRUE, "DROP TYPE … CASCADE" },
};

/* What DROP takes off a table besides its columns. */
static const char * const no_columns[] = {
  "CHECK", "CONSTRAINT", "EXPRESSION", "FOREIGN", "INDEX", "KEY", "PERIOD", "PRIMARY", "SYSTEM",
};

static void
loss_free (StrataLoss *loss)
{
  g_free (loss->name);
  g_free (loss->column);
  g_free (loss);
}

GPtrArray *
strata_losses_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) loss_free);
}

static void
add_loss (GPtrArray      *losses,
          StrataLossKind  kind,
          const char     *words,
          const char     *name,
          const char     *column)
{
  StrataLoss *loss;

  if (losses == NULL)
    return;

  loss = g_new0 (StrataLoss, 1);
  loss->kind = kind;
  loss->words = words;
  loss->name = g_strdup (name);
  loss->column = g_strdup (column);
  g_ptr_array_add (losses, loss);
}

static gboolean
skip_word (StrataLexer *lexer,
           const char  *word)
{
  StrataLexer ahead = *lexer;
  StrataToken token;

  if (!strata_lexer_next (&ahead, &token) || !strata_token_is_word (&token, word))
    return FALSE;

  *lexer = ahead;

  return TRUE;
}

static gboolean
skip_symbol (StrataLexer *lexer,
             const char  *symbol)
{
  StrataLexer ahead = *lexer;
  StrataToken token;

  if (!strata_lexer_next (&ahead, &token) || !strata_token_is_symbol (&token, symbol))
    return FALSE;

  *lexer = ahead;

  return TRUE;
}

static void
skip_if_exists (StrataLexer *lexer)
{
  StrataLexer ahead = *lexer;

  if (skip_word (&ahead, "IF") && skip_word (&ahead, "EXISTS"))
    *lexer = ahead;
}

/* "a . b" as "a.b"; NULL where no name stands there. */
static char *
read_name (StrataLexer *lexer)
{
  g_autoptr(GString) name = g_string_new (NULL);
  StrataToken token;

  do
    {
      StrataLexer ahead = *lexer;

      if (!strata_lexer_next (&ahead, &token)
          || (token.kind != STRATA_TOKEN_WORD && token.kind != STRATA_TOKEN_NAME))
        return NULL;

      g_string_append_len (name, token.text, token.length);
      *lexer = ahead;
      if (!skip_symbol (lexer, "."))
        break;
      g_string_append_c (name, '.');
    }
  while (TRUE);

  skip_symbol (lexer, "*");

  return g_strdup (name->str);
}

static gboolean
has_word (StrataLexer  lexer,
          const char  *word)
{
  StrataToken token;

  while (strata_lexer_next (&lexer, &token))
    if (strata_token_is_word (&token, word))
      return TRUE;

  return FALSE;
}

static gboolean
read_names (StrataLexer    *lexer,
            StrataLossKind  kind,
            const char     *words,
            GPtrArray      *losses)
{
  gboolean any = FALSE;

  do
    {
      g_autofree char *name = NULL;

      skip_word (lexer, "ONLY");
      name = read_name (lexer);
      if (name == NULL)
        break;

      add_loss (losses, kind, words, name, NULL);
      any = TRUE;
    }
  while (skip_symbol (lexer, ","));

  return any;
}

static gboolean
read_drop (StrataLexer *lexer,
           GPtrArray   *losses)
{
  if (skip_word (lexer, "TABLE"))
    {
      skip_if_exists (lexer);
      return read_names (lexer, STRATA_LOSS_TABLE, "DROP TABLE", losses);
    }

  for (guint i = 0; i < G_N_ELEMENTS (containers); i++)
    {
      if (!skip_word (lexer, containers[i].word))
        continue;
      if (containers[i].only_cascade && !has_word (*lexer, "CASCADE"))
        return FALSE;

      skip_word (lexer, "BY");
      skip_if_exists (lexer);
      return read_names (lexer, STRATA_LOSS_MORE, containers[i].words, losses);
    }

  return FALSE;
}

/* To behind the next comma that is not in parentheses; FALSE at the end. */
static gboolean
skip_to_next (StrataLexer *lexer)
{
  StrataToken token;
  int depth = 0;

  while (strata_lexer_next (lexer, &token))
    {
      depth += strata_token_is_symbol (&token, "(");
      depth -= strata_token_is_symbol (&token, ")");
      if (depth == 0 && strata_token_is_symbol (&token, ","))
        return TRUE;
    }

  return FALSE;
}

static gboolean
drops_no_column (StrataLexer lexer)
{
  for (guint i = 0; i < G_N_ELEMENTS (no_columns); i++)
    if (skip_word (&lexer, no_columns[i]))
      return TRUE;

  return FALSE;
}

/* One action of ALTER TABLE. */
static gboolean
read_action (StrataLexer *lexer,
             const char  *table,
             GPtrArray   *losses)
{
  g_autofree char *column = NULL;

  if (skip_word (lexer, "TRUNCATE"))
    {
      add_loss (losses, STRATA_LOSS_ROWS, "TRUNCATE PARTITION", table, NULL);
      return TRUE;
    }

  if (!skip_word (lexer, "DROP"))
    return FALSE;

  if (skip_word (lexer, "PARTITION"))
    {
      add_loss (losses, STRATA_LOSS_ROWS, "DROP PARTITION", table, NULL);
      return TRUE;
    }

  if (!skip_word (lexer, "COLUMN") && drops_no_column (*lexer))
    return FALSE;

  skip_if_exists (lexer);
  column = read_name (lexer);
  if (column == NULL)
    return FALSE;

  add_loss (losses, STRATA_LOSS_COLUMN, "DROP COLUMN", table, column);

  return TRUE;
}

/* From behind ALTER: the table, or NULL. */
static char *
read_altered (StrataLexer *lexer)
{
  if (!skip_word (lexer, "TABLE"))
    return NULL;

  skip_if_exists (lexer);
  skip_word (lexer, "ONLY");

  return read_name (lexer);
}

static gboolean
read_alter (StrataLexer *lexer,
            GPtrArray   *losses)
{
  g_autofree char *table = read_altered (lexer);
  gboolean any = FALSE;

  if (table == NULL)
    return FALSE;

  do
    any |= read_action (lexer, table, losses);
  while (skip_to_next (lexer));

  return any;
}

/* Up to the end of the statement, or of the parentheses that it stands in. */
static gboolean
has_where (StrataLexer lexer)
{
  StrataToken token;
  int depth = 0;

  while (depth >= 0 && strata_lexer_next (&lexer, &token))
    {
      depth += strata_token_is_symbol (&token, "(");
      depth -= strata_token_is_symbol (&token, ")");
      if (depth == 0 && strata_token_is_word (&token, "WHERE"))
        return TRUE;
    }

  return FALSE;
}

/* DELETE FROM wherever it stands: also behind WITH, and inside of it. */
static gboolean
read_deletes (StrataLexer  lexer,
              GPtrArray   *losses)
{
  gboolean any = FALSE;
  StrataToken token;

  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *table = NULL;

      if (!strata_token_is_word (&token, "DELETE") || !skip_word (&lexer, "FROM"))
        continue;

      skip_word (&lexer, "ONLY");
      table = read_name (&lexer);
      if (table == NULL || has_where (lexer))
        continue;

      add_loss (losses, STRATA_LOSS_ROWS, "DELETE without WHERE", table, NULL);
      any = TRUE;
    }

  return any;
}

gboolean
strata_statement_loses_data (StrataDialect          dialect,
                             const StrataStatement *statement,
                             GPtrArray             *losses)
{
  StrataLexer lexer;
  StrataLexer whole;

  strata_lexer_init (&lexer, dialect, statement->text, statement->length);
  whole = lexer;

  if (skip_word (&lexer, "DROP"))
    return read_drop (&lexer, losses);
  if (skip_word (&lexer, "ALTER"))
    return read_alter (&lexer, losses);
  if (skip_word (&lexer, "DELETE") || skip_word (&lexer, "WITH"))
    return read_deletes (whole, losses);
  if (!skip_word (&lexer, "TRUNCATE"))
    return FALSE;

  skip_word (&lexer, "TABLE");

  return read_names (&lexer, STRATA_LOSS_ROWS, "TRUNCATE", losses);
}

gboolean
strata_statement_renames_table (StrataDialect          dialect,
                                const StrataStatement *statement,
                                char                 **from,
                                char                 **to)
{
  g_autofree char *old = NULL;
  g_autofree char *new = NULL;
  StrataLexer lexer;

  strata_lexer_init (&lexer, dialect, statement->text, statement->length);
  if (!skip_word (&lexer, "ALTER"))
    return FALSE;

  old = read_altered (&lexer);
  if (old == NULL || !skip_word (&lexer, "RENAME") || !skip_word (&lexer, "TO"))
    return FALSE;

  new = read_name (&lexer);
  if (new == NULL)
    return FALSE;

  *from = g_steal_pointer (&old);
  *to = g_steal_pointer (&new);

  return TRUE;
}
