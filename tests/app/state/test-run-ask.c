/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/run-ask.h"
#include "app/state/run-words.h"
#include "app/support.h"

#define HERE "47ab92c0de15"

static void
on_preview (GObject      *source,
            GAsyncResult *result,
            gpointer      data)
{
  g_autoptr(GError) error = NULL;
  StrataPreview **preview = data;

  *preview = strata_run_ask_preview_finish (STRATA_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static StrataPreview *
ask (StrataSession *session,
     StrataRunKind  kind,
     const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataPreview *preview = NULL;

  options.kind = kind;
  options.targets = targets;
  strata_run_ask_preview_async (session, &options, NULL, on_preview, &preview);
  pump_until (preview != NULL);

  return preview;
}

static void
test_preview (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  g_autoptr(StrataPreview) preview = ask (session, STRATA_RUN_UPGRADE, "heads");
  g_autofree char *summary = strata_run_words_dup_summary (preview, "shop.db");
  g_autofree char *remarks = strata_run_words_dup_remarks (preview);

  g_assert_no_error (preview->refusal);
  g_assert_cmpuint (strata_plan_get_n_steps (preview->plan), ==, 5);
  g_assert_cmpstr (summary, ==, "5 revisions, 4 transactions, on shop.db");
  g_assert_cmpstr (remarks, ==, "1 statement runs outside of a transaction: what it did stays if something fails after "
                   "it. A copy of the database is kept first.");
  pump_until_finalized (session);
}

/* What is shown is the truth of now, not of the last look. */
static void
test_moved (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  g_autoptr(StrataPreview) preview = NULL;

  support_sample_upgrade (sample, "+2");
  preview = ask (session, STRATA_RUN_UPGRADE, "heads");
  g_assert_cmpuint (strata_plan_get_n_steps (preview->plan), ==, 3);
  pump_until_finalized (session);
}

static void
test_targets (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  g_autoptr(StrataPreview) up = ask (session, STRATA_RUN_UPGRADE, "+1");
  g_autoptr(StrataPreview) down = ask (session, STRATA_RUN_DOWNGRADE, "-1");
  g_autoptr(StrataPreview) far = ask (session, STRATA_RUN_DOWNGRADE, "-16");
  g_autofree char *next = strata_run_ask_dup_target (up, "+1");
  g_autofree char *before = strata_run_ask_dup_target (down, "-1");
  g_autofree char *base = strata_run_ask_dup_target (far, "-16");
  g_autofree char *heads = strata_run_ask_dup_target (up, "heads");

  g_assert_cmpstr (next, ==, "58d3c1a7e92f");
  g_assert_cmpstr (before, ==, "d1637fe5a80c");
  g_assert_cmpstr (heads, ==, "heads");
  g_assert_true (far->plan == NULL || g_str_equal (base, "base"));
  pump_until_finalized (session);
}

static void
on_copies (GObject      *source,
           GAsyncResult *result,
           gpointer      data)
{
  g_autoptr(GError) error = NULL;
  GPtrArray **copies = data;

  *copies = strata_run_ask_copies_finish (STRATA_SESSION (source), result, &error);
  g_assert_no_error (error);
}

static void
test_restore (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;
  GPtrArray *copies = NULL;
  StrataRunJob *job;
  g_autofree char *end = NULL;

  support_sample_upgrade (sample, "heads");
  session = support_sample_open (sample);
  strata_run_ask_copies_async (session, NULL, on_copies, &copies);
  pump_until (copies != NULL);
  g_assert_cmpuint (copies->len, ==, 1);

  job = g_object_ref (strata_session_start_restore (session, ((StrataCopy *) g_ptr_array_index (copies, 0))->name));
  g_assert_cmpstr (strata_run_job_get_action (job), ==, "restore");
  pump_until (strata_run_job_has_ended (job));
  g_assert_no_error (strata_run_job_get_error (job));
  g_assert_cmpstr (strata_run_job_get_restored (job)->rows[0], ==, HERE);
  end = strata_run_words_dup_end (job);
  g_assert_cmpstr (end, ==, "shop.db is back at 47ab92c0de15, as it was before upgrade heads");
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 5);

  g_ptr_array_unref (copies);
  pump_until_finalized (job);
  pump_until_finalized (session);
}

static void
test_restore_nothing (SupportSample *sample,
                      gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job = g_object_ref (strata_session_start_restore (session, "20200101T000000.000000Z"));

  pump_until (strata_run_job_has_ended (job));
  g_assert_nonnull (strata_run_job_get_error (job));
  g_assert_null (strata_run_job_get_restored (job));
  pump_until_finalized (job);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  support_sample_add ("/state/run-ask/preview", HERE, test_preview);
  support_sample_add ("/state/run-ask/moved", HERE, test_moved);
  support_sample_add ("/state/run-ask/targets", HERE, test_targets);
  support_sample_add ("/state/run-ask/restore", HERE, test_restore);
  support_sample_add ("/state/run-ask/restore-nothing", HERE, test_restore_nothing);

  return g_test_run ();
}
