/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <string.h>

#include "core/render/renderer.h"
#include "core/sqlalchemy/types.h"

static StrataPyValue *
find_sqlalchemy (StrataPyMachine *py,
                 const char      *name,
                 gpointer         data)
{
  return strata_sa_find_module (py, name);
}

static char *
type_to_text (StrataDialect     dialect,
              const StrataType *type)
{
  StrataRenderOptions options = { .dialect = dialect };
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, &error);
  char *text = renderer != NULL ? strata_renderer_type_to_text (renderer, type, &error) : NULL;

  return text != NULL ? text : g_strconcat ("refused: ", error->message, NULL);
}

/* What a piece of Python leaves in the name "result": a type's words, repr() of anything else, or how it failed: new. */
static char *
describe_type (StrataDialect  dialect,
               const char    *text)
{
  static const StrataPyHost host = { find_sqlalchemy, NULL };
  StrataSa sa = { .dialect = dialect, .is_offline = TRUE };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("test.py", text, strlen (text), findings);
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (&host, &sa);
  const StrataPyFailure *failure = strata_py_machine_get_failure (machine);
  StrataPyValue *module, *result;
  const StrataType *type;

  strata_sa_init (&sa, machine);
  strata_py_machine_set_strict (machine, TRUE);
  module = strata_py_machine_run (machine, "test", tree);
  result = module != NULL ? strata_py_machine_lookup (machine, module, "result") : NULL;

  if (result != NULL && strata_sa_is_type (machine, result))
    {
      type = strata_sa_read_type (machine, result);
      if (type != NULL)
        return type_to_text (dialect, type);
    }
  else if (result != NULL && (result = strata_py_to_repr (machine, result)) != NULL)
    {
      return g_strdup (strata_py_value_get_text (result, NULL));
    }

  failure = strata_py_machine_get_failure (machine);
  if (failure->outcome == STRATA_PY_FINE)
    return g_strdup ("no result");

  return g_strdup_printf ("%s:%u: %s", failure->code, failure->place.line, failure->message);
}
