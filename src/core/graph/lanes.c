/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/lanes.h"

#include "core/graph/display-order.h"
#include "core/graph/graph-private.h"

/* From top to bottom, each lane waits for the node that its line leads to: at most one plain lane and one of
 * dependencies for a node, so that lines to the same node join as early as they can. */

#define NO_LANE G_MAXUINT16
#define LAST_LANE (STRATA_MAX_LANES - 1)

typedef enum
{
  LINE_PLAIN,
  LINE_DEPENDENCY,
  N_LINES,
} Line;

typedef struct
{
  guint  n_waiting;     /* more than one only where the last lane is shared */
  guint8 color;
  guint8 line;
} Lane;

typedef struct
{
  StrataGraph   *graph;
  StrataLanes   *result;
  StrataLaneRow *row;
  Lane           lanes[STRATA_MAX_LANES];
  guint          carried[STRATA_MAX_LANES];    /* of n_waiting: what passes the row that is being made */
  guint          n_lanes;                      /* the lanes above are free */
  guint          n_of_color[STRATA_MAX_LANES]; /* lanes; there is always a colour without one */
  guint16       *lane_of[N_LINES];             /* node → lane that waits for it */
} Layout;

static void
add_stroke (Layout        *self,
            StrataLaneEnd  from_end,
            guint          from,
            StrataLaneEnd  to_end,
            guint          to,
            guint          color,
            Line           line)
{
  StrataLaneStroke stroke = {
    .from_lane = from,
    .to_lane = to,
    .from_end = from_end,
    .to_end = to_end,
    .color = color,
    .dependency = line == LINE_DEPENDENCY,
  };

  g_array_append_val (self->result->strokes, stroke);
  self->row->n_strokes++;
  self->row->n_lanes = MAX (self->row->n_lanes, MAX (from, to) + 1);
}

static guint
pick_color (Layout *self)
{
  guint color = 0;

  while (color < STRATA_MAX_LANES - 1 && self->n_of_color[color] > 0)
    color++;

  return color;
}

/* The first free one to the right of the given lane, else the first free one, else the last lane for all. */
static guint
pick_lane (Layout *self,
           guint   near)
{
  for (guint lane = near; lane < STRATA_MAX_LANES; lane++)
    if (self->lanes[lane].n_waiting == 0)
      return lane;

  for (guint lane = 0; lane < near; lane++)
    if (self->lanes[lane].n_waiting == 0)
      return lane;

  return LAST_LANE;
}

static void
wait_in (Layout *self,
         guint   lane,
         guint   node,
         Line    line,
         guint   color)
{
  Lane *waiting = &self->lanes[lane];

  if (waiting->n_waiting++ == 0)
    {
      waiting->color = color;
      waiting->line = line;
      self->n_of_color[color]++;
    }

  self->lane_of[line][node] = lane;
  self->n_lanes = MAX (self->n_lanes, lane + 1);
}

static void
stop_waiting (Layout *self,
              guint   node,
              Line    line)
{
  guint lane = self->lane_of[line][node];

  self->lane_of[line][node] = NO_LANE;
  self->carried[lane]--;
  if (--self->lanes[lane].n_waiting == 0)
    self->n_of_color[self->lanes[lane].color]--;

  while (self->n_lanes > 0 && self->lanes[self->n_lanes - 1].n_waiting == 0)
    self->n_lanes--;
}

/* A tip stands beside the lane that it will join. */
static guint
pick_tip_lane (Layout *self,
               guint   node)
{
  guint n;
  const guint *parents = strata_edges_get (&self->graph->parents, node, &n);
  guint lane = n > 0 ? self->lane_of[LINE_PLAIN][parents[0]] : NO_LANE;

  return pick_lane (self, lane != NO_LANE ? lane + 1 : 0);
}

static void
place_dot (Layout *self,
           guint   node)
{
  guint plain = self->lane_of[LINE_PLAIN][node];
  guint dependency = self->lane_of[LINE_DEPENDENCY][node];

  if (plain != NO_LANE)
    self->row->color = self->lanes[plain].color;

  for (Line line = LINE_PLAIN; line < N_LINES; line++)
    if (self->lane_of[line][node] != NO_LANE)
      stop_waiting (self, node, line);

  if (plain == NO_LANE)
    self->row->color = pick_color (self);

  self->row->lane = plain != NO_LANE ? plain : dependency != NO_LANE ? dependency : pick_tip_lane (self, node);
  self->row->n_lanes = self->row->lane + 1;

  if (plain != NO_LANE)
    add_stroke (self, STRATA_LANE_TOP, plain, STRATA_LANE_DOT, self->row->lane, self->lanes[plain].color, LINE_PLAIN);
  if (dependency != NO_LANE)
    add_stroke (self, STRATA_LANE_TOP, dependency, STRATA_LANE_DOT, self->row->lane,
                self->lanes[dependency].color, LINE_DEPENDENCY);
}

