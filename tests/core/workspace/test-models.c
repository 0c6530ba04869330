/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is told of models, by a program that stands for the project's Alembic and only prints an answer: what the real one
 * tells is the matter of tests/peers/test-models.py. */

#include "config.h"

#include "core/workspace/models.h"

#include <glib/gstdio.h>

#include "core/workspace/fixture.h"

#define ANSWER \
  "{\"options\": {\"compare_type\": false, \"render_as_batch\": true}, \"has_directives\": true," \
  " \"ddl\": [\"CREATE TABLE a (x app)\", \"CREATE TABLE o.b (y text)\"]," \
  " \"tables\": [{\"schema\": null, \"name\": \"a\", \"file\": \"%ROOT%/app/models.py\", \"line\": 12, \"columns\":" \
  " [{\"name\": \"x\", \"type\": \"app.types.X()\", \"imports\": [\"import app.types\"]}, {\"name\": \"z\"}]}," \
  " {\"schema\": \"o\", \"name\": \"b\", \"columns\": []}]," \
  " \"excluded\": [{\"type\": \"table\", \"schema\": null, \"table\": null, \"name\": \"left\"}," \
  " {\"type\": \"column\", \"schema\": null, \"table\": \"a\", \"name\": \"z\"}," \
  " {\"type\": \"index\", \"schema\": null, \"table\": \"a\", \"name\": \"ix\"}," \
  " {\"type\": \"schema\", \"schema\": \"away\", \"table\": null, \"name\": \"away\"}]," \
  " \"unseen\": [{\"file\": \"%ROOT%/app/ghost.py\", \"line\": 3, \"class\": \"Ghost\", \"table\": \"ghosts\"}]}"

static void
make_project (Fixture    *self,
              const char *script)
{
  g_autofree char *text = g_strdup_printf ("#!/bin/sh\ndesk=$(dirname \"$2\")\n%s\n", script);
  g_autofree char *program = test_folder_path (self->folder, "alembic");

  fixture_remove (self, "strata.ini");
  test_folder_write (self->folder, "alembic.ini", "[alembic]\nscript_location = migrations\nsqlalchemy.url = sqlite:///app.db\n");
  test_folder_write (self->folder, "migrations/env.py", "");
  test_folder_write (self->folder, "strata.ini", "[strata]\nalembic_command = ./alembic\n");
  test_folder_write (self->folder, "alembic", text);
  g_assert_cmpint (g_chmod (program, 0755), ==, 0);
  fixture_open (self);
}

static void
make_project_answering (Fixture    *self,
                        const char *answer)
{
  g_autoptr(GString) text = g_string_new (answer);
  g_autofree char *script = NULL;

  g_string_replace (text, "%ROOT%", self->folder, 0);
  test_folder_write (self->folder, "answer", text->str);
  script = g_strdup_printf ("cp '%s/answer' $desk/answer.json; cp $desk/request.json '%s/asked'", self->folder, self->folder);
  make_project (self, script);
}

static StrataModels *
ask (Fixture  *self,
     GError  **error)
{
  const StrataModelsRequest request = { .dialect = STRATA_DIALECT_POSTGRESQL, .version = 150003, .trusted = TRUE };

  return strata_models_read (self->workspace, &request, NULL, error);
}

