/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include <glib/gi18n.h>

static void
reload (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  strata_session_reload (STRATA_WINDOW (widget)->session);
}

static void
select_revision (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  const char *ids[] = { g_variant_get_string (parameter, NULL), NULL };

  strata_session_set_selected (STRATA_WINDOW (widget)->session, ids);
}

static void
clear_selection (GtkWidget  *widget,
                 const char *action,
                 GVariant   *parameter)
{
  strata_session_set_selected (STRATA_WINDOW (widget)->session, NULL);
}

static void
show_detail (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->detail));
  gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

static void
go_back (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->timeline));
  strata_session_set_selected (self->session, NULL);
}

static void
show_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  adw_view_stack_set_visible_child_name (STRATA_WINDOW (widget)->views, g_variant_get_string (parameter, NULL));
}

static void
search (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->views, "revisions");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->timeline));
  strata_timeline_page_begin_search (self->timeline);
}

static void
show_toast (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  AdwToast *toast = adw_toast_new ("");

  /* The text is no markup. */
  g_autofree char *escaped = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);

  adw_toast_set_title (toast, escaped);
  adw_toast_overlay_add_toast (STRATA_WINDOW (widget)->toasts, toast);
}

static void
copy (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  gdk_clipboard_set_text (gtk_widget_get_clipboard (widget), g_variant_get_string (parameter, NULL));
  gtk_widget_activate_action (widget, "win.toast", "s", _("Copied"));
}

static void
open_external (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  g_autofree char *uri = g_filename_to_uri (g_variant_get_string (parameter, NULL), NULL, NULL);

  if (uri != NULL)
    gtk_show_uri (GTK_WINDOW (widget), uri, GDK_CURRENT_TIME);
}

/* Not every desktop has a file manager that can point to a file: its folder will do. */
static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autofree char *path = user_data;
  g_autoptr(GError) error = NULL;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, &error);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *uri = g_filename_to_uri (folder, NULL, NULL);

  if (answer == NULL && uri != NULL)
    gtk_show_uri (NULL, uri, GDK_CURRENT_TIME);
}

static void
show_in_files (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  const char *path = g_variant_get_string (parameter, NULL);
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *uris[] = { uri, NULL };

  if (bus == NULL || uri == NULL)
    return;

  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, 5000, NULL, on_shown, g_strdup (path));
}

void
strata_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.clear-selection", NULL, clear_selection);
  gtk_widget_class_install_action (widget_class, "win.copy", "s", copy);
  gtk_widget_class_install_action (widget_class, "win.open-external", "s", open_external);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.select", "s", select_revision);
  gtk_widget_class_install_action (widget_class, "win.show-detail", NULL, show_detail);
  gtk_widget_class_install_action (widget_class, "win.show-in-files", "s", show_in_files);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", show_toast);
  gtk_widget_class_install_action (widget_class, "win.view", "s", show_view);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_ALT_MASK, "win.view", "s", "revisions");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, GDK_ALT_MASK, "win.view", "s", "activity");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}
