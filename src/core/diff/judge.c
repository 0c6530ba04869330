/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a difference loses, and what a person has to look at before it is run where there are rows. Only what may really happen
 * is said: a warning that is always there is read by nobody. */

#include "config.h"

#include "core/diff/judge.h"

#include <glib/gi18n-lib.h>
#include <string.h>

static const StrataPictureColumn *
find_column (const StrataObject *object,
             const char         *name)
{
  const StrataPictureColumn * const *columns = NULL;

  if (object != NULL && object->kind == STRATA_OBJECT_TABLE)
    columns = object->of.table->columns;
  else if (object != NULL && object->kind == STRATA_OBJECT_COMPOSITE)
    columns = object->of.attributes;
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (strcmp (columns[i]->name, name) == 0)
      return columns[i];

  return NULL;
}

static void
judge_removed_part (StrataDifference *difference)
{
  const StrataPictureColumn *column = find_column (difference->from, difference->part);

  if (difference->from->kind == STRATA_OBJECT_ENUM)
    difference->review = N_("rows that have the value stop the change: give them another one first");
  else if (difference->from->kind == STRATA_OBJECT_COMPOSITE)
    difference->loss = N_("the attribute's data");
  else if (column != NULL && column->computed == NULL)
    difference->loss = N_("the column's data");
}

static void
judge_removed (StrataDifference *difference)
{
  if (difference->part != NULL)
    judge_removed_part (difference);
  else if (difference->from->kind == STRATA_OBJECT_TABLE && difference->from->of.table != NULL
           && difference->from->of.table->storage != NULL && difference->from->of.table->storage->partition_key != NULL)
    difference->loss = N_("all rows of its partitions");
  else if (difference->from->kind == STRATA_OBJECT_TABLE)
    difference->loss = N_("all its rows");
  else if (difference->from->kind == STRATA_OBJECT_SEQUENCE)
    difference->loss = N_("where the sequence stands");
  else if (difference->from->kind == STRATA_OBJECT_EXTENSION)
    difference->review = N_("fails where something still uses the extension");
}

static void
judge_added_column (StrataDifference          *difference,
                    const StrataPictureColumn *column)
{
  gboolean is_filled = column->default_text != NULL || column->computed != NULL || column->identity != NULL
                       || column->is_autoincrement;

  if (!column->is_nullable && !is_filled)
    difference->review = N_("NOT NULL without a default fails where the table has rows");
}

static void
judge_added (StrataDifference *difference)
{
  const StrataObject *to = difference->to;

  if (difference->part != NULL)
    {
      const StrataPictureColumn *column = to->kind == STRATA_OBJECT_TABLE ? find_column (to, difference->part) : NULL;

      if (column != NULL)
        judge_added_column (difference, column);
      else if (to->kind == STRATA_OBJECT_DOMAIN)
        difference->review = N_("fails where a value does not satisfy it");
      return;
    }

  switch ((guint) to->kind)
    {
    case STRATA_OBJECT_PRIMARY_KEY:
      difference->review = N_("fails where values are NULL or there more than once");
      break;
    case STRATA_OBJECT_UNIQUE:
      difference->review = N_("fails where values are there more than once");
      break;
    case STRATA_OBJECT_INDEX:
      if (to->of.index != NULL && to->of.index->is_unique)
        difference->review = N_("fails where values are there more than once");
      break;
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_EXCLUSION:
      if (to->of.check == NULL || !to->of.check->is_not_valid)
        difference->review = N_("fails where a row does not satisfy it");
      break;
    case STRATA_OBJECT_FOREIGN_KEY:
      if (to->of.reference == NULL || !to->of.reference->is_not_valid)
        difference->review = N_("fails where a row refers to nothing");
      break;
    default:
      break;
    }
}

static void
judge_nullable (StrataDifference *difference)
{
  if (g_strcmp0 (difference->is, "NOT NULL") == 0)
    difference->review = N_("fails where a value is NULL");
}

