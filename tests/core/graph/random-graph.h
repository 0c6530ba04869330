/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "tests/core/graph/fixture.h"

/* Random graphs that look like real ones: mostly lines, with branches, merges, dependencies, labels and several
 * bases. Files come in an order of their own. */
static inline void
random_append_lists (GString *text,
                     guint    node,
                     guint    n_before,
                     GPtrArray *names)
{
  guint n_down = n_before == 0 || g_test_rand_int_range (0, 12) == 0 ? 0
                 : g_test_rand_int_range (0, 6) == 0 ? 2 : 1;
  guint n_depends = n_before > 0 && g_test_rand_int_range (0, 5) == 0 ? g_test_rand_int_range (1, 4) : 0;

  g_string_append (text, g_ptr_array_index (names, node));

  for (guint i = 0; i < n_down; i++)
    {
      /* Mostly one of the last few, so that there are lines and not only stars. */
      guint back = g_test_rand_int_range (0, 3) > 0 ? g_test_rand_int_range (1, 3) : g_test_rand_int_range (1, 20);

      g_string_append_printf (text, "%c%s", i == 0 ? '<' : ',',
                              (char *) g_ptr_array_index (names, n_before - MIN (back, n_before)));
    }
  for (guint i = 0; i < n_depends; i++)
    g_string_append_printf (text, "%c%s", i == 0 ? '^' : ',',
                            (char *) g_ptr_array_index (names, g_test_rand_int_range (0, n_before)));
  if (g_test_rand_int_range (0, 10) == 0)
    g_string_append_printf (text, "@label%u", node);
}

static inline StrataGraph *
random_graph (guint n_nodes)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *text = NULL;

  for (guint node = 0; node < n_nodes; node++)
    g_ptr_array_add (names, g_strdup_printf ("rev%u", node));

  for (guint node = 0; node < n_nodes; node++)
    {
      GString *word = g_string_new (NULL);

      random_append_lists (word, node, node, names);
      g_ptr_array_insert (words, g_test_rand_int_range (0, words->len + 1), g_string_free (word, FALSE));
    }

  g_ptr_array_add (words, NULL);
  text = g_strjoinv (" ", (char **) words->pdata);

  return fixture_graph (text);
}

/* The slow and obvious answer to "is it reachable": one byte a pair of nodes. */
static inline guint8 *
random_closure (StrataGraph *graph,
                gboolean     with_dependencies)
{
  guint n = strata_graph_get_n_nodes (graph);
  guint8 *reaches = g_new0 (guint8, n * n);

  for (guint node = 0; node < n; node++)
    {
      guint n_parents, n_requires;
      const guint *parents = strata_graph_get_parents (graph, node, &n_parents);
      const guint *requires = strata_graph_get_requires (graph, node, &n_requires);

      reaches[node * n + node] = TRUE;
      for (guint i = 0; i < n_parents; i++)
        reaches[node * n + parents[i]] = TRUE;
      for (guint i = 0; i < n_requires && with_dependencies; i++)
        reaches[node * n + requires[i]] = TRUE;
    }

  for (guint k = 0; k < n; k++)
    for (guint i = 0; i < n; i++)
      for (guint j = 0; j < n; j++)
        if (reaches[i * n + k] && reaches[k * n + j])
          reaches[i * n + j] = TRUE;

  return reaches;
}
