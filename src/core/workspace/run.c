/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/run.h"

#include "core/workspace/hand-over.h"
#include "core/workspace/workspace-private.h"

/* Where other people work, a run gives way: it waits a little for a lock, lets go, and tries again. */
#define SAFE_LOCK_TIMEOUT_MS 5000

/* What was asked for, else what the profile says, else the default; -1 is "not said". */
static gint64
first_said (gint64 asked,
            gint64 of_profile,
            gint64 otherwise)
{
  if (asked >= 0)
    return asked;

  return of_profile >= 0 ? of_profile : otherwise;
}

static gint64
lock_timeout (StrataWorkspace *self,
              gint64           asked)
{
  StrataProfile *profile = strata_workspace_get_profile (self);
  gboolean careful = strata_workspace_is_protected (self)
                     || strata_workspace_get_environment (self) == STRATA_PROFILE_PRODUCTION;

  return first_said (asked, profile != NULL ? strata_profile_get_fields (profile)->lock_timeout : -1,
                     careful ? SAFE_LOCK_TIMEOUT_MS : -1);
}

static gint64
statement_timeout (StrataWorkspace *self,
                   gint64           asked)
{
  StrataProfile *profile = strata_workspace_get_profile (self);

  return first_said (asked, profile != NULL ? strata_profile_get_fields (profile)->statement_timeout : -1, -1);
}

/* Alembic counts SQLite among the servers whose DDL is not transactional: there its default is a transaction for each
 * revision, and only the user's own wish makes it one for all. */
static StrataTransactionMode
transaction_mode (const StrataSettings    *settings,
                  StrataDialect            dialect,
                  const StrataRunOptions  *options)
{
  if (options->single_transaction)
    return STRATA_TRANSACTION_PER_RUN;

  return dialect == STRATA_DIALECT_SQLITE ? STRATA_TRANSACTION_PER_REVISION : settings->transactions;
}

StrataRunRequest
strata_workspace_run_request (StrataWorkspace         *self,
                              StrataDialect            dialect,
                              const StrataRunOptions  *options)
{
  StrataProject *project = strata_workspace_get_project (self);
  const StrataSettings *settings = strata_project_get_settings (project);
  StrataRunRequest request = STRATA_RUN_REQUEST_INIT;

  request.kind = options->kind;
  request.targets = options->targets;
  request.purge = options->purge;
  request.keeps_texts = options->keeps_texts;
  request.graph = strata_workspace_get_graph (self);
  request.version_table = (StrataVersionTable) { settings->version_table_schema, settings->version_table };
  request.transaction = transaction_mode (settings, dialect, options);
  request.single_transaction = options->single_transaction;
  request.lock_wait_ms = options->lock_wait_ms;
  request.lock_timeout_ms = lock_timeout (self, options->lock_timeout_ms);
  request.lock_retries = options->retries;
  request.statement_timeout_ms = statement_timeout (self, options->statement_timeout_ms);
  request.backup = !options->no_backup;
  request.first_run_accepted = options->first_run_accepted;
  request.in_flight = options->in_flight;
  request.source = strata_modules_get_source (strata_workspace_get_modules (self));
  request.hand_over = strata_workspace_get_hand_over (self, options);
  request.ledger = settings->ledger;
  request.project_key = strata_project_get_root (project);
  request.who = g_get_user_name ();
  request.host = g_get_host_name ();
  request.tool = "strata " PACKAGE_VERSION;

  return request;
}

static StrataCopy *
restore_locked (StrataWorkspace   *self,
                StrataConnection  *connection,
                const char        *name,
                GCancellable      *cancellable,
                GError           **error)
{
  g_auto(GStrv) rows = strata_workspace_read_rows (self, connection, cancellable, error);

  return rows != NULL
         ? strata_copy_restore (connection, name, (const char * const *) rows, cancellable, error)
         : NULL;
}

StrataCopy *
strata_workspace_restore (StrataWorkspace   *self,
                          StrataConnection  *connection,
                          const char        *name,
                          StrataWaitFunc     waiting,
                          gpointer           user_data,
                          GCancellable      *cancellable,
                          GError           **error)
{
  const StrataSettings *settings = strata_project_get_settings (strata_workspace_get_project (self));
  StrataCopy *copy;

  if (!strata_connection_take_run_lock (connection, settings->version_table_schema, settings->version_table,
                                        STRATA_DEFAULT_LOCK_WAIT_MS, waiting, user_data, cancellable, error))
    return NULL;

  copy = restore_locked (self, connection, name, cancellable, error);
  strata_connection_drop_run_lock (connection);

  return copy;
}
