/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What ALTER TABLE of SQLite can do, tables with rows in mind. */

#include "config.h"

#include "core/diff/sqlite-private.h"

#include "core/sql/sqlite-render.h"
#include "core/sql/statement.h"

#include <string.h>

static gboolean
is_same_column (const StrataSqliteCreate *old_table,
                const StrataSqliteColumn *old,
                const StrataSqliteCreate *new_table,
                const StrataSqliteColumn *new)
{
  g_autofree char *a = strata_sqlite_render_column (old_table, old, NULL, 0);
  g_autofree char *b = strata_sqlite_render_column (new_table, new, NULL, 0);

  return strcmp (a, b) == 0;
}

static const StrataSqliteColumn *
find_column (const StrataSqliteCreate *create,
             const char               *name)
{
  for (guint i = 0; i < create->columns->len; i++)
    {
      const StrataSqliteColumn *column = create->columns->pdata[i];

      if (g_ascii_strcasecmp (column->name, name) == 0)
        return column;
    }

  return NULL;
}

static gboolean
has_constraint (const StrataSqliteCreate     *create,
                const StrataSqliteConstraint *like)
{
  for (guint i = 0; i < create->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = create->constraints->pdata[i];

      if (constraint->kind == like->kind && g_strcmp0 (constraint->name, like->name) == 0
          && strcmp (constraint->text, like->text) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_named_by (const StrataSqliteConstraint *constraint,
             const char                   *column)
{
  for (guint i = 0; i < constraint->columns->len; i++)
    if (g_ascii_strcasecmp (constraint->columns->pdata[i], column) == 0)
      return TRUE;

  return constraint->condition != NULL && strata_sqlite_mentions (constraint->condition, column);
}

/* The only column that it speaks of; NULL where there are several, or none. */
static const StrataSqliteColumn *
find_single (const StrataSqliteCreate     *create,
             const StrataSqliteConstraint *constraint)
{
  const StrataSqliteColumn *single = NULL;

  for (guint i = 0; i < create->columns->len; i++)
    {
      const StrataSqliteColumn *column = create->columns->pdata[i];

      if (!is_named_by (constraint, column->name))
        continue;
      if (single != NULL)
        return NULL;
      single = column;
    }

  return single;
}

/* What stands in the column goes with it. */
static gboolean
goes_with (const StrataSqliteConstraint *constraint,
           const StrataSqliteColumn     *column)
{
  return constraint->is_of_column
         && (constraint->kind == STRATA_SQLITE_CHECK || constraint->kind == STRATA_SQLITE_FOREIGN_KEY)
         && g_ascii_strcasecmp (constraint->columns->pdata[0], column->name) == 0;
}

static gboolean
can_drop (const StrataSqliteCreate *old,
          const StrataSqliteColumn *column)
{
  for (guint i = 0; i < old->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = old->constraints->pdata[i];

      if (!goes_with (constraint, column)
          && (constraint->kind == STRATA_SQLITE_OTHER || is_named_by (constraint, column->name)))
        return FALSE;
    }
  for (guint i = 0; i < old->columns->len; i++)
    {
      const StrataSqliteColumn *other = old->columns->pdata[i];

      if (other != column && other->generated != NULL && strata_sqlite_mentions (other->generated, column->name))
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_constant (const char *text)
{
  return *text != '(' && !g_str_has_prefix (text, "CURRENT_");
}

static gboolean
can_add (const StrataSqliteColumn *column)
{
  if (column->extra != NULL)
    return FALSE;
  if (column->generated != NULL)
    return !column->is_stored;
  if (column->default_text == NULL)
    return !column->is_not_null;

  return is_constant (column->default_text);
}

/* Of the constraint that is new. */
static gboolean
can_add_constraint (const StrataSqliteCreate     *old,
                    const StrataSqliteCreate     *target,
                    const StrataSqliteConstraint *constraint)
{
  const StrataSqliteColumn *column;

  if (constraint->kind == STRATA_SQLITE_CHECK ? constraint->tail != NULL : constraint->kind != STRATA_SQLITE_FOREIGN_KEY)
    return FALSE;

  column = find_single (target, constraint);
  if (column == NULL || find_column (old, column->name) != NULL)
    return FALSE;

  /* With references enforced, the default would have to be there. */
  return constraint->kind == STRATA_SQLITE_CHECK || column->default_text == NULL;
}

static gboolean
can_change_columns (const StrataSqliteCreate *old,
                    const StrataSqliteCreate *target)
{
  guint n_left = 0;

  for (guint i = 0; i < old->columns->len; i++)
    {
      const StrataSqliteColumn *column = old->columns->pdata[i];
      const StrataSqliteColumn *wanted = find_column (target, column->name);

      if (wanted != NULL ? !is_same_column (old, column, target, wanted) : !can_drop (old, column))
        return FALSE;
      n_left += wanted != NULL;
    }
  for (guint i = 0; i < target->columns->len; i++)
    {
      const StrataSqliteColumn *column = target->columns->pdata[i];

      if (find_column (old, column->name) == NULL && !can_add (column))
        return FALSE;
    }

  return n_left > 0;
}

gboolean
strata_sqlite_can_alter (const StrataSqliteCreate *old,
                         const StrataSqliteCreate *target)
{
  if (old->is_strict != target->is_strict || old->is_without_rowid != target->is_without_rowid
      || g_strcmp0 (old->options, target->options) != 0 || !can_change_columns (old, target))
    return FALSE;

  for (guint i = 0; i < old->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = old->constraints->pdata[i];
      const char *column = constraint->columns->len > 0 ? constraint->columns->pdata[0] : NULL;

      if (!has_constraint (target, constraint)
          && (column == NULL || find_column (target, column) != NULL || !goes_with (constraint, find_column (old, column))))
        return FALSE;
    }
  for (guint i = 0; i < target->constraints->len; i++)
    {
      const StrataSqliteConstraint *constraint = target->constraints->pdata[i];

      if (!has_constraint (old, constraint) && !can_add_constraint (old, target, constraint))
        return FALSE;
    }

  return TRUE;
}

static void
add_column (StrataDiff               *diff,
            const StrataSqliteChange *change,
            const StrataSqliteColumn *column)
{
  const StrataSqliteCreate *target = change->target;
  g_autofree char *table = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, change->to->name);
  g_autoptr(GPtrArray) own = g_ptr_array_new ();
  g_autofree char *text = NULL;

  for (guint i = 0; i < target->constraints->len; i++)
    if (!has_constraint (change->old, target->constraints->pdata[i]) && find_single (target, target->constraints->pdata[i]) == column)
      g_ptr_array_add (own, target->constraints->pdata[i]);

  text = strata_sqlite_render_column (target, column, own, STRATA_SQLITE_RENDER_WRITTEN);
  strata_diff_take_step (diff, strata_sqlite_change_find (change, column->name),
                         g_strdup_printf ("ALTER TABLE %s ADD COLUMN %s", table, text));
}

void
strata_sqlite_alter (StrataDiff               *diff,
                     const StrataSqliteChange *change)
{
  g_autofree char *table = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, change->to->name);

  for (guint i = 0; i < change->target->columns->len; i++)
    {
      const StrataSqliteColumn *column = change->target->columns->pdata[i];

      if (find_column (change->old, column->name) == NULL)
        add_column (diff, change, column);
    }
  for (guint i = change->old->columns->len; i > 0; i--)
    {
      const StrataSqliteColumn *column = change->old->columns->pdata[i - 1];
      g_autofree char *name = strata_sql_quote_identifier (STRATA_DIALECT_SQLITE, column->name);

      if (find_column (change->target, column->name) == NULL)
        strata_diff_take_step (diff, strata_sqlite_change_find (change, column->name),
                               g_strdup_printf ("ALTER TABLE %s DROP COLUMN %s", table, name));
    }
}
