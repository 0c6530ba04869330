/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "cli/run-view.h"

#include <string.h>

#include "cli/output.h"
#include "core/base/duration.h"

/* Of a statement that is shown; it is whole in its file, and in --json. */
#define MOST_LINES 40
#define LONGEST_LINE 400

static void
print_indented (StrataStyle  style,
                const char  *text)
{
  g_auto(GStrv) lines = g_strsplit (text, "\n", MOST_LINES + 1);

  for (guint i = 0; lines[i] != NULL && i < MOST_LINES; i++)
    {
      gsize length = strlen (lines[i]);
      gboolean is_long = length > LONGEST_LINE;
      const char *end = is_long ? g_utf8_find_prev_char (lines[i], lines[i] + LONGEST_LINE) : lines[i] + length;

      strata_print (style, "    %.*s%s\n", (int) (end - lines[i]), lines[i], is_long ? " ..." : "");
    }
  if (g_strv_length (lines) > MOST_LINES)
    strata_print (STRATA_STYLE_DIM, "    ...\n");
}

/* The error itself stands above already, with the place and the server's words. */
static void
print_statement (const StrataRunFailure *failure)
{
  g_autofree char *number = strata_dup_statement_number (failure->statement, failure->n_statements);

  if (failure->sql == NULL)
    return;

  strata_print (STRATA_STYLE_DIM, "  %s:\n", number);
  print_indented (STRATA_STYLE_PLAIN, failure->sql);
}

static void
print_server_words (const StrataRunFailure *failure)
{
  if (failure->code != NULL)
    strata_print (STRATA_STYLE_PLAIN, "  Code: %s\n", failure->code);
  if (failure->detail != NULL)
    strata_print (STRATA_STYLE_PLAIN, "  Detail: %s\n", failure->detail);
  if (failure->hint != NULL)
    strata_print (STRATA_STYLE_PLAIN, "  Hint: %s\n", failure->hint);
}

void
strata_print_failure (const StrataRunReport *report)
{
  if (report->failure != NULL)
    {
      print_statement (report->failure);
      print_server_words (report->failure);
    }

  if (report->in_database != NULL)
    strata_print_fact ("In database", STRATA_STYLE_PLAIN, "%s", report->in_database);
  if (report->not_in_database != NULL && *report->not_in_database != '\0')
    strata_print_fact ("Not in it", STRATA_STYLE_PLAIN, "%s", report->not_in_database);
  for (guint i = 0; i < G_N_ELEMENTS (report->next_steps); i++)
    if (report->next_steps[i] != NULL)
      strata_print_fact (i == 0 ? "Next" : "", STRATA_STYLE_BOLD, "%s", report->next_steps[i]);
}

void
strata_print_success (const StrataRunReport *report,
                      const char            *database)
{
  g_autofree char *steps = strata_count (report->n_done, "revision", "revisions");
  g_autofree char *time = strata_duration_format (report->time_us);
  g_autofree char *rows = g_strjoinv (", ", report->rows);

  if (report->made_table)
    strata_print (STRATA_STYLE_GOOD, "Done: the version table is made in %s\n", database);
  else if (report->n_done == 0)
    strata_print (STRATA_STYLE_GOOD, "Nothing to do: %s is at %s\n", database, *rows != '\0' ? rows : "base");
  else if (((StrataStepReport *) g_ptr_array_index (report->steps, 0))->kind == STRATA_STEP_STAMP)
    strata_print (STRATA_STYLE_GOOD, "Done: %s is at %s\n", database, *rows != '\0' ? rows : "base");
  else
    strata_print (STRATA_STYLE_GOOD, "Done: %s in %s; %s is at %s\n", steps, time, database,
                  *rows != '\0' ? rows : "base");

  if (report->backup != NULL)
    strata_print (STRATA_STYLE_DIM, "“strata restore” puts back the copy made before\n");
}

static const char *
kind_name (StrataStepKind kind)
{
  static const char * const names[] = {
    [STRATA_STEP_UPGRADE] = "upgrade",
    [STRATA_STEP_DOWNGRADE] = "downgrade",
    [STRATA_STEP_STAMP] = "stamp",
  };

  return names[kind];
}

static void
json_planned_step (JsonBuilder         *builder,
                   const StrataPreview *preview,
                   const StrataStep    *step,
                   guint                index)
{
  StrataStepScript *script = strata_preview_get_script (preview, index);

  json_builder_begin_object (builder);
  strata_json_string (builder, "direction", kind_name (step->kind));
  strata_json_string (builder, "revision", step->revision != NULL ? strata_revision_get_id (step->revision) : NULL);
  strata_json_string (builder, "message", step->revision != NULL ? strata_revision_get_message (step->revision) : NULL);
  strata_json_string (builder, "path", step->revision != NULL ? strata_revision_get_path (step->revision) : NULL);
  strata_json_strings (builder, "from", (const char * const *) step->from);
  strata_json_strings (builder, "to", (const char * const *) step->to);
  strata_json_string (builder, "needs_python",
                      index < preview->python->len ? g_ptr_array_index (preview->python, index) : NULL);
  if (script != NULL)
    strata_json_bool (builder, "reads_database", strata_step_script_is_live (script));
  else
    strata_json_string (builder, "reads_database", NULL);
  json_builder_end_object (builder);
}

