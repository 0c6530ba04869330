/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

/* The loops of a comprehension, which can be left after each element and gone on with. */
struct _Loops
{
  const StrataPyNode *node;
  Frame              *frame;        /* its own */
  Frame              *around;
  Value             **iterators;    /* of the loops that are open */
  guint               n_open;
};

static Loops *
new_loops (Machine            *py,
           Frame              *frame,
           const StrataPyNode *node)
{
  const StrataPyNode *first = node->comprehension.loops.items[0];
  Loops *self = strata_py_arena_new_struct (py->arena, Loops);
  Value *iterable;

  for (guint i = 0; i < node->comprehension.loops.length; i++)
    if (node->comprehension.loops.items[i]->flags & STRATA_PY_IS_ASYNC)
      return strata_py_refuse (py, "this loop is asynchronous");

  self->node = node;
  self->around = frame;
  self->frame = strata_py_new_frame (py, FRAME_COMPREHENSION, frame->module, frame, strata_py_scope (py, node));
  self->frame->function = frame->function;
  self->frame->first = frame->first;
  self->frame->caller = frame;
  self->iterators = strata_py_arena_alloc (py->arena, node->comprehension.loops.length * sizeof (Value *));

  iterable = strata_py_evaluate (py, frame, first->comp_for.iterable);
  if (iterable == NULL)
    return NULL;
  self->iterators[0] = strata_py_iterate (py, iterable);
  self->n_open = 1;

  return self->iterators[0] != NULL ? self : NULL;
}

/* 1: all conditions of the loop hold. */
static int
check_conditions (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *loop)
{
  for (guint i = 0; i < loop->comp_for.conditions.length; i++)
    {
      Value *value = strata_py_evaluate (py, frame, loop->comp_for.conditions.items[i]);
      int truth = value != NULL ? strata_py_truth (py, value) : -1;

      if (truth <= 0)
        return truth;
    }

  return 1;
}

static gboolean
open_next (Machine *py,
           Loops   *self)
{
  const StrataPyNode *loop = self->node->comprehension.loops.items[self->n_open];
  Value *iterable = strata_py_evaluate (py, self->frame, loop->comp_for.iterable);

  if (iterable == NULL)
    return FALSE;
  self->iterators[self->n_open] = strata_py_iterate (py, iterable);

  return self->iterators[self->n_open++] != NULL;
}

/* To the next turn of the innermost loop: 1, or 0 where there is no more. */
static int
advance (Machine *py,
         Loops   *self)
{
  StrataPyList loops = self->node->comprehension.loops;

  while (self->n_open > 0)
    {
      const StrataPyNode *loop = loops.items[self->n_open - 1];
      Value *item = strata_py_next (py, self->iterators[self->n_open - 1]);
      int holds;

      if (strata_py_has_failed (py) || !strata_py_step (py))
        return -1;
      if (item == NULL)
        {
          self->n_open--;
          continue;
        }
      if (!strata_py_assign (py, self->frame, loop->comp_for.target, item))
        return -1;
      holds = check_conditions (py, self->frame, loop);
      if (holds < 0)
        return -1;
      if (holds && self->n_open == loops.length)
        return 1;
      if (holds && !open_next (py, self))
        return -1;
    }

  return 0;
}

Value *
strata_py_loops_next (Machine *py,
                      Loops   *self)
{
  Frame *current = py->frame;
  Value *value = NULL;

  self->frame->caller = current;
  py->frame = self->frame;
  if (advance (py, self) > 0)
    value = strata_py_evaluate (py, self->frame, self->node->comprehension.element);
  py->frame = current;

  return value;
}

static Value *
collect (Machine *py,
         Loops   *self)
{
  gboolean is_set = self->node->kind == STRATA_PY_NODE_SET_COMP;
  Value *result = is_set ? &strata_py_new_set (py, STRATA_PY_VALUE_SET)->base : strata_py_list (py, NULL, 0);
  Value *element;

  while ((element = strata_py_loops_next (py, self)) != NULL)
    if (is_set ? !strata_py_set_add (py, (Dict *) result, element) : !strata_py_list_append (py, result, element))
      return NULL;

  return strata_py_has_failed (py) ? NULL : result;
}

static Value *
collect_dict (Machine *py,
              Loops   *self)
{
  Frame *current = py->frame;
  Dict *dict = strata_py_dict (py);
  gboolean is_fine = TRUE;
  int more = 0;

  py->frame = self->frame;
  while (is_fine && (more = advance (py, self)) > 0)
    {
      Value *key = strata_py_evaluate (py, self->frame, self->node->comprehension.key);
      Value *value = key != NULL ? strata_py_evaluate (py, self->frame, self->node->comprehension.element) : NULL;

      is_fine = value != NULL && strata_py_dict_set (py, dict, key, value);
    }
  py->frame = current;

  return is_fine && more == 0 ? &dict->base : NULL;
}

Value *
strata_py_comprehend (Machine            *py,
                      Frame              *frame,
                      const StrataPyNode *node)
{
  Loops *loops = new_loops (py, frame, node);

  if (loops == NULL)
    return NULL;
  if (node->kind == STRATA_PY_NODE_GENERATOR)
    return strata_py_new_lazy (py, loops);
  if (node->kind == STRATA_PY_NODE_DICT_COMP)
    return collect_dict (py, loops);

  return collect (py, loops);
}
