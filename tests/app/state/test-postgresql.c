/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Sessions and runs on a server that asks for a password, holds locks, and goes away. */

#include "config.h"

#include "app/support.h"
#include "core/database/postgresql-fixture.h"

/* Three steps: one that is quick, one that needs a table, one that takes its time. */
static void
write_project (SupportSample *sample,
               const char    *password)
{
  g_autofree char *ini = g_strdup_printf ("[strata]\nscript_location = %%(here)s/pg\n"
                                          "url = postgresql://strata:%s@127.0.0.1:%s/postgres\n",
                                          password, test_server_get (server, "port"));

  support_sample_write (sample, "strata.ini", ini);
  support_sample_write (sample, "pg/versions/aaaa_one.sql",
                        "-- One\n--\n-- Revision: aaaa\n-- Revises:\n\n"
                        "-- strata:upgrade\nCREATE TABLE one (id integer);\n\n"
                        "-- strata:downgrade\nDROP TABLE one;\n");
  support_sample_write (sample, "pg/versions/bbbb_two.sql",
                        "-- Two\n--\n-- Revision: bbbb\n-- Revises: aaaa\n\n"
                        "-- strata:upgrade\nALTER TABLE one ADD COLUMN name text;\n\n"
                        "-- strata:downgrade\nALTER TABLE one DROP COLUMN name;\n");
  support_sample_write (sample, "pg/versions/cccc_three.sql",
                        "-- Three\n--\n-- Revision: cccc\n-- Revises: bbbb\n\n"
                        "-- strata:upgrade\nSELECT pg_sleep(600);\n\n"
                        "-- strata:downgrade\nSELECT 1;\n");
}

static void
set_up (SupportSample *sample,
        gconstpointer  password)
{
  g_autoptr(StrataConnection) connection = open_as (TRUE, "test");

  execute (connection, "DROP TABLE IF EXISTS one, alembic_version, strata_ledger CASCADE");
  support_sample_set_up (sample, NULL);
  write_project (sample, password);
}

static StrataRunJob *
start (StrataSession *session,
       const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  options.kind = STRATA_RUN_UPGRADE;
  options.targets = targets;
  options.first_run_accepted = TRUE;

  return g_object_ref (strata_session_start_run (session, &options));
}

static const char *
get_row (StrataSession *session)
{
  const char * const *rows = strata_snapshot_get_rows (strata_session_get_snapshot (session));

  return rows != NULL ? rows[0] : NULL;
}

static void
test_password (SupportSample *sample,
               gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job;

  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_BROKEN);
  assert_code (strata_session_get_snapshot (session)->status->error, AUTHENTICATION);

  strata_session_connect (session, "also wrong");
  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTING);
  pump_until (strata_session_get_link (session) == STRATA_LINK_BROKEN);

  strata_session_connect (session, "secret");
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);

  /* A run has a connection of its own, and the same password. */
  job = start (session, "aaaa");
  pump_until (strata_run_job_has_ended (job));
  g_assert_no_error (strata_run_job_get_error (job));
  pump_until (g_strcmp0 (get_row (session), "aaaa") == 0);
  pump_until_finalized (job);
  pump_until_finalized (session);
}

static void
test_server_gone (SupportSample *sample,
                  gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  g_assert_cmpint (strata_session_get_link (session), ==, STRATA_LINK_CONNECTED);
  test_server_command (server, "crash");
  strata_session_refresh (session);
  pump_until (strata_session_get_link (session) == STRATA_LINK_BROKEN);
  g_assert_nonnull (strata_session_get_snapshot (session)->status->error);

  test_server_command (server, "start");
  strata_session_connect (session, NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
  pump_until_finalized (session);
}

static void
test_server_gone_in_run (SupportSample *sample,
                         gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job = start (session, "heads");
  const StrataRunProgress *progress = strata_run_job_get_progress (job);

  pump_until (progress->statement != NULL && g_str_has_prefix (progress->statement, "SELECT pg_sleep"));
  test_server_command (server, "stop");
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpint (progress->state, ==, STRATA_RUN_JOB_FAILED);
  g_assert_nonnull (strata_run_job_get_report (job)->in_database);
  g_assert_cmpuint (g_strv_length (progress->done), ==, 2);
  pump_until (strata_session_get_link (session) == STRATA_LINK_BROKEN);

  test_server_command (server, "start");
  strata_session_connect (session, NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
  g_assert_cmpstr (get_row (session), ==, "bbbb");
  pump_until_finalized (job);
  pump_until_finalized (session);
}

/* A statement of a minute ends when it is asked to. */
static void
test_cancel (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job = start (session, "heads");
  const StrataRunProgress *progress = strata_run_job_get_progress (job);

  pump_until (progress->statement != NULL && g_str_has_prefix (progress->statement, "SELECT pg_sleep"));
  strata_run_job_cancel (job);
  g_assert_true (strata_run_job_is_stopping (job));
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpint (progress->state, ==, STRATA_RUN_JOB_CANCELLED);
  g_assert_cmpuint (g_strv_length (progress->done), ==, 2);

  pump_until_finalized (job);
  pump_until_finalized (session);
}

static void
test_lock (SupportSample *sample,
           gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  g_autoptr(StrataConnection) other = open_as (TRUE, "long report");
  StrataRunJob *job = start (session, "aaaa");
  const StrataRunProgress *progress;

  pump_until (strata_run_job_has_ended (job) && g_strcmp0 (get_row (session), "aaaa") == 0);
  g_assert_no_error (strata_run_job_get_error (job));
  pump_until_finalized (job);

  execute (other, "BEGIN");
  execute (other, "LOCK TABLE one IN ACCESS SHARE MODE");
  job = start (session, "bbbb");
  progress = strata_run_job_get_progress (job);
  pump_until (progress->state == STRATA_RUN_JOB_WAITING && progress->holder != NULL);
  if (strstr (progress->holder, "long report") == NULL)
    g_error ("“%s” does not say who holds it", progress->holder);

  strata_run_job_cancel (job);
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpint (progress->state, ==, STRATA_RUN_JOB_CANCELLED);

  execute (other, "ROLLBACK");
  pump_until_finalized (job);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *reason = NULL;
  int status;

  support_init (&argc, &argv);
  server = test_server_start ("postgresql", NULL, &reason);
  if (server == NULL)
    {
      g_print ("1..0 # SKIP %s\n", reason);
      return 0;
    }

  g_test_add ("/state/postgresql/password", SupportSample, "wrong", set_up, test_password, support_sample_tear_down);
  g_test_add ("/state/postgresql/server-gone", SupportSample, "secret", set_up, test_server_gone,
              support_sample_tear_down);
  g_test_add ("/state/postgresql/server-gone-in-run", SupportSample, "secret", set_up, test_server_gone_in_run,
              support_sample_tear_down);
  g_test_add ("/state/postgresql/cancel", SupportSample, "secret", set_up, test_cancel, support_sample_tear_down);
  g_test_add ("/state/postgresql/lock", SupportSample, "secret", set_up, test_lock, support_sample_tear_down);
  status = g_test_run ();
  test_server_free (server);

  return status;
}
