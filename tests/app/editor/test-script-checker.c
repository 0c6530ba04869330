/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/editor/finding-item.h"
#include "app/editor/script-checker.h"
#include "app/support.h"

#define HEADER "-- Größe\n--\n-- Revision: aa11bb22cc33\n-- Revises: 7d18e5c2f9a6\n\n"
#define NAME "versions/aa11bb22cc33_x.sql"

typedef struct
{
  SupportSample        sample;
  StrataSession       *session;
  StrataTextDocument  *document;
  StrataScriptChecker *checker;
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
  self->checker = strata_script_checker_new ();
  strata_script_checker_set_snapshot (self->checker, strata_session_get_snapshot (self->session));
  strata_script_checker_set_names (self->checker, strata_project_names_of (self->session));
  strata_script_checker_set_document (self->checker, self->document);
  pump_until (strata_project_names_get (strata_project_names_of (self->session)) != NULL);
  pump_until (strata_script_checker_get_settled (self->checker));
}

static void
tear_down (Fixture       *self,
           gconstpointer  text)
{
  strata_session_close (self->session);
  pump_until_finalized (self->checker);
  pump_until_finalized (self->document);
  pump_until_finalized (self->session);
  support_sample_tear_down (&self->sample, NULL);
}

static void
type (Fixture    *self,
      int         line,
      const char *text)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (strata_text_document_get_buffer (self->document));
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_line (buffer, &iter, line);
  gtk_text_buffer_insert (buffer, &iter, text, -1);
  g_assert_false (strata_script_checker_get_settled (self->checker));
  pump_until (strata_script_checker_get_settled (self->checker));
}

static guint
count (Fixture *self)
{
  return g_list_model_get_n_items (strata_script_checker_get_findings (self->checker));
}

static char *
dup_marked (Fixture    *self,
            const char *tag_name)
{
  GtkTextBuffer *buffer = GTK_TEXT_BUFFER (strata_text_document_get_buffer (self->document));
  GtkTextTag *tag = gtk_text_tag_table_lookup (gtk_text_buffer_get_tag_table (buffer), tag_name);
  GtkTextIter start;
  GtkTextIter end;

  gtk_text_buffer_get_start_iter (buffer, &start);
  if (!gtk_text_iter_forward_to_tag_toggle (&start, tag))
    return NULL;

  end = start;
  gtk_text_iter_forward_to_tag_toggle (&end, tag);

  return gtk_text_iter_get_text (&start, &end);
}

/* What is not there is underlined, with what may be meant; once it is right, no more. */
static void
test_names (Fixture       *self,
            gconstpointer  data)
{
  g_autofree char *marked = NULL;
  g_autoptr(StrataFindingItem) item = NULL;
  StrataFinding *finding;

  g_assert_cmpuint (count (self), ==, 0);
  type (self, 6, "UPDATE products SET\n  slgu = 'x';\n");
  g_assert_cmpuint (count (self), ==, 1);
  item = g_list_model_get_item (strata_script_checker_get_findings (self->checker), 0);
  finding = strata_finding_item_get_finding (item);
  g_assert_cmpstr (strata_finding_get_code (finding), ==, "no-column");
  g_assert_cmpstr (strata_finding_get_hint (finding), ==, "Did you mean “slug”?");
  marked = dup_marked (self, "strata-warning");
  g_assert_cmpstr (marked, ==, "slgu");

  type (self, 6, "ALTER TABLE products ADD COLUMN slgu text;\n");
  g_assert_cmpuint (count (self), ==, 0);
}

/* A run may take long, and its bar is animated all the while. */
static void
test_busy (Fixture       *self,
           gconstpointer  data)
{
  guint busy = support_keep_busy ();

  test_names (self, data);
  g_source_remove (busy);
}

