/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/support.h"

#define HEAD "7d18e5c2f9a6"
#define HERE "47ab92c0de15"
#define NEXT "58d3c1a7e92f"

static const char *
get_row (StrataSession *session)
{
  const char * const *rows = strata_snapshot_get_rows (strata_session_get_snapshot (session));

  return rows != NULL ? rows[0] : NULL;
}

static void
test_open (SupportSample *sample,
           gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  g_autofree char *name = NULL;

  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);
  g_assert_no_error (strata_session_get_error (session));
  g_assert_cmpstr (strata_session_get_folder (session), ==, sample->folder);
  g_assert_cmpstr (get_row (session), ==, HERE);
  g_assert_cmpuint (strata_graph_get_n_nodes (snapshot->graph), ==, 21);
  g_assert_cmpuint (strata_snapshot_get_n_pending (snapshot), ==, 5);
  g_assert_cmpint (strata_session_get_checked_at (session), >, 0);
  name = strata_snapshot_dup_database_name (snapshot);
  g_assert_cmpstr (name, ==, "shop.db");

  pump_until_finalized (session);
}

/* A database that is not there yet is an empty one, and looking at it makes none. */
static void
test_missing_database (SupportSample *sample,
                       gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);
  g_assert_null (get_row (session));
  g_assert_cmpuint (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)), ==, 21);
  g_assert_false (g_file_test (sample->database, G_FILE_TEST_EXISTS));

  support_sample_upgrade (sample, HERE);
  strata_session_refresh (session);
  pump_until (g_strcmp0 (get_row (session), HERE) == 0);

  pump_until_finalized (session);
}

static void
test_no_project (SupportSample *sample,
                 gconstpointer  data)
{
  StrataSession *session = strata_session_new ();

  strata_session_open (session, "/nonexistent", NULL, NULL);
  g_assert_true (strata_session_get_loading (session));
  pump_until (!strata_session_get_loading (session));
  g_assert_nonnull (strata_session_get_error (session));
  g_assert_null (strata_session_get_snapshot (session));
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_NONE);

  strata_session_close (session);
  g_assert_null (strata_session_get_error (session));
  pump_until_finalized (session);
}

static void
test_no_database (SupportSample *sample,
                  gconstpointer  data)
{
  StrataSession *session;

  support_sample_write (sample, "strata.ini", "[strata]\nscript_location = %(here)s\n");
  session = support_sample_open (sample);
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_NONE);
  g_assert_cmpuint (strata_graph_get_n_nodes (strata_session_get_snapshot (session)->graph), ==, 21);
  g_assert_null (get_row (session));

  /* A connection is asked for all the same: nothing to connect to is no fault. */
  strata_session_connect (session, NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_NONE);

  pump_until_finalized (session);
}

static void
test_broken (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session;

  support_sample_write (sample, "shop.db", "This is no database, but long enough to be taken for one at first sight.\n");
  session = support_sample_open (sample);
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_BROKEN);
  g_assert_nonnull (strata_session_get_snapshot (session)->status->error);

  /* It comes back when asked. */
  g_assert_cmpint (g_unlink (sample->database), ==, 0);
  support_sample_upgrade (sample, HERE);
  strata_session_connect (session, NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
  g_assert_cmpstr (get_row (session), ==, HERE);

  pump_until_finalized (session);
}

static void
test_choose (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  strata_session_choose (session, NULL, "sqlite:///other.db");
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTING);
  pump_until (strata_session_get_link (session) != STRATA_LINK_CONNECTING && !strata_session_get_loading (session));
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);
  g_assert_cmpuint (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)), ==, 21);

  strata_session_choose (session, "nobody", NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_BROKEN);
  g_assert_nonnull (strata_session_get_snapshot (session)->choice_error);

  strata_session_choose (session, NULL, NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
  g_assert_cmpstr (get_row (session), ==, HERE);

  pump_until_finalized (session);
}

static void
test_moved_by_another (SupportSample *sample,
                       gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataSnapshot *before = strata_session_get_snapshot (session);
  gint64 checked = strata_session_get_checked_at (session);

  /* Nothing moved: the same snapshot, seen later. */
  strata_session_refresh (session);
  pump_until (strata_session_get_checked_at (session) > checked);
  g_assert_true (strata_session_get_snapshot (session) == before);

  support_sample_upgrade (sample, NEXT);
  strata_session_refresh (session);
  pump_until (g_strcmp0 (get_row (session), NEXT) == 0);
  g_assert_cmpuint (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)), ==, 4);
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);

  pump_until_finalized (session);
}

static void
test_reload (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  support_sample_write (sample, "versions/f00000000001_wish_lists.sql",
                        "-- Wish lists\n--\n-- Revision: f00000000001\n-- Revises: " HEAD "\n\n"
                        "-- strata:upgrade\nCREATE TABLE wishes (id INTEGER);\n");
  strata_session_reload (session);
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 6);
  /* What is applied did not blink meanwhile. */
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);

  pump_until_finalized (session);
}

static void
count_notify (StrataSession *session,
              GParamSpec    *pspec,
              guint         *count)
{
  (*count)++;
}

static void
test_selected (SupportSample *sample,
               gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  const char *one[] = { HERE, NULL };
  guint count = 0;

  g_signal_connect (session, "notify::selected", G_CALLBACK (count_notify), &count);
  g_assert_null (strata_session_get_selected (session)[0]);
  strata_session_set_selected (session, one);
  strata_session_set_selected (session, one);
  g_assert_cmpuint (count, ==, 1);
  g_assert_cmpstr (strata_session_get_selected (session)[0], ==, HERE);
  strata_session_set_selected (session, NULL);
  g_assert_null (strata_session_get_selected (session)[0]);
  g_assert_cmpuint (count, ==, 2);

  pump_until_finalized (session);
}

