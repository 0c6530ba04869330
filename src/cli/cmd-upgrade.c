/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/run-command.h"
#include "core/workspace/check.h"

/* upgrade, downgrade, stamp and ensure_version differ in their arguments alone. */
static int
run_kind (StrataCli           *cli,
          StrataRunKind        kind,
          const GOptionEntry  *own,
          StrataRunFlags      *flags,
          int                  min,
          int                  max,
          const char          *default_target,
          GError             **error)
{
  static const StrataRunFlagsFor commands[] = {
    [STRATA_RUN_UPGRADE] = STRATA_FLAGS_MOVE,
    [STRATA_RUN_DOWNGRADE] = STRATA_FLAGS_MOVE,
    [STRATA_RUN_STAMP] = STRATA_FLAGS_STAMP,
    [STRATA_RUN_ENSURE_VERSION] = STRATA_FLAGS_TABLE,
  };
  g_autofree GOptionEntry *entries = strata_run_flags_entries (flags, commands[kind], own);
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, min, max, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  const char *targets[] = { default_target, NULL };

  if (arguments == NULL || !strata_run_flags_finish (flags, error))
    return 1;

  workspace = strata_cli_open (cli, error);
  if (workspace == NULL || (kind == STRATA_RUN_UPGRADE && !strata_workspace_require_files (workspace, error)))
    return 1;

  flags->run.kind = kind;
  flags->run.targets = arguments[0] != NULL ? (const char * const *) arguments : targets;

  return strata_run_command (cli, workspace, flags, error);
}

int
strata_cmd_upgrade (StrataCli  *cli,
                    GError    **error)
{
  g_auto(StrataRunFlags) flags = STRATA_RUN_FLAGS_INIT;

  return run_kind (cli, STRATA_RUN_UPGRADE, NULL, &flags, 0, 1, "heads", error);
}

int
strata_cmd_downgrade (StrataCli  *cli,
                      GError    **error)
{
  g_auto(StrataRunFlags) flags = STRATA_RUN_FLAGS_INIT;

  return run_kind (cli, STRATA_RUN_DOWNGRADE, NULL, &flags, 1, 1, NULL, error);
}

int
strata_cmd_stamp (StrataCli  *cli,
                  GError    **error)
{
  g_auto(StrataRunFlags) flags = STRATA_RUN_FLAGS_INIT;
  const GOptionEntry own[] = {
    { "purge", 0, 0, G_OPTION_ARG_NONE, &flags.run.purge, "Empty the version table first, whatever it holds", NULL },
    G_OPTION_ENTRY_NULL,
  };

  return run_kind (cli, STRATA_RUN_STAMP, own, &flags, 1, -1, NULL, error);
}

int
strata_cmd_ensure_version (StrataCli  *cli,
                           GError    **error)
{
  g_auto(StrataRunFlags) flags = STRATA_RUN_FLAGS_INIT;

  return run_kind (cli, STRATA_RUN_ENSURE_VERSION, NULL, &flags, 0, 0, NULL, error);
}
