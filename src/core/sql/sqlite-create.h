/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CREATE TABLE of SQLite taken apart, in one spelling: what stands in a column but speaks of the table (keys, checks,
 * references) is a constraint, wherever it was written. Nothing is lost: what is not understood is kept as it stands. */

#pragma once

#include "core/sql/sqlite-spelling.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SQLITE_PRIMARY_KEY,
  STRATA_SQLITE_UNIQUE,
  STRATA_SQLITE_CHECK,
  STRATA_SQLITE_FOREIGN_KEY,
  STRATA_SQLITE_OTHER,
} StrataSqliteConstraintKind;

/* Where something stands in the text that was taken apart, as somebody wrote it; length 0: nowhere. Gone with that text. */
typedef struct
{
  const char *text;
  gsize       length;
} StrataSqlitePart;

/* Texts belong to the StrataSqliteCreate. */
typedef struct
{
  StrataSqliteConstraintKind  kind;
  const char                 *name;              /* behind CONSTRAINT; NULL: none */
  const char                 *text;              /* without its name, as a table has it: "UNIQUE (a, b)" */
  const char                 *condition;         /* of a check */
  StrataSqlitePart            written_condition;
  GPtrArray                  *columns;           /* const char*: names, as the columns have them */
  const char                 *table;             /* of a foreign key */
  GPtrArray                  *referred;          /* const char*, as written; empty: the primary key */
  const char                 *on_delete;         /* "SET NULL"; NULL: nothing is done, as for the next one */
  const char                 *on_update;
  const char                 *match;
  const char                 *deferrable;        /* "NOT DEFERRABLE"; NULL: not said, as for the next one */
  const char                 *initially;
  const char                 *tail;              /* behind the columns: actions, conflict */
  gboolean                    is_of_column;      /* stands in the column, and has to where it counts down or up */
  gboolean                    is_autoincrement;
  gboolean                    is_descending;     /* PRIMARY KEY DESC in a column: no alias of the rowid */
} StrataSqliteConstraint;

typedef struct
{
  const char *name;
  const char *type;                              /* in capitals; NULL: none */
  const char *type_as_written;
  StrataSqlitePart written_type;
  const char *collation;
  const char *written_collation;
  const char *default_text;
  StrataSqlitePart written_default;              /* without parentheses around it */
  const char *default_name;
  const char *generated;                         /* the expression */
  StrataSqlitePart written_generated;
  gboolean    is_stored;
  gboolean    is_not_null;
  const char *not_null_name;
  const char *not_null_conflict;                 /* "ON CONFLICT IGNORE" */
  const char *extra;                             /* what was not understood */
} StrataSqliteColumn;

typedef struct
{
  char        *name;
  GPtrArray   *columns;                          /* StrataSqliteColumn* */
  GPtrArray   *constraints;                      /* StrataSqliteConstraint*, as they come in the text */
  GPtrArray   *names;                            /* const char*: of the columns, in their order */
  gboolean     is_strict;
  gboolean     is_without_rowid;
  const char  *options;                          /* others, as they stand; NULL: none */
  GStringChunk *texts;
} StrataSqliteCreate;

/* NULL where it is no CREATE TABLE with columns: a virtual table, CREATE TABLE AS, something newer. */
StrataSqliteCreate     *strata_sqlite_create_new         (const char               *text);
void                    strata_sqlite_create_free        (StrataSqliteCreate       *self);
StrataSqliteColumn     *strata_sqlite_create_find        (const StrataSqliteCreate *self,
                                                          const char               *column);
StrataSqliteConstraint *strata_sqlite_create_get_key     (const StrataSqliteCreate *self);
/* TRUE where NOT NULL says nothing that would not be so without it. */
gboolean                strata_sqlite_create_is_never_null (const StrataSqliteCreate *self,
                                                          const StrataSqliteColumn *column);

/* As after ALTER TABLE: of its own column; of the table itself, or one that it refers to; of a column that it refers to. */
void                    strata_sqlite_create_rename_column (StrataSqliteCreate     *self,
                                                          const char               *old,
                                                          const char               *new);
void                    strata_sqlite_create_rename_table (StrataSqliteCreate      *self,
                                                          const char               *old,
                                                          const char               *new);
void                    strata_sqlite_create_rename_referred (StrataSqliteCreate   *self,
                                                          const char               *table,
                                                          const char               *old,
                                                          const char               *new);
/* Its name, or what it says without the words of its kind, what is done on conflict, and actions: "(a, b)". */
char                   *strata_sqlite_constraint_dup_label (const StrataSqliteConstraint *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSqliteCreate, strata_sqlite_create_free)

G_END_DECLS
