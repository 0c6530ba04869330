/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/schema/picture.h"

#include <string.h>

#define BLOCK_SIZE 8192

/* What the callers see comes first. */
typedef struct
{
  StrataPicture  picture;
  gatomicrefcount references;
  GPtrArray     *blocks;      /* owned memory */
  char          *at;          /* where the last block is free */
  gsize          left;
} Picture;

StrataPicture *
strata_picture_new (StrataDialect dialect)
{
  Picture *self = g_new0 (Picture, 1);

  g_atomic_ref_count_init (&self->references);
  self->picture.dialect = dialect;
  self->blocks = g_ptr_array_new_with_free_func (g_free);

  return &self->picture;
}

StrataPicture *
strata_picture_ref (StrataPicture *self)
{
  g_atomic_ref_count_inc (&((Picture *) self)->references);

  return self;
}

void
strata_picture_unref (StrataPicture *self)
{
  Picture *picture = (Picture *) self;

  if (!g_atomic_ref_count_dec (&picture->references))
    return;

  g_ptr_array_unref (picture->blocks);
  g_free (picture);
}

const StrataPictureTable *
strata_picture_find_table (const StrataPicture *self,
                           const char          *schema,
                           const char          *name)
{
  guint low = 0, high = self->n_tables;

  if (schema == NULL)
    schema = self->default_schema;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      const StrataPictureTable *table = self->tables[middle];
      int order = g_strcmp0 (schema, table->schema);

      if (order == 0)
        order = strcmp (name, table->name);
      if (order == 0)
        return table;
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

const StrataObject *
strata_picture_find_object (const StrataPicture *self,
                            const StrataObject  *like)
{
  guint low = 0, high = self->n_objects;

  while (low < high)
    {
      guint middle = (low + high) / 2;
      int order = strata_object_compare (like, self->objects[middle]);

      if (order == 0)
        return self->objects[middle];
      if (order < 0)
        high = middle;
      else
        low = middle + 1;
    }

  return NULL;
}

const StrataObject *
strata_picture_find_owner (const StrataPicture *self,
                           const StrataObject  *sequence)
{
  const StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = sequence->schema, .name = sequence->of.sequence->owner_table };

  return like.name != NULL ? strata_picture_find_object (self, &like) : NULL;
}

const StrataPictureColumn *
strata_picture_find_column (const StrataPictureColumn * const *columns,
                            const char                        *name)
{
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (strcmp (columns[i]->name, name) == 0)
      return columns[i];

  return NULL;
}

const StrataPictureColumn *
strata_picture_table_find_column (const StrataPictureTable *self,
                                  const char               *name)
{
  return strata_picture_find_column (self->columns, name);
}

/* Without those that are covered now. */
static gpointer
list_uncovered (StrataPicture *self)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint i = 0; self->uncovered != NULL && self->uncovered[i] != NULL; i++)
    if (strcmp (self->uncovered[i]->kind, "privilege") != 0 && strcmp (self->uncovered[i]->kind, "default privilege") != 0)
      g_ptr_array_add (list, (gpointer) self->uncovered[i]);

  return strata_picture_list (self, list);
}

void
strata_picture_cover_privileges (StrataPicture *self)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();

  if (self->has_privileges)
    return;

  /* Their kind is the last, so that all objects are in order. */
  for (guint i = 0; i < self->n_objects; i++)
    g_ptr_array_add (objects, (gpointer) self->objects[i]);
  for (guint i = 0; self->default_privileges != NULL && self->default_privileges[i] != NULL; i++)
    g_ptr_array_add (objects, (gpointer) self->default_privileges[i]);

  self->has_privileges = TRUE;
  self->uncovered = list_uncovered (self);
  self->objects = strata_picture_list (self, objects);
  self->n_objects = objects->len;
}

gpointer
strata_picture_alloc (StrataPicture *self,
                      gsize          size)
{
  Picture *picture = (Picture *) self;
  gpointer memory;

  size = (size + sizeof (gpointer) - 1) / sizeof (gpointer) * sizeof (gpointer);
  if (size > picture->left)
    {
      gsize block = MAX (size, BLOCK_SIZE);

      picture->at = g_malloc0 (block);
      picture->left = block;
      g_ptr_array_add (picture->blocks, picture->at);
    }

  memory = picture->at;
  picture->at += size;
  picture->left -= size;

  return memory;
}

const char *
strata_picture_intern (StrataPicture *self,
                       const char    *text)
{
  gsize size = text != NULL ? strlen (text) + 1 : 0;

  return text != NULL ? memcpy (strata_picture_alloc (self, size), text, size) : NULL;
}

gpointer
strata_picture_list (StrataPicture   *self,
                     const GPtrArray *items)
{
  gpointer *list;

  if (items->len == 0)
    return NULL;

  list = strata_picture_alloc (self, (items->len + 1) * sizeof (gpointer));
  memcpy (list, items->pdata, items->len * sizeof (gpointer));

  return list;
}
