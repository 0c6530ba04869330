/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/host.h"

/* What a piece of Python leaves in the name "result": its repr(), or how it failed, as one line: new. */
static char *
describe_result (const char         *text,
                 const StrataPyHost *host)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("test.py", text, strlen (text), findings);
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (host, NULL);
  const StrataPyFailure *failure = strata_py_machine_get_failure (machine);
  StrataPyValue *module, *result;

  /* The morning of 2024-02-03, and always the same numbers. */
  strata_py_machine_set_world (machine, G_GINT64_CONSTANT (1706950923456789), 42);
  module = strata_py_machine_run (machine, "test", tree);
  result = module != NULL ? strata_py_machine_lookup (machine, module, "result") : NULL;
  if (result != NULL)
    result = strata_py_to_repr (machine, result);
  if (result != NULL)
    return g_strdup (strata_py_value_get_text (result, NULL));

  failure = strata_py_machine_get_failure (machine);
  if (failure->outcome == STRATA_PY_FINE)
    return g_strdup ("no result");

  return g_strdup_printf ("%s:%u: %s", failure->code, failure->place.line, failure->message);
}
