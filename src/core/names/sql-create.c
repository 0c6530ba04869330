/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/sql-reader.h"

#include <string.h>

/* What stands before the word that says what is made. */
static const char * const qualities[] = {
  "OR", "REPLACE", "GLOBAL", "LOCAL", "UNLOGGED", "FOREIGN", "RECURSIVE", "MATERIALIZED", "VIRTUAL", "EXTERNAL", "FORCE",
  "ALGORITHM", "DEFINER", "EDITIONABLE", "COLUMN", "ROW", "UNIQUE", "CLUSTERED", "NONCLUSTERED", "FULLTEXT", "SPATIAL",
  "CONSTRAINT",
};

/* What stands in the parentheses of a table and is no column. */
static const char * const no_columns[] = {
  "CHECK", "CONSTRAINT", "EXCLUDE", "FOREIGN", "FULLTEXT", "INDEX", "KEY", "PERIOD", "PRIMARY", "SPATIAL", "UNIQUE",
};

void
strata_sql_read_references (StrataSqlReader *self,
                            guint            end)
{
  /* MySQL's checks are switched off at will. */
  gboolean may_come_later = self->dialect != STRATA_DIALECT_POSTGRESQL;
  guint start = self->at;

  for (self->at = start; self->at < end; self->at++)
    {
      g_autofree char *table = NULL;
      guint token;

      if (!strata_sql_reader_take (self, "REFERENCES"))
        continue;
      table = strata_sql_reader_read_name (self, &token);
      if (table == NULL)
        continue;

      strata_sql_reader_add (self, may_come_later ? STRATA_MENTION_REFERS_TO : STRATA_MENTION_USES_TABLE, token, table, NULL,
                             NULL);
      if (!may_come_later)
        strata_sql_reader_use_columns (self, table);
      self->at--;
    }
  self->at = start;
}

/* Each column of the parentheses; FALSE where one is not understood, or others come from elsewhere. */
static gboolean
read_columns (StrataSqlReader *self,
              const char      *table)
{
  gboolean is_whole = TRUE;

  do
    {
      self->at++;
      if (strata_sql_reader_is (self, 0, "LIKE"))
        {
          is_whole = FALSE;
        }
      else if (!strata_sql_reader_is_one_of (self, 0, no_columns, G_N_ELEMENTS (no_columns)))
        {
          g_autofree char *column = NULL;
          guint token;

          column = strata_sql_reader_read_name (self, &token);
          if (column != NULL)
            strata_sql_reader_add (self, STRATA_MENTION_ADDS_COLUMN, token, table, column, NULL);
          else
            is_whole = FALSE;
        }
      strata_sql_reader_skip_item (self);
    }
  while (strata_sql_reader_is (self, 0, ","));

  return strata_sql_reader_take (self, ")") && is_whole;
}

static gboolean
is_from_elsewhere (StrataSqlReader *self)
{
  for (guint i = self->at; i < self->n_tokens; i++)
    if (strata_token_is_word (&self->tokens[i], "AS") || strata_token_is_word (&self->tokens[i], "SELECT")
        || strata_token_is_word (&self->tokens[i], "INHERITS"))
      return TRUE;

  return FALSE;
}

static void
read_table (StrataSqlReader *self,
            gboolean         is_virtual)
{
  gboolean is_tolerant = strata_sql_reader_take_if (self);
  g_autofree char *table = NULL;
  guint token;
  guint body;

  table = strata_sql_reader_read_name (self, &token);
  if (table == NULL)
    {
      strata_mentions_doubt (self->mentions, self->statement->text, self->statement->length);
      return;
    }

  if (is_virtual || !strata_sql_reader_is (self, 0, "("))
    {
      strata_sql_reader_add (self, STRATA_MENTION_MAKES_RELATION, token, table, NULL, NULL);
      return;
    }

  strata_sql_reader_add (self, STRATA_MENTION_MAKES_TABLE, token, table, NULL, NULL);
  body = self->at;
  if (!read_columns (self, table) || is_tolerant || is_from_elsewhere (self))
    strata_sql_reader_add (self, STRATA_MENTION_DOUBTS_COLUMNS, token, table, NULL, NULL);
  self->at = body;
  strata_sql_read_references (self, self->n_tokens);
}

