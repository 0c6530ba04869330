/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/session-private.h"

#include "core/base/error.h"
#include "core/workspace/lost.h"

typedef struct
{
  StrataAskFunc   ask;
  gpointer        data;
  GDestroyNotify  free_data;
  GDestroyNotify  free_answer;
  StrataUse      *use;
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

static StrataWorkspace *
make_workspace (StrataWish    *wish,
                StrataProject *project)
{
  const StrataWorkspaceRequest request = strata_wish_to_request (wish);

  return strata_workspace_new (project, &request);
}

static void
ask_apart (GTask        *task,
           gpointer      source,
           gpointer      data,
           GCancellable *cancellable)
{
  AskJob *job = data;
  g_autoptr(StrataWorkspace) workspace = make_workspace (job->use->wish, job->use->project);
  GError *error = NULL;
  gpointer answer = job->ask (workspace, NULL, job->data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, job->free_answer);
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

  /* Closed meanwhile: who asks hears what all hear whose question came too late. */
  if (self->snapshot == NULL)
    {
      if (free_data != NULL)
        free_data (data);
      g_task_report_new_error (self, callback, user_data, strata_session_ask_async, G_IO_ERROR, G_IO_ERROR_CANCELLED,
                               "No project is open");
      return;
    }

  job = g_new0 (AskJob, 1);
  job->ask = ask;
  job->data = data;
  job->free_data = free_data;
  job->free_answer = free_answer;
  job->use = strata_session_dup_use (self, self->snapshot->project);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, strata_session_ask_async);
  g_task_set_task_data (task, job, (GDestroyNotify) ask_job_free);
  if (whom == STRATA_ASK_APART)
    g_task_run_in_thread (task, ask_apart);
  else
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
    strata_session_read_database (self);
}

static StrataRunJob *
take_run (StrataSession *self,
          StrataRunJob  *run)
{
  self->run = run;
  g_signal_connect_object (self->run, "notify::state", G_CALLBACK (on_run_state), self, 0);
  strata_session_notify (self, STRATA_SESSION_RUN);

  return self->run;
}

static StrataRunJob *
start (StrataSession          *self,
       StrataWorkspace        *workspace,
       const StrataRunOptions *options)
{
  g_autofree char *title = strata_snapshot_dup_database_name (self->snapshot);

  return take_run (self, strata_run_job_start (workspace, title, options));
}

StrataRunJob *
strata_session_start_run (StrataSession          *self,
                          const StrataRunOptions *options)
{
  g_return_val_if_fail (STRATA_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->run == NULL && self->snapshot != NULL, NULL);

  return start (self, make_workspace (self->wish, self->snapshot->project), options);
}

StrataRunJob *
strata_session_start_restore (StrataSession *self,
                              const char    *copy)
{
  g_autofree char *title = NULL;

  g_return_val_if_fail (STRATA_IS_SESSION (self), NULL);
  g_return_val_if_fail (self->run == NULL && self->snapshot != NULL, NULL);

  title = strata_snapshot_dup_database_name (self->snapshot);

  return take_run (self, strata_run_job_start_restore (make_workspace (self->wish, self->snapshot->project), title, copy));
}

typedef struct
{
  StrataWish      *wish;
  StrataSnapshot  *snapshot;
  gboolean         stamp;
  StrataWorkspace *workspace;     /* what the job made */
  GStrv            targets;
} Rescue;

static void
rescue_free (Rescue *rescue)
{
  g_clear_pointer (&rescue->wish, strata_wish_unref);
  g_clear_pointer (&rescue->snapshot, strata_snapshot_unref);
  g_clear_pointer (&rescue->workspace, strata_workspace_free);
  g_clear_pointer (&rescue->targets, g_strfreev);
  g_free (rescue);
}

static gpointer
rescue_job (gpointer       desk,
            gpointer       data,
            GCancellable  *cancellable,
            GError       **error)
{
  static const char * const base[] = { "base", NULL };
  Rescue *rescue = data;
  g_autofree char *folder = strata_lost_dup_folder ();
  const StrataLost *lost = rescue->snapshot->status->lost;
  const char * const *rows = strata_snapshot_get_rows (rescue->snapshot);

  rescue->workspace = make_workspace (rescue->wish, rescue->snapshot->project);
  if (!strata_workspace_require_read (rescue->workspace, error)
      || !strata_workspace_graft (rescue->workspace, lost, folder, error))
    return NULL;

  rescue->targets = rescue->stamp ? strata_workspace_rows_before (rescue->workspace, lost, rows)
                                  : strata_workspace_steps_before (rescue->workspace, lost, rows);
  if (rescue->stamp && rescue->targets[0] == NULL)
    {
      g_strfreev (rescue->targets);
      rescue->targets = g_strdupv ((char **) base);
    }

  return rescue;
}

void
strata_session_rescue_async (StrataSession       *self,
                             gboolean             stamp,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = NULL;
  Rescue *rescue;

  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (self->snapshot != NULL && self->snapshot->status->lost != NULL);

  rescue = g_new0 (Rescue, 1);
  rescue->wish = strata_wish_ref (self->wish);
  rescue->snapshot = strata_snapshot_ref (self->snapshot);
  rescue->stamp = stamp;

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, strata_session_rescue_async);
  g_task_set_task_data (task, rescue, (GDestroyNotify) rescue_free);
  strata_worker_push (self->files, task, rescue_job, NULL);
}

StrataRunJob *
strata_session_rescue_finish (StrataSession  *self,
                              GAsyncResult   *result,
                              GError        **error)
{
  Rescue *rescue = g_task_propagate_pointer (G_TASK (result), error);
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  if (rescue == NULL)
    return NULL;

  if (self->run != NULL)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_LOCKED, "A run of this window goes on; wait for its end");
      return NULL;
    }

  options.kind = rescue->stamp ? STRATA_RUN_STAMP : STRATA_RUN_DOWNGRADE;
  options.purge = rescue->stamp;
  options.keeps_texts = TRUE;
  options.targets = (const char * const *) rescue->targets;

  return start (self, g_steal_pointer (&rescue->workspace), &options);
}
