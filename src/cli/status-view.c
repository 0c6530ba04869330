/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/status-view.h"

#include <string.h>

#include "cli/ask.h"
#include "cli/output.h"

/* More pending revisions than this are counted, not listed. */
#define LISTED 8

/* Of what belongs to the line above. */
#define INDENT 4

static void
print_finding (const StrataFinding *finding)
{
  static const StrataStyle styles[] = {
    [STRATA_SEVERITY_NOTE] = STRATA_STYLE_DIM,
    [STRATA_SEVERITY_WARNING] = STRATA_STYLE_WARN,
    [STRATA_SEVERITY_ERROR] = STRATA_STYLE_BAD,
  };
  g_autofree char *text = strata_finding_to_string (finding);
  const char *file = strata_finding_get_place (finding).file;
  g_autofree char *shown = file != NULL ? strata_shown_path (file) : NULL;
  g_autofree char *line = NULL;
  g_autofree char *hint = NULL;

  line = shown != NULL && g_str_has_prefix (text, file) ? g_strconcat (shown, text + strlen (file), NULL) : g_strdup (text);
  strata_print_wrapped (styles[strata_finding_get_severity (finding)], INDENT / 2, line);
  if (strata_finding_get_hint (finding) == NULL)
    return;

  hint = g_strdup_printf ("%*s%s", INDENT, "", strata_finding_get_hint (finding));
  strata_print_wrapped (STRATA_STYLE_DIM, 0, hint);
}

void
strata_print_findings (GPtrArray *findings)
{
  for (guint i = 0; i < findings->len; i++)
    print_finding (g_ptr_array_index (findings, i));
}

static void
print_project (StrataWorkspace *workspace,
               StrataStatus    *status)
{
  StrataProject *project = strata_workspace_get_project (workspace);
  g_autofree char *configs = g_strjoinv (", ", (char **) strata_project_get_configs (project));
  g_autofree char *heads = g_strjoinv (", ", status->heads);
  g_autofree char *count = strata_count (strata_graph_get_n_nodes (strata_workspace_get_graph (workspace)),
                                         "revision", "revisions");

  strata_print_fact ("Project", STRATA_STYLE_BOLD, "%s (%s)", configs,
                     strata_project_get_kind (project) == STRATA_PROJECT_ALEMBIC ? "Alembic" : "SQL");
  if (status->branch != NULL)
    strata_print_fact ("Git branch", STRATA_STYLE_PLAIN, "%s", status->branch);
  strata_print_fact ("Revisions", STRATA_STYLE_PLAIN, "%s; %s: %s", count,
                     g_strv_length (status->heads) > 1 ? "heads" : "head", *heads != '\0' ? heads : "none");
  if (status->several_heads)
    strata_print_fact ("", STRATA_STYLE_WARN, "Several heads: “strata merge heads” joins them");
}

static void
print_candidates (GPtrArray  *candidates,
                  const char *label)
{
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *url = strata_url_to_string (candidate->url);

      strata_print_fact (i == 0 ? label : "", STRATA_STYLE_WARN, "%s\n%s\nuse %s",
                         url, candidate->reason, candidate->advice);
    }
}

static void
print_environment (StrataWorkspace *workspace)
{
  static const StrataStyle styles[] = {
    [STRATA_PROFILE_DEVELOPMENT] = STRATA_STYLE_PLAIN,
    [STRATA_PROFILE_STAGING] = STRATA_STYLE_WARN,
    [STRATA_PROFILE_PRODUCTION] = STRATA_STYLE_BAD,
  };
  StrataProfileEnvironment environment = strata_workspace_get_environment (workspace);
  StrataProfile *profile = strata_workspace_get_profile (workspace);

  if (profile == NULL && environment == STRATA_PROFILE_DEVELOPMENT)
    return;

  strata_print_fact ("Environment", styles[environment], "%s%s%s%s",
                     strata_profile_environment_get_name (environment),
                     strata_workspace_is_protected (workspace) ? ", protected" : "",
                     profile != NULL ? ", profile " : " (not on this machine, no profile)",
                     profile != NULL ? strata_profile_get_fields (profile)->name : "");
}

gboolean
strata_print_database (StrataWorkspace *workspace)
{
  StrataDatabaseChoice *choice = strata_workspace_get_choice (workspace, NULL);
  StrataUrl *url = strata_database_choice_get_url (choice);
  g_autofree char *text = NULL;

  if (url == NULL)
    {
      strata_print_fact ("Database", STRATA_STYLE_WARN, "not known");
      strata_print_fact ("", STRATA_STYLE_DIM, "%s", strata_database_choice_get_reason (choice));
      print_candidates (strata_database_choice_get_candidates (choice), "Could be");
      return FALSE;
    }

  text = strata_url_to_string (url);
  strata_print_fact ("Database", STRATA_STYLE_BOLD, "%s", text);
  strata_print_fact ("", STRATA_STYLE_DIM, "%s", strata_database_choice_get_reason (choice));
  print_candidates (strata_database_choice_get_conflicts (choice), "But also");
  print_candidates (strata_database_choice_get_candidates (choice), "Perhaps");
  print_environment (workspace);

  return TRUE;
}

