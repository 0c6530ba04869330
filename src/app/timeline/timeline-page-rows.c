/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/timeline-page-private.h"

#include "app/timeline/timeline-menu.h"
#include "app/timeline/timeline-row.h"

static void
show_menu (StrataTimelinePage *self,
           StrataTimelineRow  *row,
           double              x,
           double              y)
{
  StrataTimelineItem *item = strata_timeline_row_get_item (row);
  g_autoptr(GMenuModel) model = NULL;
  graphene_point_t place;

  if (item == NULL || strata_timeline_item_get_kind (item) == STRATA_ENTRY_HERE)
    return;
  if (!gtk_widget_compute_point (GTK_WIDGET (row), GTK_WIDGET (self), &GRAPHENE_POINT_INIT (x, y), &place))
    return;

  model = strata_timeline_menu_new (item);
  gtk_popover_menu_set_menu_model (GTK_POPOVER_MENU (self->menu), model);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->menu), &(GdkRectangle) { (int) place.x, (int) place.y, 1, 1 });
  gtk_popover_popup (GTK_POPOVER (self->menu));
}

static void
on_right_click (GtkGestureClick *gesture,
                int              n_press,
                double           x,
                double           y,
                gpointer         user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GtkWidget *page = gtk_widget_get_ancestor (row, STRATA_TYPE_TIMELINE_PAGE);
  StrataTimelineItem *item = strata_timeline_row_get_item (STRATA_TIMELINE_ROW (row));
  StrataTimelinePage *self;
  guint position;

  if (page == NULL || item == NULL || strata_timeline_item_get_id (item) == NULL)
    return;

  self = STRATA_TIMELINE_PAGE (page);
  position = strata_timeline_model_find (self->model, strata_timeline_item_get_id (item));
  if (!gtk_selection_model_is_selected (self->selection, position))
    gtk_selection_model_select_item (self->selection, position, TRUE);
  show_menu (self, STRATA_TIMELINE_ROW (row), x, y);
}

/* For the row with the keyboard. */
void
strata_timeline_page_open_menu (GtkWidget  *widget,
                                const char *action,
                                GVariant   *parameter)
{
  StrataTimelinePage *self = STRATA_TIMELINE_PAGE (widget);
  GtkWidget *focus = gtk_widget_get_focus_child (GTK_WIDGET (self->list));
  GtkWidget *row = focus != NULL ? gtk_widget_get_first_child (focus) : NULL;

  if (STRATA_IS_TIMELINE_ROW (row))
    show_menu (self, STRATA_TIMELINE_ROW (row), gtk_widget_get_width (row) / 2.0, gtk_widget_get_height (row) / 2.0);
}

/* Where only one pane fits, a click shows what it selects; the list has its own idea of clicks too. */
static void
on_click (GtkGestureClick *gesture,
          int              n_press,
          double           x,
          double           y,
          gpointer         user_data)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (gesture));
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (gesture));
  StrataTimelineItem *item = strata_timeline_row_get_item (STRATA_TIMELINE_ROW (row));

  if (item != NULL && strata_timeline_item_get_id (item) != NULL
      && (state & (GDK_CONTROL_MASK | GDK_SHIFT_MASK)) == 0)
    gtk_widget_activate_action (row, "win.push-detail", NULL);
}

static void
setup_row (StrataTimelinePage *self,
           GtkListItem        *list_item)
{
  GtkWidget *row = strata_timeline_row_new ();
  GtkGesture *left = gtk_gesture_click_new ();
  GtkGesture *click = gtk_gesture_click_new ();

  g_signal_connect (left, "released", G_CALLBACK (on_click), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (left));
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), GDK_BUTTON_SECONDARY);
  g_signal_connect (click, "pressed", G_CALLBACK (on_right_click), NULL);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (click));
  gtk_list_item_set_child (list_item, row);
}

static void
bind_row (StrataTimelinePage *self,
          GtkListItem        *list_item)
{
  StrataTimelineRow *row = STRATA_TIMELINE_ROW (gtk_list_item_get_child (list_item));
  StrataTimelineItem *item = gtk_list_item_get_item (list_item);
  gboolean here = strata_timeline_item_get_kind (item) == STRATA_ENTRY_HERE;

  /* What can't be selected takes no focus, and the arrows would end at it. The row of the database, which is no revision,
   * selects none. */
  gtk_list_item_set_selectable (list_item, TRUE);
  gtk_list_item_set_activatable (list_item, !here);
  strata_timeline_row_set_lanes (row, self->n_lanes);
  strata_timeline_row_set_checked (row, strata_session_get_checked_at (self->session));
  strata_timeline_row_set_item (row, item, strata_timeline_model_is_filtered (self->model));
}

static void
unbind_row (StrataTimelinePage *self,
            GtkListItem        *list_item)
{
  strata_timeline_row_set_item (STRATA_TIMELINE_ROW (gtk_list_item_get_child (list_item)), NULL, FALSE);
}

/* To what comes after the list, or before it. */
void
strata_timeline_page_leave_list (GtkWidget  *widget,
                                 const char *action,
                                 GVariant   *parameter)
{
  StrataTimelinePage *self = STRATA_TIMELINE_PAGE (widget);

  if (g_variant_get_boolean (parameter))
    gtk_widget_grab_focus (GTK_WIDGET (self->filter_problems));
  else
    gtk_widget_activate_action (widget, "win.next-region", "b", FALSE);
}

/* GTK’s list goes through all of its rows before Tab leaves it, and here are thousands: they have the arrows. */
static void
take_tab (StrataTimelinePage *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  for (int back = 0; back < 2; back++)
    gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (keys),
                                          gtk_shortcut_new_with_arguments (
                                            gtk_keyval_trigger_new (GDK_KEY_Tab, back ? GDK_SHIFT_MASK : 0),
                                            gtk_named_action_new ("timeline.leave"), "b", back));
  gtk_widget_add_controller (GTK_WIDGET (self->list), keys);
}

void
strata_timeline_page_make_list (StrataTimelinePage *self)
{
  g_autoptr(GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();

  self->model = strata_timeline_model_new ();
  self->rows = strata_gradual_list_new (g_object_ref (G_LIST_MODEL (self->model)));
  self->selection = GTK_SELECTION_MODEL (gtk_multi_selection_new (g_object_ref (self->rows)));
  g_signal_connect_object (self->selection, "selection-changed", G_CALLBACK (strata_timeline_page_take_selection), self, G_CONNECT_SWAPPED);

  g_signal_connect_object (factory, "setup", G_CALLBACK (setup_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "bind", G_CALLBACK (bind_row), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (unbind_row), self, G_CONNECT_SWAPPED);
  gtk_list_view_set_factory (self->list, factory);
  gtk_list_view_set_model (self->list, self->selection);
  take_tab (self);
}
