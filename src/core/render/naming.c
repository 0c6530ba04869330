/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/render/naming.h"

#include <string.h>

typedef struct
{
  StrataWriter           *writer;
  const char             *schema;
  const char             *table;
  const char             *name;
  const char * const     *columns;
  const StrataReference  *reference;
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
      if (thing->name == NULL)
        strata_writer_fail (thing->writer, STRATA_RENDER_ERROR_RAISES,
                            "Naming convention including %%(constraint_name)s token requires that constraint is "
                            "explicitly named.");
      else
        g_string_append (out, thing->name);
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
      if (!append_token (out, thing, token))
        strata_writer_fail (thing->writer, STRATA_RENDER_ERROR_RAISES, "Naming convention has no token '%s'", token);
      at = end + 2;
    }

  g_string_append (out, at);

  return g_string_free (out, FALSE);
}

static StrataName
apply (const char *convention,
       StrataName  name,
       Thing      *thing,
       GPtrArray  *memory)
{
  StrataName result = { .is_final = TRUE };

  if (name.is_final || convention == NULL || (name.text != NULL && strstr (convention, "constraint_name") == NULL))
    return name;

  result.text = expand (convention, thing);
  g_ptr_array_add (memory, (char *) result.text);

  return result;
}

StrataName
strata_naming_apply (StrataWriter           *writer,
                     const char             *schema,
                     const char             *table,
                     const StrataConstraint *constraint,
                     GPtrArray              *memory)
{
  const StrataNaming *naming = &writer->options->naming;
  const char *conventions[] = {
    [STRATA_CONSTRAINT_ANY] = NULL,
    [STRATA_CONSTRAINT_PRIMARY_KEY] = naming->primary_key,
    [STRATA_CONSTRAINT_UNIQUE] = naming->unique,
    [STRATA_CONSTRAINT_CHECK] = naming->check,
    [STRATA_CONSTRAINT_FOREIGN_KEY] = naming->foreign_key,
    [STRATA_CONSTRAINT_EXCLUDE] = NULL,
  };
  Thing thing = {
    .writer = writer,
    .schema = schema,
    .table = table,
    .name = constraint->name.text,
    .columns = constraint->columns,
    .reference = constraint->reference,
  };

  return apply (conventions[constraint->kind], constraint->name, &thing, memory);
}

StrataName
strata_naming_index (StrataWriter       *writer,
                     const char         *schema,
                     const char         *table,
                     StrataName          name,
                     const char * const *columns,
                     GPtrArray          *memory)
{
  const char *convention = writer->options->naming.index;
  Thing thing = { .writer = writer, .schema = schema, .table = table, .name = name.text, .columns = columns };

  return apply (convention != NULL ? convention : "ix_%(column_0_label)s", name, &thing, memory);
}
