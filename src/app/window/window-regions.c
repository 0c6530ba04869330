/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/window/window-private.h"

/* What F6 goes through, in reading order. */
enum
{
  HEADER,
  STRIP,
  TIMELINE,
  DETAIL,
  COMPARE,
  ACTIVITY,
  RUN_BAR,
};

G_STATIC_ASSERT (RUN_BAR + 1 == STRATA_N_REGIONS);

static void
list_regions (StrataWindow *self,
              GtkWidget    *regions[STRATA_N_REGIONS])
{
  regions[HEADER] = self->header;
  regions[STRIP] = self->strip;
  regions[TIMELINE] = GTK_WIDGET (self->pane);
  regions[DETAIL] = GTK_WIDGET (self->rest);
  regions[COMPARE] = GTK_WIDGET (self->compare);
  regions[ACTIVITY] = GTK_WIDGET (self->activity);
  regions[RUN_BAR] = self->run_bar;
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

/* Returns the region that has the focus, or the one given. */
static guint
remember_focus (StrataWindow *self,
                GtkWidget    *regions[STRATA_N_REGIONS],
                guint         none)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (self));
  guint now = none;

  for (guint i = 0; i < STRATA_N_REGIONS; i++)
    if (is_in (focus, regions[i]))
      {
        g_set_weak_pointer (&self->last_focus[i], focus);
        now = i;
      }
  if (now == TIMELINE || now == DETAIL)
    self->last_pane = now;

  return now;
}

static void
next_region (GtkWidget  *widget,
             const char *action,
             GVariant   *parameter)
{
  StrataWindow *self = STRATA_WINDOW (widget);
  gboolean back = g_variant_get_boolean (parameter);
  GtkWidget *regions[STRATA_N_REGIONS];
  guint now;

  list_regions (self, regions);
  now = remember_focus (self, regions, back ? 0 : STRATA_N_REGIONS - 1);

  for (guint i = 1; i < STRATA_N_REGIONS; i++)
    {
      guint at = (now + (back ? STRATA_N_REGIONS - i : i)) % STRATA_N_REGIONS;

      if (enter (regions[at], self->last_focus[at]))
        break;
    }
  gtk_window_set_focus_visible (GTK_WINDOW (self), TRUE);
}

/* The focus would be lost with the page that is left; it goes to where it was in the new one. Where it was not yet in a
 * timeline it does not go to the search, which would take Ctrl+U and others for itself. */
void
strata_window_show_view (StrataWindow *self,
                         const char   *view)
{
  GtkWidget *regions[STRATA_N_REGIONS];

  list_regions (self, regions);
  remember_focus (self, regions, 0);
  adw_view_stack_set_visible_child_name (self->views, view);
  for (guint i = TIMELINE; i <= ACTIVITY; i++)
    if ((i > DETAIL || i == self->last_pane) && enter (regions[i], self->last_focus[i]))
      break;
}

void
strata_window_class_install_regions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.next-region", "b", next_region);

  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, 0, "win.next-region", "b", FALSE);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_F6, GDK_SHIFT_MASK, "win.next-region", "b", TRUE);
}
