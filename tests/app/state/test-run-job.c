/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/support.h"

#define HERE "47ab92c0de15"
#define NEXT "58d3c1a7e92f"

/* Longer than anyone waits, shorter than for ever: a cancel that is not heard fails the test. */
#define ENDLESS "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 2000000000) SELECT max(i) FROM n;"

static StrataRunJob *
start (StrataSession *session,
       StrataRunKind  kind,
       const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  options.kind = kind;
  options.targets = targets;
  options.lock_wait_ms = 0;

  return g_object_ref (strata_session_start_run (session, &options));
}

static const char *
get_row (StrataSession *session)
{
  return strata_snapshot_get_rows (strata_session_get_snapshot (session))[0];
}

static void
count_signal (StrataRunJob *job,
              guint        *count)
{
  (*count)++;
}

static void
write_next (SupportSample *sample,
            const char    *sql)
{
  g_autofree char *text = g_strdup_printf ("-- Broken\n--\n-- Revision: f00000000001\n-- Revises: 7d18e5c2f9a6\n\n"
                                           "-- strata:upgrade\nCREATE TABLE half (id INTEGER);\n%s\n", sql);

  support_sample_write (sample, "versions/f00000000001_broken.sql", text);
}

static void
test_upgrade (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job = start (session, STRATA_RUN_UPGRADE, "heads");
  const StrataRunProgress *progress = strata_run_job_get_progress (job);
  guint n_signals = 0;
  g_autofree char *log = NULL;

  g_signal_connect (job, "progress-changed", G_CALLBACK (count_signal), &n_signals);
  g_assert_true (strata_session_get_run (session) == job);
  g_assert_cmpstr (strata_run_job_get_title (job), ==, "shop.db");
  g_assert_cmpint (strata_run_job_get_options (job)->kind, ==, STRATA_RUN_UPGRADE);
  g_assert_cmpint (strata_run_job_get_started (job), >, 0);

  pump_until (strata_run_job_has_ended (job));
  g_assert_no_error (strata_run_job_get_error (job));
  g_assert_cmpint (progress->state, ==, STRATA_RUN_JOB_DONE);
  g_assert_cmpuint (n_signals, >, 0);
  g_assert_cmpuint (progress->n_steps, ==, 5);
  g_assert_cmpuint (g_strv_length (progress->done), ==, 5);
  g_assert_cmpstr (progress->done[0], ==, NEXT);
  g_assert_nonnull (progress->backup);
  g_assert_cmpuint (strata_run_job_get_report (job)->n_done, ==, 5);
  for (guint i = 0; i < strata_run_job_get_log (job)->len; i++)
    {
      StrataRunLogLine *line = g_ptr_array_index (strata_run_job_get_log (job), i);

      if (line->severity == NULL)
        g_assert_cmpint (line->time_us, >=, 0);
    }

  /* It is the session's no more, and the database is read anew. */
  g_assert_null (strata_session_get_run (session));
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 0);

  pump_until_finalized (job);
  pump_until_finalized (session);
}

static void
test_downgrade (SupportSample *sample,
                gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job = start (session, STRATA_RUN_DOWNGRADE, "-1");

  pump_until (strata_run_job_has_ended (job));
  g_assert_no_error (strata_run_job_get_error (job));
  pump_until (g_str_equal (get_row (session), "d1637fe5a80c"));

  pump_until_finalized (job);
  pump_until_finalized (session);
}

static void
test_failure (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;
  StrataRunJob *job;
  StrataRunReport *report;

  write_next (sample, "INSERT INTO nothing VALUES (1);");
  session = support_sample_open (sample);
  job = start (session, STRATA_RUN_UPGRADE, "heads");
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpint (strata_run_job_get_progress (job)->state, ==, STRATA_RUN_JOB_FAILED);
  g_assert_nonnull (strata_run_job_get_error (job));
  report = strata_run_job_get_report (job);
  g_assert_cmpstr (report->failure->revision, ==, "f00000000001");
  g_assert_cmpuint (report->failure->line, ==, 8);
  g_assert_nonnull (report->next_steps[0]);
  pump_until (g_str_equal (get_row (session), "7d18e5c2f9a6"));

  pump_until_finalized (job);
  pump_until_finalized (session);
}

static void
test_cancel (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session;
  StrataRunJob *job;
  const StrataRunProgress *progress;

  write_next (sample, ENDLESS);
  session = support_sample_open (sample);
  job = start (session, STRATA_RUN_UPGRADE, "heads");
  progress = strata_run_job_get_progress (job);
  pump_until (progress->statement != NULL && g_str_has_prefix (progress->statement, "WITH RECURSIVE"));
  g_assert_cmpint (progress->state, ==, STRATA_RUN_JOB_RUNNING);
  g_assert_cmpstr (progress->revision, ==, "f00000000001");

  strata_run_job_cancel (job);
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpint (progress->state, ==, STRATA_RUN_JOB_CANCELLED);
  pump_until (g_str_equal (get_row (session), "7d18e5c2f9a6"));

  pump_until_finalized (job);
  pump_until_finalized (session);
}

/* The window may go while its run goes on: the run ends by itself and holds what it needs. */
static void
test_outlives_session (SupportSample *sample,
                       gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job = start (session, STRATA_RUN_UPGRADE, "heads");

  strata_session_close (session);
  pump_until_finalized (session);
  pump_until (strata_run_job_has_ended (job));
  g_assert_no_error (strata_run_job_get_error (job));
  pump_until_finalized (job);

  session = support_sample_open (sample);
  g_assert_cmpuint (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)), ==, 0);
  pump_until_finalized (session);
}

static void
test_cannot_connect (SupportSample *sample,
                     gconstpointer  data)
{
  StrataSession *session;
  StrataRunJob *job;

  support_sample_write (sample, "strata.ini",
                        "[strata]\nscript_location = %(here)s\nsqlalchemy.url = sqlite:///no/such/folder/shop.db\n");
  session = support_sample_open (sample);
  job = start (session, STRATA_RUN_UPGRADE, "heads");
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpint (strata_run_job_get_progress (job)->state, ==, STRATA_RUN_JOB_FAILED);
  g_assert_null (strata_run_job_get_report (job));

  pump_until_finalized (job);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/run-job/upgrade", HERE, test_upgrade);
  support_sample_add ("/state/run-job/downgrade", HERE, test_downgrade);
  support_sample_add ("/state/run-job/failure", HERE, test_failure);
  support_sample_add ("/state/run-job/cancel", HERE, test_cancel);
  support_sample_add ("/state/run-job/outlives-session", HERE, test_outlives_session);
  support_sample_add ("/state/run-job/cannot-connect", NULL, test_cannot_connect);

  return g_test_run ();
}
