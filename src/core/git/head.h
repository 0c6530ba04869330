/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where git keeps its own files, and which branch is checked out. Read as text: it is asked for at each start, and loading
 * libgit2 takes many times as long. So this much is there in a build without libgit2, too. */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* Of the repository that the folder is in; NULL: in none. */
char *strata_git_find_folder (const char *folder);
/* The current branch there, new or with commits; NULL where HEAD is detached, and where there is no repository. */
char *strata_git_dup_branch  (const char *folder);

G_END_DECLS
