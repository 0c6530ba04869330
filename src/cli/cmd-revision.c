/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>
#include <glib/gstdio.h>

#include "cli/ask.h"
#include "cli/autogenerate.h"
#include "cli/commands.h"
#include "cli/output.h"
#include "cli/sides.h"
#include "core/base/error.h"
#include "core/workspace/author.h"
#include "core/workspace/hooks.h"
#include "core/workspace/proof.h"
#include "core/workspace/revert.h"

typedef struct
{
  char     *message;
  char     *head;
  gboolean  splice;
  GStrv     labels;
  GStrv     depends_on;
  char     *rev_id;
  char     *version_path;
  char     *format;
  gboolean  mixed;
  gboolean  trust;
  gboolean  no_hooks;
  gboolean  autogenerate;
  StrataAutogenerateFlags generated;
} RevisionFlags;

static void
revision_flags_clear (RevisionFlags *self)
{
  g_free (self->message);
  g_free (self->head);
  g_strfreev (self->labels);
  g_strfreev (self->depends_on);
  g_free (self->rev_id);
  g_free (self->version_path);
  g_free (self->format);
  g_strfreev (self->generated.renames);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (RevisionFlags, revision_flags_clear)

static StrataNewRevision
to_options (const RevisionFlags *flags)
{
  return (StrataNewRevision) {
    .message = flags->message,
    .head = flags->head,
    .splice = flags->splice,
    .branch_labels = (const char * const *) flags->labels,
    .depends_on = (const char * const *) flags->depends_on,
    .rev_id = flags->rev_id,
    .version_path = flags->version_path,
    .format = flags->format,
    .accept_mixed = flags->mixed,
  };
}

static void
print_written (StrataCli          *cli,
               StrataRevision     *revision,
               gboolean            is_tried,
               const char         *unproven)
{
  if (cli->options.json)
    {
      g_autoptr(JsonBuilder) builder = json_builder_new ();

      json_builder_begin_object (builder);
      strata_json_string (builder, "revision", strata_revision_get_id (revision));
      strata_json_string (builder, "path", strata_revision_get_path (revision));
      strata_json_strings (builder, "down_revision", strata_revision_get_down_revisions (revision));
      if (is_tried)
        strata_json_proof (builder, unproven);
      json_builder_end_object (builder);
      strata_print_json (builder);
    }
  else if (strata_revision_get_format (revision) == STRATA_REVISION_PYTHON)
    strata_print (STRATA_STYLE_PLAIN, "  Generating %s ...  done\n", strata_revision_get_path (revision));
  else
    strata_print (STRATA_STYLE_PLAIN, "Wrote %s\n", strata_revision_get_path (revision));
}

/* Writing the first .sql revision into an Alembic project is asked once; everything else is told or refused. */
static StrataRevision *
create (StrataCli            *cli,
        StrataWorkspace      *workspace,
        StrataAutogenerate   *generated,
        char                **revisions,
        StrataNewRevision     options,
        GError              **error)
{
  StrataProject *project = strata_workspace_get_project (workspace);
  g_autoptr(GError) local = NULL;
  StrataRevision *revision;

  if (generated != NULL)
    revision = strata_autogenerate_write (generated, &options, cli->cancellable, &local);
  else if (revisions != NULL)
    revision = strata_project_create_merge (project, (const char * const *) revisions, &options, &local);
  else
    revision = strata_project_create_revision (project, &options, &local);

  if (!options.accept_mixed && g_error_matches (local, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT)
      && strata_ask_is_possible ())
    {
      g_autofree char *question = g_strconcat (local->message, ". Continue?", NULL);

      options.accept_mixed = strata_ask_yes (question, FALSE);
      if (options.accept_mixed)
        return create (cli, workspace, generated, revisions, options, error);
    }

  if (revision == NULL)
    g_propagate_error (error, g_steal_pointer (&local));

  return revision;
}

/* Once for each command line, as everything that a project wants to run. */
static gboolean
ask_for_hooks (StrataWorkspace  *workspace,
               gboolean         *skip,
               GError          **error)
{
  g_autoptr(GPtrArray) hooks = strata_workspace_find_new_hooks (workspace, error);
  g_autoptr(GString) question = g_string_new ("The project wants to run for the new file:\n");

  if (hooks == NULL)
    return FALSE;
  if (hooks->len == 0 || !strata_ask_is_possible ())
    return TRUE;

  for (guint i = 0; i < hooks->len; i++)
    {
      g_autofree char *line = strata_project_command_to_string (g_ptr_array_index (hooks, i));

      g_string_append_printf (question, "  %s (%s)\n", line, strata_project_command_get_reason (g_ptr_array_index (hooks, i)));
    }
  g_string_append (question, "Do you agree, for this project, from now on?");
  *skip = !strata_ask_yes (question->str, FALSE);

  return *skip || strata_trust_give (strata_project_get_root (strata_workspace_get_project (workspace)), hooks, error);
}

static void
print_begin (StrataProjectCommand *hook,
             gpointer              data)
{
  strata_print (STRATA_STYLE_PLAIN, "  Running %s ...\n", strata_project_command_get_reason (hook));
}

static void
print_line (const char *line,
            gpointer    data)
{
  strata_print (STRATA_STYLE_PLAIN, "%s\n", line);
}

static gboolean
run_hooks (StrataCli            *cli,
           StrataWorkspace      *workspace,
           const RevisionFlags  *flags,
           StrataRevision       *revision,
           GError              **error)
{
  const StrataHookRun run = {
    .trusted = flags->trust,
    .begin = cli->options.json ? NULL : print_begin,
    .line = cli->options.json ? NULL : print_line,
  };
  gboolean skip = flags->no_hooks || strata_revision_get_format (revision) != STRATA_REVISION_PYTHON;

  if (!skip && !flags->trust && !ask_for_hooks (workspace, &skip, error))
    return FALSE;

  return skip || strata_workspace_run_hooks (workspace, strata_revision_get_path (revision), &run, cli->cancellable, error);
}

static int
write_revision (StrataCli            *cli,
                const GOptionEntry   *entries,
                const RevisionFlags  *flags,
                gboolean              merge,
                GError              **error)
{
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, merge, merge ? -1 : 0, error);
  g_autoptr(StrataWorkspace) workspace = NULL;
  g_autoptr(StrataAutogenerate) generated = NULL;
  g_autoptr(StrataRevision) revision = NULL;

  if (arguments == NULL || (workspace = strata_cli_open (cli, error)) == NULL)
    return 1;

  if (flags->autogenerate)
    {
      generated = strata_cli_autogenerate (cli, workspace, &flags->generated, flags->trust, error);
      if (generated == NULL)
        return 1;
      if (strata_cli_is_up_to_date (cli, generated, &flags->generated))
        return 0;
    }

  revision = create (cli, workspace, generated, merge ? arguments : NULL, to_options (flags), error);
  if (revision == NULL)
    return 1;

  print_written (cli, revision, generated != NULL, generated != NULL ? strata_autogenerate_get_unproven (generated) : NULL);
  if (generated != NULL)
    strata_cli_print_proof (cli, generated);

  return run_hooks (cli, workspace, flags, revision, error) ? 0 : 1;
}

