/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a table has beside its columns, and columns that are added and dropped. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

static const StrataPictureStorage *
get_storage (const StrataObject *table)
{
  static const StrataPictureStorage none = { .replica_identity = 'd' };

  return table->of.table->storage != NULL ? table->of.table->storage : &none;
}

static char *
dup_needed_text (const StrataPictureColumn *column)
{
  return g_strjoin (" ", column->type_text, column->default_text != NULL ? column->default_text : "",
                    column->collation != NULL ? column->collation : "", column->computed, NULL);
}

static void
say_setting (StrataRouteNode *node,
             const char *table,
             const char *column,
             const char *what,
             const char *value)
{
  if (value != NULL)
    strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s SET %s %s", table, column, what, value);
}

/* Children do not get it. */
static void
add_identity (StrataRouteNode           *node,
              const char                *table,
              const char                *name,
              const StrataPictureColumn *column)
{
  g_autoptr(GString) text = g_string_new (NULL);
  StrataPictureColumn nullable = *column;

  nullable.is_nullable = TRUE;
  strata_ddl_append_column_constraints (text, &nullable, TRUE);
  strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s ADD%s", table, name, text->str);
}

static void
add_column (StrataRoute             *self,
            guint                   old,
            const StrataDifference *difference)
{
  const StrataPictureColumn *column = strata_picture_table_find_column (difference->to->of.table, difference->part);
  g_autofree char *table = strata_ddl_dup_name (difference->from);
  gboolean has_children = strata_route_has_children (self, old);
  g_autofree char *alone = g_strconcat (has_children ? "ONLY " : "", table, NULL);
  StrataPictureColumn plain;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GString) name = g_string_new (NULL);
  StrataRouteNode *node = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TABLE, difference);

  node->column = g_strdup (difference->part);
  node->old_text = g_strdup ("");
  node->new_text = dup_needed_text (column);
  node->new_computed = g_strdup (column->computed);
  node->adds_identity = column->identity != NULL;
  strata_ddl_append_name (name, column->name);
  plain = *column;
  if (has_children)
    plain.identity = NULL;
  strata_ddl_append_column (text, &plain, TRUE);
  strata_route_say (node, "ALTER TABLE %s ADD COLUMN %s", table, text->str);
  if (plain.identity != column->identity)
    add_identity (node, alone, name->str, column);
  say_setting (node, alone, name->str, "STORAGE", column->storage);
  say_setting (node, alone, name->str, "COMPRESSION", column->compression);
  say_setting (node, alone, name->str, "STATISTICS", column->statistics);
  for (guint i = 0; column->options != NULL && column->options[i] != NULL; i += 2)
    strata_route_say (node, "ALTER TABLE %s ALTER COLUMN %s SET (%s=%s)", alone, name->str, column->options[i],
                     column->options[i + 1]);
  if (column->comment != NULL)
    strata_route_say_comment (node, difference->from, column->name, column->comment);
}

/* Computed columns first: they may use the others. */
static void
drop_column (StrataRoute             *self,
             guint                   old,
             const StrataDifference *difference)
{
  const StrataPictureColumn *column = strata_picture_table_find_column (difference->from->of.table, difference->part);
  g_autofree char *table = strata_ddl_dup_name (difference->from);
  g_autoptr(GString) name = g_string_new (NULL);
  StrataRouteNode *node = strata_route_add_alter (self, old, STRATA_RANK_DROP_COLUMN + (column->computed == NULL), difference);

  node->column = g_strdup (difference->part);
  node->old_text = dup_needed_text (column);
  node->new_text = g_strdup ("");
  node->old_computed = g_strdup (column->computed);
  node->is_removal = TRUE;
  node->drops_identity = column->identity != NULL;
  strata_ddl_append_name (name, column->name);
  strata_route_say (node, "ALTER TABLE %s DROP COLUMN %s", table, name->str);
}

static gboolean
has_parent (const StrataPictureStorage *storage,
            const char                 *parent)
{
  return storage->parents != NULL && g_strv_contains (storage->parents, parent);
}

static void
change_parents (StrataRoute             *self,
                guint                   old,
                const StrataDifference *difference)
{
  const StrataPictureStorage *was = get_storage (difference->from), *is = get_storage (difference->to);
  gboolean is_bound_new = g_strcmp0 (was->bound, is->bound) != 0;
  g_autofree char *table = strata_ddl_dup_name (difference->from);
  StrataRouteNode *leave = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TABLE - 1, difference);
  guint leave_number = self->nodes->len;
  StrataRouteNode *join = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TABLE + 1, difference);

  leave->new_text = g_strdup ("");
  join->old_text = g_strdup ("");
  strata_route_put_before (self, leave_number, self->nodes->len);
  for (guint i = 0; was->parents != NULL && was->parents[i] != NULL; i++)
    if (was->bound != NULL && (is_bound_new || !has_parent (is, was->parents[i])))
      strata_route_say (leave, "ALTER TABLE %s DETACH PARTITION %s", was->parents[i], table);
    else if (was->bound == NULL && !has_parent (is, was->parents[i]))
      strata_route_say (leave, "ALTER TABLE %s NO INHERIT %s", table, was->parents[i]);
  for (guint i = 0; is->parents != NULL && is->parents[i] != NULL; i++)
    if (is->bound != NULL && (is_bound_new || !has_parent (was, is->parents[i])))
      strata_route_say (join, "ALTER TABLE %s ATTACH PARTITION %s %s", is->parents[i], table, is->bound);
    else if (is->bound == NULL && !has_parent (was, is->parents[i]))
      strata_route_say (join, "ALTER TABLE %s INHERIT %s", table, is->parents[i]);
}

