/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/hooks.h"

#include <glib/gstdio.h>

#include "folder.h"

typedef struct
{
  const char *name;
  const char *ini;
  const char *toml;        /* of pyproject.toml; or NULL */
  const char *result;      /* a line a hook: where it is started, and what; or the error */
} Case;

static const Case cases[] = {
  { "none", "", NULL, "" },
  { "exec", "[post_write_hooks]\nhooks = a\na.type = exec\na.executable = %(here)s/run\na.options = -l 79 REVISION_SCRIPT_FILENAME\n",
    NULL, ". ./run -l 79 REVISION_SCRIPT_FILENAME\n" },
  { "file-first", "[post_write_hooks]\nhooks = a\na.type = exec\na.executable = ./run\na.options = -l '7 9' # \"x\\\"y\"\n", NULL,
    ". ./run REVISION_SCRIPT_FILENAME -l '7 9' '#' 'x\"y'\n" },
  { "several", "[post_write_hooks]\nhooks = a, b  c\na.type = exec\na.executable = ./a\nb.type = exec\nb.executable = ./b\n"
    "b.cwd = %(here)s/sub\nc.type = exec\nc.executable = ./c\nc.options = --file=REVISION_SCRIPT_FILENAME\n", NULL,
    ". ./a REVISION_SCRIPT_FILENAME\n./sub ./sub/b REVISION_SCRIPT_FILENAME\n. ./c --file=REVISION_SCRIPT_FILENAME\n" },
  { "console-script", "[post_write_hooks]\nhooks = black\nblack.type = console_scripts\nblack.entrypoint = black\n", NULL,
    ". ./.venv/bin/black REVISION_SCRIPT_FILENAME\n" },
  { "module", "[post_write_hooks]\nhooks = ruff\nruff.type = module\nruff.module = ruff\nruff.options = check --fix REVISION_SCRIPT_FILENAME\n",
    NULL, ". ./.venv/bin/python -m ruff check --fix REVISION_SCRIPT_FILENAME\n" },
  { "toml", "", "[tool.alembic]\n[[tool.alembic.post_write_hooks]]\nname = \"a\"\ntype = \"exec\"\nexecutable = \"%(here)s/run\"\n"
    "[[tool.alembic.post_write_hooks]]\nname = \"b\"\ntype = \"exec\"\nexecutable = \"./b\"\noptions = \"x\"\n",
    ". ./run REVISION_SCRIPT_FILENAME\n. ./b REVISION_SCRIPT_FILENAME x\n" },
  { "ini-before-toml", "[post_write_hooks]\n", "[tool.alembic]\n[[tool.alembic.post_write_hooks]]\nname = \"a\"\ntype = \"exec\"\n", "" },
  { "no-type", "[post_write_hooks]\nhooks = a\n", NULL, "Key 'a.type' (or 'type' in toml) is required for post write hook 'a'" },
  { "no-executable", "[post_write_hooks]\nhooks = a\na.type = exec\n", NULL, "Key a.executable is required for post write hook 'a'" },
  { "no-entrypoint", "[post_write_hooks]\nhooks = a\na.type = console_scripts\n", NULL,
    "Key a.entrypoint is required for post write hook 'a'" },
  { "unknown-entrypoint", "[post_write_hooks]\nhooks = a\na.type = console_scripts\na.entrypoint = no-such-program\n", NULL,
    "Could not find entrypoint console_scripts.no-such-program" },
  { "own-type", "[post_write_hooks]\nhooks = a\na.type = spaces\n", NULL,
    "The post write hook 'a' is of type “spaces”, which only env.py can register: that needs Python" },
  { "open-quote", "[post_write_hooks]\nhooks = a\na.type = exec\na.executable = x\na.options = 'a\n", NULL,
    "./alembic.ini:4:9: the options of post write hook 'a' have no closing quotation" },
};

