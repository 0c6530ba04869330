/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window.h"
#include "app/support.h"

static void
test_hundred (SupportSample *sample,
              gconstpointer  data)
{
  for (guint i = 0; i < 100; i++)
    {
      StrataWindow *window = strata_window_new (NULL);
      StrataSession *session = g_object_ref (strata_window_get_session (window));

      strata_window_open (window, sample->folder, NULL);
      /* Most are shown, some go before they have read anything. */
      if (i % 10 == 0)
        {
          gtk_window_present (GTK_WINDOW (window));
          pump_until (strata_session_get_link (session) == STRATA_LINK_CONNECTED
                      && gtk_widget_get_mapped (GTK_WIDGET (window)));
        }
      g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
      gtk_window_destroy (GTK_WINDOW (window));
      pump_until (window == NULL);
      pump_until_finalized (session);
    }
}

int
main (int    argc,
      char **argv)
{
  support_init_display (&argc, &argv);

  support_sample_add ("/window/window/hundred", "47ab92c0de15", test_hundred);

  return g_test_run ();
}
