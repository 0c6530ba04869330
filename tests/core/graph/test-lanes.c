/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"
#include "core/graph/lanes.h"
#include "core/graph/target.h"
#include "tests/core/graph/random-graph.h"

/* "a0 b1-0": the rows as id, lane of the dot, and where the lines below it go; "~" is a dependency. */
static char *
describe (StrataGraph *graph,
          StrataLanes *lanes)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const StrataLaneRow *row = &g_array_index (lanes->rows, StrataLaneRow, i);
      gboolean first = TRUE;

      g_string_append_printf (text, "%s%s%u", i > 0 ? " " : "", strata_graph_get_id (graph, row->node), row->lane);
      for (guint k = 0; k < row->n_strokes; k++)
        {
          const StrataLaneStroke *stroke = &g_array_index (lanes->strokes, StrataLaneStroke, row->first_stroke + k);

          if (stroke->from_end != STRATA_LANE_DOT)
            continue;
          g_string_append_printf (text, "%c%s%u", first ? '-' : ',', stroke->dependency ? "~" : "", stroke->to_lane);
          first = FALSE;
        }
    }

  return g_string_free (text, FALSE);
}

typedef struct
{
  const char *name;
  const char *graph;
  const char *rows;       /* of the version table */
  const char *expected;
} Case;

static const Case cases[] = {
  { "empty", "", "", "" },
  { "one", "a", "", "a0" },
  { "line", "a b<a c<b", "", "c0-0 b0-0 a0" },
  { "branch-just-above-its-beginning", "a b<a c<b d<c x<b", "", "d0-0 c0-0 x1-0 b0-0 a0" },
  { "longest-line-is-straight", "a x<a b<a c<b", "", "c0-0 b0-0 x1-0 a0" },
  { "merge", "a b<a c<a d<b,c", "", "d0-0,1 b0-0 c1-0 a0" },
  { "merge-into-the-main-line", "a b<a m<b c<m,x x<a", "", "c0-0,1 m0-0 b0-0 x1-0 a0" },
  { "two-roots", "a b<a x y<x", "", "b0-0 a0 y0-0 x0" },
  { "dependency", "a b<a x^a", "", "b0-0 x1-~1 a0" },
  { "dependency-beside-a-parent", "a b<a x y<x^a", "", "b0-0 y1-1,~2 a0 x1" },
  { "redundant-dependency-is-not-drawn", "a b<a^a", "", "b0-0 a0" },
  { "pending-above-applied", "a b<a c<b x<a y<x", "y", "c0-0 b0-0 y1-1 x1-0 a0" },
  { "all-applied", "a b<a x<a", "b x", "b0-0 x1-0 a0" },
};

static guint8 *
apply (StrataGraph *graph,
       const char  *rows)
{
  g_auto(GStrv) ids = g_strsplit (rows, " ", -1);

  return strata_graph_dup_applied (graph, (const char * const *) ids);
}

static void
test_case (const void *data)
{
  const Case *test = data;
  g_autoptr(StrataGraph) graph = fixture_graph (test->graph);
  g_autofree guint8 *applied = apply (graph, test->rows);
  g_autoptr(StrataLanes) lanes = strata_lanes_new (graph, applied);
  g_autofree char *text = describe (graph, lanes);

  g_assert_cmpstr (text, ==, test->expected);
}

/* The checker reads the drawing from below: what a lane between two rows leads to is known by where it arrives. */
typedef struct
{
  guint target;        /* node + 1, 0 for no line here */
  guint dependency;
} Destination;

typedef struct
{
  StrataGraph *graph;
  StrataLanes *lanes;
  GHashTable  *drawn;      /* "child>parent" or "child~required" */
  Destination  below[STRATA_MAX_LANES];
  Destination  above[STRATA_MAX_LANES];
  guint8       met[STRATA_MAX_LANES];      /* lanes below this row that some stroke comes down into */
} Checker;

