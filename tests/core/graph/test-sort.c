/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"
#include "core/graph/sort.h"
#include "tests/core/graph/random-graph.h"

/* Alembic's walk word for word, with every set of ancestors read from a table; NULL where Alembic would stop with an
 * assertion because something wanted can't be reached from the heads. */
typedef struct
{
  StrataGraph  *graph;
  const guint8 *reaches;
  guint8       *todo;
  GArray       *slots;     /* guint: nodes */
  guint         current;
} Walk;

static gboolean
find_blocker (Walk  *walk,
              guint *blocker)
{
  guint node = g_array_index (walk->slots, guint, walk->current);

  for (guint i = 0; i < walk->slots->len; i++)
    if (i != walk->current
        && walk->reaches[g_array_index (walk->slots, guint, i) * walk->graph->n_nodes + node])
      {
        *blocker = i;
        return TRUE;
      }

  return FALSE;
}

static gboolean
has_slot (Walk  *walk,
          guint  node)
{
  for (guint i = 0; i < walk->slots->len; i++)
    if (g_array_index (walk->slots, guint, i) == node)
      return TRUE;

  return FALSE;
}

static void
step (Walk *walk)
{
  guint node = g_array_index (walk->slots, guint, walk->current);
  g_autoptr(GArray) add = g_array_new (FALSE, FALSE, sizeof (guint));
  guint n;
  const guint *downs = strata_edges_get (&walk->graph->downs, node, &n);

  for (guint i = 0; i < n; i++)
    if (walk->todo[downs[i]] && !has_slot (walk, downs[i]))
      g_array_append_val (add, downs[i]);

  if (add->len == 0)
    {
      g_array_remove_index (walk->slots, walk->current);
      walk->current = walk->current > 0 ? walk->current - 1 : 0;
      return;
    }

  g_array_index (walk->slots, guint, walk->current) = g_array_index (add, guint, 0);
  for (guint i = 1; i < add->len; i++)
    g_array_append_val (walk->slots, g_array_index (add, guint, i));
}

static GArray *
sort_slowly (StrataGraph  *graph,
             const guint8 *reaches,
             const guint8 *wanted,
             const GArray *heads)
{
  g_autofree guint8 *todo = g_memdup2 (wanted, graph->n_nodes);
  g_autoptr(GArray) slots = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr(GArray) order = g_array_new (FALSE, FALSE, sizeof (guint));
  Walk walk = { graph, reaches, todo, slots, 0 };
  guint n_wanted = 0;

  for (guint node = 0; node < graph->n_nodes; node++)
    {
      n_wanted += wanted[node];
      for (guint i = 0; i < heads->len; i++)
        if (wanted[node] && g_array_index (heads, guint, i) == node)
          g_array_append_val (slots, node);
    }

  while (slots->len > 0)
    {
      guint node = g_array_index (slots, guint, walk.current);

      if (find_blocker (&walk, &walk.current))
        continue;

      g_array_append_val (order, node);
      todo[node] = FALSE;
      step (&walk);
    }

  return order->len == n_wanted ? g_steal_pointer (&order) : NULL;
}

static GArray *
pick_nodes (StrataGraph *graph,
            guint        n)
{
  GArray *nodes = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < n; i++)
    {
      guint node = g_test_rand_int_range (0, graph->n_nodes);
      gboolean known = FALSE;

      for (guint k = 0; k < nodes->len; k++)
        known = known || g_array_index (nodes, guint, k) == node;
      if (!known)
        g_array_append_val (nodes, node);
    }

  return nodes;
}

static gboolean
is_below_any (const guint8 *reaches,
              guint         n_nodes,
              const GArray *tops,
              guint         node)
{
  for (guint i = 0; i < tops->len; i++)
    if (reaches[g_array_index (tops, guint, i) * n_nodes + node])
      return TRUE;

  return FALSE;
}

/* What an upgrade, a downgrade or a range of the history would want. */
static void
check_order (StrataGraph  *graph,
             const guint8 *reaches,
             const guint8 *wanted,
             const GArray *heads)
{
  g_autoptr(GArray) expected = sort_slowly (graph, reaches, wanted, heads);
  g_autoptr(GArray) order = strata_graph_sort (graph, wanted, heads, NULL);
  g_autofree char *ids = fixture_array_ids (graph, order);

  if (expected != NULL)
    {
      g_autofree char *expected_ids = fixture_array_ids (graph, expected);

      g_assert_cmpstr (ids, ==, expected_ids);
      return;
    }

  /* Alembic fails here: complete, and nothing before what needs it, is all that can be asked. */
  for (guint i = 0; i < order->len; i++)
    for (guint k = i + 1; k < order->len; k++)
      g_assert_false (reaches[g_array_index (order, guint, k) * graph->n_nodes + g_array_index (order, guint, i)]);
  for (guint node = 0, n = 0; node < graph->n_nodes; node++)
    {
      n += wanted[node];
      if (node == graph->n_nodes - 1)
        g_assert_cmpuint (order->len, ==, n);
    }
}

static void
check_graph (StrataGraph *graph)
{
  guint n = graph->n_nodes;
  g_autofree guint8 *reaches = random_closure (graph, TRUE);
  g_autofree guint8 *plain = random_closure (graph, FALSE);

  for (guint i = 0; i < 20; i++)
    {
      g_autofree guint8 *wanted = g_new0 (guint8, n);
      g_autoptr(GArray) tops = i == 0 ? strata_graph_dup_heads (graph, TRUE)
                                      : pick_nodes (graph, g_test_rand_int_range (1, 5));
      g_autoptr(GArray) bottoms = pick_nodes (graph, g_test_rand_int_range (1, 4));
      gboolean above = g_test_rand_bit ();

      for (guint node = 0; node < n; node++)
        {
          wanted[node] = is_below_any (reaches, n, tops, node) && !is_below_any (reaches, n, bottoms, node);
          if (above)
            {
              gboolean descends = FALSE;

              for (guint k = 0; k < bottoms->len; k++)
                descends = descends || plain[node * n + g_array_index (bottoms, guint, k)];
              wanted[node] = wanted[node] && descends;
            }
        }

      check_order (graph, reaches, wanted, tops);
    }
}

