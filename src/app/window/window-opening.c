/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include <glib/gi18n.h>

#include "app/dialogs/new-project-dialog.h"
#include "app/state/settings.h"
#include "app/window/sample.h"
#include "app/window/windows.h"

static void
open_path (StrataWindow *self,
           const char   *path)
{
  strata_windows_open (gtk_window_get_application (GTK_WINDOW (self)), self, path, NULL, NULL);
}

static void
open_path_action (GtkWidget  *widget,
                  const char *action,
                  GVariant   *parameter)
{
  open_path (STRATA_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void
on_chosen (GtkNativeDialog *dialog,
           int              response,
           StrataWindow    *self)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    open_path (self, g_file_peek_path (file));
  g_object_unref (dialog);
}

static void
open_folder (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Open a Project"), GTK_WINDOW (widget),
                                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Open"), NULL);
  const char *folder = strata_session_get_folder (STRATA_WINDOW (widget)->session);

  if (folder != NULL)
    {
      g_autofree char *parent = g_path_get_dirname (folder);
      g_autoptr(GFile) file = g_file_new_for_path (parent);

      gtk_file_chooser_set_current_folder (GTK_FILE_CHOOSER (chooser), file, NULL);
    }
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
new_project (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataNewProjectDialog *dialog = strata_new_project_dialog_new ();

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (widget));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
copy_sample (GTask        *task,
             gpointer      source,
             gpointer      data,
             GCancellable *cancellable)
{
  GError *error = NULL;
  char *folder = strata_sample_copy (&error);

  if (folder != NULL)
    g_task_return_pointer (task, folder, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_sample (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_task_propagate_pointer (G_TASK (result), &error);

  if (folder != NULL)
    open_path (STRATA_WINDOW (source), folder);
  else
    gtk_widget_activate_action (GTK_WIDGET (source), "win.toast", "s", error->message);
}

static void
open_sample (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  g_autoptr(GTask) task = g_task_new (widget, NULL, on_sample, NULL);

  g_task_run_in_thread (task, copy_sample);
}

static void
show_recent (StrataWindow *self)
{
  g_auto(GStrv) recent = strata_settings_dup_recent ();

  g_menu_remove_all (self->recent_menu);
  for (guint i = 0; recent[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (recent[i]);
      g_autofree char *folder = g_path_get_dirname (recent[i]);
      g_autofree char *label = g_strdup_printf ("%s — %s", name, folder);
      g_autoptr(GMenuItem) item = g_menu_item_new (NULL, NULL);

      /* A folder's underscores are no mnemonics. */
      g_auto(GStrv) parts = g_strsplit (label, "_", -1);
      g_autofree char *plain = g_strjoinv ("__", parts);

      g_menu_item_set_label (item, plain);
      g_menu_item_set_action_and_target (item, "win.open-path", "s", recent[i]);
      g_menu_append_item (self->recent_menu, item);
    }
}

static void
on_snapshot (StrataWindow *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);

  if (snapshot != NULL)
    strata_settings_add_recent (strata_project_get_root (snapshot->project));
}

static gboolean
on_drop (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         StrataWindow  *self)
{
  GFile *file = g_value_get_object (value);

  if (file == NULL || g_file_peek_path (file) == NULL)
    return FALSE;

  open_path (self, g_file_peek_path (file));

  return TRUE;
}

void
strata_window_class_install_opening (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.new-project", NULL, new_project);
  gtk_widget_class_install_action (widget_class, "win.open-folder", NULL, open_folder);
  gtk_widget_class_install_action (widget_class, "win.open-path", "s", open_path_action);
  gtk_widget_class_install_action (widget_class, "win.open-sample", NULL, open_sample);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_o, GDK_CONTROL_MASK, "win.open-folder", NULL);
}

void
strata_window_init_opening (StrataWindow *self)
{
  GtkDropTarget *drop = gtk_drop_target_new (G_TYPE_FILE, GDK_ACTION_COPY);
  GSettings *settings = strata_settings_get ();

  g_signal_connect_object (drop, "drop", G_CALLBACK (on_drop), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drop));
  g_signal_connect_object (self->session, "notify::snapshot", G_CALLBACK (on_snapshot), self, G_CONNECT_SWAPPED);
  if (settings != NULL)
    g_signal_connect_object (settings, "changed::recent", G_CALLBACK (show_recent), self, G_CONNECT_SWAPPED);
  show_recent (self);
}
