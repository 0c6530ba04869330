/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/base/cache-folder.h"

#include <string.h>
#include <utime.h>

static const StrataCacheFolder small = { "test-small", 3, 100 };

static void
assert_has (const char *name,
            gboolean    expected)
{
  g_autofree char *path = strata_cache_folder_dup_path (&small, name);

  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS) == expected);
}

/* As if it had been used so many seconds after 1970. */
static void
keep (const char *name,
      const char *text,
      time_t      used)
{
  g_autofree char *path = strata_cache_folder_dup_path (&small, name);
  struct utimbuf times = { used, used };

  strata_cache_folder_keep (&small, name, text, strlen (text));
  utime (path, &times);
}

static void
test_keep (void)
{
  g_autofree char *path = strata_cache_folder_dup_path (&small, "a");
  g_autofree char *text = NULL;

  keep ("a", "one", 1);
  keep ("a", "two", 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "two");
}

static void
test_too_many (void)
{
  keep ("a", "", 2);
  keep ("b", "", 1);
  keep ("c", "", 3);
  keep ("d", "", 0);
  assert_has ("a", TRUE);
  assert_has ("b", FALSE);
  assert_has ("c", TRUE);
  assert_has ("d", TRUE);
}

static void
test_too_large (void)
{
  g_autofree char *half = g_strnfill (60, 'x');
  g_autofree char *whole = g_strnfill (101, 'x');

  keep ("a", half, 1);
  keep ("b", half, 2);
  assert_has ("a", FALSE);
  assert_has ("b", TRUE);

  keep ("c", whole, 3);
  assert_has ("b", TRUE);
  assert_has ("c", FALSE);
}

/* Where nothing can be written, nothing happens. */
static void
test_no_folder (void)
{
  static const StrataCacheFolder blocked = { "test-small/file", 3, 100 };
  g_autofree char *path = strata_cache_folder_dup_path (&blocked, "a");

  keep ("file", "", 1);
  strata_cache_folder_keep (&blocked, "a", "x", 1);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);

  g_test_add_func ("/base/cache-folder/keep", test_keep);
  g_test_add_func ("/base/cache-folder/too-many", test_too_many);
  g_test_add_func ("/base/cache-folder/too-large", test_too_large);
  g_test_add_func ("/base/cache-folder/no-folder", test_no_folder);

  return g_test_run ();
}
