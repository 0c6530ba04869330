/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"
#include "cli/output.h"
#include "core/base/duration.h"
#include "core/workspace/log.h"

/* Of an error, below its revision. */
#define INDENT 6
#define WIDEST_ID 12

/* A run began when its first revision did: the last one here, as the newest come first. */
static void
print_run (GPtrArray *entries,
           guint      from,
           guint      to)
{
  const StrataLedgerEntry *newest = g_ptr_array_index (entries, from);
  const StrataLedgerEntry *oldest = g_ptr_array_index (entries, to - 1);
  g_autofree char *started = strata_moment (oldest->started);

  strata_print (STRATA_STYLE_DIM, "%s%s  ", from > 0 ? "\n" : "", started);
  strata_print (STRATA_STYLE_BOLD, "%s", newest->action);
  strata_print (STRATA_STYLE_DIM, " by %s@%s\n", newest->who, newest->host);
}

static void
print_entry (const StrataLedgerEntry *entry,
             StrataGraph             *graph,
             guint                    width)
{
  guint node = strata_graph_find (graph, entry->revision);
  const char *message = node != STRATA_NO_NODE ? strata_revision_get_message (strata_graph_get_revision (graph, node)) : "";
  g_autofree char *time = entry->duration_us >= 1000 ? strata_duration_format (entry->duration_us) : g_strdup ("");
  g_autofree char *error = NULL;
  gboolean is_done = entry->state == STRATA_LEDGER_DONE;

  /* Nothing stands behind it: a revision that the folder has not, or no revision at all. */
  if (is_done && *time == '\0' && *message == '\0')
    width = 0;

  strata_print (STRATA_STYLE_PLAIN, "  %-*s", (int) width, entry->revision);
  if (!is_done)
    strata_print (STRATA_STYLE_BAD, "  %9s", strata_ledger_state_get_name (entry->state));
  else if (width > 0)
    strata_print (STRATA_STYLE_DIM, "  %9s", time);
  strata_print (STRATA_STYLE_PLAIN, "%s%s\n", *message != '\0' ? "  " : "", message);

  if (entry->error == NULL)
    return;

  error = g_strdup_printf ("%*s%s", INDENT, "", entry->error);
  g_strdelimit (error, "\n", ' ');
  strata_print_wrapped (STRATA_STYLE_BAD, 0, error);
}

/* Ids are mostly of one length; what is longer stands out. */
static guint
id_width (GPtrArray *entries)
{
  guint width = 0;

  for (guint i = 0; i < entries->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (entries, i);

      width = MAX (width, g_utf8_strlen (entry->revision, -1));
    }

  return MIN (width, WIDEST_ID);
}

static void
print_log (GPtrArray   *entries,
           StrataGraph *graph)
{
  guint width = id_width (entries);
  guint next;

  for (guint from = 0; from < entries->len; from = next)
    {
      const StrataLedgerEntry *first = g_ptr_array_index (entries, from);

      for (next = from + 1; next < entries->len; next++)
        if (g_strcmp0 (((StrataLedgerEntry *) g_ptr_array_index (entries, next))->run, first->run) != 0)
          break;

      print_run (entries, from, next);
      for (guint i = from; i < next; i++)
        print_entry (g_ptr_array_index (entries, i), graph, width);
    }
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

  else
    print_log (log, strata_workspace_get_graph (workspace));

  return 0;
}
