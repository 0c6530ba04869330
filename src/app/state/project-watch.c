/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/project-watch.h"

#include <string.h>

#include "core/git/head.h"

/* Editors and git write many files at once. */
#define SETTLE_MS 200
/* Folders below recursive version locations; more are not worth their handles. */
#define MOST_FOLDERS 200

struct _StrataProjectWatch
{
  GObject         parent_instance;

  /* owned */
  StrataProject  *project;      /* whose files are watched; of one that vanished they go on being watched */
  GHashTable     *monitors;     /* path -> GFileMonitor */
  char           *folder;       /* that is open */

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
  if (!matters (file, event) && (other == NULL || !matters (other, event)))
    return;

  g_clear_handle_id (&self->timeout, g_source_remove);
  self->timeout = g_timeout_add (SETTLE_MS, reload, self);
}

static void
want_file (GHashTable *wanted,
           char       *path)
{
  g_hash_table_insert (wanted, path, GINT_TO_POINTER (FALSE));
}

static void
want_folder (GHashTable *wanted,
             char       *path)
{
  g_hash_table_insert (wanted, path, GINT_TO_POINTER (TRUE));
}

static gboolean
share_folder (const char *path,
              const char *other)
{
  const char *slash = strrchr (path, G_DIR_SEPARATOR);
  gsize length = slash != NULL ? slash + 1 - path : 0;

  return other != NULL && length > 0 && strncmp (path, other, length) == 0
         && strchr (other + length, G_DIR_SEPARATOR) == NULL;
}

/* The folders that have revisions, and the locations themselves, which may have none yet. */
static void
want_revisions (StrataProjectWatch *self,
                GHashTable         *wanted)
{
  const StrataSettings *settings = strata_project_get_settings (self->project);
  GPtrArray *revisions = strata_project_get_revisions (self->project);
  const char *last = NULL;

  for (guint i = 0; settings->version_locations[i] != NULL; i++)
    want_folder (wanted, g_strdup (settings->version_locations[i]));
  for (guint i = 0; i < revisions->len && g_hash_table_size (wanted) < MOST_FOLDERS; i++)
    {
      const char *path = strata_revision_get_path (g_ptr_array_index (revisions, i));

      /* They come folder by folder, and are many. */
      if (!share_folder (path, last))
        want_folder (wanted, g_path_get_dirname (path));
      last = path;
    }
}

/* HEAD says which branch; its log grows with each commit, after which nothing is uncommitted. */
static void
want_branch (StrataProjectWatch *self,
             GHashTable         *wanted)
{
  g_autofree char *git = strata_git_find_folder (strata_project_get_root (self->project));

  if (git == NULL)
    return;

  want_file (wanted, g_build_filename (git, "HEAD", NULL));
  want_file (wanted, g_build_filename (git, "logs", "HEAD", NULL));
}

static void
want_project (StrataProjectWatch *self,
              GHashTable         *wanted)
{
  const char * const *configs = strata_project_get_configs (self->project);

  want_revisions (self, wanted);
  for (guint i = 0; configs[i] != NULL; i++)
    want_file (wanted, g_strdup (configs[i]));
  if (strata_project_get_env_script (self->project) != NULL)
    want_file (wanted, g_strdup (strata_project_get_env_script (self->project)));
  want_file (wanted, g_build_filename (strata_project_get_root (self->project), ".env", NULL));
  want_branch (self, wanted);
}

static void
add_monitor (StrataProjectWatch *self,
             const char         *path,
             gboolean            is_folder)
{
  g_autoptr(GFile) file = g_file_new_for_path (path);
  GFileMonitor *monitor = is_folder
    ? g_file_monitor_directory (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL)
    : g_file_monitor_file (file, G_FILE_MONITOR_WATCH_MOVES, NULL, NULL);

  if (monitor == NULL)
    return;

  g_file_monitor_set_rate_limit (monitor, SETTLE_MS);
  g_signal_connect_object (monitor, "changed", G_CALLBACK (on_changed), self, 0);
  g_hash_table_insert (self->monitors, g_strdup (path), monitor);
}

/* A monitor that is still wanted stays: in a new one's place, it would take what it has not yet told with it. */
static void
watch_only (StrataProjectWatch *self,
            GHashTable         *wanted)
{
  GHashTableIter iter;
  gpointer path, is_folder;

  g_hash_table_iter_init (&iter, self->monitors);
  while (g_hash_table_iter_next (&iter, &path, NULL))
    if (!g_hash_table_contains (wanted, path))
      g_hash_table_iter_remove (&iter);

  g_hash_table_iter_init (&iter, wanted);
  while (g_hash_table_iter_next (&iter, &path, &is_folder))
    if (!g_hash_table_contains (self->monitors, path))
      add_monitor (self, path, GPOINTER_TO_INT (is_folder));
}

static void
on_snapshot (StrataProjectWatch *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const char *folder = strata_session_get_folder (self->session);
  g_autoptr(GHashTable) wanted = NULL;

  if (g_strcmp0 (self->folder, folder) != 0)
    {
      g_clear_handle_id (&self->timeout, g_source_remove);
      g_clear_pointer (&self->project, strata_project_unref);
      g_free (self->folder);
      self->folder = g_strdup (folder);
    }
  else if (snapshot != NULL && snapshot->project == self->project)
    return;

  if (snapshot != NULL)
    {
      g_clear_pointer (&self->project, strata_project_unref);
      self->project = strata_project_ref (snapshot->project);
    }

  wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  if (self->project != NULL)
    want_project (self, wanted);
  /* What does not open may open as soon as a file comes or goes: another git branch has the project. */
  if (snapshot == NULL && folder != NULL)
    want_folder (wanted, g_strdup (folder));
  watch_only (self, wanted);
}

static void
strata_project_watch_dispose (GObject *object)
{
  StrataProjectWatch *self = STRATA_PROJECT_WATCH (object);

  g_clear_handle_id (&self->timeout, g_source_remove);
  g_clear_pointer (&self->monitors, g_hash_table_unref);
  g_clear_pointer (&self->project, strata_project_unref);
  g_clear_pointer (&self->folder, g_free);
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
  self->monitors = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

StrataProjectWatch *
strata_project_watch_new (StrataSession *session)
{
  StrataProjectWatch *self = g_object_new (STRATA_TYPE_PROJECT_WATCH, NULL);

  g_set_weak_pointer (&self->session, session);
  g_signal_connect_object (session, "notify::folder", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  on_snapshot (self);

  return self;
}
