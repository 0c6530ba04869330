/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the repository around a project knows: who wrote a revision, and where a lost one went. Its objects are read by
 * libgit2; nothing is written, no program is started, nothing goes over the network. In a build without libgit2 opening
 * fails with G_IO_ERROR_NOT_SUPPORTED. */

#pragma once

#include "core/base/types.h"

G_BEGIN_DECLS

/* One thread at a time. */
typedef struct _StrataRepository StrataRepository;

/* The repository that the folder is in; G_IO_ERROR_NOT_FOUND where there is none. */
StrataRepository *strata_repository_open       (const char        *folder,
                                                GError           **error);
void              strata_repository_free       (StrataRepository  *self);

/* Absolute, without a slash at its end. */
const char       *strata_repository_get_root   (StrataRepository  *self);

/* Of one file. */
typedef struct
{
  char      *author;          /* of the commit that brought it; NULL where no commit has it */
  gint64     added;           /* seconds since 1970; 0 then */
  gboolean   uncommitted;     /* new or changed since */
} StrataAuthorship;

/* Of all files below some folders (absolute), as HEAD's history tells it, in one walk: absolute path -> StrataAuthorship.
 * Renames are not followed. Folders outside of the repository are left out. */
GHashTable       *strata_repository_read_authors   (StrataRepository    *self,
                                                    const char * const  *folders,
                                                    GCancellable        *cancellable,
                                                    GError             **error);
void              strata_authorship_free           (StrataAuthorship    *authorship);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRepository, strata_repository_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataAuthorship, strata_authorship_free)

G_END_DECLS
