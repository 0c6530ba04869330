/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include "core/sql/statement.h"

#include <string.h>

void
strata_ddl_append_name (GString    *out,
                        const char *name)
{
  strata_sql_append_identifier (out, STRATA_DIALECT_POSTGRESQL, name);
}

void
strata_ddl_append_names (GString            *out,
                         const char * const *names)
{
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append (out, ", ");
      strata_ddl_append_name (out, names[i]);
    }
}

void
strata_ddl_append_qualified (GString    *out,
                             const char *schema,
                             const char *name)
{
  if (schema != NULL)
    {
      strata_ddl_append_name (out, schema);
      g_string_append_c (out, '.');
    }

  strata_ddl_append_name (out, name);
}

void
strata_ddl_append_literal (GString    *out,
                           const char *value)
{
  g_autofree char *quoted = strata_sql_quote_literal (STRATA_DIALECT_POSTGRESQL, value);

  g_string_append (out, quoted);
}

/* "toast.autovacuum_enabled" is two names. */
static void
append_parameter (GString    *out,
                  const char *name)
{
  const char *dot = strchr (name, '.');

  if (dot != NULL)
    {
      g_autofree char *first = g_strndup (name, dot - name);

      strata_ddl_append_qualified (out, first, dot + 1);
      return;
    }

  strata_ddl_append_name (out, name);
}

void
strata_ddl_append_with (GString            *out,
                        const char * const *with)
{
  if (with == NULL || with[0] == NULL)
    return;

  g_string_append (out, " WITH (");
  for (guint i = 0; with[i] != NULL; i += 2)
    {
      if (i > 0)
        g_string_append (out, ", ");
      append_parameter (out, with[i]);
      g_string_append_c (out, '=');
      strata_ddl_append_literal (out, with[i + 1]);
    }
  g_string_append_c (out, ')');
}

char *
strata_ddl_dup_table_name (const StrataObject *object)
{
  g_autoptr(GString) out = g_string_new (NULL);

  strata_ddl_append_qualified (out, object->schema, object->table);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
strata_ddl_dup_name (const StrataObject *object)
{
  g_autoptr(GString) out = g_string_new (NULL);

  if (object->kind == STRATA_OBJECT_SCHEMA || object->kind == STRATA_OBJECT_EXTENSION)
    {
      strata_ddl_append_name (out, object->name);
    }
  else if (strata_object_kind_is_of_table (object->kind) && object->kind != STRATA_OBJECT_INDEX)
    {
      strata_ddl_append_name (out, object->name);
      g_string_append (out, " ON ");
      strata_ddl_append_qualified (out, object->schema, object->table);
    }
  else
    {
      strata_ddl_append_qualified (out, object->schema, object->name);
      if (object->arguments != NULL)
        g_string_append_printf (out, "(%s)", object->arguments);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
