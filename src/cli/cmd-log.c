/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "core/base/duration.h"
#include "core/workspace/log.h"

static void
print_entry (const StrataLedgerEntry *entry)
{
  g_autofree char *time = strata_duration_format (entry->duration_us);
  g_autofree char *started = strata_moment (entry->started);

  strata_print (STRATA_STYLE_DIM, "%-20s  ", started);
  strata_print (entry->state == STRATA_LEDGER_DONE ? STRATA_STYLE_PLAIN : STRATA_STYLE_BAD, "%-9s %-10s %s",
                strata_ledger_state_get_name (entry->state), entry->action, entry->revision);
  strata_print (STRATA_STYLE_DIM, "  %s@%s, %s, %s\n", entry->who, entry->host, time, entry->tool);
  if (entry->error != NULL)
    strata_print (STRATA_STYLE_BAD, "%-22s%s\n", "", entry->error);
}

static void
print_json (GPtrArray *entries)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "log");
  json_builder_begin_array (builder);
  for (guint i = 0; i < entries->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (entries, i);

      json_builder_begin_object (builder);
      strata_json_string (builder, "run", entry->run);
      strata_json_string (builder, "revision", entry->revision);
      strata_json_string (builder, "action", entry->action);
      strata_json_string (builder, "state", strata_ledger_state_get_name (entry->state));
      strata_json_string (builder, "started", entry->started);
      strata_json_int (builder, "microseconds", entry->duration_us);
      strata_json_string (builder, "who", entry->who);
      strata_json_string (builder, "host", entry->host);
      strata_json_string (builder, "tool", entry->tool);
      strata_json_string (builder, "hash", entry->hash);
      strata_json_int (builder, "statements", entry->n_statements);
      strata_json_int (builder, "statements_done", entry->done);
      strata_json_string (builder, "error", entry->error);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

int
strata_cmd_log (StrataCli  *cli,
                GError    **error)
{
  int limit = 50;
  const GOptionEntry entries[] = {
    { "limit", 'l', 0, G_OPTION_ARG_INT, &limit, "How many entries (50; 0: all)", "N" },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GPtrArray) log = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  connection = strata_cli_connect (cli, workspace, error);
  if (connection == NULL)
    return 1;

  log = strata_workspace_read_log (workspace, connection, MAX (limit, 0), cli->cancellable, error);
  if (log == NULL)
    return 1;

  if (cli->options.json)
    print_json (log);
  else if (log->len == 0)
    strata_print (STRATA_STYLE_PLAIN, "Nothing was run here yet, as far as this project's ledger knows\n");

  for (guint i = 0; i < log->len && !cli->options.json; i++)
    print_entry (g_ptr_array_index (log, i));

  return 0;
}
