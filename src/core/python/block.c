/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/statement.h"

/* How loops, "with" and "try" go on: when their statements end, and when something happens in them. */

/* "else" of a loop, which takes part in nothing that the loop does. */
static Signal
start_otherwise (Block        *block,
                 StrataPyList  list)
{
  block->kind = BLOCK_BODY;
  block->list = list;
  block->next = 0;

  return SIGNAL_NEXT;
}

static Signal
next_turn (Machine    *py,
           Activation *self,
           Block      *block)
{
  const StrataPyNode *node = block->node;
  Value *value;
  int holds = 1;

  self->frame->node = node;
  if (!strata_py_step (py))
    return SIGNAL_FAILED;

  if (block->kind == BLOCK_FOR)
    {
      self->frame->node = node->loop.iterable;
      value = strata_py_next (py, block->iterator);
      if (strata_py_has_failed (py))
        return SIGNAL_FAILED;
      holds = value != NULL;
      if (holds && !strata_py_assign (py, self->frame, node->loop.target, value))
        return SIGNAL_FAILED;
    }
  else
    {
      value = strata_py_evaluate (py, self->frame, node->loop.target);
      self->frame->node = node->loop.target;
      holds = value != NULL ? strata_py_truth (py, value) : -1;
      if (holds < 0)
        return SIGNAL_FAILED;
    }
  if (!holds)
    return start_otherwise (block, node->loop.otherwise);
  block->next = 0;

  return SIGNAL_NEXT;
}

Signal
strata_py_finish_block (Machine    *py,
                        Activation *self,
                        Block      *block)
{
  switch (block->kind)
    {
    case BLOCK_WHILE:
    case BLOCK_FOR:
      return next_turn (py, self, block);
    case BLOCK_WITH:
      return strata_py_signal_with (py, self, block, SIGNAL_NEXT);
    case BLOCK_TRY:
      return strata_py_finish_try (py, self, block);
    case BLOCK_BODY:
    default:
      return SIGNAL_LEAVE;
    }
}

Signal
strata_py_signal_block (Machine    *py,
                        Activation *self,
                        Block      *block,
                        Signal      signal)
{
  switch (block->kind)
    {
    case BLOCK_WHILE:
    case BLOCK_FOR:
      /* CPython ends it here, if nobody else has it. */
      if (signal != SIGNAL_CONTINUE && block->kind == BLOCK_FOR && strata_py_generator_is_open (block->iterator))
        {
          strata_py_take_exception (py);
          strata_py_refuse (py, "a generator is left in the middle of a “with” or “try”");
          return SIGNAL_FAILED;
        }
      if (signal == SIGNAL_BREAK)
        return SIGNAL_LEAVE;
      if (signal != SIGNAL_CONTINUE)
        return signal;
      block->next = block->list.length;
      return SIGNAL_NEXT;
    case BLOCK_WITH:
      return strata_py_signal_with (py, self, block, signal);
    case BLOCK_TRY:
      return strata_py_signal_try (py, self, block, signal);
    case BLOCK_BODY:
    default:
      return signal;
    }
}

Signal
strata_py_enter_with (Machine            *py,
                      Activation         *self,
                      const StrataPyNode *node,
                      guint               item)
{
  const StrataPyNode *pair = node->with.items.items[item];
  Value *manager, *value;
  Block *block;

  if (node->flags & STRATA_PY_IS_ASYNC)
    {
      strata_py_refuse (py, "this “with” is asynchronous");
      return SIGNAL_FAILED;
    }
  manager = strata_py_evaluate (py, self->frame, pair->pair.first);
  self->frame->node = pair;
  value = manager != NULL ? strata_py_enter_manager (py, manager) : NULL;
  if (value == NULL)
    return SIGNAL_FAILED;

  block = strata_py_push_block (py, self, BLOCK_WITH, node, (StrataPyList) { NULL });
  block->manager = manager;
  block->item = item;
  if (pair->pair.second != NULL && !strata_py_assign (py, self->frame, pair->pair.second, value))
    return SIGNAL_FAILED;
  if (item + 1 < node->with.items.length)
    return strata_py_enter_with (py, self, node, item + 1);
  block->list = node->with.body;

  return SIGNAL_NEXT;
}

