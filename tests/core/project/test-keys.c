/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/keys.h"

#include "core/base/error.h"
#include "folder.h"

#define LOCATIONS_RULE ", *|(?: +)"

static StrataKeys *
read_keys (TestFolder  *folder,
           const char  *section,
           GPtrArray   *findings,
           GError     **error)
{
  StrataConfigFiles files = { 0 };
  g_autofree char *ini = test_folder_path (folder, "alembic.ini");
  g_autofree char *toml = test_folder_path (folder, "pyproject.toml");
  g_autofree char *own = test_folder_path (folder, "strata.ini");

  files.ini = g_file_test (ini, G_FILE_TEST_EXISTS) ? ini : NULL;
  files.toml = g_file_test (toml, G_FILE_TEST_EXISTS) ? toml : NULL;
  files.own = g_file_test (own, G_FILE_TEST_EXISTS) ? own : NULL;

  return strata_keys_read (&files, section, findings, error);
}

static void
check_key (const StrataKeys *keys,
           const char       *key,
           const char       *expected)
{
  g_autofree char *value = strata_keys_dup (keys, key, NULL, NULL);

  g_assert_cmpstr (value, ==, expected);
}

static void
test_order (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autofree char *here = g_strconcat (folder, "/x", NULL);
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataKeys) keys = NULL;
  g_autoptr(StrataKeys) staging = NULL;
  StrataPlace place = { 0 };
  g_autofree char *text = NULL;

  test_folder_write (folder, "alembic.ini",
                     "[DEFAULT]\ncommon = c\n[alembic]\na = 1\nwhere = %(here)s/x\nnested = %(common)s%%\n"
                     "[staging]\na = 2\n");
  test_folder_write (folder, "pyproject.toml",
                     "[tool.alembic]\na = \"no\"\nb = \"%(here)s/x\"\n"
                     "n = 40\nlist = [\"x\"]\npercent = \"%%(rev)s\"\n");
  test_folder_write (folder, "strata.ini", "[strata]\na = own\nledger = off\n");

  keys = read_keys (folder, NULL, findings, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (strata_keys_get_section (keys), ==, "alembic");
  check_key (keys, "a", "1");
  check_key (keys, "where", here);
  check_key (keys, "nested", "c%");
  check_key (keys, "b", here);
  check_key (keys, "n", "40");
  check_key (keys, "percent", "%(rev)s");
  check_key (keys, "ledger", "off");
  check_key (keys, "nothing", NULL);

  text = strata_keys_dup_own (keys, "a", &place, findings);
  g_assert_cmpstr (text, ==, "own");
  g_assert_cmpuint (place.line, ==, 2);
  /* "a" is nobody's key. */
  g_assert_cmpuint (findings->len, ==, 1);
  g_assert_cmpstr (strata_finding_get_code (g_ptr_array_index (findings, 0)), ==, "unknown-key");

  staging = read_keys (folder, "staging", findings, &error);
  check_key (staging, "a", "2");
  check_key (staging, "nested", NULL);
  g_assert_cmpstr (strata_keys_get_section (staging), ==, "staging");
}

static void
test_wrong_kinds (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(GError) error = NULL;
  g_autoptr(StrataKeys) keys = NULL;
  g_autofree char *list = NULL;
  g_autofree char *percent = NULL;
  g_auto(GStrv) paths = NULL;

  test_folder_write (folder, "pyproject.toml",
                     "[tool.alembic]\nlist = [\"x\"]\nflag = \"yes\"\n"
                     "percent = \"50%\"\nversion_locations = [1, \"a\"]\n");
  keys = read_keys (folder, NULL, findings, &error);
  g_assert_no_error (error);

  list = strata_keys_dup (keys, "list", NULL, findings);
  g_assert_null (list);
  g_assert_true (test_has_finding (findings, "config-value", "“list” must be a string"));
  percent = strata_keys_dup (keys, "percent", NULL, findings);
  g_assert_null (percent);
  g_assert_false (strata_keys_get_flag (keys, "flag", findings));
  g_assert_true (test_has_finding (findings, "config-value", "“flag” must be true or false"));
  paths = strata_keys_dup_paths (keys, "version_locations", NULL, LOCATIONS_RULE, findings);
  g_assert_cmpuint (g_strv_length (paths), ==, 1);
  g_assert_cmpuint (findings->len, ==, 4);
}

static void
test_flags (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataKeys) keys = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\na = true\nb = True\nc = yes\n");
  test_folder_write (folder, "pyproject.toml", "[tool.alembic]\nb = true\nd = true\ne = false\n");
  keys = read_keys (folder, NULL, findings, NULL);

  g_assert_true (strata_keys_get_flag (keys, "a", findings));
  g_assert_false (strata_keys_get_flag (keys, "b", findings));
  g_assert_false (strata_keys_get_flag (keys, "c", findings));
  g_assert_true (strata_keys_get_flag (keys, "d", findings));
  g_assert_false (strata_keys_get_flag (keys, "e", findings));
  g_assert_false (strata_keys_get_flag (keys, "f", findings));
  g_assert_cmpuint (findings->len, ==, 0);
}

