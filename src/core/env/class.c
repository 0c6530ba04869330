/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/library.h"
#include "core/env/natives.h"
#include "core/env/settings.h"

#define DEEPEST_BASE 20
#define MOST_BASES   200

static void
add_in_order (GPtrArray      *order,
              StrataEnvThing *class_thing,
              guint           depth)
{
  g_ptr_array_add (order, class_thing);
  for (guint i = 0; i < class_thing->n_items && depth < DEEPEST_BASE && order->len < MOST_BASES; i++)
    if (class_thing->items[i]->kind == STRATA_THING_CLASS)
      add_in_order (order, class_thing->items[i], depth + 1);
}

/* Depth first, from the left; a base that comes up again counts where it comes up last. */
StrataEnvThing *
strata_env_class_get_order (StrataEnvReader *self,
                            StrataEnvThing  *class_thing)
{
  g_autoptr(GPtrArray) all = g_ptr_array_new ();
  g_autoptr(GPtrArray) order = g_ptr_array_new ();

  if (class_thing->second != NULL)
    return class_thing->second;

  add_in_order (all, class_thing, 0);
  for (guint i = 0; i < all->len; i++)
    {
      gboolean comes_again = FALSE;

      for (guint j = i + 1; j < all->len && !comes_again; j++)
        comes_again = all->pdata[i] == all->pdata[j];
      if (!comes_again)
        g_ptr_array_add (order, all->pdata[i]);
    }
  class_thing->second = strata_env_thing_list (self, class_thing->place, order);

  return class_thing->second;
}

/* "metaclass=..." and the like change what a class is; to pydantic they are options. */
static void
look_at_keywords (StrataEnvReader    *self,
                  StrataEnvFrame     *frame,
                  const StrataPyNode *node,
                  StrataEnvThing     *class_thing)
{
  const StrataPyExtras *extras = node->definition.extras;
  gboolean is_settings = strata_env_class_derives (class_thing, "BaseSettings") ||
                         strata_env_class_derives (class_thing, "BaseModel") ||
                         strata_env_class_derives (class_thing, "SQLModel");

  for (guint i = 0; extras != NULL && i < extras->keywords.length; i++)
    {
      const StrataPyNode *keyword = extras->keywords.items[i];
      StrataEnvThing *value = strata_env_evaluate (self, frame, keyword->attribute.value);

      if (g_strcmp0 (keyword->attribute.name, "metaclass") == 0)
        class_thing->is_open |= value->kind != STRATA_THING_OUTSIDE ||
                                (strcmp (value->text, "abc.ABCMeta") != 0 && strcmp (value->text, "enum.EnumMeta") != 0);
      else if (is_settings && keyword->attribute.name != NULL)
        {
          if (class_thing->options == NULL)
            class_thing->options = strata_env_thing_new (self, STRATA_THING_DICT, class_thing->place);
          strata_env_cell_keep (self, class_thing->options, keyword->attribute.name, value);
        }
      else
        class_thing->is_open = TRUE;
    }
}

/* The body is followed as Python does it, so that names in it see those before them. */
StrataEnvThing *
strata_env_class_new (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node)
{
  static const char * const known[] = {
    "dataclass", "define", "deprecated", "final", "frozen", "mutable", "runtime_checkable", "total_ordering", "unique", NULL,
  };
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

  strata_env_class_get_order (self, class_thing);
  look_at_keywords (self, frame, node, class_thing);
  /* A base may do something with all that come after it. */
  class_thing->is_open |= strata_env_class_find (class_thing, "__init_subclass__") != NULL;

  strata_env_frame_init (&body, self, frame->module, class_thing);
  strata_env_follow (self, &body, node->definition.body);
  strata_env_frame_clear (&body);

  return strata_env_decorate (self, frame, node, class_thing, known);
}

StrataEnvThing *
strata_env_class_find (StrataEnvThing *class_thing,
                       const char     *name)
{
  StrataEnvThing *order = class_thing->second;
  StrataEnvThing *found = NULL;

  for (guint i = 0; i < order->n_items && found == NULL; i++)
    found = strata_env_cell_get (order->items[i], name);

  return found;
}

gboolean
strata_env_class_derives (StrataEnvThing *class_thing,
                          const char     *name)
{
  StrataEnvThing *order = class_thing->second;

  for (guint i = 0; i < order->n_items; i++)
    for (guint j = 0; j < order->items[i]->n_items; j++)
      {
        StrataEnvThing *base = order->items[i]->items[j];
        const char *dot = base->kind == STRATA_THING_OUTSIDE ? strrchr (base->text, '.') : NULL;

        if (dot != NULL && strcmp (dot + 1, name) == 0)
          return TRUE;
      }

  return FALSE;
}

