/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-job.h"

/* For a person to unlock it. */
#define SECRETS_TIMEOUT_MS (60 * 1000)

typedef struct
{
  StrataProfile *profile;
  StrataProfile *original;          /* or NULL */
  char          *password;          /* or NULL */
  GError        *password_error;    /* what the job found */
} SaveJob;

static void
save_job_free (SaveJob *job)
{
  g_clear_pointer (&job->profile, strata_profile_unref);
  g_clear_pointer (&job->original, strata_profile_unref);
  g_clear_pointer (&job->password, g_free);
  g_clear_error (&job->password_error);
  g_free (job);
}

gboolean
strata_profile_is_same (StrataProfile *a,
                        StrataProfile *b)
{
  const StrataProfileFields *one = strata_profile_get_fields (a);
  const StrataProfileFields *other = strata_profile_get_fields (b);

  return g_str_equal (one->name, other->name) && g_strcmp0 (one->project, other->project) == 0;
}

void
strata_profile_set_free (StrataProfileSet *self)
{
  g_clear_pointer (&self->profiles, g_ptr_array_unref);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self);
}

static void
run_load (GTask        *task,
          gpointer      source,
          gpointer      project,
          GCancellable *cancellable)
{
  g_autoptr(StrataProfileSet) set = g_new0 (StrataProfileSet, 1);
  GError *error = NULL;

  set->findings = strata_findings_new ();
  set->profiles = strata_profiles_list (project, set->findings, &error);
  if (set->profiles != NULL)
    g_task_return_pointer (task, g_steal_pointer (&set), (GDestroyNotify) strata_profile_set_free);
  else
    g_task_return_error (task, error);
}

void
strata_profile_load_async (const char          *project,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, strata_profile_load_async);
  g_task_set_task_data (task, g_strdup (project), g_free);
  g_task_run_in_thread (task, run_load);
}

StrataProfileSet *
strata_profile_load_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
write_profile (SaveJob  *job,
               GError  **error)
{
  const StrataProfileFields *old = job->original != NULL ? strata_profile_get_fields (job->original) : NULL;

  if (old != NULL && strata_profile_is_same (job->original, job->profile))
    return strata_profiles_update (job->profile, error);

  return strata_profiles_add (job->profile, error)
         && (old == NULL || strata_profiles_remove (old->project, old->name, error));
}

/* Where there is no service, there is nothing to carry over. */
static void
carry_password (SaveJob *job)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *password = NULL;

  if (!strata_secrets_lookup (job->original, SECRETS_TIMEOUT_MS, &password, NULL, &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED))
        g_propagate_error (&job->password_error, g_steal_pointer (&error));
      return;
    }

  if (password != NULL && strata_secrets_store (job->profile, password, SECRETS_TIMEOUT_MS, NULL, &job->password_error))
    strata_secrets_forget (job->original, SECRETS_TIMEOUT_MS, NULL, NULL);
}

static void
run_save (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  SaveJob *job = data;
  GError *error = NULL;
  gboolean moved = job->original != NULL && !strata_profile_is_same (job->original, job->profile);

  if (!write_profile (job, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (job->password != NULL)
    strata_secrets_store (job->profile, job->password, SECRETS_TIMEOUT_MS, NULL, &job->password_error);
  else if (moved)
    carry_password (job);
  if (job->password != NULL && moved && job->password_error == NULL)
    strata_secrets_forget (job->original, SECRETS_TIMEOUT_MS, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

void
strata_profile_save_async (StrataProfile       *profile,
                           StrataProfile       *original,
                           const char          *password,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);
  SaveJob *job = g_new0 (SaveJob, 1);

  job->profile = strata_profile_ref (profile);
  job->original = original != NULL ? strata_profile_ref (original) : NULL;
  job->password = g_strdup (password);
  g_task_set_source_tag (task, strata_profile_save_async);
  g_task_set_task_data (task, job, (GDestroyNotify) save_job_free);
  g_task_run_in_thread (task, run_save);
}

gboolean
strata_profile_save_finish (GAsyncResult  *result,
                            GError       **password_error,
                            GError       **error)
{
  SaveJob *job = g_task_get_task_data (G_TASK (result));

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  if (job->password_error != NULL)
    g_propagate_error (password_error, g_steal_pointer (&job->password_error));

  return TRUE;
}

static void
run_remove (GTask        *task,
            gpointer      source,
            gpointer      profile,
            GCancellable *cancellable)
{
  const StrataProfileFields *fields = strata_profile_get_fields (profile);
  GError *error = NULL;

  if (strata_profiles_remove (fields->project, fields->name, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

void
strata_profile_remove_async (StrataProfile       *profile,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, NULL, callback, user_data);

  g_task_set_source_tag (task, strata_profile_remove_async);
  g_task_set_task_data (task, strata_profile_ref (profile), (GDestroyNotify) strata_profile_unref);
  g_task_run_in_thread (task, run_remove);
}

gboolean
strata_profile_remove_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
