/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "app/editor/documents.h"
#include "app/editor/script-view.h"
#include "app/editor/sql-page.h"
#include "app/run/widgets.h"
#include "app/window/window-private.h"
#include "app/support.h"

#define NEWEST "7d18e5c2f9a6"
#define SCRIPT "7d18e5c2f9a6_give_back_the_space_of_the_import.sql"

static int
get_width (gpointer widget)
{
  return gtk_widget_get_width (GTK_WIDGET (widget));
}

/* The width is that of what is in it: a frame may be around. */
static StrataWindow *
open_window (SupportSample *sample,
             int            width)
{
  StrataWindow *window = strata_window_new (NULL, NULL);

  gtk_window_set_default_size (GTK_WINDOW (window), width, 600);
  strata_window_open (window, sample->folder, NULL);
  gtk_window_present (GTK_WINDOW (window));
  pump_until (strata_session_get_link (window->session) == STRATA_LINK_CONNECTED && get_width (window->leaflet) > 0);
  gtk_window_set_default_size (GTK_WINDOW (window), 2 * width - get_width (window->leaflet), 600);
  pump_until (get_width (window->leaflet) == width);

  return window;
}

static void
destroy (StrataWindow *window)
{
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_destroy (GTK_WINDOW (window));
  pump_until (window == NULL);
}

static void
select_one (StrataWindow *window,
            const char   *id)
{
  const char *ids[] = { id, NULL };

  strata_session_set_selected (window->session, ids);
}

static gboolean
activate (StrataWindow *window,
          const char   *action)
{
  return gtk_widget_activate_action (GTK_WIDGET (window), action, NULL);
}

static gboolean
shows_list (StrataWindow *window)
{
  return adw_leaflet_get_visible_child (window->leaflet) == GTK_WIDGET (window->pane);
}

static StrataTextDocument *
open_script (StrataWindow *window,
             const char   *path)
{
  StrataTextDocument *document = strata_documents_open (strata_documents_of (window->session), path);

  pump_until (strata_text_document_get_state (document) == STRATA_TEXT_DOCUMENT_READY);

  return document;
}

/* With a script that is shown, asked about, and typed in. */
static void
use_window (StrataWindow  *window,
            SupportSample *sample)
{
  g_autofree char *path = g_build_filename (sample->folder, "versions", SCRIPT, NULL);

  select_one (window, NEWEST);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (strata_text_document_get_buffer (open_script (window, path))),
                                    "-- sel", -1);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
}

static void
test_hundred (SupportSample *sample,
              gconstpointer  data)
{
  for (guint i = 0; i < 100; i++)
    {
      StrataWindow *window = strata_window_new (NULL, NULL);
      StrataSession *session = g_object_ref (strata_window_get_session (window));

      strata_window_open (window, sample->folder, NULL);
      /* Most are shown, some go before they have read anything. */
      if (i % 10 == 0)
        {
          gtk_window_present (GTK_WINDOW (window));
          pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED
                      && gtk_widget_get_mapped (GTK_WIDGET (window)));
          use_window (window, sample);
        }
      destroy (window);
      pump_until_finalized (session);
    }
}

/* Who has not saved loses nothing: the script stays, under its path, and is a revision again once it is back. */
static void
test_deleted (SupportSample *sample,
              gconstpointer  data)
{
  StrataWindow *window = open_window (sample, 1000);
  g_autofree char *path = g_build_filename (sample->folder, "versions", SCRIPT, NULL);
  StrataTextDocument *document;

  select_one (window, NEWEST);
  document = open_script (window, path);
  gtk_text_buffer_insert_at_cursor (GTK_TEXT_BUFFER (strata_text_document_get_buffer (document)), "-- x\n", -1);
  g_assert_cmpint (g_unlink (path), ==, 0);
  for (guint i = 0; i < 2; i++)
    {
      activate (window, "win.reload");
      pump_until (!strata_session_get_loading (window->session)
                  && g_strcmp0 (strata_session_get_selected (window->session)[0], path) == 0);
      g_assert_cmpstr (gtk_stack_get_visible_child_name (window->detail), ==, "revision");
    }

  strata_text_document_save_async (document, NULL, NULL);
  pump_until (!strata_text_document_get_modified (document));
  activate (window, "win.reload");
  pump_until (g_strcmp0 (strata_session_get_selected (window->session)[0], NEWEST) == 0);
  destroy (window);
}

