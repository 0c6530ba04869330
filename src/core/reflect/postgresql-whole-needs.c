/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

/* One object needs another: places among the objects. */
typedef struct
{
  guint from;
  guint to;
} Need;

/* Numbers that catalogs have in every version of PostgreSQL. */
static StrataCatalog
read_catalog (gint64 number)
{
  switch (number)
    {
    case 1259: return STRATA_CATALOG_CLASS;
    case 1247: return STRATA_CATALOG_TYPE;
    case 1255: return STRATA_CATALOG_PROC;
    case 2606: return STRATA_CATALOG_CONSTRAINT;
    case 2604: return STRATA_CATALOG_ATTRDEF;
    case 2618: return STRATA_CATALOG_REWRITE;
    case 2620: return STRATA_CATALOG_TRIGGER;
    case 3256: return STRATA_CATALOG_POLICY;
    case 2615: return STRATA_CATALOG_NAMESPACE;
    case 3079: return STRATA_CATALOG_EXTENSION;
    case 3456: return STRATA_CATALOG_COLLATION;
    case 3381: return STRATA_CATALOG_STATISTICS;
    default: return STRATA_CATALOG_OTHER;
    }
}

StrataThing *
strata_whole_find_numbered (StrataWhole *self,
                            const char  *catalog,
                            const char  *number)
{
  return strata_whole_find (self, read_catalog (g_ascii_strtoll (catalog, NULL, 10)), number);
}

/* A member that is no object stands for its extension: who needs the type citext needs the extension. */
void
strata_whole_read_members (StrataWhole *self,
                           StrataRows  *rows)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *extension = strata_whole_find (self, STRATA_CATALOG_EXTENSION, CELL (rows, row, 0));
      StrataCatalog catalog = read_catalog (strata_rows_get_int (rows, row, 1));
      StrataThing *member = strata_whole_find (self, catalog, CELL (rows, row, 2));

      if (member != NULL)
        {
          member->extension = extension;
          member->object.extension = extension->object.name;
        }
      else
        strata_whole_know (self, extension, catalog, CELL (rows, row, 2));

      if (CELL (rows, row, 3) != NULL)
        g_ptr_array_add (names, (gpointer) INTERN (&self->reader, CELL (rows, row, 3)));
      if (row + 1 == strata_rows_get_n_rows (rows) || strcmp (CELL (rows, row, 0), CELL (rows, row + 1, 0)) != 0)
        {
          extension->object.of.members = strata_picture_list (self->reader.picture, names);
          g_ptr_array_set_size (names, 0);
        }
    }
}

static int
compare_things (gconstpointer a,
                gconstpointer b)
{
  return strata_object_compare (*(const StrataObject * const *) a, *(const StrataObject * const *) b);
}

void
strata_whole_sort (StrataWhole *self)
{
  StrataPicture *picture = self->reader.picture;

  g_ptr_array_sort (self->things, compare_things);
  for (guint i = 0; i < self->things->len; i++)
    {
      StrataThing *thing = self->things->pdata[i];

      thing->place = i;
      if (thing->owner != NULL && thing->extension == NULL)
        {
          thing->extension = thing->owner->extension;
          thing->object.extension = thing->owner->object.extension;
        }
    }
  picture->objects = strata_picture_list (picture, self->things);
  picture->n_objects = self->things->len;
}

static int
compare_needs (gconstpointer a,
               gconstpointer b)
{
  const Need *one = a, *other = b;

  if (one->from != other->from)
    return one->from < other->from ? -1 : 1;

  return one->to < other->to ? -1 : one->to > other->to;
}

/* What belongs to an extension comes with it, and needs nothing else. */
static void
add_need (GArray      *needs,
          StrataThing *from,
          StrataThing *to)
{
  StrataThing *needed = to->extension != NULL ? to->extension : to;
  const Need need = { from->place, needed->place };

  if (from != needed && (from->extension == NULL || from->extension == needed))
    g_array_append_val (needs, need);
}

static void
add_wholes (StrataWhole *self,
            GArray      *needs)
{
  for (guint i = 0; i < self->things->len; i++)
    {
      StrataThing *thing = self->things->pdata[i];

      if (thing->extension != NULL)
        add_need (needs, thing, thing->extension);
      else if (thing->owner != NULL)
        add_need (needs, thing, thing->owner);
    }
}

void
strata_whole_read_needs (StrataWhole *self,
                         StrataRows  *rows)
{
  g_autoptr(GArray) needs = g_array_new (FALSE, FALSE, sizeof (Need));
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *from = strata_whole_find (self, read_catalog (strata_rows_get_int (rows, row, 0)), CELL (rows, row, 1));
      StrataThing *to = strata_whole_find (self, read_catalog (strata_rows_get_int (rows, row, 2)), CELL (rows, row, 3));

      if (from != NULL && to != NULL)
        add_need (needs, from, to);
    }
  add_wholes (self, needs);
  g_array_sort (needs, compare_needs);

  for (guint i = 0; i < needs->len;)
    {
      const Need *first = &g_array_index (needs, Need, i);
      StrataThing *thing = self->things->pdata[first->from];

      g_ptr_array_set_size (list, 0);
      for (; i < needs->len && g_array_index (needs, Need, i).from == first->from; i++)
        {
          StrataThing *needed = self->things->pdata[g_array_index (needs, Need, i).to];

          if (list->len == 0 || list->pdata[list->len - 1] != needed)
            g_ptr_array_add (list, needed);
        }
      thing->object.needs = strata_picture_list (self->reader.picture, list);
    }
}
