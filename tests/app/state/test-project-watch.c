/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/state/project-watch.h"
#include "app/state/words.h"
#include "app/support.h"

#define NEW "-- New\n--\n-- Revision: aa0000000001\n-- Revises: 7d18e5c2f9a6\n\n-- strata:upgrade\n\n-- strata:downgrade\n"

static guint
count_revisions (StrataSession *session)
{
  return strata_graph_get_n_nodes (strata_session_get_snapshot (session)->graph);
}

static void
count_notify (StrataSession *session,
              GParamSpec    *pspec,
              guint         *count)
{
  (*count)++;
}

static void
test_files (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataProjectWatch *watch = strata_project_watch_new (session);
  g_autofree char *path = g_build_filename (sample->folder, "versions", "aa0000000001_new.sql", NULL);
  guint n = count_revisions (session);
  guint n_loads = 0;

  support_sample_write (sample, "versions/aa0000000001_new.sql", NEW);
  pump_until (count_revisions (session) == n + 1);

  /* Many changes, one reading: it begins and ends. */
  g_signal_connect (session, "notify::loading", G_CALLBACK (count_notify), &n_loads);
  for (guint i = 0; i < 20; i++)
    support_sample_write (sample, "versions/aa0000000001_new.sql", NEW);
  g_assert_cmpint (g_unlink (path), ==, 0);
  pump_until (count_revisions (session) == n);
  g_assert_cmpuint (n_loads, <=, 4);

  g_assert_finalize_object (watch);
  strata_session_close (session);
  pump_until_finalized (session);
}

static gboolean
has_database (StrataSession *session,
              const char    *name)
{
  g_autofree char *database = strata_snapshot_dup_database_name (strata_session_get_snapshot (session));

  return g_strcmp0 (database, name) == 0;
}

static void
test_configuration (SupportSample *sample,
                    gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataProjectWatch *watch = strata_project_watch_new (session);

  support_sample_write (sample, "strata.ini", "[strata]\nsqlalchemy.url = sqlite:///other.db\n");
  pump_until (has_database (session, "other.db"));

  /* A project that was closed is not read again. */
  strata_session_close (session);
  support_sample_write (sample, "strata.ini", "[strata]\n");
  g_assert_null (strata_session_get_snapshot (session));
  g_assert_finalize_object (watch);
  pump_until_finalized (session);
}

/* A second change, while the first one is being read, is read too. */
static void
test_twice (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataProjectWatch *watch = strata_project_watch_new (session);
  guint n = count_revisions (session);
  guint n_loads = 0;

  g_signal_connect (session, "notify::loading", G_CALLBACK (count_notify), &n_loads);
  support_sample_write (sample, "strata.ini", "[strata]\nsqlalchemy.url = sqlite:///one.db\n");
  pump_until (n_loads == 1);
  support_sample_write (sample, "strata.ini", "[strata]\nsqlalchemy.url = sqlite:///two.db\n");
  support_sample_write (sample, "versions/aa0000000001_new.sql", NEW);
  pump_until (count_revisions (session) == n + 1);
  pump_until (has_database (session, "two.db"));

  g_assert_finalize_object (watch);
  strata_session_close (session);
  pump_until_finalized (session);
}

/* As a git branch that has the project not, and then one that has it. */
static void
test_vanished (SupportSample *sample,
               gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataProjectWatch *watch = strata_project_watch_new (session);
  g_autofree char *path = g_build_filename (sample->folder, "strata.ini", NULL);
  g_autofree char *text = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  pump_until (strata_session_get_error (session) != NULL);
  g_assert_null (strata_session_get_snapshot (session));

  support_sample_write (sample, "strata.ini", text);
  pump_until (strata_session_get_snapshot (session) != NULL);
  g_assert_no_error (strata_session_get_error (session));

  g_assert_finalize_object (watch);
  strata_session_close (session);
  pump_until_finalized (session);
}

/* A folder that never had one. */
static void
test_appears (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = strata_session_new ();
  StrataProjectWatch *watch = strata_project_watch_new (session);
  g_autofree char *folder = g_build_filename (sample->folder, "empty", NULL);
  g_autofree char *git = g_build_filename (sample->folder, "empty", ".git", NULL);

  g_assert_cmpint (g_mkdir_with_parents (git, 0755), ==, 0);
  strata_session_open (session, folder, NULL, NULL);
  pump_until (strata_session_get_error (session) != NULL);

  support_sample_write (sample, "empty/strata.ini", "[strata]\nversion_locations = versions\n");
  pump_until (strata_session_get_snapshot (session) != NULL);
  /* Nor was there a folder for revisions. */
  support_sample_write (sample, "empty/versions/aa0000000001_new.sql", NEW);
  pump_until (count_revisions (session) == 1);

  g_assert_finalize_object (watch);
  strata_session_close (session);
  pump_until_finalized (session);
}

static void
write_and_wait (SupportSample *sample,
                StrataSession *session,
                const char    *file,
                const char    *text)
{
  guint n_loads = 0;
  gulong handler = g_signal_connect (session, "notify::loading", G_CALLBACK (count_notify), &n_loads);

  support_sample_write (sample, file, text);
  pump_until (n_loads >= 2);
  g_signal_handler_disconnect (session, handler);
}

/* .git may be a file that points elsewhere. */
static void
test_git (SupportSample *sample,
          gconstpointer  data)
{
  StrataSession *session;
  StrataProjectWatch *watch;

  support_sample_write (sample, "real/HEAD", "ref: refs/heads/main\n");
  support_sample_write (sample, "real/logs/HEAD", "");
  support_sample_write (sample, ".git", "gitdir: real\n");
  session = support_sample_open (sample);
  watch = strata_project_watch_new (session);

  write_and_wait (sample, session, "real/HEAD", "ref: refs/heads/other\n");
  write_and_wait (sample, session, "real/logs/HEAD", "0 1 someone <> 0\tcommit\n");

  g_assert_finalize_object (watch);
  strata_session_close (session);
  pump_until_finalized (session);
}

static void
test_age (void)
{
  static const struct { gint64 age; const char *words; } cases[] = {
    { -5, "just now" }, { 59, "just now" }, { 60, "1 minute ago" }, { 3 * 60, "3 minutes ago" },
    { 2 * 3600, "2 hours ago" }, { 30 * 3600, "yesterday" }, { 3 * 86400, "3 days ago" },
    { 40 * 86400, "1 month ago" }, { 800 * 86400, "2 years ago" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = strata_words_dup_age (1000000000, 1000000000 + cases[i].age);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/app/state/words/age", test_age);
  support_sample_add ("/app/state/project-watch/files", "47ab92c0de15", test_files);
  support_sample_add ("/app/state/project-watch/configuration", "47ab92c0de15", test_configuration);

  support_sample_add ("/app/state/project-watch/twice", "47ab92c0de15", test_twice);
  support_sample_add ("/app/state/project-watch/vanished", "47ab92c0de15", test_vanished);
  support_sample_add ("/app/state/project-watch/appears", NULL, test_appears);
  support_sample_add ("/app/state/project-watch/git", NULL, test_git);

  return g_test_run ();
}
