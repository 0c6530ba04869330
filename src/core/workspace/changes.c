/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/changes.h"

#include "core/base/error.h"
#include "core/workspace/replay.h"
#include "core/workspace/scratch.h"

static GStrv
list_parents (StrataRevision *revision)
{
  const char * const *parents = strata_revision_get_down_revisions (revision);
  const char * const *depends = strata_revision_get_depends_on (revision);
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; parents != NULL && parents[i] != NULL; i++)
    g_strv_builder_add (builder, parents[i]);
  for (guint i = 0; depends != NULL && depends[i] != NULL; i++)
    g_strv_builder_add (builder, depends[i]);

  return g_strv_builder_end (builder);
}

static StrataTakenSide *
take (StrataWorkspace      *self,
      StrataScratch        *scratch,
      const char * const   *targets,
      GCancellable         *cancellable,
      GError              **error)
{
  g_autofree char *names = g_strjoinv (", ", (char **) targets);
  StrataPicture *picture;
  StrataTakenSide *taken;

  if (!strata_workspace_replay (self, scratch, targets, cancellable, error))
    return NULL;

  picture = strata_workspace_read_picture (self, strata_scratch_get_connection (scratch), cancellable, error);
  if (picture == NULL)
    return NULL;

  taken = g_new0 (StrataTakenSide, 1);
  taken->kind = STRATA_SIDE_REVISION;
  taken->title = targets[0] != NULL ? g_strdup_printf ("revision %s", names) : g_strdup ("an empty database");
  taken->picture = picture;

  return taken;
}

/* The second one has all that the first one has. */
static StrataComparison *
compare_onwards (StrataWorkspace          *self,
                 const char * const       *from,
                 const char               *to,
                 const StrataSideOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  const char *targets[] = { to, NULL };
  const StrataSide side = { STRATA_SIDE_REVISION, to };
  StrataDialect dialect = strata_workspace_get_side_dialect (self, &side, error);
  g_autoptr(StrataScratch) scratch = NULL;
  g_autoptr(StrataTakenSide) before = NULL;
  StrataTakenSide *after;

  if (dialect == STRATA_DIALECT_UNKNOWN)
    return NULL;
  scratch = strata_workspace_open_scratch (self, dialect, options->scratch_agreed, cancellable, error);
  if (scratch == NULL)
    return NULL;

  before = take (self, scratch, from, cancellable, error);
  after = before != NULL ? take (self, scratch, targets, cancellable, error) : NULL;

  return after != NULL ? strata_comparison_new (g_steal_pointer (&before), after, NULL, NULL, error) : NULL;
}

static gboolean
comes_after (StrataGraph *graph,
             const char  *id,
             guint        node)
{
  const char *rows[] = { id, NULL };
  g_autofree guint8 *closure = strata_graph_dup_applied (graph, rows);

  return closure[node];
}

StrataComparison *
strata_workspace_find_changes (StrataWorkspace          *self,
                               const char               *from,
                               const char               *to,
                               const StrataSideOptions  *options,
                               GCancellable             *cancellable,
                               GError                  **error)
{
  StrataGraph *graph = strata_workspace_get_graph (self);
  guint node = strata_graph_find (graph, to);
  guint from_node = from != NULL ? strata_graph_find (graph, from) : node;
  const StrataSide sides[] = { { STRATA_SIDE_REVISION, from }, { STRATA_SIDE_REVISION, to } };
  const char *start[] = { from, NULL };
  g_auto(GStrv) parents = NULL;

  if (node == STRATA_NO_NODE || from_node == STRATA_NO_NODE)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION, "No revision “%s” is in the folder",
                   node == STRATA_NO_NODE ? to : from);
      return NULL;
    }

  if (from == NULL)
    {
      parents = list_parents (strata_graph_get_revision (graph, node));
      return compare_onwards (self, (const char * const *) parents, to, options, cancellable, error);
    }
  if (comes_after (graph, to, from_node))
    return compare_onwards (self, start, to, options, cancellable, error);

  return strata_workspace_compare (self, &sides[0], &sides[1], options, NULL, cancellable, error);
}
