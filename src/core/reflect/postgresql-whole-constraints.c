/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

#include <string.h>

static StrataObjectKind
read_kind (char letter)
{
  switch (letter)
    {
    case 'p':
      return STRATA_OBJECT_PRIMARY_KEY;
    case 'u':
      return STRATA_OBJECT_UNIQUE;
    case 'c':
      return STRATA_OBJECT_CHECK;
    case 'x':
      return STRATA_OBJECT_EXCLUSION;
    default:
      return STRATA_OBJECT_FOREIGN_KEY;
    }
}

static void
read_constraint (StrataWhole *self,
                 StrataThing *owner,
                 StrataRows  *rows,
                 guint        row,
                 gpointer     part)
{
  StrataObjectKind kind = read_kind (*CELL (rows, row, 3));
  StrataThing *thing = strata_whole_add_part (self, kind, owner, CELL (rows, row, 2));

  thing->object.text = INTERN (&self->reader, CELL (rows, row, 4));
  thing->object.comment = INTERN (&self->reader, CELL (rows, row, 19));
  thing->object.is_inherited = IS_TRUE (rows, row, 20);
  thing->object.of.key = part;
  strata_whole_know (self, thing, STRATA_CATALOG_CONSTRAINT, CELL (rows, row, 1));

  /* That of a foreign key is the index that it refers to. */
  if (kind != STRATA_OBJECT_FOREIGN_KEY)
    strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, row, 21));
}

static void
read_not_null (StrataWhole *self,
               StrataThing *owner,
               StrataRows  *rows,
               guint        row)
{
  const char * const *columns = strata_postgresql_read_list (&self->reader, CELL (rows, row, 5));
  const StrataPictureColumn *column = strata_picture_table_find_column (owner->object.of.table, columns[0]);
  g_autofree char *usual = g_strdup_printf ("%s_%s_not_null", owner->object.name, columns[0]);

  if (strcmp (usual, CELL (rows, row, 2)) != 0)
    ((StrataPictureColumn *) column)->not_null_name = INTERN (&self->reader, CELL (rows, row, 2));
  strata_whole_know (self, owner, STRATA_CATALOG_CONSTRAINT, CELL (rows, row, 1));
}

void
strata_whole_read_constraints (StrataWhole *self,
                               StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      StrataPostgresqlParts parts;

      end = strata_whole_find_end (rows, row, 0);
      if (owner == NULL)
        continue;

      strata_postgresql_parts_init (&parts);
      for (guint i = row; i < end; i++)
        if (*CELL (rows, i, 3) == 'n')
          read_not_null (self, owner, rows, i);
        else
          read_constraint (self, owner, rows, i, strata_postgresql_read_constraint (&self->reader, rows, i, &parts));
      strata_postgresql_parts_finish (&parts, &self->reader, (StrataPictureTable *) owner->object.of.table);
    }
}

void
strata_whole_read_indexes (StrataWhole *self,
                           StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      StrataPictureTable *table = owner != NULL ? (StrataPictureTable *) owner->object.of.table : NULL;

      end = strata_whole_find_end (rows, row, 0);
      if (table == NULL)
        continue;

      strata_postgresql_fill_indexes (&self->reader, table, rows, row, end);
      for (guint i = row, n = 0; i < end; i = strata_whole_find_end (rows, i, 1), n++)
        {
          const StrataPictureIndex *index = table->indexes[n];
          StrataThing *thing;

          if (index->is_of_constraint)
            continue;

          thing = strata_whole_add_part (self, STRATA_OBJECT_INDEX, owner, index->name);
          thing->object.text = INTERN (&self->reader, CELL (rows, i, 18));
          thing->object.comment = index->comment;
          thing->object.is_inherited = IS_TRUE (rows, i, 19);
          thing->object.of.index = index;
          strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, i, 1));
        }
    }
}
