/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is altered in place, kind by kind; and comments. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

const char *
strata_route_get_words (const StrataObject *object)
{
  if (strata_object_kind_is_constraint (object->kind))
    return "CONSTRAINT";

  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_SCHEMA:
      return "SCHEMA";
    case STRATA_OBJECT_EXTENSION:
      return "EXTENSION";
    case STRATA_OBJECT_COLLATION:
      return "COLLATION";
    case STRATA_OBJECT_DOMAIN:
      return "DOMAIN";
    case STRATA_OBJECT_ENUM:
    case STRATA_OBJECT_COMPOSITE:
    case STRATA_OBJECT_RANGE:
      return "TYPE";
    case STRATA_OBJECT_SEQUENCE:
      return "SEQUENCE";
    case STRATA_OBJECT_ROUTINE:
      return object->of.routine != NULL && object->of.routine->is_procedure ? "PROCEDURE" : "FUNCTION";
    case STRATA_OBJECT_AGGREGATE:
      return "AGGREGATE";
    case STRATA_OBJECT_INDEX:
      return "INDEX";
    case STRATA_OBJECT_VIEW:
      return "VIEW";
    case STRATA_OBJECT_MATERIALIZED_VIEW:
      return "MATERIALIZED VIEW";
    case STRATA_OBJECT_STATISTICS:
      return "STATISTICS";
    case STRATA_OBJECT_RULE:
      return "RULE";
    case STRATA_OBJECT_TRIGGER:
      return "TRIGGER";
    case STRATA_OBJECT_POLICY:
      return "POLICY";
    default:
      return "TABLE";
    }
}

void
strata_route_say_comment (StrataRouteNode         *node,
                         const StrataObject *object,
                         const char         *part,
                         const char         *comment)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  g_autoptr(GString) text = g_string_new ("COMMENT ON ");

  if (part != NULL && object->kind == STRATA_OBJECT_DOMAIN)
    {
      g_string_append (text, "CONSTRAINT ");
      strata_ddl_append_name (text, part);
      g_string_append_printf (text, " ON DOMAIN %s", name);
    }
  else if (part != NULL)
    {
      g_string_append_printf (text, "COLUMN %s.", name);
      strata_ddl_append_name (text, part);
    }
  else
    g_string_append_printf (text, "%s %s", strata_route_get_words (object), name);

  g_string_append (text, " IS ");
  if (comment != NULL)
    strata_ddl_append_literal (text, comment);
  else
    g_string_append (text, "NULL");
  strata_route_say (node, "%s", text->str);
}

static void
alter_policy (StrataRoute *self,
              guint       old)
{
  const StrataObject *from = self->old->objects[old];
  g_autofree char *name = strata_ddl_dup_name (from);
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    {
      StrataRouteNode *node;

      if (strcmp (difference->property, "comment") == 0)
        continue;

      node = strata_route_add_alter (self, old, STRATA_RANK_ALTER, difference);
      if (strcmp (difference->property, "roles") == 0)
        {
          g_autoptr(GString) roles = g_string_new (NULL);
          const char * const *list = difference->to->of.policy->roles;

          for (guint i = 0; list != NULL && list[i] != NULL; i++)
            {
              g_string_append (roles, i > 0 ? ", " : "");
              if (strcmp (list[i], "PUBLIC") == 0)
                g_string_append (roles, "PUBLIC");
              else
                strata_ddl_append_name (roles, list[i]);
            }
          strata_route_say (node, "ALTER POLICY %s TO %s", name, roles->len > 0 ? roles->str : "PUBLIC");
        }
      else
        strata_route_say (node, "ALTER POLICY %s %s (%s)", name,
                         strcmp (difference->property, "using") == 0 ? "USING" : "WITH CHECK", difference->is);
    }
}

static void
alter_enabled (StrataRoute             *self,
               guint                   old,
               const StrataDifference *difference)
{
  const StrataObject *from = difference->from;
  g_autofree char *table = strata_ddl_dup_table_name (from);
  g_autoptr(GString) name = g_string_new (NULL);
  char enabled = *difference->is;
  const char *verb = enabled == 'D' ? "DISABLE" : enabled == 'R' ? "ENABLE REPLICA" : enabled == 'A' ? "ENABLE ALWAYS" : "ENABLE";

  strata_ddl_append_name (name, from->name);
  strata_route_say (strata_route_add_alter (self, old, STRATA_RANK_ALTER, difference), "ALTER TABLE %s %s %s %s", table, verb,
                   from->kind == STRATA_OBJECT_RULE ? "RULE" : "TRIGGER", name->str);
}

