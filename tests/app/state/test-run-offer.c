/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/state/run-offer.h"
#include "app/support.h"

#define HERE "47ab92c0de15"

static void
write_side (SupportSample *sample)
{
  support_sample_write (sample, "versions/f00000000002_side.sql",
                        "-- Side\n--\n-- Revision: f00000000002\n-- Revises: 03e7ba58c6f4\n\n-- strata:upgrade\n\n"
                        "-- strata:downgrade\n");
}

static void
assert_offer (StrataSession      *session,
              StrataRunOfferKind  kind,
              const char         *label,
              const char         *action,
              const char         *target)
{
  g_autoptr(StrataRunOffer) offer = strata_run_offer_new (session);

  g_assert_cmpint (offer->kind, ==, kind);
  g_assert_cmpstr (offer->label, ==, label);
  g_assert_cmpstr (offer->action, ==, action);
  g_assert_cmpstr (offer->target, ==, target);
  g_assert_cmpint (offer->tooltip == NULL, ==, label == NULL);
}

static void
assert_can (StrataSession *session,
            gboolean       run,
            gboolean       step,
            gboolean       downgrade,
            gboolean       restore)
{
  g_autoptr(StrataRunOffer) offer = strata_run_offer_new (session);

  g_assert_cmpint (offer->can_run, ==, run);
  g_assert_cmpint (offer->can_step, ==, step);
  g_assert_cmpint (offer->can_downgrade, ==, downgrade);
  g_assert_cmpint (offer->can_restore, ==, restore);
}

static void
test_nothing (void)
{
  StrataSession *session = strata_session_new ();

  assert_offer (session, STRATA_OFFER_NOTHING, NULL, NULL, NULL);
  assert_can (session, FALSE, FALSE, FALSE, FALSE);
  pump_until_finalized (session);
}

static void
test_upgrade (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  assert_offer (session, STRATA_OFFER_UPGRADE, "Upgrade 5…", "win.upgrade", "");
  assert_can (session, TRUE, TRUE, TRUE, TRUE);
  pump_until_finalized (session);
}

static void
test_first (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  assert_offer (session, STRATA_OFFER_UPGRADE, "Upgrade 21…", "win.upgrade", "");
  assert_can (session, TRUE, TRUE, FALSE, TRUE);
  pump_until_finalized (session);
}

static void
test_up_to_date (SupportSample *sample,
                 gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);

  assert_offer (session, STRATA_OFFER_UP_TO_DATE, "Up to Date", NULL, NULL);
  assert_can (session, TRUE, FALSE, TRUE, TRUE);
  pump_until_finalized (session);
}

static void
test_heads (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session;

  write_side (sample);
  session = support_sample_open (sample);
  assert_offer (session, STRATA_OFFER_HEADS, "2 Heads…", "win.show-heads", NULL);
  assert_can (session, TRUE, TRUE, TRUE, TRUE);
  pump_until_finalized (session);
}

static void
test_rescue (SupportSample *sample,
             gconstpointer  data)
{
  g_autofree char *path = NULL;
  StrataSession *session;

  write_side (sample);
  support_sample_upgrade (sample, "f00000000002");
  path = g_build_filename (sample->folder, "versions", "f00000000002_side.sql", NULL);
  g_assert_cmpint (g_unlink (path), ==, 0);
  session = support_sample_open (sample);
  assert_offer (session, STRATA_OFFER_RESCUE, "Rescue…", "win.rescue", "f00000000002");
  pump_until_finalized (session);
}

static void
test_connect (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;

  support_sample_write (sample, "strata.ini",
                        "[strata]\nscript_location = %(here)s\nsqlalchemy.url = sqlite:///no/such/folder/shop.db\n");
  session = support_sample_open (sample);
  assert_offer (session, STRATA_OFFER_CONNECT, "Connect…", "win.connect", NULL);
  assert_can (session, FALSE, FALSE, FALSE, TRUE);
  pump_until_finalized (session);
}

static void
test_unknown_database (SupportSample *sample,
                       gconstpointer  data)
{
  StrataSession *session;

  support_sample_write (sample, "strata.ini", "[strata]\nscript_location = %(here)s\n");
  session = support_sample_open (sample);
  assert_offer (session, STRATA_OFFER_CONNECT, "Connect…", "win.connect", NULL);
  assert_can (session, FALSE, FALSE, FALSE, FALSE);
  pump_until_finalized (session);
}

static void
test_running (SupportSample *sample,
              gconstpointer  data)
{
  const char *targets[] = { "heads", NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  StrataSession *session = support_sample_open (sample);
  StrataRunJob *job;

  options.targets = targets;
  job = g_object_ref (strata_session_start_run (session, &options));
  assert_offer (session, STRATA_OFFER_BUSY, "Running…", NULL, NULL);
  assert_can (session, FALSE, FALSE, FALSE, FALSE);
  pump_until (strata_run_job_has_ended (job));
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 0);
  assert_offer (session, STRATA_OFFER_UP_TO_DATE, "Up to Date", NULL, NULL);
  pump_until_finalized (job);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init (&argc, &argv);

  g_test_add_func ("/state/run-offer/nothing", test_nothing);
  support_sample_add ("/state/run-offer/upgrade", HERE, test_upgrade);
  support_sample_add ("/state/run-offer/first", NULL, test_first);
  support_sample_add ("/state/run-offer/up-to-date", "heads", test_up_to_date);
  support_sample_add ("/state/run-offer/heads", HERE, test_heads);
  support_sample_add ("/state/run-offer/rescue", HERE, test_rescue);
  support_sample_add ("/state/run-offer/connect", NULL, test_connect);
  support_sample_add ("/state/run-offer/unknown-database", NULL, test_unknown_database);
  support_sample_add ("/state/run-offer/running", HERE, test_running);

  return g_test_run ();
}
