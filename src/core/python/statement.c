/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/statement.h"

#include <glib/gi18n-lib.h>

static Signal
signal_of (gboolean is_fine)
{
  return is_fine ? SIGNAL_NEXT : SIGNAL_FAILED;
}

/* What a yield that stands alone or right of "=" goes on with. */
Signal
strata_py_finish_yield (Machine            *py,
                        Activation         *self,
                        const StrataPyNode *node,
                        Value              *value)
{
  self->waiting = NULL;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_ASSIGN:
      for (guint i = 0; i < node->assign.targets.length; i++)
        if (!strata_py_assign (py, self->frame, node->assign.targets.items[i], value))
          return SIGNAL_FAILED;
      return SIGNAL_NEXT;
    case STRATA_PY_NODE_ANNOTATED:
      return signal_of (strata_py_assign (py, self->frame, node->list.items[0], value));
    case STRATA_PY_NODE_AUGMENTED:
      return signal_of (strata_py_augment (py, self->frame, node, value));
    case STRATA_PY_NODE_RETURN:
      self->result = value;
      return SIGNAL_RETURN;
    default:
      return SIGNAL_NEXT;
    }
}

static Signal
start_yield (Machine            *py,
             Activation         *self,
             const StrataPyNode *node,
             const StrataPyNode *yield)
{
  Value *value = yield->child != NULL ? strata_py_evaluate (py, self->frame, yield->child) : py->none;

  if (value == NULL)
    return SIGNAL_FAILED;
  self->waiting = node;
  if (yield->kind == STRATA_PY_NODE_YIELD)
    {
      self->result = value;
      return SIGNAL_YIELD;
    }

  self->source = strata_py_iterate (py, value);
  if (self->source == NULL)
    return SIGNAL_FAILED;
  value = strata_py_is (self->source, STRATA_PY_VALUE_GENERATOR)
          ? strata_py_generator_send (py, self->source, NULL, NULL, &self->result) : strata_py_next (py, self->source);
  if (strata_py_has_failed (py))
    return SIGNAL_FAILED;
  if (value == NULL)
    {
      value = strata_py_is (self->source, STRATA_PY_VALUE_GENERATOR) ? self->result : py->none;
      self->source = NULL;
      return strata_py_finish_yield (py, self, node, value);
    }
  self->result = value;

  return SIGNAL_YIELD;
}

/* The value that the statement is about, where it is one. */
static const StrataPyNode *
value_of (const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_EXPRESSION:
    case STRATA_PY_NODE_RETURN:
      return node->child;
    case STRATA_PY_NODE_ASSIGN:
      return node->assign.value;
    case STRATA_PY_NODE_AUGMENTED:
      return node->pair.second;
    case STRATA_PY_NODE_ANNOTATED:
      return node->list.items[2];
    default:
      return NULL;
    }
}

static Signal
execute_value (Machine            *py,
               Activation         *self,
               const StrataPyNode *node)
{
  const StrataPyNode *expression = value_of (node);
  Value *value = py->none;

  if (expression != NULL && (expression->kind == STRATA_PY_NODE_YIELD || expression->kind == STRATA_PY_NODE_YIELD_FROM))
    return start_yield (py, self, node, expression);
  if (node->kind == STRATA_PY_NODE_AUGMENTED)
    return signal_of (strata_py_augment (py, self->frame, node, NULL));
  if (expression == NULL && node->kind == STRATA_PY_NODE_ANNOTATED)
    return SIGNAL_NEXT;
  if (expression != NULL)
    value = strata_py_evaluate (py, self->frame, expression);

  return value != NULL ? strata_py_finish_yield (py, self, node, value) : SIGNAL_FAILED;
}

/* The exception that "raise" is given: a class is called. */
static Value *
evaluate_exception (Machine            *py,
                    Frame              *frame,
                    const StrataPyNode *node)
{
  Value *value = strata_py_evaluate (py, frame, node);

  if (value == NULL)
    return NULL;
  frame->node = node;
  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is raised");
  if (IS_CLASS (value))
    value = strata_py_call_values (py, value, 0);
  if (value != NULL && !strata_py_is (value, STRATA_PY_VALUE_EXCEPTION))
    return strata_py_raise (py, "TypeError", "exceptions must derive from BaseException");

  return value;
}

