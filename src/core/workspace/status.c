/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/status.h"

#include "core/base/error.h"
#include "core/git/head.h"
#include "core/workspace/check.h"
#include "core/workspace/hand-over.h"
#include "core/workspace/log.h"
#include "core/workspace/run.h"

#define LOOK_US (G_USEC_PER_SEC / 4)

static GStrv
dup_head_ids (StrataGraph  *graph,
              const GArray *heads)
{
  GStrv ids = g_new0 (char *, heads->len + 1);

  for (guint i = 0; i < heads->len; i++)
    ids[i] = g_strdup (strata_revision_get_id (strata_graph_get_revision (graph, g_array_index (heads, guint, i))));

  return ids;
}

/* Two heads are an accident, unless each belongs to a branch with a name that no other head has. */
static gboolean
heads_are_meant (StrataGraph  *graph,
                 const GArray *heads)
{
  g_autoptr(GHashTable) owners = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < heads->len; i++)
    {
      g_auto(GStrv) labels = strata_graph_dup_labels (graph, g_array_index (heads, guint, i));
      gboolean has_own = FALSE;

      for (guint j = 0; labels[j] != NULL; j++)
        has_own |= g_hash_table_add (owners, g_strdup (labels[j]));
      if (!has_own)
        return FALSE;
    }

  return TRUE;
}

static void
read_files (StrataWorkspace *workspace,
            StrataStatus    *self)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);
  g_autoptr(GArray) heads = strata_graph_dup_heads (graph, TRUE);

  self->heads = dup_head_ids (graph, heads);
  self->several_heads = heads->len > 1 && !heads_are_meant (graph, heads);
  self->branch = strata_git_dup_branch (strata_project_get_root (strata_workspace_get_project (workspace)));
}

static gboolean
read_last_entry (StrataWorkspace   *workspace,
                 StrataConnection  *connection,
                 StrataStatus      *self,
                 GCancellable      *cancellable,
                 GError           **error)
{
  g_autoptr(GPtrArray) entries = strata_workspace_read_log (workspace, connection, 1, cancellable, error);

  if (entries == NULL)
    return FALSE;

  if (entries->len > 0)
    self->last = strata_ledger_entry_copy (g_ptr_array_index (entries, 0));

  return TRUE;
}

static guint
count_applied (StrataGraph *graph,
               char       **rows)
{
  g_autofree guint8 *applied = strata_graph_dup_applied (graph, (const char * const *) rows);
  guint n = 0;

  for (guint i = 0; i < strata_graph_get_n_nodes (graph); i++)
    n += applied[i];

  return n;
}

static GStrv
find_left_out (StrataGraph *graph,
               char       **rows)
{
  g_autofree guint8 *applied = strata_graph_dup_applied (graph, (const char * const *) rows);
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();

  for (guint i = 0; i < strata_graph_get_n_nodes (graph); i++)
    if (!applied[i] && (strata_graph_get_flags (graph, i) & STRATA_NODE_BROKEN))
      g_strv_builder_add (ids, strata_revision_get_id (strata_graph_get_revision (graph, i)));

  return g_strv_builder_end (ids);
}

static void
read_pending (StrataWorkspace *workspace,
              StrataStatus    *self,
              StrataGraph     *graph)
{
  /* A graph with errors may have no plan; the findings say why. */
  self->pending = strata_plan_upgrade (graph, (const char * const *) self->applied->rows, "heads", NULL);
  self->left_out = find_left_out (graph, self->applied->rows);
  self->n_applied = count_applied (graph, self->applied->rows);

  if (self->pending != NULL && strata_plan_get_n_steps (self->pending) > 0)
    {
      g_clear_pointer (&self->findings, g_ptr_array_unref);
      self->findings = strata_workspace_check_plan (workspace, self->pending);
    }
}

static gboolean
read_database (StrataWorkspace   *workspace,
               StrataConnection  *connection,
               StrataStatus      *self,
               GCancellable      *cancellable,
               GError           **error)
{
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataRunRequest request = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection),
                                                           &options);
  g_auto(GStrv) known = NULL;

  self->server = g_strdup (strata_connection_get_server (connection));
  self->traits = strata_connection_get_traits (connection);
  self->running = strata_connection_dup_run_holder (connection, request.version_table.schema, request.version_table.name);
  self->applied = strata_applied_read (connection, &request, cancellable, error);
  if (self->applied == NULL || !read_last_entry (workspace, connection, self, cancellable, error))
    return FALSE;

  if (self->applied->unknown[0] == NULL)
    {
      read_pending (workspace, self, request.graph);
      return TRUE;
    }

  self->lost = strata_workspace_find_lost (workspace, connection, (const char * const *) self->applied->unknown,
                                           cancellable, error);
  if (self->lost == NULL)
    return FALSE;

  /* Of the folder's own revisions, as far as what was found leads down to them. */
  known = strata_workspace_rows_before (workspace, self->lost, (const char * const *) self->applied->rows);
  self->n_applied = count_applied (request.graph, known);

  return TRUE;
}

static gboolean
is_missing_file (StrataWorkspace *workspace)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);
  StrataUrl *url = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  return url != NULL && strata_workspace_is_missing_file (url);
}