static void
test_answer (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataModels) models = NULL;
  g_autofree char *asked = NULL;
  g_autofree char *path = test_folder_path (self->folder, "asked");
  g_autofree char *ddl = NULL;
  const StrataUnseenModel *unseen;

  make_project_answering (self, ANSWER);
  models = ask (self, &error);
  g_assert_no_error (error);
  g_assert_true (g_file_get_contents (path, &asked, NULL, NULL));
  g_assert_nonnull (strstr (asked, "\"dialect\":\"postgresql\",\"version\":[15,3]"));

  ddl = strata_models_dup_ddl (models);
  g_assert_cmpstr (ddl, ==, "CREATE TABLE a (x app);\nCREATE TABLE o.b (y text);\n");
  g_assert_cmpstr (strata_models_get_ddl (models)[1], ==, "CREATE TABLE o.b (y text)");
  g_assert_true (strata_models_get_options (models)->ignores_types);
  g_assert_false (strata_models_get_options (models)->ignores_defaults);
  g_assert_true (strata_models_get_options (models)->as_batch);
  g_assert_true (strata_models_get_options (models)->has_directives);
  g_assert_cmpstr (strata_models_get_place (models, NULL, "a"), ==, "app/models.py:12");
  g_assert_null (strata_models_get_place (models, "o", "b"));
  g_assert_null (strata_models_get_place (models, NULL, "b"));

  g_assert_cmpuint (strata_models_get_unseen (models)->len, ==, 1);
  unseen = g_ptr_array_index (strata_models_get_unseen (models), 0);
  g_assert_cmpstr (unseen->file, ==, "app/ghost.py");
  g_assert_cmpuint (unseen->line, ==, 3);
  g_assert_cmpstr (unseen->name, ==, "Ghost");
}

static gboolean
is_excluded (StrataModels     *models,
             StrataObjectKind  kind,
             const char       *schema,
             const char       *table,
             const char       *name,
             const char       *column)
{
  g_autoptr(StrataPicture) picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  const StrataObject object = { .kind = kind, .schema = schema, .table = table, .name = name };

  picture->default_schema = strata_picture_intern (picture, "public");

  return strata_models_is_excluded (models, picture, &object, column);
}

static void
test_filters (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataModels) models = NULL;

  make_project_answering (self, ANSWER);
  models = ask (self, &error);
  g_assert_no_error (error);

  g_assert_false (is_excluded (models, STRATA_OBJECT_TABLE, "public", NULL, "a", NULL));
  g_assert_true (is_excluded (models, STRATA_OBJECT_TABLE, "public", NULL, "a", "z"));
  g_assert_true (is_excluded (models, STRATA_OBJECT_TABLE, "public", NULL, "left", NULL));
  g_assert_true (is_excluded (models, STRATA_OBJECT_UNIQUE, "public", "left", "u", NULL));
  g_assert_true (is_excluded (models, STRATA_OBJECT_INDEX, "public", "a", "ix", NULL));
  g_assert_false (is_excluded (models, STRATA_OBJECT_INDEX, "public", "a", "ix2", NULL));
  g_assert_false (is_excluded (models, STRATA_OBJECT_TABLE, "o", NULL, "b", NULL));
  g_assert_true (is_excluded (models, STRATA_OBJECT_TABLE, "o", NULL, "c", NULL));
  g_assert_true (is_excluded (models, STRATA_OBJECT_ENUM, "away", NULL, "e", NULL));
  g_assert_true (is_excluded (models, STRATA_OBJECT_VIEW, "public", NULL, "v", NULL));
}

static void
test_types (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataModels) models = NULL;
  g_autoptr(StrataPicture) picture = strata_picture_new (STRATA_DIALECT_POSTGRESQL);
  StrataType type = { .kind = STRATA_TYPE_TEXT };
  StrataPictureColumn x = { .name = "x", .type = &type };
  StrataPictureColumn z = { .name = "z", .type = &type };
  const StrataPictureColumn *columns[] = { &x, &z, NULL };
  StrataPictureTable table = { .schema = "public", .name = "a", .columns = columns };
  const StrataPictureTable *tables[] = { &table };

  make_project_answering (self, ANSWER);
  models = ask (self, &error);
  g_assert_no_error (error);

  picture->default_schema = "public";
  picture->tables = tables;
  picture->n_tables = 1;
  strata_models_name_types (models, picture);
  g_assert_cmpstr (x.type->python->text, ==, "app.types.X()");
  g_assert_cmpstr (x.type->python->imports[0], ==, "import app.types");
  g_assert_cmpint (x.type->kind, ==, STRATA_TYPE_TEXT);
  g_assert_null (z.type->python);
}