gboolean
strata_env_class_is_enum (StrataEnvThing *class_thing)
{
  return strata_env_class_derives (class_thing, "Enum") || strata_env_class_derives (class_thing, "StrEnum") ||
         strata_env_class_derives (class_thing, "IntEnum");
}

/* A base that was not followed may give attributes of its own, and take others away. */
gboolean
strata_env_class_is_strange (StrataEnvThing *class_thing)
{
  static const char * const plain[] = {
    "ABC", "BaseModel", "BaseSettings", "DeclarativeBase", "Enum", "Exception", "Generic", "Generic[]", "IntEnum",
    "NamedTuple", "Protocol", "SQLModel", "StrEnum", "TypedDict", "dict", "int", "object", "str", NULL,
  };
  StrataEnvThing *order = class_thing->second;

  for (guint i = 0; i < order->n_items; i++)
    {
      if (order->items[i]->is_open)
        return TRUE;
      for (guint j = 0; j < order->items[i]->n_items; j++)
        {
          StrataEnvThing *base = order->items[i]->items[j];
          const char *dot = base->kind == STRATA_THING_OUTSIDE ? strrchr (base->text, '.') : NULL;

          if (base->kind != STRATA_THING_CLASS && (dot == NULL || !g_strv_contains (plain, dot + 1)))
            return TRUE;
        }
    }

  return FALSE;
}

