/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Writes operations as Python for test-write.py: one JSON object { "operation", "batch" } a line in, one { "body", "imports" }
 * or { "error" } a line out. */

#include "config.h"

#include <stdio.h>

#include "core/alembic/write.h"
#include "tests/core/render/read-operation.h"

static void
write_line (const char *line)
{
  Reader reader = { g_ptr_array_new_with_free_func (g_free), g_hash_table_new (g_str_hash, g_str_equal) };
  g_autoptr(GHashTable) imports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_OBJECT);
  g_autoptr(JsonObject) reply = json_object_new ();
  g_autoptr(GError) error = NULL;
  JsonObject *object = json_node_get_object (root);
  const StrataOperation *operations[] = { read_operation (&reader, get_object (object, "operation")), NULL };
  const StrataPythonStyle style = { .as_batch = get_flag (object, "batch") };
  g_autofree char *body = strata_python_write_body (operations, &style, imports, &error);
  g_autofree char *lines = strata_python_write_imports (imports);
  g_autofree char *json = NULL;

  json_object_set_string_member (reply, body != NULL ? "body" : "error", body != NULL ? body : error->message);
  json_object_set_string_member (reply, "imports", lines);
  json_node_set_object (answer, reply);
  json = json_to_string (answer, FALSE);
  puts (json);
  g_hash_table_unref (reader.tables);
  g_ptr_array_unref (reader.pool);
}

int
main (void)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    write_line (line);

  return 0;
}
