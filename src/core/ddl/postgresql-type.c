/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

void
strata_ddl_create_schema (const StrataDdlWriter *self,
                          const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "CREATE SCHEMA %s", name);
  strata_ddl_comment (self, "SCHEMA", name, object->comment);
}

/* Any version will do: which ones there are is the server's own affair. */
void
strata_ddl_create_extension (const StrataDdlWriter *self,
                             const StrataObject    *object)
{
  g_autoptr(GString) name = g_string_new (NULL);
  GString *text = g_string_new ("CREATE EXTENSION IF NOT EXISTS ");

  strata_ddl_append_name (name, object->name);
  g_string_append (text, name->str);
  if (object->schema != NULL)
    {
      g_string_append (text, " WITH SCHEMA ");
      strata_ddl_append_name (text, object->schema);
    }

  strata_ddl_add (self, text);
  strata_ddl_comment (self, "EXTENSION", name->str, object->comment);
}

void
strata_ddl_create_collation (const StrataDdlWriter *self,
                             const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "CREATE COLLATION %s %s", name, object->text);
  strata_ddl_comment (self, "COLLATION", name, object->comment);
}

void
strata_ddl_create_enum (const StrataDdlWriter *self,
                        const StrataObject    *object)
{
  const char * const *values = object->of.type->values.values;
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "CREATE TYPE %s AS ENUM (", name);
  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      g_string_append (text, i > 0 ? ",\n    " : "\n    ");
      strata_ddl_append_literal (text, values[i]);
    }
  g_string_append (text, values != NULL ? "\n)" : ")");

  strata_ddl_add (self, text);
  strata_ddl_comment (self, "TYPE", name, object->comment);
}

static void
add_late_domain_check (const StrataDdlWriter          *self,
                       const char                     *domain,
                       const StrataPictureDomainCheck *check)
{
  GString *text = g_string_new (NULL);

  g_string_printf (text, "ALTER DOMAIN %s ADD CONSTRAINT ", domain);
  strata_ddl_append_name (text, check->name);
  g_string_append_printf (text, " %s", check->text);
  strata_ddl_add (self, text);
}

/* CREATE DOMAIN has no NOT VALID. */
static void
create_domain_extras (const StrataDdlWriter                  *self,
                      const char                             *domain,
                      const StrataPictureDomainCheck * const *checks)
{
  for (guint i = 0; checks != NULL && checks[i] != NULL; i++)
    {
      if (g_str_has_suffix (checks[i]->text, " NOT VALID"))
        add_late_domain_check (self, domain, checks[i]);

      if (checks[i]->comment != NULL)
        {
          g_autoptr(GString) name = g_string_new (NULL);

          strata_ddl_append_name (name, checks[i]->name);
          g_string_append_printf (name, " ON DOMAIN %s", domain);
          strata_ddl_comment (self, "CONSTRAINT", name->str, checks[i]->comment);
        }
    }
}

void
strata_ddl_create_domain (const StrataDdlWriter *self,
                          const StrataObject    *object)
{
  const StrataPictureDomain *domain = object->of.domain;
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "CREATE DOMAIN %s AS %s", name, domain->type_text);
  if (domain->collation != NULL)
    g_string_append_printf (text, " COLLATE %s", domain->collation);
  if (domain->default_text != NULL)
    g_string_append_printf (text, " DEFAULT %s", domain->default_text);
  if (domain->is_not_null)
    g_string_append (text, " NOT NULL");

  for (guint i = 0; domain->checks != NULL && domain->checks[i] != NULL; i++)
    if (!g_str_has_suffix (domain->checks[i]->text, " NOT VALID"))
      {
        g_string_append (text, "\n    CONSTRAINT ");
        strata_ddl_append_name (text, domain->checks[i]->name);
        g_string_append_printf (text, " %s", domain->checks[i]->text);
      }

  strata_ddl_add (self, text);
  strata_ddl_comment (self, "DOMAIN", name, object->comment);
  create_domain_extras (self, name, domain->checks);
}

static void
create_attribute_comments (const StrataDdlWriter             *self,
                           const char                        *type,
                           const StrataPictureColumn * const *attributes)
{
  for (guint i = 0; attributes != NULL && attributes[i] != NULL; i++)
    if (attributes[i]->comment != NULL)
      {
        g_autoptr(GString) name = g_string_new (type);

        g_string_append_c (name, '.');
        strata_ddl_append_name (name, attributes[i]->name);
        strata_ddl_comment (self, "COLUMN", name->str, attributes[i]->comment);
      }
}

