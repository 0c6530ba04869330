/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-frame.h"

#include <string.h>

/* Longer lists than this are not gone through one by one. */
#define MOST_TURNS 16

/* What a "try" may fail on, as far as it was understood. */
typedef struct
{
  const StrataEnvValue *missing;     /* a condition: something that is needed is not there; NULL: nothing is */
  gboolean              has_risks;   /* code that was not followed */
  gboolean              has_imports; /* of modules that may not be there */
} Trouble;

static const StrataEnvValue *
unknown_trouble (StrataEnvReader *self,
                 StrataPlace      place)
{
  return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_UNKNOWN, place,
                                    "it is not known whether the “try” before it fails");
}

static gboolean
type_is_one_of (const StrataPyNode       *type,
                const char * const       *names)
{
  if (type == NULL)
    return FALSE;

  if (type->kind == STRATA_PY_NODE_TUPLE)
    {
      for (guint i = 0; i < type->list.length; i++)
        if (!type_is_one_of (type->list.items[i], names))
          return FALSE;
      return TRUE;
    }

  return (type->kind == STRATA_PY_NODE_NAME && g_strv_contains (names, type->name)) ||
         (type->kind == STRATA_PY_NODE_ATTRIBUTE && g_strv_contains (names, type->attribute.name));
}

/* The condition under which a handler is taken; NULL: never. */
static const StrataEnvValue *
find_condition (StrataEnvReader    *self,
                const Trouble      *trouble,
                const StrataPyNode *type,
                StrataPlace         place)
{
  static const char * const imports[] = { "ImportError", "ModuleNotFoundError", NULL };
  static const char * const lookups[] = { "KeyError", "LookupError", "UndefinedValueError", "EnvError", NULL };

  if (type_is_one_of (type, imports))
    return trouble->has_imports ? unknown_trouble (self, place) : NULL;
  if (type_is_one_of (type, lookups) && trouble->missing != NULL)
    return trouble->missing;
  if (trouble->has_risks || (trouble->has_imports && !type_is_one_of (type, lookups)))
    return unknown_trouble (self, place);

  return trouble->missing;
}

/* What was raised in the body is caught: it is no way out of the function any more. */
static void
collect_stops (StrataEnvReader *self,
               StrataEnvFrame  *frame,
               guint            first_exit,
               Trouble         *trouble)
{
  GArray *exits = frame->exits[STRATA_ENV_BY_RETURN];

  for (guint i = first_exit; i < exits->len; )
    {
      StrataEnvExit *way = &g_array_index (exits, StrataEnvExit, i);
      const StrataEnvValue *condition = way->condition;

      if (way->changes != NULL)
        {
          i++;
          continue;
        }
      if (condition == NULL)
        condition = strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, way->returned->place, NULL);
      trouble->missing = trouble->missing != NULL ? strata_env_or (self, trouble->missing, condition) : condition;
      g_array_remove_index (exits, i);
    }
}

static void
collect_needed (StrataEnvReader *self,
                guint            first,
                Trouble         *trouble)
{
  for (guint i = first; i < self->needed->len; i++)
    {
      const StrataEnvValue *value = self->needed->pdata[i];
      const StrataEnvValue *is_none = strata_env_value_new_op (self->arena, STRATA_ENV_OP_IS_NONE, value->place, 0, 1,
                                                               value);

      trouble->missing = trouble->missing != NULL ? strata_env_or (self, trouble->missing, is_none) : is_none;
    }

  g_ptr_array_set_size (self->needed, first);
}

/* A value that was returned in the body is returned where the handler is not taken. */
static void
limit_exits (StrataEnvReader      *self,
             StrataEnvFrame       *frame,
             guint                 first,
             guint                 last,
             const StrataEnvValue *condition)
{
  for (guint i = first; i < last; i++)
    {
      StrataEnvExit *way = &g_array_index (frame->exits[STRATA_ENV_BY_RETURN], StrataEnvExit, i);

      way->condition = strata_env_and (self, way->condition, strata_env_not (self, condition));
    }
}

