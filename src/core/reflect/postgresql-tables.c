/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-private.h"
#include "core/reflect/postgresql-type.h"

#include <string.h>

void
strata_postgresql_set_identity (StrataPostgresqlReader *self,
                                StrataPictureColumn    *column,
                                gboolean                is_always,
                                StrataRows             *rows,
                                guint                   row,
                                guint                   first)
{
  StrataPictureIdentity *identity = NEW (self, StrataPictureIdentity);

  identity->is_always = is_always;
  identity->start = INTERN (self, CELL (rows, row, first));
  identity->increment = INTERN (self, CELL (rows, row, first + 1));
  identity->minvalue = INTERN (self, CELL (rows, row, first + 2));
  identity->maxvalue = INTERN (self, CELL (rows, row, first + 3));
  identity->cache = INTERN (self, CELL (rows, row, first + 4));
  identity->cycles = IS_TRUE (rows, row, first + 5);
  column->identity = identity;
  column->is_autoincrement = TRUE;
}

StrataPictureColumn *
strata_postgresql_read_column (StrataPostgresqlReader *self,
                               StrataRows             *rows,
                               guint                   row)
{
  StrataPictureColumn *column = NEW (self, StrataPictureColumn);
  const char *text = CELL (rows, row, 5);
  const char *generated = CELL (rows, row, 6);

  column->name = INTERN (self, CELL (rows, row, 2));
  column->type_text = INTERN (self, CELL (rows, row, 3));
  column->type = strata_postgresql_read_type (self->picture, self->named, column->type_text, CELL (rows, row, 8));
  column->is_nullable = !IS_TRUE (rows, row, 4);
  column->collation = INTERN (self, CELL (rows, row, 8));
  column->comment = INTERN (self, CELL (rows, row, 9));

  if (generated != NULL && *generated != '\0')
    {
      column->computed = INTERN (self, text);
      column->is_stored = *generated == 's';
    }
  else
    column->default_text = INTERN (self, text);

  column->is_autoincrement = text != NULL && strstr (text, "nextval('") != NULL
                             && strata_type_kind_get_affinity (column->type->kind) == STRATA_AFFINITY_INTEGER;

  return column;
}

void
strata_postgresql_fill_columns (StrataPostgresqlReader *self,
                                StrataPictureTable     *table,
                                StrataRows             *rows,
                                guint                   first,
                                guint                   end)
{
  g_autoptr(GPtrArray) columns = g_ptr_array_new ();

  for (guint row = first; row < end; row++)
    {
      StrataPictureColumn *column = strata_postgresql_read_column (self, rows, row);
      const char *identity = CELL (rows, row, 7);

      if (identity != NULL && *identity != '\0')
        strata_postgresql_set_identity (self, column, *identity == 'a', rows, row, 10);
      g_ptr_array_add (columns, column);
    }

  table->columns = strata_picture_list (self->picture, columns);
}

static StrataPictureKey *
read_key (StrataPostgresqlReader *self,
          StrataRows             *rows,
          guint                   row)
{
  StrataPictureKey *key = NEW (self, StrataPictureKey);

  key->name = INTERN (self, CELL (rows, row, 2));
  key->columns = strata_postgresql_read_columns (self, CELL (rows, row, 5), self->columns);
  key->include = strata_postgresql_read_list (self, CELL (rows, row, 17));
  key->nulls_not_distinct = g_strcmp0 (CELL (rows, row, 18), "true") == 0;
  key->deferrable = IS_TRUE (rows, row, 13) ? "DEFERRABLE" : NULL;
  key->initially = IS_TRUE (rows, row, 14) ? "DEFERRED" : NULL;
  key->comment = INTERN (self, CELL (rows, row, 19));

  return key;
}

