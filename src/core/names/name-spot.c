/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/names/name-spot.h"

#include <string.h>

#include "core/names/sql-reader.h"
#include "core/sql/pattern.h"

/* Where one writes, by the tokens before it. */
typedef struct
{
  StrataNameSpot    *spot;
  StrataDialect      dialect;
  const StrataToken *tokens;
  guint              n;          /* of them */
  GArray            *open;       /* guint: the parentheses that are not closed */
} Finder;

const char *
strata_sql_find_statement_start (StrataDialect  dialect,
                                 const char    *text)
{
  const char *start = text;
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    if (strata_token_is_symbol (&token, ";"))
      start = token.text + token.length;

  return start;
}

gsize
strata_sql_find_statement_end (StrataDialect  dialect,
                               const char    *text)
{
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, dialect, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    if (strata_token_is_symbol (&token, ";"))
      return token.text - text;

  return strlen (text);
}

void
strata_name_spot_clear (StrataNameSpot *self)
{
  g_clear_pointer (&self->tables, g_ptr_array_unref);
}

static void
add_table (Finder     *self,
           const char *table)
{
  if (self->spot->tables == NULL)
    self->spot->tables = g_ptr_array_new_with_free_func (g_free);
  g_ptr_array_add (self->spot->tables, g_strdup (table));
}

/* A token so far before a place; numbers count from 1. */
static const StrataToken *
back (Finder *self,
      guint   from,
      guint   by)
{
  static const StrataToken nothing = { .kind = STRATA_TOKEN_COMMENT, .text = "" };

  return from >= by ? &self->tokens[from - by] : &nothing;
}

static gboolean
is_any (const StrataToken *token,
        const char        *words)
{
  return token->kind == STRATA_TOKEN_WORD && strata_token_is_one_of (token, words, strlen (words));
}

static gboolean
begins_with (Finder     *self,
             guint       index,
             const char *word)
{
  return index < self->n && strata_token_is_word (&self->tokens[index], word);
}

/* The name that a word stands before: "UPDATE a", "ALTER TABLE IF EXISTS ONLY a". */
static char *
dup_name_behind (Finder *self,
                 guint   index)
{
  while (index < self->n && is_any (&self->tokens[index], "IF|NOT|EXISTS|ONLY|OR|IGNORE|REPLACE"))
    index++;
  while (index + 2 < self->n && strata_token_is_symbol (&self->tokens[index + 1], "."))
    index += 2;
  if (index >= self->n || (self->tokens[index].kind != STRATA_TOKEN_WORD && self->tokens[index].kind != STRATA_TOKEN_NAME))
    return NULL;

  return strata_token_dup_name (&self->tokens[index]);
}

/* What ALTER TABLE and UPDATE are about. */
static char *
dup_subject (Finder *self)
{
  if (begins_with (self, 0, "ALTER") && begins_with (self, 1, "TABLE"))
    return dup_name_behind (self, 2);
  if (begins_with (self, 0, "UPDATE"))
    return dup_name_behind (self, 1);
  if (begins_with (self, 0, "CREATE") && begins_with (self, 1, "TABLE"))
    return dup_name_behind (self, 2);

  return NULL;
}

static void
add_subject (Finder *self)
{
  g_autofree char *subject = dup_subject (self);

  if (subject != NULL)
    add_table (self, subject);
}

/* "INSERT INTO a (", "REFERENCES a (", "ON a USING b (", "PRIMARY KEY (". */
static gboolean
find_in_list (Finder *self)
{
  guint open = self->open->len > 0 ? g_array_index (self->open, guint, self->open->len - 1) : 0;
  guint at = open;
  g_autofree char *name = NULL;

  if (self->open->len == 0 || !(strata_token_is_symbol (back (self, self->n, 1), "(")
                                || strata_token_is_symbol (back (self, self->n, 1), ",")))
    return FALSE;

  if (is_any (back (self, open, 1), "KEY|UNIQUE"))
    {
      add_subject (self);
      return self->spot->tables != NULL;
    }
  if (strata_token_is_word (back (self, open, 2), "USING"))
    at -= 2;
  if (at < 2)
    return FALSE;

  name = strata_token_dup_name (back (self, at, 1));
  at--;
  while (at >= 2 && strata_token_is_symbol (back (self, at, 1), "."))
    at -= 2;
  if (is_any (back (self, at, 1), "ONLY"))
    at--;
  if (!is_any (back (self, at, 1), "INTO|REFERENCES")
      && !(is_any (back (self, at, 1), "ON") && begins_with (self, 0, "CREATE")))
    return FALSE;

  add_table (self, name);

  return TRUE;
}

