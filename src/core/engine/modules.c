/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/collect.h"

#include <string.h>

#include "core/base/files.h"
#include "core/base/finding.h"

/* Some hundred scripts of the usual length. */
#define MOST_KEPT (1024 * 1024)

struct _StrataModules
{
  gatomicrefcount  ref_count;
  StrataProject   *project;
  StrataStepSource source;
  GMutex           lock;
  GHashTable      *trees;      /* dotted name → StrataPyTree, or NULL where there is none */
  GHashTable      *leaving;    /* dotted name → whether autocommit_block() stands in it, or in what it imports */
  guint            n_found;
  gsize            kept;       /* bytes of live scripts whose trees wait for their run */
};

static void
free_tree (gpointer tree)
{
  if (tree != NULL)
    strata_py_tree_unref (tree);
}

StrataModules *
strata_modules_new (StrataProject *project)
{
  StrataModules *self = g_new0 (StrataModules, 1);

  g_atomic_ref_count_init (&self->ref_count);
  g_mutex_init (&self->lock);
  self->project = strata_project_ref (project);
  self->source = (StrataStepSource) { strata_modules_load_step, self };
  self->trees = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_tree);
  self->leaving = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  return self;
}

StrataModules *
strata_modules_ref (StrataModules *self)
{
  g_atomic_ref_count_inc (&self->ref_count);

  return self;
}

void
strata_modules_unref (StrataModules *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  g_hash_table_unref (self->trees);
  g_hash_table_unref (self->leaving);
  strata_project_unref (self->project);
  g_mutex_clear (&self->lock);
  g_free (self);
}

StrataProject *
strata_modules_get_project (StrataModules *self)
{
  return self->project;
}

gboolean
strata_modules_keeps_tree (StrataModules *self,
                           gsize          length)
{
  gboolean keeps;

  g_mutex_lock (&self->lock);
  keeps = length <= MOST_KEPT - MIN (self->kept, MOST_KEPT);
  if (keeps)
    self->kept += length;
  g_mutex_unlock (&self->lock);

  return keeps;
}

guint
strata_modules_get_n_found (StrataModules *self)
{
  guint n_found;

  g_mutex_lock (&self->lock);
  n_found = self->n_found;
  g_mutex_unlock (&self->lock);

  return n_found;
}

const StrataStepSource *
strata_modules_get_source (StrataModules *self)
{
  return &self->source;
}

static StrataPyTree *
read_tree (StrataModules *self,
           const char    *name)
{
  g_autofree char *path = strata_project_find_module (self->project, name);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  gsize length;
  g_autofree char *text = path != NULL ? strata_file_read (path, &length, NULL) : NULL;

  return text != NULL ? strata_py_tree_parse (path, text, length, findings) : NULL;
}

static gboolean
is_package_tree (const StrataPyTree *tree)
{
  return g_str_has_suffix (strata_py_tree_get_path (tree), "/__init__.py");
}

/* Borrowed; with the lock held. */
static StrataPyTree *
get_tree (StrataModules *self,
          const char    *name)
{
  gpointer tree = NULL;

  if (!g_hash_table_lookup_extended (self->trees, name, NULL, &tree))
    {
      tree = read_tree (self, name);
      g_hash_table_insert (self->trees, g_strdup (name), tree);
    }

  return tree;
}

StrataPyTree *
strata_modules_load (StrataModules *self,
                     const char    *name,
                     gboolean      *is_package)
{
  StrataPyTree *tree;

  g_mutex_lock (&self->lock);
  tree = get_tree (self, name);
  self->n_found += tree != NULL;
  g_mutex_unlock (&self->lock);

  if (tree == NULL)
    return NULL;
  *is_package = is_package_tree (tree);

  return strata_py_tree_ref (tree);
}

/* What one module says of it: the names that it imports, and the word itself. */
typedef struct
{
  const char *name;         /* of the module; "": a script */
  gboolean    is_package;
  GPtrArray  *imports;      /* dotted names, owned */
  gboolean    leaves;
} Mentions;

