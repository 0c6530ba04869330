/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/head.h"

#include <string.h>

#define POINTER "gitdir: "
#define BRANCH "ref: refs/heads/"

/* .git, or where a file of this name points to (a worktree, a submodule). */
static char *
get_git_folder (const char *folder)
{
  g_autofree char *git = g_build_filename (folder, ".git", NULL);
  g_autofree char *text = NULL;

  if (g_file_test (git, G_FILE_TEST_IS_DIR))
    return g_steal_pointer (&git);
  if (!g_file_get_contents (git, &text, NULL, NULL) || !g_str_has_prefix (text, POINTER))
    return NULL;

  return g_canonicalize_filename (g_strchomp (text + strlen (POINTER)), folder);
}

char *
strata_git_find_folder (const char *folder)
{
  g_autofree char *here = NULL;

  g_return_val_if_fail (folder != NULL, NULL);

  here = g_canonicalize_filename (folder, NULL);
  for (;;)
    {
      g_autofree char *git = get_git_folder (here);
      g_autofree char *parent = g_path_get_dirname (here);

      if (git != NULL)
        return g_steal_pointer (&git);
      if (g_str_equal (parent, here))
        return NULL;

      g_free (here);
      here = g_steal_pointer (&parent);
    }
}

char *
strata_git_dup_branch (const char *folder)
{
  g_autofree char *git = strata_git_find_folder (folder);
  g_autofree char *head = git != NULL ? g_build_filename (git, "HEAD", NULL) : NULL;
  g_autofree char *text = NULL;
  const char *branch;

  if (head == NULL || !g_file_get_contents (head, &text, NULL, NULL) || !g_str_has_prefix (text, BRANCH))
    return NULL;

  branch = g_strchomp (text + strlen (BRANCH));

  /* What a repository of another format has there for those who only know this one: no branch can be called so. */
  return *branch != '.' ? g_utf8_make_valid (branch, -1) : NULL;
}
