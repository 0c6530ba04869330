/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/slots.h"

/* A function that yields, and a generator expression, which has loops instead of a body. */
typedef struct
{
  Value       base;
  Frame      *frame;
  Activation *activation;
  Loops      *loops;
  gboolean    is_started;
  gboolean    is_done;
  gboolean    is_running;
} Generator;

Value *
strata_py_new_generator (Machine      *py,
                         Frame        *frame,
                         StrataPyList  body)
{
  Generator *self = strata_py_new (py, STRATA_PY_VALUE_GENERATOR, sizeof (Generator));

  self->frame = frame;
  self->activation = strata_py_new_activation (py, frame, body);

  return &self->base;
}

Value *
strata_py_new_lazy (Machine *py,
                    Loops   *loops)
{
  Generator *self = strata_py_new (py, STRATA_PY_VALUE_GENERATOR, sizeof (Generator));

  self->loops = loops;

  return &self->base;
}

static Value *
resume (Machine   *py,
        Generator *self,
        Value     *sent,
        Value     *thrown,
        Value    **returned)
{
  Frame *current = py->frame;
  Value *value;

  if (self->loops != NULL)
    return thrown != NULL ? strata_py_raise_value (py, thrown) : strata_py_loops_next (py, self->loops);

  self->frame->caller = current;
  py->frame = self->frame;
  value = strata_py_resume (py, self->activation, sent, thrown, returned);
  py->frame = current;

  return value;
}

/* The next value that it yields; NULL without failure at its end, with what it returned. */
Value *
strata_py_generator_send (Machine *py,
                          Value   *generator,
                          Value   *sent,
                          Value   *thrown,
                          Value  **returned)
{
  Generator *self = (Generator *) generator;
  Value *value;

  *returned = py->none;
  if (self->is_running)
    return strata_py_raise (py, "ValueError", "generator already executing");
  if (self->is_done)
    return thrown != NULL ? strata_py_raise_value (py, thrown) : NULL;
  if (!self->is_started && sent != NULL && !IS_NONE (sent))
    return strata_py_raise (py, "TypeError", "can't send non-None value to a just-started generator");
  if (!strata_py_step (py) || !strata_py_enter (py))
    return NULL;

  self->is_started = TRUE;
  self->is_running = TRUE;
  value = resume (py, self, sent, thrown, returned);
  self->is_running = FALSE;
  self->is_done = value == NULL;
  strata_py_leave (py);

  if (value == NULL && strata_py_catch (py, "StopIteration"))
    return strata_py_raise (py, "RuntimeError", "generator raised StopIteration");

  return value;
}

/* Stands inside of a "with" or a "try" that it would have to end. */
gboolean
strata_py_generator_is_open (Value *value)
{
  Generator *self = (Generator *) value;

  return strata_py_is (value, STRATA_PY_VALUE_GENERATOR) && self->is_started && !self->is_done && self->activation != NULL
         && strata_py_has_cleanup (self->activation);
}

static Value *
generator_next (Machine *py,
                Value   *self)
{
  Value *returned;

  return strata_py_generator_send (py, self, NULL, NULL, &returned);
}

static Value *
stop_iteration (Machine *py,
                Value   *returned)
{
  if (strata_py_has_failed (py))
    return NULL;

  return strata_py_raise_value (py, strata_py_new_exception (py, strata_py_find_class (py, "StopIteration"), &returned,
                                                             IS_NONE (returned) ? 0 : 1));
}

static Value *
generator_send (Machine *py,
                Value   *self,
                Value  **arguments)
{
  Value *returned;
  Value *value = strata_py_generator_send (py, self, arguments[0], NULL, &returned);

  return value != NULL ? value : stop_iteration (py, returned);
}

static Value *
generator_throw (Machine *py,
                 Value   *self,
                 Value  **arguments)
{
  Value *thrown = arguments[0];
  Value *returned, *value;

  if (IS_CLASS (thrown))
    thrown = strata_py_call_values (py, thrown, 0);
  if (thrown == NULL || !strata_py_is (thrown, STRATA_PY_VALUE_EXCEPTION))
    return strata_py_raise (py, "TypeError", "exceptions must be classes or instances deriving from BaseException");
  value = strata_py_generator_send (py, self, NULL, thrown, &returned);

  return value != NULL ? value : stop_iteration (py, returned);
}

static Value *
generator_close (Machine *py,
                 Value   *value,
                 Value  **arguments)
{
  Generator *self = (Generator *) value;
  Value *returned;

  if (!self->is_started || self->is_done || self->loops != NULL)
    {
      self->is_done = TRUE;
      return py->none;
    }
  value = strata_py_generator_send (py, value, NULL, strata_py_new_exception (py, strata_py_find_class (py, "GeneratorExit"),
                                                                             NULL, 0), &returned);
  if (value != NULL)
    return strata_py_raise (py, "RuntimeError", "generator ignored GeneratorExit");
  if (strata_py_has_failed (py) && !strata_py_catch (py, "GeneratorExit"))
    return NULL;

  return py->none;
}

static Value *
generator_iterate (Machine *py,
                   Value   *self)
{
  return self;
}

static const StrataPyNative generator_methods[] = {
  { "send", "value, /", generator_send },
  { "throw", "value, /", generator_throw },
  { "close", NULL, generator_close },
  { NULL }
};

const StrataPySlots strata_py_generator_slots = {
  .name = "generator",
  .methods = generator_methods,
  .lacking = " gi_frame gi_running gi_code gi_yieldfrom ",
  .iterate = generator_iterate,
  .next = generator_next,
};
