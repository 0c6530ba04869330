/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/widgets/fit-scroller.h"

/* Less is not worth scrolling in. */
#define LEAST_HEIGHT 60

struct _StrataFitScroller
{
  GtkWidget   parent_instance;

  GtkWidget  *scroller;
  GtkWidget  *child;
  int         max_height;
  int         measured;     /* what the child asked for */
  guint       source;
};

enum
{
  PROP_0,
  PROP_CHILD,
  PROP_MAX_HEIGHT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (StrataFitScroller, strata_fit_scroller, GTK_TYPE_WIDGET)

static GtkSizeRequestMode
strata_fit_scroller_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
strata_fit_scroller_measure (GtkWidget      *widget,
                             GtkOrientation  orientation,
                             int             for_size,
                             int            *minimum,
                             int            *natural,
                             int            *minimum_baseline,
                             int            *natural_baseline)
{
  StrataFitScroller *self = STRATA_FIT_SCROLLER (widget);

  *minimum = *natural = 0;
  *minimum_baseline = *natural_baseline = -1;
  if (self->child == NULL || !gtk_widget_get_visible (self->child))
    return;

  gtk_widget_measure (self->child, orientation, for_size, minimum, natural, NULL, NULL);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    return;

  self->measured = *natural;
  if (self->max_height >= 0)
    *natural = MIN (*natural, self->max_height);
  *minimum = MIN (*natural, LEAST_HEIGHT);
}

static void
strata_fit_scroller_size_allocate (GtkWidget *widget,
                                   int        width,
                                   int        height,
                                   int        baseline)
{
  gtk_widget_allocate (STRATA_FIT_SCROLLER (widget)->scroller, width, height, baseline, NULL);
}

static gboolean
fit_again (gpointer data)
{
  STRATA_FIT_SCROLLER (data)->source = 0;
  gtk_widget_queue_resize (GTK_WIDGET (data));

  return G_SOURCE_REMOVE;
}

/* A text lays its lines out bit by bit, and says only its adjustment that it has become higher. It does so while it is given
 * its size. */
static void
on_upper (StrataFitScroller *self,
          GParamSpec        *pspec,
          GtkAdjustment     *adjustment)
{
  if (self->source == 0 && self->child != NULL && gtk_adjustment_get_upper (adjustment) > self->measured
      && (self->max_height < 0 || self->measured < self->max_height))
    self->source = g_idle_add_full (G_PRIORITY_HIGH_IDLE, fit_again, self, NULL);
}

static void
set_child (StrataFitScroller *self,
           GtkWidget         *child)
{
  if (self->child == child)
    return;

  self->child = child;
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (self->scroller), child);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHILD]);
}

static void
strata_fit_scroller_dispose (GObject *object)
{
  StrataFitScroller *self = STRATA_FIT_SCROLLER (object);

  self->child = NULL;
  g_clear_handle_id (&self->source, g_source_remove);
  g_clear_pointer (&self->scroller, gtk_widget_unparent);

  G_OBJECT_CLASS (strata_fit_scroller_parent_class)->dispose (object);
}

static void
strata_fit_scroller_get_property (GObject    *object,
                                  guint       id,
                                  GValue     *value,
                                  GParamSpec *pspec)
{
  StrataFitScroller *self = STRATA_FIT_SCROLLER (object);

  switch (id)
    {
    case PROP_CHILD:
      g_value_set_object (value, self->child);
      break;
    case PROP_MAX_HEIGHT:
      g_value_set_int (value, self->max_height);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_fit_scroller_set_property (GObject      *object,
                                  guint         id,
                                  const GValue *value,
                                  GParamSpec   *pspec)
{
  StrataFitScroller *self = STRATA_FIT_SCROLLER (object);

  switch (id)
    {
    case PROP_CHILD:
      set_child (self, g_value_get_object (value));
      break;
    case PROP_MAX_HEIGHT:
      self->max_height = g_value_get_int (value);
      gtk_widget_queue_resize (GTK_WIDGET (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
strata_fit_scroller_class_init (StrataFitScrollerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = strata_fit_scroller_dispose;
  object_class->get_property = strata_fit_scroller_get_property;
  object_class->set_property = strata_fit_scroller_set_property;
  widget_class->get_request_mode = strata_fit_scroller_get_request_mode;
  widget_class->measure = strata_fit_scroller_measure;
  widget_class->size_allocate = strata_fit_scroller_size_allocate;

  properties[PROP_CHILD] =
    g_param_spec_object ("child", NULL, NULL, GTK_TYPE_WIDGET,
                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_MAX_HEIGHT] =
    g_param_spec_int ("max-height", NULL, NULL, -1, G_MAXINT, -1, G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
strata_fit_scroller_init (StrataFitScroller *self)
{
  self->max_height = -1;
  self->scroller = gtk_scrolled_window_new ();
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (self->scroller), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_widget_set_parent (self->scroller, GTK_WIDGET (self));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (self->scroller)), "notify::upper",
                           G_CALLBACK (on_upper), self, G_CONNECT_SWAPPED);
}
