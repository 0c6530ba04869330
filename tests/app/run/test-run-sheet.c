/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/run-sheet.h"
#include "app/run/run-step-row.h"
#include "app/run/widgets.h"
#include "app/support.h"
#include "app/widgets/sql-view.h"
#include "core/project/profile-store.h"

#define HERE "47ab92c0de15"

static StrataRunSheet *
present (StrataSession *session,
         StrataRunKind  kind,
         const char    *target)
{
  const char *targets[] = { target, NULL };
  StrataRunSheet *sheet = strata_run_sheet_present (NULL, session, kind, targets);

  pump_until (g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (child_of (sheet, "pages"))), "preview"));
  pump_until (gtk_widget_get_mapped (GTK_WIDGET (child_of (sheet, "preview_view"))));

  return g_object_ref (sheet);
}

static gboolean
may_run (StrataRunSheet *sheet)
{
  return is_sensitive (sheet, "run_button");
}

static gpointer
view_of (StrataRunSheet *sheet)
{
  return child_of (sheet, "preview_view");
}

static void
close_sheet (StrataRunSheet *sheet)
{
  gtk_window_destroy (GTK_WINDOW (sheet));
  pump_until_finalized (sheet);
}

static void
test_upgrade (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_UPGRADE, "heads");
  GtkWidget *row = find (sheet, STRATA_TYPE_RUN_STEP_ROW, 0);

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (sheet)), ==, "Upgrade shop.db");
  g_assert_cmpstr (text_of (sheet, "run_label"), ==, "Upgrade shop.db");
  g_assert_cmpstr (text_of (view_of (sheet), "summary"), ==, "5 revisions, 4 transactions, on shop.db");
  g_assert_cmpuint (count (sheet, STRATA_TYPE_RUN_STEP_ROW), ==, 5);
  g_assert_false (is_shown (view_of (sheet), "refusal_box"));
  g_assert_false (is_shown (view_of (sheet), "loss_group"));
  g_assert_true (may_run (sheet));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (child_of (sheet, "run_button")), "suggested-action"));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (sheet)) == GTK_WIDGET (child_of (sheet, "run_button")));

  /* The SQL is made for those who look. */
  g_assert_cmpuint (count (row, STRATA_TYPE_SQL_VIEW), ==, 0);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  g_assert_cmpuint (count (row, STRATA_TYPE_SQL_VIEW), ==, 1);

  gtk_widget_activate_action (GTK_WIDGET (sheet), "sheet.run", NULL);
  g_assert_nonnull (strata_session_get_run (session));
  g_assert_cmpstr (strata_run_job_get_options (strata_session_get_run (session))->targets[0], ==, "heads");
  pump_until_finalized (sheet);
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 0);
  pump_until_finalized (session);
}

static void
test_cancel (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_UPGRADE, "heads");

  gtk_window_close (GTK_WINDOW (sheet));
  pump_until_finalized (sheet);
  g_assert_null (strata_session_get_run (session));

  /* Also while it still reads. */
  sheet = g_object_ref (strata_run_sheet_present (NULL, session, STRATA_RUN_UPGRADE, (const char *[]) { "heads", NULL }));
  close_sheet (sheet);
  pump_until_finalized (session);
}

static void
test_loss (SupportSample *sample,
           gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_DOWNGRADE, "-1");

  g_assert_true (may_run (sheet));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (sheet)), ==, "Downgrade shop.db");
  close_sheet (sheet);

  sheet = present (session, STRATA_RUN_DOWNGRADE, "8c4e1f60a2d7");
  g_assert_true (is_shown (view_of (sheet), "loss_group"));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (child_of (sheet, "run_button")), "destructive-action"));
  g_assert_true (says (sheet, "Drops the table "));
  close_sheet (sheet);
  pump_until_finalized (session);
}

/* What was shown is what runs, wherever the database is by then. */
static void
test_relative (SupportSample *sample,
               gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_UPGRADE, "+1");

  g_assert_cmpuint (count (sheet, STRATA_TYPE_RUN_STEP_ROW), ==, 1);
  gtk_widget_activate_action (GTK_WIDGET (sheet), "sheet.run", NULL);
  g_assert_cmpstr (strata_run_job_get_options (strata_session_get_run (session))->targets[0], ==, "58d3c1a7e92f");
  pump_until_finalized (sheet);
  pump_until (strata_session_get_run (session) == NULL);
  pump_until_finalized (session);
}

