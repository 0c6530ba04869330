/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/natives.h"

#include <glib/gi18n-lib.h>
#include <string.h>

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

/* A default that is a constant is worked out when it is needed, any other was when the function was defined. */
static StrataEnvThing *
bind_parameter (StrataEnvReader    *self,
                StrataEnvFrame     *frame,
                StrataEnvThing     *function,
                StrataEnvCall      *call,
                const StrataPyNode *parameter,
                guint               position)
{
  gboolean by_name_only = (parameter->flags & STRATA_PY_IS_KEYWORD_ONLY) != 0;
  StrataEnvThing *given = strata_env_call_get (call, by_name_only ? G_MAXUINT : position, parameter->parameter.name);

  StrataEnvThing *otherwise = strata_env_cell_get (function, parameter->parameter.name);

  if (given != NULL)
    return given;
  if (parameter->parameter.value != NULL && !call->is_open)
    return otherwise != NULL ? otherwise : strata_env_evaluate (self, frame, parameter->parameter.value);

  return strata_env_thing_unknown (self, call->place, _("it is not known what this function is called with"));
}

void
strata_env_bind_parameters (StrataEnvReader    *self,
                            StrataEnvFrame     *frame,
                            StrataEnvThing     *function,
                            StrataEnvCall      *call)
{
  StrataPyList parameters = function->node->definition.parameters;
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
        thing = take_keywords (self, call, function->node);
      else
        thing = bind_parameter (self, frame, function, call, parameter, position++);
      strata_env_cell_set (self, frame->names, parameter->parameter.name, thing);
    }
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
    if (!strata_env_is_missing (thing))
      {
        g_ptr_array_add (call->names, name);
        g_ptr_array_add (call->keywords, thing);
      }
}

void
strata_env_evaluate_arguments (StrataEnvReader *self,
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
