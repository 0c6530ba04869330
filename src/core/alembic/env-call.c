/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-reader.h"

#include <string.h>

#include "core/alembic/env-frame.h"
#include "core/alembic/env-natives.h"

#define DEEPEST_CALL 40

StrataEnvThing *
strata_env_call_get (const StrataEnvCall *call,
                     guint                position,
                     const char          *name)
{
  if (position < call->arguments->len)
    return call->arguments->pdata[position];

  for (guint i = 0; name != NULL && i < call->names->len; i++)
    if (strcmp (call->names->pdata[i], name) == 0)
      return call->keywords->pdata[i];

  return NULL;
}

StrataEnvThing *
strata_env_no_idea (StrataEnvReader *self,
                    StrataEnvCall   *call)
{
  return strata_env_not_followed (self, call->frame, call->node);
}

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

/* Those that leave a function what it is, as far as its result goes. */
static gboolean
decorators_are_known (const StrataPyNode *function)
{
  static const char * const known[] = {
    "cache", "cached_property", "classmethod", "computed_field", "deprecated", "field_validator", "lru_cache",
    "model_validator", "override", "property", "root_validator", "staticmethod", "validator", "wraps", NULL,
  };
  const StrataPyExtras *extras = function->definition.extras;

  for (guint i = 0; extras != NULL && i < extras->decorators.length; i++)
    if (!g_strv_contains (known, get_decorator_name (extras->decorators.items[i])))
      return FALSE;

  return TRUE;
}

static StrataEnvThing *
take_rest (StrataEnvReader *self,
           StrataEnvCall   *call,
           guint            from)
{
  g_autoptr(GPtrArray) rest = g_ptr_array_new ();
  StrataEnvThing *list;

  for (guint i = from; i < call->arguments->len; i++)
    g_ptr_array_add (rest, call->arguments->pdata[i]);

  list = strata_env_thing_list (self, call->place, rest);
  list->is_open = call->is_open;

  return list;
}

static StrataEnvThing *
take_keywords (StrataEnvReader    *self,
               StrataEnvCall      *call,
               const StrataPyNode *function)
{
  StrataEnvThing *dict = strata_env_thing_new (self, STRATA_THING_DICT, call->place);

  for (guint i = 0; i < call->names->len; i++)
    {
      gboolean is_parameter = FALSE;

      for (guint j = 0; j < function->definition.parameters.length; j++)
        is_parameter |= strcmp (function->definition.parameters.items[j]->parameter.name, call->names->pdata[i]) == 0;
      if (!is_parameter)
        strata_env_cell_set (self, dict, call->names->pdata[i], call->keywords->pdata[i]);
    }
  dict->is_open = call->is_open;

  return dict;
}

/* Defaults are worked out where the function stands, as it is called: they hardly ever depend on when. */
static StrataEnvThing *
bind_parameter (StrataEnvReader    *self,
                StrataEnvFrame     *frame,
                StrataEnvCall      *call,
                const StrataPyNode *parameter,
                guint               position)
{
  gboolean by_name_only = (parameter->flags & STRATA_PY_IS_KEYWORD_ONLY) != 0;
  StrataEnvThing *given = strata_env_call_get (call, by_name_only ? G_MAXUINT : position, parameter->parameter.name);

  if (given != NULL)
    return given;
  if (parameter->parameter.value != NULL && !call->is_open)
    return strata_env_evaluate (self, frame, parameter->parameter.value);

  return strata_env_thing_unknown (self, call->place, "it is not known what this function is called with");
}

