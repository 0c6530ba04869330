/* SPDX-License-Identifier: GPL-3.0-or-later */

/* In place of all that need it, in a build without libgit2: a repository can't be opened, so nothing else of it is
 * ever called. */

#include "config.h"

#include "core/git/lost-revision.h"

#include <glib/gi18n-lib.h>

StrataRepository *
strata_repository_open (const char  *folder,
                        GError     **error)
{
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, _("git is not available in this build of Strata"));
  return NULL;
}

void
strata_repository_free (StrataRepository *self)
{
}

const char *
strata_repository_get_root (StrataRepository *self)
{
  g_return_val_if_reached (NULL);
}

GHashTable *
strata_repository_read_authors (StrataRepository    *self,
                                const char * const  *folders,
                                GCancellable        *cancellable,
                                GError             **error)
{
  g_return_val_if_reached (NULL);
}

void
strata_authorship_free (StrataAuthorship *authorship)
{
}

GPtrArray *
strata_repository_find_revision (StrataRepository    *self,
                                 const char          *id,
                                 const char * const  *folders,
                                 guint                max_seconds,
                                 StrataReadHeader     read_header,
                                 gpointer             data,
                                 GCancellable        *cancellable,
                                 GError             **error)
{
  g_return_val_if_reached (NULL);
}

void
strata_lost_revision_free (StrataLostRevision *lost)
{
}
