/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/sqlite/gate.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"

/* SQLite's PENDING byte, which every reader locks for a moment before it begins (www.sqlite.org/fileformat.html). */
#define PENDING_BYTE 0x40000000

#define ATTEMPTS 200
#define PAUSE_US 10000

/* The lock is held by a process of its own: closing a descriptor of the file in this one would drop the locks of all its
 * SQLite connections (man 2 fcntl). It ends when the pipe to it is closed, so that it does not outlive us. */
struct _StrataSqliteGate
{
  pid_t helper;
  int   pipe;
};

static gboolean
lock (int fd)
{
  struct flock pending = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = PENDING_BYTE, .l_len = 1 };

  for (guint i = 0; i < ATTEMPTS; i++)
    {
      if (fcntl (fd, F_SETLK, &pending) == 0)
        return TRUE;
      if (errno != EAGAIN && errno != EACCES && errno != EINTR)
        return FALSE;
      usleep (PAUSE_US);
    }

  return FALSE;
}

/* After fork() in a process with threads: only what is safe there. */
G_NORETURN static void
hold (const char *path,
      int         answer,
      int         end)
{
  int fd = open (path, O_RDWR | O_CLOEXEC);
  char word = fd >= 0 && lock (fd) ? '1' : '0';

  if (write (answer, &word, 1) != 1 || word == '0')
    _exit (1);

  while (read (end, &word, 1) < 0 && errno == EINTR)
    ;

  _exit (0);
}

static gboolean
read_answer (int fd)
{
  char word = '0';
  ssize_t n;

  while ((n = read (fd, &word, 1)) < 0 && errno == EINTR)
    ;

  return n == 1 && word == '1';
}

StrataSqliteGate *
strata_sqlite_gate_close (const char  *path,
                          GError     **error)
{
  g_autoptr(StrataSqliteGate) self = g_new0 (StrataSqliteGate, 1);
  int answer[2] = { -1, -1 };
  int end[2] = { -1, -1 };
  gboolean held = FALSE;

  self->pipe = -1;
  self->helper = pipe2 (answer, O_CLOEXEC) == 0 && pipe2 (end, O_CLOEXEC) == 0 ? fork () : -1;
  if (self->helper == 0)
    {
      close (end[1]);
      hold (path, answer[1], end[0]);
    }

  self->pipe = end[1];
  if (answer[1] >= 0)
    close (answer[1]);
  if (end[0] >= 0)
    close (end[0]);
  held = self->helper > 0 && read_answer (answer[0]);
  if (answer[0] >= 0)
    close (answer[0]);

  if (held)
    return g_steal_pointer (&self);

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_LOCKED,
               _("“%s” is in use: others read or write it all the time, or it cannot be locked"), path);

  return NULL;
}

void
strata_sqlite_gate_open (StrataSqliteGate *self)
{
  if (self->pipe >= 0)
    close (self->pipe);
  while (self->helper > 0 && waitpid (self->helper, NULL, 0) < 0 && errno == EINTR)
    ;

  g_free (self);
}
