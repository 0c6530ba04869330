/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/streams.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static gboolean
reader_has_left (void)
{
  struct pollfd out = { .fd = STDOUT_FILENO, .events = POLLOUT };

  return poll (&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

/* A dump on a disk that is full must not look whole. */
static void
close_output (void)
{
  gboolean failed = ferror (stdout) != 0;

  errno = 0;
  failed |= fflush (stdout) != 0;
  if (!failed || reader_has_left ())
    return;

  fprintf (stderr, "strata: The output could not be written%s%s; what is there of it is not whole\n",
           errno != 0 ? ": " : "", errno != 0 ? g_strerror (errno) : "");
  _exit (1);
}

void
strata_streams_init (void)
{
  /* A database's connection that got the number of a stream that is closed would get what is printed. */
  for (int fd = STDIN_FILENO; fd <= STDERR_FILENO; fd++)
    if (fcntl (fd, F_GETFD) == -1 && errno == EBADF && open ("/dev/null", O_RDWR) == -1)
      _exit (1);

  atexit (close_output);
}

void
strata_streams_outlive_reader (void)
{
  signal (SIGPIPE, SIG_IGN);
}
