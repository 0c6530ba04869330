/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

static StrataObjectKind
read_kind (char letter)
{
  switch (letter)
    {
    case 'p':
      return STRATA_OBJECT_PRIMARY_KEY;
    case 'u':
      return STRATA_OBJECT_UNIQUE;
    case 'x':
      return STRATA_OBJECT_EXCLUSION;
    case 'f':
      return STRATA_OBJECT_FOREIGN_KEY;
    default:
      return STRATA_OBJECT_CHECK;
    }
}

static void
append_names (StrataWhole        *self,
              GString            *out,
              const char         *before,
              const char * const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_string_append_printf (out, "%s%s", i > 0 ? ", " : before, strata_whole_quote (self, names[i]));
  if (names != NULL)
    g_string_append_c (out, ')');
}

/* As the server writes it. */
static const char *
write_key (StrataWhole            *self,
           StrataObjectKind        kind,
           const StrataPictureKey *key)
{
  g_autoptr(GString) out = g_string_new (kind == STRATA_OBJECT_PRIMARY_KEY ? "PRIMARY KEY" : "UNIQUE");

  if (key->nulls_not_distinct)
    g_string_append (out, " NULLS NOT DISTINCT");
  append_names (self, out, " (", key->columns);
  append_names (self, out, " INCLUDE (", key->include);
  if (key->deferrable != NULL)
    g_string_append_printf (out, " %s", key->deferrable);
  if (key->initially != NULL)
    g_string_append_printf (out, " INITIALLY %s", key->initially);

  return INTERN (&self->reader, out->str);
}

/* The table that a foreign key refers to is said by its number alone. */
static void
set_referred (StrataPictureReference *reference,
              const StrataThing      *referred)
{
  reference->schema = referred->object.schema;
  reference->table = referred->object.name;
}

static void
read_constraint (StrataWhole           *self,
                 StrataThing           *owner,
                 const StrataThing     *referred,
                 StrataRows            *rows,
                 guint                  row,
                 StrataPostgresqlParts *parts)
{
  StrataObjectKind kind = read_kind (*CELL (rows, row, 3));
  StrataThing *thing = strata_whole_add_part (self, kind, owner, CELL (rows, row, 2));

  thing->object.of.key = strata_postgresql_read_constraint (&self->reader, rows, row, parts);
  if (kind == STRATA_OBJECT_FOREIGN_KEY)
    set_referred ((StrataPictureReference *) thing->object.of.reference, referred);
  thing->object.text = CELL (rows, row, 4) != NULL ? INTERN (&self->reader, CELL (rows, row, 4))
                                                   : write_key (self, kind, thing->object.of.key);
  thing->object.comment = INTERN (&self->reader, CELL (rows, row, 19));
  thing->object.is_inherited = IS_TRUE (rows, row, 20);
  strata_whole_know (self, thing, STRATA_CATALOG_CONSTRAINT, CELL (rows, row, 1));

  /* That of a foreign key is the index that it refers to. */
  if (kind != STRATA_OBJECT_FOREIGN_KEY)
    strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, row, 21));
}

/* TRUE where the column says it all. A name as the server chooses them says nothing: it may be that of a former name of the
 * table or the column. */
static gboolean
read_not_null (StrataWhole *self,
               StrataThing *owner,
               StrataRows  *rows,
               guint        row)
{
  const char *name = CELL (rows, row, 2);
  StrataPictureColumn *column = owner->columns[g_ascii_strtoull (CELL (rows, row, 5) + 1, NULL, 10)].part;
  gboolean is_valid = IS_TRUE (rows, row, 15), is_no_inherit = IS_TRUE (rows, row, 16);

  if (!is_valid || is_no_inherit)
    {
      column->is_nullable = TRUE;
      return FALSE;
    }

  if (!g_regex_match_simple ("_not_null[0-9]*$", name, 0, 0))
    column->not_null_name = INTERN (&self->reader, name);
  strata_whole_know (self, owner, STRATA_CATALOG_CONSTRAINT, CELL (rows, row, 1));

  return TRUE;
}

/* The constraints of one table, from first up to end of the rows. */
static void
read_table (StrataWhole *self,
            StrataThing *owner,
            StrataRows  *rows,
            guint        first,
            guint        end)
{
  StrataPostgresqlParts parts;

  strata_postgresql_parts_init (&parts);
  self->reader.columns = owner->columns;
  for (guint row = first; row < end; row++)
    {
      char letter = *CELL (rows, row, 3);
      StrataThing *referred = letter == 'f' ? strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 22)) : owner;

      /* To a table that is as if it were not there. */
      if (referred == NULL)
        continue;

      self->reader.referred = referred->columns;
      if (letter != 'n' || !read_not_null (self, owner, rows, row))
        read_constraint (self, owner, referred, rows, row, &parts);
    }
  strata_postgresql_parts_finish (&parts, &self->reader, (StrataPictureTable *) owner->object.of.table);
}

void
strata_whole_read_constraints (StrataWhole *self,
                               StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));

      end = strata_whole_find_end (rows, row, 0);
      if (owner != NULL)
        read_table (self, owner, rows, row, end);
    }
}
