/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The tables of the session's database: read when they are wanted, and again where it has moved. */

#include "config.h"

#include "app/state/seen-tables.h"
#include "app/support.h"

static gboolean
has_rows (StrataSeenTables *tables,
          const char       *row)
{
  const char * const *rows = strata_seen_tables_get_rows (tables);

  return rows != NULL && g_strcmp0 (rows[0], row) == 0;
}

static void
test_moved (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataSeenTables *tables = strata_seen_tables_new (session);
  g_autofree char *first = g_strdup (strata_snapshot_get_rows (strata_session_get_snapshot (session))[0]);
  StrataPicture *picture;

  g_assert_null (strata_seen_tables_get (tables));
  strata_seen_tables_want (tables);
  pump_until (strata_seen_tables_get (tables) != NULL);
  g_assert_true (has_rows (tables, first));
  picture = strata_seen_tables_get (tables);
  g_assert_nonnull (strata_picture_find_table (picture, NULL, "customers"));

  /* What is known is not read again. */
  strata_seen_tables_want (tables);
  g_assert_true (strata_seen_tables_get (tables) == picture);

  support_sample_upgrade (sample, "head");
  strata_session_reload (session);
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 0);
  strata_seen_tables_want (tables);
  g_assert_null (strata_seen_tables_get (tables));
  pump_until (strata_seen_tables_get (tables) != NULL);
  g_assert_false (has_rows (tables, first));

  pump_until_finalized (tables);
  strata_session_close (session);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);
  support_sample_add ("/state/seen-tables/moved", "1b7d93c5e044", test_moved);

  return g_test_run ();
}
