/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Types and sequences that are altered in place. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

static gboolean
is_added (const StrataRoute *self,
          guint             old,
          const char       *value)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (difference->kind == STRATA_DIFFERENCE_ADDED && strcmp (difference->part, value) == 0)
      return TRUE;

  return FALSE;
}

static const StrataDifference *
find_part (const StrataRoute *self,
           guint             old,
           const char       *part)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (g_strcmp0 (difference->part, part) == 0)
      return difference;

  return NULL;
}

/* A value that was added can't be used before the transaction ends. */
static gboolean
is_text_using (const char *text,
               const char *value,
               const char *type)
{
  return text != NULL && strstr (text, value) != NULL && strata_route_mentions (text, type, TRUE);
}

static gboolean
is_column_using (const StrataObject *table,
                 const char         *value,
                 const char         *type)
{
  const StrataPictureColumn * const *columns = table->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (is_text_using (columns[i]->default_text, value, type) || is_text_using (columns[i]->computed, value, type))
      return TRUE;

  return FALSE;
}

static gboolean
is_value_used (const StrataRoute   *self,
               const StrataObject *type,
               const char         *literal)
{
  for (guint i = 0; i < self->new->n_objects; i++)
    {
      const StrataObject *object = self->new->objects[i];
      const StrataPicturePolicy *policy = object->kind == STRATA_OBJECT_POLICY ? object->of.policy : NULL;

      if (is_text_using (object->text, literal, type->name)
          || (object->kind == STRATA_OBJECT_TABLE && is_column_using (object, literal, type->name))
          || (object->kind == STRATA_OBJECT_DOMAIN && is_text_using (object->of.domain->default_text, literal, type->name))
          || (policy != NULL && (is_text_using (policy->using, literal, type->name)
                                 || is_text_using (policy->check, literal, type->name))))
        return TRUE;
    }

  return FALSE;
}

static void
add_value (StrataRoute             *self,
           guint                   old,
           const char             *value,
           const char             *before,
           const char             *after,
           const StrataDifference *difference)
{
  const StrataObject *type = self->old->objects[old];
  g_autofree char *name = strata_ddl_dup_name (type);
  g_autoptr(GString) literal = g_string_new (NULL);
  g_autoptr(GString) place = g_string_new (NULL);
  StrataRouteNode *node = strata_route_add_node (self, STRATA_RANK_VALUE, difference);

  strata_ddl_append_literal (literal, value);
  if (after != NULL || before != NULL)
    {
      g_string_append (place, after != NULL ? " AFTER " : " BEFORE ");
      strata_ddl_append_literal (place, after != NULL ? after : before);
    }
  node->is_outside = is_value_used (self, type, literal->str);
  strata_route_say (node, "ALTER TYPE %s ADD VALUE %s%s", name, literal->str, place->str);
}

void
strata_route_alter_enum (StrataRoute *self,
                        guint       old)
{
  const StrataObject *from = self->old->objects[old], *to = self->new->objects[self->new_of_old[old] - 1];
  const char * const *values = to->of.type->values.values;
  const char *first = from->of.type->values.values != NULL ? from->of.type->values.values[0] : NULL, *last = NULL;

  for (; values != NULL && *values != NULL; values++)
    {
      if (is_added (self, old, *values))
        add_value (self, old, *values, first, last, find_part (self, old, *values));
      else if (!g_strv_contains (from->of.type->values.values, *values))
        continue;
      last = *values;
    }
}

static void
alter_domain_check (StrataRoute             *self,
                    guint                   old,
                    const StrataDifference *difference)
{
  const StrataObject *from = difference->from;
  g_autofree char *name = strata_ddl_dup_name (from);
  g_autoptr(GString) check = g_string_new (NULL);
  const StrataPictureDomainCheck * const *checks = difference->to->of.domain->checks;
  StrataRouteNode *node = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TYPE, difference);
  g_autofree char *valid = difference->is != NULL ? g_strconcat (difference->is, " NOT VALID", NULL) : NULL;

  strata_ddl_append_name (check, difference->part);
  if (difference->kind == STRATA_DIFFERENCE_CHANGED && g_strcmp0 (difference->was, valid) == 0)
    {
      strata_route_say (node, "ALTER DOMAIN %s VALIDATE CONSTRAINT %s", name, check->str);
      return;
    }
  if (difference->kind != STRATA_DIFFERENCE_ADDED)
    strata_route_say (node, "ALTER DOMAIN %s DROP CONSTRAINT %s", name, check->str);
  for (guint i = 0; difference->kind != STRATA_DIFFERENCE_REMOVED && checks != NULL && checks[i] != NULL; i++)
    if (strcmp (checks[i]->name, difference->part) == 0)
      {
        strata_route_say (node, "ALTER DOMAIN %s ADD CONSTRAINT %s %s", name, check->str, checks[i]->text);
        strata_route_say_comment (node, from, difference->part, checks[i]->comment);
      }
}

