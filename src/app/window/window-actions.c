/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include "app/state/schema-check.h"
#include "app/widgets/toast.h"

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

/* A revision or a file, and where in it. */
static void
show_line (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  const char *ids[] = { NULL, NULL };
  guint line;
  guint column;

  g_variant_get (parameter, "(&suu)", &ids[0], &line, &column);
  strata_session_set_selected (self->session, ids);
  adw_view_stack_set_visible_child_name (self->views, "revisions");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->rest));
  if (self->revision != NULL)
    strata_revision_page_show_line (self->revision, line, column);
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

  adw_view_stack_set_visible_child_name (self->views, "revisions");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->rest));
  gtk_widget_child_focus (GTK_WIDGET (self->detail), GTK_DIR_TAB_FORWARD);
}

/* Where both panes fit, they are there already. */
static void
push_detail (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  if (adw_leaflet_get_folded (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->rest));
}

static void
show_overview (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  strata_session_set_selected (STRATA_WINDOW (widget)->session, NULL);
  show_detail (widget, action, parameter);
}

static void
go_back (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  strata_session_set_selected (self->session, NULL);
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pane));
  gtk_widget_child_focus (GTK_WIDGET (self->pane), GTK_DIR_TAB_FORWARD);
}

static void
show_view (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  strata_window_show_view (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
check_schema (GtkWidget  *widget,
              const char *action,
              GVariant   *parameter)
{
  StrataSchemaCheck *check = strata_schema_check_of (STRATA_WINDOW (widget)->session);
  gboolean drift = g_str_equal (g_variant_get_string (parameter, NULL), "drift");

  strata_schema_check_ask (check, drift ? STRATA_SCHEMA_DRIFT : STRATA_SCHEMA_DECLARED, FALSE);
}

static void
compare (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const char *what = g_variant_get_string (parameter, NULL);

  if (snapshot == NULL)
    return;

  adw_view_stack_set_visible_child_name (self->views, "compare");
  if (g_str_equal (what, "drift"))
    {
      g_autofree char *rows = strata_compare_dup_rows (snapshot);

      strata_compare_page_compare (strata_window_get_compare (self), STRATA_SIDE_REVISION, rows, STRATA_SIDE_DATABASE, NULL);
    }
  else if (g_str_equal (what, "declared"))
    strata_compare_page_compare (strata_window_get_compare (self), STRATA_SIDE_DATABASE, NULL, STRATA_SIDE_DECLARED, NULL);
  else
    gtk_widget_child_focus (GTK_WIDGET (self->compare), GTK_DIR_TAB_FORWARD);
}

static void
search (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  adw_view_stack_set_visible_child_name (self->views, "revisions");
  adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->pane));
  strata_timeline_page_begin_search (self->timeline);
}

static void
show_toast (GtkWidget  *widget,
            const char *action,
            GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);

  /* Told late, to a window that was closed meanwhile. */
  if (self->toasts != NULL)
    strata_toast_show (self->toasts, g_variant_get_string (parameter, NULL));
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
on_file_shown (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr(GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (source), "win.toast", "s", error->message);
}

/* With the program that the desktop has for it. */
static void
show_file (StrataWindow *self,
           const char   *path)
{
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);

  if (uri != NULL)
    gtk_show_uri_full (GTK_WINDOW (self), uri, GDK_CURRENT_TIME, NULL, on_file_shown, NULL);
}

static void
open_external (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  show_file (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
show_folder (StrataWindow *self,
             const char   *path)
{
  g_autofree char *folder = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_strdup (path) : g_path_get_dirname (path);

  show_file (self, folder);
}

typedef struct
{
  StrataWindow *window;
  char         *path;
} ShowInFiles;

/* Not every desktop has a file manager that can point to a file: its folder will do. */
static void
on_shown (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  ShowInFiles *show = user_data;
  g_autoptr(GVariant) answer = g_dbus_connection_call_finish (G_DBUS_CONNECTION (source), result, NULL);

  if (answer == NULL)
    show_folder (show->window, show->path);

  g_object_unref (show->window);
  g_free (show->path);
  g_free (show);
}

static void
show_in_files (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  const char *path = g_variant_get_string (parameter, NULL);
  GApplication *application = g_application_get_default ();
  GDBusConnection *bus = application != NULL ? g_application_get_dbus_connection (application) : NULL;
  g_autofree char *uri = g_filename_to_uri (path, NULL, NULL);
  const char *uris[] = { uri, NULL };
  ShowInFiles *show;

  if (bus == NULL || uri == NULL)
    {
      show_folder (self, path);
      return;
    }

  show = g_new0 (ShowInFiles, 1);
  show->window = g_object_ref (self);
  show->path = g_strdup (path);
  g_dbus_connection_call (bus, "org.freedesktop.FileManager1", "/org/freedesktop/FileManager1",
                          "org.freedesktop.FileManager1", "ShowItems", g_variant_new ("(^ass)", uris, ""), NULL,
                          G_DBUS_CALL_FLAGS_NONE, 5000, NULL, on_shown, show);
}

void
strata_window_class_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.back", NULL, go_back);
  gtk_widget_class_install_action (widget_class, "win.check-schema", "s", check_schema);
  gtk_widget_class_install_action (widget_class, "win.clear-selection", NULL, clear_selection);
  gtk_widget_class_install_action (widget_class, "win.compare", "s", compare);
  gtk_widget_class_install_action (widget_class, "win.copy", "s", copy);
  gtk_widget_class_install_action (widget_class, "win.open-external", "s", open_external);
  gtk_widget_class_install_action (widget_class, "win.push-detail", NULL, push_detail);
  gtk_widget_class_install_action (widget_class, "win.reload", NULL, reload);
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search);
  gtk_widget_class_install_action (widget_class, "win.select", "s", select_revision);
  gtk_widget_class_install_action (widget_class, "win.show-detail", NULL, show_detail);
  gtk_widget_class_install_action (widget_class, "win.show-in-files", "s", show_in_files);
  gtk_widget_class_install_action (widget_class, "win.show-line", "(suu)", show_line);
  gtk_widget_class_install_action (widget_class, "win.show-overview", NULL, show_overview);
  gtk_widget_class_install_action (widget_class, "win.toast", "s", show_toast);
  gtk_widget_class_install_action (widget_class, "win.view", "s", show_view);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F5, 0, "win.reload", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_f, GDK_CONTROL_MASK, "win.search", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_1, GDK_ALT_MASK, "win.view", "s", "revisions");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_2, GDK_ALT_MASK, "win.view", "s", "compare");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_3, GDK_ALT_MASK, "win.view", "s", "activity");
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_d, GDK_CONTROL_MASK, "win.compare", "s", "");
}
