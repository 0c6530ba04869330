/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/render-revisions.h"
#include "cli/revision-view.h"
#include "core/base/error.h"
#include "core/base/line-diff.h"
#include "core/workspace/log.h"

#define CONTEXT_LINES 3

static void
print_edit (StrataCli               *cli,
            StrataRevision          *revision,
            const StrataLedgerEntry *entry,
            const char              *text)
{
  g_autofree char *started = strata_moment (entry->started);
  g_autofree char *old_name = g_strdup_printf ("applied %s by %s@%s", started, entry->who, entry->host);
  g_autofree char *diff = strata_line_diff (entry->script, text, old_name, strata_revision_get_path (revision),
                                            CONTEXT_LINES);

  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      strata_json_string (builder, "revision", strata_revision_get_id (revision));
      strata_json_string (builder, "applied", entry->started);
      strata_json_string (builder, "diff", diff);
      json_builder_end_object (builder);
      strata_print_json (builder);
    }
  else if (*diff == '\0')
    strata_print (STRATA_STYLE_GOOD, "%s is as it was applied %s\n", strata_revision_get_path (revision),
                  started);
  else
    strata_print (STRATA_STYLE_PLAIN, "%s", diff);
}

static int
show_edit (StrataCli        *cli,
           StrataWorkspace  *workspace,
           StrataRevision   *revision,
           GError          **error)
{
  g_autoptr(StrataConnection) connection = strata_cli_connect (cli, workspace, error);
  g_autoptr(StrataLedgerEntry) entry = NULL;
  g_autofree char *text = NULL;

  if (connection == NULL)
    return 1;

  entry = strata_workspace_find_applied (workspace, connection, strata_revision_get_id (revision), cli->cancellable,
                                         error);
  if (entry == NULL)
    return 1;

  text = strata_workspace_read_script (revision, error);
  if (text == NULL)
    return 1;

  print_edit (cli, revision, entry, text);

  return 0;
}

static gboolean
check_options (gboolean   sql,
               gboolean   edited,
               gboolean   of_sql,
               GError   **error)
{
  if (sql ? !edited : !of_sql)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               sql ? "--sql and --edited are two questions: ask one" : "--dialect and --direction go with --sql");

  return FALSE;
}

int
strata_cmd_show (StrataCli  *cli,
                 GError    **error)
{
  gboolean edited = FALSE;
  gboolean sql = FALSE;
  g_autofree char *dialect = NULL;
  g_autofree char *direction = NULL;
  const GOptionEntry entries[] = {
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &dialect, "With --sql: server to write for", "NAME" },
    { "direction", 0, 0, G_OPTION_ARG_STRING, &direction, "With --sql: upgrade (unless told), downgrade or both", "WAY" },
    { "edited", 0, 0, G_OPTION_ARG_NONE, &edited, "Show how its text differs from what was applied", NULL },
    { "sql", 0, 0, G_OPTION_ARG_NONE, &sql, "Show its SQL, without a database", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 1, 1, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GArray) nodes = NULL;
  g_auto(GStrv) rows = NULL;
  StrataGraph *graph;

  if (arguments == NULL || !check_options (sql, edited, dialect != NULL || direction != NULL, error)
      || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  if (sql)
    return strata_render_revisions (cli, workspace, (const char * const *) arguments,
                                    &(StrataRenderChoices) { dialect, direction, NULL }, error);

  if (strcmp (arguments[0], "current") == 0 && (rows = strata_cli_read_rows (cli, workspace, error)) == NULL)
    return 1;

  graph = strata_workspace_get_graph (workspace);
  nodes = strata_graph_resolve (graph, (const char * const *) rows, arguments[0], error);
  if (nodes == NULL)
    return 1;

  if (!edited)
    {
      strata_print_revisions (cli, workspace, nodes, STRATA_LINE_VERBOSE, NULL);
      return 0;
    }

  if (nodes->len != 1)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--edited takes one revision; “%s” is %u", arguments[0],
                   nodes->len);
      return 1;
    }

  return show_edit (cli, workspace, strata_graph_get_revision (graph, g_array_index (nodes, guint, 0)), error);
}
