/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/session-private.h"

static StrataLink
judge_link (StrataSnapshot *snapshot)
{
  if (snapshot->status->error != NULL || snapshot->choice_error != NULL)
    return STRATA_LINK_BROKEN;

  return snapshot->applied != NULL ? STRATA_LINK_CONNECTED : STRATA_LINK_NONE;
}

static void
renew (GCancellable **cancellable)
{
  g_cancellable_cancel (*cancellable);
  g_object_unref (*cancellable);
  *cancellable = g_cancellable_new ();
}

static gpointer
read_database_job (gpointer       desk,
                   gpointer       data,
                   GCancellable  *cancellable,
                   GError       **error)
{
  StrataUse *job = data;
  g_autoptr(StrataSnapshot) snapshot = NULL;

  strata_desk_use (desk, job->wish, job->project);
  snapshot = strata_desk_read_database (desk, cancellable);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_steal_pointer (&snapshot);
}

static void
take_project (StrataSession *self,
              StrataProject *project)
{
  strata_project_ref (project);
  g_clear_pointer (&self->project, strata_project_unref);
  self->project = project;
}

static void
on_database_read (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  StrataSession *self = STRATA_SESSION (source);
  StrataSnapshot *snapshot = g_task_propagate_pointer (G_TASK (result), NULL);

  /* Cancelled: something newer is on its way. */
  if (snapshot == NULL)
    return;

  if (self->wish == NULL)
    {
      strata_snapshot_unref (snapshot);
      return;
    }

  self->refreshing = FALSE;
  take_project (self, snapshot->project);
  strata_session_set_loading (self, FALSE);
  strata_session_take_snapshot (self, snapshot);
  strata_session_set_link (self, judge_link (snapshot));
}

void
strata_session_read_database (StrataSession *self)
{
  g_autoptr(GTask) task = NULL;

  renew (&self->reading);
  self->refreshing = FALSE;
  task = g_task_new (self, self->reading, on_database_read, NULL);
  g_task_set_task_data (task, strata_session_dup_use (self, self->project), (GDestroyNotify) strata_use_free);
  strata_worker_push (self->database, task, read_database_job, (GDestroyNotify) strata_snapshot_unref);
}

/* The files, and behind them the database: from worker to worker, as the main thread may be busy with its window. */
typedef struct
{
  StrataSession *session;      /* borrowed: the task has it */
  StrataWish    *wish;
  GCancellable  *reading;
  int            answered;     /* atomic: the database was read, and the answer is on its way */
} Opening;

static void
opening_clear (Opening *self)
{
  strata_wish_unref (self->wish);
  g_object_unref (self->reading);
}

static void
opening_unref (Opening *self)
{
  g_atomic_rc_box_release_full (self, (GDestroyNotify) opening_clear);
}

typedef struct
{
  Opening   *opening;
  StrataUse  use;
} NextRead;

static void
next_read_free (NextRead *self)
{
  opening_unref (self->opening);
  strata_wish_unref (self->use.wish);
  strata_project_unref (self->use.project);
  g_free (self);
}

static gpointer
next_read_job (gpointer       desk,
               gpointer       data,
               GCancellable  *cancellable,
               GError       **error)
{
  NextRead *job = data;
  gpointer snapshot = read_database_job (desk, &job->use, cancellable, error);

  if (snapshot != NULL)
    g_atomic_int_set (&job->opening->answered, TRUE);

  return snapshot;
}

static void
read_database_next (Opening       *opening,
                    StrataProject *project)
{
  g_autoptr(GTask) task = g_task_new (opening->session, opening->reading, on_database_read, NULL);
  NextRead *job = g_new0 (NextRead, 1);

  job->opening = g_atomic_rc_box_acquire (opening);
  job->use.wish = strata_wish_ref (opening->wish);
  job->use.project = strata_project_ref (project);
  g_task_set_task_data (task, job, (GDestroyNotify) next_read_free);
  strata_worker_push (opening->session->database, task, next_read_job, (GDestroyNotify) strata_snapshot_unref);
}

static gboolean
knows_database (StrataSnapshot *snapshot)
{
  return snapshot->choice != NULL && strata_database_choice_get_url (snapshot->choice) != NULL;
}

static gpointer
open_job (gpointer       data,
          gpointer       task_data,
          GCancellable  *cancellable,
          GError       **error)
{
  StrataDesk *desk = data;
  Opening *opening = task_data;
  StrataSnapshot *snapshot;

  if (!strata_desk_open (desk, opening->wish, error))
    return NULL;

  snapshot = strata_snapshot_new (desk->workspace, NULL, NULL, cancellable);
  if (knows_database (snapshot))
    read_database_next (opening, snapshot->project);

  return snapshot;
}

