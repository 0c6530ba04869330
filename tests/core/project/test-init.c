/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/init.h"

#include "core/base/error.h"
#include "core/project/discover.h"
#include "folder.h"

static void
test_new (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *made = test_folder_path (folder, "a/b");
  g_autofree char *keep = test_folder_path (folder, "a/b/versions/.gitkeep");
  g_autofree char *expected = test_folder_path (folder, "a/b/strata.ini");
  g_autoptr(GError) error = NULL;
  g_autofree char *config = strata_project_init (made, &error);
  g_autofree char *found = NULL;
  g_autofree char *again = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (config, ==, expected);
  g_assert_true (g_file_test (keep, G_FILE_TEST_EXISTS));
  found = strata_project_find (folder, &error);
  g_assert_cmpstr (found, ==, config);

  again = strata_project_init (made, &error);
  g_assert_null (again);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_EXISTS);
}

/* Names, and whether a project can be made among them. */
static void
test_refuses (void)
{
  static const struct
  {
    const char *name;
    gboolean    refused;
  } cases[] = {
    { "README.md", FALSE },
    { "versions/", FALSE },
    { "versions/.gitkeep", FALSE },
    { "pyproject.toml", FALSE },
    { "alembic.ini", TRUE },
    { "strata.ini", TRUE },
    { "versions/1_x.sql", TRUE },
    { "versions", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autofree char *ini = test_folder_path (folder, "strata.ini");
      g_autoptr(GError) error = NULL;
      g_autofree char *config = NULL;

      test_folder_write (folder, cases[i].name, "mine");
      config = strata_project_init (folder, &error);
      g_test_message ("%s: %s", cases[i].name, error != NULL ? error->message : "made");
      g_assert_cmpint (config == NULL, ==, cases[i].refused);
      g_assert_cmpint (error != NULL, ==, cases[i].refused);
      if (cases[i].refused && !g_str_equal (cases[i].name, "strata.ini"))
        g_assert_false (g_file_test (ini, G_FILE_TEST_EXISTS));
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/init/new", test_new);
  g_test_add_func ("/project/init/refuses", test_refuses);

  return g_test_run ();
}
