/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/slots.h"

/* The builtin exceptions, a base before what is derived from it. */
static const StrataPySlots exceptions[] = {
  { "BaseException" }, { "Exception" }, { "SystemExit" }, { "KeyboardInterrupt" }, { "GeneratorExit" },
  { "ArithmeticError" }, { "FloatingPointError" }, { "OverflowError" }, { "ZeroDivisionError" },
  { "AssertionError" }, { "AttributeError" }, { "BufferError" }, { "EOFError" },
  { "ImportError" }, { "ModuleNotFoundError" },
  { "LookupError" }, { "IndexError" }, { "KeyError" },
  { "MemoryError" }, { "NameError" }, { "UnboundLocalError" },
  { "OSError" }, { "ConnectionError" }, { "FileExistsError" }, { "FileNotFoundError" }, { "PermissionError" },
  { "TimeoutError" },
  { "ReferenceError" }, { "RuntimeError" }, { "NotImplementedError" }, { "RecursionError" },
  { "StopAsyncIteration" }, { "StopIteration" }, { "SyntaxError" }, { "SystemError" }, { "TypeError" },
  { "ValueError" }, { "UnicodeError" }, { "UnicodeDecodeError" }, { "UnicodeEncodeError" },
  { "Warning" }, { "DeprecationWarning" }, { "FutureWarning" }, { "PendingDeprecationWarning" }, { "RuntimeWarning" },
  { "SyntaxWarning" }, { "UserWarning" },
};

static const struct { const char *name, *base; } bases[] = {
  { "Exception", "BaseException" }, { "SystemExit", "BaseException" }, { "KeyboardInterrupt", "BaseException" },
  { "GeneratorExit", "BaseException" }, { "FloatingPointError", "ArithmeticError" },
  { "OverflowError", "ArithmeticError" }, { "ZeroDivisionError", "ArithmeticError" },
  { "ModuleNotFoundError", "ImportError" }, { "IndexError", "LookupError" }, { "KeyError", "LookupError" },
  { "UnboundLocalError", "NameError" }, { "ConnectionError", "OSError" }, { "FileExistsError", "OSError" },
  { "FileNotFoundError", "OSError" }, { "PermissionError", "OSError" }, { "TimeoutError", "OSError" },
  { "NotImplementedError", "RuntimeError" }, { "RecursionError", "RuntimeError" }, { "UnicodeError", "ValueError" },
  { "UnicodeDecodeError", "UnicodeError" }, { "UnicodeEncodeError", "UnicodeError" },
  { "DeprecationWarning", "Warning" }, { "FutureWarning", "Warning" }, { "PendingDeprecationWarning", "Warning" },
  { "RuntimeWarning", "Warning" }, { "SyntaxWarning", "Warning" }, { "UserWarning", "Warning" },
};

static Value *
construct_exception (Machine *py,
                     Value   *class,
                     Value  **arguments)
{
  Exception *self = strata_py_new_of (py, (Class *) class, sizeof (Exception));

  self->args = arguments[0];

  return &self->base;
}

static Value *
exception_init (Machine *py,
                Value   *self,
                Value  **arguments)
{
  ((Exception *) self)->args = arguments[0];

  return py->none;
}

static Value *
with_traceback (Machine *py,
                Value   *self,
                Value  **arguments)
{
  return self;
}

static Value *
exception_attribute (Machine    *py,
                     Value      *value,
                     const char *name)
{
  Exception *self = (Exception *) value;
  List *args = (List *) self->args;

  if (g_str_equal (name, "args"))
    return self->args;
  if (g_str_equal (name, "__cause__"))
    return self->cause != NULL ? self->cause : py->none;
  if (g_str_equal (name, "value") && g_str_equal (value->class->name, "StopIteration"))
    return args->length > 0 ? args->items[0] : py->none;
  if (g_str_equal (name, "code") && g_str_equal (value->class->name, "SystemExit"))
    return args->length > 0 ? args->items[0] : py->none;
  if (g_str_has_prefix (name, "__"))
    return strata_py_refuse (py, "“%s” of an exception is not known here", name);

  return NULL;
}

static gboolean
append_args (Machine   *py,
             GString   *out,
             Exception *self)
{
  List *args = (List *) self->args;
  gboolean is_key = strata_py_is_instance (&self->base, strata_py_find_class (py, "KeyError"));

  if (args->length == 0)
    return TRUE;
  if (args->length == 1 && !is_key)
    return strata_py_append_str (py, out, args->items[0]);
  if (args->length == 1)
    return strata_py_append_repr (py, out, args->items[0]);

  return strata_py_append_repr (py, out, self->args);
}

static Value *
exception_str (Machine *py,
               Value   *self)
{
  g_autoptr(GString) out = g_string_new (NULL);

  return append_args (py, out, (Exception *) self) ? strata_py_string (py, out) : NULL;
}

