/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/plan.h"

G_BEGIN_DECLS

/* Follows the version table through the steps of a plan. The rows are always what is applied and has nothing applied
 * above it, so an edit needs only the neighbours of its revision. */
typedef struct _StrataPlanBuilder StrataPlanBuilder;

StrataPlanBuilder *strata_plan_builder_new       (StrataGraph        *graph,
                                                  const char * const *rows);
void               strata_plan_builder_free      (StrataPlanBuilder  *self);
gboolean           strata_plan_builder_has_row   (StrataPlanBuilder  *self,
                                                  guint               node);
void               strata_plan_builder_upgrade   (StrataPlanBuilder  *self,
                                                  guint               node);
void               strata_plan_builder_downgrade (StrataPlanBuilder  *self,
                                                  guint               node);
/* From those rows (guint), as far as they are still there, to the node, or, where there are none, a new row; to
 * STRATA_NO_NODE they are dropped. */
void               strata_plan_builder_stamp     (StrataPlanBuilder  *self,
                                                  const GArray       *from,
                                                  guint               to);
/* One step for each row of before, known or not. */
void               strata_plan_builder_purge     (StrataPlanBuilder  *self);
StrataPlan        *strata_plan_builder_finish    (StrataPlanBuilder  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (StrataPlanBuilder, strata_plan_builder_free)

/* What a plan takes over; the graph keeps the ids of the edits. */
StrataPlan        *strata_plan_new               (StrataGraph        *graph,
                                                  GArray             *steps,
                                                  GStrv               start,
                                                  GStrv               heads_after);
GArray            *strata_steps_new              (void);

G_END_DECLS
