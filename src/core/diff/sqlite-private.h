/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Between the files of SQLite's steps: sqlite-compare.c compares, sqlite.c orders, sqlite-want.c adds what is
 * needed, sqlite-target.c says what a table is to become,
 * sqlite-alter.c whether ALTER can do it, sqlite-rebuild.c makes it anew with its rows. */

#pragma once

#include "core/diff/diff-private.h"
#include "core/diff/rename.h"
#include "core/sql/sqlite-create.h"

G_BEGIN_DECLS

/* A table that is there before and after. */
typedef struct
{
  const StrataObject *from;
  const StrataObject *to;
  GPtrArray          *differences;   /* const StrataDifference*, those that are wanted */
  gboolean            is_partial;    /* some are not */
  StrataSqliteCreate *old;           /* NULL: a virtual table, or nothing that we understand */
  StrataSqliteCreate *new;           /* as it is in "to" */
  StrataSqliteCreate *target;        /* as it is to become; borrows from both where it is neither */
  gboolean            is_rebuilt;
} StrataSqliteChange;

/* Adds to what is wanted what that needs. */
void                strata_sqlite_complete        (StrataDiff          *diff,
                                                   gboolean            *wanted);
StrataPicture      *strata_sqlite_rename_picture  (const StrataPicture *picture,
                                                   const GPtrArray     *renamings);
void                strata_sqlite_compare         (StrataDiff         *self,
                                                   const StrataObject *from,
                                                   const StrataObject *to);
StrataSqliteChange *strata_sqlite_change_new      (const StrataObject *from,
                                                   const StrataObject *to);
void                strata_sqlite_change_free     (StrataSqliteChange *self);
/* When all differences are there. */
void                strata_sqlite_change_decide   (StrataSqliteChange *self);
gboolean            strata_sqlite_change_keeps    (const StrataSqliteChange *self,
                                                   const char               *column);
/* TRUE where ALTER looks at all views and triggers, or the table is gone for a moment. */
gboolean            strata_sqlite_change_disturbs (StrataSqliteChange *self);
void                strata_sqlite_change_plan     (StrataSqliteChange *self,
                                                   StrataDiff         *diff);

/* Whether the columns are dropped and added, with what stands in them, and no more than ALTER can do is asked for. */
gboolean            strata_sqlite_can_alter       (const StrataSqliteCreate *old,
                                                   const StrataSqliteCreate *target);
void                strata_sqlite_alter           (StrataDiff               *diff,
                                                   const StrataSqliteChange *change);
void                strata_sqlite_rebuild         (StrataDiff               *diff,
                                                   const StrataSqliteChange *change);
/* The difference of that column, or NULL. */
const StrataDifference *strata_sqlite_change_find (const StrataSqliteChange *self,
                                                   const char               *column);

G_END_DECLS
