/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <string.h>

/* "super()" in a method: what the classes after that of the method have. An OBJECT; first: the instance or class, items:
 * those classes. */

/* The class whose body the function stands in; its number in the order, or that of all of them. */
static guint
find_class_of (StrataEnvThing     *order,
               const StrataPyNode *function)
{
  for (guint i = 0; i < order->n_items; i++)
    {
      StrataEnvThing *found = strata_env_cell_get (order->items[i], function->definition.name);

      if (found != NULL && found->kind == STRATA_THING_FUNCTION && found->node == function)
        return i;
    }

  return order->n_items;
}

StrataEnvThing *
strata_env_super_new (StrataEnvReader *self,
                      StrataEnvCall   *call)
{
  StrataEnvThing *function = call->frame->function;
  StrataEnvThing *owner, *order, *super;
  guint i;

  if (function == NULL || function->node->kind != STRATA_PY_NODE_FUNCTION ||
      function->node->definition.parameters.length == 0)
    return NULL;

  owner = strata_env_cell_get (call->frame->names, function->node->definition.parameters.items[0]->parameter.name);
  if (owner == NULL || (owner->kind != STRATA_THING_INSTANCE && owner->kind != STRATA_THING_CLASS))
    return NULL;

  order = strata_env_class_get_order (self, owner->kind == STRATA_THING_CLASS ? owner : owner->first);
  i = find_class_of (order, function->node);
  if (i == order->n_items)
    return NULL;

  super = strata_env_thing_new (self, STRATA_THING_OBJECT, call->place);
  super->text = STRATA_ENV_SUPER;
  super->first = owner;
  super->items = order->items + i + 1;
  super->n_items = order->n_items - i - 1;

  return super;
}

StrataEnvThing *
strata_env_super_get (StrataEnvReader *self,
                      StrataPlace      place,
                      StrataEnvThing  *super,
                      const char      *name)
{
  StrataEnvThing *member;

  for (guint i = 0; i < super->n_items; i++)
    {
      StrataEnvThing *found = strata_env_cell_get (super->items[i], name);

      if (found != NULL && found->kind == STRATA_THING_FUNCTION)
        return strata_env_bind (self, found, super->first, place);
      if (found != NULL)
        return found;
    }

  member = strata_env_thing_new (self, STRATA_THING_MEMBER, place);
  member->first = super;
  member->text = name;

  return member;
}

/* A method that none of the project's classes has. */
StrataEnvThing *
strata_env_super_call (StrataEnvReader *self,
                       StrataEnvThing  *super,
                       const char      *name,
                       StrataEnvCall   *call)
{
  StrataEnvThing *owner = super->first;

  if (owner->kind == STRATA_THING_INSTANCE && strcmp (name, "__init__") == 0 && !strata_env_class_is_strange (owner->first))
    strata_env_instance_fill (self, owner, call);
  else if (strcmp (name, "model_post_init") != 0 && strcmp (name, "__post_init__") != 0)
    {
      strata_env_spoil (self, owner);
      return NULL;
    }

  return strata_env_thing_none (self, call->place);
}
