/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/resolver.h"

G_BEGIN_DECLS

/* What an upgrade from the current nodes would lead to; also the upper end of a range of the history, where a walk
 * may end early. */
GArray   *strata_resolver_get_upgrade_targets (const StrataResolver  *self,
                                               const GArray          *current,
                                               const char            *text,
                                               gboolean               may_end_early,
                                               GError               **error);
/* The node to keep as the last one; where a branch was named or is implied, only what leads to it may go. */
gboolean  strata_resolver_get_downgrade_target (const StrataResolver *self,
                                                const GArray         *rows,
                                                const char           *text,
                                                guint                *target,
                                                guint                *branch,
                                                GError              **error);
/* Fails where one of the nodes comes before another one. */
gboolean  strata_graph_check_overlap           (StrataGraph          *graph,
                                                const GArray         *nodes,
                                                GError              **error);

G_END_DECLS
