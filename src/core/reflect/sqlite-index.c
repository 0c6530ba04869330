/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-index.h"

#include "core/reflect/sqlite-definition.h"

#include <string.h>

#define NEW(picture, Type) ((Type *) strata_picture_alloc ((picture), sizeof (Type)))

const char *
strata_sqlite_index_element (StrataPicture           *picture,
                             const StrataSqliteIndex *index,
                             guint                    i)
{
  const StrataToken *tokens = index != NULL ? (const StrataToken *) index->tokens->data : NULL;
  const StrataSqliteElement *element;
  const char *start, *end;

  if (index == NULL || i >= index->elements->len)
    return NULL;

  element = &g_array_index (index->elements, StrataSqliteElement, i);
  if (element->to == element->from)
    return NULL;
  start = tokens[element->from].text;
  end = tokens[element->to - 1].text + tokens[element->to - 1].length;

  return memcpy (strata_picture_alloc (picture, end - start + 1), start, end - start);
}

/* To the end, as it stands. */
const char *
strata_sqlite_index_where (StrataPicture           *picture,
                           const StrataSqliteIndex *index)
{
  const StrataToken *tokens = index != NULL ? (const StrataToken *) index->tokens->data : NULL;

  if (index == NULL || index->rest + 1 >= index->tokens->len || !strata_token_is_word (&tokens[index->rest], "WHERE"))
    return NULL;

  return strata_picture_intern (picture, tokens[index->rest + 1].text);
}

static const StrataPictureElement *
define_element (StrataPicture            *picture,
                const StrataPictureTable *table,
                const StrataSqliteIndex  *index,
                guint                     i)
{
  StrataPictureElement *self = NEW (picture, StrataPictureElement);
  const StrataSqliteElement *from = &g_array_index (index->elements, StrataSqliteElement, i);
  const StrataToken *at = &g_array_index (index->tokens, StrataToken, from->from);
  guint n = from->to - from->from;
  const StrataPictureColumn *column = NULL;
  const char *own = NULL;
  g_autofree char *name = NULL;
  g_autofree char *collation = NULL;

  self->text = strata_sqlite_index_element (picture, index, i);
  if (n > 1 && (strata_token_is_word (&at[n - 1], "DESC") || strata_token_is_word (&at[n - 1], "ASC")))
    self->is_descending = strata_token_is_word (&at[--n], "DESC");
  if (n > 2 && strata_token_is_word (&at[n - 2], "COLLATE"))
    {
      collation = strata_sqlite_token_dup_name (&at[n - 1]);
      n -= 2;
    }

  if (n == 1)
    {
      name = strata_sqlite_token_dup_name (&at[0]);
      column = strata_sqlite_find_column (table, name);
      self->column = column != NULL ? column->name : NULL;
    }
  own = column != NULL && column->collation != NULL ? column->collation : "BINARY";
  if (collation != NULL && g_ascii_strcasecmp (collation, own) != 0)
    self->collation = strata_picture_intern (picture, collation);

  return self;
}

const StrataSqliteReadIndex *
strata_sqlite_define_index (StrataPicture            *picture,
                            const StrataPictureTable *table,
                            const GPtrArray          *columns,
                            const char               *name,
                            const char               *text)
{
  StrataSqliteReadIndex *self = NEW (picture, StrataSqliteReadIndex);
  g_autoptr(StrataSqliteIndex) index = strata_sqlite_index_new (text);
  g_autoptr(GPtrArray) elements = NULL;
  g_autofree char *spelled = NULL;

  self->index.name = name;
  self->index.text = text;
  if (index == NULL)
    return self;

  elements = g_ptr_array_sized_new (index->elements->len);
  self->index.is_unique = index->is_unique;
  self->index.where = strata_sqlite_index_where (picture, index);
  for (guint i = 0; i < index->elements->len; i++)
    g_ptr_array_add (elements, (gpointer) define_element (picture, table, index, i));
  self->index.elements = strata_picture_list (picture, elements);
  spelled = strata_sqlite_index_render (index, table->name, columns);
  self->spelled = strata_picture_intern (picture, spelled);

  return self;
}
