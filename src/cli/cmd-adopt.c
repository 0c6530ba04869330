/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <glib/gstdio.h>

#include "cli/autogenerate.h"
#include "cli/commands.h"
#include "cli/consent.h"
#include "cli/difference-view.h"
#include "cli/sides.h"
#include "core/base/error.h"
#include "core/workspace/run.h"

typedef struct
{
  char     *message;
  char     *rev_id;
  char     *format;
  char     *yes_i_mean;
  gboolean  no_stamp;
  StrataSideFlags sides;
} AdoptFlags;

static void
adopt_flags_clear (AdoptFlags *self)
{
  g_free (self->message);
  g_free (self->rev_id);
  g_free (self->format);
  g_free (self->yes_i_mean);
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

/* It is another project's, or its history begins anew. */
static gboolean
require_no_rows (const StrataTakenSide  *database,
                 GError                **error)
{
  if (database->rows == NULL || database->rows[0] == NULL)
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_UNKNOWN_REVISION, "The database says that it is at %s, which this project does not"
               " have: nothing was written. “strata rescue” looks for it; where the history is to begin anew, “strata stamp --purge"
               " --first-run base” makes the database forget it", database->rows[0]);

  return FALSE;
}

static gboolean
is_same (const StrataTakenSide *from,
         const StrataTakenSide *to)
{
  g_autoptr(StrataDiff) diff = strata_diff_new (from->picture, to->picture, &(const StrataDiffOptions) { NULL });

  return strata_diff_get_n (diff) == 0;
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

  *yes = comparison->to->kind == STRATA_SIDE_DATABASE;
  if (*yes)
    return require_no_rows (comparison->to, error);

  taken = strata_workspace_take_side (workspace, &database, options, cancellable, error);
  if (taken == NULL || !require_no_rows (taken, error))
    return FALSE;

  *yes = is_same (taken, comparison->to);
  if (*yes || is_same (comparison->from, taken))
    return TRUE;

  g_set_error (error, STRATA_ERROR, STRATA_ERROR_SCHEMA_DIFFERS, "The database is neither empty nor as %s says: “strata diff db %s”"
               " shows how they differ. --no-stamp leaves the database alone", comparison->to->title, comparison->to->title);

  return FALSE;
}

/* Before anything is written, as a stamp may be refused. */
static gboolean
may_stamp (StrataWorkspace   *workspace,
           const AdoptFlags  *flags,
           GError           **error)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, error);

  return choice != NULL && strata_database_choice_require (choice, TRUE, error) != NULL
         && strata_confirm_protected (workspace, flags->yes_i_mean, error);
}

/* What comes of it is stamped at once, or not there. */
static StrataRevision *
write_and_stamp (StrataCli                *cli,
                 StrataAutogenerate       *generated,
                 const StrataNewRevision  *options,
                 gboolean                  stamps,
                 GError                  **error)
{
  g_autoptr(StrataRevision) revision = strata_autogenerate_write (generated, options, cli->cancellable, error);

  if (revision == NULL || !stamps || stamp (cli, revision, error))
    return g_steal_pointer (&revision);

  g_unlink (strata_revision_get_path (revision));
  g_prefix_error (error, "Nothing was written, as the database could not be stamped: ");

  return NULL;
}

static void
print_next (StrataWorkspace *workspace,
            StrataRevision  *revision,
            const char      *path,
            gboolean         is_stamped)
{
  StrataProject *project = strata_workspace_get_project (workspace);
  const StrataSettings *settings = strata_project_get_settings (project);
  const char *id = strata_revision_get_id (revision);

  if (is_stamped)
    strata_print (STRATA_STYLE_PLAIN, "The database is at %s now\n", id);
  else
    strata_print (STRATA_STYLE_PLAIN, "The database was left alone: “strata upgrade” makes an empty one so, “strata stamp %s” says"
                  " of one that it is\n", id);
  if (strata_project_get_kind (project) == STRATA_PROJECT_SQL && settings->schema == NULL && settings->schema_command == NULL)
    strata_print (STRATA_STYLE_PLAIN, "Next: “schema = %s” in strata.ini%s;\n      what changes in it, “strata revision"
                  " --autogenerate” writes as a revision\n", path != NULL ? path : "schema.sql",
                  path != NULL ? "" : ", and “strata dump --output schema.sql”");
}

