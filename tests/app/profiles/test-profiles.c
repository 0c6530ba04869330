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

  return g_test_run ();
}