/* Whatever is under way when a session closes, opens something else, or goes: the last word counts. */
static void
test_close_early (SupportSample *sample,
                  gconstpointer  data)
{
  StrataSession *session = strata_session_new ();

  strata_session_open (session, sample->folder, NULL, NULL);
  strata_session_close (session);
  g_assert_false (strata_session_get_loading (session));
  g_assert_null (strata_session_get_folder (session));

  strata_session_open (session, "/nonexistent", NULL, NULL);
  strata_session_open (session, sample->folder, NULL, NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
  g_assert_no_error (strata_session_get_error (session));

  strata_session_reload (session);
  strata_session_refresh (session);
  strata_session_choose (session, NULL, "sqlite:///other.db");
  strata_session_close (session);
  g_assert_null (strata_session_get_snapshot (session));
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_NONE);

  strata_session_open (session, sample->folder, NULL, NULL);
  g_object_add_weak_pointer (G_OBJECT (session), (gpointer *) &session);
  g_object_unref (session);
  pump_until (session == NULL);
}

static void
test_hundred (SupportSample *sample,
              gconstpointer  data)
{
  guint n_threads = support_count ("task");
  guint n_files = support_count ("fd");

  for (guint i = 0; i < 100; i++)
    {
      StrataSession *session = strata_session_new ();

      /* Every other one goes before it has begun. */
      strata_session_open (session, sample->folder, NULL, NULL);
      if (i % 2 == 0)
        pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
      strata_session_close (session);
      pump_until_finalized (session);
    }

  /* Connections end on their own threads, some time after. */
  pump_until (support_count ("task") <= n_threads && support_count ("fd") <= n_files);
}

typedef struct
{
  GError *error;
  guint   n_revisions;
  gboolean had_connection;
  gboolean done;
} Answer;

static gpointer
count_revisions (StrataWorkspace   *workspace,
                 StrataConnection  *connection,
                 gpointer           data,
                 GCancellable      *cancellable,
                 GError           **error)
{
  Answer *answer = data;

  answer->had_connection = connection != NULL;

  return GUINT_TO_POINTER (strata_graph_get_n_nodes (strata_workspace_get_graph (workspace)));
}

static void
take_answer (GObject      *source,
             GAsyncResult *result,
             gpointer      data)
{
  Answer *answer = data;

  answer->n_revisions = GPOINTER_TO_UINT (strata_session_ask_finish (STRATA_SESSION (source), result, &answer->error));
  answer->done = TRUE;
}

static void
test_ask (SupportSample *sample,
          gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  Answer files = { 0 };
  Answer database = { 0 };
  Answer cancelled = { 0 };

  strata_session_ask_async (session, STRATA_ASK_FILES, count_revisions, &files, NULL, NULL, NULL, take_answer, &files);
  strata_session_ask_async (session, STRATA_ASK_DATABASE, count_revisions, &database, NULL, NULL, NULL, take_answer,
                            &database);
  g_cancellable_cancel (cancellable);
  strata_session_ask_async (session, STRATA_ASK_FILES, count_revisions, &cancelled, NULL, NULL, cancellable, take_answer,
                            &cancelled);
  pump_until (files.done && database.done && cancelled.done);
  g_assert_cmpuint (files.n_revisions, ==, 21);
  g_assert_cmpuint (database.n_revisions, ==, 21);
  g_assert_false (files.had_connection);
  g_assert_true (database.had_connection);
  g_assert_error (cancelled.error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&cancelled.error);

  pump_until_finalized (session);
}

/* The window is looked at again while what was written is still being read: what it then sees of before is no news. */
static void
test_refresh_of_old (SupportSample *sample,
                     gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  Answer last = { 0 };

  support_sample_write (sample, "versions/f00000000001_wish_lists.sql",
                        "-- Wish lists\n--\n-- Revision: f00000000001\n-- Revises: " HEAD "\n\n"
                        "-- strata:upgrade\nCREATE TABLE wishes (id INTEGER);\n");
  strata_session_reload (session);
  pump_until (!strata_session_get_loading (session));
  strata_session_refresh (session);
  strata_session_ask_async (session, STRATA_ASK_DATABASE, count_revisions, &last, NULL, NULL, NULL, take_answer, &last);
  pump_until (last.done);
  g_assert_cmpuint (strata_graph_get_n_nodes (strata_session_get_snapshot (session)->graph), ==, 22);

  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/session/open", HERE, test_open);
  support_sample_add ("/state/session/missing-database", NULL, test_missing_database);
  support_sample_add ("/state/session/no-project", NULL, test_no_project);
  support_sample_add ("/state/session/no-database", NULL, test_no_database);
  support_sample_add ("/state/session/broken", NULL, test_broken);
  support_sample_add ("/state/session/choose", HERE, test_choose);
  support_sample_add ("/state/session/moved-by-another", HERE, test_moved_by_another);
  support_sample_add ("/state/session/reload", HERE, test_reload);
  support_sample_add ("/state/session/selected", NULL, test_selected);
  support_sample_add ("/state/session/close-early", HERE, test_close_early);
  support_sample_add ("/state/session/hundred", HERE, test_hundred);
  support_sample_add ("/state/session/ask", HERE, test_ask);
  support_sample_add ("/state/session/refresh-of-old", HERE, test_refresh_of_old);

  return g_test_run ();
}
