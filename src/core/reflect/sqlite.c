/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/reflect-private.h"
#include "core/reflect/sqlite-columns.h"
#include "core/reflect/sqlite-definition.h"
#include "core/reflect/sqlite-index.h"
#include "core/sql/sqlite-render.h"
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
  GPtrArray                *to_keys;      /* StrataPictureReference*: that name no columns, and mean the primary key */
  StrataRows               *indexes;
  StrataSqliteColumns      *columns;
  guint                     index;        /* the row of the next table */
} Reader;

#define NEW(self, Type) ((Type *) strata_picture_alloc ((self)->picture, sizeof (Type)))
#define INTERN(self, text) strata_picture_intern ((self)->picture, (text))

/* The SQL is written for "main". */
static StrataRows *
query (Reader      *self,
       const char  *resource,
       const char  *param,
       const char  *second,
       const char  *third,
       GError     **error)
{
  const char *params[] = { param, second, third };
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

  return strata_connection_query (self->connection, text, params, third != NULL ? 3 : 1, self->cancellable, error);
}

static void
add_table (Reader     *self,
           const char *name,
           const char *text,
           gboolean    is_view)
{
  StrataSqliteTable *read;
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

  read = NEW (self, StrataSqliteTable);
  table = &read->table;
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

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  const StrataPictureText *first = *(const StrataPictureText * const *) a;
  const StrataPictureText *second = *(const StrataPictureText * const *) b;

  return strcmp (first->name, second->name);
}

/* Of so few, or each table's own: SQLite would carry all their texts through its sort. */
static const StrataPictureText * const *
list_texts (Reader    *self,
            GPtrArray *texts)
{
  if (texts == NULL)
    return NULL;

  g_ptr_array_sort (texts, compare_texts);

  return strata_picture_list (self->picture, texts);
}

static gboolean
read_objects (Reader  *self,
              GError **error)
{
  g_autoptr(StrataRows) rows = query (self, "sql/sqlite/objects.sql", self->scope->table, NULL, NULL, error);

  if (rows == NULL)
    return FALSE;

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    add_object (self, strata_rows_get (rows, i, 0), INTERN (self, strata_rows_get (rows, i, 1)),
                INTERN (self, strata_rows_get (rows, i, 2)), INTERN (self, strata_rows_get (rows, i, 3)));

  return TRUE;
}

static StrataPictureElement *
read_element (Reader                   *self,
              const StrataPictureTable *table,
              const StrataSqliteIndex  *parts,
              guint                     position,
              guint                     row)
{
  StrataPictureElement *element = NEW (self, StrataPictureElement);
  const char *name = strata_rows_get (self->indexes, row, 5);
  const char *collation = strata_rows_get (self->indexes, row, 7);
  const StrataPictureColumn *column = name != NULL ? strata_picture_table_find_column (table, name) : NULL;
  const char *own = column != NULL && column->collation != NULL ? column->collation : "BINARY";

  element->column = INTERN (self, name);
  element->text = strata_sqlite_index_element (self->picture, parts, position);
  if (element->text == NULL)
    element->text = element->column;
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
  g_autoptr(StrataSqliteIndex) parts = NULL;
  guint first = self->index;

  index->name = INTERN (self, strata_rows_get (self->indexes, first, 1));
  index->is_unique = strata_rows_get_int (self->indexes, first, 2) != 0;
  index->is_of_constraint = strcmp (strata_rows_get (self->indexes, first, 3), "c") != 0;
  index->text = g_hash_table_lookup (self->texts, index->name);
  parts = index->text != NULL ? strata_sqlite_index_new (index->text) : NULL;
  index->where = strata_sqlite_index_where (self->picture, parts);

  for (; strata_sqlite_is_row_of (self->indexes, self->index, table->name)
         && strcmp (strata_rows_get (self->indexes, self->index, 1), index->name) == 0;
       self->index++)
    g_ptr_array_add (elements, read_element (self, table, parts, self->index - first, self->index));
  index->elements = strata_picture_list (self->picture, elements);

  return index;
}

static void
read_own_indexes (Reader             *self,
                  StrataPictureTable *table)
{
  const StrataPictureText * const *texts = list_texts (self, g_hash_table_lookup (self->own_indexes, table->name));
  g_autoptr(GPtrArray) indexes = g_ptr_array_new ();
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    g_ptr_array_add (columns, (gpointer) table->columns[i]->name);
  for (guint i = 0; texts != NULL && texts[i] != NULL; i++)
    g_ptr_array_add (indexes, (gpointer) strata_sqlite_define_index (self->picture, table, columns, texts[i]->name, texts[i]->text));
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

  while (strata_sqlite_is_row_of (self->indexes, self->index, table->name))
    {
      StrataPictureIndex *index = read_index (self, table);

      if (!index->is_of_constraint)
        g_ptr_array_add (indexes, index);
    }
  table->indexes = strata_picture_list (self->picture, indexes);
}

