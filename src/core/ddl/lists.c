/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/lists.h"

#include <string.h>

void
strata_ddl_lists_init (StrataDdlLists *self)
{
  self->pairs = g_array_new (FALSE, FALSE, sizeof (StrataDdlPair));
}

void
strata_ddl_lists_clear (StrataDdlLists *self)
{
  g_array_unref (self->pairs);
  g_free (self->first);
}

void
strata_ddl_lists_add (StrataDdlLists *self,
                      guint           from,
                      guint           to)
{
  StrataDdlPair pair = { from, to };

  if (from != to)
    g_array_append_val (self->pairs, pair);
}

/* Keeps the order of those that are equal. */
static void
sort_by (GArray   *pairs,
         guint    *first,
         guint     n_nodes,
         gboolean  by_from)
{
  g_autofree StrataDdlPair *copy = g_memdup2 (pairs->data, pairs->len * sizeof (StrataDdlPair));

  memset (first, 0, (n_nodes + 1) * sizeof *first);
  for (guint i = 0; i < pairs->len; i++)
    first[(by_from ? copy[i].from : copy[i].to) + 1]++;
  for (guint i = 0; i < n_nodes; i++)
    first[i + 1] += first[i];
  for (guint i = 0; i < pairs->len; i++)
    g_array_index (pairs, StrataDdlPair, first[by_from ? copy[i].from : copy[i].to]++) = copy[i];

  /* Each now stands where the next one begins. */
  memmove (first + 1, first, n_nodes * sizeof *first);
  first[0] = 0;
}

void
strata_ddl_lists_sort (StrataDdlLists *self,
                       guint           n_nodes)
{
  self->first = g_new (guint, n_nodes + 1);
  sort_by (self->pairs, self->first, n_nodes, FALSE);
  sort_by (self->pairs, self->first, n_nodes, TRUE);
}

guint
strata_ddl_lists_get (const StrataDdlLists *self,
                      guint                 index)
{
  return g_array_index (self->pairs, StrataDdlPair, index).to;
}
