/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/reflect/postgresql-whole-private.h"
#include "core/sql/statement.h"

#include <stdlib.h>

/* An operator class or a collation. */
typedef struct
{
  char     *name;
  char     *sql;          /* of a collation: qualified where it must be */
  gboolean  is_usual;     /* of an operator class: that of its type */
  guint     type;
} Numbered;

/* The catalog's vectors ("1 2 0"), of which each element takes the next number. */
typedef struct
{
  const char         *columns;
  const char         *options;
  const char         *classes;
  const char         *collations;
  const char * const *expressions;
} Vectors;

static void
numbered_free (gpointer data)
{
  Numbered *self = data;

  g_free (self->name);
  g_free (self->sql);
  g_free (self);
}

void
strata_whole_read_names (StrataWhole *self,
                         StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      gboolean is_class = *CELL (rows, row, 0) == 'o';
      GHashTable **names = is_class ? &self->classes : &self->collations;
      Numbered *numbered = g_new0 (Numbered, 1);

      numbered->name = g_strdup (CELL (rows, row, 2));
      numbered->sql = is_class ? NULL : g_strdup (CELL (rows, row, 3));
      numbered->is_usual = is_class && *CELL (rows, row, 3) == 't';
      numbered->type = strata_rows_get_int (rows, row, 4);

      if (*names == NULL)
        *names = g_hash_table_new_full (g_direct_hash, g_direct_equal, NULL, numbered_free);
      g_hash_table_insert (*names, GUINT_TO_POINTER (strata_rows_get_int (rows, row, 1)), numbered);
    }
}

static guint
take_number (const char **vector)
{
  char *end;
  guint number = strtoul (*vector, &end, 10);

  *vector = end;

  return number;
}

/* What is usual for one type may not be for another one that it takes too: text_ops on a citext column. Numbers of types that
 * no version of PostgreSQL changes: those that stand for many, and those that have none of their own, varchar and cidr. */
static gboolean
is_usual_for (const Numbered *class,
              guint           type)
{
  switch (class->type)
    {
    case 26: case 2249: case 2277: case 2283: case 2776: case 3500: case 3831: case 4537:
      return TRUE;

    case 25:
      return type == 25 || type == 1043;

    case 869:
      return type == 869 || type == 650;

    default:
      return type == class->type;
    }
}

/* Out gets the element as the server writes it. */
static const StrataPictureElement *
read_element (StrataWhole       *self,
              const StrataThing *owner,
              Vectors           *vectors,
              GString           *out)
{
  StrataPostgresqlReader *reader = &self->reader;
  StrataPictureElement *element = NEW (reader, StrataPictureElement);
  const StrataPostgresqlColumn *column = &owner->columns[take_number (&vectors->columns)];
  const Numbered *class = g_hash_table_lookup (self->classes, GUINT_TO_POINTER (take_number (&vectors->classes)));
  guint collation = take_number (&vectors->collations);
  const Numbered *own = collation != column->collation
                        ? g_hash_table_lookup (self->collations, GUINT_TO_POINTER (collation)) : NULL;

  element->column = column->part != NULL ? column->part->name : NULL;
  element->text = element->column != NULL ? strata_whole_quote (self, element->column) : *vectors->expressions++;
  element->operator_class = class->is_usual ? NULL : INTERN (reader, class->name);
  element->collation = own != NULL ? INTERN (reader, own->name) : NULL;
  strata_postgresql_set_order (element, take_number (&vectors->options));

  g_string_append (out, element->text);
  if (own != NULL)
    g_string_append_printf (out, " COLLATE %s", own->sql);
  if (!is_usual_for (class, column->type))
    g_string_append_printf (out, " %s", class->name);
  if (element->is_descending)
    g_string_append (out, " DESC");
  if (element->nulls != STRATA_NULLS_AS_USUAL)
    g_string_append (out, element->nulls == STRATA_NULLS_FIRST ? " NULLS FIRST" : " NULLS LAST");

  return element;
}

