/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/commands.h"

#include "cli/ask.h"
#include "cli/output.h"
#include "core/base/error.h"
#include "core/workspace/hand-over.h"

/* What it says is in the JSON already. */
#define EXIT_NEEDS_CONSENT 10

/* What the project would run, and which of it may be. */
typedef struct
{
  const char *root;
  GPtrArray  *commands;    /* StrataProjectCommand */
  GPtrArray  *missing;     /* those without consent, borrowed from commands */
} Trust;

static const char *
describe_purpose (StrataProjectCommand *command)
{
  static const char * const purposes[] = {
    [STRATA_COMMAND_ALEMBIC] = "revisions that need Python, and reading models",
    [STRATA_COMMAND_HOOK] = "after a revision was written",
    [STRATA_COMMAND_SCHEMA] = "the declared schema",
  };

  return purposes[strata_project_command_get_purpose (command)];
}

static void
print_json (const Trust *trust)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_string (builder, "project", trust->root);
  json_builder_set_member_name (builder, "commands");
  json_builder_begin_array (builder);
  for (guint i = 0; i < trust->commands->len; i++)
    {
      StrataProjectCommand *command = g_ptr_array_index (trust->commands, i);
      g_autofree char *line = strata_project_command_to_string (command);

      json_builder_begin_object (builder);
      strata_json_string (builder, "purpose",
                          strata_command_purpose_get_name (strata_project_command_get_purpose (command)));
      strata_json_string (builder, "command", line);
      strata_json_string (builder, "folder", strata_project_command_get_folder (command));
      strata_json_string (builder, "reason", strata_project_command_get_reason (command));
      json_builder_set_member_name (builder, "trusted");
      json_builder_add_boolean_value (builder, !g_ptr_array_find (trust->missing, command, NULL));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

static void
print_text (const Trust *trust)
{
  if (trust->commands->len == 0)
    strata_print (STRATA_STYLE_PLAIN, "%s would run no program\n", trust->root);

  for (guint i = 0; i < trust->commands->len; i++)
    {
      StrataProjectCommand *command = g_ptr_array_index (trust->commands, i);
      g_autofree char *line = strata_project_command_to_string (command);
      gboolean trusted = !g_ptr_array_find (trust->missing, command, NULL);

      strata_print (STRATA_STYLE_BOLD, "%s\n", line);
      strata_print_fact ("For", STRATA_STYLE_PLAIN, "%s", describe_purpose (command));
      strata_print_fact ("Why this", STRATA_STYLE_PLAIN, "%s", strata_project_command_get_reason (command));
      strata_print_fact ("Started in", STRATA_STYLE_PLAIN, "%s", strata_project_command_get_folder (command));
      strata_print_fact ("Consent", trusted ? STRATA_STYLE_GOOD : STRATA_STYLE_WARN, "%s",
                         trusted ? "given" : "not given");
    }
}

static gboolean
find_missing (Trust   *trust,
              GError **error)
{
  for (guint i = 0; i < trust->commands->len; i++)
    {
      StrataProjectCommand *command = g_ptr_array_index (trust->commands, i);
      gboolean trusted;

      if (!strata_trust_has (trust->root, command, &trusted, error))
        return FALSE;
      if (!trusted)
        g_ptr_array_add (trust->missing, command);
    }

  return TRUE;
}

static int
show (StrataCli        *cli,
      StrataWorkspace  *workspace,
      GError          **error)
{
  g_autoptr(GPtrArray) commands = strata_workspace_list_commands (workspace, error);
  g_autoptr(GPtrArray) missing = g_ptr_array_new ();
  Trust trust = { strata_project_get_root (strata_workspace_get_project (workspace)), commands, missing };

  if (commands == NULL || !find_missing (&trust, error))
    return 1;

  if (cli->options.json)
    print_json (&trust);
  else
    print_text (&trust);

  if (missing->len == 0)
    return 0;

  if (!cli->options.json && strata_ask_is_possible () && strata_ask_yes ("May Strata run this for the project, when it is"
                                                                         " needed?", FALSE))
    return strata_trust_give (trust.root, missing, error) ? 0 : 1;

  if (cli->options.json)
    return EXIT_NEEDS_CONSENT;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT,
                       "Consent was not given. On a terminal “strata trust” asks for it; --trust gives it for one call");

  return 1;
}

static int
revoke_all (StrataCli        *cli,
            StrataWorkspace  *workspace,
            GError          **error)
{
  const char *root = strata_project_get_root (strata_workspace_get_project (workspace));
  g_autoptr(JsonBuilder) builder = json_builder_new ();
  g_autofree char *count = NULL;
  guint n = 0;

  if (!strata_trust_revoke (root, &n, error))
    return 1;

  count = strata_count (n, "consent", "consents");
  if (!cli->options.json)
    {
      strata_print (STRATA_STYLE_PLAIN, "%s taken back for %s\n", count, root);
      return 0;
    }

  json_builder_begin_object (builder);
  strata_json_string (builder, "project", root);
  strata_json_int (builder, "revoked", n);
  json_builder_end_object (builder);
  strata_print_json (builder);

  return 0;
}

int
strata_cmd_trust (StrataCli  *cli,
                  GError    **error)
{
  gboolean take_back = FALSE;
  const GOptionEntry entries[] = {
    { "revoke", 0, 0, G_OPTION_ARG_NONE, &take_back, "Take back all consent that was given to the project", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 0, error);
  g_autoptr(StrataWorkspace) workspace = arguments != NULL ? strata_cli_open (cli, error) : NULL;

  if (workspace == NULL)
    return 1;

  return take_back ? revoke_all (cli, workspace, error) : show (cli, workspace, error);
}
