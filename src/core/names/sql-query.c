/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/sql-reader.h"

#include <string.h>

/* Words that no alias is, as they may follow a table. */
static const char * const no_aliases[] = {
  "AND", "ANTI", "ASOF", "BY", "CROSS", "DEFAULT", "DO", "ELSE", "END", "EXCEPT", "FETCH", "FOR", "FORCE", "FROM", "FULL",
  "GROUP", "HAVING", "IGNORE", "INDEXED", "INNER", "INTERSECT", "INTO", "JOIN", "LEFT", "LIMIT", "NATURAL", "NOT", "OFFSET",
  "ON", "OR", "ORDER", "OUTER", "OVERRIDING", "PARTITION", "RETURNING", "RIGHT", "SELECT", "SET", "STRAIGHT_JOIN",
  "TABLESAMPLE", "THEN", "UNION", "USE", "USING", "VALUES", "WHEN", "WHERE", "WINDOW", "WITH",
};

/* Words that end what stands behind FROM, or SET. */
static const char * const clauses[] = {
  "WHERE", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "FETCH", "UNION", "INTERSECT", "EXCEPT", "RETURNING", "WINDOW",
  "VALUES", "SELECT", "SET", "WHEN", "FOR",
};

static const char * const verbs[] = { "SELECT", "INSERT", "REPLACE", "UPDATE", "DELETE", "MERGE", "WITH", "VALUES", "TABLE" };

/* What stands between two parentheses, or outside of all. */
typedef struct
{
  gboolean    is_query;
  gboolean    is_relation;    /* stands where a table may: what follows is its alias */
  gboolean    in_from;
  gboolean    in_set;
  const char *verb;           /* of its statement so far: of the table above; or NULL */
  char       *target;         /* the one table that it changes, or NULL */
} Group;

typedef struct
{
  StrataSqlReader *reader;
  GArray          *groups;    /* Group, the innermost one last */
  GHashTable      *bound;     /* alias, folded → table, or "" where it is more than one, or none */
} Query;

static void
clear_group (gpointer data)
{
  g_free (((Group *) data)->target);
}

static Group *
innermost (Query *self)
{
  return &g_array_index (self->groups, Group, self->groups->len - 1);
}

static gboolean
is_verb (const StrataSqlReader *reader,
         guint                  ahead)
{
  return strata_sql_reader_is_one_of (reader, ahead, verbs, G_N_ELEMENTS (verbs));
}

static void
bind (Query      *self,
      const char *alias,
      const char *table)
{
  char *key = g_utf8_casefold (alias, -1);
  const char *known = g_hash_table_lookup (self->bound, key);

  if (known != NULL && g_ascii_strcasecmp (known, table) != 0)
    table = "";
  g_hash_table_replace (self->bound, key, g_strdup (table));
}

/* "name [(a, b)] AS [NOT MATERIALIZED] (SELECT": a name that only this statement knows. */
static void
bind_common_table (Query *self,
                   guint  at)
{
  StrataSqlReader reader = *self->reader;
  g_autofree char *name = NULL;
  guint depth = 0;
  guint ignored;

  reader.at = at + 1;
  strata_sql_reader_take (&reader, "NOT");
  strata_sql_reader_take (&reader, "MATERIALIZED");
  if (at == 0 || !strata_sql_reader_is (&reader, 0, "(") || !is_verb (&reader, 1))
    return;

  reader.at = at;
  do
    {
      reader.at--;
      depth += strata_sql_reader_is (&reader, 0, ")");
      depth -= strata_sql_reader_is (&reader, 0, "(");
    }
  while (reader.at > 0 && (depth > 0 || strata_sql_reader_is (&reader, 0, "(")));

  name = strata_sql_reader_read_name (&reader, &ignored);
  if (name != NULL)
    bind (self, name, "");
}