typedef struct
{
  const char *script;
  int         code;
  const char *words[3];
} Failure;

static const Failure failures[] = {
  { "echo 'it is not my day' >&2; exit 3", STRATA_ERROR_FAILED, { "failed with status 3", "it is not my day" } },
  { "echo hello", STRATA_ERROR_FAILED, { "ended before it told", "hello" } },
  { "echo nonsense > $desk/answer.json; echo hello", STRATA_ERROR_FAILED, { "nothing that can be understood", "hello" } },
  { "echo '[1]' > $desk/answer.json", STRATA_ERROR_FAILED, { "nothing that can be understood" } },
  { "echo '{\"error\": {\"kind\": \"no-metadata\", \"text\": \"Can t proceed.\"}}' > $desk/answer.json",
    STRATA_ERROR_BAD_INPUT, { "Can t proceed. What to do: ", "target_metadata = Base.metadata" } },
  { "echo '{\"error\": {\"text\": \"NameError: x\", \"file\": \"/x/y.py\", \"line\": 7, \"source\": \"x + 1\"}}' > $desk/answer.json",
    STRATA_ERROR_BAD_INPUT, { "could not be read: /x/y.py:7: NameError: x", "x + 1" } },
  { "echo '{\"error\": {\"text\": \"no luck\"}}' > $desk/answer.json", STRATA_ERROR_BAD_INPUT, { "could not be read: no luck" } },
};

static void
test_failures (Fixture       *self,
               gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (failures); i++)
    {
      g_autoptr(GError) error = NULL;

      make_project (self, failures[i].script);
      g_assert_null (ask (self, &error));
      g_assert_error (error, STRATA_ERROR, failures[i].code);
      for (guint w = 0; w < 3 && failures[i].words[w] != NULL; w++)
        if (strstr (error->message, failures[i].words[w]) == NULL)
          g_error ("“%s” is not in: %s", failures[i].words[w], error->message);
    }
}

static void
test_limit (Fixture       *self,
            gconstpointer  data)
{
  const StrataModelsRequest request = { .dialect = STRATA_DIALECT_SQLITE, .trusted = TRUE, .limit_ms = 1 };
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;

  make_project (self, "exec sleep 60");
  g_assert_null (strata_models_read (self->workspace, &request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_FAILED);
  g_assert_nonnull (strstr (error->message, "it ran longer than"));
  g_clear_error (&error);

  g_cancellable_cancel (cancellable);
  g_assert_null (strata_models_read (self->workspace, &request, cancellable, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_CANCELLED);
}

static void
test_consent (Fixture       *self,
              gconstpointer  data)
{
  const StrataModelsRequest request = { .dialect = STRATA_DIALECT_SQLITE };
  g_autoptr(GError) error = NULL;

  g_assert_null (strata_models_read (self->workspace, &request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_USAGE);
  g_clear_error (&error);

  make_project (self, "touch ran");
  g_assert_null (strata_models_read (self->workspace, &request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_CONSENT);
  g_clear_error (&error);

  fixture_remove (self, "strata.ini");
  fixture_open (self);
  g_assert_null (strata_models_read (self->workspace, &request, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NEEDS_PYTHON);
}

static void
add (const char *name,
     void      (*test) (Fixture *, gconstpointer))
{
  g_autofree char *path = g_strconcat ("/workspace/models/", name, NULL);

  g_test_add (path, Fixture, NULL, fixture_set_up, test, fixture_tear_down);
}

int
main (int    argc,
      char **argv)
{
  TestFolder *home = fixture_private_home ();
  int status;

  g_test_init (&argc, &argv, NULL);
  add ("answer", test_answer);
  add ("filters", test_filters);
  add ("types", test_types);
  add ("failures", test_failures);
  add ("limit", test_limit);
  add ("consent", test_consent);
  status = g_test_run ();
  test_folder_free (home);

  return status;
}
