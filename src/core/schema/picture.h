/* SPDX-License-Identifier: GPL-3.0-or-later */

/* An immutable picture of a database's structure, as its server tells it: what is compared, and what scripts ask
 * about. Two pictures compare well because the same code took both. */

#pragma once

#include "core/schema/object.h"

G_BEGIN_DECLS

/* SQLite: a trigger or a view as its CREATE has it. */
typedef struct
{
  const char *name;
  const char *table;                                 /* of a trigger */
  const char *text;
} StrataPictureText;

struct _StrataPictureTable
{
  const char                           *schema;
  const char                           *name;
  const char                           *comment;
  const StrataPictureColumn * const    *columns;
  const StrataPictureKey               *primary_key; /* NULL: none */
  const StrataPictureKey * const       *uniques;
  const StrataPictureCheck * const     *checks;
  const StrataPictureReference * const *references;
  const StrataPictureCheck * const     *exclusions;
  const StrataPictureIndex * const     *indexes;     /* those of constraints only where the server's listing has them */
  const StrataPictureText * const      *triggers;
  gboolean                              is_view;
  gboolean                              is_strict;   /* SQLite */
  gboolean                              is_without_rowid;
  gboolean                              is_partition;
  gboolean                              is_foreign;
  const char                           *text;        /* SQLite: its CREATE */
  const StrataPictureStorage           *storage;     /* in a whole picture only */
};

typedef struct
{
  const char *schema;
  const char *name;
} StrataPictureName;

typedef struct
{
  StrataDialect                      dialect;
  const char                        *default_schema;
  const char * const                *schemas;
  const StrataPictureTable * const  *tables;         /* by schema and name (strcmp); views are there too */
  guint                              n_tables;
  const StrataPictureName * const   *materialized;
  const StrataPictureName * const   *sequences;
  const StrataType * const          *enums;
  const StrataType * const          *domains;
  const StrataPictureText * const   *views;          /* SQLite: all of them, whatever was asked for */
  const StrataPictureText * const   *triggers;       /* those too */
  gboolean                           enforces_references;  /* SQLite: PRAGMA foreign_keys is on in this session */
  /* In a whole picture: everything, as strata_object_compare() orders it, and what is not covered. */
  const StrataObject * const        *objects;
  guint                              n_objects;
  const StrataUncovered * const     *uncovered;
  /* Objects know their grants in any case; whether these count, strata_picture_cover_privileges() says. */
  gboolean                           has_privileges;
  const StrataObject * const        *default_privileges; /* NULL-terminated, by the order of objects */
  const char                        *server;         /* "PostgreSQL 15.18" */
  int                                version;        /* as strata_connection_get_version() */
} StrataPicture;

StrataPicture            *strata_picture_new        (StrataDialect         dialect);
StrataPicture            *strata_picture_ref        (StrataPicture        *self);
void                      strata_picture_unref      (StrataPicture        *self);
/* A schema of NULL is the default one; NULL: there is none. */
const StrataPictureTable *strata_picture_find_table (const StrataPicture  *self,
                                                     const char           *schema,
                                                     const char           *name);
/* In a list of a table's columns or of a composite type's attributes, which may be NULL. */
const StrataPictureColumn *strata_picture_find_column (const StrataPictureColumn * const *columns,
                                                     const char           *name);
const StrataPictureColumn *strata_picture_table_find_column (const StrataPictureTable *self,
                                                     const char           *name);

/* By the order of objects; NULL: there is none. */
const StrataObject       *strata_picture_find_object (const StrataPicture *self,
                                                     const StrataObject   *like);
/* The table whose column owns a sequence; NULL: none. */
const StrataObject       *strata_picture_find_owner (const StrataPicture  *self,
                                                     const StrataObject   *sequence);

/* Privileges are compared and dumped from now on, and default privileges are objects: before anybody else has the picture. */
void                      strata_picture_cover_privileges (StrataPicture *self);

/* While it is filled; afterwards nobody changes it. Memory is zeroed and lives as long as the picture; NULL of NULL. */
gpointer                  strata_picture_alloc      (StrataPicture        *self,
                                                     gsize                 size);
const char               *strata_picture_intern     (StrataPicture        *self,
                                                     const char           *text);
/* A copy of the pointers, NULL-terminated; NULL where there are none. */
gpointer                  strata_picture_list       (StrataPicture        *self,
                                                     const GPtrArray      *items);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPicture, strata_picture_unref)

G_END_DECLS
