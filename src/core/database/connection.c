/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/connection-class.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#ifdef HAVE_POSTGRESQL
#include "core/database/postgresql/postgresql-connection.h"
#endif
#include "core/database/sqlite/sqlite-connection.h"
#include "core/url/mask.h"

typedef struct
{
  StrataUrl              *url;
  char                   *server;
  int                     version;
  StrataConnectionTraits  traits;
  gboolean                open;
  GThread                *owner;          /* borrowed: only compared */
  StrataNoticeFunc        notice_func;
  gpointer                notice_data;
  StrataWaitFunc          blocked_func;
  gpointer                blocked_data;
  StrataRefuseFunc        refuse_func;
  gpointer                refuse_data;
} StrataConnectionPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (StrataConnection, strata_connection, G_TYPE_OBJECT)

#define PRIVATE(self) ((StrataConnectionPrivate *) strata_connection_get_instance_private (self))
#define CLASS(self) STRATA_CONNECTION_GET_CLASS (self)

static gboolean
is_ours (StrataConnection *self)
{
  return PRIVATE (self)->owner == g_thread_self ();
}

static void
strata_connection_dispose (GObject *object)
{
  strata_connection_close (STRATA_CONNECTION (object));

  G_OBJECT_CLASS (strata_connection_parent_class)->dispose (object);
}

static void
strata_connection_finalize (GObject *object)
{
  StrataConnectionPrivate *private = PRIVATE (STRATA_CONNECTION (object));

  g_clear_pointer (&private->url, strata_url_unref);
  g_free (private->server);

  G_OBJECT_CLASS (strata_connection_parent_class)->finalize (object);
}

static void
strata_connection_class_init (StrataConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = strata_connection_dispose;
  object_class->finalize = strata_connection_finalize;
}

static void
strata_connection_init (StrataConnection *self)
{
  PRIVATE (self)->owner = g_thread_self ();
}

void
strata_connection_set_server (StrataConnection       *self,
                              const char             *server,
                              int                     version,
                              StrataConnectionTraits  traits)
{
  StrataConnectionPrivate *private = PRIVATE (self);

  g_free (private->server);
  private->server = g_strdup (server);
  private->version = version;
  private->traits = traits;
}

void
strata_connection_notice (StrataConnection *self,
                          const char       *severity,
                          const char       *message)
{
  StrataConnectionPrivate *private = PRIVATE (self);
  g_auto(GStrv) secrets = NULL;
  g_autofree char *masked = NULL;

  if (private->notice_func == NULL)
    return;

  secrets = strata_url_get_secrets (private->url);
  masked = strata_mask (message, (const char * const *) secrets);
  private->notice_func (severity, masked, private->notice_data);
}

void
strata_connection_blocked (StrataConnection *self,
                           const char       *blocker)
{
  StrataConnectionPrivate *private = PRIVATE (self);

  if (private->blocked_func != NULL && blocker != NULL)
    private->blocked_func (blocker, private->blocked_data);
}

static GType
find_driver (StrataDialect dialect)
{
  switch (dialect)
    {
    case STRATA_DIALECT_SQLITE:
      return STRATA_TYPE_SQLITE_CONNECTION;

    case STRATA_DIALECT_POSTGRESQL:
#ifdef HAVE_POSTGRESQL
      return STRATA_TYPE_POSTGRESQL_CONNECTION;
#endif

    case STRATA_DIALECT_MYSQL:
    case STRATA_DIALECT_MARIADB:
    case STRATA_DIALECT_MSSQL:
    case STRATA_DIALECT_UNKNOWN:
    default:
      return G_TYPE_INVALID;
    }
}

gboolean
strata_connection_start (StrataConnection            *self,
                         StrataUrl                   *url,
                         const StrataConnectOptions  *options,
                         GCancellable                *cancellable,
                         GError                     **error)
{
  StrataConnectionPrivate *private = PRIVATE (self);

  g_return_val_if_fail (!private->open, FALSE);

  private->url = strata_url_ref (url);
  private->open = CLASS (self)->open (self, options, cancellable, error);

  return private->open;
}

