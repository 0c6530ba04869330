/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/python/evaluate.h"
#include "core/python/slots.h"

#include <string.h>

Value *
strata_py_module (Machine    *py,
                  const char *name,
                  gboolean    is_complete)
{
  Module *self = strata_py_new (py, STRATA_PY_VALUE_MODULE, sizeof (Module));

  self->base.attributes = strata_py_dict (py);
  self->name = strata_py_arena_strndup (py->arena, name, strlen (name));
  self->is_complete = is_complete;

  return &self->base;
}

void
strata_py_module_set_finder (Value              *module,
                             StrataPyNameFinder  find,
                             guint               data)
{
  ((Module *) module)->find = find;
  ((Module *) module)->find_data = data;
}

Value *
strata_py_module_find (Machine    *py,
                       Value      *value,
                       const char *name)
{
  Module *module = (Module *) value;
  Value *found = strata_py_dict_get_name (value->attributes, name);

  if (found != NULL || module->find == NULL)
    return found;

  found = module->find (py, name, module->find_data);
  if (found != NULL)
    strata_py_dict_set_name (py, value->attributes, name, found);

  return found;
}

void
strata_py_set (Machine    *py,
               Value      *module,
               const char *name,
               Value      *value)
{
  strata_py_dict_set_name (py, module->attributes, name, value);
}

void
strata_py_set_natives (Machine              *py,
                       Value                *module,
                       const StrataPyNative *natives)
{
  strata_py_add_natives (py, module->attributes, natives, module);
}

/* What is written in Python, and is the project's own. */
static Value *
load_text (Machine    *py,
           const char *name)
{
  StrataPyTree *tree;
  gboolean is_package = FALSE;
  Value *module;

  if (py->host == NULL || py->host->load_module == NULL)
    return NULL;
  tree = py->host->load_module (py, name, &is_package, py->host_data);
  if (tree == NULL)
    return NULL;

  if (!strata_py_enter (py))
    module = NULL;
  else
    {
      module = strata_py_machine_run_module (py, name, tree, is_package);
      strata_py_leave (py);
    }
  strata_py_tree_unref (tree);

  return module;
}

Value *
strata_py_host_module (Machine    *py,
                       const char *name)
{
  Value *module = strata_py_dict_get_name (py->modules, name);

  if (module == NULL && py->host != NULL && py->host->find_module != NULL)
    {
      module = py->host->find_module (py, name, py->host_data);
      if (module != NULL)
        strata_py_dict_set_name (py, py->modules, name, module);
    }

  return module;
}

/* The host's, Python's own, the project's; else nothing is known of it. */
Value *
strata_py_import_module (Machine    *py,
                         const char *name)
{
  Value *module = strata_py_host_module (py, name);

  if (module != NULL || strata_py_has_failed (py))
    return module;
  module = strata_py_library_module (py, name);
  if (module == NULL && !strata_py_has_failed (py))
    module = load_text (py, name);
  if (module == NULL && !strata_py_has_failed (py))
    module = strata_py_opaque (py, name);
  if (module != NULL)
    strata_py_dict_set_name (py, py->modules, name, module);

  return module;
}

/* A package holds its modules as attributes. */
static void
attach (Machine    *py,
        Value      *package,
        const char *name,
        Value      *module)
{
  if (strata_py_is (package, STRATA_PY_VALUE_MODULE) && strata_py_module_find (py, package, name) == NULL)
    strata_py_set (py, package, name, module);
}

/* "a.b.c", each part as it comes: the first in *first, the last returned. */
static Value *
import_path (Machine    *py,
             const char *name,
             Value     **first)
{
  const char *dot = name;
  Value *package = NULL;
  Value *module = NULL;

  do
    {
      g_autofree char *path = NULL;
      g_autofree char *last = NULL;

      dot = strchr (dot, '.');
      path = dot != NULL ? g_strndup (name, dot - name) : g_strdup (name);
      last = g_strdup (strrchr (path, '.') != NULL ? strrchr (path, '.') + 1 : path);
      module = strata_py_import_module (py, path);
      if (module == NULL)
        return NULL;
      if (package != NULL)
        attach (py, package, last, module);
      else if (first != NULL)
        *first = module;
      package = module;
    }
  while (dot != NULL && *dot++ == '.');

  return module;
}

/* "from . import x": relative to the package of the module. */
static char *
absolute_name (Machine            *py,
               Frame              *frame,
               const StrataPyNode *node)
{
  g_autofree char *package = g_strdup (frame->module->name);
  guint level = node->import.level;

  if (level == 0)
    return g_strdup (node->import.module);
  if (frame->module->is_package)
    level--;
  for (; level > 0; level--)
    {
      char *dot = strrchr (package, '.');

      if (dot != NULL)
        *dot = '\0';
      else
        *package = '\0';
    }
  if (*package == '\0')
    return g_strdup (node->import.module != NULL ? node->import.module : "");

  return node->import.module != NULL && *node->import.module != '\0' ? g_strconcat (package, ".", node->import.module, NULL)
                                                                     : g_steal_pointer (&package);
}

