/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/worker.h"

struct _StrataWorker
{
  GAsyncQueue    *jobs;        /* Job; one without a task ends the thread */
  gpointer        desk;
  GDestroyNotify  free_desk;
  int             closing;     /* atomic */
};

typedef struct
{
  GTask          *task;
  StrataWorkFunc  func;
  GDestroyNotify  free_answer;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->task);
  g_free (job);
}

static void
job_run (Job          *job,
         StrataWorker *self)
{
  GCancellable *cancellable = g_task_get_cancellable (job->task);
  GError *error = NULL;
  gpointer answer;

  if (g_atomic_int_get (&self->closing))
    {
      g_task_return_new_error (job->task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "The window was closed");
      return;
    }
  if (g_task_return_error_if_cancelled (job->task))
    return;

  answer = job->func (self->desk, g_task_get_task_data (job->task), cancellable, &error);
  if (error != NULL)
    g_task_return_error (job->task, error);
  else
    g_task_return_pointer (job->task, answer, job->free_answer);
}

static gpointer
work (gpointer data)
{
  StrataWorker *self = data;

  for (;;)
    {
      Job *job = g_async_queue_pop (self->jobs);
      gboolean last = job->task == NULL;

      if (!last)
        job_run (job, self);
      job_free (job);
      if (last)
        break;
    }

  if (self->free_desk != NULL)
    self->free_desk (self->desk);
  g_async_queue_unref (self->jobs);
  g_free (self);

  return NULL;
}

StrataWorker *
strata_worker_new (const char     *name,
                   gpointer        desk,
                   GDestroyNotify  free_desk)
{
  StrataWorker *self = g_new0 (StrataWorker, 1);

  self->jobs = g_async_queue_new ();
  self->desk = desk;
  self->free_desk = free_desk;
  g_thread_unref (g_thread_new (name, work, self));

  return self;
}

void
strata_worker_free (StrataWorker *self)
{
  g_atomic_int_set (&self->closing, TRUE);
  g_async_queue_push (self->jobs, g_new0 (Job, 1));
}

void
strata_worker_push (StrataWorker    *self,
                    GTask           *task,
                    StrataWorkFunc   func,
                    GDestroyNotify   free_answer)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->func = func;
  job->free_answer = free_answer;
  g_async_queue_push (self->jobs, job);
}
