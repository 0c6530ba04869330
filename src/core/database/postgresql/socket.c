/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <errno.h>
#include <poll.h>

/* How long a server may take to answer a cancel before the connection is given up. */
#define CANCEL_PATIENCE_US (10 * G_USEC_PER_SEC)

static int
milliseconds_until (gint64 deadline)
{
  gint64 left;

  if (deadline == 0)
    return -1;

  left = (deadline - g_get_monotonic_time ()) / 1000;

  return (int) CLAMP (left, 0, G_MAXINT);
}

StrataSocketState
strata_postgresql_poll (PGconn        *handle,
                        gshort         events,
                        gint64         deadline,
                        GCancellable  *cancellable)
{
  GPollFD cancel = { .fd = -1 };
  struct pollfd fds[2] = { { .fd = PQsocket (handle), .events = events }, { .fd = -1, .events = POLLIN } };
  StrataSocketState state = STRATA_SOCKET_READY;
  int n;

  if (g_cancellable_make_pollfd (cancellable, &cancel))
    fds[1].fd = cancel.fd;

  do
    n = poll (fds, G_N_ELEMENTS (fds), milliseconds_until (deadline));
  while (n < 0 && errno == EINTR);

  if (fds[1].fd >= 0)
    {
      if (g_cancellable_is_cancelled (cancellable))
        state = STRATA_SOCKET_CANCELLED;
      g_cancellable_release_fd (cancellable);
    }

  return n == 0 ? STRATA_SOCKET_TIMED_OUT : state;
}

static gpointer
send_cancel (gpointer data)
{
  PGcancel *cancel = data;
  char ignored[256];

  PQcancel (cancel, ignored, sizeof ignored);
  PQfreeCancel (cancel);

  return NULL;
}

/* PQcancel() connects anew and blocks: on a thread of its own, that nobody waits for. */
static void
ask_to_stop (PGconn *handle)
{
  PGcancel *cancel = PQgetCancel (handle);

  if (cancel != NULL)
    g_thread_unref (g_thread_new ("cancel", send_cancel, cancel));
}

gboolean
strata_postgresql_next_result (StrataPostgresqlConnection  *self,
                               PGresult                   **result,
                               GCancellable                *cancellable,
                               GError                     **error)
{
  gint64 deadline = 0;

  while (PQisBusy (self->handle))
    {
      StrataSocketState state = strata_postgresql_poll (self->handle, POLLIN, deadline,
                                                        deadline == 0 ? cancellable : NULL);

      if (state == STRATA_SOCKET_CANCELLED)
        {
          ask_to_stop (self->handle);
          deadline = g_get_monotonic_time () + CANCEL_PATIENCE_US;
        }
      else if (state == STRATA_SOCKET_TIMED_OUT || !PQconsumeInput (self->handle))
        {
          g_propagate_error (error, strata_postgresql_lost_error (self));
          return FALSE;
        }
    }

  *result = PQgetResult (self->handle);

  return TRUE;
}

gboolean
strata_postgresql_flush (StrataPostgresqlConnection  *self,
                         GError                     **error)
{
  int left;

  while ((left = PQflush (self->handle)) > 0)
    {
      strata_postgresql_poll (self->handle, POLLIN | POLLOUT, 0, NULL);
      if (!PQconsumeInput (self->handle))
        break;
    }

  if (left == 0)
    return TRUE;

  g_propagate_error (error, strata_postgresql_lost_error (self));

  return FALSE;
}
