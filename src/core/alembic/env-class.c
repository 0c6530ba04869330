/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-reader.h"

#include <string.h>

#include "core/alembic/env-natives.h"

#define DEEPEST_BASE 20

/* The body is followed as Python does it, so that names in it see those before them. */
StrataEnvThing *
strata_env_class_new (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node)
{
  StrataEnvThing *class_thing = strata_env_thing_new (self, STRATA_THING_CLASS, strata_env_place (frame, node));
  g_autoptr(GPtrArray) bases = g_ptr_array_new ();
  StrataEnvFrame body;

  for (guint i = 0; i < node->definition.parameters.length; i++)
    {
      const StrataPyNode *base = node->definition.parameters.items[i];

      g_ptr_array_add (bases, strata_env_evaluate (self, frame, base->kind == STRATA_PY_NODE_STARRED ? base->child : base));
    }
  class_thing->items = strata_env_thing_list (self, class_thing->place, bases)->items;
  class_thing->n_items = bases->len;
  class_thing->node = node;
  class_thing->module = frame->module;
  class_thing->text = node->definition.name;
  class_thing->first = frame->names->kind == STRATA_THING_NAMES ? frame->names : frame->names->first;

  strata_env_frame_init (&body, self, frame->module, class_thing);
  strata_env_follow (self, &body, node->definition.body);
  strata_env_frame_clear (&body);

  return class_thing;
}

static StrataEnvThing *
find (StrataEnvThing *class_thing,
      const char     *name,
      guint           depth)
{
  StrataEnvThing *found = strata_env_cell_get (class_thing, name);

  for (guint i = 0; i < class_thing->n_items && found == NULL && depth < DEEPEST_BASE; i++)
    if (class_thing->items[i]->kind == STRATA_THING_CLASS)
      found = find (class_thing->items[i], name, depth + 1);

  return found;
}

StrataEnvThing *
strata_env_class_find (StrataEnvThing *class_thing,
                       const char     *name)
{
  return find (class_thing, name, 0);
}

