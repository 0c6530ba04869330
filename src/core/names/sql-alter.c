/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/sql-reader.h"

/* What ALTER TABLE adds, drops or renames besides columns. */
static const char * const no_columns[] = {
  "CHECK", "CONSTRAINT", "EXCLUDE", "EXPRESSION", "FOREIGN", "FULLTEXT", "INDEX", "KEY", "PARTITION", "PERIOD", "PRIMARY",
  "SPATIAL", "SYSTEM", "UNIQUE",
};

static gboolean
is_no_column (const StrataSqlReader *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (no_columns); i++)
    if (strata_sql_reader_is (self, 0, no_columns[i]))
      return TRUE;

  return FALSE;
}

static void
skip_to (StrataSqlReader *self,
         guint            end)
{
  self->at = MAX (self->at, end);
}

static guint
find_end (const StrataSqlReader *self)
{
  StrataSqlReader copy = *self;

  strata_sql_reader_skip_item (&copy);

  return copy.at;
}

static void
use_table (StrataSqlReader *self,
           guint            token,
           const char      *table)
{
  strata_sql_reader_add (self, STRATA_MENTION_USES_TABLE, token, table, NULL, NULL);
}

static void
use_column (StrataSqlReader *self,
            guint            token,
            const char      *table,
            const char      *column)
{
  strata_sql_reader_add (self, STRATA_MENTION_USES_COLUMN, token, table, column, NULL);
}

/* A key of it, "PRIMARY KEY (a, b)", "FOREIGN KEY (a) REFERENCES b (c)". */
static void
read_constraint (StrataSqlReader *self,
                 const char      *table)
{
  guint end = find_end (self);

  if (strata_sql_reader_take (self, "CONSTRAINT") && strata_sql_reader_is_name (self, 0))
    self->at++;
  if (strata_sql_reader_take_all (self, "PRIMARY KEY") || strata_sql_reader_take_all (self, "FOREIGN KEY")
      || strata_sql_reader_take (self, "UNIQUE"))
    strata_sql_reader_use_columns (self, table);
  strata_sql_read_references (self, end);
}

static void
read_add (StrataSqlReader *self,
          const char      *table)
{
  gboolean is_column = strata_sql_reader_take (self, "COLUMN");
  g_autofree char *column = NULL;
  guint token;

  if (!is_column && is_no_column (self))
    {
      read_constraint (self, table);
      return;
    }

  strata_sql_reader_take_if (self);
  column = strata_sql_reader_read_name (self, &token);
  if (column != NULL)
    strata_sql_reader_add (self, STRATA_MENTION_ADDS_COLUMN, token, table, column, NULL);
  else
    strata_mentions_add (self->mentions, STRATA_MENTION_DOUBTS_COLUMNS, table, NULL, NULL);
  strata_sql_read_references (self, find_end (self));
}

static void
read_drop (StrataSqlReader *self,
           const char      *table)
{
  gboolean is_column = strata_sql_reader_take (self, "COLUMN");
  gboolean is_tolerant;
  g_autofree char *column = NULL;
  guint token;

  if (!is_column && is_no_column (self))
    return;

  is_tolerant = strata_sql_reader_take_if (self);
  column = strata_sql_reader_read_name (self, &token);
  if (column == NULL)
    return;

  if (!is_tolerant)
    use_column (self, token, table, column);
  strata_sql_reader_add (self, STRATA_MENTION_DROPS_COLUMN, token, table, column, NULL);
}

static void
read_rename (StrataSqlReader *self,
             const char      *table,
             guint            table_token)
{
  gboolean is_column;
  g_autofree char *old = NULL;
  g_autofree char *new_name = NULL;
  guint token;
  guint ignored;

  if (strata_sql_reader_take (self, "TO") || strata_sql_reader_take (self, "AS"))
    {
      new_name = strata_sql_reader_read_name (self, &token);
      if (new_name != NULL)
        strata_sql_reader_add (self, STRATA_MENTION_RENAMES_TABLE, table_token, table, NULL, new_name);
      return;
    }

  is_column = strata_sql_reader_take (self, "COLUMN");
  if (!is_column && is_no_column (self))
    return;

  old = strata_sql_reader_read_name (self, &token);
  if (old == NULL || !strata_sql_reader_take (self, "TO"))
    return;

  new_name = strata_sql_reader_read_name (self, &ignored);
  if (new_name == NULL)
    return;

  use_column (self, token, table, old);
  strata_sql_reader_add (self, STRATA_MENTION_RENAMES_COLUMN, token, table, old, new_name);
}

