/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/workspace/workspace.h"

G_BEGIN_DECLS

typedef enum
{
  STRATA_LISTING_STEP,         /* a revision begins; the text is Alembic's short line */
  STRATA_LISTING_BEGIN,
  STRATA_LISTING_STATEMENT,
  STRATA_LISTING_VERSION,      /* of the version table: the engine's own */
  STRATA_LISTING_COMMIT,
  STRATA_LISTING_PROBLEM,      /* why a run would not begin; the text says it */
} StrataListingKind;

/* One thing that a run sends, or would. */
typedef struct
{
  StrataListingKind  kind;
  char              *text;       /* SQL without its terminator, words for a problem */
  guint              number;     /* of a statement, from 1 in its revision */
  guint              line;       /* of a statement or problem, in the revision's file; 0: not known */
  gboolean           alone;      /* outside of a transaction */
  int                code;       /* of a problem: StrataError */
} StrataListingRow;

/* Either one revision (from is NULL) in the direction, or the way from one to the other. */
typedef struct
{
  StrataGraph         *graph;
  const char          *from;
  const char          *to;
  StrataDirection      direction;
  StrataDialect        dialect;
  const char * const  *rows;           /* of the version table; NULL: not known */
  gboolean             makes_table;    /* there is none yet */
} StrataListingRequest;

typedef struct
{
  GPtrArray *rows;            /* StrataListingRow */
  guint      n_steps;
  guint      n_statements;
  guint      n_transactions;
  gboolean   goes_down;       /* some of it; where there are two revisions */
  gboolean   goes_up;
} StrataListing;

/* From the rows of the database where its next step, or the one back, is asked for; else from exactly what the revision
 * needs. Fails where there is no such way. */
StrataListing *strata_workspace_list_sql (StrataWorkspace             *self,
                                          const StrataListingRequest  *request,
                                          GCancellable                *cancellable,
                                          GError                     **error);
void           strata_listing_free       (StrataListing               *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataListing, strata_listing_free)

G_END_DECLS
