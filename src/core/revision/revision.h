/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/base/finding.h"

G_BEGIN_DECLS

/* What a revision file says of itself. Immutable, atomically reference-counted; it keeps no text of the file, so that
 * ten thousand of them stay small. */
typedef struct _StrataRevision StrataRevision;

#define STRATA_TYPE_REVISION (strata_revision_get_type ())

typedef enum
{
  STRATA_REVISION_SQL,
  STRATA_REVISION_PYTHON,
} StrataRevisionFormat;

/* Lists are NULL-terminated; NULL is the empty list. Lines are 1-based, 0 where the file does not say it. */
typedef struct
{
  StrataRevisionFormat  format;
  const char           *id;
  const char * const   *down_revisions;   /* "Revises", in file order */
  const char * const   *branch_labels;
  const char * const   *depends_on;       /* ids, partial ids or labels, as written */
  const char           *message;          /* up to the first blank line; "" where there is none */
  const char           *doc;              /* all of it */
  const char           *created;          /* as written, or NULL */
  const char           *path;             /* absolute */
  guint                 id_line;
  guint                 down_line;
  guint                 labels_line;
  guint                 depends_line;
  gboolean              irreversible;     /* an SQL file without a downgrade section; Python is not read that far */
} StrataRevisionFields;

GType                 strata_revision_get_type           (void);
StrataRevision       *strata_revision_new                (const StrataRevisionFields *fields);
StrataRevision       *strata_revision_ref                (StrataRevision             *self);
void                  strata_revision_unref              (StrataRevision             *self);

StrataRevisionFormat  strata_revision_get_format         (const StrataRevision       *self);
const char           *strata_revision_get_id             (const StrataRevision       *self);
const char * const   *strata_revision_get_down_revisions (const StrataRevision       *self);
const char * const   *strata_revision_get_branch_labels  (const StrataRevision       *self);
const char * const   *strata_revision_get_depends_on     (const StrataRevision       *self);
const char           *strata_revision_get_message        (const StrataRevision       *self);
const char           *strata_revision_get_doc            (const StrataRevision       *self);
const char           *strata_revision_get_created        (const StrataRevision       *self);
const char           *strata_revision_get_path           (const StrataRevision       *self);
gboolean              strata_revision_get_irreversible   (const StrataRevision       *self);
StrataPlace           strata_revision_get_id_place       (const StrataRevision       *self);
StrataPlace           strata_revision_get_down_place     (const StrataRevision       *self);
StrataPlace           strata_revision_get_labels_place   (const StrataRevision       *self);
StrataPlace           strata_revision_get_depends_place  (const StrataRevision       *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataRevision, strata_revision_unref)

G_END_DECLS
