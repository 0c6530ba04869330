/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers questions about plans and lines, a line of JSON each, with a line of JSON: test-plans.py and test-display.py
 * compare them with the real Alembic's. A line with "project" sets the revisions that the following questions are about. */

#include "config.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

#include "core/base/error.h"
#include "core/graph/log-line.h"
#include "core/graph/plan.h"
#include "core/graph/target.h"

static GStrv
get_strings (JsonObject *object,
             const char *name)
{
  g_autoptr(GStrvBuilder) strings = g_strv_builder_new ();
  JsonArray *array = json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (strings, json_array_get_string_element (array, i));

  return g_strv_builder_end (strings);
}

static StrataRevision *
read_revision (JsonObject *object)
{
  g_auto(GStrv) down = get_strings (object, "down");
  g_auto(GStrv) labels = get_strings (object, "labels");
  g_auto(GStrv) depends = get_strings (object, "depends");

  return strata_revision_new (&(StrataRevisionFields) {
    .format = STRATA_REVISION_PYTHON,
    .id = json_object_get_string_member (object, "id"),
    .down_revisions = (const char * const *) down,
    .branch_labels = (const char * const *) labels,
    .depends_on = (const char * const *) depends,
    .message = json_object_get_string_member (object, "message"),
    .doc = json_object_get_string_member (object, "doc"),
    .path = json_object_get_string_member (object, "path"),
  });
}

static StrataGraph *
read_project (JsonArray *files)
{
  g_autoptr(GPtrArray) revisions = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_revision_unref);

  for (guint i = 0; i < json_array_get_length (files); i++)
    g_ptr_array_add (revisions, read_revision (json_array_get_object_element (files, i)));

  return strata_graph_new (revisions, NULL);
}

static void
add_strings (JsonBuilder        *builder,
             const char         *name,
             const char * const *strings)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_array (builder);
  for (; *strings != NULL; strings++)
    json_builder_add_string_value (builder, *strings);
  json_builder_end_array (builder);
}

static void
add_step (JsonBuilder      *builder,
          const StrataStep *step)
{
  static const char * const directions[] = { "upgrade", "downgrade", "stamp" };
  static const char * const edits[] = { "insert", "update", "delete" };
  g_autofree char *log = strata_step_to_string (step);

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "direction");
  json_builder_add_string_value (builder, directions[step->kind]);
  json_builder_set_member_name (builder, "revision");
  if (step->revision != NULL)
    json_builder_add_string_value (builder, strata_revision_get_id (step->revision));
  else
    json_builder_add_null_value (builder);
  json_builder_set_member_name (builder, "log");
  json_builder_add_string_value (builder, log);

  json_builder_set_member_name (builder, "edits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < step->edits->len; i++)
    {
      const StrataVersionEdit *edit = &g_array_index (step->edits, StrataVersionEdit, i);

      json_builder_begin_array (builder);
      json_builder_add_string_value (builder, edits[edit->kind]);
      json_builder_add_string_value (builder, edit->from != NULL ? edit->from : "");
      json_builder_add_string_value (builder, edit->to != NULL ? edit->to : "");
      json_builder_end_array (builder);
    }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

static void
add_plan (JsonBuilder *builder,
          StrataPlan  *plan)
{
  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < strata_plan_get_n_steps (plan); i++)
    add_step (builder, strata_plan_get_step (plan, i));
  json_builder_end_array (builder);

  add_strings (builder, "heads_after", strata_plan_get_heads_after (plan));
}

static void
add_nodes (JsonBuilder *builder,
           StrataGraph *graph,
           GArray      *nodes)
{
  json_builder_set_member_name (builder, "revisions");
  json_builder_begin_array (builder);
  for (guint i = 0; i < nodes->len; i++)
    {
      StrataRevision *revision = strata_graph_get_revision (graph, g_array_index (nodes, guint, i));

      json_builder_add_string_value (builder, strata_revision_get_id (revision));
    }
  json_builder_end_array (builder);
}

/* What the command of that name prints; the line end behind each output is the command's. */
static void
append_display (GString            *text,
                StrataGraph        *graph,
                JsonObject         *question,
                const char * const *rows)
{
  const char *command = json_object_get_string_member (question, "display");
  gboolean verbose = json_object_get_boolean_member (question, "verbose");
  gboolean indicate = json_object_get_boolean_member (question, "indicate");
  g_autoptr(GArray) current = strata_graph_find_rows (graph, rows);
  g_autoptr(GArray) nodes = NULL;
  StrataLineStyle style = STRATA_LINE_HISTORY;

  if (strcmp (command, "heads") == 0)
    {
      style = STRATA_LINE_HEADS;
      nodes = strata_graph_dup_heads (graph, json_object_get_boolean_member (question, "resolve"));
    }
  else if (strcmp (command, "current") == 0)
    {
      style = STRATA_LINE_CURRENT;
      nodes = strata_graph_dup_current (graph, rows);
    }
  else
    nodes = strata_graph_resolve_range (graph, rows, NULL, NULL);

  for (guint i = 0; i < nodes->len; i++)
    {
      guint node = g_array_index (nodes, guint, i);
      g_autofree char *line = NULL;

      if (strcmp (command, "branches") != 0)
        line = strata_graph_format_revision (graph, node, verbose ? STRATA_LINE_VERBOSE : style,
                                             indicate ? current : NULL);
      else if ((strata_graph_get_flags (graph, node) & STRATA_NODE_BRANCHPOINT) != 0)
        line = strata_graph_format_branch (graph, node, verbose);
      else
        continue;

      g_string_append_printf (text, "%s\n", line);
    }
}