/* However the body ends, its manager is told. */
Signal
strata_py_signal_with (Machine    *py,
                       Activation *self,
                       Block      *block,
                       Signal      signal)
{
  Value *exception = NULL;
  Value *result = self->result;
  int swallowed;

  if (signal == SIGNAL_FAILED)
    {
      exception = strata_py_take_exception (py);
      if (exception == NULL)
        return signal;
      py->depth = self->depth;
    }
  self->frame->node = block->node->with.items.items[block->item];
  swallowed = strata_py_leave_manager (py, block->manager, exception != NULL ? exception : py->none);
  self->result = result;
  if (swallowed < 0)
    return SIGNAL_FAILED;
  if (exception != NULL && !swallowed)
    {
      strata_py_raise_value (py, exception);
      return SIGNAL_FAILED;
    }

  return exception != NULL || signal == SIGNAL_NEXT ? SIGNAL_LEAVE : signal;
}

static Signal
start_phase (Block        *block,
             Phase         phase,
             StrataPyList  list)
{
  block->phase = phase;
  block->list = list;
  block->next = 0;

  return SIGNAL_NEXT;
}

/* What was being handled before is again, and the name of the exception is gone. */
static void
end_handler (Machine    *py,
             Activation *self,
             Block      *block)
{
  if (block->phase != PHASE_HANDLER)
    return;

  py->handled = block->handled;
  if (block->name != NULL && !strata_py_delete_name (py, self->frame, block->name))
    strata_py_take_exception (py);
}

static Signal
start_finally (Machine    *py,
               Activation *self,
               Block      *block,
               Signal      signal)
{
  block->pending_value = signal == SIGNAL_FAILED ? strata_py_take_exception (py) : self->result;
  if (signal == SIGNAL_FAILED && block->pending_value == NULL)
    return signal;
  py->depth = self->depth;
  end_handler (py, self, block);
  block->pending = signal;
  if (block->node->attempt.finally != NULL)
    return start_phase (block, PHASE_FINALLY, *block->node->attempt.finally);

  if (signal == SIGNAL_FAILED)
    strata_py_raise_value (py, block->pending_value);

  return signal == SIGNAL_NEXT ? SIGNAL_LEAVE : signal;
}

Signal
strata_py_finish_try (Machine    *py,
                      Activation *self,
                      Block      *block)
{
  if (block->phase == PHASE_BODY && block->node->attempt.otherwise != NULL)
    return start_phase (block, PHASE_OTHERWISE, *block->node->attempt.otherwise);
  if (block->phase != PHASE_FINALLY)
    return start_finally (py, self, block, SIGNAL_NEXT);
  if (block->pending == SIGNAL_NEXT)
    return SIGNAL_LEAVE;

  if (block->pending == SIGNAL_FAILED)
    strata_py_raise_value (py, block->pending_value);
  else
    self->result = block->pending_value;

  return block->pending;
}

/* The handler that takes the exception, or NULL, which may be a failure. */
static const StrataPyNode *
find_handler (Machine    *py,
              Activation *self,
              Block      *block,
              Value      *exception)
{
  StrataPyList handlers = block->node->attempt.handlers;

  for (guint i = 0; i < handlers.length; i++)
    {
      const StrataPyNode *handler = handlers.items[i];
      Value *type;
      int fits;

      if (handler->flags & STRATA_PY_IS_GROUP)
        return strata_py_refuse (py, "“except*” is not known here");
      if (handler->block.test == NULL)
        return handler;
      type = strata_py_evaluate (py, self->frame, handler->block.test);
      self->frame->node = handler;
      fits = type != NULL ? strata_py_catches (py, type, exception) : -1;
      if (fits != 0)
        return fits > 0 ? handler : NULL;
    }

  return NULL;
}

Signal
strata_py_signal_try (Machine    *py,
                      Activation *self,
                      Block      *block,
                      Signal      signal)
{
  const StrataPyNode *handler;
  Value *exception;

  if (block->phase == PHASE_FINALLY)
    return signal;
  if (signal != SIGNAL_FAILED || block->phase != PHASE_BODY)
    return start_finally (py, self, block, signal);

  exception = strata_py_take_exception (py);
  if (exception == NULL)
    return signal;
  py->depth = self->depth;
  handler = find_handler (py, self, block, exception);
  if (handler == NULL)
    {
      if (!strata_py_has_failed (py))
        strata_py_raise_value (py, exception);
      return start_finally (py, self, block, SIGNAL_FAILED);
    }

  block->handled = py->handled;
  block->name = handler->block.name;
  py->handled = exception;
  start_phase (block, PHASE_HANDLER, handler->block.body);
  if (block->name != NULL && !strata_py_store_name (py, self->frame, block->name, exception))
    return SIGNAL_FAILED;

  return SIGNAL_NEXT;
}