static void
test_as_typed (Fixture       *self,
               gconstpointer  data)
{
  GtkSourceBuffer *buffer = strata_text_document_get_buffer (self->document);
  g_autofree char *section = dup_marked (self, "strata-marker");
  g_autofree char *marked = NULL;
  g_autofree char *words = NULL;
  g_autofree char *none = NULL;
  GtkTextIter start;
  GtkTextIter end;

  g_assert_cmpuint (count (self), ==, 0);
  g_assert_cmpstr (section, ==, "-- strata:upgrade");

  type (self, 6, "SELECT 'ü', FROM products;\n");
  g_assert_cmpuint (count (self), ==, 1);
  marked = dup_marked (self, "strata-error");
  g_assert_cmpstr (marked, ==, "FROM");
  words = strata_script_checker_dup_line_words (buffer, 6);
  g_assert_nonnull (g_strrstr (words, "syntax error"));

  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &start, 6);
  gtk_text_buffer_get_iter_at_line (GTK_TEXT_BUFFER (buffer), &end, 7);
  gtk_text_buffer_delete (GTK_TEXT_BUFFER (buffer), &start, &end);
  pump_until (strata_script_checker_get_settled (self->checker));
  g_assert_cmpuint (count (self), ==, 0);
  none = dup_marked (self, "strata-error");
  g_assert_null (none);
}

/* A run's rule, an error of the header, and one that only the graph knows, each at its place. */
static void
test_kinds (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(StrataFindingItem) item = NULL;

  g_assert_cmpuint (count (self), ==, 1);
  item = g_list_model_get_item (strata_script_checker_get_findings (self->checker), 0);
  g_assert_cmpstr (strata_finding_get_code (strata_finding_item_get_finding (item)), ==, "missing-revision");
  g_assert_cmpuint (strata_finding_get_place (strata_finding_item_get_finding (item)).line, ==, 4);

  type (self, 6, "BEGIN;\n");
  g_assert_cmpuint (count (self), ==, 2);

  type (self, 3, "-- Depends: x\n");
  g_assert_cmpuint (count (self), ==, 2);
}

static void
test_many (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < 250; i++)
    g_string_append (text, "SELEC 1;\n");
  type (self, 6, text->str);
  g_assert_cmpuint (count (self) + strata_script_checker_get_n_more (self->checker), ==, 250);
  g_assert_cmpuint (strata_script_checker_get_n_more (self->checker), >, 0);
}

/* Documents come and go while a thread still looks at them. */
static void
test_replaced (Fixture       *self,
               gconstpointer  data)
{
  for (guint i = 0; i < 20; i++)
    {
      g_autoptr(StrataTextDocument) other = strata_text_document_new_for_text ("x.sql", HEADER "-- strata:upgrade\nSELEC;\n",
                                                                               sizeof HEADER + 24, "reason");

      strata_script_checker_set_document (self->checker, other);
      if (i % 3 == 0)
        g_main_context_iteration (NULL, FALSE);
      strata_script_checker_set_document (self->checker, self->document);
    }
  pump_until (strata_script_checker_get_settled (self->checker));
  g_assert_cmpuint (count (self), ==, 0);
}

#define add(path, text, test) g_test_add ("/editor/script-checker/" path, Fixture, text, set_up, test, tear_down)

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  add ("names", HEADER "-- strata:upgrade\nSELECT 1;\n", test_names);
  add ("busy", HEADER "-- strata:upgrade\nSELECT 1;\n", test_busy);
  add ("as-typed", HEADER "-- strata:upgrade\nSELECT 1;\n", test_as_typed);
  add ("kinds", "-- x\n--\n-- Revision: aa11bb22cc33\n-- Revises: no_such\n\n-- strata:upgrade\nSELECT 1;\n", test_kinds);
  add ("many", HEADER "-- strata:upgrade\nSELECT 1;\n", test_many);
  add ("replaced", HEADER "-- strata:upgrade\nSELECT 1;\n", test_replaced);

  return g_test_run ();
}