static void
read_elements (StrataWhole        *self,
               const StrataThing  *owner,
               StrataPictureIndex *index,
               StrataRows         *rows,
               guint               row,
               GString            *out)
{
  g_autoptr(GPtrArray) elements = g_ptr_array_new ();
  g_autoptr(GPtrArray) include = g_ptr_array_new ();
  Vectors vectors = {
    CELL (rows, row, 13), CELL (rows, row, 14), CELL (rows, row, 15), CELL (rows, row, 16),
    strata_postgresql_read_list (&self->reader, CELL (rows, row, 17)),
  };

  for (guint n = strata_rows_get_int (rows, row, 12); n > 0; n--)
    {
      g_string_append (out, elements->len > 0 ? ", " : "(");
      g_ptr_array_add (elements, (gpointer) read_element (self, owner, &vectors, out));
    }
  g_string_append_c (out, ')');

  while (*vectors.columns != '\0')
    {
      const char *name = owner->columns[take_number (&vectors.columns)].part->name;

      g_string_append_printf (out, "%s%s", include->len > 0 ? ", " : " INCLUDE (", strata_whole_quote (self, name));
      g_ptr_array_add (include, (gpointer) name);
    }
  if (include->len > 0)
    g_string_append_c (out, ')');

  index->elements = strata_picture_list (self->reader.picture, elements);
  index->include = strata_picture_list (self->reader.picture, include);
}

static void
read_index (StrataWhole *self,
            StrataThing *owner,
            StrataRows  *rows,
            guint        row,
            GPtrArray   *indexes)
{
  StrataPictureIndex *index = strata_postgresql_read_index (&self->reader, rows, row);
  g_autoptr(GString) out = g_string_new (index->is_unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ");
  StrataThing *thing;

  g_string_append_printf (out, "%s ON %s", strata_whole_quote (self, index->name), *CELL (rows, row, 20) == 'I' ? "ONLY " : "");
  g_string_append_printf (out, "%s.%s", strata_whole_quote (self, owner->object.schema),
                          strata_whole_quote (self, owner->object.name));
  g_string_append_printf (out, " USING %s ", index->method);
  read_elements (self, owner, index, rows, row, out);
  index->is_of_constraint = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 1)) != NULL;
  g_ptr_array_add (indexes, index);
  if (index->is_of_constraint)
    return;

  if (index->nulls_not_distinct)
    g_string_append (out, " NULLS NOT DISTINCT");
  if (index->where != NULL)
    g_string_append_printf (out, " WHERE %s", index->where);

  thing = strata_whole_add_part (self, STRATA_OBJECT_INDEX, owner, index->name);
  thing->object.text = INTERN (&self->reader, CELL (rows, row, 18) != NULL ? CELL (rows, row, 18) : out->str);
  thing->object.comment = index->comment;
  thing->object.is_inherited = IS_TRUE (rows, row, 19);
  thing->object.of.index = index;
  strata_whole_know (self, thing, STRATA_CATALOG_CLASS, CELL (rows, row, 1));
}

void
strata_whole_read_indexes (StrataWhole *self,
                           StrataRows  *rows)
{
  for (guint row = 0, end; row < strata_rows_get_n_rows (rows); row = end)
    {
      StrataThing *owner = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));
      g_autoptr(GPtrArray) indexes = g_ptr_array_new ();

      end = strata_whole_find_end (rows, row, 0);
      for (guint i = row; owner != NULL && i < end; i++)
        read_index (self, owner, rows, i, indexes);
      if (owner != NULL)
        ((StrataPictureTable *) owner->object.of.table)->indexes = strata_picture_list (self->reader.picture, indexes);
    }
}

void
strata_whole_read_index_targets (StrataWhole *self,
                                 StrataRows  *rows)
{
  for (guint row = 0; row < strata_rows_get_n_rows (rows); row++)
    {
      StrataThing *thing = strata_whole_find (self, STRATA_CATALOG_CLASS, CELL (rows, row, 0));

      if (thing != NULL && thing->object.kind == STRATA_OBJECT_INDEX)
        ((StrataPictureIndex *) thing->object.of.index)->statistics
          = strata_postgresql_read_list (&self->reader, CELL (rows, row, 1));
    }
}
