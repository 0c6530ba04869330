/* SPDX-License-Identifier: GPL-3.0-or-later */

/* All objects of a SQLite database. Names are compared as SQLite does: without the case of ASCII letters. */

#include "config.h"

#include "core/reflect/reflect-private.h"
#include "core/reflect/sqlite-definition.h"
#include "core/reflect/sqlite-index.h"

#include "core/base/files.h"
#include "core/sql/sqlite-spelling.h"

#include <string.h>

typedef struct
{
  StrataPicture          *picture;
  const StrataReflectOwn *own;
  GPtrArray              *objects;    /* StrataObject* */
  GPtrArray              *tables;     /* const StrataPictureTable*, without own ones */
  GHashTable             *by_name;    /* lower-case name, owned, to the StrataObject of a table or view */
  GHashTable             *kinds;      /* name, borrowed, to "virtual" or "shadow" */
} Whole;

#define NEW(self, Type) ((Type *) strata_picture_alloc ((self)->picture, sizeof (Type)))

static gboolean
is_own (Whole      *self,
        const char *table)
{
  for (const StrataReflectOwn *own = self->own; own != NULL && own->name != NULL; own++)
    if ((own->schema == NULL || g_ascii_strcasecmp (own->schema, "main") == 0)
        && g_ascii_strcasecmp (own->name, table) == 0)
      return TRUE;

  return FALSE;
}

static StrataObject *
add_object (Whole            *self,
            StrataObjectKind  kind,
            const char       *name,
            const char       *table,
            const char       *text)
{
  StrataObject *object = NEW (self, StrataObject);

  object->kind = kind;
  object->name = name;
  object->table = table;
  object->text = text;
  g_ptr_array_add (self->objects, object);

  return object;
}

/* "CREATE VIRTUAL TABLE name USING module (...)". */
static const char *
find_module (Whole      *self,
             const char *text)
{
  StrataLexer lexer;
  StrataToken token;
  char *module;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, text, strlen (text));
  while (strata_lexer_next (&lexer, &token))
    if (strata_token_is_word (&token, "USING"))
      break;
  if (!strata_lexer_next (&lexer, &token))
    return NULL;

  module = strata_picture_alloc (self->picture, token.length + 1);

  return memcpy (module, token.text, token.length);
}

static void
add_table (Whole                    *self,
           const StrataPictureTable *from)
{
  const char *kind = g_hash_table_lookup (self->kinds, from->name);
  StrataSqliteTable *table = NEW (self, StrataSqliteTable);
  StrataObject *object = add_object (self, from->is_view ? STRATA_OBJECT_VIEW : STRATA_OBJECT_TABLE, from->name, NULL,
                                     from->text);

  *table = *(const StrataSqliteTable *) from;
  if (g_strcmp0 (kind, "virtual") == 0)
    {
      StrataPictureStorage *storage = NEW (self, StrataPictureStorage);

      storage->module = find_module (self, from->text);
      table->table.storage = storage;
    }
  object->is_inherited = g_strcmp0 (kind, "shadow") == 0;
  object->of.table = &table->table;
  g_ptr_array_add (self->tables, table);
  g_hash_table_insert (self->by_name, g_ascii_strdown (from->name, -1), object);
}

static const StrataObject *
find_relation (Whole      *self,
               const char *name)
{
  g_autofree char *key = g_ascii_strdown (name, -1);

  return g_hash_table_lookup (self->by_name, key);
}

static void
set_needs (Whole        *self,
           StrataObject *object,
           GPtrArray    *needs)
{
  object->needs = strata_picture_list (self->picture, needs);
}

static void
need_relations (Whole        *self,
                StrataObject *object,
                const char   *name,
                const char   *other)
{
  const StrataObject *first = find_relation (self, name);
  const StrataObject *second = other != NULL ? find_relation (self, other) : NULL;
  g_autoptr(GPtrArray) needs = g_ptr_array_new ();

  if (first != NULL)
    g_ptr_array_add (needs, (gpointer) first);
  if (second != NULL && second != first)
    g_ptr_array_add (needs, (gpointer) second);
  set_needs (self, object, needs);
}

static void
add_indexes (Whole                    *self,
             const StrataPictureTable *table)
{
  for (guint i = 0; table->indexes != NULL && table->indexes[i] != NULL; i++)
    {
      const StrataPictureIndex *index = table->indexes[i];
      StrataObject *object = add_object (self, STRATA_OBJECT_INDEX, index->name, table->name, index->text);

      object->of.index = index;
      object->spelled = ((const StrataSqliteReadIndex *) index)->spelled;
      need_relations (self, object, table->name, NULL);
    }
}

static void
add_constraints (Whole                   *self,
                 const StrataSqliteTable *table)
{
  for (guint i = 0; table->constraints != NULL && table->constraints[i] != NULL; i++)
    {
      StrataObject *object = table->constraints[i];
      gboolean refers = object->kind == STRATA_OBJECT_FOREIGN_KEY;

      need_relations (self, object, object->table, refers ? object->of.reference->table : NULL);
      g_ptr_array_add (self->objects, object);
    }
}

