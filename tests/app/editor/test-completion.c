/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Completion in a real view: keys in, a list that is shown, a choice that is put in. */

#include "config.h"

#include <string.h>

#include "app/editor/completion-item.h"
#include "app/editor/script-view.h"
#include "app/support.h"

#define HEAD "-- Größe\n--\n-- Revision: aa11bb22cc33\n-- Revises: 7d18e5c2f9a6\n\n-- strata:upgrade\n"
#define NAME "versions/aa11bb22cc33_x.sql"

typedef struct
{
  SupportSample       sample;
  StrataSession      *session;
  StrataTextDocument *document;
  StrataScriptView   *view;
  GtkWidget          *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  text)
{
  g_autofree char *path = NULL;

  support_sample_set_up (&self->sample, NULL);
  support_sample_write (&self->sample, NAME, text);
  self->session = support_sample_open (&self->sample);

  path = g_build_filename (self->sample.folder, NAME, NULL);
  self->document = strata_text_document_new (path);
  self->view = g_object_new (STRATA_TYPE_SCRIPT_VIEW, NULL);
  strata_script_view_set_snapshot (self->view, strata_session_get_snapshot (self->session));
  strata_script_view_set_project_words (self->view, strata_project_words_of (self->session));
  strata_script_view_set_project_names (self->view, strata_project_names_of (self->session));
  strata_script_view_set_document (self->view, self->document);
  self->window = gtk_window_new ();
  gtk_window_set_default_size (GTK_WINDOW (self->window), 800, 600);
  gtk_window_set_child (GTK_WINDOW (self->window), GTK_WIDGET (self->view));
  gtk_window_present (GTK_WINDOW (self->window));
  pump_until (gtk_widget_get_mapped (GTK_WIDGET (strata_script_view_get_text (self->view))));
  pump_until (strata_script_checker_get_settled (strata_script_view_get_checker (self->view)));
}

static void
tear_down (Fixture       *self,
           gconstpointer  text)
{
  gpointer view = self->view;

  g_object_add_weak_pointer (G_OBJECT (view), &view);
  gtk_window_destroy (GTK_WINDOW (self->window));
  pump_until (view == NULL);
  pump_until_finalized (self->document);
  strata_session_close (self->session);
  pump_until_finalized (self->session);
  support_sample_tear_down (&self->sample, NULL);
}

static GtkTextBuffer *
get_buffer (Fixture *self)
{
  return GTK_TEXT_BUFFER (strata_text_document_get_buffer (self->document));
}

/* As the input method does it: each character an insertion. */
static void
type (Fixture    *self,
      const char *text)
{
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gtk_text_buffer_insert_interactive_at_cursor (get_buffer (self), at, g_utf8_next_char (at) - at, TRUE);
      while (g_main_context_iteration (NULL, FALSE))
        ;
    }
}

