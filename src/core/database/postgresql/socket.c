/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/postgresql-private.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <poll.h>
#include <sys/socket.h>

/* How long a server may take to answer a cancel before the connection is given up. */
#define CANCEL_PATIENCE_S 5
/* How long the request itself may be on its way once the answer is here. */
#define REQUEST_PATIENCE_US (2 * G_USEC_PER_SEC)
/* A statement that takes this long may be waiting for somebody. */
#define LOOK_US G_USEC_PER_SEC

static int
milliseconds_until (gint64 deadline)
{
  gint64 left;

  if (deadline == 0)
    return -1;

  /* Rounded up: a poll that ends too early comes back at once, again and again. */
  left = (deadline - g_get_monotonic_time () + 999) / 1000;

  return (int) CLAMP (left, 0, G_MAXINT);
}

StrataSocketState
strata_postgresql_poll (PGconn       *handle,
                        gshort        events,
                        gint64        deadline,
                        GCancellable *cancellable)
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

  return n == 0 && state == STRATA_SOCKET_READY ? STRATA_SOCKET_TIMED_OUT : state;
}

void
strata_postgresql_begin_command (StrataPostgresqlConnection *self)
{
  gint64 first_look = LOOK_US;

  /* Before the server's own limit ends the wait. */
  if (self->timeouts.lock_ms > 0)
    first_look = MIN (first_look, self->timeouts.lock_ms * 1000 / 2);

  g_clear_pointer (&self->blocker, g_free);
  self->next_look = self->unobserved ? 0 : g_get_monotonic_time () + first_look;
}

void
strata_postgresql_end_command (StrataPostgresqlConnection *self)
{
  if (self->cancel != NULL)
    strata_aside_wait (self->cancel, g_get_monotonic_time () + REQUEST_PATIENCE_US, NULL);

  g_clear_pointer (&self->cancel, strata_aside_unref);
  self->give_up = 0;
}

static void
send_cancel (gpointer data)
{
  char ignored[256];

  PQcancel (data, ignored, sizeof ignored);
}

static void
free_cancel (gpointer data)
{
  PQfreeCancel (data);
}

/* PQcancel() connects anew and blocks. */
static void
ask_to_stop (StrataPostgresqlConnection *self)
{
  PGcancel *cancel = PQgetCancel (self->handle);

  self->give_up = g_get_monotonic_time () + CANCEL_PATIENCE_S * G_USEC_PER_SEC;
  if (cancel != NULL)
    self->cancel = strata_aside_start ("cancel", send_cancel, cancel, free_cancel);
}

/* Leaves a handle that libpq itself knows to be broken. */
static void
drop (StrataPostgresqlConnection *self)
{
  int fd = PQsocket (self->handle);

  if (fd >= 0)
    shutdown (fd, SHUT_RDWR);
  while (PQstatus (self->handle) == CONNECTION_OK && PQconsumeInput (self->handle))
    ;
}

static gboolean
wait_for_answer (StrataPostgresqlConnection  *self,
                 GCancellable                *cancellable,
                 GError                     **error)
{
  gboolean asked = self->give_up != 0;
  StrataSocketState state = strata_postgresql_poll (self->handle, POLLIN, asked ? self->give_up : self->next_look,
                                                    asked ? NULL : cancellable);

  switch (state)
    {
    case STRATA_SOCKET_CANCELLED:
      ask_to_stop (self);
      return TRUE;

    case STRATA_SOCKET_TIMED_OUT:
      if (asked)
        {
          drop (self);
          g_propagate_error (error,
                             strata_database_error_new (STRATA_DATABASE_ERROR_LOST, NULL,
                                                        _("The server was asked to stop the statement and did not "
                                                          "answer within %d s. The connection was dropped; what became "
                                                          "of the statement is not known"), CANCEL_PATIENCE_S));
          return FALSE;
        }
      strata_postgresql_look_for_blocker (self, cancellable);
      self->next_look = self->unobserved ? 0 : g_get_monotonic_time () + LOOK_US;
      return TRUE;

    case STRATA_SOCKET_READY:
    default:
      if (PQconsumeInput (self->handle))
        return TRUE;
      break;
    }

  g_propagate_error (error, strata_postgresql_lost_error (self));

  return FALSE;
}

gboolean
strata_postgresql_next_result (StrataPostgresqlConnection  *self,
                               PGresult                   **result,
                               GCancellable                *cancellable,
                               GError                     **error)
{
  while (PQisBusy (self->handle))
    if (!wait_for_answer (self, cancellable, error))
      return FALSE;

  *result = PQgetResult (self->handle);

  return TRUE;
}

/* A statement that is only half sent cannot be cancelled: the connection goes. */
gboolean
strata_postgresql_flush (StrataPostgresqlConnection  *self,
                         GCancellable                *cancellable,
                         GError                     **error)
{
  int left;

  while ((left = PQflush (self->handle)) > 0)
    {
      if (strata_postgresql_poll (self->handle, POLLIN | POLLOUT, 0, cancellable) == STRATA_SOCKET_CANCELLED)
        drop (self);
      if (!PQconsumeInput (self->handle))
        break;
    }

  if (left == 0)
    return TRUE;

  g_propagate_error (error, strata_postgresql_lost_error (self));

  return FALSE;
}