static void
print_written (StrataCli           *cli,
               StrataRevision      *revision,
               StrataAutogenerate  *generated,
               gboolean             is_stamped,
               const char * const  *left_out)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_string (builder, "revision", strata_revision_get_id (revision));
  strata_json_string (builder, "path", strata_revision_get_path (revision));
  strata_json_proof (builder, strata_autogenerate_get_unproven (generated));
  strata_json_bool (builder, "stamped", is_stamped);
  strata_json_strings (builder, "left_out", left_out);
  json_builder_end_object (builder);
  strata_print_json (builder);
}

/* Rows in init SQL, and what is of kinds that are not covered: only a schema is taken over, as far as it is known. */
static GStrv
list_left_out (StrataTakenSide *source)
{
  const StrataUncovered * const *uncovered = source->picture->uncovered;
  g_auto(GStrv) rows = strata_taken_side_find_rows (source);
  g_autoptr(GStrvBuilder) list = g_strv_builder_new ();

  for (guint i = 0; rows[i] != NULL; i++)
    g_strv_builder_add (list, rows[i]);
  for (guint i = 0; uncovered != NULL && uncovered[i] != NULL; i++)
    {
      g_autofree char *text = strata_uncovered_to_string (uncovered[i]);

      g_strv_builder_add (list, text);
    }

  return g_strv_builder_end (list);
}

static void
tell (StrataCli           *cli,
      StrataWorkspace     *workspace,
      StrataAutogenerate  *generated,
      StrataRevision      *revision,
      const char          *path,
      gboolean             is_stamped)
{
  StrataTakenSide *source = strata_autogenerate_get_comparison (generated)->to;

  if (cli->options.json)
    {
      g_auto(GStrv) left_out = list_left_out (source);

      print_written (cli, revision, generated, is_stamped, (const char * const *) left_out);
      return;
    }

  strata_warn_of_rows (source, "Not in the revision");
  strata_warn_of_uncovered (source, "Not in the revision");
  strata_print (STRATA_STYLE_PLAIN, "Wrote %s\n", strata_revision_get_path (revision));
  strata_cli_print_proof (cli, generated);
  print_next (workspace, revision, path, is_stamped);
}

static StrataAutogenerate *
generate (StrataCli                *cli,
          StrataWorkspace          *workspace,
          const StrataSide         *source,
          const StrataSideOptions  *options,
          GError                  **error)
{
  const StrataSide nothing = { STRATA_SIDE_EMPTY };
  StrataComparison *comparison;

  comparison = strata_workspace_compare (workspace, &nothing, source, options, NULL, cli->cancellable, error);
  if (comparison == NULL)
    {
      strata_cli_add_candidates (workspace, error);
      return NULL;
    }
  if (comparison->n_chosen == 0)
    {
      g_set_error (error, STRATA_ERROR, STRATA_ERROR_INVALID_TARGET, "There is nothing that could be adopted in %s",
                   comparison->to->title);
      strata_comparison_unref (comparison);
      return NULL;
    }

  return strata_autogenerate_new (workspace, comparison, NULL, options, TRUE, cli->cancellable, error);
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
  g_autoptr(StrataAutogenerate) generated = NULL;
  g_autoptr(StrataRevision) revision = NULL;
  gboolean stamps = FALSE;

  if (!check_project (workspace, error) || !strata_cli_prepare_sides (cli, workspace, sides, &flags->sides, &side_options, error))
    return 1;

  generated = generate (cli, workspace, &source, &side_options, error);
  if (generated == NULL
      || (!flags->no_stamp && !should_stamp (workspace, strata_autogenerate_get_comparison (generated), &side_options, &stamps,
                                             cli->cancellable, error))
      || (stamps && !may_stamp (workspace, flags, error)))
    return 1;

  revision = write_and_stamp (cli, generated, &options, stamps, error);
  if (revision == NULL)
    return 1;

  tell (cli, workspace, generated, revision, path, stamps);

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
    { "yes-i-mean", 0, 0, G_OPTION_ARG_STRING, &flags.yes_i_mean, "The protected profile that may be stamped", "NAME" },
    { "scratch", 0, 0, G_OPTION_ARG_NONE, &flags.sides.scratch, "Yes, a scratch database, where the profile wants to be asked", NULL },
    { "privileges", 0, 0, G_OPTION_ARG_NONE, &flags.sides.privileges, "What is granted belongs to it", NULL },
    G_OPTION_ENTRY_NULL,
  };
  g_auto(GStrv) arguments = strata_cli_parse (cli, entries, 0, 1, error);
  g_autoptr(StrataWorkspace) workspace = arguments != NULL ? strata_cli_open (cli, error) : NULL;

  return workspace != NULL ? adopt (cli, workspace, &flags, arguments[0], error) : 1;
}
