/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/heads.h"
#include "app/support.h"

#define HERE "47ab92c0de15"

static const char *
get_id (StrataSnapshot *snapshot,
        GArray         *nodes,
        guint           index)
{
  return strata_revision_get_id (strata_graph_get_revision (snapshot->graph, g_array_index (nodes, guint, index)));
}

static void
write_revision (SupportSample *sample,
                const char    *id,
                const char    *revises)
{
  g_autofree char *name = g_strdup_printf ("versions/%s_x.sql", id);
  g_autofree char *text = g_strdup_printf ("-- X\n--\n-- Revision: %s\n-- Revises: %s\n\n-- strata:upgrade\n\n"
                                           "-- strata:downgrade\n", id, revises);

  support_sample_write (sample, name, text);
}

static void
test_two (SupportSample *sample,
          gconstpointer  data)
{
  StrataSession *session;
  StrataSnapshot *snapshot;
  g_autoptr(StrataHeads) heads = NULL;
  StrataHeadSide *trunk;
  StrataHeadSide *side;

  write_revision (sample, "f00000000001", "03e7ba58c6f4");
  write_revision (sample, "f00000000002", "f00000000001");
  session = support_sample_open (sample);
  snapshot = strata_session_get_snapshot (session);
  heads = strata_heads_new (snapshot);

  g_assert_cmpuint (heads->sides->len, ==, 2);
  trunk = g_ptr_array_index (heads->sides, 0);
  side = g_ptr_array_index (heads->sides, 1);
  g_assert_cmpuint (trunk->own->len, ==, 2);
  g_assert_cmpstr (get_id (snapshot, trunk->own, 0), ==, "7d18e5c2f9a6");
  g_assert_cmpuint (side->own->len, ==, 2);
  g_assert_cmpstr (get_id (snapshot, side->own, 0), ==, "f00000000002");
  g_assert_cmpstr (get_id (snapshot, side->own, 1), ==, "f00000000001");
  g_assert_cmpuint (heads->forks->len, ==, 1);
  g_assert_cmpstr (get_id (snapshot, heads->forks, 0), ==, "03e7ba58c6f4");

  pump_until_finalized (session);
}

static void
test_nothing_shared (SupportSample *sample,
                     gconstpointer  data)
{
  StrataSession *session;
  g_autoptr(StrataHeads) heads = NULL;

  write_revision (sample, "f00000000001", "");
  session = support_sample_open (sample);
  heads = strata_heads_new (strata_session_get_snapshot (session));

  g_assert_cmpuint (heads->sides->len, ==, 2);
  g_assert_cmpuint (heads->forks->len, ==, 0);
  pump_until_finalized (session);
}

/* What two of three share is nobody's own, and not where all part. */
static void
test_three (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session;
  StrataSnapshot *snapshot;
  g_autoptr(StrataHeads) heads = NULL;

  write_revision (sample, "f00000000001", "7d18e5c2f9a6");
  write_revision (sample, "f00000000002", "7d18e5c2f9a6");
  write_revision (sample, "f00000000003", "c6921da04e7b");
  session = support_sample_open (sample);
  snapshot = strata_session_get_snapshot (session);
  heads = strata_heads_new (snapshot);

  g_assert_cmpuint (heads->sides->len, ==, 3);
  for (guint i = 0; i < 3; i++)
    g_assert_cmpuint (((StrataHeadSide *) g_ptr_array_index (heads->sides, i))->own->len, ==, 1);
  g_assert_cmpuint (heads->forks->len, ==, 1);
  g_assert_cmpstr (get_id (snapshot, heads->forks, 0), ==, "c6921da04e7b");
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/heads/two", HERE, test_two);
  support_sample_add ("/state/heads/nothing-shared", NULL, test_nothing_shared);
  support_sample_add ("/state/heads/three", NULL, test_three);

  return g_test_run ();
}