/* A handler that only ends in an error of its own changes nothing for those who get past it. */
static gboolean
ends_in_raise (StrataPyList body)
{
  return body.length > 0 && body.items[body.length - 1]->kind == STRATA_PY_NODE_RAISE;
}

static gboolean
follow_handler (StrataEnvReader      *self,
                StrataEnvFrame       *frame,
                const StrataEnvValue *condition,
                StrataPyList          body,
                guint                 start,
                gboolean              goes_on)
{
  g_autoptr(GArray) before = strata_env_cells_changed (self, start);
  const StrataEnvValue *outer = frame->condition;
  g_autoptr(GArray) changes = NULL;
  gboolean handler_goes_on;

  strata_env_cells_undo (self, start);
  frame->condition = strata_env_and (self, outer, condition);
  handler_goes_on = strata_env_follow (self, frame, body);
  frame->condition = outer;

  if (!goes_on)
    return handler_goes_on;

  changes = strata_env_cells_changed (self, start);
  strata_env_cells_undo (self, start);
  strata_env_cells_apply (self, before);
  if (handler_goes_on)
    strata_env_cells_join (self, condition, changes, start);

  return TRUE;
}

typedef struct
{
  const StrataPyNode *type;
  StrataPyList        body;
  StrataPlace         place;
} Handler;

static gboolean
follow_attempt (StrataEnvReader *self,
                StrataEnvFrame  *frame,
                StrataPyList     body,
                StrataPyList     otherwise,
                const Handler   *handlers,
                guint            n_handlers)
{
  GArray *exits = frame->exits[STRATA_ENV_BY_RETURN];
  guint start = self->trail->len;
  guint first_exit = exits->len;
  guint first_needed = self->needed->len;
  guint n_risks = self->n_risks;
  guint n_imports = self->n_imports;
  Trouble trouble = { NULL };
  gboolean goes_on = strata_env_follow (self, frame, body);
  guint last_exit;

  trouble.has_risks = self->n_risks > n_risks;
  trouble.has_imports = self->n_imports > n_imports;
  collect_needed (self, first_needed, &trouble);
  collect_stops (self, frame, first_exit, &trouble);
  last_exit = exits->len;
  if (goes_on)
    goes_on = strata_env_follow (self, frame, otherwise);

  for (guint i = 0; i < n_handlers; i++)
    {
      const StrataEnvValue *condition = find_condition (self, &trouble, handlers[i].type, handlers[i].place);

      if (condition == NULL || ends_in_raise (handlers[i].body))
        continue;
      limit_exits (self, frame, first_exit, last_exit, condition);
      goes_on = follow_handler (self, frame, condition, handlers[i].body, start, goes_on);
    }

  return goes_on;
}

gboolean
strata_env_follow_try (StrataEnvReader    *self,
                       StrataEnvFrame     *frame,
                       const StrataPyNode *node)
{
  static const StrataPyList nothing = { NULL, 0 };
  guint n_handlers = node->attempt.handlers.length;
  g_autofree Handler *handlers = g_new0 (Handler, n_handlers);
  gboolean goes_on;

  for (guint i = 0; i < n_handlers; i++)
    {
      const StrataPyNode *handler = node->attempt.handlers.items[i];

      handlers[i] = (Handler) { handler->block.test, handler->block.body, strata_env_place (frame, handler) };
    }

  goes_on = follow_attempt (self, frame, node->attempt.body,
                            node->attempt.otherwise != NULL ? *node->attempt.otherwise : nothing,
                            handlers, n_handlers);
  if (node->attempt.finally != NULL)
    goes_on &= strata_env_follow (self, frame, *node->attempt.finally);

  return goes_on;
}

gboolean
strata_env_follow_suppress (StrataEnvReader    *self,
                            StrataEnvFrame     *frame,
                            const StrataPyNode *call,
                            StrataPyList        body)
{
  static const StrataPyList nothing = { NULL, 0 };
  guint n = call->call.arguments.length;
  g_autofree Handler *handlers = g_new0 (Handler, n);

  for (guint i = 0; i < n; i++)
    handlers[i] = (Handler) { call->call.arguments.items[i], nothing, strata_env_place (frame, call) };

  return follow_attempt (self, frame, body, nothing, handlers, n);
}

