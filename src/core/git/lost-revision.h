/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/git/repository.h"
#include "core/revision/revision.h"

G_BEGIN_DECLS

/* Reads the header in a text; NULL where it has none. The path is absolute, as if the file were in its place. */
typedef StrataRevision *(*StrataReadHeader) (const char *path,
                                             const char *text,
                                             gsize       length,
                                             gpointer    data);

/* One version of a revision that git has. */
typedef struct
{
  StrataRevision *revision;
  char           *path;        /* from the root of the repository */
  char           *text;
  gsize           length;
  char           *commit;      /* that wrote this text: 40 hex digits */
  char           *author;
  GDateTime      *authored;
  GStrv           refs;        /* "feature/x", "origin/feature/x", "v1.2", "stash@{0}"; empty: deleted, or left behind */
} StrataLostRevision;

/* Looks for a revision in the folders (absolute) of every branch, remote branch, tag and stash, then in all commits that
 * lead there or that HEAD ever stood on, the newest first. Elements are StrataLostRevision, the newest text first; empty:
 * git has never seen it. Fails with G_IO_ERROR_TIMED_OUT after max_seconds (0: never), and says how far it came. */
GPtrArray *strata_repository_find_revision (StrataRepository    *self,
                                            const char          *id,
                                            const char * const  *folders,
                                            guint                max_seconds,
                                            StrataReadHeader     read_header,
                                            gpointer             data,
                                            GCancellable        *cancellable,
                                            GError             **error);
void       strata_lost_revision_free       (StrataLostRevision  *lost);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataLostRevision, strata_lost_revision_free)

G_END_DECLS