StrataConnection *
strata_connection_open (StrataUrl                   *url,
                        const StrataConnectOptions  *options,
                        GCancellable                *cancellable,
                        GError                     **error)
{
  StrataDialect dialect = strata_url_get_dialect (url);
  GType driver = find_driver (dialect);
  g_autoptr(StrataConnection) self = NULL;

  if (driver == G_TYPE_INVALID)
    {
      g_propagate_error (error,
                         strata_database_error_new (STRATA_DATABASE_ERROR_NOT_SUPPORTED, NULL,
                                                    dialect == STRATA_DIALECT_POSTGRESQL
                                                    ? _("This build of Strata has no driver for %s")
                                                    : _("Strata cannot talk to %s yet; it comes with a later version"),
                                                    strata_dialect_get_title (dialect)));
      return NULL;
    }

  self = g_object_new (driver, NULL);

  return strata_connection_start (self, url, options, cancellable, error) ? g_steal_pointer (&self) : NULL;
}

void
strata_connection_close (StrataConnection *self)
{
  StrataConnectionPrivate *private = PRIVATE (self);

  g_return_if_fail (STRATA_IS_CONNECTION (self));

  if (private->open)
    CLASS (self)->close (self);
  private->open = FALSE;
}

StrataUrl *
strata_connection_get_url (StrataConnection *self)
{
  return PRIVATE (self)->url;
}

char *
strata_connection_dup_password (StrataConnection *self)
{
  return CLASS (self)->dup_password != NULL ? CLASS (self)->dup_password (self) : NULL;
}

StrataDialect
strata_connection_get_dialect (StrataConnection *self)
{
  return strata_url_get_dialect (PRIVATE (self)->url);
}

StrataConnectionTraits
strata_connection_get_traits (StrataConnection *self)
{
  return PRIVATE (self)->traits;
}

const char *
strata_connection_get_server (StrataConnection *self)
{
  return PRIVATE (self)->server;
}

int
strata_connection_get_version (StrataConnection *self)
{
  return PRIVATE (self)->version;
}

void
strata_connection_set_notice_func (StrataConnection *self,
                                   StrataNoticeFunc  func,
                                   gpointer          user_data)
{
  PRIVATE (self)->notice_func = func;
  PRIVATE (self)->notice_data = user_data;
}

void
strata_connection_set_blocked_func (StrataConnection *self,
                                    StrataWaitFunc    func,
                                    gpointer          user_data)
{
  PRIVATE (self)->blocked_func = func;
  PRIVATE (self)->blocked_data = user_data;
}

void
strata_connection_set_refuse_func (StrataConnection *self,
                                   StrataRefuseFunc  func,
                                   gpointer          user_data)
{
  PRIVATE (self)->refuse_func = func;
  PRIVATE (self)->refuse_data = user_data;
}

/* A length of -1 is that of the text. */
static gboolean
may_send (StrataConnection  *self,
          const char        *sql,
          gssize             length,
          GCancellable      *cancellable,
          GError           **error)
{
  StrataConnectionPrivate *private = PRIVATE (self);
  g_autofree char *reason = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;
  if (private->refuse_func != NULL)
    reason = private->refuse_func (sql, length >= 0 ? (gsize) length : strlen (sql), private->refuse_data);
  if (reason != NULL)
    g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, reason);

  return reason == NULL;
}

/* All or nothing: whoever refuses one of them wants none to run. */
static gboolean
may_send_all (StrataConnection       *self,
              const StrataBatchItem  *items,
              guint                   n_items,
              GCancellable           *cancellable,
              GError                **error)
{
  for (guint i = 0; i < n_items; i++)
    if (!may_send (self, items[i].sql, items[i].length, cancellable, error))
      return FALSE;

  return n_items > 0 || !g_cancellable_set_error_if_cancelled (cancellable, error);
}

StrataRows *
strata_connection_query (StrataConnection    *self,
                         const char          *sql,
                         const char * const  *params,
                         guint                n_params,
                         GCancellable        *cancellable,
                         GError             **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), NULL);

  if (!may_send (self, sql, -1, cancellable, error))
    return NULL;

  return CLASS (self)->query (self, sql, params, n_params, cancellable, error);
}

gboolean
strata_connection_execute (StrataConnection    *self,
                           const char          *sql,
                           gssize               length,
                           const char * const  *params,
                           guint                n_params,
                           gint64              *affected,
                           GCancellable        *cancellable,
                           GError             **error)
{
  gint64 ignored;

  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  if (!may_send (self, sql, length, cancellable, error))
    return FALSE;

  return CLASS (self)->execute (self, sql, length >= 0 ? (gsize) length : strlen (sql), params, n_params,
                                affected != NULL ? affected : &ignored, cancellable, error);
}

