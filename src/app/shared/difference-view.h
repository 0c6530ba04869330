/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "app/state/differences.h"

G_BEGIN_DECLS

#define STRATA_TYPE_DIFFERENCE_VIEW (strata_difference_view_get_type ())

/* A differences: the list of what differs, and of what is selected how it was, how it is, and the SQL. Properties: "ticks", for
 * a choice among them; "orientation". */
G_DECLARE_FINAL_TYPE (StrataDifferenceView, strata_difference_view, STRATA, DIFFERENCE_VIEW, GtkWidget)

/* NULL: nothing. */
void strata_difference_view_show    (StrataDifferenceView *self,
                                     StrataDifferences     *differences);
/* What is shown while nothing is selected: the SQL of what is ticked, or of all of it, and what is to be said of it. NULL: that
 * is not known. */
void strata_difference_view_set_sql (StrataDifferenceView *self,
                                     const char           *caption,
                                     const char           *note,
                                     const char           *sql);

G_END_DECLS
