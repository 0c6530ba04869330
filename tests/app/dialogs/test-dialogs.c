/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/merge-dialog.h"
#include "app/dialogs/new-revision-dialog.h"
#include "app/dialogs/rescue-dialog.h"
#include "app/dialogs/stamp-dialog.h"
#include "app/support.h"

#define HERE "47ab92c0de15"
#define LOST "f00000000001"

/* The first widget of a type below another one whose title or text has this in it. */
static GtkWidget *
find_widget (GtkWidget  *widget,
             GType       type,
             const char *title)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    {
      g_autofree char *text = NULL;

      if (title == NULL)
        return widget;
      g_object_get (widget, GTK_IS_LABEL (widget) ? "label" : "title", &text, NULL);
      if (text != NULL && strstr (text, title) != NULL)
        return widget;
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_widget (child, type, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
has_text (gpointer    dialog,
          const char *text)
{
  return find_widget (dialog, GTK_TYPE_LABEL, text) != NULL;
}

static void
set_entry (gpointer    dialog,
           const char *title,
           const char *text)
{
  GtkWidget *row = find_widget (dialog, ADW_TYPE_ENTRY_ROW, title);

  g_assert_nonnull (row);
  gtk_editable_set_text (GTK_EDITABLE (row), text);
}

static gboolean
may (gpointer    dialog,
     const char *action)
{
  GtkWidget *probe = gtk_button_new ();
  gboolean sensitive;

  gtk_actionable_set_action_name (GTK_ACTIONABLE (probe), action);
  gtk_widget_insert_before (probe, gtk_widget_get_first_child (dialog), NULL);
  sensitive = gtk_widget_get_sensitive (probe);
  gtk_widget_unparent (probe);

  return sensitive;
}

static gpointer
show (gpointer dialog)
{
  gtk_window_present (dialog);
  pump_until (gtk_widget_get_mapped (dialog));

  return g_object_ref (dialog);
}

static gboolean
is_closed (gpointer dialog)
{
  return !gtk_widget_get_visible (dialog);
}

static const char *
get_selected (StrataSession *session)
{
  return strata_session_get_selected (session)[0];
}

static void
test_new_revision (SupportSample *sample,
                   gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  guint n_before = strata_graph_get_n_nodes (strata_session_get_snapshot (session)->graph);
  GtkWidget *dialog = show (strata_new_revision_dialog_new (session, NULL));
  StrataRevision *revision;
  guint node;

  g_assert_false (may (dialog, "new-revision.create"));
  set_entry (dialog, "What it does", "  Add lamp shades ");
  g_assert_true (may (dialog, "new-revision.create"));
  gtk_widget_activate_action (dialog, "new-revision.create", NULL);
  pump_until (is_closed (dialog) && get_selected (session) != NULL);

  g_assert_cmpuint (strata_graph_get_n_nodes (strata_session_get_snapshot (session)->graph), ==, n_before + 1);
  node = strata_graph_find (strata_session_get_snapshot (session)->graph, get_selected (session));
  revision = strata_graph_get_revision (strata_session_get_snapshot (session)->graph, node);
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "Add lamp shades");
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

/* What core refuses is said in the dialog, which stays with what was typed; a revision that has a child is branched off. */
static void
test_new_revision_elsewhere (SupportSample *sample,
                             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *dialog = show (strata_new_revision_dialog_new (session, HERE));

  set_entry (dialog, "What it does", "Branch off");
  set_entry (dialog, "Id", HERE);
  gtk_widget_activate_action (dialog, "new-revision.create", NULL);
  pump_until (gtk_info_bar_get_revealed (GTK_INFO_BAR (find_widget (dialog, GTK_TYPE_INFO_BAR, NULL))));
  g_assert_true (has_text (dialog, HERE));

  set_entry (dialog, "Id", "aaaa00000001");
  set_entry (dialog, "Name of the branch", "shades");
  g_assert_true (may (dialog, "new-revision.create"));
  gtk_widget_activate_action (dialog, "new-revision.create", NULL);
  pump_until (g_strcmp0 (get_selected (session), "aaaa00000001") == 0);
  pump_until_finalized (dialog);

  dialog = show (strata_merge_dialog_new (session, NULL));
  g_assert_true (has_text (dialog, "aaaa00000001"));
  g_assert_true (may (dialog, "merge.create"));
  set_entry (dialog, "Message", "Join the shades");
  gtk_widget_activate_action (dialog, "merge.create", NULL);
  pump_until (is_closed (dialog));
  pump_until (g_strv_length (strata_session_get_snapshot (session)->status->heads) == 1);
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

/* In an Alembic project it is the script that Alembic would write, unless SQL is asked for. */
static void
test_new_script (SupportSample *sample,
                 gconstpointer  data)
{
  g_autofree char *folder = g_build_filename (sample->folder, "py", NULL);
  SupportSample project = { folder, NULL };
  StrataSession *session;
  GtkWidget *dialog;
  StrataRevision *revision;
  guint node;

  support_sample_write (sample, "py/alembic.ini", "[alembic]\nscript_location = db\n");
  support_sample_write (sample, "py/db/env.py", "");
  support_sample_write (sample, "py/db/versions/a.py", "revision = 'a'\ndown_revision = None\n");
  support_sample_write (sample, "py/db/script.py.mako", "\"\"\"${message}\"\"\"\nrevision = ${repr(up_revision)}\n"
                        "down_revision = ${repr(down_revision)}\n");
  session = support_sample_open (&project);
  dialog = show (strata_new_revision_dialog_new (session, NULL));

  set_entry (dialog, "What it does", "Add lamp shades");
  g_assert_true (may (dialog, "new-revision.create"));
  gtk_widget_activate_action (dialog, "new-revision.create", NULL);
  pump_until (is_closed (dialog) && get_selected (session) != NULL);

  node = strata_graph_find (strata_session_get_snapshot (session)->graph, get_selected (session));
  revision = strata_graph_get_revision (strata_session_get_snapshot (session)->graph, node);
  g_assert_true (g_str_has_suffix (strata_revision_get_path (revision), "_add_lamp_shades.py"));
  g_assert_cmpstr (strata_revision_get_message (revision), ==, "Add lamp shades");
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

static void
test_closed_early (SupportSample *sample,
                   gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *dialog = show (strata_new_revision_dialog_new (session, NULL));

  set_entry (dialog, "What it does", "Quick");
  gtk_widget_activate_action (dialog, "new-revision.create", NULL);
  gtk_window_destroy (GTK_WINDOW (dialog));
  pump_until (get_selected (session) != NULL);
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

static void
test_stamp (SupportSample *sample,
            gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *dialog = show (strata_stamp_dialog_new (session, NULL));
  GtkWidget *row;

  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (dialog)), "shop.db"));
  g_assert_true (has_text (dialog, "Counts as applied, but is not run"));
  row = find_widget (dialog, ADW_TYPE_ACTION_ROW, "Give back the space of the import (7d18e5c2f9a6)");
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), ==, 0);
  row = find_widget (dialog, ADW_TYPE_ACTION_ROW, "Create vouchers (58d3c1a7e92f)");
  g_assert_cmpint (gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row)), ==, 4);
  gtk_widget_activate_action (dialog, "stamp.apply", NULL);
  pump_until (strata_session_get_run (session) == NULL
              && strata_snapshot_get_n_pending (strata_session_get_snapshot (session)) == 0);
  pump_until_finalized (dialog);

  dialog = show (strata_stamp_dialog_new (session, HERE));
  g_assert_true (has_text (dialog, "Counts as pending, but what it did stays"));
  gtk_window_destroy (GTK_WINDOW (dialog));
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

