/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/render-revisions.h"
#include "core/base/error.h"

int
strata_cmd_render (StrataCli  *cli,
                   GError    **error)
{
  g_autofree char *dialect = NULL;
  g_autofree char *direction = NULL;
  g_autofree char *output = NULL;
  gboolean all = FALSE;
  const GOptionEntry entries[] = {
    { "all", 0, 0, G_OPTION_ARG_NONE, &all, "Every revision of the project", NULL },
    { "dialect", 0, 0, G_OPTION_ARG_STRING, &dialect, "Server to write for", "NAME" },
    { "direction", 0, 0, G_OPTION_ARG_STRING, &direction, "upgrade (unless told), downgrade or both", "WAY" },
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Write a file for each revision and direction", "FOLDER" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, -1, error);
  g_autoptr(StrataWorkspace) workspace = NULL;

  if (arguments == NULL)
    return 1;
  if (all != (arguments[0] == NULL))
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_USAGE, "Name revisions, or say --all: one of the two");
      return 1;
    }
  if ((workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  return strata_render_revisions (cli, workspace, (const char * const *) arguments,
                                  &(StrataRenderChoices) { dialect, direction, output }, error);
}
