/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which objects stay, go, or are made anew: first those that differ, then all that the server lets nobody change under them. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

static void mark_anew     (StrataRoute *self, guint old);
static void retype_column (StrataRoute *self, StrataRouteColumn *work);

static gboolean
is_type (StrataObjectKind kind)
{
  return kind == STRATA_OBJECT_ENUM || kind == STRATA_OBJECT_DOMAIN || kind == STRATA_OBJECT_COMPOSITE
         || kind == STRATA_OBJECT_RANGE;
}

static gboolean
is_in_list (const char * const *list,
            const char         *name)
{
  return list != NULL && g_strv_contains (list, name);
}

static gboolean
has_column (const StrataRoute          *self,
            guint                      table,
            const StrataPictureColumn *column)
{
  guint new = self->new_of_old[table];

  return new > 0 && strata_picture_table_find_column (self->new->objects[new - 1]->of.table, column->name) != NULL;
}

static gboolean
is_child_of (const StrataObject *child,
             const StrataObject *parent)
{
  const StrataPictureStorage *storage = child->of.table->storage;
  g_autofree char *name = strata_ddl_dup_name (parent);

  return storage != NULL && is_in_list (storage->parents, name);
}

static gboolean
has_column_differences (const StrataRoute *self,
                        guint             old)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (g_strcmp0 (difference->property, "comment") != 0)
      return TRUE;

  return FALSE;
}

/* The server keeps indexes and constraints up with a column's new type by itself; not what is said with the others. */
static gboolean
is_in_the_way_of_type (const StrataObject *user)
{
  switch ((guint) user->kind)
    {
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
    case STRATA_OBJECT_RULE:
    case STRATA_OBJECT_POLICY:
    case STRATA_OBJECT_TRIGGER:
    case STRATA_OBJECT_ROUTINE:
      return TRUE;
    default:
      return FALSE;
    }
}

/* A key stays as long as both ends can be compared: where one end changes alone for a moment it may not. */
static gboolean
is_key_on (const StrataObject *key,
           const StrataObject *table,
           const char         *column)
{
  const StrataPictureReference *reference = key->of.reference;

  if (g_strcmp0 (key->table, table->name) == 0 && g_strcmp0 (key->schema, table->schema) == 0
      && is_in_list (reference->columns, column))
    return TRUE;

  return g_strcmp0 (reference->table, table->name) == 0 && is_in_list (reference->referred, column);
}

static void
retype_user (StrataRoute             *self,
             const StrataRouteColumn *work,
             guint                   user)
{
  const StrataObject *table = self->old->objects[work->table], *object = self->old->objects[user];
  g_autofree char *text = NULL;

  if (object->kind == STRATA_OBJECT_FOREIGN_KEY)
    {
      if (!strata_route_is_same_family (work->old->type_text, work->target.type_text)
          && is_key_on (object, table, work->old->name))
        mark_anew (self, user);
      return;
    }

  text = strata_route_dup_expressions (object);
  if ((is_in_the_way_of_type (object) || work->is_anew) && strata_route_mentions (text, work->old->name, FALSE))
    mark_anew (self, user);
}

/* Generated columns of the same table. */
static void
retype_generated (StrataRoute             *self,
                  const StrataRouteColumn *work)
{
  const StrataPictureColumn * const *columns = self->old->objects[work->table]->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    if (columns[i]->computed != NULL && strata_route_mentions (columns[i]->computed, work->old->name, FALSE)
        && has_column (self, work->table, columns[i]))
      {
        StrataRouteColumn *other = strata_route_touch_column (self, work->table, columns[i]);

        if (!other->is_anew && other->target.computed != NULL)
          {
            other->is_anew = TRUE;
            retype_column (self, other);
          }
      }
}

/* The new type reaches the children; their defaults have to be out of its way. */
static void
retype_children (StrataRoute             *self,
                 const StrataRouteColumn *work)
{
  for (guint u = self->first_user[work->table]; u < self->first_user[work->table + 1]; u++)
    {
      const StrataObject *child = self->old->objects[self->users[u]];
      const StrataPictureColumn *column;

      if (child->kind != STRATA_OBJECT_TABLE || !is_child_of (child, self->old->objects[work->table]))
        continue;

      column = strata_picture_table_find_column (child->of.table, work->old->name);
      if (column != NULL && has_column (self, self->users[u], column) && column->default_text != NULL)
        strata_route_touch_column (self, self->users[u], column)->is_reset = TRUE;
    }
}

/* All that uses the column and can't go on while it changes. */
static void
retype_column (StrataRoute       *self,
               StrataRouteColumn *work)
{
  for (guint u = self->first_user[work->table]; u < self->first_user[work->table + 1]; u++)
    if (self->fates[self->users[u]] == STRATA_FATE_STAYS)
      retype_user (self, work, self->users[u]);

  retype_generated (self, work);
  retype_children (self, work);
}

