/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes new revisions for test-revision.py: one JSON object { "folder", "created", options } a line in, one { "path" }
 * or { "error" } out. */

#include "config.h"

#include <stdio.h>

#include <json-glib/json-glib.h>

#include "core/project/new-revision.h"

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_has_member (object, name) ? json_object_get_string_member_with_default (object, name, NULL) : NULL;
}

static GStrv
get_texts (JsonObject *object,
           const char *name)
{
  g_autoptr(GStrvBuilder) builder = g_strv_builder_new ();
  JsonArray *array = json_object_has_member (object, name) ? json_object_get_array_member (object, name) : NULL;

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));

  return g_strv_builder_end (builder);
}

static StrataRevision *
create (JsonObject  *object,
        GError     **error)
{
  const StrataProjectRequest request = { .folder = get_text (object, "folder") };
  g_autoptr(StrataProject) project = strata_project_open (&request, error);
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) created = g_date_time_new_from_iso8601 (get_text (object, "created"), utc);
  g_auto(GStrv) labels = get_texts (object, "branch_label");
  g_auto(GStrv) depends_on = get_texts (object, "depends_on");
  g_auto(GStrv) merge = get_texts (object, "merge");
  const StrataNewRevision options = {
    .message = get_text (object, "message"),
    .head = get_text (object, "head"),
    .splice = json_object_has_member (object, "splice"),
    .branch_labels = (const char * const *) labels,
    .depends_on = (const char * const *) depends_on,
    .rev_id = get_text (object, "rev_id"),
    .version_path = get_text (object, "version_path"),
    .created = created,
  };

  if (project == NULL)
    return NULL;

  return json_object_has_member (object, "merge")
    ? strata_project_create_merge (project, (const char * const *) merge, &options, error)
    : strata_project_create_revision (project, &options, error);
}

static void
answer_line (const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) reply = json_object_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataRevision) revision = create (json_node_get_object (root), &error);
  g_autofree char *json = NULL;

  if (revision != NULL)
    json_object_set_string_member (reply, "path", strata_revision_get_path (revision));
  else
    json_object_set_string_member (reply, "error", error->message);
  json_node_set_object (answer, reply);
  json = json_to_string (answer, FALSE);
  puts (json);
}

int
main (void)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    answer_line (line);

  return 0;
}
