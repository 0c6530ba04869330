/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is new is found by marks: of most things there is one, of a table each of its columns. Thousands of things of which no
 * two are alike so cost nothing, and what is listed is never more than what they have in common. */

#include "config.h"

#include "core/diff/pairs.h"

static const StrataObject *
get_object (const StrataDiffSide *side)
{
  return side->difference->kind == STRATA_DIFFERENCE_REMOVED ? side->difference->from : side->difference->to;
}

/* NULL is not the empty text. */
static void
append_word (GString    *mark,
             const char *word)
{
  g_string_append_printf (mark, "\n%s%s", word != NULL ? "=" : "", word != NULL ? word : "");
}

static gboolean
is_table (const StrataDiffSide *side)
{
  return side->difference->part == NULL && get_object (side)->kind == STRATA_OBJECT_TABLE;
}

static void
add_column_marks (GPtrArray            *marks,
                  const StrataDiffSide *side)
{
  for (guint i = 0; i < side->n_columns; i++)
    {
      GString *mark = g_string_new (NULL);

      g_string_append_printf (mark, "column %u %u", side->names[i], side->types[i]);
      append_word (mark, get_object (side)->schema);
      g_ptr_array_add (marks, g_string_free (mark, FALSE));
    }
}

/* Empty: it is nothing that has a new name. */
static GPtrArray *
list_marks (const StrataDiffSide *side)
{
  GPtrArray *marks = g_ptr_array_new_with_free_func (g_free);
  const StrataObject *object = get_object (side);
  GString *mark;

  if (is_table (side))
    {
      add_column_marks (marks, side);
      return marks;
    }
  if (side->difference->part != NULL)
    {
      if (object->kind == STRATA_OBJECT_TABLE)
        g_ptr_array_add (marks, g_strdup_printf ("part of %p", (gconstpointer) side->difference->to));
      return marks;
    }

  mark = g_string_new (NULL);
  g_string_append_printf (mark, "%u", (guint) object->kind);
  append_word (mark, object->schema);
  append_word (mark, object->table);
  append_word (mark, object->arguments);
  g_ptr_array_add (marks, g_string_free (mark, FALSE));

  return marks;
}

/* Tables of more than two columns with only one in common, an id, are not one. */
static gboolean
have_enough (const StrataDiffSide *old,
             const StrataDiffSide *new,
             guint                 n_common)
{
  return !is_table (old) || n_common > 1 || MAX (old->n_columns, new->n_columns) <= 2;
}

static int
compare_numbers (gconstpointer a,
                 gconstpointer b)
{
  guint first = *(const guint *) a, second = *(const guint *) b;

  return (first > second) - (first < second);
}

/* Counts by what is new, all 0, are so again afterwards. */
static void
find_partners (StrataDiffPairs      *self,
               const StrataDiffSide *old,
               GHashTable           *by_mark,
               guint                *counts)
{
  g_autoptr(GPtrArray) marks = list_marks (old);
  g_autoptr(GArray) found = g_array_new (FALSE, FALSE, sizeof (guint));

  for (guint i = 0; i < marks->len; i++)
    {
      const GArray *numbers = g_hash_table_lookup (by_mark, marks->pdata[i]);

      for (guint j = 0; numbers != NULL && j < numbers->len; j++)
        if (counts[g_array_index (numbers, guint, j)]++ == 0)
          g_array_append_val (found, g_array_index (numbers, guint, j));
    }

  g_array_sort (found, compare_numbers);
  for (guint i = 0; i < found->len; i++)
    {
      guint number = g_array_index (found, guint, i);
      const StrataDiffPair pair = { old, &g_array_index (self->added, StrataDiffSide, number) };

      if (have_enough (pair.old, pair.new, counts[number]))
        g_array_append_val (self->list, pair);
      counts[number] = 0;
    }
}

static void
list_pairs (StrataDiffPairs *self)
{
  g_autoptr(GHashTable) by_mark = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  g_autofree guint *counts = g_new0 (guint, self->added->len);

  for (guint i = 0; i < self->added->len; i++)
    {
      g_autoptr(GPtrArray) marks = list_marks (&g_array_index (self->added, StrataDiffSide, i));

      for (guint j = 0; j < marks->len; j++)
        {
          GArray *numbers = g_hash_table_lookup (by_mark, marks->pdata[j]);

          if (numbers == NULL)
            {
              numbers = g_array_new (FALSE, FALSE, sizeof (guint));
              g_hash_table_insert (by_mark, g_strdup (marks->pdata[j]), numbers);
            }
          g_array_append_val (numbers, i);
        }
    }

  for (guint i = 0; i < self->removed->len; i++)
    find_partners (self, &g_array_index (self->removed, StrataDiffSide, i), by_mark, counts);
}

