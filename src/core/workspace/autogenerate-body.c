/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/autogenerate-body.h"

#include "core/alembic/write.h"
#include "core/diff/operations.h"

typedef struct
{
  StrataDiff *diff;
  const gboolean *chosen; /* NULL: all */
  GHashTable *said;      /* StrataDifference: what was noted once is not noted again */
  GHashTable *last;      /* StrataDifference → the last step of it, + 1 */
} Notes;

static void
notes_clear (Notes *self)
{
  g_clear_pointer (&self->said, g_hash_table_unref);
  g_clear_pointer (&self->last, g_hash_table_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Notes, notes_clear)

static gboolean
is_together (const StrataDifference *a,
             const StrataDifference *b)
{
  return a->from == b->from && a->to == b->to && g_strcmp0 (a->part, b->part) == 0;
}

static void
append_note (GString                *text,
             const StrataDifference *difference)
{
  if (difference->loss != NULL)
    g_string_append_printf (text, "%sthis loses %s", text->len > 0 ? "; " : "please review: ", difference->loss);
  if (difference->review != NULL)
    g_string_append_printf (text, "%s%s", text->len > 0 ? "; " : "please review: ", difference->review);
}

/* What is dropped and made again is looked at where it is made. */
static gboolean
is_early (const Notes            *self,
          const StrataDifference *difference,
          guint                   index)
{
  const StrataObject *object = difference->from != NULL ? difference->from : difference->to;

  return object->table != NULL && GPOINTER_TO_UINT (g_hash_table_lookup (self->last, difference)) != index + 1;
}

static gboolean
is_worth (const StrataDifference *difference)
{
  return difference->loss != NULL || difference->review != NULL;
}

static gboolean
is_noted (const Notes *self,
          guint        index)
{
  return (self->chosen == NULL || self->chosen[index]) && is_worth (strata_diff_get (self->diff, index));
}

/* With the name of what it is about. */
static void
append_named_note (GString                *text,
                   const StrataDifference *difference)
{
  g_autofree char *title = strata_object_dup_file_title (difference->from != NULL ? difference->from : difference->to);

  g_string_append_printf (text, "%s%s%s%s: %s%s", text->len > 0 ? "; " : "please review: ",
                          difference->part != NULL ? difference->part : "", difference->part != NULL ? " of " : "", title,
                          difference->loss != NULL ? "this loses " : "",
                          difference->loss != NULL ? difference->loss : difference->review);
}

/* What no step of its own says: it stands before all of them. */
static char *
dup_rest (Notes      *self,
          char       *first)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; i < strata_diff_get_n (self->diff); i++)
    if (is_noted (self, i) && g_hash_table_add (self->said, (gpointer) strata_diff_get (self->diff, i)))
      append_named_note (text, strata_diff_get (self->diff, i));
  if (text->len == 0)
    return first;

  g_strdelimit (text->str, "\r\n", ' ');
  if (first != NULL)
    g_string_append_printf (text, "; %s", first);
  g_free (first);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