/* Nothing is open: no timeline, no activity, and the name is the program's. */
static void
test_title (SupportSample *sample,
            gconstpointer  data)
{
  StrataWindow *window = strata_window_new (NULL, NULL);
  g_autofree char *name = g_path_get_basename (sample->folder);
  g_autofree char *config = g_build_filename (sample->folder, "strata.ini", NULL);
  g_autofree char *title = NULL;

  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, "Strata");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->pane)));
  g_assert_null (adw_view_switcher_title_get_stack (window->switcher_title));

  /* Of what is being read, and of what does not open, it is the folder's. */
  strata_window_open (window, sample->folder, NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, name);
  pump_until (strata_session_get_link (window->session) == STRATA_LINK_CONNECTED);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, name);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (window->pane)));
  g_assert_nonnull (adw_view_switcher_title_get_stack (window->switcher_title));

  support_sample_write (sample, ".git/HEAD", "ref: refs/heads/vouchers\n");
  support_sample_write (sample, ".git/objects/x", "");
  support_sample_write (sample, ".git/refs/x", "");
  activate (window, "win.reload");
  pump_until (strata_session_get_snapshot (window->session)->status->branch != NULL);
  title = g_strdup_printf ("%s (vouchers)", name);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, title);

  g_assert_cmpint (g_unlink (config), ==, 0);
  activate (window, "win.reload");
  pump_until (strata_session_get_error (window->session) != NULL);
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (window)), ==, name);
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (window->pane)));
  destroy (window);
}

/* Both panes at 800 px, whatever width the timeline was given; the grip keeps what the detail needs. */
static void
test_panes (SupportSample *sample,
            gconstpointer  data)
{
  StrataWindow *window = open_window (sample, 1200);

  strata_pane_set_width (window->pane, 500);
  pump_until (get_width (window->pane) == 500);
  for (guint i = 0; i < 40; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window->grip), "grip.move", "i", 1);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  pump_until (get_width (window->rest) == 400);
  for (guint i = 0; i < 60; i++)
    {
      gtk_widget_activate_action (GTK_WIDGET (window->grip), "grip.move", "i", -1);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
    }
  pump_until (get_width (window->pane) == 340);
  destroy (window);

  window = open_window (sample, 800);
  strata_pane_set_width (window->pane, 1000);
  select_one (window, NEWEST);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  g_assert_false (adw_leaflet_get_folded (window->leaflet));
  g_assert_cmpint (get_width (window->rest), ==, 400);
  destroy (window);
}

static void
test_folded (SupportSample *sample,
             gconstpointer  data)
{
  StrataWindow *window = open_window (sample, 720);

  pump_until (adw_leaflet_get_folded (window->leaflet) && gtk_widget_get_visible (window->overview_button));
  g_assert_true (shows_list (window));
  g_assert_false (gtk_widget_get_visible (window->back_button));

  activate (window, "win.show-overview");
  pump_until (gtk_widget_get_visible (window->back_button));
  g_assert_false (shows_list (window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->detail), ==, "overview");

  activate (window, "win.back");
  g_assert_true (shows_list (window));

  /* On another page there is nothing to go to and fro between. */
  pump_until (gtk_widget_get_visible (window->overview_button));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "activity");
  pump_until (!gtk_widget_get_visible (window->overview_button));
  g_assert_false (gtk_widget_get_visible (window->back_button));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.view", "s", "revisions");
  pump_until (gtk_widget_get_visible (window->overview_button));

  /* Something asks for a revision: it is shown. Back, and it is none that is selected. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.select", "s", NEWEST);
  g_assert_false (shows_list (window));
  g_assert_cmpstr (gtk_stack_get_visible_child_name (window->detail), ==, "revision");
  activate (window, "win.back");
  g_assert_true (shows_list (window));
  g_assert_null (strata_session_get_selected (window->session)[0]);
  destroy (window);
}

static GtkWidget *
find_region (StrataWindow *window)
{
  GtkWidget *regions[] = { window->header, window->strip, GTK_WIDGET (window->pane), GTK_WIDGET (window->rest),
                           GTK_WIDGET (window->activity), window->run_bar };
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window));

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    if (focus != NULL && gtk_widget_is_ancestor (focus, regions[i]))
      return regions[i];

  return NULL;
}

static void
test_regions (SupportSample *sample,
              gconstpointer  data)
{
  StrataWindow *window = open_window (sample, 1000);
  GtkWidget *focus;

  gtk_widget_child_focus (window->header, GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-region", "b", FALSE);
  g_assert_true (find_region (window) == GTK_WIDGET (window->pane));
  gtk_widget_child_focus (GTK_WIDGET (window->pane), GTK_DIR_TAB_FORWARD);
  focus = gtk_window_get_focus (GTK_WINDOW (window));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-region", "b", FALSE);
  g_assert_true (find_region (window) == GTK_WIDGET (window->rest));
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-region", "b", FALSE);
  g_assert_true (find_region (window) == window->header);

  /* Back, to where it was. */
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-region", "b", TRUE);
  gtk_widget_activate_action (GTK_WIDGET (window), "win.next-region", "b", TRUE);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
  destroy (window);
}