StrataStatus *
strata_workspace_read_status (StrataWorkspace   *self,
                              StrataConnection  *connection,
                              const GError      *connect_error,
                              GCancellable      *cancellable)
{
  StrataStatus *status = g_new0 (StrataStatus, 1);

  status->findings = g_ptr_array_ref (strata_project_get_findings (strata_workspace_get_project (self)));
  read_files (self, status);
  status->missing = is_missing_file (self);
  if (connect_error != NULL)
    status->error = g_error_copy (connect_error);
  else if (connection != NULL)
    read_database (self, connection, status, cancellable, &status->error);

  return status;
}

void
strata_status_free (StrataStatus *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self->server);
  g_free (self->running);
  g_clear_pointer (&self->applied, strata_applied_free);
  g_clear_pointer (&self->pending, strata_plan_unref);
  g_clear_pointer (&self->lost, strata_lost_free);
  g_clear_pointer (&self->last, strata_ledger_entry_free);
  g_strfreev (self->python);
  g_free (self->python_by);
  g_strfreev (self->left_out);
  g_strfreev (self->heads);
  g_free (self->branch);
  g_free (self);
}

gboolean
strata_status_is_up_to_date (const StrataStatus *self)
{
  return self->pending != NULL && strata_plan_get_n_steps (self->pending) == 0 && self->left_out[0] == NULL
         && strata_findings_count (self->findings, STRATA_SEVERITY_ERROR) == 0;
}

void
strata_status_check_files (StrataStatus    *self,
                           StrataWorkspace *workspace)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  self->findings = strata_workspace_check_files (workspace);
  if (self->pending != NULL)
    strata_workspace_check_grammar (workspace, self->pending, self->server, self->findings);
}

void
strata_status_find_python (StrataStatus    *self,
                           StrataWorkspace *workspace,
                           StrataDialect    dialect)
{
  const StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataRunRequest request = strata_workspace_run_request (workspace, dialect, &options);
  const StrataStepSource *source = request.source != NULL ? request.source : &strata_step_source_files;
  guint n = self->pending != NULL ? strata_plan_get_n_steps (self->pending) : 0;
  g_autoptr(GStrvBuilder) ids = g_strv_builder_new ();
  gint64 end = g_get_monotonic_time () + LOOK_US;

  for (guint i = 0; i < n && g_get_monotonic_time () < end; i++)
    {
      const StrataStep *step = strata_plan_get_step (self->pending, i);
      g_autoptr(GError) error = NULL;
      StrataStepScript *script = source->load (step, dialect, FALSE, source->data, &error);

      g_clear_pointer (&script, strata_step_script_unref);
      if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON))
        g_strv_builder_add (ids, strata_revision_get_id (step->revision));
    }

  self->python = g_strv_builder_end (ids);
  if (self->python[0] != NULL)
    self->python_by = strata_workspace_describe_hand_over (workspace);
}

static gboolean
verify_files (const StrataStatus  *self,
              GError             **error)
{
  guint n = strata_findings_count (self->findings, STRATA_SEVERITY_ERROR);

  if (self->several_heads)
    {
      g_autofree char *heads = g_strjoinv (", ", self->heads);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_SEVERAL_HEADS,
                   "There are several heads: %s. A merge joins them; a branch label for each says that they are meant",
                   heads);
      return FALSE;
    }

  if (n > 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                   "The project has %u %s in its files", n, n == 1 ? "error" : "errors");
      return FALSE;
    }

  return TRUE;
}

static gboolean
verify_applied (const StrataStatus  *self,
                GError             **error)
{
  if (self->applied->edited->len > 0)
    {
      const StrataEditedRevision *edited = g_ptr_array_index (self->applied->edited, 0);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                   "%s was edited after it was applied; “strata show %s --edited” shows how",
                   strata_revision_get_path (edited->revision), strata_revision_get_id (edited->revision));
      return FALSE;
    }

  if (self->applied->unfinished->len > 0)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (self->applied->unfinished, 0);
      g_autofree char *count = strata_ledger_entry_dup_count (entry);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FINDINGS,
                   "%s of %s was interrupted after %s; the next %s goes on there",
                   entry->action, entry->revision, count, entry->action);
      return FALSE;
    }

  if (self->pending != NULL && strata_plan_get_n_steps (self->pending) > 0)
    {
      guint n = strata_plan_get_n_steps (self->pending);

      g_set_error (error, STRATA_ERROR, STRATA_ERROR_PENDING,
                   "%u %s pending; “strata upgrade” applies %s", n, n == 1 ? "revision is" : "revisions are", n == 1 ? "it" : "them");
      return FALSE;
    }

  return TRUE;
}

/* Where several reasons apply, the order is that of docs/contracts.md: 7, 5, 4, 8, 3. */
gboolean
strata_status_verify (const StrataStatus  *self,
                      GError             **error)
{
  if (self->error != NULL)
    {
      g_propagate_error (error, g_error_copy (self->error));
      return FALSE;
    }

  if (self->applied != NULL && self->applied->unknown[0] != NULL)
    {
      strata_graph_set_unknown_row (self->applied->unknown[0], error);
      return FALSE;
    }

  return verify_files (self, error)
         && (self->applied == NULL || verify_applied (self, error));
}