static void
read_relation (StrataSqlReader *self)
{
  g_autofree char *name = NULL;
  guint token;

  strata_sql_reader_take_if (self);
  name = strata_sql_reader_read_name (self, &token);
  if (name != NULL)
    strata_sql_reader_add (self, STRATA_MENTION_MAKES_RELATION, token, name, NULL, NULL);
}

/* Only what begins an item and is neither a function nor anything put together. */
static void
use_indexed (StrataSqlReader *self,
             const char      *table)
{
  do
    {
      self->at++;
      if (strata_sql_reader_is_name (self, 0) && !strata_sql_reader_is (self, 1, "(") && !strata_sql_reader_is (self, 1, "."))
        {
          g_autofree char *column = strata_token_dup_name (&self->tokens[self->at]);

          strata_sql_reader_add (self, STRATA_MENTION_USES_COLUMN, self->at, table, column, NULL);
        }
      strata_sql_reader_skip_item (self);
    }
  while (strata_sql_reader_is (self, 0, ","));
}

static void
read_index (StrataSqlReader *self)
{
  gboolean is_tolerant = FALSE;
  g_autofree char *table = NULL;
  guint token;

  while (self->at < self->n_tokens && !strata_sql_reader_is (self, 0, "ON"))
    {
      is_tolerant |= strata_sql_reader_is (self, 0, "IF");
      self->at++;
    }
  self->at++;
  strata_sql_reader_take (self, "ONLY");
  table = strata_sql_reader_read_name (self, &token);
  if (table == NULL || is_tolerant)
    return;

  strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token, table, NULL, NULL);
  if (strata_sql_reader_take (self, "USING"))
    self->at++;
  if (strata_sql_reader_is (self, 0, "("))
    use_indexed (self, table);
}

/* The text of a routine, which may make tables when somebody calls it. */
static void
read_routine (StrataSqlReader *self)
{
  const StrataStatement *statement = self->statement;

  if (!strata_sql_text_has_word (statement->text + strlen ("CREATE"), statement->length - strlen ("CREATE"),
                                 (const char * const []) { "CREATE", "ALTER", "DROP", "EXECUTE", NULL }))
    return;

  strata_mentions_doubt (self->mentions, statement->text, statement->length);
  strata_mentions_add (self->mentions, STRATA_MENTION_DOUBTS_OTHERS, NULL, NULL, NULL);
}

/* PostgreSQL looks at what a view reads when it is made. */
static void
read_view (StrataSqlReader *self)
{
  read_relation (self);
  while (self->at < self->n_tokens && !strata_sql_reader_take (self, "AS"))
    self->at++;
  if (self->dialect == STRATA_DIALECT_POSTGRESQL)
    strata_sql_read_query (self);
}

void
strata_sql_read_create (StrataSqlReader *self)
{
  gboolean is_temporary = FALSE;
  gboolean is_virtual = FALSE;

  while (strata_sql_reader_is_one_of (self, 0, qualities, G_N_ELEMENTS (qualities)) || strata_sql_reader_is (self, 0, "TEMP")
         || strata_sql_reader_is (self, 0, "TEMPORARY"))
    {
      is_temporary |= strata_sql_reader_is (self, 0, "TEMP") || strata_sql_reader_is (self, 0, "TEMPORARY");
      is_virtual |= strata_sql_reader_is (self, 0, "VIRTUAL");
      self->at++;
    }

  if (is_temporary)
    strata_mentions_doubt (self->mentions, self->statement->text, self->statement->length);
  else if (strata_sql_reader_take (self, "TABLE"))
    read_table (self, is_virtual);
  else if (strata_sql_reader_take (self, "VIEW"))
    read_view (self);
  else if (strata_sql_reader_take (self, "SEQUENCE") || strata_sql_reader_take (self, "SYNONYM"))
    read_relation (self);
  else if (strata_sql_reader_take (self, "INDEX"))
    read_index (self);
  else if (strata_sql_reader_is (self, 0, "FUNCTION") || strata_sql_reader_is (self, 0, "PROCEDURE"))
    read_routine (self);
  else if (strata_sql_reader_is (self, 0, "SCHEMA"))
    strata_mentions_doubt (self->mentions, self->statement->text, self->statement->length);
  else if (strata_sql_reader_is (self, 0, "EXTENSION"))
    strata_mentions_add (self->mentions, STRATA_MENTION_DOUBTS_OTHERS, NULL, NULL, NULL);
}