static StrataPlan *
ask_plan (StrataGraph  *graph,
          JsonObject   *question,
          GError      **error)
{
  const char *kind = json_object_get_string_member (question, "kind");
  g_auto(GStrv) row_list = get_strings (question, "rows");
  g_auto(GStrv) target_list = get_strings (question, "targets");
  const char * const *rows = (const char * const *) row_list;
  const char * const *targets = (const char * const *) target_list;

  if (strcmp (kind, "upgrade") == 0)
    return strata_plan_upgrade (graph, rows, targets[0], error);
  if (strcmp (kind, "downgrade") == 0)
    return strata_plan_downgrade (graph, rows, targets[0], error);
  if (strcmp (kind, "stamp") == 0)
    return strata_plan_stamp (graph, rows, targets, FALSE, error);
  if (strcmp (kind, "purge") == 0)
    return strata_plan_stamp (graph, rows, targets, TRUE, error);
  if (strcmp (kind, "offline-upgrade") == 0)
    return strata_plan_offline (graph, STRATA_STEP_UPGRADE, targets, error);
  if (strcmp (kind, "offline-downgrade") == 0)
    return strata_plan_offline (graph, STRATA_STEP_DOWNGRADE, targets, error);

  return strata_plan_offline (graph, STRATA_STEP_STAMP, targets, error);
}

static void
answer (JsonBuilder *builder,
        StrataGraph *graph,
        JsonObject  *question)
{
  const char *kind = json_object_get_string_member (question, "kind");
  g_auto(GStrv) rows = get_strings (question, "rows");
  g_auto(GStrv) targets = get_strings (question, "targets");
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataPlan) plan = NULL;
  g_autoptr(GArray) nodes = NULL;

  if (strcmp (kind, "history") == 0)
    nodes = strata_graph_resolve_range (graph, (const char * const *) rows, targets[0], &error);
  else if (strcmp (kind, "show") == 0)
    nodes = strata_graph_resolve (graph, (const char * const *) rows, targets[0], &error);
  else if (strcmp (kind, "current") == 0)
    nodes = strata_graph_dup_current (graph, (const char * const *) rows);
  else
    plan = ask_plan (graph, question, &error);

  if (nodes != NULL)
    add_nodes (builder, graph, nodes);
  else if (plan != NULL)
    add_plan (builder, plan);
  else
    {
      json_builder_set_member_name (builder, "error");
      json_builder_begin_object (builder);
      json_builder_set_member_name (builder, "code");
      json_builder_add_string_value (builder, strata_error_code_get_name (error->code));
      json_builder_set_member_name (builder, "message");
      json_builder_add_string_value (builder, error->message);
      json_builder_end_object (builder);
    }
}

static void
answer_display (JsonBuilder *builder,
                StrataGraph *graph,
                JsonObject  *question)
{
  g_auto(GStrv) rows = get_strings (question, "rows");
  g_autoptr(GString) text = g_string_new (NULL);

  append_display (text, graph, question, (const char * const *) rows);
  json_builder_set_member_name (builder, "text");
  json_builder_add_string_value (builder, text->str);
}

static void
print_answer (StrataGraph *graph,
              JsonObject  *question)
{
  g_autoptr(JsonBuilder) builder = json_builder_new_immutable ();
  g_autoptr(JsonNode) root = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (builder);
  if (json_object_has_member (question, "display"))
    answer_display (builder, graph, question);
  else
    answer (builder, graph, question);
  json_builder_end_object (builder);

  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  puts (text);
  fflush (stdout);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr(StrataGraph) graph = NULL;
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr(GError) error = NULL;
      JsonObject *question;

      if (!json_parser_load_from_data (parser, line, -1, &error))
        g_error ("%s", error->message);

      question = json_node_get_object (json_parser_get_root (parser));
      if (!json_object_has_member (question, "project"))
        {
          print_answer (graph, question);
          continue;
        }

      g_clear_pointer (&graph, strata_graph_unref);
      graph = read_project (json_object_get_array_member (question, "project"));
    }

  return 0;
}