static void
check_stroke (Checker                *checker,
              const StrataLaneRow    *row,
              const StrataLaneStroke *stroke)
{
  Destination to = { 0 };

  g_assert_cmpuint (MAX (stroke->from_lane, stroke->to_lane), <, row->n_lanes);
  g_assert_true (stroke->from_end == STRATA_LANE_TOP || stroke->from_end == STRATA_LANE_DOT);
  g_assert_true (stroke->to_end == STRATA_LANE_DOT || stroke->to_end == STRATA_LANE_BOTTOM);
  g_assert_false (stroke->from_end == STRATA_LANE_DOT && stroke->to_end == STRATA_LANE_DOT);
  if (stroke->from_end == STRATA_LANE_DOT)
    g_assert_cmpuint (stroke->from_lane, ==, row->lane);

  if (stroke->to_end == STRATA_LANE_DOT)
    {
      g_assert_cmpuint (stroke->to_lane, ==, row->lane);
      to = (Destination) { row->node + 1, stroke->dependency };
    }
  else
    {
      to = checker->below[stroke->to_lane];
      checker->met[stroke->to_lane] = TRUE;
    }

  /* Nothing leads nowhere, and a line is dashed all the way or not at all. */
  g_assert_cmpuint (to.target, !=, 0);
  g_assert_cmpuint (to.dependency, ==, stroke->dependency);

  if (stroke->from_end == STRATA_LANE_TOP)
    {
      g_assert_cmpuint (checker->above[stroke->from_lane].target, ==, 0);
      checker->above[stroke->from_lane] = to;
      return;
    }

  g_hash_table_add (checker->drawn, g_strdup_printf ("%s%c%s", strata_graph_get_id (checker->graph, row->node),
                                                     to.dependency ? '~' : '>',
                                                     strata_graph_get_id (checker->graph, to.target - 1)));
}

static void
check_drawing (Checker *checker)
{
  for (guint i = checker->lanes->rows->len; i-- > 0;)
    {
      const StrataLaneRow *row = &g_array_index (checker->lanes->rows, StrataLaneRow, i);

      memset (checker->above, 0, sizeof checker->above);
      memset (checker->met, 0, sizeof checker->met);
      for (guint k = 0; k < row->n_strokes; k++)
        check_stroke (checker, row, &g_array_index (checker->lanes->strokes, StrataLaneStroke, row->first_stroke + k));

      /* Every line that goes on below comes from somewhere in this row. */
      for (guint lane = 0; lane < STRATA_MAX_LANES; lane++)
        g_assert_cmpuint (checker->met[lane], ==, checker->below[lane].target != 0);
      memcpy (checker->below, checker->above, sizeof checker->below);
    }

  for (guint lane = 0; lane < STRATA_MAX_LANES; lane++)
    g_assert_cmpuint (checker->below[lane].target, ==, 0);
}

static void
check_edges (Checker *checker)
{
  guint n_expected = 0;

  for (guint node = 0; node < checker->graph->n_nodes; node++)
    {
      guint n_parents, n_downs;
      const guint *downs = strata_edges_get (&checker->graph->downs, node, &n_downs);

      strata_edges_get (&checker->graph->parents, node, &n_parents);
      for (guint i = 0; i < n_downs; i++, n_expected++)
        {
          g_autofree char *edge = g_strdup_printf ("%s%c%s", strata_graph_get_id (checker->graph, node),
                                                   i < n_parents ? '>' : '~',
                                                   strata_graph_get_id (checker->graph, downs[i]));

          g_assert_true (g_hash_table_contains (checker->drawn, edge));
        }
    }

  g_assert_cmpuint (g_hash_table_size (checker->drawn), ==, n_expected);
}

static void
check_rows (StrataGraph  *graph,
            StrataLanes  *lanes,
            const guint8 *applied)
{
  g_autofree guint *place = g_new0 (guint, graph->n_nodes);
  gboolean seen_applied = FALSE;

  g_assert_cmpuint (lanes->rows->len, ==, graph->n_nodes);

  for (guint i = 0; i < lanes->rows->len; i++)
    {
      const StrataLaneRow *row = &g_array_index (lanes->rows, StrataLaneRow, i);

      g_assert_cmpuint (place[row->node], ==, 0);
      place[row->node] = i + 1;
      seen_applied |= row->applied;
      g_assert_cmpuint (row->applied, ==, applied[row->node]);
      g_assert_cmpuint (row->applied, ==, seen_applied);
    }

  for (guint node = 0; node < graph->n_nodes; node++)
    {
      guint n;
      const guint *downs = strata_edges_get (&graph->downs, node, &n);

      for (guint i = 0; i < n; i++)
        g_assert_cmpuint (place[node], <, place[downs[i]]);
    }
}