StrataEnvThing *
strata_env_bind (StrataEnvReader *self,
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

/* What the class has of a library that it derives from: of several, the one that may do most. */
static StrataEnvThing *
get_of_base (StrataEnvReader *self,
             StrataPlace      place,
             StrataEnvThing  *class_thing,
             const char      *name)
{
  StrataEnvThing *order = class_thing->second;
  const char *owner = NULL;

  for (guint i = 0; i < order->n_items; i++)
    for (guint j = 0; j < order->items[i]->n_items; j++)
      {
        StrataEnvThing *base = order->items[i]->items[j];

        if (base->kind == STRATA_THING_CLASS)
          continue;
        if (base->kind != STRATA_THING_OUTSIDE && base->kind != STRATA_THING_OBJECT)
          return NULL;
        if (owner == NULL || strata_env_library_get_care (base->text) > strata_env_library_get_care (owner))
          owner = base->text;
      }

  return owner != NULL ? strata_env_outside_get (self, place, owner, name) : NULL;
}

static StrataEnvThing *
no_attribute (StrataEnvReader *self,
              StrataPlace      place,
              const char      *class_name,
              const char      *name)
{
  g_autofree char *reason = g_strdup_printf (_("where %s of %s comes from was not understood"), name, class_name);

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

  if (found == NULL && !class_thing->is_open)
    found = get_of_base (self, place, class_thing, name);
  else if (strata_env_class_is_strange (class_thing))
    found = NULL;
  if (found == NULL)
    return no_attribute (self, place, class_thing->text, name);
  if (strata_env_class_is_enum (class_thing) && found->kind != STRATA_THING_FUNCTION && *name != '_')
    return strata_env_enum_new (self, place, class_thing, found, name);

  return is_marked (found, "classmethod") ? strata_env_bind (self, found, class_thing, place) : found;
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
  if (instance->is_open || strata_env_class_is_strange (class_thing) ||
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
    {
      StrataEnvThing *value = strata_env_call_with (self, frame, node, strata_env_bind (self, found, instance, place), NULL);

      if (is_marked (found, "cached_property"))
        strata_env_cell_set (self, instance, name, value);
      return value;
    }

  return strata_env_bind (self, found, is_marked (found, "classmethod") ? class_thing : instance, place);
}

static gboolean
is_model (StrataEnvThing *class_thing)
{
  return strata_env_class_derives (class_thing, "BaseSettings") || strata_env_class_derives (class_thing, "BaseModel") ||
         strata_env_class_derives (class_thing, "SQLModel");
}

static gboolean
is_dataclass (StrataEnvThing *class_thing)
{
  static const char * const names[] = { "dataclass", "define", "frozen", "mutable", NULL };

  return strata_env_has_decorator (class_thing->node, names);
}

/* The fields of a dataclass in their order, those of its bases first. */
static void
collect_fields (StrataEnvThing *class_thing,
                GPtrArray      *names)
{
  StrataEnvThing *order = class_thing->second;

  for (guint i = order->n_items; i > 0; i--)
    {
      StrataPyList body = order->items[i - 1]->node->definition.body;

      for (guint j = 0; j < body.length; j++)
        {
          const StrataPyNode *target = body.items[j]->kind == STRATA_PY_NODE_ANNOTATED ? body.items[j]->list.items[0] : NULL;

          if (target != NULL && target->kind == STRATA_PY_NODE_NAME &&
              !g_ptr_array_find_with_equal_func (names, target->name, g_str_equal, NULL))
            g_ptr_array_add (names, (gpointer) target->name);
        }
    }
}

/* Arguments of a dataclass or a pydantic model are its fields by name, or by position. */
static void
take_fields (StrataEnvReader *self,
             StrataEnvThing  *instance,
             StrataEnvCall   *call)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new ();

  if (call->is_open)
    instance->is_open = TRUE;
  if (call->arguments->len > 0)
    collect_fields (instance->first, names);
  if (call->arguments->len > names->len || (call->arguments->len > 0 && !is_dataclass (instance->first)))
    instance->is_open = TRUE;

  for (guint i = 0; i < MIN (call->arguments->len, names->len); i++)
    strata_env_cell_set (self, instance, names->pdata[i], call->arguments->pdata[i]);
  for (guint i = 0; i < call->names->len; i++)
    {
      g_autofree char *name = g_strconcat (is_model (instance->first) ? "=" : "", call->names->pdata[i], NULL);

      /* A model makes its fields of what it is given. */
      strata_env_cell_set (self, instance, strata_py_arena_strndup (self->scratch, name, strlen (name)),
                           call->keywords->pdata[i]);
    }
}

static void
run_method (StrataEnvReader *self,
            StrataEnvThing  *instance,
            StrataEnvCall   *call,
            const char      *name)
{
  StrataEnvThing *function = strata_env_class_find (instance->first, name);
  StrataEnvThing *none = strata_env_thing_none (self, call->place);

  if (function == NULL || function->kind != STRATA_THING_FUNCTION)
    return;

  function = strata_env_bind (self, function, instance, call->place);
  if (strcmp (name, "model_post_init") == 0)
    strata_env_call_with (self, call->frame, call->node, function, none, NULL);
  else
    strata_env_call_with (self, call->frame, call->node, function, NULL);
}

/* @model_validator (mode="after") and the like set fields of the instance itself. */
static void
run_validators (StrataEnvReader *self,
                StrataEnvThing  *instance,
                StrataEnvThing  *class_thing,
                StrataEnvCall   *call)
{
  static const char * const kinds[] = { "model_validator", NULL };
  static const char * const unknown[] = { "root_validator", NULL };
  StrataPyList body = class_thing->node->definition.body;

  for (guint i = 0; i < body.length; i++)
    {
      const StrataPyNode *node = body.items[i];

      if (node->kind != STRATA_PY_NODE_FUNCTION)
        continue;
      /* One that runs before has the raw values, which are not all known. */
      if (strata_env_has_decorator (node, unknown) ||
          (strata_env_has_decorator (node, kinds) && !strata_env_has_mode (node, "after")))
        instance->is_open = TRUE;
      else if (strata_env_has_decorator (node, kinds))
        run_method (self, instance, call, node->definition.name);
    }
}

/* What happens to every new instance that has its fields. */
static void
finish_fields (StrataEnvReader *self,
               StrataEnvThing  *instance,
               StrataEnvCall   *call)
{
  StrataEnvThing *order = instance->first->second;

  if (!is_model (instance->first))
    {
      if (is_dataclass (instance->first))
        run_method (self, instance, call, "__post_init__");
      return;
    }

  run_method (self, instance, call, "model_post_init");
  for (guint i = order->n_items; i > 0; i--)
    run_validators (self, instance, order->items[i - 1], call);
}

/* The __init__() that pydantic, or a dataclass, gives. */
void
strata_env_instance_fill (StrataEnvReader *self,
                          StrataEnvThing  *instance,
                          StrataEnvCall   *call)
{
  /* The sources are read now, from where the code is now. */
  instance->second = strata_env_environment (self);
  instance->value = strata_env_get_cwd (self);
  take_fields (self, instance, call);
  strata_env_settings_read_sources (self, instance, call->place);
  finish_fields (self, instance, call);
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

  /* Environment("production") is the member with that value. */
  if (strata_env_class_is_enum (class_thing))
    {
      value = strata_env_call_get (call, 0, "value");
      return value != NULL && !call->is_open ? strata_env_enum_new (self, call->place, class_thing, value, NULL)
                                             : strata_env_no_idea (self, call);
    }

  instance->is_open = strata_env_class_find (class_thing, "__new__") != NULL;
  if (strata_env_class_is_strange (class_thing))
    strata_env_escape (self, call);

  if (init != NULL && init->kind == STRATA_THING_FUNCTION)
    strata_env_call (self, strata_env_bind (self, init, instance, call->place), call);
  else
    strata_env_instance_fill (self, instance, call);

  return instance;
}
