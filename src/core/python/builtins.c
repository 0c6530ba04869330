/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/slots.h"

#include <string.h>

/* What exists in Python and not here: whoever uses it needs Python. */
static const char * const unknown_builtins[] = {
  "__import__", "aiter", "anext", "bytearray", "compile", "complex", "dir", "eval", "exec", "exit", "hash", "id", "input",
  "locals", "memoryview", "object.__reduce__", "open", "quit", "BaseExceptionGroup", "ExceptionGroup", "BlockingIOError",
  "BrokenPipeError", "BytesWarning", "ChildProcessError", "ConnectionAbortedError", "ConnectionRefusedError",
  "ConnectionResetError", "EncodingWarning", "ImportWarning", "IndentationError", "InterruptedError", "IsADirectoryError",
  "NotADirectoryError", "ProcessLookupError", "ResourceWarning", "TabError", "UnicodeTranslateError", "UnicodeWarning",
  "help", "copyright", "credits", "license", "breakpoint", "__build_class__", "__loader__", "__spec__",
};

static Value *
get_attribute (Machine *py,
               Value   *self,
               Value  **arguments)
{
  Value *value;

  if (!IS_STR (arguments[1]))
    return strata_py_raise (py, "TypeError", "attribute name must be string, not '%s'", arguments[1]->class->name);
  if (arguments[2] == NULL)
    return strata_py_get_attribute (py, arguments[0], ((Str *) arguments[1])->text);
  if (IS_OPAQUE (arguments[0]))
    return strata_py_refuse_opaque (py, arguments[0], "is asked for an attribute");
  value = strata_py_find_attribute (py, arguments[0], ((Str *) arguments[1])->text);
  if (value != NULL || (strata_py_has_failed (py) && !strata_py_catch (py, "AttributeError")))
    return value;

  return arguments[2];
}

static Value *
has_attribute (Machine *py,
               Value   *self,
               Value  **arguments)
{
  Value *all[] = { arguments[0], arguments[1], py->not_implemented };
  Value *value = get_attribute (py, self, all);

  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is asked for");

  return value != NULL ? strata_py_bool (py, value != py->not_implemented) : NULL;
}

static Value *
set_attribute (Machine *py,
               Value   *self,
               Value  **arguments)
{
  if (!IS_STR (arguments[1]))
    return strata_py_raise (py, "TypeError", "attribute name must be string, not '%s'", arguments[1]->class->name);

  return strata_py_set_attribute (py, arguments[0], ((Str *) arguments[1])->text, arguments[2]) ? py->none : NULL;
}

static Value *
delete_attribute (Machine *py,
                  Value   *self,
                  Value  **arguments)
{
  Value *all[] = { arguments[0], arguments[1], NULL };

  return set_attribute (py, self, all);
}

static Value *
is_instance (Machine *py,
             Value   *self,
             Value  **arguments)
{
  int found = strata_py_check_instance (py, arguments[0], arguments[1], FALSE);

  return found < 0 ? NULL : strata_py_bool (py, found);
}

static Value *
is_subclass (Machine *py,
             Value   *self,
             Value  **arguments)
{
  int found = strata_py_check_instance (py, arguments[0], arguments[1], TRUE);

  return found < 0 ? NULL : strata_py_bool (py, found);
}

static Value *
is_callable (Machine *py,
             Value   *self,
             Value  **arguments)
{
  Value *value = arguments[0];

  if (IS_OPAQUE (value))
    return strata_py_refuse_opaque (py, value, "is asked whether it can be called");

  return strata_py_bool (py, strata_py_is (value, STRATA_PY_VALUE_FUNCTION) || strata_py_is (value, STRATA_PY_VALUE_NATIVE)
                             || strata_py_is (value, STRATA_PY_VALUE_METHOD) || IS_CLASS (value)
                             || value->class->slots->call != NULL || strata_py_special (py, value, "__call__") != NULL);
}

/* What it prints is for people who look on, and there are none. */
static Value *
print (Machine *py,
       Value   *self,
       Value  **arguments)
{
  return py->none;
}

static Value *
get_globals (Machine *py,
             Value   *self,
             Value  **arguments)
{
  return &py->frame->module->base.attributes->base;
}

static Value *
get_vars (Machine *py,
          Value   *self,
          Value  **arguments)
{
  if (arguments[0] == NULL)
    return strata_py_refuse (py, "vars() of a function is not known here");

  return strata_py_get_attribute (py, arguments[0], "__dict__");
}

const StrataPyNative strata_py_object_functions[] = {
  { "callable", "object, /", is_callable },
  { "delattr", "object, name, /", delete_attribute },
  { "getattr", "object, name, default=, /", get_attribute },
  { "globals", NULL, get_globals },
  { "hasattr", "object, name, /", has_attribute },
  { "isinstance", "object, classes, /", is_instance },
  { "issubclass", "class, classes, /", is_subclass },
  { "print", "*values, sep=, end=, file=, flush=", print },
  { "setattr", "object, name, value, /", set_attribute },
  { "vars", "object=, /", get_vars },
  { NULL }
};

void
strata_py_add_natives (Machine              *py,
                       Dict                 *names,
                       const StrataPyNative *natives,
                       Value                *self)
{
  for (; natives != NULL && natives->name != NULL; natives++)
    strata_py_dict_set_name (py, names, natives->name, strata_py_native (py, natives, self));
}

void
strata_py_add_builtins (Machine *py)
{
  static const StrataPyValueKind kinds[] = {
    STRATA_PY_VALUE_OBJECT, STRATA_PY_VALUE_TYPE, STRATA_PY_VALUE_BOOL, STRATA_PY_VALUE_INT, STRATA_PY_VALUE_FLOAT,
    STRATA_PY_VALUE_STR, STRATA_PY_VALUE_BYTES, STRATA_PY_VALUE_LIST, STRATA_PY_VALUE_TUPLE, STRATA_PY_VALUE_DICT,
    STRATA_PY_VALUE_SET, STRATA_PY_VALUE_FROZENSET, STRATA_PY_VALUE_RANGE, STRATA_PY_VALUE_SLICE, STRATA_PY_VALUE_PROPERTY,
    STRATA_PY_VALUE_STATIC_METHOD, STRATA_PY_VALUE_CLASS_METHOD, STRATA_PY_VALUE_SUPER,
  };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    strata_py_dict_set_name (py, py->builtins, py->classes[kinds[i]]->name, &py->classes[kinds[i]]->base);
  for (guint i = 0; i < G_N_ELEMENTS (unknown_builtins); i++)
    {
      g_autofree char *path = g_strconcat ("builtins.", unknown_builtins[i], NULL);

      strata_py_dict_set_name (py, py->builtins, unknown_builtins[i], strata_py_opaque (py, path));
    }
  /* A module may say where it lies, as long as nobody looks there. */
  strata_py_dict_set_name (py, py->builtins, "__file__", strata_py_opaque (py, "__file__"));
  strata_py_dict_set_name (py, py->builtins, "Ellipsis", py->ellipsis);
  strata_py_dict_set_name (py, py->builtins, "NotImplemented", py->not_implemented);
  strata_py_dict_set_name (py, py->builtins, "__debug__", py->yes);
  strata_py_add_natives (py, py->builtins, strata_py_object_functions, py->none);
  strata_py_add_natives (py, py->builtins, strata_py_sequence_functions, py->none);
  strata_py_add_natives (py, py->builtins, strata_py_text_functions, py->none);
}
