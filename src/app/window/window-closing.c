/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

#include <glib/gi18n.h>

#include "app/editor/documents.h"

/* More names than a dialog has room for. */
#define MOST_NAMES 6

static gboolean
close_now (StrataWindow *self)
{
  strata_window_save_place (self);

  return GTK_WINDOW_CLASS (g_type_class_peek (ADW_TYPE_APPLICATION_WINDOW))->close_request (GTK_WINDOW (self));
}

static void
on_saved (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr(StrataWindow) self = user_data;
  g_autoptr(GError) error = NULL;

  if (strata_documents_save_finish (STRATA_DOCUMENTS (source), result, &error))
    {
      gtk_window_close (GTK_WINDOW (self));
      return;
    }

  gtk_widget_activate_action (GTK_WIDGET (self), "win.keep-open", NULL);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", error->message);
}

/* A dialog that answers is still there, and would go with its window in the middle of it. */
static gboolean
close_later (gpointer self)
{
  gtk_window_close (self);

  return G_SOURCE_REMOVE;
}

static void
on_answered (AdwMessageDialog *dialog,
             const char       *response,
             StrataWindow     *self)
{
  if (g_str_equal (response, "save"))
    strata_documents_save_async (strata_documents_of (self->session), on_saved, g_object_ref (self));
  else if (g_str_equal (response, "discard"))
    {
      self->discarding = TRUE;
      g_idle_add_full (G_PRIORITY_DEFAULT, close_later, g_object_ref (self), g_object_unref);
    }
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "win.keep-open", NULL);
}

static char *
dup_names (GPtrArray *documents)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = documents->len;

  for (guint i = 0; i < MIN (n, MOST_NAMES); i++)
    {
      g_autofree char *name = g_filename_display_basename (strata_text_document_get_path (g_ptr_array_index (documents, i)));

      g_string_append_printf (names, "%s\n", name);
    }
  if (n > MOST_NAMES)
    g_string_append_printf (names, ngettext ("and %u more", "and %u more", n - MOST_NAMES), n - MOST_NAMES);

  return g_string_free (g_steal_pointer (&names), FALSE);
}

static void
ask (StrataWindow *self)
{
  g_autoptr(GPtrArray) unsaved = strata_documents_list_unsaved (strata_documents_of (self->session));
  g_autofree char *names = dup_names (unsaved);
  AdwMessageDialog *dialog;

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_WINDOW (self), _("Save Changes?"), NULL));
  adw_message_dialog_format_body (dialog, _("What was written since the last time that these were saved would be lost:\n\n%s"),
                                  names);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "discard", _("_Discard"), "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_response_appearance (dialog, "save", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "save");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_answered), self, 0);
  g_set_weak_pointer (&self->close_question, GTK_WIDGET (dialog));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* A run is asked about by who watches it, before this. */
static gboolean
close_request (GtkWindow *window)
{
  StrataWindow *self = STRATA_WINDOW (window);

  if (self->discarding || !strata_documents_has_unsaved (strata_documents_of (self->session)))
    return close_now (self);

  if (self->close_question == NULL)
    ask (self);

  return GDK_EVENT_STOP;
}

/* Whoever asks before the window closes, and is told not to: it was no end of the program either. */
static void
keep_open (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (widget));

  if (application != NULL)
    g_action_group_activate_action (G_ACTION_GROUP (application), "keep-open", NULL);
}

void
strata_window_class_install_closing (GtkWidgetClass *widget_class)
{
  GTK_WINDOW_CLASS (widget_class)->close_request = close_request;

  gtk_widget_class_install_action (widget_class, "win.keep-open", NULL, keep_open);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_w, GDK_CONTROL_MASK, "window.close", NULL);
}
