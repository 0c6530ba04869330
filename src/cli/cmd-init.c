/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "core/workspace/author.h"

int
strata_cmd_init (StrataCli  *cli,
                 GError    **error)
{
  g_auto(GStrv) arguments = strata_cli_parse (cli, NULL, 0, 1, error);
  g_autofree char *config = NULL;

  if (arguments == NULL)
    return 1;

  config = strata_project_init (arguments[0] != NULL ? arguments[0] : ".", error);
  if (config == NULL)
    return 1;

  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      strata_json_string (builder, "config", config);
      json_builder_end_object (builder);
      strata_print_json (builder);
    }
  else if (!cli->options.quiet)
    strata_print (STRATA_STYLE_PLAIN,
                  "Made %s\n"
                  "Next: say in it which database (url = sqlite:///app.db), or set DATABASE_URL,\n"
                  "      then “strata revision -m \"create the first table\"”, write its SQL,\n"
                  "      and “strata upgrade”.\n", config);

  return 0;
}