static void
test_refused (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;
  StrataRunSheet *sheet;

  support_sample_write (sample, "versions/f00000000001_lost.sql",
                        "-- Lost\n--\n-- Revision: f00000000001\n-- Revises: nowhere\n\n-- strata:upgrade\n");
  session = support_sample_open (sample);
  sheet = present (session, STRATA_RUN_UPGRADE, "heads");
  g_assert_true (is_shown (view_of (sheet), "refusal_box"));
  g_assert_false (is_shown (sheet, "run_button"));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (child_of (sheet, "cancel_button"))), ==, "_Close");
  close_sheet (sheet);
  pump_until_finalized (session);
}

#define BROKEN \
  "-- Break it\n--\n-- Revision: 0123456789ab\n-- Revises: 7d18e5c2f9a6\n\n-- strata:upgrade\nSELEC 1;\n\n" \
  "-- strata:downgrade\nDORP TABLE x;\n"

/* The server has the last word, but nobody presses the button without having been told. */
static void
test_findings (SupportSample *sample,
               gconstpointer  data)
{
  StrataSession *session;
  StrataRunSheet *sheet;

  support_sample_write (sample, "versions/0123456789ab_break_it.sql", BROKEN);
  session = support_sample_open (sample);
  sheet = present (session, STRATA_RUN_UPGRADE, "heads");
  g_assert_true (is_shown (view_of (sheet), "findings_box"));
  g_assert_cmpstr (text_of (view_of (sheet), "findings"), ==,
                   "Checks finds 1 error, in “Break it” below. The run most likely fails there.");
  g_assert_true (says (sheet, "SQLite: near \"SELEC\": syntax error"));
  g_assert_true (says (sheet, "0123456789ab_break_it.sql:7"));
  g_assert_false (says (sheet, "DORP"));
  g_assert_true (may_run (sheet));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (sheet)) == GTK_WIDGET (child_of (sheet, "cancel_button")));
  close_sheet (sheet);

  /* Not of this run, and no word of it. */
  sheet = present (session, STRATA_RUN_UPGRADE, "7d18e5c2f9a6");
  g_assert_false (is_shown (view_of (sheet), "findings_box"));
  g_assert_false (says (sheet, "SELEC"));
  close_sheet (sheet);

  /* The way back has its own. */
  support_sample_upgrade (sample, "7d18e5c2f9a6");
  support_sample_execute (sample, "UPDATE alembic_version SET version_num = '0123456789ab'");
  strata_session_refresh (session);
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 0);
  sheet = present (session, STRATA_RUN_DOWNGRADE, "-1");
  g_assert_true (says (sheet, "SQLite: near \"DORP\": syntax error"));
  g_assert_false (says (sheet, "SELEC"));

  /* Opened, the sheet is not in the way. */
  gtk_widget_activate_action (GTK_WIDGET (sheet), "sheet.open", "(suu)", "0123456789ab", 10, 1);
  pump_until_finalized (sheet);
  pump_until_finalized (session);
}

static void
test_nothing_to_do (SupportSample *sample,
                    gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_UPGRADE, "heads");

  g_assert_cmpstr (text_of (view_of (sheet), "summary"), ==, "Nothing to do: shop.db is there already");
  g_assert_false (is_shown (sheet, "run_button"));
  close_sheet (sheet);
  pump_until_finalized (session);
}

static void
execute (SupportSample *sample,
         const char    *sql)
{
  const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = sample->database };
  const StrataConnectOptions options = { .writable = TRUE, .create = TRUE };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataConnection) connection = strata_connection_open (url, &options, NULL, &error);

  g_assert_no_error (error);
  strata_connection_execute (connection, sql, -1, NULL, 0, NULL, NULL, &error);
  g_assert_no_error (error);
}

static void
test_first_run (SupportSample *sample,
                gconstpointer  data)
{
  StrataSession *session;
  StrataRunSheet *sheet;
  gpointer confirm;

  execute (sample, "CREATE TABLE stranger (id INTEGER)");
  session = support_sample_open (sample);
  sheet = present (session, STRATA_RUN_UPGRADE, "heads");
  confirm = child_of (sheet, "confirm");
  g_assert_true (is_shown (confirm, "question_group"));
  g_assert_true (says (confirm, "never run on shop.db, which is not empty"));
  g_assert_false (may_run (sheet));

  gtk_check_button_set_active (GTK_CHECK_BUTTON (child_of (confirm, "question_check")), TRUE);
  g_assert_true (may_run (sheet));
  gtk_widget_activate_action (GTK_WIDGET (sheet), "sheet.run", NULL);
  g_assert_true (strata_run_job_get_options (strata_session_get_run (session))->first_run_accepted);
  pump_until_finalized (sheet);
  pump_until (strata_session_get_run (session) == NULL);
  pump_until_finalized (session);
}

