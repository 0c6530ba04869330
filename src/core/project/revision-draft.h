/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/new-revision.h"
#include "core/revision/revision.h"

G_BEGIN_DECLS

/* Everything that is decided before the file is written. */
typedef struct
{
  char      *id;
  GArray    *parents;       /* guint, nodes; none for a base */
  GStrv      down;
  GStrv      depends_on;
  char      *folder;        /* the version location */
  GDateTime *created;
  char      *path;
  StrataRevisionFormat format;
  gboolean   is_merge;      /* joins branches, and has nothing to do itself */
} StrataRevisionDraft;


void     strata_revision_draft_clear      (StrataRevisionDraft      *draft);
/* An id that nobody has yet: the wanted one, or a new one. */
gboolean strata_revision_draft_choose_id  (StrataRevisionDraft      *draft,
                                           StrataProject            *project,
                                           const StrataNewRevision  *options,
                                           GError                  **error);
/* What a symbol stands for, to the parents. */
gboolean strata_revision_draft_add_parents (StrataRevisionDraft     *draft,
                                           StrataProject            *project,
                                           const char               *symbol,
                                           GError                  **error);
/* Everything else, once the id and the parents are known. */
gboolean strata_revision_draft_complete   (StrataRevisionDraft      *draft,
                                           StrataProject            *project,
                                           const StrataNewRevision  *options,
                                           GError                  **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (StrataRevisionDraft, strata_revision_draft_clear)

G_END_DECLS
