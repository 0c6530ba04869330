/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/timeline/lanes-cell.h"

#include <math.h>

#define LANE_WIDTH 14.0
#define MOST_LANES 6
#define DOT_RADIUS 4.0
#define N_COLORS 8

struct _StrataLanesCell
{
  GtkWidget           parent_instance;

  /* owned */
  StrataTimelineItem *item;

  /* values */
  gboolean            alone;
  guint               n_lanes;
};

G_DEFINE_FINAL_TYPE (StrataLanesCell, strata_lanes_cell, GTK_TYPE_WIDGET)

/* Lanes beyond the last one that is drawn share its place. */
static double
lane_x (guint lane)
{
  return (MIN (lane, MOST_LANES - 1) + 0.5) * LANE_WIDTH;
}

static double
end_y (guint  end,
       double height)
{
  return end == STRATA_LANE_TOP ? 0 : end == STRATA_LANE_DOT ? height / 2 : height;
}

static void
set_color (StrataLanesCell *self,
           cairo_t         *cr,
           guint            color)
{
  g_autofree char *name = g_strdup_printf ("strata_lane_%u", color % N_COLORS);
  GdkRGBA rgba;

  if (!gtk_style_context_lookup_color (gtk_widget_get_style_context (GTK_WIDGET (self)), name, &rgba))
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &rgba);
  gdk_cairo_set_source_rgba (cr, &rgba);
}

static void
draw_stroke (StrataLanesCell        *self,
             cairo_t                *cr,
             const StrataLaneStroke *stroke,
             double                  height)
{
  static const double dashes[] = { 2, 3 };
  double x1 = lane_x (stroke->from_lane);
  double x2 = lane_x (stroke->to_lane);
  double y1 = end_y (stroke->from_end, height);
  double y2 = end_y (stroke->to_end, height);
  double middle = (y1 + y2) / 2;

  set_color (self, cr, stroke->color);
  cairo_set_dash (cr, dashes, stroke->dependency ? G_N_ELEMENTS (dashes) : 0, 0);
  cairo_move_to (cr, x1, y1);
  if (x1 == x2)
    cairo_line_to (cr, x2, y2);
  else
    cairo_curve_to (cr, x1, middle, x2, middle, x2, y2);
  cairo_stroke (cr);
}

static void
draw_circle (cairo_t *cr,
             double   x,
             double   y,
             double   radius)
{
  cairo_new_sub_path (cr);
  cairo_arc (cr, x, y, radius, 0, 2 * G_PI);
}

/* Below the dot nothing of the lines may be seen: its ring is cut out of them. */
static void
draw_dot (StrataLanesCell *self,
          cairo_t         *cr,
          double           x,
          double           y,
          guint            color)
{
  static const double dashes[] = { 2, 2 };
  StrataRevisionState state = strata_timeline_item_get_state (self->item);
  gboolean filled = state == STRATA_REVISION_APPLIED || strata_timeline_item_get_landed (self->item);

  cairo_set_operator (cr, CAIRO_OPERATOR_CLEAR);
  draw_circle (cr, x, y, DOT_RADIUS + 2);
  cairo_fill (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);

  set_color (self, cr, color);
  cairo_set_dash (cr, dashes, state == STRATA_REVISION_LOST ? G_N_ELEMENTS (dashes) : 0, 0);
  draw_circle (cr, x, y, DOT_RADIUS);
  if (filled)
    cairo_fill (cr);
  else
    cairo_stroke (cr);

  if (strata_timeline_item_get_flags (self->item) & STRATA_NODE_MERGEPOINT)
    {
      cairo_set_dash (cr, NULL, 0, 0);
      cairo_set_line_width (cr, 1.25);
      draw_circle (cr, x, y, DOT_RADIUS + 2.5);
      cairo_stroke (cr);
    }
}

static void
draw_strokes (StrataLanesCell     *self,
              cairo_t             *cr,
              const StrataLaneRow *row,
              double               height)
{
  GArray *strokes = strata_timeline_item_get_snapshot (self->item)->lanes->strokes;

  for (guint i = 0; i < row->n_strokes; i++)
    draw_stroke (self, cr, &g_array_index (strokes, StrataLaneStroke, row->first_stroke + i), height);
}