static void
read_alias (Query      *self,
            const char *table,
            const char *name)
{
  StrataSqlReader *reader = self->reader;
  g_autofree char *alias = NULL;
  guint ignored;

  if (strata_sql_reader_take (reader, "AS")
      || (strata_sql_reader_is_name (reader, 0) && !strata_sql_reader_is_one_of (reader, 0, no_aliases, G_N_ELEMENTS (no_aliases))))
    alias = strata_sql_reader_read_name (reader, &ignored);
  if (alias == NULL && name != NULL)
    bind (self, name, table);
  if (alias == NULL)
    return;

  /* AS a (b, c): its columns have other names. */
  bind (self, alias, strata_sql_reader_is (reader, 0, "(") && !innermost (self)->target ? "" : table);
}

static gboolean
is_common_table (Query      *self,
                 const char *name)
{
  g_autofree char *key = g_utf8_casefold (name, -1);

  return g_strcmp0 (g_hash_table_lookup (self->bound, key), "") == 0;
}

static gboolean
is_of_server (const StrataToken *schema)
{
  static const char * const schemas[] = { "information_schema", "mysql", "performance_schema", "pg_catalog", "pg_temp", "sys" };
  g_autofree char *name = strata_token_dup_name (schema);

  for (guint i = 0; i < G_N_ELEMENTS (schemas); i++)
    if (g_ascii_strcasecmp (name, schemas[i]) == 0)
      return TRUE;

  return FALSE;
}

/* A table behind FROM, JOIN and so on; what is none is left to be read. */
static void
read_table (Query    *self,
            gboolean  is_changed)
{
  StrataSqlReader *reader = self->reader;
  g_autofree char *name = NULL;
  guint first;
  guint token;

  strata_sql_reader_take (reader, "LATERAL");
  strata_sql_reader_take (reader, "ONLY");
  first = reader->at;
  if (is_verb (reader, 0) && !is_changed)
    return;
  name = strata_sql_reader_read_name (reader, &token);
  if (name == NULL || (strata_sql_reader_is (reader, 0, "(") && !is_changed))
    return;

  strata_sql_reader_take (reader, "*");
  if (token == first ? is_common_table (self, name) : is_of_server (&reader->tokens[first]))
    {
      read_alias (self, "", name);
      return;
    }

  strata_sql_reader_add (reader, STRATA_MENTION_USES_TABLE, token, name, NULL, NULL);
  if (is_changed)
    {
      g_free (innermost (self)->target);
      innermost (self)->target = g_strdup (name);
    }
  read_alias (self, name, name);
}

static void
read_into (Query *self)
{
  Group *group = innermost (self);
  StrataSqlReader *reader = self->reader;
  guint at = reader->at;

  if (g_strcmp0 (group->verb, "INSERT") == 0 || g_strcmp0 (group->verb, "REPLACE") == 0
      || g_strcmp0 (group->verb, "MERGE") == 0)
    {
      gboolean is_merge = g_str_equal (group->verb, "MERGE");

      read_table (self, TRUE);
      if (!is_merge && innermost (self)->target != NULL)
        strata_sql_reader_use_columns (reader, innermost (self)->target);
      return;
    }

  /* SELECT INTO makes one. */
  while (strata_sql_reader_is (reader, 0, "TEMP") || strata_sql_reader_is (reader, 0, "TEMPORARY")
         || strata_sql_reader_is (reader, 0, "TABLE") || strata_sql_reader_is (reader, 0, "UNLOGGED"))
    reader->at++;
  if (strata_sql_reader_is_name (reader, 0))
    {
      g_autofree char *name = strata_sql_reader_read_name (reader, &at);

      strata_mentions_add (reader->mentions, STRATA_MENTION_DOUBTS_TABLE, name, NULL, NULL);
      bind (self, name, "");
    }
}

