/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* The node of an id, a label, or the beginning of just one of them (the short ones, of up to three characters, must
 * be written whole). Beginnings count only within the marked nodes, NULL for all. STRATA_NO_NODE with
 * UNKNOWN_REVISION or AMBIGUOUS_TARGET where there is none. */
guint    strata_graph_lookup  (StrataGraph   *self,
                               const char    *name,
                               const guint8  *within,
                               GError       **error);
gboolean strata_graph_has_name (StrataGraph  *self,
                               const char    *name);

G_END_DECLS