/* An ini's lines, and the list that comes out of it, with "|" between. */
static const struct
{
  const char *lines;
  const char *paths;
} path_cases[] = {
  { "", "" },
  { "l = a", "a" },
  { "l = a b, c,d", "a|b|c|d" },
  { "l = a:b", "a:b" },
  { "l = a b:c\npath_separator = os", "a b|c" },
  { "l = a:b\npath_separator = :", "a|b" },
  { "l = a;b\npath_separator = ;", "a|b" },
  { "l = a b\npath_separator = space", "a|b" },
  { "l =\n  a b\n  c\npath_separator = newline", "a b|c" },
  { "l = a:b c\nold_separator = :", "a|b c" },
  { "l = a:b\nold_separator = space\npath_separator = :", "a|b" },
  { "l = a b\npath_separator = comma", "a|b" },
};

static void
test_paths (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (path_cases); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataKeys) keys = NULL;
      g_autofree char *text = g_strdup_printf ("[alembic]\n%s\n", path_cases[i].lines);
      g_auto(GStrv) paths = NULL;
      g_autofree char *joined = NULL;

      test_folder_write (folder, "alembic.ini", text);
      keys = read_keys (folder, NULL, findings, &error);
      g_assert_no_error (error);
      paths = strata_keys_dup_paths (keys, "l", "old_separator", LOCATIONS_RULE, findings);
      joined = g_strjoinv ("|", paths);
      g_assert_cmpstr (joined, ==, path_cases[i].paths);
      g_assert_cmpint (strstr (text, "comma") != NULL, ==, findings->len == 1);
    }
}

/* Blanks in the project's own folder split nothing. */
static void
test_paths_with_blanks (void)
{
  g_autoptr(TestFolder) outer = test_folder_new ();
  g_autofree TestFolder *folder = test_folder_path (outer, "My Projects, all");
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataKeys) keys = NULL;
  g_auto(GStrv) paths = NULL;

  test_folder_write (folder, "alembic.ini", "[alembic]\nl = %(here)s/a, %(here)s/b\n");
  keys = read_keys (folder, NULL, findings, NULL);
  paths = strata_keys_dup_paths (keys, "l", NULL, LOCATIONS_RULE, findings);
  g_assert_cmpuint (g_strv_length (paths), ==, 2);
  g_assert_true (g_str_has_suffix (paths[0], "My Projects, all/a"));
  g_assert_true (g_str_has_suffix (paths[1], "My Projects, all/b"));
}

static void
test_names (void)
{
  g_autoptr(TestFolder) folder = test_folder_new ();
  g_autoptr(GPtrArray) findings = strata_findings_new ();
  g_autoptr(StrataKeys) keys = NULL;
  g_auto(GStrv) names = NULL;

  test_folder_write (folder, "strata.ini", "[strata]\n[strata:names]\napp.types.guid = uuid\napp.NOTHING =\n");
  keys = read_keys (folder, NULL, findings, NULL);
  names = strata_keys_dup_names (keys, findings);
  g_assert_cmpuint (g_strv_length (names), ==, 4);
  g_assert_cmpstr (names[0], ==, "app.types.guid");
  g_assert_cmpstr (names[1], ==, "uuid");
  g_assert_cmpstr (names[3], ==, "");
}

static void
test_bad_files (void)
{
  static const struct
  {
    const char *name;
    const char *text;
    gboolean    fails;
  } files[] = {
    { "alembic.ini", "", FALSE },
    { "alembic.ini", "[alembic\nkey", FALSE },
    { "alembic.ini", "no section\n[alembic]\na = %(nothing)s\n", FALSE },
    { "alembic.ini", "\xff\xfe\xff", TRUE },
    { "pyproject.toml", "[tool.alembic]\na = \n", TRUE },
    { "strata.ini", "\xff\xff", TRUE },
    { "strata.ini/", NULL, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autoptr(TestFolder) folder = test_folder_new ();
      g_autoptr(GPtrArray) findings = strata_findings_new ();
      g_autoptr(GError) error = NULL;
      g_autoptr(StrataKeys) keys = NULL;

      test_folder_write (folder, files[i].name, files[i].text);
      keys = read_keys (folder, NULL, findings, &error);
      g_test_message ("%s: %s", files[i].name, error != NULL ? error->message : "opens");
      g_assert_cmpint (keys == NULL, ==, files[i].fails);
      g_assert_cmpint (error != NULL, ==, files[i].fails);
    }
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/keys/order", test_order);
  g_test_add_func ("/project/keys/wrong-kinds", test_wrong_kinds);
  g_test_add_func ("/project/keys/flags", test_flags);
  g_test_add_func ("/project/keys/paths", test_paths);
  g_test_add_func ("/project/keys/paths-with-blanks", test_paths_with_blanks);
  g_test_add_func ("/project/keys/names", test_names);
  g_test_add_func ("/project/keys/bad-files", test_bad_files);

  return g_test_run ();
}
