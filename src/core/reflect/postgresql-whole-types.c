/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

void
strata_whole_read_schemas (StrataWhole *self,
                           StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_add (self, STRATA_OBJECT_SCHEMA, NULL, CELL (rows, row, 1));

      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 2));
      strata_whole_know (self, thing, STRATA_CATALOG_NAMESPACE, CELL (rows, row, 0));
    }
}

/* Number, schema, name, text and comment. */
static void
read_texts (StrataWhole      *self,
            StrataRows       *rows,
            StrataObjectKind  kind,
            StrataCatalog     catalog)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_add (self, kind, CELL (rows, row, 1), CELL (rows, row, 2));

      thing->object.text = INTERN (&self->reader, CELL (rows, row, 3));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 4));
      strata_whole_know (self, thing, catalog, CELL (rows, row, 0));
    }
}

void
strata_whole_read_extensions (StrataWhole *self,
                              StrataRows  *rows)
{
  read_texts (self, rows, STRATA_OBJECT_EXTENSION, STRATA_CATALOG_EXTENSION);
}

void
strata_whole_read_collations (StrataWhole *self,
                              StrataRows  *rows)
{
  read_texts (self, rows, STRATA_OBJECT_COLLATION, STRATA_CATALOG_COLLATION);
}

static const StrataPictureDomain *
read_domain (StrataWhole *self,
             StrataRows  *rows,
             guint        row)
{
  StrataPictureDomain *domain = NEW (&self->reader, StrataPictureDomain);

  domain->type_text = INTERN (&self->reader, CELL (rows, row, 6));
  domain->is_not_null = IS_TRUE (rows, row, 7);
  domain->default_text = INTERN (&self->reader, CELL (rows, row, 8));
  domain->collation = INTERN (&self->reader, CELL (rows, row, 15));

  return domain;
}

void
strata_whole_read_types (StrataWhole *self,
                         StrataRows  *rows)
{
  const StrataType * const *enums;

  strata_postgresql_fill_types (&self->reader, rows);
  enums = self->reader.picture->enums;

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      gboolean is_enum = *CELL (rows, row, 0) == 'e';
      StrataThing *thing = strata_whole_add (self, is_enum ? STRATA_OBJECT_ENUM : STRATA_OBJECT_DOMAIN,
                                             CELL (rows, row, 1), CELL (rows, row, 2));

      /* In the same order as the rows. */
      if (is_enum)
        thing->object.of.type = *enums++;
      else
        thing->object.of.domain = read_domain (self, rows, row);
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 14));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 12));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 13));
    }
}

void
strata_whole_read_domain_checks (StrataWhole *self,
                                 StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *thing = strata_whole_find (self, STRATA_CATALOG_TYPE, CELL (rows, row, 0));
      g_autoptr(GPtrArray) checks = g_ptr_array_new ();

      end = strata_whole_find_end (rows, row, 0);
      for (guint i = row; thing != NULL && i < end; i++)
        {
          StrataPictureDomainCheck *check = NEW (&self->reader, StrataPictureDomainCheck);

          check->name = INTERN (&self->reader, CELL (rows, i, 2));
          check->text = INTERN (&self->reader, CELL (rows, i, 3));
          check->comment = INTERN (&self->reader, CELL (rows, i, 4));
          g_ptr_array_add (checks, check);
          strata_whole_know (self, thing, STRATA_CATALOG_CONSTRAINT, CELL (rows, i, 1));
        }
      if (thing != NULL)
        ((StrataPictureDomain *) thing->object.of.domain)->checks = strata_picture_list (self->reader.picture, checks);
    }
}

void
strata_whole_read_composites (StrataWhole *self,
                              StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *thing = strata_whole_add (self, STRATA_OBJECT_COMPOSITE, CELL (rows, row, 3), CELL (rows, row, 4));
      g_autoptr(GPtrArray) attributes = g_ptr_array_new ();

      end = strata_whole_find_end (rows, row, 0);
      for (guint i = row; i < end && CELL (rows, i, 6) != NULL; i++)
        {
          StrataPictureColumn *attribute = NEW (&self->reader, StrataPictureColumn);

          attribute->name = INTERN (&self->reader, CELL (rows, i, 6));
          attribute->type_text = INTERN (&self->reader, CELL (rows, i, 7));
          attribute->collation = INTERN (&self->reader, CELL (rows, i, 8));
          attribute->comment = INTERN (&self->reader, CELL (rows, i, 9));
          g_ptr_array_add (attributes, attribute);
        }
      thing->object.of.attributes = strata_picture_list (self->reader.picture, attributes);
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 5));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 0));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 1));
      strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, row, 2));
    }
}

void
strata_whole_read_ranges (StrataWhole *self,
                          StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_add (self, STRATA_OBJECT_RANGE, CELL (rows, row, 2), CELL (rows, row, 3));

      thing->object.text = INTERN (&self->reader, CELL (rows, row, 4));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 5));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 0));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 1));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 6));
      strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 7));
    }
}
