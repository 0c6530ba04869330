/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/workspace/revert.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "core/base/error.h"
#include "core/base/files.h"
#include "core/revision/sql-file.h"

static StrataRevision *
find_revision (StrataWorkspace  *self,
               const char       *symbol,
               GError          **error)
{
  StrataGraph *graph = strata_workspace_get_graph (self);
  g_autoptr(GArray) nodes = strata_graph_resolve (graph, NULL, symbol, error);

  if (nodes == NULL)
    return NULL;
  if (nodes->len == 1)
    return strata_graph_get_revision (graph, g_array_index (nodes, guint, 0));

  g_set_error (error, STRATA_ERROR, nodes->len == 0 ? STRATA_ERROR_UNKNOWN_REVISION : STRATA_ERROR_AMBIGUOUS_TARGET,
               nodes->len == 0 ? _("'%s' stands for no revision: one revision is undone at a time")
                               : _("'%s' stands for several revisions: one revision is undone at a time"), symbol);

  return NULL;
}

/* " transaction=off dialect=sqlite", as a marker has them. */
static void
append_section (GString                *body,
                const StrataSqlSection *section,
                gboolean                is_first)
{
  const char *word = section->direction == STRATA_UPGRADE ? "downgrade" : "upgrade";
  g_autofree char *dialects = section->dialects != NULL ? g_strjoinv (",", section->dialects) : g_strdup ("");
  g_autofree char *text = g_strstrip (g_strndup (section->text, section->length));
  gboolean has_options = !section->transactional || *dialects != '\0';

  if (!is_first || has_options)
    g_string_append_printf (body, "%s-- strata:%s%s%s%s\n", is_first ? "" : "\n\n", word, section->transactional ? "" : " transaction=off",
                            *dialects != '\0' ? " dialect=" : "", dialects);
  g_string_append (body, text);
}

/* The sections of one direction, for the other; NULL: it has none. */
static char *
turn_sections (StrataSqlScript *script,
               StrataDirection  direction)
{
  GArray *sections = strata_sql_script_get_sections (script);
  g_autoptr(GString) body = g_string_new (NULL);
  gboolean is_first = TRUE;

  for (guint i = 0; i < sections->len; i++)
    {
      const StrataSqlSection *section = &g_array_index (sections, StrataSqlSection, i);

      if (section->direction != direction)
        continue;
      append_section (body, section, is_first);
      is_first = FALSE;
    }

  return is_first ? NULL : g_string_free (g_steal_pointer (&body), FALSE);
}

static StrataRevision *
revert_sql (StrataProject      *project,
            StrataRevision     *revision,
            StrataNewRevision  *options,
            GError            **error)
{
  const char *path = strata_revision_get_path (revision);
  gsize length;
  g_autofree char *text = strata_file_read (path, &length, error);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataSqlScript) script = text != NULL ? strata_sql_script_parse (path, text, length, findings) : NULL;
  g_autofree char *there = NULL;
  g_autofree char *back = NULL;

  if (text == NULL)
    return NULL;

  there = script != NULL ? turn_sections (script, STRATA_DOWNGRADE) : NULL;
  back = script != NULL ? turn_sections (script, STRATA_UPGRADE) : NULL;
  if (there == NULL || (*there == '\0' && back != NULL && *back == '\0'))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED, there == NULL ? _("%s has no downgrade, so that it can't be undone")
                                                                           : _("%s does nothing, so that it can't be undone"),
                   strata_revision_get_id (revision));
      return NULL;
    }

  options->upgrade = there;
  options->downgrade = back;
  options->format = "sql";
  options->accept_mixed = TRUE;

  return strata_project_create_revision (project, options, error);
}

StrataRevision *
strata_workspace_revert (StrataWorkspace          *self,
                         const char               *symbol,
                         const StrataNewRevision  *options,
                         GError                  **error)
{
  StrataProject *project = strata_workspace_get_project (self);
  StrataRevision *revision = find_revision (self, symbol, error);
  StrataNewRevision turned = *options;
  g_autofree char *message = NULL;

  if (revision == NULL)
    return NULL;

  message = g_strdup_printf ("Revert '%s'", strata_revision_get_message (revision) != NULL ? strata_revision_get_message (revision)
                                                                                         : strata_revision_get_id (revision));
  if (turned.message == NULL)
    turned.message = message;
  if (strata_revision_get_format (revision) == STRATA_REVISION_SQL)
    return revert_sql (project, revision, &turned, error);

  turned.reverted = strata_revision_get_path (revision);
  turned.format = "py";

  return strata_project_create_revision (project, &turned, error);
}