int
strata_cmd_revision (StrataCli  *cli,
                     GError    **error)
{
  g_auto(RevisionFlags) flags = { 0 };
  const GOptionEntry entries[] = {
    { "message", 'm', 0, G_OPTION_ARG_STRING, &flags.message, "What it does, in a line", "TEXT" },
    { "head", 0, 0, G_OPTION_ARG_STRING, &flags.head, "The revision to build on; “base” starts anew (head)", "REVISION" },
    { "splice", 0, 0, G_OPTION_ARG_NONE, &flags.splice, "Build on a revision that is no head", NULL },
    { "branch-label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.labels, "Name of the branch that begins here", "LABEL" },
    { "depends-on", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.depends_on, "Another revision that must be applied", "REVISION" },
    { "rev-id", 0, 0, G_OPTION_ARG_STRING, &flags.rev_id, "Its id, if not a random one", "ID" },
    { "version-path", 0, 0, G_OPTION_ARG_STRING, &flags.version_path, "The folder to write to, of several", "FOLDER" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &flags.format, "sql or py, if not the project's own", "FORMAT" },
    { "mixed", 0, 0, G_OPTION_ARG_NONE, &flags.mixed, "Yes, a .sql revision in an Alembic project", NULL },
    { "trust", 0, 0, G_OPTION_ARG_NONE, &flags.trust, "Run the project's programs and post-write hooks without asking", NULL },
    { "no-hooks", 0, 0, G_OPTION_ARG_NONE, &flags.no_hooks, "Do not run the hooks", NULL },
    { "autogenerate", 0, 0, G_OPTION_ARG_NONE, &flags.autogenerate, "Write what gets the database to the models or the declared"
      " schema, and back", NULL },
    { "rename", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.generated.renames, "It was renamed: users=people, users.name=full_name",
      "OLD=NEW" },
    { "drop-tables", 0, 0, G_OPTION_ARG_NONE, &flags.generated.expects_drops, "Yes, most of the tables", NULL },
    { "empty", 0, 0, G_OPTION_ARG_NONE, &flags.generated.writes_empty, "Write it where there is nothing to do too", NULL },
    { "scratch", 0, 0, G_OPTION_ARG_NONE, &flags.generated.scratch, "Yes, a scratch database, where the profile wants to be asked",
      NULL },
    { "privileges", 0, 0, G_OPTION_ARG_NONE, &flags.generated.privileges, "What is granted counts too", NULL },
    G_OPTION_ENTRY_NULL,
  };

  return write_revision (cli, entries, &flags, FALSE, error);
}

int
strata_cmd_merge (StrataCli  *cli,
                  GError    **error)
{
  g_auto(RevisionFlags) flags = { 0 };
  const GOptionEntry entries[] = {
    { "message", 'm', 0, G_OPTION_ARG_STRING, &flags.message, "What it does, in a line", "TEXT" },
    { "splice", 0, 0, G_OPTION_ARG_NONE, &flags.splice, "Join revisions that are no heads", NULL },
    { "branch-label", 0, 0, G_OPTION_ARG_STRING_ARRAY, &flags.labels, "Name of the branch that begins here", "LABEL" },
    { "rev-id", 0, 0, G_OPTION_ARG_STRING, &flags.rev_id, "Its id, if not a random one", "ID" },
    { "version-path", 0, 0, G_OPTION_ARG_STRING, &flags.version_path, "The folder to write to, of several", "FOLDER" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &flags.format, "sql or py, if not the project's own", "FORMAT" },
    { "mixed", 0, 0, G_OPTION_ARG_NONE, &flags.mixed, "Yes, a .sql revision in an Alembic project", NULL },
    { "trust", 0, 0, G_OPTION_ARG_NONE, &flags.trust, "Run the project's post-write hooks without asking", NULL },
    { "no-hooks", 0, 0, G_OPTION_ARG_NONE, &flags.no_hooks, "Do not run them", NULL },
    G_OPTION_ENTRY_NULL,
  };

  return write_revision (cli, entries, &flags, TRUE, error);
}

/* Written, and taken away where it does not run. */
static StrataRevision *
revert (StrataCli            *cli,
        StrataWorkspace      *workspace,
        const RevisionFlags  *flags,
        const char           *symbol,
        char                **unproven,
        GError              **error)
{
  const StrataSide database = { STRATA_SIDE_DATABASE };
  const StrataSide *sides[] = { &database, NULL };
  const StrataSideFlags side_flags = { .scratch = flags->generated.scratch };
  const StrataNewRevision options = to_options (flags);
  StrataSideOptions side_options;
  g_autoptr(StrataRevision) revision = NULL;

  if (!strata_cli_prepare_sides (cli, workspace, sides, &side_flags, &side_options, error))
    return NULL;

  revision = strata_workspace_revert (workspace, symbol, &options, error);
  if (revision == NULL || strata_workspace_prove (workspace, revision, &side_options, unproven, cli->cancellable, error))
    return g_steal_pointer (&revision);

  g_unlink (strata_revision_get_path (revision));
  g_prefix_error (error, "Nothing was written, as %s can't be undone by its downgrade from where the revisions end: ", symbol);

  return NULL;
}

int
strata_cmd_revert (StrataCli  *cli,
                   GError    **error)
{
  g_auto(RevisionFlags) flags = { 0 };
  const GOptionEntry entries[] = {
    { "message", 'm', 0, G_OPTION_ARG_STRING, &flags.message, "What it does, in a line", "TEXT" },
    { "head", 0, 0, G_OPTION_ARG_STRING, &flags.head, "The revision to build on (head)", "REVISION" },
    { "rev-id", 0, 0, G_OPTION_ARG_STRING, &flags.rev_id, "Its id, if not a random one", "ID" },
    { "version-path", 0, 0, G_OPTION_ARG_STRING, &flags.version_path, "The folder to write to, of several", "FOLDER" },
    { "trust", 0, 0, G_OPTION_ARG_NONE, &flags.trust, "Run the project's post-write hooks without asking", NULL },
    { "no-hooks", 0, 0, G_OPTION_ARG_NONE, &flags.no_hooks, "Do not run them", NULL },
    { "scratch", 0, 0, G_OPTION_ARG_NONE, &flags.generated.scratch, "Yes, a scratch database, where the profile wants to be asked",
      NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 1, 1, error);
  g_autoptr(StrataWorkspace) workspace = arguments != NULL ? strata_cli_open (cli, error) : NULL;
  g_autoptr(StrataRevision) revision = NULL;
  g_autofree char *unproven = NULL;

  if (workspace == NULL)
    return 1;

  revision = revert (cli, workspace, &flags, arguments[0], &unproven, error);
  if (revision == NULL)
    return 1;

  print_written (cli, revision, TRUE, unproven);
  if (unproven != NULL)
    strata_warn ("Not proven in a scratch database: %s", unproven);
  else if (!cli->options.json && !cli->options.quiet)
    strata_print (STRATA_STYLE_PLAIN, "  Tried in a scratch database: the upgrade runs, the downgrade gives what was\n");

  return run_hooks (cli, workspace, &flags, revision, error) ? 0 : 1;
}
