/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/state/words.h"
#include "app/support.h"

#define HERE "47ab92c0de15"
#define NEXT "58d3c1a7e92f"
#define GHOST "f00000000001"

static StrataRevisionState
get_state (StrataSession *session,
           const char    *id)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);

  return strata_snapshot_get_state (snapshot, strata_graph_find (snapshot->graph, id));
}

static void
test_states (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  g_assert_cmpint (get_state (session, HERE), ==, STRATA_REVISION_APPLIED);
  g_assert_cmpint (get_state (session, NEXT), ==, STRATA_REVISION_PENDING);
  pump_until_finalized (session);
}

static void
test_no_database (SupportSample *sample,
                  gconstpointer  data)
{
  StrataSession *session;

  support_sample_write (sample, "strata.ini", "[strata]\nscript_location = %(here)s\n");
  session = support_sample_open (sample);
  g_assert_cmpint (get_state (session, HERE), ==, STRATA_REVISION_UNKNOWN);
  pump_until_finalized (session);
}

/* The ledger has what the folder lacks, and so it is known what it stands on. */
static void
test_lost (SupportSample *sample,
           gconstpointer  data)
{
  g_autofree char *path = g_build_filename (sample->folder, "versions", "ghost.sql", NULL);
  StrataSession *session;

  support_sample_write (sample, "versions/ghost.sql",
                        "-- Ghost\n--\n-- Revision: " GHOST "\n-- Revises: " HERE "\n\n-- strata:upgrade\nSELECT 1;\n");
  support_sample_upgrade (sample, GHOST);
  g_assert_cmpint (g_unlink (path), ==, 0);

  session = support_sample_open (sample);
  g_assert_cmpuint (strata_session_get_snapshot (session)->status->lost->found->len, ==, 1);
  g_assert_cmpint (get_state (session, HERE), ==, STRATA_REVISION_APPLIED);
  g_assert_cmpint (get_state (session, NEXT), ==, STRATA_REVISION_PENDING);
  pump_until_finalized (session);
}

/* What nobody knows may stand on anything. */
static void
test_missing (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;

  support_sample_execute (sample, "UPDATE alembic_version SET version_num = 'eeeeeeeeeeee'");
  session = support_sample_open (sample);
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);
  g_assert_cmpint (get_state (session, HERE), ==, STRATA_REVISION_UNKNOWN);
  g_assert_cmpint (get_state (session, NEXT), ==, STRATA_REVISION_UNKNOWN);
  pump_until_finalized (session);

  support_sample_execute (sample, "INSERT INTO alembic_version VALUES ('" HERE "')");
  session = support_sample_open (sample);
  g_assert_cmpint (get_state (session, HERE), ==, STRATA_REVISION_APPLIED);
  g_assert_cmpint (get_state (session, NEXT), ==, STRATA_REVISION_UNKNOWN);
  pump_until_finalized (session);
}

static void
test_address (void)
{
  g_autofree char *home = g_strconcat ("sqlite:///", g_get_home_dir (), "/shop/shop.db", NULL);
  const struct { const char *url, *address; } cases[] = {
    { home, "~/shop/shop.db" },
    { "sqlite:////srv/shop.db", "/srv/shop.db" },
    { "sqlite://", "sqlite://" },
    { "postgresql://ana:secret@db1/orders", "postgresql://ana:***@db1/orders" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataUrl) url = strata_url_parse (cases[i].url, NULL);
      g_autofree char *address = strata_words_dup_address (url);

      g_assert_cmpstr (address, ==, cases[i].address);
    }
}

int
main (int   argc,
      char *argv[])
{
  support_init (&argc, &argv);

  g_test_add_func ("/app/words/address", test_address);
  support_sample_add ("/app/snapshot/states", HERE, test_states);
  support_sample_add ("/app/snapshot/no-database", NULL, test_no_database);
  support_sample_add ("/app/snapshot/lost", HERE, test_lost);
  support_sample_add ("/app/snapshot/missing", HERE, test_missing);

  return g_test_run ();
}
