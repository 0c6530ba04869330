/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names that changed hands: both are there before and after, so that nothing was removed or added, and each is what the other
 * was. Only what is so in every part is asked about. */

#include "config.h"

#include "core/diff/diff-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define TABLE_SCORE 80
#define COLUMN_SCORE 70

static gboolean
is_alike (const StrataPictureColumn *one,
          const StrataPictureColumn *other)
{
  return g_strcmp0 (one->type_text, other->type_text) == 0 && one->is_nullable == other->is_nullable
         && g_strcmp0 (one->default_text, other->default_text) == 0 && g_strcmp0 (one->comment, other->comment) == 0
         && g_strcmp0 (one->computed, other->computed) == 0;
}

/* In the place of the other, too: who only changes both types leaves them where they are. */
static gboolean
have_columns_swapped (const StrataPictureTable *from,
                      const StrataPictureTable *to,
                      const char               *a,
                      const char               *b)
{
  const StrataPictureColumn *old_a = strata_picture_table_find_column (from, a), *old_b = strata_picture_table_find_column (from, b);
  const StrataPictureColumn *new_a = strata_picture_table_find_column (to, a), *new_b = strata_picture_table_find_column (to, b);

  return old_a != NULL && old_b != NULL && new_a != NULL && new_b != NULL
         && g_strcmp0 (old_a->type_text, old_b->type_text) != 0 && is_alike (old_a, new_b) && is_alike (old_b, new_a)
         && strata_diff_find_position (from, a) == strata_diff_find_position (to, b)
         && strata_diff_find_position (from, b) == strata_diff_find_position (to, a);
}

static int
compare_texts (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* Names and types of the columns, in no order. */
static char *
dup_shape (const StrataObject *object)
{
  const StrataPictureTable *table = object->of.table;
  g_autoptr(GPtrArray) columns = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; table->columns != NULL && table->columns[i] != NULL; i++)
    g_ptr_array_add (columns, g_strdup_printf ("%s\n%s\n", table->columns[i]->name, table->columns[i]->type_text));
  g_ptr_array_sort (columns, compare_texts);
  g_ptr_array_add (columns, NULL);

  return g_strjoinv ("\n", (char **) columns->pdata);
}

static gboolean
have_tables_swapped (const StrataObject *old_a,
                     const StrataObject *old_b,
                     const StrataObject *new_a,
                     const StrataObject *new_b)
{
  g_autofree char *was_a = dup_shape (old_a);
  g_autofree char *was_b = dup_shape (old_b);
  g_autofree char *is_a = dup_shape (new_a);
  g_autofree char *is_b = dup_shape (new_b);

  return strcmp (was_a, was_b) != 0 && strcmp (was_a, is_b) == 0 && strcmp (was_b, is_a) == 0;
}

static const StrataObject *
find_table (const StrataPicture *picture,
            const char          *schema,
            const char          *name)
{
  const StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = schema, .name = name };

  return strata_picture_find_object (picture, &like);
}

gboolean
strata_diff_is_swap (const StrataPicture *from,
                     const StrataPicture *to,
                     const StrataRename  *rename)
{
  const StrataObject *old[2], *new[2];

  if (rename->kind != STRATA_OBJECT_TABLE)
    return FALSE;

  for (guint i = 0; i < 2; i++)
    {
      const char *name = rename->is_column ? rename->table : i == 0 ? rename->from : rename->to;

      old[i] = find_table (from, rename->schema, name);
      new[i] = find_table (to, rename->schema, name);
      if (old[i] == NULL || new[i] == NULL)
        return FALSE;
    }

  return rename->is_column ? have_columns_swapped (old[0]->of.table, new[0]->of.table, rename->from, rename->to)
                           : have_tables_swapped (old[0], old[1], new[0], new[1]);
}

