/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/schema/object.h"

#include <glib/gi18n-lib.h>

static const char * const kind_names[STRATA_N_OBJECT_KINDS] = {
  [STRATA_OBJECT_SCHEMA] = N_("schema"),
  [STRATA_OBJECT_EXTENSION] = N_("extension"),
  [STRATA_OBJECT_COLLATION] = N_("collation"),
  [STRATA_OBJECT_ENUM] = N_("enum"),
  [STRATA_OBJECT_DOMAIN] = N_("domain"),
  [STRATA_OBJECT_COMPOSITE] = N_("composite type"),
  [STRATA_OBJECT_RANGE] = N_("range type"),
  [STRATA_OBJECT_SEQUENCE] = N_("sequence"),
  [STRATA_OBJECT_ROUTINE] = N_("routine"),
  [STRATA_OBJECT_AGGREGATE] = N_("aggregate"),
  [STRATA_OBJECT_TABLE] = N_("table"),
  [STRATA_OBJECT_PRIMARY_KEY] = N_("primary key"),
  [STRATA_OBJECT_UNIQUE] = N_("unique constraint"),
  [STRATA_OBJECT_CHECK] = N_("check constraint"),
  [STRATA_OBJECT_EXCLUSION] = N_("exclusion constraint"),
  [STRATA_OBJECT_INDEX] = N_("index"),
  [STRATA_OBJECT_VIEW] = N_("view"),
  [STRATA_OBJECT_MATERIALIZED_VIEW] = N_("materialized view"),
  [STRATA_OBJECT_FOREIGN_KEY] = N_("foreign key"),
  [STRATA_OBJECT_STATISTICS] = N_("statistics"),
  [STRATA_OBJECT_RULE] = N_("rule"),
  [STRATA_OBJECT_TRIGGER] = N_("trigger"),
  [STRATA_OBJECT_POLICY] = N_("policy"),
  [STRATA_OBJECT_DEFAULT_PRIVILEGES] = N_("default privileges"),
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

/* What people are told is in their language; what goes into a file is not. */
static const char *
get_word (const char *word,
          gboolean    is_translated)
{
  return is_translated ? _(word) : word;
}

/* "default privileges of tables in app for ana". */
static char *
dup_default_title (const StrataObject *self,
                   gboolean            is_translated)
{
  g_autofree char *class = g_ascii_strdown (self->name, -1);

  return g_strconcat (get_word (kind_names[self->kind], is_translated), get_word (N_(" of "), is_translated), class,
                      self->schema != NULL ? get_word (N_(" in "), is_translated) : "", self->schema != NULL ? self->schema : "",
                      self->arguments != NULL ? get_word (N_(" for "), is_translated) : "", self->arguments, NULL);
}

static char *
dup_title (const StrataObject *self,
           const char         *default_schema,
           gboolean            is_translated)
{
  g_autoptr(GString) out = g_string_new (NULL);
  gboolean is_procedure = self->kind == STRATA_OBJECT_ROUTINE && self->of.routine != NULL && self->of.routine->is_procedure;
  const char *kind = self->kind != STRATA_OBJECT_ROUTINE ? kind_names[self->kind] : is_procedure ? N_("procedure") : N_("function");

  if (self->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    return dup_default_title (self, is_translated);

  g_string_append_printf (out, "%s ", get_word (kind, is_translated));
  append_name (out, self->table == NULL ? self->schema : NULL, self->name, default_schema);
  if (self->arguments != NULL)
    g_string_append_printf (out, "(%s)", self->arguments);
  if (self->table != NULL)
    {
      g_string_append (out, get_word (N_(" of "), is_translated));
      append_name (out, self->schema, self->table, default_schema);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

char *
strata_object_dup_title (const StrataObject *self,
                         const char         *default_schema)
{
  return dup_title (self, default_schema, TRUE);
}

char *
strata_object_dup_file_title (const StrataObject *self)
{
  return dup_title (self, NULL, FALSE);
}