static void
test_protected (SupportSample *sample,
                gconstpointer  data)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autofree char *text = g_strconcat ("sqlite:///", sample->database, NULL);
  g_autoptr(StrataUrl) url = strata_url_parse (text, NULL);
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(GError) error = NULL;
  StrataSession *session = strata_session_new ();
  StrataRunSheet *sheet;
  GtkEditable *typed;

  fields.name = "orders-prod";
  fields.project = sample->folder;
  fields.url = url;
  fields.environment = STRATA_PROFILE_PRODUCTION;
  fields.is_protected = TRUE;
  profile = strata_profile_new (&fields, &error);
  g_assert_no_error (error);
  strata_profiles_add (profile, &error);
  g_assert_no_error (error);

  strata_session_open (session, sample->folder, "orders-prod", NULL);
  pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED);
  sheet = present (session, STRATA_RUN_UPGRADE, "heads");
  typed = GTK_EDITABLE (child_of (child_of (sheet, "confirm"), "typed"));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (sheet)), ==, "Upgrade orders-prod");
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (typed)), ==, "Type orders-prod to continue");
  g_assert_false (may_run (sheet));
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (sheet)) == GTK_WIDGET (child_of (sheet, "cancel_button")));

  gtk_editable_set_text (typed, "orders");
  g_assert_false (may_run (sheet));
  gtk_editable_set_text (typed, "orders-prod");
  g_assert_true (may_run (sheet));
  close_sheet (sheet);
  pump_until_finalized (session);
}

/* The option changes what is said, and the button waits until it is said. */
static void
test_options (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_UPGRADE, "58d3c1a7e92f");
  gpointer options = child_of (sheet, "options");

  g_assert_cmpstr (text_of (view_of (sheet), "remarks"), ==, "A copy of the database is kept first.");
  gtk_switch_set_active (GTK_SWITCH (child_of (options, "copy")), FALSE);
  g_assert_false (may_run (sheet));
  pump_until (may_run (sheet));
  g_assert_cmpstr (text_of (view_of (sheet), "remarks"), ==, "");

  gtk_switch_set_active (GTK_SWITCH (child_of (options, "single")), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (child_of (options, "lock_timeout")), 7);
  pump_until (may_run (sheet));
  gtk_widget_activate_action (GTK_WIDGET (sheet), "sheet.run", NULL);
  g_assert_true (strata_run_job_get_options (strata_session_get_run (session))->no_backup);
  g_assert_true (strata_run_job_get_options (strata_session_get_run (session))->single_transaction);
  g_assert_cmpint (strata_run_job_get_options (strata_session_get_run (session))->lock_timeout_ms, ==, 7000);
  pump_until_finalized (sheet);
  pump_until (strata_session_get_run (session) == NULL);
  pump_until_finalized (session);
}

/* Another process was faster: the sheet shows what is left. */
static void
test_moves (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRunSheet *sheet = present (session, STRATA_RUN_UPGRADE, "heads");

  support_sample_upgrade (sample, "+2");
  strata_session_refresh (session);
  pump_until (count (sheet, STRATA_TYPE_RUN_STEP_ROW) == 3);
  g_assert_true (may_run (sheet));
  close_sheet (sheet);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/run/sheet/upgrade", HERE, test_upgrade);
  support_sample_add ("/run/sheet/cancel", HERE, test_cancel);
  support_sample_add ("/run/sheet/loss", HERE, test_loss);
  support_sample_add ("/run/sheet/relative", HERE, test_relative);
  support_sample_add ("/run/sheet/refused", HERE, test_refused);
  support_sample_add ("/run/sheet/findings", HERE, test_findings);
  support_sample_add ("/run/sheet/nothing-to-do", "heads", test_nothing_to_do);
  support_sample_add ("/run/sheet/first-run", NULL, test_first_run);
  support_sample_add ("/run/sheet/protected", HERE, test_protected);
  support_sample_add ("/run/sheet/options", HERE, test_options);
  support_sample_add ("/run/sheet/moves", HERE, test_moves);

  return g_test_run ();
}
