/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/difference-view.h"
#include "cli/output.h"
#include "cli/sides.h"

#define DIFFERS 9

static int
print_json (StrataComparison *comparison)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_comparison (builder, comparison);
  json_builder_end_object (builder);
  strata_print_json (builder);

  return comparison->n_chosen > 0 ? DIFFERS : 0;
}

/* Models that look as if they had been forgotten explain more than a list of tables to drop. */
static void
warn (StrataComparison *comparison)
{
  GPtrArray *unseen = comparison->to->models != NULL ? strata_models_get_unseen (comparison->to->models) : NULL;

  for (guint i = 0; unseen != NULL && i < unseen->len; i++)
    {
      const StrataUnseenModel *model = g_ptr_array_index (unseen, i);

      strata_warn ("%s:%u: %s looks like a model, but env.py does not import it", model->file, model->line, model->name);
    }
  if (strata_diff_is_suspicious (comparison->diff, NULL))
    strata_warn ("Most tables of the database are not declared: models that were not imported, or another database?");
}

int
strata_cmd_check (StrataCli  *cli,
                  GError    **error)
{
  StrataSideFlags flags = { FALSE };
  const GOptionEntry entries[] = {
    STRATA_SIDE_ENTRIES (flags),
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  const StrataSide chosen = { STRATA_SIDE_DATABASE };
  const StrataSide declared = { STRATA_SIDE_DECLARED };
  const StrataSide *sides[] = { &chosen, &declared, NULL };
  StrataSideOptions options;
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataComparison) comparison = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL
      || !strata_cli_prepare_sides (cli, workspace, sides, &flags, &options, error))
    return 1;

  comparison = strata_workspace_check_declared (workspace, &options, cli->cancellable, error);
  if (comparison == NULL)
    {
      strata_cli_add_candidates (workspace, error);
      return 1;
    }
  if (cli->options.json)
    return print_json (comparison);

  warn (comparison);
  if (!cli->options.quiet)
    {
      strata_warn_of_uncovered (comparison->from, "Not compared, in the database");
      if (comparison->to->picture != comparison->from->picture)
        strata_warn_of_uncovered (comparison->to, "Not compared, in what is declared");
    }
  if (comparison->n_chosen > 0)
    strata_set_differs (comparison, error);
  else if (!cli->options.quiet)
    strata_print (STRATA_STYLE_PLAIN, "No new upgrade operations detected.\n");

  return comparison->n_chosen > 0;
}
