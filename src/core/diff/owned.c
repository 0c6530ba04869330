/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A sequence that a column owns comes, goes and changes with the column: it is no difference that a person would name. */

#include "config.h"

#include "core/diff/diff-private.h"

static gboolean
is_owned (const StrataObject *object)
{
  return object != NULL && object->kind == STRATA_OBJECT_SEQUENCE && object->of.sequence != NULL
         && object->of.sequence->owner_table != NULL;
}

/* What is done to the column: its type decides what the sequence counts to, its default that there is one. */
static gboolean
is_change_behind (const StrataDifference *cause,
                  const StrataDifference *sequence)
{
  const char *property = cause->property;

  if (sequence->kind != STRATA_DIFFERENCE_CHANGED)
    return sequence->kind != STRATA_DIFFERENCE_RENAMED
           && (g_strcmp0 (property, "default") == 0 || g_strcmp0 (property, "identity") == 0);

  return g_strcmp0 (property, "type") == 0
         && g_strv_contains ((const char * const []) { "type", "minvalue", "maxvalue", NULL }, sequence->property);
}

static gboolean
is_behind (const StrataDifference *cause,
           const StrataDifference *sequence)
{
  gboolean is_gone = sequence->kind == STRATA_DIFFERENCE_REMOVED;
  const StrataObject *object = is_gone ? sequence->from : sequence->to;
  const char *column = object->of.sequence->owner_column;
  const char *name = !is_gone && cause->new_part != NULL ? cause->new_part : cause->part;

  if (cause->part != NULL && g_strcmp0 (name, column) != 0)
    return FALSE;
  if (cause->kind == STRATA_DIFFERENCE_CHANGED)
    return cause->part != NULL && is_change_behind (cause, sequence);

  return cause->kind == sequence->kind;
}

/* The differences of each table (their indices), by the object of either picture. */
static GHashTable *
index_tables (const StrataDiff *self)
{
  GHashTable *tables = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) g_ptr_array_unref);

  for (guint i = 0; i < self->differences->len; i++)
    {
      StrataDifference *difference = g_ptr_array_index (self->differences, i);
      const StrataObject *objects[] = { difference->from, difference->to };

      for (guint side = 0; side < G_N_ELEMENTS (objects); side++)
        if (objects[side] != NULL && objects[side]->kind == STRATA_OBJECT_TABLE)
          {
            GPtrArray *list = g_hash_table_lookup (tables, objects[side]);

            if (list == NULL)
              g_hash_table_insert (tables, (gpointer) objects[side], list = g_ptr_array_new ());
            g_ptr_array_add (list, GUINT_TO_POINTER (i));
          }
    }

  return tables;
}

static int
find_behind (const StrataDiff       *self,
             GHashTable             *tables,
             const StrataDifference *sequence)
{
  gboolean is_gone = sequence->kind == STRATA_DIFFERENCE_REMOVED;
  const StrataObject *object = is_gone ? sequence->from : sequence->to;
  const StrataObject *table = strata_picture_find_owner (is_gone ? self->base : self->to, object);
  const GPtrArray *list = table != NULL ? g_hash_table_lookup (tables, table) : NULL;

  for (guint i = 0; list != NULL && i < list->len; i++)
    {
      guint index = GPOINTER_TO_UINT (g_ptr_array_index (list, i));

      if (is_behind (strata_diff_get (self, index), sequence))
        return index;
    }

  return -1;
}

static void
hand_on_loss (StrataDifference *difference,
              StrataDifference *owner)
{
  const StrataPictureColumn *column = owner->part != NULL && owner->to != NULL
                                      ? strata_picture_table_find_column (owner->to->of.table, owner->part) : NULL;

  /* An identity goes on where the rows are. */
  if (owner->loss == NULL && (column == NULL || column->identity == NULL))
    owner->loss = difference->loss;
  difference->loss = NULL;
}

void
strata_diff_find_owners (StrataDiff *self)
{
  g_autoptr(GHashTable) tables = NULL;

  for (guint i = 0; i < self->differences->len; i++)
    {
      StrataDifference *difference = g_ptr_array_index (self->differences, i);
      gboolean is_gone = difference->kind == STRATA_DIFFERENCE_REMOVED;

      if (!is_owned (is_gone ? difference->from : difference->to))
        continue;
      if (tables == NULL)
        tables = index_tables (self);

      difference->owner = find_behind (self, tables, difference);
      if (difference->owner >= 0)
        hand_on_loss (difference, g_ptr_array_index (self->differences, difference->owner));
    }
}
