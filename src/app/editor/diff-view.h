/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define STRATA_TYPE_DIFF_VIEW (strata_diff_view_get_type ())

/* What differs between two texts, line by line: signs, numbers and colours, and the same in words. */
G_DECLARE_FINAL_TYPE (StrataDiffView, strata_diff_view, STRATA, DIFF_VIEW, GtkWidget)

void strata_diff_view_show (StrataDiffView *self,
                            const char     *old_text,
                            const char     *new_text);

G_END_DECLS
