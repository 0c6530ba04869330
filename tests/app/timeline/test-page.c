/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline as a part of the window: what is selected, searched for and filtered. */

#include "config.h"

#include "app/support.h"
#include "app/timeline/timeline-page-private.h"

#define HERE "47ab92c0de15"
#define NEXT "58d3c1a7e92f"
#define NEWEST "7d18e5c2f9a6"
#define OLDEST "8c4e1f60a2d7"

typedef struct
{
  StrataSession      *session;
  StrataTimelinePage *page;
  GtkWidget          *window;
} Fixture;

static void
open_page (Fixture       *self,
           SupportSample *sample)
{
  self->session = support_sample_open (sample);
  self->page = g_object_new (STRATA_TYPE_TIMELINE_PAGE, "session", self->session, NULL);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 400, 500);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->page));
  gtk_window_present (GTK_WINDOW (self->window));
  pump_until (gtk_widget_get_mapped (GTK_WIDGET (self->page->list)));
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

static const char *
get_page (Fixture *self)
{
  return gtk_stack_get_visible_child_name (self->page->stack);
}

static void
select_ids (Fixture    *self,
            const char *first,
            const char *second)
{
  const char *ids[] = { first, second, NULL };

  strata_session_set_selected (self->session, ids);
}

static gboolean
is_selected (Fixture    *self,
             const char *id)
{
  return gtk_selection_model_is_selected (self->page->selection, strata_timeline_model_find (self->page->model, id));
}

/* Both ways: the session's selection is the list's, and the list's the session's, from one end to the other. */
static void
test_selection (SupportSample *sample,
                gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autoptr(GtkBitset) three = gtk_bitset_new_range (0, 3);
  g_autoptr(GtkBitset) all = NULL;
  const char * const *ids;
  guint at;

  open_page (&fixture, sample);
  all = gtk_bitset_new_range (0, g_list_model_get_n_items (G_LIST_MODEL (fixture.page->model)));
  select_ids (&fixture, NEXT, NULL);
  g_assert_true (is_selected (&fixture, NEXT));
  g_assert_false (is_selected (&fixture, NEWEST));
  select_ids (&fixture, NEWEST, OLDEST);
  g_assert_true (is_selected (&fixture, NEWEST) && is_selected (&fixture, OLDEST));
  g_assert_false (is_selected (&fixture, NEXT));

  gtk_selection_model_set_selection (fixture.page->selection, three, all);
  ids = strata_session_get_selected (fixture.session);
  g_assert_cmpstr (ids[0], ==, NEWEST);
  g_assert_cmpstr (ids[1], ==, "03e7ba58c6f4");
  g_assert_null (ids[2]);

  /* The row of the database is no end of anything. */
  at = strata_timeline_model_find (fixture.page->model, HERE);
  g_assert_cmpuint (at, >, 0);
  gtk_selection_model_select_item (fixture.page->selection, at, TRUE);
  gtk_selection_model_select_item (fixture.page->selection, at - 1, FALSE);
  ids = strata_session_get_selected (fixture.session);
  g_assert_cmpstr (ids[0], ==, HERE);
  g_assert_null (ids[1]);
  gtk_selection_model_select_item (fixture.page->selection, at - 2, FALSE);
  ids = strata_session_get_selected (fixture.session);
  g_assert_nonnull (ids[0]);
  g_assert_cmpstr (ids[1], ==, HERE);

  gtk_selection_model_unselect_all (fixture.page->selection);
  g_assert_null (strata_session_get_selected (fixture.session)[0]);
  close_page (&fixture);
}

/* What is filtered away stays selected, and shows again. */
static void
test_filter (SupportSample *sample,
             gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_page (&fixture, sample);
  select_ids (&fixture, OLDEST, NULL);
  gtk_toggle_button_set_active (fixture.page->filter_pending, TRUE);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.page->selection)), ==, 5);
  g_assert_cmpstr (strata_session_get_selected (fixture.session)[0], ==, OLDEST);
  gtk_toggle_button_set_active (fixture.page->filter_problems, TRUE);
  g_assert_cmpstr (get_page (&fixture), !=, "list");
  gtk_toggle_button_set_active (fixture.page->filter_all, TRUE);
  g_assert_cmpstr (get_page (&fixture), ==, "list");
  g_assert_true (is_selected (&fixture, OLDEST));
  close_page (&fixture);
}

