/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/breakpoint-bin.h"

struct _StrataBreakpointBin
{
  AdwBin   parent_instance;

  int      breakpoint;
  gboolean wide;
  guint    source;
};

enum
{
  PROP_0,
  PROP_BREAKPOINT,
  PROP_WIDE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataBreakpointBin, strata_breakpoint_bin, ADW_TYPE_BIN)

static gboolean
say (gpointer data)
{
  StrataBreakpointBin *self = data;
  gboolean wide = gtk_widget_get_width (GTK_WIDGET (self)) >= self->breakpoint;

  self->source = 0;
  if (self->wide != wide)
    {
      self->wide = wide;
      g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_WIDE]);
    }

  return G_SOURCE_REMOVE;
}

/* Before the frame that would show the one in the size of the other. */
static void
look (StrataBreakpointBin *self,
      int                  width)
{
  if (self->source == 0 && self->wide != (width >= self->breakpoint))
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, say, self, NULL);
}

static void
strata_breakpoint_bin_measure (GtkWidget      *widget,
                               GtkOrientation  orientation,
                               int             for_size,
                               int            *minimum,
                               int            *natural,
                               int            *minimum_baseline,
                               int            *natural_baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_measure (child, orientation, for_size, minimum, natural, NULL, NULL);
}

static void
strata_breakpoint_bin_size_allocate (GtkWidget *widget,
                                     int        width,
                                     int        height,
                                     int        baseline)
{
  GtkWidget *child = adw_bin_get_child (ADW_BIN (widget));

  if (child != NULL && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
  look (STRATA_BREAKPOINT_BIN (widget), width);
}

static void
set_breakpoint (StrataBreakpointBin *self,
                int                  breakpoint)
{
  if (self->breakpoint == breakpoint)
    return;

  self->breakpoint = breakpoint;
  look (self, gtk_widget_get_width (GTK_WIDGET (self)));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BREAKPOINT]);
}

static void
strata_breakpoint_bin_dispose (GObject *object)
{
  StrataBreakpointBin *self = STRATA_BREAKPOINT_BIN (object);

  g_clear_handle_id (&self->source, g_source_remove);

  G_OBJECT_CLASS (strata_breakpoint_bin_parent_class)->dispose (object);
}

static void
strata_breakpoint_bin_get_property (GObject    *object,
                                    guint       id,
                                    GValue     *value,
                                    GParamSpec *pspec)
{
  StrataBreakpointBin *self = STRATA_BREAKPOINT_BIN (object);

  switch (id)
    {
    case PROP_BREAKPOINT:
      g_value_set_int (value, self->breakpoint);
      break;
    case PROP_WIDE:
      g_value_set_boolean (value, strata_breakpoint_bin_get_wide (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_breakpoint_bin_set_property (GObject      *object,
                                    guint         id,
                                    const GValue *value,
                                    GParamSpec   *pspec)
{
  StrataBreakpointBin *self = STRATA_BREAKPOINT_BIN (object);

  switch (id)
    {
    case PROP_BREAKPOINT:
      set_breakpoint (self, g_value_get_int (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_breakpoint_bin_class_init (StrataBreakpointBinClass *klass)
{
  const GParamFlags flags = G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_breakpoint_bin_dispose;
  object_class->get_property = strata_breakpoint_bin_get_property;
  object_class->set_property = strata_breakpoint_bin_set_property;
  widget_class->measure = strata_breakpoint_bin_measure;
  widget_class->size_allocate = strata_breakpoint_bin_size_allocate;

  properties[PROP_BREAKPOINT] = g_param_spec_int ("breakpoint", NULL, NULL, 0, G_MAXINT, 0, flags);
  properties[PROP_WIDE] =
    g_param_spec_boolean ("wide", NULL, NULL, FALSE, G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_breakpoint_bin_init (StrataBreakpointBin *self)
{
  /* It gives its child a size itself, to know its own. */
  gtk_widget_set_layout_manager (GTK_WIDGET (self), NULL);
}

gboolean
strata_breakpoint_bin_get_wide (StrataBreakpointBin *self)
{
  return self->wide;
}
