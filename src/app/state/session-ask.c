/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/session-private.h"

typedef struct
{
  StrataAskFunc   ask;
  gpointer        data;
  GDestroyNotify  free_data;
  StrataUse         *use;
} AskJob;

static void
ask_job_free (AskJob *job)
{
  g_clear_pointer (&job->use, strata_use_free);
  if (job->free_data != NULL)
    job->free_data (job->data);
  g_free (job);
}

static gpointer
ask_job (gpointer       data,
         gpointer       task_data,
         GCancellable  *cancellable,
         GError       **error)
{
  StrataDesk *desk = data;
  AskJob *job = task_data;

  if (desk->workspace == NULL
      || strata_workspace_get_project (desk->workspace) != job->use->project || desk->wish != job->use->wish)
    strata_desk_use (desk, job->use->wish, job->use->project);

  return job->ask (desk->workspace, desk->connection, job->data, cancellable, error);
}

void
strata_session_ask_async (StrataSession       *self,
                          StrataAskWhom        whom,
                          StrataAskFunc        ask,
                          gpointer             data,
                          GDestroyNotify       free_data,
                          GDestroyNotify       free_answer,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  AskJob *job;

  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (self->snapshot != NULL);

  job = g_new0 (AskJob, 1);
  job->ask = ask;
  job->data = data;
  job->free_data = free_data;
  job->use = strata_session_dup_use (self, self->snapshot->project);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, strata_session_ask_async);
  g_task_set_task_data (task, job, (GDestroyNotify) ask_job_free);
  strata_worker_push (whom == STRATA_ASK_FILES ? self->files : self->database, task, ask_job, free_answer);
}

gpointer
strata_session_ask_finish (StrataSession  *self,
                           GAsyncResult   *result,
                           GError        **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_run_state (StrataRunJob  *run,
              GParamSpec    *pspec,
              StrataSession *self)
{
  if (!strata_run_job_has_ended (run) || self->run != run)
    return;

  g_clear_object (&self->run);
  strata_session_notify (self, STRATA_SESSION_RUN);
  if (self->snapshot != NULL)
    strata_session_read_database (self, self->snapshot->project);
}

StrataRunJob *
strata_session_start_run (StrataSession          *self,
                          const StrataRunOptions *options)
{
  g_autofree char *title = NULL;
  StrataWorkspaceRequest request = { 0 };

  g_return_val_if_fail (STRATA_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->run == NULL && self->snapshot != NULL, NULL);

  request.project.environ = (const char * const *) self->wish->environ;
  request.profile = self->wish->profile;
  request.url = self->wish->url;
  request.password = self->wish->password;
  title = strata_snapshot_dup_database_name (self->snapshot);
  self->run = strata_run_job_start (strata_workspace_new (self->snapshot->project, &request), title, options);
  g_signal_connect_object (self->run, "notify::state", G_CALLBACK (on_run_state), self, 0);
  strata_session_notify (self, STRATA_SESSION_RUN);

  return self->run;
}