static void
test_random (void)
{
  for (guint i = 0; i < 1500; i++)
    {
      g_autoptr(StrataGraph) graph = random_graph (g_test_rand_int_range (1, 40));

      check_graph (graph);
    }
}

typedef struct
{
  const char *name;
  void      (*fill) (GString *text,
                     guint    n);
} Shape;

static void
fill_line (GString *text,
           guint    n)
{
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, " r%u<r%u", i, i - 1);
}

/* A trunk with a branch of one revision off every second one; the branches come first or last. */
static void
fill_comb (GString *text,
           guint    n)
{
  for (guint i = 1; i < n / 2; i++)
    g_string_append_printf (text, " b%u<r%u r%u<r%u", i, i - 1, i, i - 1);
}

static void
fill_comb_upside_down (GString *text,
                       guint    n)
{
  for (guint i = n / 2; i-- > 1;)
    g_string_append_printf (text, " b%u<r%u r%u<r%u", i, i - 1, i, i - 1);
}

static void
fill_star (GString *text,
           guint    n)
{
  for (guint i = 1; i < n; i++)
    g_string_append_printf (text, " r%u<r0", i);
}

static void
fill_merges (GString *text,
             guint    n)
{
  for (guint i = 1; i < n / 3; i++)
    g_string_append_printf (text, " f%u<r%u t%u<r%u r%u<f%u,t%u", i, i - 1, i, i - 1, i, i, i);
}

/* Every branch starts at the base and is merged into the trunk: all of them stay open for long. */
static void
fill_late_merges (GString *text,
                  guint    n)
{
  for (guint i = 1; i < n / 2; i++)
    g_string_append_printf (text, " f%u<r0 r%u<%s%u,%s%u", i, i, i % 2 ? "f" : "r", i % 2 ? i : i - 1,
                            i % 2 ? "r" : "f", i % 2 ? i - 1 : i);
}

static void
fill_ladder (GString *text,
             guint    n)
{
  g_string_append (text, " q0");
  for (guint i = 1; i < n / 2; i++)
    g_string_append_printf (text, " r%u<r%u^q%u q%u<q%u", i, i - 1, i - 1, i, i - 1);
}

static void
fill_random (GString *text,
             guint    n)
{
  for (guint i = 1; i < n; i++)
    {
      g_string_append_printf (text, " r%u<r%u", i, g_test_rand_int_range (0, i));
      if (i % 5 == 0)
        g_string_append_printf (text, ",r%u", g_test_rand_int_range (0, i));
    }
}

static void
fill_random_near (GString *text,
                  guint    n)
{
  for (guint i = 1; i < n; i++)
    {
      g_string_append_printf (text, " r%u<r%u", i, i - 1 - g_test_rand_int_range (0, MIN (i, 50)));
      if (i % 3 == 0)
        g_string_append_printf (text, ",r%u", i - 1 - g_test_rand_int_range (0, MIN (i, 50)));
    }
}

static const Shape shapes[] = {
  { "line", fill_line },
  { "comb", fill_comb },
  { "comb-upside-down", fill_comb_upside_down },
  { "star", fill_star },
  { "merges", fill_merges },
  { "late-merges", fill_late_merges },
  { "ladder", fill_ladder },
  { "random", fill_random },
  { "random-near", fill_random_near },
};

/* The same order as Alembic also where the shape is built to need every shortcut. */
static void
test_shape (const void *data)
{
  const Shape *shape = data;
  g_autoptr(GString) text = g_string_new ("r0");
  g_autoptr(StrataGraph) graph = NULL;

  shape->fill (text, 120);
  graph = fixture_graph (text->str);
  check_graph (graph);
}

static double
measure (const Shape *shape,
         guint        n)
{
  g_autoptr(GString) text = g_string_new ("r0");
  g_autoptr(StrataGraph) graph = NULL;
  g_autoptr(GArray) heads = NULL;
  g_autoptr(GArray) order = NULL;
  g_autofree guint8 *wanted = g_malloc (n * 2);
  guint64 work = 0;

  shape->fill (text, n);
  graph = fixture_graph (text->str);
  heads = strata_graph_dup_heads (graph, TRUE);
  memset (wanted, TRUE, n * 2);
  order = strata_graph_sort (graph, wanted, heads, &work);
  g_assert_cmpuint (order->len, ==, graph->n_nodes);

  return (double) work / (graph->n_nodes + graph->downs.nodes->len);
}

/* The work is counted, not timed: so many looks at an edge for each node and edge. The star needs a heap's logarithm,
 * which is 14 here, for some nodes twice; anything quadratic would be thousands. */
static void
test_is_linear (const void *data)
{
  double work = measure (data, 20000);

  g_test_message ("%.2f looks at an edge for each node and edge", work);
  g_assert_cmpfloat (work, <, 30);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/graph/sort/as-alembic", test_random);

  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++)
    {
      g_autofree char *path = g_strdup_printf ("/graph/sort/shape/%s", shapes[i].name);
      g_autofree char *linear = g_strdup_printf ("/graph/sort/is-linear/%s", shapes[i].name);

      g_test_add_data_func (path, &shapes[i], test_shape);
      g_test_add_data_func (linear, &shapes[i], test_is_linear);
    }

  return g_test_run ();
}
