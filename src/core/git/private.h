/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/git/libgit2-names.h"
#include "core/git/repository.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_blob, git_blob_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_commit, git_commit_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_object, git_object_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_reference, git_reference_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_reference_iterator, git_reference_iterator_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_reflog, git_reflog_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_repository, git_repository_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_tree, git_tree_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (git_tree_entry, git_tree_entry_free)

struct _StrataRepository
{
  git_repository *git;
  char           *root;
};

/* Fails with what libgit2 said last; always FALSE. */
gboolean    strata_git_fail            (GError           **error,
                                        const char        *what);
char       *strata_git_dup_text        (const char        *text);
GDateTime  *strata_git_dup_time        (git_commit        *commit);
char       *strata_git_dup_id          (git_commit        *commit);

/* A path seen from the root, whether it exists or not; "" for the root, NULL for what lies outside. */
char       *strata_repository_relative (StrataRepository  *self,
                                        const char        *path);

/* What a commit has at a path ("" is its whole tree). */
gboolean    strata_git_lookup_path     (git_commit        *commit,
                                        const char        *path,
                                        git_oid           *id);
/* Back from a commit that has this file, along parents that have the same, to the one that wrote it. */
git_commit *strata_git_follow          (git_commit        *commit,
                                        const char        *path,
                                        const git_oid     *id,
                                        GCancellable      *cancellable);
guint       strata_git_id_hash         (gconstpointer      id);
gboolean    strata_git_id_equal        (gconstpointer      a,
                                        gconstpointer      b);
git_oid    *strata_git_id_copy         (const git_oid     *id);

G_END_DECLS