static void
print_server (StrataStatus *status)
{
  if (status->error != NULL)
    strata_print_fact ("Connection", STRATA_STYLE_BAD, "%s", status->error->message);
  else if (status->missing)
    strata_print_fact ("Connection", STRATA_STYLE_PLAIN, "The file is not there yet; the first upgrade makes it");
  else if (status->server != NULL)
    strata_print_fact ("Server", STRATA_STYLE_PLAIN, "%s%s%s%s", status->server,
                       status->traits & STRATA_TRAIT_STANDBY ? ", a standby (read-only)" : "",
                       status->traits & STRATA_TRAIT_POOLED ? ", through a transaction pooler" : "",
                       (status->traits & STRATA_TRAIT_READ_ONLY) && !(status->traits & STRATA_TRAIT_STANDBY)
                       ? ", cannot be written" : "");
}

static void
print_pending (StrataStatus *status)
{
  StrataPlan *plan = status->pending;
  guint n = strata_plan_get_n_steps (plan);

  if (strata_status_is_up_to_date (status) && status->heads[0] == NULL)
    strata_print_fact ("Pending", STRATA_STYLE_PLAIN, "nothing: there is no revision yet. “strata revision -m \"...\"” writes the"
                       " first one; of a database that has its tables already, “strata adopt” does");
  else if (strata_status_is_up_to_date (status))
    strata_print_fact ("Pending", STRATA_STYLE_GOOD, "nothing: up to date");
  else if (n == 0)
    strata_print_fact ("Pending", STRATA_STYLE_WARN, "nothing that can be planned, with the errors below");

  for (guint i = 0; i < MIN (n, LISTED); i++)
    {
      const StrataStep *step = strata_plan_get_step (plan, i);
      g_autofree char *label = i == 0 ? g_strdup_printf ("Pending %u", n) : g_strdup ("");

      strata_print_fact (label, STRATA_STYLE_PLAIN, "%s  %s", strata_revision_get_id (step->revision),
                         strata_revision_get_message (step->revision));
    }

  if (n > LISTED)
    strata_print_fact ("", STRATA_STYLE_DIM, "and %u more", n - LISTED);
}

/* NULL for none. */
static char *
join_ids (char **ids)
{
  guint n = ids != NULL ? g_strv_length (ids) : 0;
  g_autoptr(GString) list = g_string_new (NULL);

  if (n == 0)
    return NULL;

  for (guint i = 0; i < MIN (n, LISTED); i++)
    g_string_append_printf (list, "%s%s", i > 0 ? ", " : "", ids[i]);
  if (n > LISTED)
    g_string_append_printf (list, " and %u more", n - LISTED);

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/* Broken, or built on what is. */
static void
print_left_out (char **ids)
{
  g_autofree char *list = join_ids (ids);

  if (list != NULL)
    strata_print_fact ("Left out", STRATA_STYLE_BAD, "%s: cannot be planned until the errors below are mended", list);
}

static void
print_python (StrataStatus *status)
{
  g_autofree char *list = join_ids (status->python);

  if (list == NULL)
    return;

  strata_print_fact ("Needs Python", STRATA_STYLE_WARN, "%s", list);
  if (status->python_by != NULL)
    strata_print_fact ("", STRATA_STYLE_PLAIN, "%s", status->python_by);
}

static void
print_lost (StrataWorkspace  *workspace,
            const StrataLost *lost)
{
  for (guint i = 0; i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);
      g_autofree char *where = strata_lost_revision_describe (one);

      strata_print_fact ("Lost", STRATA_STYLE_BAD, "%s  %s", strata_revision_get_id (one->revision),
                         strata_revision_get_message (one->revision));
      strata_print_fact ("", STRATA_STYLE_PLAIN, "%s", where);
    }

  for (guint i = 0; lost->missing[i] != NULL; i++)
    strata_print_fact ("Lost", STRATA_STYLE_BAD, "%s  neither in git nor in the ledger", lost->missing[i]);

  if (!strata_workspace_require_read (workspace, NULL))
    strata_print_fact ("", STRATA_STYLE_DIM, "It may be in one of the files below, which cannot be used: mend these first");
  else if (lost->missing[0] != NULL)
    strata_print_fact ("", STRATA_STYLE_DIM, "The database has it, nothing else. If you know where the database stands, say"
                       " so: “strata stamp --purge REVISION”");
  else
    strata_print_fact ("", STRATA_STYLE_DIM, "The database has it, the folder has not: “strata rescue” brings it back");
}

/* Only a person knows whether the new text was run by hand, or the old one was right. */
static void
print_way_out (const StrataApplied *applied)
{
  g_autofree char *rows = g_strjoinv (" ", applied->rows);

  if (applied->edited->len > 0 && applied->unknown[0] == NULL)
    strata_print_fact ("", STRATA_STYLE_DIM, "Put the old text back, or, where the database is as the new one says,"
                       " settle it: “strata stamp --purge %s”", rows);
}

