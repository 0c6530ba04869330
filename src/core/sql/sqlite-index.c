/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/sqlite-index.h"

#include "core/sql/statement.h"

static const StrataToken *
get_token (const StrataSqliteIndex *self,
           guint                    i)
{
  return i < self->tokens->len ? &g_array_index (self->tokens, StrataToken, i) : NULL;
}

static gboolean
is_word (const StrataSqliteIndex *self,
         guint                    i,
         const char              *word)
{
  return i < self->tokens->len && strata_token_is_word (get_token (self, i), word);
}

static gboolean
is_char (const StrataSqliteIndex *self,
         guint                    i,
         char                     c)
{
  return i < self->tokens->len && *get_token (self, i)->text == c;
}

static guint
find_end_of_element (const StrataSqliteIndex *self,
                     guint                    at)
{
  guint depth = 0;

  for (; at < self->tokens->len; at++)
    {
      if (depth == 0 && (is_char (self, at, ',') || is_char (self, at, ')')))
        break;
      if (is_char (self, at, '('))
        depth++;
      else if (is_char (self, at, ')'))
        depth--;
    }

  return at;
}

/* From behind the parenthesis. */
static void
read_elements (StrataSqliteIndex *self,
               guint              at)
{
  do
    {
      StrataSqliteElement element = { at, find_end_of_element (self, at) };

      g_array_append_val (self->elements, element);
      at = element.to + 1;
    }
  while (is_char (self, at - 1, ','));
  self->rest = at;
}

StrataSqliteIndex *
strata_sqlite_index_new (const char *text)
{
  g_autoptr(StrataSqliteIndex) self = g_new0 (StrataSqliteIndex, 1);

  self->tokens = strata_sqlite_tokenize (text);
  self->elements = g_array_new (FALSE, FALSE, sizeof (StrataSqliteElement));
  self->is_unique = is_word (self, 1, "UNIQUE");
  self->name = self->is_unique ? 3 : 2;
  self->table = self->name + 2;
  if (!is_word (self, self->name - 1, "INDEX") || !is_word (self, self->name + 1, "ON") || !is_char (self, self->table + 1, '('))
    return NULL;

  read_elements (self, self->table + 2);

  return g_steal_pointer (&self);
}

void
strata_sqlite_index_free (StrataSqliteIndex *self)
{
  if (self == NULL)
    return;

  g_array_unref (self->tokens);
  g_array_unref (self->elements);
  g_free (self);
}

static void
append_name (GString           *out,
             const char        *before,
             const StrataToken *token)
{
  g_autofree char *name = strata_sqlite_token_dup_name (token);

  g_string_append (out, before);
  strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, name);
}

char *
strata_sqlite_index_render (const StrataSqliteIndex *self,
                            const char              *table,
                            const GPtrArray         *columns)
{
  const StrataToken *tokens = (const StrataToken *) self->tokens->data;
  GString *out = g_string_sized_new (128);

  append_name (out, self->is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ", &tokens[self->name]);
  if (table == NULL)
    append_name (out, " ON ", &tokens[self->table]);
  else
    {
      g_string_append (out, " ON ");
      strata_sql_append_identifier (out, STRATA_DIALECT_SQLITE, table);
    }
  for (guint i = 0; i < self->elements->len; i++)
    {
      const StrataSqliteElement *element = &g_array_index (self->elements, StrataSqliteElement, i);
      guint n = element->to - element->from;

      if (n > 1 && strata_token_is_word (&tokens[element->to - 1], "ASC"))
        n--;
      g_string_append (out, i > 0 ? ", " : " (");
      strata_sqlite_append_spelled (out, tokens + element->from, n, columns);
    }
  g_string_append_c (out, ')');
  if (self->rest < self->tokens->len)
    {
      g_string_append_c (out, ' ');
      strata_sqlite_append_spelled (out, tokens + self->rest, self->tokens->len - self->rest, columns);
    }

  return g_string_free (out, FALSE);
}
