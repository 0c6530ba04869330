/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include <string.h>

#include "core/base/error.h"
#include "core/project/alembic-command.h"
#include "folder.h"

#define INI "[alembic]\nscript_location = migrations\n"

static StrataProject *
open_project (TestFolder *folder)
{
  g_autofree char *root = test_folder_path (folder, "repo/backend");
  StrataProjectRequest request = { .folder = root };
  g_autoptr(GError) error = NULL;
  g_autofree char *ini = g_build_filename (root, "alembic.ini", NULL);
  StrataProject *project;

  /* What a test has written stays. */
  if (!g_file_test (ini, G_FILE_TEST_EXISTS))
    {
      test_folder_write (folder, "repo/.git/", NULL);
      test_folder_write (folder, "repo/backend/alembic.ini", INI);
      test_folder_write (folder, "repo/backend/migrations/env.py", "");
    }
  test_folder_write (folder, "repo/backend/migrations/versions/", NULL);
  project = strata_project_open (&request, &error);
  g_assert_no_error (error);

  return project;
}

static void
write_program (TestFolder *folder,
               const char *name)
{
  g_autofree char *path = test_folder_path (folder, name);

  test_folder_write (folder, name, "#!/bin/sh\n");
  g_assert_cmpint (chmod (path, 0755), ==, 0);
}

/* One line a candidate, the test's folder left out. */
static char *
list (TestFolder  *folder,
      char       **offers)
{
  g_autoptr(StrataProject) project = open_project (folder);
  g_autofree char *path = g_strdup_printf ("PATH=relative:%s/bin", folder);
  g_autofree char *active = g_strdup_printf ("VIRTUAL_ENV=%s/active", folder);
  const char *environment[] = { path, active, NULL };
  g_auto(GStrv) proposed = NULL;
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) commands = strata_project_find_alembic (project, environment, &proposed, &error);
  g_autoptr(GString) text = g_string_new (NULL);

  g_assert_no_error (error);
  for (guint i = 0; i < commands->len; i++)
    {
      StrataProjectCommand *command = g_ptr_array_index (commands, i);
      g_autofree char *line = strata_project_command_to_string (command);

      g_assert_true (g_str_has_suffix (strata_project_command_get_folder (command), "/repo/backend"));
      g_string_append_printf (text, "%s: %s\n", line, strata_project_command_get_reason (command));
    }

  g_string_replace (text, folder, "", 0);
  if (offers != NULL)
    *offers = g_strjoinv ("\n", proposed);

  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
test_order (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *none = list (folder, NULL);
  g_autofree char *all = NULL;

  g_assert_cmpstr (none, ==, "");
  write_program (folder, "bin/uv");
  write_program (folder, "bin/poetry");
  write_program (folder, "bin/alembic");
  write_program (folder, "active/bin/alembic");
  write_program (folder, "repo/backend/.venv/bin/alembic");
  write_program (folder, "repo/venv/bin/alembic");
  write_program (folder, "venv/bin/alembic");
  test_folder_write (folder, "repo/uv.lock", "");
  test_folder_write (folder, "repo/backend/pyproject.toml", "[tool.poetry]\nname = \"x\"\n");
  test_folder_write (folder, "repo/backend/pdm.lock", "");

  all = list (folder, NULL);
  g_assert_cmpstr (all, ==,
                   "/bin/poetry run alembic: because of [tool.poetry] in pyproject.toml\n"
                   "/repo/backend/.venv/bin/alembic: the project's own environment, .venv\n"
                   "/bin/uv run alembic: because of /repo/uv.lock\n"
                   "/repo/venv/bin/alembic: the project's own environment, /repo/venv\n"
                   "/active/bin/alembic: the environment that is active, VIRTUAL_ENV\n"
                   "/bin/alembic: from PATH\n");
}

static void
test_given (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *text = NULL;
  g_autofree char *path = NULL;

  write_program (folder, "bin/alembic");
  test_folder_write (folder, "repo/backend/strata.ini", "[strata]\nalembic_command = uv run --group 'my db' alembic\n");
  text = list (folder, NULL);
  g_assert_cmpstr (text, ==, "uv run --group 'my db' alembic: alembic_command in /repo/backend/strata.ini:2:19\n");

  test_folder_write (folder, "repo/backend/strata.ini", "[strata]\nalembic_command = tools/alembic\n");
  path = list (folder, NULL);
  g_assert_true (g_str_has_prefix (path, "/repo/backend/tools/alembic: "));
}

static void
test_bad_command (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(GError) error = NULL;

  test_folder_write (folder, "repo/backend/strata.ini", "[strata]\nalembic_command = uv 'run\n");
  project = open_project (folder);
  g_assert_null (strata_project_find_alembic (project, NULL, NULL, &error));
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_BAD_INPUT);
}