/* "a." or "alias.": of what it stands for in the whole statement. */
static gboolean
find_behind_dot (Finder     *self,
                 const char *before,
                 const char *after)
{
  g_autofree char *whole = NULL;
  g_autofree char *alias = NULL;
  g_autofree char *key = NULL;
  g_autoptr(GHashTable) bound = NULL;
  const char *table;

  if (!strata_token_is_symbol (back (self, self->n, 1), "."))
    return FALSE;

  alias = self->n > 1 ? strata_token_dup_name (back (self, self->n, 2)) : g_strdup ("");
  whole = g_strconcat (before, "strata_name ", after, NULL);
  key = g_utf8_casefold (alias, -1);
  bound = strata_sql_find_bound (self->dialect, whole);
  table = g_hash_table_lookup (bound, key);
  /* Else it may be a schema. */
  self->spot->wants_table = table == NULL;
  add_table (self, table != NULL ? table : alias);

  return TRUE;
}

static gboolean
is_table_word (Finder *self)
{
  const StrataToken *last = back (self, self->n, 1);
  const StrataToken *before = back (self, self->n, 2);

  if (is_any (last, "JOIN|INTO|REFERENCES|TRUNCATE"))
    return TRUE;
  if (is_any (last, "FROM"))
    return self->open->len == 0 || is_any (back (self, g_array_index (self->open, guint, self->open->len - 1) + 2, 1), "SELECT|DELETE");
  if (is_any (last, "UPDATE"))
    return self->n == 1 || strata_token_is_symbol (before, "(") || strata_token_is_symbol (before, ")");
  if (is_any (last, "TABLE"))
    return is_any (before, "ALTER|DROP|TRUNCATE|LOCK|ON|RENAME");
  if (is_any (last, "EXISTS|ONLY"))
    return begins_with (self, 1, "TABLE") && !begins_with (self, 0, "CREATE") && self->n <= 5;
  if (is_any (last, "ON"))
    return begins_with (self, 0, "CREATE")
           && (begins_with (self, 1, "INDEX") || begins_with (self, 2, "INDEX") || begins_with (self, 1, "TRIGGER"));

  return strata_token_is_symbol (last, ",") && begins_with (self, 0, "DROP") && begins_with (self, 1, "TABLE");
}

/* "DROP COLUMN", "RENAME", "SET" and "," behind it. */
static gboolean
find_column_word (Finder *self)
{
  const StrataToken *last = back (self, self->n, 1);
  const StrataToken *before = back (self, self->n, 2);
  gboolean alters = begins_with (self, 0, "ALTER") && begins_with (self, 1, "TABLE");

  if (alters && (is_any (last, "COLUMN") ? is_any (before, "DROP|ALTER|RENAME|MODIFY|CHANGE")
                                         : is_any (last, "EXISTS") && is_any (back (self, self->n, 3), "COLUMN")))
    {
      add_subject (self);
      return TRUE;
    }
  if (is_any (last, "SET") && begins_with (self, 0, "UPDATE"))
    {
      add_subject (self);
      return TRUE;
    }

  return FALSE;
}

static void
find_open (Finder *self)
{
  for (guint i = 0; i < self->n; i++)
    if (strata_token_is_symbol (&self->tokens[i], "("))
      g_array_append_val (self->open, i);
    else if (strata_token_is_symbol (&self->tokens[i], ")") && self->open->len > 0)
      g_array_set_size (self->open, self->open->len - 1);
}

/* Somewhere in a query: any column of what it reads. */
static void
find_anywhere (Finder     *self,
               const char *before,
               const char *after)
{
  g_autofree char *whole = g_strconcat (before, " ", after, NULL);
  g_autoptr(GHashTable) bound = NULL;
  GHashTableIter iter;
  gpointer table;

  if (self->n == 0 || !is_any (&self->tokens[0], "SELECT|WITH|INSERT|UPDATE|DELETE|MERGE"))
    {
      add_subject (self);
      return;
    }

  bound = strata_sql_find_bound (self->dialect, whole);
  g_hash_table_iter_init (&iter, bound);
  while (g_hash_table_iter_next (&iter, NULL, &table))
    if (*(const char *) table != '\0')
      add_table (self, table);
}

void
strata_name_spot_find (StrataNameSpot *self,
                       StrataDialect   dialect,
                       const char     *before,
                       const char     *after)
{
  g_autoptr(GArray) tokens = strata_sql_tokenize (dialect, before, strlen (before));
  g_autoptr(GArray) open = g_array_new (FALSE, FALSE, sizeof (guint));
  Finder finder = { self, dialect, (const StrataToken *) tokens->data, tokens->len, open };

  *self = (StrataNameSpot) { .is_sure = TRUE };
  find_open (&finder);
  if (find_behind_dot (&finder, before, after) || find_in_list (&finder) || find_column_word (&finder))
    return;

  self->wants_table = is_table_word (&finder);
  if (self->wants_table)
    return;

  self->is_sure = FALSE;
  find_anywhere (&finder, before, after);
}
