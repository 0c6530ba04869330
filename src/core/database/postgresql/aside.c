/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/postgresql/aside.h"

/* How late a cancel may be noticed. */
#define LOOK_US (50 * 1000)

struct _StrataAside
{
  gatomicrefcount  ref_count;
  GMutex           mutex;
  GCond            cond;
  gboolean         done;       /* under the mutex */
  StrataAsideFunc  func;
  gpointer         data;       /* owned, by way of free_data */
  GDestroyNotify   free_data;
};

void
strata_aside_unref (StrataAside *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  self->free_data (self->data);
  g_mutex_clear (&self->mutex);
  g_cond_clear (&self->cond);
  g_free (self);
}

static gpointer
run (gpointer data)
{
  StrataAside *self = data;

  self->func (self->data);

  g_mutex_lock (&self->mutex);
  self->done = TRUE;
  g_cond_signal (&self->cond);
  g_mutex_unlock (&self->mutex);
  strata_aside_unref (self);

  return NULL;
}

StrataAside *
strata_aside_start (const char       *name,
                    StrataAsideFunc   func,
                    gpointer          data,
                    GDestroyNotify    free_data)
{
  StrataAside *self = g_new0 (StrataAside, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->mutex);
  g_cond_init (&self->cond);
  self->func = func;
  self->data = data;
  self->free_data = free_data;

  g_atomic_ref_count_inc (&self->ref_count);
  g_thread_unref (g_thread_new (name, run, self));

  return self;
}

gboolean
strata_aside_wait (StrataAside  *self,
                   gint64        deadline,
                   GCancellable *cancellable)
{
  gboolean done;

  g_mutex_lock (&self->mutex);
  while (!self->done && !g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < deadline)
    g_cond_wait_until (&self->cond, &self->mutex, MIN (deadline, g_get_monotonic_time () + LOOK_US));
  done = self->done;
  g_mutex_unlock (&self->mutex);

  return done;
}
