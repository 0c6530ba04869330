/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/schema/object.h"

static const char * const kind_names[STRATA_N_OBJECT_KINDS] = {
  [STRATA_OBJECT_SCHEMA] = "schema",
  [STRATA_OBJECT_EXTENSION] = "extension",
  [STRATA_OBJECT_COLLATION] = "collation",
  [STRATA_OBJECT_ENUM] = "enum",
  [STRATA_OBJECT_DOMAIN] = "domain",
  [STRATA_OBJECT_COMPOSITE] = "composite type",
  [STRATA_OBJECT_RANGE] = "range type",
  [STRATA_OBJECT_SEQUENCE] = "sequence",
  [STRATA_OBJECT_ROUTINE] = "routine",
  [STRATA_OBJECT_AGGREGATE] = "aggregate",
  [STRATA_OBJECT_TABLE] = "table",
  [STRATA_OBJECT_PRIMARY_KEY] = "primary key",
  [STRATA_OBJECT_UNIQUE] = "unique constraint",
  [STRATA_OBJECT_CHECK] = "check constraint",
  [STRATA_OBJECT_EXCLUSION] = "exclusion constraint",
  [STRATA_OBJECT_INDEX] = "index",
  [STRATA_OBJECT_VIEW] = "view",
  [STRATA_OBJECT_MATERIALIZED_VIEW] = "materialized view",
  [STRATA_OBJECT_FOREIGN_KEY] = "foreign key",
  [STRATA_OBJECT_STATISTICS] = "statistics",
  [STRATA_OBJECT_RULE] = "rule",
  [STRATA_OBJECT_TRIGGER] = "trigger",
  [STRATA_OBJECT_POLICY] = "policy",
  [STRATA_OBJECT_DEFAULT_PRIVILEGES] = "default privileges",
};

const char *
strata_object_kind_get_name (StrataObjectKind kind)
{
  return kind_names[kind];
}

gboolean
strata_object_kind_is_constraint (StrataObjectKind kind)
{
  return (kind >= STRATA_OBJECT_PRIMARY_KEY && kind <= STRATA_OBJECT_EXCLUSION) || kind == STRATA_OBJECT_FOREIGN_KEY;
}

gboolean
strata_object_kind_is_of_table (StrataObjectKind kind)
{
  return strata_object_kind_is_constraint (kind) || kind == STRATA_OBJECT_INDEX || kind == STRATA_OBJECT_RULE
         || kind == STRATA_OBJECT_TRIGGER || kind == STRATA_OBJECT_POLICY;
}

int
strata_object_compare (const StrataObject *a,
                       const StrataObject *b)
{
  int order = (int) a->kind - (int) b->kind;

  /* An extension may move: there is one of that name in a database. */
  if (order == 0 && a->kind != STRATA_OBJECT_EXTENSION)
    order = g_strcmp0 (a->schema, b->schema);
  if (order == 0)
    order = g_strcmp0 (a->table, b->table);
  if (order == 0)
    order = g_strcmp0 (a->name, b->name);

  return order != 0 ? order : g_strcmp0 (a->arguments, b->arguments);
}

static void
append_name (GString    *out,
             const char *schema,
             const char *name,
             const char *default_schema)
{
  if (schema != NULL && g_strcmp0 (schema, default_schema) != 0)
    g_string_append_printf (out, "%s.", schema);
  g_string_append (out, name);
}

/* "default privileges of tables in app for ana". */
static char *
dup_default_title (const StrataObject *self)
{
  g_autofree char *class = g_ascii_strdown (self->name, -1);

  return g_strconcat (kind_names[self->kind], " of ", class, self->schema != NULL ? " in " : "",
                      self->schema != NULL ? self->schema : "", self->arguments != NULL ? " for " : "",
                      self->arguments, NULL);
}

char *
strata_object_dup_title (const StrataObject *self,
                         const char         *default_schema)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean is_procedure = self->kind == STRATA_OBJECT_ROUTINE && self->of.routine != NULL && self->of.routine->is_procedure;

  if (self->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    return dup_default_title (self);

  g_string_append (out, self->kind != STRATA_OBJECT_ROUTINE ? kind_names[self->kind] : is_procedure ? "procedure" : "function");
  g_string_append_c (out, ' ');
  append_name (out, self->table == NULL ? self->schema : NULL, self->name, default_schema);
  if (self->arguments != NULL)
    g_string_append_printf (out, "(%s)", self->arguments);
  if (self->table != NULL)
    {
      g_string_append (out, " of ");
      append_name (out, self->schema, self->table, default_schema);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}
