/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/differences.h"

typedef struct
{
  StrataCompared   compared;
  gatomicrefcount  ref_count;
} Counted;

static void
append_step (GString              *text,
             const StrataDiffStep *step)
{
  if (text->len > 0)
    g_string_append_c (text, '\n');
  strata_diff_step_append (step, text);
}

static char *
dup_sql (const GPtrArray *steps)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < steps->len; i++)
    append_step (text, g_ptr_array_index (steps, i));

  return g_string_free (text, FALSE);
}

static void
free_text (GString *text)
{
  g_string_free (text, TRUE);
}

/* Steps that serve several differences belong to none of them. */
static GPtrArray *
list_own_sql (StrataDiff      *diff,
              const GPtrArray *steps)
{
  guint n = strata_diff_get_n (diff);
  GPtrArray *own = g_ptr_array_new_full (n, g_free);
  g_autoptr(GHashTable) texts = g_hash_table_new_full (NULL, NULL, NULL, (GDestroyNotify) free_text);

  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDiffStep *step = g_ptr_array_index (steps, i);
      GString *text = step->difference != NULL ? g_hash_table_lookup (texts, step->difference) : NULL;

      if (step->difference == NULL)
        continue;
      if (text == NULL)
        {
          text = g_string_new (NULL);
          g_hash_table_insert (texts, (gpointer) step->difference, text);
        }
      append_step (text, step);
    }

  for (guint i = 0; i < n; i++)
    {
      GString *text = g_hash_table_lookup (texts, strata_diff_get (diff, i));

      g_ptr_array_add (own, text != NULL ? g_strdup (text->str) : NULL);
    }

  return own;
}

StrataCompared *
strata_compared_new (StrataComparison   *comparison,
                     const char * const *renames)
{
  static const char * const none[] = { NULL };
  Counted *counted = g_new0 (Counted, 1);
  StrataCompared *self = &counted->compared;
  const GPtrArray *steps;

  g_atomic_ref_count_init (&counted->ref_count);
  g_mutex_init (&self->lock);
  self->comparison = comparison;
  self->renames = g_strdupv ((char **) (renames != NULL ? renames : none));
  steps = strata_diff_plan (comparison->diff, comparison->chosen, &self->no_way);
  if (steps != NULL)
    {
      self->sql = dup_sql (steps);
      self->own_sql = list_own_sql (comparison->diff, steps);
    }

  return self;
}

StrataCompared *
strata_compared_ref (StrataCompared *self)
{
  g_atomic_ref_count_inc (&((Counted *) self)->ref_count);

  return self;
}

void
strata_compared_unref (StrataCompared *self)
{
  if (!g_atomic_ref_count_dec (&((Counted *) self)->ref_count))
    return;

  g_clear_pointer (&self->comparison, strata_comparison_unref);
  g_clear_pointer (&self->own_sql, g_ptr_array_unref);
  g_clear_error (&self->no_way);
  g_mutex_clear (&self->lock);
  g_strfreev (self->renames);
  g_free (self->sql);
  g_free (self);
}

char *
strata_compared_dup_sql (StrataCompared  *self,
                         const gboolean  *chosen,
                         gboolean        *planned,
                         GError         **error)
{
  const GPtrArray *steps;
  char *sql;

  g_mutex_lock (&self->lock);
  steps = strata_diff_plan (self->comparison->diff, chosen, error);
  sql = steps != NULL ? dup_sql (steps) : NULL;
  for (guint i = 0; i < strata_diff_get_n (self->comparison->diff); i++)
    planned[i] = strata_diff_is_planned (self->comparison->diff, i);
  g_mutex_unlock (&self->lock);

  return sql;
}