static const char *
find_value (const char * const *with,
            const char         *name)
{
  for (guint i = 0; with != NULL && with[i] != NULL; i += 2)
    if (strcmp (with[i], name) == 0)
      return with[i + 1];

  return NULL;
}

static void
append_parameter (GString    *out,
                  const char *name)
{
  const char *dot = strchr (name, '.');

  g_string_append (out, out->len > 0 ? ", " : "");
  if (dot != NULL)
    {
      g_autofree char *first = g_strndup (name, dot - name);

      strata_ddl_append_qualified (out, first, dot + 1);
      return;
    }
  strata_ddl_append_name (out, name);
}

static void
change_parameters (StrataRouteNode         *node,
                   const char         *kind,
                   const char         *name,
                   const char * const *was,
                   const char * const *is)
{
  g_autoptr(GString) set = g_string_new (NULL);
  g_autoptr(GString) reset = g_string_new (NULL);

  for (guint i = 0; was != NULL && was[i] != NULL; i += 2)
    if (find_value (is, was[i]) == NULL)
      append_parameter (reset, was[i]);
  for (guint i = 0; is != NULL && is[i] != NULL; i += 2)
    if (g_strcmp0 (find_value (was, is[i]), is[i + 1]) != 0)
      {
        append_parameter (set, is[i]);
        g_string_append_c (set, '=');
        strata_ddl_append_literal (set, is[i + 1]);
      }

  if (reset->len > 0)
    strata_route_say (node, "ALTER %s %s RESET (%s)", kind, name, reset->str);
  if (set->len > 0)
    strata_route_say (node, "ALTER %s %s SET (%s)", kind, name, set->str);
}

static void
change_replica (StrataRouteNode                 *node,
                const char                 *table,
                const StrataPictureStorage *is)
{
  g_autoptr(GString) index = g_string_new (NULL);

  if (is->replica_identity == 'i' && is->replica_index != NULL)
    {
      strata_ddl_append_name (index, is->replica_index);
      node->rank = STRATA_RANK_FINISH;
      strata_route_say (node, "ALTER TABLE ONLY %s REPLICA IDENTITY USING INDEX %s", table, index->str);
      return;
    }

  strata_route_say (node, "ALTER TABLE ONLY %s REPLICA IDENTITY %s", table,
                   is->replica_identity == 'n' ? "NOTHING" : is->replica_identity == 'f' ? "FULL" : "DEFAULT");
}

static void
change_cluster (StrataRouteNode                 *node,
                const char                 *table,
                const StrataPictureStorage *is)
{
  g_autoptr(GString) index = g_string_new (NULL);

  if (is->cluster_index == NULL)
    {
      strata_route_say (node, "ALTER TABLE %s SET WITHOUT CLUSTER", table);
      return;
    }

  strata_ddl_append_name (index, is->cluster_index);
  node->rank = STRATA_RANK_FINISH;
  strata_route_say (node, "ALTER TABLE %s CLUSTER ON %s", table, index->str);
}

static void
say_name (StrataRouteNode *node,
          const char      *kind,
          const char      *object,
          const char      *what,
          const char      *name)
{
  g_autoptr(GString) quoted = g_string_new (NULL);

  strata_ddl_append_name (quoted, name);
  strata_route_say (node, "ALTER %s %s %s %s", kind, object, what, quoted->str);
}

