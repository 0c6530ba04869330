/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/commands.h"
#include "core/base/error.h"

static const char *
find_editor (void)
{
  static const char * const known[] = { "sensible-editor", "editor", "nano", "vim", "vi" };
  const char *wish = g_getenv ("EDITOR");

  if (wish == NULL || *wish == '\0')
    wish = g_getenv ("VISUAL");
  if (wish != NULL && *wish != '\0')
    return wish;

  /* All of these need one. */
  if (!isatty (STDIN_FILENO) || !isatty (STDOUT_FILENO))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_autofree char *path = g_find_program_in_path (known[i]);

      if (path != NULL)
        return known[i];
    }

  return NULL;
}

/* The thread that waits for signals had them blocked; the editor must not inherit that. */
static void
unblock_signals (gpointer user_data)
{
  sigset_t none;

  sigemptyset (&none);
  sigprocmask (SIG_SETMASK, &none, NULL);
}

static gboolean
run_editor (const char  *path,
            GError     **error)
{
  const char *editor = find_editor ();
  g_auto(GStrv) words = NULL;
  g_autoptr(GPtrArray) argv = g_ptr_array_new ();
  g_autoptr(GError) local = NULL;
  int status = 0;

  if (editor == NULL)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED,
                   "EDITOR is not set, and no editor was found that works here. The file is %s", path);
      return FALSE;
    }

  if (!g_shell_parse_argv (editor, NULL, &words, error))
    {
      g_prefix_error (error, "EDITOR is “%s”: ", editor);
      return FALSE;
    }

  for (guint i = 0; words[i] != NULL; i++)
    g_ptr_array_add (argv, words[i]);
  g_ptr_array_add (argv, (char *) path);
  g_ptr_array_add (argv, NULL);

  if (g_spawn_sync (NULL, (char **) argv->pdata, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN,
                    unblock_signals, NULL, NULL, NULL, &status, &local)
      && g_spawn_check_wait_status (status, &local))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_FAILED, "The editor “%s” did not end well: %s. The file is %s", editor,
               local->message, path);

  return FALSE;
}

int
strata_cmd_edit (StrataCli  *cli,
                 GError    **error)
{
  g_auto(GStrv) arguments = strata_cli_parse (cli, NULL, 1, 1, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(GArray) nodes = NULL;
  g_auto(GStrv) rows = NULL;
  StrataGraph *graph;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  if (strcmp (arguments[0], "current") == 0 && (rows = strata_cli_read_rows (cli, workspace, error)) == NULL)
    return 1;

  graph = strata_workspace_get_graph (workspace);
  nodes = strata_graph_resolve (graph, (const char * const *) rows, arguments[0], error);
  if (nodes == NULL)
    return 1;

  if (nodes->len == 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION,
                   "No revision files indicated by symbol '%s'", arguments[0]);
      return 1;
    }

  for (guint i = 0; i < nodes->len; i++)
    if (!run_editor (strata_revision_get_path (strata_graph_get_revision (graph, g_array_index (nodes, guint, i))),
                     error))
      return 1;

  return 0;
}
