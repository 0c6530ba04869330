/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the overview says, and where its rows lead. */

#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "app/overview/overview.h"
#include "app/state/selection.h"
#include "app/support.h"

#define VOUCHERS "58d3c1a7e92f"
#define NEWEST "versions/7d18e5c2f9a6_give_back_the_space_of_the_import.sql"

typedef struct
{
  StrataSession *session;
  GtkWidget     *window;
  GtkWidget     *overview;
  char          *shown;       /* what "win.show-line" was asked for last */
} Fixture;

static void
on_show_line (GSimpleAction *action,
              GVariant      *parameter,
              Fixture       *self)
{
  g_free (self->shown);
  self->shown = g_variant_print (parameter, FALSE);
}

static void
open_overview (Fixture       *self,
               SupportSample *sample)
{
  g_autoptr(GSimpleActionGroup) actions = g_simple_action_group_new ();
  g_autoptr(GSimpleAction) show = g_simple_action_new ("show-line", G_VARIANT_TYPE ("(suu)"));

  self->session = support_sample_open (sample);
  self->overview = g_object_new (STRATA_TYPE_OVERVIEW, "session", self->session, NULL);
  self->window = gtk_window_new ();
  g_signal_connect (show, "activate", G_CALLBACK (on_show_line), self);
  g_action_map_add_action (G_ACTION_MAP (actions), G_ACTION (show));
  gtk_widget_insert_action_group (self->window, "win", G_ACTION_GROUP (actions));
  gtk_window_set_child (GTK_WINDOW (self->window), self->overview);
  gtk_window_present (GTK_WINDOW (self->window));
  pump_until (gtk_widget_get_mapped (self->overview));
}

static void
close_overview (Fixture *self)
{
  gpointer overview = self->overview;

  g_object_add_weak_pointer (G_OBJECT (overview), &overview);
  gtk_window_destroy (GTK_WINDOW (self->window));
  pump_until (overview == NULL);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
  g_free (self->shown);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  GtkWidget *found = NULL;

  if (ADW_IS_ACTION_ROW (widget) && strstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_row (child, title);

  return found;
}

/* A finding leads to its line, by keyboard too: of a revision by its id, of a file that is none by its path. */
static void
test_findings (SupportSample *sample,
               gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autofree char *broken = g_build_filename (sample->folder, NEWEST, NULL);
  g_autofree char *expected = g_strdup_printf ("('%s', 1, 1)", broken);
  GtkWidget *row;

  support_sample_write (sample, NEWEST, "-- Nothing of use\n\n-- strata:upgrade\n");
  support_sample_write (sample, "versions/aa11bb22cc33_x.sql",
                        "-- x\n--\n-- Revision: aa11bb22cc33\n-- Revises: nonono\n\n-- strata:upgrade\n");
  open_overview (&fixture, sample);

  row = find_row (fixture.overview, "nonono");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "versions/aa11bb22cc33_x.sql:4"));
  g_assert_null (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), sample->folder));
  gtk_widget_activate (row);
  pump_until (fixture.shown != NULL);
  g_assert_cmpstr (fixture.shown, ==, "('aa11bb22cc33', 4, 0)");

  g_clear_pointer (&fixture.shown, g_free);
  gtk_widget_activate (find_row (fixture.overview, "No comment before"));
  pump_until (fixture.shown != NULL);
  g_assert_cmpstr (fixture.shown, ==, expected);
  close_overview (&fixture);
}

/* Where nothing of what is not applied can run, nothing is up to date. */
static void
test_left_out (SupportSample *sample,
               gconstpointer  data)
{
  Fixture fixture = { NULL, };

  support_sample_write (sample, "versions/aa11bb22cc33_x.sql",
                        "-- x\n--\n-- Revision: aa11bb22cc33\n-- Revises: nonono\n\n-- strata:upgrade\n");
  open_overview (&fixture, sample);
  pump_until (find_row (fixture.overview, "1 revision cannot run") != NULL);
  g_assert_nonnull (find_row (fixture.overview, "Where the database is"));
  g_assert_null (find_row (fixture.overview, "Up to date"));
  close_overview (&fixture);
}

