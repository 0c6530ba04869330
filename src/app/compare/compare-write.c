/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/compare-page-private.h"

#include <glib/gi18n.h>

#include "app/state/compare-write.h"

typedef struct
{
  StrataComparePage *page;
  StrataDifferences *differences;
  GtkEditable       *message;       /* the dialog has it */
} Question;

static void
question_free (Question *question)
{
  g_object_unref (question->page);
  g_object_unref (question->differences);
  g_free (question);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Question, question_free)

static void
on_written (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr(StrataComparePage) self = user_data;
  g_autoptr(GError) error = NULL;
  g_autofree char *unproven = NULL;
  gboolean written = strata_compare_write_finish (STRATA_SESSION (source), result, &unproven, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->session == NULL)
    return;

  g_clear_object (&self->comparing);
  gtk_spinner_stop (self->spinner);
  gtk_stack_set_visible_child_name (self->stack, "differences");
  /* The window goes to it as soon as it is read. */
  if (written && unproven == NULL)
    return;
  if (written)
    {
      g_autofree char *words = g_strdup_printf (_("Written, and not tried out: %s"), unproven);

      gtk_widget_activate_action (GTK_WIDGET (self), "win.toast", "s", words);
      return;
    }

  gtk_info_bar_set_message_type (self->bar, GTK_MESSAGE_ERROR);
  gtk_label_set_text (self->bar_words, error->message);
  gtk_widget_set_visible (self->bar_button, FALSE);
  gtk_info_bar_set_revealed (self->bar, TRUE);
}

static void
on_answered (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr(Question) question = user_data;

  if (!g_str_equal (response, "create") || question->page->session == NULL)
    return;

  strata_compare_page_begin (question->page, _("The revision is tried out, both ways"));
  strata_compare_write_async (question->page->session, question->differences, gtk_editable_get_text (question->message),
                              question->page->agreed, question->page->comparing, on_written, g_object_ref (question->page));
}

static void
on_message (GtkEditable *message,
            gpointer     dialog)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (message)));

  adw_message_dialog_set_response_enabled (dialog, "create", *text != '\0');
}

/* Of a single difference, what it is. */
static char *
dup_suggestion (StrataDifferences *differences)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (differences)); i++)
    {
      g_autoptr(StrataDifferenceItem) item = g_list_model_get_item (G_LIST_MODEL (differences), i);
      const StrataDifferenceFacts *facts = strata_difference_item_get_facts (item);

      if (facts->is_group || !strata_difference_item_get_ticked (item))
        continue;
      if (strata_differences_get_n_ticked (differences) == 1)
        return g_strdup (facts->title);
      break;
    }

  return g_strdup ("");
}

void
strata_compare_page_new_revision (GtkWidget  *widget,
                                  const char *action,
                                  GVariant   *parameter)
{
  StrataComparePage *self = STRATA_COMPARE_PAGE (widget);
  GtkRoot *root = gtk_widget_get_root (widget);
  guint n = strata_differences_get_n_ticked (self->differences);
  g_autofree char *body = g_strdup_printf (ngettext ("It does the %u difference that is ticked, and its downgrade undoes it."
                                                     " Nothing is run.",
                                                     "It does the %u differences that are ticked, and its downgrade undoes them."
                                                     " Nothing is run.", n), n);
  AdwMessageDialog *dialog;
  GtkWidget *message = gtk_entry_new ();
  Question *question = g_new0 (Question, 1);
  g_autofree char *suggestion = dup_suggestion (self->differences);

  dialog = ADW_MESSAGE_DIALOG (adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("New Revision"), body));
  gtk_entry_set_placeholder_text (GTK_ENTRY (message), _("What it is about"));
  gtk_entry_set_activates_default (GTK_ENTRY (message), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (message), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message"), -1);
  adw_message_dialog_set_extra_child (dialog, message);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "create", _("C_reate"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "create", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "create");
  adw_message_dialog_set_close_response (dialog, "cancel");

  question->page = g_object_ref (self);
  question->differences = g_object_ref (self->differences);
  question->message = GTK_EDITABLE (message);
  g_signal_connect_object (message, "changed", G_CALLBACK (on_message), dialog, 0);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answered), question);
  gtk_editable_set_text (GTK_EDITABLE (message), suggestion);
  on_message (GTK_EDITABLE (message), dialog);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (message);
}
