/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/env/modules.h"

#include <string.h>

#include "core/env/natives.h"
#include "core/python/parser.h"

#define DEEPEST_SCAN 400

/* A look through the statements of a module that are run when it is imported. */
typedef struct
{
  const char      *text;       /* of the module */
  GHashTable      *names;      /* char, owned: what is, or may be, code of the project */
  GPtrArray       *imports;    /* StrataPyNode */
  gboolean         acts;       /* on something that others see */
} Look;

/* Words of what changes the environment, the Config, the modules or the connection. */
static gboolean
has_acting_word (const StrataEnvModule *module)
{
  static const char * const words[] = { "alembic import context", "alembic.context", "chdir", "do_connect", "dotenv",
                                        "environ", "load_env", "putenv", "read_env", "set_main_option",
                                        "set_section_option", "sys.modules", "sys.path" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (memmem (module->text, module->length, words[i], strlen (words[i])) != NULL)
      return TRUE;

  return FALSE;
}

static gboolean
is_harmless_library (const char *name)
{
  return strata_env_library_get_care (name) <= STRATA_ENV_IN_ITSELF;
}

static void
look_at_import (Look               *look,
                const StrataPyNode *node)
{
  gboolean is_library = node->kind == STRATA_PY_NODE_IMPORT_FROM && node->import.level == 0 &&
                        is_harmless_library (node->import.module);

  g_ptr_array_add (look->imports, (gpointer) node);
  for (guint i = 0; i < node->import.names.length; i++)
    {
      const StrataPyNode *alias = node->import.names.items[i];
      const char *bound = alias->alias.as_name != NULL ? alias->alias.as_name : alias->alias.name;
      g_autofree char *root = g_strndup (bound, strcspn (bound, "."));

      if (!is_library && (node->kind == STRATA_PY_NODE_IMPORT_FROM || !is_harmless_library (alias->alias.name)))
        g_hash_table_add (look->names, g_steal_pointer (&root));
    }
}

/* The name that "a.b[c].d" begins with, or NULL. */
static const char *
get_root (const StrataPyNode *node)
{
  while (TRUE)
    switch ((int) node->kind)
      {
      case STRATA_PY_NODE_ATTRIBUTE:
        node = node->attribute.value;
        break;
      case STRATA_PY_NODE_CALL:
        node = node->call.function;
        break;
      case STRATA_PY_NODE_SUBSCRIPT:
        node = node->pair.first;
        break;
      case STRATA_PY_NODE_NAME:
        return node->name;
      default:
        return NULL;
      }
}

static void
look_at_target (Look               *look,
                const StrataPyNode *target)
{
  if (target->kind == STRATA_PY_NODE_ATTRIBUTE || target->kind == STRATA_PY_NODE_SUBSCRIPT)
    look->acts = TRUE;
}

static void
look_at_node (const StrataPyNode *node,
              gpointer            data)
{
  static const char * const acting[] = { "__import__", "delattr", "eval", "exec", "globals", "setattr", "vars", NULL };
  Look *look = data;
  const char *root;

  switch ((int) node->kind)
    {
    case STRATA_PY_NODE_IMPORT:
    case STRATA_PY_NODE_IMPORT_FROM:
      look_at_import (look, node);
      return;
    case STRATA_PY_NODE_FUNCTION:
    case STRATA_PY_NODE_CLASS:
      g_hash_table_add (look->names, g_strdup (node->definition.name));
      return;
    case STRATA_PY_NODE_LAMBDA:
      return;
    case STRATA_PY_NODE_ASSIGN:
      for (guint i = 0; i < node->assign.targets.length; i++)
        look_at_target (look, node->assign.targets.items[i]);
      break;
    case STRATA_PY_NODE_ANNOTATED:
      look_at_target (look, node->list.items[0]);
      break;
    case STRATA_PY_NODE_AUGMENTED:
      look_at_target (look, node->pair.first);
      break;
    case STRATA_PY_NODE_CALL:
      root = get_root (node);
      if (root != NULL && (g_hash_table_contains (look->names, root) || g_strv_contains (acting, root)))
        look->acts = TRUE;
      break;
    default:
      break;
    }

  strata_py_node_foreach (node, look_at_node, data);
}

/* The name of a definition whose body is not parsed. */
static void
skip_definition (Look           *look,
                 StrataPyParser *parser)
{
  const char *text = look->text + strata_py_parser_peek (parser).offset;

  text += strspn (text, "abcdefghijklmnopqrstuvwxyz");
  text += strspn (text, " \t");
  g_hash_table_add (look->names, g_strndup (text, strcspn (text, " \t(:[")));

  strata_py_parser_skip (parser);
}

static void
look_through (Look           *look,
              StrataPyParser *parser)
{
  while (strata_py_parser_peek (parser).kind != STRATA_PY_TOKEN_END)
    {
      StrataPySymbol symbol = strata_py_parser_peek (parser).symbol;
      StrataPyList statements;

      if (symbol == STRATA_PY_DEF || symbol == STRATA_PY_CLASS)
        {
          skip_definition (look, parser);
          continue;
        }
      if (symbol == STRATA_PY_AT || symbol == STRATA_PY_ASYNC)
        {
          strata_py_parser_skip (parser);
          continue;
        }
      statements = strata_py_parser_read (parser);
      for (guint i = 0; i < statements.length; i++)
        look_at_node (statements.items[i], look);
    }
}

static void
load_imports (StrataEnvReader    *self,
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

void
strata_env_scan (StrataEnvReader *self,
                 StrataEnvModule *module)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataPySource) source = NULL;
  g_autoptr(StrataPyArena) arena = NULL;
  g_autoptr(StrataPyParser) parser = NULL;
  g_autoptr(GHashTable) names = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(GPtrArray) imports = g_ptr_array_new ();
  Look look = { NULL, names, imports, has_acting_word (module) };

  if (self->n_scans >= DEEPEST_SCAN)
    {
      self->given_up = TRUE;
      return;
    }

  self->n_scans++;
  if (!look.acts)
    {
      source = strata_py_source_new (module->path, module->text, module->length, findings);
      arena = strata_py_arena_new ();
      parser = strata_py_parser_new (source, arena, findings);
      look.text = strata_py_source_get_text (source);
      look_through (&look, parser);
    }
  if (look.acts)
    strata_env_module_enter (self, module);
  for (guint i = 0; i < imports->len && !look.acts; i++)
    load_imports (self, module, imports->pdata[i]);
  self->n_scans--;
}
