/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which node comes before which. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"
#include "core/diff/step-order.h"

#include <string.h>

/* Numbers of nodes are + 1 here; 0 is no node. */
void
strata_route_put_before (StrataRoute *self,
                        guint       before,
                        guint       after)
{
  StrataStepEdge edge = { before - 1, after - 1 };

  if (before > 0 && after > 0 && before != after)
    g_array_append_val (self->edges, edge);
}

static const StrataRouteNode *
get_node (const StrataRoute *self,
          guint             number)
{
  return g_ptr_array_index (self->nodes, number);
}

typedef struct
{
  const StrataObject *object;
  guint               at;
} NeedIter;

/* What hangs on a table needs it too. */
static const StrataObject *
next_need (NeedIter            *iter,
           const StrataPicture *picture)
{
  const StrataObject *object = iter->object, *owner = NULL;

  if (iter->at++ == 0 && object->table != NULL)
    owner = strata_ddl_find_relation (picture, object->schema, object->table);
  if (owner != NULL)
    return owner;
  if (iter->at == 1)
    iter->at++;

  return object->needs != NULL && object->needs[iter->at - 2] != NULL ? object->needs[iter->at - 2] : NULL;
}

static gboolean
uses (const StrataRouteNode   *node,
      const char         *text,
      const StrataObject *needed)
{
  if (node->is_free)
    return FALSE;

  return text == NULL || strata_route_mentions (text, needed->name, TRUE);
}

/* What changes of a child's column has nothing to do with another column that its parent loses, and may even have to follow. */
static gboolean
is_apart (const StrataRouteNode *node,
          const StrataRouteNode *removal)
{
  return node->column != NULL && removal->column != NULL && strcmp (node->column, removal->column) != 0
         && !strata_route_mentions (node->old_computed, removal->column, FALSE);
}

/* Nodes of an old object that stays against one that drops what it needs, or against those that alter that. */
static void
connect_alters (StrataRoute         *self,
                guint               user,
                guint               used)
{
  const GArray *mine = self->alters[user], *its = self->alters[used];
  const StrataObject *needed = self->old->objects[used];

  for (guint i = 0; mine != NULL && i < mine->len; i++)
    {
      guint number = g_array_index (mine, guint, i);
      const StrataRouteNode *node = get_node (self, number);

      if (self->drop_node[used] > 0 && uses (node, node->old_text, needed))
        strata_route_put_before (self, number + 1, self->drop_node[used]);

      for (guint j = 0; its != NULL && j < its->len && !node->is_free; j++)
        {
          guint other = g_array_index (its, guint, j);

          if (get_node (self, other)->is_free)
            continue;
          if (get_node (self, other)->is_removal && is_apart (node, get_node (self, other)))
            continue;
          if (get_node (self, other)->is_removal)
            strata_route_put_before (self, number + 1, other + 1);
          else
            strata_route_put_before (self, other + 1, number + 1);
        }
    }
}

static void
connect_drop (StrataRoute *self,
              guint       user,
              guint       used)
{
  guint drop = self->drop_node[user], new = self->new_of_old[used];
  const GArray *alters = self->alters[used];

  strata_route_put_before (self, drop, self->drop_node[used]);
  for (guint i = 0; alters != NULL && i < alters->len; i++)
    if (!get_node (self, g_array_index (alters, guint, i))->is_free)
      strata_route_put_before (self, drop, g_array_index (alters, guint, i) + 1);

  /* Named by its arguments it could no longer be found. */
  if (new > 0 && self->is_swapped[used] && !self->is_swapped[user] && self->old->objects[user]->kind != STRATA_OBJECT_TABLE)
    strata_route_put_before (self, drop, self->make_node[new - 1]);
  if (self->copy_node[used] > 0 && self->old->objects[user]->kind == STRATA_OBJECT_TABLE)
    strata_route_put_before (self, self->copy_node[used], drop);
}

