/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/restore.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/database/sqlite/backup.h"

#define GROUP "copy"

void
strata_copy_free (StrataCopy *self)
{
  g_free (self->name);
  g_free (self->path);
  g_free (self->database);
  g_free (self->reason);
  g_strfreev (self->rows);
  g_free (self);
}

/* One folder a database, by its path: a readable name and a hash. */
static char *
get_folder (const char *database_path)
{
  g_autofree char *name = g_path_get_basename (database_path);
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, database_path, -1);
  g_autofree char *folder = NULL;

  g_strcanon (name, G_CSET_a_2_z G_CSET_A_2_Z G_CSET_DIGITS "-_.", '-');
  folder = g_strdup_printf ("%.60s-%.16s", name, hash);

  return g_build_filename (g_get_user_state_dir (), "strata", "copies", folder, NULL);
}

static char *
get_file (const char *folder,
          const char *name,
          const char *suffix)
{
  g_autofree char *file = g_strconcat (name, suffix, NULL);

  return g_build_filename (folder, file, NULL);
}

/* NULL where the copy or its note is gone or unreadable: then there is nothing to restore. */
static StrataCopy *
read_note (const char *folder,
           const char *name,
           const char *database_path)
{
  g_autoptr(GKeyFile) note = g_key_file_new ();
  g_autoptr(StrataCopy) copy = g_new0 (StrataCopy, 1);
  g_autofree char *note_path = get_file (folder, name, ".ini");
  GStatBuf info;

  copy->path = get_file (folder, name, ".db");
  if (!g_key_file_load_from_file (note, note_path, G_KEY_FILE_NONE, NULL) || g_stat (copy->path, &info) != 0)
    return NULL;

  copy->name = g_strdup (name);
  copy->database = g_key_file_get_string (note, GROUP, "database", NULL);
  copy->reason = g_key_file_get_string (note, GROUP, "reason", NULL);
  copy->rows = g_key_file_get_string_list (note, GROUP, "rows", NULL, NULL);
  copy->size = info.st_size;
  if (copy->rows == NULL)
    copy->rows = g_new0 (char *, 1);

  return g_strcmp0 (copy->database, database_path) == 0 ? g_steal_pointer (&copy) : NULL;
}

static gboolean
write_note (const StrataCopy    *copy,
            const char          *folder,
            const char * const  *rows,
            GError             **error)
{
  g_autoptr(GKeyFile) note = g_key_file_new ();
  g_autofree char *path = get_file (folder, copy->name, ".ini");

  g_key_file_set_string (note, GROUP, "database", copy->database);
  g_key_file_set_string (note, GROUP, "reason", copy->reason);
  g_key_file_set_string_list (note, GROUP, "rows", rows, g_strv_length ((GStrv) rows));

  return g_key_file_save_to_file (note, path, error);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b)
{
  const StrataCopy *first = *(const StrataCopy * const *) a;
  const StrataCopy *second = *(const StrataCopy * const *) b;

  return strcmp (second->name, first->name);
}

GPtrArray *
strata_copies_list (const char  *database_path,
                    GError     **error)
{
  g_autoptr(GPtrArray) copies = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_copy_free);
  g_autofree char *folder = get_folder (database_path);
  g_autoptr(GDir) entries = NULL;
  const char *entry;

  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&copies);

  entries = g_dir_open (folder, 0, error);
  if (entries == NULL)
    return NULL;

  while ((entry = g_dir_read_name (entries)) != NULL)
    if (g_str_has_suffix (entry, ".ini"))
      {
        g_autofree char *name = g_strndup (entry, strlen (entry) - strlen (".ini"));
        StrataCopy *copy = read_note (folder, name, database_path);

        if (copy != NULL)
          g_ptr_array_add (copies, copy);
      }

  g_ptr_array_sort (copies, compare_newest_first);

  return g_steal_pointer (&copies);
}

/* What can't be removed only takes room: never a reason to fail a run. */
static void
let_oldest_go (const char *folder,
               const char *database_path)
{
  g_autoptr(GPtrArray) copies = strata_copies_list (database_path, NULL);

  for (guint i = STRATA_COPIES_KEPT; copies != NULL && i < copies->len; i++)
    {
      const StrataCopy *copy = g_ptr_array_index (copies, i);
      g_autofree char *note_path = get_file (folder, copy->name, ".ini");

      g_unlink (copy->path);
      g_unlink (note_path);
    }
}

