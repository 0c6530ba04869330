/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/changes.h"

#include <glib/gi18n-lib.h>

#include "core/base/error.h"
#include "core/workspace/renames.h"
#include "core/workspace/replay.h"
#include "core/workspace/scratch.h"
#include "core/workspace/stated-renames.h"

/* Of a guess that is shown as what it probably is, where nobody can be asked and no statement tells. */
#define LEAST_SCORE 80

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
      GPtrArray            *statements,
      GCancellable         *cancellable,
      GError              **error)
{
  g_autofree char *names = g_strjoinv (", ", (char **) targets);
  StrataPicture *picture;
  StrataTakenSide *taken;

  if (!strata_workspace_replay (self, scratch, targets, statements, cancellable, error))
    return NULL;

  picture = strata_workspace_read_picture (self, strata_scratch_get_connection (scratch), cancellable, error);
  if (picture == NULL)
    return NULL;

  taken = g_new0 (StrataTakenSide, 1);
  taken->kind = STRATA_SIDE_REVISION;
  taken->title = targets[0] != NULL ? g_strdup_printf (_("revision %s"), names) : g_strdup (_("an empty database"));
  taken->picture = picture;

  return taken;
}

/* The second one has all that the first one has, so that its statements say what is renamed; or the way back of that. */
static StrataComparison *
compare_onwards (StrataWorkspace          *self,
                 const char * const       *from,
                 const char               *to,
                 gboolean                  is_turned,
                 const StrataSideOptions  *options,
                 GCancellable             *cancellable,
                 GError                  **error)
{
  const char *targets[] = { to, NULL };
  const StrataSide side = { STRATA_SIDE_REVISION, to };
  StrataDialect dialect = strata_workspace_get_side_dialect (self, &side, error);
  g_autoptr(StrataScratch) scratch = NULL;
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GPtrArray) renames = NULL;
  g_autoptr(GPtrArray) turned = NULL;
  g_autoptr(StrataTakenSide) before = NULL;
  StrataTakenSide *after;

  if (dialect == STRATA_DIALECT_UNKNOWN)
    return NULL;
  scratch = strata_workspace_open_scratch (self, dialect, options->scratch_agreed, cancellable, error);
  if (scratch == NULL)
    return NULL;

  before = take (self, scratch, from, NULL, cancellable, error);
  after = before != NULL ? take (self, scratch, targets, statements, cancellable, error) : NULL;
  if (after == NULL)
    return NULL;

  renames = strata_stated_renames (before->picture, statements);
  turned = strata_renames_turn (renames);

  return is_turned ? strata_comparison_new_renamed (after, g_steal_pointer (&before), turned, error)
                   : strata_comparison_new_renamed (g_steal_pointer (&before), after, renames, error);
}

static gboolean
is_settled (const GPtrArray    *renames,
            const StrataRename *rename)
{
  for (guint i = 0; i < renames->len; i++)
    {
      const StrataRename *other = g_ptr_array_index (renames, i);

      if (other->kind == rename->kind && other->is_column == rename->is_column && g_strcmp0 (other->table, rename->table) == 0
          && (g_str_equal (other->from, rename->from) || g_str_equal (other->to, rename->to)))
        return TRUE;
    }

  return FALSE;
}

/* What is so alike that it is probably the same, best first; takes the comparison. */
static StrataComparison *
take_guesses (StrataComparison  *comparison,
              GError           **error)
{
  const GPtrArray *guesses = strata_diff_get_guesses (comparison->diff);
  g_autoptr(StrataComparison) plain = comparison;
  g_autoptr(GPtrArray) renames = strata_renames_new ();

  for (guint i = 0; i < guesses->len; i++)
    {
      const StrataRenameGuess *guess = g_ptr_array_index (guesses, i);
      g_autofree char *doubt = g_strdup_printf (_("probably renamed: %s"), guess->evidence);
      StrataRename rename = guess->rename;

      rename.doubt = doubt;
      if (guess->score >= LEAST_SCORE && !is_settled (renames, &rename))
        strata_renames_add (renames, &rename);
    }
  if (renames->len == 0)
    return g_steal_pointer (&plain);

  return strata_comparison_new_renamed (g_steal_pointer (&plain->from), g_steal_pointer (&plain->to), renames, error);
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
  const char *start[] = { from, NULL }, *end[] = { to, NULL };
  StrataComparison *comparison;
  g_auto(GStrv) parents = NULL;

  if (node == STRATA_NO_NODE || from_node == STRATA_NO_NODE)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION, _("No revision “%s” is in the folder"),
                   node == STRATA_NO_NODE ? to : from);
      return NULL;
    }

  if (from == NULL)
    {
      parents = list_parents (strata_graph_get_revision (graph, node));
      return compare_onwards (self, (const char * const *) parents, to, FALSE, options, cancellable, error);
    }
  if (comes_after (graph, to, from_node))
    return compare_onwards (self, start, to, FALSE, options, cancellable, error);
  if (comes_after (graph, from, node))
    return compare_onwards (self, end, from, TRUE, options, cancellable, error);

  comparison = strata_workspace_compare (self, &sides[0], &sides[1], options, NULL, cancellable, error);

  return comparison != NULL ? take_guesses (comparison, error) : NULL;
}
