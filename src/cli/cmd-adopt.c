/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/autogenerate.h"
#include "cli/commands.h"
#include "cli/sides.h"
#include "core/base/error.h"
#include "core/workspace/run.h"

typedef struct
{
  char     *message;
  char     *rev_id;
  char     *format;
  gboolean  no_stamp;
  StrataSideFlags sides;
} AdoptFlags;

static void
adopt_flags_clear (AdoptFlags *self)
{
  g_free (self->message);
  g_free (self->rev_id);
  g_free (self->format);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (AdoptFlags, adopt_flags_clear)

/* The first revision of all: what there is was made by nobody's revisions. */
static gboolean
check_project (StrataWorkspace  *workspace,
               GError          **error)
{
  if (strata_graph_get_n_nodes (strata_workspace_get_graph (workspace)) == 0)
    return TRUE;

  g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_REFUSED, "The project has revisions already: adopt writes the first one."
                       " “strata revision --autogenerate” writes the next, “strata stamp” says where a database is");

  return FALSE;
}

static gboolean
stamp (StrataCli       *cli,
       StrataRevision  *revision,
       GError         **error)
{
  g_autoptr(StrataWorkspace) workspace = strata_cli_open (cli, error);
  const StrataConnectRequest connect = { .command = "adopt", .writable = TRUE, .ask_password = TRUE };
  const char *targets[] = { strata_revision_get_id (revision), NULL };
  StrataRunOptions options = STRATA_RUN_OPTIONS_INIT;
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(StrataRunReport) report = NULL;
  g_autoptr(GError) local = NULL;
  StrataRunRequest request;

  if (workspace != NULL)
    connection = strata_workspace_connect (workspace, &connect, cli->cancellable, error);
  if (connection == NULL)
    return FALSE;

  options.kind = STRATA_RUN_STAMP;
  options.targets = targets;
  options.first_run_accepted = TRUE;
  request = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection), &options);
  report = strata_engine_run (connection, &request, NULL, NULL, cli->cancellable, &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));

  return FALSE;
}

/* The database itself; or files, where the database has to be just that to be stamped, and may also be empty. */
static gboolean
should_stamp (StrataWorkspace          *workspace,
              StrataComparison         *comparison,
              const StrataSideOptions  *options,
              gboolean                 *yes,
              GCancellable             *cancellable,
              GError                  **error)
{
  const StrataSide database = { STRATA_SIDE_DATABASE };
  g_autoptr(StrataTakenSide) taken = NULL;
  g_autoptr(StrataDiff) diff = NULL;

  *yes = comparison->to->kind == STRATA_SIDE_DATABASE;
  if (*yes)
    return TRUE;

  taken = strata_workspace_take_side (workspace, &database, options, cancellable, error);
  if (taken == NULL)
    return FALSE;

  diff = strata_diff_new (taken->picture, comparison->to->picture, &(const StrataDiffOptions) { NULL });
  *yes = strata_diff_get_n (diff) == 0;
  if (*yes || taken->picture->n_objects == 0)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_SCHEMA_DIFFERS, "The database is neither empty nor as %s says: “strata diff db %s”"
               " shows how they differ. --no-stamp leaves the database alone", comparison->to->title, comparison->to->title);

  return FALSE;
}

static void
print_written (StrataCli          *cli,
               StrataRevision     *revision,
               StrataAutogenerate *generated,
               gboolean            is_stamped)
{
  g_autoptr(JsonBuilder) builder = NULL;

  if (!cli->options.json)
    {
      strata_print (STRATA_STYLE_PLAIN, "Wrote %s\n", strata_revision_get_path (revision));
      strata_cli_print_proof (cli, generated);
      if (is_stamped)
        strata_print (STRATA_STYLE_PLAIN, "The database is at %s now\n", strata_revision_get_id (revision));
      return;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  strata_json_string (builder, "revision", strata_revision_get_id (revision));
  strata_json_string (builder, "path", strata_revision_get_path (revision));
  strata_json_autogenerate (builder, generated);
  json_builder_set_member_name (builder, "stamped");
  json_builder_add_boolean_value (builder, is_stamped);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

static int
adopt (StrataCli         *cli,
       StrataWorkspace   *workspace,
       const AdoptFlags  *flags,
       const char        *path,
       GError           **error)
{
  const StrataSide nothing = { STRATA_SIDE_EMPTY };
  const StrataSide source = { path != NULL ? STRATA_SIDE_FILE : STRATA_SIDE_DATABASE, path };
  const StrataSide *sides[] = { &source, &nothing, NULL };
  const StrataNewRevision options = {
    .message = flags->message != NULL ? flags->message : "baseline",
    .rev_id = flags->rev_id,
    .format = flags->format,
  };
  StrataSideOptions side_options;
  StrataComparison *comparison;
  g_autoptr(StrataAutogenerate) generated = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  gboolean stamps = FALSE;

  if (!check_project (workspace, error) || !strata_cli_prepare_sides (cli, workspace, sides, &flags->sides, &side_options, error))
    return 1;

  comparison = strata_workspace_compare (workspace, &nothing, &source, &side_options, NULL, cli->cancellable, error);
  if (comparison == NULL)
    return 1;
  if (comparison->n_chosen == 0)
    {
      strata_comparison_unref (comparison);
      g_set_error_literal (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET, "There is nothing in it that could be adopted");
      return 1;
    }

  generated = strata_autogenerate_new (workspace, comparison, NULL, &side_options, TRUE, cli->cancellable, error);
  if (generated == NULL
      || (!flags->no_stamp && !should_stamp (workspace, comparison, &side_options, &stamps, cli->cancellable, error)))
    return 1;

  revision = strata_autogenerate_write (generated, &options, cli->cancellable, error);
  if (revision == NULL || (stamps && !stamp (cli, revision, error)))
    return 1;

  print_written (cli, revision, generated, stamps);

  return 0;
}

int
strata_cmd_adopt (StrataCli  *cli,
                  GError    **error)
{
  g_auto(AdoptFlags) flags = { 0 };
  const GOptionEntry entries[] = {
    { "message", 'm', 0, G_OPTION_ARG_STRING, &flags.message, "What it is, in a line (baseline)", "TEXT" },
    { "rev-id", 0, 0, G_OPTION_ARG_STRING, &flags.rev_id, "Its id, if not a random one", "ID" },
    { "format", 0, 0, G_OPTION_ARG_STRING, &flags.format, "sql or py, if not the project's own", "FORMAT" },
    { "no-stamp", 0, 0, G_OPTION_ARG_NONE, &flags.no_stamp, "Leave the database alone", NULL },
    { "scratch", 0, 0, G_OPTION_ARG_NONE, &flags.sides.scratch, "Yes, a scratch database, where the profile wants to be asked", NULL },
    { "privileges", 0, 0, G_OPTION_ARG_NONE, &flags.sides.privileges, "What is granted belongs to it", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 1, error);
  g_autoptr(StrataWorkspace) workspace = arguments != NULL ? strata_cli_open (cli, error) : NULL;

  return workspace != NULL ? adopt (cli, workspace, &flags, arguments[0], error) : 1;
}