static void
connect_old (StrataRoute *self)
{
  for (guint old = 0; old < self->old->n_objects; old++)
    {
      NeedIter iter = { self->old->objects[old] };
      const StrataObject *needed;

      if (self->drop_node[old] == 0 && self->alters[old] == NULL)
        continue;
      while ((needed = next_need (&iter, self->old)) != NULL)
        {
          guint used = strata_route_find_old (self, needed);

          if (used == G_MAXUINT)
            continue;
          if (self->drop_node[old] > 0)
            connect_drop (self, old, used);
          else
            connect_alters (self, old, used);
        }
    }
}

static void
connect_make (StrataRoute *self,
              guint       user,
              guint       used)
{
  guint make = self->make_node[user], old = self->old_of_new[used];
  const StrataObject *object = self->new->objects[user];
  const GArray *alters = old > 0 ? self->alters[old - 1] : NULL;

  strata_route_put_before (self, self->make_node[used], make);
  for (guint i = 0; alters != NULL && i < alters->len; i++)
    {
      guint number = g_array_index (alters, guint, i);

      if (!get_node (self, number)->is_free && !get_node (self, number)->is_removal)
        strata_route_put_before (self, number + 1, make);
    }

  if (old > 0 && self->copy_node[old - 1] > 0 && make != self->make_node[used])
    {
      if (object->kind == STRATA_OBJECT_TABLE)
        strata_route_put_before (self, make, self->copy_node[old - 1]);
      else
        strata_route_put_before (self, self->copy_node[old - 1], make);
    }
}

static void
connect_new_alters (StrataRoute         *self,
                    guint               old,
                    guint               used)
{
  const StrataObject *needed = self->new->objects[used];

  for (guint i = 0; self->alters[old] != NULL && i < self->alters[old]->len; i++)
    {
      guint number = g_array_index (self->alters[old], guint, i);
      const StrataRouteNode *node = get_node (self, number);

      if (!node->is_removal && uses (node, node->new_text, needed))
        strata_route_put_before (self, self->make_node[used], number + 1);
    }
}

static void
connect_new (StrataRoute *self)
{
  for (guint new = 0; new < self->new->n_objects; new++)
    {
      NeedIter iter = { self->new->objects[new] };
      guint old = self->old_of_new[new];
      const StrataObject *needed;

      if (self->make_node[new] == 0 && (old == 0 || self->alters[old - 1] == NULL))
        continue;
      while ((needed = next_need (&iter, self->new)) != NULL)
        {
          guint used = strata_route_find_new (self, needed);

          if (used == G_MAXUINT)
            continue;
          if (self->make_node[new] > 0)
            connect_make (self, new, used);
          else
            connect_new_alters (self, old - 1, used);
        }
    }
}

/* Dropped and made again; or made under its name, and then dropped under another. */
static void
connect_anew (StrataRoute *self)
{
  for (guint old = 0; old < self->old->n_objects; old++)
    {
      guint new = self->new_of_old[old];

      if (new == 0 || self->drop_node[old] == 0 || self->make_node[new - 1] == 0)
        continue;
      if (!self->is_swapped[old])
        strata_route_put_before (self, self->drop_node[old], self->make_node[new - 1]);
      else
        strata_route_put_before (self, self->make_node[new - 1], self->drop_node[old]);
      strata_route_put_before (self, self->make_node[new - 1], self->copy_node[old]);
      strata_route_put_before (self, self->copy_node[old], self->drop_node[old]);
    }
}

