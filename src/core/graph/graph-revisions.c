/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/graph/graph-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Alembic's column is VARCHAR(32), and its grammar for targets gives these characters another meaning. */
#define LONGEST_ID 32
#define FORBIDDEN_IN_IDS "+-:@"
#define FORBIDDEN_IN_LABELS ":@"

static void
report (GPtrArray     *findings,
        StrataFinding *finding)
{
  if (findings != NULL)
    g_ptr_array_add (findings, finding);
  else
    strata_finding_unref (finding);
}

/* "@, -": those characters of the text that are in the set, in the set's order; "" for none. */
static char *
find_forbidden (const char *text,
                const char *set)
{
  GString *found = g_string_new (NULL);

  for (const char *c = set; *c != '\0'; c++)
    if (strchr (text, *c) != NULL)
      g_string_append_printf (found, "%s%c", found->len > 0 ? ", " : "", *c);

  return g_string_free (found, FALSE);
}

/* As Alembic: the last file of an id wins, at the place of the first. */
static void
add_revision (StrataGraph    *self,
              StrataRevision *revision,
              GPtrArray      *findings)
{
  const char *id = strata_revision_get_id (revision);
  guint node = strata_graph_find (self, id);
  StrataRevision *first;

  if (node == STRATA_NO_NODE)
    {
      g_ptr_array_add (self->revisions, strata_revision_ref (revision));
      g_hash_table_insert (self->node_by_id, (char *) id, GUINT_TO_POINTER (self->revisions->len));
      return;
    }

  first = g_ptr_array_index (self->revisions, node);
  report (findings,
          strata_finding_new (STRATA_SEVERITY_WARNING, "duplicate-revision",
                              strata_revision_get_id_place (revision),
                              _("Give one of the two files another id."),
                              "Revision %s is present more than once: this file is used, %s is not",
                              id, strata_revision_get_path (first)));

  g_ptr_array_index (self->revisions, node) = strata_revision_ref (revision);
  g_hash_table_replace (self->node_by_id, (char *) id, GUINT_TO_POINTER (node + 1));
  strata_revision_unref (first);
}

static void
check_id (StrataGraph *self,
          guint        node,
          GPtrArray   *findings)
{
  StrataRevision *revision = g_ptr_array_index (self->revisions, node);
  const char *id = strata_revision_get_id (revision);
  g_autofree char *forbidden = find_forbidden (id, FORBIDDEN_IN_IDS);
  glong length = g_utf8_strlen (id, -1);

  if (*forbidden != '\0')
    {
      g_autoptr(StrataFinding) finding =
        strata_finding_new (STRATA_SEVERITY_ERROR, "bad-revision-id", strata_revision_get_id_place (revision),
                            _("Use letters, digits and underscores."),
                            "Character(s) '%s' not allowed in revision identifier '%s'", forbidden, id);

      strata_graph_break (self, node, findings, finding);
    }

  if (length > LONGEST_ID)
    report (findings,
            strata_finding_new (STRATA_SEVERITY_WARNING, "long-revision-id", strata_revision_get_id_place (revision),
                                _("PostgreSQL refuses it when the revision is run; SQLite does not."),
                                _("Revision identifier '%s' has %ld characters, the version table has room for %d"),
                                id, length, LONGEST_ID));
}

/* Ids and labels share one space of names; who has a name first keeps it. */
static void
add_label (StrataGraph *self,
           guint        node,
           const char  *label,
           GPtrArray   *findings)
{
  StrataRevision *revision = g_ptr_array_index (self->revisions, node);
  g_autofree char *forbidden = find_forbidden (label, FORBIDDEN_IN_LABELS);
  guint owner = strata_graph_find (self, label);

  if (owner == STRATA_NO_NODE)
    owner = GPOINTER_TO_UINT (g_hash_table_lookup (self->node_by_label, label)) - 1;

  if (owner != STRATA_NO_NODE)
    {
      report (findings,
              strata_finding_new (STRATA_SEVERITY_ERROR, "label-clash", strata_revision_get_labels_place (revision),
                                  _("Give one of the two branches another label."),
                                  "Branch name '%s' in revision %s already used by revision %s", label,
                                  strata_revision_get_id (revision), strata_graph_get_id (self, owner)));
      return;
    }

  if (*forbidden != '\0')
    report (findings,
            strata_finding_new (STRATA_SEVERITY_WARNING, "bad-label", strata_revision_get_labels_place (revision),
                                _("Such a label can't be used as a target."),
                                "Character(s) '%s' not allowed in branch name '%s'", forbidden, label));

  g_ptr_array_add (self->labels, (char *) label);
  g_hash_table_insert (self->node_by_label, (char *) label, GUINT_TO_POINTER (node + 1));
}

void
strata_graph_add_revisions (StrataGraph *self,
                            GPtrArray   *revisions,
                            GPtrArray   *findings)
{
  self->revisions = g_ptr_array_new_full (revisions->len, (GDestroyNotify) strata_revision_unref);
  self->node_by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->node_by_label = g_hash_table_new (g_str_hash, g_str_equal);
  self->labels = g_ptr_array_new ();
  self->reasons = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  for (guint i = 0; i < revisions->len; i++)
    add_revision (self, g_ptr_array_index (revisions, i), findings);

  self->n_nodes = self->revisions->len;
  self->flags = g_new0 (guint8, self->n_nodes);
  self->broken_by = g_new (guint, self->n_nodes);

  for (guint node = 0; node < self->n_nodes; node++)
    self->broken_by[node] = STRATA_NO_NODE;
  for (guint node = 0; node < self->n_nodes; node++)
    check_id (self, node, findings);

  for (guint node = 0; node < self->n_nodes; node++)
    {
      const char * const *labels = strata_revision_get_branch_labels (g_ptr_array_index (self->revisions, node));

      for (; *labels != NULL; labels++)
        add_label (self, node, *labels, findings);
    }
}
