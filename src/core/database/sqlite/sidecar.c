/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/database/lock-wait.h"

static char *
sidecar_path (const char *database_path)
{
  return g_strconcat (database_path, ".strata-lock", NULL);
}

/* What another run wrote into its lock, and for how long it has held it: "pid 4711, strata 0.1.0 upgrade, ana@ci,
 * since 12 s". NULL where it has not come to that. */
static char *
dup_holder (int fd)
{
  char text[512];
  ssize_t n = pread (fd, text, sizeof text - 1, 0);
  g_auto(GStrv) lines = NULL;
  g_autofree char *valid = NULL;
  gint64 since;

  if (n <= 0)
    return NULL;

  text[n] = '\0';
  valid = g_utf8_make_valid (text, -1);
  lines = g_strsplit (valid, "\n", -1);
  since = lines[1] != NULL ? g_ascii_strtoll (lines[1], NULL, 10) : 0;
  if (since <= 0)
    return NULL;

  /* Translators: a program, and for how many seconds it has run. */
  return g_strdup_printf (_("%s, since %.0f s"), lines[0],
                          (double) MAX (0, g_get_real_time () / G_USEC_PER_SEC - since));
}

static void
write_holder (int         fd,
              const char *program)
{
  g_autofree char *text = g_strdup_printf ("pid %d, %s, %s@%s\n%" G_GINT64_FORMAT "\n", (int) getpid (), program,
                                           g_get_user_name (), g_get_host_name (),
                                           g_get_real_time () / G_USEC_PER_SEC);
  gsize length = strlen (text);

  /* Only for people to read: a lock that could not be described is still a lock. */
  if (ftruncate (fd, 0) < 0 || pwrite (fd, text, length, 0) != (ssize_t) length)
    g_debug ("The holder of a run lock could not be written: %s", g_strerror (errno));
}

/* Whoever may write to the database shall be able to take its lock, also where this one is left behind by a kill: as
 * SQLite does with its journal. */
static void
give_to_owner (int         fd,
               const char *database_path)
{
  struct stat database, sidecar;

  if (stat (database_path, &database) < 0 || fstat (fd, &sidecar) < 0 || sidecar.st_uid != geteuid ())
    return;

  if (fchmod (fd, database.st_mode & 0666) < 0
      || (geteuid () == 0 && fchown (fd, database.st_uid, database.st_gid) < 0))
    g_debug ("A run lock could not be given to the owner of the database: %s", g_strerror (errno));
}

/* The holder before may have removed the file after it was opened here: then this lock excludes nobody. */
static gboolean
is_still_there (int         fd,
                const char *path)
{
  struct stat opened, named;

  return fstat (fd, &opened) == 0 && stat (path, &named) == 0
         && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

static int
open_sidecar (const char  *path,
              const char  *database_path,
              GError     **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0644);

  /* Another's, left behind by a kill: it can be locked all the same. */
  if (fd < 0 && errno == EACCES)
    fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);

  if (fd >= 0)
    give_to_owner (fd, database_path);
  else
    g_propagate_error (error,
                       strata_database_error_new (errno == ENOSPC ? STRATA_DATABASE_ERROR_FULL
                                                  : STRATA_DATABASE_ERROR_READ_ONLY, NULL,
                                                  _("The run lock “%s” cannot be made beside the database: %s"), path,
                                                  g_strerror (errno)));

  return fd;
}

typedef struct
{
  int         fd;               /* -1: it could not be opened again */
  const char *path;
  const char *database_path;
} Sidecar;

/* Whoever let go before has removed the file, and a new one may be there: then it begins anew. */
static StrataLockAnswer
try_lock (gpointer       data,
          GCancellable  *cancellable,
          GError       **error)
{
  Sidecar *self = data;

  for (;;)
    {
      gboolean there = is_still_there (self->fd, self->path);

      if (there && flock (self->fd, LOCK_EX | LOCK_NB) < 0)
        {
          if (errno == EWOULDBLOCK)
            return STRATA_LOCK_HELD;
          g_propagate_error (error,
                             strata_database_error_new (STRATA_DATABASE_ERROR_FAILED, NULL,
                                                        _("The run lock “%s” cannot be taken: %s"), self->path,
                                                        g_strerror (errno)));
          return STRATA_LOCK_FAILS;
        }

      /* Again, as it may have gone between the two. */
      if (there && is_still_there (self->fd, self->path))
        return STRATA_LOCK_TAKEN;

      close (self->fd);
      self->fd = open_sidecar (self->path, self->database_path, error);
      if (self->fd < 0)
        return STRATA_LOCK_FAILS;
    }
}

static char *
dup_lock_holder (gpointer data)
{
  return dup_holder (((Sidecar *) data)->fd);
}

int
strata_sidecar_lock (const char      *database_path,
                     const char      *program,
                     gint64           wait_ms,
                     StrataWaitFunc   waiting,
                     gpointer         user_data,
                     GCancellable    *cancellable,
                     GError         **error)
{
  g_autofree char *path = sidecar_path (database_path);
  Sidecar lock = { open_sidecar (path, database_path, error), path, database_path };

  if (lock.fd < 0)
    return -1;

  if (!strata_lock_wait (&(StrataLock) { &lock, try_lock, dup_lock_holder, _("who it is could not be read") },
                         wait_ms, waiting, user_data, cancellable, error))
    {
      if (lock.fd >= 0)
        close (lock.fd);
      return -1;
    }

  write_holder (lock.fd, program);

  return lock.fd;
}

/* By the kernel's list: a lock taken to look, however short, could make a run that begins now believe in another. */
char *
strata_sidecar_dup_holder (const char *database_path)
{
  g_autofree char *path = sidecar_path (database_path);
  char *holder;
  int fd;

  if (!strata_sqlite_is_flocked (path))
    return NULL;

  fd = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  if (fd < 0)
    return NULL;

  holder = dup_holder (fd);
  close (fd);

  return holder;
}

void
strata_sidecar_unlock (int         fd,
                       const char *database_path)
{
  g_autofree char *path = sidecar_path (database_path);

  unlink (path);
  close (fd);
}
