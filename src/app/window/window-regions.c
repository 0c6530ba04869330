/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

/* What F6 goes through, in reading order. */
static void
list_regions (StrataWindow *self,
              GtkWidget    *regions[STRATA_N_REGIONS])
{
  regions[0] = self->header;
  regions[1] = self->strip;
  regions[2] = GTK_WIDGET (self->pane);
  regions[3] = GTK_WIDGET (self->rest);
  regions[4] = GTK_WIDGET (self->compare);
  regions[5] = GTK_WIDGET (self->activity);
  regions[6] = self->run_bar;
}

static gboolean
is_in (GtkWidget *widget,
       GtkWidget *region)
{
  return widget != NULL && (widget == region || gtk_widget_is_ancestor (widget, region));
}

/* Where the focus was in it, else at its first part. FALSE for one that is not on the screen or takes no focus. */
static gboolean
enter (GtkWidget *region,
       GtkWidget *last)
{
  if (!gtk_widget_get_mapped (region))
    return FALSE;
  if (is_in (last, region) && gtk_widget_get_mapped (last) && gtk_widget_grab_focus (last))
    return TRUE;

  return gtk_widget_child_focus (region, GTK_DIR_TAB_FORWARD);
}

static void
next_region (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  gboolean back = g_variant_get_boolean (parameter);
  guint now = back ? 0 : STRATA_N_REGIONS - 1;
  GtkWidget *regions[STRATA_N_REGIONS];

  list_regions (self, regions);
  for (guint i = 0; i < STRATA_N_REGIONS; i++)
    if (is_in (focus, regions[i]))
      {
        g_set_weak_pointer (&self->last_focus[i], focus);
        now = i;
      }

  for (guint i = 1; i < STRATA_N_REGIONS; i++)
    {
      guint at = (now + (back ? STRATA_N_REGIONS - i : i)) % STRATA_N_REGIONS;

      if (enter (regions[at], self->last_focus[at]))
        break;
    }
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
}

void
strata_window_class_install_regions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.next-region", "b", next_region);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, 0, "win.next-region", "b", FALSE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, GDK_SHIFT_MASK, "win.next-region", "b", TRUE);
}
