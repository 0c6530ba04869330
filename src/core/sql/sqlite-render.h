/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/sql/sqlite-create.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_SQLITE_RENDER_SORTED  = 1 << 0,   /* columns by name */
  STRATA_SQLITE_RENDER_WRITTEN = 1 << 1,   /* with the NOT NULL that says nothing, and types as written */
} StrataSqliteRenderFlags;

/* The CREATE TABLE, its constraints in an order that says nothing. Name: how it is called instead, or NULL. */
char *strata_sqlite_render_table  (const StrataSqliteCreate *create,
                                   const char               *name,
                                   StrataSqliteRenderFlags   flags);
/* A column as CREATE TABLE and ADD COLUMN take it; constraints (const StrataSqliteConstraint*): that stand in it, or NULL. */
char *strata_sqlite_render_column (const StrataSqliteCreate     *create,
                                   const StrataSqliteColumn     *column,
                                   const GPtrArray              *constraints,
                                   StrataSqliteRenderFlags       flags);
/* One spelling of any other CREATE, of a VIEW, TRIGGER or VIRTUAL TABLE. */
char *strata_sqlite_render_other  (const char                   *text);

G_END_DECLS
