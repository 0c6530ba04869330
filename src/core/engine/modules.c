/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/engine/collect.h"

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

StrataPyTree *
strata_modules_load (StrataModules *self,
                     const char    *name,
                     gboolean      *is_package)
{
  gpointer tree = NULL;

  g_mutex_lock (&self->lock);
  if (!g_hash_table_lookup_extended (self->trees, name, NULL, &tree))
    {
      tree = read_tree (self, name);
      g_hash_table_insert (self->trees, g_strdup (name), tree);
    }
  self->n_found += tree != NULL;
  g_mutex_unlock (&self->lock);

  if (tree == NULL)
    return NULL;
  *is_package = g_str_has_suffix (strata_py_tree_get_path (tree), "/__init__.py");

  return strata_py_tree_ref (tree);
}
