/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/password-dialog.h"

#include <glib/gi18n.h>

#include "app/profiles/secret-job.h"
#include "app/shared/connection-words.h"
#include "app/shared/snapshot-strip.h"

struct _StrataPasswordDialog
{
  AdwWindow               parent_instance;

  /* template */
  AdwPreferencesGroup    *group;
  AdwEntryRow            *password;
  GtkLabel               *problem;
  GtkInfoBar             *problem_bar;
  GtkSwitch              *remember;
  AdwActionRow           *remember_row;
  GtkSpinner             *spinner;
  StrataEnvironmentStrip *strip;

  /* owned */
  StrataSession          *session;
  StrataProfile          *profile;      /* what it can be remembered for; or NULL */

  /* values */
  gboolean                trying;
};

G_DEFINE_FINAL_TYPE (StrataPasswordDialog, strata_password_dialog, ADW_TYPE_WINDOW)

static void
on_changed (StrataPasswordDialog *self)
{
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "password.connect",
                                 !self->trying && *gtk_editable_get_text (GTK_EDITABLE (self->password)) != '\0');
}

static void
set_trying (StrataPasswordDialog *self,
            gboolean              trying)
{
  self->trying = trying;
  gtk_widget_set_sensitive (GTK_WIDGET (self->group), !trying);
  gtk_spinner_set_spinning (self->spinner, trying);
  on_changed (self);
}

/* The connection stands in any case; that the password was not kept is only told. */
static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(StrataPasswordDialog) self = user_data;
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  g_autoptr(GError) error = NULL;

  if (!strata_secret_job_finish (result, &error) && parent != NULL)
    {
      g_autofree char *text = g_strdup_printf (_("The password is known to this window only: %s"), error->message);

      gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", text);
    }

  if (self->group != NULL)
    gtk_window_close (GTK_WINDOW (self));
}

static void
finish (StrataPasswordDialog *self)
{
  if (self->profile != NULL && gtk_switch_get_active (self->remember))
    strata_secret_job_store (self->profile, gtk_editable_get_text (GTK_EDITABLE (self->password)), NULL, on_stored,
                             g_object_ref (self));
  else
    gtk_window_close (GTK_WINDOW (self));
}

static void
show_failure (StrataPasswordDialog *self)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (self->session);
  const GError *error = snapshot != NULL ? snapshot->status->error : NULL;

  set_trying (self, FALSE);
  if (error != NULL)
    {
      g_autofree char *detail = strata_connection_words_dup_detail (error);
      g_autofree char *words = g_strdup_printf ("%s\n%s", strata_connection_words_get_title (error), detail);

      gtk_label_set_text (self->problem, words);
      gtk_info_bar_set_revealed (self->problem_bar, TRUE);
    }
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
  gtk_editable_select_region (GTK_EDITABLE (self->password), 0, -1);
}

static void
on_link (StrataPasswordDialog *self)
{
  StrataLink link = strata_session_get_link (self->session);

  if (!self->trying || link == STRATA_LINK_CONNECTING)
    return;

  if (link != STRATA_LINK_CONNECTED)
    {
      show_failure (self);
      return;
    }

  /* Only once, whatever comes while it is being stored. */
  self->trying = FALSE;
  finish (self);
}

static void
connect_with_password (GtkWidget  *widget,
                       const char *action,
                       GVariant   *parameter)
{
  StrataPasswordDialog *self = STRATA_PASSWORD_DIALOG (widget);

  gtk_info_bar_set_revealed (self->problem_bar, FALSE);
  set_trying (self, TRUE);
  strata_session_connect (self->session, gtk_editable_get_text (GTK_EDITABLE (self->password)));
}

static void
strata_password_dialog_dispose (GObject *object)
{
  gtk_widget_dispose_template (GTK_WIDGET (object), STRATA_TYPE_PASSWORD_DIALOG);

  G_OBJECT_CLASS (strata_password_dialog_parent_class)->dispose (object);
}

static void
strata_password_dialog_finalize (GObject *object)
{
  StrataPasswordDialog *self = STRATA_PASSWORD_DIALOG (object);

  g_clear_object (&self->session);
  g_clear_pointer (&self->profile, strata_profile_unref);

  G_OBJECT_CLASS (strata_password_dialog_parent_class)->finalize (object);
}

static void
strata_password_dialog_class_init (StrataPasswordDialogClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_password_dialog_dispose;
  object_class->finalize = strata_password_dialog_finalize;

  g_type_ensure (STRATA_TYPE_ENVIRONMENT_STRIP);
  gtk_widget_class_set_template_from_resource (widget_class, "/io/github/strata/Strata/ui/profiles/password-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, group);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, password);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, problem);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, problem_bar);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, remember);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, remember_row);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, StrataPasswordDialog, strip);
  gtk_widget_class_bind_template_callback (widget_class, on_changed);
  gtk_widget_class_install_action (widget_class, "password.connect", NULL, connect_with_password);
}

static void
strata_password_dialog_init (StrataPasswordDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  on_changed (self);
}

static void
name_database (StrataPasswordDialog *self,
               StrataSnapshot       *snapshot)
{
  StrataUrl *url = strata_database_choice_get_url (snapshot->choice);
  g_autofree char *name = strata_snapshot_dup_database_name (snapshot);
  g_autofree char *where = strata_url_to_string (url);
  g_autofree char *escaped_where = g_markup_escape_text (where, -1);
  g_autofree char *heading = g_strdup_printf (_("Password for %s"), name);

  gtk_window_set_title (GTK_WINDOW (self), heading);
  adw_preferences_group_set_description (self->group, escaped_where);
  gtk_widget_set_visible (GTK_WIDGET (self->remember_row), snapshot->profile != NULL);
  strata_snapshot_strip_show (self->strip, snapshot);
  if (strata_url_get_user (url) != NULL)
    {
      g_autofree char *row = g_strdup_printf (_("Password of %s"), strata_url_get_user (url));
      g_autofree char *escaped_row = g_markup_escape_text (row, -1);

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), escaped_row);
    }
  if (snapshot->profile != NULL)
    {
      g_autofree char *whose = g_strdup_printf (_("In the Secret Service, for the profile “%s”"),
                                                strata_profile_get_fields (snapshot->profile)->name);
      g_autofree char *escaped_whose = g_markup_escape_text (whose, -1);

      adw_action_row_set_subtitle (self->remember_row, escaped_whose);
      self->profile = strata_profile_ref (snapshot->profile);
    }
}

StrataPasswordDialog *
strata_password_dialog_new (StrataSession *session)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  StrataPasswordDialog *self;

  g_return_val_if_fail (snapshot != NULL && snapshot->choice != NULL, NULL);

  self = g_object_new (STRATA_TYPE_PASSWORD_DIALOG, NULL);
  self->session = g_object_ref (session);
  name_database (self, snapshot);
  g_signal_connect_object (session, "notify::link", G_CALLBACK (on_link), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));

  return self;
}
