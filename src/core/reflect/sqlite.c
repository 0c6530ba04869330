/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/reflect-private.h"
#include "core/reflect/sqlite-definition.h"
#include "core/reflect/sqlite-type.h"
#include "core/sql/statement.h"

#include "core/base/files.h"

#include <string.h>

typedef struct
{
  StrataPicture            *picture;
  StrataConnection         *connection;
  const StrataReflectScope *scope;
  const char               *schema;       /* of the database: "main", or one that is attached */
  GCancellable             *cancellable;
  GHashTable               *texts;        /* borrowed: the name of an index to its CREATE */
  GHashTable               *own_indexes;  /* borrowed: the name of a table to a GPtrArray of StrataPictureText; NULL: asked for */
  GHashTable               *triggers;     /* borrowed: the name of a table to a GPtrArray of StrataPictureText */
  GPtrArray                *tables;       /* StrataPictureTable* */
  GPtrArray                *views;        /* StrataPictureText* */
  GPtrArray                *all_triggers; /* StrataPictureText* */
  StrataRows               *columns;
  StrataRows               *indexes;
  guint                     column;       /* the row of the next table */
  guint                     index;
} Reader;

#define NEW(self, Type) ((Type *) strata_picture_alloc ((self)->picture, sizeof (Type)))
#define INTERN(self, text) strata_picture_intern ((self)->picture, (text))

/* The SQL is written for "main". */
static StrataRows *
query (Reader      *self,
       const char  *resource,
       const char  *param,
       const char  *second,
       GError     **error)
{
  const char *params[] = { param, second };
  GString *sql = g_string_new (strata_resource_text (resource));
  g_autofree char *text = NULL;

  if (strcmp (self->schema, "main") != 0)
    {
      g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, self->schema);
      g_autofree char *literal = strata_sql_quote_literal (STRATA_DIALECT_SQLITE, self->schema);
      g_autofree char *prefix = g_strconcat (name, ".", NULL);

      g_string_replace (sql, "main.", prefix, 0);
      g_string_replace (sql, "'main'", literal, 0);
    }
  text = g_string_free (sql, FALSE);

  return strata_connection_query (self->connection, text, params, second != NULL ? 2 : 1, self->cancellable, error);
}

static void
add_table (Reader     *self,
           const char *name,
           const char *text,
           gboolean    is_view)
{
  StrataPictureTable *table;

  if (is_view)
    {
      StrataPictureText *view = NEW (self, StrataPictureText);

      *view = (StrataPictureText) { .name = name, .text = text };
      g_ptr_array_add (self->views, view);
    }

  /* Views all come, as any may read the table. */
  if (self->scope->table != NULL && g_ascii_strcasecmp (self->scope->table, name) != 0)
    return;

  table = NEW (self, StrataPictureTable);
  table->schema = self->schema;
  table->name = name;
  table->text = text;
  table->is_view = is_view;
  g_ptr_array_add (self->tables, table);
}

static StrataPictureText *
add_to_list (Reader     *self,
             GHashTable *lists,
             const char *name,
             const char *table_name,
             const char *text)
{
  StrataPictureText *item = NEW (self, StrataPictureText);
  GPtrArray *list = g_hash_table_lookup (lists, table_name);

  *item = (StrataPictureText) { .name = name, .table = table_name, .text = text };
  if (list == NULL)
    {
      list = g_ptr_array_new ();
      g_hash_table_insert (lists, (gpointer) table_name, list);
    }
  g_ptr_array_add (list, item);

  return item;
}

static void
add_object (Reader     *self,
            const char *type,
            const char *name,
            const char *table_name,
            const char *text)
{
  if (strcmp (type, "index") == 0)
    {
      if (self->own_indexes != NULL)
        add_to_list (self, self->own_indexes, name, table_name, text);
      else
        g_hash_table_insert (self->texts, (gpointer) name, (gpointer) text);
    }
  else if (strcmp (type, "trigger") == 0)
    {
      g_ptr_array_add (self->all_triggers, add_to_list (self, self->triggers, name, table_name, text));
    }
  else
    {
      add_table (self, name, text, strcmp (type, "view") == 0);
    }
}

