/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/profile-dialog.h"
#include "app/support.h"

static gpointer
show (gpointer dialog)
{
  gtk_window_present (dialog);
  pump_until (gtk_widget_get_mapped (dialog));

  return g_object_ref (dialog);
}

static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_ENTRY_ROW (widget) && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* What is typed there counts also where nothing has left the row: a mnemonic does not. */
static void
test_url_that_is_left_there (SupportSample *sample,
                             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *dialog = show (strata_profile_dialog_new (session, NULL));
  GtkEditable *url = GTK_EDITABLE (find_row (dialog, "URL, fills in what follows"));

  gtk_editable_set_text (GTK_EDITABLE (find_row (dialog, "Name")), "orders");
  gtk_editable_set_text (url, "nonsense");
  gtk_widget_activate_action (dialog, "profile.test", NULL);
  g_assert_cmpstr (gtk_editable_get_text (url), ==, "nonsense");
  gtk_editable_set_text (url, "postgresql://ana@127.0.0.1:1/orders");
  gtk_widget_activate_action (dialog, "profile.test", NULL);
  g_assert_cmpstr (gtk_editable_get_text (url), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (find_row (dialog, "Host"))), ==, "127.0.0.1");

  gtk_window_destroy (GTK_WINDOW (dialog));
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

static void
test_dialog (SupportSample *sample,
             gconstpointer  data)
{
  StrataSession *session = support_sample_open (sample);
  GtkWidget *dialog = show (strata_profile_dialog_new (session, "postgresql+psycopg2://ana:s3cret@127.0.0.1:1/orders"));

  gtk_window_destroy (GTK_WINDOW (dialog));
  pump_until_finalized (dialog);
  strata_session_close (session);
  pump_until_finalized (session);
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/profiles/dialog/closed", NULL, test_dialog);
  support_sample_add ("/profiles/dialog/url-that-is-left-there", NULL, test_url_that_is_left_there);

  return g_test_run ();
}
