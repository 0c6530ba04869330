/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/tips.h"

#include <string.h>

#define RANK_OTHER 3
#define RANK_STASH 4

static void
tip_free (gpointer data)
{
  StrataTip *tip = data;

  g_free (tip->name);
  git_commit_free (tip->commit);
  g_free (tip);
}

/* Takes the commit. */
static void
add_tip (GPtrArray  *tips,
         char       *name,
         guint       rank,
         git_commit *commit)
{
  StrataTip *tip = g_new0 (StrataTip, 1);

  tip->name = name;
  tip->rank = rank;
  tip->commit = commit;
  g_ptr_array_add (tips, tip);
}

static guint
rank_of (git_reference *reference)
{
  if (git_reference_is_branch (reference))
    return 0;
  if (git_reference_is_remote (reference))
    return 1;
  if (git_reference_is_tag (reference))
    return 2;

  return RANK_OTHER;
}

static void
add_references (GPtrArray      *tips,
                git_repository *git)
{
  g_autoptr(git_reference_iterator) iterator = NULL;
  git_reference *next;

  if (git_reference_iterator_new (&iterator, git) < 0)
    return;

  while (git_reference_next (&next, iterator) == 0)
    {
      g_autoptr(git_reference) reference = next;
      git_object *commit = NULL;

      /* origin/HEAD is another name of a branch that comes by itself; stashes come with their numbers. */
      if (git_reference_type (reference) == GIT_REFERENCE_SYMBOLIC ||
          strcmp (git_reference_name (reference), "refs/stash") == 0 ||
          git_reference_peel (&commit, reference, GIT_OBJECT_COMMIT) < 0)
        continue;

      add_tip (tips, strata_git_dup_text (git_reference_shorthand (reference)), rank_of (reference),
               (git_commit *) commit);
    }
}

/* A stash is a commit of the changed files; what git had never seen is in its third parent. */
static void
add_stashes (GPtrArray      *tips,
             git_repository *git)
{
  g_autoptr(git_reflog) reflog = NULL;

  if (git_reflog_read (&reflog, git, "refs/stash") < 0)
    return;

  for (guint i = 0; i < git_reflog_entrycount (reflog); i++)
    {
      const git_reflog_entry *entry = git_reflog_entry_byindex (reflog, i);
      git_commit *commit = NULL;
      git_commit *untracked = NULL;

      if (git_commit_lookup (&commit, git, git_reflog_entry_id_new (entry)) < 0)
        continue;

      if (git_commit_parent (&untracked, commit, 2) == 0)
        add_tip (tips, g_strdup_printf ("stash@{%u}", i), RANK_STASH, untracked);
      add_tip (tips, g_strdup_printf ("stash@{%u}", i), RANK_STASH, commit);
    }
}

static int
compare_tips (gconstpointer a,
              gconstpointer b)
{
  const StrataTip *tip_a = *(StrataTip * const *) a;
  const StrataTip *tip_b = *(StrataTip * const *) b;

  if (tip_a->rank != tip_b->rank)
    return tip_a->rank < tip_b->rank ? -1 : 1;

  return strcmp (tip_a->name, tip_b->name);
}

GPtrArray *
strata_git_list_tips (git_repository *git)
{
  g_autoptr(GPtrArray) tips = g_ptr_array_new_with_free_func (tip_free);

  add_references (tips, git);
  add_stashes (tips, git);
  g_ptr_array_sort (tips, compare_tips);

  return g_steal_pointer (&tips);
}

GPtrArray *
strata_git_list_history (git_repository *git)
{
  g_autoptr(GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(git_reflog) reflog = NULL;

  if (git_reflog_read (&reflog, git, "HEAD") < 0)
    return g_steal_pointer (&ids);

  for (guint i = 0; i < git_reflog_entrycount (reflog); i++)
    g_ptr_array_add (ids, strata_git_id_copy (git_reflog_entry_id_new (git_reflog_entry_byindex (reflog, i))));

  return g_steal_pointer (&ids);
}
