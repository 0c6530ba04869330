/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

#include <glib/gi18n-lib.h>

#include "core/python/slots.h"

/* Half of CPython's own bound: what goes deeper than this is refused before it could be an error there. */
#define MAX_CALLS 300

static gboolean
has_varying (Value                   *self,
             const StrataPyArguments *arguments)
{
  if (self != NULL && self->is_varying)
    return TRUE;
  for (guint i = 0; i < arguments->n_positional; i++)
    if (arguments->positional[i]->is_varying)
      return TRUE;

  return FALSE;
}

Value *
strata_py_call_native (Machine                 *py,
                       const char              *name,
                       const char              *parameters,
                       StrataPyNativeFunc       function,
                       Value                   *self,
                       const StrataPyArguments *arguments)
{
  Signature *signature = strata_py_parse_signature (py, parameters != NULL ? parameters : "");
  Value **values = strata_py_arena_alloc (py->arena, (signature->n_parameters + 1) * sizeof (Value *));
  Value *result;

  if (!strata_py_bind (py, name, signature, arguments, NULL, values))
    return NULL;
  result = function (py, self, values);

  return result != NULL && has_varying (self, arguments) ? strata_py_vary (py, result) : result;
}

static Value *
call_bound_native (Machine                 *py,
                   Native                  *native,
                   const StrataPyArguments *arguments)
{
  StrataPyArguments rest = *arguments;
  Value *self = native->self;

  /* str.lower: the object comes as an argument. */
  if (self == NULL)
    {
      if (rest.n_positional == 0)
        return strata_py_raise (py, "TypeError", "unbound method %s() needs an argument", native->native->name);
      self = *rest.positional++;
      rest.n_positional--;
    }

  return strata_py_call_native (py, native->native->name, native->native->parameters, native->native->function, self, &rest);
}

static void
fill_frame (Machine         *py,
            Frame           *frame,
            const Signature *signature,
            Value          **values)
{
  for (guint i = 0; i < signature->n_parameters; i++)
    if (values[i] != NULL)
      {
        strata_py_dict_set_name (py, frame->names, signature->parameters[i].name, values[i]);
        if (frame->first == NULL)
          frame->first = values[i];
      }
}

static Value *
run_function (Machine  *py,
              Function *function,
              Frame    *frame)
{
  Frame *caller = py->frame;
  StrataPyList body = function->definition->definition.body;
  Value *result;

  if (function->scope->is_generator)
    return strata_py_new_generator (py, frame, body);

  py->frame = frame;
  frame->caller = caller;
  if (function->definition->kind == STRATA_PY_NODE_LAMBDA)
    result = strata_py_evaluate (py, frame, body.items[0]);
  else
    result = strata_py_run_body (py, frame, body);
  py->frame = caller;

  return result;
}

Value *
strata_py_call_function (Machine                 *py,
                         Function                *function,
                         const StrataPyArguments *arguments,
                         Value                   *self)
{
  Signature *signature = function->signature;
  Value **values = strata_py_arena_alloc (py->arena, (signature->n_parameters + 1) * sizeof (Value *));
  Frame *frame;
  Value *result;

  if (function->definition->flags & STRATA_PY_IS_ASYNC)
    return strata_py_refuse (py, "“%s” is asynchronous", function->name);
  if (!strata_py_step (py) || !strata_py_bind (py, function->path, signature, arguments, self, values))
    return NULL;
  if (py->n_calls >= MAX_CALLS)
    return strata_py_stop (py, STRATA_PY_CODE_LIMIT, _("functions call each other deeper than in a migration here"));
  if (!strata_py_enter (py))
    return NULL;

  frame = strata_py_new_frame (py, FRAME_FUNCTION, function->module, function->outer, function->scope);
  frame->function = function;
  fill_frame (py, frame, signature, values);

  py->n_calls++;
  result = run_function (py, function, frame);
  py->n_calls--;
  strata_py_leave (py);

  if (result == NULL && py->failure.outcome == STRATA_PY_RAISES && py->frame != NULL)
    {
      StrataPlace place = strata_py_here (py);

      g_array_append_val (((Exception *) py->failure.exception)->trace, place);
    }

  return result;
}

static gboolean
doubt (Machine *py,
       Value   *value,
       guint    depth)
{
  Opaque *opaque = (Opaque *) value;

  if (IS_LIST (value) || IS_DICT (value) || IS_SET (value))
    {
      opaque->base.class = py->classes[STRATA_PY_VALUE_OPAQUE];
      opaque->base.kind = STRATA_PY_VALUE_OPAQUE;
      opaque->name = "what an unknown function was given";
    }
  else if (IS_TUPLE (value) && depth < 10)
    for (gsize i = 0; i < ((List *) value)->length; i++)
      doubt (py, ((List *) value)->items[i], depth + 1);

  return TRUE;
}

/* A container that an unknown function was given may have another content since. */
static Value *
call_opaque (Machine                 *py,
             Value                   *value,
             const StrataPyArguments *arguments)
{
  g_autofree char *name = g_strdup_printf ("%s()", ((Opaque *) value)->name);
  guint position = 0;
  Value *key, *item;

  if (py->is_strict)
    return strata_py_refuse_opaque (py, value, "is called");

  for (guint i = 0; i < arguments->n_positional; i++)
    doubt (py, arguments->positional[i], 0);
  while (arguments->keywords != NULL && strata_py_dict_next (arguments->keywords, &position, &key, &item))
    doubt (py, item, 0);

  return strata_py_opaque (py, name);
}