void
strata_ddl_create_composite (const StrataDdlWriter *self,
                             const StrataObject    *object)
{
  g_autoptr(GPtrArray) attributes = strata_ddl_sort_columns (self, object->of.attributes);
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "CREATE TYPE %s AS (", name);
  for (guint i = 0; i < attributes->len; i++)
    {
      const StrataPictureColumn *attribute = g_ptr_array_index (attributes, i);

      g_string_append (text, i > 0 ? ",\n    " : "\n    ");
      strata_ddl_append_name (text, attribute->name);
      g_string_append_printf (text, " %s", attribute->type_text);
      if (attribute->collation != NULL)
        g_string_append_printf (text, " COLLATE %s", attribute->collation);
    }
  g_string_append (text, attributes != NULL ? "\n)" : ")");

  strata_ddl_add (self, text);
  strata_ddl_comment (self, "TYPE", name, object->comment);
  create_attribute_comments (self, name, object->of.attributes);
}

void
strata_ddl_create_range (const StrataDdlWriter *self,
                         const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "CREATE TYPE %s %s", name, object->text);
  strata_ddl_comment (self, "TYPE", name, object->comment);
}

typedef struct
{
  const char *type;
  const char *lowest;
  const char *highest;
} Bounds;

static const Bounds *
get_bounds (const char *type)
{
  static const Bounds bounds[] = {
    { "smallint", "-32768", "32767" },
    { "integer", "-2147483648", "2147483647" },
    { "bigint", "-9223372036854775808", "9223372036854775807" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bounds); i++)
    if (g_strcmp0 (type, bounds[i].type) == 0)
      return &bounds[i];

  return &bounds[2];
}

static void
append_option (GString    *out,
               const char *words,
               const char *value,
               const char *usual)
{
  if (value != NULL && g_strcmp0 (value, usual) != 0)
    g_string_append_printf (out, "%s%s %s", out->len > 0 && !strchr ("( \n", out->str[out->len - 1]) ? " " : "", words, value);
}

void
strata_ddl_append_sequence_options (GString                     *out,
                                    const StrataPictureSequence *sequence)
{
  const Bounds *bounds = get_bounds (sequence->type_text);
  gboolean is_falling = sequence->increment != NULL && *sequence->increment == '-';
  const char *lowest = is_falling ? bounds->lowest : "1";
  const char *highest = is_falling ? "-1" : bounds->highest;

  append_option (out, "START WITH", sequence->start,
                 is_falling ? (sequence->maxvalue != NULL ? sequence->maxvalue : highest)
                            : (sequence->minvalue != NULL ? sequence->minvalue : lowest));
  append_option (out, "INCREMENT BY", sequence->increment, "1");
  append_option (out, "MINVALUE", sequence->minvalue, lowest);
  append_option (out, "MAXVALUE", sequence->maxvalue, highest);
  append_option (out, "CACHE", sequence->cache, "1");
  if (sequence->cycles)
    g_string_append (out, out->len > 0 && !strchr ("( \n", out->str[out->len - 1]) ? " CYCLE" : "CYCLE");
}

static void
finish_sequence (const StrataDdlWriter *self,
                 const StrataObject    *object,
                 const char            *name)
{
  const StrataPictureSequence *sequence = object->of.sequence;
  GString *text;

  if (sequence->owner_table == NULL)
    return;

  text = g_string_new (NULL);
  g_string_printf (text, "ALTER SEQUENCE %s OWNED BY ", name);
  strata_ddl_append_qualified (text, object->schema, sequence->owner_table);
  g_string_append_c (text, '.');
  strata_ddl_append_name (text, sequence->owner_column);
  strata_ddl_add (self, text);
}

void
strata_ddl_create_sequence (const StrataDdlWriter *self,
                            const StrataObject    *object)
{
  const StrataPictureSequence *sequence = object->of.sequence;
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text;

  if (self->part == STRATA_DDL_FINISH)
    {
      finish_sequence (self, object, name);
      return;
    }

  text = g_string_new (sequence->is_unlogged ? "CREATE UNLOGGED SEQUENCE " : "CREATE SEQUENCE ");
  g_string_append (text, name);
  if (g_strcmp0 (sequence->type_text, "bigint") != 0)
    g_string_append_printf (text, " AS %s", sequence->type_text);
  strata_ddl_append_sequence_options (text, sequence);

  strata_ddl_add (self, text);
  strata_ddl_comment (self, "SEQUENCE", name, object->comment);
}
