/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What test-diff-sqlite.py asks, a line of JSON each: {"from": URL, "to": URL} is answered with the differences and steps from the
 * one to the other, and the body of a script of Alembic, {"dump": URL} with the dump, columns by name where "sorted" is true. */

#include "config.h"

#include <stdio.h>

#include <json-glib/json-glib.h>

#include "core/alembic/write.h"
#include "core/ddl/ddl.h"
#include "core/diff/operations.h"
#include "core/reflect/reflect.h"

static StrataPicture *
look (const char  *text,
      GError     **error)
{
  const StrataConnectOptions options = { .application_name = "schema-peer" };
  g_autoptr(StrataUrl) url = strata_url_parse (text, error);
  g_autoptr(StrataConnection) connection = url != NULL ? strata_connection_open (url, &options, NULL, error) : NULL;

  return connection != NULL ? strata_reflect_whole (connection, NULL, NULL, error) : NULL;
}

static void
set (JsonBuilder *answer,
     const char  *name,
     const char  *value)
{
  json_builder_set_member_name (answer, name);
  if (value != NULL)
    json_builder_add_string_value (answer, value);
  else
    json_builder_add_null_value (answer);
}

static void
show_differences (JsonBuilder *answer,
                  StrataDiff  *diff)
{
  json_builder_set_member_name (answer, "differences");
  json_builder_begin_array (answer);
  for (guint i = 0; i < strata_diff_get_n (diff); i++)
    {
      const StrataDifference *difference = strata_diff_get (diff, i);
      g_autofree char *title = strata_difference_dup_title (difference, "main");

      json_builder_begin_object (answer);
      set (answer, "title", title);
      set (answer, "loss", difference->loss);
      set (answer, "review", difference->review);
      json_builder_end_object (answer);
    }
  json_builder_end_array (answer);
}

static gboolean
show_script (JsonBuilder      *answer,
             StrataDiff       *diff,
             const GPtrArray  *steps,
             GError          **error)
{
  g_autoptr(StrataDiffOperations) list = strata_diff_operations_new (diff, steps, FALSE);
  guint n = strata_diff_operations_get_n (list);
  g_autofree const StrataOperation **operations = g_new0 (const StrataOperation *, n + 1);
  g_autofree gboolean *is_direct = g_new0 (gboolean, n + 1);
  g_autofree gboolean *is_of_sqlite = g_new0 (gboolean, n + 1);
  g_autofree const char **notes = g_new0 (const char *, n + 1);
  g_autoptr(GHashTable) imports = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const StrataPythonStyle style = {
    .as_batch = TRUE, .is_direct = is_direct, .is_of_sqlite = is_of_sqlite, .notes = notes,
    .made_anew = strata_diff_operations_get_made_anew (list)
  };
  g_autofree char *body = NULL;

  for (guint i = 0; i < n; i++)
    {
      const StrataDiffOperation *operation = strata_diff_operations_get (list, i);

      operations[i] = operation->operation;
      is_direct[i] = operation->is_direct;
      is_of_sqlite[i] = operation->is_of_sqlite;
      notes[i] = operation->reason;
    }
  body = strata_python_write_body (operations, &style, imports, error);
  if (body != NULL)
    set (answer, "script", body);

  return body != NULL;
}

static gboolean
compare (JsonBuilder  *answer,
         JsonObject   *question,
         GError      **error)
{
  g_autoptr(StrataPicture) from = look (json_object_get_string_member (question, "from"), error);
  g_autoptr(StrataPicture) to = from != NULL ? look (json_object_get_string_member (question, "to"), error) : NULL;
  g_autoptr(StrataDiff) diff = to != NULL ? strata_diff_new (from, to, NULL) : NULL;
  const GPtrArray *steps = diff != NULL ? strata_diff_plan (diff, NULL, error) : NULL;

  if (steps == NULL)
    return FALSE;

  show_differences (answer, diff);
  json_builder_set_member_name (answer, "steps");
  json_builder_begin_array (answer);
  for (guint i = 0; i < steps->len; i++)
    json_builder_add_string_value (answer, ((const StrataDiffStep *) g_ptr_array_index (steps, i))->sql);
  json_builder_end_array (answer);

  return show_script (answer, diff, steps, error);
}

static gboolean
dump (JsonBuilder  *answer,
      JsonObject   *question,
      GError      **error)
{
  const StrataDdlOptions options = { .has_sorted_columns = json_object_get_boolean_member_with_default (question, "sorted", FALSE) };
  g_autoptr(StrataPicture) picture = look (json_object_get_string_member (question, "dump"), error);
  g_autofree char *text = picture != NULL ? strata_ddl_dump (picture, &options) : NULL;

  if (text != NULL)
    set (answer, "dump", text);

  return text != NULL;
}

static void
reply (JsonObject *question)
{
  g_autoptr(JsonBuilder) answer = json_builder_new ();
  g_autoptr(JsonGenerator) generator = json_generator_new ();
  g_autoptr(JsonNode) root = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;

  json_builder_begin_object (answer);
  if (!(json_object_has_member (question, "dump") ? dump (answer, question, &error) : compare (answer, question, &error)))
    set (answer, "error", error->message);
  json_builder_end_object (answer);

  root = json_builder_get_root (answer);
  json_generator_set_root (generator, root);
  text = json_generator_to_data (generator, NULL);
  puts (text);
  fflush (stdout);
}

int
main (void)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr(JsonParser) parser = json_parser_new ();
      g_autoptr(GError) error = NULL;

      if (!json_parser_load_from_data (parser, line, -1, &error))
        {
          g_printerr ("%s\n", error->message);
          return 2;
        }
      reply (json_node_get_object (json_parser_get_root (parser)));
    }

  return 0;
}
