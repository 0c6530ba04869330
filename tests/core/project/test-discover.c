/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/discover.h"

#include "core/base/error.h"
#include "folder.h"

#define TOML_TABLE "[tool.alembic]\nscript_location = \"%(here)s/migrations\"\n"

/* Files to make (a name that ends with "/" is a folder), where to stand, what is found. */
static const struct
{
  const char *name;
  const char *files[12];
  const char *stand;
  const char *found;      /* names below the folder, with blanks between */
} cases[] = {
  { "nothing", { "a/" }, "a", "" },
  { "here", { "alembic.ini" }, "", "alembic.ini" },
  { "upwards", { "strata.ini", "versions/deep/" }, "versions/deep", "strata.ini" },
  { "nearest upwards", { "alembic.ini", "a/alembic.ini", "a/b/" }, "a/b", "a/alembic.ini" },
  { "not beyond the repository", { "alembic.ini", "repo/.git/", "repo/a/" }, "repo/a", "" },
  { "downwards from the root", { ".git/", "backend/alembic.ini", "front/src/" }, "front/src", "backend/alembic.ini" },
  { "downwards without a repository", { "x/y/strata.ini" }, "", "x/y/strata.ini" },
  { "several", { ".git/", "a/alembic.ini", "b/strata.ini", "c/" }, "c", "a/alembic.ini b/strata.ini" },
  { "below is nearer", { ".git/", "a/db/alembic.ini", "b/strata.ini" }, "a", "a/db/alembic.ini" },
  { "pyproject", { "pyproject.toml" }, "", "pyproject.toml" },
  { "ini before pyproject", { "alembic.ini", "pyproject.toml" }, "", "alembic.ini" },
  { "our keys beside", { "alembic.ini", "strata.ini" }, "", "alembic.ini" },
  { "hidden", { ".git/", ".tox/x/alembic.ini", ".cache/strata.ini", "a/strata.ini" }, "", "a/strata.ini" },
  { "node_modules", { ".git/", "web/node_modules/m/alembic.ini" }, "", "" },
  { "virtual environment", { "env/pyvenv.cfg", "env/lib/alembic.ini" }, "", "" },
  { "ignored", { ".git/", ".gitignore", "ignored/alembic.ini", "a/ignored/strata.ini", "kept/strata.ini" }, "",
    "kept/strata.ini" },
  { "ignored deeper", { ".git/", "a/.gitignore", "a/x/ignored/alembic.ini", "ignored/alembic.ini" }, "",
    "ignored/alembic.ini" },
  { "excluded", { ".git/info/exclude", "ignored/alembic.ini" }, "", "" },
  { "the file itself may be ignored", { ".git/", ".gitignore", "a/alembic.ini" }, "", "a/alembic.ini" },
};

static const char *
text_for (const char *name)
{
  if (g_str_has_suffix (name, "pyproject.toml"))
    return TOML_TABLE;
  if (g_str_has_suffix (name, ".gitignore") || g_str_has_suffix (name, "exclude"))
    return "ignored/\nalembic.ini\n";

  return "";
}

static char *
join_found (TestFolder *folder,
            GStrv       found)
{
  for (guint i = 0; found[i] != NULL; i++)
    {
      g_autofree char *path = found[i];

      g_assert_true (g_str_has_prefix (path, folder));
      found[i] = g_strdup (path + strlen (folder) + 1);
    }

  return g_strjoinv (" ", found);
}

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autofree char *stand = test_folder_path (folder, cases[i].stand);
      g_auto(GStrv) found = NULL;
      g_autofree char *names = NULL;
      gboolean complete;

      for (guint j = 0; cases[i].files[j] != NULL; j++)
        test_folder_write (folder, cases[i].files[j], text_for (cases[i].files[j]));

      g_test_message ("%s", cases[i].name);
      found = strata_project_discover (stand, &complete);
      names = join_found (folder, found);
      g_assert_cmpstr (names, ==, cases[i].found);
      g_assert_true (complete);
    }
}

/* A table that is not ours does not count; a file that mentions it but is broken does, so that the mistake is shown.
 * */
