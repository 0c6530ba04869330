/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/cli.h"
#include "cli/ask.h"
#include "cli/output.h"

#define CANNOT_CONNECT 7

void
strata_cli_warn_of_password (const char *url)
{
  g_autoptr(StrataUrl) parsed = strata_url_parse (url, NULL);

  if (parsed != NULL && strata_url_get_password (parsed) != NULL)
    strata_warn ("A password on the command line is seen by everybody who lists processes, and stays in the shell's "
                 "history: STRATA_PASSWORD, --password-stdin or ~/.pgpass keep it to you");
}

StrataWorkspace *
strata_cli_open (StrataCli  *self,
                 GError    **error)
{
  g_auto(GStrv) environment = g_get_environ ();
  const StrataWorkspaceRequest request = {
    .project = {
      .configs = (const char * const *) self->options.config,
      .section = self->options.section,
      .x_args = (const char * const *) self->options.x_arguments,
      .environ = (const char * const *) environment,
    },
    .profile = self->options.profile,
    .url = self->options.url,
    .password_stdin = self->options.password_stdin,
  };

  /* The first moment at which all options are known. */
  strata_output_init (self->options.no_color);
  if (self->options.url != NULL)
    strata_cli_warn_of_password (self->options.url);

  return strata_workspace_open (&request, error);
}

void
strata_cli_add_candidates (StrataWorkspace  *workspace,
                           GError          **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);
  GPtrArray *candidates = choice != NULL && strata_database_choice_get_url (choice) != NULL
                          ? strata_database_choice_get_candidates (choice) : NULL;
  g_autoptr(GString) text = g_string_new ((*error)->message);

  if (candidates == NULL || candidates->len == 0
      || strata_workspace_error_exit_status (*error) != CANNOT_CONNECT)
    return;

  g_string_append (text, "\nPerhaps it is this one:");
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);

      g_string_append_printf (text, "\n  %s  (%s)", candidate->advice, candidate->reason);
    }

  g_free ((*error)->message);
  (*error)->message = g_strdup (text->str);
}

StrataConnection *
strata_cli_connect (StrataCli        *self,
                    StrataWorkspace  *workspace,
                    GError          **error)
{
  const StrataConnectRequest request = {
    .command = self->command->name,
    .ask_password = strata_ask_is_possible (),
  };

  StrataConnection *connection = strata_workspace_connect (workspace, &request, self->cancellable, error);

  if (connection == NULL)
    strata_cli_add_candidates (workspace, error);

  return connection;
}

GStrv
strata_cli_read_rows (StrataCli        *self,
                      StrataWorkspace  *workspace,
                      GError          **error)
{
  g_autoptr(StrataConnection) connection = strata_cli_connect (self, workspace, error);

  return connection != NULL ? strata_workspace_read_rows (workspace, connection, self->cancellable, error) : NULL;
}
