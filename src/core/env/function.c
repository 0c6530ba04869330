/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <string.h>

#include "core/env/frame.h"

#define DEEPEST_CALL 40
#define DEEPEST_RECURSION 3

static void
look_for_yield (const StrataPyNode *node,
                gpointer            data)
{
  gboolean *found = data;

  if (node->kind == STRATA_PY_NODE_YIELD || node->kind == STRATA_PY_NODE_YIELD_FROM)
    *found = TRUE;
  if (!*found && node->kind != STRATA_PY_NODE_FUNCTION && node->kind != STRATA_PY_NODE_LAMBDA &&
      node->kind != STRATA_PY_NODE_CLASS)
    strata_py_node_foreach (node, look_for_yield, found);
}

static gboolean
has_yield (const StrataPyNode *function)
{
  gboolean found = FALSE;

  if (function->kind == STRATA_PY_NODE_LAMBDA)
    return FALSE;

  for (guint i = 0; i < function->definition.body.length && !found; i++)
    look_for_yield (function->definition.body.items[i], &found);

  return found;
}

/* "cache" of "@functools.cache" and of "@cache()". */
static const char *
get_decorator_name (const StrataPyNode *node)
{
  if (node->kind == STRATA_PY_NODE_CALL)
    node = node->call.function;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_NAME:
      return node->name;
    case STRATA_PY_NODE_ATTRIBUTE:
      return node->attribute.name;
    default:
      return "";
    }
}

gboolean
strata_env_has_decorator (const StrataPyNode *definition,
                          const char * const *names)
{
  const StrataPyExtras *extras = definition->definition.extras;

  for (guint i = 0; extras != NULL && i < extras->decorators.length; i++)
    if (g_strv_contains (names, get_decorator_name (extras->decorators.items[i])))
      return TRUE;

  return FALSE;
}

/* Something that is code of the project and can be called. */
static gboolean
is_own (const StrataEnvThing *thing)
{
  return thing->kind == STRATA_THING_FUNCTION || thing->kind == STRATA_THING_METHOD || thing->kind == STRATA_THING_CLASS ||
         thing->kind == STRATA_THING_INSTANCE ||
         (thing->kind == STRATA_THING_OBJECT && strcmp (thing->text, "functools.partial") == 0);
}

StrataEnvThing *
strata_env_decorate (StrataEnvReader    *self,
                     StrataEnvFrame     *frame,
                     const StrataPyNode *node,
                     StrataEnvThing     *thing,
                     const char * const *known)
{
  const StrataPyExtras *extras = node->definition.extras;

  for (guint i = extras != NULL ? extras->decorators.length : 0; i > 0; i--)
    {
      const StrataPyNode *decorator = extras->decorators.items[i - 1];
      const StrataPyNode *name = decorator->kind == STRATA_PY_NODE_CALL ? decorator->call.function : decorator;
      StrataEnvThing *called = strata_env_evaluate (self, frame, name);

      if (!is_own (called) && g_strv_contains (known, get_decorator_name (decorator)))
        continue;
      if (decorator != name)
        called = strata_env_evaluate (self, frame, decorator);
      if (is_own (called))
        thing = strata_env_call_with (self, frame, node, called, thing, NULL);
      else
        {
          thing->is_open = TRUE;
          /* What a library makes of it has the library's attributes. */
          if (thing->kind == STRATA_THING_FUNCTION && called->kind == STRATA_THING_OUTSIDE)
            thing->text = strata_env_outside_get (self, thing->place, called->text, "()")->text;
        }
    }

  return thing;
}

