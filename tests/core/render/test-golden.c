/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/files.h"
#include "tests/core/render/read-operation.h"

/* Each line of golden.jsonl is { "dialect", "operation", "naming", "sql" }: what Alembic prints, or how we refuse. */
static void
test_line (gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(JsonNode) root = json_from_string (data, &error);
  g_autofree char *text = NULL;
  StrataRenderOptions options;
  JsonObject *object;

  g_assert_no_error (error);
  object = json_node_get_object (root);
  options = read_render_options (object);
  text = render_json (get_object (object, "operation"), &options);

  g_assert_cmpstr (text, ==, get_text (object, "sql"));
}

/* Names belong to those who bring them: a renderer keeps copies. */
static void
test_naming_is_kept (void)
{
  g_autofree char *template = g_strdup ("uq_%(table_name)s");
  StrataRenderOptions options = { .dialect = STRATA_DIALECT_POSTGRESQL, .naming = { .unique = template } };
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, NULL);
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  const char * const columns[] = { "a", NULL };
  StrataOperation operation = {
    .kind = STRATA_OPERATION_ADD_CONSTRAINT,
    .table = "t",
    .constraint = { .kind = STRATA_CONSTRAINT_UNIQUE, .columns = columns },
  };

  template[0] = 'x';
  g_assert_true (strata_renderer_render (renderer, &operation, statements, NULL));
  g_assert_cmpuint (statements->len, ==, 1);
  g_assert_cmpstr (((StrataRendered *) statements->pdata[0])->text, ==, "ALTER TABLE t ADD CONSTRAINT uq_t UNIQUE (a)");
}

/* A type is created with the first table that has it, and not again by the same renderer. */
static void
test_types_are_created_once (void)
{
  StrataRenderOptions options = { .dialect = STRATA_DIALECT_POSTGRESQL };
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, NULL);
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  const char * const values[] = { "a", NULL };
  StrataType type = { .kind = STRATA_TYPE_ANY_ENUM, .name = "mood", .values = { .values = values } };
  StrataColumn column = { .name = "c", .type = &type };
  const StrataColumn *columns[] = { &column, NULL };
  StrataOperation operation = {
    .kind = STRATA_OPERATION_CREATE_TABLE,
    .table = "t",
    .create_table = { .columns = columns },
  };

  g_assert_true (strata_renderer_render (renderer, &operation, statements, NULL));
  g_assert_true (strata_renderer_render (renderer, &operation, statements, NULL));
  g_assert_cmpuint (statements->len, ==, 3);
  g_assert_cmpstr (((StrataRendered *) statements->pdata[0])->text, ==, "CREATE TYPE mood AS ENUM ('a')");
}

static void
test_no_renderer_yet (void)
{
  StrataRenderOptions options = { .dialect = STRATA_DIALECT_MYSQL };
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_renderer_new (&options, &error));
  g_assert_cmpstr (strata_render_error_get_code (error), ==, "unsupported-by-dialect");
}

/* Online, values go beside the text, and nothing is doubled. */
static void
test_online_parameters (void)
{
  StrataRenderOptions options = {
    .dialect = STRATA_DIALECT_POSTGRESQL,
    .parameters = STRATA_PARAMETERS_NUMBERED,
    .is_online = TRUE,
  };
  g_autoptr(StrataRenderer) renderer = strata_renderer_new (&options, NULL);
  g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
  StrataValue value = { .kind = STRATA_VALUE_STRING, .text = "x" };
  StrataExpression parameter = { .kind = STRATA_EXPRESSION_VALUE, .name = "a", .value = &value };
  const StrataExpression *parameters[] = { &parameter, NULL };
  StrataExpression text = {
    .kind = STRATA_EXPRESSION_TEXT,
    .name = "select :a, 5 % 2, '\\\\', :a",
    .parameters = parameters,
  };
  StrataOperation operation = { .kind = STRATA_OPERATION_EXECUTE, .execute = { .expression = &text } };
  StrataRendered *rendered;

  g_assert_true (strata_renderer_render (renderer, &operation, statements, NULL));
  rendered = statements->pdata[0];
  g_assert_cmpstr (rendered->text, ==, "select $1, 5 % 2, '\\\\', $1");
  g_assert_cmpuint (rendered->parameters->len, ==, 1);
  g_assert_true (rendered->parameters->pdata[0] == &parameter);
}

/* NULL is what Alembic prints; a connection would not take it. */
static void
test_missing_value (void)
{
  StrataRenderOptions options = { .dialect = STRATA_DIALECT_SQLITE, .has_literal_binds = TRUE };
  StrataExpression text = { .kind = STRATA_EXPRESSION_TEXT, .name = "select ':a'" };
  StrataOperation operation = { .kind = STRATA_OPERATION_EXECUTE, .execute = { .expression = &text } };

  for (guint i = 0; i < 2; i++)
    {
      g_autoptr(StrataRenderer) renderer = NULL;
      g_autoptr(GPtrArray) statements = g_ptr_array_new_with_free_func ((GDestroyNotify) strata_rendered_free);
      g_autoptr(GError) error = NULL;

      options.is_online = i == 1;
      renderer = strata_renderer_new (&options, NULL);
      g_assert_true (strata_renderer_render (renderer, &operation, statements, &error) == !options.is_online);
      if (options.is_online)
        g_assert_cmpstr (error->message, ==, "A value is required for bind parameter 'a'");
      else
        g_assert_cmpstr (((StrataRendered *) statements->pdata[0])->text, ==, "select 'NULL'");
    }
}

static void
add_lines (GPtrArray *lines)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "core", "render", "golden.jsonl", NULL);
  g_autofree char *text = strata_file_read (path, NULL, NULL);
  g_auto(GStrv) split = NULL;

  g_assert_nonnull (text);
  split = g_strsplit (text, "\n", -1);
  for (guint i = 0; split[i] != NULL && *split[i] != '\0'; i++)
    {
      g_autofree char *name = g_strdup_printf ("/render/golden/%u", i + 1);
      char *line = g_strdup (split[i]);

      g_ptr_array_add (lines, line);
      g_test_add_data_func (name, line, test_line);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_autoptr(GPtrArray) lines = g_ptr_array_new_with_free_func (g_free);

  g_test_init (&argc, &argv, NULL);

  add_lines (lines);
  g_test_add_func ("/render/naming-is-kept", test_naming_is_kept);
  g_test_add_func ("/render/types-are-created-once", test_types_are_created_once);
  g_test_add_func ("/render/no-renderer-yet", test_no_renderer_yet);
  g_test_add_func ("/render/online-parameters", test_online_parameters);
  g_test_add_func ("/render/missing-value", test_missing_value);

  return g_test_run ();
}
