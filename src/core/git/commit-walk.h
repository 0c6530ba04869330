/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/git/private.h"

G_BEGIN_DECLS

/* All commits that lead to some, each once, the newest first. libgit2's own walk stops with an error at the edge of a
 * shallow clone; this one goes on with what there is. */
typedef struct _StrataCommitWalk StrataCommitWalk;

StrataCommitWalk *strata_commit_walk_new  (git_repository   *git);
void              strata_commit_walk_free (StrataCommitWalk *self);
void              strata_commit_walk_push (StrataCommitWalk *self,
                                           const git_oid    *id);
/* NULL at the end. */
git_commit       *strata_commit_walk_next (StrataCommitWalk *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataCommitWalk, strata_commit_walk_free)

G_END_DECLS