StrataEnvThing *
strata_env_function_new (StrataEnvReader    *self,
                         StrataEnvFrame     *frame,
                         const StrataPyNode *node)
{
  StrataEnvThing *function = strata_env_thing_new (self, STRATA_THING_FUNCTION, strata_env_place (frame, node));

  function->node = node;
  function->module = frame->module;
  /* A class is no scope for its functions. */
  function->first = frame->names->kind == STRATA_THING_NAMES ? frame->names : frame->names->first;

  for (guint i = 0; i < node->definition.parameters.length; i++)
    {
      const StrataPyNode *parameter = node->definition.parameters.items[i];
      const StrataPyNode *value = parameter->parameter.value;

      if (value != NULL && value->kind != STRATA_PY_NODE_CONSTANT && value->kind != STRATA_PY_NODE_STRING &&
          value->kind != STRATA_PY_NODE_NUMBER)
        strata_env_cell_keep (self, function, parameter->parameter.name, strata_env_evaluate (self, frame, value));
    }

  return function;
}

/* "@url.setter": the property stays what it is. */
static gboolean
adds_to_property (const StrataPyNode *node)
{
  static const char * const parts[] = { "deleter", "setter", NULL };

  return strata_env_has_decorator (node, parts);
}

StrataEnvThing *
strata_env_define (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *node)
{
  static const char * const known[] = {
    "abstractmethod", "cache", "cached_property", "classmethod", "computed_field", "deprecated", "field_serializer",
    "field_validator", "lru_cache", "model_serializer", "model_validator", "no_type_check", "overload", "override",
    "property", "root_validator", "staticmethod", "validator", "wraps", NULL,
  };
  StrataEnvThing *held = strata_env_cell_get (frame->names, node->definition.name);

  if (held != NULL && adds_to_property (node))
    return held;

  return strata_env_decorate (self, frame, node, strata_env_function_new (self, frame, node), known);
}

static StrataEnvThing *
follow_function (StrataEnvReader *self,
                 StrataEnvThing  *function,
                 StrataEnvCall   *call)
{
  const StrataPyNode *node = function->node;
  StrataEnvThing *names = strata_env_thing_new (self, STRATA_THING_NAMES, call->place);
  StrataEnvThing *returned;
  StrataEnvFrame frame;
  gboolean falls_through;

  names->first = function->first;
  strata_env_frame_init (&frame, self, function->module, names);
  frame.function = function;
  strata_env_bind_parameters (self, &frame, function, call);

  if (node->kind == STRATA_PY_NODE_LAMBDA)
    returned = strata_env_evaluate (self, &frame, node->definition.body.items[0]);
  else
    {
      falls_through = strata_env_follow (self, &frame, node->definition.body);
      returned = strata_env_frame_leave (self, &frame, falls_through, call->place);
    }
  strata_env_frame_clear (&frame);

  return returned;
}

/* What happens in it may happen, once or more often; what it gives is not known. */
static StrataEnvThing *
follow_perhaps (StrataEnvReader *self,
                StrataEnvThing  *function,
                StrataEnvCall   *call)
{
  StrataEnvThing *unknown = strata_env_no_idea (self, call);
  StrataEnvFork fork;

  strata_env_risk (self);
  strata_env_fork_begin (self, call->frame, &fork, unknown->value);
  follow_function (self, function, call);
  strata_env_fork_turn (self, call->frame, &fork, TRUE);
  strata_env_fork_end (self, call->frame, &fork, TRUE);

  return unknown;
}

/* What the call is remembered by, new; NULL where it is not: "()", or with plain texts for arguments. */
static char *
get_cache_key (StrataEnvThing *function,
               StrataEnvCall  *call)
{
  static const char * const caches[] = { "cache", "lru_cache", NULL };
  g_autoptr(GString) key = g_string_new ("(");

  if (call->is_open || call->self != NULL || call->names->len > 0 ||
      function->node->kind != STRATA_PY_NODE_FUNCTION || !strata_env_has_decorator (function->node, caches))
    return NULL;

  for (guint i = 0; i < call->arguments->len; i++)
    {
      if (!strata_env_thing_is_text (call->arguments->pdata[i], NULL))
        return NULL;
      g_string_append_printf (key, "%s,", ((StrataEnvThing *) call->arguments->pdata[i])->value->text);
    }

  return g_string_free (g_steal_pointer (&key), FALSE);
}