/* Where two objects can't have one name: relations and types of a schema, constraints of a table, routines. */
static char *
dup_name_key (const StrataObject *object,
              gboolean            is_relation)
{
  switch ((guint) object->kind)
    {
    case STRATA_OBJECT_TABLE:
    case STRATA_OBJECT_VIEW:
    case STRATA_OBJECT_MATERIALIZED_VIEW:
    case STRATA_OBJECT_SEQUENCE:
    case STRATA_OBJECT_INDEX:
    case STRATA_OBJECT_ENUM:
    case STRATA_OBJECT_DOMAIN:
    case STRATA_OBJECT_COMPOSITE:
    case STRATA_OBJECT_RANGE:
      return g_strdup_printf ("relation %s.%s", object->schema, object->name);
    case STRATA_OBJECT_PRIMARY_KEY:
    case STRATA_OBJECT_UNIQUE:
    case STRATA_OBJECT_EXCLUSION:
      return is_relation ? g_strdup_printf ("relation %s.%s", object->schema, object->name)
                         : g_strdup_printf ("constraint %s.%s.%s", object->schema, object->table, object->name);
    case STRATA_OBJECT_CHECK:
    case STRATA_OBJECT_FOREIGN_KEY:
      return g_strdup_printf ("constraint %s.%s.%s", object->schema, object->table, object->name);
    case STRATA_OBJECT_ROUTINE:
    case STRATA_OBJECT_AGGREGATE:
      return g_strdup_printf ("routine %s.%s(%s)", object->schema, object->name, object->arguments);
    default:
      return NULL;
    }
}

static void
connect_names (StrataRoute *self)
{
  g_autoptr(GHashTable) dropped = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint old = 0; old < self->old->n_objects; old++)
    for (guint i = 0; i < 2 && self->drop_node[old] > 0 && !self->is_swapped[old]; i++)
      {
        char *key = dup_name_key (self->old->objects[old], i == 0);

        if (key != NULL)
          g_hash_table_insert (dropped, key, GUINT_TO_POINTER (self->drop_node[old]));
      }

  for (guint new = 0; new < self->new->n_objects; new++)
    for (guint i = 0; i < 2 && self->make_node[new] > 0; i++)
      {
        g_autofree char *key = dup_name_key (self->new->objects[new], i == 0);
        guint drop = key != NULL ? GPOINTER_TO_UINT (g_hash_table_lookup (dropped, key)) : 0;

        strata_route_put_before (self, drop, self->make_node[new]);
      }
}

/* All that changes of a table comes before (or after) a node, where it is about that column. */
static void
connect_column (StrataRoute *self,
                guint       table,
                const char *column,
                guint       node,
                gboolean    is_making)
{
  const GArray *alters = self->alters[table];

  for (guint i = 0; alters != NULL && i < alters->len; i++)
    {
      guint number = g_array_index (alters, guint, i);
      const StrataRouteNode *other = get_node (self, number);

      if (g_strcmp0 (other->column, column) != 0)
        continue;
      if (is_making && other->drops_identity)
        strata_route_put_before (self, number + 1, node);
      if (!is_making && other->adds_identity)
        strata_route_put_before (self, node, number + 1);
    }
}

/* A sequence that another column gets, or none, leaves its owner before that goes. */
static void
connect_old_sequence (StrataRoute *self,
                      guint       old)
{
  const StrataObject *sequence = self->old->objects[old], *table = strata_picture_find_owner (self->old, sequence);
  guint owner = table != NULL ? strata_route_find_old (self, table) : G_MAXUINT;

  if (owner == G_MAXUINT)
    return;

  connect_column (self, owner, sequence->of.sequence->owner_column, self->drop_node[old], FALSE);
  for (guint i = 0; self->alters[old] != NULL && i < self->alters[old]->len; i++)
    {
      guint number = g_array_index (self->alters[old], guint, i) + 1;

      strata_route_put_before (self, number, self->drop_node[owner]);
      for (guint j = 0; self->alters[owner] != NULL && j < self->alters[owner]->len; j++)
        if (get_node (self, g_array_index (self->alters[owner], guint, j))->is_removal)
          strata_route_put_before (self, number, g_array_index (self->alters[owner], guint, j) + 1);
    }
}