static Signal
execute_raise (Machine            *py,
               Activation         *self,
               const StrataPyNode *node)
{
  Value *exception, *cause;

  if (node->pair.first == NULL)
    {
      if (py->handled == NULL)
        strata_py_raise (py, "RuntimeError", "No active exception to reraise");
      else
        strata_py_raise_value (py, py->handled);
      return SIGNAL_FAILED;
    }

  exception = evaluate_exception (py, self->frame, node->pair.first);
  if (exception == NULL)
    return SIGNAL_FAILED;
  if (node->pair.second != NULL)
    {
      cause = strata_py_evaluate (py, self->frame, node->pair.second);
      if (cause == NULL)
        return SIGNAL_FAILED;
      ((Exception *) exception)->cause = cause;
    }
  self->frame->node = node;
  strata_py_raise_value (py, exception);

  return SIGNAL_FAILED;
}

static Signal
execute_assert (Machine            *py,
                Activation         *self,
                const StrataPyNode *node)
{
  Value *test = strata_py_evaluate (py, self->frame, node->pair.first);
  Value *message = NULL;
  int truth;

  self->frame->node = node;
  truth = test != NULL ? strata_py_truth (py, test) : -1;
  if (truth != 0)
    return signal_of (truth > 0);
  if (node->pair.second != NULL && (message = strata_py_evaluate (py, self->frame, node->pair.second)) == NULL)
    return SIGNAL_FAILED;
  self->frame->node = node;
  strata_py_raise_value (py, strata_py_new_exception (py, strata_py_find_class (py, "AssertionError"), &message,
                                                      message != NULL ? 1 : 0));

  return SIGNAL_FAILED;
}

/* 1: holds. */
static int
test (Machine            *py,
      Frame              *frame,
      const StrataPyNode *node)
{
  Value *value = strata_py_evaluate (py, frame, node);

  frame->node = node;

  return value != NULL ? strata_py_truth (py, value) : -1;
}

static Signal
execute_if (Machine            *py,
            Activation         *self,
            const StrataPyNode *node)
{
  for (guint i = 0; i < node->branches.branches.length; i++)
    {
      const StrataPyNode *branch = node->branches.branches.items[i];
      int holds = test (py, self->frame, branch->block.test);

      if (holds < 0)
        return SIGNAL_FAILED;
      if (holds)
        {
          strata_py_push_block (py, self, BLOCK_BODY, node, branch->block.body);
          return SIGNAL_NEXT;
        }
    }
  if (node->branches.otherwise.length > 0)
    strata_py_push_block (py, self, BLOCK_BODY, node, node->branches.otherwise);

  return SIGNAL_NEXT;
}

static Signal
execute_match (Machine            *py,
               Activation         *self,
               const StrataPyNode *node)
{
  Value *subject = strata_py_evaluate (py, self->frame, node->match.subject);

  if (subject == NULL)
    return SIGNAL_FAILED;
  for (guint i = 0; i < node->match.cases.length; i++)
    {
      const StrataPyNode *arm = node->match.cases.items[i];
      int matches;

      self->frame->node = arm->arm.pattern;
      matches = strata_py_match_pattern (py, self->frame, arm->arm.pattern, subject);
      if (matches > 0 && arm->arm.guard != NULL)
        matches = test (py, self->frame, arm->arm.guard);
      if (matches < 0)
        return SIGNAL_FAILED;
      if (matches)
        {
          strata_py_push_block (py, self, BLOCK_BODY, node, arm->arm.body);
          return SIGNAL_NEXT;
        }
    }

  return SIGNAL_NEXT;
}

