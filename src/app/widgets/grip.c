/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/grip.h"

#include <glib/gi18n.h>

#define KEY_STEP 20

struct _StrataGrip
{
  GtkWidget   parent_instance;

  /* borrowed */
  StrataPane *pane;
  StrataPane *rest;
};

enum
{
  PROP_0,
  PROP_PANE,
  PROP_REST,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataGrip, strata_grip, GTK_TYPE_WIDGET)

/* From what it is now: where there was no room, that is less than what it was told. */
static void
widen (StrataGrip *self,
       int         by)
{
  int now, most;

  if (self->pane == NULL || self->rest == NULL)
    return;

  now = gtk_widget_get_width (GTK_WIDGET (self->pane));
  most = now + gtk_widget_get_width (GTK_WIDGET (self->rest)) - strata_pane_get_least (self->rest);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    by = -by;

  strata_pane_set_width (self->pane, MAX (MIN (now + by, most), strata_pane_get_least (self->pane)));
}

/* The offset is counted from a place that moves with the grip. */
static void
on_drag_update (GtkGestureDrag *gesture,
                double          x,
                double          y,
                StrataGrip     *self)
{
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  widen (self, (int) x);
}

static void
move (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  widen (STRATA_GRIP (widget), g_variant_get_int32 (parameter) * KEY_STEP);
}

static void
strata_grip_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  StrataGrip *self = STRATA_GRIP (object);

  switch (id)
    {
    case PROP_PANE:
      g_value_set_object (value, self->pane);
      break;
    case PROP_REST:
      g_value_set_object (value, self->rest);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_grip_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  StrataGrip *self = STRATA_GRIP (object);

  switch (id)
    {
    case PROP_PANE:
      g_set_weak_pointer (&self->pane, g_value_get_object (value));
      break;
    case PROP_REST:
      g_set_weak_pointer (&self->rest, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_grip_dispose (GObject *object)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_weak_pointer (&STRATA_GRIP (object)->pane);
  g_clear_weak_pointer (&STRATA_GRIP (object)->rest);
  g_clear_pointer (&line, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_grip_parent_class)->dispose (object);
}

static void
strata_grip_class_init (StrataGripClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_grip_dispose;
  object_class->get_property = strata_grip_get_property;
  object_class->set_property = strata_grip_set_property;

  properties[PROP_PANE] =
    g_param_spec_object ("pane", NULL, NULL, STRATA_TYPE_PANE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_REST] =
    g_param_spec_object ("rest", NULL, NULL, STRATA_TYPE_PANE, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "grip");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_SEPARATOR);
  gtk_widget_class_install_action (widget_class, "grip.move", "i", move);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Left, 0, "grip.move", "i", -1);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Right, 0, "grip.move", "i", 1);
}

static void
strata_grip_init (StrataGrip *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  gtk_widget_set_parent (gtk_separator_new (GTK_ORIENTATION_VERTICAL), GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_cursor_from_name (GTK_WIDGET (self), "col-resize");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Width of the timeline"), -1);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}
