/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "core/git/commit-walk.h"

struct _StrataCommitWalk
{
  git_repository *git;        /* borrowed */
  GSequence      *waiting;    /* git_commit, owned; the newest first */
  GHashTable     *seen;       /* set of git_oid, owned */
};

StrataCommitWalk *
strata_commit_walk_new (git_repository *git)
{
  StrataCommitWalk *self = g_new0 (StrataCommitWalk, 1);

  self->git = git;
  self->waiting = g_sequence_new ((GDestroyNotify) git_commit_free);
  self->seen = g_hash_table_new_full (strata_git_id_hash, strata_git_id_equal, g_free, NULL);

  return self;
}

void
strata_commit_walk_free (StrataCommitWalk *self)
{
  g_sequence_free (self->waiting);
  g_hash_table_unref (self->seen);
  g_free (self);
}

static int
compare_newest_first (gconstpointer a,
                      gconstpointer b,
                      gpointer      data)
{
  git_time_t time_a = git_commit_time (a);
  git_time_t time_b = git_commit_time (b);

  if (time_a != time_b)
    return time_a > time_b ? -1 : 1;

  return git_oid_cmp (git_commit_id (a), git_commit_id (b));
}

void
strata_commit_walk_push (StrataCommitWalk *self,
                         const git_oid    *id)
{
  git_commit *commit;

  if (g_hash_table_contains (self->seen, id))
    return;

  g_hash_table_add (self->seen, strata_git_id_copy (id));

  if (git_commit_lookup (&commit, self->git, id) == 0)
    g_sequence_insert_sorted (self->waiting, commit, compare_newest_first, NULL);
}

git_commit *
strata_commit_walk_next (StrataCommitWalk *self)
{
  GSequenceIter *first = g_sequence_get_begin_iter (self->waiting);
  g_autoptr(git_commit) commit = NULL;

  if (g_sequence_iter_is_end (first))
    return NULL;

  git_commit_dup (&commit, g_sequence_get (first));
  g_sequence_remove (first);

  for (guint i = 0; i < git_commit_parentcount (commit); i++)
    strata_commit_walk_push (self, git_commit_parent_id (commit, i));

  return g_steal_pointer (&commit);
}