/* The main line stays straight: whatever waits further to the right for the same parent comes over. */
static void
continue_line (Layout *self,
               guint   parent)
{
  guint dot = self->row->lane;
  guint other = self->lane_of[LINE_PLAIN][parent];

  if (other != NO_LANE)
    {
      add_stroke (self, STRATA_LANE_TOP, other, STRATA_LANE_BOTTOM, dot, self->lanes[other].color, LINE_PLAIN);
      stop_waiting (self, parent, LINE_PLAIN);
    }

  wait_in (self, dot, parent, LINE_PLAIN, self->row->color);
  add_stroke (self, STRATA_LANE_DOT, dot, STRATA_LANE_BOTTOM, dot, self->row->color, LINE_PLAIN);
}

static void
lead_to (Layout   *self,
         guint     target,
         Line      line,
         gboolean  is_first)
{
  guint dot = self->row->lane;
  guint lane = self->lane_of[line][target];
  gboolean is_dot_free = self->lanes[dot].n_waiting == 0;

  if (line == LINE_PLAIN && is_first && is_dot_free && (lane == NO_LANE || lane > dot))
    {
      continue_line (self, target);
      return;
    }

  if (lane == NO_LANE)
    {
      gboolean is_straight = line == LINE_DEPENDENCY && is_first && is_dot_free;

      lane = is_straight ? dot : pick_lane (self, dot + 1);
      wait_in (self, lane, target, line,
               line == LINE_DEPENDENCY || is_first ? self->row->color : pick_color (self));
    }

  add_stroke (self, STRATA_LANE_DOT, dot, STRATA_LANE_BOTTOM, lane,
              line == LINE_PLAIN && !is_first ? self->lanes[lane].color : self->row->color, line);
}

/* The downs of a node are its parents first, then its dependencies. */
static void
add_row (Layout *self,
         guint   node,
         guint8  applied)
{
  StrataLaneRow row = { .node = node, .first_stroke = self->result->strokes->len, .applied = applied };
  guint n_before = self->n_lanes;
  guint n_parents = strata_edges_count (&self->graph->parents, node);
  guint n_downs;
  const guint *downs = strata_edges_get (&self->graph->downs, node, &n_downs);

  g_array_append_val (self->result->rows, row);
  self->row = &g_array_index (self->result->rows, StrataLaneRow, self->result->rows->len - 1);

  for (guint lane = 0; lane < n_before; lane++)
    self->carried[lane] = self->lanes[lane].n_waiting;

  place_dot (self, node);
  for (guint i = 0; i < n_downs; i++)
    lead_to (self, downs[i], i < n_parents ? LINE_PLAIN : LINE_DEPENDENCY, i == 0);

  for (guint lane = 0; lane < n_before; lane++)
    if (self->carried[lane] > 0)
      add_stroke (self, STRATA_LANE_TOP, lane, STRATA_LANE_BOTTOM, lane, self->lanes[lane].color,
                  self->lanes[lane].line);
}

StrataLanes *
strata_lanes_new (StrataGraph  *graph,
                  const guint8 *applied)
{
  g_autoptr(GArray) order = strata_graph_order_for_display (graph, applied);
  g_autofree guint16 *plain = g_new (guint16, graph->n_nodes);
  g_autofree guint16 *dependency = g_new (guint16, graph->n_nodes);
  StrataLanes *self = g_new0 (StrataLanes, 1);
  Layout layout = { .graph = graph, .result = self, .lane_of = { plain, dependency } };

  self->rows = g_array_sized_new (FALSE, FALSE, sizeof (StrataLaneRow), order->len);
  self->strokes = g_array_new (FALSE, FALSE, sizeof (StrataLaneStroke));

  for (guint node = 0; node < graph->n_nodes; node++)
    plain[node] = dependency[node] = NO_LANE;

  for (guint i = 0; i < order->len; i++)
    {
      guint node = g_array_index (order, guint, i);

      add_row (&layout, node, applied != NULL && applied[node]);
    }

  return self;
}

void
strata_lanes_free (StrataLanes *self)
{
  g_array_unref (self->rows);
  g_array_unref (self->strokes);
  g_free (self);
}
