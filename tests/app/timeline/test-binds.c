/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How many rows the timeline makes and fills: that, not milliseconds, is what keeps it quick on any machine. */

#include "config.h"

#include "app/support.h"
#include "app/timeline/timeline-page-private.h"

#define HERE "47ab92c0de15"
#define NEXT "58d3c1a7e92f"
#define NEWEST "7d18e5c2f9a6"

#define REVISIONS 600
/* The rows that GTK's list keeps, whatever its height. */
#define MOST_ROWS 210

typedef struct
{
  StrataSession      *session;
  StrataTimelinePage *page;
  GtkWidget          *window;
  guint               n_made;
  guint               n_filled;
} Fixture;

static void
count (guint *n)
{
  (*n)++;
}

/* Upon the newest one of the sample. */
static void
write_revisions (SupportSample *sample)
{
  g_autofree char *before = g_strdup (NEWEST);

  for (guint i = 0; i < REVISIONS; i++)
    {
      g_autofree char *id = g_strdup_printf ("%012x", 0xf0000 + i);
      g_autofree char *name = g_strdup_printf ("versions/%s_more.sql", id);
      g_autofree char *text = g_strdup_printf ("-- more\n--\n-- Revision: %s\n-- Revises: %s\n\n-- strata:upgrade\nSELECT 1;\n\n"
                                               "-- strata:downgrade\nSELECT 1;\n", id, before);

      support_sample_write (sample, name, text);
      g_free (before);
      before = g_steal_pointer (&id);
    }
}

static void
open_page (Fixture       *self,
           SupportSample *sample)
{
  GtkListItemFactory *factory;

  self->session = strata_session_new ();
  self->page = g_object_new (STRATA_TYPE_TIMELINE_PAGE, "session", self->session, NULL);
  factory = gtk_list_view_get_factory (self->page->list);
  g_signal_connect_swapped (factory, "setup", G_CALLBACK (count), &self->n_made);
  g_signal_connect_swapped (factory, "bind", G_CALLBACK (count), &self->n_filled);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 500);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  strata_session_open (self->session, sample->folder, NULL, NULL);
  pump_until (strata_session_get_link (self->session) == STRATA_LINK_CONNECTED);
  pump_until (g_list_model_get_n_items (self->page->rows) == g_list_model_get_n_items (G_LIST_MODEL (self->page->model)));
  gtk_test_widget_wait_for_draw (self->window);
}

static void
close_page (Fixture *self)
{
  gpointer page = self->page;

  g_object_add_weak_pointer (G_OBJECT (page), &page);
  gtk_window_destroy (GTK_WINDOW (self->window));
  pump_until (page == NULL);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
}

static void
test_opened (SupportSample *sample,
             gconstpointer  data)
{
  Fixture fixture = { NULL, };

  write_revisions (sample);
  open_page (&fixture, sample);
  g_test_message ("%u rows made, %u filled", fixture.n_made, fixture.n_filled);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.page->selection)), >, REVISIONS);
  g_assert_cmpuint (fixture.n_made, <=, MOST_ROWS);
  g_assert_cmpuint (fixture.n_filled, <=, 2 * MOST_ROWS);
  close_page (&fixture);
}

/* All of them come, and who wrote them is asked. */
static void
test_busy (SupportSample *sample,
           gconstpointer  data)
{
  guint busy = support_keep_busy ();
  Fixture fixture = { NULL, };

  write_revisions (sample);
  open_page (&fixture, sample);
  pump_until (fixture.page->asking != NULL);
  g_source_remove (busy);
  close_page (&fixture);
}

/* In proportion to what comes into view. */
static void
test_scrolled (SupportSample *sample,
               gconstpointer  data)
{
  Fixture fixture = { NULL, };
  GtkAdjustment *adjustment;
  guint n_passed;

  write_revisions (sample);
  open_page (&fixture, sample);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture.page->list));
  fixture.n_made = fixture.n_filled = 0;
  for (guint i = 1; i <= 50; i++)
    {
      gtk_adjustment_set_value (adjustment, 60 * i);
      gtk_test_widget_wait_for_draw (fixture.window);
    }

  n_passed = 50 * 60 * g_list_model_get_n_items (G_LIST_MODEL (fixture.page->selection)) / gtk_adjustment_get_upper (adjustment);
  g_test_message ("%u rows passed, %u made, %u filled", n_passed, fixture.n_made, fixture.n_filled);
  g_assert_cmpuint (n_passed, >, 20);
  g_assert_cmpuint (fixture.n_made, <=, 10);
  g_assert_cmpuint (fixture.n_filled, <=, 6 * n_passed);
  close_page (&fixture);
}

/* What changes out of sight fills nothing. */
static void
test_moved (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };
  guint here;

  write_revisions (sample);
  open_page (&fixture, sample);
  here = strata_timeline_model_find_here (fixture.page->model);
  fixture.n_made = fixture.n_filled = 0;
  support_sample_upgrade (sample, NEXT);
  strata_session_refresh (fixture.session);
  pump_until (strata_timeline_model_find_here (fixture.page->model) == here - 1);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_test_message ("%u made, %u filled", fixture.n_made, fixture.n_filled);
  g_assert_cmpuint (fixture.n_made, <=, 2);
  g_assert_cmpuint (fixture.n_filled, <=, 4);
  close_page (&fixture);
}

/* Files that say what they said before. */
static void
test_read_again (SupportSample *sample,
                 gconstpointer  data)
{
  Fixture fixture = { NULL, };
  StrataSnapshot *before;

  open_page (&fixture, sample);
  before = strata_session_get_snapshot (fixture.session);
  strata_snapshot_ref (before);
  fixture.n_made = fixture.n_filled = 0;
  strata_session_reload (fixture.session);
  pump_until (strata_session_get_snapshot (fixture.session) != before);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_cmpuint (fixture.n_made, ==, 0);
  g_assert_cmpuint (fixture.n_filled, ==, 0);
  strata_snapshot_unref (before);
  close_page (&fixture);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/timeline/binds/opened", HERE, test_opened);
  support_sample_add ("/timeline/binds/busy", HERE, test_busy);
  support_sample_add ("/timeline/binds/scrolled", HERE, test_scrolled);
  support_sample_add ("/timeline/binds/moved", HERE, test_moved);
  support_sample_add ("/timeline/binds/read-again", HERE, test_read_again);

  return g_test_run ();
}
