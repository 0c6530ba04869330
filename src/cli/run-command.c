/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/run-command.h"

#include <string.h>

#include "cli/ask.h"
#include "cli/consent.h"
#include "cli/output.h"
#include "cli/run-view.h"
#include "core/base/error.h"
#include "core/workspace/status.h"

static int
write_script (StrataCli             *cli,
              StrataWorkspace       *workspace,
              const StrataRunFlags  *flags,
              GError               **error)
{
  StrataDialect dialect = strata_cli_choose_dialect (workspace, flags->dialect, error);
  g_autoptr(JsonBuilder) builder = NULL;
  g_autofree char *script = NULL;
  StrataRunRequest request;

  if (dialect == STRATA_DIALECT_UNKNOWN)
    return 1;

  request = strata_workspace_run_request (workspace, dialect, &flags->run);
  script = strata_script_write (&request, dialect, error);
  if (script == NULL)
    return 1;

  if (!cli->options.json)
    {
      strata_print (STRATA_STYLE_PLAIN, "%s", script);
      return 0;
    }

  builder = json_builder_new ();
  json_builder_begin_object (builder);
  strata_json_string (builder, "dialect", strata_dialect_get_name (dialect));
  strata_json_string (builder, "sql", script);
  json_builder_end_object (builder);
  strata_print_json (builder);

  return 0;
}

static char *
describe_loss (const StrataPreviewLoss *loss)
{
  switch (loss->kind)
    {
    case STRATA_LOSS_TABLE:
      return g_strdup_printf ("table %s", loss->name);
    case STRATA_LOSS_COLUMN:
      return g_strdup_printf ("column %s of %s", loss->column, loss->name);
    case STRATA_LOSS_ROWS:
      return g_strdup_printf ("all rows of %s", loss->name);
    case STRATA_LOSS_MORE:
    default:
      return g_strdup_printf ("%s and what depends on it", loss->name);
    }
}

static void
print_loss (const StrataPreview     *preview,
            const StrataPreviewLoss *loss)
{
  const StrataStep *step = strata_plan_get_step (preview->plan, loss->step);
  g_autofree char *rows = loss->known == STRATA_ROWS_COUNTED || loss->known == STRATA_ROWS_ESTIMATED
                          ? g_strdup_printf (" (%s%" G_GINT64_FORMAT " %s)",
                                             loss->known == STRATA_ROWS_ESTIMATED ? "about " : "", loss->rows,
                                             loss->rows == 1 ? "row" : "rows")
                          : g_strdup ("");

  g_autofree char *what = describe_loss (loss);

  strata_print (STRATA_STYLE_WARN, "Would be lost: %s%s, by %s line %u\n", what, rows,
                strata_revision_get_id (step->revision), loss->line);
}

/* What is lost of what is there now; what an earlier step of the same run makes is no loss. */
static void
print_losses (const StrataPreview *preview)
{
  for (guint i = 0; i < preview->losses->len; i++)
    if (strata_preview_loss_is_real (g_ptr_array_index (preview->losses, i)))
      print_loss (preview, g_ptr_array_index (preview->losses, i));
}

/* What is not known of a step before it runs. */
static const char *
describe_unknown (const StrataPreview *preview,
                  guint                step)
{
  StrataStepScript *script = strata_preview_get_script (preview, step);

  if (step < preview->python->len && g_ptr_array_index (preview->python, step) != NULL)
    return "  (by the project's Alembic: it needs Python)";
  if (script != NULL && strata_step_script_is_live (script))
    return "  (reads the database: what it runs, and may lose, is known when it runs)";

  return "";
}

static void
print_plan (StrataPlan          *plan,
            const StrataPreview *preview,
            const char          *database)
{
  guint n = strata_plan_get_n_steps (plan);
  g_autofree char *steps = strata_count (n, "step", "steps");
  g_autofree char *after = g_strjoinv (", ", (char **) strata_plan_get_heads_after (plan));

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *line = strata_step_to_string (strata_plan_get_step (plan, i));

      strata_print (STRATA_STYLE_PLAIN, "%s", line);
      strata_print (STRATA_STYLE_DIM, "%s\n", describe_unknown (preview, i));
    }

  print_losses (preview);
  strata_print (STRATA_STYLE_DIM, "%s; %s would be at %s. Nothing was changed.\n", steps, database,
                *after != '\0' ? after : "base");
}

