/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/diff-private.h"

#include "core/base/error.h"
#include "core/ddl/ddl.h"
#include "core/diff/rename.h"
#include "core/sql/statement.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const StrataDiffDialect * const dialects[] = {
  [STRATA_DIALECT_SQLITE] = &strata_diff_sqlite,
  [STRATA_DIALECT_POSTGRESQL] = &strata_diff_postgresql,
  [STRATA_DIALECT_UNKNOWN] = NULL,
};

static void
step_free (gpointer data)
{
  StrataDiffStep *step = data;

  g_free (step->sql);
  g_free (step);
}

const char *
strata_diff_keep (StrataDiff *self,
                  const char *text)
{
  return text != NULL ? g_string_chunk_insert_const (self->texts, text) : NULL;
}

StrataDifference *
strata_diff_report (StrataDiff           *self,
                    StrataDifferenceKind  kind,
                    const StrataObject   *from,
                    const StrataObject   *to,
                    const char           *part)
{
  StrataDifference *difference = g_new0 (StrataDifference, 1);

  difference->kind = kind;
  difference->from = from;
  difference->to = to;
  difference->part = strata_diff_keep (self, part);
  difference->owner = -1;
  g_ptr_array_add (self->differences, difference);
  if (kind != STRATA_DIFFERENCE_CHANGED)
    strata_diff_judge (self, difference);

  return difference;
}

StrataDifference *
strata_diff_report_change (StrataDiff         *self,
                           const StrataObject *from,
                           const StrataObject *to,
                           const char         *part,
                           const char         *property,
                           const char         *was,
                           const char         *is)
{
  StrataDifference *difference;

  if (g_strcmp0 (was, is) == 0)
    return NULL;

  difference = strata_diff_report (self, STRATA_DIFFERENCE_CHANGED, from, to, part);
  difference->property = strata_diff_keep (self, property);
  difference->was = strata_diff_keep (self, was);
  difference->is = strata_diff_keep (self, is);
  strata_diff_judge (self, difference);

  return difference;
}

StrataDiffStep *
strata_diff_take_step (StrataDiff             *self,
                       const StrataDifference *difference,
                       char                   *sql)
{
  StrataDiffStep *step = g_new0 (StrataDiffStep, 1);

  step->sql = sql;
  step->difference = difference;
  g_ptr_array_add (self->steps, step);

  return step;
}

static void
table_free (gpointer data)
{
  StrataDiffTable *table = data;

  g_free ((gpointer) table->differences);
  g_free (table);
}

void
strata_diff_mark_table (StrataDiff            *self,
                        guint                  first,
                        const StrataDiffTable *table,
                        const GPtrArray       *differences)
{
  StrataDiffTable *kept = g_memdup2 (table, sizeof *table);
  const StrataDifference **list = g_new0 (const StrataDifference *, differences->len + 1);

  for (guint i = 0; i < differences->len; i++)
    list[i] = differences->pdata[i];
  kept->differences = list;
  g_ptr_array_add (self->tables, kept);
  for (guint i = first; i < self->steps->len; i++)
    ((StrataDiffStep *) self->steps->pdata[i])->table = kept;
}

/* TRUE where it comes and goes with its table: by itself it is neither added nor removed. */
static gboolean
goes_with_table (const StrataPicture *picture,
                 const StrataObject  *object)
{
  StrataObject table = { .schema = object->schema, .name = object->table };

  if (object->table == NULL)
    return FALSE;

  for (guint i = 0; i < 3; i++)
    {
      table.kind = (StrataObjectKind[]) { STRATA_OBJECT_TABLE, STRATA_OBJECT_VIEW, STRATA_OBJECT_MATERIALIZED_VIEW }[i];
      if (strata_picture_find_object (picture, &table) != NULL)
        return FALSE;
    }

  return TRUE;
}

/* TRUE where CREATE TABLE says it. */
static gboolean
is_made_with_table (const StrataDiff   *self,
                    const StrataObject *object)
{
  return strata_object_kind_is_constraint (object->kind)
         && (object->kind != STRATA_OBJECT_FOREIGN_KEY || self->to->dialect == STRATA_DIALECT_SQLITE)
         && goes_with_table (self->base, object);
}

static void
compare_privileges (StrataDiff         *self,
                    const StrataObject *from,
                    const StrataObject *to)
{
  g_autoptr(GPtrArray) old = NULL;
  g_autoptr(GPtrArray) new = NULL;
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (!self->has_privileges || (from->grants == NULL && to->grants == NULL))
    return;

  /* Those of a column that goes go with it. */
  old = strata_ddl_list_grants (from, to);
  new = strata_ddl_list_grants (to, NULL);
  was = strata_ddl_dup_grants (from, old);
  is = strata_ddl_dup_grants (to, new);
  strata_diff_report_change (self, from, to, NULL, STRATA_DIFFERENCE_PRIVILEGES, was, is);
}