static StrataPictureCheck *
read_check (StrataPostgresqlReader *self,
            StrataRows             *rows,
            guint                   row,
            gboolean                is_exclusion)
{
  StrataPictureCheck *check = NEW (self, StrataPictureCheck);
  const char *definition = CELL (rows, row, 4);

  check->name = INTERN (self, CELL (rows, row, 2));
  check->text = is_exclusion ? INTERN (self, definition + MIN (strlen ("EXCLUDE "), strlen (definition)))
                             : strata_postgresql_read_check (self, definition);
  check->columns = strata_postgresql_read_columns (self, CELL (rows, row, 5), self->columns);
  check->is_not_valid = !IS_TRUE (rows, row, 15);
  check->is_no_inherit = IS_TRUE (rows, row, 16);
  check->comment = INTERN (self, CELL (rows, row, 19));

  return check;
}

static const char *
read_action (char letter)
{
  switch (letter)
    {
    case 'r':
      return "RESTRICT";
    case 'c':
      return "CASCADE";
    case 'n':
      return "SET NULL";
    case 'd':
      return "SET DEFAULT";
    default:
      return NULL;
    }
}

static StrataPictureReference *
read_reference (StrataPostgresqlReader *self,
                StrataRows             *rows,
                guint                   row)
{
  StrataPictureReference *reference = NEW (self, StrataPictureReference);

  reference->name = INTERN (self, CELL (rows, row, 2));
  reference->columns = strata_postgresql_read_columns (self, CELL (rows, row, 5), self->columns);
  reference->referred = strata_postgresql_read_columns (self, CELL (rows, row, 6), self->referred);
  reference->schema = INTERN (self, CELL (rows, row, 7));
  reference->table = INTERN (self, CELL (rows, row, 8));
  reference->is_schema_said = IS_TRUE (rows, row, 9);
  reference->on_delete = read_action (*CELL (rows, row, 10));
  reference->on_update = read_action (*CELL (rows, row, 11));
  reference->match = *CELL (rows, row, 12) == 'f' ? "FULL" : NULL;
  reference->deferrable = IS_TRUE (rows, row, 13) ? "DEFERRABLE" : NULL;
  reference->initially = IS_TRUE (rows, row, 14) ? "DEFERRED" : NULL;
  reference->is_not_valid = !IS_TRUE (rows, row, 15);
  reference->comment = INTERN (self, CELL (rows, row, 19));

  return reference;
}

void
strata_postgresql_parts_init (StrataPostgresqlParts *self)
{
  self->primary_key = NULL;
  self->uniques = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  self->references = g_ptr_array_new ();
  self->exclusions = g_ptr_array_new ();
}

void
strata_postgresql_parts_finish (StrataPostgresqlParts  *self,
                                StrataPostgresqlReader *reader,
                                StrataPictureTable     *table)
{
  table->primary_key = self->primary_key;
  table->uniques = strata_picture_list (reader->picture, self->uniques);
  table->checks = strata_picture_list (reader->picture, self->checks);
  table->references = strata_picture_list (reader->picture, self->references);
  table->exclusions = strata_picture_list (reader->picture, self->exclusions);
  g_ptr_array_unref (self->uniques);
  g_ptr_array_unref (self->checks);
  g_ptr_array_unref (self->references);
  g_ptr_array_unref (self->exclusions);
}

gpointer
strata_postgresql_read_constraint (StrataPostgresqlReader *self,
                                   StrataRows             *rows,
                                   guint                   row,
                                   StrataPostgresqlParts  *parts)
{
  GPtrArray *list;
  gpointer part;

  switch (*CELL (rows, row, 3))
    {
    case 'p':
      return parts->primary_key = read_key (self, rows, row);
    case 'u':
      part = read_key (self, rows, row);
      list = parts->uniques;
      break;
    case 'c':
      part = read_check (self, rows, row, FALSE);
      list = parts->checks;
      break;
    case 'x':
      part = read_check (self, rows, row, TRUE);
      list = parts->exclusions;
      break;
    default:
      part = read_reference (self, rows, row);
      list = parts->references;
      break;
    }
  g_ptr_array_add (list, part);

  return part;
}

void
strata_postgresql_fill_constraints (StrataPostgresqlReader *self,
                                    StrataPictureTable     *table,
                                    StrataRows             *rows,
                                    guint                   first,
                                    guint                   end)
{
  StrataPostgresqlParts parts;

  strata_postgresql_parts_init (&parts);
  for (guint row = first; row < end; row++)
    strata_postgresql_read_constraint (self, rows, row, &parts);
  strata_postgresql_parts_finish (&parts, self, table);
}

