/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-definition.h"

#include "core/sql/sqlite-spelling.h"

#include <string.h>

#define NEW(picture, Type) ((Type *) strata_picture_alloc ((picture), sizeof (Type)))

static const StrataPictureColumn *
find_column (const StrataPictureTable *table,
             const char               *name)
{
  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    if (g_ascii_strcasecmp (table->columns[i]->name, name) == 0)
      return table->columns[i];

  return NULL;
}

static const StrataPictureElement *
read_element (StrataPicture            *picture,
              const StrataPictureTable *table,
              const char               *text)
{
  StrataPictureElement *element = NEW (picture, StrataPictureElement);
  g_autoptr(GArray) tokens = strata_sqlite_tokenize (text);
  const StrataToken *at = (const StrataToken *) tokens->data;
  guint n = tokens->len;
  const StrataPictureColumn *column = NULL;
  const char *own = NULL;
  g_autofree char *name = NULL;
  g_autofree char *collation = NULL;

  element->text = text;
  if (n > 1 && (strata_token_is_word (&at[n - 1], "DESC") || strata_token_is_word (&at[n - 1], "ASC")))
    element->is_descending = strata_token_is_word (&at[--n], "DESC");
  if (n > 2 && strata_token_is_word (&at[n - 2], "COLLATE"))
    {
      collation = strata_sqlite_token_dup_name (&at[n - 1]);
      n -= 2;
    }

  if (n == 1)
    {
      name = strata_sqlite_token_dup_name (&at[0]);
      column = find_column (table, name);
      element->column = column != NULL ? column->name : NULL;
    }
  own = column != NULL && column->collation != NULL ? column->collation : "BINARY";
  if (collation != NULL && g_ascii_strcasecmp (collation, own) != 0)
    element->collation = strata_picture_intern (picture, collation);

  return element;
}

const StrataPictureIndex *
strata_sqlite_index_from_text (StrataPicture            *picture,
                               const StrataPictureTable *table,
                               const char               *name,
                               const char               *text)
{
  StrataPictureIndex *index = NEW (picture, StrataPictureIndex);
  g_auto(StrataSqliteIndexText) parts = { .texts = NULL };
  g_autoptr(GPtrArray) elements = g_ptr_array_new ();
  StrataLexer lexer;
  StrataToken token;

  index->name = name;
  index->text = text;
  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, text, strlen (text));
  index->is_unique = strata_lexer_next (&lexer, &token) && strata_lexer_next (&lexer, &token)
                     && strata_token_is_word (&token, "UNIQUE");
  strata_sqlite_read_index (picture, text, &parts);
  index->where = parts.where;
  for (guint i = 0; i < parts.texts->len; i++)
    g_ptr_array_add (elements, (gpointer) read_element (picture, table, parts.texts->pdata[i]));
  index->elements = strata_picture_list (picture, elements);

  return index;
}
