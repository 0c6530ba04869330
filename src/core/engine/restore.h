/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

/* Copies of SQLite databases, made before runs and kept in the user's state folder, the last few of each database. */
typedef struct
{
  char  *name;        /* what restore takes: "20261120T100000.123456Z" */
  char  *path;
  char  *database;    /* the absolute path that it is a copy of */
  char  *reason;      /* "before upgrade head" */
  GStrv  rows;        /* version rows in it */
  gint64 size;        /* bytes */
} StrataCopy;

#define STRATA_COPIES_KEPT 5

void        strata_copy_free    (StrataCopy          *self);
/* The database's copies, newest first: elements are StrataCopy. */
GPtrArray  *strata_copies_list  (const char          *database_path,
                                 GError             **error);
/* The one with that name or the only one whose name begins so; NULL is the newest. */
StrataCopy *strata_copies_find  (const char          *database_path,
                                 const char          *name,
                                 GError             **error);
/* Makes one of an open database and lets the oldest go. */
StrataCopy *strata_copy_make    (StrataConnection    *connection,
                                 const char          *reason,
                                 const char * const  *rows,
                                 GCancellable        *cancellable,
                                 GError             **error);
/* Puts a copy back; the name may be NULL for the newest. Call it with the run lock held. What the database holds now,
 * with these version rows, is copied first, so that this can be taken back too. Returns what was put back. */
StrataCopy *strata_copy_restore (StrataConnection    *connection,
                                 const char          *name,
                                 const char * const  *rows,
                                 GCancellable        *cancellable,
                                 GError             **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCopy, strata_copy_free)

G_END_DECLS
