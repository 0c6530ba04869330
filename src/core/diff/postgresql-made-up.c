/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Names that the server made up, of what belongs to a column: where names change hands, these do too. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include <string.h>

gboolean
strata_route_is_sequence (const StrataRoute *self,
                          const char        *name)
{
  for (guint i = 0; i < self->old->n_objects; i++)
    {
      const StrataObject *object = self->old->objects[i];
      const StrataPictureColumn * const *columns = object->kind == STRATA_OBJECT_TABLE ? object->of.table->columns : NULL;

      for (guint c = 0; columns != NULL && columns[c] != NULL; c++)
        {
          g_autofree char *usual = NULL;

          if (columns[c]->identity == NULL)
            continue;
          usual = strata_diff_dup_usual_sequence (object, columns[c]->name);
          if (strcmp (columns[c]->identity->sequence != NULL ? columns[c]->identity->sequence : usual, name) == 0)
            return TRUE;
        }
    }

  return FALSE;
}

char *
strata_route_dup_not_null (const StrataObject        *table,
                           const StrataPictureColumn *column,
                           const char                *usual)
{
  return column->not_null_name != NULL ? g_strdup (column->not_null_name) : g_strdup_printf ("%s_%s_not_null", table->name, usual);
}

gboolean
strata_route_is_not_null (const StrataObject        *table,
                          const StrataPictureColumn *except,
                          const char                *name)
{
  for (guint i = 0; table->of.table->columns[i] != NULL; i++)
    {
      const StrataPictureColumn *column = table->of.table->columns[i];
      g_autofree char *called = strata_route_dup_not_null (table, column, column->name);

      if (column != except && !column->is_nullable && strcmp (called, name) == 0)
        return TRUE;
    }

  return FALSE;
}
