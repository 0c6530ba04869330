/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/batch-table.h"

#include <string.h>

static void
add_pair (StrataBatchTable *self,
          const char       *before,
          const char       *after)
{
  StrataBatchPair pair = { before, after };

  g_array_append_val (self->pairs, pair);
}

static int
find_existing (StrataBatchTable *self,
               const char       *name)
{
  for (guint i = 0; i < self->ordering->len; i++)
    if (strcmp (self->ordering->pdata[i], name) == 0)
      return i;

  return -1;
}

/* The other neighbour of a new column, by the last pair that names this one. */
static const char *
find_neighbour (StrataBatchTable  *self,
                const char        *name,
                gboolean           is_before,
                GError           **error)
{
  for (guint i = self->pairs->len; i > 0; i--)
    {
      const StrataBatchPair *pair = &g_array_index (self->pairs, StrataBatchPair, i - 1);

      if (strcmp (is_before ? pair->after : pair->before, name) == 0)
        return is_before ? pair->before : pair->after;
    }

  g_set_error_literal (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_KEY, name);

  return NULL;
}

/* Of the one neighbour that the script names, the other. FALSE: it is not known. */
static gboolean
complete (StrataBatchTable  *self,
          const char       **before,
          const char       **after,
          GError           **error)
{
  int position;

  if (*after != NULL && *before == NULL)
    {
      position = find_existing (self, *after);
      if (position < 0)
        *before = find_neighbour (self, *after, FALSE, error);
      else if (position + 1 < (int) self->ordering->len)
        *before = self->ordering->pdata[position + 1];
      return position >= 0 || *before != NULL;
    }

  if (*before != NULL && *after == NULL)
    {
      position = find_existing (self, *before);
      if (position < 0)
        *after = find_neighbour (self, *before, TRUE, error);
      else if (position > 0)
        *after = self->ordering->pdata[position - 1];
      return position >= 0 || *after != NULL;
    }

  return TRUE;
}

gboolean
strata_batch_table_place (StrataBatchTable    *self,
                          const StrataQueued  *queued,
                          GError             **error)
{
  const char *name = queued->operation->add_column.column->name;
  const char *before = queued->insert_before;
  const char *after = queued->insert_after;
  gboolean is_partial = self->batch->options->partial_reordering != NULL;

  if (!is_partial && !complete (self, &before, &after, error))
    return FALSE;

  if (before != NULL)
    add_pair (self, name, before);
  if (after != NULL)
    add_pair (self, after, name);
  if (!is_partial && before == NULL && after == NULL && self->ordering->len > 0)
    add_pair (self, self->ordering->pdata[self->ordering->len - 1], name);

  return TRUE;
}

static void
add_partial_pairs (StrataBatchTable *self)
{
  const char * const * const *lists = self->batch->options->partial_reordering;

  for (guint i = 0; lists[i] != NULL; i++)
    for (guint j = 1; lists[i][0] != NULL && lists[i][j] != NULL; j++)
      add_pair (self, lists[i][j - 1], lists[i][j]);
}

static gboolean
is_free (StrataBatchTable *self,
         GPtrArray        *waiting,
         const char       *key)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const StrataBatchPair *pair = &g_array_index (self->pairs, StrataBatchPair, i);

      if (strcmp (pair->after, key) != 0 || strcmp (pair->before, key) == 0)
        continue;
      for (guint j = 0; j < waiting->len; j++)
        if (strcmp (((StrataBatchColumn *) waiting->pdata[j])->key, pair->before) == 0)
          return FALSE;
    }

  return TRUE;
}

/* By rounds: in each, all that wait for none of the others, in their order. */
gboolean
strata_batch_table_sort (StrataBatchTable  *self,
                         GError           **error)
{
  g_autoptr(GPtrArray) sorted = g_ptr_array_new ();
  g_autoptr(GPtrArray) waiting = NULL;

  if (self->batch->options->partial_reordering == NULL && self->pairs->len == 0)
    return TRUE;

  if (self->batch->options->partial_reordering != NULL)
    add_partial_pairs (self);
  else
    for (guint i = 1; i < self->ordering->len; i++)
      add_pair (self, self->ordering->pdata[i - 1], self->ordering->pdata[i]);

  waiting = g_ptr_array_copy (self->columns, NULL, NULL);
  while (waiting->len > 0)
    {
      g_autoptr(GPtrArray) left = g_ptr_array_new ();

      for (guint i = 0; i < waiting->len; i++)
        {
          StrataBatchColumn *column = waiting->pdata[i];

          g_ptr_array_add (is_free (self, waiting, column->key) ? sorted : left, column);
        }

      if (left->len == waiting->len)
        {
          g_set_error (error, STRATA_BATCH_ERROR, STRATA_BATCH_ERROR_CYCLE,
                       "Circular dependency detected among the columns of table '%s'", self->batch->options->table);
          return FALSE;
        }
      g_ptr_array_unref (waiting);
      waiting = g_steal_pointer (&left);
    }

  g_ptr_array_set_size (self->columns, 0);
  g_ptr_array_extend (self->columns, sorted, NULL, NULL);

  return TRUE;
}
