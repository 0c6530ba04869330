/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/blocked-watch.h"

struct _StrataBlockedWatch
{
  StrataConnection *connection;   /* borrowed: it outlives the watch */
  StrataWaitFunc    func;
  gpointer          user_data;
  gint64            patience_us;
  GThread          *thread;

  /* under the mutex */
  GMutex            mutex;
  GCond             ended;        /* signalled once, by free() */
  gint64            since;        /* monotonic, when the call began; 0: none goes on */
  gboolean          stop;
};

/* The thread wakes up by itself now and then: telling it of each call would cost more than most calls. */
static gboolean
wait_for_long_call (StrataBlockedWatch *self,
                    gint64             *since)
{
  g_cond_wait_until (&self->ended, &self->mutex, g_get_monotonic_time () + self->patience_us / 2);
  *since = self->since;

  return *since != 0 && g_get_monotonic_time () - *since > self->patience_us;
}

static gpointer
watch (gpointer data)
{
  StrataBlockedWatch *self = data;
  g_autofree char *told = NULL;
  gint64 told_since = 0;

  g_mutex_lock (&self->mutex);
  while (!self->stop)
    {
      g_autofree char *blocker = NULL;
      gint64 since;

      if (!wait_for_long_call (self, &since) || self->stop)
        continue;

      g_mutex_unlock (&self->mutex);
      blocker = strata_connection_dup_blocker (self->connection);
      g_mutex_lock (&self->mutex);

      /* The call may have come to its end while the question was asked. */
      if (blocker == NULL || self->since != since || (told_since == since && g_strcmp0 (told, blocker) == 0))
        continue;

      self->func (blocker, self->user_data);
      g_free (told);
      told = g_steal_pointer (&blocker);
      told_since = since;
    }
  g_mutex_unlock (&self->mutex);

  return NULL;
}

StrataBlockedWatch *
strata_blocked_watch_new (StrataConnection *connection,
                          gint64            patience_ms,
                          StrataWaitFunc    func,
                          gpointer          user_data)
{
  StrataBlockedWatch *self = g_new0 (StrataBlockedWatch, 1);

  self->connection = connection;
  self->patience_us = MAX (patience_ms, 10) * 1000;
  self->func = func;
  self->user_data = user_data;
  g_mutex_init (&self->mutex);
  g_cond_init (&self->ended);
  self->thread = g_thread_new ("blocked", watch, self);

  return self;
}

void
strata_blocked_watch_free (StrataBlockedWatch *self)
{
  g_mutex_lock (&self->mutex);
  self->stop = TRUE;
  g_cond_signal (&self->ended);
  g_mutex_unlock (&self->mutex);

  g_thread_join (self->thread);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->ended);
  g_free (self);
}

void
strata_blocked_watch_begin (StrataBlockedWatch *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->since = g_get_monotonic_time ();
  g_mutex_unlock (&self->mutex);
}

void
strata_blocked_watch_end (StrataBlockedWatch *self)
{
  if (self == NULL)
    return;

  g_mutex_lock (&self->mutex);
  self->since = 0;
  g_mutex_unlock (&self->mutex);
}
