/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A CHECK that no row can stand against: a new column has the constant that is its default in all of them, and a list of values
 * that grew has all that were there. */

#include "config.h"

#include "core/diff/condition.h"
#include "core/diff/judge.h"

#include <math.h>
#include <string.h>

/* Whole numbers up to here are exact in the shortest of the types with a floating point. */
#define MAX_EXACT 16777216.0

/* One that may be any of the table's. */
typedef struct
{
  const StrataDiff         *diff;
  const StrataObject       *check;
  const StrataPictureTable *table;
  GHashTable               *new;
  StrataCondition          *defaults;
  const char               *assumed;    /* this column has the value below; or NULL */
  StrataConstant            value;
} Row;

/* The word of no constant. */
static gboolean
find_no_column (gpointer        data,
                const char     *name,
                StrataConstant *value)
{
  return FALSE;
}

static gboolean
fits_sqlite (const char           *type,
             const StrataConstant *value)
{
  g_autofree char *upper = g_ascii_strup (type != NULL ? type : "", -1);
  gboolean is_text = strstr (upper, "INT") == NULL
                     && (strstr (upper, "CHAR") != NULL || strstr (upper, "CLOB") != NULL || strstr (upper, "TEXT") != NULL);

  return value->kind == (is_text ? STRATA_CONSTANT_TEXT : STRATA_CONSTANT_NUMBER);
}

static gboolean
fits_postgresql (const char           *type,
                 const StrataConstant *value)
{
  StrataTypeInfo info;

  if (type == NULL)
    return FALSE;
  if (strcmp (type, "boolean") == 0)
    return value->kind == STRATA_CONSTANT_NONE;

  strata_diff_read_type (type, &info);
  switch ((guint) info.class)
    {
    case STRATA_CLASS_TEXT:
      return value->kind == STRATA_CONSTANT_TEXT && !g_str_has_suffix (value->text, " ")
             && (info.length == 0 || g_utf8_strlen (value->text, -1) <= (glong) info.length);
    case STRATA_CLASS_WHOLE:
      return value->kind == STRATA_CONSTANT_NUMBER && value->scale == 0;
    case STRATA_CLASS_NUMERIC:
      return value->kind == STRATA_CONSTANT_NUMBER && (info.length == 0 || value->scale <= info.scale);
    case STRATA_CLASS_FLOAT:
      return value->kind == STRATA_CONSTANT_NUMBER && value->scale == 0 && fabs (value->number) <= MAX_EXACT;
    default:
      return FALSE;
    }
}

/* What all rows have, as the type keeps it. */
static StrataConstant
read_new (Row                       *self,
          const StrataPictureColumn *column)
{
  const StrataConstant null = { .outcomes = STRATA_OUTCOME_NULL }, any = { .outcomes = STRATA_OUTCOME_ANY };
  StrataConstant value;

  if (strata_diff_is_empty_column (column))
    return null;
  if (column->default_text == NULL || column->computed != NULL || column->identity != NULL || column->is_autoincrement
      || column->collation != NULL || !strata_condition_evaluate (self->defaults, column->default_text, &value))
    return any;
  if (value.kind == STRATA_CONSTANT_NONE && value.outcomes == STRATA_OUTCOME_NULL)
    return value;

  return (self->diff->to->dialect == STRATA_DIALECT_SQLITE ? fits_sqlite : fits_postgresql) (column->type_text, &value) ? value : any;
}

static gboolean
is_same_name (const StrataDiff *self,
              const char       *one,
              const char       *other)
{
  return (self->to->dialect == STRATA_DIALECT_SQLITE ? g_ascii_strcasecmp (one, other) : strcmp (one, other)) == 0;
}

static const StrataPictureColumn *
find_column (const StrataDiff         *self,
             const StrataPictureTable *table,
             const char               *name)
{
  for (guint i = 0; table != NULL && table->columns != NULL && table->columns[i] != NULL; i++)
    if (is_same_name (self, table->columns[i]->name, name))
      return table->columns[i];

  return NULL;
}

static gboolean
look_up (gpointer        data,
         const char     *name,
         StrataConstant *value)
{
  Row *self = data;
  const StrataPictureColumn *column = find_column (self->diff, self->table, name);
  g_autofree char *key = NULL;

  if (column == NULL)
    return FALSE;

  key = strata_diff_dup_column_key (self->check->schema, self->check->table, column->name);
  if (self->assumed != NULL && is_same_name (self->diff, self->assumed, name))
    *value = self->value;
  else if (g_hash_table_contains (self->new, key))
    *value = read_new (self, column);
  else
    *value = (StrataConstant) { .outcomes = STRATA_OUTCOME_ANY };

  return TRUE;
}

/* NULL is enough. */
static gboolean
holds (Row             *self,
       StrataCondition *condition)
{
  StrataConstant value;

  if (!strata_condition_evaluate (condition, self->check->of.check->text, &value))
    return FALSE;

  return value.kind == STRATA_CONSTANT_NUMBER ? value.number != 0
                                              : value.kind == STRATA_CONSTANT_NONE && !(value.outcomes & STRATA_OUTCOME_FALSE);
}

static const StrataPictureTable *
find_table (const StrataPicture *picture,
            const StrataObject  *check)
{
  const StrataObject like = { .kind = STRATA_OBJECT_TABLE, .schema = check->schema, .name = check->table };
  const StrataObject *table = strata_picture_find_object (picture, &like);

  return table != NULL ? table->of.table : NULL;
}

static gboolean
is_same_column (const StrataPictureColumn *old,
                const StrataPictureColumn *new)
{
  return old != NULL && new != NULL && g_strcmp0 (old->type_text, new->type_text) == 0 && old->collation == NULL
         && new->collation == NULL && old->computed == NULL && new->computed == NULL;
}

/* With each of the values that the old one let pass. */
static gboolean
holds_for_members (Row                *self,
                   StrataCondition    *condition,
                   const StrataObject *from)
{
  g_autoptr(StrataCondition) before = strata_condition_new (self->diff->from->dialect, look_up, self);
  StrataConstant value;
  const GArray *list;

  if (from->of.check == NULL || from->of.check->is_not_valid || from->of.check->text == NULL
      || !strata_condition_evaluate (before, from->of.check->text, &value))
    return FALSE;

  self->assumed = strata_condition_get_member (before, &list);
  if (self->assumed == NULL || !is_same_column (find_column (self->diff, find_table (self->diff->base, from), self->assumed),
                                                find_column (self->diff, self->table, self->assumed)))
    return FALSE;

  self->value = (StrataConstant) { .outcomes = STRATA_OUTCOME_NULL };
  if (!holds (self, condition))
    return FALSE;
  for (guint i = 0; i < list->len; i++)
    {
      self->value = g_array_index (list, StrataConstant, i);
      if (!holds (self, condition))
        return FALSE;
    }

  return TRUE;
}

gboolean
strata_diff_is_check_met (const StrataDiff       *self,
                          const StrataDifference *difference,
                          GHashTable             *new)
{
  Row row = { .diff = self, .check = difference->to, .table = find_table (self->to, difference->to), .new = new };
  g_autoptr(StrataCondition) condition = strata_condition_new (self->to->dialect, look_up, &row);
  g_autoptr(StrataCondition) defaults = strata_condition_new (self->to->dialect, find_no_column, NULL);

  if (difference->to->of.check == NULL || difference->to->of.check->text == NULL)
    return FALSE;

  row.defaults = defaults;

  return holds (&row, condition) || (difference->from != NULL && holds_for_members (&row, condition, difference->from));
}