/* Tables have been read, or only one was asked for. SQLite takes names in any case. */
static gboolean
find_primary_key (Reader                  *self,
                  StrataPictureReference  *reference,
                  GError                 **error)
{
  const StrataPictureTable *table = strata_picture_find_table (self->picture, self->schema, reference->table);
  g_autoptr(StrataRows) rows = NULL;
  g_autoptr(GPtrArray) names = NULL;

  if (table != NULL)
    {
      reference->referred = table->primary_key != NULL ? table->primary_key->columns : NULL;
      return TRUE;
    }

  rows = query (self, "sql/sqlite/primary-key.sql", reference->table, NULL, NULL, error);
  if (rows == NULL)
    return FALSE;
  names = g_ptr_array_new ();

  for (guint i = 0; i < strata_rows_get_n_rows (rows); i++)
    g_ptr_array_add (names, (gpointer) INTERN (self, strata_rows_get (rows, i, 0)));
  reference->referred = strata_picture_list (self->picture, names);

  return TRUE;
}

static void
read_rest (Reader                   *self,
           StrataSqliteTable        *table,
           const StrataSqliteCreate *create)
{
  read_indexes (self, &table->table);
  table->table.triggers = list_texts (self, g_hash_table_lookup (self->triggers, table->table.name));
  if (create == NULL)
    return;

  strata_sqlite_define_rest (self->picture, table, create, self->to_keys);
  if (self->own_indexes != NULL)
    {
      g_autofree char *spelled = strata_sqlite_render_table (create, NULL, 0);

      table->spelled = INTERN (self, spelled);
    }
}

static StrataSqliteCreate *
take_apart (const StrataSqliteTable *table)
{
  return table->table.is_view || table->table.text == NULL ? NULL : strata_sqlite_create_new (table->table.text);
}

/* A view that reads what is gone has no columns that anybody could tell, and spoils the question; so does a virtual table
 * whose module is not in this library. */
static gboolean
ask_columns (Reader    *self,
             gboolean   is_of_tables,
             GError   **error)
{
  static const char * const kinds[] = { "1", "0", "-" };
  StrataRows *rows = NULL;

  for (guint i = 0; rows == NULL && i < G_N_ELEMENTS (kinds); i++)
    rows = query (self, "sql/sqlite/columns.sql", self->scope->table, kinds[i], is_of_tables ? "1" : "0",
                  i + 1 == G_N_ELEMENTS (kinds) ? error : NULL);
  if (rows != NULL)
    strata_sqlite_columns_take_rows (self->columns, rows);

  return rows != NULL;
}

/* Those whose text does not say it all, and views. */
static gboolean
read_asked (Reader           *self,
            const GPtrArray  *tables,
            gboolean          is_of_tables,
            GError          **error)
{
  if (tables->len == 0)
    return TRUE;
  if (!ask_columns (self, is_of_tables, error))
    return FALSE;

  self->index = 0;
  for (guint i = 0; i < tables->len; i++)
    {
      StrataSqliteTable *table = tables->pdata[i];
      g_autoptr(StrataSqliteCreate) create = take_apart (table);

      strata_sqlite_columns_read (self->columns, &table->table, create);
      read_rest (self, table, create);
    }

  return TRUE;
}

static gboolean
read_tables (Reader  *self,
             GError **error)
{
  g_autoptr(GPtrArray) others = g_ptr_array_new ();
  gboolean is_of_tables = FALSE;

  for (guint i = 0; i < self->tables->len; i++)
    {
      StrataSqliteTable *table = self->tables->pdata[i];
      g_autoptr(StrataSqliteCreate) create = take_apart (table);

      if (create != NULL && strata_sqlite_tells_columns (create))
        {
          strata_sqlite_columns_define (self->columns, &table->table, create);
          read_rest (self, table, create);
          continue;
        }
      g_ptr_array_add (others, table);
      is_of_tables |= !table->table.is_view && !strata_sqlite_is_virtual (&table->table);
    }

  return read_asked (self, others, is_of_tables, error);
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

  if (self->own_indexes == NULL)
    self->indexes = query (self, "sql/sqlite/indexes.sql", self->scope->table, NULL, NULL, error);
  if (self->own_indexes == NULL && self->indexes == NULL)
    return FALSE;

  g_ptr_array_sort (self->tables, compare_tables);
  if (!read_tables (self, error))
    return FALSE;

  self->picture->tables = strata_picture_list (self->picture, self->tables);
  self->picture->n_tables = self->tables->len;
  self->picture->views = list_texts (self, self->views);
  self->picture->triggers = list_texts (self, self->all_triggers);

  for (guint i = 0; i < self->to_keys->len; i++)
    if (!find_primary_key (self, self->to_keys->pdata[i], error))
      return FALSE;

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
    .columns = strata_sqlite_columns_new (picture),
    .tables = g_ptr_array_new (),
    .views = g_ptr_array_new (),
    .all_triggers = g_ptr_array_new (),
    .to_keys = g_ptr_array_new (),
  };
  gboolean is_read = read_all (&self, error);

  strata_sqlite_columns_free (self.columns);
  g_clear_pointer (&self.indexes, strata_rows_free);
  g_hash_table_unref (self.texts);
  g_hash_table_unref (self.triggers);
  g_clear_pointer (&self.own_indexes, g_hash_table_unref);
  g_ptr_array_unref (self.tables);
  g_ptr_array_unref (self.views);
  g_ptr_array_unref (self.all_triggers);
  g_ptr_array_unref (self.to_keys);

  return is_read;
}
