/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The page that compares: what it shows while it does, of what comes out, and of what goes wrong. */

#include "config.h"

#include <string.h>

#include "app/compare/compare-page-private.h"
#include "app/state/schema-check.h"
#include "app/run/widgets.h"
#include "app/support.h"

#define DDL "CREATE TABLE lamps (id INTEGER PRIMARY KEY, name TEXT);\nCREATE INDEX lamps_name ON lamps (name);\n"

typedef struct
{
  StrataSession     *session;
  StrataComparePage *page;
  GtkWidget         *window;
  char              *file;
} Fixture;

static void
fixture_open (Fixture       *self,
              SupportSample *sample,
              const char    *ddl)
{
  support_sample_write (sample, "lamps.sql", ddl);
  self->file = g_build_filename (sample->folder, "lamps.sql", NULL);
  self->session = support_sample_open (sample);
  self->page = g_object_ref_sink (g_object_new (STRATA_TYPE_COMPARE_PAGE, "session", self->session, NULL));
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 900, 600);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
fixture_close (Fixture *self)
{
  gtk_window_destroy (GTK_WINDOW (self->window));
  pump_until_finalized (self->page);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
  g_free (self->file);
}

static const char *
get_page (Fixture *self)
{
  return gtk_stack_get_visible_child_name (self->page->stack);
}

static void
test_differences (SupportSample *sample,
                  gconstpointer  data)
{
  Fixture fixture = { NULL, };

  fixture_open (&fixture, sample, DDL);
  g_assert_cmpstr (get_page (&fixture), ==, "status");
  g_assert_cmpint (strata_side_chooser_get_kind (fixture.page->from), ==, STRATA_SIDE_REVISION);
  g_assert_cmpint (strata_side_chooser_get_kind (fixture.page->to), ==, STRATA_SIDE_DATABASE);

  strata_compare_page_compare (fixture.page, STRATA_SIDE_EMPTY, NULL, STRATA_SIDE_FILE, fixture.file);
  g_assert_cmpstr (get_page (&fixture), ==, "busy");
  pump_until (g_str_equal (get_page (&fixture), "differences"));
  g_assert_cmpuint (strata_differences_get_n (fixture.page->differences), ==, 2);
  g_assert_true (says (fixture.page, "table lamps"));
  g_assert_true (gtk_widget_get_visible (fixture.page->actions));

  /* An index needs its table, which comes along. */
  strata_differences_tick (fixture.page->differences, 2, TRUE);
  pump_until (says (fixture.page, "1 of 2 differences ticked, 1 more comes along"));
  g_assert_cmpuint (strata_differences_list_along (fixture.page->differences)->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (strata_differences_list_along (fixture.page->differences), 0), ==, "add table lamps");
  strata_differences_tick (fixture.page->differences, 1, TRUE);
  pump_until (says (fixture.page, "2 of 2 differences ticked"));
  g_assert_cmpuint (strata_differences_list_along (fixture.page->differences)->len, ==, 0);
  strata_differences_tick_all (fixture.page->differences, FALSE);

  gtk_check_button_set_active (fixture.page->all, TRUE);
  g_assert_cmpuint (strata_differences_get_n_ticked (fixture.page->differences), ==, 2);
  pump_until (says (fixture.page, "2 of 2 differences ticked"));

  /* Another side: what was found is no longer about what is chosen. */
  strata_side_chooser_set (fixture.page->from, STRATA_SIDE_DATABASE, NULL);
  g_assert_cmpstr (get_page (&fixture), ==, "status");
  g_assert_null (fixture.page->differences);
  fixture_close (&fixture);
}

static void
test_same (SupportSample *sample,
           gconstpointer  data)
{
  Fixture fixture = { NULL, };

  fixture_open (&fixture, sample, DDL);
  strata_compare_page_compare (fixture.page, STRATA_SIDE_FILE, fixture.file, STRATA_SIDE_FILE, fixture.file);
  pump_until (g_str_equal (get_page (&fixture), "status"));
  g_assert_cmpstr (adw_status_page_get_title (fixture.page->status), ==, "No Differences");
  fixture_close (&fixture);
}

static void
test_fails (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };

  fixture_open (&fixture, sample, "CREATE TABEL lamps (id);\n");
  strata_compare_page_compare (fixture.page, STRATA_SIDE_EMPTY, NULL, STRATA_SIDE_FILE, fixture.file);
  pump_until (g_str_equal (get_page (&fixture), "status"));
  g_assert_nonnull (strstr (adw_status_page_get_description (fixture.page->status), "TABEL"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture.page->status_button)));
  fixture_close (&fixture);
}

static void
declare (SupportSample *sample,
         const char    *schema)
{
  support_sample_write (sample, "strata.ini", "[strata]\nscript_location = %(here)s\nsqlalchemy.url = sqlite:///shop.db\n"
                                              "schema = schema.sql\n");
  support_sample_write (sample, "schema.sql", schema);
}

/* All of it is to be a revision: the dialog that asks for its message. */
static AdwMessageDialog *
open_dialog (Fixture *self)
{
  strata_compare_page_compare (self->page, STRATA_SIDE_DATABASE, NULL, STRATA_SIDE_DECLARED, NULL);
  pump_until (g_str_equal (get_page (self), "differences"));
  strata_differences_tick_all (self->page->differences, TRUE);
  pump_until (self->page->planning == NULL);
  gtk_widget_activate_action (GTK_WIDGET (self->page), "compare.new-revision", NULL);

  return ADW_MESSAGE_DIALOG (find_window (ADW_TYPE_MESSAGE_DIALOG));
}

