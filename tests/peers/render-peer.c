/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Renders operations for test-render.py: one JSON object { "dialect", "naming", "operation" } a line in, one JSON string
 * a line out. */

#include "config.h"

#include <stdio.h>

#include "tests/core/render/read-operation.h"

static void
render_line (const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_VALUE);
  JsonObject *object = json_node_get_object (root);
  StrataRenderOptions options = read_render_options (object);
  g_autofree char *text = render_json (get_object (object, "operation"), &options);
  g_autofree char *json = NULL;

  json_node_set_string (answer, text);
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
