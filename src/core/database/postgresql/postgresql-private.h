/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/postgresql/aside.h"
#include "core/database/postgresql/libpq-names.h"
#include "core/database/postgresql/postgresql-connection.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

struct _StrataPostgresqlConnection
{
  StrataConnection  parent_instance;

  /* owned */
  PGconn           *handle;
  char             *program;          /* application_name */
  char             *role;
  char             *search_path;
  StrataConnection *observer;         /* asks who blocks this one; NULL until somebody seems to */
  StrataAside      *cancel;           /* of the command that runs, once it was asked to stop */
  char             *blocker;          /* of the command that runs or ran last */

  /* values */
  StrataTimeouts    timeouts;
  gint64            give_up;          /* monotonic: when the answer to a cancel must have come; 0: none was sent */
  gint64            next_look;        /* monotonic: for a blocker */
  gint64            lock_key;         /* of the run lock, while it is held */
  int               backend_pid;      /* the server's own, not what a pooler says */
  gboolean          run_lock_held;
  gboolean          pooled;
  gboolean          writable;
  gboolean          checks_client;    /* so does the server, while a statement runs */
  gboolean          unobserved;       /* there is no second connection to be had */
};

/* socket.c: everything waits here, never inside libpq. A deadline is monotonic, 0 for none. */
typedef enum
{
  STRATA_SOCKET_READY,
  STRATA_SOCKET_TIMED_OUT,
  STRATA_SOCKET_CANCELLED,
} StrataSocketState;

StrataSocketState  strata_postgresql_poll           (PGconn                      *handle,
                                                     gshort                       events,
                                                     gint64                       deadline,
                                                     GCancellable                *cancellable);
/* Around everything that is sent. The end waits for a cancel that is still on its way: it must not hit what comes next. */
void               strata_postgresql_begin_command  (StrataPostgresqlConnection  *self);
void               strata_postgresql_end_command    (StrataPostgresqlConnection  *self);
/* Sends what lies in libpq's buffer, reading meanwhile so that neither side waits for the other. */
gboolean           strata_postgresql_flush          (StrataPostgresqlConnection  *self,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
/* The next result of what was sent; NULL between and after them. On cancel it asks the server to stop and goes on
 * waiting for its answer, for some seconds; where none comes the connection is given up, error LOST. */
gboolean           strata_postgresql_next_result    (StrataPostgresqlConnection  *self,
                                                     PGresult                   **result,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);

/* connect.c */
PGconn            *strata_postgresql_connect        (StrataUrl                   *url,
                                                     const StrataConnectOptions  *options,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
/* connect-errors.c */
GError            *strata_postgresql_connect_error  (StrataUrl                   *url,
                                                     const char                  *message);

/* errors.c */
GError            *strata_postgresql_result_error   (StrataPostgresqlConnection  *self,
                                                     const PGresult              *result);
GError            *strata_postgresql_lost_error     (StrataPostgresqlConnection  *self);

/* session.c: what is asked and set once the connection is there; and again in each transaction behind a pooler. */
gboolean           strata_postgresql_start_session  (StrataPostgresqlConnection  *self,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
char              *strata_postgresql_dup_settings   (StrataPostgresqlConnection  *self,
                                                     gboolean                     local);
gboolean           strata_postgresql_set_timeouts   (StrataPostgresqlConnection  *self,
                                                     StrataTimeouts               timeouts,
                                                     GError                     **error);
gboolean           strata_postgresql_reset_session  (StrataPostgresqlConnection  *self,
                                                     GError                     **error);

/* query.c: without a look at transactions. The batch may be empty. */
StrataRows        *strata_postgresql_send           (StrataPostgresqlConnection  *self,
                                                     const char                  *sql,
                                                     const char * const          *params,
                                                     guint                        n_params,
                                                     gint64                      *affected,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
guint              strata_postgresql_send_batch     (StrataPostgresqlConnection  *self,
                                                     StrataBatchItem             *items,
                                                     guint                        n_items,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);

/* transaction.c: with it; behind a pooler a statement alone gets a transaction of its own where it needs settings. */
gboolean           strata_postgresql_in_transaction (StrataPostgresqlConnection  *self);
StrataRows        *strata_postgresql_query          (StrataPostgresqlConnection  *self,
                                                     const char                  *sql,
                                                     const char * const          *params,
                                                     guint                        n_params,
                                                     gint64                      *affected,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
guint              strata_postgresql_begin_batch    (StrataPostgresqlConnection  *self,
                                                     gboolean                     writable,
                                                     StrataBatchItem             *items,
                                                     guint                        n_items,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
gboolean           strata_postgresql_commit         (StrataPostgresqlConnection  *self,
                                                     GError                     **error);
guint              strata_postgresql_commit_and_begin (StrataPostgresqlConnection *self,
                                                     StrataBatchItem             *last,
                                                     StrataBatchItem             *items,
                                                     guint                        n_items,
                                                     gboolean                    *committed,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
void               strata_postgresql_rollback       (StrataPostgresqlConnection  *self);

/* locks.c */
gboolean           strata_postgresql_take_run_lock  (StrataPostgresqlConnection  *self,
                                                     const char                  *schema,
                                                     const char                  *table,
                                                     gint64                       wait_ms,
                                                     StrataWaitFunc               waiting,
                                                     gpointer                     user_data,
                                                     GCancellable                *cancellable,
                                                     GError                     **error);
void               strata_postgresql_drop_run_lock  (StrataPostgresqlConnection  *self);
char              *strata_postgresql_dup_run_holder (StrataPostgresqlConnection  *self,
                                                     const char                  *schema,
                                                     const char                  *table);
/* Notes who blocks this session, and tells whoever listens. */
void               strata_postgresql_look_for_blocker (StrataPostgresqlConnection *self,
                                                     GCancellable                *cancellable);

G_END_DECLS
