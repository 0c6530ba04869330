/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "cli/run-command.h"
#include "cli/status-view.h"
#include "core/workspace/check.h"

/* A container may start long before its database does. */
#define CONNECT_WAIT_MS (60 * 1000)
/* Another replica may be upgrading: it is worth waiting for. */
#define LOCK_WAIT_MS (10 * 60 * 1000)

static int
only_verify (StrataCli        *cli,
             StrataWorkspace  *workspace,
             gint64            wait_ms,
             const char       *why,
             GError          **error)
{
  if (!cli->options.json && !cli->options.quiet)
    strata_print (STRATA_STYLE_PLAIN, "Only verifying, because of %s: nothing is upgraded\n", why);

  return strata_verify (cli, workspace, wait_ms, error);
}

int
strata_cmd_startup (StrataCli  *cli,
                    GError    **error)
{
  g_auto(StrataRunFlags) flags = STRATA_RUN_FLAGS_INIT;
  const char *targets[] = { "heads", NULL };
  gboolean verify = FALSE;
  const GOptionEntry own[] = {
    { "verify-only", 0, 0, G_OPTION_ARG_NONE, &verify, "Only check that the database is at the heads", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_autofree GOptionEntry *entries = NULL;
  g_auto(GStrv) arguments = NULL;
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autofree char *why = NULL;

  flags.connect_wait_ms = CONNECT_WAIT_MS;
  flags.run.lock_wait_ms = LOCK_WAIT_MS;
  entries = strata_run_flags_entries (&flags, STRATA_FLAGS_MOVE, own);
  arguments = strata_cli_parse (cli, entries, 0, 1, error);
  if (arguments == NULL || !strata_run_flags_finish (&flags, error))
    return 1;

  workspace = strata_cli_open (cli, error);
  if (workspace == NULL)
    return 1;

  if (verify)
    return only_verify (cli, workspace, flags.connect_wait_ms, "--verify-only", error);
  why = strata_workspace_dup_switch (workspace, "DISABLE_AUTO_MIGRATIONS");
  if (why != NULL)
    return only_verify (cli, workspace, flags.connect_wait_ms, why, error);

  if (!strata_workspace_require_files (workspace, error))
    return 1;

  flags.run.kind = STRATA_RUN_UPGRADE;
  flags.run.targets = arguments[0] != NULL ? (const char * const *) arguments : targets;

  return strata_run_command (cli, workspace, &flags, error);
}
