/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/database/connection.h"

G_BEGIN_DECLS

/* What a driver implements; connection.c has checked the arguments and the thread. All of it must be there. */
struct _StrataConnectionClass
{
  GObjectClass parent_class;

  /* Right after construction: connects, and says what it found by the setters below. */
  gboolean    (*open)                (StrataConnection *self, const StrataConnectOptions *options,
                                      GCancellable *cancellable, GError **error);
  void        (*close)               (StrataConnection *self);
  StrataRows *(*query)               (StrataConnection *self, const char *sql, const char * const *params,
                                      guint n_params, GCancellable *cancellable, GError **error);
  gboolean    (*execute)             (StrataConnection *self, const char *sql, gsize length,
                                      const char * const *params, guint n_params, gint64 *affected,
                                      GCancellable *cancellable, GError **error);
  guint       (*execute_batch)       (StrataConnection *self, StrataBatchItem *items, guint n_items,
                                      GCancellable *cancellable, GError **error);
  gboolean    (*begin)               (StrataConnection *self, gboolean writable, GCancellable *cancellable,
                                      GError **error);
  guint       (*begin_batch)         (StrataConnection *self, StrataBatchItem *items, guint n_items,
                                      GCancellable *cancellable, GError **error);
  gboolean    (*commit)              (StrataConnection *self, GError **error);
  /* May be missing: then it is one after the other. */
  guint       (*commit_and_begin)    (StrataConnection *self, StrataBatchItem *last, StrataBatchItem *items, guint n_items,
                                      gboolean *committed, GCancellable *cancellable, GError **error);
  void        (*rollback)            (StrataConnection *self);
  gboolean    (*in_transaction)      (StrataConnection *self);
  gboolean    (*set_timeouts)        (StrataConnection *self, StrataTimeouts timeouts, GError **error);
  gboolean    (*reset_session)       (StrataConnection *self, GError **error);
  gboolean    (*take_run_lock)       (StrataConnection *self, const char *schema, const char *table, gint64 wait_ms,
                                      StrataWaitFunc waiting, gpointer user_data, GCancellable *cancellable,
                                      GError **error);
  void        (*drop_run_lock)       (StrataConnection *self);
  char       *(*dup_run_holder)      (StrataConnection *self, const char *schema, const char *table);
  gboolean    (*lock_table)          (StrataConnection *self, const char *schema, const char *table,
                                      GCancellable *cancellable, GError **error);
  gboolean    (*find_table)          (StrataConnection *self, const char *schema, const char *table, gboolean *found,
                                      guint *width, GError **error);
  gboolean    (*is_empty)            (StrataConnection *self, const char * const *except, gboolean *empty,
                                      GError **error);
  GStrv       (*dup_invalid_indexes) (StrataConnection *self, GError **error);
  char       *(*dup_blocker)         (StrataConnection *self);
  /* May be missing: there are no passwords. */
  char       *(*dup_password)        (StrataConnection *self);
};

void strata_connection_set_server (StrataConnection       *self,
                                   const char             *server,
                                   int                     version,
                                   StrataConnectionTraits  traits);
/* Hands a server's notice to whoever listens, passwords masked. */
void strata_connection_notice     (StrataConnection       *self,
                                   const char             *severity,
                                   const char             *message);
/* The same for who blocks a statement that waits; NULL is not handed on. */
void strata_connection_blocked    (StrataConnection       *self,
                                   const char             *blocker);

G_END_DECLS