/* A type is made under its own name while the old one, under another name, still has columns. */
static void
swap_type_of_table (StrataRoute         *self,
                    const StrataObject *type,
                    guint               table)
{
  const StrataPictureColumn * const *columns = self->old->objects[table]->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      StrataRouteColumn *work;

      if (columns[i]->computed != NULL && strata_route_mentions (columns[i]->computed, type->name, FALSE)
          && has_column (self, table, columns[i]))
        {
          work = strata_route_touch_column (self, table, columns[i]);
          if (!work->is_anew && work->target.computed != NULL)
            {
              work->is_anew = TRUE;
              retype_column (self, work);
            }
        }
      if (!strata_route_is_of_type (columns[i], type) || !has_column (self, table, columns[i]))
        continue;

      work = strata_route_touch_column (self, table, columns[i]);
      if (!work->is_retyped)
        {
          work->is_retyped = TRUE;
          retype_column (self, work);
        }
    }
}

/* Defaults that need what is made anew. */
static void
reset_defaults (StrataRoute         *self,
                const StrataObject *needed,
                guint               table)
{
  const StrataPictureColumn * const *columns = self->old->objects[table]->of.table->columns;

  for (guint i = 0; columns != NULL && columns[i] != NULL; i++)
    {
      if (!has_column (self, table, columns[i]))
        continue;
      if (strata_route_mentions (columns[i]->computed, needed->name, FALSE))
        {
          StrataRouteColumn *work = strata_route_touch_column (self, table, columns[i]);

          if (!work->is_anew && work->target.computed != NULL)
            {
              work->is_anew = TRUE;
              retype_column (self, work);
            }
        }
      else if (strata_route_mentions (columns[i]->default_text, needed->name, TRUE))
        {
          strata_route_touch_column (self, table, columns[i])->is_reset = TRUE;
        }
    }
}

static gboolean
is_in_place (const StrataRoute *self,
             guint             old)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (!strata_route_is_in_place (self, old, difference))
      return FALSE;

  return TRUE;
}

/* A table uses what goes or is made anew. */
static void
spread_to_table (StrataRoute *self,
                 guint       used,
                 guint       table)
{
  const StrataObject *object = self->old->objects[used];

  if (object->kind == STRATA_OBJECT_TABLE)
    {
      if (self->fates[used] == STRATA_FATE_ANEW && is_child_of (self->old->objects[table], object))
        mark_anew (self, table);
    }
  else if (self->fates[used] == STRATA_FATE_ANEW && is_type (object->kind))
    {
      swap_type_of_table (self, object, table);
      reset_defaults (self, object, table);
    }
  else if (self->fates[used] == STRATA_FATE_ANEW)
    {
      reset_defaults (self, object, table);
    }
}

static void
spread (StrataRoute *self,
        guint       old)
{
  for (guint u = self->first_user[old]; u < self->first_user[old + 1]; u++)
    {
      guint user = self->users[u];

      if (self->fates[user] != STRATA_FATE_STAYS)
        continue;
      if (self->old->objects[user]->kind == STRATA_OBJECT_TABLE)
        spread_to_table (self, old, user);
      /* What goes is not used afterwards: what is altered in place no longer needs it then. */
      else if (self->fates[old] == STRATA_FATE_ANEW || !has_column_differences (self, user))
        mark_anew (self, user);
    }
}

static gboolean
is_needed_while_swapped (const StrataRoute *self,
                         guint             old)
{
  for (guint u = self->first_user[old]; u < self->first_user[old + 1]; u++)
    {
      StrataObjectKind kind = self->old->objects[self->users[u]]->kind;

      if (kind == STRATA_OBJECT_TABLE)
        return TRUE;
    }

  return FALSE;
}

static void
mark_anew (StrataRoute *self,
           guint       old)
{
  const StrataObject *object = self->old->objects[old];

  if (self->fates[old] != STRATA_FATE_STAYS || object->extension != NULL || object->kind == STRATA_OBJECT_SCHEMA
      || object->kind == STRATA_OBJECT_EXTENSION || object->kind == STRATA_OBJECT_SEQUENCE)
    return;

  self->fates[old] = self->new_of_old[old] > 0 ? STRATA_FATE_ANEW : STRATA_FATE_GOES;
  self->is_swapped[old] = self->fates[old] == STRATA_FATE_ANEW
                          && (object->kind == STRATA_OBJECT_TABLE
                              || (is_type (object->kind) && is_needed_while_swapped (self, old)));
  spread (self, old);
}

