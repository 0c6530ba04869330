/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* The wanted nodes (one byte a node) in the order in which Alembic walks down from the heads: each one before all
 * that it needs. Where work is given, the edges looked at are added to it. */
GArray *strata_graph_sort (StrataGraph  *graph,
                           const guint8 *wanted,
                           const GArray *heads,
                           guint64      *work);

G_END_DECLS