/* The marks of what is applied stay until they are known anew: a project that was connected is shown together with its
 * database, and so is one whose database has answered by now; any other one at once. */
static void
show_opened (StrataSession  *self,
             StrataSnapshot *snapshot,
             Opening        *opening)
{
  gboolean known = knows_database (snapshot);
  gboolean answered = g_atomic_int_get (&opening->answered);
  StrataLink link = judge_link (snapshot);

  take_project (self, snapshot->project);
  /* Something was asked of the database meanwhile, for the files as they were. */
  if (known && g_cancellable_is_cancelled (opening->reading))
    strata_session_read_database (self);

  if (known && (self->link == STRATA_LINK_CONNECTED || answered))
    {
      strata_snapshot_unref (snapshot);
      if (self->snapshot == NULL)
        return;
    }
  else
    {
      strata_session_take_snapshot (self, snapshot);
      strata_session_set_link (self, known ? STRATA_LINK_CONNECTING : link);
    }
  strata_session_set_loading (self, FALSE);
}

static void
on_opened (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  StrataSession *self = STRATA_SESSION (source);
  g_autoptr(GError) error = NULL;
  StrataSnapshot *snapshot = g_task_propagate_pointer (G_TASK (result), &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->wish == NULL)
    {
      g_clear_pointer (&snapshot, strata_snapshot_unref);
      return;
    }

  strata_session_take_error (self, g_steal_pointer (&error));
  if (snapshot != NULL)
    {
      show_opened (self, snapshot, g_task_get_task_data (G_TASK (result)));
      return;
    }

  strata_session_set_loading (self, FALSE);
  strata_session_take_snapshot (self, NULL);
  strata_session_set_link (self, STRATA_LINK_NONE);
}

static void
read_files (StrataSession *self)
{
  Opening *opening = g_atomic_rc_box_new0 (Opening);
  g_autoptr(GTask) task = NULL;

  renew (&self->opening);
  renew (&self->reading);
  self->refreshing = FALSE;
  opening->session = self;
  opening->wish = strata_wish_ref (self->wish);
  opening->reading = g_object_ref (self->reading);
  task = g_task_new (self, self->opening, on_opened, NULL);
  g_task_set_task_data (task, opening, (GDestroyNotify) opening_unref);
  strata_worker_push (self->files, task, open_job, (GDestroyNotify) strata_snapshot_unref);
}

void
strata_session_set_environ (StrataSession      *self,
                            const char * const *variables)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  g_strfreev (self->environ);
  self->environ = g_strdupv ((char **) variables);
}

void
strata_session_open (StrataSession *self,
                     const char    *folder,
                     const char    *profile,
                     const char    *url)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  strata_session_close (self);
  strata_session_take_wish (self, strata_wish_new (folder, profile, url, NULL, self->environ));
  strata_session_notify (self, STRATA_SESSION_FOLDER);
  strata_session_set_loading (self, TRUE);
  read_files (self);
}

void
strata_session_close (StrataSession *self)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  g_cancellable_cancel (self->reading);
  g_cancellable_cancel (self->opening);
  self->refreshing = FALSE;
  g_clear_pointer (&self->project, strata_project_unref);
  strata_session_take_wish (self, NULL);
  g_hash_table_remove_all (self->passwords);
  strata_session_take_error (self, NULL);
  strata_session_set_selected (self, NULL);
  if (self->snapshot != NULL)
    strata_session_take_snapshot (self, NULL);
  strata_session_set_link (self, STRATA_LINK_NONE);
  strata_session_set_loading (self, FALSE);
  strata_session_notify (self, STRATA_SESSION_FOLDER);
}

void
strata_session_reload (StrataSession *self)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  if (self->wish == NULL)
    return;

  strata_session_set_loading (self, TRUE);
  read_files (self);
}

static gboolean
is_still_missing (StrataSnapshot *known)
{
  return known->status->missing && strata_workspace_is_missing_file (strata_database_choice_get_url (known->choice));
}

typedef struct
{
  StrataWish     *wish;
  StrataSnapshot *known;
} Refresh;

static void
refresh_free (Refresh *self)
{
  strata_wish_unref (self->wish);
  strata_snapshot_unref (self->known);
  g_free (self);
}

