/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/operation/naming.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  const char             *schema;
  const char             *table;
  const char             *name;
  const char * const     *columns;
  const StrataReference  *reference;
  char                   *problem;      /* the first one */
} Thing;

static void
append_column (GString    *out,
               Thing      *thing,
               guint       i,
               const char *attribute)
{
  const char * const *columns = thing->columns;

  if (columns == NULL || i >= g_strv_length ((GStrv) columns))
    return;

  if (strcmp (attribute, "label") == 0)
    {
      if (thing->schema != NULL)
        {
          g_autofree char *schema = g_strdelimit (g_strdup (thing->schema), ".", '_');

          g_string_append_printf (out, "%s_", schema);
        }
      g_string_append_printf (out, "%s_", thing->table);
    }

  g_string_append (out, columns[i]);
}

/* "column_0_name", "column_0N_name" (all columns, joined), "column_0_N_name" (joined by "_"), and so for "label" and
 * "key". */
static gboolean
append_column_token (GString    *out,
                     Thing      *thing,
                     const char *token)
{
  const char *number = token + strlen ("column_");
  char *end;
  guint64 first;

  if (!g_str_has_prefix (token, "column_") || !g_ascii_isdigit (*number))
    return FALSE;

  first = g_ascii_strtoull (number, &end, 10);
  if (g_str_has_prefix (end, "N_") || g_str_has_prefix (end, "_N_"))
    {
      const char *separator = *end == '_' ? "_" : "";
      const char *attribute = strchr (end + 1, '_') + 1;

      for (guint i = 0; thing->columns != NULL && thing->columns[i] != NULL; i++)
        {
          if (i > 0)
            g_string_append (out, separator);
          append_column (out, thing, i, attribute);
        }
    }
  else if (*end == '_')
    {
      append_column (out, thing, first, end + 1);
    }

  return TRUE;
}

static gboolean
append_referred_token (GString    *out,
                       Thing      *thing,
                       const char *token)
{
  if (thing->reference == NULL || !g_str_has_prefix (token, "referred_"))
    return FALSE;

  if (strcmp (token, "referred_table_name") == 0)
    {
      g_string_append (out, thing->reference->table);
    }
  else
    {
      Thing referred = { .columns = thing->reference->columns, .table = thing->reference->table };

      return append_column_token (out, &referred, token + strlen ("referred_"));
    }

  return TRUE;
}

static gboolean
append_token (GString    *out,
              Thing      *thing,
              const char *token)
{
  if (strcmp (token, "table_name") == 0)
    {
      g_string_append (out, thing->table);
      return TRUE;
    }

  if (strcmp (token, "constraint_name") == 0)
    {
      if (thing->name == NULL && thing->problem == NULL)
        thing->problem = g_strdup ("Naming convention including %(constraint_name)s token requires that constraint is "
                                   "explicitly named.");
      g_string_append (out, thing->name != NULL ? thing->name : "");
      return TRUE;
    }

  return append_referred_token (out, thing, token) || append_column_token (out, thing, token);
}

static char *
expand (const char *convention,
        Thing      *thing)
{
  GString *out = g_string_new (NULL);
  const char *at = convention;

  for (const char *next; (next = strstr (at, "%(")) != NULL;)
    {
      const char *end = strstr (next, ")s");
      g_autofree char *token = NULL;

      if (end == NULL)
        break;

      g_string_append_len (out, at, next - at);
      token = g_strndup (next + 2, end - next - 2);
      if (!append_token (out, thing, token) && thing->problem == NULL)
        thing->problem = g_strdup_printf ("Naming convention has no token '%s'", token);
      at = end + 2;
    }

  g_string_append (out, at);

  return g_string_free (out, FALSE);
}

static gboolean
apply (const char  *convention,
       StrataName   given,
       Thing       *thing,
       GPtrArray   *memory,
       StrataName  *name,
       char       **problem)
{
  *name = given;
  if (given.is_final || convention == NULL || (given.text != NULL && strstr (convention, "constraint_name") == NULL))
    return TRUE;

  *name = (StrataName) { .text = expand (convention, thing), .is_final = TRUE };
  g_ptr_array_add (memory, (char *) name->text);
  *problem = thing->problem;

  return thing->problem == NULL;
}

/* What has no name may get one, and the name of a CHECK may be changed. */
static gboolean
is_in_doubt (const StrataNaming *self,
             StrataName          given,
             gboolean            is_check,
             char              **problem)
{
  if (self->doubt == NULL || given.is_final || (given.text != NULL && !is_check))
    return FALSE;

  *problem = g_strdup_printf (_("whether the project has a naming convention for this is not known: %s"), self->doubt);

  return TRUE;
}

gboolean
strata_naming_name_constraint (const StrataNaming     *self,
                               const char             *schema,
                               const char             *table,
                               const StrataConstraint *constraint,
                               GPtrArray              *memory,
                               StrataName             *name,
                               char                  **problem)
{
  const char *conventions[] = {
    [STRATA_CONSTRAINT_ANY] = NULL,
    [STRATA_CONSTRAINT_PRIMARY_KEY] = self->primary_key,
    [STRATA_CONSTRAINT_UNIQUE] = self->unique,
    [STRATA_CONSTRAINT_CHECK] = self->check,
    [STRATA_CONSTRAINT_FOREIGN_KEY] = self->foreign_key,
    [STRATA_CONSTRAINT_EXCLUDE] = NULL,
  };
  Thing thing = {
    .schema = schema,
    .table = table,
    .name = constraint->name.text,
    .columns = constraint->columns,
    .reference = constraint->reference,
  };

  *name = constraint->name;
  if (constraint->kind != STRATA_CONSTRAINT_ANY && constraint->kind != STRATA_CONSTRAINT_EXCLUDE
      && is_in_doubt (self, constraint->name, constraint->kind == STRATA_CONSTRAINT_CHECK, problem))
    return FALSE;

  return apply (conventions[constraint->kind], constraint->name, &thing, memory, name, problem);
}

gboolean
strata_naming_name_index (const StrataNaming  *self,
                          const char          *schema,
                          const char          *table,
                          StrataName           given,
                          const char * const  *columns,
                          GPtrArray           *memory,
                          StrataName          *name,
                          char               **problem)
{
  Thing thing = { .schema = schema, .table = table, .name = given.text, .columns = columns };

  *name = given;
  if (is_in_doubt (self, given, FALSE, problem))
    return FALSE;

  return apply (self->index != NULL ? self->index : "ix_%(column_0_label)s", given, &thing, memory, name, problem);
}
