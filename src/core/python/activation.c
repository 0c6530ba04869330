/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/statement.h"

Block *
strata_py_push_block (Machine            *py,
                      Activation         *self,
                      BlockKind           kind,
                      const StrataPyNode *node,
                      StrataPyList        list)
{
  Block *block = strata_py_arena_new_struct (py->arena, Block);

  block->kind = kind;
  block->node = node;
  block->list = list;
  block->outer = self->top;
  self->top = block;

  return block;
}

Activation *
strata_py_new_activation (Machine      *py,
                          Frame        *frame,
                          StrataPyList  body)
{
  Activation *self = strata_py_arena_new_struct (py->arena, Activation);

  self->frame = frame;
  strata_py_push_block (py, self, BLOCK_BODY, NULL, body);

  return self;
}

/* Up through the blocks, to the one that takes the signal. */
static Signal
unwind (Machine    *py,
        Activation *self,
        Signal      signal)
{
  while (self->top != NULL)
    {
      Block *block = self->top;

      if (signal == SIGNAL_FAILED && py->failure.outcome == STRATA_PY_STOPPED)
        return signal;
      signal = strata_py_signal_block (py, self, block, signal);
      if (signal == SIGNAL_NEXT)
        return SIGNAL_NEXT;
      self->top = block->outer;
      if (signal == SIGNAL_LEAVE)
        return SIGNAL_NEXT;
    }

  return signal;
}

/* One statement, or the end of a block. */
static Signal
advance (Machine    *py,
         Activation *self)
{
  Block *block = self->top;
  Signal signal;

  if (block->next < block->list.length)
    return strata_py_execute (py, self, block->list.items[block->next++]);

  signal = strata_py_finish_block (py, self, block);
  if (signal == SIGNAL_LEAVE)
    {
      self->top = block->outer;
      signal = SIGNAL_NEXT;
    }
  else if (signal != SIGNAL_NEXT && (block->kind == BLOCK_TRY || block->kind == BLOCK_WITH))
    self->top = block->outer;     /* what "finally" had put off, or a manager that fails */

  return signal;
}

static Signal
run (Machine    *py,
     Activation *self,
     Signal      signal)
{
  for (;;)
    {
      if (signal != SIGNAL_NEXT)
        {
          if (signal == SIGNAL_YIELD)
            return signal;
          signal = unwind (py, self, signal);
          py->depth = signal == SIGNAL_NEXT ? self->depth : py->depth;
          if (signal != SIGNAL_NEXT)
            return signal;
        }
      if (self->top == NULL)
        return SIGNAL_NEXT;
      signal = advance (py, self);
    }
}

Value *
strata_py_run_body (Machine      *py,
                    Frame        *frame,
                    StrataPyList  body)
{
  Activation *self = strata_py_new_activation (py, frame, body);
  Signal signal;

  self->depth = py->depth;
  signal = run (py, self, SIGNAL_NEXT);
  py->depth = self->depth;

  if (signal == SIGNAL_FAILED)
    return NULL;
  if (signal == SIGNAL_RETURN)
    return self->result;
  if (signal == SIGNAL_YIELD)
    return strata_py_refuse (py, "“yield” outside of a function");

  return py->none;
}

/* "yield from": the next value of what it takes from, or the statement's own end. */
static Signal
resume_source (Machine    *py,
               Activation *self,
               Value      *sent)
{
  Value *result = py->none;
  Value *value;

  if (strata_py_is (self->source, STRATA_PY_VALUE_GENERATOR))
    value = strata_py_generator_send (py, self->source, sent, NULL, &result);
  else
    value = strata_py_next (py, self->source);
  if (strata_py_has_failed (py))
    return SIGNAL_FAILED;
  if (value != NULL)
    {
      self->result = value;
      return SIGNAL_YIELD;
    }
  self->source = NULL;

  return strata_py_finish_yield (py, self, self->waiting, result);
}

Value *
strata_py_resume (Machine    *py,
                  Activation *self,
                  Value      *sent,
                  Value      *thrown,
                  Value     **returned)
{
  Signal signal = SIGNAL_NEXT;

  self->depth = py->depth;
  if (thrown != NULL)
    {
      if (self->source != NULL)
        return strata_py_refuse (py, "an exception is thrown into “yield from”");
      self->waiting = NULL;
      strata_py_raise_value (py, thrown);
      signal = SIGNAL_FAILED;
    }
  else if (self->source != NULL)
    signal = resume_source (py, self, sent);
  else if (self->waiting != NULL)
    signal = strata_py_finish_yield (py, self, self->waiting, sent != NULL ? sent : py->none);

  signal = run (py, self, signal);
  py->depth = self->depth;
  if (signal == SIGNAL_YIELD)
    return self->result;
  if (signal == SIGNAL_RETURN)
    *returned = self->result;

  return NULL;
}

gboolean
strata_py_has_cleanup (const Activation *self)
{
  for (const Block *block = self->top; block != NULL; block = block->outer)
    if (block->kind == BLOCK_WITH || block->kind == BLOCK_TRY)
      return TRUE;

  return FALSE;
}
