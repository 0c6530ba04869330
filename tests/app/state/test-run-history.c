/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "app/state/run-history.h"
#include "app/state/run-log.h"
#include "app/support.h"

#define HERE "47ab92c0de15"

static StrataRunRecord *
get_run (StrataRunHistory *history,
         guint             index)
{
  g_autoptr(StrataRunRecord) record = g_list_model_get_item (strata_run_history_get_runs (history), index);

  return record;
}

static guint
count_runs (StrataRunHistory *history)
{
  return g_list_model_get_n_items (strata_run_history_get_runs (history));
}

static StrataRunJob *
start (StrataSession *session,
       const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;

  options.targets = targets;

  return g_object_ref (strata_session_start_run (session, &options));
}

static void
test_ledger (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session;
  StrataRunHistory *history;
  g_autofree char *title = NULL;
  g_autofree char *result = NULL;

  support_sample_downgrade (sample, "-1");
  session = support_sample_open (sample);
  history = strata_run_history_new (session);
  pump_until (count_runs (history) == 2);

  title = strata_run_record_dup_title (get_run (history, 0));
  result = strata_run_record_dup_result (get_run (history, 0));
  g_assert_cmpstr (title, ==, "Downgrade, 1 revision");
  g_assert_cmpstr (result, ==, "Done");
  g_assert_cmpint (strata_run_record_get_state (get_run (history, 1)), ==, STRATA_RECORD_DONE);
  g_assert_cmpuint (strata_run_record_get_entries (get_run (history, 1))->len, ==, 16);
  g_assert_cmpint (strata_run_record_get_began (get_run (history, 0)), >,
                   strata_run_record_get_began (get_run (history, 1)));
  g_assert_null (strata_run_record_get_job (get_run (history, 0)));

  g_assert_finalize_object (history);
  pump_until_finalized (session);
}

/* The run of this window and what the ledger then has of it are one. */
static void
test_own (SupportSample *sample,
          gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunHistory *history = strata_run_history_new (session);
  g_autoptr(StrataRunRecord) record = NULL;
  StrataRunJob *job;

  pump_until (count_runs (history) == 1);
  job = start (session, "heads");
  g_assert_cmpuint (count_runs (history), ==, 2);
  record = g_object_ref (get_run (history, 0));
  g_assert_true (strata_run_record_get_job (record) == job);
  g_assert_cmpint (strata_run_record_get_state (record), ==, STRATA_RECORD_RUNNING);
  g_assert_true (strata_run_history_find (history, strata_run_job_get_name (job)) == record);

  pump_until (strata_run_record_get_entries (record) != NULL);
  g_assert_cmpint (strata_run_record_get_state (record), ==, STRATA_RECORD_DONE);
  g_assert_cmpuint (count_runs (history), ==, 2);
  g_assert_true (get_run (history, 0) == record);
  g_assert_true (strata_run_history_find (history, strata_run_job_get_report (job)->run) == record);

  g_object_unref (job);
  g_assert_finalize_object (history);
  g_clear_object (&record);
  pump_until_finalized (session);
}

/* What another process did comes to the list, and what was there stays the same object: so does a selection. */
static void
test_others (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunHistory *history = strata_run_history_new (session);
  g_autoptr(StrataRunRecord) first = NULL;

  pump_until (count_runs (history) == 1);
  first = g_object_ref (get_run (history, 0));
  support_sample_upgrade (sample, "+1");
  strata_session_refresh (session);
  pump_until (count_runs (history) == 2);
  g_assert_true (get_run (history, 1) == first);

  strata_session_close (session);
  g_assert_cmpuint (count_runs (history), ==, 0);
  g_assert_finalize_object (history);
  g_clear_object (&first);
  pump_until_finalized (session);
}