/* What the folder lacks has its name where the ledger or git knows it, and its place. */
static void
test_lacking (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autofree char *path = g_build_filename (sample->folder, NEWEST, NULL);
  GtkWidget *row;

  g_assert_cmpint (g_unlink (path), ==, 0);
  open_overview (&fixture, sample);
  row = find_row (fixture.overview, "lacks 1 revision that shop.db has");
  g_assert_nonnull (row);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "Give back the space of the import (7d18e5c2f9a6): in the ledger, as it was applied");
  row = find_row (fixture.overview, "Where the database is");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "Give back the space"));
  close_overview (&fixture);
}

static void
test_unknown (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };
  GtkWidget *row;

  support_sample_execute (sample, "UPDATE alembic_version SET version_num = 'dead00beef00'");
  open_overview (&fixture, sample);
  row = find_row (fixture.overview, "lacks 1 revision");
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==,
                   "dead00beef00: neither git nor the ledger knows it");
  close_overview (&fixture);
}

static void
test_edited (SupportSample *sample,
             gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autofree char *path = g_build_filename (sample->folder, NEWEST, NULL);
  g_autofree char *text = NULL;
  g_autoptr(GString) edited = NULL;

  g_file_get_contents (path, &text, NULL, NULL);
  edited = g_string_new (text);
  g_assert_cmpuint (g_string_replace (edited, "\nVACUUM;", "\nSELECT 1;", 1), ==, 1);
  support_sample_write (sample, NEWEST, edited->str);
  open_overview (&fixture, sample);
  g_assert_nonnull (find_row (fixture.overview, "Give back the space of the import"));
  close_overview (&fixture);
}

/* Rows that say the same stay the same objects: who is about to press one presses that one. */
static void
test_stays (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };
  StrataSnapshot *before;
  GtkWidget *row;

  open_overview (&fixture, sample);
  row = find_row (fixture.overview, "pending");
  before = strata_session_get_snapshot (fixture.session);
  strata_session_reload (fixture.session);
  pump_until (strata_session_get_snapshot (fixture.session) != before
              && strata_session_get_link (fixture.session) == STRATA_LINK_CONNECTED
              && !strata_session_get_loading (fixture.session));
  pump_until (find_row (fixture.overview, "pending") == row);
  close_overview (&fixture);
}

/* Without a GPU an animation leaves no time for what waits until nothing is to be done. */
static void
test_busy (SupportSample *sample,
           gconstpointer  data)
{
  Fixture fixture = { 0 };
  GtkWidget *row;
  guint busy;

  open_overview (&fixture, sample);
  row = find_row (fixture.overview, "pending");
  pump_until (gtk_widget_get_mapped (row));
  busy = support_keep_busy ();
  strata_session_close (fixture.session);
  pump_until (!gtk_widget_get_mapped (row));
  g_source_remove (busy);
  close_overview (&fixture);
}

static void
test_start (SupportSample *sample,
            gconstpointer  data)
{
  g_autoptr(StrataSession) session = strata_session_new ();
  GtkWidget *overview = g_object_ref_sink (g_object_new (STRATA_TYPE_OVERVIEW, "session", session, NULL));

  g_assert_null (find_row (overview, "Where"));
  pump_until_finalized (overview);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/overview/findings", "head", test_findings);
  support_sample_add ("/overview/left-out", "head", test_left_out);
  support_sample_add ("/overview/lacking", "head", test_lacking);
  support_sample_add ("/overview/unknown", VOUCHERS, test_unknown);
  support_sample_add ("/overview/edited", "head", test_edited);
  support_sample_add ("/overview/stays", VOUCHERS, test_stays);
  support_sample_add ("/overview/busy", VOUCHERS, test_busy);
  support_sample_add ("/overview/start", NULL, test_start);

  return g_test_run ();
}
