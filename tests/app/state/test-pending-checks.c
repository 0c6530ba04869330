/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/state/pending-checks.h"
#include "app/support.h"

#define NEW "\
-- Break it\n\
--\n\
-- Revision: 0123456789ab\n\
-- Revises: 7d18e5c2f9a6\n\
\n\
-- strata:upgrade\n\
INSERT INTO nowhere VALUES (1);\n\
SELEC 1;\n\
\n\
-- strata:downgrade\n"

static guint
get_found (StrataPendingChecks *checks,
           const char          *path)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (strata_pending_checks_get_found (checks), path));
}

static void
test_found (SupportSample *sample,
            gconstpointer  data)
{
  g_autofree char *path = g_build_filename (sample->folder, "versions", "0123456789ab_break_it.sql", NULL);
  StrataSession *session;
  StrataPendingChecks *checks;

  support_sample_write (sample, "versions/0123456789ab_break_it.sql", NEW);
  session = support_sample_open (sample);
  checks = strata_pending_checks_new (session);

  /* What the server's grammar refuses, and the table that no revision makes. */
  pump_until (get_found (checks, path) == 2);
  g_assert_cmpuint (g_hash_table_size (strata_pending_checks_get_found (checks)), ==, 1);

  /* What is no longer pending is not looked at. */
  pump_until (strata_pending_checks_is_done (checks));
  g_assert_no_errno (g_remove (path));
  strata_session_reload (session);
  pump_until (g_hash_table_size (strata_pending_checks_get_found (checks)) == 0);

  pump_until_finalized (checks);
  pump_until_finalized (session);
}

static void
test_busy (SupportSample *sample,
           gconstpointer  data)
{
  guint busy = support_keep_busy ();

  test_found (sample, data);
  g_source_remove (busy);
}

/* Given up in the middle. */
static void
test_closed (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataPendingChecks *checks = strata_pending_checks_new (session);

  g_assert_false (strata_pending_checks_is_done (checks));
  pump_until_finalized (checks);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/pending-checks/found", "47ab92c0de15", test_found);
  support_sample_add ("/state/pending-checks/busy", "47ab92c0de15", test_busy);
  support_sample_add ("/state/pending-checks/closed", "47ab92c0de15", test_closed);

  return g_test_run ();
}
