/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/accessible-mend.h"

#include "app/widgets/accessible.h"

/* Of a widget that is listened to: a toggle button is itself there, an expander row has the row that gets its focus. */
#define SPEAKER "strata-speaker"

/* “GtkImage Copy” is what a button is called that has a picture and a name. */
static void
leave_picture_out (GtkButton *button)
{
  if (gtk_button_get_icon_name (button) != NULL)
    gtk_accessible_reset_relation (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
}

/* “GtkStackPage panel” is said of a page without a title; one with an empty title is passed over. */
static void
leave_page_out (GtkStackPage *page)
{
  if (gtk_stack_page_get_title (page) == NULL)
    gtk_stack_page_set_title (page, "");
}

static void
say_checked (GtkToggleButton *button)
{
  gtk_accessible_update_state (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_STATE_CHECKED,
                               gtk_toggle_button_get_active (button) ? GTK_ACCESSIBLE_TRISTATE_TRUE
                                                                     : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/* Nothing is said of the state of a toggle button in its own role, and the templates give it that of a radio button or a
 * check box: then it is this state that counts. */
static void
mend_toggle (GtkToggleButton *button)
{
  GtkAccessibleRole role = gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (button));

  if ((role != GTK_ACCESSIBLE_ROLE_RADIO && role != GTK_ACCESSIBLE_ROLE_CHECKBOX)
      || g_object_get_data (G_OBJECT (button), SPEAKER) != NULL)
    return;

  g_object_set_data (G_OBJECT (button), SPEAKER, button);
  g_signal_connect (button, "notify::active", G_CALLBACK (say_checked), NULL);
  say_checked (button);
}

/* The text of an entry row, which has the focus, is nobody to a screen reader, and the row around it never says that the focus
 * is in it: where one types would be silence. */
static void
mend_entry_row (GtkText *text)
{
  GtkWidget *row = gtk_widget_get_ancestor (GTK_WIDGET (text), ADW_TYPE_ENTRY_ROW);

  if (row == NULL || g_object_get_data (G_OBJECT (text), SPEAKER) != NULL)
    return;

  g_object_set_data (G_OBJECT (text), SPEAKER, text);
  g_object_set (text, "accessible-role", GTK_ACCESSIBLE_ROLE_TEXT_BOX, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), -1);
}

static char *
dup_choice (GtkExpression *expression,
            gpointer       item)
{
  g_auto(GValue) value = G_VALUE_INIT;

  if (expression != NULL && item != NULL && gtk_expression_evaluate (expression, item, &value) && G_VALUE_HOLDS_STRING (&value))
    return g_value_dup_string (&value);

  return GTK_IS_STRING_OBJECT (item) ? g_strdup (gtk_string_object_get_string (item)) : NULL;
}

/* What is chosen is not said of a combo box, neither on coming to it nor when it changes. */
static void
say_choice (GtkWidget *widget)
{
  g_autofree char *choice = NULL;

  if (ADW_IS_COMBO_ROW (widget))
    choice = dup_choice (adw_combo_row_get_expression (ADW_COMBO_ROW (widget)),
                         adw_combo_row_get_selected_item (ADW_COMBO_ROW (widget)));
  else
    choice = dup_choice (gtk_drop_down_get_expression (GTK_DROP_DOWN (widget)),
                         gtk_drop_down_get_selected_item (GTK_DROP_DOWN (widget)));
  strata_accessible_set_description (g_object_get_data (G_OBJECT (widget), SPEAKER), choice);
}

static void
mend_choice (GtkWidget *widget)
{
  if (g_object_get_data (G_OBJECT (widget), SPEAKER) != NULL)
    return;

  /* Of a drop-down it is the button inside that has the focus. */
  g_object_set_data (G_OBJECT (widget), SPEAKER, GTK_IS_DROP_DOWN (widget) ? gtk_widget_get_first_child (widget) : widget);
  g_signal_connect (widget, "notify::selected-item", G_CALLBACK (say_choice), NULL);
  say_choice (widget);
}

/* Where a dialog opens with the focus in such a text, that was told before there was anybody to tell it of. */
static void
say_first_focus (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);

  if (!gtk_window_is_active (window))
    return;

  g_signal_handlers_disconnect_by_func (window, say_first_focus, NULL);
  if (!GTK_IS_TEXT (focus) || g_object_get_data (G_OBJECT (focus), SPEAKER) == NULL)
    return;

  gtk_window_set_focus (window, NULL);
  gtk_text_grab_focus_without_selecting (GTK_TEXT (focus));
}

