/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two sides, how they differ, and how to get from the one to the other. */

#pragma once

#include "core/diff/diff.h"
#include "core/workspace/side.h"

G_BEGIN_DECLS

typedef struct
{
  StrataTakenSide *from;
  StrataTakenSide *to;
  StrataDiff      *diff;
  gboolean        *chosen;     /* of each difference: FALSE where env.py's filters leave it out, or models have no word for it */
  guint            n_chosen;   /* without sequences that follow what has them */
  GStrv            remembered; /* what the project knows about renames, as strata_rename_memory_read() */
  GPtrArray       *rows[2];    /* StrataRowFacts of from and to that guesses were weighed by; NULL: nothing is known */
  gatomicrefcount  references;
} StrataComparison;

/* Both sides are of one server. Of the options everything counts but dialect and database. Renames are those of
 * strata_renames_parse(), or NULL. */
StrataComparison *strata_workspace_compare        (StrataWorkspace          *self,
                                                   const StrataSide         *from,
                                                   const StrataSide         *to,
                                                   const StrataSideOptions  *options,
                                                   const char * const       *renames,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
/* The same of sides that were taken; takes them. Remembered may be NULL. */
StrataComparison *strata_comparison_new           (StrataTakenSide          *from,
                                                   StrataTakenSide          *to,
                                                   const char * const       *renames,
                                                   const char * const       *remembered,
                                                   GError                  **error);
/* With renames that are known (StrataRename, with a NULL behind the last). */
StrataComparison *strata_comparison_new_renamed   (StrataTakenSide          *from,
                                                   StrataTakenSide          *to,
                                                   const GPtrArray          *renames,
                                                   GError                  **error);
/* The same sides with these renames instead of those that were given. What the models are asked goes along. */
StrataComparison *strata_comparison_decide        (StrataComparison         *self,
                                                   const char * const       *renames,
                                                   GError                  **error);
StrataComparison *strata_comparison_ref           (StrataComparison         *self);
void              strata_comparison_unref         (StrataComparison         *self);
/* Whether a difference is chosen, and spoken of: a sequence goes without saying where its column or table comes or goes. */
gboolean          strata_comparison_tells         (const StrataComparison   *self,
                                                   guint                     index);
/* The steps as a script. Fails where there is no way. */
char             *strata_comparison_dup_sql       (StrataComparison         *self,
                                                   GError                  **error);
/* How the two dumps differ, line by line; "" where they do not. */
char             *strata_comparison_dup_text      (StrataComparison         *self);
/* The chosen database and what its own version rows say, replayed: the second side is the database. */
StrataComparison *strata_workspace_find_drift     (StrataWorkspace          *self,
                                                   const StrataSideOptions  *options,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);
/* The chosen database and the declared schema or models; STRATA_ERROR_PENDING where it is not at the heads. */
StrataComparison *strata_workspace_check_declared (StrataWorkspace          *self,
                                                   const StrataSideOptions  *options,
                                                   GCancellable             *cancellable,
                                                   GError                  **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataComparison, strata_comparison_unref)

G_END_DECLS
