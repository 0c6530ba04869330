/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "cli/ask.h"
#include "cli/cli.h"
#include "cli/interrupt.h"
#include "cli/output.h"
#include "cli/streams.h"
#include "core/base/error.h"

static gboolean
wants_json (char **argv)
{
  for (guint i = 1; argv[i] != NULL; i++)
    if (strcmp (argv[i], "--json") == 0)
      return TRUE;

  return FALSE;
}

static void
print_error (const GError *error,
             gboolean      json)
{
  g_autofree char *text = g_utf8_make_valid (error->message, -1);

  if (json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      strata_json_string (builder, "code", strata_workspace_error_name (error));
      strata_json_string (builder, "message", text);
      json_builder_end_object (builder);
      json_builder_end_object (builder);
      strata_print_json (builder);
    }
  else
    strata_warn ("%s", text);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(StrataCli) cli = NULL;
  g_autoptr(GError) error = NULL;
  int status = 0;

  strata_streams_init ();
  setlocale (LC_ALL, "");
  /* What is typed in answer to it is English, and scripts read it: it says the same everywhere, to the system's last word. */
  setlocale (LC_MESSAGES, "C");

  strata_output_init (FALSE);
  cli = strata_cli_new (argc, argv, &error);
  if (cli != NULL)
    {
      strata_interrupt_watch (cli->cancellable);
      strata_ask_init (cli->cancellable);
      status = cli->command->run (cli, &error);
    }

  /* Ctrl-C at a question is no answer. */
  if (g_error_matches (error, STRATA_ERROR, STRATA_ERROR_REFUSED) && g_cancellable_is_cancelled (cli->cancellable))
    {
      g_clear_error (&error);
      g_set_error_literal (&error, STRATA_ERROR, STRATA_ERROR_CANCELLED, "Cancelled: nothing was changed");
    }

  if (error != NULL)
    {
      print_error (error, wants_json (argv));
      status = strata_workspace_error_exit_status (error);
    }

  return status;
}
