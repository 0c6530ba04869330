/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"

/* Which names a body of code binds: they are its own in all of it, also before they are bound. */

static void scan (const StrataPyNode *node,
                  gpointer            data);

static void
add (GHashTable *names,
     const char *name)
{
  if (name != NULL)
    g_hash_table_add (names, (gpointer) name);
}

static void
scan_list (Scope        *scope,
           StrataPyList  list)
{
  for (guint i = 0; i < list.length; i++)
    scan (list.items[i], scope);
}

static void
scan_target (Scope              *scope,
             const StrataPyNode *node)
{
  if (node == NULL)
    return;

  switch (node->kind)
    {
    case STRATA_PY_NODE_NAME:
      add (scope->locals, node->name);
      break;
    case STRATA_PY_NODE_STARRED:
      scan_target (scope, node->child);
      break;
    case STRATA_PY_NODE_TUPLE:
    case STRATA_PY_NODE_LIST:
      for (guint i = 0; i < node->list.length; i++)
        scan_target (scope, node->list.items[i]);
      break;
    default:
      scan (node, scope);
      break;
    }
}

static void
scan_import (Scope              *scope,
             const StrataPyNode *node)
{
  for (guint i = 0; i < node->import.names.length; i++)
    {
      const StrataPyNode *alias = node->import.names.items[i];
      const char *name = alias->alias.name;

      if (alias->alias.as_name != NULL)
        add (scope->locals, alias->alias.as_name);
      else if (node->kind == STRATA_PY_NODE_IMPORT && strchr (name, '.') != NULL)
        {
          g_autofree char *first = g_strndup (name, strchr (name, '.') - name);

          add (scope->locals, g_intern_string (first));
        }
      else
        add (scope->locals, name);
    }
}

/* What a definition has around it, and not inside. */
static void
scan_definition (Scope              *scope,
                 const StrataPyNode *node)
{
  const StrataPyExtras *extras = node->definition.extras;
  StrataPyList parameters = node->definition.parameters;

  if (node->kind != STRATA_PY_NODE_LAMBDA)
    add (scope->locals, node->definition.name);
  for (guint i = 0; i < parameters.length; i++)
    if (node->kind == STRATA_PY_NODE_CLASS)
      scan (parameters.items[i], scope);
    else if (parameters.items[i]->parameter.value != NULL)
      scan (parameters.items[i]->parameter.value, scope);
  if (extras != NULL)
    scan_list (scope, extras->decorators);
}

/* A walrus inside binds here; the comprehension's own names do not. */
static void
scan_comprehension (Scope              *scope,
                    const StrataPyNode *node)
{
  if (node->comprehension.key != NULL)
    scan (node->comprehension.key, scope);
  scan (node->comprehension.element, scope);
  for (guint i = 0; i < node->comprehension.loops.length; i++)
    {
      const StrataPyNode *loop = node->comprehension.loops.items[i];

      scan (loop->comp_for.iterable, scope);
      scan_list (scope, loop->comp_for.conditions);
    }
}

static void
scan_names (GHashTable         *names,
            const StrataPyNode *node)
{
  for (guint i = 0; i < node->list.length; i++)
    add (names, node->list.items[i]->name);
}

static void
scan_pattern (Scope              *scope,
              const StrataPyNode *node)
{
  if (node->kind == STRATA_PY_NODE_PATTERN_CAPTURE || node->kind == STRATA_PY_NODE_PATTERN_STAR)
    add (scope->locals, node->name);
  else if (node->kind == STRATA_PY_NODE_PATTERN_AS)
    add (scope->locals, node->attribute.name);

  strata_py_node_foreach (node, scan, scope);
}

/* Where names are bound by statements; the rest is the same everywhere. */
static gboolean
scan_binding (Scope              *scope,
              const StrataPyNode *node)
{
  switch (node->kind)
    {
    case STRATA_PY_NODE_ASSIGN:
      for (guint i = 0; i < node->assign.targets.length; i++)
        scan_target (scope, node->assign.targets.items[i]);
      scan (node->assign.value, scope);
      return TRUE;
    case STRATA_PY_NODE_NAMED:
    case STRATA_PY_NODE_AUGMENTED:
      scan_target (scope, node->pair.first);
      scan (node->pair.second, scope);
      return TRUE;
    case STRATA_PY_NODE_ANNOTATED:
      scan_target (scope, node->list.items[0]);
      if (node->list.items[2] != NULL)
        scan (node->list.items[2], scope);
      return TRUE;
    case STRATA_PY_NODE_DELETE:
      for (guint i = 0; i < node->list.length; i++)
        scan_target (scope, node->list.items[i]);
      return TRUE;
    case STRATA_PY_NODE_WITH_ITEM:
      scan (node->pair.first, scope);
      scan_target (scope, node->pair.second);
      return TRUE;
    case STRATA_PY_NODE_FOR:
      scan_target (scope, node->loop.target);
      scan (node->loop.iterable, scope);
      scan_list (scope, node->loop.body);
      scan_list (scope, node->loop.otherwise);
      return TRUE;
    default:
      return FALSE;
    }
}

