/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/run/restore-dialog.h"

#include <glib/gi18n.h>

#include "app/run/run-confirm.h"
#include "app/shared/dialog-words.h"
#include "app/shared/snapshot-strip.h"
#include "app/state/run-ask.h"
#include "app/state/words.h"

struct _StrataRestoreDialog
{
  AdwWindow               parent_instance;

  /* template */
  StrataRunConfirm       *confirm;
  AdwPreferencesGroup    *copies_group;
  AdwStatusPage          *empty;
  AdwWindowTitle         *heading;
  GtkStack               *pages;
  GtkLabel               *restore_label;
  GtkWidget              *restore_button;
  StrataEnvironmentStrip *strip;

  /* owned */
  StrataSession          *session;
  GPtrArray              *copies;        /* StrataCopy; NULL until they are read */
  GPtrArray              *checks;        /* GtkCheckButton, as the copies; not owned */
  GtkCheckButton         *leader;        /* of their group, never shown: a single one is a radio button too */
  GCancellable           *cancellable;
};

G_DEFINE_FINAL_TYPE (StrataRestoreDialog, strata_restore_dialog, ADW_TYPE_WINDOW)

static const StrataCopy *
get_chosen (StrataRestoreDialog *self)
{
  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      return g_ptr_array_index (self->copies, i);

  return NULL;
}

static void
update_restore (StrataRestoreDialog *self)
{
  if (self->session == NULL)
    return;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.restore",
                                 get_chosen (self) != NULL && strata_run_confirm_get_confirmed (self->confirm)
                                 && strata_session_get_run (self->session) == NULL);
}

/* The name is when it was made: "20261120T100000.123456Z". */
static char *
dup_moment (const StrataCopy *copy)
{
  g_autoptr(GDateTime) utc = g_date_time_new_from_iso8601 (copy->name, NULL);
  g_autoptr(GDateTime) local = utc != NULL ? g_date_time_to_local (utc) : NULL;

  return local != NULL ? g_date_time_format (local, "%c") : g_strdup (copy->name);
}

static void
add_copy (StrataRestoreDialog *self,
          const StrataCopy    *copy)
{
  g_autofree char *moment = dup_moment (copy);
  g_autofree char *rows = g_strjoinv (", ", copy->rows);
  g_autofree char *size = g_format_size (copy->size);
  /* Translators: why the copy was made ("before upgrade head"), where the database was then, and its size. */
  g_autofree char *subtitle = g_strdup_printf (_("%s, at %s, %s"), copy->reason,
                                               *rows != '\0' ? rows : _("the beginning"), size);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *check = gtk_check_button_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), moment);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), check);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), check);
  gtk_accessible_update_property (GTK_ACCESSIBLE (check), GTK_ACCESSIBLE_PROPERTY_LABEL, moment, -1);
  gtk_check_button_set_group (GTK_CHECK_BUTTON (check), self->leader);
  g_ptr_array_add (self->checks, check);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), self->checks->len == 1);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update_restore), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (self->copies_group, row);
}

static void
on_copies (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataRestoreDialog) self = user_data;
  g_autoptr(GError) error = NULL;
  GPtrArray *copies = strata_run_ask_copies_finish (STRATA_SESSION (source), result, &error);

  if (g_cancellable_is_cancelled (g_task_get_cancellable (G_TASK (result))))
    {
      g_clear_pointer (&copies, g_ptr_array_unref);
      return;
    }

  self->copies = copies;
  if (error != NULL)
    adw_status_page_set_description (self->empty, error->message);
  for (guint i = 0; copies != NULL && i < copies->len; i++)
    add_copy (self, g_ptr_array_index (copies, i));

  gtk_stack_set_visible_child_name (self->pages, copies != NULL && copies->len > 0 ? "copies" : "empty");
  gtk_widget_set_visible (self->restore_button, copies != NULL && copies->len > 0);
  update_restore (self);
}

static void
name_database (StrataRestoreDialog *self,
               StrataSnapshot      *snapshot)
{
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);
  g_autofree char *address = strata_words_dup_address (strata_database_choice_get_url (snapshot->choice));
  g_autofree char *title = g_strdup_printf (_("Restore %s"), name);

  gtk_window_set_title (GTK_WINDOW (self), title);
  adw_window_title_set_subtitle (self->heading, address);
  gtk_label_set_text (self->restore_label, title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->restore_button), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  strata_dialog_words_name_database (GTK_WINDOW (self), snapshot, NULL);
  strata_snapshot_strip_show (self->strip, snapshot);
  strata_run_confirm_set_snapshot (self->confirm, snapshot);
}

static void
restore (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  StrataRestoreDialog *self = STRATA_RESTORE_DIALOG (widget);

  strata_session_start_restore (self->session, get_chosen (self)->name);
  gtk_window_destroy (GTK_WINDOW (self));
}

static void
strata_restore_dialog_dispose (GObject *object)
{
  StrataRestoreDialog *self = STRATA_RESTORE_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_ptr_array_set_size (self->checks, 0);
  gtk_widget_dispose_template (GTK_WIDGET (self), STRATA_TYPE_RESTORE_DIALOG);

  G_OBJECT_CLASS (strata_restore_dialog_parent_class)->dispose (object);
}

static void
strata_restore_dialog_finalize (GObject *object)
{
  StrataRestoreDialog *self = STRATA_RESTORE_DIALOG (object);

  g_clear_object (&self->leader);
  g_clear_object (&self->session);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->copies, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);

  G_OBJECT_CLASS (strata_restore_dialog_parent_class)->finalize (object);
}

static void
strata_restore_dialog_class_init (StrataRestoreDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_restore_dialog_dispose;
  object_class->finalize = strata_restore_dialog_finalize;

  g_type_ensure (STRATA_TYPE_ENVIRONMENT_STRIP);
  g_type_ensure (STRATA_TYPE_RUN_CONFIRM);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/run/restore-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, confirm);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, copies_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, empty);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, heading);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, restore_button);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, restore_label);
  gtk_widget_class_bind_template_child (widget_class, StrataRestoreDialog, strip);
  gtk_widget_class_bind_template_callback (widget_class, update_restore);
  gtk_widget_class_install_action (widget_class, "dialog.restore", NULL, restore);
}

static void
strata_restore_dialog_init (StrataRestoreDialog *self)
{
  self->checks = g_ptr_array_new ();
  self->leader = GTK_CHECK_BUTTON (g_object_ref_sink (gtk_check_button_new ()));
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "dialog.restore", FALSE);
}

StrataRestoreDialog *
strata_restore_dialog_present (GtkWindow     *parent,
                               StrataSession *session)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataRestoreDialog *self;

  g_return_val_if_fail (snapshot != NULL && snapshot->choice != NULL, NULL);

  self = g_object_new (STRATA_TYPE_RESTORE_DIALOG, "transient-for", parent, NULL);
  self->session = g_object_ref (session);
  name_database (self, snapshot);
  g_signal_connect_object (session, "notify::run", G_CALLBACK (update_restore), self, G_CONNECT_SWAPPED);
  strata_run_ask_copies_async (session, self->cancellable, on_copies, g_object_ref (self));
  gtk_window_present (GTK_WINDOW (self));

  return self;
}
