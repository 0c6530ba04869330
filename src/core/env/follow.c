/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/reader.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/env/data.h"
#include "core/env/frame.h"

/* More than any env.py with its settings needs, or the application that it imports; a loop of calls ends here, after a quarter of
 * a second at most. */
#define MOST_STEPS 200000

/* Whose cell a name is: the function's, or what it declares global or nonlocal. */
static StrataEnvThing *
find_owner (StrataEnvFrame *frame,
            const char     *name)
{
  for (guint i = 0; i < frame->scopes->len; i++)
    {
      const StrataPyNode *scope = frame->scopes->pdata[i];

      for (guint j = 0; j < scope->list.length; j++)
        {
          if (strcmp (scope->list.items[j]->name, name) != 0)
            continue;
          if (scope->op == STRATA_PY_GLOBAL)
            return frame->module->thing;
          for (StrataEnvThing *names = frame->names->first; names != NULL; names = names->first)
            if (strata_env_cell_get (names, name) != NULL)
              return names;
        }
    }

  return frame->names;
}

static void
set_name (StrataEnvReader *self,
          StrataEnvFrame  *frame,
          const char      *name,
          StrataEnvThing  *thing)
{
  StrataEnvThing *owner = find_owner (frame, name);

  if (owner->kind == STRATA_THING_MODULE && ((StrataEnvModule *) owner->module)->is_done)
    strata_env_set_global (self, owner, name, thing);
  else
    strata_env_cell_set (self, owner, name, thing);
}

static void
assign_members (StrataEnvReader    *self,
                StrataEnvFrame     *frame,
                const StrataPyNode *target,
                StrataEnvThing     *thing)
{
  gboolean matches = thing->kind != STRATA_THING_LIST || (!thing->is_open && thing->n_items == target->list.length);

  for (guint i = 0; i < target->list.length; i++)
    {
      const StrataPyNode *member = target->list.items[i];

      matches &= member->kind != STRATA_PY_NODE_STARRED;
      strata_env_assign (self, frame, member->kind == STRATA_PY_NODE_STARRED ? member->child : member,
                         matches ? strata_env_member (self, frame, target, thing, i)
                                 : strata_env_not_followed (self, frame, target));
    }
}

void
strata_env_assign (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *target,
                   StrataEnvThing     *thing)
{
  switch ((int) target->kind)
    {
    case STRATA_PY_NODE_NAME:
      set_name (self, frame, target->name, thing);
      break;
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      assign_members (self, frame, target, thing);
      break;
    case STRATA_PY_NODE_ATTRIBUTE:
      strata_env_set_attribute (self, strata_env_evaluate (self, frame, target->attribute.value),
                                target->attribute.name, thing);
      break;
    case STRATA_PY_NODE_SUBSCRIPT:
      strata_env_set_item (self, strata_env_evaluate (self, frame, target->pair.first),
                           strata_env_evaluate (self, frame, target->pair.second), thing);
      break;
    default:
      break;
    }
}

/* "if", from one of its branches on: an "elif" is an "if" in the "else". */
static gboolean
follow_if (StrataEnvReader    *self,
           StrataEnvFrame     *frame,
           const StrataPyNode *node,
           guint               i)
{
  const StrataPyNode *branch;
  const StrataEnvValue *condition;
  StrataEnvFork fork;

  if (i == node->branches.branches.length)
    return strata_env_follow (self, frame, node->branches.otherwise);

  branch = node->branches.branches.items[i];
  condition = strata_env_truth (self, strata_env_evaluate (self, frame, branch->block.test));
  switch (strata_env_value_get_truth (condition))
    {
    case STRATA_ENV_ALWAYS:
      return strata_env_follow (self, frame, branch->block.body);
    case STRATA_ENV_NEVER:
      return follow_if (self, frame, node, i + 1);
    case STRATA_ENV_SOMETIMES:
    default:
      strata_env_fork_begin (self, frame, &fork, condition);
      strata_env_fork_turn (self, frame, &fork, strata_env_follow (self, frame, branch->block.body));
      return strata_env_fork_end (self, frame, &fork, follow_if (self, frame, node, i + 1));
    }
}

