/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/shares.h"

#define MOST_THINGS 1000

typedef struct
{
  guint n_times[MOST_THINGS];      /* that a thing was worked on */
  guint sizes[STRATA_MOST_SHARES];
  guint firsts[STRATA_MOST_SHARES];
} Work;

static void
count (const StrataShare *share,
       gpointer           data)
{
  Work *work = data;

  work->sizes[share->number] = share->end - share->first;
  work->firsts[share->number] = share->first;
  for (guint i = share->first; i < share->end; i++)
    work->n_times[i]++;
}

static void
test_every_thing_once (void)
{
  static const guint sizes[] = { 1, 2, 3, 63, 64, 65, 127, 128, 255, 256, 999, MOST_THINGS };

  for (guint s = 0; s < G_N_ELEMENTS (sizes); s++)
    {
      Work work = { 0 };
      guint n = strata_shares_run (sizes[s], 64, count, &work);

      g_assert_cmpuint (n, >=, 1);
      g_assert_cmpuint (n, <=, MIN (STRATA_MOST_SHARES, g_get_num_processors ()));
      for (guint i = 0; i < MOST_THINGS; i++)
        g_assert_cmpuint (work.n_times[i], ==, i < sizes[s]);
      for (guint i = 0; n > 1 && i < n; i++)
        g_assert_cmpuint (work.sizes[i], >=, 64);
      for (guint i = 1; i < n; i++)
        g_assert_cmpuint (work.firsts[i], ==, work.firsts[i - 1] + work.sizes[i - 1]);
    }
}

static void
test_nothing (void)
{
  Work work = { 0 };

  g_assert_cmpuint (strata_shares_run (0, 64, count, &work), ==, 1);
  g_assert_cmpuint (work.sizes[0], ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/shares/every-thing-once", test_every_thing_once);
  g_test_add_func ("/shares/nothing", test_nothing);

  return g_test_run ();
}
