/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluates schema items for test-sa-items.py: one JSON array [dialect, Python] a line in, one JSON string a line out. */

#include "config.h"

#include <json-glib/json-glib.h>
#include <stdio.h>

#include "tests/core/sqlalchemy/render-snippet.h"

static void
answer_line (const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_VALUE);
  JsonArray *question = json_node_get_array (root);
  g_autofree char *text = render_snippet (strata_dialect_from_name (json_array_get_string_element (question, 0)),
                                          json_array_get_string_element (question, 1));
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
