/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

#include <string.h>

/* Grantee, privilege, is_grantable and is_revoked from that column on. */
static StrataPictureGrant *
read_grant (StrataWhole *self,
            StrataRows  *rows,
            guint        row,
            guint        column)
{
  StrataPictureGrant *grant = NEW (&self->reader, StrataPictureGrant);

  grant->grantee = INTERN (&self->reader, CELL (rows, row, column));
  grant->privilege = INTERN (&self->reader, CELL (rows, row, column + 1));
  grant->is_grantable = IS_TRUE (rows, row, column + 2);
  grant->is_revoked = IS_TRUE (rows, row, column + 3);

  return grant;
}

void
strata_whole_read_privileges (StrataWhole *self,
                              StrataRows  *rows)
{
  g_autoptr(GPtrArray) grants = g_ptr_array_new ();
  guint n_rows = strata_rows_get_n_rows (rows);

  for (guint row = 0; row < n_rows; row++)
    {
      gboolean is_last = row + 1 == n_rows || strcmp (CELL (rows, row, 0), CELL (rows, row + 1, 0)) != 0
                         || strcmp (CELL (rows, row, 1), CELL (rows, row + 1, 1)) != 0;
      StrataPictureGrant *grant = read_grant (self, rows, row, 4);
      StrataThing *thing;

      grant->column = INTERN (&self->reader, CELL (rows, row, 2));
      grant->is_of_sequence = IS_TRUE (rows, row, 3);
      g_ptr_array_add (grants, grant);
      if (!is_last)
        continue;

      thing = strata_whole_find_numbered (self, CELL (rows, row, 0), CELL (rows, row, 1));
      if (thing != NULL)
        thing->object.grants = strata_picture_list (self->reader.picture, grants);
      g_ptr_array_set_size (grants, 0);
    }
}

void
strata_whole_read_owners (StrataWhole *self,
                          StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_find_numbered (self, CELL (rows, row, 0), CELL (rows, row, 1));

      if (thing != NULL)
        thing->object.owner = INTERN (&self->reader, CELL (rows, row, 2));
    }
}

static gboolean
is_same_object (StrataRows *rows,
                guint       row,
                guint       other)
{
  for (guint column = 0; column < 3; column++)
    if (g_strcmp0 (CELL (rows, row, column), CELL (rows, other, column)) != 0)
      return FALSE;

  return TRUE;
}

static StrataObject *
read_default (StrataWhole *self,
              StrataRows  *rows,
              guint        row)
{
  StrataObject *object = NEW (&self->reader, StrataObject);
  StrataThing *schema = strata_whole_find (self, STRATA_CATALOG_NAMESPACE, CELL (rows, row, 7));
  g_autoptr(GPtrArray) needs = g_ptr_array_new ();

  object->kind = STRATA_OBJECT_DEFAULT_PRIVILEGES;
  object->schema = INTERN (&self->reader, CELL (rows, row, 0));
  object->name = INTERN (&self->reader, CELL (rows, row, 1));
  object->arguments = INTERN (&self->reader, CELL (rows, row, 2));
  if (schema != NULL)
    g_ptr_array_add (needs, &schema->object);
  object->needs = strata_picture_list (self->reader.picture, needs);

  return object;
}

static int
compare_objects (gconstpointer a,
                 gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

void
strata_whole_read_default_privileges (StrataWhole *self,
                                      StrataRows  *rows)
{
  g_autoptr(GPtrArray) objects = g_ptr_array_new ();
  g_autoptr(GPtrArray) grants = g_ptr_array_new ();
  guint n_rows = strata_rows_get_n_rows (rows);

  for (guint row = 0; row < n_rows; row++)
    {
      g_ptr_array_add (grants, read_grant (self, rows, row, 3));
      if (row + 1 < n_rows && is_same_object (rows, row, row + 1))
        continue;

      g_ptr_array_add (objects, read_default (self, rows, row));
      ((StrataObject *) g_ptr_array_index (objects, objects->len - 1))->grants =
        strata_picture_list (self->reader.picture, grants);
      g_ptr_array_set_size (grants, 0);
    }

  g_ptr_array_sort (objects, compare_objects);
  self->reader.picture->default_privileges = strata_picture_list (self->reader.picture, objects);
}
