/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/activity-page.h"
#include "app/run/heads-dialog.h"
#include "app/run/restore-dialog.h"
#include "app/run/run-row.h"
#include "app/run/widgets.h"
#include "app/support.h"
#include "app/widgets/sql-view.h"

#define HERE "47ab92c0de15"

static GtkWidget *
show_page (StrataSession *session,
           GtkWidget    **page)
{
  GtkWidget *window = gtk_window_new ();

  *page = g_object_new (STRATA_TYPE_ACTIVITY_PAGE, "session", session, NULL);
  gtk_window_set_child (GTK_WINDOW (window), *page);
  gtk_window_set_default_size (GTK_WINDOW (window), 1000, 700);
  g_object_ref (window);
  gtk_window_present (GTK_WINDOW (window));
  pump_until (gtk_widget_get_mapped (*page));

  return window;
}

static void
close_window (gpointer window)
{
  gtk_window_destroy (window);
  pump_until_finalized (window);
}

static char *
dup_log (GtkWidget *page)
{
  GtkTextView *view = GTK_TEXT_VIEW (child_of (child_of (child_of (page, "detail"), "log"), "view"));
  char *text;

  g_object_get (gtk_text_view_get_buffer (view), "text", &text, NULL);

  return text;
}

static gboolean
log_has (GtkWidget  *page,
         const char *text)
{
  g_autofree char *log = dup_log (page);

  return strstr (log, text) != NULL;
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
test_empty (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *page;
  GtkWidget *window = show_page (session, &page);

  g_assert_true (says (page, "Nothing Was Run Yet"));
  close_window (window);
  pump_until_finalized (session);
}

static void
test_runs (SupportSample *sample,
           gconstpointer  data)
{
  StrataSession *session;
  GtkWidget *page;
  GtkWidget *window;
  StrataRunJob *job;
  gpointer detail;

  support_sample_downgrade (sample, "-1");
  session = support_sample_open (sample);
  window = show_page (session, &page);
  detail = child_of (page, "detail");
  pump_until (count (page, STRATA_TYPE_RUN_ROW) == 2);
  pump_until (says (page, "Upgrade, 16 revisions"));
  g_assert_cmpstr (text_of (detail, "title"), ==, "Downgrade, 1 revision");
  pump_until (log_has (page, "-- Downgrade 47ab92c0de15, done, "));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (child_of (detail, "failure"))));

  job = start (session, "heads");
  pump_until (strata_run_job_has_ended (job));
  pump_until (g_str_equal (text_of (detail, "title"), "Upgrade, 6 revisions"));
  g_assert_true (g_str_has_prefix (text_of (detail, "result"), "shop.db is at 7d18e5c2f9a6 (6 steps, "));
  g_assert_true (log_has (page, "-- 7d18e5c2f9a6\n"));

  g_object_unref (job);
  close_window (window);
  pump_until_finalized (session);
}

static void
test_failure (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;
  GtkWidget *page;
  GtkWidget *window;
  StrataRunJob *job;
  gpointer failure;
  GtkTextView *statement;
  g_autofree char *sql = NULL;

  support_sample_write (sample, "versions/f00000000001_broken.sql",
                        "-- Broken\n--\n-- Revision: f00000000001\n-- Revises: 58d3c1a7e92f\n\n-- strata:upgrade\n"
                        "CREATE TABLE half (id INTEGER);\nINSERT INTO nowhere VALUES (1);\n");
  session = support_sample_open (sample);
  window = show_page (session, &page);
  job = start (session, "f00000000001");
  pump_until (strata_run_job_has_ended (job));
  strata_activity_page_show_run (STRATA_ACTIVITY_PAGE (page), strata_run_job_get_name (job));
  failure = child_of (child_of (page, "detail"), "failure");
  statement = GTK_TEXT_VIEW (child_of (failure, "statement"));

  g_object_get (gtk_text_view_get_buffer (statement), "text", &sql, NULL);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (failure)));
  g_assert_cmpstr (sql, ==, "INSERT INTO nowhere VALUES (1)");
  g_assert_true (g_str_has_suffix (text_of (failure, "message"), "f00000000001_broken.sql:8:1: no such table: nowhere"));
  g_assert_nonnull (strstr (text_of (failure, "facts"), "Code: SQLITE_ERROR"));
  g_assert_nonnull (strstr (text_of (failure, "state"), "In the database: Done in this run: 58d3c1a7e92f."));
  g_assert_nonnull (strstr (text_of (failure, "state"), "Not in it: Rolled back: f00000000001 as a whole."));
  g_assert_cmpuint (count (child_of (failure, "actions"), GTK_TYPE_BUTTON), ==, 3);

  g_object_unref (job);
  close_window (window);
  pump_until_finalized (session);
}