static void
compare_objects (StrataDiff         *self,
                 const StrataObject *from,
                 const StrataObject *to)
{
  if (from->extension != NULL || to->extension != NULL)
    {
      if (from->extension != NULL && to->extension != NULL)
        compare_privileges (self, from, to);
      return;
    }

  if (self->dialect != NULL && self->dialect->compare != NULL)
    self->dialect->compare (self, from, to);
  else
    strata_diff_compare_pair (self, from, to);
  strata_diff_report_change (self, from, to, NULL, "comment", from->comment, to->comment);
  compare_privileges (self, from, to);
}

/* Default privileges are the last objects of a picture that has them. */
static guint
count_compared (const StrataDiff    *self,
                const StrataPicture *picture)
{
  guint n = picture->n_objects;

  while (!self->has_privileges && n > 0 && picture->objects[n - 1]->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    n--;

  return n;
}

static void
match_objects (StrataDiff *self)
{
  const StrataPicture *base = self->base, *to = self->to;
  guint i = 0, j = 0, n_old = count_compared (self, base), n_new = count_compared (self, to);

  while (i < n_old || j < n_new)
    {
      const StrataObject *old = i < n_old ? base->objects[i] : NULL;
      const StrataObject *new = j < n_new ? to->objects[j] : NULL;
      int order = old == NULL ? 1 : new == NULL ? -1 : strata_object_compare (old, new);

      if (order == 0)
        compare_objects (self, old, new);
      else if (order < 0 && old->extension == NULL && !old->is_inherited && !goes_with_table (to, old))
        strata_diff_report (self, STRATA_DIFFERENCE_REMOVED, old, NULL, NULL);
      else if (order > 0 && new->extension == NULL && !new->is_inherited && !is_made_with_table (self, new))
        strata_diff_report (self, STRATA_DIFFERENCE_ADDED, NULL, new, NULL);
      i += order <= 0;
      j += order >= 0;
    }
}

#define MAX_NAME 63

char *
strata_diff_dup_usual_sequence (const StrataObject *table,
                                const char         *column)
{
  guint first = strlen (table->name), second = strlen (column), room = MAX_NAME - strlen ("__seq");
  g_autofree char *name = NULL;
  g_autofree char *schema = NULL;
  g_autofree char *quoted = NULL;

  while (first + second > room)
    if (first > second)
      first--;
    else
      second--;

  name = g_strdup_printf ("%.*s_%.*s_seq", (int) first, table->name, (int) second, column);
  schema = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, table->schema != NULL ? table->schema : "public");
  quoted = strata_sql_quote_identifier (STRATA_DIALECT_POSTGRESQL, name);

  return g_strjoin (".", schema, quoted, NULL);
}

static const StrataObject *
find_renamed (const StrataDiff     *self,
              const StrataRenaming *renaming,
              const GPtrArray      *decided)
{
  StrataObject like = *renaming->object;

  if (renaming->column == NULL)
    like.name = renaming->name;
  for (guint i = 0; i < decided->len; i++)
    {
      const StrataRenaming *other = g_ptr_array_index (decided, i);

      if (other->column != NULL || other->object->kind != STRATA_OBJECT_TABLE
          || g_strcmp0 (other->object->schema, like.schema) != 0)
        continue;
      if (g_strcmp0 (like.table, other->object->name) != 0 && (renaming->column == NULL || other->object != renaming->object))
        continue;
      if (like.table != NULL)
        like.table = other->name;
      else
        like.name = other->name;
      break;
    }

  return strata_picture_find_object (self->to, &like);
}

static void
report_renames (StrataDiff      *self,
                const GPtrArray *renamings,
                const GPtrArray *decided)
{
  for (guint i = 0; i < renamings->len; i++)
    {
      const StrataRenaming *renaming = g_ptr_array_index (renamings, i);
      const StrataObject *to = renaming->is_inherited || renaming->is_move ? NULL : find_renamed (self, renaming, decided);

      if (to != NULL)
        {
          StrataDifference *difference = strata_diff_report (self, STRATA_DIFFERENCE_RENAMED, renaming->object, to, renaming->column);

          difference->new_part = renaming->column != NULL ? strata_diff_keep (self, renaming->name) : NULL;
          if (renaming->doubt != NULL)
            difference->review = strata_diff_keep (self, renaming->doubt);
        }
    }
}

static void
rename_objects (StrataDiff              *self,
                const StrataDiffOptions *options)
{
  g_autoptr(GPtrArray) decided = strata_rename_find (self->from, self->to, options != NULL ? options->renames : NULL);
  g_autoptr(GPtrArray) implied = NULL;
  g_autoptr(GPtrArray) none = g_ptr_array_new ();

  for (guint i = decided->len; self->from->dialect == STRATA_DIALECT_SQLITE && i > 0; i--)
    if (((const StrataRenaming *) decided->pdata[i - 1])->object->kind != STRATA_OBJECT_TABLE)
      g_ptr_array_remove_index (decided, i - 1);

  if (self->from->dialect == STRATA_DIALECT_POSTGRESQL)
    strata_rename_move (self->from, self->to, decided);
  if (decided->len == 0)
    {
      self->middle = strata_picture_ref (self->from);
      self->base = strata_picture_ref (self->from);
      return;
    }

  if (self->dialect != NULL && self->dialect->rename != NULL)
    {
      self->base = self->dialect->rename (self->from, decided);
      self->middle = strata_picture_ref (self->base);
      report_renames (self, decided, decided);
      return;
    }

  self->middle = strata_rename_picture (self->from, decided);
  implied = strata_rename_imply (self->middle, self->to, decided);
  self->base = strata_rename_picture (self->middle, implied);
  report_renames (self, decided, decided);
  /* Of the picture in the middle, where what was decided is done. */
  report_renames (self, implied, none);
}

