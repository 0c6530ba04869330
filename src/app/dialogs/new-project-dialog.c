/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/new-project-dialog.h"

#include <glib/gi18n.h>

#include "app/state/words.h"
#include "core/workspace/author.h"

struct _StrataNewProjectDialog
{
  AdwWindow      parent_instance;

  /* template */
  AdwActionRow  *folder_row;
  AdwEntryRow   *name;
  GtkLabel      *problem;
  GtkInfoBar    *problem_bar;

  /* owned */
  char          *parent;      /* the folder to make it in */
};

G_DEFINE_FINAL_TYPE (StrataNewProjectDialog, strata_new_project_dialog, ADW_TYPE_WINDOW)

static void
show_problem (StrataNewProjectDialog *self,
              const char             *text)
{
  gtk_label_set_text (self->problem, text != NULL ? text : "");
  gtk_info_bar_set_revealed (self->problem_bar, text != NULL);
}

static char *
dup_name (StrataNewProjectDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name))));
}

static void
on_changed (StrataNewProjectDialog *self)
{
  g_autofree char *name = dup_name (self);
  gboolean good = *name != '\0' && strchr (name, G_DIR_SEPARATOR) == NULL && !g_str_equal (name, ".")
                  && !g_str_equal (name, "..");

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "new-project.create", good);
  show_problem (self, NULL);
}

static void
make_project (GTask        *task,
              gpointer      source,
              gpointer      folder,
              GCancellable *cancellable)
{
  GError *error = NULL;
  g_autofree char *config = strata_project_init (folder, &error);

  if (config != NULL)
    g_task_return_pointer (task, g_strdup (folder), g_free);
  else
    g_task_return_error (task, error);
}

static void
on_made (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  StrataNewProjectDialog *self = STRATA_NEW_PROJECT_DIALOG (source);
  g_autoptr(GError) error = NULL;
  g_autofree char *folder = g_task_propagate_pointer (G_TASK (result), &error);
  GtkWindow *window;

  /* Closed meanwhile. */
  if (self->problem == NULL)
    return;

  if (folder == NULL)
    {
      gtk_widget_action_set_enabled (GTK_WIDGET (self), "new-project.create", TRUE);
      show_problem (self, error->message);
      return;
    }

  window = gtk_window_get_transient_for (GTK_WINDOW (self));
  if (window != NULL)
    gtk_widget_activate_action (GTK_WIDGET (window), "win.open-path", "s", folder);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
create (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataNewProjectDialog *self = STRATA_NEW_PROJECT_DIALOG (widget);
  g_autoptr(GTask) task = g_task_new (self, NULL, on_made, NULL);
  g_autofree char *name = dup_name (self);

  gtk_widget_action_set_enabled (widget, "new-project.create", FALSE);
  g_task_set_task_data (task, g_build_filename (self->parent, name, NULL), g_free);
  g_task_run_in_thread (task, make_project);
}

static void
set_parent_folder (StrataNewProjectDialog *self,
                   const char             *folder)
{
  g_autofree char *shown = strata_words_dup_path (folder);

  g_free (self->parent);
  self->parent = g_strdup (folder);
  adw_action_row_set_subtitle (self->folder_row, shown);
}

static void
on_chosen (GtkNativeDialog        *dialog,
           int                     response,
           StrataNewProjectDialog *self)
{
  g_autoptr(GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (dialog));
  if (file != NULL && g_file_peek_path (file) != NULL)
    set_parent_folder (self, g_file_peek_path (file));
  g_object_unref (dialog);
}

static void
choose_folder (GtkWidget  *widget,
               const char *action,
               GVariant   *parameter)
{
  StrataNewProjectDialog *self = STRATA_NEW_PROJECT_DIALOG (widget);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Folder of the New Project"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER, _("_Choose"), NULL);

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_chosen), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
strata_new_project_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_NEW_PROJECT_DIALOG);

  G_OBJECT_CLASS (strata_new_project_dialog_parent_class)->dispose (object);
}

static void
strata_new_project_dialog_finalize (GObject *object)
{
  g_free (STRATA_NEW_PROJECT_DIALOG (object)->parent);

  G_OBJECT_CLASS (strata_new_project_dialog_parent_class)->finalize (object);
}

static void
strata_new_project_dialog_class_init (StrataNewProjectDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_new_project_dialog_dispose;
  object_class->finalize = strata_new_project_dialog_finalize;

  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/strata/Strata/ui/dialogs/new-project-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataNewProjectDialog, folder_row);
  gtk_widget_class_bind_template_child (widget_class, StrataNewProjectDialog, name);
  gtk_widget_class_bind_template_child (widget_class, StrataNewProjectDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataNewProjectDialog, problem_bar);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "new-project.choose-folder", NULL, choose_folder);
  gtk_widget_class_install_action (widget_class, "new-project.create", NULL, create);
}

static void
strata_new_project_dialog_init (StrataNewProjectDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  set_parent_folder (self, g_get_home_dir ());
  on_changed (self);
}

StrataNewProjectDialog *
strata_new_project_dialog_new (void)
{
  return g_object_new (STRATA_TYPE_NEW_PROJECT_DIALOG, NULL);
}
