/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct
{
  guint before;
  guint after;
} StrataStepEdge;

/* The nodes (guint) in an order that edges allow; of those that may come next the one of lowest rank, then of lowest number.
 * Where the rest sits on a cycle it goes on with the lowest of those. */
GArray *strata_step_order (const guint  *ranks,
                           guint         n_nodes,
                           const GArray *edges);

G_END_DECLS