/* What begins with this word, where it stands in a query and means that. */
static gboolean
read_clause (Query *self)
{
  StrataSqlReader *reader = self->reader;
  Group *group = innermost (self);
  gboolean is_first = reader->at == 0;

  if (strata_sql_reader_is (reader, 0, "FROM"))
    {
      gboolean is_compared = !is_first && strata_token_is_word (&reader->tokens[reader->at - 1], "DISTINCT");
      gboolean deletes = g_strcmp0 (group->verb, "DELETE") == 0 && group->target == NULL;

      if (is_compared)
        return FALSE;
      reader->at++;
      group->in_from = TRUE;
      group->in_set = FALSE;
      /* DELETE a FROM b of MySQL is no such thing. */
      read_table (self, deletes && strata_token_is_word (&reader->tokens[reader->at - 2], "DELETE"));
      return TRUE;
    }
  if (strata_sql_reader_take (reader, "JOIN") || strata_sql_reader_take (reader, "STRAIGHT_JOIN"))
    {
      /* UPDATE a JOIN b SET c of MySQL: of either. */
      if (g_strcmp0 (group->verb, "UPDATE") == 0 && !group->in_from)
        g_clear_pointer (&group->target, g_free);
      read_table (self, FALSE);
      return TRUE;
    }
  if (strata_sql_reader_is (reader, 0, "USING") && !strata_sql_reader_is (reader, 1, "(")
      && (g_strcmp0 (group->verb, "DELETE") == 0 || g_strcmp0 (group->verb, "MERGE") == 0))
    {
      reader->at++;
      group->in_from = TRUE;
      read_table (self, FALSE);
      return TRUE;
    }
  if (strata_sql_reader_is (reader, 0, "INTO"))
    {
      reader->at++;
      read_into (self);
      return TRUE;
    }

  return FALSE;
}

static void
begin_verb (Query *self)
{
  StrataSqlReader *reader = self->reader;
  Group *group = innermost (self);
  gboolean begins = reader->at == 0 || strata_token_is_symbol (&reader->tokens[reader->at - 1], "(")
                    || strata_token_is_symbol (&reader->tokens[reader->at - 1], ")");

  for (guint i = 0; i < G_N_ELEMENTS (verbs); i++)
    if (strata_sql_reader_is (reader, 0, verbs[i]) && (begins || g_str_equal (verbs[i], "SELECT")))
      {
        group->verb = verbs[i];
        group->is_query = TRUE;
        reader->at++;
        if (!g_str_equal (verbs[i], "UPDATE"))
          return;
        if (strata_sql_reader_take (reader, "OR"))
          reader->at++;
        read_table (self, TRUE);
        return;
      }
  reader->at++;
}

static void
read_set (Query *self)
{
  StrataSqlReader *reader = self->reader;
  const char *target = innermost (self)->target;

  if (target != NULL && strata_sql_reader_is_name (reader, 0) && strata_sql_reader_is (reader, 1, "="))
    {
      g_autofree char *column = strata_token_dup_name (strata_sql_reader_peek (reader, 0));

      strata_sql_reader_add (reader, STRATA_MENTION_USES_COLUMN, reader->at, target, column, NULL);
    }
}

static void
read_word (Query *self)
{
  StrataSqlReader *reader = self->reader;
  Group *group = innermost (self);

  if (group->is_query && read_clause (self))
    return;

  if (is_verb (reader, 0))
    {
      begin_verb (self);
      return;
    }
  if (strata_sql_reader_is_one_of (reader, 0, clauses, G_N_ELEMENTS (clauses)))
    {
      group->in_from = FALSE;
      group->in_set = strata_sql_reader_is (reader, 0, "SET");
    }
  if (strata_sql_reader_is (reader, 0, "AS"))
    bind_common_table (self, reader->at);
  reader->at++;
  if (group->in_set && strata_token_is_word (&reader->tokens[reader->at - 1], "SET"))
    read_set (self);
}

static void
read_sign (Query *self)
{
  StrataSqlReader *reader = self->reader;
  Group *group = innermost (self);

  if (strata_sql_reader_take (reader, "("))
    {
      const Group inner = {
        .is_query = is_verb (reader, 0),
        .is_relation = group->is_query && group->in_from,
        .in_from = FALSE,
      };

      g_array_append_val (self->groups, inner);
    }
  else if (strata_sql_reader_take (reader, ")"))
    {
      gboolean is_relation = group->is_relation;

      if (self->groups->len > 1)
        g_array_set_size (self->groups, self->groups->len - 1);
      if (is_relation && !strata_sql_reader_is (reader, 1, "("))
        read_alias (self, "", NULL);
    }
  else if (strata_sql_reader_take (reader, ","))
    {
      if (group->in_from)
        read_table (self, FALSE);
      else if (group->in_set)
        read_set (self);
    }
  else
    {
      reader->at++;
    }
}