/* "get_settings.cache_clear()" */
void
strata_env_forget_results (StrataEnvReader *self,
                           StrataEnvThing  *function)
{
  g_autoptr(GPtrArray) names = strata_env_cell_names (function);

  for (guint i = 0; i < names->len; i++)
    if (*(const char *) names->pdata[i] == '(')
      strata_env_cell_set (self, function, names->pdata[i], NULL);
}

/* A statement that sets something that is not the function's own. */
static void
look_for_effect (const StrataPyNode *node,
                 gpointer            data)
{
  gboolean *found = data;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_SCOPE:
    case STRATA_PY_NODE_DELETE:
      *found = TRUE;
      break;
    case STRATA_PY_NODE_ASSIGN:
      for (guint i = 0; i < node->assign.targets.length; i++)
        *found |= node->assign.targets.items[i]->kind != STRATA_PY_NODE_NAME
                  && node->assign.targets.items[i]->kind != STRATA_PY_NODE_TUPLE;
      break;
    case STRATA_PY_NODE_AUGMENTED:
      *found |= node->pair.first->kind != STRATA_PY_NODE_NAME;
      break;
    case STRATA_PY_NODE_NAME:
      *found |= strstr (node->name, "environ") != NULL || strstr (node->name, "dotenv") != NULL;
      break;
    case STRATA_PY_NODE_ATTRIBUTE:
      *found |= strstr (node->attribute.name, "environ") != NULL || strstr (node->attribute.name, "dotenv") != NULL
                || g_str_has_suffix (node->attribute.name, "setenv") || g_str_equal (node->attribute.name, "putenv")
                || g_str_has_prefix (node->attribute.name, "set");
      break;
    default:
      break;
    }

  if (!*found)
    strata_py_node_foreach (node, look_for_effect, found);
}

/* A function that calls itself once more under a condition, and that sets nothing: more of it does what was followed already,
 * and only what it gives is not known. A tree of calls has no end otherwise. */
static gboolean
is_endless (StrataEnvReader *self,
            StrataEnvThing  *function,
            gboolean         is_certain)
{
  gboolean has_effect = FALSE;

  if (is_certain || GPOINTER_TO_UINT (g_hash_table_lookup (self->running, function->node)) < DEEPEST_RECURSION)
    return FALSE;

  strata_py_node_foreach (function->node, look_for_effect, &has_effect);

  return !has_effect;
}

static void
count_running (StrataEnvReader *self,
               StrataEnvThing  *function,
               int              change)
{
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (self->running, function->node));

  g_hash_table_insert (self->running, (gpointer) function->node, GUINT_TO_POINTER (n + change));
}

/* Too deep to go on: what it would have done is not known. */
static StrataEnvThing *
give_up_call (StrataEnvReader *self,
              StrataEnvCall   *call)
{
  strata_env_risk (self);
  strata_env_escape (self, call);
  strata_env_spoil_environment (self, call->place);
  strata_env_spoil_ini (self, call->place);

  return strata_env_no_idea (self, call);
}

StrataEnvThing *
strata_env_call_function (StrataEnvReader *self,
                          StrataEnvThing  *function,
                          StrataEnvCall   *call)
{
  gboolean is_certain = strata_env_frame_is_certain (call->frame);
  g_autofree char *key = get_cache_key (function, call);
  StrataEnvThing *returned = key != NULL ? strata_env_cell_get (function, key) : NULL;

  if (returned != NULL)
    return returned;
  if (self->n_calls >= DEEPEST_CALL)
    return give_up_call (self, call);
  if (is_endless (self, function, is_certain))
    {
      strata_env_risk (self);
      return strata_env_no_idea (self, call);
    }

  self->n_calls++;
  count_running (self, function, 1);
  self->n_uncertain += !is_certain;
  if (function->is_open || has_yield (function->node))
    returned = follow_perhaps (self, function, call);
  else
    returned = follow_function (self, function, call);
  self->n_uncertain -= !is_certain;
  self->n_calls--;
  count_running (self, function, -1);

  if (key != NULL)
    strata_env_cell_set (self, function, strata_py_arena_strndup (self->scratch, key, strlen (key)), returned);

  return returned;
}