static void
test_pyproject (void)
{
  static const struct
  {
    const char *text;
    guint       n;
  } files[] = {
    { "[tool.black]\nline-length = 100\n", 0 },
    { "[project]\ndependencies = [\"alembic\"]\n", 0 },
    { "[tool]\nalembic = { script_location = \"x\" }\n", 1 },
    { "[tool.alembic]\nscript_location = \n", 1 },
    { "\xff\xfe broken", 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_auto(GStrv) found = NULL;

      test_folder_write (folder, "pyproject.toml", files[i].text);
      found = strata_project_discover (folder, NULL);
      g_assert_cmpuint (g_strv_length (found), ==, files[i].n);
    }
}

/* A strata.ini that names scripts is a project of its own. */
static void
test_two_in_one_folder (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_auto(GStrv) found = NULL;

  test_folder_write (folder, "alembic.ini", "");
  test_folder_write (folder, "strata.ini", "[strata]\nscript_location = sql\n");
  found = strata_project_discover (folder, NULL);
  g_assert_cmpuint (g_strv_length (found), ==, 2);
}

static void
test_links_and_rights (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *locked = test_folder_path (folder, "locked");
  g_auto(GStrv) found = NULL;

  test_folder_write (folder, ".git/", NULL);
  test_folder_write (folder, "a/strata.ini", "");
  test_folder_write (folder, "locked/strata.ini", "");
  test_folder_link (folder, "..", "a/up");
  test_folder_link (folder, "a", "again");
  test_folder_link (folder, "loop", "loop");
  g_assert_cmpint (chmod (locked, 0), ==, 0);
  test_let_rights_bind ();

  found = strata_project_discover (folder, NULL);
  g_assert_cmpuint (g_strv_length (found), ==, 1);
  chmod (locked, 0700);
}

static void
test_bounds (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_auto(GStrv) found = NULL;
  gboolean complete;

  test_folder_write (folder, "1/2/3/4/5/6/7/8/9/10/11/12/13/14/15/16/17/18/strata.ini", "");
  found = strata_project_discover (folder, &complete);
  g_assert_cmpuint (g_strv_length (found), ==, 0);
  g_assert_false (complete);
}

static void
test_find_many (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GError) error = NULL;

  test_folder_write (folder, ".git/", NULL);
  for (guint i = 0; i < 23; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%02u/strata.ini", i);

      test_folder_write (folder, name, "");
    }
  g_assert_null (strata_project_find (folder, &error));
  g_assert_nonnull (strstr (error->message, "-c p19/strata.ini"));
  g_assert_null (strstr (error->message, "p20"));
  g_assert_nonnull (strstr (error->message, "and 3 more"));
}

static void
test_find (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GError) error = NULL;
  g_autofree char *found = NULL;

  found = strata_project_find (folder, &error);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT);
  g_assert_nonnull (strstr (error->message, "strata init"));
  g_assert_null (found);
  g_clear_error (&error);

  test_folder_write (folder, "a/strata.ini", "");
  found = strata_project_find (folder, &error);
  g_assert_no_error (error);
  g_assert_true (g_str_has_suffix (found, "/a/strata.ini"));
  g_clear_pointer (&found, g_free);

  test_folder_write (folder, "my b/strata.ini", "");
  found = strata_project_find (folder, &error);
  g_assert_error (error, STRATA_ERROR, STRATA_ERROR_NO_PROJECT);
  g_assert_nonnull (strstr (error->message, "\n  -c a/strata.ini\n  -c 'my b/strata.ini'"));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/discover/found", test_found);
  g_test_add_func ("/project/discover/pyproject", test_pyproject);
  g_test_add_func ("/project/discover/two-in-one-folder", test_two_in_one_folder);
  g_test_add_func ("/project/discover/links-and-rights", test_links_and_rights);
  g_test_add_func ("/project/discover/bounds", test_bounds);
  g_test_add_func ("/project/discover/find", test_find);
  g_test_add_func ("/project/discover/find-many", test_find_many);

  return g_test_run ();
}
