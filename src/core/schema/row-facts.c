/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/schema/row-facts.h"

StrataRowFacts *
strata_row_facts_new (const char *schema,
                      const char *table,
                      const char *column)
{
  StrataRowFacts *self = g_new0 (StrataRowFacts, 1);

  self->schema = g_strdup (schema);
  self->table = g_strdup (table);
  self->column = g_strdup (column);
  self->n_rows = self->nulls = self->distinct = -1;
  self->common = g_ptr_array_new_with_free_func (g_free);
  self->others = g_ptr_array_new_with_free_func (g_free);

  return self;
}

void
strata_row_facts_free (StrataRowFacts *self)
{
  g_free (self->schema);
  g_free (self->table);
  g_free (self->column);
  g_ptr_array_unref (self->common);
  g_ptr_array_unref (self->others);
  g_free (self);
}

static int
compare (const StrataRowFacts *a,
         const StrataRowFacts *b)
{
  int order = g_strcmp0 (a->schema, b->schema);

  if (order == 0)
    order = g_strcmp0 (a->table, b->table);

  return order != 0 ? order : g_strcmp0 (a->column, b->column);
}

static int
compare_pointers (gconstpointer a,
                  gconstpointer b)
{
  return compare (*(const StrataRowFacts * const *) a, *(const StrataRowFacts * const *) b);
}

GPtrArray *
strata_row_facts_list (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify) strata_row_facts_free);
}

void
strata_row_facts_list_sort (GPtrArray *list)
{
  guint n = 0;

  g_ptr_array_sort (list, compare_pointers);
  for (guint i = 0; i < list->len; i++)
    if (n > 0 && compare (list->pdata[n - 1], list->pdata[i]) == 0)
      strata_row_facts_free (g_steal_pointer (&list->pdata[i]));
    else
      {
        gpointer facts = g_steal_pointer (&list->pdata[i]);

        list->pdata[n++] = facts;
      }

  /* What is behind was freed or moved. */
  g_ptr_array_set_free_func (list, NULL);
  g_ptr_array_set_size (list, n);
  g_ptr_array_set_free_func (list, (GDestroyNotify) strata_row_facts_free);
}

const StrataRowFacts *
strata_row_facts_find (const GPtrArray      *list,
                       const StrataRowFacts *like)
{
  guint first = 0, end = list != NULL ? list->len : 0;

  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      int order = compare (list->pdata[middle], like);

      if (order == 0)
        return list->pdata[middle];
      if (order < 0)
        first = middle + 1;
      else
        end = middle;
    }

  return NULL;
}
