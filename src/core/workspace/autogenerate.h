/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The revision that gets the database to what is declared for it, and back: its two bodies, proven in a scratch database. */

#pragma once

#include "core/project/new-revision.h"
#include "core/workspace/compare.h"

G_BEGIN_DECLS

typedef struct _StrataAutogenerate StrataAutogenerate;

/* What speaks against tables that would be dropped. */
typedef enum
{
  STRATA_DROPS_EXPECTED,
  STRATA_DROPS_MOST,         /* most of the tables: models that were not imported, or another database */
  STRATA_DROPS_ALL,          /* all of them, as none is declared */
} StrataDrops;

/* Of what is chosen, or (NULL) of what the comparison chose. */
StrataDrops         strata_comparison_judge_drops    (const StrataComparison   *comparison,
                                                      const gboolean           *chosen);
/* The names of those tables, as far as they are shown. */
char               *strata_comparison_dup_dropped    (const StrataComparison   *comparison,
                                                      const gboolean           *chosen);
/* Mostly of the chosen database and what is declared for it (strata_workspace_check_declared()); takes the comparison. Chosen
 * is one a difference; NULL: what the comparison chose. Fails where there is no way from the one to the other, or where it was
 * tried and came out as something else. With STRATA_ERROR_REFUSED where it would drop most of the tables and that is not
 * expected, and where only a part is chosen and there is no scratch database to find the way back in. */
StrataAutogenerate *strata_autogenerate_new          (StrataWorkspace          *workspace,
                                                      StrataComparison         *comparison,
                                                      const gboolean           *chosen,
                                                      const StrataSideOptions  *options,
                                                      gboolean                  expects_drops,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
void                strata_autogenerate_free         (StrataAutogenerate       *self);
/* Writes the revision, runs it in scratch up and down, and takes it away again where that did not do what it should. Options
 * give all but the bodies. */
StrataRevision     *strata_autogenerate_write        (StrataAutogenerate       *self,
                                                      const StrataNewRevision  *options,
                                                      GCancellable             *cancellable,
                                                      GError                  **error);
/* Why it is not proven, for people; NULL: it is. */
const char         *strata_autogenerate_get_unproven (StrataAutogenerate       *self);
StrataComparison   *strata_autogenerate_get_comparison (StrataAutogenerate     *self);

/* A difference in the words of Alembic's log, "Detected added table 'x'", which people look for; ours where it has none. */
char               *strata_difference_dup_detected   (const StrataDifference   *difference,
                                                      const StrataPicture      *picture);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataAutogenerate, strata_autogenerate_free)

G_END_DECLS
