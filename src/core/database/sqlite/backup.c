/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/database/sqlite/sqlite-private.h"

#define PAGES_A_STEP 512
/* How long a writer may hold the file before a copy is given up. */
#define PATIENCE_MS 10000

static gboolean
copy_pages (sqlite3       *from,
            sqlite3       *to,
            const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  gint64 give_up = g_get_monotonic_time () + PATIENCE_MS * 1000;
  int result = backup != NULL ? SQLITE_OK : sqlite3_errcode (to);
  gboolean cancelled = FALSE;

  while (backup != NULL && !cancelled
         && (result == SQLITE_OK
             || ((result == SQLITE_BUSY || result == SQLITE_LOCKED) && g_get_monotonic_time () < give_up)))
    {
      result = sqlite3_backup_step (backup, PAGES_A_STEP);
      if (result == SQLITE_BUSY || result == SQLITE_LOCKED)
        sqlite3_sleep (20);
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  sqlite3_backup_finish (backup);
  if (cancelled)
    return FALSE;
  if (result == SQLITE_DONE)
    return TRUE;

  g_propagate_error (error, strata_sqlite_error_new (to, result, path, NULL));

  return FALSE;
}

/* A copy that a crash could lose would be none. */
static gboolean
put_in_place (const char  *temporary,
              const char  *path,
              GError     **error)
{
  int fd = open (temporary, O_RDONLY | O_CLOEXEC);
  gboolean well = fd >= 0 && fsync (fd) == 0 && rename (temporary, path) == 0;

  if (!well)
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                 "The copy “%s” cannot be written: %s", path, g_strerror (errno));
  if (fd >= 0)
    close (fd);

  return well;
}

static gboolean
write_copy (sqlite3       *from,
            const char    *temporary,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(sqlite3) to = NULL;
  int fd = open (temporary, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  int result;

  if (fd < 0)
    {
      g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno),
                   "The copy “%s” cannot be made: %s", temporary, g_strerror (errno));
      return FALSE;
    }
  close (fd);

  result = sqlite3_open_v2 (temporary, &to, SQLITE_OPEN_READWRITE, NULL);
  if (result != SQLITE_OK)
    {
      g_propagate_error (error, strata_sqlite_error_new (to, result, temporary, NULL));
      return FALSE;
    }

  return copy_pages (from, to, temporary, cancellable, error);
}

gboolean
strata_sqlite_backup (StrataConnection  *connection,
                      const char        *copy_path,
                      GCancellable      *cancellable,
                      GError           **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%08x.tmp", copy_path, g_random_int ());
  sqlite3 *from = strata_sqlite_connection_get_handle (STRATA_SQLITE_CONNECTION (connection));

  if (write_copy (from, temporary, cancellable, error) && put_in_place (temporary, copy_path, error))
    return TRUE;

  unlink (temporary);

  return FALSE;
}

gboolean
strata_sqlite_restore (const char    *copy_path,
                       const char    *database_path,
                       GCancellable  *cancellable,
                       GError       **error)
{
  g_autoptr(sqlite3) from = NULL;
  g_autoptr(sqlite3) to = NULL;
  int result = sqlite3_open_v2 (copy_path, &from, SQLITE_OPEN_READONLY, NULL);

  if (result != SQLITE_OK)
    {
      g_propagate_error (error, strata_sqlite_error_new (from, result, copy_path, NULL));
      return FALSE;
    }

  result = sqlite3_open_v2 (database_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
  if (result != SQLITE_OK)
    {
      g_propagate_error (error, strata_sqlite_error_new (to, result, database_path, NULL));
      return FALSE;
    }

  return copy_pages (from, to, database_path, cancellable, error);
}
