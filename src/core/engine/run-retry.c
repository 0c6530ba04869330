/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/run-private.h"

#define FIRST_PAUSE_MS 100
#define LONGEST_PAUSE_MS 5000

/* Doubling, with a half that is random: runs that met once shall not meet again and again. */
static int
get_pause_ms (guint attempt)
{
  int pause = MIN (FIRST_PAUSE_MS << MIN (attempt - 1, 10), LONGEST_PAUSE_MS);

  return pause / 2 + g_random_int_range (0, pause / 2 + 1);
}

static gboolean
pause_for (GCancellable  *cancellable,
           int            pause_ms,
           GError       **error)
{
  GPollFD fd;

  if (g_cancellable_make_pollfd (cancellable, &fd))
    {
      g_poll (&fd, 1, pause_ms);
      g_cancellable_release_fd (cancellable);
    }
  else
    g_usleep (pause_ms * 1000L);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Whether the same again may work, after a pause. Nothing of the failed attempt may be in the database. Where it
 * returns FALSE the error is set: still the old one, or that of a cancelled pause. */
gboolean
strata_run_retry (StrataRun  *run,
                  guint      *attempt,
                  GError    **error)
{
  gboolean transient = g_error_matches (*error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_LOCKED)
                       || g_error_matches (*error, STRATA_DATABASE_ERROR, STRATA_DATABASE_ERROR_RETRY);
  g_autofree char *why = NULL;
  g_autoptr(GError) cancelled = NULL;
  int pause_ms;

  if (!transient || *attempt >= run->request->lock_retries)
    return FALSE;

  (*attempt)++;
  pause_ms = get_pause_ms (*attempt);
  why = g_strdup ((*error)->message);
  strata_run_emit (run, (StrataRunEvent) {
    .kind = STRATA_EVENT_RETRY, .attempt = *attempt, .time_us = pause_ms * 1000L, .text = why,
  });

  if (!pause_for (run->cancellable, pause_ms, &cancelled))
    {
      g_clear_error (error);
      g_propagate_error (error, g_steal_pointer (&cancelled));
      return FALSE;
    }

  g_clear_error (error);

  return TRUE;
}