static void
connect_new_sequence (StrataRoute *self,
                      guint       new)
{
  const StrataObject *sequence = self->new->objects[new], *table = strata_picture_find_owner (self->new, sequence);
  guint owner = table != NULL ? strata_route_find_new (self, table) : G_MAXUINT, old = self->old_of_new[new];
  guint old_owner = owner != G_MAXUINT ? self->old_of_new[owner] : 0;

  if (owner == G_MAXUINT)
    return;

  strata_route_put_before (self, self->make_node[owner], self->finish_node[new]);
  for (guint i = 0; old_owner > 0 && self->alters[old_owner - 1] != NULL && i < self->alters[old_owner - 1]->len; i++)
    {
      guint number = g_array_index (self->alters[old_owner - 1], guint, i);

      if (g_strcmp0 (get_node (self, number)->column, sequence->of.sequence->owner_column) == 0
          && !get_node (self, number)->is_removal)
        strata_route_put_before (self, number + 1, self->finish_node[new]);
    }
  for (guint i = 0; old > 0 && self->alters[old - 1] != NULL && i < self->alters[old - 1]->len; i++)
    strata_route_put_before (self, self->make_node[owner], g_array_index (self->alters[old - 1], guint, i) + 1);
  if (old_owner > 0)
    connect_column (self, old_owner - 1, sequence->of.sequence->owner_column, self->make_node[new], TRUE);
}

/* An index that its table is clustered on, or identifies rows by. */
static void
connect_mark (StrataRoute *self,
              guint       new)
{
  const StrataObject *object = self->new->objects[new];
  const StrataObject *owner = object->table != NULL ? strata_ddl_find_relation (self->new, object->schema, object->table) : NULL;

  if (owner != NULL)
    strata_route_put_before (self, self->make_node[new], self->finish_node[strata_route_find_new (self, owner)]);
}

static void
connect_finish (StrataRoute *self)
{
  for (guint new = 0; new < self->new->n_objects; new++)
    {
      strata_route_put_before (self, self->make_node[new], self->finish_node[new]);
      if (self->new->objects[new]->kind == STRATA_OBJECT_SEQUENCE)
        connect_new_sequence (self, new);
      else if (self->make_node[new] > 0)
        connect_mark (self, new);
    }

  for (guint old = 0; old < self->old->n_objects; old++)
    if (self->old->objects[old]->kind == STRATA_OBJECT_SEQUENCE)
      connect_old_sequence (self, old);
}

static gboolean
is_about_one_of (const StrataRouteNode *node,
                 const char            *expression)
{
  return node->column != NULL && !node->is_free && strata_route_mentions (expression, node->column, FALSE);
}

/* Generated columns among the others of their table. */
static void
connect_computed (StrataRoute *self,
                  guint        table)
{
  const GArray *alters = self->alters[table];

  for (guint i = 0; i < alters->len; i++)
    {
      guint number = g_array_index (alters, guint, i);
      const StrataRouteNode *node = get_node (self, number);

      for (guint j = 0; (node->old_computed != NULL || node->new_computed != NULL) && j < alters->len; j++)
        {
          guint other = g_array_index (alters, guint, j);

          if (g_strcmp0 (get_node (self, other)->column, node->column) == 0)
            continue;
          if (is_about_one_of (get_node (self, other), node->old_computed))
            strata_route_put_before (self, number + 1, other + 1);
          if (is_about_one_of (get_node (self, other), node->new_computed) && !get_node (self, other)->is_removal)
            strata_route_put_before (self, other + 1, number + 1);
        }
    }
}

void
strata_route_connect (StrataRoute *self)
{
  connect_old (self);
  connect_new (self);
  connect_anew (self);
  connect_names (self);
  connect_finish (self);
  strata_route_connect_privileges (self);
  strata_route_connect_bodies (self);
  for (guint old = 0; old < self->old->n_objects; old++)
    if (self->alters[old] != NULL)
      connect_computed (self, old);
}
