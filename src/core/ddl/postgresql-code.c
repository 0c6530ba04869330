/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What has the server's own text, and what hangs on a table. */

#include "config.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

void
strata_ddl_create_routine (const StrataDdlWriter *self,
                           const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "%s", object->text);
  strata_ddl_comment (self, object->of.routine->is_procedure ? "PROCEDURE" : "FUNCTION", name, object->comment);
}

void
strata_ddl_create_aggregate (const StrataDdlWriter *self,
                             const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new ("CREATE AGGREGATE ");

  strata_ddl_append_qualified (text, object->schema, object->name);
  g_string_append_printf (text, " %s", object->text);
  strata_ddl_add (self, text);
  strata_ddl_comment (self, "AGGREGATE", name, object->comment);
}

/* A NULL of each column's type, until what the query needs is there. */
static void
create_view_stub (const StrataDdlWriter *self,
                  const StrataObject    *object,
                  const char            *name)
{
  const StrataPictureColumn * const *columns = object->of.table->columns;
  GString *text = g_string_new (NULL);

  g_string_printf (text, "CREATE VIEW %s AS\n SELECT", name);
  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      g_string_append_printf (text, "%s\n    NULL::%s", i > 0 ? "," : "", columns[i]->type_text);
      if (columns[i]->collation != NULL)
        g_string_append_printf (text, " COLLATE %s", columns[i]->collation);
      g_string_append (text, " AS ");
      strata_ddl_append_name (text, columns[i]->name);
    }

  strata_ddl_add (self, text);
}

static void
create_view_defaults (const StrataDdlWriter *self,
                      const StrataObject    *object,
                      const char            *name)
{
  const StrataPictureColumn * const *columns = object->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (columns[i]->default_text != NULL)
      {
        GString *text = g_string_new (NULL);

        g_string_printf (text, "ALTER VIEW %s ALTER COLUMN ", name);
        strata_ddl_append_name (text, columns[i]->name);
        g_string_append_printf (text, " SET DEFAULT %s", columns[i]->default_text);
        strata_ddl_add (self, text);
      }
}

static void
append_query (GString               *out,
              const StrataObject    *object)
{
  const StrataPictureStorage *storage = object->of.table->storage;
  gboolean is_materialized = object->kind == STRATA_OBJECT_MATERIALIZED_VIEW;

  if (storage != NULL && is_materialized && storage->access_method != NULL)
    g_string_append_printf (out, " USING %s", storage->access_method);
  if (storage != NULL)
    strata_ddl_append_with (out, storage->with);
  if (storage != NULL && is_materialized && storage->tablespace != NULL)
    {
      g_string_append (out, " TABLESPACE ");
      strata_ddl_append_name (out, storage->tablespace);
    }

  g_string_append_printf (out, " AS\n %s", object->text);
  if (storage != NULL && is_materialized && !storage->is_populated)
    g_string_append (out, "\nWITH NO DATA");
}

void
strata_ddl_create_view (const StrataDdlWriter *self,
                        const StrataObject    *object)
{
  gboolean is_materialized = object->kind == STRATA_OBJECT_MATERIALIZED_VIEW;
  const char *words = is_materialized ? "MATERIALIZED VIEW" : "VIEW";
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text;

  if (self->part == STRATA_DDL_STUB)
    {
      create_view_stub (self, object, name);
      return;
    }
  if (self->part == STRATA_DDL_FINISH)
    {
      strata_ddl_finish_relation (self, object);
      return;
    }

  text = g_string_new (NULL);
  g_string_printf (text, "CREATE %s%s %s", self->part == STRATA_DDL_REST ? "OR REPLACE " : "", words, name);
  append_query (text, object);

  strata_ddl_add (self, text);
  create_view_defaults (self, object, name);
  strata_ddl_comment (self, words, name, object->comment);
  strata_ddl_create_column_extras (self, object);
}

void
strata_ddl_create_statistics (const StrataDdlWriter *self,
                              const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "%s", object->text);
  strata_ddl_comment (self, "STATISTICS", name, object->comment);
}

static char
get_enabled (const StrataObject *object)
{
  return object->of.trigger != NULL && object->of.trigger->enabled != '\0' ? object->of.trigger->enabled : 'O';
}

