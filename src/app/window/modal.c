/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/modal.h"

static gboolean
is_covered (GtkWindow *window)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) other = g_list_model_get_item (windows, i);

      if (gtk_window_get_transient_for (other) == window && gtk_window_get_modal (other)
          && gtk_widget_get_mapped (GTK_WIDGET (other)))
        return TRUE;
    }

  return FALSE;
}

static void
on_mapped (GtkWindow *dialog)
{
  GtkWindow *window = gtk_window_get_transient_for (dialog);

  if (window != NULL)
    gtk_widget_set_can_target (GTK_WIDGET (window), !is_covered (window));
}

static void
on_windows (GListModel *windows,
            guint       position,
            guint       removed,
            guint       added)
{
  for (guint i = position; i < position + added; i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      g_signal_connect_after (window, "map", G_CALLBACK (on_mapped), NULL);
      g_signal_connect_after (window, "unmap", G_CALLBACK (on_mapped), NULL);
    }
}

void
strata_modal_watch (void)
{
  g_signal_connect (gtk_window_get_toplevels (), "items-changed", G_CALLBACK (on_windows), NULL);
}
