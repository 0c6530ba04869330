/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/difference-item.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DIFFERENCE_ROW (strata_difference_row_get_type ())

/* One row of a comparison: its tick, its sign, what it is, and what is to be minded. "toggled" when its tick was clicked. */
G_DECLARE_FINAL_TYPE (StrataDifferenceRow, strata_difference_row, STRATA, DIFFERENCE_ROW, GtkBox)

GtkWidget            *strata_difference_row_new      (gboolean              with_ticks);
/* NULL: none. */
void                  strata_difference_row_set_item (StrataDifferenceRow  *self,
                                                      StrataDifferenceItem *item);
StrataDifferenceItem *strata_difference_row_get_item (StrataDifferenceRow  *self);

G_END_DECLS