static void
change_property (StrataRoute             *self,
                 guint                   old,
                 const StrataDifference *difference)
{
  const char *property = difference->property;
  const StrataPictureStorage *was = get_storage (difference->from), *is = get_storage (difference->to);
  g_autofree char *table = strata_ddl_dup_name (difference->from);
  StrataRouteNode *node = strata_route_add_alter (self, old, STRATA_RANK_ALTER_TABLE, difference);
  gboolean is_yes = g_strcmp0 (difference->is, "yes") == 0;

  node->old_text = g_strdup (difference->was != NULL ? difference->was : "");
  node->new_text = g_strdup (difference->is != NULL ? difference->is : "");
  node->is_free = TRUE;
  if (strcmp (property, "unlogged") == 0)
    strata_route_say (node, "ALTER TABLE %s SET %s", table, is_yes ? "UNLOGGED" : "LOGGED");
  else if (strcmp (property, "row security") == 0)
    strata_route_say (node, "ALTER TABLE %s %s ROW LEVEL SECURITY", table, is_yes ? "ENABLE" : "DISABLE");
  else if (strcmp (property, "forced row security") == 0)
    strata_route_say (node, "ALTER TABLE %s %s ROW LEVEL SECURITY", table, is_yes ? "FORCE" : "NO FORCE");
  else if (strcmp (property, "storage parameters") == 0)
    change_parameters (node, "TABLE", table, was->with, is->with);
  else if (strcmp (property, "tablespace") == 0)
    say_name (node, "TABLE", table, "SET TABLESPACE", is->tablespace != NULL ? is->tablespace : "pg_default");
  else if (strcmp (property, "access method") == 0)
    say_name (node, "TABLE", table, "SET ACCESS METHOD", is->access_method != NULL ? is->access_method : "heap");
  else if (strcmp (property, "type") == 0 && is->of_type != NULL)
    strata_route_say (node, "ALTER TABLE %s OF %s", table, is->of_type);
  else if (strcmp (property, "type") == 0)
    strata_route_say (node, "ALTER TABLE %s NOT OF", table);
  else if (strcmp (property, "cluster index") == 0)
    change_cluster (node, table, is);
  else
    change_replica (node, table, is);
  node->is_free = strcmp (property, "type") != 0;
}

static gboolean
is_about_parents (const char *property)
{
  return strcmp (property, "parents") == 0 || strcmp (property, "bound") == 0;
}

void
strata_route_alter_table (StrataRoute *self,
                         guint       old)
{
  const StrataDifference *difference;
  gboolean has_parents = FALSE, has_replica = FALSE;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (difference->kind == STRATA_DIFFERENCE_ADDED)
      add_column (self, old, difference);
    else if (difference->kind == STRATA_DIFFERENCE_REMOVED)
      drop_column (self, old, difference);
    else if (difference->part != NULL || strcmp (difference->property, "comment") == 0)
      continue;
    else if (is_about_parents (difference->property))
      {
        if (!has_parents)
          change_parents (self, old, difference);
        has_parents = TRUE;
      }
    else if (!g_str_has_prefix (difference->property, "replica") || !has_replica)
      {
        has_replica |= g_str_has_prefix (difference->property, "replica");
        change_property (self, old, difference);
      }
}

static void
alter_view_column (StrataRouteNode             *node,
                   const char             *kind,
                   const char             *name,
                   const StrataDifference *difference)
{
  g_autoptr(GString) column = g_string_new (NULL);

  strata_ddl_append_name (column, difference->part);
  if (strcmp (difference->property, "statistics") == 0)
    strata_route_say (node, "ALTER %s %s ALTER COLUMN %s SET STATISTICS %s", kind, name, column->str,
                     difference->is != NULL ? difference->is : "-1");
  else if (strcmp (difference->property, "default") == 0 && difference->is != NULL)
    strata_route_say (node, "ALTER %s %s ALTER COLUMN %s SET DEFAULT %s", kind, name, column->str, difference->is);
  else if (strcmp (difference->property, "default") == 0)
    strata_route_say (node, "ALTER %s %s ALTER COLUMN %s DROP DEFAULT", kind, name, column->str);
}

/* The first statement makes the view; it takes options and the query. */
static void
replace_view (StrataRoute   *self,
              guint         old,
              StrataRouteNode   *node)
{
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  const StrataObject *to = self->new->objects[self->new_of_old[old] - 1];

  strata_ddl_create (self->new, to, NULL, statements);
  strata_route_say (node, "CREATE OR REPLACE%s", (const char *) g_ptr_array_index (statements, 0) + strlen ("CREATE"));
}

void
strata_route_alter_view (StrataRoute *self,
                        guint       old)
{
  const StrataObject *view = self->old->objects[old];
  gboolean is_materialized = view->kind == STRATA_OBJECT_MATERIALIZED_VIEW, is_replaced = FALSE;
  const char *kind = is_materialized ? "MATERIALIZED VIEW" : "VIEW";
  g_autofree char *name = strata_ddl_dup_name (view);
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    {
      const StrataPictureStorage *was = get_storage (difference->from), *is = get_storage (difference->to);
      StrataRouteNode *node;

      if (strcmp (difference->property, "comment") == 0)
        continue;

      node = strata_route_add_alter (self, old, STRATA_RANK_ALTER, difference);
      if (difference->part != NULL)
        alter_view_column (node, kind, name, difference);
      else if (strcmp (difference->property, "definition") == 0)
        replace_view (self, old, node);
      else if (strcmp (difference->property, "storage parameters") == 0 && !is_replaced)
        change_parameters (node, kind, name, was->with, is->with);
      else if (strcmp (difference->property, "tablespace") == 0)
        say_name (node, kind, name, "SET TABLESPACE", is->tablespace != NULL ? is->tablespace : "pg_default");
      else if (strcmp (difference->property, "cluster index") == 0)
        change_cluster (node, name, is);
      is_replaced |= strcmp (difference->property, "definition") == 0;
    }
}