static char *
dup_name_key (const char *schema,
              const char *name)
{
  GString *key = g_string_new (name);

  append_word (key, schema);

  return g_string_free (key, FALSE);
}

/* The tables that have a new name, by it: what the first picture calls them. */
static GHashTable *
list_first_names (const StrataDiff *diff)
{
  GHashTable *first = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < diff->differences->len; i++)
    {
      const StrataDifference *difference = g_ptr_array_index (diff->differences, i);

      if (difference->kind == STRATA_DIFFERENCE_RENAMED && difference->part == NULL && difference->to->kind == STRATA_OBJECT_TABLE)
        g_hash_table_insert (first, dup_name_key (difference->to->schema, difference->to->name),
                             (gpointer) difference->from->name);
    }

  return first;
}

/* The object at hand is called by its new name already. */
static const char *
get_first_name (GHashTable         *first_names,
                const StrataObject *object,
                const char         *name)
{
  g_autofree char *key = name != NULL ? dup_name_key (object->schema, name) : NULL;
  const char *first = key != NULL ? g_hash_table_lookup (first_names, key) : NULL;

  return first != NULL ? first : name;
}

static guint
number_text (GHashTable *numbers,
             const char *text)
{
  guint number = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, text));

  if (number == 0)
    {
      number = g_hash_table_size (numbers) + 1;
      g_hash_table_insert (numbers, (gpointer) text, GUINT_TO_POINTER (number));
    }

  return number;
}

static void
number_columns (StrataDiffSide *side,
                GHashTable     *numbers)
{
  const StrataPictureColumn * const *columns = get_object (side)->of.table->columns;

  while (columns != NULL && columns[side->n_columns] != NULL)
    side->n_columns++;
  side->names = g_new (guint, side->n_columns);
  side->types = g_new (guint, side->n_columns);
  for (guint i = 0; i < side->n_columns; i++)
    {
      side->names[i] = number_text (numbers, columns[i]->name);
      side->types[i] = columns[i]->type_text != NULL ? number_text (numbers, columns[i]->type_text) : 0;
    }
}

static void
clear_side (gpointer data)
{
  StrataDiffSide *side = data;

  g_free (side->names);
  g_free (side->types);
}

static void
add_side (StrataDiffPairs        *self,
          const StrataDifference *difference,
          GHashTable             *first_names,
          GHashTable             *numbers)
{
  gboolean is_gone = difference->kind == STRATA_DIFFERENCE_REMOVED;
  StrataDiffSide side = { .difference = difference };
  const StrataObject *object = get_object (&side);

  if (is_gone)
    side.table = get_first_name (first_names, object, difference->part != NULL ? object->name : object->table);
  if (difference->part != NULL && object->kind == STRATA_OBJECT_TABLE)
    side.position = strata_diff_find_position (object->of.table, difference->part);
  if (is_table (&side))
    number_columns (&side, numbers);
  g_array_append_val (is_gone ? self->removed : self->added, side);
}

StrataDiffPairs *
strata_diff_pairs_new (const StrataDiff *diff)
{
  StrataDiffPairs *self = g_new0 (StrataDiffPairs, 1);
  g_autoptr(GHashTable) first_names = list_first_names (diff);
  g_autoptr(GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);

  self->removed = g_array_new (FALSE, FALSE, sizeof (StrataDiffSide));
  self->added = g_array_new (FALSE, FALSE, sizeof (StrataDiffSide));
  g_array_set_clear_func (self->removed, clear_side);
  g_array_set_clear_func (self->added, clear_side);
  self->list = g_array_new (FALSE, FALSE, sizeof (StrataDiffPair));

  for (guint i = 0; i < diff->differences->len; i++)
    {
      const StrataDifference *difference = g_ptr_array_index (diff->differences, i);
      const StrataObject *object = difference->from != NULL ? difference->from : difference->to;

      /* Nothing else has a new name there without being made anew. */
      if (diff->from->dialect == STRATA_DIALECT_SQLITE && object->kind != STRATA_OBJECT_TABLE)
        continue;
      /* Nor is asked about a sequence that goes with what may have a new name itself. */
      if (difference->owner >= 0)
        continue;
      if (difference->kind == STRATA_DIFFERENCE_REMOVED || difference->kind == STRATA_DIFFERENCE_ADDED)
        add_side (self, difference, first_names, numbers);
    }
  list_pairs (self);

  return self;
}

void
strata_diff_pairs_free (StrataDiffPairs *self)
{
  g_array_unref (self->removed);
  g_array_unref (self->added);
  g_array_unref (self->list);
  g_free (self);
}