static gboolean
read_objects (Reader  *self,
              GError **error)
{
  g_autoptr(StrataRows) rows = query (self, "sql/sqlite/objects.sql", self->scope->table, NULL, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    add_object (self, strata_rows_get (rows, i, 0), INTERN (self, strata_rows_get (rows, i, 1)),
                INTERN (self, strata_rows_get (rows, i, 2)), INTERN (self, strata_rows_get (rows, i, 3)));

  return TRUE;
}

static StrataPictureColumn *
find_defined (StrataSqliteDefinition *definition,
              const char             *name)
{
  for (guint i = 0; i < definition->columns->len; i++)
    {
      StrataPictureColumn *column = definition->columns->pdata[i];

      if (g_ascii_strcasecmp (column->name, name) == 0)
        return column;
    }

  return NULL;
}

/* The words of the type of a generated column end, for some versions, in "GENERATED ALWAYS". */
static const char *
clean_type (Reader     *self,
            const char *words,
            gboolean    is_generated)
{
  g_autofree char *upper = g_ascii_strup (words, -1);
  const char *tail = is_generated ? strstr (upper, "GENERATED") : NULL;
  g_autofree char *clean = g_strndup (words, tail != NULL ? (gsize) (tail - upper) : strlen (words));

  return INTERN (self, g_strchomp (clean));
}

static StrataPictureColumn *
read_column (Reader                 *self,
             StrataSqliteDefinition *definition,
             guint                   row)
{
  StrataPictureColumn *column = NEW (self, StrataPictureColumn);
  const char *name = strata_rows_get (self->columns, row, 1);
  const StrataPictureColumn *defined = find_defined (definition, name);
  gint64 hidden = strata_rows_get_int (self->columns, row, 6);

  if (defined != NULL)
    *column = *defined;
  column->name = INTERN (self, name);
  column->type_text = clean_type (self, strata_rows_get (self->columns, row, 2), hidden != 0);
  column->type = strata_sqlite_read_type (self->picture, column->type_text);
  column->is_nullable = strata_rows_get_int (self->columns, row, 3) == 0;
  column->is_stored = hidden == 3;
  if (hidden == 0)
    column->default_text = INTERN (self, strata_rows_get (self->columns, row, 4));
  else if (column->computed == NULL)
    column->computed = "";

  return column;
}

static gboolean
is_of (StrataRows               *rows,
       guint                     row,
       const StrataPictureTable *table)
{
  return row < strata_rows_get_n_rows (rows) && strcmp (strata_rows_get (rows, row, 0), table->name) == 0;
}

/* Fills in the primary key where the text did not say it. */
static void
read_columns (Reader                 *self,
              StrataPictureTable     *table,
              StrataSqliteDefinition *definition)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();
  g_autoptr(GPtrArray) key = g_ptr_array_new ();

  while (self->column < strata_rows_get_n_rows (self->columns)
         && strcmp (strata_rows_get (self->columns, self->column, 0), table->name) < 0)
    self->column++;

  for (; is_of (self->columns, self->column, table); self->column++)
    {
      StrataPictureColumn *column = read_column (self, definition, self->column);
      gint64 position = strata_rows_get_int (self->columns, self->column, 5);

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
    {
      StrataPictureKey *primary = NEW (self, StrataPictureKey);

      if (definition->primary_key != NULL)
        *primary = *definition->primary_key;
      primary->columns = strata_picture_list (self->picture, key);
      table->primary_key = primary;
    }
}

static StrataPictureElement *
read_element (Reader                   *self,
              const StrataPictureTable *table,
              StrataSqliteIndexText    *text,
              guint                     position,
              guint                     row)
{
  StrataPictureElement *element = NEW (self, StrataPictureElement);
  const char *name = strata_rows_get (self->indexes, row, 5);
  const char *collation = strata_rows_get (self->indexes, row, 7);
  const StrataPictureColumn *column = name != NULL ? strata_picture_table_find_column (table, name) : NULL;
  const char *own = column != NULL && column->collation != NULL ? column->collation : "BINARY";

  element->column = INTERN (self, name);
  element->text = position < text->texts->len ? text->texts->pdata[position] : element->column;
  element->is_descending = strata_rows_get_int (self->indexes, row, 6) != 0;
  if (collation != NULL && g_ascii_strcasecmp (collation, own) != 0)
    element->collation = INTERN (self, collation);

  return element;
}

/* From the row where it begins; moves on to the next one. */
static StrataPictureIndex *
read_index (Reader                   *self,
            const StrataPictureTable *table)
{
  StrataPictureIndex *index = NEW (self, StrataPictureIndex);
  g_autoptr(GPtrArray) elements = g_ptr_array_new ();
  g_auto(StrataSqliteIndexText) text = { .texts = NULL };
  guint first = self->index;

  index->name = INTERN (self, strata_rows_get (self->indexes, first, 1));
  index->is_unique = strata_rows_get_int (self->indexes, first, 2) != 0;
  index->is_of_constraint = strcmp (strata_rows_get (self->indexes, first, 3), "c") != 0;
  index->text = g_hash_table_lookup (self->texts, index->name);
  strata_sqlite_read_index (self->picture, index->text != NULL ? index->text : "", &text);
  index->where = text.where;

  for (; is_of (self->indexes, self->index, table)
         && strcmp (strata_rows_get (self->indexes, self->index, 1), index->name) == 0;
       self->index++)
    g_ptr_array_add (elements, read_element (self, table, &text, self->index - first, self->index));
  index->elements = strata_picture_list (self->picture, elements);

  return index;
}

static void
read_own_indexes (Reader             *self,
                  StrataPictureTable *table)
{
  const GPtrArray *texts = g_hash_table_lookup (self->own_indexes, table->name);
  g_autoptr(GPtrArray) indexes = g_ptr_array_new ();

  for (guint i = 0; texts != NULL && i < texts->len; i++)
    {
      const StrataPictureText *text = texts->pdata[i];

      g_ptr_array_add (indexes, (gpointer) strata_sqlite_index_from_text (self->picture, table, text->name, text->text));
    }
  table->indexes = strata_picture_list (self->picture, indexes);
}

static void
read_indexes (Reader             *self,
              StrataPictureTable *table)
{
  g_autoptr(GPtrArray) indexes = g_ptr_array_new ();

  if (self->own_indexes != NULL)
    {
      read_own_indexes (self, table);
      return;
    }

  while (self->index < strata_rows_get_n_rows (self->indexes)
         && strcmp (strata_rows_get (self->indexes, self->index, 0), table->name) < 0)
    self->index++;

  while (is_of (self->indexes, self->index, table))
    {
      StrataPictureIndex *index = read_index (self, table);

      if (!index->is_of_constraint)
        g_ptr_array_add (indexes, index);
    }
  table->indexes = strata_picture_list (self->picture, indexes);
}

/* SQLite takes names in any case; we have them as the columns do. */
static const char * const *
match_columns (Reader                   *self,
               const StrataPictureTable *table,
               const char * const       *names)
{
  g_autoptr(GPtrArray) matched = g_ptr_array_new ();

  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      const char *name = names[i];

      for (guint j = 0; table->columns != NULL && table->columns[j] != NULL; j++)
        if (g_ascii_strcasecmp (table->columns[j]->name, name) == 0)
          name = table->columns[j]->name;
      g_ptr_array_add (matched, (gpointer) name);
    }

  return strata_picture_list (self->picture, matched);
}

