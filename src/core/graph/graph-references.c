/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/error.h"

#include <glib/gi18n-lib.h>

#include "core/graph/graph-private.h"
#include "core/graph/names.h"

static void
break_self_loop (StrataGraph *self,
                 guint        node,
                 StrataPlace  place,
                 GPtrArray   *findings)
{
  g_autoptr(StrataFinding) finding =
    strata_finding_new (STRATA_SEVERITY_ERROR, "cycle", place,
                        _("A revision can't come after itself."),
                        "Self-loop is detected in revisions (%s)", strata_graph_get_id (self, node));

  strata_graph_break (self, node, findings, finding);
}

/* Written by its id it is a slip; a label or the beginning of a name looks as if it meant others as well. */
static const char *
describe_own_name (StrataRevision *revision,
                   const char     *name)
{
  if (g_str_equal (name, strata_revision_get_id (revision)))
    return "its own id";
  if (g_strv_contains (strata_revision_get_branch_labels (revision), name))
    return "a label of its own, and so names this very revision";

  return "the beginning of its own name, and so names this very revision";
}

static void
break_own_dependency (StrataGraph *self,
                      guint        node,
                      StrataPlace  place,
                      const char  *name,
                      GPtrArray   *findings)
{
  g_autoptr(StrataFinding) finding =
    strata_finding_new (STRATA_SEVERITY_ERROR, "cycle", place,
                        _("Write the id of the revision that has to run before this one; where none has to, depend on nothing."),
                        "Dependency self-loop is detected in revisions (%s): it depends on '%s', which is %s",
                        strata_graph_get_id (self, node), name,
                        describe_own_name (g_ptr_array_index (self->revisions, node), name));

  strata_graph_break (self, node, findings, finding);
}

static void
break_missing (StrataGraph *self,
               guint        node,
               StrataPlace  place,
               const char  *name,
               const char  *why,
               GPtrArray   *findings)
{
  g_autoptr(StrataFinding) finding =
    strata_finding_new (STRATA_SEVERITY_ERROR, "missing-revision", place,
                        _("Bring the file back (perhaps from another git branch), or correct the reference."),
                        "Revision %s referenced from %s is not present%s%s", name, strata_graph_get_id (self, node),
                        why != NULL ? ": " : "", why != NULL ? why : "");

  strata_graph_break (self, node, findings, finding);
}

/* down_revision names ids, and whole ones: anything else would be another graph for Alembic. */
static void
resolve_parents (StrataGraph *self,
                 guint        node,
                 GPtrArray   *findings)
{
  StrataRevision *revision = g_ptr_array_index (self->revisions, node);
  const char * const *names = strata_revision_get_down_revisions (revision);
  StrataPlace place = strata_revision_get_down_place (revision);

  for (; *names != NULL; names++)
    {
      guint parent = strata_graph_find (self, *names);

      if (parent == node)
        break_self_loop (self, node, place, findings);
      else if (parent == STRATA_NO_NODE)
        break_missing (self, node, place, *names, NULL, findings);
      else
        strata_edges_append_new (&self->parents, parent);
    }

  strata_edges_close_node (&self->parents);
}

static void
resolve_requires (StrataGraph *self,
                  guint        node,
                  GPtrArray   *findings)
{
  StrataRevision *revision = g_ptr_array_index (self->revisions, node);
  const char * const *names = strata_revision_get_depends_on (revision);
  StrataPlace place = strata_revision_get_depends_place (revision);

  for (; *names != NULL; names++)
    {
      g_autoptr(GError) error = NULL;
      guint required = strata_graph_lookup (self, *names, NULL, &error);

      if (required == node)
        break_own_dependency (self, node, place, *names, findings);
      else if (error != NULL)
        break_missing (self, node, place, *names,
                       g_error_matches (error, STRATA_ERROR, STRATA_ERROR_AMBIGUOUS_TARGET) ? error->message : NULL,
                       findings);
      else
        strata_edges_append_new (&self->requires, required);
    }

  strata_edges_close_node (&self->requires);
}

void
strata_graph_resolve_references (StrataGraph *self,
                                 GPtrArray   *findings)
{
  strata_edges_init (&self->parents);
  strata_edges_init (&self->requires);

  for (guint node = 0; node < self->n_nodes; node++)
    {
      resolve_parents (self, node, findings);
      resolve_requires (self, node, findings);
    }
}
