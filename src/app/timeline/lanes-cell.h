/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/timeline/timeline-item.h"

G_BEGIN_DECLS

#define STRATA_TYPE_LANES_CELL (strata_lanes_cell_get_type ())

/* The lines and the dot of one row. All a row needs is in its strokes, so rows are drawn without their neighbours. */
G_DECLARE_FINAL_TYPE (StrataLanesCell, strata_lanes_cell, STRATA, LANES_CELL, GtkWidget)

/* Alone: only the dot, for a row of a search. */
void strata_lanes_cell_set_item (StrataLanesCell    *self,
                                 StrataTimelineItem *item,
                                 gboolean            alone);
/* How many lanes the widest row of a snapshot needs, as far as they are drawn. */
guint strata_lanes_cell_count   (StrataSnapshot     *snapshot);
void  strata_lanes_cell_set_lanes (StrataLanesCell  *self,
                                   guint             n_lanes);

G_END_DECLS
