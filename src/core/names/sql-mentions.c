/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/sql-mentions.h"

#include "core/names/sql-reader.h"

/* What begins so neither makes tables nor columns, and which it uses is not looked at. */
static const char * const harmless[] = {
  "ABORT", "ANALYZE", "BEGIN", "CHECKPOINT", "CLUSTER", "COMMIT", "COPY", "DEALLOCATE", "DISCARD", "END", "EXPLAIN", "FLUSH",
  "GRANT", "LISTEN", "LOCK", "NOTIFY", "OPTIMIZE", "PRAGMA", "REASSIGN", "REFRESH", "REINDEX", "RELEASE", "RESET", "REVOKE",
  "ROLLBACK", "SAVEPOINT", "SECURITY", "SET", "SHOW", "START", "UNLISTEN", "UNLOCK", "USE", "VACUUM",
};

static const char * const queries[] = { "SELECT", "WITH", "INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE", "VALUES" };

static void
read_drop (StrataSqlReader *self)
{
  gboolean is_tolerant;

  strata_sql_reader_take (self, "FOREIGN");
  strata_sql_reader_take (self, "MATERIALIZED");
  strata_sql_reader_take (self, "TEMPORARY");
  if (!strata_sql_reader_take (self, "TABLE") && !strata_sql_reader_take (self, "VIEW"))
    return;

  is_tolerant = strata_sql_reader_take_if (self);
  do
    {
      guint token;
      g_autofree char *table = strata_sql_reader_read_name (self, &token);

      if (table == NULL)
        break;
      if (!is_tolerant)
        strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token, table, NULL, NULL);
      strata_sql_reader_add (self, STRATA_MENTION_DROPS_TABLE, token, table, NULL, NULL);
    }
  while (strata_sql_reader_take (self, ","));
}

static void
read_truncate (StrataSqlReader *self)
{
  strata_sql_reader_take (self, "TABLE");
  do
    {
      g_autofree char *table = NULL;
      guint token;

      strata_sql_reader_take (self, "ONLY");
      table = strata_sql_reader_read_name (self, &token);
      if (table == NULL)
        break;
      strata_sql_reader_take (self, "*");
      strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token, table, NULL, NULL);
    }
  while (strata_sql_reader_take (self, ","));
}

/* COMMENT ON TABLE a, ON COLUMN a.b */
static void
read_comment (StrataSqlReader *self)
{
  gboolean is_column = strata_sql_reader_take_all (self, "ON COLUMN");
  g_autofree char *table = NULL;
  g_autofree char *column = NULL;
  guint token;

  if (!is_column && !strata_sql_reader_take_all (self, "ON TABLE"))
    return;

  column = strata_sql_reader_read_name (self, &token);
  if (column == NULL || (is_column && token < 2))
    return;

  if (!is_column)
    {
      strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token, column, NULL, NULL);
      return;
    }

  table = strata_token_dup_name (&self->tokens[token - 2]);
  strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token - 2, table, NULL, NULL);
  strata_sql_reader_add (self, STRATA_MENTION_USES_COLUMN, token, table, column, NULL);
}

/* MySQL's RENAME TABLE a TO b, c TO d. */
static void
read_rename (StrataSqlReader *self)
{
  if (!strata_sql_reader_take (self, "TABLE"))
    return;

  do
    {
      guint token;
      guint ignored;
      g_autofree char *old = strata_sql_reader_read_name (self, &token);
      g_autofree char *new_name = NULL;

      if (old == NULL || !strata_sql_reader_take (self, "TO"))
        break;
      new_name = strata_sql_reader_read_name (self, &ignored);
      if (new_name == NULL)
        break;
      strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token, old, NULL, NULL);
      strata_sql_reader_add (self, STRATA_MENTION_RENAMES_TABLE, token, old, NULL, new_name);
    }
  while (strata_sql_reader_take (self, ","));
}

/* What a text puts together and runs may be anything. */
static void
read_unknown (StrataSqlReader *self)
{
  const StrataStatement *statement = self->statement;
  gboolean is_block = strata_sql_reader_is (self, 0, "DO");

  strata_mentions_doubt (self->mentions, statement->text, statement->length);
  if (!is_block || strata_sql_text_has_word (statement->text, statement->length,
                                             (const char * const []) { "EXECUTE", "PERFORM", "CALL", NULL }))
    strata_mentions_add (self->mentions, STRATA_MENTION_DOUBTS_OTHERS, NULL, NULL, NULL);
}

static void
read_statement (StrataSqlReader *self)
{
  if (strata_sql_reader_is_one_of (self, 0, queries, G_N_ELEMENTS (queries)))
    strata_sql_read_query (self);
  else if (strata_sql_reader_take (self, "CREATE"))
    strata_sql_read_create (self);
  else if (strata_sql_reader_take (self, "ALTER"))
    strata_sql_read_alter (self);
  else if (strata_sql_reader_take (self, "DROP"))
    read_drop (self);
  else if (strata_sql_reader_take (self, "TRUNCATE"))
    read_truncate (self);
  else if (strata_sql_reader_take (self, "COMMENT"))
    read_comment (self);
  else if (strata_sql_reader_take (self, "RENAME"))
    read_rename (self);
  else if (!strata_sql_reader_is_one_of (self, 0, harmless, G_N_ELEMENTS (harmless)))
    read_unknown (self);
}

void
strata_mentions_add_statement (StrataMentions        *self,
                               StrataDialect          dialect,
                               const StrataStatement *statement)
{
  g_autoptr(GArray) tokens = strata_sql_tokenize (dialect, statement->text, statement->length);
  StrataSqlReader reader = { .dialect = dialect, .statement = statement, .mentions = self };

  if (tokens->len == 0)
    return;

  reader.tokens = (const StrataToken *) tokens->data;
  reader.n_tokens = tokens->len;
  read_statement (&reader);
}

void
strata_mentions_add_sql (StrataMentions *self,
                         StrataDialect   dialect,
                         const char     *text,
                         gsize           length,
                         guint           line)
{
  g_autoptr(GArray) statements = strata_sql_split (dialect, text, length, "", MAX (line, 1), NULL);

  if (statements == NULL)
    {
      strata_mentions_doubt (self, text, length);
      strata_mentions_add (self, STRATA_MENTION_DOUBTS_OTHERS, NULL, NULL, NULL);
      return;
    }

  for (guint i = 0; i < statements->len; i++)
    strata_mentions_add_statement (self, dialect, &g_array_index (statements, StrataStatement, i));
}