static void
test_place (SupportSample *sample,
            gconstpointer  data)
{
  StrataWindow *window = open_window (sample, 1000);
  g_autoptr(GVariant) place = NULL;
  const char *folder, *view;
  int width, pane;

  strata_pane_set_width (window->pane, 444);
  adw_view_stack_set_visible_child_name (window->views, "activity");
  place = g_variant_ref_sink (strata_window_dup_place (window));
  g_variant_get (place, "(&s&siibi&s)", &folder, NULL, &width, NULL, NULL, &pane, &view);
  g_assert_cmpstr (folder, ==, sample->folder);
  g_assert_cmpint (width, >=, 1000);
  g_assert_cmpint (pane, ==, 444);
  g_assert_cmpstr (view, ==, "activity");
  destroy (window);

  window = strata_window_new (NULL, NULL);
  g_assert_null (strata_window_dup_place (window));
  strata_window_set_place (window, place);
  strata_window_open (window, sample->folder, NULL);
  gtk_window_present (GTK_WINDOW (window));
  pump_until (strata_session_get_snapshot (window->session) != NULL);
  g_assert_cmpstr (adw_view_stack_get_visible_child_name (window->views), ==, "activity");
  g_assert_cmpint (strata_pane_get_width (window->pane), ==, 444);
  pump_until (get_width (window->views) == 1000);
  destroy (window);
}

static StrataTextDocument *
edit (SupportSample *sample,
      StrataWindow  *window)
{
  g_autofree char *path = g_build_filename (sample->folder, "versions", SCRIPT, NULL);
  StrataTextDocument *document = strata_documents_open (strata_documents_of (window->session), path);
  GtkTextBuffer *buffer;
  GtkTextIter end;

  pump_until (strata_text_document_get_state (document) == STRATA_TEXT_DOCUMENT_READY);
  buffer = GTK_TEXT_BUFFER (strata_text_document_get_buffer (document));
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_insert (buffer, &end, "-- unsaved\n", -1);
  g_assert_true (strata_documents_has_unsaved (strata_documents_of (window->session)));

  return document;
}

/* As the dialog's buttons do. */
static void
answer (StrataWindow *window,
        const char   *response)
{
  GtkWidget *question;

  gtk_window_close (GTK_WINDOW (window));
  g_assert_nonnull (window->close_question);
  question = g_object_ref (window->close_question);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), response);
  gtk_window_destroy (GTK_WINDOW (question));
  g_object_unref (question);
}

static gboolean
has_beside (GtkWidget *page)
{
  return gtk_widget_get_mapped (find (page, STRATA_TYPE_SCRIPT_VIEW, 0))
         && gtk_widget_get_mapped (find (page, STRATA_TYPE_SQL_PAGE, 0));
}

static void
test_beside (SupportSample *sample,
             gconstpointer  data)
{
  const char *one[] = { NEWEST, NULL };
  const char *two[] = { NEWEST, "c6921da04e7b", NULL };
  StrataSession *session = support_sample_open (sample);
  GtkWidget *page = strata_revision_page_new (session);
  GtkWindow *window = GTK_WINDOW (gtk_window_new ());

  strata_session_set_selected (session, one);
  gtk_window_set_child (window, page);
  gtk_window_set_default_size (window, 1200, 600);
  gtk_window_present (window);
  pump_until (has_beside (page));

  g_assert_true (gtk_widget_activate_action (page, "revision.sql-beside", NULL));
  g_assert_false (has_beside (page));
  g_assert_true (gtk_widget_activate_action (page, "revision.sql-beside", NULL));
  pump_until (has_beside (page));

  /* Where two scripts are, there is no room for a third text. */
  strata_session_set_selected (session, two);
  g_assert_false (has_beside (page));
  strata_session_set_selected (session, one);
  pump_until (has_beside (page));

  gtk_window_set_default_size (window, 800, 600);
  pump_until (!has_beside (page));
  gtk_window_set_default_size (window, 1100, 600);
  pump_until (has_beside (page));
  gtk_window_destroy (window);
  pump_until_finalized (session);
}

