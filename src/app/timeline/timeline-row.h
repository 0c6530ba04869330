/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/timeline/timeline-item.h"

G_BEGIN_DECLS

#define STRATA_TYPE_TIMELINE_ROW (strata_timeline_row_get_type ())

G_DECLARE_FINAL_TYPE (StrataTimelineRow, strata_timeline_row, STRATA, TIMELINE_ROW, GtkWidget)

GtkWidget          *strata_timeline_row_new         (void);
/* NULL for none; alone: without lines, for a search. */
void                strata_timeline_row_set_item    (StrataTimelineRow  *self,
                                                     StrataTimelineItem *item,
                                                     gboolean            alone);
StrataTimelineItem *strata_timeline_row_get_item    (StrataTimelineRow  *self);
void                strata_timeline_row_set_lanes   (StrataTimelineRow  *self,
                                                     guint               n_lanes);
/* When the database was looked at last; wall clock, µs, 0: never. */
void                strata_timeline_row_set_checked (StrataTimelineRow  *self,
                                                     gint64              checked_at);

G_END_DECLS