static gboolean
find_primary_key (Reader                  *self,
                  StrataPictureReference  *reference,
                  GError                 **error)
{
  g_autoptr(StrataRows) rows = query (self, "sql/sqlite/primary-key.sql", reference->table, NULL, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_ptr_array_add (names, (gpointer) INTERN (self, strata_rows_get (rows, i, 0)));
  reference->referred = strata_picture_list (self->picture, names);

  return TRUE;
}

static gboolean
take_definition (Reader                  *self,
                 StrataPictureTable      *table,
                 StrataSqliteDefinition  *definition,
                 GError                 **error)
{
  for (guint i = 0; i < definition->uniques->len; i++)
    {
      StrataPictureKey *key = definition->uniques->pdata[i];

      key->columns = match_columns (self, table, key->columns);
    }

  for (guint i = 0; i < definition->references->len; i++)
    {
      StrataPictureReference *reference = definition->references->pdata[i];

      reference->schema = self->schema;
      reference->columns = match_columns (self, table, reference->columns);
      if (reference->referred == NULL && !find_primary_key (self, reference, error))
        return FALSE;
    }

  table->uniques = strata_picture_list (self->picture, definition->uniques);
  table->checks = strata_picture_list (self->picture, definition->checks);
  table->references = strata_picture_list (self->picture, definition->references);
  table->is_strict = definition->is_strict;
  table->is_without_rowid = definition->is_without_rowid;

  return TRUE;
}

static gboolean
read_table (Reader              *self,
            StrataPictureTable  *table,
            GError             **error)
{
  g_auto(StrataSqliteDefinition) definition = { .columns = NULL };
  GPtrArray *triggers = g_hash_table_lookup (self->triggers, table->name);

  strata_sqlite_read_definition (self->picture, !table->is_view && table->text != NULL ? table->text : "", &definition);
  read_columns (self, table, &definition);
  read_indexes (self, table);
  if (triggers != NULL)
    table->triggers = strata_picture_list (self->picture, triggers);

  return take_definition (self, table, &definition, error);
}

static int
compare_tables (gconstpointer a,
                gconstpointer b)
{
  const StrataPictureTable *first = *(const StrataPictureTable * const *) a;
  const StrataPictureTable *second = *(const StrataPictureTable * const *) b;

  return strcmp (first->name, second->name);
}

static gboolean
read_schemas (Reader  *self,
              GError **error)
{
  g_autoptr(StrataRows) rows = strata_connection_query (self->connection, "PRAGMA database_list", NULL, 0,
                                                        self->cancellable, error);
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    if (strcmp (strata_rows_get (rows, i, 1), "temp") != 0)
      g_ptr_array_add (names, (gpointer) INTERN (self, strata_rows_get (rows, i, 1)));
  self->picture->schemas = strata_picture_list (self->picture, names);
  self->picture->default_schema = "main";

  return TRUE;
}

static gboolean
read_session (Reader  *self,
              GError **error)
{
  g_autoptr(StrataRows) rows = strata_connection_query (self->connection, "PRAGMA foreign_keys", NULL, 0,
                                                        self->cancellable, error);

  if (rows == NULL)
    return FALSE;

  self->picture->enforces_references = strata_rows_get_n_rows (rows) > 0 && strata_rows_get_int (rows, 0, 0) != 0;

  return TRUE;
}

static gboolean
read_all (Reader  *self,
          GError **error)
{
  if (!read_session (self, error) || !read_schemas (self, error) || !read_objects (self, error))
    return FALSE;

  /* A view that reads what is gone has no columns that anybody could tell, and spoils the question; so does a virtual table
   * whose module is not in this library. */
  self->columns = query (self, "sql/sqlite/columns.sql", self->scope->table, "1", NULL);
  if (self->columns == NULL)
    self->columns = query (self, "sql/sqlite/columns.sql", self->scope->table, "0", NULL);
  if (self->columns == NULL)
    self->columns = query (self, "sql/sqlite/columns.sql", self->scope->table, "-", error);
  if (self->columns == NULL)
    return FALSE;
  if (self->own_indexes == NULL)
    self->indexes = query (self, "sql/sqlite/indexes.sql", self->scope->table, NULL, error);
  if (self->own_indexes == NULL && self->indexes == NULL)
    return FALSE;

  g_ptr_array_sort (self->tables, compare_tables);
  for (guint i = 0; i < self->tables->len; i++)
    if (!read_table (self, self->tables->pdata[i], error))
      return FALSE;

  self->picture->tables = strata_picture_list (self->picture, self->tables);
  self->picture->n_tables = self->tables->len;
  self->picture->views = strata_picture_list (self->picture, self->views);
  self->picture->triggers = strata_picture_list (self->picture, self->all_triggers);

  return TRUE;
}

gboolean
strata_reflect_sqlite (StrataPicture             *picture,
                       StrataConnection          *connection,
                       const StrataReflectScope  *scope,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  static const StrataReflectScope everything;
  GDestroyNotify free_list = (GDestroyNotify) g_ptr_array_unref;
  Reader self = {
    .picture = picture,
    .connection = connection,
    .scope = scope != NULL ? scope : &everything,
    .cancellable = cancellable,
    .schema = scope != NULL && scope->schema != NULL ? strata_picture_intern (picture, scope->schema) : "main",
    .texts = g_hash_table_new (g_str_hash, g_str_equal),
    .own_indexes = scope == NULL ? g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_list) : NULL,
    .triggers = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_list),
    .tables = g_ptr_array_new (),
    .views = g_ptr_array_new (),
    .all_triggers = g_ptr_array_new (),
  };
  gboolean is_read = read_all (&self, error);

  g_clear_pointer (&self.columns, strata_rows_free);
  g_clear_pointer (&self.indexes, strata_rows_free);
  g_hash_table_unref (self.texts);
  g_hash_table_unref (self.triggers);
  g_clear_pointer (&self.own_indexes, g_hash_table_unref);
  g_ptr_array_unref (self.tables);
  g_ptr_array_unref (self.views);
  g_ptr_array_unref (self.all_triggers);

  return is_read;
}
