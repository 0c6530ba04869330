/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/grip.h"

#include <glib/gi18n.h>

#define NARROWEST 340
/* What the pane behind the grip keeps. */
#define REST 400
#define KEY_STEP 20

struct _StrataGrip
{
  GtkWidget  parent_instance;

  /* borrowed */
  GtkWidget *target;

  /* values */
  int        width;
  int        start;      /* when the drag began */
};

enum
{
  PROP_0,
  PROP_TARGET,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataGrip, strata_grip, GTK_TYPE_WIDGET)

static int
clamp (StrataGrip *self,
       int         width)
{
  GtkWidget *parent = gtk_widget_get_parent (GTK_WIDGET (self));
  int most = parent != NULL ? gtk_widget_get_width (parent) - REST : 0;

  return CLAMP (width, NARROWEST, MAX (most, NARROWEST));
}

static int
sign (StrataGrip *self)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL ? -1 : 1;
}

static void
on_drag_begin (GtkGestureDrag *gesture,
               double          x,
               double          y,
               StrataGrip     *self)
{
  self->start = self->target != NULL ? gtk_widget_get_width (self->target) : self->width;
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
}

/* The offset is counted from a place that moves with the grip. */
static void
on_drag_update (GtkGestureDrag *gesture,
                double          x,
                double          y,
                StrataGrip     *self)
{
  int now = self->target != NULL ? gtk_widget_get_width (self->target) : self->start;

  strata_grip_set_width (self, clamp (self, now + (int) x * sign (self)));
}

static void
move (GtkWidget  *widget,
      const char *action,
      GVariant   *parameter)
{
  StrataGrip *self = STRATA_GRIP (widget);
  int now = self->target != NULL ? gtk_widget_get_width (self->target) : self->width;

  strata_grip_set_width (self, clamp (self, now + g_variant_get_int32 (parameter) * KEY_STEP * sign (self)));
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
    case PROP_TARGET:
      g_value_set_object (value, self->target);
      break;
    case PROP_WIDTH:
      g_value_set_int (value, self->width);
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
    case PROP_TARGET:
      g_set_weak_pointer (&self->target, g_value_get_object (value));
      break;
    case PROP_WIDTH:
      strata_grip_set_width (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_grip_dispose (GObject *object)
{
  GtkWidget *line = gtk_widget_get_first_child (GTK_WIDGET (object));

  g_clear_weak_pointer (&STRATA_GRIP (object)->target);
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

  properties[PROP_TARGET] =
    g_param_spec_object ("target", NULL, NULL, GTK_TYPE_WIDGET, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  properties[PROP_WIDTH] =
    g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0,
                      G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
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
  g_signal_connect (drag, "drag-begin", G_CALLBACK (on_drag_begin), self);
  g_signal_connect (drag, "drag-update", G_CALLBACK (on_drag_update), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
}

int
strata_grip_get_width (StrataGrip *self)
{
  return self->width;
}

void
strata_grip_set_width (StrataGrip *self,
                       int         width)
{
  g_return_if_fail (STRATA_IS_GRIP (self));

  if (self->width == width)
    return;

  self->width = width;
  if (self->target != NULL)
    gtk_widget_set_size_request (self->target, width, -1);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}
