/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <stdio.h>

#include "cli/commands.h"
#include "cli/difference-view.h"
#include "cli/output.h"
#include "cli/sides.h"
#include "core/base/error.h"

#define DIFFERS 9

typedef struct
{
  StrataSideFlags  sides;
  GStrv            renames;
  gboolean         sql;
  gboolean         text;
} DiffFlags;

static void
diff_flags_clear (DiffFlags *flags)
{
  g_strfreev (flags->renames);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (DiffFlags, diff_flags_clear)

static void
warn (StrataComparison *comparison)
{
  if (strata_diff_is_suspicious (comparison->diff, NULL))
    strata_warn ("Most tables of %s are not in %s: models that were not imported, or another database?",
                 comparison->from->title, comparison->to->title);
}

/* The steps as a member of their own; null where there is no way, and why. */
static void
print_json (StrataComparison *comparison)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *sql = strata_comparison_dup_sql (comparison, &error);

  json_builder_begin_object (builder);
  strata_json_comparison (builder, comparison);
  strata_json_string (builder, "sql", sql);
  strata_json_string (builder, "no_sql", error != NULL ? error->message : NULL);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

static int
show (StrataCli         *cli,
      StrataComparison  *comparison,
      const DiffFlags   *flags,
      GError           **error)
{
  g_autofree char *text = NULL;

  if (!cli->options.json)
    warn (comparison);
  if (cli->options.json)
    print_json (comparison);
  else if (flags->sql)
    {
      strata_warn_of_guesses (comparison);
      text = strata_comparison_dup_sql (comparison, error);
    }
  else if (flags->text)
    text = strata_comparison_dup_text (comparison);
  else
    strata_print_comparison (comparison);

  if (text == NULL && !cli->options.json && (flags->sql || flags->text))
    return 1;
  if (text != NULL)
    fputs (text, stdout);

  return comparison->n_chosen > 0 ? DIFFERS : 0;
}

/* What a project declares, or where it declares nothing the newest revisions. */
static StrataSide
get_usual_target (StrataWorkspace *workspace)
{
  StrataProject *project = strata_workspace_get_project (workspace);
  const StrataSettings *settings = strata_project_get_settings (project);
  gboolean declares = settings->schema != NULL || settings->schema_command != NULL
                      || strata_project_get_kind (project) == STRATA_PROJECT_ALEMBIC;

  return (StrataSide) { declares ? STRATA_SIDE_DECLARED : STRATA_SIDE_REVISION, NULL };
}

static int
diff (StrataCli           *cli,
      const char * const  *arguments,
      const DiffFlags     *flags,
      GError             **error)
{
  StrataSide from = { STRATA_SIDE_DATABASE };
  StrataSide to = { STRATA_SIDE_EMPTY };
  const StrataSide *sides[] = { &from, &to, NULL };
  StrataSideOptions options;
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataComparison) comparison = NULL;

  if (arguments[0] != NULL && !strata_side_parse (arguments[0], &from, error))
    return 1;
  if (arguments[0] != NULL && arguments[1] != NULL && !strata_side_parse (arguments[1], &to, error))
    return 1;
  if ((workspace = strata_cli_open (cli, error)) == NULL)
    return 1;
  if (arguments[0] == NULL || arguments[1] == NULL)
    to = get_usual_target (workspace);
  if (!strata_cli_prepare_sides (cli, workspace, sides, &flags->sides, &options, error))
    return 1;

  comparison = strata_workspace_compare (workspace, &from, &to, &options, (const char * const *) flags->renames,
                                         cli->cancellable, error);
  if (comparison != NULL)
    return show (cli, comparison, flags, error);

  strata_cli_add_candidates (workspace, error);

  return 1;
}

int
strata_cmd_diff (StrataCli  *cli,
                 GError    **error)
{
  g_auto(DiffFlags) flags = { { FALSE } };
  const GOptionEntry entries[] = {
    { "sql", 0, 0, G_OPTION_ARG_NONE, &flags.sql, "The statements that get from the one to the other", NULL },
    { "text", 0, 0, G_OPTION_ARG_NONE, &flags.text, "The lines of the dumps that differ", NULL },
    { "rename", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.renames, "It was renamed: users=people, users.name=full_name", "OLD=NEW" },
    STRATA_SIDE_ENTRIES (flags.sides),
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 2, error);

  if (arguments == NULL)
    return 1;
  if (flags.sql && flags.text)
    {
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_USAGE, "--sql or --text, one of the two");
      return 1;
    }

  return diff (cli, (const char * const *) arguments, &flags, error);
}

int
strata_cmd_drift (StrataCli  *cli,
                  GError    **error)
{
  g_auto(DiffFlags) flags = { { FALSE } };
  const GOptionEntry entries[] = {
    { "sql", 0, 0, G_OPTION_ARG_NONE, &flags.sql, "The statements that were run besides the revisions, or would have to be", NULL },
    { "text", 0, 0, G_OPTION_ARG_NONE, &flags.text, "The lines of the dumps that differ", NULL },
    STRATA_SIDE_ENTRIES (flags.sides),
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  const StrataSide chosen = { STRATA_SIDE_DATABASE };
  const StrataSide *sides[] = { &chosen, NULL };
  StrataSideOptions options;
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataComparison) comparison = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL
      || !strata_cli_prepare_sides (cli, workspace, sides, &flags.sides, &options, error))
    return 1;

  comparison = strata_workspace_find_drift (workspace, &options, cli->cancellable, error);
  if (comparison != NULL)
    return show (cli, comparison, &flags, error);

  strata_cli_add_candidates (workspace, error);

  return 1;
}
