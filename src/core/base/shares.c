/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/shares.h"

typedef struct
{
  StrataShare      share;
  StrataShareFunc  work;
  gpointer         user_data;
  GThread         *thread;   /* NULL: the caller's own */
} Worker;

static gpointer
do_share (gpointer data)
{
  const Worker *worker = data;

  worker->work (&worker->share, worker->user_data);

  return NULL;
}

/* More threads than these wait for the disk and the allocator, not for us. Where none can be made, the work is done all
 * the same. */
guint
strata_shares_run (guint           n_things,
                   guint           least,
                   StrataShareFunc work,
                   gpointer        user_data)
{
  Worker workers[STRATA_MOST_SHARES];
  guint n = CLAMP (n_things / least, 1, MIN (STRATA_MOST_SHARES, g_get_num_processors ()));

  for (guint i = 0; i < n; i++)
    {
      StrataShare share = { i, (guint64) n_things * i / n, (guint64) n_things * (i + 1) / n };

      workers[i] = (Worker) { share, work, user_data, NULL };
      if (i > 0)
        workers[i].thread = g_thread_try_new ("share", do_share, &workers[i], NULL);
    }

  for (guint i = 0; i < n; i++)
    if (workers[i].thread == NULL)
      do_share (&workers[i]);
  for (guint i = 0; i < n; i++)
    if (workers[i].thread != NULL)
      g_thread_join (workers[i].thread);

  return n;
}