static GtkWidget *
find_list (GtkWidget *widget)
{
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found;

      if (g_str_equal (G_OBJECT_TYPE_NAME (child), "GtkSourceCompletionList"))
        return child;
      if ((found = find_list (child)) != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_shown (Fixture *self)
{
  GtkWidget *list = find_list (GTK_WIDGET (strata_script_view_get_text (self->view)));

  return list != NULL && gtk_widget_get_visible (list);
}

static char *
dup_line (Fixture *self,
          int      line)
{
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_iter_at_line (get_buffer (self), &start, line);
  end = start;
  gtk_text_iter_forward_to_line_end (&end);

  return gtk_text_iter_get_text (&start, &end);
}

static void
ask (Fixture *self)
{
  g_signal_emit_by_name (strata_script_view_get_text (self->view), "show-completion");
}

static void
put_cursor (Fixture *self,
            int      line)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (get_buffer (self), &iter, line);
  if (!gtk_text_iter_ends_line (&iter))
    gtk_text_iter_forward_to_line_end (&iter);
  gtk_text_buffer_place_cursor (get_buffer (self), &iter);
}

static GListModel *
get_model (GtkWidget *list)
{
  g_autoptr(GListModel) model = NULL;

  g_object_get (list, "context", &model, NULL);

  return model;
}

static void
choose_first (Fixture *self)
{
  GtkWidget *list = find_list (GTK_WIDGET (strata_script_view_get_text (self->view)));
  GListModel *model = get_model (list);
  GtkSourceCompletionContext *context = GTK_SOURCE_COMPLETION_CONTEXT (model);
  g_autoptr(GListModel) providers = gtk_source_completion_context_list_providers (context);
  g_autoptr(GtkSourceCompletionProvider) provider = g_list_model_get_item (providers, 0);
  g_autoptr(GtkSourceCompletionProposal) proposal = g_list_model_get_item (model, 0);

  gtk_source_completion_provider_activate (provider, context, proposal);
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (get_model (find_list (GTK_WIDGET (strata_script_view_get_text (self->view)))));
}

static void
wait_for_scope (Fixture *self)
{
  StrataScriptChecker *checker = strata_script_view_get_checker (self->view);

  pump_until (strata_script_checker_get_settled (checker) && strata_script_checker_get_scope (checker) != NULL);
}

static void
test_typed (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *line = NULL;

  put_cursor (self, 6);
  type (self, "s");
  g_assert_false (is_shown (self));
  type (self, "elec");
  pump_until (is_shown (self));
  choose_first (self);
  line = dup_line (self, 6);
  g_assert_cmpstr (line, ==, "select");
}

/* One step back takes the choice away, not what was typed. */
static void
test_undo (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *line = NULL;

  put_cursor (self, 6);
  type (self, "sele");
  pump_until (is_shown (self));
  choose_first (self);
  gtk_text_buffer_undo (get_buffer (self));
  line = dup_line (self, 6);
  g_assert_cmpstr (line, ==, "sele");
}

static void
test_project (Fixture       *self,
              gconstpointer  data)
{
  StrataProjectWords *words = strata_project_words_of (self->session);
  g_autofree char *line = NULL;

  put_cursor (self, 6);
  type (self, "vouch");
  pump_until (strata_project_words_get_list (words) != NULL);
  pump_until (is_shown (self));
  choose_first (self);
  line = dup_line (self, 6);
  g_assert_cmpstr (line, ==, "vouchers");
}

/* Where nothing helps, nothing comes by itself; asked for, it comes where it can. */
static void
test_quiet (Fixture       *self,
            gconstpointer  data)
{
  put_cursor (self, 6);
  type (self, "-- selec");
  g_assert_false (is_shown (self));
  type (self, "\n'selec");
  g_assert_false (is_shown (self));
  ask (self);
  g_assert_false (is_shown (self));
  type (self, "'\n12");
  g_assert_false (is_shown (self));
  type (self, "\n");
  ask (self);
  pump_until (is_shown (self));
}

static void
test_head (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *line = NULL;
  g_autofree char *marker = NULL;

  put_cursor (self, 3);
  type (self, ", refunds");
  pump_until (is_shown (self));
  g_assert_cmpuint (count (self), ==, 1);
  choose_first (self);
  line = dup_line (self, 3);
  g_assert_cmpstr (line, ==, "-- Revises: 7d18e5c2f9a6, 0d95b1e8c37f");

  put_cursor (self, 5);
  type (self, " dialect=");
  pump_until (is_shown (self));
  type (self, "postg");
  pump_until (count (self) == 1);
  choose_first (self);
  marker = dup_line (self, 5);
  g_assert_cmpstr (marker, ==, "-- strata:upgrade dialect=postgresql");
}

/* The section says which server reads it, once it was looked at. */
static void
test_section (Fixture       *self,
              gconstpointer  data)
{
  put_cursor (self, 6);
  type (self, "CONCURR");
  pump_until (is_shown (self));
  g_assert_cmpuint (count (self), ==, 1);
}

/* What is chosen first in the line where it was typed. */
static char *
choose_in (Fixture    *self,
           int         line,
           const char *text)
{
  put_cursor (self, line);
  wait_for_scope (self);
  type (self, text);
  pump_until (is_shown (self));
  choose_first (self);

  return dup_line (self, line);
}

/* As it is before the script, and what the script made above. */
static void
test_table (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *line = choose_in (self, 6, "UPDATE custom");

  g_assert_cmpstr (line, ==, "UPDATE customers");
}

static void
test_column (Fixture       *self,
             gconstpointer  data)
{
  g_autofree char *line = choose_in (self, 6, "SELECT p.sl FROM products AS p;\nUPDATE products SET sl");
  g_autofree char *second = dup_line (self, 7);

  g_assert_cmpstr (line, ==, "SELECT p.sl FROM products AS p;");
  g_assert_cmpstr (second, ==, "UPDATE products SET slug");
}

static void
test_own_table (Fixture       *self,
                gconstpointer  data)
{
  g_autofree char *line = choose_in (self, 7, "INSERT INTO zoo (li");

  g_assert_cmpstr (line, ==, "INSERT INTO zoo (lion");
}

/* By itself behind the dot. */
static void
test_dot (Fixture       *self,
          gconstpointer  data)
{
  g_autofree char *line = choose_in (self, 7, "UPDATE zoo SET lion = zoo.");

  g_assert_cmpstr (line, ==, "UPDATE zoo SET lion = zoo.lion");
}

static void
test_way_back (Fixture       *self,
               gconstpointer  data)
{
  g_autofree char *line = choose_in (self, 9, "DROP TABLE z");

  g_assert_cmpstr (line, ==, "DROP TABLE zoo");
}

/* Long scripts are no slower to type in, as far as one key goes. */
static void
test_long (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  gint64 start;
  gint64 longest = 0;

  for (guint i = 0; i < 5000; i++)
    g_string_append_printf (text, "INSERT INTO customers (id, name_%u) VALUES (%u, 'a name');\n", i % 700, i);
  put_cursor (self, 6);
  gtk_text_buffer_insert_at_cursor (get_buffer (self), text->str, -1);
  pump_until (strata_script_checker_get_settled (strata_script_view_get_checker (self->view)));
  put_cursor (self, 2500);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (strata_script_view_get_text (self->view)),
                                      gtk_text_buffer_get_insert (get_buffer (self)));
  type (self, "\n");

  wait_for_scope (self);
  for (guint i = 0; i < 8; i++)
    {
      gint64 took;

      start = g_get_monotonic_time ();
      gtk_text_buffer_insert_interactive_at_cursor (get_buffer (self), &"custonam"[i], 1, TRUE);
      took = g_get_monotonic_time () - start;
      longest = MAX (longest, took);
      type (self, i == 3 ? "mer; UPDATE " : "");
    }
  g_test_message ("the longest of 8 keys took %d µs", (int) longest);
}

#define add(path, text, test) g_test_add ("/editor/completion/view/" path, Fixture, text, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  add ("typed", HEAD "\n", test_typed);
  add ("undo", HEAD "\n", test_undo);
  add ("project", HEAD "\n", test_project);
  add ("quiet", HEAD "\n", test_quiet);
  add ("head", HEAD "\n", test_head);
  add ("long", HEAD "\n", test_long);
  add ("table", HEAD "\n", test_table);
  add ("column", HEAD "\n", test_column);
  add ("own-table", HEAD "CREATE TABLE zoo (lion int);\n\n", test_own_table);
  add ("dot", HEAD "CREATE TABLE zoo (lion int);\n\n", test_dot);
  add ("way-back", HEAD "CREATE TABLE zoo (lion int);\n\n-- strata:downgrade\n\n", test_way_back);
  add ("section", "-- x\n--\n-- Revision: aa11bb22cc33\n-- Revises: 7d18e5c2f9a6\n\n-- strata:upgrade dialect=postgresql\n\n",
       test_section);

  return g_test_run ();
}
