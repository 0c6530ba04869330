/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CREATE INDEX of SQLite taken apart. */

#pragma once

#include "core/sql/sqlite-spelling.h"

G_BEGIN_DECLS

/* Tokens, counted from the first; "to" is behind the last. */
typedef struct
{
  guint from;
  guint to;
} StrataSqliteElement;

typedef struct
{
  GArray   *tokens;       /* StrataToken, into the text */
  GArray   *elements;     /* StrataSqliteElement: an expression with its COLLATE, ASC and DESC */
  gboolean  is_unique;
  guint     name;         /* the token of its name, and of its table's */
  guint     table;
  guint     rest;         /* the first token behind the elements, WHERE if there is one */
} StrataSqliteIndex;

/* NULL where it is none, or something newer. */
StrataSqliteIndex *strata_sqlite_index_new    (const char              *text);
void               strata_sqlite_index_free   (StrataSqliteIndex       *self);
/* One spelling of it; the table's name and its columns' (const char*), or NULL: as written. */
char              *strata_sqlite_index_render (const StrataSqliteIndex *self,
                                               const char              *table,
                                               const GPtrArray         *columns);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataSqliteIndex, strata_sqlite_index_free)

G_END_DECLS
