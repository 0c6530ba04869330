/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include <string.h>

StrataSqliteChange *
strata_sqlite_change_new (const StrataObject *from,
                          const StrataObject *to)
{
  StrataSqliteChange *self = g_new0 (StrataSqliteChange, 1);

  self->from = from;
  self->to = to;
  self->differences = g_ptr_array_new ();
  self->old = strata_sqlite_create_new (from->text);
  self->new = strata_sqlite_create_new (to->text);

  return self;
}

void
strata_sqlite_change_free (StrataSqliteChange *self)
{
  if (self->target != self->new)
    strata_sqlite_create_free (self->target);
  strata_sqlite_create_free (self->old);
  strata_sqlite_create_free (self->new);
  g_ptr_array_unref (self->differences);
  g_free (self);
}

const StrataDifference *
strata_sqlite_change_find (const StrataSqliteChange *self,
                           const char               *column)
{
  for (guint i = 0; i < self->differences->len; i++)
    {
      const StrataDifference *difference = self->differences->pdata[i];

      if (difference->part != NULL && g_ascii_strcasecmp (difference->part, column) == 0)
        return difference;
    }

  return NULL;
}

static guint
find_column (const StrataSqliteCreate *create,
             const char               *name)
{
  guint i = 0;

  while (i < create->columns->len
         && g_ascii_strcasecmp (((const StrataSqliteColumn *) create->columns->pdata[i])->name, name) != 0)
    i++;

  return i;
}

static void
add_column (StrataSqliteChange *self,
            const char         *name)
{
  const StrataSqliteColumn *column = strata_sqlite_create_find (self->new, name);

  if (column != NULL)
    g_ptr_array_add (self->target->columns, g_memdup2 (column, sizeof *column));
}

static void
remove_column (StrataSqliteChange *self,
               const char         *name)
{
  guint index = find_column (self->target, name);

  if (index < self->target->columns->len)
    g_ptr_array_remove_index (self->target->columns, index);
}

static void
change_column (StrataSqliteChange     *self,
               const StrataDifference *difference)
{
  guint index = find_column (self->target, difference->part);
  const StrataSqliteColumn *wanted = strata_sqlite_create_find (self->new, difference->part);
  StrataSqliteColumn *column;

  if (index >= self->target->columns->len || wanted == NULL)
    return;

  column = self->target->columns->pdata[index];
  if (g_str_equal (difference->property, "type"))
    {
      column->type = wanted->type;
      column->type_as_written = wanted->type_as_written;
    }
  else if (g_str_equal (difference->property, "collation"))
    column->collation = wanted->collation;
  else if (g_str_equal (difference->property, "generated"))
    {
      column->generated = wanted->generated;
      column->is_stored = wanted->is_stored;
    }
  else if (g_str_equal (difference->property, "default"))
    column->default_text = wanted->default_text;
  else if (g_str_equal (difference->property, "name of DEFAULT"))
    column->default_name = wanted->default_name;
  else if (g_str_equal (difference->property, "nullable"))
    column->is_not_null = wanted->is_not_null;
  else if (g_str_equal (difference->property, "name of NOT NULL"))
    column->not_null_name = wanted->not_null_name;
  else if (g_str_equal (difference->property, "on conflict"))
    column->not_null_conflict = wanted->not_null_conflict;
  else
    column->extra = wanted->extra;
}

static void
change_table (StrataSqliteChange     *self,
              const StrataDifference *difference)
{
  if (g_str_equal (difference->property, "strict"))
    self->target->is_strict = self->new->is_strict;
  else if (g_str_equal (difference->property, "without rowid"))
    self->target->is_without_rowid = self->new->is_without_rowid;
  else if (g_str_equal (difference->property, "options"))
    self->target->options = self->new->options;
}

static guint
find_constraint (const StrataSqliteCreate *create,
                 const StrataObject       *object)
{
  guint i = 0;

  for (; i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = create->constraints->pdata[i];

      if (strcmp (constraint->text, object->text) == 0
          && (constraint->name == NULL || strcmp (constraint->name, object->name) == 0))
        break;
    }

  return i;
}

static void
change_constraint (StrataSqliteChange     *self,
                   const StrataDifference *difference)
{
  guint index;

  if (difference->from != NULL && (index = find_constraint (self->target, difference->from)) < self->target->constraints->len)
    g_ptr_array_remove_index (self->target->constraints, index);
  if (difference->to != NULL && (index = find_constraint (self->new, difference->to)) < self->new->constraints->len)
    {
      StrataSqliteConstraint *constraint = g_memdup2 (self->new->constraints->pdata[index], sizeof *constraint);

      g_ptr_array_ref (constraint->columns);
      g_ptr_array_ref (constraint->referred);
      g_ptr_array_add (self->target->constraints, constraint);
    }
}

static void
apply (StrataSqliteChange     *self,
       const StrataDifference *difference)
{
  const StrataObject *object = difference->from != NULL ? difference->from : difference->to;

  if (object->kind != STRATA_OBJECT_TABLE)
    change_constraint (self, difference);
  else if (difference->part == NULL && difference->kind == STRATA_DIFFERENCE_CHANGED)
    change_table (self, difference);
  else if (difference->part != NULL && difference->kind == STRATA_DIFFERENCE_ADDED)
    add_column (self, difference->part);
  else if (difference->part != NULL && difference->kind == STRATA_DIFFERENCE_REMOVED)
    remove_column (self, difference->part);
  else if (difference->part != NULL && difference->kind == STRATA_DIFFERENCE_CHANGED)
    change_column (self, difference);
}

void
strata_sqlite_change_decide (StrataSqliteChange *self)
{
  if (self->old == NULL || self->new == NULL)
    return;

  if (self->is_partial)
    {
      self->target = strata_sqlite_create_new (self->from->text);
      for (guint i = 0; i < self->differences->len; i++)
        apply (self, self->differences->pdata[i]);
    }
  else
    {
      self->target = self->new;
    }
  self->is_rebuilt = !strata_sqlite_can_alter (self->old, self->target);
}

gboolean
strata_sqlite_change_keeps (const StrataSqliteChange *self,
                            const char               *column)
{
  return find_column (self->target, column) < self->target->columns->len;
}

gboolean
strata_sqlite_change_disturbs (StrataSqliteChange *self)
{
  if (self->is_rebuilt || self->target == NULL)
    return TRUE;

  for (guint i = 0; i < self->old->columns->len; i++)
    if (!strata_sqlite_change_keeps (self, ((const StrataSqliteColumn *) self->old->columns->pdata[i])->name))
      return TRUE;

  return FALSE;
}

void
strata_sqlite_change_plan (StrataSqliteChange *self,
                           StrataDiff         *diff)
{
  const StrataDiffTable table = { self->from, self->to, NULL, self->target == NULL || self->is_rebuilt };
  guint first = diff->steps->len;

  if (table.is_rebuilt)
    strata_sqlite_rebuild (diff, self);
  else
    strata_sqlite_alter (diff, self);
  strata_diff_mark_table (diff, first, &table, self->differences);
}