static char *
dup_database_path (StrataConnection *connection)
{
  const char *path = strata_url_get_database (strata_connection_get_url (connection));

  return path != NULL ? g_canonicalize_filename (path, NULL) : NULL;
}

static StrataCopy *
make_copy (StrataConnection    *connection,
           const char          *folder,
           const char          *reason,
           const char * const  *rows,
           GCancellable        *cancellable,
           GError             **error)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *seconds = g_date_time_format (now, "%Y%m%dT%H%M%S");
  g_autoptr(StrataCopy) copy = g_new0 (StrataCopy, 1);
  GStatBuf info;

  copy->name = g_strdup_printf ("%s.%06dZ", seconds, g_date_time_get_microsecond (now));
  copy->path = get_file (folder, copy->name, ".db");
  copy->database = dup_database_path (connection);
  copy->reason = g_strdup (reason);
  copy->rows = g_strdupv ((GStrv) rows);

  if (!strata_sqlite_backup (connection, copy->path, cancellable, error))
    return NULL;

  /* Without its note the copy would never be found again. */
  if (!write_note (copy, folder, rows, error))
    {
      g_unlink (copy->path);
      return NULL;
    }

  copy->size = g_stat (copy->path, &info) == 0 ? info.st_size : 0;

  return g_steal_pointer (&copy);
}

StrataCopy *
strata_copy_make (StrataConnection    *connection,
                  const char          *reason,
                  const char * const  *rows,
                  GCancellable        *cancellable,
                  GError             **error)
{
  g_autofree char *database = dup_database_path (connection);
  g_autofree char *folder = NULL;
  StrataCopy *copy;

  g_return_val_if_fail (database != NULL, NULL);

  folder = get_folder (database);
  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("Cannot make the folder “%s”: %s"), folder,
                   g_strerror (errno));
      return NULL;
    }

  copy = make_copy (connection, folder, reason, rows, cancellable, error);
  if (copy != NULL)
    let_oldest_go (folder, database);

  return copy;
}

/* By the beginning of its name, where that is one copy's alone; NULL is the newest. */
static guint
find_copy (GPtrArray  *copies,
           const char *name)
{
  guint found = copies->len;

  if (name == NULL)
    return 0;

  for (guint i = 0; i < copies->len; i++)
    {
      const StrataCopy *copy = g_ptr_array_index (copies, i);

      if (strcmp (copy->name, name) == 0)
        return i;
      if (!g_str_has_prefix (copy->name, name))
        continue;
      if (found < copies->len)
        return copies->len;
      found = i;
    }

  return found;
}

StrataCopy *
strata_copies_find (const char  *database_path,
                    const char  *name,
                    GError     **error)
{
  g_autoptr(GPtrArray) copies = strata_copies_list (database_path, error);
  guint found = copies != NULL ? find_copy (copies, name) : 0;

  if (copies == NULL)
    return NULL;

  if (found < copies->len)
    return g_ptr_array_steal_index (copies, found);

  if (copies->len == 0)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
                 _("There is no copy of “%s”: one is made before each run that changes it"), database_path);
  else
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
                 _("There is no one copy “%s” of “%s”; the newest is “%s”"), name,
                 database_path, ((StrataCopy *) g_ptr_array_index (copies, 0))->name);

  return NULL;
}

StrataCopy *
strata_copy_restore (StrataConnection    *connection,
                     const char          *name,
                     const char * const  *rows,
                     GCancellable        *cancellable,
                     GError             **error)
{
  g_autofree char *database = dup_database_path (connection);
  g_autoptr(StrataCopy) copy = NULL;
  g_autoptr(StrataCopy) present = NULL;
  g_autofree char *folder = NULL;

  g_return_val_if_fail (database != NULL, NULL);

  folder = get_folder (database);
  copy = strata_copies_find (database, name, error);
  if (copy == NULL)
    return NULL;

  present = make_copy (connection, folder, "before a restore", rows, cancellable, error);
  if (present == NULL || !strata_sqlite_restore (copy->path, database, cancellable, error))
    return NULL;

  /* Only now, as the oldest may be the one that was just put back. */
  let_oldest_go (folder, database);

  return g_steal_pointer (&copy);
}