/* Whether a subject matches a pattern, as far as patterns of constants go. */
static const StrataEnvValue *
match (StrataEnvReader    *self,
       StrataEnvFrame     *frame,
       StrataEnvThing     *subject,
       const StrataPyNode *pattern)
{
  StrataPlace place = strata_env_place (frame, pattern);
  const StrataEnvValue *condition;

  switch ((int) pattern->kind)
    {
    case STRATA_PY_NODE_PATTERN_CAPTURE:
      if (pattern->name != NULL)
        strata_env_cell_set (self, frame->names, pattern->name, subject);
      return strata_env_value_new_leaf (self->arena, STRATA_ENV_OP_TRUE, place, NULL);
    case STRATA_PY_NODE_PATTERN_VALUE:
      return strata_env_value_new_op (self->arena, STRATA_ENV_OP_EQUALS, place, 0, 2,
                                      strata_env_thing_to_value (self, subject),
                                      strata_env_thing_to_value (self, strata_env_evaluate (self, frame, pattern->child)));
    case STRATA_PY_NODE_PATTERN_OR:
      condition = match (self, frame, subject, pattern->list.items[0]);
      for (guint i = 1; i < pattern->list.length; i++)
        condition = strata_env_or (self, condition, match (self, frame, subject, pattern->list.items[i]));
      return condition;
    default:
      return strata_env_not_followed (self, frame, pattern)->value;
    }
}

static gboolean
follow_match (StrataEnvReader    *self,
              StrataEnvFrame     *frame,
              const StrataPyNode *node,
              StrataEnvThing     *subject,
              guint               i)
{
  const StrataPyNode *arm;
  const StrataEnvValue *condition;
  StrataEnvFork fork;

  if (i == node->match.cases.length)
    return TRUE;

  arm = node->match.cases.items[i];
  condition = match (self, frame, subject, arm->arm.pattern);
  if (arm->arm.guard != NULL)
    condition = strata_env_and (self, condition, strata_env_truth (self, strata_env_evaluate (self, frame,
                                                                                              arm->arm.guard)));
  strata_env_fork_begin (self, frame, &fork, condition);
  strata_env_fork_turn (self, frame, &fork, strata_env_follow (self, frame, arm->arm.body));

  return strata_env_fork_end (self, frame, &fork, follow_match (self, frame, node, subject, i + 1));
}

/* A method that Python calls by itself, with nothing but what is in the class. */
static StrataEnvThing *
call_own (StrataEnvReader    *self,
          StrataEnvFrame     *frame,
          const StrataPyNode *node,
          StrataEnvThing     *instance,
          const char         *name)
{
  StrataEnvThing *none = strata_env_thing_none (self, strata_env_place (frame, node));
  StrataEnvThing *method;

  if (instance->kind != STRATA_THING_INSTANCE || strata_env_class_find (instance->first, name) == NULL)
    return NULL;

  method = strata_env_instance_get (self, frame, node, instance, name);

  return g_str_has_suffix (name, "exit__") ? strata_env_call_with (self, frame, node, method, none, none, none, NULL)
                                           : strata_env_call_with (self, frame, node, method, NULL);
}

/* What "with ... as name" gives. */
static StrataEnvThing *
enter_context (StrataEnvReader    *self,
               StrataEnvFrame     *frame,
               const StrataPyNode *node,
               StrataEnvThing     *context,
               gboolean            is_async)
{
  StrataEnvThing *entered = call_own (self, frame, node, context, is_async ? "__aenter__" : "__enter__");

  if (entered != NULL)
    return entered;
  /* An open file is its own; why there is none is why its contents are not known. */
  if ((context->kind == STRATA_THING_OBJECT && strcmp (context->text, STRATA_ENV_OPEN_FILE) == 0) ||
      (context->kind == STRATA_THING_VALUE && context->value->op == STRATA_ENV_OP_UNKNOWN))
    return context;
  if (context->kind == STRATA_THING_CONNECTION || context->kind == STRATA_THING_ENGINE ||
      context->kind == STRATA_THING_OUTSIDE || context->kind == STRATA_THING_CHOICE)
    return context;

  return strata_env_not_followed (self, frame, node);
}

static gboolean
follow_with (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node)
{
  const StrataPyNode *first = node->with.items.items[0]->pair.first;
  gboolean is_async = (node->flags & STRATA_PY_IS_ASYNC) != 0;
  g_autoptr(GPtrArray) contexts = g_ptr_array_new ();
  gboolean goes_on;

  if (node->with.items.length == 1 && first->kind == STRATA_PY_NODE_CALL)
    {
      StrataEnvThing *function = strata_env_evaluate (self, frame, first->call.function);

      if (function->kind == STRATA_THING_OUTSIDE && strcmp (function->text, "contextlib.suppress") == 0)
        return strata_env_follow_suppress (self, frame, first, node->with.body);
    }

  for (guint i = 0; i < node->with.items.length; i++)
    {
      const StrataPyNode *item = node->with.items.items[i];
      StrataEnvThing *context = strata_env_evaluate (self, frame, item->pair.first);
      StrataEnvThing *entered = enter_context (self, frame, item->pair.first, context, is_async);

      g_ptr_array_add (contexts, context);
      if (item->pair.second != NULL)
        strata_env_assign (self, frame, item->pair.second, entered);
    }

  goes_on = strata_env_follow (self, frame, node->with.body);
  for (guint i = contexts->len; i > 0; i--)
    call_own (self, frame, first, contexts->pdata[i - 1], is_async ? "__aexit__" : "__exit__");

  return goes_on;
}

