/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/python/host.h"
#include "core/render/renderer.h"
#include "core/sqlalchemy/ddl.h"
#include "core/sqlalchemy/statement.h"

static StrataPyValue *
find_snippet_module (StrataPyMachine *py,
                     const char      *name,
                     gpointer         data)
{
  return strata_sa_find_module (py, name);
}

static char *
describe_failure (StrataPyMachine *machine)
{
  const StrataPyFailure *failure = strata_py_machine_get_failure (machine);

  if (failure->outcome == STRATA_PY_FINE)
    return g_strdup ("refused: no result");

  return g_strdup_printf ("refused %s: %s", failure->code, failure->message);
}

static char *
render_operation (StrataDialect          dialect,
                  const StrataOperation *operation)
{
  StrataRenderOptions options = { .dialect = dialect, .parameters = STRATA_PARAMETERS_NAMED, .has_literal_binds = TRUE };
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, NULL);
  g_autoptr(GError) error = NULL;

  if (!strata_renderer_render (renderer, operation, statements, &error))
    return g_strdup_printf ("refused %s: %s", strata_render_error_get_code (error), error->message);

  return g_strdup (((StrataRendered *) g_ptr_array_index (statements, 0))->text);
}

/* What op.execute() prints offline for the name "result" that a piece of Python leaves; or "refused", and why. A name
 * "parameters" has its parameters. */
static char *
render_snippet (StrataDialect  dialect,
                const char    *code)
{
  const StrataPyHost host = { .find_module = find_snippet_module };
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("test.py", code, strlen (code), findings);
  StrataSa sa = { .dialect = dialect, .is_offline = TRUE };
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (&host, &sa);
  StrataOperation operation = { .kind = STRATA_OPERATION_EXECUTE };
  const StrataExecute *execute;
  StrataPyValue *module, *result, *parameters;
  guint n;

  strata_sa_init (&sa, machine);
  module = strata_py_machine_run (machine, "test", tree);
  result = module != NULL ? strata_py_machine_lookup (machine, module, "result") : NULL;
  if (result == NULL)
    return describe_failure (machine);
  if (strata_sa_get_operation (machine, result) != NULL)
    return render_operation (dialect, strata_sa_get_operation (machine, result));

  parameters = strata_py_machine_lookup (machine, module, "parameters");
  execute = strata_sa_read_execute (machine, result, parameters, &n);

  if (execute == NULL)
    return describe_failure (machine);
  operation.execute = *execute;

  return render_operation (dialect, &operation);
}
