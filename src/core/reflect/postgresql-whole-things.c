/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"
#include "core/sql/statement.h"

#include <stdlib.h>
#include <string.h>

static gpointer
key_of (const char *number)
{
  return GUINT_TO_POINTER (number != NULL ? strtoul (number, NULL, 10) : 0);
}

StrataThing *
strata_whole_add (StrataWhole      *self,
                  StrataObjectKind  kind,
                  const char       *schema,
                  const char       *name)
{
  StrataThing *thing = NEW (&self->reader, StrataThing);

  thing->object.kind = kind;
  thing->object.schema = INTERN (&self->reader, schema);
  thing->object.name = INTERN (&self->reader, name);
  g_ptr_array_add (self->things, thing);

  return thing;
}

StrataThing *
strata_whole_add_part (StrataWhole      *self,
                       StrataObjectKind  kind,
                       StrataThing      *owner,
                       const char       *name)
{
  StrataThing *thing = NEW (&self->reader, StrataThing);

  thing->object.kind = kind;
  thing->object.schema = owner->object.schema;
  thing->object.table = owner->object.name;
  thing->object.name = INTERN (&self->reader, name);
  thing->owner = owner;
  g_ptr_array_add (self->things, thing);

  return thing;
}

void
strata_whole_know (StrataWhole   *self,
                   StrataThing   *thing,
                   StrataCatalog  catalog,
                   const char    *number)
{
  gpointer key = key_of (number);

  if (key != NULL)
    g_hash_table_insert (self->known[catalog], key, thing);
}

StrataThing *
strata_whole_find (StrataWhole   *self,
                   StrataCatalog  catalog,
                   const char    *number)
{
  return g_hash_table_lookup (self->known[catalog], key_of (number));
}

const char *
strata_whole_quote (StrataWhole *self,
                    const char  *name)
{
  g_autofree char *quoted = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, name);

  return strcmp (quoted, name) == 0 ? name : INTERN (&self->reader, quoted);
}

guint
strata_whole_find_end (StrataRows *rows,
                       guint       first,
                       guint       column)
{
  guint n_rows = strata_rows_get_n_rows (rows), end = first + 1;

  while (end < n_rows && strcmp (CELL (rows, end, column), CELL (rows, first, column)) == 0)
    end++;

  return end;
}

void
strata_whole_read_uncovered (StrataWhole *self,
                             StrataRows  *rows)
{
  g_autoptr(GPtrArray) list = g_ptr_array_new ();

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataUncovered *uncovered = NEW (&self->reader, StrataUncovered);

      uncovered->kind = INTERN (&self->reader, CELL (rows, row, 0));
      uncovered->example = INTERN (&self->reader, CELL (rows, row, 1));
      uncovered->n = strata_rows_get_int (rows, row, 2);
      g_ptr_array_add (list, uncovered);
    }

  self->reader.picture->uncovered = strata_picture_list (self->reader.picture, list);
}
