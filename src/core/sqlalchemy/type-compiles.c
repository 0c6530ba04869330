/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

/* sqlalchemy.ext.compiler: @compiles says that a function of the project writes the SQL of a class. It is remembered, and called
 * for a type: many give a constant text, and the compiler that others ask is not known here. */

#define CLASS "class"
#define IS_FOR_ALL "is_for_all"

static gboolean
is_for_us (StrataPyMachine *py,
           StrataPyValue   *dialects)
{
  const char *ours = strata_dialect_get_name (strata_sa_get (py)->dialect);
  guint n;
  StrataPyValue **names = strata_py_value_get_items (dialects, &n);

  for (guint i = 0; i < n; i++)
    {
      const char *name = strata_py_value_get_text (names[i], NULL);

      if (name == NULL || g_str_equal (name, ours))
        return TRUE;
    }

  return n == 0;
}

/* What is said of one server counts before what is said of all, whichever came first. */
static StrataPyValue *
decorate (StrataPyMachine  *py,
          StrataPyValue    *self,
          StrataPyValue   **arguments)
{
  StrataPyValue *class = strata_py_dict_get_name (self->attributes, CLASS);
  StrataPyValue *before;

  if (class->attributes == NULL)
    class->attributes = strata_py_dict (py);
  before = strata_py_dict_get_name (class->attributes, STRATA_SA_COMPILED_FOR_US);
  if (strata_py_dict_get_name (self->attributes, IS_FOR_ALL) == NULL)
    strata_py_dict_set_name (py, class->attributes, STRATA_SA_COMPILED_FOR_US, arguments[0]);
  else if (before != NULL)
    return arguments[0];
  strata_py_dict_set_name (py, class->attributes, STRATA_SA_COMPILED, arguments[0]);

  return arguments[0];
}

static StrataPyValue *
leave (StrataPyMachine  *py,
       StrataPyValue    *self,
       StrataPyValue   **arguments)
{
  return arguments[0];
}

static StrataPyValue *
compiles (StrataPyMachine  *py,
          StrataPyValue    *self,
          StrataPyValue   **arguments)
{
  static const StrataPyNative decorators[] = { { "decorate", "function, /", decorate }, { "leave", "function, /", leave }, { NULL } };
  StrataPyValue *class = arguments[0];
  StrataPyValue *module = strata_py_module (py, "sqlalchemy.ext.compiler", FALSE);
  gboolean is_ours = strata_py_value_get_kind (class) == STRATA_PY_VALUE_TYPE && is_for_us (py, arguments[1]);
  guint n;

  strata_py_set_natives (py, module, decorators);
  strata_py_value_get_items (arguments[1], &n);
  strata_py_dict_set_name (py, module->attributes, CLASS, class);
  if (n == 0)
    strata_py_dict_set_name (py, module->attributes, IS_FOR_ALL, strata_py_bool (py, TRUE));

  return strata_py_find_attribute (py, module, is_ours ? "decorate" : "leave");
}

const StrataPyNative strata_sa_compiler_functions[] = {
  { "compiles", "class_, *specs", compiles },
  { NULL }
};