/* NULL without an error is not possible for a job: an unchanged database answers with the snapshot that was there. */
static gpointer
refresh_job (gpointer       data,
             gpointer       task_data,
             GCancellable  *cancellable,
             GError       **error)
{
  StrataDesk *desk = data;
  Refresh *job = task_data;
  StrataSnapshot *known = job->known;
  g_auto(GStrv) rows = NULL;

  if (is_still_missing (known))
    return strata_snapshot_ref (known);
  if (desk->connection != NULL && *desk->connected_to != '\0')
    rows = strata_workspace_read_rows (desk->workspace, desk->connection, cancellable, NULL);
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  if (rows != NULL && known->status->applied != NULL
      && g_strv_equal ((const char * const *) rows, strata_snapshot_get_rows (known)))
    return strata_snapshot_ref (known);

  /* Whoever asked last may have worked with files that were read before. */
  strata_desk_use (desk, job->wish, known->project);

  return strata_desk_read_database (desk, cancellable);
}

static void
on_refreshed (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  StrataSession *self = STRATA_SESSION (source);
  g_autoptr(StrataSnapshot) snapshot = g_task_propagate_pointer (G_TASK (result), NULL);

  self->refreshing = FALSE;
  if (snapshot == NULL || self->wish == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    return;

  /* A read that was under way when it was asked for came before it, and knows more. */
  if (self->snapshot != ((Refresh *) g_task_get_task_data (G_TASK (result)))->known)
    return;

  if (snapshot == self->snapshot)
    {
      self->checked_at = g_get_real_time ();
      strata_session_notify (self, STRATA_SESSION_CHECKED_AT);
      return;
    }

  strata_session_take_snapshot (self, strata_snapshot_ref (snapshot));
  strata_session_set_link (self, judge_link (snapshot));
}

void
strata_session_refresh (StrataSession *self)
{
  g_autoptr(GTask) task = NULL;
  Refresh *job;

  g_return_if_fail (STRATA_IS_SESSION (self));

  if (self->snapshot == NULL || self->link != STRATA_LINK_CONNECTED || self->run != NULL || self->refreshing)
    return;

  self->refreshing = TRUE;
  job = g_new0 (Refresh, 1);
  job->wish = strata_wish_ref (self->wish);
  job->known = strata_snapshot_ref (self->snapshot);
  task = g_task_new (self, self->reading, on_refreshed, NULL);
  g_task_set_task_data (task, job, (GDestroyNotify) refresh_free);
  strata_worker_push (self->database, task, refresh_job, (GDestroyNotify) strata_snapshot_unref);
}

static void
choose (StrataSession *self,
        const char    *profile,
        const char    *url,
        const char    *password)
{
  strata_session_take_wish (self, strata_wish_new (self->wish->folder, profile, url, password, self->environ));
  g_cancellable_cancel (self->reading);
  strata_session_set_link (self, STRATA_LINK_CONNECTING);
  strata_session_reload (self);
}

void
strata_session_choose (StrataSession *self,
                       const char    *profile,
                       const char    *url)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  if (self->wish != NULL)
    choose (self, profile, url, profile != NULL ? g_hash_table_lookup (self->passwords, profile) : NULL);
}

/* The text of a URL masks its password, which then is the one that was typed. */
void
strata_session_choose_database (StrataSession *self,
                                StrataUrl     *url)
{
  g_autofree char *text = strata_url_to_string (url);

  g_return_if_fail (STRATA_IS_SESSION (self));

  if (self->wish != NULL)
    choose (self, NULL, text, strata_url_get_password (url));
}

void
strata_session_keep_password (StrataSession *self,
                              const char    *profile,
                              const char    *password)
{
  g_return_if_fail (STRATA_IS_SESSION (self));
  g_return_if_fail (profile != NULL);

  if (password != NULL)
    g_hash_table_replace (self->passwords, g_strdup (profile), g_strdup (password));
  else
    g_hash_table_remove (self->passwords, profile);
}

void
strata_session_connect (StrataSession *self,
                        const char    *password)
{
  g_return_if_fail (STRATA_IS_SESSION (self));

  if (self->snapshot == NULL)
    return;

  if (password != NULL && self->wish->profile != NULL)
    strata_session_keep_password (self, self->wish->profile, password);
  strata_session_take_wish (self, strata_wish_new (self->wish->folder, self->wish->profile, self->wish->url,
                                                   password != NULL ? password : self->wish->password, self->environ));
  strata_session_set_link (self, STRATA_LINK_CONNECTING);
  strata_session_read_database (self);
}

