/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What every row meets, or would, because there is none yet or its columns are new and the same in all of them: nobody has to
 * look at that. */

#include "config.h"

#include "core/diff/judge.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

static char *
dup_table_key (const char *schema,
               const char *table)
{
  return g_strconcat (schema != NULL ? schema : "", "\n", table, NULL);
}

char *
strata_diff_dup_column_key (const char *schema,
                            const char *table,
                            const char *column)
{
  return g_strconcat (schema != NULL ? schema : "", "\n", table, "\n", column, NULL);
}

gboolean
strata_diff_is_empty_column (const StrataPictureColumn *column)
{
  return column != NULL && column->is_nullable && column->default_text == NULL && column->computed == NULL
         && column->identity == NULL && !column->is_autoincrement;
}

/* Tables that others inherit from, qualified: a child may have a column of the new one's name already, with other values. */
static GHashTable *
list_parents (const StrataPicture *picture)
{
  GHashTable *parents = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < picture->n_objects; i++)
    {
      const StrataObject *object = picture->objects[i];
      const StrataPictureTable *table = object->kind == STRATA_OBJECT_TABLE ? object->of.table : NULL;
      const char * const *names = table != NULL && !table->is_partition && table->storage != NULL ? table->storage->parents : NULL;

      for (guint j = 0; names != NULL && names[j] != NULL; j++)
        g_hash_table_add (parents, (gpointer) names[j]);
    }

  return parents;
}

static gboolean
is_parent (GHashTable         *parents,
           const StrataObject *table)
{
  g_autofree char *name = NULL;

  if (g_hash_table_size (parents) == 0)
    return FALSE;

  name = strata_ddl_dup_name (table);

  return g_hash_table_contains (parents, name);
}

/* Keys of tables, and of columns of others (with StrataPictureColumn*). */
static GHashTable *
list_new (StrataDiff *self)
{
  GHashTable *new = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GHashTable) parents = list_parents (self->base);

  for (guint i = 0; i < self->differences->len; i++)
    {
      const StrataDifference *difference = g_ptr_array_index (self->differences, i);
      const StrataObject *table = difference->kind == STRATA_DIFFERENCE_ADDED && difference->to->kind == STRATA_OBJECT_TABLE
                                  ? difference->to : NULL;

      if (table != NULL && difference->part == NULL)
        g_hash_table_add (new, dup_table_key (table->schema, table->name));
      else if (table != NULL && !is_parent (parents, table))
        g_hash_table_insert (new, strata_diff_dup_column_key (table->schema, table->name, difference->part),
                             (gpointer) strata_picture_table_find_column (table->of.table, difference->part));
    }

  return new;
}

/* One that is NULL in all rows. */
static gboolean
has_column (GHashTable         *new,
            const StrataObject *object,
            const char         *column)
{
  g_autofree char *key = strata_diff_dup_column_key (object->schema, object->table, column);

  return strata_diff_is_empty_column (g_hash_table_lookup (new, key));
}

static gboolean
has_one_of (GHashTable         *new,
            const StrataObject *object,
            const char * const *columns)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (has_column (new, object, columns[i]))
      return TRUE;

  return FALSE;
}

static gboolean
has_element_of (GHashTable               *new,
                const StrataObject       *object,
                const StrataPictureIndex *index)
{
  for (guint i = 0; index->elements != NULL && index->elements[i] != NULL; i++)
    if (index->elements[i]->column != NULL && has_column (new, object, index->elements[i]->column))
      return TRUE;

  return FALSE;
}

/* One NULL is enough for a row to refer to nothing, and to be like no other one. */
static gboolean
is_met (const StrataDiff       *self,
        const StrataDifference *difference,
        GHashTable             *new)
{
  const StrataObject *object = difference->to;

  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_FOREIGN_KEY:
      return object->of.reference != NULL && g_strcmp0 (object->of.reference->match, "FULL") != 0
             && has_one_of (new, object, object->of.reference->columns);

    case STRATA_OBJECT_UNIQUE:
      return object->of.key != NULL && !object->of.key->nulls_not_distinct && has_one_of (new, object, object->of.key->columns);

    case STRATA_OBJECT_INDEX:
      return object->of.index != NULL && !object->of.index->nulls_not_distinct
             && has_element_of (new, object, object->of.index);

    case STRATA_OBJECT_CHECK:
      return strata_diff_is_check_met (self, difference, new);

    default:
      return FALSE;
    }
}

void
strata_diff_clear_certain (StrataDiff *self)
{
  g_autoptr(GHashTable) new = list_new (self);

  for (guint i = 0; i < self->differences->len; i++)
    {
      StrataDifference *difference = g_ptr_array_index (self->differences, i);
      const StrataObject *object = difference->review != NULL ? difference->to : NULL;
      g_autofree char *key = object != NULL && object->table != NULL ? dup_table_key (object->schema, object->table) : NULL;

      if (key != NULL && (g_hash_table_contains (new, key) || is_met (self, difference, new)))
        difference->review = NULL;
    }
}
