/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A connection to one database. One thread owns it: all calls block and come from there, only the cancellable that a
 * call was given may be triggered from elsewhere. A connection is read-only unless it was opened for a run. The class
 * is abstract: a sub-folder a server, chosen by the URL. */

#pragma once

#include "core/database/error.h"
#include "core/database/rows.h"
#include "core/url/url.h"

G_BEGIN_DECLS

#define STRATA_TYPE_CONNECTION (strata_connection_get_type ())

G_DECLARE_DERIVABLE_TYPE (StrataConnection, strata_connection, STRATA, CONNECTION, GObject)

typedef struct
{
  gboolean    writable;            /* armed for a run; else the session itself refuses to write */
  gboolean    create;              /* SQLite: make the file where there is none */
  gboolean    confined;            /* SQLite: ATTACH, extensions and what else leads out of the file are refused */
  guint       connect_timeout_ms;  /* of one attempt; 0: a sensible default */
  const char *application_name;    /* who we are in pg_stat_activity */
  const char *role;                /* SET ROLE, or NULL */
  const char *search_path;         /* or NULL */
} StrataConnectOptions;

/* Milliseconds; 0: no limit, -1: leave the server's own setting. */
typedef struct
{
  gint64 lock_ms;
  gint64 statement_ms;
} StrataTimeouts;

/* A notice or warning of the server while a statement ran, passwords masked. */
typedef void (*StrataNoticeFunc) (const char *severity,
                                  const char *message,
                                  gpointer    user_data);
/* Called while waiting, about once a second; the text says who holds what ("pid 4711, strata 0.1.0 upgrade, ana@ci,
 * since 12 s") or is NULL where that is not known. */
typedef void (*StrataWaitFunc)   (const char *holder,
                                  gpointer    user_data);

/* Asked before each statement is sent; the text need not be NUL-terminated. NULL, or in words why it is refused. */
typedef char *(*StrataRefuseFunc) (const char *sql,
                                   gsize       length,
                                   gpointer    user_data);

typedef enum
{
  STRATA_TRAIT_TRANSACTIONAL_DDL   = 1 << 0,
  STRATA_TRAIT_POOLED              = 1 << 1,  /* a transaction pooler is between: nothing lives longer than a transaction */
  STRATA_TRAIT_STANDBY             = 1 << 2,
  STRATA_TRAIT_READ_ONLY           = 1 << 3,  /* file, folder or session cannot be written */
} StrataConnectionTraits;

