/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/git/private.h"

G_BEGIN_DECLS

/* A commit that a branch, a remote branch, a tag or a stash names. */
typedef struct
{
  char       *name;       /* as people say it: "feature/x", "origin/feature/x", "v1.2", "stash@{0}" */
  guint       rank;       /* branches, remote branches, tags, the rest, stashes */
  git_commit *commit;
} StrataTip;

/* Elements are StrataTip, owned; by rank, then by name. */
GPtrArray *strata_git_list_tips    (git_repository *git);
/* Every commit that HEAD stood on, as far as this clone remembers: git_oid, owned. */
GPtrArray *strata_git_list_history (git_repository *git);

G_END_DECLS
