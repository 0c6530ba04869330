/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/env-modules.h"

#include <string.h>

#include "core/python/parser.h"

#define DEEPEST_SCAN 100

/* A module that changes the environment, or may, is followed at once: what others read depends on it. */
gboolean
strata_env_touches_environment (const StrataEnvModule *module)
{
  static const char * const words[] = { "dotenv", "os.environ[", "environ.setdefault", "environ.update", "read_env",
                                        "putenv" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (module->text, module->length, words[i], strlen (words[i])) != NULL)
      return TRUE;

  return FALSE;
}

static void
scan_import (StrataEnvReader    *self,
             StrataEnvModule    *module,
             const StrataPyNode *node)
{
  g_autofree char *name = NULL;

  if (node->kind == STRATA_PY_NODE_IMPORT)
    {
      for (guint i = 0; i < node->import.names.length; i++)
        strata_env_load_with_parents (self, node->import.names.items[i]->alias.name);
      return;
    }

  name = strata_env_resolve_relative (module, node->import.level, node->import.module);
  if (name == NULL)
    return;

  strata_env_load_with_parents (self, name);
  for (guint i = 0; i < node->import.names.length; i++)
    strata_env_load_submodule (self, name, node->import.names.items[i]->alias.name);
}

static void
scan_node (const StrataPyNode *node,
           gpointer            data)
{
  gpointer *both = data;

  if (node->kind == STRATA_PY_NODE_IMPORT || node->kind == STRATA_PY_NODE_IMPORT_FROM)
    scan_import (both[0], both[1], node);
  else if (node->kind != STRATA_PY_NODE_FUNCTION && node->kind != STRATA_PY_NODE_CLASS)
    strata_py_node_foreach (node, scan_node, data);
}

/* Looks only at what the module imports, which may change the environment. Functions and classes are passed over. */
void
strata_env_scan (StrataEnvReader *self,
                 StrataEnvModule *module)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = strata_py_source_new (module->path, module->text, module->length, findings);
  g_autoptr(StrataPyArena) arena = strata_py_arena_new ();
  g_autoptr(StrataPyParser) parser = strata_py_parser_new (source, arena, findings);
  gpointer both[] = { self, module };

  if (self->n_scans >= DEEPEST_SCAN)
    return;

  self->n_scans++;
  while (strata_py_parser_peek (parser).kind != STRATA_PY_TOKEN_END)
    {
      StrataPySymbol symbol = strata_py_parser_peek (parser).symbol;
      StrataPyList statements;

      if (symbol == STRATA_PY_DEF || symbol == STRATA_PY_CLASS || symbol == STRATA_PY_AT || symbol == STRATA_PY_ASYNC)
        {
          strata_py_parser_skip (parser);
          continue;
        }
      statements = strata_py_parser_read (parser);
      for (guint i = 0; i < statements.length; i++)
        scan_node (statements.items[i], both);
    }
  self->n_scans--;
}
