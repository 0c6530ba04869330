/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is said of a script that is applied, and what it shows. */

#include "config.h"

#include <string.h>

#include "app/editor/diff-view.h"
#include "app/editor/script-view.h"
#include "app/support.h"

#define ORDERS "5fa2608be913"
#define ORDERS_NAME "versions/5fa2608be913_create_orders.sql"
#define PENDING "7d18e5c2f9a6"
#define HERE "58d3c1a7e92f"

typedef struct
{
  StrataSession      *session;
  StrataTextDocument *document;
  StrataScriptView   *view;
  GtkWidget          *window;
} Fixture;

static GtkWidget *
find (GtkWidget  *widget,
      const char *type)
{
  GtkWidget *found = NULL;

  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find (child, type);

  return found;
}

static GtkWidget *
get_bar (Fixture *self)
{
  return find (GTK_WIDGET (self->view), "StrataAppliedBar");
}

static const char *
get_words (Fixture *self)
{
  GtkWidget *bar = get_bar (self);

  return gtk_widget_get_visible (bar) ? gtk_label_get_text (GTK_LABEL (find (bar, "GtkLabel"))) : "";
}

static GtkToggleButton *
get_compare (Fixture *self)
{
  return GTK_TOGGLE_BUTTON (find (get_bar (self), "GtkToggleButton"));
}

static gboolean
says (Fixture    *self,
      const char *words)
{
  return strstr (get_words (self), words) != NULL;
}

static char *
read_script (SupportSample *sample,
             const char    *name)
{
  g_autofree char *path = g_build_filename (sample->folder, name, NULL);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));

  return text;
}

static void
edit_script (SupportSample *sample,
             const char    *what,
             const char    *with)
{
  g_autofree char *text = read_script (sample, ORDERS_NAME);
  g_autoptr(GString) edited = g_string_new (text);

  g_assert_cmpuint (g_string_replace (edited, what, with, 1), ==, 1);
  support_sample_write (sample, ORDERS_NAME, edited->str);
}

static void
open_view (Fixture       *self,
           SupportSample *sample,
           const char    *id)
{
  StrataSnapshot *snapshot;

  self->session = support_sample_open (sample);
  snapshot = strata_session_get_snapshot (self->session);
  self->document = strata_text_document_new (strata_revision_get_path (strata_graph_get_revision (snapshot->graph,
                                                                       strata_graph_find (snapshot->graph, id))));
  self->view = g_object_new (STRATA_TYPE_SCRIPT_VIEW, NULL);
  strata_script_view_set_snapshot (self->view, snapshot);
  strata_script_view_set_document (self->view, self->document);
  strata_script_view_show_applied (self->view, self->session, id);
  self->window = gtk_window_new ();
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 500);
  gtk_window_present (GTK_WINDOW (self->window));
  pump_until (strata_script_checker_get_settled (strata_script_view_get_checker (self->view)));
}

static void
close_view (Fixture *self)
{
  gpointer view = self->view;

  g_object_add_weak_pointer (G_OBJECT (view), &view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  pump_until (view == NULL);
  pump_until_finalized (self->document);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
}

static void
test_same (SupportSample *sample,
           gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_view (&fixture, sample, ORDERS);
  pump_until (says (&fixture, "as it stands here"));
  g_assert_true (says (&fixture, "Applied on shop.db by "));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_compare (&fixture))));
  close_view (&fixture);
}

static void
test_pending (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };

  open_view (&fixture, sample, PENDING);
  g_assert_cmpstr (get_words (&fixture), ==, "");
  close_view (&fixture);
}

static void
test_unknown (SupportSample *sample,
              gconstpointer  data)
{
  Fixture fixture = { NULL, };

  support_sample_execute (sample, "DELETE FROM strata_ledger");
  open_view (&fixture, sample, ORDERS);
  pump_until (says (&fixture, "not known: the ledger does not have it"));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (get_compare (&fixture))));
  close_view (&fixture);
}

static void
test_layout (SupportSample *sample,
             gconstpointer  data)
{
  Fixture fixture = { NULL, };

  edit_script (sample, "-- Create orders", "-- Create the orders");
  open_view (&fixture, sample, ORDERS);
  pump_until (says (&fixture, "Only comments or layout"));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (get_compare (&fixture))));
  close_view (&fixture);
}

/* The difference is seen, goes along with what is typed, and the script comes back. */
static void
test_difference (SupportSample *sample,
                 gconstpointer  data)
{
  Fixture fixture = { NULL, };
  GtkWidget *difference;
  GListModel *lines;
  GtkTextIter start;

  edit_script (sample, "customer_id INTEGER", "customer_id BIGINT");
  open_view (&fixture, sample, ORDERS);
  pump_until (says (&fixture, "edited since"));
  difference = find (GTK_WIDGET (fixture.view), "StrataDiffView");
  lines = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (find (difference, "GtkListView"))));
  g_assert_false (gtk_widget_get_mapped (difference));

  gtk_toggle_button_set_active (get_compare (&fixture), TRUE);
  pump_until (gtk_widget_get_mapped (difference) && g_list_model_get_n_items (lines) == 9);

  gtk_text_buffer_get_start_iter (GTK_TEXT_BUFFER (strata_text_document_get_buffer (fixture.document)), &start);
  gtk_text_buffer_insert (GTK_TEXT_BUFFER (strata_text_document_get_buffer (fixture.document)), &start, "-- x\n", -1);
  pump_until (g_list_model_get_n_items (lines) > 9);
  pump_until (says (&fixture, "with another text than this"));

  gtk_toggle_button_set_active (get_compare (&fixture), FALSE);
  g_assert_false (gtk_widget_get_mapped (difference));
  close_view (&fixture);
}

/* Line ends and a byte order mark are the file's: who reads it sees no difference. */
static void
test_form (SupportSample *sample,
           gconstpointer  data)
{
  Fixture fixture = { NULL, };
  g_autofree char *text = read_script (sample, ORDERS_NAME);
  g_autoptr(GString) other = g_string_new (text);

  g_string_replace (other, "\n", "\r\n", 0);
  g_string_prepend (other, "\xef\xbb\xbf");
  support_sample_write (sample, ORDERS_NAME, other->str);
  open_view (&fixture, sample, ORDERS);
  pump_until (says (&fixture, "as it stands here"));
  close_view (&fixture);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/editor/applied-bar/same", HERE, test_same);
  support_sample_add ("/editor/applied-bar/pending", HERE, test_pending);
  support_sample_add ("/editor/applied-bar/unknown", HERE, test_unknown);
  support_sample_add ("/editor/applied-bar/layout", HERE, test_layout);
  support_sample_add ("/editor/applied-bar/difference", HERE, test_difference);
  support_sample_add ("/editor/applied-bar/form", HERE, test_form);

  return g_test_run ();
}
