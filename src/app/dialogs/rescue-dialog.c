/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/dialogs/rescue-dialog.h"

#include <glib/gi18n.h>

#include "app/shared/dialog-words.h"
#include "app/shared/snapshot-strip.h"
#include "app/state/words.h"

struct _StrataRescueDialog
{
  AdwWindow               parent_instance;

  /* template */
  AdwPreferencesGroup    *found;
  GtkLabel               *problem;
  GtkInfoBar             *problem_bar;
  GtkWidget              *protected_group;
  StrataEnvironmentStrip *strip;
  AdwEntryRow            *typed;

  /* owned */
  StrataSession          *session;
  StrataSnapshot         *snapshot;      /* what the dialog speaks of */

  /* values */
  gboolean                busy;
};

G_DEFINE_FINAL_TYPE (StrataRescueDialog, strata_rescue_dialog, ADW_TYPE_WINDOW)

static void
show_problem (StrataRescueDialog *self,
              const char         *text)
{
  gtk_label_set_text (self->problem, text);
  gtk_info_bar_set_revealed (self->problem_bar, TRUE);
}

static void
on_changed (StrataRescueDialog *self)
{
  const StrataLost *lost = self->snapshot != NULL ? self->snapshot->status->lost : NULL;
  gboolean may = lost != NULL && lost->missing[0] == NULL && !self->busy;

  if (may && self->snapshot->is_protected)
    may = g_str_equal (gtk_editable_get_text (GTK_EDITABLE (self->typed)),
                       strata_profile_get_fields (self->snapshot->profile)->name);

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rescue.step-back", may);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "rescue.stamp", may);
}

static void
on_started (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataRescueDialog) self = user_data;
  g_autoptr(GError) error = NULL;

  StrataRunJob *run = strata_session_rescue_finish (STRATA_SESSION (source), result, &error);

  /* Closed meanwhile. */
  if (self->problem == NULL)
    return;

  if (run != NULL)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }

  self->busy = FALSE;
  on_changed (self);
  show_problem (self, error->message);
}

static void
rescue (GtkWidget  *widget,
        const char *action,
        GVariant   *parameter)
{
  StrataRescueDialog *self = STRATA_RESCUE_DIALOG (widget);

  /* Somebody may have put it right meanwhile. */
  if (strata_session_get_snapshot (self->session) != self->snapshot)
    {
      show_problem (self, _("The project or its database has changed meanwhile. Close this and look again."));
      return;
    }

  self->busy = TRUE;
  on_changed (self);
  strata_session_rescue_async (self->session, g_str_equal (action, "rescue.stamp"), on_started, g_object_ref (self));
}

static void
add_row (StrataRescueDialog *self,
         const char         *title,
         const char         *subtitle,
         const char         *icon)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  adw_preferences_group_add (self->found, row);
}

static void
list_lost (StrataRescueDialog *self)
{
  const StrataLost *lost = self->snapshot->status->lost;

  for (guint i = 0; i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);
      g_autofree char *where = strata_words_dup_where (one);
      const char *message = strata_revision_get_message (one->revision);
      const char *id = strata_revision_get_id (one->revision);
      g_autofree char *subtitle = g_strdup_printf ("%s · %s", id, where);

      add_row (self, *message != '\0' ? message : id, subtitle, "document-open-recent-symbolic");
    }

  for (guint i = 0; lost->missing[i] != NULL; i++)
    add_row (self, lost->missing[i], _("Found neither in git nor in the ledger. If you know where the database stands, "
                                       "stamp it there."), "dialog-question-symbolic");
}

static void
name_database (StrataRescueDialog *self)
{
  g_autofree char *name = strata_snapshot_dup_database_name (self->snapshot);
  g_autofree char *title = strata_snapshot_dup_database_title (self->snapshot);
  g_autofree char *escaped = g_markup_escape_text (title, -1);
  g_autofree char *heading = g_strdup_printf (_("Rescue %s"), name);
  /* Translators: a database. */
  g_autofree char *sentence = g_strdup_printf (_("%s has revisions that the project’s folder has not."), escaped);

  gtk_window_set_title (GTK_WINDOW (self), heading);
  strata_dialog_words_name_database (GTK_WINDOW (self), self->snapshot, NULL);
  strata_snapshot_strip_show (self->strip, self->snapshot);
  adw_preferences_group_set_title (self->found, escaped);
  adw_preferences_group_set_description (self->found, sentence);
  gtk_widget_set_visible (self->protected_group, self->snapshot->is_protected);
  if (self->snapshot->is_protected)
    {
      g_autofree char *ask = g_strdup_printf (_("Type %s to continue"),
                                              strata_profile_get_fields (self->snapshot->profile)->name);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->typed), ask);
    }
}

static void
strata_rescue_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_RESCUE_DIALOG);

  G_OBJECT_CLASS (strata_rescue_dialog_parent_class)->dispose (object);
}

static void
strata_rescue_dialog_finalize (GObject *object)
{
  StrataRescueDialog *self = STRATA_RESCUE_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->snapshot, strata_snapshot_unref);

  G_OBJECT_CLASS (strata_rescue_dialog_parent_class)->finalize (object);
}

static void
strata_rescue_dialog_class_init (StrataRescueDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_rescue_dialog_dispose;
  object_class->finalize = strata_rescue_dialog_finalize;

  g_type_ensure (STRATA_TYPE_ENVIRONMENT_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/dialogs/rescue-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataRescueDialog, found);
  gtk_widget_class_bind_template_child (widget_class, StrataRescueDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataRescueDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataRescueDialog, protected_group);
  gtk_widget_class_bind_template_child (widget_class, StrataRescueDialog, strip);
  gtk_widget_class_bind_template_child (widget_class, StrataRescueDialog, typed);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "rescue.stamp", NULL, rescue);
  gtk_widget_class_install_action (widget_class, "rescue.step-back", NULL, rescue);
}

static void
strata_rescue_dialog_init (StrataRescueDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

StrataRescueDialog *
strata_rescue_dialog_new (StrataSession *session)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataRescueDialog *self;

  g_return_val_if_fail (snapshot != NULL && snapshot->status->lost != NULL, NULL);

  self = g_object_new (STRATA_TYPE_RESCUE_DIALOG, NULL);
  self->session = g_object_ref (session);
  self->snapshot = strata_snapshot_ref (snapshot);
  name_database (self);
  list_lost (self);
  on_changed (self);

  return self;
}
