/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "core/database/sqlite/sqlite-connection.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3, sqlite3_close)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

#define STRATA_SQLITE_N_SWITCHES 4

struct _StrataSqliteConnection
{
  StrataConnection  parent_instance;

  /* owned */
  sqlite3          *handle;
  char             *path;          /* absolute, links resolved; NULL for a database in memory */
  char             *program;       /* who the run lock says we are */
  GCancellable     *waiter;        /* of the transaction: may end the wait for its COMMIT */
  GHashTable       *statements;    /* SQL, owned, to sqlite3_stmt, owned: those with parameters come again */

  /* for one call */
  GCancellable     *cancellable;   /* borrowed */
  gulong            interrupt;     /* its handler; 0: none */

  /* values */
  StrataTimeouts    timeouts;
  gint64            busy_since;    /* monotonic; 0: not waiting */
  gint64            busy_told;     /* when it was last told who blocks */
  gint64            deadline;      /* monotonic, of the statement that runs; 0: none */
  gboolean          immutable;     /* opened without locks: nobody had it open, and it is not ours to write */
  gboolean          writable;
  gboolean          confined;
  int               switches[STRATA_SQLITE_N_SWITCHES];  /* as they were after opening */
  int               sidecar;       /* of the run lock; -1: not held */
};

/* open.c: a reader never writes, makes no file where that can be avoided, and leaves none behind. */
int      strata_sqlite_open                  (StrataSqliteConnection *self,
                                              gboolean                create);
gboolean strata_sqlite_has_wal               (const char             *path);
/* The file and the folder, for the journal. */
gboolean strata_sqlite_may_write             (const char             *path);

/* Waiting, cancelling and the time limit of each call go by handlers that look into the struct. */
void     strata_sqlite_watch                 (StrataSqliteConnection *self);
void     strata_sqlite_begin_call            (StrataSqliteConnection *self,
                                              GCancellable           *cancellable);
void     strata_sqlite_end_call              (StrataSqliteConnection *self);
/* Inside a call. */
void     strata_sqlite_set_error             (StrataSqliteConnection *self,
                                              int                     result,
                                              const char             *sql,
                                              GError                **error);
/* One statement or several; rows may be NULL and gets the last one's answer, affected its count. */
gboolean strata_sqlite_run                   (StrataSqliteConnection *self,
                                              const char             *sql,
                                              gsize                   length,
                                              const char * const     *params,
                                              guint                   n_params,
                                              StrataRows            **rows,
                                              gint64                 *affected,
                                              GCancellable           *cancellable,
                                              GError                **error);

/* From a result code and what the handle says about it. The path is for the sentence; sql (may be NULL) is what the
 * handle's error offset counts in. */
GError  *strata_sqlite_error_new             (sqlite3                *handle,
                                              int                     result,
                                              const char             *path,
                                              const char             *sql);
/* "sqlite3 (pid 4711)", by the kernel's list of file locks: who else has the file locked; or NULL. */
char    *strata_sqlite_dup_lock_holders      (const char             *path);

/* Whether a process has an flock() on the file, by the same list. */
gboolean strata_sqlite_is_flocked            (const char             *path);

/* One run at a time: flock on a file beside the database. The descriptor, or -1 with the error set. */
int      strata_sidecar_lock                 (const char             *database_path,
                                              const char             *program,
                                              gint64                  wait_ms,
                                              StrataWaitFunc          waiting,
                                              gpointer                user_data,
                                              GCancellable           *cancellable,
                                              GError                **error);
/* What the holder wrote into it; NULL where nobody holds it. */
char    *strata_sidecar_dup_holder           (const char             *database_path);
/* Removes the file while it is still held, then lets go. */
void     strata_sidecar_unlock               (int                     fd,
                                              const char             *database_path);

G_END_DECLS