static void
test_search (SupportSample *sample,
             gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_page (&fixture, sample);
  strata_timeline_page_begin_search (fixture.page);
  gtk_editable_set_text (GTK_EDITABLE (fixture.page->search), "voucher");
  pump_until (g_list_model_get_n_items (G_LIST_MODEL (fixture.page->selection)) == 2);
  gtk_editable_set_text (GTK_EDITABLE (fixture.page->search), "no such thing");
  pump_until (g_strcmp0 (get_page (&fixture), "list") != 0);
  g_signal_emit_by_name (fixture.page->search, "stop-search");
  pump_until (g_list_model_get_n_items (G_LIST_MODEL (fixture.page->selection)) == 22);
  g_assert_cmpstr (get_page (&fixture), ==, "list");
  close_page (&fixture);
}

/* A database that another process moves keeps what is selected, and where it was scrolled to. */
static void
test_moved (SupportSample *sample,
            gconstpointer  data)
{
  Fixture fixture = { NULL, };
  GtkAdjustment *adjustment;
  double value;

  open_page (&fixture, sample);
  adjustment = gtk_scrollable_get_vadjustment (GTK_SCROLLABLE (fixture.page->list));
  pump_until (gtk_adjustment_get_upper (adjustment) > gtk_adjustment_get_page_size (adjustment) + 200);
  select_ids (&fixture, OLDEST, NULL);
  gtk_adjustment_set_value (adjustment, 150);
  gtk_test_widget_wait_for_draw (fixture.window);
  value = gtk_adjustment_get_value (adjustment);
  g_assert_cmpfloat (value, >, 0);

  support_sample_upgrade (sample, NEXT);
  strata_session_refresh (fixture.session);
  pump_until (strata_timeline_model_find_here (fixture.page->model) == 4);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_true (is_selected (&fixture, OLDEST));
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), >, 0);
  close_page (&fixture);
}

static GtkWidget *
find_inscription (GtkWidget *widget)
{
  GtkWidget *found = NULL;

  if (GTK_IS_INSCRIPTION (widget))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_inscription (child);

  return found;
}

/* Rows begin where people begin to read. */
static void
test_direction (SupportSample *sample,
                gconstpointer  data)
{
  GtkWidget *row = g_object_ref_sink (strata_timeline_row_new ());
  GtkInscription *title = GTK_INSCRIPTION (find_inscription (row));

  g_assert_cmpfloat (gtk_inscription_get_xalign (title), ==, 0);
  gtk_widget_set_direction (row, GTK_TEXT_DIR_RTL);
  g_assert_cmpfloat (gtk_inscription_get_xalign (title), ==, 1);
  gtk_widget_set_direction (row, GTK_TEXT_DIR_LTR);
  g_assert_cmpfloat (gtk_inscription_get_xalign (title), ==, 0);
  pump_until_finalized (row);
}

static void
test_compact (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_page (&fixture, sample);
  strata_timeline_page_set_compact (fixture.page, TRUE);
  gtk_test_widget_wait_for_draw (fixture.window);
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (fixture.page), "strata-compact")
                 || gtk_widget_has_css_class (GTK_WIDGET (fixture.page->list), "strata-compact"));
  strata_timeline_page_set_compact (fixture.page, FALSE);
  close_page (&fixture);
}

static void
test_closed (SupportSample *sample,
             gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_page (&fixture, sample);
  strata_session_close (fixture.session);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture.page->selection)), ==, 0);
  close_page (&fixture);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/timeline/page/selection", HERE, test_selection);
  support_sample_add ("/timeline/page/filter", HERE, test_filter);
  support_sample_add ("/timeline/page/search", HERE, test_search);
  support_sample_add ("/timeline/page/moved", HERE, test_moved);
  support_sample_add ("/timeline/page/direction", NULL, test_direction);
  support_sample_add ("/timeline/page/compact", HERE, test_compact);
  support_sample_add ("/timeline/page/closed", HERE, test_closed);

  return g_test_run ();
}