static void
scan (const StrataPyNode *node,
      gpointer            data)
{
  Scope *scope = data;

  if (node->kind >= STRATA_PY_NODE_PATTERN_VALUE)
    {
      scan_pattern (scope, node);
      return;
    }
  if (scan_binding (scope, node))
    return;

  switch (node->kind)
    {
    case STRATA_PY_NODE_FUNCTION:
    case STRATA_PY_NODE_CLASS:
    case STRATA_PY_NODE_LAMBDA:
      scan_definition (scope, node);
      return;
    case STRATA_PY_NODE_LIST_COMP:
    case STRATA_PY_NODE_SET_COMP:
    case STRATA_PY_NODE_DICT_COMP:
    case STRATA_PY_NODE_GENERATOR:
      scan_comprehension (scope, node);
      return;
    case STRATA_PY_NODE_IMPORT:
    case STRATA_PY_NODE_IMPORT_FROM:
      scan_import (scope, node);
      return;
    case STRATA_PY_NODE_SCOPE:
      scan_names (node->op == STRATA_PY_GLOBAL ? scope->globals : scope->nonlocals, node);
      return;
    case STRATA_PY_NODE_YIELD:
    case STRATA_PY_NODE_YIELD_FROM:
      scope->is_generator = TRUE;
      break;
    case STRATA_PY_NODE_HANDLER:
      add (scope->locals, node->block.name);
      break;
    case STRATA_PY_NODE_TYPE_ALIAS:
      add (scope->locals, node->type.name);
      return;
    default:
      break;
    }
  strata_py_node_foreach (node, scan, scope);
}

static void
remove_names (Scope      *scope,
              GHashTable *names)
{
  GHashTableIter iter;
  gpointer name;

  g_hash_table_iter_init (&iter, names);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_hash_table_remove (scope->locals, name);
}

static Scope *
new_scope (Machine       *py,
           gconstpointer  key)
{
  Scope *scope = g_new0 (Scope, 1);

  scope->locals = g_hash_table_new (g_str_hash, g_str_equal);
  scope->globals = g_hash_table_new (g_str_hash, g_str_equal);
  scope->nonlocals = g_hash_table_new (g_str_hash, g_str_equal);
  g_hash_table_insert (py->scopes, (gpointer) key, scope);

  return scope;
}

Scope *
strata_py_scope_of_body (Machine       *py,
                         gconstpointer  key,
                         StrataPyList   body)
{
  Scope *scope = g_hash_table_lookup (py->scopes, key);

  if (scope != NULL)
    return scope;

  scope = new_scope (py, key);
  scan_list (scope, body);
  remove_names (scope, scope->globals);
  remove_names (scope, scope->nonlocals);

  return scope;
}

/* Of a function, a lambda, a class or a comprehension. */
Scope *
strata_py_scope (Machine            *py,
                 const StrataPyNode *node)
{
  Scope *scope = g_hash_table_lookup (py->scopes, node);

  if (scope != NULL)
    return scope;

  if (node->kind == STRATA_PY_NODE_FUNCTION || node->kind == STRATA_PY_NODE_LAMBDA || node->kind == STRATA_PY_NODE_CLASS)
    {
      scope = strata_py_scope_of_body (py, node, node->definition.body);
      if (node->kind != STRATA_PY_NODE_CLASS)
        for (guint i = 0; i < node->definition.parameters.length; i++)
          add (scope->locals, node->definition.parameters.items[i]->parameter.name);
      return scope;
    }

  scope = new_scope (py, node);
  for (guint i = 0; i < node->comprehension.loops.length; i++)
    scan_target (scope, node->comprehension.loops.items[i]->comp_for.target);

  return scope;
}