/* "target_metadata = Base.metadata" would draw in all models, of which nothing is wanted here. */
static gboolean
is_metadata (const StrataPyNode *node)
{
  const StrataPyNode *target = node->assign.targets.items[0];

  return node->assign.targets.length == 1 && target->kind == STRATA_PY_NODE_NAME &&
         strcmp (target->name, "target_metadata") == 0;
}

/* "dict |= more", "list += more": the same object goes on under all its names. FALSE: it is no such object. */
static gboolean
extend (StrataEnvReader    *self,
        const StrataPyNode *node,
        StrataEnvThing     *thing,
        StrataEnvThing     *more)
{
  StrataPlace place = thing->place;

  if (thing->kind == STRATA_THING_OUTSIDE && strcmp (thing->text, "os.environ") == 0)
    strata_env_update_environment (self, place, more);
  else if (thing->kind == STRATA_THING_OUTSIDE && strcmp (thing->text, "sys.path") == 0)
    strata_env_extend_path (self, more);
  else if ((thing->kind == STRATA_THING_DICT || thing->kind == STRATA_THING_SECTION) && node->op == STRATA_PY_BAR)
    strata_env_dict_update (self, thing, more);
  else if (thing->kind == STRATA_THING_LIST)
    thing->is_open = TRUE;
  else
    return FALSE;

  return TRUE;
}

static void
follow_assignment (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *node)
{
  StrataEnvThing *thing, *more;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_ASSIGN:
      thing = is_metadata (node) ? strata_env_postpone (self, frame, node->assign.value)
                                 : strata_env_evaluate (self, frame, node->assign.value);
      for (guint i = 0; i < node->assign.targets.length; i++)
        strata_env_assign (self, frame, node->assign.targets.items[i], thing);
      break;
    case STRATA_PY_NODE_ANNOTATED:
      if (node->list.items[2] != NULL)
        strata_env_assign (self, frame, node->list.items[0], strata_env_evaluate (self, frame, node->list.items[2]));
      break;
    default:
      thing = strata_env_evaluate (self, frame, node->pair.first);
      more = strata_env_evaluate (self, frame, node->pair.second);
      if (!extend (self, node, thing, more))
        strata_env_assign (self, frame, node->pair.first, strata_env_binary (self, frame, node, thing, more));
      break;
    }
}

static void
follow_deletion (StrataEnvReader    *self,
                 StrataEnvFrame     *frame,
                 const StrataPyNode *node)
{
  for (guint i = 0; i < node->list.length; i++)
    {
      const StrataPyNode *target = node->list.items[i];

      if (target->kind == STRATA_PY_NODE_NAME)
        set_name (self, frame, target->name, NULL);
      else if (target->kind == STRATA_PY_NODE_SUBSCRIPT)
        {
          /* Without it there this stops, as reading it would. */
          strata_env_evaluate (self, frame, target);
          strata_env_set_item (self, strata_env_evaluate (self, frame, target->pair.first),
                               strata_env_evaluate (self, frame, target->pair.second), NULL);
        }
      else
        strata_env_assign (self, frame, target, strata_env_not_followed (self, frame, node));
    }
}

static gboolean
is_exit (StrataEnvReader    *self,
         StrataEnvFrame     *frame,
         const StrataPyNode *node)
{
  static const char * const names[] = { "sys.exit", "os._exit", "builtins.exit", "builtins.quit", NULL };
  StrataEnvThing *function;

  if (node->kind != STRATA_PY_NODE_CALL ||
      (node->call.function->kind != STRATA_PY_NODE_ATTRIBUTE && node->call.function->kind != STRATA_PY_NODE_NAME))
    return FALSE;

  function = strata_env_evaluate (self, frame, node->call.function);

  return function->kind == STRATA_THING_OUTSIDE && g_strv_contains (names, function->text);
}