static Value *
exception_repr (Machine *py,
                Value   *self)
{
  g_autoptr(GString) out = g_string_new (self->class->name);
  List *args = (List *) ((Exception *) self)->args;

  if (args->length == 1)
    {
      g_string_append_c (out, '(');
      if (!strata_py_append_repr (py, out, args->items[0]))
        return NULL;
      g_string_append_c (out, ')');
    }
  else if (!strata_py_append_repr (py, out, &args->base))
    return NULL;

  return strata_py_string (py, out);
}

static const StrataPyNative exception_methods[] = {
  { "__init__", "*args, **kwargs", exception_init },
  { "with_traceback", "traceback", with_traceback },
  { NULL }
};

const StrataPySlots strata_py_exception_slots = {
  .name = "BaseException",
  .methods = exception_methods,
  .lacking = " add_note __reduce__ __setstate__ errno strerror filename ",
  .parameters = "*args, **kwargs",
  .construct = construct_exception,
  .get_attribute = exception_attribute,
  .str = exception_str,
  .repr = exception_repr,
};

void
strata_py_add_exceptions (Machine *py)
{
  Class *base = py->classes[STRATA_PY_VALUE_EXCEPTION];

  for (guint i = 0; i < G_N_ELEMENTS (exceptions); i++)
    {
      const char *name = exceptions[i].name;
      const char *of = i == 0 ? NULL : "Exception";
      Class *class;

      for (guint j = 0; j < G_N_ELEMENTS (bases); j++)
        if (g_str_equal (bases[j].name, name))
          of = bases[j].base;
      class = of == NULL ? base : strata_py_class (py, &exceptions[i], strata_py_find_class (py, of));
      class->slots = &strata_py_exception_slots;
      class->name = name;
      strata_py_dict_set_name (py, py->builtins, name, &class->base);
    }
  strata_py_dict_set_name (py, py->builtins, "IOError", strata_py_dict_get_name (py->builtins, "OSError"));
  strata_py_dict_set_name (py, py->builtins, "EnvironmentError", strata_py_dict_get_name (py->builtins, "OSError"));
}

Class *
strata_py_find_class (Machine    *py,
                      const char *name)
{
  return (Class *) strata_py_dict_get_name (py->builtins, name);
}

Value *
strata_py_new_exception (Machine *py,
                         Class   *class,
                         Value  **args,
                         guint    n_args)
{
  Exception *self = strata_py_new_of (py, class, sizeof (Exception));

  self->args = strata_py_tuple (py, args, n_args);

  return &self->base;
}

Class *
strata_py_exception_class (Machine    *py,
                           const char *module,
                           const char *name,
                           Class      *base)
{
  Class *self = strata_py_class (py, &strata_py_exception_slots,
                                 base != NULL ? base : strata_py_find_class (py, "Exception"));

  self->module = module;
  self->name = name;

  return self;
}

gpointer
strata_py_raise_of (Machine    *py,
                    Class      *class,
                    const char *format,
                    va_list     arguments)
{
  g_autofree char *text = NULL;
  Value *message;

  if (strata_py_has_failed (py))
    return NULL;

  text = g_strdup_vprintf (format, arguments);
  message = strata_py_str (py, text);
  if (message == NULL)
    return NULL;

  return strata_py_raise_value (py, strata_py_new_exception (py, class, &message, 1));
}

gpointer
strata_py_raise (Machine    *py,
                 const char *name,
                 const char *format,
                 ...)
{
  va_list args;

  va_start (args, format);
  strata_py_raise_of (py, strata_py_find_class (py, name), format, args);
  va_end (args);

  return NULL;
}

gpointer
strata_py_key_error (Machine *py,
                     Value   *key)
{
  return strata_py_raise_value (py, strata_py_new_exception (py, strata_py_find_class (py, "KeyError"), &key, 1));
}

gboolean
strata_py_catch (Machine    *py,
                 const char *name)
{
  if (py->failure.outcome != STRATA_PY_RAISES
      || !strata_py_is_instance (py->failure.exception, strata_py_find_class (py, name)))
    return FALSE;
  strata_py_take_exception (py);

  return TRUE;
}

int
strata_py_catches (Machine *py,
                   Value   *type,
                   Value   *exception)
{
  List *types = (List *) type;

  if (IS_TUPLE (type))
    {
      for (gsize i = 0; i < types->length; i++)
        {
          int found = IS_TUPLE (types->items[i]) ? 0 : strata_py_catches (py, types->items[i], exception);

          if (found != 0)
            return found;
        }
      return 0;
    }
  if (IS_OPAQUE (type))
    {
      strata_py_refuse_opaque (py, type, "may catch an exception");
      return -1;
    }
  if (!IS_CLASS (type) || !strata_py_is_subclass ((Class *) type, py->classes[STRATA_PY_VALUE_EXCEPTION]))
    {
      strata_py_raise (py, "TypeError", "catching classes that do not inherit from BaseException is not allowed");
      return -1;
    }

  return strata_py_is_instance (exception, (Class *) type);
}
