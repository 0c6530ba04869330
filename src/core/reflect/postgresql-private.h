/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "core/reflect/reflect.h"

G_BEGIN_DECLS

/* A column as others name it. */
typedef struct
{
  StrataPictureColumn *part;      /* NULL: there is none of that number */
  guint                type;      /* numbers; of a domain what it is made of */
  guint                collation;
} StrataPostgresqlColumn;

typedef struct
{
  StrataPicture            *picture;
  StrataConnection         *connection;
  const StrataReflectScope *scope;
  GCancellable             *cancellable;
  GHashTable               *named;        /* borrowed: format_type()'s text to StrataType, of enumerations and domains */
  GPtrArray                *tables;       /* StrataPictureTable*, by schema and name */
  /* Borrowed: by number, those of the table that a constraint is of and of the one that it refers to. */
  const StrataPostgresqlColumn *columns;
  const StrataPostgresqlColumn *referred;
} StrataPostgresqlReader;

/* The constraints of one table, while they are read. */
typedef struct
{
  gpointer   primary_key;
  GPtrArray *uniques;
  GPtrArray *checks;
  GPtrArray *references;
  GPtrArray *exclusions;
} StrataPostgresqlParts;

#define NEW(self, Type) ((Type *) strata_picture_alloc ((self)->picture, sizeof (Type)))
#define INTERN(self, text) strata_picture_intern ((self)->picture, (text))
#define CELL(rows, row, column) strata_rows_get ((rows), (row), (column))
#define IS_TRUE(rows, row, column) (g_strcmp0 (CELL ((rows), (row), (column)), "t") == 0)

/* Gives a table what its rows say, from first up to end. */
typedef void (*StrataPostgresqlFill) (StrataPostgresqlReader *self,
                                      StrataPictureTable     *table,
                                      StrataRows             *rows,
                                      guint                   first,
                                      guint                   end);

void                strata_postgresql_fill_schemas     (StrataPostgresqlReader *self,
                                                        StrataRows             *rows);
void                strata_postgresql_fill_types       (StrataPostgresqlReader *self,
                                                        StrataRows             *rows);
StrataPictureColumn *strata_postgresql_read_column     (StrataPostgresqlReader *self,
                                                        StrataRows             *rows,
                                                        guint                   row);
/* By the six cells from first on. */
void                strata_postgresql_set_identity     (StrataPostgresqlReader *self,
                                                        StrataPictureColumn    *column,
                                                        gboolean                is_always,
                                                        StrataRows             *rows,
                                                        guint                   row,
                                                        guint                   first);
void                strata_postgresql_fill_columns     (StrataPostgresqlReader *self,
                                                        StrataPictureTable     *table,
                                                        StrataRows             *rows,
                                                        guint                   first,
                                                        guint                   end);
void                strata_postgresql_fill_constraints (StrataPostgresqlReader *self,
                                                        StrataPictureTable     *table,
                                                        StrataRows             *rows,
                                                        guint                   first,
                                                        guint                   end);
/* A key, check or reference by the row's letter, put with its like. */
gpointer            strata_postgresql_read_constraint  (StrataPostgresqlReader *self,
                                                        StrataRows             *rows,
                                                        guint                   row,
                                                        StrataPostgresqlParts  *parts);
void                strata_postgresql_parts_init       (StrataPostgresqlParts  *self);
/* Hands them to the table, and is empty then. */
void                strata_postgresql_parts_finish     (StrataPostgresqlParts  *self,
                                                        StrataPostgresqlReader *reader,
                                                        StrataPictureTable     *table);
/* Without its elements. */
StrataPictureIndex *strata_postgresql_read_index       (StrataPostgresqlReader *self,
                                                        StrataRows             *rows,
                                                        guint                   row);
/* By the flags in pg_index. */
void                strata_postgresql_set_order        (StrataPictureElement   *element,
                                                        guint                   flags);
void                strata_postgresql_fill_indexes     (StrataPostgresqlReader *self,
                                                        StrataPictureTable     *table,
                                                        StrataRows             *rows,
                                                        guint                   first,
                                                        guint                   end);
/* A JSON list of texts; NULL of none. */
const char * const *strata_postgresql_read_list        (StrataPostgresqlReader *self,
                                                        const char             *json);
/* Names of columns: a JSON list, or numbers ("{1,2}") of those given. */
const char * const *strata_postgresql_read_columns     (StrataPostgresqlReader *self,
                                                        const char             *text,
                                                        const StrataPostgresqlColumn *numbered);
/* A JSON list of "fillfactor=70": name, value, name, value. */
const char * const *strata_postgresql_read_options     (StrataPostgresqlReader *self,
                                                        const char             *json);
const char         *strata_postgresql_read_check       (StrataPostgresqlReader *self,
                                                        const char             *definition);

G_END_DECLS