static void
bind_parameters (StrataEnvReader    *self,
                 StrataEnvFrame     *frame,
                 StrataEnvCall      *call,
                 const StrataPyNode *function)
{
  StrataPyList parameters = function->definition.parameters;
  guint position = 0;

  if (call->self != NULL)
    g_ptr_array_insert (call->arguments, 0, call->self);

  for (guint i = 0; i < parameters.length; i++)
    {
      const StrataPyNode *parameter = parameters.items[i];
      StrataEnvThing *thing;

      if (parameter->op == STRATA_PY_STAR)
        thing = take_rest (self, call, position);
      else if (parameter->op == STRATA_PY_DOUBLE_STAR)
        thing = take_keywords (self, call, function);
      else
        thing = bind_parameter (self, frame, call, parameter, position++);
      strata_env_cell_set (self, frame->names, parameter->parameter.name, thing);
    }
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
  bind_parameters (self, &frame, call, node);

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

static StrataEnvThing *
call_function (StrataEnvReader *self,
               StrataEnvThing  *function,
               StrataEnvCall   *call)
{
  gboolean is_certain = strata_env_frame_is_certain (call->frame);
  StrataEnvThing *returned;

  if (self->n_calls >= DEEPEST_CALL || !decorators_are_known (function->node) || has_yield (function->node))
    {
      self->n_risks++;
      return strata_env_no_idea (self, call);
    }

  self->n_calls++;
  self->n_uncertain += !is_certain;
  returned = follow_function (self, function, call);
  self->n_uncertain -= !is_certain;
  self->n_calls--;

  return returned;
}

/* What nothing is known of may do anything with what it is given. */
static StrataEnvThing *
call_unknown (StrataEnvReader *self,
              StrataEnvThing  *thing,
              StrataEnvCall   *call)
{
  static const char * const harmless[] = {
    "builtins.print", "logging", "loguru", "structlog", "typing", "warnings", "alembic.context", NULL,
  };
  const char *name = thing->kind == STRATA_THING_OUTSIDE || thing->kind == STRATA_THING_OBJECT ? thing->text : "";

  for (guint i = 0; harmless[i] != NULL; i++)
    if (g_str_has_prefix (name, harmless[i]))
      return strata_env_outside_get (self, call->place, name, "()");

  self->n_risks++;
  for (guint i = 0; i < call->arguments->len + call->keywords->len; i++)
    {
      StrataEnvThing *given = i < call->arguments->len ? call->arguments->pdata[i]
                                                       : call->keywords->pdata[i - call->arguments->len];

      if (given->kind == STRATA_THING_DICT || given->kind == STRATA_THING_SECTION || given->kind == STRATA_THING_LIST)
        given->is_open = TRUE;
    }

  if (*name != '\0')
    return strata_env_outside_get (self, call->place, name, "()");

  return strata_env_no_idea (self, call);
}

static StrataEnvThing *
call_member (StrataEnvReader *self,
             StrataEnvThing  *member,
             StrataEnvCall   *call)
{
  StrataEnvThing *owner = member->first;
  StrataEnvThing *result;

  switch ((StrataEnvThingKind) owner->kind)
    {
    case STRATA_THING_VALUE:
    case STRATA_THING_URL:
      result = strata_env_call_text (self, owner, member->text, call);
      break;
    case STRATA_THING_PATH:
      result = strata_env_call_path (self, owner, member->text, call);
      break;
    case STRATA_THING_DICT:
    case STRATA_THING_SECTION:
    case STRATA_THING_LIST:
      result = strata_env_call_container (self, owner, member->text, call);
      break;
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
      result = strata_env_call_database (self, owner, member->text, call);
      break;
    case STRATA_THING_OBJECT:
      result = strata_env_call_object (self, owner, member->text, call);
      break;
    case STRATA_THING_OUTSIDE:
    case STRATA_THING_MEMBER:
    case STRATA_THING_FUNCTION:
    case STRATA_THING_METHOD:
    case STRATA_THING_CLASS:
    case STRATA_THING_INSTANCE:
    case STRATA_THING_MODULE:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    case STRATA_THING_CHOICE:
    default:
      result = NULL;
      break;
    }

  return result != NULL ? result : call_unknown (self, member, call);
}

/* Either way is followed from the same state. */
static StrataEnvThing *
call_choice (StrataEnvReader *self,
             StrataEnvThing  *thing,
             StrataEnvCall   *call)
{
  StrataEnvThing *first, *second;
  StrataEnvFork fork;

  strata_env_fork_begin (self, call->frame, &fork, thing->value);
  first = strata_env_call (self, thing->first, call);
  strata_env_fork_turn (self, call->frame, &fork, TRUE);
  second = strata_env_call (self, thing->second, call);
  strata_env_fork_end (self, call->frame, &fork, TRUE);

  return strata_env_thing_choice (self, thing->value, first, second);
}

static StrataEnvThing *
call_bound (StrataEnvReader *self,
            StrataEnvThing  *function,
            StrataEnvThing  *bound,
            StrataEnvCall   *call)
{
  g_autoptr(GPtrArray) arguments = g_ptr_array_copy (call->arguments, NULL, NULL);
  StrataEnvCall copy = *call;

  /* Binding puts "self" among the arguments, which others may still want. */
  copy.arguments = arguments;
  copy.self = bound;

  return call_function (self, function, &copy);
}

StrataEnvThing *
strata_env_call (StrataEnvReader *self,
                 StrataEnvThing  *thing,
                 StrataEnvCall   *call)
{
  StrataEnvThing *result;

  switch ((StrataEnvThingKind) thing->kind)
    {
    case STRATA_THING_FUNCTION:
      return call_bound (self, thing, NULL, call);
    case STRATA_THING_METHOD:
      return call_bound (self, thing->second, thing->first, call);
    case STRATA_THING_CLASS:
      return strata_env_instance_new (self, thing, call);
    case STRATA_THING_MEMBER:
      return call_member (self, thing, call);
    case STRATA_THING_CHOICE:
      return call_choice (self, thing, call);
    case STRATA_THING_OUTSIDE:
      result = strata_env_call_outside (self, thing->text, call);
      return result != NULL ? result : call_unknown (self, thing, call);
    case STRATA_THING_OBJECT:
      result = strata_env_call_object (self, thing, "()", call);
      return result != NULL ? result : call_unknown (self, thing, call);
    case STRATA_THING_INSTANCE:
      result = strata_env_class_find (thing->first, "__call__");
      return result != NULL && result->kind == STRATA_THING_FUNCTION ? call_bound (self, result, thing, call)
                                                                     : call_unknown (self, thing, call);
    case STRATA_THING_VALUE:
    case STRATA_THING_MODULE:
    case STRATA_THING_DICT:
    case STRATA_THING_LIST:
    case STRATA_THING_SECTION:
    case STRATA_THING_ENGINE:
    case STRATA_THING_CONNECTION:
    case STRATA_THING_PATH:
    case STRATA_THING_URL:
    case STRATA_THING_ENVIRONMENT:
    case STRATA_THING_NAMES:
    case STRATA_THING_IMPORT:
    default:
      return call_unknown (self, thing, call);
    }
}

static void
call_init (StrataEnvCall      *call,
           StrataEnvFrame     *frame,
           const StrataPyNode *node)
{
  *call = (StrataEnvCall) { frame, node, strata_env_place (frame, node) };
  call->arguments = g_ptr_array_new ();
  call->names = g_ptr_array_new ();
  call->keywords = g_ptr_array_new ();
}

static void
call_clear (StrataEnvCall *call)
{
  g_ptr_array_unref (call->arguments);
  g_ptr_array_unref (call->names);
  g_ptr_array_unref (call->keywords);
}

StrataEnvThing *
strata_env_call_with (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node,
                      StrataEnvThing     *thing,
                      ...)
{
  StrataEnvCall call;
  StrataEnvThing *argument;
  StrataEnvThing *result;
  va_list args;

  call_init (&call, frame, node);
  va_start (args, thing);
  while ((argument = va_arg (args, StrataEnvThing *)) != NULL)
    g_ptr_array_add (call.arguments, argument);
  va_end (args);

  result = strata_env_call (self, thing, &call);
  call_clear (&call);

  return result;
}

/* "**more": what is known of it, one by one. */
static void
spread_keywords (StrataEnvCall  *call,
                 StrataEnvThing *more)
{
  GHashTableIter iter;
  gpointer name, thing;

  if (more->kind != STRATA_THING_DICT || more->is_open)
    call->is_open = TRUE;
  if (more->kind != STRATA_THING_DICT || more->cells == NULL)
    return;

  g_hash_table_iter_init (&iter, more->cells);
  while (g_hash_table_iter_next (&iter, &name, &thing))
    if (thing != NULL)
      {
        g_ptr_array_add (call->names, name);
        g_ptr_array_add (call->keywords, thing);
      }
}

static void
evaluate_arguments (StrataEnvReader *self,
                    StrataEnvFrame  *frame,
                    StrataEnvCall   *call)
{
  StrataPyList arguments = call->node->call.arguments;
  StrataPyList keywords = call->node->call.keywords;

  for (guint i = 0; i < arguments.length; i++)
    {
      const StrataPyNode *node = arguments.items[i];
      StrataEnvThing *thing = strata_env_evaluate (self, frame, node->kind == STRATA_PY_NODE_STARRED ? node->child : node);

      if (node->kind != STRATA_PY_NODE_STARRED)
        g_ptr_array_add (call->arguments, thing);
      else if (thing->kind == STRATA_THING_LIST && !thing->is_open)
        for (guint j = 0; j < thing->n_items; j++)
          g_ptr_array_add (call->arguments, thing->items[j]);
      else
        call->is_open = TRUE;
    }

  for (guint i = 0; i < keywords.length; i++)
    {
      StrataEnvThing *thing;

      /* Models are of no interest, and there are many. */
      if (g_strcmp0 (keywords.items[i]->attribute.name, "target_metadata") == 0)
        continue;

      thing = strata_env_evaluate (self, frame, keywords.items[i]->attribute.value);
      if (keywords.items[i]->attribute.name == NULL)
        spread_keywords (call, thing);
      else
        {
          g_ptr_array_add (call->names, (gpointer) keywords.items[i]->attribute.name);
          g_ptr_array_add (call->keywords, thing);
        }
    }
}

StrataEnvThing *
strata_env_call_node (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node)
{
  StrataEnvThing *thing = strata_env_evaluate (self, frame, node->call.function);
  StrataEnvThing *result;
  StrataEnvCall call;

  call_init (&call, frame, node);
  evaluate_arguments (self, frame, &call);
  result = strata_env_call (self, thing, &call);
  call_clear (&call);

  return result;
}