/* A first parent that nothing else has as a parent goes straight on, in the same colour. */
static void
check_lines (StrataGraph *graph,
             StrataLanes *lanes)
{
  g_autofree const StrataLaneRow **rows = g_new0 (const StrataLaneRow *, graph->n_nodes);

  for (guint i = 0; i < lanes->rows->len; i++)
    rows[g_array_index (lanes->rows, StrataLaneRow, i).node] = &g_array_index (lanes->rows, StrataLaneRow, i);

  for (guint node = 0; node < graph->n_nodes; node++)
    {
      guint n;
      const guint *parents = strata_edges_get (&graph->parents, node, &n);

      if (n == 0 || strata_edges_count (&graph->children, parents[0]) > 1)
        continue;
      g_assert_cmpuint (rows[parents[0]]->lane, ==, rows[node]->lane);
      g_assert_cmpuint (rows[parents[0]]->color, ==, rows[node]->color);
    }
}

static void
test_random (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      g_autoptr(StrataGraph) graph = random_graph (g_test_rand_int_range (1, 50));
      const char *some[] = { strata_graph_get_id (graph, g_test_rand_int_range (0, graph->n_nodes)),
                             strata_graph_get_id (graph, g_test_rand_int_range (0, graph->n_nodes)), NULL };
      g_autofree guint8 *applied = strata_graph_dup_applied (graph, some);
      g_autoptr(StrataLanes) lanes = strata_lanes_new (graph, applied);
      g_autoptr(GHashTable) drawn = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      Checker checker = { .graph = graph, .lanes = lanes, .drawn = drawn };

      check_rows (graph, lanes, applied);
      check_drawing (&checker);
      check_edges (&checker);
      check_lines (graph, lanes);
    }
}

/* More lines than lanes: they share the last one, and none is lost. */
static void
test_too_wide (void)
{
  enum { N = 3 * STRATA_MAX_LANES };
  g_autoptr(GString) text = g_string_new ("m<");
  g_autoptr(StrataGraph) graph = NULL;
  g_autoptr(StrataLanes) lanes = NULL;
  guint n_arrived = 0;

  for (guint i = 0; i < N; i++)
    g_string_append_printf (text, "%sr%u", i > 0 ? "," : "", i);
  for (guint i = 0; i < N; i++)
    g_string_append_printf (text, " r%u", i);

  graph = fixture_graph (text->str);
  lanes = strata_lanes_new (graph, NULL);

  for (guint i = 0; i < lanes->strokes->len; i++)
    {
      const StrataLaneStroke *stroke = &g_array_index (lanes->strokes, StrataLaneStroke, i);

      g_assert_cmpuint (MAX (stroke->from_lane, stroke->to_lane), <, STRATA_MAX_LANES);
      n_arrived += stroke->to_end == STRATA_LANE_DOT;
    }
  g_assert_cmpuint (n_arrived, ==, N);
}

/* A trunk with branches that come back to it: the size of the drawing follows the number of revisions. */
static void
test_large (void)
{
  enum { N = 100000 };
  g_autoptr(GString) text = g_string_new ("r0");
  g_autoptr(StrataGraph) graph = NULL;
  g_autoptr(StrataLanes) lanes = NULL;
  guint widest = 0;

  for (guint i = 1; i < N / 4; i++)
    g_string_append_printf (text, " f%u<r%u g%u<f%u t%u<r%u r%u<t%u,g%u", i, i - 1, i, i, i, i - 1, i, i, i);

  graph = fixture_graph (text->str);
  lanes = strata_lanes_new (graph, NULL);

  for (guint i = 0; i < lanes->rows->len; i++)
    widest = MAX (widest, g_array_index (lanes->rows, StrataLaneRow, i).n_lanes);
  g_assert_cmpuint (widest, ==, 2);
  g_assert_cmpuint (lanes->strokes->len, <, 3 * lanes->rows->len);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph/lanes/draws/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/graph/lanes/every-edge-and-nothing-else", test_random);
  g_test_add_func ("/graph/lanes/too-wide", test_too_wide);
  g_test_add_func ("/graph/lanes/large", test_large);

  return g_test_run ();
}