static void
test_offers (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *offers = NULL;
  g_autofree char *text = NULL;

  test_folder_write (folder, "repo/docker-compose.yml",
                     "services:\n  db:\n    image: postgres\n  api:\n    build: .\n  worker:\n    build: .\n");
  text = list (folder, &offers);
  g_assert_cmpstr (text, ==, "");
  g_assert_cmpstr (offers, ==, "docker compose run --rm -T -e PGAPPNAME -e PYTHONUNBUFFERED api alembic\n"
                               "docker compose run --rm -T -e PGAPPNAME -e PYTHONUNBUFFERED worker alembic");
}

#define FLASK_ENV "from flask import current_app\nfrom alembic import context\n" \
                  "engine = current_app.extensions['migrate'].db.engine\n"

/* Flask-Migrate's env.py only runs inside of an application; one that makes its own does not care. */
static void
test_flask (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) project = open_project (folder);
  g_autofree char *text = NULL;
  g_autofree char *own = NULL;
  g_autofree char *offers = NULL;

  write_program (folder, "bin/uv");
  write_program (folder, "bin/alembic");
  write_program (folder, "bin/flask");
  write_program (folder, "repo/venv/bin/flask");
  test_folder_write (folder, "repo/uv.lock", "");
  test_folder_write (folder, "repo/compose.yaml", "services:\n  api:\n    build: .\n");
  test_folder_write (folder, "repo/backend/migrations/env.py", FLASK_ENV);
  text = list (folder, &offers);
  g_assert_cmpstr (text, ==,
                   "/bin/uv run flask db: because of /repo/uv.lock\n"
                   "/repo/venv/bin/flask db: the project's own environment, /repo/venv\n"
                   "/bin/flask db: from PATH\n");
  g_assert_cmpstr (offers, ==, "docker compose run --rm -T -e PGAPPNAME -e PYTHONUNBUFFERED api flask db");

  test_folder_write (folder, "repo/backend/migrations/env.py", "from shop import app\napp.app_context().push()\n" FLASK_ENV);
  own = list (folder, NULL);
  g_assert_true (g_str_has_prefix (own, "/bin/uv run alembic: "));
}

static void
test_flask_options (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(StrataProject) usual = open_project (folder);
  g_autoptr(StrataProject) other = NULL;
  const char *words[] = { "/bin/flask", "db", NULL };
  g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, words, "/", "");
  g_auto(GStrv) none = strata_project_dup_alembic_options (usual, command);
  g_auto(GStrv) options = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);
  test_folder_write (folder, "repo/backend/alembic.ini", "[alembic]\nscript_location = %(here)s/db\n");
  test_folder_write (folder, "repo/backend/db/env.py", "");
  other = open_project (folder);
  options = strata_project_dup_alembic_options (other, command);
  g_assert_cmpuint (g_strv_length (options), ==, 2);
  g_assert_cmpstr (options[0], ==, "-d");
  g_assert_true (g_str_has_suffix (options[1], "/repo/backend/db"));
}

static void
test_options (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *ini = test_folder_path (folder, "repo/backend/prod.ini");
  g_autofree char *root = test_folder_path (folder, "repo");
  g_autofree char *joined = NULL;
  g_autofree char *expected = g_strdup_printf ("-c %s -n blue -x tenant=a", ini);
  const char *configs[] = { "backend/prod.ini", NULL };
  const char *x_args[] = { "tenant=a", NULL };
  StrataProjectRequest request = { .folder = root, .configs = configs, .section = "blue", .x_args = x_args };
  g_autoptr(StrataProject) plain = open_project (folder);
  g_auto(GStrv) none = strata_project_dup_alembic_options (plain, NULL);
  g_autoptr(StrataProject) project = NULL;
  g_auto(GStrv) options = NULL;
  g_autoptr(GError) error = NULL;

  g_assert_cmpuint (g_strv_length (none), ==, 0);

  test_folder_write (folder, "repo/backend/prod.ini", "[blue]\nscript_location = %(here)s/migrations\n");
  project = strata_project_open (&request, &error);
  g_assert_no_error (error);
  options = strata_project_dup_alembic_options (project, NULL);
  joined = g_strjoinv (" ", options);
  g_assert_cmpstr (joined, ==, expected);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/project/alembic-command/order", test_order);
  g_test_add_func ("/project/alembic-command/given", test_given);
  g_test_add_func ("/project/alembic-command/bad-command", test_bad_command);
  g_test_add_func ("/project/alembic-command/offers", test_offers);
  g_test_add_func ("/project/alembic-command/flask", test_flask);
  g_test_add_func ("/project/alembic-command/flask-options", test_flask_options);
  g_test_add_func ("/project/alembic-command/options", test_options);

  return g_test_run ();
}
