/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"

#include "core/sql/statement.h"

#include <string.h>

static gboolean
is_own (StrataWhole *self,
        const char  *schema,
        const char  *name)
{
  for (const StrataReflectOwn *own = self->own; own != NULL && own->name != NULL; own++)
    if (strcmp (own->name, name) == 0
        && g_strcmp0 (own->schema != NULL ? own->schema : self->reader.picture->default_schema, schema) == 0)
      return TRUE;

  return FALSE;
}

static const StrataPictureStorage *
read_storage (StrataWhole *self,
              StrataRows  *rows,
              guint        row)
{
  StrataPostgresqlReader *reader = &self->reader;
  StrataPictureStorage *storage = NEW (reader, StrataPictureStorage);

  storage->is_unlogged = *CELL (rows, row, 8) == 'u';
  storage->partition_key = INTERN (reader, CELL (rows, row, 9));
  storage->bound = INTERN (reader, CELL (rows, row, 10));
  storage->parents = strata_postgresql_read_list (reader, CELL (rows, row, 11));
  storage->with = strata_postgresql_read_options (reader, CELL (rows, row, 12));
  storage->tablespace = INTERN (reader, CELL (rows, row, 13));
  storage->access_method = INTERN (reader, CELL (rows, row, 14));
  storage->has_row_security = IS_TRUE (rows, row, 15);
  storage->is_row_security_forced = IS_TRUE (rows, row, 16);
  storage->replica_identity = *CELL (rows, row, 17);
  storage->replica_index = INTERN (reader, CELL (rows, row, 18));
  storage->cluster_index = INTERN (reader, CELL (rows, row, 23));
  storage->is_populated = IS_TRUE (rows, row, 19);
  storage->of_type = INTERN (reader, CELL (rows, row, 20));

  return storage;
}

static StrataObjectKind
read_kind (char letter)
{
  switch (letter)
    {
    case 'v':
      return STRATA_OBJECT_VIEW;
    case 'm':
      return STRATA_OBJECT_MATERIALIZED_VIEW;
    default:
      return STRATA_OBJECT_TABLE;
    }
}

static StrataThing *
read_relation (StrataWhole *self,
               StrataRows  *rows,
               guint        row)
{
  StrataObjectKind kind = read_kind (*CELL (rows, row, 3));
  StrataThing *thing = strata_whole_add (self, kind, CELL (rows, row, 1), CELL (rows, row, 2));
  StrataPictureTable *table = NEW (&self->reader, StrataPictureTable);

  table->schema = thing->object.schema;
  table->name = thing->object.name;
  table->is_partition = IS_TRUE (rows, row, 4);
  table->comment = thing->object.comment = INTERN (&self->reader, CELL (rows, row, 5));
  table->is_view = kind != STRATA_OBJECT_TABLE;
  table->storage = read_storage (self, rows, row);
  thing->object.text = INTERN (&self->reader, CELL (rows, row, 21));
  thing->object.of.table = table;

  strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
  strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 6));
  strata_whole_know (self, thing, STRATA_CATALOG_TYPE, CELL (rows, row, 7));
  strata_whole_know (self, thing, STRATA_CATALOG_REWRITE, CELL (rows, row, 22));

  return thing;
}

static StrataPictureName *
name_of (StrataWhole       *self,
         const StrataThing *thing)
{
  StrataPictureName *name = NEW (&self->reader, StrataPictureName);

  name->schema = thing->object.schema;
  name->name = thing->object.name;

  return name;
}

void
strata_whole_read_relations (StrataWhole *self,
                             StrataRows  *rows)
{
  StrataPicture *picture = self->reader.picture;
  g_autoptr(GPtrArray) materialized = g_ptr_array_new ();

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing;

      if (is_own (self, CELL (rows, row, 1), CELL (rows, row, 2)))
        continue;

      thing = read_relation (self, rows, row);
      g_ptr_array_add (self->reader.tables, (gpointer) thing->object.of.table);
      if (thing->object.kind == STRATA_OBJECT_MATERIALIZED_VIEW)
        g_ptr_array_add (materialized, name_of (self, thing));
    }

  picture->materialized = strata_picture_list (picture, materialized);
  picture->tables = strata_picture_list (picture, self->reader.tables);
  picture->n_tables = self->reader.tables->len;
}