/* A run that did not even connect is in no ledger. */
static void
test_only_here (SupportSample *sample,
                gconstpointer  data)
{
  StrataSession *session;
  StrataRunHistory *history;
  StrataRunJob *job;
  g_autofree char *tail = NULL;

  support_sample_write (sample, "strata.ini",
                        "[strata]\nscript_location = %(here)s\nsqlalchemy.url = sqlite:///no/such/folder/shop.db\n");
  session = support_sample_open (sample);
  history = strata_run_history_new (session);
  job = start (session, "heads");
  pump_until (strata_run_job_has_ended (job));
  g_assert_cmpuint (count_runs (history), ==, 1);
  g_assert_cmpint (strata_run_record_get_state (get_run (history, 0)), ==, STRATA_RECORD_FAILED);
  g_assert_null (strata_run_record_get_run (get_run (history, 0)));
  tail = strata_run_log_dup_tail (get_run (history, 0));
  g_assert_nonnull (strstr (tail, "no/such/folder"));

  g_object_unref (job);
  g_assert_finalize_object (history);
  pump_until_finalized (session);
}

static void
test_log (SupportSample *sample,
          gconstpointer  data)
{
  StrataSession *session;
  StrataRunHistory *history;
  StrataRunJob *job;
  g_autofree char *text = NULL;
  g_autofree char *head = NULL;
  g_autofree char *tail = NULL;
  GPtrArray *log;

  support_sample_write (sample, "versions/f00000000001_broken.sql",
                        "-- Broken\n--\n-- Revision: f00000000001\n-- Revises: 47ab92c0de15\n\n-- strata:upgrade\n"
                        "CREATE TABLE half (id INTEGER);\nINSERT INTO half VALUES (1), (2);\nINSERT INTO nowhere VALUES (1);\n");
  session = support_sample_open (sample);
  history = strata_run_history_new (session);
  job = start (session, "f00000000001");
  log = strata_run_job_get_log (job);
  pump_until (strata_run_job_has_ended (job));

  g_assert_cmpuint (strata_run_log_count_final (job), ==, log->len);
  text = strata_run_log_dup_lines (job, 0, log->len);
  g_assert_true (g_str_has_prefix (text, "-- f00000000001\nCREATE TABLE half (id INTEGER);\n-- "));
  g_assert_nonnull (strstr (text, "INSERT INTO half VALUES (1), (2);\n-- 2 rows, "));
  g_assert_true (g_str_has_suffix (text, "INSERT INTO nowhere VALUES (1);\n"));

  head = strata_run_log_dup_head (get_run (history, 0), "shop.db");
  tail = strata_run_log_dup_tail (get_run (history, 0));
  g_assert_true (g_str_has_prefix (head, "-- shop.db: Upgrade, 1 revision\n-- "));
  g_assert_nonnull (strstr (tail, "no such table: nowhere"));
  g_assert_nonnull (strstr (tail, "\n-- In the database: Nothing of this run."));

  g_object_unref (job);
  g_assert_finalize_object (history);
  pump_until_finalized (session);
}

static void
on_texts (GObject      *source,
          GAsyncResult *result,
          gpointer      data)
{
  *(char **) data = strata_run_log_ask_finish (STRATA_SESSION (source), result, NULL);
}

static void
test_ledger_texts (SupportSample *sample,
                   gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunHistory *history = strata_run_history_new (session);
  char *text = NULL;

  pump_until (count_runs (history) == 1);
  strata_run_log_ask_async (session, get_run (history, 0), NULL, on_texts, &text);
  pump_until (text != NULL);
  g_assert_true (g_str_has_prefix (text, "-- Upgrade 8c4e1f60a2d7, done, "));
  g_assert_nonnull (strstr (text, "CREATE TABLE customers"));
  g_assert_nonnull (strstr (text, "-- Upgrade 47ab92c0de15, done, "));

  g_free (text);
  g_assert_finalize_object (history);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/run-history/ledger", HERE, test_ledger);
  support_sample_add ("/state/run-history/own", HERE, test_own);
  support_sample_add ("/state/run-history/others", HERE, test_others);
  support_sample_add ("/state/run-history/only-here", NULL, test_only_here);
  support_sample_add ("/state/run-history/log", HERE, test_log);
  support_sample_add ("/state/run-history/ledger-texts", HERE, test_ledger_texts);

  return g_test_run ();
}
