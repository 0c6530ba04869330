/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

void
strata_ddl_add_constraint (const StrataDdlWriter *self,
                           const StrataObject    *object)
{
  g_autofree char *table = strata_ddl_dup_table_name (object);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "ALTER TABLE %s ADD CONSTRAINT ", table);
  strata_ddl_append_name (text, object->name);
  g_string_append_printf (text, " %s", object->text);
  strata_ddl_add (self, text);
}

void
strata_ddl_create_constraint (const StrataDdlWriter *self,
                              const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_constraint (self, object);
  strata_ddl_comment (self, "CONSTRAINT", name, object->comment);
}

/* The server says ONLY of an index of a partitioned table, which would leave out the partitions that are there. */
static char *
dup_index_text (const StrataObject *object)
{
  g_autoptr(GString) name = g_string_new (NULL);
  g_autofree char *table = strata_ddl_dup_table_name (object);
  g_autofree char *head = NULL;
  const char *rest;

  strata_ddl_append_name (name, object->name);
  head = g_strdup_printf (" INDEX %s ON ONLY ", name->str);
  rest = strstr (object->text, head);
  if (rest == NULL || object->of.index->is_invalid)
    return g_strdup (object->text);

  return g_strdup_printf ("%.*s INDEX %s ON %s", (int) (rest - object->text), object->text, name->str, rest + strlen (head));
}

static void
create_statistics (const StrataDdlWriter *self,
                   const StrataObject    *object,
                   const char            *name)
{
  const char * const *statistics = object->of.index->statistics;

  for (guint i = 0; statistics != NULL && statistics[i] != NULL; i += 2)
    strata_ddl_add_printf (self, "ALTER INDEX %s ALTER COLUMN %s SET STATISTICS %s", name, statistics[i],
                           statistics[i + 1]);
}

void
strata_ddl_create_index (const StrataDdlWriter *self,
                         const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  g_ptr_array_add (self->statements, dup_index_text (object));
  create_statistics (self, object, name);
  strata_ddl_comment (self, "INDEX", name, object->comment);
}
