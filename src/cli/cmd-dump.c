/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/difference-view.h"
#include "cli/output.h"
#include "cli/sides.h"
#include "core/base/error.h"
#include "core/base/files.h"

static void
print_json (StrataTakenSide *side,
            const char      *text)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_string (builder, "side", side->title);
  strata_json_string (builder, "dialect", strata_dialect_get_name (side->picture->dialect));
  strata_json_string (builder, "server", side->picture->server);
  strata_json_string (builder, "sql", text);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

static int
dump (StrataCli              *cli,
      const char             *name,
      const StrataSideFlags  *flags,
      const char             *output,
      GError                **error)
{
  StrataSide side = { STRATA_SIDE_DATABASE };
  const StrataSide *sides[] = { &side, NULL };
  StrataSideOptions options;
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataTakenSide) taken = NULL;
  g_autofree char *text = NULL;

  if ((name != NULL && !strata_side_parse (name, &side, error)) || (workspace = strata_cli_open (cli, error)) == NULL
      || !strata_cli_prepare_sides (cli, workspace, sides, flags, &options, error))
    return 1;

  taken = strata_workspace_take_side (workspace, &side, &options, cli->cancellable, error);
  if (taken == NULL)
    {
      strata_cli_add_candidates (workspace, error);
      return 1;
    }

  /* What is kept of a schema is not to be emptied by a wrong path. */
  if (taken->is_missing)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_CANNOT_CONNECT, "There is nothing to dump in %s", taken->title);
      return 1;
    }

  text = strata_taken_side_dup_dump (taken);
  if (!cli->options.json && !cli->options.quiet)
    strata_warn_of_uncovered (taken, "Not in the dump");
  if (output != NULL && !strata_file_save (output, text, strlen (text), error))
    return 1;
  if (cli->options.json)
    print_json (taken, text);
  else if (output == NULL)
    fputs (text, stdout);

  return 0;
}

int
strata_cmd_dump (StrataCli  *cli,
                 GError    **error)
{
  g_autofree char *output = NULL;
  StrataSideFlags flags = { FALSE };
  const GOptionEntry entries[] = {
    { "output", 0, 0, G_OPTION_ARG_FILENAME, &output, "Write it to a file", "FILE" },
    STRATA_SIDE_ENTRIES (flags),
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 1, error);

  return arguments != NULL ? dump (cli, arguments[0], &flags, output, error) : 1;
}
