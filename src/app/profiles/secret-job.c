/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/secret-job.h"

/* For a person to unlock it. */
#define TIMEOUT_MS (60 * 1000)

typedef struct
{
  StrataProfile *profile;
  char          *password;
} SecretJob;

static void
secret_job_free (SecretJob *job)
{
  strata_profile_unref (job->profile);
  g_free (job->password);
  g_free (job);
}

static void
run_job (GTask        *task,
         gpointer      source,
         gpointer      data,
         GCancellable *cancellable)
{
  SecretJob *job = data;
  GError *error = NULL;
  gboolean well = job->password != NULL
    ? strata_secrets_store (job->profile, job->password, TIMEOUT_MS, cancellable, &error)
    : strata_secrets_forget (job->profile, TIMEOUT_MS, cancellable, &error);

  if (well)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
strata_secret_job_store (StrataProfile       *profile,
                         const char          *password,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  SecretJob *job = g_new0 (SecretJob, 1);

  job->profile = strata_profile_ref (profile);
  job->password = g_strdup (password);
  g_task_set_source_tag (task, strata_secret_job_store);
  g_task_set_task_data (task, job, (GDestroyNotify) secret_job_free);
  g_task_run_in_thread (task, run_job);
}

gboolean
strata_secret_job_finish (GAsyncResult  *result,
                          GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
