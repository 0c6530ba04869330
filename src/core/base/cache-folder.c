/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/cache-folder.h"

#include <glib/gstdio.h>

#include "core/base/files.h"

typedef struct
{
  char   *path;
  gint64  used;    /* seconds since 1970 */
  gint64  size;
} Entry;

static void
entry_free (gpointer data)
{
  Entry *self = data;

  g_free (self->path);
  g_free (self);
}

static char *
dup_folder (const StrataCacheFolder *self)
{
  return g_build_filename (g_get_user_cache_dir (), "strata", self->name, NULL);
}

char *
strata_cache_folder_dup_path (const StrataCacheFolder *self,
                              const char              *name)
{
  g_autofree char *folder = dup_folder (self);

  return g_build_filename (folder, name, NULL);
}

static int
compare_used (gconstpointer a,
              gconstpointer b)
{
  const Entry *first = *(const Entry * const *) a;
  const Entry *second = *(const Entry * const *) b;

  return (first->used < second->used) - (first->used > second->used);
}

/* Newest first, and before all the one that was just kept: within one second many may be. */
static GPtrArray *
list_entries (const char *folder,
              const char *kept)
{
  GPtrArray *entries = g_ptr_array_new_with_free_func (entry_free);
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf status;
      Entry *entry;

      if (g_stat (path, &status) != 0)
        continue;
      entry = g_new (Entry, 1);
      *entry = (Entry) { path, g_str_equal (path, kept) ? G_MAXINT64 : status.st_mtime, status.st_size };
      g_steal_pointer (&path);
      g_ptr_array_add (entries, entry);
    }
  g_ptr_array_sort (entries, compare_used);

  return entries;
}

static void
drop_oldest (const StrataCacheFolder *self,
             const char              *folder,
             const char              *kept)
{
  g_autoptr(GPtrArray) entries = list_entries (folder, kept);
  gsize size = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      size += entry->size;
      if (i >= self->most_files || size > self->most_bytes)
        g_unlink (entry->path);
    }
}

void
strata_cache_folder_keep (const StrataCacheFolder *self,
                          const char              *name,
                          const char              *text,
                          gsize                    length)
{
  g_autofree char *folder = dup_folder (self);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr(GError) error = NULL;

  if (length > self->most_bytes || g_mkdir_with_parents (folder, 0700) != 0
      || !strata_file_replace (path, text, length, &error))
    {
      g_debug ("“%s” is not kept: %s", name, error != NULL ? error->message : folder);
      return;
    }

  drop_oldest (self, folder, path);
}
