/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/output.h"
#include "cli/status-view.h"

static void
json_findings (JsonBuilder *builder,
               GPtrArray   *findings)
{
  json_builder_set_member_name (builder, "findings");
  json_builder_begin_array (builder);
  for (guint i = 0; i < findings->len; i++)
    {
      const StrataFinding *finding = g_ptr_array_index (findings, i);
      StrataPlace place = strata_finding_get_place (finding);

      json_builder_begin_object (builder);
      strata_json_string (builder, "severity", strata_severity_get_name (strata_finding_get_severity (finding)));
      strata_json_string (builder, "code", strata_finding_get_code (finding));
      strata_json_string (builder, "file", place.file);
      strata_json_int (builder, "line", place.line);
      strata_json_int (builder, "column", place.column);
      strata_json_string (builder, "message", strata_finding_get_message (finding));
      strata_json_string (builder, "hint", strata_finding_get_hint (finding));
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
json_project (JsonBuilder     *builder,
              StrataWorkspace *workspace,
              StrataStatus    *status)
{
  StrataProject *project = strata_workspace_get_project (workspace);

  json_builder_set_member_name (builder, "project");
  json_builder_begin_object (builder);
  strata_json_string (builder, "kind", strata_project_get_kind (project) == STRATA_PROJECT_ALEMBIC ? "alembic" : "sql");
  strata_json_strings (builder, "config", strata_project_get_configs (project));
  strata_json_string (builder, "git_branch", status->branch);
  strata_json_int (builder, "revisions", strata_graph_get_n_nodes (strata_project_get_graph (project)));
  strata_json_strings (builder, "heads", (const char * const *) status->heads);
  strata_json_bool (builder, "several_heads", status->several_heads);
  json_builder_end_object (builder);
}

static void
json_candidates (JsonBuilder *builder,
                 const char  *name,
                 GPtrArray   *candidates)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (guint i = 0; i < candidates->len; i++)
    {
      const StrataDatabaseCandidate *candidate = g_ptr_array_index (candidates, i);
      g_autofree char *url = strata_url_to_string (candidate->url);

      json_builder_begin_object (builder);
      strata_json_string (builder, "url", url);
      strata_json_string (builder, "reason", candidate->reason);
      strata_json_string (builder, "advice", candidate->advice);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

void
strata_json_database (JsonBuilder          *builder,
                      StrataWorkspace      *workspace,
                      StrataDatabaseChoice *choice)
{
  StrataUrl *url = strata_database_choice_get_url (choice);
  StrataProfile *profile = strata_workspace_get_profile (workspace);
  g_autofree char *text = url != NULL ? strata_url_to_string (url) : NULL;

  json_builder_set_member_name (builder, "database");
  json_builder_begin_object (builder);
  strata_json_string (builder, "url", text);
  strata_json_string (builder, "dialect", url != NULL ? strata_dialect_get_name (strata_url_get_dialect (url)) : NULL);
  strata_json_string (builder, "reason", strata_database_choice_get_reason (choice));
  strata_json_string (builder, "profile", profile != NULL ? strata_profile_get_fields (profile)->name : NULL);
  strata_json_string (builder, "environment",
                      strata_profile_environment_get_name (strata_workspace_get_environment (workspace)));
  strata_json_bool (builder, "protected", strata_workspace_is_protected (workspace));
  json_candidates (builder, "conflicts", strata_database_choice_get_conflicts (choice));
  json_candidates (builder, "candidates", strata_database_choice_get_candidates (choice));
  json_builder_end_object (builder);
}

static void
json_pending (JsonBuilder *builder,
              StrataPlan  *plan)
{
  json_builder_set_member_name (builder, "pending");
  json_builder_begin_array (builder);
  for (guint i = 0; plan != NULL && i < strata_plan_get_n_steps (plan); i++)
    json_builder_add_string_value (builder,
                                   strata_revision_get_id (strata_plan_get_step (plan, i)->revision));
  json_builder_end_array (builder);
}

static void
json_lost (JsonBuilder      *builder,
           const StrataLost *lost)
{
  json_builder_set_member_name (builder, "lost");
  json_builder_begin_array (builder);
  for (guint i = 0; lost != NULL && i < lost->found->len; i++)
    {
      const StrataLostRevision *one = g_ptr_array_index (lost->found, i);
      g_autofree char *date = one->authored != NULL ? g_date_time_format_iso8601 (one->authored) : NULL;

      json_builder_begin_object (builder);
      strata_json_string (builder, "revision", strata_revision_get_id (one->revision));
      strata_json_string (builder, "path", one->path);
      strata_json_string (builder, "commit", one->commit);
      strata_json_string (builder, "author", one->author);
      strata_json_string (builder, "date", date);
      strata_json_strings (builder, "refs", (const char * const *) one->refs);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
}

static void
json_applied (JsonBuilder  *builder,
              StrataStatus *status)
{
  StrataApplied *applied = status->applied;

  strata_json_bool (builder, "version_table", applied->version_table);
  strata_json_strings (builder, "current", (const char * const *) applied->rows);
  strata_json_int (builder, "applied", status->n_applied);
  strata_json_string (builder, "running", status->running);
  json_pending (builder, status->pending);
  strata_json_strings (builder, "needs_python", (const char * const *) status->python);
  strata_json_strings (builder, "left_out", (const char * const *) status->left_out);
  strata_json_strings (builder, "unknown", (const char * const *) applied->unknown);
  json_lost (builder, status->lost);

  json_builder_set_member_name (builder, "edited");
  json_builder_begin_array (builder);
  for (guint i = 0; i < applied->edited->len; i++)
    {
      const StrataEditedRevision *edited = g_ptr_array_index (applied->edited, i);

      json_builder_add_string_value (builder, strata_revision_get_id (edited->revision));
    }
  json_builder_end_array (builder);

  json_builder_set_member_name (builder, "unfinished");
  json_builder_begin_array (builder);
  for (guint i = 0; i < applied->unfinished->len; i++)
    {
      const StrataLedgerEntry *entry = g_ptr_array_index (applied->unfinished, i);

      json_builder_add_string_value (builder, entry->revision);
    }
  json_builder_end_array (builder);
  strata_json_strings (builder, "invalid_indexes", (const char * const *) applied->invalid_indexes);
}

void
strata_json_status (StrataWorkspace *workspace,
                    StrataStatus    *status,
                    const GError    *reason)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_project (builder, workspace, status);
  strata_json_database (builder, workspace, strata_workspace_get_choice (workspace, NULL));
  strata_json_string (builder, "server", status->server);
  strata_json_bool (builder, "missing", status->missing);
  strata_json_string (builder, "connection_error", status->error != NULL ? status->error->message : NULL);
  if (status->applied != NULL)
    json_applied (builder, status);
  json_findings (builder, status->findings);
  if (reason != NULL)
    {
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      strata_json_string (builder, "code", strata_workspace_error_name (reason));
      strata_json_string (builder, "message", reason->message);
      json_builder_end_object (builder);
    }
  json_builder_end_object (builder);

  strata_print_json (builder);
}
