/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/database/lock-wait.h"

#include <glib/gi18n-lib.h>

#include "core/database/error.h"

#define FIRST_PAUSE_US (10 * 1000)
#define LONGEST_PAUSE_US (200 * 1000)

static void
set_locked_error (const StrataLock  *self,
                  GError           **error)
{
  g_autofree char *holder = self->dup_holder (self->data);

  g_propagate_error (error, strata_database_error_new (STRATA_DATABASE_ERROR_LOCKED, NULL,
                                                       _("Another run goes on in this database: %s"),
                                                       holder != NULL ? holder : self->unknown));
}

gboolean
strata_lock_wait (const StrataLock  *self,
                  gint64             wait_ms,
                  StrataWaitFunc     waiting,
                  gpointer           user_data,
                  GCancellable      *cancellable,
                  GError           **error)
{
  gint64 begin = g_get_monotonic_time ();
  gint64 tell = begin;
  gint64 pause = FIRST_PAUSE_US;
  StrataLockAnswer answer;

  while ((answer = self->try_lock (self->data, cancellable, error)) == STRATA_LOCK_HELD)
    {
      gint64 now = g_get_monotonic_time ();

      if (wait_ms >= 0 && now - begin >= wait_ms * 1000)
        {
          set_locked_error (self, error);
          return FALSE;
        }
      if (waiting != NULL && now >= tell)
        {
          g_autofree char *holder = self->dup_holder (self->data);

          waiting (holder, user_data);
          tell = now + G_USEC_PER_SEC;
        }

      g_usleep (pause);
      pause = MIN (pause * 2, LONGEST_PAUSE_US);
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }

  return answer == STRATA_LOCK_TAKEN;
}
