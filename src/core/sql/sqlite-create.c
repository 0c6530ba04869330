/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sql/sqlite-create-private.h"

#include <string.h>

#define is strata_sqlite_parser_is
#define take strata_sqlite_parser_take

static const StrataToken *
peek (const StrataSqliteParser *self)
{
  return self->at < self->n_tokens ? &self->tokens[self->at] : NULL;
}

gboolean
strata_sqlite_parser_is_text (const StrataSqliteParser *self,
                              const char               *word_or_symbol)
{
  const StrataToken *token = &self->tokens[self->at];

  return g_ascii_isalpha (*word_or_symbol) ? strata_token_is_word (token, word_or_symbol)
                                           : strata_token_is_symbol (token, word_or_symbol);
}

gboolean
strata_sqlite_parser_take (StrataSqliteParser *self,
                           const char         *word_or_symbol)
{
  if (!is (self, word_or_symbol))
    return FALSE;

  self->at++;

  return TRUE;
}

const char *
strata_sqlite_parser_keep (StrataSqliteParser *self,
                           char               *text)
{
  const char *kept = g_string_chunk_insert (self->create->texts, text);

  g_free (text);

  return kept;
}

const char *
strata_sqlite_parser_name (StrataSqliteParser *self)
{
  const StrataToken *token = peek (self);

  if (token == NULL || token->is_open || token->kind == STRATA_TOKEN_NUMBER || token->kind == STRATA_TOKEN_SYMBOL
      || token->kind == STRATA_TOKEN_COMMENT)
    return NULL;

  self->at++;

  return strata_sqlite_parser_keep (self, strata_sqlite_token_dup_name (token));
}

gboolean
strata_sqlite_parser_skip_group (StrataSqliteParser *self)
{
  guint depth = 0;

  if (!is (self, "("))
    return FALSE;

  for (; self->at < self->n_tokens; self->at++)
    {
      if (is (self, "("))
        depth++;
      else if (is (self, ")") && --depth == 0)
        {
          self->at++;
          break;
        }
    }

  return TRUE;
}

static char *
spell (StrataSqliteParser *self,
       guint               from,
       guint               to,
       const GPtrArray    *columns)
{
  g_string_truncate (self->scratch, 0);
  strata_sqlite_append_spelled (self->scratch, self->tokens + from, to - from, columns);

  return g_string_chunk_insert_len (self->create->texts, self->scratch->str, self->scratch->len);
}

const char *
strata_sqlite_parser_spell (StrataSqliteParser *self,
                            guint               from,
                            guint               to)
{
  return spell (self, from, to, self->create->names);
}

StrataSqlitePart
strata_sqlite_parser_part (const StrataSqliteParser *self,
                           guint                     from,
                           guint                     to)
{
  const StrataToken *first = &self->tokens[from], *last = &self->tokens[to - 1];

  return (StrataSqlitePart) { first->text, last->text + last->length - first->text };
}

StrataSqlitePart
strata_sqlite_parser_inside (const StrataSqliteParser *self,
                             guint                     from,
                             guint                     to)
{
  const char *start = self->tokens[from].text + 1, *end = self->tokens[to - 1].text;

  while (start < end && g_ascii_isspace (*start))
    start++;
  while (end > start && g_ascii_isspace (end[-1]))
    end--;

  return (StrataSqlitePart) { start, MAX (end - start, 0) };
}