static void
enable (const StrataDdlWriter *self,
        const StrataObject    *object,
        const char            *kind)
{
  const StrataObject *relation = strata_ddl_find_relation (self->picture, object->schema, object->table);
  char enabled = get_enabled (object);
  g_autoptr(GString) name = g_string_new (NULL);
  g_autofree char *table = strata_ddl_dup_table_name (object);

  strata_ddl_append_name (name, object->name);
  strata_ddl_add_printf (self, "ALTER TABLE %s%s %s %s %s",
                         relation != NULL && relation->kind == STRATA_OBJECT_TABLE ? "ONLY " : "", table,
                         enabled == 'D' ? "DISABLE" : enabled == 'R' ? "ENABLE REPLICA"
                         : enabled == 'A' ? "ENABLE ALWAYS" : "ENABLE",
                         kind, name->str);
}

/* Disabled, or for replicas too. */
static void
create_enabled (const StrataDdlWriter *self,
                const StrataObject    *object,
                const char            *kind)
{
  if (get_enabled (object) != 'O')
    enable (self, object, kind);
}

void
strata_ddl_enable_inherited (const StrataDdlWriter *self,
                             const StrataObject    *object)
{
  const char * const *parents = object->of.table->storage->parents;
  const StrataObject *parent = parents != NULL ? strata_ddl_find_parent (self->picture, parents[0]) : NULL;
  guint i = strata_ddl_find_of_table (self->picture, STRATA_OBJECT_TRIGGER, object->schema, object->name);

  for (; parent != NULL && strata_ddl_hangs_on (self->picture, i, STRATA_OBJECT_TRIGGER, object->schema, object->name); i++)
    {
      const StrataObject *trigger = self->picture->objects[i];
      const StrataObject like = { .kind = STRATA_OBJECT_TRIGGER, .schema = parent->schema, .table = parent->name,
                                  .name = trigger->name };
      const StrataObject *other = trigger->is_inherited ? strata_picture_find_object (self->picture, &like) : NULL;

      if (other != NULL && get_enabled (other) != get_enabled (trigger))
        enable (self, trigger, "TRIGGER");
    }
}

void
strata_ddl_create_rule (const StrataDdlWriter *self,
                        const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "%s", object->text);
  create_enabled (self, object, "RULE");
  strata_ddl_comment (self, "RULE", name, object->comment);
}

void
strata_ddl_create_trigger (const StrataDdlWriter *self,
                           const StrataObject    *object)
{
  g_autofree char *name = strata_ddl_dup_name (object);

  strata_ddl_add_printf (self, "%s", object->text);
  create_enabled (self, object, "TRIGGER");
  strata_ddl_comment (self, "TRIGGER", name, object->comment);
}

static void
append_roles (GString            *out,
              const char * const *roles)
{
  if (roles == NULL || (strcmp (roles[0], "PUBLIC") == 0 && roles[1] == NULL))
    return;

  g_string_append (out, " TO ");
  for (guint i = 0; roles[i] != NULL; i++)
    {
      g_string_append (out, i > 0 ? ", " : "");
      if (strcmp (roles[i], "PUBLIC") == 0)
        g_string_append (out, roles[i]);
      else
        strata_ddl_append_name (out, roles[i]);
    }
}

void
strata_ddl_create_policy (const StrataDdlWriter *self,
                          const StrataObject    *object)
{
  const StrataPicturePolicy *policy = object->of.policy;
  g_autofree char *name = strata_ddl_dup_name (object);
  GString *text = g_string_new (NULL);

  g_string_printf (text, "CREATE POLICY %s%s", name, policy->is_restrictive ? " AS RESTRICTIVE" : "");
  if (policy->command != NULL && strcmp (policy->command, "ALL") != 0)
    g_string_append_printf (text, " FOR %s", policy->command);
  append_roles (text, policy->roles);
  if (policy->using != NULL)
    g_string_append_printf (text, " USING (%s)", policy->using);
  if (policy->check != NULL)
    g_string_append_printf (text, " WITH CHECK (%s)", policy->check);

  strata_ddl_add (self, text);
  strata_ddl_comment (self, "POLICY", name, object->comment);
}
