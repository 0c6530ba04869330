/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of what may have been renamed, what is asked about, and what rows could say of it. */

#include "config.h"

#include "core/diff/diff-private.h"

/* The names of what is meant, in the picture of that side. */
static StrataRowFacts
get_key (const StrataRenameCandidate *self,
         gboolean                     is_to)
{
  const StrataRename *rename = &self->guess.rename;
  const char *name = is_to ? rename->to : rename->from;
  const char *table = is_to ? self->added->to->name : rename->table;

  return (StrataRowFacts) {
    .schema = (char *) rename->schema, .table = (char *) (rename->is_column ? table : name),
    .column = rename->is_column ? (char *) name : NULL,
  };
}

/* Each once, whoever else it may be: thousands of tables of one shape are each asked about with all the others. */
static void
list_once (GPtrArray     *list,
           GHashTable    *seen,
           gconstpointer  what,
           const char    *schema,
           const char    *table,
           const char    *column)
{
  if (g_hash_table_add (seen, (gpointer) what))
    g_ptr_array_add (list, strata_row_facts_new (schema, table, column));
}

/* Once the tables are one, these columns may be. */
static void
list_columns (const StrataRenameCandidate *self,
              gboolean                     is_to,
              GHashTable                  *seen,
              GPtrArray                   *list)
{
  const StrataPictureTable *from = self->removed->from->of.table, *to = self->added->to->of.table;
  const StrataPictureTable *mine = is_to ? to : from, *other = is_to ? from : to;
  const StrataRowFacts key = get_key (self, is_to);

  for (guint i = 0; mine->columns != NULL && mine->columns[i] != NULL; i++)
    if (!g_hash_table_contains (seen, &mine->columns[i])
        && strata_picture_table_find_column (other, mine->columns[i]->name) == NULL)
      list_once (list, seen, &mine->columns[i], key.schema, key.table, mine->columns[i]->name);
}

GPtrArray *
strata_diff_list_unknown_rows (const StrataDiff *self,
                               gboolean          is_to)
{
  GPtrArray *list = strata_row_facts_list ();
  /* Differences, and where columns stand in the lists of tables that are gone or new. */
  g_autoptr(GHashTable) seen = g_hash_table_new (NULL, NULL);

  for (guint i = 0; i < self->candidates->len; i++)
    {
      const StrataRenameCandidate *candidate = g_ptr_array_index (self->candidates, i);
      const StrataRowFacts key = get_key (candidate, is_to);

      if (candidate->guess.rename.kind != STRATA_OBJECT_TABLE)
        continue;
      list_once (list, seen, is_to ? candidate->added : candidate->removed, key.schema, key.table, key.column);
      if (key.column == NULL)
        list_columns (candidate, is_to, seen, list);
    }
  strata_row_facts_list_sort (list);

  return list;
}

static void
weigh (StrataDiff            *self,
       StrataRenameCandidate *candidate,
       const GPtrArray       *from,
       const GPtrArray       *to)
{
  g_autoptr(GString) evidence = NULL;
  const StrataRowFacts old_key = get_key (candidate, FALSE), new_key = get_key (candidate, TRUE);
  const StrataRowFacts *old = strata_row_facts_find (from, &old_key), *new = strata_row_facts_find (to, &new_key);
  int score = (int) candidate->score;

  if (candidate->guess.rename.kind == STRATA_OBJECT_TABLE && old != NULL && new != NULL)
    {
      evidence = g_string_new (candidate->evidence);
      score += strata_diff_weigh_facts (old, new, evidence);
    }
  candidate->guess.score = (guint) CLAMP (score, 0, 100);
  candidate->guess.evidence = evidence != NULL ? strata_diff_keep (self, evidence->str) : candidate->evidence;
  if (MAX (candidate->guess.score, candidate->score) >= STRATA_DIFF_LEAST_SCORE)
    g_ptr_array_add (self->guesses, &candidate->guess);
}

static int
compare_guesses (gconstpointer a,
                 gconstpointer b)
{
  const StrataRenameGuess *first = *(const StrataRenameGuess * const *) a, *second = *(const StrataRenameGuess * const *) b;
  int order = (int) second->score - (int) first->score;

  if (order == 0)
    order = (int) first->rename.kind - (int) second->rename.kind;
  if (order == 0)
    order = g_strcmp0 (first->rename.table, second->rename.table);
  if (order == 0)
    order = g_strcmp0 (first->rename.from, second->rename.from);

  return order != 0 ? order : g_strcmp0 (first->rename.to, second->rename.to);
}

void
strata_diff_weigh_rows (StrataDiff      *self,
                        const GPtrArray *from,
                        const GPtrArray *to)
{
  g_ptr_array_set_size (self->guesses, 0);
  for (guint i = 0; i < self->candidates->len; i++)
    weigh (self, g_ptr_array_index (self->candidates, i), from, to);
  for (guint i = 0; i < self->swaps->len; i++)
    g_ptr_array_add (self->guesses, g_ptr_array_index (self->swaps, i));
  g_ptr_array_sort (self->guesses, compare_guesses);
}

const GPtrArray *
strata_diff_get_guesses (const StrataDiff *self)
{
  return self->guesses;
}
