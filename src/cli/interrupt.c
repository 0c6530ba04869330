/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/interrupt.h"

#include <pthread.h>
#include <signal.h>
#include <unistd.h>

#define EXIT_CANCELLED 130

/* timeout(1) and the like send a signal to the program and then to its group: one wish that arrives twice. */
#define SAME_WISH_US (G_USEC_PER_SEC / 4)

/* A thread that waits for signals may call anything; a signal handler may not. */
static gpointer
wait_for_signals (gpointer user_data)
{
  g_autoptr(GCancellable) cancellable = user_data;
  sigset_t signals;
  gint64 first;
  int number;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);

  sigwait (&signals, &number);
  first = g_get_monotonic_time ();
  g_cancellable_cancel (cancellable);
  do
    sigwait (&signals, &number);
  while (g_get_monotonic_time () - first < SAME_WISH_US);
  _exit (EXIT_CANCELLED);

  return NULL;
}

void
strata_interrupt_watch (GCancellable *cancellable)
{
  sigset_t signals;

  sigemptyset (&signals);
  sigaddset (&signals, SIGINT);
  sigaddset (&signals, SIGTERM);
  pthread_sigmask (SIG_BLOCK, &signals, NULL);

  g_thread_unref (g_thread_new ("signals", wait_for_signals, g_object_ref (cancellable)));
}
