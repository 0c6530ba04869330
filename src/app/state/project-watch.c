/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/project-watch.h"

/* Editors and git write many files at once. */
#define SETTLE_MS 200
/* Folders below recursive version locations; more are not worth their handles. */
#define MOST_FOLDERS 200

struct _StrataProjectWatch
{
  GObject         parent_instance;

  /* owned */
  StrataProject  *project;      /* whose files are watched; NULL: none */
  GPtrArray      *monitors;     /* GFileMonitor */

  /* borrowed */
  StrataSession  *session;

  /* values */
  guint           timeout;
};

G_DEFINE_FINAL_TYPE (StrataProjectWatch, strata_project_watch, G_TYPE_OBJECT)

static gboolean
reload (gpointer data)
{
  StrataProjectWatch *self = data;

  self->timeout = 0;
  strata_session_reload (self->session);

  return G_SOURCE_REMOVE;
}

static gboolean
matters (GFile             *file,
         GFileMonitorEvent  event)
{
  g_autofree char *name = g_file_get_basename (file);

  if (event == G_FILE_MONITOR_EVENT_ATTRIBUTE_CHANGED || event == G_FILE_MONITOR_EVENT_CHANGES_DONE_HINT)
    return FALSE;

  /* What editors, git and SQLite put beside the files that count. */
  return !g_str_has_suffix (name, "~") && !g_str_has_suffix (name, ".swp") && !g_str_has_suffix (name, ".lock")
         && !g_str_has_suffix (name, ".pyc") && !g_str_has_suffix (name, "-journal") && !g_str_has_suffix (name, "-wal")
         && !g_str_has_suffix (name, "-shm") && !g_str_has_suffix (name, ".db") && !g_str_equal (name, "__pycache__");
}

static void
on_changed (GFileMonitor       *monitor,
            GFile              *file,
            GFile              *other,
            GFileMonitorEvent   event,
            StrataProjectWatch *self)
{
  if (!matters (file, event))
    return;

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (SETTLE_MS, reload, self);
}

static void
add_monitor (StrataProjectWatch *self,
             GFileMonitor       *monitor)
{
  if (monitor == NULL)
    return;

  g_signal_connect_object (monitor, "changed", G_CALLBACK (on_changed), self, 0);
  g_ptr_array_add (self->monitors, monitor);
}

static void
watch_file (StrataProjectWatch *self,
            const char         *path)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);

  add_monitor (self, g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL));
}

static void
watch_folder (StrataProjectWatch *self,
              const char         *path)
{
  g_autoptr(GFile) folder = g_file_new_for_path (path);

  add_monitor (self, g_file_monitor_directory (folder, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL));
}

/* The folders that have revisions, and the locations themselves, which may have none yet. */
static void
watch_revisions (StrataProjectWatch *self)
{
  const StrataSettings *settings = strata_project_get_settings (self->project);
  GPtrArray *revisions = strata_project_get_revisions (self->project);
  g_autoptr(GHashTable) folders = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer folder;

  for (guint i = 0; settings->version_locations[i] != NULL; i++)
    g_hash_table_add (folders, g_strdup (settings->version_locations[i]));
  for (guint i = 0; i < revisions->len && g_hash_table_size (folders) < MOST_FOLDERS; i++)
    g_hash_table_add (folders, g_path_get_dirname (strata_revision_get_path (g_ptr_array_index (revisions, i))));

  g_hash_table_iter_init (&iter, folders);
  while (g_hash_table_iter_next (&iter, &folder, NULL))
    watch_folder (self, folder);
}

/* Only HEAD itself: which branch, and that it moved, shows in the files. */
static void
watch_branch (StrataProjectWatch *self)
{
  g_autofree char *folder = g_strdup (strata_project_get_root (self->project));

  for (;;)
    {
      g_autofree char *head = g_build_filename (folder, ".git", "HEAD", NULL);
      g_autofree char *parent = g_path_get_dirname (folder);

      if (g_file_test (head, G_FILE_TEST_EXISTS))
        {
          watch_file (self, head);
          return;
        }
      if (g_str_equal (parent, folder))
        return;

      g_free (folder);
      folder = g_steal_pointer (&parent);
    }
}

static void
watch_project (StrataProjectWatch *self)
{
  const char * const *configs = strata_project_get_configs (self->project);
  g_autofree char *dotenv = g_build_filename (strata_project_get_root (self->project), ".env", NULL);

  for (guint i = 0; configs[i] != NULL; i++)
    watch_file (self, configs[i]);
  if (strata_project_get_env_script (self->project) != NULL)
    watch_file (self, strata_project_get_env_script (self->project));
  watch_file (self, dotenv);
  watch_revisions (self);
  watch_branch (self);
}

static void
on_snapshot (StrataProjectWatch *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  StrataProject *project = snapshot != NULL ? snapshot->project : NULL;

  if (self->project == project)
    return;

  g_clear_pointer (&self->project, strata_project_unref);
  g_ptr_array_set_size (self->monitors, 0);
  if (project == NULL)
    return;

  self->project = strata_project_ref (project);
  watch_project (self);
}

static void
strata_project_watch_dispose (GObject *object)
{
  StrataProjectWatch *self = STRATA_PROJECT_WATCH (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->monitors, g_ptr_array_unref);
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_weak_pointer (&self->session);

  G_OBJECT_CLASS (strata_project_watch_parent_class)->dispose (object);
}

static void
strata_project_watch_class_init (StrataProjectWatchClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = strata_project_watch_dispose;
}

static void
strata_project_watch_init (StrataProjectWatch *self)
{
  self->monitors = g_ptr_array_new_with_free_func (g_object_unref);
}

StrataProjectWatch *
strata_project_watch_new (StrataSession *session)
{
  StrataProjectWatch *self = g_object_new (STRATA_TYPE_PROJECT_WATCH, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  on_snapshot (self);

  return self;
}