static void
alter_constraint (StrataRoute             *self,
                  guint                   old,
                  const StrataDifference *difference)
{
  const StrataObject *from = difference->from;
  g_autofree char *table = strata_ddl_dup_table_name (from);
  g_autoptr(GString) name = g_string_new (NULL);
  StrataRouteNode *node = strata_route_add_alter (self, old, STRATA_RANK_ALTER, difference);

  strata_ddl_append_name (name, from->name);
  if (g_str_has_suffix (difference->was, " NOT VALID"))
    strata_route_say (node, "ALTER TABLE %s VALIDATE CONSTRAINT %s", table, name->str);
  else
    strata_route_say (node, "ALTER TABLE %s ALTER CONSTRAINT %s %s", table, name->str,
                     g_str_has_suffix (difference->is, " DEFERRABLE INITIALLY DEFERRED") ? "DEFERRABLE INITIALLY DEFERRED"
                     : g_str_has_suffix (difference->is, " DEFERRABLE") ? "DEFERRABLE INITIALLY IMMEDIATE" : "NOT DEFERRABLE");
}

static void
alter_extension (StrataRoute             *self,
                 guint                   old,
                 const StrataDifference *difference)
{
  g_autofree char *name = strata_ddl_dup_name (difference->from);
  gboolean is_move = strcmp (difference->property, "schema") == 0;
  g_autoptr(GString) is = g_string_new (NULL);

  if (is_move)
    strata_ddl_append_name (is, difference->is);
  else
    strata_ddl_append_literal (is, difference->is);
  /* All that stays names its members by the new schema already. */
  strata_route_say (strata_route_add_alter (self, old, is_move ? STRATA_RANK_RENAME : STRATA_RANK_ALTER_TYPE, difference),
                    "ALTER EXTENSION %s %s %s", name,
                    is_move ? "SET SCHEMA" : "UPDATE TO", is->str);
}

static void
alter_with_difference (StrataRoute             *self,
                       guint                   old,
                       const StrataDifference *difference)
{
  const StrataObject *from = difference->from;

  if (strata_object_kind_is_constraint (from->kind))
    alter_constraint (self, old, difference);
  else if (from->kind == STRATA_OBJECT_ROUTINE)
    strata_route_say (strata_route_add_alter (self, old, STRATA_RANK_MAKE + from->kind, difference), "%s", difference->to->text);
  else if (from->kind == STRATA_OBJECT_TRIGGER || from->kind == STRATA_OBJECT_RULE)
    alter_enabled (self, old, difference);
  else if (from->kind == STRATA_OBJECT_EXTENSION)
    alter_extension (self, old, difference);
}

static void
alter_each (StrataRoute *self,
            guint       old)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (g_strcmp0 (difference->property, "comment") != 0)
      alter_with_difference (self, old, difference);
}

static void
alter_comments (StrataRoute *self,
                guint       old)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (g_strcmp0 (difference->property, "comment") == 0
        && (difference->part == NULL || difference->from->kind != STRATA_OBJECT_TABLE))
      {
        StrataRouteNode *node = strata_route_add_alter (self, old, STRATA_RANK_ALTER, difference);

        node->is_free = TRUE;
        strata_route_say_comment (node, difference->from, difference->part, difference->is);
      }
}

void
strata_route_alter_object (StrataRoute *self,
                          guint       old)
{
  switch ((guint) self->old->objects[old]->kind)
    {
    case STRATA_OBJECT_TABLE:
      strata_route_alter_table (self, old);
      break;
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
      strata_route_alter_view (self, old);
      break;
    case STRATA_OBJECT_ENUM:
      strata_route_alter_enum (self, old);
      break;
    case STRATA_OBJECT_DOMAIN:
      strata_route_alter_domain (self, old);
      break;
    case STRATA_OBJECT_COMPOSITE:
      strata_route_alter_composite (self, old);
      break;
    case STRATA_OBJECT_SEQUENCE:
      strata_route_alter_sequence (self, old);
      break;
    case STRATA_OBJECT_POLICY:
      alter_policy (self, old);
      break;
    default:
      alter_each (self, old);
      break;
    }

  alter_comments (self, old);
}
