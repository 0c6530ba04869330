/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/authors.h"

GHashTable *
strata_workspace_read_authors (StrataProject  *project,
                               GCancellable   *cancellable,
                               GError        **error)
{
  const StrataSettings *settings = strata_project_get_settings (project);
  g_autoptr(StrataRepository) repository = strata_repository_open (strata_project_get_root (project), NULL);

  if (repository == NULL)
    return g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) strata_authorship_free);

  return strata_repository_read_authors (repository, (const char * const *) settings->version_locations, cancellable,
                                         error);
}
