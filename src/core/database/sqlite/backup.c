/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/backup.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/database/sqlite/sqlite-private.h"

#define PAGES_A_STEP 512
/* How long others may hold the file before it is given up. */
#define PATIENCE_MS 10000

static gboolean
must_wait (int result)
{
  return (result & 0xff) == SQLITE_BUSY || (result & 0xff) == SQLITE_LOCKED;
}

static gboolean
copy_pages (sqlite3       *from,
            sqlite3       *to,
            const char    *path,
            GCancellable  *cancellable,
            GError       **error)
{
  sqlite3_backup *backup = sqlite3_backup_init (to, "main", from, "main");
  gint64 give_up = g_get_monotonic_time () + PATIENCE_MS * 1000;
  int result = backup != NULL ? SQLITE_OK : sqlite3_extended_errcode (to);
  gboolean cancelled = FALSE;

  while (backup != NULL && !cancelled
         && (result == SQLITE_OK || (must_wait (result) && g_get_monotonic_time () < give_up)))
    {
      result = sqlite3_backup_step (backup, PAGES_A_STEP);
      if (must_wait (result))
        sqlite3_sleep (20);
      cancelled = g_cancellable_set_error_if_cancelled (cancellable, error);
    }

  sqlite3_backup_finish (backup);
  if (cancelled)
    return FALSE;
  if (result == SQLITE_DONE)
    return TRUE;

  g_propagate_error (error, strata_sqlite_error_new (NULL, result, path, NULL));

  return FALSE;
}

/* A copy that a crash could lose would be none: the file, and then its name. */
static gboolean
sync_path (const char *path,
           int         flags)
{
  int fd = open (path, O_RDONLY | O_CLOEXEC | flags);
  gboolean well = fd >= 0 && fsync (fd) == 0;

  if (fd >= 0)
    close (fd);

  return well;
}

static gboolean
put_in_place (const char  *temporary,
              const char  *path,
              GError     **error)
{
  g_autofree char *folder = g_path_get_dirname (path);

  if (sync_path (temporary, 0) && rename (temporary, path) == 0 && sync_path (folder, O_DIRECTORY))
    return TRUE;

  g_propagate_error (error,
                     strata_database_error_new (errno == ENOSPC ? STRATA_DATABASE_ERROR_FULL
                                                : STRATA_DATABASE_ERROR_FAILED, NULL,
                                                _("The copy “%s” cannot be written: %s"), path, g_strerror (errno)));

  return FALSE;
}

static gboolean
make_private_file (const char  *path,
                   GError     **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }

  g_propagate_error (error,
                     strata_database_error_new (errno == ENOSPC ? STRATA_DATABASE_ERROR_FULL
                                                : STRATA_DATABASE_ERROR_READ_ONLY, NULL,
                                                _("The copy “%s” cannot be made: %s"), path, g_strerror (errno)));

  return FALSE;
}

/* The copy is ours alone until it is whole, so it needs neither a journal nor a sync of SQLite's. The last pragma takes
 * back the WAL mode of the original, which would make files beside the copy. */
static gboolean
write_copy (sqlite3       *from,
            const char    *temporary,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr(sqlite3) to = NULL;
  int result;

  if (!make_private_file (temporary, error))
    return FALSE;

  result = sqlite3_open_v2 (temporary, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, NULL);
  if (result == SQLITE_OK)
    result = sqlite3_exec (to, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", NULL, NULL, NULL);
  if (result == SQLITE_OK && !copy_pages (from, to, temporary, cancellable, error))
    return FALSE;
  if (result == SQLITE_OK)
    result = sqlite3_exec (to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL);
  if (result == SQLITE_OK)
    return TRUE;

  g_propagate_error (error, strata_sqlite_error_new (to, result, temporary, NULL));

  return FALSE;
}

/* Inside a transaction that reads, or else a copy would begin anew with each change that another program makes. */
static gboolean
write_copy_of (StrataSqliteConnection  *self,
               const char              *temporary,
               GCancellable            *cancellable,
               GError                 **error)
{
  static const char open_snapshot[] = "BEGIN; SELECT 1 FROM sqlite_schema LIMIT 1";
  gboolean outside = sqlite3_get_autocommit (self->handle);
  gint64 affected;
  gboolean well;

  well = !outside || strata_sqlite_run (self, open_snapshot, strlen (open_snapshot), NULL, 0, NULL, &affected, cancellable,
                                        error);
  well = well && write_copy (self->handle, temporary, cancellable, error);
  if (outside && !sqlite3_get_autocommit (self->handle))
    sqlite3_exec (self->handle, "ROLLBACK", NULL, NULL, NULL);

  return well;
}

gboolean
strata_sqlite_backup (StrataConnection  *connection,
                      const char        *copy_path,
                      GCancellable      *cancellable,
                      GError           **error)
{
  g_autofree char *temporary = g_strdup_printf ("%s.%08x.tmp", copy_path, g_random_int ());

  g_return_val_if_fail (STRATA_IS_SQLITE_CONNECTION (connection), FALSE);

  if (write_copy_of (STRATA_SQLITE_CONNECTION (connection), temporary, cancellable, error)
      && put_in_place (temporary, copy_path, error))
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
  int result = sqlite3_open_v2 (copy_path, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_EXRESCODE, NULL);

  if (result != SQLITE_OK)
    {
      g_propagate_error (error, strata_sqlite_error_new (from, result, copy_path, NULL));
      return FALSE;
    }

  result = sqlite3_open_v2 (database_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_EXRESCODE, NULL);
  if (result == SQLITE_OK)
    return copy_pages (from, to, database_path, cancellable, error);

  g_propagate_error (error, strata_sqlite_error_new (to, result, database_path, NULL));

  return FALSE;
}
