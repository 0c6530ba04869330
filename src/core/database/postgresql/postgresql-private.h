/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <libpq-fe.h>

#include "core/database/postgresql/postgresql-connection.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGconn, PQfinish)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PGresult, PQclear)

struct _StrataPostgresqlConnection
{
  StrataConnection  parent_instance;

  /* owned */
  PGconn           *handle;
  char             *default_schema;
  char             *program;          /* application_name */
  char             *settings;         /* SQL that makes the session what it is after opening; NULL where it is pooled */

  /* values */
  StrataTimeouts    timeouts;
  gint64            lock_key;         /* of the run lock, while it is held */
  int               backend_pid;      /* the server's own, not what a pooler says */
  gboolean          run_lock_held;
  gboolean          pooled;
  gboolean          writable;
};

/* socket.c: everything waits here, never inside libpq. A deadline is monotonic, 0 for none. */
typedef enum
{
  STRATA_SOCKET_READY,
  STRATA_SOCKET_TIMED_OUT,
  STRATA_SOCKET_CANCELLED,
} StrataSocketState;

StrataSocketState  strata_postgresql_poll         (PGconn                      *handle,
                                                   gshort                       events,
                                                   gint64                       deadline,
                                                   GCancellable                *cancellable);
/* The next result of what was sent; NULL between and after them. On cancel it asks the server to stop and goes on
 * waiting for its answer, for some seconds; where none comes the connection is given up, error LOST. */
gboolean           strata_postgresql_next_result  (StrataPostgresqlConnection  *self,
                                                   PGresult                   **result,
                                                   GCancellable                *cancellable,
                                                   GError                     **error);
/* Sends what lies in libpq's buffer, reading meanwhile so that neither side waits for the other. */
gboolean           strata_postgresql_flush        (StrataPostgresqlConnection  *self,
                                                   GError                     **error);

/* connect.c */
PGconn            *strata_postgresql_connect      (StrataUrl                   *url,
                                                   const StrataConnectOptions  *options,
                                                   GCancellable                *cancellable,
                                                   GError                     **error);

/* errors.c */
GError            *strata_postgresql_result_error (StrataPostgresqlConnection  *self,
                                                   const PGresult              *result,
                                                   gboolean                     cancelled);
GError            *strata_postgresql_lost_error   (StrataPostgresqlConnection  *self);
GError            *strata_postgresql_connect_error (StrataUrl                  *url,
                                                   const char                  *message);

/* query.c */
StrataRows        *strata_postgresql_query        (StrataPostgresqlConnection  *self,
                                                   const char                  *sql,
                                                   const char * const          *params,
                                                   guint                        n_params,
                                                   gint64                      *affected,
                                                   GCancellable                *cancellable,
                                                   GError                     **error);
guint              strata_postgresql_query_batch  (StrataPostgresqlConnection  *self,
                                                   StrataBatchItem             *items,
                                                   guint                        n_items,
                                                   GCancellable                *cancellable,
                                                   GError                     **error);

/* locks.c */
gboolean           strata_postgresql_take_run_lock (StrataPostgresqlConnection *self,
                                                   const char                  *schema,
                                                   const char                  *table,
                                                   gint64                       wait_ms,
                                                   StrataWaitFunc               waiting,
                                                   gpointer                     user_data,
                                                   GCancellable                *cancellable,
                                                   GError                     **error);
void               strata_postgresql_drop_run_lock (StrataPostgresqlConnection *self);
char              *strata_postgresql_dup_blocker  (StrataPostgresqlConnection  *self);

G_END_DECLS
