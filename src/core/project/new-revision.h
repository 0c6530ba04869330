/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/project/project.h"

G_BEGIN_DECLS

/* What `revision` and `merge` ask for; all zero is a new revision on the one head. Lists may be NULL. */
typedef struct
{
  const char          *message;
  const char          *head;           /* NULL: "head"; "base" starts a new root; not for merge */
  gboolean             splice;
  const char * const  *branch_labels;
  const char * const  *depends_on;
  const char          *rev_id;         /* NULL: twelve random hex digits */
  const char          *version_path;   /* NULL: chosen as Alembic does */
  const char          *format;         /* "sql" or "py"; NULL: the project's own */
  gboolean             accept_mixed;   /* a .sql in an Alembic project, which Alembic then can't run */
  const char          *upgrade;        /* bodies (of a .py indented but for the first line), or NULL for an invitation */
  const char          *downgrade;
  const char          *imports;        /* of a .py: lines that the bodies need; NULL: none */
  const char          *reverted;       /* of a .py: the script that it undoes, instead of the template and the bodies; or NULL */
  GDateTime           *created;        /* NULL: now */
} StrataNewRevision;

/* Both write one file, never over an existing one, read it back, and return it as the project will see it when it is
 * opened again. Alembic's rules and Alembic's texts (docs/contracts.md). Where accept_mixed is wanted and missing they
 * fail with STRATA_ERROR_NEEDS_CONSENT. */
StrataRevision *strata_project_create_revision (StrataProject            *self,
                                                const StrataNewRevision  *options,
                                                GError                  **error);
/* The revisions to merge as symbols: ids, partial ids, labels, "heads". */
StrataRevision *strata_project_create_merge    (StrataProject            *self,
                                                const char * const       *revisions,
                                                const StrataNewRevision  *options,
                                                GError                  **error);

G_END_DECLS
