/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/write-job.h"

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

/* What is to be said beside that it was written; NULL: nothing. Consent is asked for on a terminal only. */
static char *
run_hooks (StrataWorkspace *workspace,
           StrataRevision  *revision,
           GCancellable    *cancellable)
{
  const StrataHookRun run = { .trusted = FALSE };
  g_autoptr(GError) error = NULL;

  if (strata_revision_get_format (revision) != STRATA_REVISION_PYTHON
      || strata_workspace_run_hooks (workspace, strata_revision_get_path (revision), &run, cancellable, &error))
    return NULL;

  return g_strdup (error->message);
}

/* The new id, and what is to be said. */
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
  char *answer[3] = { NULL };

  if (revision == NULL)
    return NULL;

  answer[0] = g_strdup (strata_revision_get_id (revision));
  answer[1] = run_hooks (workspace, revision, cancellable);

  return g_memdup2 (answer, sizeof answer);
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

char *
strata_write_job_finish (StrataSession  *session,
                         GAsyncResult   *result,
                         char          **note,
                         GError        **error)
{
  g_auto(GStrv) answer = strata_session_ask_finish (session, result, error);

  if (answer == NULL)
    return NULL;

  strata_session_select_later (session, answer[0]);
  strata_session_reload (session);
  *note = g_strdup (answer[1]);

  return g_strdup (answer[0]);
}