static gboolean
is_denied (const StrataRename         *rename,
           const StrataRename * const *decided)
{
  for (guint i = 0; decided != NULL && decided[i] != NULL; i++)
    {
      const StrataRename *one = decided[i];
      gboolean is_straight = strcmp (one->from, rename->from) == 0 && strcmp (one->to, rename->to) == 0;
      gboolean is_turned = strcmp (one->from, rename->to) == 0 && strcmp (one->to, rename->from) == 0;

      if (one->is_denied && one->kind == rename->kind && one->is_column == rename->is_column && (is_straight || is_turned)
          && g_strcmp0 (one->schema, rename->schema) == 0 && g_strcmp0 (one->table, rename->table) == 0)
        return TRUE;
    }

  return FALSE;
}

static void
add_guess (StrataDiff                 *self,
           const StrataRename         *rename,
           const StrataRename * const *decided)
{
  StrataRenameGuess *guess;

  if (is_denied (rename, decided))
    return;

  guess = g_new0 (StrataRenameGuess, 1);
  guess->rename = *rename;
  guess->score = rename->is_column ? COLUMN_SCORE : TABLE_SCORE;
  guess->evidence = rename->is_column ? _("each is in the place of the other, with its type")
                                      : _("each has the columns that the other had");
  guess->is_swap = TRUE;
  g_ptr_array_add (self->swaps, guess);
}

/* That was where the column is now: no other one can have changed names with it. */
static const char *
find_displaced (const StrataDifference *difference)
{
  const StrataPictureTable *from = difference->from->of.table;
  guint place = strata_diff_find_position (difference->to->of.table, difference->part);

  for (guint i = 0; from->columns[i] != NULL; i++)
    if (i == place)
      return from->columns[i]->name;

  return NULL;
}

/* Of each table those columns whose type changed; the next of them by the same table stand behind it. */
static void
guess_columns (StrataDiff                 *self,
               const StrataRename * const *decided,
               guint                       index)
{
  const StrataDifference *one = strata_diff_get (self, index);
  const char *displaced = find_displaced (one);
  const StrataRename rename = { .kind = STRATA_OBJECT_TABLE, .schema = one->from->schema, .table = one->from->name,
                                .from = one->part, .to = displaced, .is_column = TRUE };

  if (displaced == NULL || !have_columns_swapped (one->from->of.table, one->to->of.table, one->part, displaced))
    return;

  for (guint i = index + 1; i < self->differences->len && strata_diff_get (self, i)->from == one->from; i++)
    {
      const StrataDifference *other = strata_diff_get (self, i);

      if (g_strcmp0 (other->part, displaced) == 0 && g_strcmp0 (other->property, "type") == 0)
        add_guess (self, &rename, decided);
    }
}

/* A table with a column that goes or changes: those whose shape another had are found by it. */
static void
guess_tables (StrataDiff                 *self,
              const StrataRename * const *decided)
{
  g_autoptr(GHashTable) by_shape = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const StrataObject *last = NULL;

  for (guint i = 0; i < self->differences->len; i++)
    {
      const StrataDifference *difference = strata_diff_get (self, i);
      g_autofree char *was = NULL;
      const StrataDifference *other;

      if (difference->part == NULL || difference->from == NULL || difference->to == NULL || difference->from == last
          || difference->from->kind != STRATA_OBJECT_TABLE || difference->kind == STRATA_DIFFERENCE_RENAMED)
        continue;

      last = difference->from;
      was = dup_shape (difference->from);
      other = g_hash_table_lookup (by_shape, was);
      if (other != NULL && g_strcmp0 (other->from->schema, last->schema) == 0
          && have_tables_swapped (other->from, last, other->to, difference->to))
        add_guess (self, &(StrataRename) { .kind = STRATA_OBJECT_TABLE, .schema = last->schema, .from = other->from->name,
                                           .to = last->name }, decided);
      g_hash_table_insert (by_shape, dup_shape (difference->to), (gpointer) difference);
    }
}

void
strata_diff_guess_swaps (StrataDiff                 *self,
                         const StrataRename * const *decided)
{
  for (guint i = 0; i < self->differences->len; i++)
    {
      const StrataDifference *difference = strata_diff_get (self, i);

      if (difference->part != NULL && difference->from != NULL && difference->from->kind == STRATA_OBJECT_TABLE
          && g_strcmp0 (difference->property, "type") == 0)
        guess_columns (self, decided, i);
    }
  guess_tables (self, decided);
}
