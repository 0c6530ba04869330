/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A script that has op.create_table() and op.add_column() only: what schema items come to, without the rest of Alembic. */

#pragma once

#include <string.h>

#include "core/render/renderer.h"
#include "core/sqlalchemy/backend.h"
#include "core/sqlalchemy/items.h"

typedef struct
{
  StrataSa        sa;
  StrataRenderer *renderer;
  GString        *out;
} Snippet;

static gboolean
snippet_emit (StrataPyMachine       *py,
              const StrataOperation *operation)
{
  Snippet *self = (Snippet *) strata_sa_get (py);
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  g_autoptr(GError) error = NULL;

  if (!strata_renderer_render (self->renderer, operation, statements, &error))
    return strata_py_stop (py, strata_render_error_get_code (error), "%s", error->message) != NULL;
  for (guint i = 0; i < statements->len; i++)
    g_string_append_printf (self->out, "%s;\n", ((StrataRendered *) g_ptr_array_index (statements, i))->text);

  return TRUE;
}

static const StrataSaBackend snippet_backend = { .emit = snippet_emit };

static StrataPyValue *
snippet_create_table (StrataPyMachine *py,
                      StrataPyValue   *self,
                      StrataPyValue  **arguments)
{
  StrataOperation operation = { .kind = STRATA_OPERATION_CREATE_TABLE, .is_tolerant = arguments[3] != NULL };
  const StrataCreateTable *made;
  StrataPyValue *table;

  operation.table = strata_py_value_get_text (arguments[0], NULL);
  if (arguments[2] != NULL)
    operation.schema = strata_py_value_get_text (arguments[2], NULL);
  table = strata_sa_new_table (py, operation.schema, operation.table, arguments[1], (StrataPyDict *) arguments[4]);
  made = table != NULL ? strata_sa_get_table (py, table, &operation.schema, &operation.table) : NULL;
  if (made == NULL)
    return NULL;
  operation.create_table = *made;

  return snippet_emit (py, &operation) ? table : NULL;
}

static StrataPyValue *
snippet_add_column (StrataPyMachine *py,
                    StrataPyValue   *self,
                    StrataPyValue  **arguments)
{
  StrataOperation operation = { .kind = STRATA_OPERATION_ADD_COLUMN };

  operation.table = strata_py_value_get_text (arguments[0], NULL);
  operation.add_column.column = strata_sa_read_column (py, arguments[1]);

  return operation.add_column.column != NULL && snippet_emit (py, &operation) ? strata_py_none (py) : NULL;
}

static StrataPyValue *
snippet_f (StrataPyMachine *py,
           StrataPyValue   *self,
           StrataPyValue  **arguments)
{
  return strata_sa_new_final_name (py, strata_py_value_get_text (arguments[0], NULL));
}

static StrataPyValue *
snippet_get_bind (StrataPyMachine *py,
                  StrataPyValue   *self,
                  StrataPyValue  **arguments)
{
  return strata_py_opaque (py, "bind");
}

static StrataPyValue *
snippet_find_module (StrataPyMachine *py,
                     const char      *name,
                     gpointer         data)
{
  static const StrataPyNative natives[] = {
    { "create_table", "name, *columns, schema=, if_not_exists=, **kw", snippet_create_table },
    { "add_column", "table, column", snippet_add_column },
    { "f", "name", snippet_f },
    { "get_bind", NULL, snippet_get_bind },
    { NULL }
  };
  StrataPyValue *module, *op;

  if (!g_str_equal (name, "alembic"))
    return strata_sa_find_module (py, name);

  module = strata_py_module (py, name, FALSE);
  op = strata_py_module (py, "alembic.op", TRUE);
  strata_py_set_natives (py, op, natives);
  strata_py_set (py, module, "op", op);

  return module;
}

/* The statements, each ended by a semicolon and a line; or how it failed. New. */
static char *
render_snippet (StrataDialect dialect,
                const char   *text)
{
  static const StrataPyHost host = { snippet_find_module, NULL };
  StrataRenderOptions options = { .dialect = dialect, .has_literal_binds = TRUE };
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, NULL);
  g_autoptr(GString) out = g_string_new (NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPyTree) tree = strata_py_tree_parse ("test.py", text, strlen (text), findings);
  Snippet self = { { .dialect = dialect, .is_offline = TRUE, .backend = &snippet_backend }, renderer, out };
  g_autoptr(StrataPyMachine) machine = strata_py_machine_new (&host, &self);
  const StrataPyFailure *failure = strata_py_machine_get_failure (machine);

  strata_sa_init (&self.sa, machine);
  strata_py_machine_set_strict (machine, TRUE);
  if (strata_py_machine_run (machine, "test", tree) != NULL)
    return g_strdup (out->str);

  failure = strata_py_machine_get_failure (machine);

  return g_strdup_printf ("refused %s:%u: %s", failure->code, failure->place.line, failure->message);
}
