/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/ask.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/run-view.h"
#include "core/base/error.h"

static void
json_copy (JsonBuilder      *builder,
           const StrataCopy *copy)
{
  json_builder_begin_object (builder);
  strata_json_string (builder, "name", copy->name);
  strata_json_string (builder, "path", copy->path);
  strata_json_string (builder, "database", copy->database);
  strata_json_string (builder, "reason", copy->reason);
  strata_json_strings (builder, "rows", (const char * const *) copy->rows);
  strata_json_int (builder, "bytes", copy->size);
  json_builder_end_object (builder);
}

static char *
describe_copy (const StrataCopy *copy)
{
  g_autofree char *rows = g_strjoinv (", ", copy->rows);
  g_autofree char *size = g_format_size (copy->size);

  return g_strdup_printf ("%s  %s, at %s, %s", copy->name, copy->reason, *rows != '\0' ? rows : "base", size);
}

static int
list_copies (StrataCli   *cli,
             const char  *path,
             GError     **error)
{
  g_autoptr(GPtrArray) copies = strata_copies_list (path, error);
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  if (copies == NULL)
    return 1;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "copies");
  json_builder_begin_array (builder);
  for (guint i = 0; i < copies->len; i++)
    if (cli->options.json)
      json_copy (builder, g_ptr_array_index (copies, i));
    else
      {
        g_autofree char *text = describe_copy (g_ptr_array_index (copies, i));

        strata_print (STRATA_STYLE_PLAIN, "%s\n", text);
      }
  json_builder_end_array (builder);
  json_builder_end_object (builder);

  if (cli->options.json)
    strata_print_json (builder);
  else if (copies->len == 0)
    strata_print (STRATA_STYLE_PLAIN, "There is no copy of %s\n", path);

  return 0;
}

static gboolean
confirm (const StrataCopy  *copy,
         gboolean           yes,
         GError           **error)
{
  g_autofree char *text = describe_copy (copy);
  g_autofree char *question = g_strdup_printf ("%s\nPut it back over %s? What is there now is copied first.", text,
                                               copy->database);

  if (yes || (strata_ask_is_possible () && strata_ask_yes (question, FALSE)))
    return TRUE;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED,
                       "Nothing was restored; --yes says that you mean it");

  return FALSE;
}

static StrataUrl *
require_sqlite (StrataWorkspace  *workspace,
                GError          **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, error);
  StrataUrl *url = choice != NULL ? strata_database_choice_require (choice, TRUE, error) : NULL;

  if (url == NULL)
    return NULL;

  if (strata_url_get_dialect (url) == STRATA_DIALECT_SQLITE && strata_url_get_database (url) != NULL)
    return url;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE,
               "Copies are kept of SQLite databases only; a %s server has backups of its own",
               strata_dialect_get_title (strata_url_get_dialect (url)));

  return NULL;
}

int
strata_cmd_restore (StrataCli  *cli,
                    GError    **error)
{
  gboolean list = FALSE;
  gboolean yes = FALSE;
  const GOptionEntry entries[] = {
    { "list", 'l', 0, G_OPTION_ARG_NONE, &list, "Show which copies there are", NULL },
    { "yes", 'y', 0, G_OPTION_ARG_NONE, &yes, "Do not ask", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 1, error);
  const StrataConnectRequest request = { .command = cli->command->name, .writable = TRUE };
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataCopy) chosen = NULL;
  g_autoptr(StrataCopy) copy = NULL;
  g_autoptr(StrataRunView) view = NULL;
  StrataUrl *url;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  url = require_sqlite (workspace, error);
  if (url == NULL)
    return 1;
  if (list)
    return list_copies (cli, strata_url_get_database (url), error);

  chosen = strata_copies_find (strata_url_get_database (url), arguments[0], error);
  if (chosen == NULL || !confirm (chosen, yes, error))
    return 1;

  view = strata_run_view_new (cli->options.json || cli->options.quiet);
  connection = strata_workspace_connect (workspace, &request, cli->cancellable, error);
  if (connection == NULL)
    return 1;

  copy = strata_workspace_restore (workspace, connection, chosen->name, strata_run_view_locked, view,
                                   cli->cancellable, error);
  if (copy == NULL)
    return 1;

  strata_run_view_done (view);
  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_copy (builder, copy);
      strata_print_json (builder);
    }
  else if (!cli->options.quiet)
    {
      g_autofree char *text = describe_copy (copy);

      strata_print (STRATA_STYLE_PLAIN, "Put back %s\n", text);
    }

  return 0;
}
