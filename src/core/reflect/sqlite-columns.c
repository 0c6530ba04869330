/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/sqlite-columns.h"

#include "core/reflect/sqlite-definition.h"
#include "core/reflect/sqlite-type.h"

#include <string.h>

struct _StrataSqliteColumns
{
  StrataPicture *picture;
  StrataRows    *rows;
  GHashTable    *first;     /* borrowed: the name of a table to its first row */
  GHashTable    *types;     /* borrowed: the words of a type to a StrataPictureColumn that has it */
  GString       *words;     /* of a type */
};

#define INTERN(self, text) strata_picture_intern ((self)->picture, (text))

StrataSqliteColumns *
strata_sqlite_columns_new (StrataPicture *picture)
{
  StrataSqliteColumns *self = g_new0 (StrataSqliteColumns, 1);

  self->picture = picture;
  self->first = g_hash_table_new (g_str_hash, g_str_equal);
  self->types = g_hash_table_new (g_str_hash, g_str_equal);
  self->words = g_string_new (NULL);

  return self;
}

void
strata_sqlite_columns_free (StrataSqliteColumns *self)
{
  g_clear_pointer (&self->rows, strata_rows_free);
  g_hash_table_unref (self->first);
  g_hash_table_unref (self->types);
  g_string_free (self->words, TRUE);
  g_free (self);
}

void
strata_sqlite_columns_take_rows (StrataSqliteColumns *self,
                                 StrataRows          *rows)
{
  const char *before = NULL;

  self->rows = rows;
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      const char *table = strata_rows_get (rows, row, 0);

      if (before == NULL || strcmp (before, table) != 0)
        g_hash_table_insert (self->first, (gpointer) table, GUINT_TO_POINTER (row));
      before = table;
    }
}

gboolean
strata_sqlite_is_row_of (const StrataRows *rows,
                         guint             row,
                         const char       *table)
{
  return row < strata_rows_get_n_rows (rows) && strcmp (strata_rows_get (rows, row, 0), table) == 0;
}

/* The words of the type of a generated column end, for some versions, in "GENERATED ALWAYS". */
static void
clean_type (GString *words)
{
  g_autofree char *upper = g_ascii_strup (words->str, words->len);
  const char *tail = strstr (upper, "GENERATED");

  if (tail != NULL)
    g_string_truncate (words, tail - upper);
  g_strchomp (words->str);
}

/* As SQLite since 3.37 has those that a strict table may have, whatever their case was. */
static const char *
find_standard_type (const char *words)
{
  static const char * const types[] = { "ANY", "BLOB", "INT", "INTEGER", "REAL", "TEXT" };

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (types[i], words) == 0)
      return types[i];

  return words;
}

/* There are few of them for many columns. */
static void
set_type (StrataSqliteColumns *self,
          StrataPictureColumn *column,
          const char          *words)
{
  const StrataPictureColumn *same = g_hash_table_lookup (self->types, words);

  if (same == NULL)
    {
      column->type_text = INTERN (self, find_standard_type (words));
      column->type = strata_sqlite_read_type (self->picture, column->type_text);
      g_hash_table_insert (self->types, (gpointer) INTERN (self, words), column);
      return;
    }
  column->type_text = same->type_text;
  column->type = same->type;
}

static StrataPictureColumn *
read_column (StrataSqliteColumns      *self,
             const StrataSqliteCreate *create,
             guint                     row)
{
  const char *name = strata_rows_get (self->rows, row, 1);
  const StrataSqliteColumn *defined = create != NULL ? strata_sqlite_create_find (create, name) : NULL;
  StrataPictureColumn *column = defined != NULL ? strata_sqlite_define_column (self->picture, create, defined)
                                                : strata_picture_alloc (self->picture, sizeof *column);
  gint64 hidden = strata_rows_get_int (self->rows, row, 6);

  column->name = INTERN (self, name);
  g_string_assign (self->words, strata_rows_get (self->rows, row, 2));
  if (hidden != 0)
    clean_type (self->words);
  set_type (self, column, self->words->str);
  column->is_nullable = strata_rows_get_int (self->rows, row, 3) == 0;
  column->is_stored = hidden == 3;
  column->default_text = hidden == 0 ? INTERN (self, strata_rows_get (self->rows, row, 4)) : NULL;
  if (hidden != 0 && column->computed == NULL)
    column->computed = "";

  return column;
}

void
strata_sqlite_columns_read (StrataSqliteColumns      *self,
                            StrataPictureTable       *table,
                            const StrataSqliteCreate *create)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autoptr(GPtrArray) key = g_ptr_array_new ();
  gpointer first;

  if (!g_hash_table_lookup_extended (self->first, table->name, NULL, &first))
    return;

  for (guint row = GPOINTER_TO_UINT (first); strata_sqlite_is_row_of (self->rows, row, table->name); row++)
    {
      StrataPictureColumn *column = read_column (self, create, row);
      gint64 position = strata_rows_get_int (self->rows, row, 5);

      g_ptr_array_add (columns, column);
      if (position > 0)
        {
          if (position > key->len)
            g_ptr_array_set_size (key, position);
          key->pdata[position - 1] = (gpointer) column->name;
        }
    }

  table->columns = strata_picture_list (self->picture, columns);
  if (key->len > 0)
    strata_sqlite_define_key (self->picture, table, create, key);
}

void
strata_sqlite_columns_define (StrataSqliteColumns      *self,
                              StrataPictureTable       *table,
                              const StrataSqliteCreate *create)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_sized_new (create->columns->len);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();
  const StrataSqliteConstraint *key = strata_sqlite_create_get_key (create);

  for (guint i = 0; i < create->columns->len; i++)
    {
      const StrataSqliteColumn *from = create->columns->pdata[i];
      StrataPictureColumn *column = strata_sqlite_define_column (self->picture, create, from);

      g_string_truncate (self->words, 0);
      g_string_append_len (self->words, from->written_type.text, from->written_type.length);
      set_type (self, column, self->words->str);
      g_ptr_array_add (columns, column);
    }
  table->columns = strata_picture_list (self->picture, columns);
  if (key == NULL)
    return;

  for (guint i = 0; i < key->columns->len; i++)
    {
      const StrataPictureColumn *column = strata_sqlite_find_column (table, key->columns->pdata[i]);

      if (column != NULL && !g_ptr_array_find (names, column->name, NULL))
        g_ptr_array_add (names, (gpointer) column->name);
    }
  strata_sqlite_define_key (self->picture, table, create, names);
}
