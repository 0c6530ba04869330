/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/authors-job.h"

static void
read_authors (GTask        *task,
              gpointer      source,
              gpointer      project,
              GCancellable *cancellable)
{
  GError *error = NULL;
  GHashTable *authors = strata_workspace_read_authors (project, cancellable, &error);

  if (authors != NULL)
    g_task_return_pointer (task, authors, (GDestroyNotify) g_hash_table_unref);
  else
    g_task_return_error (task, error);
}

void
strata_authors_read_async (StrataProject       *project,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr(GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, strata_authors_read_async);
  g_task_set_task_data (task, strata_project_ref (project), (GDestroyNotify) strata_project_unref);
  g_task_run_in_thread (task, read_authors);
}

GHashTable *
strata_authors_read_finish (GAsyncResult  *result,
                            GError       **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