/* Before the host can know of it, a name that it does not have may be a module. */
static Value *
import_name (Machine    *py,
             Value      *module,
             const char *path,
             const char *name)
{
  Value *value = NULL;
  g_autofree char *full = *path != '\0' ? g_strdup_printf ("%s.%s", path, name) : g_strdup (name);

  /* What the host says of a name comes before what the project's module has. */
  if (strata_py_is (module, STRATA_PY_VALUE_MODULE) && ((Module *) module)->tree != NULL)
    value = strata_py_host_module (py, full);
  if (value == NULL && module != NULL && !IS_OPAQUE (module) && !strata_py_has_failed (py))
    value = strata_py_find_attribute (py, module, name);
  if ((value != NULL && !IS_OPAQUE (value)) || strata_py_has_failed (py))
    return value;
  if (strata_py_is (module, STRATA_PY_VALUE_MODULE) && ((Module *) module)->tree != NULL && !((Module *) module)->is_package)
    return value != NULL ? value
                         : strata_py_raise (py, "ImportError", "cannot import name '%s' from '%s'", name, path);
  if (value != NULL && strata_py_is (module, STRATA_PY_VALUE_MODULE) && ((Module *) module)->tree != NULL)
    return value;
  value = strata_py_import_module (py, full);
  if (IS_OPAQUE (value) && strata_py_is (module, STRATA_PY_VALUE_MODULE) && ((Module *) module)->is_complete)
    return strata_py_raise (py, "ImportError", "cannot import name '%s' from '%s'", name, path);

  return value;
}

static gboolean
import_star (Machine *py,
             Frame   *frame,
             Value   *module)
{
  Value *all;
  List *names;
  guint position = 0;
  Entry *entry;

  if (!strata_py_is (module, STRATA_PY_VALUE_MODULE) || ((Module *) module)->tree == NULL)
    return strata_py_refuse (py, "it is not known what “import *” gives here") != NULL;
  all = strata_py_dict_get_name (module->attributes, "__all__");
  if (all != NULL)
    {
      names = strata_py_collect (py, all, STRATA_PY_VALUE_LIST);
      for (gsize i = 0; names != NULL && i < names->length; i++)
        {
          const char *name = strata_py_value_get_text (names->items[i], NULL);
          Value *value = name != NULL ? strata_py_get_attribute (py, module, name) : NULL;

          if (value == NULL || !strata_py_store_name (py, frame, name, value))
            return FALSE;
        }
      return names != NULL;
    }
  while ((entry = strata_py_dict_step (module->attributes, &position)) != NULL)
    if (*((Str *) entry->key)->text != '_' && !strata_py_store_name (py, frame, ((Str *) entry->key)->text, entry->value))
      return FALSE;

  return TRUE;
}

static gboolean
import_from (Machine            *py,
             Frame              *frame,
             const StrataPyNode *node)
{
  g_autofree char *path = absolute_name (py, frame, node);
  Value *module = *path != '\0' ? import_path (py, path, NULL) : NULL;

  if (strata_py_has_failed (py))
    return FALSE;
  for (guint i = 0; i < node->import.names.length; i++)
    {
      const StrataPyNode *alias = node->import.names.items[i];
      Value *value;

      if (g_str_equal (alias->alias.name, "*"))
        return module != NULL && import_star (py, frame, module);
      value = import_name (py, module, path, alias->alias.name);
      if (value == NULL
          || !strata_py_store_name (py, frame, alias->alias.as_name != NULL ? alias->alias.as_name : alias->alias.name, value))
        return FALSE;
    }

  return TRUE;
}

gboolean
strata_py_import (Machine            *py,
                  Frame              *frame,
                  const StrataPyNode *node)
{
  if (node->kind == STRATA_PY_NODE_IMPORT_FROM)
    return import_from (py, frame, node);

  for (guint i = 0; i < node->import.names.length; i++)
    {
      const StrataPyNode *alias = node->import.names.items[i];
      g_autofree char *first_name = g_strndup (alias->alias.name, strcspn (alias->alias.name, "."));
      Value *first = NULL;
      Value *module = import_path (py, alias->alias.name, &first);

      if (module == NULL)
        return FALSE;
      if (!strata_py_store_name (py, frame, alias->alias.as_name != NULL ? alias->alias.as_name : first_name,
                                 alias->alias.as_name != NULL ? module : first))
        return FALSE;
    }

  return TRUE;
}
