/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* Alembic's display grammar, byte for byte and never translated. Where Alembic prints a set in whatever order Python's
 * hashing gives it, labels come by alphabet and children in file order. */
typedef enum
{
  STRATA_LINE_HISTORY,    /* "a -> b (label) (head) (current), message" */
  STRATA_LINE_HEADS,      /* "b (label) (head)" */
  STRATA_LINE_CURRENT,    /* "b (head) (mergepoint)" */
  STRATA_LINE_VERBOSE,    /* "Rev: b ..." and so on, several lines; also what show prints */
} StrataLineStyle;

/* What Alembic hands to its output, which ends it with one more line end. The nodes of current (elements are guint) are
 * marked "(current)"; NULL for none. */
char *strata_graph_format_revision (StrataGraph      *graph,
                                    guint             node,
                                    StrataLineStyle   style,
                                    const GArray     *current);
/* "branches": the branch point with its aligned children. */
char *strata_graph_format_branch   (StrataGraph      *graph,
                                    guint             node,
                                    gboolean          verbose);

G_END_DECLS
