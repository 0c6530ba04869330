/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/snapshot.h"

#include <glib/gi18n.h>

G_DEFINE_BOXED_TYPE (StrataSnapshot, strata_snapshot, strata_snapshot_ref, strata_snapshot_unref)

/* What the folder lacks stands on revisions that it has. */
static void
find_applied (StrataSnapshot  *self,
              StrataWorkspace *workspace)
{
  const StrataLost *lost = self->status->lost;
  const char * const *rows = strata_snapshot_get_rows (self);
  g_auto(GStrv) known = NULL;

  if (rows == NULL)
    return;

  known = lost != NULL ? strata_workspace_rows_before (workspace, lost, rows) : g_strdupv ((char **) rows);
  self->applied = strata_graph_dup_applied (self->graph, (const char * const *) known);
  self->applied_partly = lost != NULL && lost->missing[0] != NULL;
}

/* Here, as a hundred thousand keep the main thread from its frames. */
static void
count_rows (StrataSnapshot *self)
{
  for (guint i = 0; i < self->lanes->rows->len; i++)
    {
      guint node = g_array_index (self->lanes->rows, StrataLaneRow, i).node;

      self->n_in_state[strata_snapshot_get_state (self, node)]++;
      self->n_broken += (strata_graph_get_flags (self->graph, node) & STRATA_NODE_BROKEN) != 0;
    }
}

StrataSnapshot *
strata_snapshot_new (StrataWorkspace   *workspace,
                     StrataConnection  *connection,
                     const GError      *connect_error,
                     GCancellable      *cancellable)
{
  StrataSnapshot *self = g_atomic_rc_box_new0 (StrataSnapshot);
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, &self->choice_error);
  StrataProfile *profile = strata_workspace_get_profile (workspace);

  self->project = strata_project_ref (strata_workspace_get_project (workspace));
  self->choice = choice != NULL ? strata_database_choice_ref (choice) : NULL;
  self->profile = profile != NULL ? strata_profile_ref (profile) : NULL;
  self->profiles = strata_profiles_list (strata_project_get_root (self->project), NULL, NULL);
  if (self->profiles == NULL)
    self->profiles = g_ptr_array_new ();
  self->environment = strata_workspace_get_environment (workspace);
  self->is_protected = strata_workspace_is_protected (workspace);
  self->status = strata_workspace_read_status (workspace, connection, connect_error, cancellable);
  self->graph = strata_graph_ref (strata_workspace_get_graph (workspace));
  find_applied (self, workspace);
  self->lanes = strata_lanes_new (self->graph, self->applied);
  count_rows (self);
  if (connection != NULL)
    self->read_at = g_get_real_time ();

  return self;
}

StrataSnapshot *
strata_snapshot_ref (StrataSnapshot *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
snapshot_clear (StrataSnapshot *self)
{
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_pointer (&self->graph, strata_graph_unref);
  g_clear_pointer (&self->choice, strata_database_choice_unref);
  g_clear_error (&self->choice_error);
  g_clear_pointer (&self->profile, strata_profile_unref);
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_clear_pointer (&self->status, strata_status_free);
  g_clear_pointer (&self->applied, g_free);
  g_clear_pointer (&self->lanes, strata_lanes_free);
}

void
strata_snapshot_unref (StrataSnapshot *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) snapshot_clear);
}

StrataUrl *
strata_snapshot_get_url (StrataSnapshot *self)
{
  return self->choice != NULL ? strata_database_choice_get_url (self->choice) : NULL;
}

StrataDialect
strata_snapshot_get_dialect (StrataSnapshot *self)
{
  StrataUrl *url = strata_snapshot_get_url (self);

  return url != NULL ? strata_url_get_dialect (url) : STRATA_DIALECT_UNKNOWN;
}

StrataSqlServer
strata_snapshot_get_server (StrataSnapshot *self)
{
  StrataUrl *url = strata_snapshot_get_url (self);

  return url != NULL ? strata_script_server (strata_url_get_dialect (url), self->status->server)
                     : (StrataSqlServer) { STRATA_DIALECT_UNKNOWN, 0 };
}

static char *
dup_bare_name (StrataUrl *url)
{
  const char *database = strata_url_get_database (url);

  if (database == NULL)
    return g_strdup (strata_dialect_get_title (strata_url_get_dialect (url)));

  return strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE ? g_path_get_basename (database) : g_strdup (database);
}

char *
strata_snapshot_dup_database_name (StrataSnapshot *self)
{
  StrataUrl *url = strata_snapshot_get_url (self);

  if (self->profile != NULL)
    return g_strdup (strata_profile_get_fields (self->profile)->name);

  return url != NULL ? dup_bare_name (url) : NULL;
}

char *
strata_snapshot_dup_database_title (StrataSnapshot *self)
{
  StrataUrl *url = strata_snapshot_get_url (self);
  const char *host = url != NULL ? strata_url_get_host (url) : NULL;
  g_autofree char *name = NULL;

  if (url == NULL)
    return NULL;

  name = dup_bare_name (url);
  /* Translators: a database and the computer that it is on. */
  return host != NULL ? g_strdup_printf (_("%s on %s"), name, host) : g_steal_pointer (&name);
}

const char * const *
strata_snapshot_get_rows (StrataSnapshot *self)
{
  return self->status->applied != NULL ? (const char * const *) self->status->applied->rows : NULL;
}

StrataRevisionState
strata_snapshot_get_state (StrataSnapshot *self,
                           guint           node)
{
  if (self->applied == NULL)
    return STRATA_REVISION_UNKNOWN;
  if (self->applied[node])
    return STRATA_REVISION_APPLIED;

  return self->applied_partly ? STRATA_REVISION_UNKNOWN : STRATA_REVISION_PENDING;
}

guint
strata_snapshot_get_n_pending (StrataSnapshot *self)
{
  return self->status->pending != NULL ? strata_plan_get_n_steps (self->status->pending) : 0;
}

guint
strata_snapshot_get_n_left_out (StrataSnapshot *self)
{
  return self->status->left_out != NULL ? g_strv_length (self->status->left_out) : 0;
}
