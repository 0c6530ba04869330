/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Privileges are given to what is made, given back to what is made anew, and changed. */

#include "config.h"

#include "core/diff/postgresql-route.h"

#include "core/ddl/postgresql-private.h"

#include <string.h>

gboolean
strata_route_is_of_privileges (const StrataDifference *difference)
{
  return g_strcmp0 (difference->property, STRATA_DIFFERENCE_PRIVILEGES) == 0;
}

/* FALSE where what is granted changes, and that is not wanted. */
static gboolean
is_change_wanted (const StrataRoute *self,
                  guint              old)
{
  const StrataDifference *difference;

  for (guint at = 0; (difference = strata_route_walk (self, old, &at)) != NULL;)
    if (strata_route_is_of_privileges (difference))
      return self->is_wanted[at - 1];

  return TRUE;
}

/* Whose grants the new object gets: its own where privileges are compared, else those that it had. */
static const StrataObject *
find_granted (const StrataRoute *self,
              guint              new)
{
  guint old = self->old_of_new[new];

  if (self->diff->has_privileges && (old == 0 || is_change_wanted (self, old - 1)))
    return self->new->objects[new];

  return old > 0 ? self->old->objects[old - 1] : NULL;
}

/* What the default privileges of the role that looked give, and is not wanted. What is wanted is granted in any case: it may be
 * another role that runs the steps. */
static GPtrArray *
list_unwanted (const StrataPicture *picture,
               const StrataObject  *made,
               const GPtrArray     *want)
{
  GPtrArray *list = strata_ddl_list_initial_grants (picture, made);

  for (guint i = list->len; i > 0; i--)
    for (guint j = 0; j < want->len; j++)
      if (strata_ddl_compare_grants (&list->pdata[i - 1], &want->pdata[j]) == 0)
        {
          g_ptr_array_remove_index (list, i - 1);
          break;
        }

  return list;
}

void
strata_route_grant_made (StrataRoute        *self,
                         guint               new,
                         const StrataObject *made)
{
  const StrataObject *granted = find_granted (self, new);
  g_autoptr(GPtrArray) have = NULL;
  g_autoptr(GPtrArray) want = NULL;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);

  if (granted == NULL || made->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
    return;

  want = strata_ddl_list_grants (granted, made);
  have = list_unwanted (self->old, made, want);
  strata_ddl_grant (self->old, made, have, want, statements);
  if (statements->len == 0)
    return;

  g_ptr_array_extend_and_steal (strata_route_add_node (self, STRATA_RANK_PRIVILEGES, NULL)->statements,
                                g_steal_pointer (&statements));
  self->grant_node[new] = self->nodes->len;
}

void
strata_route_give_back (const StrataRoute  *self,
                        guint               old,
                        const char         *column,
                        StrataRouteNode    *node)
{
  const StrataObject *object = self->old->objects[old];
  g_autoptr(GPtrArray) want = g_ptr_array_new ();

  for (guint i = 0; object->grants != NULL && object->grants[i] != NULL; i++)
    if (g_strcmp0 (object->grants[i]->column, column) == 0 && !object->grants[i]->is_of_sequence)
      g_ptr_array_add (want, (gpointer) object->grants[i]);

  strata_ddl_grant (self->old, object, NULL, want, node->statements);
}

void
strata_route_say_owner (StrataRouteNode    *node,
                        const StrataObject *object,
                        const char         *owner)
{
  g_autofree char *name = strata_ddl_dup_name (object);
  g_autoptr(GString) role = g_string_new (NULL);

  if (owner == NULL)
    return;

  strata_ddl_append_name (role, owner);
  strata_route_say (node, "ALTER %s %s OWNER TO %s", strata_route_get_words (object), name, role->str);
}

void
strata_route_alter_privileges (StrataRoute *self)
{
  for (guint i = 0; i < self->diff->differences->len; i++)
    {
      const StrataDifference *difference = g_ptr_array_index (self->diff->differences, i);
      guint old = difference->from != NULL ? strata_route_find_old (self, difference->from) : G_MAXUINT;
      g_autoptr(GPtrArray) have = NULL;
      g_autoptr(GPtrArray) want = NULL;

      if (!self->is_wanted[i] || !strata_route_is_of_privileges (difference) || self->fates[old] != STRATA_FATE_STAYS)
        continue;

      have = strata_ddl_list_grants (difference->from, difference->to);
      want = strata_ddl_list_grants (difference->to, NULL);
      strata_ddl_grant (self->old, difference->from, have, want,
                        strata_route_add_node (self, STRATA_RANK_PRIVILEGES, difference)->statements);
      self->grant_node[self->new_of_old[old] - 1] = self->nodes->len;
    }
}

static guint
get_node (const StrataRoute *self,
          guint              new)
{
  return self->make_node[new] > 0 ? self->make_node[new] : self->grant_node[new];
}

/* Default privileges change behind all that is made, as they would reach it. */
static void
connect_defaults (StrataRoute *self,
                  guint        node)
{
  for (guint new = 0; node > 0 && new < self->new->n_objects; new++)
    if (self->new->objects[new]->kind != STRATA_OBJECT_DEFAULT_PRIVILEGES)
      strata_route_put_before (self, self->make_node[new], node);
}

void
strata_route_connect_privileges (StrataRoute *self)
{
  for (guint new = 0; new < self->new->n_objects; new++)
    {
      guint old = self->old_of_new[new], grant = self->grant_node[new];
      const GArray *alters = old > 0 ? self->alters[old - 1] : NULL;

      strata_route_put_before (self, self->make_node[new], grant);
      for (guint i = 0; grant > 0 && alters != NULL && i < alters->len; i++)
        strata_route_put_before (self, g_array_index (alters, guint, i) + 1, grant);
      if (self->new->objects[new]->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
        connect_defaults (self, get_node (self, new));
    }

  for (guint old = 0; old < self->old->n_objects; old++)
    if (self->old->objects[old]->kind == STRATA_OBJECT_DEFAULT_PRIVILEGES)
      connect_defaults (self, self->drop_node[old]);
}
