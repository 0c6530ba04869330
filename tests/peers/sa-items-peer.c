/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Evaluates schema items for test-sa-items.py: one JSON array [dialect, Python] a line in, one JSON string a line out. */

#include "config.h"

#include "core/engine/collect.h"

#include <json-glib/json-glib.h>
#include <stdio.h>
#include <string.h>

/* The statements of upgrade(), each ended by a semicolon and a line; or how it failed. New. */
static char *
render_script (StrataDialect  dialect,
               const char    *text)
{
  StrataCollectOptions options = {
    .dialect = dialect,
    .is_offline = TRUE,
    .parameters = STRATA_PARAMETERS_NAMED,
    .has_literal_binds = TRUE,
  };
  StrataEvaluateFailure *failure = NULL;
  gboolean has_varied;
  g_autoptr(GArray) collected = strata_collect_script ("test.py", text, strlen (text), "upgrade", &options, NULL, &has_varied,
                                                       &failure);
  GString *out = g_string_new (NULL);

  for (guint i = 0; collected != NULL && i < collected->len; i++)
    g_string_append_printf (out, "%s;\n", g_array_index (collected, StrataCollected, i).text);
  if (failure != NULL)
    g_string_printf (out, "refused %s:%u: %s", failure->code, failure->line, failure->message);
  g_clear_pointer (&failure, strata_evaluate_failure_free);

  return g_string_free (out, FALSE);
}

static void
answer_line (const char *line)
{
  g_autoptr(JsonNode) root = json_from_string (line, NULL);
  g_autoptr(JsonNode) answer = json_node_new (JSON_NODE_VALUE);
  JsonArray *question = json_node_get_array (root);
  g_autofree char *text = render_script (strata_dialect_from_name (json_array_get_string_element (question, 0)),
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
