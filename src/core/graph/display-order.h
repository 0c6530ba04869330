/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* All nodes, top to bottom (guint): pending ones above applied ones, each above all that it needs. Of several lines
 * that begin at one revision the longest one stands on top, and the others just above that revision; file order
 * decides between equal ones. */
GArray *strata_graph_order_for_display (StrataGraph  *graph,
                                        const guint8 *applied);

G_END_DECLS
