/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/target-cache.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <utime.h>

#include "core/base/files.h"
#include "core/ddl/ddl.h"

/* With each change of what a dump says. */
#define FORMAT "1"

#define MOST_FILES 64
#define MOST_BYTES (64 * 1024 * 1024)

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
dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "strata", "targets", NULL);
}

static char *
dup_path (const char *key)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *name = g_strconcat (key, ".sql", NULL);

  return g_build_filename (folder, name, NULL);
}

/* Each text ends, so that no two lists of texts are one. */
static void
add (GChecksum  *checksum,
     const char *text,
     gssize      length)
{
  g_checksum_update (checksum, (const guchar *) text, length);
  g_checksum_update (checksum, (const guchar *) "", 1);
}

char *
strata_target_cache_dup_key (GPtrArray           *texts,
                             const StrataPicture *database)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  add (checksum, PACKAGE_VERSION " " FORMAT, -1);
  add (checksum, strata_dialect_get_name (database->dialect), -1);
  add (checksum, database->server != NULL ? database->server : "", -1);
  add (checksum, database->has_privileges ? "privileges" : "", -1);
  add (checksum, database->default_schema != NULL ? database->default_schema : "", -1);
  for (guint i = 0; i < texts->len; i++)
    {
      const StrataDdlText *text = g_ptr_array_index (texts, i);

      add (checksum, text->name, -1);
      add (checksum, text->text, text->length);
    }

  return g_strdup (g_checksum_get_string (checksum));
}

/* Behind the heading, which says of whom it is. */
static const char *
skip_heading (const char *dump)
{
  while (g_str_has_prefix (dump, "--"))
    {
      const char *end = strchr (dump, '\n');

      dump = end != NULL ? end + 1 : dump + strlen (dump);
    }

  return dump;
}

static char *
dup_canonical (const StrataPicture *picture)
{
  const StrataDdlOptions options = { .has_sorted_columns = TRUE };
  g_autofree char *dump = strata_ddl_dump (picture, &options);

  return g_strdup (skip_heading (dump));
}

gboolean
strata_target_cache_is_same (const char          *key,
                             const StrataPicture *database)
{
  g_autofree char *path = dup_path (key);
  g_autofree char *kept = NULL;
  g_autofree char *dump = NULL;

  if (!g_file_get_contents (path, &kept, NULL, NULL))
    return FALSE;

  utime (path, NULL);
  dump = dup_canonical (database);

  return strcmp (kept, dump) == 0;
}

/* What is loaded from a dump is dumped as the same text: that needs no proof each time. */
gboolean
strata_target_is_dump (GPtrArray           *texts,
                       const StrataPicture *database)
{
  const StrataDdlText *text = texts->len == 1 ? g_ptr_array_index (texts, 0) : NULL;
  g_autofree char *dump = NULL;

  if (text == NULL)
    return FALSE;

  dump = strata_ddl_dump (database, NULL);

  return strcmp (skip_heading (text->text), skip_heading (dump)) == 0;
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
drop_oldest (const char *folder,
             const char *kept)
{
  g_autoptr(GPtrArray) entries = list_entries (folder, kept);
  gint64 size = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const Entry *entry = g_ptr_array_index (entries, i);

      size += entry->size;
      if (i >= MOST_FILES || size > MOST_BYTES)
        g_unlink (entry->path);
    }
}

void
strata_target_cache_keep (const char          *key,
                          const StrataPicture *target)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = dup_path (key);
  g_autofree char *dump = dup_canonical (target);
  g_autoptr(GError) error = NULL;

  if (strlen (dump) > MOST_BYTES || g_mkdir_with_parents (folder, 0700) != 0
      || !strata_file_replace (path, dump, -1, &error))
    {
      g_debug ("The target is not kept: %s", error != NULL ? error->message : folder);
      return;
    }

  drop_oldest (folder, path);
}
