/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/pane.h"

struct _StrataPane
{
  AdwBin parent_instance;

  int    least;
  int    width;
};

enum
{
  PROP_0,
  PROP_LEAST,
  PROP_WIDTH,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataPane, strata_pane, ADW_TYPE_BIN)

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
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, orientation == GTK_ORIENTATION_VERTICAL ? for_size : -1, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_VERTICAL)
    {
      *minimum = 0;
      return;
    }

  *minimum = MAX (*minimum, self->least);
  *natural = MAX (*minimum, self->width);
}

/* What is too low for its words is cut at its end: GTK would have it wider than the pane, and drawn over its neighbour, so
 * that the words take fewer lines. */
static void
strata_pane_size_allocate (GtkWidget *widget,
                           int        width,
                           int        height,
                           int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));
  int least = 0;

  if (child == NULL || !gtk_widget_should_layout (child))
    return;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, &least, NULL, NULL, NULL);
  gtk_widget_allocate (child, width, MAX (height, least), baseline, NULL);
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
strata_pane_get_property (GObject    *object,
                          guint       id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  StrataPane *self = STRATA_PANE (object);

  switch (id)
    {
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

  object_class->get_property = strata_pane_get_property;
  object_class->set_property = strata_pane_set_property;
  widget_class->measure = strata_pane_measure;
  widget_class->size_allocate = strata_pane_size_allocate;

  properties[PROP_LEAST] = g_param_spec_int ("least", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_WIDTH] = g_param_spec_int ("width", NULL, NULL, 0, G_MAXINT, 0, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_pane_init (StrataPane *self)
{
  /* It measures for itself. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
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
