/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-test.h"

#include <glib/gi18n.h>

#include "app/profiles/profile-job.h"
#include "app/shared/connection-words.h"

/* While a person waits: a keyring that asks for its own password may need it. */
#define SECRETS_TIMEOUT_MS (30 * 1000)

typedef struct
{
  StrataProfile *profile;
  StrataProfile *original;
  char          *password;
} TestJob;

static void
test_job_free (TestJob *job)
{
  g_clear_pointer (&job->profile, strata_profile_unref);
  g_clear_pointer (&job->original, strata_profile_unref);
  g_free (job->password);
  g_free (job);
}

void
strata_profile_test_free (StrataProfileTest *self)
{
  g_free (self->title);
  g_free (self->detail);
  g_free (self);
}

static StrataProfileTest *
result_new (StrataTestOutcome  outcome,
            const char        *title,
            char              *detail)
{
  StrataProfileTest *self = g_new0 (StrataProfileTest, 1);

  self->outcome = outcome;
  self->title = g_strdup (title);
  self->detail = detail;

  return self;
}

static StrataProfileTest *
tell_answer (StrataConnection *connection)
{
  /* Translators: the server's name and version. */
  g_autofree char *title = g_strdup_printf (_("It answers: %s"), strata_connection_get_server (connection));

  return result_new (STRATA_TEST_ANSWERS, title,
                     strata_connection_words_dup_traits (strata_connection_get_traits (connection)));
}

static StrataProfileTest *
tell_missing (StrataUrl *url)
{
  return result_new (STRATA_TEST_NOT_THERE_YET, _("The file is not there yet: the first upgrade makes it"),
                     g_strdup (strata_url_get_database (url)));
}

static StrataProfileTest *
tell_failure (const GError *error)
{
  return result_new (STRATA_TEST_FAILS, strata_connection_words_get_title (error),
                     strata_connection_words_dup_detail (error));
}

/* Passwords are kept by a profile's name: one that is being renamed has its own below the old one. */
static void
find_password (TestJob      *job,
               GCancellable *cancellable)
{
  g_autoptr(GError) error = NULL;

  if (job->password == NULL && job->original != NULL && !strata_profile_is_same (job->profile, job->original))
    strata_secrets_lookup (job->original, SECRETS_TIMEOUT_MS, &job->password, cancellable, &error);
}

static void
run_test (GTask        *task,
          gpointer      source,
          gpointer      data,
          GCancellable *cancellable)
{
  const StrataConnectRequest request = { .command = "profile test" };
  TestJob *job = data;
  StrataUrl *url = strata_profile_get_fields (job->profile)->url;
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = NULL;
  StrataProfileTest *result;

  if (strata_workspace_is_missing_file (url))
    result = tell_missing (url);
  else
    {
      find_password (job, cancellable);
      connection = strata_workspace_test_profile (job->profile, job->password, &request, cancellable, &error);
      result = connection != NULL ? tell_answer (connection) : tell_failure (error);
    }

  if (!g_task_return_error_if_cancelled (task))
    g_task_return_pointer (task, result, (GDestroyNotify) strata_profile_test_free);
  else
    strata_profile_test_free (result);
}

void
strata_profile_test_async (StrataProfile       *profile,
                           StrataProfile       *original,
                           const char          *password,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  TestJob *job = g_new0 (TestJob, 1);

  job->profile = strata_profile_ref (profile);
  job->original = original != NULL ? strata_profile_ref (original) : NULL;
  job->password = g_strdup (password);
  g_task_set_source_tag (task, strata_profile_test_async);
  g_task_set_task_data (task, job, (GDestroyNotify) test_job_free);
  g_task_run_in_thread (task, run_test);
}

StrataProfileTest *
strata_profile_test_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