static void
print_trouble (const StrataApplied *applied)
{
  for (guint i = 0; i < applied->edited->len; i++)
    {
      const StrataEditedRevision *edited = g_ptr_array_index (applied->edited, i);
      g_autofree char *started = strata_moment (edited->entry->started);

      strata_print_fact ("Edited", STRATA_STYLE_WARN,
                         "%s was changed after it was applied (%s by %s); “strata show %s --edited” shows how",
                         strata_revision_get_id (edited->revision), started, edited->entry->who,
                         strata_revision_get_id (edited->revision));
    }

  print_way_out (applied);

  for (guint i = 0; i < applied->unfinished->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (applied->unfinished, i);

      if (entry->n_statements == 0)
        strata_print_fact ("Unfinished", STRATA_STYLE_BAD, "%s of %s: the first %u of its statements are done; the next %s goes on there",
                           entry->action, entry->revision, entry->done, entry->action);
      else
        strata_print_fact ("Unfinished", STRATA_STYLE_BAD, "%s of %s: %u of %u statements are done; the next %s goes on there",
                           entry->action, entry->revision, entry->done, entry->n_statements, entry->action);
    }

  for (guint i = 0; applied->invalid_indexes[i] != NULL; i++)
    strata_print_fact ("Invalid", STRATA_STYLE_BAD, "index %s was left behind by a failed build: drop it and build it again",
                       applied->invalid_indexes[i]);
}

static void
print_last (const StrataLedgerEntry *entry)
{
  g_autofree char *started = strata_moment (entry->started);

  strata_print_fact ("Last run", STRATA_STYLE_PLAIN, "%s %s, %s by %s@%s (%s)", entry->action, entry->revision,
                     started, entry->who, entry->host, strata_ledger_state_get_name (entry->state));
}

static void
print_state (StrataWorkspace *workspace,
             StrataStatus    *status)
{
  g_autofree char *rows = g_strjoinv (", ", status->applied->rows);

  strata_print_fact ("Here", STRATA_STYLE_BOLD, "%s", *rows != '\0' ? rows : "base: nothing is applied");
  strata_print_fact ("Applied", STRATA_STYLE_PLAIN, "%u of %u", status->n_applied,
                     strata_graph_get_n_nodes (strata_workspace_get_graph (workspace)));
  if (status->running != NULL)
    strata_print_fact ("Running", STRATA_STYLE_WARN, "%s", status->running);
  if (status->last != NULL)
    print_last (status->last);
  if (status->pending != NULL)
    print_pending (status);
  print_python (status);
  print_left_out (status->left_out);
  if (status->lost != NULL)
    print_lost (workspace, status->lost);
  print_trouble (status->applied);
}

void
strata_print_status (StrataWorkspace *workspace,
                     StrataStatus    *status)
{
  print_project (workspace, status);
  if (strata_print_database (workspace))
    print_server (status);
  if (status->applied != NULL)
    print_state (workspace, status);

  if (status->findings->len > 0)
    strata_print (STRATA_STYLE_PLAIN, "\n");
  strata_print_findings (status->findings);
}

StrataStatus *
strata_cli_read_status (StrataCli        *cli,
                        StrataWorkspace  *workspace,
                        gboolean          offline,
                        gint64            wait_ms,
                        GError          **error)
{
  const StrataConnectRequest request = {
    .command = cli->command->name,
    .ask_password = strata_ask_is_possible (),
    .wait_ms = wait_ms,
  };
  g_autoptr(StrataConnection) connection = NULL;
  g_autoptr(GError) connect_error = NULL;
  StrataStatus *status;

  /* A bad --url or profile is the user's mistake, not the state of anything. */
  if (strata_workspace_get_choice (workspace, error) == NULL)
    return NULL;

  if (!offline)
    connection = strata_workspace_connect (workspace, &request, cli->cancellable, &connect_error);

  status = strata_workspace_read_status (workspace, connection, connect_error, cli->cancellable);
  if (connection != NULL)
    strata_status_find_python (status, workspace, strata_connection_get_dialect (connection));

  return status;
}

int
strata_verify (StrataCli        *cli,
               StrataWorkspace  *workspace,
               gint64            wait_ms,
               GError          **error)
{
  g_autoptr(StrataStatus) status = strata_cli_read_status (cli, workspace, FALSE, wait_ms, error);
  g_autoptr(GError) reason = NULL;

  if (status == NULL)
    return 1;

  strata_status_check_files (status, workspace);
  if (strata_status_verify (status, &reason) && !cli->options.json)
    {
      g_autofree char *rows = g_strjoinv (", ", status->applied->rows);

      strata_print (STRATA_STYLE_GOOD, "All is well: the database is at %s\n", *rows != '\0' ? rows : "base");
    }

  if (cli->options.json)
    {
      strata_json_status (workspace, status, reason);
      return reason != NULL ? strata_workspace_error_exit_status (reason) : 0;
    }

  strata_print_findings (status->findings);
  if (reason == NULL)
    return 0;

  g_propagate_error (error, g_steal_pointer (&reason));

  return 1;
}