/* One turn of a loop. FALSE: there is no next one. */
static gboolean
follow_turn (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node,
             StrataEnvThing     *item)
{
  StrataPlace place = strata_env_place (frame, node);
  gboolean goes_on;

  frame->starts[STRATA_ENV_BY_CONTINUE] = self->trail->len;
  if (item != NULL)
    strata_env_assign (self, frame, node->loop.target, item);
  goes_on = strata_env_follow (self, frame, node->loop.body);

  return strata_env_frame_join (self, frame, STRATA_ENV_BY_CONTINUE,
                                goes_on ? strata_env_thing_none (self, place) : NULL) != NULL;
}

/* Turn by turn where the list is known, else one turn that may or may not happen. */
static gboolean
follow_turns (StrataEnvReader    *self,
              StrataEnvFrame     *frame,
              const StrataPyNode *node)
{
  StrataEnvThing *list = node->kind == STRATA_PY_NODE_FOR ? strata_env_evaluate (self, frame, node->loop.iterable)
                                                          : strata_env_evaluate (self, frame, node->loop.target);
  gboolean is_known = node->kind == STRATA_PY_NODE_FOR && list->kind == STRATA_THING_LIST && !list->is_open &&
                      list->n_items <= MOST_TURNS;
  gboolean goes_on = TRUE;
  StrataEnvFork fork;

  if (is_known)
    {
      for (guint i = 0; i < list->n_items && goes_on; i++)
        goes_on = follow_turn (self, frame, node, list->items[i]);
      return goes_on;
    }
  if (node->kind == STRATA_PY_NODE_WHILE && strata_env_value_get_truth (strata_env_truth (self, list)) == STRATA_ENV_ALWAYS)
    {
      follow_turn (self, frame, node, NULL);
      return FALSE;
    }

  strata_env_fork_begin (self, frame, &fork, strata_env_not_followed (self, frame, node->kind == STRATA_PY_NODE_FOR
                                                                      ? node->loop.iterable : node->loop.target)->value);
  goes_on = follow_turn (self, frame, node, node->kind == STRATA_PY_NODE_FOR
                         ? strata_env_not_followed (self, frame, node->loop.target) : NULL);
  strata_env_fork_turn (self, frame, &fork, goes_on);

  return strata_env_fork_end (self, frame, &fork, TRUE);
}

gboolean
strata_env_follow_loop (StrataEnvReader    *self,
                        StrataEnvFrame     *frame,
                        const StrataPyNode *node)
{
  GArray *outer[2] = { frame->exits[STRATA_ENV_BY_BREAK], frame->exits[STRATA_ENV_BY_CONTINUE] };
  guint starts[2] = { frame->starts[STRATA_ENV_BY_BREAK], frame->starts[STRATA_ENV_BY_CONTINUE] };
  StrataEnvFrame inner;
  StrataEnvThing *last;
  gboolean goes_on;

  /* Ways out of a loop are its own: the arrays of a new frame serve for it. */
  strata_env_frame_init (&inner, self, frame->module, frame->names);
  frame->exits[STRATA_ENV_BY_BREAK] = inner.exits[STRATA_ENV_BY_BREAK];
  frame->exits[STRATA_ENV_BY_CONTINUE] = inner.exits[STRATA_ENV_BY_CONTINUE];
  frame->starts[STRATA_ENV_BY_BREAK] = self->trail->len;

  goes_on = follow_turns (self, frame, node);
  if (goes_on)
    goes_on = strata_env_follow (self, frame, node->loop.otherwise);
  last = strata_env_frame_join (self, frame, STRATA_ENV_BY_BREAK,
                                goes_on ? strata_env_thing_none (self, strata_env_place (frame, node)) : NULL);

  for (guint i = 0; i < 2; i++)
    {
      frame->exits[STRATA_ENV_BY_BREAK + i] = outer[i];
      frame->starts[STRATA_ENV_BY_BREAK + i] = starts[i];
    }
  strata_env_frame_clear (&inner);

  return last != NULL;
}