/* "a.b" where a is one table, whatever stands around it. */
static void
use_qualified (Query *self,
               guint  start)
{
  StrataSqlReader *reader = self->reader;

  for (reader->at = start; reader->at < reader->n_tokens; reader->at++)
    {
      g_autofree char *alias = NULL;
      g_autofree char *key = NULL;
      g_autofree char *column = NULL;
      const char *table;

      if (!strata_sql_reader_is_name (reader, 0) || !strata_sql_reader_is (reader, 1, ".")
          || !strata_sql_reader_is_name (reader, 2) || strata_sql_reader_is (reader, 3, ".")
          || strata_sql_reader_is (reader, 3, "(")
          || (reader->at > 0 && strata_token_is_symbol (&reader->tokens[reader->at - 1], ".")))
        continue;

      alias = strata_token_dup_name (strata_sql_reader_peek (reader, 0));
      key = g_utf8_casefold (alias, -1);
      table = g_hash_table_lookup (self->bound, key);
      if (table == NULL || *table == '\0')
        continue;

      column = strata_token_dup_name (strata_sql_reader_peek (reader, 2));
      strata_sql_reader_add (reader, STRATA_MENTION_USES_COLUMN, reader->at + 2, table, column, NULL);
    }
}

/* Functions are given names: AddGeometryColumn('places', 'point', ...). */
static void
doubt_strings (StrataSqlReader *reader,
               guint            start)
{
  for (guint i = start; i < reader->n_tokens; i++)
    if (reader->tokens[i].kind == STRATA_TOKEN_STRING)
      strata_mentions_doubt (reader->mentions, reader->tokens[i].text, reader->tokens[i].length);
}

static void
read_all (Query *self)
{
  StrataSqlReader *reader = self->reader;
  const Group outermost = { .is_query = TRUE };

  g_array_set_clear_func (self->groups, clear_group);
  g_array_append_val (self->groups, outermost);
  for (guint i = reader->at; i < reader->n_tokens; i++)
    if (strata_token_is_word (&reader->tokens[i], "AS"))
      bind_common_table (self, i);

  while (reader->at < reader->n_tokens)
    if (strata_sql_reader_peek (reader, 0)->kind == STRATA_TOKEN_WORD)
      read_word (self);
    else if (strata_sql_reader_peek (reader, 0)->kind == STRATA_TOKEN_SYMBOL)
      read_sign (self);
    else
      reader->at++;
}

void
strata_sql_read_query (StrataSqlReader *reader)
{
  g_autoptr(GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  g_autoptr(GHashTable) bound = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Query self = { reader, groups, bound };
  guint start = reader->at;

  read_all (&self);
  use_qualified (&self, start);
  if (start < reader->n_tokens && strata_token_is_word (&reader->tokens[start], "SELECT"))
    doubt_strings (reader, start);
}

GHashTable *
strata_sql_find_bound (StrataDialect  dialect,
                       const char    *text)
{
  const StrataStatement statement = { text, strlen (text), 1, 1 };
  g_autoptr(StrataMentions) mentions = strata_mentions_new ();
  g_autoptr(GArray) tokens = strata_sql_tokenize (dialect, text, statement.length);
  g_autoptr(GArray) groups = g_array_new (FALSE, FALSE, sizeof (Group));
  GHashTable *bound = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  StrataSqlReader reader = {
    .dialect = dialect,
    .statement = &statement,
    .tokens = (const StrataToken *) tokens->data,
    .n_tokens = tokens->len,
    .mentions = mentions,
  };
  Query self = { &reader, groups, bound };

  read_all (&self);

  return bound;
}
