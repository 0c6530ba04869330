/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include "app/state/settings.h"

#define NARROWEST 720
#define LOWEST 520
#define NARROWEST_PANE 340
#define USUAL_PANE 420

void
strata_window_init_place (StrataWindow *self)
{
  GSettings *settings = strata_settings_get ();

  strata_pane_set_width (self->pane, USUAL_PANE);
  if (settings == NULL)
    return;

  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  strata_pane_set_width (self->pane, g_settings_get_int (settings, "pane-width"));
}

void
strata_window_save_place (StrataWindow *self)
{
  GSettings *settings = strata_settings_get ();
  int width, height;

  if (settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (settings, "window-width", MAX (width, NARROWEST));
  g_settings_set_int (settings, "window-height", MAX (height, LOWEST));
  g_settings_set_boolean (settings, "window-maximized", gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (settings, "pane-width", MAX (strata_pane_get_width (self->pane), NARROWEST_PANE));
}

GVariant *
strata_window_dup_place (StrataWindow *self)
{
  const char *folder = strata_session_get_folder (self->session);
  const char *profile = strata_session_get_profile_name (self->session);
  const char *view = self->awaited_view != NULL ? self->awaited_view
                                                : adw_view_stack_get_visible_child_name (self->views);
  int width, height;

  if (folder == NULL)
    return NULL;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);

  return g_variant_new ("(ssiibis)", folder, profile != NULL ? profile : "", width, height,
                        gtk_window_is_maximized (GTK_WINDOW (self)), strata_pane_get_width (self->pane),
                        view != NULL ? view : "");
}

/* What comes from the settings may be anything. */
void
strata_window_set_place (StrataWindow *self,
                         GVariant     *place)
{
  int width, height, pane;
  gboolean maximized;
  const char *view;

  g_variant_get (place, "(ssiibi&s)", NULL, NULL, &width, &height, &maximized, &pane, &view);
  gtk_window_set_default_size (GTK_WINDOW (self), MAX (width, NARROWEST), MAX (height, LOWEST));
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  else
    gtk_window_unmaximize (GTK_WINDOW (self));
  strata_pane_set_width (self->pane, MAX (pane, NARROWEST_PANE));
  g_free (self->awaited_view);
  self->awaited_view = g_strdup (view);
}
