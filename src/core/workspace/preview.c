/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/preview-private.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/graph/target.h"
#include "core/workspace/check.h"
#include "core/workspace/log.h"

G_DEFINE_BOXED_TYPE (StrataPreview, strata_preview, strata_preview_ref, strata_preview_unref)

StrataPreview *
strata_preview_ref (StrataPreview *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
preview_clear (StrataPreview *self)
{
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_clear_pointer (&self->losses, g_ptr_array_unref);
  g_clear_pointer (&self->python, g_ptr_array_unref);
  g_clear_pointer (&self->scripts, g_ptr_array_unref);
  g_clear_pointer (&self->unfinished, g_ptr_array_unref);
  g_clear_pointer (&self->plan, strata_plan_unref);
  g_free (self->program);
  g_free (self->program_reason);
  g_clear_error (&self->refusal);
}

void
strata_preview_unref (StrataPreview *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) preview_clear);
}

/* An array has none of a step that is well. */
static void
free_findings (gpointer data)
{
  if (data != NULL)
    g_ptr_array_unref (data);
}

static gboolean
is_missing_file (StrataWorkspace *workspace)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);
  StrataUrl *url = choice != NULL ? strata_database_choice_get_url (choice) : NULL;

  return url != NULL && strata_workspace_is_missing_file (url);
}

/* What a run would be refused for before it even connects. */
static gboolean
may_begin (StrataWorkspace  *workspace,
           StrataConnection *connection,
           StrataRunKind     kind,
           GError          **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, error);

  if (choice == NULL || strata_database_choice_require (choice, TRUE, error) == NULL
      || (kind == STRATA_RUN_UPGRADE && !strata_workspace_require_files (workspace, error)))
    return FALSE;

  if (connection != NULL)
    return TRUE;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT, _("There is no connection to the database"));

  return FALSE;
}

static gboolean
has_outside (StrataPreview *self)
{
  for (guint i = 0; i < self->scripts->len; i++)
    {
      StrataStepScript *script = g_ptr_array_index (self->scripts, i);

      if (script != NULL && !strata_step_script_is_transactional (script))
        return TRUE;
    }

  return FALSE;
}

static void
count_transactions (StrataPreview *self)
{
  self->n_transactions = self->one_transaction;
  for (guint i = 0; i < self->scripts->len; i++)
    {
      StrataStepScript *script = g_ptr_array_index (self->scripts, i);

      if (script == NULL || strata_step_script_is_transactional (script))
        {
          self->n_transactions += !self->one_transaction;
          continue;
        }

      for (guint j = 0; j < strata_step_script_get_n_sections (script); j++)
        {
          const StrataStepSection *section = strata_step_script_get_section (script, j);

          if (section->transactional)
            self->n_transactions++;
          else
            self->n_alone += section->statements->len;
        }
    }
}

static gboolean
read_plan (StrataPreview          *self,
           StrataConnection       *connection,
           const StrataRunRequest *request,
           GCancellable           *cancellable,
           GError                **error)
{
  GPtrArray *scripts = NULL;
  GPtrArray *python = NULL;
  gboolean good;

  self->plan = strata_engine_plan (connection, request, cancellable, error);
  if (self->plan == NULL)
    return FALSE;

  good = strata_engine_check (connection, request, self->plan, &scripts, &python, cancellable, error);
  g_ptr_array_unref (self->scripts);
  self->scripts = scripts;
  g_ptr_array_unref (self->python);
  self->python = python;
  self->one_transaction &= !strata_preview_needs_python (self) && !has_outside (self);
  count_transactions (self);
  g_ptr_array_unref (self->losses);
  self->losses = strata_preview_find_losses (self->scripts, self->dialect);

  return good;
}

static gboolean
read_unfinished (StrataPreview          *self,
                 StrataWorkspace        *workspace,
                 StrataConnection       *connection,
                 GCancellable           *cancellable,
                 GError                **error)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);
  g_autofree guint8 *applied = strata_graph_dup_applied (graph, strata_plan_get_start (self->plan));
  g_autoptr(StrataLedger) ledger = strata_workspace_open_ledger (workspace, connection, cancellable, error);
  GPtrArray *unfinished = ledger != NULL ? strata_ledger_read_unfinished (ledger, cancellable, error) : NULL;

  if (unfinished == NULL)
    return FALSE;

  strata_applied_drop_settled (unfinished, graph, applied);
  g_ptr_array_unref (self->unfinished);
  self->unfinished = unfinished;

  return TRUE;
}

static void
name_program (StrataPreview          *self,
              const StrataRunRequest *request)
{
  const StrataHandOver *hand_over = request->hand_over;

  if (hand_over == NULL || hand_over->command == NULL || !strata_preview_needs_python (self))
    return;

  self->program = strata_project_command_to_string (hand_over->command);
  self->program_reason = g_strdup (strata_project_command_get_reason (hand_over->command));
}

