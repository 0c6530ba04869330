/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/fact-row.h"

/* What a row says and offers, for strata_list_box_take(). */
#define CONTENT "strata-content"

static void
note (GtkWidget  *row,
      const char *text)
{
  const char *before = g_object_get_data (G_OBJECT (row), CONTENT);

  g_object_set_data_full (G_OBJECT (row), CONTENT,
                          g_strconcat (before != NULL ? before : "", text != NULL ? text : "", "\n", NULL), g_free);
}

/* An action row's texts are markup, whatever use-markup says of the title alone. */
GtkWidget *
strata_fact_row_new (const char *title,
                     const char *subtitle,
                     const char *icon)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *escaped = g_markup_escape_text (subtitle != NULL ? subtitle : "", -1);
  g_autofree char *escaped_title = g_markup_escape_text (title, -1);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), escaped_title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), escaped);
  if (icon != NULL)
    adw_action_row_set_icon_name (ADW_ACTION_ROW (row), icon);
  note (row, title);
  note (row, subtitle);
  note (row, icon);

  return row;
}

static void
set_action (GtkWidget  *widget,
            const char *action,
            const char *target)
{
  /* The name last: it is looked at together with its target at once. */
  if (target != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (widget), "s", target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (widget), action);
}

void
strata_fact_row_set_button (GtkWidget  *row,
                            const char *label,
                            const char *action,
                            const char *target)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  set_action (button, action, target);
  note (row, label);
  note (row, action);
  note (row, target);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
}

void
strata_fact_row_set_action_variant (GtkWidget  *row,
                                    const char *action,
                                    GVariant   *target)
{
  GtkWidget *arrow = gtk_image_new_from_icon_name ("go-next-symbolic");
  g_autoptr(GVariant) kept = g_variant_ref_sink (target);
  g_autofree char *text = g_variant_print (kept, FALSE);

  gtk_accessible_update_state (GTK_ACCESSIBLE (arrow), GTK_ACCESSIBLE_STATE_HIDDEN, TRUE, -1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (row), kept);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), action);
  note (row, action);
  note (row, text);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), arrow);
}

void
strata_fact_row_set_action (GtkWidget  *row,
                            const char *action,
                            const char *target)
{
  strata_fact_row_set_action_variant (row, action, g_variant_new_string (target));
}

void
strata_list_box_clear (GtkListBox *list)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (list))) != NULL)
    gtk_list_box_remove (list, child);
}

void
strata_list_box_take (GtkListBox *list,
                      GtkListBox *fresh)
{
  GtkListBoxRow *row;
  int i = 0;

  g_object_ref_sink (fresh);
  while ((row = gtk_list_box_get_row_at_index (fresh, 0)) != NULL)
    {
      GtkListBoxRow *old = gtk_list_box_get_row_at_index (list, i);

      g_object_ref (row);
      gtk_list_box_remove (fresh, GTK_WIDGET (row));
      if (old == NULL || g_strcmp0 (g_object_get_data (G_OBJECT (old), CONTENT),
                                    g_object_get_data (G_OBJECT (row), CONTENT)) != 0)
        {
          if (old != NULL)
            gtk_list_box_remove (list, GTK_WIDGET (old));
          gtk_list_box_insert (list, GTK_WIDGET (row), i);
        }
      g_object_unref (row);
      i++;
    }

  while ((row = gtk_list_box_get_row_at_index (list, i)) != NULL)
    gtk_list_box_remove (list, GTK_WIDGET (row));
  g_object_unref (fresh);
}
