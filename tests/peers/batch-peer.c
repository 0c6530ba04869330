/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs batch_alter_table() for test-batch.py: one JSON object a line in, { "path" or "offline", "table", "recreate",
 * "operations", "copy_from", "table_args", "reflect_args", "reordering", "naming", "metadata" }, and one a line out,
 * { "statements", "error" }. */

#include "config.h"

#include <stdio.h>

#include "core/alembic/batch.h"
#include "core/reflect/reflect.h"
#include "tests/core/render/read-operation.h"

typedef struct
{
  Reader              reader;
  JsonObject         *question;
  StrataBatchOptions  options;
  StrataNaming        naming;
  StrataNaming        metadata_naming;
  StrataConnection   *connection;
  JsonArray          *statements;
} Batch;

static const StrataNaming *
read_naming (JsonObject   *object,
             StrataNaming *naming)
{
  if (object == NULL)
    return NULL;

  *naming = (StrataNaming) {
    .index = get_text (object, "ix"),
    .unique = get_text (object, "uq"),
    .check = get_text (object, "ck"),
    .foreign_key = get_text (object, "fk"),
    .primary_key = get_text (object, "pk"),
  };

  return naming;
}

static const StrataCreateTable *
read_table (Batch      *batch,
            const char *name)
{
  JsonObject *object = get_object (batch->question, name);

  return object != NULL ? &read_operation (&batch->reader, object)->create_table : NULL;
}

static gconstpointer
read_words (Reader   *reader,
            JsonNode *node)
{
  JsonArray *array = json_node_get_array (node);
  const char **words = make (reader, (json_array_get_length (array) + 1) * sizeof (char *));

  for (guint i = 0; i < json_array_get_length (array); i++)
    words[i] = json_array_get_string_element (array, i);

  return words;
}

static void
read_options_of (Batch *batch)
{
  static const char * const recreates[] = { "auto", "always", "never" };
  JsonObject *question = batch->question;

  batch->options = (StrataBatchOptions) {
    .dialect = STRATA_DIALECT_SQLITE,
    .is_offline = get_flag (question, "offline"),
    .table = get_text (question, "table"),
    .copy_from = read_table (batch, "copy_from"),
    .table_args = read_table (batch, "table_args"),
    .reflect_args = read_table (batch, "reflect_args"),
    .naming = read_naming (get_object (question, "naming"), &batch->naming),
    .metadata_naming = read_naming (get_object (question, "metadata"), &batch->metadata_naming),
  };
  if (json_object_has_member (question, "reordering"))
    batch->options.partial_reordering = read_list (&batch->reader, question, "reordering", read_words);
  for (guint i = 0; i < G_N_ELEMENTS (recreates); i++)
    if (g_strcmp0 (recreates[i], get_text (question, "recreate")) == 0)
      batch->options.recreate = i;
}

static gboolean
queue_operations (Batch        *batch,
                  StrataBatch  *queue,
                  GError      **error)
{
  JsonArray *operations = json_object_get_array_member (batch->question, "operations");

  for (guint i = 0; i < json_array_get_length (operations); i++)
    {
      JsonObject *object = json_array_get_object_element (operations, i);

      if (!strata_batch_add (queue, read_operation (&batch->reader, object), get_text (object, "insert_before"),
                             get_text (object, "insert_after"), error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_statements (Batch      *batch,
                GPtrArray  *statements,
                GError    **error)
{
  for (guint i = 0; i < statements->len; i++)
    {
      const StrataRendered *rendered = statements->pdata[i];

      json_array_add_string_element (batch->statements, rendered->text);
      if (batch->connection != NULL
          && !strata_connection_execute (batch->connection, rendered->text, -1, NULL, 0, NULL, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run (Batch   *batch,
     GError **error)
{
  const StrataRenderOptions options = {
    .dialect = STRATA_DIALECT_SQLITE, .has_literal_binds = TRUE, .is_online = batch->connection != NULL,
  };
  g_autoptr(StrataBatch) queue = strata_batch_new (&batch->options);
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, NULL);
  g_autoptr(StrataPicture) picture = NULL;
  g_autoptr(GPtrArray) operations = NULL;
  gboolean needs = FALSE;

  if (!queue_operations (batch, queue, error) || !strata_batch_needs_picture (queue, &needs, error))
    return FALSE;

  if (needs)
    {
      const StrataReflectScope scope = { .table = batch->options.table };

      picture = strata_reflect (batch->connection, &scope, NULL, error);
      if (picture == NULL)
        return FALSE;
    }

  operations = strata_batch_flush (queue, picture, error);
  for (guint i = 0; operations != NULL && i < operations->len; i++)
    {
      g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);

      if (!strata_renderer_render (renderer, operations->pdata[i], statements, error)
          || !run_statements (batch, statements, error))
        return FALSE;
    }

  return operations != NULL;
}

static StrataConnection *
open_database (const char *path)
{
  const StrataUrlParts parts = { .dialect = STRATA_DIALECT_SQLITE, .database = (char *) path };
  const StrataConnectOptions options = { .writable = TRUE, .application_name = "batch-peer" };
  g_autoptr(StrataUrl) url = strata_url_new (&parts);

  return strata_connection_open (url, &options, NULL, NULL);
}

static JsonNode *
answer (JsonObject *question)
{
  Batch batch = {
    .reader = { g_ptr_array_new_with_free_func (g_free), g_hash_table_new (g_str_hash, g_str_equal) },
    .question = question,
    .statements = json_array_new (),
  };
  g_autoptr(JsonObject) object = json_object_new ();
  g_autoptr(GError) error = NULL;
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  read_options_of (&batch);
  if (!batch.options.is_offline)
    {
      batch.connection = open_database (get_text (question, "path"));
      strata_connection_begin (batch.connection, TRUE, NULL, NULL);
    }

  if (!run (&batch, &error))
    json_object_set_string_member (object, "error", error->message);
  if (batch.connection != NULL && error == NULL)
    strata_connection_commit (batch.connection, NULL);
  else if (batch.connection != NULL)
    strata_connection_rollback (batch.connection);

  json_object_set_array_member (object, "statements", batch.statements);
  json_node_set_object (node, object);
  g_clear_object (&batch.connection);
  g_hash_table_unref (batch.reader.tables);
  g_ptr_array_unref (batch.reader.pool);

  return node;
}

int
main (void)
{
  g_autofree char *line = NULL;
  size_t size = 0;

  while (getline (&line, &size, stdin) > 0)
    {
      g_autoptr(JsonNode) root = json_from_string (line, NULL);
      g_autoptr(JsonNode) node = answer (json_node_get_object (root));
      g_autofree char *json = json_to_string (node, FALSE);

      puts (json);
      fflush (stdout);
    }

  return 0;
}
