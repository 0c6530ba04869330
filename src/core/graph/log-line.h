/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "core/graph/graph.h"

G_BEGIN_DECLS

/* Alembic's display grammar (alembic.md 1.2), byte for byte and never translated. */
typedef enum
{
  STRATA_LINE_HISTORY,    /* "a -> b (head), message" */
  STRATA_LINE_HEADS,      /* "b (label) (head)" */
  STRATA_LINE_VERBOSE,    /* "Rev: ..." and so on, several lines */
} StrataLineStyle;

/* The current nodes are marked "(current)" where show_current asks for it; NULL for none. */
char *strata_graph_format_revision (StrataGraph      *graph,
                                    guint             node,
                                    StrataLineStyle   style,
                                    const GArray     *current,
                                    gboolean          show_labels);
/* "branches": the branch point with its aligned children. */
char *strata_graph_format_branch   (StrataGraph      *graph,
                                    guint             node,
                                    gboolean          verbose);

G_END_DECLS