/* Want of consent is a question, which the rest of the preview helps to answer. */
static gboolean
read_steps (StrataPreview          *self,
            StrataConnection       *connection,
            const StrataRunRequest *request,
            GCancellable           *cancellable,
            GError                **error)
{
  g_autoptr(GError) local_error = NULL;
  gboolean good = read_plan (self, connection, request, cancellable, &local_error);

  name_program (self, request);
  self->needs_consent = g_error_matches (local_error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);
  if (local_error != NULL)
    g_propagate_error (error, g_steal_pointer (&local_error));

  return good || self->needs_consent;
}

static gboolean
read_all (StrataPreview          *self,
          StrataWorkspace        *workspace,
          StrataConnection       *connection,
          const StrataRunOptions *options,
          GCancellable           *cancellable,
          GError                **error)
{
  StrataRunRequest request;

  if (!may_begin (workspace, connection, options->kind, error))
    return FALSE;

  self->dialect = strata_connection_get_dialect (connection);
  request = strata_workspace_run_request (workspace, self->dialect, options);
  self->one_transaction = options->kind == STRATA_RUN_STAMP
                          || (request.transaction == STRATA_TRANSACTION_PER_RUN
                              && (strata_connection_get_traits (connection) & STRATA_TRAIT_TRANSACTIONAL_DDL) != 0);
  self->makes_file = is_missing_file (workspace);
  self->makes_copy = request.backup && self->dialect == STRATA_DIALECT_SQLITE && !self->makes_file;
  self->lock_timeout_ms = request.lock_timeout_ms;

  if (!read_steps (self, connection, &request, cancellable, error)
      || !strata_first_run_check (connection, &request, &self->first_run, cancellable, *error == NULL ? error : NULL)
      || !read_unfinished (self, workspace, connection, cancellable, *error == NULL ? error : NULL))
    return FALSE;

  /* Of nothing no copy is made. */
  if (self->first_run == STRATA_FIRST_RUN_EMPTY)
    self->makes_copy = FALSE;

  strata_preview_measure_losses (self->losses, self->scripts, connection, cancellable);

  return TRUE;
}

StrataPreview *
strata_workspace_preview (StrataWorkspace         *self,
                          StrataConnection        *connection,
                          const StrataRunOptions  *options,
                          GCancellable            *cancellable,
                          GError                 **error)
{
  g_autoptr(StrataPreview) preview = g_atomic_rc_box_new0 (StrataPreview);

  preview->kind = options->kind;
  preview->scripts = g_ptr_array_new ();
  preview->findings = g_ptr_array_new_with_free_func (free_findings);
  preview->losses = g_ptr_array_new ();
  preview->python = g_ptr_array_new ();
  preview->unfinished = g_ptr_array_new ();
  read_all (preview, self, connection, options, cancellable, &preview->refusal);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&preview);
}

gboolean
strata_preview_loss_is_real (const StrataPreviewLoss *loss)
{
  switch (loss->known)
    {
    case STRATA_ROWS_NOT_THERE:
      return FALSE;
    case STRATA_ROWS_COUNTED:
      return loss->rows > 0;
    case STRATA_ROWS_ESTIMATED:
    case STRATA_ROWS_UNKNOWN:
    default:
      return TRUE;
    }
}

StrataStepScript *
strata_preview_get_script (const StrataPreview *self,
                           guint                step)
{
  return step < self->scripts->len ? g_ptr_array_index (self->scripts, step) : NULL;
}

gboolean
strata_preview_needs_python (const StrataPreview *self)
{
  for (guint i = 0; i < self->python->len; i++)
    if (g_ptr_array_index (self->python, i) != NULL)
      return TRUE;

  return FALSE;
}

gboolean
strata_preview_loses_data (const StrataPreview *self)
{
  for (guint i = 0; i < self->losses->len; i++)
    if (strata_preview_loss_is_real (g_ptr_array_index (self->losses, i)))
      return TRUE;

  return FALSE;
}

GPtrArray *
strata_preview_get_findings (const StrataPreview *self,
                             guint                step)
{
  return step < self->findings->len ? g_ptr_array_index (self->findings, step) : NULL;
}

guint
strata_preview_count_findings (const StrataPreview *self,
                               StrataSeverity       severity)
{
  guint n = 0;

  for (guint i = 0; i < self->findings->len; i++)
    {
      GPtrArray *findings = g_ptr_array_index (self->findings, i);

      for (guint j = 0; findings != NULL && j < findings->len; j++)
        n += strata_finding_get_severity (g_ptr_array_index (findings, j)) == severity;
    }

  return n;
}