void
strata_postgresql_set_order (StrataPictureElement *element,
                             guint                 flags)
{
  enum { DESC = 1, NULLS_FIRST = 2 };

  element->is_descending = (flags & DESC) != 0;
  if (element->is_descending && (flags & NULLS_FIRST) == 0)
    element->nulls = STRATA_NULLS_LAST;
  else if (!element->is_descending && (flags & NULLS_FIRST) != 0)
    element->nulls = STRATA_NULLS_FIRST;
}

static StrataPictureElement *
read_element (StrataPostgresqlReader *self,
              StrataRows             *rows,
              guint                   row)
{
  StrataPictureElement *element = NEW (self, StrataPictureElement);

  element->column = INTERN (self, CELL (rows, row, 13));
  element->text = INTERN (self, CELL (rows, row, 14));
  strata_postgresql_set_order (element, strata_rows_get_int (rows, row, 15));
  element->operator_class = INTERN (self, CELL (rows, row, 16));
  element->collation = INTERN (self, CELL (rows, row, 17));

  return element;
}

const char * const *
strata_postgresql_read_options (StrataPostgresqlReader *self,
                                const char             *json)
{
  const char * const *options = strata_postgresql_read_list (self, json);
  g_autoptr(GPtrArray) words = g_ptr_array_new ();

  for (guint i = 0; options != NULL && options[i] != NULL; i++)
    {
      g_auto(GStrv) parts = g_strsplit (options[i], "=", 2);

      g_ptr_array_add (words, (gpointer) INTERN (self, parts[0]));
      g_ptr_array_add (words, (gpointer) INTERN (self, parts[1] != NULL ? parts[1] : ""));
    }

  return strata_picture_list (self->picture, words);
}

StrataPictureIndex *
strata_postgresql_read_index (StrataPostgresqlReader *self,
                              StrataRows             *rows,
                              guint                   row)
{
  StrataPictureIndex *index = NEW (self, StrataPictureIndex);

  index->name = INTERN (self, CELL (rows, row, 2));
  index->is_unique = IS_TRUE (rows, row, 3);
  index->method = INTERN (self, CELL (rows, row, 4));
  index->where = INTERN (self, CELL (rows, row, 5));
  index->with = strata_postgresql_read_options (self, CELL (rows, row, 6));
  index->tablespace = INTERN (self, CELL (rows, row, 7));
  index->nulls_not_distinct = g_strcmp0 (CELL (rows, row, 8), "true") == 0;
  index->is_of_constraint = IS_TRUE (rows, row, 9);
  index->is_invalid = !IS_TRUE (rows, row, 10);
  index->comment = INTERN (self, CELL (rows, row, 11));

  return index;
}

/* The rows of one index; gives the row behind them. */
static guint
add_index (StrataPostgresqlReader *self,
           StrataRows             *rows,
           guint                   first,
           guint                   end,
           GPtrArray              *indexes)
{
  StrataPictureIndex *index = strata_postgresql_read_index (self, rows, first);
  g_autoptr(GPtrArray) elements = g_ptr_array_new ();
  g_autoptr(GPtrArray) include = g_ptr_array_new ();
  guint row;

  for (row = first; row < end && strcmp (CELL (rows, row, 2), index->name) == 0; row++)
    if (IS_TRUE (rows, row, 12))
      g_ptr_array_add (elements, read_element (self, rows, row));
    else
      g_ptr_array_add (include, (gpointer) INTERN (self, CELL (rows, row, 13)));
  index->elements = strata_picture_list (self->picture, elements);
  index->include = strata_picture_list (self->picture, include);
  g_ptr_array_add (indexes, index);

  return row;
}

void
strata_postgresql_fill_indexes (StrataPostgresqlReader *self,
                                StrataPictureTable     *table,
                                StrataRows             *rows,
                                guint                   first,
                                guint                   end)
{
  g_autoptr(GPtrArray) indexes = g_ptr_array_new ();

  for (guint row = first; row < end;)
    row = add_index (self, rows, row, end, indexes);

  table->indexes = strata_picture_list (self->picture, indexes);
}