static int
show_plan (StrataCli             *cli,
           StrataWorkspace       *workspace,
           StrataConnection      *connection,
           const StrataRunFlags  *flags,
           const char            *database,
           GError               **error)
{
  StrataRunRequest request = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection),
                                                           &flags->run);
  g_autoptr(StrataPlan) plan = strata_engine_plan (connection, &request, cli->cancellable, error);

  g_autoptr(StrataPreview) preview = NULL;

  if (plan == NULL)
    return 1;

  preview = strata_workspace_preview (workspace, connection, &flags->run, cli->cancellable, error);
  if (preview == NULL)
    return 1;

  if (cli->options.json)
    strata_json_plan (plan, preview, database);
  else
    {
      print_plan (plan, preview, database);
      if (preview->refusal != NULL)
        strata_warn ("But the run would be refused: %s", preview->refusal->message);
    }

  return 0;
}

/* Without a terminal the engine decides by itself; with one, a first run is the moment to notice a wrong database. */
static gboolean
confirm_first_run (StrataCli         *cli,
                   StrataWorkspace   *workspace,
                   StrataConnection  *connection,
                   StrataRunOptions  *options,
                   const char        *database,
                   GError           **error)
{
  static const char * const states[] = {
    [STRATA_FIRST_RUN_NO] = NULL,
    [STRATA_FIRST_RUN_EMPTY] = "which is empty",
    [STRATA_FIRST_RUN_OURS] = "whose version rows are this project's",
    [STRATA_FIRST_RUN_STRANGE] = "which is not empty and does not look like this project's",
  };
  StrataRunRequest request = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection),
                                                           options);
  g_autofree char *question = NULL;
  StrataFirstRun state;

  if (options->first_run_accepted || !strata_ask_is_possible ())
    return TRUE;
  if (!strata_first_run_check (connection, &request, &state, cli->cancellable, error))
    return FALSE;
  if (state == STRATA_FIRST_RUN_NO)
    return TRUE;

  question = g_strdup_printf ("This project has never run on %s, %s. Continue?", database, states[state]);
  options->first_run_accepted = strata_ask_yes (question, state != STRATA_FIRST_RUN_STRANGE);
  if (!options->first_run_accepted)
    g_set_error (error, STRATA_ERROR, STRATA_ERROR_REFUSED, "Nothing was changed on %s", database);

  return options->first_run_accepted;
}

/* The engine asks by refusing; a person at the terminal may answer, and it runs again with the answer. */
static gboolean
answer_question (const StrataRunReport *report,
                 StrataRunOptions      *options)
{
  g_autofree char *question = NULL;
  g_autofree char *answer = NULL;

  if (report->question != STRATA_QUESTION_IN_FLIGHT || !strata_ask_is_possible ())
    return FALSE;

  question = g_strdup_printf ("%s\nType “repeat” to run that statement again, “skip” to take it as done:",
                              report->in_database);
  answer = strata_ask_line (question);

  return strata_in_flight_from_name (answer, &options->in_flight);
}

/* A merge has none, by its nature; elsewhere the file was perhaps not saved yet. */
static void
print_empty_steps (StrataWorkspace       *workspace,
                   const StrataRunReport *report)
{
  StrataGraph *graph = strata_workspace_get_graph (workspace);

  for (guint i = 0; i < report->steps->len; i++)
    {
      const StrataStepReport *step = g_ptr_array_index (report->steps, i);
      guint node = step->kind == STRATA_STEP_UPGRADE && step->statements->len == 0 && step->state == STRATA_STEP_DONE
                   && !step->by_alembic
                   ? strata_graph_find (graph, step->revision) : STRATA_NO_NODE;

      if (node != STRATA_NO_NODE && !(strata_graph_get_flags (graph, node) & STRATA_NODE_MERGEPOINT))
        strata_print (STRATA_STYLE_WARN, "%s has no statement: only its version row was written\n", step->revision);
    }
}