static void
close_dialog (AdwMessageDialog *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
  pump_until (find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
}

/* A declared schema with nothing in it is doubted before it becomes a revision that drops all there is. */
static void
test_nothing_declared (SupportSample *sample,
                       gconstpointer  data)
{
  Fixture fixture = { NULL, };
  AdwMessageDialog *dialog;

  declare (sample, "-- nothing yet\n");
  fixture_open (&fixture, sample, DDL);
  dialog = open_dialog (&fixture);
  g_assert_true (says (fixture.page, "No table is declared"));
  g_assert_cmpint (strata_schema_check_get_state (strata_schema_check_of (fixture.session), STRATA_SCHEMA_DECLARED), ==,
                   STRATA_SCHEMA_DIFFERS);
  pump_until (says (dialog, "No table is declared"));
  gtk_editable_set_text (GTK_EDITABLE (find (dialog, GTK_TYPE_ENTRY, 0)), "Drop it all");
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "create"));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (find (dialog, GTK_TYPE_CHECK_BUTTON, 0)), TRUE);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "create"));
  pump_until (!says (dialog, "Being compared"));
  close_dialog (dialog);
  fixture_close (&fixture);
}

/* What somebody did to this database alone, and what it has not got yet. */
static void
test_drift (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };
  AdwMessageDialog *dialog;

  declare (sample, DDL);
  support_sample_execute (sample, "CREATE TABLE by_hand (id INTEGER)");
  fixture_open (&fixture, sample, DDL);
  dialog = open_dialog (&fixture);
  pump_until (says (dialog, "add table by_hand. What is written fits this one"));
  g_assert_true (says (dialog, "pending") == (g_strcmp0 (data, "head") != 0));
  close_dialog (dialog);
  fixture_close (&fixture);
}

/* Whoever stops it sees where they were. */
static void
test_stop (SupportSample *sample,
           gconstpointer  data)
{
  Fixture fixture = { NULL, };

  fixture_open (&fixture, sample, DDL);
  strata_compare_page_compare (fixture.page, STRATA_SIDE_EMPTY, NULL, STRATA_SIDE_FILE, fixture.file);
  gtk_widget_activate_action (GTK_WIDGET (fixture.page), "compare.stop", NULL);
  g_assert_cmpstr (get_page (&fixture), ==, "status");
  fixture_close (&fixture);
}

static void
add_profile (SupportSample *sample,
             const char    *name,
             const char    *database)
{
  StrataProfileFields fields = STRATA_PROFILE_FIELDS_INIT;
  g_autofree char *text = g_strconcat ("sqlite:///", sample->folder, "/", database, NULL);
  g_autoptr(StrataUrl) url = strata_url_parse (text, NULL);
  g_autoptr(StrataProfile) profile = NULL;
  g_autoptr(GError) error = NULL;

  fields.name = name;
  fields.project = sample->folder;
  fields.url = url;
  profile = strata_profile_new (&fields, &error);
  g_assert_no_error (error);
  strata_profiles_add (profile, &error);
  g_assert_no_error (error);
}

/* The database of another profile is a side as the chosen one is; it stays chosen while the project is read again. */
static void
test_profiles (SupportSample *sample,
               gconstpointer  data)
{
  g_autofree char *staging = g_build_filename (sample->folder, "staging.db", NULL);
  Fixture fixture = { NULL, };
  StrataSnapshot *before;

  add_profile (sample, "staging", "staging.db");
  g_assert_true (g_file_set_contents (staging, "", 0, NULL));
  fixture_open (&fixture, sample, DDL);
  strata_compare_page_compare (fixture.page, STRATA_SIDE_DATABASE, "db:staging", STRATA_SIDE_DATABASE, NULL);
  g_assert_cmpstr (strata_side_chooser_get_argument (fixture.page->from), ==, "db:staging");
  g_assert_null (strata_side_chooser_get_argument (fixture.page->to));
  pump_until (g_str_equal (get_page (&fixture), "differences"));
  g_assert_true (says (fixture.page, "table customers"));

  add_profile (sample, "production", "production.db");
  before = strata_snapshot_ref (strata_session_get_snapshot (fixture.session));
  strata_session_reload (fixture.session);
  pump_until (strata_session_get_snapshot (fixture.session) != before
              && strata_session_get_snapshot (fixture.session)->profiles->len == 2);
  g_assert_cmpint (strata_side_chooser_get_kind (fixture.page->from), ==, STRATA_SIDE_DATABASE);
  g_assert_cmpstr (strata_side_chooser_get_argument (fixture.page->from), ==, "db:staging");
  strata_side_chooser_set (fixture.page->to, STRATA_SIDE_DATABASE, "db:production");
  g_assert_cmpstr (strata_side_chooser_get_argument (fixture.page->to), ==, "db:production");
  strata_snapshot_unref (before);
  fixture_close (&fixture);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);
  support_sample_add ("/compare/page/differences", "head", test_differences);
  support_sample_add ("/compare/page/same", "head", test_same);
  support_sample_add ("/compare/page/fails", "head", test_fails);
  support_sample_add ("/compare/page/nothing-declared", "head", test_nothing_declared);
  support_sample_add ("/compare/page/drift", "head", test_drift);
  support_sample_add ("/compare/page/drift-pending", "1b7d93c5e044", test_drift);
  support_sample_add ("/compare/page/stop", "head", test_stop);
  support_sample_add ("/compare/page/profiles", "head", test_profiles);

  return g_test_run ();
}
