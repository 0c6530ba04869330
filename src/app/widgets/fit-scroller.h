/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_FIT_SCROLLER (strata_fit_scroller_get_type ())

/* As high as its child is at this width, up to a limit, and where that is too much it scrolls. (A scrolled window asks its
 * child for one height, whatever the width, which cuts off texts that wrap.) */
G_DECLARE_FINAL_TYPE (StrataFitScroller, strata_fit_scroller, STRATA, FIT_SCROLLER, GtkWidget)

G_END_DECLS