/* What hangs on a table that goes, and the sequences that it owns, go with it. */
static void
mark_gone (StrataRoute *self,
           guint       old)
{
  if (self->fates[old] != STRATA_FATE_STAYS)
    return;

  self->fates[old] = STRATA_FATE_GOES;
  for (guint u = self->first_user[old]; u < self->first_user[old + 1]; u++)
    {
      const StrataObject *user = self->old->objects[self->users[u]], *object = self->old->objects[old];

      if (user->table != NULL && strcmp (user->table, object->name) == 0 && g_strcmp0 (user->schema, object->schema) == 0)
        mark_gone (self, self->users[u]);
    }
  spread (self, old);
}

static gboolean
is_generated_anew (const StrataRoute       *self,
                   const StrataRouteColumn *work)
{
  const StrataPictureColumn *old = work->old, *target = &work->target;

  if (target->computed == NULL)
    return old->computed != NULL && !old->is_stored;
  if (old->computed == NULL || old->is_stored != target->is_stored)
    return TRUE;
  if (strcmp (old->computed, target->computed) != 0)
    return self->new->version < 170000;

  return g_strcmp0 (old->type_text, target->type_text) != 0 || g_strcmp0 (old->collation, target->collation) != 0;
}

static void
decide_column (StrataRoute       *self,
               StrataRouteColumn *work)
{
  const StrataPictureColumn *old = work->old, *target = &work->target;

  work->is_retyped |= g_strcmp0 (old->type_text, target->type_text) != 0 || g_strcmp0 (old->collation, target->collation) != 0;
  work->is_anew |= is_generated_anew (self, work);
  if (work->is_retyped || work->is_anew)
    retype_column (self, work);
}

StrataRouteColumn *
strata_route_touch_column (StrataRoute                *self,
                          guint                      table,
                          const StrataPictureColumn *column)
{
  StrataRouteColumn *work = g_hash_table_lookup (self->column_index, column);

  if (work != NULL)
    return work;

  work = g_new0 (StrataRouteColumn, 1);
  work->table = table;
  work->old = column;
  work->target = *column;
  g_ptr_array_add (self->columns, work);
  g_hash_table_insert (self->column_index, (gpointer) column, work);

  return work;
}

static void
apply_property (StrataRouteColumn          *work,
                const StrataPictureColumn *to,
                const char                *property)
{
  StrataPictureColumn *target = &work->target;

  if (strcmp (property, "type") == 0)
    target->type_text = to->type_text;
  else if (strcmp (property, "collation") == 0)
    target->collation = to->collation;
  else if (strcmp (property, "default") == 0)
    target->default_text = to->default_text;
  else if (strcmp (property, "identity") == 0)
    target->identity = to->identity;
  else if (strcmp (property, "name of sequence") == 0)
    target->identity = to->identity;
  else if (strcmp (property, "generated") == 0)
    {
      target->computed = to->computed;
      target->is_stored = to->is_stored;
    }
  else if (strcmp (property, "nullable") == 0)
    {
      target->is_nullable = to->is_nullable;
      target->not_null_name = to->not_null_name;
    }
  else if (strcmp (property, "name of NOT NULL") == 0)
    target->not_null_name = to->not_null_name;
  else if (strcmp (property, "storage") == 0)
    target->storage = to->storage;
  else if (strcmp (property, "compression") == 0)
    target->compression = to->compression;
  else if (strcmp (property, "statistics") == 0)
    target->statistics = to->statistics;
  else if (strcmp (property, "options") == 0)
    target->options = to->options;
  else if (strcmp (property, "inherited") == 0)
    target->is_inherited = to->is_inherited;
  else if (strcmp (property, "comment") == 0)
    target->comment = to->comment;
}

static void
gather_columns (StrataRoute *self,
                guint       old)
{
  const StrataDifference *difference;
  guint at = 0;

  while ((difference = strata_route_next (self, old, &at)) != NULL)
    if (difference->part != NULL && difference->kind == STRATA_DIFFERENCE_CHANGED)
      {
        const StrataPictureColumn *from = strata_picture_table_find_column (difference->from->of.table, difference->part);
        StrataRouteColumn *work = strata_route_touch_column (self, old, from);

        apply_property (work, strata_picture_table_find_column (difference->to->of.table, difference->part),
                        difference->property);
        if (work->first == NULL)
          work->first = difference;
      }
}

void
strata_route_decide (StrataRoute *self)
{
  for (guint old = 0; old < self->old->n_objects; old++)
    if (self->old->objects[old]->kind == STRATA_OBJECT_TABLE && self->new_of_old[old] > 0)
      gather_columns (self, old);

  for (guint old = 0; old < self->old->n_objects; old++)
    {
      guint at = 0;
      const StrataDifference *difference = strata_route_next (self, old, &at);

      if (difference == NULL)
        continue;
      if (difference->kind == STRATA_DIFFERENCE_REMOVED && difference->part == NULL)
        mark_gone (self, old);
      else if (!is_in_place (self, old))
        mark_anew (self, old);
    }

  for (guint i = 0; i < self->columns->len; i++)
    decide_column (self, g_ptr_array_index (self->columns, i));
}