/* Fails with STRATA_DATABASE_ERROR in words for a user: which server, what went wrong, what to try. */
StrataConnection       *strata_connection_open          (StrataUrl                   *url,
                                                         const StrataConnectOptions  *options,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
/* The same for a connection that was made by hand: tests have a class of their own. */
gboolean                strata_connection_start         (StrataConnection            *self,
                                                         StrataUrl                   *url,
                                                         const StrataConnectOptions  *options,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
/* Ends it now; the last unref does so too. */
void                    strata_connection_close         (StrataConnection            *self);

StrataUrl              *strata_connection_get_url       (StrataConnection            *self);
/* The password that it was opened with, wherever libpq had it from (a ~/.pgpass may have it for this database alone); NULL:
 * none. Secret: for opening another database of the server. */
char                   *strata_connection_dup_password  (StrataConnection            *self);
StrataDialect           strata_connection_get_dialect   (StrataConnection            *self);
StrataConnectionTraits  strata_connection_get_traits    (StrataConnection            *self);
/* "PostgreSQL 15.18" or "SQLite 3.40.1"; and the number that versions compare by, 150018 or 3040001. */
const char             *strata_connection_get_server    (StrataConnection            *self);
int                     strata_connection_get_version   (StrataConnection            *self);
void                    strata_connection_set_notice_func (StrataConnection          *self,
                                                         StrataNoticeFunc             func,
                                                         gpointer                     user_data);
/* Told on the owner's thread, about once a second while a statement waits for what others hold, and not when that is not
 * known; the text is that of dup_blocker(). */
void                    strata_connection_set_blocked_func (StrataConnection         *self,
                                                         StrataWaitFunc               func,
                                                         gpointer                     user_data);
void                    strata_connection_set_refuse_func (StrataConnection          *self,
                                                         StrataRefuseFunc             func,
                                                         gpointer                     user_data);

/* One statement. Parameters are text or NULL each, $1 ... in the order of the list; n_params 0 sends the text as it is. */
StrataRows             *strata_connection_query         (StrataConnection            *self,
                                                         const char                  *sql,
                                                         const char * const          *params,
                                                         guint                        n_params,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
/* The same for its effect; affected (may be NULL) gets the number of rows changed, -1 where there is none. The text
 * need not be NUL-terminated; length -1 measures it. */
gboolean                strata_connection_execute       (StrataConnection            *self,
                                                         const char                  *sql,
                                                         gssize                       length,
                                                         const char * const          *params,
                                                         guint                        n_params,
                                                         gint64                      *affected,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);

/* Statements that belong together, in as few round trips as the server allows. */
typedef struct
{
  const char         *sql;
  gssize              length;      /* -1: NUL-terminated */
  const char * const *params;      /* text or NULL each */
  guint               n_params;
  gint64              affected;    /* out: rows changed, -1 where there is none */
  StrataRows        **rows;        /* out, where it is not NULL: a query's answer */
} StrataBatchItem;

/* Runs them in order and stops at the first that fails: gives how many went well, the error is set where that is fewer
 * than n. Inside a transaction the server then waits for a rollback, whatever was sent behind the failure. */
guint                   strata_connection_execute_batch (StrataConnection            *self,
                                                         StrataBatchItem             *items,
                                                         guint                        n_items,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);

/* A write transaction with the items inside, begun in the same round trip; else the same. Gives how many items went well,
 * and an error where that is fewer than n: 0 also where there is no transaction. */
guint                   strata_connection_begin_batch   (StrataConnection            *self,
                                                         StrataBatchItem             *items,
                                                         guint                        n_items,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
/* A write transaction (SQLite: BEGIN IMMEDIATE) or a read-only snapshot. Rollback never fails usefully: after a lost
 * connection there is nothing to roll back. */
gboolean                strata_connection_begin         (StrataConnection            *self,
                                                         gboolean                     writable,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
gboolean                strata_connection_commit        (StrataConnection            *self,
                                                         GError                     **error);
/* The transaction that is open, after one more statement of its own (NULL: none), and behind it the next one as by
 * begin_batch. Committed says whether the first is done, whatever became of the second. */
guint                   strata_connection_commit_and_begin (StrataConnection         *self,
                                                         StrataBatchItem             *last,
                                                         StrataBatchItem             *items,
                                                         guint                        n_items,
                                                         gboolean                    *committed,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
void                    strata_connection_rollback      (StrataConnection            *self);
gboolean                strata_connection_in_transaction (StrataConnection           *self);

/* For the statements that follow; inside a transaction for that transaction only where the connection is pooled. */
gboolean                strata_connection_set_timeouts  (StrataConnection            *self,
                                                         StrataTimeouts               timeouts,
                                                         GError                     **error);

/* What statements did to the session (SET, RESET, PRAGMA) is undone: as after opening, with the timeouts that were set.
 * Inside a transaction it is part of that. */
gboolean                strata_connection_reset_session (StrataConnection            *self,
                                                         GError                     **error);

/* The run lock of a database: one run at a time. The key is the version table's schema and name. Waits at most wait_ms
 * (-1: for ever), then fails with STRATA_DATABASE_ERROR_LOCKED naming the holder. On a pooled connection it is taken
 * anew in each transaction: call it after begin; elsewhere call it once, outside. Dies with the connection. */
gboolean                strata_connection_take_run_lock (StrataConnection            *self,
                                                         const char                  *schema,
                                                         const char                  *table,
                                                         gint64                       wait_ms,
                                                         StrataWaitFunc               waiting,
                                                         gpointer                     user_data,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);
void                    strata_connection_drop_run_lock (StrataConnection            *self);
/* Who has that lock now, as the waiting is told; NULL where nobody has, or that is not known. Takes no lock itself. */
char                   *strata_connection_dup_run_holder (StrataConnection           *self,
                                                         const char                  *schema,
                                                         const char                  *table);
/* Against a running Alembic, which takes no lock of ours: SHARE ROW EXCLUSIVE on the version table, inside a
 * transaction; nothing to do on SQLite, where BEGIN IMMEDIATE did it. */
gboolean                strata_connection_lock_table    (StrataConnection            *self,
                                                         const char                  *schema,
                                                         const char                  *table,
                                                         GCancellable                *cancellable,
                                                         GError                     **error);

/* Whether the table is there, and the width of its first column (0: unlimited or not known). A schema of NULL is the
 * default one. */
gboolean                strata_connection_find_table    (StrataConnection            *self,
                                                         const char                  *schema,
                                                         const char                  *table,
                                                         gboolean                    *found,
                                                         guint                       *width,
                                                         GError                     **error);
/* True where no table of a user is in the database but those named (NULL-terminated, bare names). */
gboolean                strata_connection_is_empty      (StrataConnection            *self,
                                                         const char * const          *except,
                                                         gboolean                    *empty,
                                                         GError                     **error);
/* Names of indexes that a failed build left behind INVALID, schema-qualified; empty where the server has no such thing. */
GStrv                   strata_connection_dup_invalid_indexes (StrataConnection      *self,
                                                         GError                     **error);

/* Who blocks the statement that runs, or blocked the one that just failed with LOCKED: "blocked by pid 4711 (psql, ana),
 * idle in transaction for 12 s: ALTER TABLE ..."; NULL where nobody does, or that is not known. */
char                   *strata_connection_dup_blocker   (StrataConnection            *self);

G_END_DECLS