static void
lose_revision (SupportSample *sample)
{
  g_autofree char *text = g_strdup_printf ("-- Lost\n--\n-- Revision: " LOST "\n-- Revises: 7d18e5c2f9a6\n\n"
                                           "-- strata:upgrade\nCREATE TABLE lost (id INTEGER);\n"
                                           "-- strata:downgrade\nDROP TABLE lost;\n");
  g_autofree char *path = g_build_filename (sample->folder, "versions", LOST "_lost.sql", NULL);

  support_sample_write (sample, "versions/" LOST "_lost.sql", text);
  support_sample_upgrade (sample, "heads");
  g_assert_cmpint (unlink (path), ==, 0);
}

static void
test_rescue (SupportSample *sample,
             gconstpointer  stamp)
{
  StrataSession *session;
  GtkWidget *dialog;

  lose_revision (sample);
  session = support_sample_open (sample);
  g_assert_nonnull (strata_session_get_snapshot (session)->status->lost);

  dialog = show (strata_rescue_dialog_new (session));
  g_assert_nonnull (strstr (gtk_window_get_title (GTK_WINDOW (dialog)), "shop.db"));
  g_assert_true (has_text (dialog, LOST));
  gtk_widget_activate_action (dialog, stamp != NULL ? "rescue.stamp" : "rescue.step-back", NULL);
  pump_until (strata_session_get_run (session) == NULL && strata_session_get_snapshot (session)->status->lost == NULL);

  g_assert_cmpstr (strata_snapshot_get_rows (strata_session_get_snapshot (session))[0], ==, "7d18e5c2f9a6");
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/app/dialogs/new-revision", NULL, test_new_revision);
  support_sample_add ("/app/dialogs/new-revision-elsewhere", NULL, test_new_revision_elsewhere);
  support_sample_add ("/app/dialogs/new-script", NULL, test_new_script);
  support_sample_add ("/app/dialogs/closed-early", NULL, test_closed_early);
  support_sample_add ("/app/dialogs/stamp", HERE, test_stamp);
  support_sample_add ("/app/dialogs/rescue-by-stepping-back", NULL, test_rescue);
  support_sample_add ("/app/dialogs/rescue-by-stamp", HERE, test_rescue);

  return g_test_run ();
}
