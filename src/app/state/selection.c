/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "app/state/selection.h"

gboolean
strata_selection_is_file (const char *id)
{
  return g_path_is_absolute (id);
}

StrataRevision *
strata_selection_find_script (StrataSnapshot *snapshot,
                              const char     *path)
{
  guint n = strata_graph_get_n_nodes (snapshot->graph);

  for (guint i = 0; i < n; i++)
    {
      StrataRevision *revision = strata_graph_get_revision (snapshot->graph, i);

      if (g_strcmp0 (strata_revision_get_path (revision), path) == 0)
        return revision;
    }

  return NULL;
}

static gboolean
is_lost (StrataSnapshot *snapshot,
         const char     *id)
{
  const StrataLost *lost = snapshot->status->lost;

  for (guint i = 0; lost != NULL && i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);

      if (g_str_equal (strata_revision_get_id (one->revision), id))
        return TRUE;
    }

  return lost != NULL && g_strv_contains ((const char * const *) lost->missing, id);
}

static gboolean
has_finding (StrataSnapshot *snapshot,
             const char     *path)
{
  GPtrArray *findings = strata_project_get_findings (snapshot->project);

  for (guint i = 0; i < findings->len; i++)
    if (g_strcmp0 (strata_finding_get_place (g_ptr_array_index (findings, i)).file, path) == 0)
      return TRUE;

  return FALSE;
}

static const char *
find_path (StrataSnapshot *old,
           const char     *id)
{
  guint node = old != NULL && !strata_selection_is_file (id) ? strata_graph_find (old->graph, id) : STRATA_NO_NODE;

  if (strata_selection_is_file (id))
    return id;

  return node != STRATA_NO_NODE ? strata_revision_get_path (strata_graph_get_revision (old->graph, node)) : NULL;
}

/* NULL: it is gone. */
static const char *
follow (const char     *id,
        StrataSnapshot *old,
        StrataSnapshot *now)
{
  const char *path;
  StrataRevision *revision;

  if (strata_graph_find (now->graph, id) != STRATA_NO_NODE || is_lost (now, id))
    return id;

  path = find_path (old, id);
  if (path == NULL)
    return NULL;

  revision = strata_selection_find_script (now, path);
  if (revision != NULL)
    return strata_revision_get_id (revision);

  return has_finding (now, path) ? path : NULL;
}

GStrv
strata_selection_follow (const char * const *ids,
                         StrataSnapshot     *old,
                         StrataSnapshot     *now)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; now != NULL && ids[i] != NULL; i++)
    {
      const char *id = follow (ids[i], old, now);

      if (id != NULL)
        g_strv_builder_add (builder, id);
    }

  return g_strv_builder_end (builder);
}