/* A function that is called for what it does may stop Python, which is kept as long as it is certain to be called. */
static gboolean
follow_expression (StrataEnvReader    *self,
                   StrataEnvFrame     *frame,
                   const StrataPyNode *node)
{
  StrataEnvThing *thing;

  if (is_exit (self, frame, node))
    {
      strata_env_frame_stop (self, frame, strata_env_place (frame, node), _("an exit from env.py"));
      return FALSE;
    }

  thing = strata_env_evaluate (self, frame, node);
  if (thing->kind == STRATA_THING_VALUE && strata_env_value_may_stop (thing->value) && self->n_uncertain == 0 &&
      strata_env_frame_is_certain (frame))
    g_ptr_array_add (self->guards, (gpointer) thing->value);

  return TRUE;
}

static gboolean
follow_jump (StrataEnvReader    *self,
             StrataEnvFrame     *frame,
             const StrataPyNode *node)
{
  StrataPlace place = strata_env_place (frame, node);

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_RETURN:
      strata_env_frame_exit (self, frame, STRATA_ENV_BY_RETURN,
                             node->child != NULL ? strata_env_evaluate (self, frame, node->child)
                                                 : strata_env_thing_none (self, place));
      return FALSE;
    case STRATA_PY_NODE_RAISE:
      if (node->pair.first != NULL)
        strata_env_evaluate (self, frame, node->pair.first);
      strata_env_frame_stop (self, frame, place, _("an error that the code raises itself"));
      return FALSE;
    default:
      if (node->op == STRATA_PY_PASS)
        return TRUE;
      strata_env_frame_exit (self, frame, node->op == STRATA_PY_BREAK ? STRATA_ENV_BY_BREAK : STRATA_ENV_BY_CONTINUE,
                             strata_env_thing_none (self, place));
      return FALSE;
    }
}

static gboolean
follow_statement (StrataEnvReader    *self,
                  StrataEnvFrame     *frame,
                  const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_EXPRESSION:
      return follow_expression (self, frame, node->child);
    case STRATA_PY_NODE_ASSIGN:
    case STRATA_PY_NODE_ANNOTATED:
    case STRATA_PY_NODE_AUGMENTED:
      follow_assignment (self, frame, node);
      return TRUE;
    case STRATA_PY_NODE_RETURN:
    case STRATA_PY_NODE_RAISE:
    case STRATA_PY_NODE_SIMPLE:
      return follow_jump (self, frame, node);
    case STRATA_PY_NODE_DELETE:
      follow_deletion (self, frame, node);
      return TRUE;
    case STRATA_PY_NODE_IMPORT:
    case STRATA_PY_NODE_IMPORT_FROM:
      strata_env_follow_import (self, frame, node);
      return TRUE;
    case STRATA_PY_NODE_SCOPE:
      g_ptr_array_add (frame->scopes, (gpointer) node);
      return TRUE;
    case STRATA_PY_NODE_FUNCTION:
      set_name (self, frame, node->definition.name, strata_env_define (self, frame, node));
      return TRUE;
    case STRATA_PY_NODE_CLASS:
      set_name (self, frame, node->definition.name, strata_env_class_new (self, frame, node));
      return TRUE;
    case STRATA_PY_NODE_IF:
      return follow_if (self, frame, node, 0);
    case STRATA_PY_NODE_FOR:
    case STRATA_PY_NODE_WHILE:
      return strata_env_follow_loop (self, frame, node);
    case STRATA_PY_NODE_WITH:
      return follow_with (self, frame, node);
    case STRATA_PY_NODE_TRY:
      return strata_env_follow_try (self, frame, node);
    case STRATA_PY_NODE_MATCH:
      return follow_match (self, frame, node, strata_env_evaluate (self, frame, node->match.subject), 0);
    case STRATA_PY_NODE_ASSERT:
      strata_env_evaluate (self, frame, node->pair.first);
      return TRUE;
    case STRATA_PY_NODE_BROKEN:
      strata_env_lose (self, strata_env_place (frame, node), _("this is not the Python that is known here"));
      return TRUE;
    default:
      return TRUE;
    }
}

gboolean
strata_env_follow (StrataEnvReader *self,
                   StrataEnvFrame  *frame,
                   StrataPyList     statements)
{
  for (guint i = 0; i < statements.length; i++)
    {
      if (self->n_steps++ > MOST_STEPS)
        self->given_up = TRUE;
      if (self->given_up)
        return TRUE;
      if (!follow_statement (self, frame, statements.items[i]))
        return FALSE;
    }

  return TRUE;
}