/* What leaves the row above goes straight through. */
static void
draw_through (StrataLanesCell *self,
              cairo_t         *cr,
              double           height)
{
  StrataLanes *lanes = strata_timeline_item_get_snapshot (self->item)->lanes;
  guint below = strata_timeline_item_get_index (self->item);
  const StrataLaneRow *above;

  if (below == 0 || below > lanes->rows->len)
    return;

  above = &g_array_index (lanes->rows, StrataLaneRow, below - 1);
  for (guint i = 0; i < above->n_strokes; i++)
    {
      StrataLaneStroke stroke = g_array_index (lanes->strokes, StrataLaneStroke, above->first_stroke + i);

      if (stroke.to_end != STRATA_LANE_BOTTOM)
        continue;

      stroke.from_lane = stroke.to_lane;
      stroke.from_end = STRATA_LANE_TOP;
      draw_stroke (self, cr, &stroke, height);
    }
}

static void
draw_more (StrataLanesCell *self,
           cairo_t         *cr,
           guint            n_more,
           double           height)
{
  g_autofree char *text = g_strdup_printf ("+%u", n_more);
  g_autoptr(PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr(PangoAttrList) attributes = pango_attr_list_new ();
  int width;

  pango_attr_list_insert (attributes, pango_attr_scale_new (0.65));
  pango_layout_set_attributes (layout, attributes);
  cairo_save (cr);
  cairo_translate (cr, (MOST_LANES - 0.5) * LANE_WIDTH, height - 12);
  if (gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL)
    cairo_scale (cr, -1, 1);
  pango_layout_get_pixel_size (layout, &width, NULL);
  cairo_move_to (cr, -width / 2.0, 0);
  pango_cairo_show_layout (cr, layout);
  cairo_restore (cr);
}

static void
draw_revision (StrataLanesCell *self,
               cairo_t         *cr,
               double           height)
{
  const StrataLaneRow *row = strata_timeline_item_get_lanes (self->item);

  if (row == NULL || self->alone)
    {
      draw_dot (self, cr, lane_x (0), height / 2, row != NULL ? row->color : 0);
      return;
    }

  draw_strokes (self, cr, row, height);
  draw_dot (self, cr, lane_x (row->lane), height / 2, row->color);
  if (row->n_lanes > MOST_LANES)
    draw_more (self, cr, row->n_lanes - MOST_LANES, height);
}

static void
strata_lanes_cell_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  StrataLanesCell *self = STRATA_LANES_CELL (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, width, height);
  cairo_t *cr;

  if (self->item == NULL)
    return;

  cr = gtk_snapshot_append_cairo (snapshot, &bounds);
  cairo_set_line_width (cr, 2);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    {
      cairo_translate (cr, width, 0);
      cairo_scale (cr, -1, 1);
    }

  if (strata_timeline_item_get_kind (self->item) == STRATA_ENTRY_HERE)
    draw_through (self, cr, height);
  else
    draw_revision (self, cr, height);
  cairo_destroy (cr);
}

static void
strata_lanes_cell_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  StrataLanesCell *self = STRATA_LANES_CELL (widget);

  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? (int) ceil (MAX (self->n_lanes, 1) * LANE_WIDTH) : 0;
}

static void
strata_lanes_cell_dispose (GObject *object)
{
  strata_lanes_cell_set_item (STRATA_LANES_CELL (object), NULL, FALSE);

  G_OBJECT_CLASS (strata_lanes_cell_parent_class)->dispose (object);
}

static void
strata_lanes_cell_class_init (StrataLanesCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = strata_lanes_cell_dispose;
  widget_class->measure = strata_lanes_cell_measure;
  widget_class->snapshot = strata_lanes_cell_snapshot;

  gtk_widget_class_set_css_name (widget_class, "lanes");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
strata_lanes_cell_init (StrataLanesCell *self)
{
  self->n_lanes = 1;
}

void
strata_lanes_cell_set_item (StrataLanesCell    *self,
                            StrataTimelineItem *item,
                            gboolean            alone)
{
  if (self->item != item)
    {
      if (self->item != NULL)
        g_signal_handlers_disconnect_by_func (self->item, gtk_widget_queue_draw, self);
      g_set_object (&self->item, item);
      if (item != NULL)
        g_signal_connect_object (item, "changed", G_CALLBACK (gtk_widget_queue_draw), self, G_CONNECT_SWAPPED);
    }
  self->alone = alone;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

guint
strata_lanes_cell_count (StrataSnapshot *snapshot)
{
  guint n = 1;

  for (guint i = 0; i < snapshot->lanes->rows->len; i++)
    n = MAX (n, g_array_index (snapshot->lanes->rows, StrataLaneRow, i).n_lanes);

  return MIN (n, MOST_LANES);
}

void
strata_lanes_cell_set_lanes (StrataLanesCell *self,
                             guint            n_lanes)
{
  if (self->n_lanes == n_lanes)
    return;

  self->n_lanes = n_lanes;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