/* Why a script does not fit what it should take back. */
static void
print_if_edited (StrataCli              *cli,
                 StrataConnection       *connection,
                 const StrataRunRequest *request,
                 const StrataRunReport  *report)
{
  const char *revision = report->failure != NULL ? report->failure->revision : NULL;
  g_autoptr(StrataApplied) applied = NULL;

  if (revision == NULL || request->kind != STRATA_RUN_DOWNGRADE)
    return;

  applied = strata_applied_read (connection, request, cli->cancellable, NULL);
  for (guint i = 0; applied != NULL && i < applied->edited->len; i++)
    {
      const StrataEditedRevision *edited = g_ptr_array_index (applied->edited, i);

      if (g_str_equal (strata_revision_get_id (edited->revision), revision))
        strata_print_fact ("Edited", STRATA_STYLE_WARN,
                           "%s was changed after it was applied; “strata show %s --edited” shows how", revision, revision);
    }
}

/* The failure is told here, with what it left behind, and not once more by main(). */
static int
show_result (StrataCli               *cli,
             StrataWorkspace         *workspace,
             StrataConnection        *connection,
             const StrataRunRequest  *request,
             StrataRunReport         *report,
             const char              *database,
             const GError            *error)
{
  if (cli->options.json)
    strata_json_report (report, database, error);
  else if (error != NULL)
    {
      strata_warn ("%s", error->message);
      strata_output_to_stderr (cli->options.no_color);
      strata_print_failure (report);
      print_if_edited (cli, connection, request, report);
    }
  else if (!cli->options.quiet)
    {
      print_empty_steps (workspace, report);
      strata_print_success (report, database);
    }

  return error != NULL ? strata_workspace_error_exit_status (error) : 0;
}

static int
run (StrataCli             *cli,
     StrataWorkspace       *workspace,
     StrataConnection      *connection,
     StrataRunOptions       options,
     const char            *database,
     StrataRunView         *view)
{
  g_autoptr(StrataRunReport) report = NULL;
  g_autoptr(GError) error = NULL;
  StrataRunRequest request;

  do
    {
      request = strata_workspace_run_request (workspace, strata_connection_get_dialect (connection), &options);
      g_clear_pointer (&report, strata_run_report_unref);
      g_clear_error (&error);
      report = strata_engine_run (connection, &request, strata_run_view_event, view, cli->cancellable, &error);
      strata_run_view_done (view);
    }
  while (error != NULL && answer_question (report, &options));

  return show_result (cli, workspace, connection, &request, report, database, error);
}

int
strata_run_command (StrataCli             *cli,
                    StrataWorkspace       *workspace,
                    const StrataRunFlags  *flags,
                    GError               **error)
{
  g_autoptr(StrataRunView) view = strata_run_view_new (cli->options.json || cli->options.quiet);
  const StrataConnectRequest request = {
    .command = cli->command->name,
    .writable = !flags->dry_run,
    .ask_password = strata_ask_is_possible (),
    .wait_ms = flags->connect_wait_ms,
    .waiting = strata_run_view_connecting,
    .user_data = view,
  };
  g_autoptr(StrataConnection) connection = NULL;
  g_autofree char *database = NULL;
  StrataRunOptions options = flags->run;
  StrataDatabaseChoice *choice;

  if (flags->sql)
    return write_script (cli, workspace, flags, error);

  choice = strata_workspace_get_choice (workspace, error);
  if (choice == NULL || strata_database_choice_require (choice, !flags->dry_run, error) == NULL)
    return 1;
  database = strata_url_to_string (strata_database_choice_get_url (choice));

  if (!flags->dry_run && !strata_confirm_protected (workspace, flags->yes_i_mean, error))
    return 1;

  connection = strata_workspace_connect (workspace, &request, cli->cancellable, error);
  strata_run_view_done (view);
  if (connection == NULL)
    {
      strata_cli_add_candidates (workspace, error);
      return 1;
    }

  if (flags->dry_run)
    return show_plan (cli, workspace, connection, flags, database, error);

  if (!confirm_first_run (cli, workspace, connection, &options, database, error)
      || !strata_confirm_hand_over (cli, workspace, connection, &options, error))
    return 1;

  return run (cli, workspace, connection, options, database, view);
}
