/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/python-path.h"

#include "folder.h"

static void
check_below (TestFolder *folder,
             char       *found,
             const char *expected)
{
  g_autofree char *path = found;

  if (expected == NULL)
    g_assert_null (path);
  else
    g_assert_cmpstr (path + strlen (folder) + 1, ==, expected);
}

static void
test_find (void)
{
  static const char * const prepended[] = { NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *root = test_folder_path (folder, "backend");
  g_autofree char *scripts = test_folder_path (folder, "backend/app/migrations");
  g_auto(GStrv) path = NULL;
  const char * const *list;

  test_folder_write (folder, "backend/app/__init__.py", "");
  test_folder_write (folder, "backend/app/config.py", "");
  test_folder_write (folder, "backend/app/migrations/versions/", NULL);
  test_folder_write (folder, "backend/src/lib/settings.py", "");
  test_folder_write (folder, "backend/app/local.py", "");
  test_folder_write (folder, "outside.py", "");

  path = strata_python_path_new (prepended, root, root, scripts);
  list = (const char * const *) path;
  check_below (folder, strata_python_path_find_module (list, "app"), "backend/app/__init__.py");
  check_below (folder, strata_python_path_find_module (list, "app.config"), "backend/app/config.py");
  check_below (folder, strata_python_path_find_module (list, "local"), "backend/app/local.py");
  check_below (folder, strata_python_path_find_module (list, "lib.settings"), "backend/src/lib/settings.py");
  check_below (folder, strata_python_path_find_module (list, "backend.app.config"), "backend/app/config.py");
  check_below (folder, strata_python_path_find_module (list, "nothing.here"), NULL);
  check_below (folder, strata_python_path_find_module (list, ""), NULL);
  check_below (folder, strata_python_path_find_module (list, ".config"), NULL);
  check_below (folder, strata_python_path_find_module (list, "app..config"), NULL);
  check_below (folder, strata_python_path_find_module (list, "../outside"), NULL);
  check_below (folder, strata_python_path_find_resource (list, "app:migrations"), "backend/app/migrations");
  check_below (folder, strata_python_path_find_resource (list, "app:migrations:versions"),
               "backend/app/migrations/versions");
  check_below (folder, strata_python_path_find_resource (list, "app.migrations:versions"),
               "backend/app/migrations/versions");
  check_below (folder, strata_python_path_find_resource (list, "other:migrations"), NULL);
}

/* The parent of a repository is not the project's. */
static void
test_repository (void)
{
  static const char * const prepended[] = { NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *root = test_folder_path (folder, "repo");
  g_auto(GStrv) path = NULL;

  test_folder_write (folder, "repo/.git/", NULL);
  test_folder_write (folder, "outside.py", "");
  path = strata_python_path_new (prepended, root, root, NULL);
  check_below (folder, strata_python_path_find_module ((const char * const *) path, "outside"), NULL);
}

/* A package that has the configuration file deep in it. */
static void
test_package (void)
{
  static const char * const prepended[] = { NULL };
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *root = test_folder_path (folder, "src/app/db/sql");
  g_auto(GStrv) path = NULL;

  test_folder_write (folder, "src/app/__init__.py", "");
  test_folder_write (folder, "src/app/db/__init__.py", "");
  test_folder_write (folder, "src/app/db/sql/__init__.py", "");
  path = strata_python_path_new (prepended, root, root, NULL);
  check_below (folder, strata_python_path_find_module ((const char * const *) path, "app.db"), "src/app/db/__init__.py");
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/python-path/find", test_find);
  g_test_add_func ("/project/python-path/package", test_package);
  g_test_add_func ("/project/python-path/repository", test_repository);

  return g_test_run ();
}