static GtkWidget *
part_of (StrataWindow *window,
         const char   *name)
{
  return GTK_WIDGET (child_of (window->revision, name));
}

/* Words that are too many for a low window are no reason to be wider than the pane, and over what is beside it. */
static void
test_low (SupportSample *sample,
          gconstpointer  data)
{
  const char *two[] = { "47ab92c0de15", "c6921da04e7b", NULL };
  StrataWindow *window = open_window (sample, 800);

  select_one (window, "c6921da04e7b");
  pump_until (window->revision != NULL);
  adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (part_of (window, "pages")), "changes");
  pump_until (g_str_equal (gtk_stack_get_visible_child_name (GTK_STACK (child_of (part_of (window, "changes"), "stack"))),
                           "differences"));
  gtk_window_set_default_size (GTK_WINDOW (window), gtk_widget_get_width (GTK_WIDGET (window)), 400);
  pump_until (gtk_widget_get_height (GTK_WIDGET (window->leaflet)) < 500 && get_width (part_of (window, "pages")) > 0);
  g_assert_false (adw_leaflet_get_folded (window->leaflet));
  g_assert_cmpint (get_width (window->revision), ==, get_width (window->rest));
  g_assert_cmpint (get_width (part_of (window, "changes")), ==, get_width (window->rest));

  /* Nor are two of them. */
  strata_session_set_selected (window->session, two);
  for (guint i = 0; i < 4; i++)
    {
      static const char * const pages[] = { "script", "sql", "checks", "changes" };

      adw_view_stack_set_visible_child_name (ADW_VIEW_STACK (part_of (window, "pages")), pages[i]);
      gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
      g_assert_false (adw_leaflet_get_folded (window->leaflet));
      g_assert_cmpint (get_width (window->revision), ==, get_width (window->rest));
    }
  destroy (window);
}

/* What nobody looked at is not made. */
static void
test_pages (SupportSample *sample,
            gconstpointer  data)
{
  StrataWindow *window = open_window (sample, 1000);

  g_assert_null (adw_bin_get_child (window->compare));
  g_assert_null (adw_bin_get_child (window->activity));
  adw_view_stack_set_visible_child_name (window->views, "compare");
  g_assert_true (STRATA_IS_COMPARE_PAGE (adw_bin_get_child (window->compare)));
  adw_view_stack_set_visible_child_name (window->views, "activity");
  g_assert_true (STRATA_IS_ACTIVITY_PAGE (adw_bin_get_child (window->activity)));
  destroy (window);
}

static void
test_unsaved (SupportSample *sample,
              gconstpointer  response)
{
  StrataWindow *window = open_window (sample, 1000);
  g_autofree char *path = g_build_filename (sample->folder, "versions", SCRIPT, NULL);
  g_autofree char *text = NULL;

  edit (sample, window);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);

  answer (window, "cancel");
  pump_until (window->close_question == NULL);
  g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (window)));

  answer (window, "discard");
  pump_until (window == NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_null (strstr (text, "-- unsaved"));
  g_clear_pointer (&text, g_free);

  window = open_window (sample, 1000);
  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  edit (sample, window);
  answer (window, "save");
  pump_until (window == NULL);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "-- unsaved"));
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/window/window/hundred", "47ab92c0de15", test_hundred);
  support_sample_add ("/window/window/deleted", "47ab92c0de15", test_deleted);
  support_sample_add ("/window/window/title", "47ab92c0de15", test_title);
  support_sample_add ("/window/window/panes", "47ab92c0de15", test_panes);
  support_sample_add ("/window/window/folded", "47ab92c0de15", test_folded);
  support_sample_add ("/window/window/regions", "47ab92c0de15", test_regions);
  support_sample_add ("/window/window/place", "47ab92c0de15", test_place);
  support_sample_add ("/window/window/beside", "47ab92c0de15", test_beside);
  support_sample_add ("/window/window/low", "47ab92c0de15", test_low);
  support_sample_add ("/window/window/pages", "47ab92c0de15", test_pages);
  support_sample_add ("/window/window/unsaved", "47ab92c0de15", test_unsaved);

  return g_test_run ();
}
