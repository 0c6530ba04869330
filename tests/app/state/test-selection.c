/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What becomes of the selection when the files are others. */

#include "config.h"

#include <glib/gstdio.h>

#include "app/state/selection.h"
#include "app/support.h"

#define NAME "versions/aa11bb22cc33_x.sql"
#define PARENT "7d18e5c2f9a6"

static void
write_script (SupportSample *sample,
              const char    *id)
{
  g_autofree char *text = g_strdup_printf ("-- x\n--\n-- %s\n-- Revises: " PARENT "\n\n-- strata:upgrade\nSELECT 1;\n", id);

  support_sample_write (sample, NAME, text);
}

static StrataSession *
open_selected (SupportSample *sample,
               const char    *id)
{
  const char *ids[] = { id, PARENT, NULL };
  StrataSession *session;

  write_script (sample, "Revision: aa11bb22cc33");
  session = support_sample_open (sample);
  strata_session_set_selected (session, ids);

  return session;
}

static void
reload (StrataSession *session)
{
  StrataSnapshot *before = strata_session_get_snapshot (session);

  strata_session_reload (session);
  pump_until (strata_session_get_snapshot (session) != before && strata_session_get_link (session) == STRATA_LINK_CONNECTED
              && !strata_session_get_loading (session));
}

static void
assert_selected (StrataSession *session,
                 const char    *first,
                 const char    *second)
{
  const char * const *ids = strata_session_get_selected (session);

  g_assert_cmpstr (ids[0], ==, first);
  if (first != NULL)
    g_assert_cmpstr (ids[1], ==, second);
}

/* Broken, it stays in sight; mended, it is a revision again. */
static void
test_broken (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = open_selected (sample, "aa11bb22cc33");
  g_autofree char *path = g_build_filename (sample->folder, NAME, NULL);

  write_script (sample, "Revisio: aa11bb22cc33");
  reload (session);
  assert_selected (session, path, PARENT);
  g_assert_true (strata_selection_is_file (strata_session_get_selected (session)[0]));

  write_script (sample, "Revision: aa11bb22cc33");
  reload (session);
  assert_selected (session, "aa11bb22cc33", PARENT);
  g_assert_false (strata_selection_is_file (strata_session_get_selected (session)[0]));
  pump_until_finalized (session);
}

static void
test_renamed (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = open_selected (sample, "aa11bb22cc33");

  write_script (sample, "Revision: bb11bb22cc33");
  reload (session);
  assert_selected (session, "bb11bb22cc33", PARENT);
  pump_until_finalized (session);
}

static void
test_gone (SupportSample *sample,
           gconstpointer  data)
{
  StrataSession *session = open_selected (sample, "aa11bb22cc33");
  g_autofree char *path = g_build_filename (sample->folder, NAME, NULL);

  g_assert_cmpint (g_unlink (path), ==, 0);
  reload (session);
  assert_selected (session, PARENT, NULL);

  strata_session_close (session);
  assert_selected (session, NULL, NULL);
  pump_until_finalized (session);
}

/* The database still has it. */
static void
test_lost (SupportSample *sample,
           gconstpointer  data)
{
  StrataSession *session;
  g_autofree char *path = g_build_filename (sample->folder, NAME, NULL);

  write_script (sample, "Revision: aa11bb22cc33");
  support_sample_upgrade (sample, "head");
  session = open_selected (sample, "aa11bb22cc33");
  g_assert_cmpint (g_unlink (path), ==, 0);
  reload (session);
  pump_until (strata_session_get_snapshot (session)->status->lost != NULL);
  assert_selected (session, "aa11bb22cc33", PARENT);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/selection/broken", NULL, test_broken);
  support_sample_add ("/state/selection/renamed", NULL, test_renamed);
  support_sample_add ("/state/selection/gone", NULL, test_gone);
  support_sample_add ("/state/selection/lost", NULL, test_lost);

  return g_test_run ();
}