static void
json_done_step (JsonBuilder            *builder,
                const StrataStepReport *step)
{
  json_builder_begin_object (builder);
  strata_json_string (builder, "direction", kind_name (step->kind));
  strata_json_string (builder, "revision", step->revision);
  strata_json_string (builder, "state", strata_step_state_get_name (step->state));
  strata_json_int (builder, "microseconds", step->time_us);
  json_builder_set_member_name (builder, "by_alembic");
  json_builder_add_boolean_value (builder, step->by_alembic);
  json_builder_set_member_name (builder, "statements");
  json_builder_begin_array (builder);
  for (guint i = 0; i < step->statements->len; i++)
    {
      const StrataStatementReport *statement = &g_array_index (step->statements, StrataStatementReport, i);

      json_builder_begin_object (builder);
      strata_json_int (builder, "line", statement->line);
      strata_json_int (builder, "rows", statement->rows);
      strata_json_int (builder, "microseconds", statement->time_us);
      json_builder_end_object (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
json_failure (JsonBuilder           *builder,
              const StrataRunReport *report,
              const GError          *error)
{
  const StrataRunFailure *failure = report->failure;

  json_builder_set_member_name (builder, "error");
  json_builder_begin_object (builder);
  strata_json_string (builder, "code", strata_workspace_error_name (error));
  strata_json_string (builder, "message", error->message);
  if (failure != NULL)
    {
      strata_json_string (builder, "revision", failure->revision);
      strata_json_string (builder, "file", failure->file);
      strata_json_int (builder, "line", failure->line);
      strata_json_int (builder, "column", failure->column);
      strata_json_int (builder, "statement", failure->statement);
      strata_json_string (builder, "sql", failure->sql);
      strata_json_string (builder, "server_message", failure->message);
      strata_json_string (builder, "server_code", failure->code);
      strata_json_string (builder, "detail", failure->detail);
      strata_json_string (builder, "hint", failure->hint);
    }
  strata_json_string (builder, "in_database", report->in_database);
  strata_json_string (builder, "not_in_database",
                      report->not_in_database != NULL && *report->not_in_database != '\0' ? report->not_in_database : NULL);
  json_builder_set_member_name (builder, "next");
  json_builder_begin_array (builder);
  for (guint i = 0; i < G_N_ELEMENTS (report->next_steps); i++)
    if (report->next_steps[i] != NULL)
      json_builder_add_string_value (builder, report->next_steps[i]);
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
json_loss (JsonBuilder             *builder,
           const StrataPreview     *preview,
           const StrataPreviewLoss *loss)
{
  static const char * const kinds[] = {
    [STRATA_LOSS_TABLE] = "table",
    [STRATA_LOSS_COLUMN] = "column",
    [STRATA_LOSS_ROWS] = "rows",
    [STRATA_LOSS_MORE] = "more",
  };
  gboolean known = loss->known == STRATA_ROWS_COUNTED || loss->known == STRATA_ROWS_ESTIMATED;

  json_builder_begin_object (builder);
  strata_json_string (builder, "revision",
                      strata_revision_get_id (strata_plan_get_step (preview->plan, loss->step)->revision));
  strata_json_int (builder, "line", loss->line);
  strata_json_string (builder, "kind", kinds[loss->kind]);
  strata_json_string (builder, "name", loss->name);
  strata_json_string (builder, "column", loss->column);
  strata_json_int (builder, "rows", known ? loss->rows : -1);
  json_builder_end_object (builder);
}

void
strata_json_plan (StrataPlan          *plan,
                  const StrataPreview *preview,
                  const char          *database)
{
  const GError *refusal = preview->refusal;
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_string (builder, "database", database);
  strata_json_strings (builder, "heads_before", strata_plan_get_start (plan));
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    json_planned_step (builder, preview, strata_plan_get_step (plan, i), i);
  json_builder_end_array (builder);
  strata_json_strings (builder, "heads_after", strata_plan_get_heads_after (plan));
  json_builder_set_member_name (builder, "losses");
  json_builder_begin_array (builder);
  for (guint i = 0; i < preview->losses->len; i++)
    if (strata_preview_loss_is_real (g_ptr_array_index (preview->losses, i)))
      json_loss (builder, preview, g_ptr_array_index (preview->losses, i));
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "refused");
  if (refusal != NULL)
    {
      json_builder_begin_object (builder);
      strata_json_string (builder, "code", strata_workspace_error_name (refusal));
      strata_json_string (builder, "message", refusal->message);
      json_builder_end_object (builder);
    }
  else
    json_builder_add_null_value (builder);
  json_builder_end_object (builder);

  strata_print_json (builder);
}

void
strata_json_report (const StrataRunReport *report,
                    const char            *database,
                    const GError          *error)
{
  g_autoptr(JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  strata_json_string (builder, "database", database);
  strata_json_strings (builder, "heads_before", (const char * const *) report->start);
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < report->steps->len; i++)
    json_done_step (builder, g_ptr_array_index (report->steps, i));
  json_builder_end_array (builder);
  strata_json_strings (builder, "heads_after", (const char * const *) report->rows);
  strata_json_string (builder, "run", report->run);
  strata_json_string (builder, "backup", report->backup);
  strata_json_int (builder, "microseconds", report->time_us);
  if (error != NULL)
    json_failure (builder, report, error);
  json_builder_end_object (builder);

  strata_print_json (builder);
}
