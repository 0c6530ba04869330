/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/idle.h"
#include "app/support.h"

#define N_TURNS 5

typedef struct
{
  guint n_frames;
  guint n_turns;
  guint n_together;     /* turns with no frame since the one before */
  guint frame_of_turn;
} Counts;

/* As GTK's clock does where each frame takes longer than there is time for it. */
static gboolean
draw (gpointer data)
{
  Counts *counts = data;

  counts->n_frames++;

  return G_SOURCE_CONTINUE;
}

static gboolean
take_turn (gpointer data)
{
  Counts *counts = data;

  counts->n_together += counts->n_turns > 0 && counts->frame_of_turn == counts->n_frames;
  counts->frame_of_turn = counts->n_frames;

  return ++counts->n_turns < N_TURNS;
}

/* It comes, and the frames go on between its turns. */
static void
test_busy (void)
{
  Counts counts = { 0 };
  guint frames = g_idle_add_full (G_PRIORITY_HIGH_IDLE + 20, draw, &counts, NULL);

  strata_idle_add (G_PRIORITY_LOW, take_turn, &counts, NULL);
  pump_until (counts.n_turns == N_TURNS);
  g_assert_cmpuint (counts.n_together, ==, 0);
  g_source_remove (frames);
}

static gboolean
set (gpointer data)
{
  *(gboolean *) data = TRUE;

  return G_SOURCE_REMOVE;
}

/* Its end is also that of its patience. */
static void
test_removed (void)
{
  guint busy = support_keep_busy ();
  gboolean removed = FALSE;
  gboolean kept = FALSE;

  g_source_remove (strata_idle_add (G_PRIORITY_LOW, set, &removed, NULL));
  strata_idle_add (G_PRIORITY_LOW, set, &kept, NULL);
  pump_until (kept);
  g_assert_false (removed);
  g_source_remove (busy);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);
  g_test_add_func ("/state/idle/busy", test_busy);
  g_test_add_func ("/state/idle/removed", test_removed);

  return g_test_run ();
}
