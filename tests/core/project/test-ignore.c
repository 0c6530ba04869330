/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/project/ignore.h"

/* What git check-ignore says of each, one rule file at the root. A path that ends with "/" is a folder. */
static const struct
{
  const char *rules;
  const char *path;
  gboolean    ignored;
} cases[] = {
  { "build", "build/", TRUE },
  { "build", "a/b/build", TRUE },
  { "build", "builds", FALSE },
  { "build/", "build", FALSE },
  { "build/", "a/build/", TRUE },
  { "/build", "build", TRUE },
  { "/build", "a/build", FALSE },
  { "a/b", "a/b", TRUE },
  { "a/b", "c/a/b", FALSE },
  { "*.o", "a/x.o", TRUE },
  { "*.o", "x.oo", FALSE },
  { "*.o\n!x.o", "x.o", FALSE },
  { "!x.o\n*.o", "x.o", TRUE },
  { "# build", "build", FALSE },
  { "\\#x", "#x", TRUE },
  { "\\!x", "!x", TRUE },
  { "x   ", "x", TRUE },
  { "x\\ ", "x ", TRUE },
  { "x\r\ny\r\n", "y", TRUE },
  { "\xEF\xBB\xBFx", "x", TRUE },
  { "a/*", "a/b", TRUE },
  { "a/*", "a/b/c", FALSE },
  { "a/**", "a/b/c", TRUE },
  { "a/**", "a/", FALSE },
  { "**/x", "x", TRUE },
  { "**/x", "a/b/x", TRUE },
  { "a/**/x", "a/x", TRUE },
  { "a/**/x", "a/b/c/x", TRUE },
  { "a/**/x", "b/a/x", FALSE },
  { "a/**/b/**/c", "a/1/b/2/b/3/c", TRUE },
  { "a/**/b/**/c", "a/1/2/3/c", FALSE },
  { "**", "anything", TRUE },
  { "[a-c]x", "bx", TRUE },
  { "[!a-c]x", "bx", FALSE },
  { "?", "ab", FALSE },
  { "foo?bar", "foo/bar", FALSE },
  { "/", "a", FALSE },
  { "!", "a", FALSE },
  { "", "a", FALSE },
};

static void
test_matches (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(StrataIgnore) ignore = strata_ignore_new (NULL, "", cases[i].rules);
      gboolean is_folder = g_str_has_suffix (cases[i].path, "/");
      g_autofree char *path = g_strndup (cases[i].path, strlen (cases[i].path) - is_folder);

      g_test_message ("%s: %s", cases[i].rules, cases[i].path);
      g_assert_cmpint (strata_ignore_matches (ignore, path, is_folder), ==, cases[i].ignored);
    }
}

/* An inner file's rules hold below its folder and come before the outer ones. */
static void
test_nested (void)
{
  g_autoptr(StrataIgnore) outer = strata_ignore_new (NULL, "", "*.log\n/top\n");
  g_autoptr(StrataIgnore) inner = strata_ignore_new (outer, "a/b", "!keep.log\n/only\n");

  g_assert_true (strata_ignore_matches (inner, "a/b/x.log", FALSE));
  g_assert_false (strata_ignore_matches (inner, "a/b/keep.log", FALSE));
  g_assert_false (strata_ignore_matches (inner, "a/b/c/keep.log", FALSE));
  g_assert_true (strata_ignore_matches (inner, "a/keep.log", FALSE));
  g_assert_true (strata_ignore_matches (inner, "a/b/only", TRUE));
  g_assert_false (strata_ignore_matches (inner, "a/b/c/only", TRUE));
  g_assert_false (strata_ignore_matches (inner, "a/bb/only", TRUE));
  g_assert_true (strata_ignore_matches (inner, "top", TRUE));
  g_assert_false (strata_ignore_matches (NULL, "top", TRUE));
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/project/ignore/matches", test_matches);
  g_test_add_func ("/project/ignore/nested", test_nested);

  return g_test_run ();
}
