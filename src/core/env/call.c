/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/reader.h"

#include <string.h>

#include "core/env/frame.h"
#include "core/env/natives.h"

StrataEnvThing *
strata_env_no_idea (StrataEnvReader *self,
                    StrataEnvCall   *call)
{
  return strata_env_not_followed (self, call->frame, call->node);
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
    case STRATA_THING_FUNCTION:
      result = NULL;
      if (strcmp (member->text, "cache_clear") == 0)
        {
          strata_env_forget_results (self, owner);
          result = strata_env_thing_none (self, call->place);
        }
      break;
    case STRATA_THING_OUTSIDE:
    case STRATA_THING_MEMBER:
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

  return result != NULL ? result : strata_env_call_unknown (self, member, call);
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

  return strata_env_call_function (self, function, &copy);
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
      return result != NULL ? result : strata_env_call_unknown (self, thing, call);
    case STRATA_THING_OBJECT:
      result = strata_env_call_object (self, thing, "()", call);
      return result != NULL ? result : strata_env_call_unknown (self, thing, call);
    case STRATA_THING_INSTANCE:
      result = strata_env_class_find (thing->first, "__call__");
      return result != NULL && result->kind == STRATA_THING_FUNCTION ? call_bound (self, result, thing, call)
                                                                     : strata_env_call_unknown (self, thing, call);
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
      return strata_env_call_unknown (self, thing, call);
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

StrataEnvThing *
strata_env_call_node (StrataEnvReader    *self,
                      StrataEnvFrame     *frame,
                      const StrataPyNode *node)
{
  StrataEnvThing *thing = strata_env_evaluate (self, frame, node->call.function);
  StrataEnvThing *result;
  StrataEnvCall call;

  call_init (&call, frame, node);
  strata_env_evaluate_arguments (self, frame, &call);
  result = strata_env_call (self, thing, &call);
  call_clear (&call);

  return result;
}