/* MySQL's CHANGE a b type. */
static void
read_change (StrataSqlReader *self,
             const char      *table)
{
  g_autofree char *old = NULL;
  g_autofree char *new_name = NULL;
  guint token;
  guint ignored;

  strata_sql_reader_take (self, "COLUMN");
  old = strata_sql_reader_read_name (self, &token);
  new_name = old != NULL ? strata_sql_reader_read_name (self, &ignored) : NULL;
  if (new_name == NULL)
    return;

  use_column (self, token, table, old);
  if (g_ascii_strcasecmp (old, new_name) != 0)
    strata_sql_reader_add (self, STRATA_MENTION_RENAMES_COLUMN, token, table, old, new_name);
}

/* ALTER and MODIFY of a column. */
static void
read_alter_column (StrataSqlReader *self,
                   const char      *table)
{
  gboolean is_column = strata_sql_reader_take (self, "COLUMN");
  g_autofree char *column = NULL;
  guint token;

  if (!is_column && is_no_column (self))
    return;

  column = strata_sql_reader_read_name (self, &token);
  if (column != NULL)
    use_column (self, token, table, column);
}

static void
read_action (StrataSqlReader *self,
             const char      *table,
             guint            token)
{
  guint end = find_end (self);

  if (strata_sql_reader_take (self, "ADD"))
    read_add (self, table);
  else if (strata_sql_reader_take (self, "DROP"))
    read_drop (self, table);
  else if (strata_sql_reader_take (self, "RENAME"))
    read_rename (self, table, token);
  else if (strata_sql_reader_take (self, "CHANGE"))
    read_change (self, table);
  else if (strata_sql_reader_take (self, "ALTER") || strata_sql_reader_take (self, "MODIFY"))
    read_alter_column (self, table);
  else if (strata_sql_reader_is (self, 0, "INHERIT") || strata_sql_reader_is (self, 0, "OF")
           || strata_sql_reader_is (self, 0, "SWITCH") || strata_sql_reader_is (self, 0, "EXCHANGE"))
    strata_sql_reader_add (self, STRATA_MENTION_DOUBTS_COLUMNS, token, table, NULL, NULL);
  skip_to (self, end);
}

/* What is no table is known by its name only: it may be one of an extension. */
static void
read_relation (StrataSqlReader *self)
{
  g_autofree char *name = NULL;
  guint token;

  strata_sql_reader_take_if (self);
  name = strata_sql_reader_read_name (self, &token);
  if (name != NULL && strata_sql_reader_take (self, "RENAME"))
    read_rename (self, name, token);
}

void
strata_sql_read_alter (StrataSqlReader *self)
{
  gboolean is_tolerant;
  g_autofree char *table = NULL;
  guint token;

  if (strata_sql_reader_take (self, "VIEW") || strata_sql_reader_take_all (self, "MATERIALIZED VIEW")
      || strata_sql_reader_take (self, "SEQUENCE"))
    {
      read_relation (self);
      return;
    }
  strata_sql_reader_take (self, "FOREIGN");
  if (!strata_sql_reader_take (self, "TABLE"))
    return;

  is_tolerant = strata_sql_reader_take_if (self);
  strata_sql_reader_take (self, "ONLY");
  table = strata_sql_reader_read_name (self, &token);
  if (table == NULL)
    {
      strata_mentions_doubt (self->mentions, self->statement->text, self->statement->length);
      return;
    }

  strata_sql_reader_take (self, "*");
  if (!is_tolerant)
    use_table (self, token, table);
  do
    read_action (self, table, token);
  while (strata_sql_reader_take (self, ","));
}