static gboolean
is_constraint_word (StrataSqliteParser *self)
{
  static const char * const words[] = {
    "CONSTRAINT", "PRIMARY", "NOT", "NULL", "UNIQUE", "CHECK", "DEFAULT", "COLLATE", "REFERENCES", "GENERATED", "AS",
    "DEFERRABLE",
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (is (self, words[i]))
      return TRUE;

  return FALSE;
}

static gboolean
is_end_of_item (StrataSqliteParser *self)
{
  return self->at >= self->n_tokens || is (self, ",") || is (self, ")");
}

static void
read_type (StrataSqliteParser *self,
           StrataSqliteColumn *column)
{
  guint from = self->at;
  char *type;

  while (!is_end_of_item (self) && !is_constraint_word (self))
    if (!strata_sqlite_parser_skip_group (self))
      self->at++;
  if (self->at == from)
    return;

  column->written_type = strata_sqlite_parser_part (self, from, self->at);
  column->type_as_written = type = spell (self, from, self->at, NULL);
  if (strpbrk (type, "\"'") == NULL)
    {
      type = g_string_chunk_insert (self->create->texts, type);
      for (char *c = type; *c != '\0'; c++)
        *c = g_ascii_toupper (*c);
    }
  column->type = type;
}

/* "NULL" is none. A word that is no keyword is a string for SQLite, whatever columns are called. */
static const char *
spell_default (StrataSqliteParser *self,
               guint               from,
               guint               to)
{
  static const GPtrArray nothing;
  gboolean is_group = strata_token_is_symbol (&self->tokens[from], "(");
  const char *text = spell (self, from, to, is_group ? self->create->names : &nothing);

  return strcmp (text, "NULL") == 0 || strcmp (text, "(NULL)") == 0 ? NULL : text;
}

static gboolean
is_constant (const StrataToken *token)
{
  return token->kind == STRATA_TOKEN_NUMBER || token->kind == STRATA_TOKEN_STRING || strata_token_is_word (token, "CURRENT_TIMESTAMP")
         || strata_token_is_word (token, "CURRENT_DATE") || strata_token_is_word (token, "CURRENT_TIME")
         || strata_token_is_word (token, "TRUE") || strata_token_is_word (token, "FALSE");
}

/* "(0)" is "0"; "foo" in double quotes is the string 'foo'. */
static const char *
read_default (StrataSqliteParser *self,
              StrataSqlitePart   *written)
{
  guint from = self->at;
  const StrataToken *token;

  if (strata_sqlite_parser_skip_group (self))
    {
      guint first = from + 1, n = self->at - from - 2;
      gboolean is_signed = n == 2 && (strata_token_is_symbol (&self->tokens[first], "-")
                                      || strata_token_is_symbol (&self->tokens[first], "+"));

      *written = strata_sqlite_parser_inside (self, from, self->at);
      token = &self->tokens[first + is_signed];
      if (n == 1u + is_signed && is_constant (token))
        return spell_default (self, first, first + n);
      return spell_default (self, from, self->at);
    }

  if (!take (self, "-"))
    take (self, "+");
  token = peek (self);
  self->at += token != NULL;
  if (self->at > from)
    *written = strata_sqlite_parser_part (self, from, self->at);
  if (token != NULL && token->kind == STRATA_TOKEN_NAME)
    {
      g_autofree char *name = strata_sqlite_token_dup_name (token);
      g_auto(GStrv) parts = g_strsplit (name, "'", -1);
      g_autofree char *doubled = g_strjoinv ("''", parts);

      return strata_sqlite_parser_keep (self, g_strdup_printf ("'%s'", doubled));
    }

  return spell_default (self, from, self->at);
}

static gboolean
read_generated (StrataSqliteParser *self,
                StrataSqliteColumn *column)
{
  guint from;

  take (self, "GENERATED");
  take (self, "ALWAYS");
  if (!take (self, "AS"))
    return FALSE;

  from = self->at + 1;
  if (!strata_sqlite_parser_skip_group (self))
    return FALSE;
  column->written_generated = strata_sqlite_parser_inside (self, from - 1, self->at);
  column->generated = strata_sqlite_parser_spell (self, from, self->at - 1);
  column->is_stored = take (self, "STORED");
  take (self, "VIRTUAL");

  return TRUE;
}

/* BINARY is what there is without it. */
static const char *
find_collation (const char *name)
{
  static const char * const known[] = { "NOCASE", "RTRIM" };

  for (guint i = 0; name != NULL && i < G_N_ELEMENTS (known); i++)
    if (g_ascii_strcasecmp (name, known[i]) == 0)
      return known[i];

  return name != NULL && g_ascii_strcasecmp (name, "BINARY") == 0 ? NULL : name;
}

/* One constraint behind the type; FALSE where there is none that is known. */
static gboolean
read_clause (StrataSqliteParser *self,
             StrataSqliteColumn *column)
{
  const char *name = take (self, "CONSTRAINT") ? strata_sqlite_parser_name (self) : NULL;

  if (strata_sqlite_parser_deferrable (self))
    return TRUE;
  if (take (self, "NOT"))
    {
      column->is_not_null = take (self, "NULL");
      column->not_null_name = name;
      column->not_null_conflict = strata_sqlite_parser_conflict (self);
    }
  else if (take (self, "NULL"))
    strata_sqlite_parser_conflict (self);
  else if (take (self, "DEFAULT"))
    {
      column->default_text = read_default (self, &column->written_default);
      column->default_name = name;
    }
  else if (take (self, "COLLATE"))
    {
      column->written_collation = strata_sqlite_parser_name (self);
      column->collation = find_collation (column->written_collation);
    }
  else if (is (self, "GENERATED") || is (self, "AS"))
    return read_generated (self, column);
  else
    return strata_sqlite_parser_constraint (self, name, column);

  return TRUE;
}

/* What is left of the item. */
static void
read_extra (StrataSqliteParser *self,
            StrataSqliteColumn *column,
            guint               from)
{
  self->at = from;
  while (!is_end_of_item (self))
    if (!strata_sqlite_parser_skip_group (self))
      self->at++;
  if (self->at > from)
    column->extra = strata_sqlite_parser_spell (self, from, self->at);
}

static void
read_column (StrataSqliteParser *self,
             StrataSqliteColumn *column)
{
  guint before;

  self->at++;       /* its name */
  read_type (self, column);
  do
    before = self->at;
  while (!is_end_of_item (self) && read_clause (self, column));
  read_extra (self, column, before);
}

static gboolean
is_table_constraint (StrataSqliteParser *self)
{
  return is (self, "CONSTRAINT") || is (self, "PRIMARY") || is (self, "UNIQUE") || is (self, "CHECK") || is (self, "FOREIGN");
}

static void
skip_item (StrataSqliteParser *self)
{
  while (!is_end_of_item (self))
    if (!strata_sqlite_parser_skip_group (self))
      self->at++;
}

/* The columns' names come first, as any expression may use them. */
static gboolean
read_names (StrataSqliteParser *self)
{
  StrataSqliteCreate *create = self->create;
  guint from = self->at;

  do
    {
      if (!is_table_constraint (self))
        {
          StrataSqliteColumn *column = g_new0 (StrataSqliteColumn, 1);

          g_ptr_array_add (create->columns, column);
          column->name = strata_sqlite_parser_name (self);
          if (column->name == NULL)
            return FALSE;
          g_ptr_array_add (create->names, (gpointer) column->name);
        }
      skip_item (self);
      /* Table constraints need no comma between them. */
    }
  while (take (self, ","));
  if (!is (self, ")"))
    return FALSE;
  self->at = from;

  return TRUE;
}

static void
read_table_constraint (StrataSqliteParser *self)
{
  while (!is_end_of_item (self))
    {
      guint from = self->at;
      const char *name = take (self, "CONSTRAINT") ? strata_sqlite_parser_name (self) : NULL;
      StrataSqliteConstraint *other;

      if (strata_sqlite_parser_constraint (self, name, NULL))
        continue;

      self->at = from;
      skip_item (self);
      other = g_new0 (StrataSqliteConstraint, 1);
      other->kind = STRATA_SQLITE_OTHER;
      other->text = strata_sqlite_parser_spell (self, from, self->at);
      other->columns = g_ptr_array_new ();
      other->referred = g_ptr_array_new ();
      g_ptr_array_add (self->create->constraints, other);
    }
}

static void
read_options (StrataSqliteParser *self)
{
  StrataSqliteCreate *create = self->create;
  guint others = self->at;

  while (self->at < self->n_tokens)
    {
      if (take (self, "STRICT"))
        create->is_strict = TRUE;
      else if (take (self, "WITHOUT"))
        create->is_without_rowid |= take (self, "ROWID");
      else if (!take (self, ","))
        {
          create->options = strata_sqlite_parser_spell (self, others, self->n_tokens);
          create->is_strict = create->is_without_rowid = FALSE;
          return;
        }
    }
}

static gboolean
read_create (StrataSqliteParser *self)
{
  guint column = 0;

  if (!take (self, "CREATE") || !take (self, "TABLE"))
    return FALSE;
  self->create->name = g_strdup (strata_sqlite_parser_name (self));
  if (self->create->name == NULL || !take (self, "(") || !read_names (self))
    return FALSE;

  do
    if (is_table_constraint (self))
      read_table_constraint (self);
    else if (column == self->create->columns->len)
      return FALSE;
    else
      read_column (self, self->create->columns->pdata[column++]);
  while (take (self, ","));
  if (!take (self, ")"))
    return FALSE;
  read_options (self);

  return TRUE;
}

static void
constraint_free (gpointer data)
{
  StrataSqliteConstraint *constraint = data;

  g_ptr_array_unref (constraint->columns);
  g_ptr_array_unref (constraint->referred);
  g_free (constraint);
}

StrataSqliteCreate *
strata_sqlite_create_new (const char *text)
{
  g_autoptr(StrataSqliteCreate) self = g_new0 (StrataSqliteCreate, 1);
  g_autoptr(GArray) tokens = strata_sqlite_tokenize (text);
  g_autoptr(GString) scratch = g_string_sized_new (64);
  StrataSqliteParser parser = {
    .create = self,
    .tokens = (const StrataToken *) tokens->data,
    .n_tokens = tokens->len,
    .scratch = scratch,
  };

  self->texts = g_string_chunk_new (512);
  self->columns = g_ptr_array_new_with_free_func (g_free);
  self->constraints = g_ptr_array_new_with_free_func (constraint_free);
  self->names = g_ptr_array_new ();

  return read_create (&parser) ? g_steal_pointer (&self) : NULL;
}

void
strata_sqlite_create_free (StrataSqliteCreate *self)
{
  if (self == NULL)
    return;

  g_free (self->name);
  g_ptr_array_unref (self->columns);
  g_ptr_array_unref (self->constraints);
  g_ptr_array_unref (self->names);
  g_string_chunk_free (self->texts);
  g_free (self);
}

StrataSqliteColumn *
strata_sqlite_create_find (const StrataSqliteCreate *self,
                           const char               *column)
{
  for (guint i = 0; i < self->names->len; i++)
    if (g_ascii_strcasecmp (self->names->pdata[i], column) == 0)
      return self->columns->pdata[i];

  return NULL;
}

StrataSqliteConstraint *
strata_sqlite_create_get_key (const StrataSqliteCreate *self)
{
  for (guint i = 0; i < self->constraints->len; i++)
    {
      StrataSqliteConstraint *constraint = self->constraints->pdata[i];

      if (constraint->kind == STRATA_SQLITE_PRIMARY_KEY)
        return constraint;
    }

  return NULL;
}

gboolean
strata_sqlite_create_is_never_null (const StrataSqliteCreate *self,
                                    const StrataSqliteColumn *column)
{
  const StrataSqliteConstraint *key = strata_sqlite_create_get_key (self);

  if (key == NULL)
    return FALSE;
  if (self->is_without_rowid)
    return g_ptr_array_find_with_equal_func (key->columns, column->name, g_str_equal, NULL);

  /* The rowid by another name. */
  return key->columns->len == 1 && !key->is_descending && g_strcmp0 (column->type, "INTEGER") == 0
         && g_str_equal (key->columns->pdata[0], column->name);
}