StrataDiff *
strata_diff_new (StrataPicture           *from,
                 StrataPicture           *to,
                 const StrataDiffOptions *options)
{
  StrataDiff *self;

  g_return_val_if_fail (from != NULL && to != NULL, NULL);
  g_return_val_if_fail (from->dialect == to->dialect, NULL);

  self = g_new0 (StrataDiff, 1);
  self->from = strata_picture_ref (from);
  self->to = strata_picture_ref (to);
  self->has_privileges = from->has_privileges && to->has_privileges;
  self->dialect = (guint) from->dialect < G_N_ELEMENTS (dialects) ? dialects[from->dialect] : NULL;
  self->differences = g_ptr_array_new_with_free_func (g_free);
  self->old_steps = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  self->tables = g_ptr_array_new_with_free_func (table_free);
  self->candidates = g_ptr_array_new_with_free_func (g_free);
  self->swaps = g_ptr_array_new_with_free_func (g_free);
  self->guesses = g_ptr_array_new ();
  self->texts = g_string_chunk_new (1024);
  rename_objects (self, options);
  match_objects (self);
  strata_diff_clear_certain (self);
  strata_diff_find_owners (self);
  strata_diff_guess (self, options != NULL ? options->renames : NULL);

  return self;
}

void
strata_diff_free (StrataDiff *self)
{
  if (self == NULL)
    return;

  strata_picture_unref (self->from);
  strata_picture_unref (self->to);
  strata_picture_unref (self->middle);
  strata_picture_unref (self->base);
  g_ptr_array_unref (self->differences);
  g_ptr_array_unref (self->guesses);
  g_ptr_array_unref (self->candidates);
  g_ptr_array_unref (self->swaps);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_free (self->planned);
  g_ptr_array_unref (self->old_steps);
  g_ptr_array_unref (self->tables);
  g_string_chunk_free (self->texts);
  g_free (self);
}

guint
strata_diff_get_n (const StrataDiff *self)
{
  return self->differences->len;
}

const StrataDifference *
strata_diff_get (const StrataDiff *self,
                 guint             index)
{
  g_return_val_if_fail (index < self->differences->len, NULL);

  return g_ptr_array_index (self->differences, index);
}

/* All that comes after a rename is said with the new name: none of them is left out. And nobody chooses a column without its
 * sequence. */
static void
want (StrataDiff     *self,
      const gboolean *chosen)
{
  g_free (self->planned);
  self->planned = g_new0 (gboolean, self->differences->len + 1);
  for (guint i = 0; i < self->differences->len; i++)
    {
      const StrataDifference *difference = strata_diff_get (self, i);
      guint decided = difference->owner >= 0 ? (guint) difference->owner : i;

      self->planned[i] = chosen == NULL || chosen[decided] || difference->kind == STRATA_DIFFERENCE_RENAMED;
    }
}

const GPtrArray *
strata_diff_plan (StrataDiff      *self,
                  const gboolean  *chosen,
                  GError         **error)
{
  if (self->dialect == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, _("Statements for %s are not made yet"),
                   strata_dialect_get_title (self->from->dialect));
      return NULL;
    }

  if (self->steps != NULL)
    g_ptr_array_add (self->old_steps, g_steal_pointer (&self->steps));
  self->steps = g_ptr_array_new_with_free_func (step_free);

  want (self, chosen);

  return self->dialect->plan (self, self->planned, error) ? self->steps : NULL;
}

gboolean
strata_diff_is_planned (const StrataDiff *self,
                        guint             index)
{
  g_return_val_if_fail (index < self->differences->len, FALSE);

  return self->planned != NULL && self->planned[index];
}

gboolean
strata_diff_is_suspicious (const StrataDiff *self,
                           const gboolean   *chosen)
{
  guint n_tables = 0, n_dropped = 0;

  for (guint i = 0; i < self->from->n_objects; i++)
    n_tables += self->from->objects[i]->kind == STRATA_OBJECT_TABLE && self->from->objects[i]->extension == NULL;
  for (guint i = 0; i < self->differences->len; i++)
    {
      const StrataDifference *difference = g_ptr_array_index (self->differences, i);

      n_dropped += (chosen == NULL || chosen[i]) && difference->kind == STRATA_DIFFERENCE_REMOVED && difference->part == NULL
                   && difference->from->kind == STRATA_OBJECT_TABLE;
    }

  /* Dropping one of two, or both, is what people do. */
  return n_dropped >= 3 && n_dropped * 2 > n_tables;
}

void
strata_diff_step_append (const StrataDiffStep *self,
                         GString              *script)
{
  if (self->is_outside)
    g_string_append (script, "-- outside of a transaction\n");
  g_string_append_printf (script, "%s;\n", self->sql);
}
