/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/pane.h"

struct _StrataPane
{
  GtkWidget  parent_instance;

  /* owned */
  GtkWidget *child;

  /* values */
  int        least;
  int        width;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_LEAST,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataPane, strata_pane, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
strata_pane_get_request_mode (GtkWidget *widget)
{
  StrataPane *self = STRATA_PANE (widget);

  return self->child != NULL ? gtk_widget_get_request_mode (self->child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
strata_pane_measure (GtkWidget      *widget,
                     GtkOrientation  orientation,
                     int             for_size,
                     int            *minimum,
                     int            *natural,
                     int            *minimum_baseline,
                     int            *natural_baseline)
{
  StrataPane *self = STRATA_PANE (widget);

  if (self->child != NULL && gtk_widget_get_visible (self->child))
    gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    return;

  *minimum = MAX (*minimum, self->least);
  *natural = MAX (*minimum, self->width);
}

static void
strata_pane_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  StrataPane *self = STRATA_PANE (widget);

  if (self->child != NULL && gtk_widget_get_visible (self->child))
    gtk_widget_allocate (self->child, width, height, baseline, NULL);
}

static void
set_child (StrataPane *self,
           GtkWidget  *child)
{
  if (self->child == child)
    return;

  g_clear_pointer (&self->child, gtk_widget_unparent);
  self->child = child;
  if (child != NULL)
    gtk_widget_set_parent (child, GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
set_least (StrataPane *self,
           int         least)
{
  if (self->least == least)
    return;

  self->least = least;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LEAST]);
}

static void
strata_pane_dispose (GObject *object)
{
  g_clear_pointer (&STRATA_PANE (object)->child, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_pane_parent_class)->dispose (object);
}

static void
strata_pane_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  StrataPane *self = STRATA_PANE (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_LEAST:
      g_value_set_int (value, strata_pane_get_least (self));
      break;
    case PROP_WIDTH:
      g_value_set_int (value, strata_pane_get_width (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_pane_set_property (GObject      *object,
                          guint         id,
                          const GValue *value,
                          GParamSpec   *pspec)
{
  StrataPane *self = STRATA_PANE (object);

  switch (id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_LEAST:
      set_least (self, g_value_get_int (value));
      break;
    case PROP_WIDTH:
      strata_pane_set_width (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_pane_class_init (StrataPaneClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_pane_dispose;
  object_class->get_property = strata_pane_get_property;
  object_class->set_property = strata_pane_set_property;
  widget_class->get_request_mode = strata_pane_get_request_mode;
  widget_class->measure = strata_pane_measure;
  widget_class->size_allocate = strata_pane_size_allocate;

  properties[PROP_CHILD] = g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET, flags);
  properties[PROP_LEAST] = g_param_spec_int ("least", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_pane_init (StrataPane *self)
{
}

int
strata_pane_get_least (StrataPane *self)
{
  return self->least;
}

int
strata_pane_get_width (StrataPane *self)
{
  return self->width;
}

void
strata_pane_set_width (StrataPane *self,
                       int         width)
{
  g_return_if_fail (STRATA_IS_PANE (self));

  if (self->width == width)
    return;

  self->width = width;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDTH]);
}
