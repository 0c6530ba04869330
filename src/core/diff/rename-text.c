/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/rename.h"

#include "core/sql/lexer.h"
#include "core/sql/statement.h"

#include <string.h>

typedef struct
{
  const StrataObject *object;
  const GPtrArray    *renamings;
  StrataToken         before[2];      /* the last token, and the one before that */
  gboolean            is_of_referred; /* behind REFERENCES: columns are those of the other table */
  const StrataObject *referred;
} Writer;

static char *
dup_name (const StrataToken *token)
{
  g_autofree char *text = NULL;
  g_auto(GStrv) parts = NULL;

  if (token->kind == STRATA_TOKEN_WORD)
    return g_strndup (token->text, token->length);
  if (token->kind != STRATA_TOKEN_NAME || token->length < 2)
    return NULL;

  text = g_strndup (token->text + 1, token->length - 2);
  parts = g_strsplit (text, "\"\"", -1);

  return g_strjoinv ("\"", parts);
}

static gboolean
is_named (const StrataToken *token,
          const char        *name)
{
  g_autofree char *text = token->text != NULL ? dup_name (token) : NULL;

  return text != NULL && g_strcmp0 (text, name) == 0;
}

static gboolean
is_symbol (const StrataToken *token,
           const char        *symbol)
{
  return token->text != NULL && strata_token_is_symbol (token, symbol);
}

static gboolean
is_statistics_of (const StrataObject *object,
                  const StrataObject *table)
{
  for (guint i = 0; object->kind == STRATA_OBJECT_STATISTICS && object->needs != NULL && object->needs[i] != NULL; i++)
    if (object->needs[i] == table)
      return TRUE;

  return FALSE;
}

static gboolean
is_own_column (const Writer         *self,
               const StrataRenaming *renaming,
               const char           *next)
{
  const StrataObject *object = self->object, *table = renaming->object;
  gboolean hangs_on_it = object == table || is_statistics_of (object, table) || (g_strcmp0 (object->table, table->name) == 0
                                             && g_strcmp0 (object->schema, table->schema) == 0);

  if (self->is_of_referred ? self->referred != table : !hangs_on_it)
    return FALSE;
  if (is_symbol (&self->before[0], "::") || *next == '(')
    return FALSE;
  if (!is_symbol (&self->before[0], "."))
    return TRUE;

  return is_named (&self->before[1], table->name) || is_named (&self->before[1], "new") || is_named (&self->before[1], "old");
}

static gboolean
is_object_itself (const Writer         *self,
                  const StrataRenaming *renaming)
{
  /* "CREATE INDEX name ON", and its like. */
  if (renaming->object == self->object && self->object->table != NULL)
    return self->before[0].text != NULL
           && (strata_token_is_word (&self->before[0], "INDEX") || strata_token_is_word (&self->before[0], "TRIGGER")
               || strata_token_is_word (&self->before[0], "RULE"));

  return renaming->object->table == NULL && is_symbol (&self->before[0], ".")
         && is_named (&self->before[1], renaming->object->schema);
}

/* "public" of "public.citext", where that belongs to an extension that goes elsewhere, or of "OPERATOR(public.=)". */
static gboolean
is_schema_of_member (const StrataRenaming *renaming,
                     const char           *name,
                     const char           *next)
{
  const char * const *members = renaming->object->of.members;
  g_autofree char *member = NULL;
  StrataLexer lexer;
  StrataToken token;

  if (*next != '.' || members == NULL || g_strcmp0 (renaming->object->schema, name) != 0)
    return FALSE;

  strata_lexer_init (&lexer, STRATA_DIALECT_POSTGRESQL, next + 1, strcspn (next + 1, ")(,; \t\n[:"));
  if (!strata_lexer_next (&lexer, &token))
    return FALSE;
  member = dup_name (&token);
  if (member == NULL)
    member = g_strndup (next + 1, strcspn (next + 1, ") "));

  return g_strv_contains (members, member);
}

/* The new name; NULL: the token stays. */
static const char *
find_name (const Writer *self,
           const char   *name,
           const char   *next)
{
  for (guint i = 0; i < self->renamings->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->renamings, i);

      if (renaming->column != NULL && strcmp (renaming->column, name) == 0 && is_own_column (self, renaming, next))
        return renaming->name;
      if (renaming->is_move ? is_schema_of_member (renaming, name, next)
          : renaming->column == NULL && strcmp (renaming->object->name, name) == 0 && is_object_itself (self, renaming))
        return renaming->name;
    }

  return NULL;
}

/* 'public.users_id_seq' as nextval() has it. */
static char *
dup_string (const Writer      *self,
            const StrataToken *token)
{
  for (guint i = 0; i < self->renamings->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->renamings, i);
      g_autofree char *schema = NULL;
      g_autofree char *name = NULL;
      g_autofree char *whole = NULL;
      g_autofree char *new_name = NULL;

      if (renaming->is_move || renaming->column != NULL || renaming->object->table != NULL || renaming->object->schema == NULL)
        continue;
      schema = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, renaming->object->schema);
      name = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, renaming->object->name);
      whole = g_strdup_printf ("'%s.%s'", schema, name);
      if (token->length != strlen (whole) || strncmp (token->text, whole, token->length) != 0)
        continue;

      new_name = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, renaming->name);
      return g_strdup_printf ("'%s.%s'", schema, new_name);
    }

  return NULL;
}

static const StrataObject *
find_referred (const Writer *self)
{
  const StrataPictureReference *reference = self->object->kind == STRATA_OBJECT_FOREIGN_KEY ? self->object->of.reference : NULL;

  for (guint i = 0; reference != NULL && i < self->renamings->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (self->renamings, i);

      if (renaming->object->kind == STRATA_OBJECT_TABLE && g_strcmp0 (renaming->object->name, reference->table) == 0
          && g_strcmp0 (renaming->object->schema, reference->schema) == 0)
        return renaming->object;
    }

  return NULL;
}

char *
strata_rename_text (const char         *text,
                    const StrataObject *object,
                    const GPtrArray    *renamings)
{
  g_autoptr(GString) out = g_string_new (NULL);
  Writer writer = { .object = object, .renamings = renamings };
  StrataLexer lexer;
  StrataToken token;
  const char *at = text;

  if (text == NULL)
    return NULL;

  writer.referred = find_referred (&writer);
  strata_lexer_init (&lexer, STRATA_DIALECT_POSTGRESQL, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *name = dup_name (&token);
      const char *found = name != NULL ? find_name (&writer, name, lexer.at) : NULL;
      g_autofree char *replaced = found != NULL ? strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, found)
                                  : token.kind == STRATA_TOKEN_STRING ? dup_string (&writer, &token) : NULL;

      g_string_append_len (out, at, token.text - at);
      g_string_append_len (out, replaced != NULL ? replaced : token.text, replaced != NULL ? strlen (replaced) : token.length);
      at = token.text + token.length;
      writer.is_of_referred |= object->kind == STRATA_OBJECT_FOREIGN_KEY && strata_token_is_word (&token, "REFERENCES");
      writer.before[1] = writer.before[0];
      writer.before[0] = token;
    }
  g_string_append (out, at);

  return g_string_free (g_steal_pointer (&out), FALSE);
}
