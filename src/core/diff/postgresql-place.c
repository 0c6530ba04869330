/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the server changes in place, and what it only makes anew. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include <string.h>

/* CREATE OR REPLACE VIEW keeps the columns that are there, as they are; more may follow. */
static gboolean
is_view_replaceable (const StrataObject *from,
                     const StrataObject *to)
{
  const StrataPictureColumn * const *old = from->of.table != NULL ? from->of.table->columns : NULL;
  const StrataPictureColumn * const *new = to->of.table != NULL ? to->of.table->columns : NULL;

  for (guint i = 0; old != NULL && old[i] != NULL; i++)
    if (new == NULL || new[i] == NULL || strcmp (old[i]->name, new[i]->name) != 0
        || g_strcmp0 (old[i]->type_text, new[i]->type_text) != 0 || g_strcmp0 (old[i]->collation, new[i]->collation) != 0)
      return FALSE;

  return TRUE;
}

static gboolean
is_routine_replaceable (const StrataObject *from,
                        const StrataObject *to)
{
  const StrataPictureRoutine *old = from->of.routine, *new = to->of.routine;

  return old != NULL && new != NULL && old->is_procedure == new->is_procedure && g_strcmp0 (old->result, new->result) == 0
         && g_strcmp0 (old->arguments, new->arguments) == 0;
}

static gboolean
is_enum_in_place (const StrataObject *from,
                  const StrataObject *to)
{
  const char * const *new = to->of.type->values.values;
  const char * const *old = from->of.type->values.values;

  for (; old != NULL && *old != NULL; old++)
    {
      while (new != NULL && *new != NULL && strcmp (*new, *old) != 0)
        new++;
      if (new == NULL || *new == NULL)
        return FALSE;
    }

  return TRUE;
}

static gboolean
is_policy_in_place (const StrataDifference *difference)
{
  if (strcmp (difference->property, "roles") == 0)
    return TRUE;

  return (strcmp (difference->property, "using") == 0 || strcmp (difference->property, "check") == 0) && difference->is != NULL;
}

/* With this behind the definition it would be the other one. */
static gboolean
is_with (const char *text,
         const char *suffix,
         const char *whole)
{
  gsize length = strlen (text);

  return strlen (whole) == length + strlen (suffix) && strncmp (text, whole, length) == 0
         && strcmp (whole + length, suffix) == 0;
}

/* Without what ALTER CONSTRAINT changes. */
static char *
dup_rigid (const char *text)
{
  static const char * const words[] = { " INITIALLY DEFERRED", " DEFERRABLE" };
  char *rigid = g_strdup (text);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_suffix (rigid, words[i]))
      rigid[strlen (rigid) - strlen (words[i])] = '\0';

  return rigid;
}

static gboolean
is_constraint_in_place (const StrataObject     *from,
                        const StrataDifference *difference)
{
  g_autofree char *was = NULL;
  g_autofree char *is = NULL;

  if (difference->was == NULL || difference->is == NULL)
    return FALSE;
  if ((from->kind == STRATA_OBJECT_FOREIGN_KEY || from->kind == STRATA_OBJECT_CHECK)
      && is_with (difference->is, " NOT VALID", difference->was))
    return TRUE;
  if (from->kind != STRATA_OBJECT_FOREIGN_KEY)
    return FALSE;

  was = dup_rigid (difference->was);
  is = dup_rigid (difference->is);

  return strcmp (was, is) == 0;
}

/* A column of that type, or of an array of it, in any table or other type. */
static gboolean
is_used_by_columns (const StrataRoute *self,
                    guint             old)
{
  for (guint u = self->first_user[old]; u < self->first_user[old + 1]; u++)
    {
      StrataObjectKind kind = self->old->objects[self->users[u]]->kind;

      if (kind == STRATA_OBJECT_TABLE || kind == STRATA_OBJECT_COMPOSITE || kind == STRATA_OBJECT_DOMAIN)
        return TRUE;
    }

  return FALSE;
}

/* INHERIT leaves a column the table's own; ATTACH PARTITION does not. */
static gboolean
can_change_parents (const StrataObject *to)
{
  const StrataPictureColumn * const *columns = to->of.table->columns;

  if (to->of.table->storage->bound != NULL)
    return TRUE;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (columns[i]->is_inherited)
      return FALSE;

  return TRUE;
}

static gboolean
is_one_of (const char         *property,
           const char * const *list)
{
  return property != NULL && g_strv_contains (list, property);
}

gboolean
strata_route_is_in_place (const StrataRoute       *self,
                         guint                   old,
                         const StrataDifference *difference)
{
  const StrataObject *from = difference->from, *to = difference->to;
  const char *property = difference->property;

  if (g_strcmp0 (property, "comment") == 0)
    return TRUE;

  switch (from->kind)
    {
    case STRATA_OBJECT_TABLE:
      return g_strcmp0 (property, "partitioning") != 0 && (g_strcmp0 (property, "parents") != 0 || can_change_parents (to));
    case STRATA_OBJECT_VIEW:
      return g_strcmp0 (property, "definition") != 0 || is_view_replaceable (from, to);
    case STRATA_OBJECT_MATERIALIZED_VIEW:
      return !is_one_of (property, (const char * const []) { "definition", "access method", NULL });
    case STRATA_OBJECT_SEQUENCE:
    case STRATA_OBJECT_EXTENSION:
      return TRUE;
    case STRATA_OBJECT_ENUM:
      return is_enum_in_place (from, to);
    case STRATA_OBJECT_DOMAIN:
      return difference->part != NULL || !is_one_of (property, (const char * const []) { "type", "collation", NULL });
    case STRATA_OBJECT_COMPOSITE:
      return difference->kind != STRATA_DIFFERENCE_CHANGED || !is_used_by_columns (self, old);
    case STRATA_OBJECT_POLICY:
      return is_policy_in_place (difference);
    case STRATA_OBJECT_TRIGGER:
      return g_strcmp0 (property, "enabled") == 0;
    case STRATA_OBJECT_ROUTINE:
      return is_routine_replaceable (from, to);
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE:
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_EXCLUSION:
    case STRATA_OBJECT_FOREIGN_KEY:
      return is_constraint_in_place (from, difference);
    case STRATA_OBJECT_SCHEMA:
    case STRATA_OBJECT_COLLATION:
    case STRATA_OBJECT_RANGE:
    case STRATA_OBJECT_AGGREGATE:
    case STRATA_OBJECT_INDEX:
    case STRATA_OBJECT_STATISTICS:
    case STRATA_OBJECT_RULE:
    case STRATA_OBJECT_DEFAULT_PRIVILEGES:
    case STRATA_N_OBJECT_KINDS:
    default:
      return FALSE;
    }
}