static Value *
call_method (Machine                 *py,
             Method                  *method,
             const StrataPyArguments *arguments)
{
  StrataPyArguments all = { NULL, arguments->n_positional + 1, arguments->keywords };

  if (strata_py_is (method->function, STRATA_PY_VALUE_FUNCTION))
    return strata_py_call_function (py, (Function *) method->function, arguments, method->self);

  all.positional = strata_py_alloc (py, all.n_positional * sizeof (Value *));
  if (all.positional == NULL)
    return NULL;
  all.positional[0] = method->self;
  for (guint i = 0; i < arguments->n_positional; i++)
    all.positional[i + 1] = arguments->positional[i];

  return strata_py_call (py, method->function, &all);
}

static Value *
call_any (Machine                 *py,
          Value                   *function,
          const StrataPyArguments *arguments)
{
  Value *special;

  switch (function->kind)
    {
    case STRATA_PY_VALUE_FUNCTION:
      return strata_py_call_function (py, (Function *) function, arguments, NULL);
    case STRATA_PY_VALUE_NATIVE:
      return call_bound_native (py, (Native *) function, arguments);
    case STRATA_PY_VALUE_METHOD:
      return call_method (py, (Method *) function, arguments);
    case STRATA_PY_VALUE_TYPE:
      return strata_py_instantiate (py, (Class *) function, arguments);
    case STRATA_PY_VALUE_OPAQUE:
      return call_opaque (py, function, arguments);
    case STRATA_PY_VALUE_STATIC_METHOD:
      return strata_py_call (py, ((Wrapper *) function)->function, arguments);
    default:
      break;
    }

  if ((special = strata_py_special (py, function, "__call__")) != NULL)
    return strata_py_call (py, special, arguments);
  if (strata_py_has_failed (py))
    return NULL;
  if (function->class->slots->call != NULL)
    return function->class->slots->call (py, function, arguments);

  return strata_py_raise (py, "TypeError", "'%s' object is not callable", function->class->name);
}

Value *
strata_py_call (Machine                 *py,
                Value                   *function,
                const StrataPyArguments *arguments)
{
  Value *result;

  if (!strata_py_step (py) || !strata_py_enter (py))
    return NULL;
  result = call_any (py, function, arguments);
  strata_py_leave (py);

  return result;
}

Value *
strata_py_call_values (Machine *py,
                       Value   *function,
                       guint    n_arguments,
                       ...)
{
  Value *values[4];
  const StrataPyArguments arguments = { values, n_arguments, NULL };
  va_list args;

  g_return_val_if_fail (n_arguments <= G_N_ELEMENTS (values), NULL);

  va_start (args, n_arguments);
  for (guint i = 0; i < n_arguments; i++)
    values[i] = va_arg (args, Value *);
  va_end (args);

  return strata_py_call (py, function, &arguments);
}

/* What a class's objects begin as: by its own __new__, by the layout's constructor, or with nothing. */
static Value *
construct (Machine                 *py,
           Class                   *class,
           const StrataPyArguments *arguments)
{
  Value *method = class->is_user ? strata_py_class_lookup (py, class, "__new__") : NULL;
  const StrataPySlots *slots = class->slots;
  StrataPyArguments all = { NULL, arguments->n_positional + 1, arguments->keywords };

  if (method != NULL && !strata_py_is (method, STRATA_PY_VALUE_NATIVE))
    {
      Method bound = { .function = method, .self = &class->base };

      if (strata_py_is (method, STRATA_PY_VALUE_STATIC_METHOD))
        bound.function = ((Wrapper *) method)->function;
      return call_method (py, &bound, arguments);
    }
  if (class->is_enum)
    return strata_py_raise (py, "TypeError", "%s() takes one value", class->name);
  if (slots->construct == NULL)
    return strata_py_raise (py, "TypeError", "cannot create '%s' instances", class->name);
  if (slots->parameters == NULL)
    return strata_py_call_native (py, class->name, "*args, **kwargs", slots->construct, &class->base, arguments);

  /* A constructor of its own takes what it likes. */
  if (class->is_user && !strata_py_is (strata_py_class_lookup (py, class, "__init__"), STRATA_PY_VALUE_NATIVE)
      && (class->kind == STRATA_PY_VALUE_LIST || class->kind == STRATA_PY_VALUE_DICT || class->kind == STRATA_PY_VALUE_SET))
    {
      all.n_positional = 0;
      all.keywords = NULL;
      return strata_py_call_native (py, class->name, slots->parameters, slots->construct, &class->base, &all);
    }

  return strata_py_call_native (py, class->name, slots->parameters, slots->construct, &class->base, arguments);
}

Value *
strata_py_instantiate (Machine                 *py,
                       Class                   *class,
                       const StrataPyArguments *arguments)
{
  Value *object, *init;

  if (class == py->classes[STRATA_PY_VALUE_TYPE])
    {
      if (arguments->n_positional == 1 && arguments->keywords == NULL && !IS_OPAQUE (arguments->positional[0]))
        return &arguments->positional[0]->class->base;
      return strata_py_refuse (py, "a class is made by type()");
    }
  if (class->members != NULL && arguments->n_positional == 1 && arguments->keywords == NULL)
    return strata_py_enum_find (py, class, arguments->positional[0]);

  object = construct (py, class, arguments);
  if (object == NULL || !class->is_user || !strata_py_is_subclass (object->class, class))
    return object;

  init = strata_py_special (py, object, "__init__");
  if (init == NULL)
    return strata_py_has_failed (py) ? NULL : object;
  init = strata_py_call (py, init, arguments);
  if (init != NULL && !IS_NONE (init))
    return strata_py_raise (py, "TypeError", "__init__() should return None, not '%s'", init->class->name);

  return init != NULL ? object : NULL;
}