static gboolean
derives (StrataEnvThing *class_thing,
         const char     *name,
         guint           depth)
{
  for (guint i = 0; i < class_thing->n_items && depth < DEEPEST_BASE; i++)
    {
      StrataEnvThing *base = class_thing->items[i];
      const char *dot;

      if (base->kind == STRATA_THING_CLASS && derives (base, name, depth + 1))
        return TRUE;
      if (base->kind != STRATA_THING_OUTSIDE)
        continue;
      dot = strrchr (base->text, '.');
      if (dot != NULL && strcmp (dot + 1, name) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
strata_env_class_derives (StrataEnvThing *class_thing,
                          const char     *name)
{
  return derives (class_thing, name, 0);
}

/* A base that was not followed may give attributes of its own, and take others away. */
static gboolean
has_unknown_base (StrataEnvThing *class_thing,
                  guint           depth)
{
  static const char * const plain[] = {
    "ABC", "BaseModel", "BaseSettings", "DeclarativeBase", "Enum", "Exception", "Generic", "Generic[]", "IntEnum",
    "NamedTuple", "Protocol", "SQLModel", "StrEnum", "TypedDict", "dict", "int", "object", "str", NULL,
  };

  for (guint i = 0; i < class_thing->n_items; i++)
    {
      StrataEnvThing *base = class_thing->items[i];
      const char *dot = base->kind == STRATA_THING_OUTSIDE ? strrchr (base->text, '.') : NULL;

      if (base->kind == STRATA_THING_CLASS && depth < DEEPEST_BASE && !has_unknown_base (base, depth + 1))
        continue;
      if (dot == NULL || !g_strv_contains (plain, dot + 1))
        return TRUE;
    }

  return FALSE;
}

static StrataEnvThing *
bind (StrataEnvReader *self,
      StrataEnvThing  *function,
      StrataEnvThing  *bound,
      StrataPlace      place)
{
  StrataEnvThing *method = strata_env_thing_new (self, STRATA_THING_METHOD, place);

  method->first = bound;
  method->second = function;

  return method;
}

static gboolean
is_marked (StrataEnvThing *thing,
           const char     *decorator)
{
  const char * const names[] = { decorator, NULL };

  return thing->kind == STRATA_THING_FUNCTION && thing->node->kind == STRATA_PY_NODE_FUNCTION &&
         strata_env_has_decorator (thing->node, names);
}

static gboolean
is_property (StrataEnvThing *thing)
{
  return is_marked (thing, "property") || is_marked (thing, "cached_property") || is_marked (thing, "computed_field");
}

static StrataEnvThing *
no_attribute (StrataEnvReader *self,
              StrataPlace      place,
              const char      *class_name,
              const char      *name)
{
  g_autofree char *reason = g_strdup_printf ("where %s of %s comes from was not understood", name, class_name);

  return strata_env_thing_unknown (self, place, reason);
}

StrataEnvThing *
strata_env_class_get (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node,
                      StrataEnvThing     *class_thing,
                      const char         *name)
{
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *found = strata_env_class_find (class_thing, name);

  if (found == NULL || has_unknown_base (class_thing, 0))
    return no_attribute (self, place, class_thing->text, name);

  return is_marked (found, "classmethod") ? bind (self, found, class_thing, place) : found;
}

/* An attribute of the instance, a field, or what the class has: a property is worked out, a function bound. */
StrataEnvThing *
strata_env_instance_get (StrataEnvReader    *self,
                         StrataEnvFrame     *frame,
                         const StrataPyNode *node,
                         StrataEnvThing     *instance,
                         const char         *name)
{
  StrataPlace place = strata_env_place (frame, node);
  StrataEnvThing *class_thing = instance->first;
  StrataEnvThing *found = strata_env_cell_get (instance, name);

  if (found != NULL)
    return found;
  if (instance->is_open || has_unknown_base (class_thing, 0) ||
      strata_env_class_find (class_thing, "__getattr__") != NULL ||
      strata_env_class_find (class_thing, "__getattribute__") != NULL)
    return no_attribute (self, place, class_thing->text, name);

  found = strata_env_field_get (self, frame, node, instance, name);
  if (found != NULL)
    return found;

  found = strata_env_class_find (class_thing, name);
  if (found == NULL)
    return no_attribute (self, place, class_thing->text, name);
  if (found->kind != STRATA_THING_FUNCTION || is_marked (found, "staticmethod"))
    return found;
  if (is_property (found))
    return strata_env_call_with (self, frame, node, bind (self, found, instance, place), NULL);

  return bind (self, found, is_marked (found, "classmethod") ? class_thing : instance, place);
}

/* Arguments of a dataclass or a pydantic model are its fields by name. */
static void
take_fields (StrataEnvReader *self,
             StrataEnvThing  *instance,
             StrataEnvCall   *call)
{
  for (guint i = 0; i < call->names->len; i++)
    strata_env_cell_set (self, instance, call->names->pdata[i], call->keywords->pdata[i]);
  if (call->is_open || call->arguments->len > 0)
    instance->is_open = TRUE;
}

/* @model_validator (mode="after") and the like set fields of the instance itself. */
static void
run_validators (StrataEnvReader *self,
                StrataEnvThing  *instance,
                StrataEnvCall   *call)
{
  static const char * const kinds[] = { "model_validator", NULL };
  static const char * const unknown[] = { "root_validator", NULL };
  StrataPyList body = instance->first->node->definition.body;

  for (guint i = 0; i < body.length; i++)
    {
      const StrataPyNode *node = body.items[i];
      StrataEnvThing *function;

      if (node->kind != STRATA_PY_NODE_FUNCTION)
        continue;
      if (strata_env_has_decorator (node, unknown))
        instance->is_open = TRUE;
      function = strata_env_class_find (instance->first, node->definition.name);
      if (!strata_env_has_decorator (node, kinds) || function == NULL)
        continue;
      /* One that runs before has the raw values, which are not all known. */
      if (strata_env_has_mode (node, "after"))
        strata_env_call_with (self, call->frame, call->node, bind (self, function, instance, call->place), NULL);
      else
        instance->is_open = TRUE;
    }
}

StrataEnvThing *
strata_env_instance_new (StrataEnvReader *self,
                         StrataEnvThing  *class_thing,
                         StrataEnvCall   *call)
{
  StrataEnvThing *instance = strata_env_thing_new (self, STRATA_THING_INSTANCE, call->place);
  StrataEnvThing *init = strata_env_class_find (class_thing, "__init__");
  StrataEnvThing *value;

  instance->first = class_thing;
  instance->second = strata_env_environment (self);

  /* Environment("production") is the member with that value. */
  if (strata_env_class_derives (class_thing, "Enum") || strata_env_class_derives (class_thing, "StrEnum"))
    {
      value = strata_env_call_get (call, 0, "value");
      return value != NULL ? value : strata_env_no_idea (self, call);
    }

  if (init != NULL && init->kind == STRATA_THING_FUNCTION)
    {
      StrataEnvCall copy = *call;
      g_autoptr(GPtrArray) arguments = g_ptr_array_copy (call->arguments, NULL, NULL);

      copy.arguments = arguments;
      strata_env_call (self, bind (self, init, instance, call->place), &copy);
    }
  else
    take_fields (self, instance, call);

  if (strata_env_class_derives (class_thing, "BaseSettings") || strata_env_class_derives (class_thing, "BaseModel"))
    run_validators (self, instance, call);

  return instance;
}
