/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/profiles/password-dialog.h"

#include <glib/gi18n.h>

#include "app/profiles/secret-job.h"

typedef struct
{
  StrataSession *session;
  StrataProfile *profile;      /* or NULL */
  GtkWidget     *entry;
  GtkWidget     *remember;     /* NULL without a profile */
} Ask;

static void
ask_closed (gpointer  data,
            GClosure *closure)
{
  Ask *ask = data;

  g_clear_object (&ask->session);
  g_clear_pointer (&ask->profile, strata_profile_unref);
  g_free (ask);
}

/* The password was right or wrong for the database in any case; that it was not kept is only told. */
static void
on_stored (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr(GtkWindow) parent = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  if (strata_secret_job_finish (result, &error) || parent == NULL)
    return;

  text = g_strdup_printf (_("The password was not kept: %s"), error->message);
  gtk_widget_activate_action (GTK_WIDGET (parent), "win.toast", "s", text);
}

static void
on_response (AdwMessageDialog *dialog,
             const char       *response,
             Ask              *ask)
{
  const char *password = gtk_editable_get_text (GTK_EDITABLE (ask->entry));
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (dialog));

  if (!g_str_equal (response, "connect"))
    return;

  if (ask->remember != NULL && gtk_check_button_get_active (GTK_CHECK_BUTTON (ask->remember)))
    strata_secret_job_store (ask->profile, password, NULL, on_stored, parent != NULL ? g_object_ref (parent) : NULL);
  strata_session_connect (ask->session, password);
}

static void
on_changed (GtkEditable      *entry,
            AdwMessageDialog *dialog)
{
  adw_message_dialog_set_response_enabled (dialog, "connect", *gtk_editable_get_text (entry) != '\0');
}

GtkWindow *
strata_password_dialog_new (StrataSession *session,
                            GtkWindow     *parent)
{
  StrataSnapshot *snapshot = strata_session_get_snapshot (session);
  g_autofree char *title = strata_snapshot_dup_database_title (snapshot);
  g_autofree char *heading = g_strdup_printf (_("Password for %s"), title);
  g_autofree char *url = strata_url_to_string (strata_database_choice_get_url (snapshot->choice));
  GtkWidget *dialog = adw_message_dialog_new (parent, heading, url);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Ask *ask = g_new0 (Ask, 1);

  ask->session = g_object_ref (session);
  ask->entry = gtk_password_entry_new ();
  gtk_password_entry_set_show_peek_icon (GTK_PASSWORD_ENTRY (ask->entry), TRUE);
  g_object_set (ask->entry, "activates-default", TRUE, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (ask->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, heading, -1);
  gtk_box_append (GTK_BOX (box), ask->entry);
  if (snapshot->profile != NULL)
    {
      ask->profile = strata_profile_ref (snapshot->profile);
      ask->remember = gtk_check_button_new_with_mnemonic (_("_Remember it in the Secret Service"));
      gtk_box_append (GTK_BOX (box), ask->remember);
    }

  adw_message_dialog_set_body_use_markup (ADW_MESSAGE_DIALOG (dialog), FALSE);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "connect", _("C_onnect"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "connect", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "connect");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (on_response), ask, ask_closed, 0);
  g_signal_connect_object (ask->entry, "changed", G_CALLBACK (on_changed), dialog, 0);
  on_changed (GTK_EDITABLE (ask->entry), ADW_MESSAGE_DIALOG (dialog));

  return GTK_WINDOW (dialog);
}