static void
mend_window (GtkWindow *window)
{
  if (g_object_get_data (G_OBJECT (window), SPEAKER) != NULL)
    return;

  g_object_set_data (G_OBJECT (window), SPEAKER, window);
  g_signal_connect (window, "notify::is-active", G_CALLBACK (say_first_focus), NULL);
}

/* “GtkListBox” is what the list of a group without a title is called, and “GtkPopoverMenu” each menu. */
static void
leave_name_out (GtkWidget *widget)
{
  GtkWidget *group = gtk_widget_get_ancestor (widget, ADW_TYPE_PREFERENCES_GROUP);

  if (GTK_IS_POPOVER_MENU (widget)
      || (group != NULL && g_str_equal (adw_preferences_group_get_title (ADW_PREFERENCES_GROUP (group)), "")
          && g_strcmp0 (gtk_buildable_get_buildable_id (GTK_BUILDABLE (widget)), "listbox") == 0))
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
}

static void
say_expanded (AdwExpanderRow *row)
{
  gtk_accessible_update_state (g_object_get_data (G_OBJECT (row), SPEAKER), GTK_ACCESSIBLE_STATE_EXPANDED,
                               adw_expander_row_get_expanded (row), -1);
}

/* What has the focus is a row inside, the only one of a list of its own, and does not say whether it is open. */
static void
mend_expander (AdwExpanderRow *row)
{
  GtkWidget *list;

  if (g_object_get_data (G_OBJECT (row), SPEAKER) != NULL)
    return;

  list = gtk_widget_get_first_child (gtk_list_box_row_get_child (GTK_LIST_BOX_ROW (row)));
  gtk_accessible_update_property (GTK_ACCESSIBLE (list), GTK_ACCESSIBLE_PROPERTY_LABEL, "", -1);
  g_object_set_data (G_OBJECT (row), SPEAKER, gtk_widget_get_first_child (list));
  g_signal_connect (row, "notify::expanded", G_CALLBACK (say_expanded), NULL);
  say_expanded (row);
}

static gboolean
on_map (GSignalInvocationHint *hint,
        guint                  n_values,
        const GValue          *values,
        gpointer               data)
{
  GtkWidget *widget = g_value_get_object (&values[0]);
  GtkWidget *parent = gtk_widget_get_parent (widget);

  if (GTK_IS_STACK (parent))
    leave_page_out (gtk_stack_get_page (GTK_STACK (parent), widget));
  if (GTK_IS_BUTTON (widget))
    leave_picture_out (GTK_BUTTON (widget));
  if (GTK_IS_TOGGLE_BUTTON (widget))
    mend_toggle (GTK_TOGGLE_BUTTON (widget));
  if (GTK_IS_WINDOW (widget))
    mend_window (GTK_WINDOW (widget));
  if (GTK_IS_LIST_BOX (widget) || GTK_IS_POPOVER_MENU (widget))
    leave_name_out (widget);
  if (ADW_IS_COMBO_ROW (widget) || GTK_IS_DROP_DOWN (widget))
    mend_choice (widget);
  if (GTK_IS_TEXT (widget))
    mend_entry_row (GTK_TEXT (widget));
  if (ADW_IS_EXPANDER_ROW (widget))
    mend_expander (ADW_EXPANDER_ROW (widget));

  /* It stays. */
  return TRUE;
}

void
strata_accessible_mend (void)
{
  static gboolean is_mended;
  gpointer widget_class;

  if (is_mended)
    return;

  /* The signal is there with the class. */
  widget_class = g_type_class_ref (GTK_TYPE_WIDGET);
  g_signal_add_emission_hook (g_signal_lookup ("map", GTK_TYPE_WIDGET), 0, on_map, NULL, NULL);
  g_type_class_unref (widget_class);
  is_mended = TRUE;
}
