/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/compare/compare-page-private.h"

#include <glib/gi18n.h>

#include "app/compare/write-notes.h"
#include "app/state/compare-write.h"

/* The dialog has it. */
typedef struct
{
  StrataComparePage *page;
  StrataDifferences *differences;

  /* borrowed from the dialog */
  AdwMessageDialog  *dialog;
  GtkEditable       *message;
  StrataWriteNotes  *notes;
} Question;

static void
question_free (gpointer data)
{
  Question *question = data;

  g_object_unref (question->page);
  g_object_unref (question->differences);
  g_free (question);
}

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
on_answered (Question   *question,
             const char *response)
{
  StrataComparePage *page = question->page;
  gboolean is_declared = strata_differences_get_compared (question->differences)->comparison->to->kind == STRATA_SIDE_DECLARED;

  if (!g_str_equal (response, "create") || page->session == NULL)
    return;

  strata_compare_page_begin (page, _("The revision is tried out, both ways"));
  /* What is declared is doubted where it drops most there is, and then the person has said so; others mean what they show. */
  strata_compare_write_async (page->session, question->differences, gtk_editable_get_text (question->message), page->agreed,
                              !is_declared || strata_write_notes_has_drops (question->notes), page->comparing, on_written,
                              g_object_ref (page));
}

static void
update_create (Question *question)
{
  g_autofree char *text = g_strstrip (g_strdup (gtk_editable_get_text (question->message)));

  adw_message_dialog_set_response_enabled (question->dialog, "create",
                                           *text != '\0' && strata_write_notes_allows (question->notes));
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

static char *
dup_body (StrataDifferences *differences)
{
  guint n = strata_differences_get_n_ticked (differences);

  if (strata_differences_list_along (differences)->len > 0)
    return g_strdup_printf (ngettext ("It does the %u difference that is ticked and what comes along with it, and its downgrade"
                                      " undoes all of that. Nothing is run.",
                                      "It does the %u differences that are ticked and what comes along with them, and its downgrade"
                                      " undoes all of that. Nothing is run.", n), n);

  return g_strdup_printf (ngettext ("It does the %u difference that is ticked, and its downgrade undoes it. Nothing is run.",
                                    "It does the %u differences that are ticked, and its downgrade undoes them. Nothing is run.",
                                    n), n);
}

static GtkWidget *
make_dialog (StrataComparePage *self,
             const char        *body)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *dialog = adw_message_dialog_new (GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL, _("New Revision"), body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "create", _("C_reate"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "create", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "create");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");

  return dialog;
}

static GtkWidget *
make_message (StrataDifferences *differences)
{
  GtkWidget *message = gtk_entry_new ();
  g_autofree char *suggestion = dup_suggestion (differences);

  gtk_entry_set_placeholder_text (GTK_ENTRY (message), _("What it is about"));
  gtk_entry_set_activates_default (GTK_ENTRY (message), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (message), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Message"), -1);
  gtk_editable_set_text (GTK_EDITABLE (message), suggestion);

  return message;
}

void
strata_compare_page_new_revision (GtkWidget  *widget,
                                  const char *action,
                                  GVariant   *parameter)
{
  StrataComparePage *self = STRATA_COMPARE_PAGE (widget);
  gboolean begins_there = strata_side_chooser_is_own_database (self->from);
  g_autofree char *body = dup_body (self->differences);
  GtkWidget *dialog = make_dialog (self, body);
  GtkWidget *message = make_message (self->differences);
  GtkWidget *notes = strata_write_notes_new (self->session, self->differences, begins_there, self->agreed);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Question *question = g_new0 (Question, 1);

  gtk_box_append (GTK_BOX (box), message);
  gtk_box_append (GTK_BOX (box), notes);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);

  question->page = g_object_ref (self);
  question->differences = g_object_ref (self->differences);
  question->dialog = ADW_MESSAGE_DIALOG (dialog);
  question->message = GTK_EDITABLE (message);
  question->notes = STRATA_WRITE_NOTES (notes);
  g_object_set_data_full (G_OBJECT (dialog), "strata-question", question, question_free);
  g_signal_connect_swapped (message, "changed", G_CALLBACK (update_create), question);
  g_signal_connect_swapped (notes, "changed", G_CALLBACK (update_create), question);
  g_signal_connect_swapped (dialog, "response", G_CALLBACK (on_answered), question);
  update_create (question);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (message);
}