guint
strata_connection_execute_batch (StrataConnection  *self,
                                 StrataBatchItem   *items,
                                 guint              n_items,
                                 GCancellable      *cancellable,
                                 GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), 0);

  if (!may_send_all (self, items, n_items, cancellable, error))
    return 0;

  return CLASS (self)->execute_batch (self, items, n_items, cancellable, error);
}

gboolean
strata_connection_begin (StrataConnection  *self,
                         gboolean           writable,
                         GCancellable      *cancellable,
                         GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);
  g_return_val_if_fail (!strata_connection_in_transaction (self), FALSE);

  return CLASS (self)->begin (self, writable, cancellable, error);
}

guint
strata_connection_begin_batch (StrataConnection  *self,
                               StrataBatchItem   *items,
                               guint              n_items,
                               GCancellable      *cancellable,
                               GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), 0);
  g_return_val_if_fail (!strata_connection_in_transaction (self), 0);

  if (!may_send_all (self, items, n_items, cancellable, error))
    return 0;

  return CLASS (self)->begin_batch (self, items, n_items, cancellable, error);
}

gboolean
strata_connection_commit (StrataConnection  *self,
                          GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->commit (self, error);
}

guint
strata_connection_commit_and_begin (StrataConnection  *self,
                                    StrataBatchItem   *last,
                                    StrataBatchItem   *items,
                                    guint              n_items,
                                    gboolean          *committed,
                                    GCancellable      *cancellable,
                                    GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), 0);

  if (CLASS (self)->commit_and_begin != NULL && !g_cancellable_is_cancelled (cancellable))
    return CLASS (self)->commit_and_begin (self, last, items, n_items, committed, cancellable, error);

  *committed = (last == NULL || strata_connection_execute_batch (self, last, 1, cancellable, error) == 1)
               && strata_connection_commit (self, error);

  return *committed ? strata_connection_begin_batch (self, items, n_items, cancellable, error) : 0;
}

void
strata_connection_rollback (StrataConnection *self)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self));

  CLASS (self)->rollback (self);
}

gboolean
strata_connection_in_transaction (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), FALSE);

  return CLASS (self)->in_transaction (self);
}

gboolean
strata_connection_set_timeouts (StrataConnection  *self,
                                StrataTimeouts     timeouts,
                                GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->set_timeouts (self, timeouts, error);
}

gboolean
strata_connection_reset_session (StrataConnection  *self,
                                 GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->reset_session (self, error);
}

gboolean
strata_connection_take_run_lock (StrataConnection  *self,
                                 const char        *schema,
                                 const char        *table,
                                 gint64             wait_ms,
                                 StrataWaitFunc     waiting,
                                 gpointer           user_data,
                                 GCancellable      *cancellable,
                                 GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->take_run_lock (self, schema, table, wait_ms, waiting, user_data, cancellable, error);
}

void
strata_connection_drop_run_lock (StrataConnection *self)
{
  g_return_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self));

  CLASS (self)->drop_run_lock (self);
}

char *
strata_connection_dup_run_holder (StrataConnection *self,
                                  const char       *schema,
                                  const char       *table)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), NULL);

  return CLASS (self)->dup_run_holder (self, schema, table);
}

gboolean
strata_connection_lock_table (StrataConnection  *self,
                              const char        *schema,
                              const char        *table,
                              GCancellable      *cancellable,
                              GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->lock_table (self, schema, table, cancellable, error);
}

gboolean
strata_connection_find_table (StrataConnection  *self,
                              const char        *schema,
                              const char        *table,
                              gboolean          *found,
                              guint             *width,
                              GError           **error)
{
  guint ignored;

  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->find_table (self, schema, table, found, width != NULL ? width : &ignored, error);
}

gboolean
strata_connection_is_empty (StrataConnection    *self,
                            const char * const  *except,
                            gboolean            *empty,
                            GError             **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), FALSE);

  return CLASS (self)->is_empty (self, except, empty, error);
}

GStrv
strata_connection_dup_invalid_indexes (StrataConnection  *self,
                                       GError           **error)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self) && is_ours (self), NULL);

  return CLASS (self)->dup_invalid_indexes (self, error);
}

char *
strata_connection_dup_blocker (StrataConnection *self)
{
  g_return_val_if_fail (STRATA_IS_CONNECTION (self), NULL);

  return CLASS (self)->dup_blocker (self);
}