static void
test_search (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *page;
  GtkWidget *window = show_page (session, &page);
  gpointer log = child_of (child_of (page, "detail"), "log");
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (child_of (log, "view")));
  GtkTextIter start_at, end_at;
  g_autofree char *found = NULL;

  pump_until (log_has (page, "create table addresses") || log_has (page, "CREATE TABLE addresses"));
  gtk_widget_activate_action (log, "log.search", NULL);
  gtk_editable_set_text (GTK_EDITABLE (child_of (log, "search_entry")), "Addresses");
  pump_until (gtk_text_buffer_get_has_selection (buffer));
  gtk_text_buffer_get_selection_bounds (buffer, &start_at, &end_at);
  found = gtk_text_buffer_get_text (buffer, &start_at, &end_at, FALSE);
  g_assert_cmpstr (found, ==, "addresses");

  close_window (window);
  pump_until_finalized (session);
}

static void
on_asked (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       data)
{
  *(gboolean *) data = TRUE;
}

static void
test_heads (SupportSample *sample,
            gconstpointer  data)
{
  g_autoptr(GSimpleActionGroup) group = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) merge = g_simple_action_new ("merge-heads", G_VARIANT_TYPE ("as"));
  GtkWidget *parent = gtk_window_new ();
  StrataSession *session;
  StrataHeadsDialog *dialog;
  gboolean asked = FALSE;

  support_sample_write (sample, "versions/f00000000002_side.sql",
                        "-- Side\n--\n-- Revision: f00000000002\n-- Revises: 03e7ba58c6f4\n\n-- strata:upgrade\n");
  session = support_sample_open (sample);
  g_signal_connect (merge, "activate", G_CALLBACK (on_asked), &asked);
  g_action_map_add_action (G_ACTION_MAP (group), G_ACTION (merge));
  gtk_widget_insert_action_group (parent, "win", G_ACTION_GROUP (group));
  dialog = g_object_ref (strata_heads_dialog_present (GTK_WINDOW (parent), session));
  pump_until (gtk_widget_get_mapped (GTK_WIDGET (dialog)));

  g_assert_true (says (dialog, "2 revisions of its own"));
  g_assert_true (says (dialog, "1 revision of its own"));
  g_assert_true (says (dialog, "Track shipments"));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (child_of (dialog, "upgrade"))), ==, "_Upgrade Both…");
  gtk_widget_activate_action (GTK_WIDGET (dialog), "heads.merge", NULL);
  g_assert_true (asked);

  pump_until_finalized (dialog);
  gtk_window_destroy (GTK_WINDOW (parent));
  pump_until_finalized (session);
}

static void
test_restore (SupportSample *sample,
              gconstpointer  data)
{
  StrataSession *session;
  StrataRestoreDialog *dialog;

  support_sample_upgrade (sample, "heads");
  session = support_sample_open (sample);
  dialog = g_object_ref (strata_restore_dialog_present (NULL, session));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (dialog)), ==, "Restore shop.db");
  pump_until (is_shown (dialog, "restore_button"));
  pump_until (says (dialog, "before upgrade heads, at 47ab92c0de15, "));
  g_assert_true (is_sensitive (dialog, "restore_button"));

  gtk_widget_activate_action (GTK_WIDGET (dialog), "dialog.restore", NULL);
  g_assert_nonnull (strata_session_get_run (session));
  pump_until_finalized (dialog);
  pump_until (strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 5);
  pump_until_finalized (session);
}

static void
test_no_copies (SupportSample *sample,
                gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  StrataRestoreDialog *dialog = g_object_ref (strata_restore_dialog_present (NULL, session));

  pump_until (says (dialog, "No Copies"));
  g_assert_false (is_shown (dialog, "restore_button"));
  close_window (dialog);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/run/activity/empty", NULL, test_empty);
  support_sample_add ("/run/activity/runs", HERE, test_runs);
  support_sample_add ("/run/activity/failure", HERE, test_failure);
  support_sample_add ("/run/activity/search", HERE, test_search);
  support_sample_add ("/run/activity/heads", HERE, test_heads);
  support_sample_add ("/run/activity/restore", HERE, test_restore);
  support_sample_add ("/run/activity/no-copies", NULL, test_no_copies);

  return g_test_run ();
}
