/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluates pieces of Python for test-sa-expressions.py, and renders what each leaves in the name "result" as
 * op.execute() prints it offline: one JSON object { "dialect", "code" } a line in, one JSON string a line out. */

#include "config.h"

#include <stdio.h>
#include <string.h>

#include <json-glib/json-glib.h>

#include "tests/core/sqlalchemy/render-execute.h"

static void
answer_line (const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_VALUE);
  JsonObject *object = json_node_get_object (root);
  g_autofree char *text = render_snippet (strata_dialect_from_name (json_object_get_string_member (object, "dialect")),
                                          json_object_get_string_member (object, "code"));
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
    answer_line (line);

  return 0;
}
