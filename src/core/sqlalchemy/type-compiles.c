/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/sqlalchemy/type-class.h"

/* sqlalchemy.ext.compiler: @compiles says that a function of the project writes the SQL of a class. Which one that is is
 * remembered, so that whatever needs it is refused. */

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

static StrataPyValue *
decorate (StrataPyMachine  *py,
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
  static const StrataPyNative decorators[] = { { "decorate", "function, /", decorate }, { NULL } };
  StrataPyValue *class = arguments[0];
  StrataPyValue *module = strata_py_module (py, "sqlalchemy.ext.compiler", FALSE);

  if (strata_py_value_get_kind (class) == STRATA_PY_VALUE_TYPE && is_for_us (py, arguments[1]))
    {
      if (class->attributes == NULL)
        class->attributes = strata_py_dict (py);
      strata_py_dict_set_name (py, class->attributes, STRATA_SA_COMPILED, strata_py_bool (py, TRUE));
    }
  strata_py_set_natives (py, module, decorators);

  return strata_py_find_attribute (py, module, "decorate");
}

const StrataPyNative strata_sa_compiler_functions[] = {
  { "compiles", "class_, *specs", compiles },
  { NULL }
};