static Signal
execute_loop (Machine            *py,
              Activation         *self,
              const StrataPyNode *node)
{
  Value *value, *iterator;
  Block *block;

  if (node->kind == STRATA_PY_NODE_WHILE)
    {
      block = strata_py_push_block (py, self, BLOCK_WHILE, node, node->loop.body);
      block->next = block->list.length;     /* so that the test comes first */
      return SIGNAL_NEXT;
    }
  if (node->flags & STRATA_PY_IS_ASYNC)
    {
      strata_py_refuse (py, "this loop is asynchronous");
      return SIGNAL_FAILED;
    }

  value = strata_py_evaluate (py, self->frame, node->loop.iterable);
  self->frame->node = node->loop.iterable;
  iterator = value != NULL ? strata_py_iterate (py, value) : NULL;
  if (iterator == NULL)
    return SIGNAL_FAILED;
  block = strata_py_push_block (py, self, BLOCK_FOR, node, node->loop.body);
  block->iterator = iterator;
  block->next = block->list.length;

  return SIGNAL_NEXT;
}

static Signal
execute_delete (Machine            *py,
                Activation         *self,
                const StrataPyNode *node)
{
  for (guint i = 0; i < node->list.length; i++)
    if (!strata_py_delete (py, self->frame, node->list.items[i]))
      return SIGNAL_FAILED;

  return SIGNAL_NEXT;
}

static Signal
execute_definition (Machine            *py,
                    Activation         *self,
                    const StrataPyNode *node)
{
  Value *value = node->kind == STRATA_PY_NODE_CLASS ? strata_py_define_class (py, self->frame, node)
                                                    : strata_py_define_function (py, self->frame, node);

  return signal_of (value != NULL && strata_py_store_name (py, self->frame, node->definition.name, value));
}

static Signal
execute_compound (Machine            *py,
                  Activation         *self,
                  const StrataPyNode *node)
{
  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_IF:
      return execute_if (py, self, node);
    case STRATA_PY_NODE_WHILE:
    case STRATA_PY_NODE_FOR:
      return execute_loop (py, self, node);
    case STRATA_PY_NODE_WITH:
      return strata_py_enter_with (py, self, node, 0);
    case STRATA_PY_NODE_TRY:
      strata_py_push_block (py, self, BLOCK_TRY, node, node->attempt.body);
      return SIGNAL_NEXT;
    case STRATA_PY_NODE_MATCH:
      return execute_match (py, self, node);
    case STRATA_PY_NODE_FUNCTION:
    case STRATA_PY_NODE_CLASS:
      return execute_definition (py, self, node);
    case STRATA_PY_NODE_BROKEN:
      strata_py_stop (py, STRATA_PY_CODE_SYNTAX, _("this could not be read as Python"));
      return SIGNAL_FAILED;
    default:
      strata_py_refuse (py, "this statement is not known here");
      return SIGNAL_FAILED;
    }
}

Signal
strata_py_execute (Machine            *py,
                   Activation         *self,
                   const StrataPyNode *node)
{
  self->frame->node = node;
  if (!strata_py_step (py))
    return SIGNAL_FAILED;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_EXPRESSION:
    case STRATA_PY_NODE_ASSIGN:
    case STRATA_PY_NODE_AUGMENTED:
    case STRATA_PY_NODE_ANNOTATED:
    case STRATA_PY_NODE_RETURN:
      return execute_value (py, self, node);
    case STRATA_PY_NODE_DELETE:
      return execute_delete (py, self, node);
    case STRATA_PY_NODE_SIMPLE:
      return node->op == STRATA_PY_BREAK ? SIGNAL_BREAK : node->op == STRATA_PY_CONTINUE ? SIGNAL_CONTINUE : SIGNAL_NEXT;
    case STRATA_PY_NODE_RAISE:
      return execute_raise (py, self, node);
    case STRATA_PY_NODE_ASSERT:
      return execute_assert (py, self, node);
    case STRATA_PY_NODE_IMPORT:
    case STRATA_PY_NODE_IMPORT_FROM:
      return signal_of (strata_py_import (py, self->frame, node));
    case STRATA_PY_NODE_SCOPE:
      return SIGNAL_NEXT;
    case STRATA_PY_NODE_TYPE_ALIAS:
      return signal_of (strata_py_store_name (py, self->frame, node->type.name, strata_py_opaque (py, node->type.name)));
    default:
      return execute_compound (py, self, node);
    }
}