/* Of a table that is made anew, which does several things at once. */
static char *
dup_table_note (Notes                 *self,
                const StrataDiffTable *table)
{
  g_autoptr(GString) text = g_string_new (NULL);

  for (guint i = 0; table->differences[i] != NULL; i++)
    if ((table->differences[i]->loss != NULL || table->differences[i]->review != NULL)
        && g_hash_table_add (self->said, (gpointer) table->differences[i]))
      append_named_note (text, table->differences[i]);
  g_strdelimit (text->str, "\r\n", ' ');

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* What is to be said of all that a step does; NULL: nothing. */
static char *
dup_note (Notes                  *self,
          const StrataDifference *difference,
          guint                   index)
{
  g_autoptr(GString) text = g_string_new (NULL);

  if (difference == NULL || is_early (self, difference, index))
    return NULL;

  for (guint i = 0; i < strata_diff_get_n (self->diff); i++)
    {
      const StrataDifference *other = strata_diff_get (self->diff, i);

      /* Not chosen, a step of its own says that what is chosen needs it. */
      if ((is_noted (self, i) || (other == difference && is_worth (other))) && is_together (other, difference)
          && g_hash_table_add (self->said, (gpointer) other))
        append_note (text, other);
    }
  g_strdelimit (text->str, "\r\n", ' ');

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

static void
remember_last (Notes                  *self,
               const StrataDifference *difference,
               guint                   index)
{
  if (difference != NULL)
    g_hash_table_insert (self->last, (gpointer) difference, GUINT_TO_POINTER (index + 1));
}

static char *
dup_sql (Notes                 *notes,
         const GPtrArray       *steps,
         const StrataBodyStyle *style)
{
  GString *text = g_string_new (NULL);
  g_autofree char *rest = NULL;
  gboolean is_outside = FALSE;

  for (guint i = 0; i < steps->len; i++)
    remember_last (notes, ((const StrataDiffStep *) g_ptr_array_index (steps, i))->difference, i);
  for (guint i = 0; i < steps->len; i++)
    {
      const StrataDiffStep *step = g_ptr_array_index (steps, i);
      gboolean is_first = step->table != NULL && step->table->is_rebuilt
                          && (i == 0 || ((const StrataDiffStep *) g_ptr_array_index (steps, i - 1))->table != step->table);
      g_autofree char *note = is_first ? dup_table_note (notes, step->table) : dup_note (notes, step->difference, i);

      /* Sections run in order, each in its own mode. */
      if (style->is_script && step->is_outside)
        g_string_append (text, "-- outside of a transaction\n");
      if (!style->is_script && step->is_outside != is_outside)
        g_string_append_printf (text, "\n-- strata:%s%s\n", style->is_downgrade ? "downgrade" : "upgrade",
                                step->is_outside ? " transaction=off" : "");
      is_outside = step->is_outside;
      if (note != NULL)
        g_string_append_printf (text, "-- %s\n", note);
      g_string_append_printf (text, "%s;\n", step->sql);
    }

  rest = dup_rest (notes, NULL);
  if (rest != NULL)
    g_string_prepend (text, "\n");
  if (rest != NULL)
    g_string_prepend (text, rest);
  if (rest != NULL)
    g_string_prepend (text, "-- ");

  return g_strchomp (g_string_free (text, FALSE));
}

/* Takes the second. */
static char *
join_notes (const char *reason,
            char       *note)
{
  g_autofree char *taken = note;

  return reason != NULL && note != NULL ? g_strconcat (reason, "; ", note, NULL) : reason != NULL ? g_strdup (reason)
                                                                                                : g_steal_pointer (&taken);
}

static char *
dup_python (Notes                  *notes,
            const GPtrArray        *steps,
            const StrataBodyStyle  *style,
            GHashTable             *imports,
            GError                **error)
{
  g_autoptr(StrataDiffOperations) list = strata_diff_operations_new (notes->diff, steps, style->is_plain);
  guint n = strata_diff_operations_get_n (list);
  g_autofree const StrataOperation **operations = g_new0 (const StrataOperation *, n + 1);
  g_autofree gboolean *is_outside = g_new0 (gboolean, n + 1);
  g_autofree gboolean *is_direct = g_new0 (gboolean, n + 1);
  g_autofree gboolean *is_of_sqlite = g_new0 (gboolean, n + 1);
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);
  StrataPythonStyle python = {
    .as_batch = style->as_batch,
    .as_few_batches = style->as_few_batches,
    .made_anew = strata_diff_operations_get_made_anew (list),
    .is_outside = is_outside,
    .is_direct = is_direct,
    .is_of_sqlite = is_of_sqlite,
  };

  for (guint i = 0; i < n; i++)
    remember_last (notes, strata_diff_operations_get (list, i)->difference, i);
  for (guint i = 0; i < n; i++)
    {
      const StrataDiffOperation *operation = strata_diff_operations_get (list, i);

      operations[i] = operation->operation;
      is_outside[i] = operation->is_outside;
      is_direct[i] = operation->is_direct;
      is_of_sqlite[i] = operation->is_of_sqlite;
      g_ptr_array_add (lines, join_notes (operation->reason,
                                          operation->table != NULL ? dup_table_note (notes, operation->table)
                                                                   : dup_note (notes, operation->difference, i)));
    }
  if (n > 0)
    g_ptr_array_index (lines, 0) = dup_rest (notes, g_ptr_array_index (lines, 0));
  python.notes = (const char * const *) lines->pdata;

  return strata_python_write_body (operations, &python, imports, error);
}

char *
strata_autogenerate_dup_body (StrataDiff             *diff,
                              const gboolean         *chosen,
                              const GPtrArray        *steps,
                              const StrataBodyStyle  *style,
                              GHashTable             *imports,
                              GError                **error)
{
  g_auto(Notes) notes = { diff, chosen, g_hash_table_new (NULL, NULL), g_hash_table_new (NULL, NULL) };

  return style->is_python ? dup_python (&notes, steps, style, imports, error) : dup_sql (&notes, steps, style);
}