static void
judge_generated (StrataDifference *difference)
{
  if (difference->was == NULL)
    difference->loss = N_("the column's data: it is computed from now on");
}

static void
judge_table_changed (StrataDifference *difference)
{
  if (strcmp (difference->property, "partitioning") == 0)
    difference->review = N_("the table is made anew and its rows are copied");
  else if (strcmp (difference->property, "bound") == 0 && difference->is != NULL)
    difference->review = N_("fails where a row is outside of the bound");
  else if (strcmp (difference->property, "row security") == 0 && strcmp (difference->is, "no") == 0)
    difference->review = N_("policies protect nothing from now on");
}

static gboolean
is_same_list (const char * const *one,
              const char * const *other)
{
  return one != NULL && other != NULL && g_strv_equal (one, other);
}

/* Of rows that the old one has seen nothing more is asked: what changes is ON DELETE, DEFERRABLE, INCLUDE. */
static gboolean
holds_already (const StrataObject *from,
               const StrataObject *to)
{
  if (from->kind == STRATA_OBJECT_FOREIGN_KEY && from->of.reference != NULL && to->of.reference != NULL)
    {
      const StrataPictureReference *old = from->of.reference, *new = to->of.reference;

      return !old->is_not_valid && is_same_list (old->columns, new->columns) && is_same_list (old->referred, new->referred)
             && g_strcmp0 (old->table, new->table) == 0 && g_strcmp0 (old->schema, new->schema) == 0
             && g_strcmp0 (old->match, new->match) == 0;
    }

  return (from->kind == STRATA_OBJECT_PRIMARY_KEY || from->kind == STRATA_OBJECT_UNIQUE) && from->of.key != NULL
         && to->of.key != NULL && is_same_list (from->of.key->columns, to->of.key->columns)
         && from->of.key->nulls_not_distinct == to->of.key->nulls_not_distinct;
}

static void
judge_changed (StrataDiff       *self,
               StrataDifference *difference)
{
  const StrataObject *from = difference->from, *to = difference->to;

  if (strcmp (difference->property, "comment") == 0)
    return;
  if (difference->part == NULL && from->kind == STRATA_OBJECT_TABLE)
    judge_table_changed (difference);
  else if (strcmp (difference->property, "version") == 0)
    difference->review = N_("the server has to have the extension's script from the one version to the other");
  else if (strcmp (difference->property, "nullable") == 0)
    judge_nullable (difference);
  else if (strcmp (difference->property, "generated") == 0)
    judge_generated (difference);
  else if (strcmp (difference->property, "type") == 0 && difference->part != NULL)
    strata_diff_judge_type (self->from->dialect, difference->was, difference->is, &difference->loss, &difference->review);
  else if (strcmp (difference->property, "type") == 0 && from->kind == STRATA_OBJECT_DOMAIN)
    difference->review = N_("fails where a value can't be converted");
  else if (strcmp (difference->property, "definition") == 0
           && (strata_object_kind_is_constraint (to->kind) || to->kind == STRATA_OBJECT_INDEX))
    {
      if (self->from->dialect != STRATA_DIALECT_POSTGRESQL || !holds_already (from, to))
        judge_added (difference);
    }
  else if (strcmp (difference->property, "definition") == 0 && from->kind == STRATA_OBJECT_DOMAIN)
    difference->review = N_("fails where a value does not satisfy it");
}

void
strata_diff_judge (StrataDiff       *self,
                   StrataDifference *difference)
{
  switch (difference->kind)
    {
    case STRATA_DIFFERENCE_ADDED:
      judge_added (difference);
      break;
    case STRATA_DIFFERENCE_REMOVED:
      judge_removed (difference);
      break;
    case STRATA_DIFFERENCE_CHANGED:
      if (difference->property != NULL)
        judge_changed (self, difference);
      break;
    case STRATA_DIFFERENCE_RENAMED:
    default:
      break;
    }
}