/* What stands for the project's folder becomes a dot. */
static char *
without_folder (TestFolder *folder,
                const char *text)
{
  g_autoptr(GString) out = g_string_new (text);

  g_string_replace (out, (const char *) folder, ".", 0);

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static char *
describe (GPtrArray *hooks)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (guint i = 0; i < hooks->len; i++)
    {
      g_autofree char *line = strata_project_command_to_string (g_ptr_array_index (hooks, i));

      g_string_append_printf (out, "%s %s\n", strata_project_command_get_folder (g_ptr_array_index (hooks, i)), line);
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static void
test_find (gconstpointer data)
{
  const Case *test = data;
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *ini = g_strconcat ("[alembic]\nscript_location = db\n", test->ini, NULL);
  StrataProjectRequest request = { .folder = (const char *) folder };
  g_autofree char *alembic = test_folder_path (folder, ".venv/bin/alembic");
  g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, (const char *[]) { alembic, NULL },
                                                                        (const char *) folder, "");
  g_autoptr(StrataProject) project = NULL;
  g_autoptr(GPtrArray) hooks = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *text = NULL;
  g_autofree char *result = NULL;

  test_folder_write (folder, "alembic.ini", ini);
  test_folder_write (folder, "db/env.py", "");
  if (test->toml != NULL)
    test_folder_write (folder, "pyproject.toml", test->toml);
  for (const char * const *name = (const char *[]) { ".venv/bin/black", ".venv/bin/python", NULL }; *name != NULL; name++)
    {
      g_autofree char *path = test_folder_path (folder, *name);

      test_folder_write (folder, *name, "");
      g_chmod (path, 0755);
    }

  project = strata_project_open (&request, &error);
  g_assert_no_error (error);
  hooks = strata_project_find_hooks (project, command, &error);
  g_assert_true ((hooks == NULL) == (error != NULL));
  text = hooks != NULL ? describe (hooks) : g_strdup (error->message);
  result = without_folder (folder, text);
  g_assert_cmpstr (result, ==, test->result);
}

static void
test_runners (void)
{
  static const struct { const char *alembic[5]; const char *result; } runners[] = {
    { { "/usr/bin/uv", "run", "alembic" }, "/ /usr/bin/uv run black REVISION_SCRIPT_FILENAME\n" },
    { { "docker", "compose", "run", "alembic" }, "/ docker compose run black REVISION_SCRIPT_FILENAME\n" },
  };
  g_autoptr(TestFolder) folder = test_folder_new ();
  StrataProjectRequest request = { .folder = (const char *) folder };
  g_autoptr(StrataProject) project = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nscript_location = db\n[post_write_hooks]\nhooks = black\n"
                     "black.type = console_scripts\nblack.entrypoint = black\n");
  test_folder_write (folder, "db/env.py", "");
  project = strata_project_open (&request, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (runners); i++)
    {
      g_autoptr(StrataProjectCommand) command = strata_project_command_new (STRATA_COMMAND_ALEMBIC, runners[i].alembic, "/", "");
      g_autoptr(GPtrArray) hooks = strata_project_find_hooks (project, command, NULL);
      g_autofree char *result = describe (hooks);

      g_assert_cmpstr (result, ==, runners[i].result);
    }
}

static void
test_file (void)
{
  static const char * const arguments[] = { "black", "--x=REVISION_SCRIPT_FILENAME", "REVISION_SCRIPT_FILENAME", NULL };
  g_autoptr(StrataProjectCommand) hook = strata_project_command_new (STRATA_COMMAND_HOOK, arguments, "/", "");
  g_autoptr(StrataProjectCommand) command = strata_hook_for_file (hook, "/a b/c.py");
  g_autofree char *text = strata_project_command_to_string (command);

  g_assert_cmpstr (text, ==, "black '--x=/a b/c.py' '/a b/c.py'");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/project/hooks/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_find);
    }
  g_test_add_func ("/project/hooks/runners", test_runners);
  g_test_add_func ("/project/hooks/file", test_file);

  return g_test_run ();
}
