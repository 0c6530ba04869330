/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The parts of a table as a server tells them: names and SQL text as they stand there, nothing made up. Lists are
 * NULL-terminated, and NULL where they are empty; everything belongs to the picture. */

#pragma once

#include "core/schema/type.h"

G_BEGIN_DECLS

/* Numbers as the server writes them. */
typedef struct
{
  gboolean    is_always;
  const char *start;
  const char *increment;
  const char *minvalue;
  const char *maxvalue;
  const char *cache;
  gboolean    cycles;
  const char *sequence;                              /* qualified, quoted; where it is not what the server would choose */
} StrataPictureIdentity;

typedef struct
{
  const char                  *name;
  const StrataType            *type;
  const char                  *type_text;            /* the server's own words */
  gboolean                     is_nullable;
  const char                  *default_text;         /* not of a computed column */
  gboolean                     is_autoincrement;     /* counts by itself: AUTOINCREMENT, or a sequence of its own */
  const StrataPictureIdentity *identity;
  const char                  *computed;             /* the expression */
  gboolean                     is_stored;            /* of a computed one */
  const char                  *collation;            /* where it is not that of the type; in a whole picture as SQL */
  const char                  *comment;
  const char                  *on_conflict;          /* SQLite: of its NOT NULL */
  /* PostgreSQL, in a whole picture only. */
  const char                  *storage;              /* "external"; where it is not that of the type */
  const char                  *compression;          /* "lz4"; where it is said */
  const char                  *statistics;           /* target, where it is said */
  const char                  *not_null_name;        /* from 18: where it is not what the server would choose */
  gboolean                     is_inherited;         /* comes from a parent alone: not written with the table */
  const char * const          *options;              /* n_distinct and such: name, value, ... */
} StrataPictureColumn;

/* A primary key or a UNIQUE. */
typedef struct
{
  const char         *name;
  const char * const *columns;
  const char * const *include;
  gboolean            nulls_not_distinct;
  const char         *deferrable;                    /* "DEFERRABLE" or NULL */
  const char         *initially;                     /* "DEFERRED" or NULL */
  const char         *on_conflict;                   /* SQLite */
  const char         *comment;
} StrataPictureKey;

/* A CHECK: its condition without the parentheses; an exclusion: all that stands behind EXCLUDE. */
typedef struct
{
  const char         *name;
  const char         *text;
  const char * const *columns;                       /* that it names, where the server knows */
  gboolean            is_not_valid;
  gboolean            is_no_inherit;
  gboolean            is_of_column;                  /* SQLite: stands in a column's definition */
  const char         *comment;
} StrataPictureCheck;

typedef struct
{
  const char         *name;
  const char * const *columns;
  const char         *schema;
  const char         *table;
  const char * const *referred;
  const char         *on_delete;                     /* NULL: NO ACTION */
  const char         *on_update;
  const char         *match;                         /* NULL: SIMPLE */
  const char         *deferrable;
  const char         *initially;
  gboolean            is_not_valid;
  gboolean            is_schema_said;                /* the server names the schema, as it is in no search path */
  const char         *comment;
} StrataPictureReference;

G_END_DECLS
