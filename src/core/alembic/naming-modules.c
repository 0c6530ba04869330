/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/alembic/naming-private.h"

#include <string.h>

#define MOST_MODULES 1000

/* Which statements of a module give a name its value. */

static void collect (Module *module, StrataPyList body, gboolean is_conditional);

void
strata_naming_module_free (gpointer data)
{
  Module *self = data;

  if (self == NULL)
    return;

  g_hash_table_unref (self->names);
  g_ptr_array_unref (self->stars);
  g_ptr_array_unref (self->imports);
  g_ptr_array_unref (self->attributes);
  g_clear_pointer (&self->tree, strata_py_tree_unref);
  g_free (self->name);
  g_free (self->path);
  g_free (self->text);
  g_free (self);
}

static void
bind (GHashTable         *names,
      const char         *name,
      const StrataPyNode *value,
      const StrataPyNode *alias,
      gboolean            is_conditional)
{
  GPtrArray *bindings = g_hash_table_lookup (names, name);
  Binding *binding = g_new0 (Binding, 1);

  if (bindings == NULL)
    {
      bindings = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (names, (char *) name, bindings);
    }
  binding->value = value;
  binding->alias = alias;
  binding->is_conditional = is_conditional;
  g_ptr_array_add (bindings, binding);
}

static void
collect_target (Module             *module,
                const StrataPyNode *target,
                const StrataPyNode *value,
                gboolean            is_conditional)
{
  if (target->kind == STRATA_PY_NODE_NAME)
    bind (module->names, target->name, value, NULL, is_conditional);
  else if (target->kind == STRATA_PY_NODE_ATTRIBUTE)
    {
      Binding *binding = g_new0 (Binding, 1);

      binding->target = target;
      binding->value = value;
      binding->is_conditional = is_conditional;
      g_ptr_array_add (module->attributes, binding);
    }
}

static void
collect_import (Module             *module,
                const StrataPyNode *node,
                gboolean            is_conditional)
{
  g_ptr_array_add (module->imports, (gpointer) node);
  for (guint i = 0; i < node->import.names.length; i++)
    {
      const StrataPyNode *alias = node->import.names.items[i];
      const char *name = alias->alias.as_name != NULL ? alias->alias.as_name : alias->alias.name;
      const char *dot = node->kind == STRATA_PY_NODE_IMPORT && alias->alias.as_name == NULL ? strchr (name, '.') : NULL;

      if (g_str_equal (name, "*"))
        g_ptr_array_add (module->stars, (gpointer) node);
      else if (dot != NULL)
        {
          g_autofree char *root = g_strndup (name, dot - name);

          bind (module->names, g_intern_string (root), node, alias, is_conditional);
        }
      else
        bind (module->names, name, node, alias, is_conditional);
    }
}

static void
collect_try (Module             *module,
             const StrataPyNode *node,
             gboolean            is_conditional)
{
  collect (module, node->attempt.body, is_conditional);
  if (node->attempt.otherwise != NULL)
    collect (module, *node->attempt.otherwise, is_conditional);
  if (node->attempt.finally != NULL)
    collect (module, *node->attempt.finally, is_conditional);
}

static void
collect_if (Module             *module,
            const StrataPyNode *node)
{
  for (guint i = 0; i < node->branches.branches.length; i++)
    collect (module, node->branches.branches.items[i]->block.body, TRUE);
  collect (module, node->branches.otherwise, TRUE);
}

static void
collect_statement (Module             *module,
                   const StrataPyNode *node,
                   gboolean            is_conditional)
{
  switch (node->kind)
    {
    case STRATA_PY_NODE_ASSIGN:
      for (guint i = 0; i < node->assign.targets.length; i++)
        collect_target (module, node->assign.targets.items[i], node->assign.value, is_conditional);
      break;
    case STRATA_PY_NODE_ANNOTATED:
      if (node->list.items[2] != NULL)
        collect_target (module, node->list.items[0], node->list.items[2], is_conditional);
      break;
    case STRATA_PY_NODE_IMPORT:
    case STRATA_PY_NODE_IMPORT_FROM:
      collect_import (module, node, is_conditional);
      break;
    case STRATA_PY_NODE_FUNCTION:
    case STRATA_PY_NODE_CLASS:
      bind (module->names, node->definition.name, node, NULL, is_conditional);
      break;
    case STRATA_PY_NODE_TRY:
      collect_try (module, node, is_conditional);
      break;
    case STRATA_PY_NODE_WITH:
      collect (module, node->with.body, is_conditional);
      break;
    case STRATA_PY_NODE_IF:
      collect_if (module, node);
      break;
    case STRATA_PY_NODE_FOR:
    case STRATA_PY_NODE_WHILE:
      collect (module, node->loop.body, TRUE);
      break;
    default:
      break;
    }
}

static void
collect (Module       *module,
         StrataPyList  body,
         gboolean      is_conditional)
{
  for (guint i = 0; i < body.length; i++)
    collect_statement (module, body.items[i], is_conditional);
}

static Module *
new_module (const char *name)
{
  Module *module = g_new0 (Module, 1);

  module->name = g_strdup (name);
  module->names = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) g_ptr_array_unref);
  module->stars = g_ptr_array_new ();
  module->imports = g_ptr_array_new ();
  module->attributes = g_ptr_array_new_with_free_func (g_free);

  return module;
}

Module *
strata_naming_add_module (Finder     *self,
                          const char *name,
                          char       *path,
                          char       *text,
                          gsize       length)
{
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  Module *module = new_module (name);

  module->path = path;
  module->text = text;
  module->is_package = g_str_has_suffix (path, "/__init__.py");
  module->tree = strata_py_tree_parse (path, text, length, findings);
  collect (module, strata_py_tree_get_body (module->tree), FALSE);
  g_hash_table_insert (self->modules, g_strdup (name), module);
  self->n_modules++;

  return module;
}

Module *
strata_naming_load (Finder     *self,
                    const char *name)
{
  gpointer found;
  char *path = NULL, *text = NULL;
  gsize length = 0;

  if (g_hash_table_lookup_extended (self->modules, name, NULL, &found))
    return found;
  if (self->source->read_module != NULL && self->n_modules < MOST_MODULES)
    text = self->source->read_module (name, NULL, &path, &length, self->source->data);
  if (text != NULL)
    return strata_naming_add_module (self, name, path, text, length);

  g_hash_table_insert (self->modules, g_strdup (name), NULL);

  return NULL;
}

char *
strata_naming_resolve (const Module       *module,
                       const StrataPyNode *import)
{
  g_autoptr(GString) name = g_string_new (module->name);

  if (import->import.level == 0)
    return g_strdup (import->import.module);

  for (guint i = module->is_package ? 1 : 0; i < import->import.level; i++)
    {
      const char *dot = strrchr (name->str, '.');

      if (name->len == 0)
        return NULL;
      g_string_truncate (name, dot != NULL ? dot - name->str : 0);
    }
  if (import->import.module != NULL && *import->import.module != '\0')
    g_string_append_printf (name, "%s%s", name->len > 0 ? "." : "", import->import.module);

  return name->len > 0 ? g_strdup (name->str) : NULL;
}

GPtrArray *
strata_naming_local_bindings (const StrataPyNode *function,
                              const char         *name)
{
  Module *names = new_module ("");
  GPtrArray *bindings;

  collect (names, function->definition.body, FALSE);
  bindings = g_hash_table_lookup (names->names, name);
  if (bindings != NULL)
    g_ptr_array_ref (bindings);
  strata_naming_module_free (names);

  return bindings;
}
