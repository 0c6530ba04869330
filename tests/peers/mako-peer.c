/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Renders templates for test-mako.py: one JSON object { "template", "options", names } a line in, one { "text" } or
 * { "error" } out. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "core/alembic/mako.h"

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

static char *
dup_option (const char *section,
            const char *key,
            gboolean    with_toml,
            gpointer    data)
{
  JsonObject *options = json_object_get_object_member (data, "options");
  g_autofree char *name = section != NULL ? g_strdup_printf ("%s.%s", section, key) : g_strdup (key);

  return g_strdup (get_text (options, name));
}

static void
render_line (const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) reply = json_object_new ();
  g_autoptr(GError) error = NULL;
  JsonObject *object = json_node_get_object (root);
  g_auto(GStrv) down = get_texts (object, "down_revision");
  g_auto(GStrv) labels = get_texts (object, "branch_labels");
  g_auto(GStrv) depends_on = get_texts (object, "depends_on");
  g_auto(GStrv) bodies = get_texts (object, "bodies");
  g_autoptr(GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr(GDateTime) date = g_date_time_new_from_iso8601 (get_text (object, "create_date"), utc);
  const char *template = get_text (object, "template");
  StrataMakoNames names = {
    .message = get_text (object, "message"),
    .up_revision = get_text (object, "up_revision"),
    .down_revisions = (const char * const *) down,
    .branch_labels = (const char * const *) labels,
    .depends_on = (const char * const *) depends_on,
    .create_date = date,
    .is_local = strstr (get_text (object, "create_date"), "+") == NULL,
    .bodies = (const char * const *) bodies,
    .dup_option = dup_option,
    .data = object,
  };
  g_autofree char *text = strata_mako_render ("script.py.mako", template, strlen (template), &names, &error);
  g_autofree char *json = NULL;

  json_object_set_string_member (reply, text != NULL ? "text" : "error", text != NULL ? text : error->message);
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
    render_line (line);

  return 0;
}