static const StrataPictureSequence *
read_sequence (StrataWhole *self,
               StrataRows  *rows,
               guint        row)
{
  StrataPostgresqlReader *reader = &self->reader;
  StrataPictureSequence *sequence = NEW (reader, StrataPictureSequence);

  sequence->type_text = INTERN (reader, CELL (rows, row, 4));
  sequence->start = INTERN (reader, CELL (rows, row, 5));
  sequence->increment = INTERN (reader, CELL (rows, row, 6));
  sequence->minvalue = INTERN (reader, CELL (rows, row, 7));
  sequence->maxvalue = INTERN (reader, CELL (rows, row, 8));
  sequence->cache = INTERN (reader, CELL (rows, row, 9));
  sequence->cycles = IS_TRUE (rows, row, 10);
  sequence->is_unlogged = *CELL (rows, row, 11) == 'u';
  sequence->owner_table = INTERN (reader, CELL (rows, row, 14));
  sequence->owner_column = INTERN (reader, CELL (rows, row, 16));

  return sequence;
}

/* A name of its own: not made from the column's. */
static const char *
read_own_name (StrataWhole *self,
               StrataThing *owner,
               const char  *column,
               StrataRows  *rows,
               guint        row)
{
  g_autofree char *usual = g_strdup_printf ("%s_%s_seq", owner->object.name, column);
  g_autofree char *schema = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, CELL (rows, row, 1));
  g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, CELL (rows, row, 2));
  g_autofree char *qualified = g_strdup_printf ("%s.%s", schema, name);

  if (strcmp (usual, CELL (rows, row, 2)) == 0 && strcmp (owner->object.schema, CELL (rows, row, 1)) == 0)
    return NULL;

  return INTERN (&self->reader, qualified);
}

static void
read_identity (StrataWhole *self,
               StrataThing *owner,
               StrataRows  *rows,
               guint        row)
{
  StrataPictureColumn *column = owner->columns[strata_rows_get_int (rows, row, 15)].part;

  strata_postgresql_set_identity (&self->reader, column, *CELL (rows, row, 17) == 'a', rows, row, 5);
  ((StrataPictureIdentity *) column->identity)->sequence = read_own_name (self, owner, column->name, rows, row);
  strata_whole_know (self, owner, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
}

/* Those of identity columns are the tables'; those of tables that are not there are as little there. */
void
strata_whole_read_sequences (StrataWhole *self,
                             StrataRows  *rows)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      gboolean is_owned = CELL (rows, row, 12) != NULL;
      StrataThing *owner = is_owned ? strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 13)) : NULL;
      StrataThing *thing;

      if (is_owned && owner == NULL)
        continue;
      if (is_owned && *CELL (rows, row, 12) == 'i')
        {
          read_identity (self, owner, rows, row);
          continue;
        }

      thing = strata_whole_add (self, STRATA_OBJECT_SEQUENCE, CELL (rows, row, 1), CELL (rows, row, 2));
      thing->object.comment = INTERN (&self->reader, CELL (rows, row, 3));
      thing->object.of.sequence = read_sequence (self, rows, row);
      strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      g_ptr_array_add (names, name_of (self, thing));
    }

  self->reader.picture->sequences = strata_picture_list (self->reader.picture, names);
}

static StrataPictureColumn *
read_column (StrataWhole *self,
             StrataRows  *rows,
             guint        row)
{
  StrataPostgresqlReader *reader = &self->reader;
  StrataPictureColumn *column = strata_postgresql_read_column (reader, rows, row);

  column->storage = INTERN (reader, CELL (rows, row, 10));
  column->compression = INTERN (reader, CELL (rows, row, 11));
  column->statistics = INTERN (reader, CELL (rows, row, 12));
  column->is_inherited = IS_TRUE (rows, row, 13);
  column->options = strata_postgresql_read_options (reader, CELL (rows, row, 14));
  column->collation = INTERN (reader, CELL (rows, row, 15));

  return column;
}

/* The columns of one table, from first up to end of the rows; the last one has the highest number. */
static void
read_table (StrataWhole *self,
            StrataThing *thing,
            StrataRows  *rows,
            guint        first,
            guint        end)
{
  StrataPicture *picture = self->reader.picture;
  guint n_numbers = strata_rows_get_int (rows, end - 1, 16) + 1;
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  thing->columns = g_new0 (StrataPostgresqlColumn, n_numbers);
  for (guint row = first; row < end; row++)
    {
      StrataPostgresqlColumn *column = &thing->columns[strata_rows_get_int (rows, row, 16)];

      column->part = read_column (self, rows, row);
      column->collation = strata_rows_get_int (rows, row, 17);
      column->type = strata_rows_get_int (rows, row, 18);
      g_ptr_array_add (columns, column->part);
      strata_whole_know (self, thing, STRATA_CATALOG_ATTRDEF, CELL (rows, row, 1));
    }
  ((StrataPictureTable *) thing->object.of.table)->columns = strata_picture_list (picture, columns);
}

void
strata_whole_read_columns (StrataWhole *self,
                           StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *thing = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));

      end = strata_whole_find_end (rows, row, 0);
      if (thing != NULL)
        read_table (self, thing, rows, row, end);
    }
}
