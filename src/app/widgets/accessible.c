/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/accessible.h"

#define ANNOUNCED "strata-announced"
#define DESCRIPTION "strata-description"

void
strata_accessible_set_name (GtkWidget  *widget,
                            const char *name)
{
  GtkWidget *inner = GTK_IS_DROP_DOWN (widget) ? gtk_widget_get_first_child (widget) : NULL;

  gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (GTK_IS_BUTTON (inner))
    gtk_accessible_update_property (GTK_ACCESSIBLE (inner), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

void
strata_accessible_set_description (GtkWidget  *widget,
                                   const char *description)
{
  g_object_set_data_full (G_OBJECT (widget), DESCRIPTION, g_strdup (description), g_free);
  if (description != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, description, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (widget), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
}

/* News is of no use to whoever comes back to the widget. */
static void
forget_announcement (GtkRoot    *root,
                     GParamSpec *pspec,
                     GtkWidget  *widget)
{
  g_autofree char *description = g_strdup (g_object_get_data (G_OBJECT (widget), DESCRIPTION));

  g_signal_handlers_disconnect_by_func (root, forget_announcement, widget);
  g_object_set_data (G_OBJECT (widget), ANNOUNCED, NULL);
  strata_accessible_set_description (widget, description);
}

/* The window that a person is in: a dialog may lie over the one where it happens. */
static GtkRoot *
find_active_root (GtkWidget *widget)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr(GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return GTK_ROOT (window);
    }

  return gtk_widget_get_root (widget);
}

/* What a screen reader takes for what has the focus: of an entry it is not the text inside, which has no role there. */
static GtkWidget *
find_speaker (GtkRoot *root)
{
  GtkWidget *focus = gtk_root_get_focus (root);

  if (focus == NULL)
    return GTK_WIDGET (root);
  if (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (focus)) == GTK_ACCESSIBLE_ROLE_NONE)
    return gtk_widget_get_parent (focus);

  return focus;
}

/* GTK 4.8 cannot announce anything, and nothing that comes into sight is read. What is read at once is a new description of
 * what has the focus. */
void
strata_accessible_announce (GtkWidget  *widget,
                            const char *text)
{
  GtkRoot *root = find_active_root (widget);
  GtkWidget *speaker;
  const char *before;
  char *now;

  if (root == NULL)
    return;

  speaker = find_speaker (root);
  before = g_object_get_data (G_OBJECT (speaker), ANNOUNCED);
  if (before == NULL)
    g_signal_connect_object (root, "notify::focus-widget", G_CALLBACK (forget_announcement), speaker, 0);
  /* The same words twice would be no change. */
  now = g_strconcat (text, g_strcmp0 (before, text) == 0 ? " " : NULL, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (speaker), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, now, -1);
  g_object_set_data_full (G_OBJECT (speaker), ANNOUNCED, now, g_free);
}