void
strata_route_alter_domain (StrataRoute *self,
                          guint       old)
{
  g_autofree char *name = strata_ddl_dup_name (self->old->objects[old]);
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    {
      const char *property = difference->property != NULL ? difference->property : "definition";
      StrataRouteNode *node;

      if (difference->part != NULL && strcmp (property, "definition") == 0)
        {
          alter_domain_check (self, old, difference);
          continue;
        }
      if (strcmp (property, "comment") == 0)
        continue;

      node = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TYPE, difference);
      node->old_text = g_strdup (difference->was != NULL ? difference->was : "");
      node->new_text = g_strdup (difference->is != NULL ? difference->is : "");
      if (strcmp (property, "nullable") == 0)
        strata_route_say (node, "ALTER DOMAIN %s %s NOT NULL", name, strcmp (difference->is, "NULL") == 0 ? "DROP" : "SET");
      else if (difference->is != NULL)
        strata_route_say (node, "ALTER DOMAIN %s SET DEFAULT %s", name, difference->is);
      else
        strata_route_say (node, "ALTER DOMAIN %s DROP DEFAULT", name);
    }
}

static const StrataPictureColumn *
find_attribute (const StrataObject *type,
                const char         *name)
{
  for (guint i = 0; type->of.attributes != NULL && type->of.attributes[i] != NULL; i++)
    if (strcmp (type->of.attributes[i]->name, name) == 0)
      return type->of.attributes[i];

  return NULL;
}

void
strata_route_alter_composite (StrataRoute *self,
                             guint       old)
{
  g_autofree char *name = strata_ddl_dup_name (self->old->objects[old]);
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    {
      g_autoptr(GString) part = g_string_new (NULL);
      const StrataPictureColumn *attribute;
      StrataRouteNode *node;

      if (difference->part == NULL || g_strcmp0 (difference->property, "comment") == 0)
        continue;

      attribute = find_attribute (difference->to, difference->part);
      strata_ddl_append_name (part, difference->part);
      node = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TYPE, difference);
      if (difference->kind == STRATA_DIFFERENCE_REMOVED)
        {
          strata_route_say (node, "ALTER TYPE %s DROP ATTRIBUTE %s CASCADE", name, part->str);
          continue;
        }
      strata_route_say (node, "ALTER TYPE %s %s ATTRIBUTE %s %s%s%s%s CASCADE", name,
                       difference->kind == STRATA_DIFFERENCE_ADDED ? "ADD" : "ALTER", part->str,
                       difference->kind == STRATA_DIFFERENCE_ADDED ? "" : "TYPE ", attribute->type_text,
                       attribute->collation != NULL ? " COLLATE " : "",
                       attribute->collation != NULL ? attribute->collation : "");
      if (difference->kind == STRATA_DIFFERENCE_ADDED && attribute->comment != NULL)
        strata_route_say_comment (node, difference->from, difference->part, attribute->comment);
    }
}

static char *
dup_owner (const StrataObject *sequence)
{
  const StrataPictureSequence *of = sequence->of.sequence;
  g_autoptr(GString) out = g_string_new (NULL);

  if (of->owner_table == NULL)
    return g_strdup ("NONE");

  strata_ddl_append_qualified (out, sequence->schema, of->owner_table);
  g_string_append_c (out, '.');
  strata_ddl_append_name (out, of->owner_column);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
dup_sequence_change (const StrataDifference *difference)
{
  static const struct { const char *property, *words; } words[] = {
    { "type", "AS" }, { "increment", "INCREMENT BY" }, { "minvalue", "MINVALUE" }, { "maxvalue", "MAXVALUE" },
    { "start", "START WITH" }, { "cache", "CACHE" },
  };
  g_autofree char *owner = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (strcmp (difference->property, words[i].property) == 0)
      return g_strdup_printf ("%s %s", words[i].words, difference->is);
  if (strcmp (difference->property, "cycle") == 0)
    return g_strdup (strcmp (difference->is, "yes") == 0 ? "CYCLE" : "NO CYCLE");
  if (strcmp (difference->property, "unlogged") == 0)
    return g_strdup (strcmp (difference->is, "yes") == 0 ? "SET UNLOGGED" : "SET LOGGED");

  owner = dup_owner (difference->to);

  return g_strconcat ("OWNED BY ", owner, NULL);
}

/* In one statement where the values hold each other in bounds. */
void
strata_route_alter_sequence (StrataRoute *self,
                            guint       old)
{
  g_autofree char *name = strata_ddl_dup_name (self->old->objects[old]);
  g_autoptr(GString) together = g_string_new (NULL);
  const StrataDifference *difference, *first = NULL;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    {
      g_autofree char *change = NULL;
      gboolean is_alone;

      if (strcmp (difference->property, "comment") == 0)
        continue;

      change = dup_sequence_change (difference);
      is_alone = strcmp (difference->property, "owner") == 0 || strcmp (difference->property, "unlogged") == 0;
      if (is_alone)
        strata_route_say (strata_route_add_alter (self, old, STRATA_RANK_ALTER_TABLE, difference), "ALTER SEQUENCE %s %s", name,
                         change);
      else
        g_string_append_printf (together, " %s", change);
      if (!is_alone && first == NULL)
        first = difference;
    }

  if (together->len > 0)
    strata_route_say (strata_route_add_alter (self, old, STRATA_RANK_ALTER_TYPE, first), "ALTER SEQUENCE %s%s", name,
                     together->str);
}
