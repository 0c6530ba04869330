/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/head.h"

#include "tests/core/git/sandbox.h"

static void
assert_branch (const char *folder,
               const char *expected)
{
  g_autofree char *branch = strata_git_dup_branch (folder);

  g_assert_cmpstr (branch, ==, expected);
}

static void
test_branch (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autofree char *inner = g_build_filename (box.folder, "a", "b", NULL);

  assert_branch (box.folder, "main");

  sandbox_commit (&box, "a/b/readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "switch", "-q", "-c", "feature/a", NULL);
  assert_branch (box.folder, "feature/a");
  assert_branch (inner, "feature/a");

  sandbox_git (&box, "switch", "-q", "--detach", NULL);
  assert_branch (box.folder, NULL);
}

static void
test_worktree (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autofree char *tree = g_build_filename (box.folder, "tree", NULL);
  g_autofree char *found = NULL;
  g_autofree char *expected = g_build_filename (box.folder, ".git", "worktrees", "tree", NULL);

  sandbox_commit (&box, "readme", "x\n", "Ann", "2026-01-01T10:00:00Z");
  sandbox_git (&box, "worktree", "add", "-q", "-b", "other", "tree", NULL);

  found = strata_git_find_folder (tree);
  g_assert_cmpstr (found, ==, expected);
  assert_branch (tree, "other");
  assert_branch (box.folder, "main");
}

/* A submodule's file says where from its own folder. */
static void
test_relative (void)
{
  g_auto(Sandbox) box = sandbox_new ();
  g_autofree char *inner = g_build_filename (box.folder, "inner", NULL);

  sandbox_write (&box, "inner/.git", "gitdir: ../.git/modules/inner\n");
  sandbox_write (&box, ".git/modules/inner/HEAD", "ref: refs/heads/deep\n");
  assert_branch (inner, "deep");
}

static void
test_none (void)
{
  g_auto(Sandbox) box = sandbox_new ();

  g_assert_null (strata_git_find_folder ("/"));
  assert_branch ("/", NULL);

  sandbox_write (&box, ".git/HEAD", "ref: refs/heads/.invalid\n");
  assert_branch (box.folder, NULL);
  sandbox_write (&box, ".git/HEAD", "");
  assert_branch (box.folder, NULL);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, NULL);
  if (!sandbox_possible ())
    return g_test_run ();

  g_test_add_func ("/git/head/branch", test_branch);
  g_test_add_func ("/git/head/worktree", test_worktree);
  g_test_add_func ("/git/head/relative", test_relative);
  g_test_add_func ("/git/head/none", test_none);

  return g_test_run ();
}