static void
add_triggers (Whole *self)
{
  const StrataPicture *picture = self->picture;

  for (guint i = 0; picture->triggers != NULL && picture->triggers[i] != NULL; i++)
    {
      const StrataPictureText *trigger = picture->triggers[i];

      if (!is_own (self, trigger->table))
        need_relations (self, add_object (self, STRATA_OBJECT_TRIGGER, trigger->name, trigger->table, trigger->text),
                        trigger->table, NULL);
    }
}

/* Tables and views that the text of a view names: SQLite does not mind where one is not there yet, people do. */
static void
add_needs_of_view (Whole        *self,
                   StrataObject *view)
{
  g_autoptr(GPtrArray) needs = g_ptr_array_new ();
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);
  StrataLexer lexer;
  StrataToken token;

  strata_lexer_init (&lexer, STRATA_DIALECT_SQLITE, view->text, strlen (view->text));
  while (strata_lexer_next (&lexer, &token))
    {
      g_autofree char *name = NULL;
      const StrataObject *relation;

      if (token.kind != STRATA_TOKEN_WORD && token.kind != STRATA_TOKEN_NAME)
        continue;
      name = strata_sqlite_token_dup_name (&token);
      relation = find_relation (self, name);
      if (relation != NULL && relation != view && g_hash_table_add (seen, (gpointer) relation))
        g_ptr_array_add (needs, (gpointer) relation);
    }
  set_needs (self, view, needs);
}

/* A shadow table is called as its virtual one, "_" and something. */
static void
add_needs_of_shadow (Whole        *self,
                     StrataObject *shadow)
{
  for (const char *end = strrchr (shadow->name, '_'); end != NULL; end = g_strrstr_len (shadow->name, end - shadow->name, "_"))
    {
      g_autofree char *name = g_strndup (shadow->name, end - shadow->name);
      const StrataObject *owner = find_relation (self, name);

      if (owner != NULL && owner->of.table->storage != NULL)
        {
          need_relations (self, shadow, name, NULL);
          return;
        }
    }
}

static int
compare_objects (gconstpointer a,
                 gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

static void
fill (Whole *self)
{
  StrataPicture *picture = self->picture;
  guint n_relations;

  for (guint i = 0; i < picture->n_tables; i++)
    if (!is_own (self, picture->tables[i]->name))
      add_table (self, picture->tables[i]);

  n_relations = self->objects->len;
  for (guint i = 0; i < n_relations; i++)
    {
      StrataObject *object = self->objects->pdata[i];

      if (object->kind == STRATA_OBJECT_VIEW)
        add_needs_of_view (self, object);
      else if (object->is_inherited)
        add_needs_of_shadow (self, object);
      else
        {
          object->spelled = ((const StrataSqliteTable *) object->of.table)->spelled;
          add_constraints (self, (const StrataSqliteTable *) object->of.table);
          add_indexes (self, object->of.table);
        }
    }
  add_triggers (self);

  g_ptr_array_sort (self->objects, compare_objects);
  picture->tables = strata_picture_list (picture, self->tables);
  picture->n_tables = self->tables->len;
  picture->objects = strata_picture_list (picture, self->objects);
  picture->n_objects = self->objects->len;
}

/* SQLite looks at each table to tell. */
static gboolean
has_virtual_tables (const StrataPicture *picture)
{
  for (guint i = 0; i < picture->n_tables; i++)
    if (strata_sqlite_is_virtual (picture->tables[i]))
      return TRUE;

  return FALSE;
}

static gboolean
read_whole (Whole             *self,
            StrataConnection  *connection,
            GCancellable      *cancellable,
            GError           **error)
{
  g_autoptr(StrataRows) rows = NULL;

  if (!strata_reflect_sqlite (self->picture, connection, NULL, cancellable, error))
    return FALSE;
  if (has_virtual_tables (self->picture))
    {
      rows = strata_connection_query (connection, strata_resource_text ("sql/sqlite/virtual-tables.sql"), NULL, 0, cancellable, error);
      if (rows == NULL)
        return FALSE;
    }

  for (guint i = 0; rows != NULL && i < strata_rows_get_n_rows (rows); i++)
    g_hash_table_insert (self->kinds, (gpointer) strata_rows_get (rows, i, 0), (gpointer) strata_rows_get (rows, i, 1));
  fill (self);

  return TRUE;
}

gboolean
strata_reflect_sqlite_whole (StrataPicture           *picture,
                             StrataConnection        *connection,
                             const StrataReflectOwn  *own,
                             GCancellable            *cancellable,
                             GError                 **error)
{
  gboolean is_open = strata_connection_in_transaction (connection);
  Whole self = {
    .picture = picture,
    .own = own,
    .objects = g_ptr_array_new (),
    .tables = g_ptr_array_new (),
    .by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
    .kinds = g_hash_table_new (g_str_hash, g_str_equal),
  };
  gboolean is_read = FALSE;

  if (is_open || strata_connection_begin (connection, FALSE, cancellable, error))
    is_read = read_whole (&self, connection, cancellable, error);
  if (!is_open)
    strata_connection_rollback (connection);

  g_ptr_array_unref (self.objects);
  g_ptr_array_unref (self.tables);
  g_hash_table_unref (self.by_name);
  g_hash_table_unref (self.kinds);

  return is_read;
}
