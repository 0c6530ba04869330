/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/scratch/scratch-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

#define PREFIX "strata-scratch-"
#define LOCK_NAME "lock"
#define NEW_LOCK_NAME "lock.new"

/* A folder without its lock is one that is just being made, unless it has stood there for so long. */
#define SECONDS_TO_LOCK 60

/* Ours alone, and flat: no folder stands in it. */
static void
remove_folder (const char *folder)
{
  g_autoptr(GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_unlink (path);
    }
  g_rmdir (folder);
}

/* The kernel lets go of the lock when its process ends, however it does. */
static int
take_lock (const char *folder,
           const char *name,
           int         flags)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int fd = g_open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW | flags, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      fd = -1;
    }

  return fd;
}

/* It gets its name when it is held: nobody meets one that is free and new. */
static int
make_lock (const char *folder)
{
  g_autofree char *from = g_build_filename (folder, NEW_LOCK_NAME, NULL);
  g_autofree char *to = g_build_filename (folder, LOCK_NAME, NULL);
  int fd = take_lock (folder, NEW_LOCK_NAME, O_CREAT);

  if (fd >= 0 && g_rename (from, to) != 0)
    {
      close (fd);
      fd = -1;
    }

  return fd;
}

static void
remove_if_left (const char *folder)
{
  GStatBuf status;
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  g_autofree char *lock = g_build_filename (folder, LOCK_NAME, NULL);
  int fd;

  if (g_lstat (folder, &status) != 0 || !S_ISDIR (status.st_mode) || status.st_uid != geteuid ())
    return;

  fd = take_lock (folder, LOCK_NAME, 0);
  if (fd < 0 && (g_file_test (lock, G_FILE_TEST_EXISTS) || now - status.st_mtime < SECONDS_TO_LOCK))
    return;

  remove_folder (folder);
  if (fd >= 0)
    close (fd);
}

static void
remove_left (void)
{
  g_autoptr(GDir) dir = g_dir_open (g_get_tmp_dir (), 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, PREFIX))
      {
        g_autofree char *folder = g_build_filename (g_get_tmp_dir (), name, NULL);

        remove_if_left (folder);
      }
}

/* Nothing of it outlives this process. */
static gboolean
make_fast (StrataConnection  *connection,
           GCancellable      *cancellable,
           GError           **error)
{
  return strata_connection_execute (connection, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF", -1, NULL, 0, NULL,
                                    cancellable, error);
}

gboolean
strata_scratch_open_sqlite (StrataScratch  *self,
                            GCancellable   *cancellable,
                            GError        **error)
{
  const StrataConnectOptions options = { .writable = TRUE, .create = TRUE, .confined = TRUE, .application_name = "strata scratch" };
  g_autofree char *path = NULL;

  remove_left ();
  self->folder = g_dir_make_tmp (PREFIX "XXXXXX", error);
  if (self->folder == NULL)
    return FALSE;

  self->lock = make_lock (self->folder);
  if (self->lock < 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("The scratch folder “%s” cannot be locked: %s"),
                   self->folder,
                   g_strerror (errno));
      return FALSE;
    }

  path = g_build_filename (self->folder, "scratch.db", NULL);
  self->url = strata_url_new (&(StrataUrlParts) { .dialect = STRATA_DIALECT_SQLITE, .database = path });
  self->connection = strata_connection_open (self->url, &options, cancellable, error);

  return self->connection != NULL && make_fast (self->connection, cancellable, error);
}

void
strata_scratch_drop_sqlite (StrataScratch *self)
{
  remove_folder (self->folder);
  if (self->lock >= 0)
    close (self->lock);
}
