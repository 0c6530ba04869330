/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/git/lost-revision.h"
#include "core/workspace/workspace.h"

G_BEGIN_DECLS

/* Revisions that a database has and the folder has not: those asked for, and every ancestor of theirs up to what the
 * folder has. Looked for in git, then in the ledger (the connection may be NULL). */
typedef struct
{
  GPtrArray   *found;      /* StrataLostRevision; commit and refs are NULL where the ledger had it */
  GStrv        missing;    /* ids that neither has, sorted */
} StrataLost;

StrataLost  *strata_workspace_find_lost   (StrataWorkspace     *self,
                                           StrataConnection    *connection,
                                           const char * const  *ids,
                                           GCancellable        *cancellable,
                                           GError             **error);
void         strata_lost_free             (StrataLost          *lost);
/* "branch feature/x, by ana, 3 days ago". */
char        *strata_lost_revision_describe (const StrataLostRevision *lost);

/* The user's folder for files that were found, outside of the project. */
char        *strata_lost_dup_folder       (void);
/* FALSE with STRATA_ERROR_FINDINGS where files that cannot be used may have what seems to be lost: then nothing is to be taken
 * back for the want of it. */
gboolean     strata_workspace_require_read (StrataWorkspace     *self,
                                           GError             **error);
/* Writes what was found there, and from then on the workspace's graph has these revisions too: by it a database can step
 * back through them. */
gboolean     strata_workspace_graft       (StrataWorkspace     *self,
                                           const StrataLost    *lost,
                                           const char          *folder,
                                           GError             **error);
/* The version rows as they would be without what was lost: the known rows, and the nearest known ancestors of the lost
 * ones that those do not imply. Empty for base. */
GStrv        strata_workspace_rows_before (StrataWorkspace     *self,
                                           const StrataLost    *lost,
                                           const char * const  *rows);
/* What steps back through the lost rows one after the other: "lost@ancestor" as downgrade takes it. */
GStrv        strata_workspace_steps_before (StrataWorkspace    *self,
                                           const StrataLost    *lost,
                                           const char * const  *rows);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLost, strata_lost_free)

G_END_DECLS
