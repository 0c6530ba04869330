/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/step-order.h"

static char *
dup_order (const guint          *ranks,
           guint                 n_nodes,
           const StrataStepEdge *edges,
           guint                 n_edges)
{
  g_autoptr(GArray) list = g_array_new (FALSE, FALSE, sizeof (StrataStepEdge));
  g_autoptr(GArray) order = NULL;
  GString *out = g_string_new (NULL);

  g_array_append_vals (list, edges, n_edges);
  order = strata_step_order (ranks, n_nodes, list);
  for (guint i = 0; i < order->len; i++)
    g_string_append_printf (out, "%u", g_array_index (order, guint, i));

  return g_string_free (out, FALSE);
}

static void
test_ranks (void)
{
  const guint ranks[] = { 3, 1, 2, 1, 0 };
  const StrataStepEdge edges[] = { { 0, 4 }, { 0, 1 } };
  g_autofree char *free_order = dup_order (ranks, 5, edges, 0);
  g_autofree char *bound = dup_order (ranks, 5, edges, 2);

  g_assert_cmpstr (free_order, ==, "41320");
  g_assert_cmpstr (bound, ==, "32041");
}

static void
test_circle (void)
{
  const guint ranks[] = { 2, 1, 0 };
  const StrataStepEdge edges[] = { { 0, 1 }, { 1, 0 }, { 1, 2 } };
  g_autofree char *order = dup_order (ranks, 3, edges, 3);

  /* All of them come once, though no order is right. */
  g_assert_cmpstr (order, ==, "210");
}

static void
test_many (void)
{
  const guint n = 100000;
  g_autofree guint *ranks = g_new0 (guint, n);
  g_autoptr(GArray) edges = g_array_new (FALSE, FALSE, sizeof (StrataStepEdge));
  g_autoptr(GArray) order = NULL;

  for (guint i = 0; i + 1 < n; i++)
    {
      StrataStepEdge edge = { i + 1, i };

      ranks[i] = i % 7;
      g_array_append_val (edges, edge);
    }
  order = strata_step_order (ranks, n, edges);
  g_assert_cmpuint (order->len, ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpuint (g_array_index (order, guint, i), ==, n - 1 - i);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/diff/step-order/ranks", test_ranks);
  g_test_add_func ("/diff/step-order/circle", test_circle);
  g_test_add_func ("/diff/step-order/many", test_many);

  return g_test_run ();
}