/* "a.b.c" comes by "a" and "a.b". */
static void
add_import (Mentions   *self,
            const char *path,
            const char *name)
{
  g_autofree char *full = *path != '\0' && *name != '\0' ? g_strconcat (path, ".", name, NULL) : g_strconcat (path, name, NULL);

  for (const char *dot = strchr (full, '.'); dot != NULL; dot = strchr (dot + 1, '.'))
    g_ptr_array_add (self->imports, g_strndup (full, dot - full));
  g_ptr_array_add (self->imports, g_steal_pointer (&full));
}

/* "from ..a import b" */
static char *
get_base (Mentions           *self,
          const StrataPyNode *node)
{
  const char *module = node->import.module != NULL ? node->import.module : "";
  g_autofree char *package = g_strdup (self->name);

  if (node->import.level == 0)
    return g_strdup (module);
  for (guint level = node->import.level - self->is_package; level > 0; level--)
    {
      char *dot = strrchr (package, '.');

      *(dot != NULL ? dot : package) = '\0';
    }

  return *package != '\0' && *module != '\0' ? g_strconcat (package, ".", module, NULL) : g_strconcat (package, module, NULL);
}

static void
note_mentions (const StrataPyNode *node,
               gpointer            data)
{
  Mentions *self = data;
  gboolean is_from = node->kind == STRATA_PY_NODE_IMPORT_FROM;

  if (node->kind == STRATA_PY_NODE_ATTRIBUTE)
    self->leaves |= strcmp (node->attribute.name, "autocommit_block") == 0;
  if (is_from || node->kind == STRATA_PY_NODE_IMPORT)
    {
      g_autofree char *base = is_from ? get_base (self, node) : g_strdup ("");

      for (guint i = 0; i < node->import.names.length; i++)
        add_import (self, base, node->import.names.items[i]->alias.name);
      return;
    }

  strata_py_node_foreach (node, note_mentions, self);
}

static void
read_mentions (Mentions           *self,
               const StrataPyTree *tree)
{
  StrataPyList body = strata_py_tree_get_body (tree);

  self->is_package = is_package_tree (tree);
  for (guint i = 0; i < body.length; i++)
    note_mentions (body.items[i], self);
}

/* Where none leaves it, none of those that were met on the way does, and nobody looks there again. */
static gboolean
look_behind (StrataModules *self,
             const char    *first)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) met = g_hash_table_new (g_str_hash, g_str_equal);
  Mentions mentions = { .imports = names };
  gpointer known = NULL;

  g_ptr_array_add (names, g_strdup (first));
  for (guint i = 0; i < names->len && !mentions.leaves; i++)
    {
      const char *name = g_ptr_array_index (names, i);
      StrataPyTree *tree;

      if (g_hash_table_lookup_extended (self->leaving, name, NULL, &known))
        mentions.leaves = GPOINTER_TO_INT (known);
      else if (g_hash_table_add (met, (char *) name) && (tree = get_tree (self, name)) != NULL)
        {
          mentions.name = name;
          read_mentions (&mentions, tree);
        }
    }

  if (mentions.leaves)
    g_hash_table_insert (self->leaving, g_strdup (first), GINT_TO_POINTER (TRUE));
  else
    {
      GHashTableIter iter;
      gpointer name;

      g_hash_table_iter_init (&iter, met);
      while (g_hash_table_iter_next (&iter, &name, NULL))
        g_hash_table_insert (self->leaving, g_strdup (name), GINT_TO_POINTER (FALSE));
    }

  return mentions.leaves;
}

gboolean
strata_modules_leave_transaction (StrataModules      *self,
                                  const StrataPyTree *tree)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  Mentions mentions = { .name = "", .imports = names };
  gboolean leaves = FALSE;

  read_mentions (&mentions, tree);
  g_mutex_lock (&self->lock);
  for (guint i = 0; i < names->len && !leaves; i++)
    leaves = look_behind (self, g_ptr_array_index (names, i));
  g_mutex_unlock (&self->lock);

  return leaves;
}
