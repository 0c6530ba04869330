/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/sqlite-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"

#define PAUSE_US (50 * 1000)

static char *
sidecar_path (const char *database_path)
{
  return g_strconcat (database_path, ".strata-lock", NULL);
}

/* What another run wrote into its lock: "strata 0.1.0 upgrade, pid 4711, ana@ci, since 10:00:00". */
static char *
read_holder (int fd)
{
  char text[256];
  ssize_t n = pread (fd, text, sizeof text - 1, 0);
  g_autofree char *valid = NULL;

  if (n <= 0)
    return NULL;

  text[n] = '\0';
  valid = g_utf8_make_valid (text, -1);

  return g_strdup (g_strstrip (valid));
}

static void
write_holder (int         fd,
              const char *program)
{
  g_autoptr(GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *since = g_date_time_format (now, "%F %T");
  g_autofree char *text = g_strdup_printf ("%s, pid %d, %s@%s, since %s\n", program, (int) getpid (),
                                           g_get_user_name (), g_get_host_name (), since);
  gsize length = strlen (text);

  /* Only for people to read: a lock that could not be described is still a lock. */
  if (ftruncate (fd, 0) < 0 || pwrite (fd, text, length, 0) != (ssize_t) length)
    g_debug ("The holder of a run lock could not be written: %s", g_strerror (errno));
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
              GError     **error)
{
  int fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644);

  if (fd < 0)
    g_propagate_error (error,
                       strata_database_error_new (errno == ENOSPC ? STRATA_DATABASE_ERROR_FULL
                                                  : STRATA_DATABASE_ERROR_READ_ONLY, NULL,
                                                  "The run lock “%s” cannot be made: %s", path, g_strerror (errno)));

  return fd;
}

static void
set_locked_error (int      fd,
                  GError **error)
{
  g_autofree char *holder = read_holder (fd);

  g_propagate_error (error,
                     strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, NULL,
                                                "Another run goes on in this database: %s",
                                                holder != NULL ? holder : "who it is could not be read"));
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
  gint64 begin = g_get_monotonic_time ();
  gint64 told = begin - G_USEC_PER_SEC;
  int fd = open_sidecar (path, error);

  while (fd >= 0)
    {
      gint64 now = g_get_monotonic_time ();

      if (flock (fd, LOCK_EX | LOCK_NB) == 0)
        {
          if (is_still_there (fd, path))
            {
              write_holder (fd, program);
              return fd;
            }
          close (fd);
          fd = open_sidecar (path, error);
          continue;
        }

      if (wait_ms >= 0 && now - begin >= wait_ms * 1000)
        {
          set_locked_error (fd, error);
          break;
        }
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        break;

      if (waiting != NULL && now - told >= G_USEC_PER_SEC)
        {
          g_autofree char *holder = read_holder (fd);

          waiting (holder, user_data);
          told = now;
        }
      g_usleep (PAUSE_US);

      /* The holder removes the file when it lets go; whoever comes next makes a new one. */
      if (!is_still_there (fd, path))
        {
          close (fd);
          fd = open_sidecar (path, error);
        }
    }

  if (fd >= 0)
    close (fd);

  return -1;
}

void
strata_sidecar_unlock (int         fd,
                       const char *database_path)
{
  g_autofree char *path = sidecar_path (database_path);

  unlink (path);
  close (fd);
}
