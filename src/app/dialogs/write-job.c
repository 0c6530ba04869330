/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/write-job.h"

#include "core/base/error.h"
#include "core/workspace/hooks.h"

void
strata_write_job_free (StrataWriteJob *self)
{
  g_free (self->message);
  g_free (self->head);
  g_strfreev (self->branch_labels);
  g_strfreev (self->depends_on);
  g_free (self->rev_id);
  g_free (self->version_path);
  g_strfreev (self->merge);
  g_free (self);
}

/* The new id, what is to be said, and the file whose hooks wait for consent; the last two may be "". */
enum
{
  ANSWER_ID,
  ANSWER_NOTE,
  ANSWER_FILE,
  N_ANSWERS
};

static void
run_hooks (StrataWorkspace *workspace,
           StrataRevision  *revision,
           GCancellable    *cancellable,
           GStrv            answer)
{
  const StrataHookRun run = { .trusted = FALSE };
  const char *path = strata_revision_get_path (revision);
  g_autoptr(GError) error = NULL;
  gboolean done = strata_revision_get_format (revision) != STRATA_REVISION_PYTHON
                  || strata_workspace_run_hooks (workspace, path, &run, cancellable, &error);
  gboolean asks = g_error_matches (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);

  answer[ANSWER_NOTE] = g_strdup (done || asks ? "" : error->message);
  answer[ANSWER_FILE] = g_strdup (asks ? path : "");
}

static gpointer
write_job (StrataWorkspace   *workspace,
           StrataConnection  *connection,
           gpointer           data,
           GCancellable      *cancellable,
           GError           **error)
{
  StrataWriteJob *self = data;
  StrataProject *project = strata_workspace_get_project (workspace);
  const StrataNewRevision options = {
    .message = self->message,
    .head = self->head,
    .splice = self->splice,
    .branch_labels = (const char * const *) self->branch_labels,
    .depends_on = (const char * const *) self->depends_on,
    .rev_id = self->rev_id,
    .version_path = self->version_path,
    .format = self->accept_mixed ? "sql" : NULL,
    .accept_mixed = self->accept_mixed,
  };
  g_autoptr(StrataRevision) revision = self->merge != NULL
    ? strata_project_create_merge (project, (const char * const *) self->merge, &options, error)
    : strata_project_create_revision (project, &options, error);
  GStrv answer;

  if (revision == NULL)
    return NULL;

  answer = g_new0 (char *, N_ANSWERS + 1);
  answer[ANSWER_ID] = g_strdup (strata_revision_get_id (revision));
  run_hooks (workspace, revision, cancellable, answer);

  return answer;
}

void
strata_write_job_start (StrataWriteJob      *self,
                        StrataSession       *session,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  strata_session_ask_async (session, STRATA_ASK_FILES, write_job, self, (GDestroyNotify) strata_write_job_free,
                            (GDestroyNotify) g_strfreev, NULL, callback, user_data);
}

gboolean
strata_write_job_finish (StrataSession  *session,
                         GAsyncResult   *result,
                         GtkWindow      *dialog,
                         GError        **error)
{
  g_auto(GStrv) answer = strata_session_ask_finish (session, result, error);
  GtkWindow *window = gtk_window_get_transient_for (dialog);

  if (answer == NULL)
    return FALSE;

  strata_session_select_later (session, answer[ANSWER_ID]);
  strata_session_reload (session);
  if (window != NULL && *answer[ANSWER_FILE] != '\0')
    gtk_widget_activate_action (GTK_WIDGET (window), "win.run-hooks", "s", answer[ANSWER_FILE]);
  else if (window != NULL && *answer[ANSWER_NOTE] != '\0')
    gtk_widget_activate_action (GTK_WIDGET (window), "win.toast", "s", answer[ANSWER_NOTE]);

  return TRUE;
}
